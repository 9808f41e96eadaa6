"""Train the entity recognizer: corpora annotated by hand weigh double, GMB is optional silver."""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import ner_data
import spacy
from loop import Budget, blend, examples, train
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from swap import NameMaker, Tagged
from tokenizer import Splitter

HERE = Path(__file__).parent
TEMPLATES = 6000
GOLD_COPIES = 2
SWAPPED_SHARE = 0.5
FINISH_SILVER = 0.15
SHARES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0)
CAPITALS_SHARE = 0.03
LONGEST_GROUP = 3
NO_SPACE_BEFORE = set(".,;:!?)]'’%") | {"'s", "’s", "n't"}


def gold_sources(data: Path, demonyms: set[str]) -> list[list[Tagged]]:
    """The sources annotated by hand, each in its own order."""
    return [
        ner_data.uner(data / "uner_ewt/en_ewt-ud-train.iob2.gz"),
        ner_data.gum(data / "gum/gum-train.conllu.gz"),
        ner_data.wikigold(data / "wikigold/wikigold.conll.txt.gz"),
        ner_data.redocred(data / "redocred/dev_revised.json.gz", demonyms),
        ner_data.redocred(data / "redocred/test_revised.json.gz", demonyms),
        ner_data.crossner(data / "crossner"),
    ]


def find_demonyms(data: Path, with_gmb: bool) -> set[str]:
    """Adjectives of nationality: capitalised adjectives of EWT, and of GMB where it is used."""
    found = ner_data.ud_demonyms(data / "ud_ewt/en_ewt-ud-train.conllu.gz")
    if with_gmb:
        found |= ner_data.gmb_demonyms(ner_data.gmb_rows(data / "gmb/ner_dataset.zip"))
    return found


def name_maker(sources: Iterable[Sequence[Tagged]], demonyms: set[str]) -> NameMaker:
    """A maker of names whose places are the short LOC names of the sources."""
    places: Counter[str] = Counter()
    for texts in sources:
        for text in texts:
            places.update(
                " ".join(text.words[start:end])
                for start, end, label in ner_data.spans(text)
                if label == "LOC"
                and end - start <= 2
                and all(w.isalpha() and w.istitle() for w in text.words[start:end])
            )
    endings = ("an", "ese", "ish", "i", "ch", "ek", "ak", "yz")
    repeated = [name for name, count in sorted(places.items()) for _ in range(min(count, 8))]
    return NameMaker(repeated, sorted(word for word in demonyms if word.isalpha() and word.endswith(endings)))


def resplit(text: Tagged, splitter: Splitter) -> Tagged:
    """Divide words as the tokenizer of the pipeline does; the pieces of a name stay in the name."""
    words: list[str] = []
    tags: list[str | None] = []
    for word, tag in zip(text.words, text.tags, strict=True):
        pieces = splitter.pieces(word)
        words.extend(pieces)
        tags.append(tag)
        tags.extend([f"I{tag[1:]}" if tag and tag != "O" else tag] * (len(pieces) - 1))
    return Tagged(tuple(words), tuple(tags))


def grouped(texts: Sequence[Tagged], rng: random.Random) -> Iterator[Tagged]:
    """Join one to three neighbouring sentences."""
    position = 0
    while position < len(texts):
        group = texts[position : position + rng.randint(1, LONGEST_GROUP)]
        position += len(group)
        yield Tagged(tuple(w for text in group for w in text.words), tuple(t for text in group for t in text.tags))


def in_capitals(text: Tagged) -> Tagged:
    """The same text in capitals."""
    return Tagged(tuple(word.upper() for word in text.words), text.tags)


def mixture(data: Path, with_gmb: bool, seed: int = 5) -> Iterator[Tagged]:
    """All training texts: gold twice, swapped copies of gold, filled templates, some of it in capitals."""
    rng = random.Random(seed)
    demonyms = find_demonyms(data, with_gmb)
    gold = gold_sources(data, demonyms)
    maker = name_maker(gold, demonyms)
    silver = ner_data.re3d(data / "re3d")
    if with_gmb:
        silver += ner_data.gmb(data / "gmb/ner_dataset.zip")
    for text in grouped(ner_data.by_majority(silver, [text for texts in gold for text in texts]), rng):
        yield text
    for _ in range(GOLD_COPIES):
        for texts in gold:
            for text in grouped(texts, rng):
                yield text
                if rng.random() < CAPITALS_SHARE:
                    yield in_capitals(text)
                if rng.random() < SWAPPED_SHARE and any(tag != "O" for tag in text.tags):
                    yield maker.swap(text)
    made = [maker.from_template() for _ in range(TEMPLATES)]
    for text in grouped(made, rng):
        yield text if rng.random() > CAPITALS_SHARE else in_capitals(text)


def finish_mixture(data: Path, with_gmb: bool, seed: int = 11) -> Iterator[Tagged]:
    """Texts of the last minutes: mostly gold, UNER twice, with fewer swapped copies, templates and silver."""
    rng = random.Random(seed)
    demonyms = find_demonyms(data, with_gmb)
    gold = gold_sources(data, demonyms)
    maker = name_maker(gold, demonyms)
    for texts in (gold[0], *gold):
        for text in grouped(texts, rng):
            yield text
            if rng.random() < CAPITALS_SHARE:
                yield in_capitals(text)
            if rng.random() < SWAPPED_SHARE / 3 and any(tag != "O" for tag in text.tags):
                yield maker.swap(text)
    yield from grouped([maker.from_template() for _ in range(TEMPLATES // 4)], rng)
    if with_gmb:
        silver = ner_data.by_majority(
            ner_data.gmb(data / "gmb/ner_dataset.zip"), [text for texts in gold for text in texts]
        )
        yield from (text for text in grouped(silver, rng) if rng.random() < FINISH_SILVER)


def ner_doc(vocab: Vocab, text: Tagged) -> Doc:
    """A tagged text -> a Doc with entities."""
    spaces = [word not in NO_SPACE_BEFORE for word in (*text.words[1:], ".")]
    return Doc(vocab, words=list(text.words), spaces=spaces, ents=[tag or "O" for tag in text.tags])


def dev_score(nlp: Language, dev: Sequence[Doc]) -> float:
    """Entity F1 on the development texts."""
    scores = nlp.evaluate(examples(nlp, dev), batch_size=256)
    print({label: round(values["f"], 3) for label, values in scores["ents_per_type"].items()}, flush=True)
    return float(scores["ents_f"])


def ner_docs(vocab: Vocab, texts: Iterable[Tagged]) -> list[Doc]:
    """Tagged texts -> Docs on the words of the pipeline's tokenizer."""
    splitter = Splitter()
    return [ner_doc(vocab, resplit(text, splitter)) for text in texts]


def dev_docs(vocab: Vocab, data: Path) -> list[Doc]:
    """Development texts of UNER-EWT and GUM."""
    texts = ner_data.uner(data / "uner_ewt/en_ewt-ud-dev.iob2.gz")
    return ner_docs(vocab, texts + ner_data.gum(data / "gum/gum-dev.conllu.gz"))


def train_on_all(data: Path, with_gmb: bool, minutes: float, output: Path) -> None:
    """Train from nothing on everything."""
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(HERE / "ner.cfg"), auto_fill=True)
    docs = ner_docs(nlp.vocab, mixture(data, with_gmb))
    dev = dev_docs(nlp.vocab, data)
    training = examples(nlp, docs)
    print(f"{len(docs)} documents, {sum(map(len, docs))} words; dev {sum(map(len, dev))} words", flush=True)
    sample: list[Example] = training[:: max(1, len(training) // 2000)]
    nlp.initialize(lambda: sample)
    train(nlp, training, Budget(minutes), lambda model: dev_score(model, dev), output)


def finish_on_gold(start: Path, data: Path, with_gmb: bool, minutes: float, output: Path) -> None:
    """Go on from ``start`` with falling steps on mostly gold; ``output`` gets whatever scores best."""
    nlp = spacy.load(start)
    docs = ner_docs(nlp.vocab, finish_mixture(data, with_gmb))
    dev = dev_docs(nlp.vocab, data)
    budget = Budget(minutes, 600, 1500, rate=0.0007, decay_from=0.1, dropout=0.15, check_minutes=minutes / 6)
    train(nlp, examples(nlp, docs), budget, lambda model: dev_score(model, dev), output)


def blend_best(first: Path, second: Path, data: Path, output: Path) -> None:
    """Write the mean of two pipelines, the share of each being what the development texts like best."""
    scores: dict[float, float] = {}
    for share in SHARES:
        nlp = _blended(first, second, share)
        scores[share] = dev_score(nlp, dev_docs(nlp.vocab, data))
        print(f"share {share}: {scores[share]:.4f}", flush=True)
    _blended(first, second, max(SHARES, key=scores.__getitem__)).to_disk(output)


def _blended(first: Path, second: Path, share: float) -> Language:
    nlp = spacy.load(first)
    blend(nlp, spacy.load(second), "ner", share)
    return nlp


def main() -> None:
    """Train for ``--minutes``, then finish on gold, and leave a mean of both in ``--output``."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--output", type=Path, default=Path("build/model-ner"))
    arguments.add_argument("--minutes", type=float, default=45)
    arguments.add_argument("--finish-minutes", type=float, default=35)
    arguments.add_argument("--start", type=Path, help="finish this pipeline instead of training one")
    arguments.add_argument("--without-gmb", action="store_true")
    options = arguments.parse_args()
    with_gmb = not options.without_gmb
    first = options.start or options.output.with_name(options.output.name + "-first")
    if options.start is None:
        train_on_all(options.data, with_gmb, options.minutes, first)
    second = options.output.with_name(options.output.name + "-second")
    finish_on_gold(first, options.data, with_gmb, options.finish_minutes, second)
    blend_best(first, second, options.data, options.output)


if __name__ == "__main__":
    main()
