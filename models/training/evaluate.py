"""Score the English pipeline on test sets it never saw and print the table of the model card."""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ner_data
import spacy
from conllu import Sentence, open_text, read_conllu
from parse_data import plain_docs
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from swap import Tagged

from coopex.annotate.english import EnglishAnnotator

TESTS = {
    "EWT": "ud_ewt/en_ewt-ud-test.conllu.gz",
    "GUM": "gum/gum-test.conllu.gz",
    "PUD": "ud_pud/en_pud-ud-test.conllu.gz",
}
UNER = {"UNER-PUD": "uner_pud/en_pud-ud-test.iob2.gz", "UNER-EWT": "uner_ewt/en_ewt-ud-test.iob2.gz"}
Spans = set[tuple[int, int, str]]


def examples(nlp: Language, docs: Sequence[Doc]) -> list[Example]:
    """Docs with annotation -> examples on the same tokens, independent of the tokenizer."""
    return [
        Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)
        for doc in docs
    ]


@dataclass(slots=True)
class Counts:
    """Names found, wanted and right, per label."""

    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, found: Spans, wanted: Spans) -> None:
        """Count one text, once per label and once under ``all``."""
        for counter, names in ((self.found, found), (self.wanted, wanted), (self.right, found & wanted)):
            for _, _, label in names:
                counter[label] += 1
                counter["all"] += 1

    def row(self, label: str) -> str:
        """Precision, recall and F1 as text."""
        right = self.right[label]
        precision, recall = right / max(1, self.found[label]), right / max(1, self.wanted[label])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"{precision:.3f} {recall:.3f} {f1:.3f}"


def texts_with_spans(path: Path) -> list[tuple[str, Spans]]:
    """UNER sentences as raw text with names by character offsets, from their ``# text`` lines."""
    texts = [line[len("# text = ") :] for line in open_text(path) if line.startswith("# text = ")]
    tagged = ner_data.uner(path)
    return [(text, char_spans(text, sentence)) for text, sentence in zip(texts, tagged, strict=True)]


def char_spans(text: str, sentence: Tagged) -> Spans:
    """Names of a tagged sentence as offsets into its raw text."""
    offsets = []
    position = 0
    for word in sentence.words:
        start = text.find(word, position)
        start = position if start < 0 else start
        position = start + len(word)
        offsets.append((start, position))
    return {(offsets[start][0], offsets[end - 1][1], label) for start, end, label in ner_data.spans(sentence)}


def score_names(annotate: Callable[[Iterable[str]], Iterable[Doc]], path: Path) -> Counts:
    """Exact spans and labels of names on raw text."""
    counts = Counts()
    wanted = texts_with_spans(path)
    for doc, (_, spans) in zip(annotate(text for text, _ in wanted), wanted, strict=True):
        counts.add({(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}, spans)
    return counts


def score_parser(nlp: Language, docs: Sequence[Doc], gold_words: bool) -> dict[str, float]:
    """UAS, LAS, POS, lemma accuracy and sentence F1, on gold words or from raw text."""
    pairs = examples(nlp, docs) if gold_words else [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    scores = nlp.evaluate(pairs, batch_size=128)
    keys = ("token_f", "dep_uas", "dep_las", "pos_acc", "tag_acc", "morph_acc", "lemma_acc", "sents_f")
    return {key: float(scores.get(key) or 0.0) for key in keys}


def score_mended(docs: Sequence[Doc], model: Path) -> dict[str, float]:
    """UAS and LAS from raw text of what the annotator gives: the parser's trees with its mends."""
    annotated = EnglishAnnotator(model=model).annotate(doc.text for doc in docs)
    pairs = [Example(found, doc) for found, doc in zip(annotated, docs, strict=True)]
    scores = Scorer.score_deps(
        pairs,
        "dep",
        getter=lambda token, name: token.vocab.strings.as_string(getattr(token, name)).lower(),
        ignore_labels=("p", "punct"),
    )
    return {key: float(scores.get(key) or 0.0) for key in ("dep_uas", "dep_las")}


def print_parser(nlp: Language, model: Path, data: Path) -> None:
    """The parser half of the table."""
    for name, path in TESTS.items():
        docs = plain_docs(nlp.vocab, data / path, 1 if name == "PUD" else 5)
        for gold_words in (True, False):
            scores = score_parser(nlp, docs, gold_words)
            shown = "  ".join(f"{key} {value:.3f}" for key, value in scores.items())
            print(f"{name:4s} {'gold words' if gold_words else 'raw text  '}  {shown}", flush=True)
        mended = score_mended(docs, model)
        print(f"{name:4s} annotated   " + "  ".join(f"{key} {value:.4f}" for key, value in mended.items()), flush=True)


def print_names(nlp: Language, model: Path, data: Path) -> None:
    """The names half: the model alone, and the annotated Doc of the product."""
    annotator = EnglishAnnotator(model=model)
    for name, path in UNER.items():
        for kind, annotate in (("model alone", nlp.pipe), ("whole names", annotator.annotate)):
            counts = score_names(annotate, data / path)
            for label in ("PER", "ORG", "LOC", "all"):
                print(f"{name} {kind} {label:4s} P R F1  {counts.row(label)}", flush=True)


def words_per_second(model: Path, data: Path) -> float:
    """Speed of the annotator on PUD, one process."""
    sentences: list[Sentence] = list(read_conllu(data / TESTS["PUD"]))
    texts = [sentence.text for sentence in sentences]
    annotator = EnglishAnnotator(model=model)
    list(annotator.annotate(texts[:5]))
    started = time.perf_counter()
    words = sum(len(doc) for doc in annotator.annotate(texts))
    return words / (time.perf_counter() - started)


def size_in_mb(folder: Path) -> float:
    """Size of a pipeline directory in MB of 10^6 bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print the evaluation table of the pipeline in ``--model``."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--model", type=Path, default=Path(__file__).parents[1] / "en_coopex_news")
    arguments.add_argument("--names-only", action="store_true")
    options = arguments.parse_args()
    nlp = spacy.load(options.model)
    print(f"size {size_in_mb(options.model):.1f} MB; {words_per_second(options.model, options.data):.0f} words/s")
    print_names(nlp, options.model, options.data)
    if not options.names_only:
        print_parser(nlp, options.model, options.data)


if __name__ == "__main__":
    main()
