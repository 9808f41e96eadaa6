"""English verbs that the parser took for nouns or participles, and subjects that it hung on "is to".

Each mend looks at one sentence and gives what to change, or nothing: it acts only on shapes that no right tree has
(a clause without a verb whose would-be noun is a verb of headlines, a bare participle with a subject of its own).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
from spacy.tokens import Doc, Span, Token

from coopex.yaml_files import parse_yaml

_COLUMNS: list[int | str] = ["HEAD", "DEP", "POS", "TAG"]
_FINITE = {"VBD", "VBZ", "MD"}
_PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


@dataclass(slots=True)
class Edits:
    """New heads, labels and morphology by token number."""

    heads: dict[int, int] = field(default_factory=dict)
    labels: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    morphs: dict[int, str] = field(default_factory=dict)

    def put(self, token: Token, head: Token, dep: str, pos: str | None = None, tag: str | None = None) -> None:
        """Hang `token` on `head`."""
        self.heads[token.i] = head.i
        self.labels[token.i] = (dep, pos or token.pos_, tag or token.tag_)


def with_plain_verbs(doc: Doc) -> Doc:
    """Mend the verbs of a Doc; it is changed and given back.

    "Lao minister cancels visit to Pskov" with `cancels` as a noun → `cancels` is `root` (VBZ), `minister` its
    `nsubj`, `visit` its `obj`.
    """
    return _with_single_consonants(mended(doc, _MENDS))


def mended(doc: Doc, mends: Iterable[Callable[[Span], Edits | None]]) -> Doc:
    """Let each mend in turn look at every sentence of a Doc, and write what it gives."""
    sentences = list(doc.sents)
    for mend in mends:
        edits = [found for sentence in sentences if (found := mend(sentence)) is not None]
        if edits:
            doc = apply_edits(doc, edits)
            sentences = list(doc.sents)
    return doc


def headline_verbs() -> frozenset[str]:
    """Verbs that stand without an auxiliary in headlines: sign, visit, host."""
    return _words()["headline"] | _words()["acting"]


def apply_edits(doc: Doc, edits: list[Edits]) -> Doc:
    """Write new heads, labels and forms into a Doc."""
    rows = doc.to_array(_COLUMNS)
    heads = [token.head.i for token in doc]
    for edit in edits:
        for number, head in edit.heads.items():
            heads[number] = head
        for number, labels in edit.labels.items():
            rows[number, 1:] = [doc.vocab.strings.add(label) for label in labels]
    offsets = [head - index for index, head in enumerate(heads)]
    rows[:, 0] = np.array(offsets, dtype=np.int64).astype(np.uint64)
    changed: Doc = doc.from_array(_COLUMNS, rows)  # type: ignore[arg-type]  # wrong in the stubs
    for edit in edits:
        for number, morph in edit.morphs.items():
            changed[number].set_morph(morph)  # type: ignore[attr-defined]  # missing in the stubs
    return changed


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    raw = parse_yaml(files("coopex.annotate").joinpath("data/english_verbs.yaml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in raw.items()}


def _children(token: Token, *relations: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


def _verbless(sentence: Span) -> bool:
    """Tell whether a sentence has no finite verb outside relative clauses."""
    return not any(
        token.tag_ in _FINITE and not any(word.dep_ == "acl:relcl" for word in [token, *token.ancestors])
        for token in sentence
    )


def _subject_of_is_to(sentence: Span) -> Edits | None:
    """ "President Sow is to visit Riga": the parser sees a copula and an outer subject."""
    edits = Edits()
    for verb in sentence:
        if verb.tag_ not in {"VB", "VBN"}:
            continue
        copulas, subjects = _children(verb, "cop"), _children(verb, "nsubj:outer")
        if copulas and subjects and any(c.lower_ == "to" for c in _children(verb, "mark")):
            passive = bool(_children(verb, "aux:pass"))
            edits.put(subjects[0], verb, "nsubj:pass" if passive else "nsubj")
            edits.put(copulas[0], verb, "aux")
    return edits if edits.heads else None


def _denied_as_adjective(sentence: Span) -> Edits | None:
    """ "The ministry denied reports": a participle before a noun that has a subject but no auxiliary."""
    root = sentence.root
    if root.pos_ not in {"NOUN", "PROPN"} or not _verbless(sentence):
        return None
    verbs = [
        child
        for child in _children(root, "amod", "acl")
        if child.i < root.i and child.tag_ == "VBN" and _children(child, "nsubj", "nsubj:pass")
    ]
    if len(verbs) != 1 or _children(verbs[0], "aux", "aux:pass"):
        return None
    verb, edits = verbs[0], Edits()
    subject = _children(verb, "nsubj", "nsubj:pass")[0]
    _make_past_root(edits, verb, root)
    edits.put(root, verb, "obj")
    edits.put(subject, verb, "nsubj")
    return edits


def _make_past_root(edits: Edits, verb: Token, root: Token) -> None:
    """Make a participle the finite verb of its sentence in place of `root`, whose punctuation it takes over."""
    edits.put(verb, verb, "root", "VERB", "VBD")
    for child in _children(root, "punct"):
        edits.put(child, verb, "punct")
    edits.morphs[verb.i] = _PAST


def _verb_before_gerund(sentence: Span) -> Edits | None:
    """ "The ministry proposed signing a memorandum": the gerund is no main verb without an auxiliary."""
    root = sentence.root
    if root.tag_ != "VBG" or _children(root, "aux") or root.i == sentence.start:
        return None
    verb = root.nbor(-1)
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.head.dep_ != "nsubj" or verb.head.head.i != root.i:
        return None
    edits = Edits()
    _make_past_root(edits, verb, root)
    edits.put(verb.head, verb, "nsubj")
    edits.put(root, verb, "xcomp")
    return edits


def _headline_verb(sentence: Span) -> Edits | None:
    """ "Lao minister cancels visit to Pskov": a plural before a singular noun that it can only have as object."""
    root = sentence.root
    if root.tag_ not in {"NN", "VBP", "NNP"} or not _verbless(sentence):
        return None
    verb = next((token for token in sentence if _is_headline_verb(token, root)), None)
    if verb is None:
        return None
    before = [
        token
        for token in verb.doc[sentence.start : verb.i]
        if token.head.i in {verb.i, root.i} and token.dep_ != "punct"
    ]
    if not before or before[-1].i != verb.i - 1:
        return None
    edits, subject = Edits(), before[-1]
    edits.put(verb, verb, "root", "VERB", "VBZ")
    edits.put(root, verb, "obj", "PROPN" if root.tag_ == "NNP" else "NOUN", "NNP" if root.tag_ == "NNP" else "NN")
    common = subject.pos_ == "ADJ"
    edits.put(subject, verb, "nsubj", "NOUN" if common else None, "NN" if common else None)
    for token in before[:-1]:
        edits.put(token, subject, token.dep_ if token.dep_ in {"amod", "det"} else "compound")
    for child in root.children:
        if child.i > root.i and child.dep_ == "obl":
            edits.put(child, root, "nmod")
    edits.morphs[verb.i] = _PRESENT
    return edits


def _is_headline_verb(token: Token, root: Token) -> bool:
    word = token.lower_
    return (
        token.tag_ == "NNS"
        and token.dep_ in {"compound", "nsubj", "amod"}
        and token.head.i == root.i
        and token.i < root.i
        and (word.removesuffix("s") in _words()["headline"] or word.removesuffix("es") in _words()["headline"])
        and all(between.pos_ in {"ADJ", "NOUN", "PROPN", "DET", "NUM"} for between in token.doc[token.i + 1 : root.i])
    )


def _plans_to(sentence: Span) -> Edits | None:
    """ "The minister no longer plans to visit Manila": "plans" is the verb where there is no other."""
    root = sentence.root
    if root.lower_ not in _words()["plans"] or root.tag_ != "NNS" or not _verbless(sentence):
        return None
    aims = [child for child in _children(root, "acl") if child.tag_ == "VB" and child.i > root.i]
    subjects = _children(root, "nsubj", "compound", "nmod")
    subjects = [child for child in subjects if child.i < root.i and not _children(child, "case")]
    if not aims or not subjects:
        return None
    edits = Edits()
    edits.put(root, root, "root", "VERB", "VBZ")
    edits.put(subjects[-1], root, "nsubj")
    edits.put(aims[0], root, "xcomp")
    for child in _children(root, "amod", "det"):
        edits.put(
            child, root if child.i > subjects[-1].i else subjects[-1], "advmod" if child.dep_ == "amod" else "det"
        )
    edits.morphs[root.i] = _PRESENT
    return edits


_MENDS = (_subject_of_is_to, _denied_as_adjective, _verb_before_gerund, _headline_verb, _plans_to)


def _with_single_consonants(doc: Doc) -> Doc:
    """Give "scrapped" the lemma "scrap": the lemmatiser only cuts the ending."""
    for token in doc:
        if token.tag_ not in {"VBD", "VBN", "VBG"}:
            continue
        lemma = token.lemma_
        if (
            len(lemma) > 3
            and lemma[-1] == lemma[-2]
            and lemma in token.lower_
            and _doubled(lemma)
        ):
            token.lemma_ = lemma[:-1]
    return doc


def _doubled(stem: str) -> bool:
    """Tell whether a stem ends in a consonant doubled before an ending: "scrapp", "initiall"; not "install", "add"."""
    if stem[-1] in "bgmnprt":
        return True
    vowels = sum(here in "aeiou" and before not in "aeiou" for before, here in zip(" " + stem, stem, strict=False))
    return stem[-1] == "l" and vowels > 1 and not stem.endswith(tuple(_words()["double_l"]))
