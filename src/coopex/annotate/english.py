"""English text → spaCy `Doc`: tags, lemmas, Universal Dependencies from our pipeline, whole names from
`names.py`."""

from __future__ import annotations

import gc
import importlib.util
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from coopex.errors import MissingModel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

MODEL = "en_coopex_news"
BATCH = 16_000
"""Characters of blocks annotated together, or one longer block: 60 blocks of news on average. Half as much takes 5 %
longer; each thousand more adds 5 kB of intermediate results a character."""
_NEW_STRINGS = 100_000
"""Words and names new to the vocabulary after which the pipeline is loaded anew. spaCy never forgets a string; this
many take some 20 MB, and come up in 12,000 texts of which every third name was never seen before."""
FOREIGN_LABELS = {
    "PER": "PER", "PERSON": "PER",
    "ORG": "ORG",
    "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
}  # fmt: skip


def model_directory() -> Path:
    """Find the English pipeline: inside the installed package, or in the repository's `models/`.

    Raises `MissingModel` when neither is there.
    """
    package = Path(__file__).parents[1]
    places = (package / "models" / MODEL, *(folder / "models" / MODEL for folder in package.parents[:2]))
    for place in places:
        if (place / "meta.json").is_file():
            return place
    raise MissingModel(
        file=str(places[-1]),
        cause="the English pipeline is missing",
        remedy="Install coopex from its wheel, or run `make model-en` in the repository.",
    )


class EnglishAnnotator:
    """Annotates English blocks.

    `next(EnglishAnnotator().annotate(["Guests from Harbin visited JINR."]))` → a Doc whose `ents` are
    Harbin (LOC) and JINR (ORG), with UD v2 labels in `dep_`, the root's being `root`. `ner` names another
    installed spaCy pipeline whose entities take the place of ours; names are completed from either. `model`
    is the directory of the pipeline where it is not the installed one.
    """

    def __init__(self, ner: str | None = None, *, model: Path | None = None) -> None:
        self._ner = ner
        self._model = model
        self._lock = Lock()
        self._loaded: tuple[Language, Language | None] | None = None
        self._known_strings = 0

    def annotate(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Texts → Docs in the same order, in batches; `doc.text` is the text, unchanged."""
        from coopex.annotate.headlines_en import with_headline_clauses
        from coopex.annotate.lemmas_en import with_single_consonants
        from coopex.annotate.names import complete_names
        from coopex.annotate.sentences_en import with_bounded_sentences

        nlp, other = self._pipelines()
        for batch in _batches(texts, BATCH):
            docs = nlp.pipe(batch, batch_size=len(batch))
            if other is not None:
                docs = map(_with_entities, docs, other.pipe(batch, batch_size=len(batch)))
            for doc in docs:
                doc = with_single_consonants(with_bounded_sentences(_with_ud_root(doc)))
                yield complete_names(with_headline_clauses(doc))

    def _pipelines(self) -> tuple[Language, Language | None]:
        """Load the pipelines when they are first needed, and anew when their vocabulary has grown too large.

        A Doc keeps the vocabulary that it was made with, so that Docs of either may be used side by side.
        """
        with self._lock:
            if self._loaded is not None and self._strings() > self._known_strings + _NEW_STRINGS:
                self._loaded = None
                gc.collect()  # the old pipeline refers to itself, and would stay beside the new one
            if self._loaded is None:
                other = _load_other(self._ner) if self._ner else None
                self._loaded = _load(self._model), other
                self._known_strings = self._strings()
            return self._loaded

    def _strings(self) -> int:
        return sum(len(nlp.vocab.strings) for nlp in self._loaded or () if nlp is not None)


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Divide texts, in their order, into lists of `size` characters at most, or of one longer text."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and length + len(text) > size:
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch


def _load(model: Path | None = None) -> Language:
    import spacy

    from coopex.annotate.en import component  # noqa: F401  # also where the package's entry points are not installed

    nlp = spacy.load(model or model_directory())
    nlp.add_pipe(_bounder(), before="network")
    return nlp


def _bounder() -> str:
    """Register the component that runs before the parser, and give its name."""
    from spacy.language import Language

    name = "coopex_sentence_bounds"
    if not Language.has_factory(name):
        Language.component(name, func=bound_sentences)
    return name


def bound_sentences(doc: Doc) -> Doc:
    """Bar sentences from starting where nothing ended: "signed by Ricardo Paredes | Soto" stays one sentence.

    The network, which sets the sentence boundaries, keeps to what is barred here.
    """
    import numpy as np

    tokens = list(doc)
    barred = [not _may_end(tokens, before) or _trails(doc, token) for before, token in pairwise(tokens)]
    if not any(barred):
        return doc
    starts = np.where(np.array([False, *barred]), -1, doc.to_array(_STARTS).astype(np.int64))
    bounded: Doc = doc.from_array(_STARTS, starts.astype(np.uint64))  # type: ignore[arg-type]  # wrong in the stubs
    return bounded


_STARTS: list[int | str] = ["SENT_START"]


_INITIALS = re.compile(r"^(?:[A-Z]\.){1,3}$")


def _trails(doc: Doc, token: Token) -> bool:
    """Tell whether initials stand behind a surname with a stray full stop: "Professor Orlik. | V.P., head of …"."""
    index = token.i
    if not _INITIALS.match(token.text) or index < 2 or not doc[index - 2].text.istitle():
        return False
    after = doc[index + 1].text if index + 1 < len(doc) else ","
    return doc[index - 1].text == "." and not after[0].isupper()


_CLOSING = {'"', "”", "’", "'", "»", ")", "]"}
_TERMINAL = {".", "!", "?", "…", ":", ";", "...", "?!"}


def _may_end(tokens: list[Token], token: Token) -> bool:
    """Tell whether a sentence may end with a token: a full stop, a closing quote after one, a line end."""
    text = token.text
    if text in _TERMINAL or text[-1] in ".!?…" or token.is_space:
        return True
    if text not in _CLOSING or token.i == 0:
        return False
    before = tokens[token.i - 1]
    return before.text in _TERMINAL and not (text == '"' and before.whitespace_)


def _load_other(name: str) -> Language:
    import spacy

    if not (Path(name).exists() or importlib.util.find_spec(name)):
        raise MissingModel(
            file=name,
            cause="this spaCy pipeline is not installed",
            remedy=f"Install it (`python -m spacy download {name}`), or leave the setting out.",
        )
    return spacy.load(name)


def _with_ud_root(doc: Doc) -> Doc:
    """Rename spaCy's `ROOT` to the `root` of Universal Dependencies, and call every proper noun PROPN.

    Tags and parts of speech come from two heads; where they differ on a name ("Rosatom", ADJ) the tag is right. Only a
    phrase with "by" is the agent of a passive: in "was signed between A and B" the network takes both names for it.
    """
    import numpy as np  # not needed by those who only ask where the model is

    code = doc.vocab.strings.as_int
    rows = doc.to_array(["DEP", "TAG", "POS"])
    for index in np.flatnonzero(rows[:, 0] == code("ROOT")):
        doc[int(index)].dep_ = "root"
    for index in np.flatnonzero(rows[:, 0] == code("obl:agent")):
        if not any(child.dep_ == "case" and child.lower_ == "by" for child in doc[int(index)].children):
            doc[int(index)].dep_ = "obl"
    names = np.isin(rows[:, 1], [code(tag) for tag in ("NNP", "NNPS")])
    misread = np.isin(rows[:, 2], [code(pos) for pos in ("ADJ", "NOUN", "X", "VERB")])
    for index in np.flatnonzero(names & misread):
        doc[int(index)].pos_ = "PROPN"
    return doc


def _with_entities(doc: Doc, other: Doc) -> Doc:
    """Take over the entities of another pipeline's Doc of the same text, by characters."""
    doc.set_ents([span for ent in other.ents if (span := _mapped(doc, ent)) is not None])
    return doc


def _mapped(doc: Doc, ent: Span) -> Span | None:
    label = FOREIGN_LABELS.get(ent.label_)
    return doc.char_span(ent.start_char, ent.end_char, label=label, alignment_mode="expand") if label else None
