"""The spaCy component that runs the English network: `spacy.load` and `nlp.pipe` work as with any pipeline.

Its factory is registered as an entry point of the package, `coopex_english_network`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span

from coopex.annotate.en.decode import Trees, find_names, find_trees, sentence_slices
from coopex.annotate.en.network import Answers, EnglishNetwork, Output
from coopex.threads import one_thread

if TYPE_CHECKING:
    from spacy.training import Example
    from spacy.vocab import Vocab

Codes = np.ndarray[Any, np.dtype[np.uint64]]

FACTORY = "coopex_english_network"
FILES = ("network.onnx", "vocab.txt", "answers.json")
_COLUMNS: list[int | str] = ["TAG", "POS", "MORPH", "HEAD", "DEP"]


class NetworkComponent:
    """Sets tags, features, heads, labels, sentences and names of a Doc; sentence starts set before are kept."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._folder: Path | None = None
        self._network: EnglishNetwork | None = None
        self._codes: _Vocabulary

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc, annotated. Raises `RuntimeError` when no weights were loaded."""
        if self._network is None:
            raise RuntimeError(f"{FACTORY} has no weights: load the pipeline with spacy.load(folder).")
        words = [token.i for token in doc if not token.is_space]
        if not words:
            for token in doc:
                token.tag_, token.pos_ = "_SP", "SPACE"
            return doc
        with one_thread():
            return self._annotate(doc, words, self._network)

    def _annotate(self, doc: Doc, words: list[int], network: EnglishNetwork) -> Doc:
        output = network.read([doc[word].text for word in words])
        given = doc.to_array(["SENT_START"]).reshape(-1).astype(np.int64)[words]
        sentences = sentence_slices(output.starts, given.tolist())
        rows = self._rows(doc, words, output, find_trees(output, sentences))
        annotated: Doc = doc.from_array(_COLUMNS, rows)  # type: ignore[arg-type]  # wrong in the stubs
        names = [
            Span(annotated, words[part.start + first], words[part.start + last - 1] + 1, label)
            for part in sentences
            for first, last, label in find_names(output.names[part], network.answers.names)
        ]
        annotated.set_ents(names)
        return annotated

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Yield each Doc, annotated."""
        return map(self, docs)

    def _rows(self, doc: Doc, words: list[int], output: Output, trees: Trees) -> Codes:
        """Return the columns of the Doc; white space hangs on the token before it, or after it at the start."""
        codes, where = self._codes, np.array(words)
        tags, morphs = output.tags.argmax(1), output.morphs.argmax(1)
        offsets = np.full(len(doc), -1, np.int64)
        offsets[0] = 1
        offsets[where] = where[trees.heads] - where
        rows = np.tile(codes.space, (len(doc), 1))
        rows[where] = np.stack(
            [codes.tags[tags], codes.pos[morphs], codes.morphs[morphs], codes.space[[3]].repeat(len(words)),
             codes.labels[trees.labels]], axis=1
        )  # fmt: skip
        rows[:, 3] = offsets.astype(np.uint64)
        return rows

    def score(self, examples: Iterable[Example]) -> dict[str, Any]:
        """Return spaCy's scores of tags, features, trees, sentences and names: what `nlp.evaluate` reports."""
        examples = list(examples)
        scores: dict[str, Any] = Scorer.score_token_attr(examples, "tag")
        scores |= Scorer.score_token_attr(examples, "pos")
        scores |= Scorer.score_token_attr(examples, "morph", getter=lambda token, _: str(token.morph))
        labels = ("p", "punct")  # as spaCy's parser scores itself
        scores |= Scorer.score_deps(examples, "dep", getter=lambda t, _: t.dep_.lower(), ignore_labels=labels)
        scores |= Scorer.score_spans(examples, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START"))
        scores |= Scorer.score_spans(examples, "ents", has_annotation=lambda doc: doc.has_annotation("ENT_IOB"))
        return scores

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NetworkComponent:
        """Load the weights from a folder."""
        self._folder = Path(path)
        self._network = EnglishNetwork(self._folder)
        self._codes = _Vocabulary(self._vocab, self._network.answers)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the files that the component was loaded from."""
        assert self._folder is not None
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (self._folder / name).resolve() != (Path(path) / name).resolve():
                shutil.copy(self._folder / name, Path(path) / name)


class _Vocabulary:
    """The numbers under which a vocabulary knows the network's answers."""

    def __init__(self, vocab: Vocab, answers: Answers) -> None:
        add: Callable[[str], int] = vocab.strings.add
        self.tags = np.array([add(tag) for tag in answers.tags], np.uint64)
        parts = [morph.partition("|") for morph in answers.morphs]
        self.pos = np.array([add(pos) for pos, _, _ in parts], np.uint64)
        self.morphs = np.array([vocab.morphology.add(feats) for _, _, feats in parts], np.uint64)
        self.labels = np.array([add(label) for label in (*answers.labels, "ROOT")], np.uint64)
        for name in answers.names[1:]:
            add(name[2:])
        self.space = np.array([add("_SP"), add("SPACE"), vocab.morphology.add(""), 0, add("dep")], np.uint64)


@Language.factory(FACTORY)
def make_component(nlp: Language, name: str) -> NetworkComponent:
    """Return the component, still without weights."""
    return NetworkComponent(nlp.vocab)
