"""English clauses of headlines that the network took for one long noun, and visitors called "visiting".

"Peru, Chile ink lithium accord", "Uzbek Minister Meets Masdar Chief": a headline has no small words, so that its verb
looks like one more noun. A line that ends without a full stop, has no verb otherwise, and has a verb of headlines with
a subject that agrees before it and a noun or a preposition after it, is a clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
from spacy.tokens import Doc, Span, Token

from coopex.yaml_files import parse_yaml

_COLUMNS: list[int | str] = ["HEAD", "DEP", "POS", "TAG"]
_NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM"}
_PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"
_BLOCKING = {"of", "the", "a", "an", "to", "for", "in", "on", "at", "with", "by", "and", "'s", "’s", ",", "new"}
_LONGEST = 25


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


def with_headline_clauses(doc: Doc) -> Doc:
    """Make the verb of a headline its root; the Doc is changed and given back.

    "Peru, Chile ink lithium accord" with `accord` as root → `ink` is `root` (VBP), `Peru` its `nsubj`, `accord` its
    `obj`.
    """
    edits = [found for sentence in doc.sents if (found := _clause(sentence) or _visiting_subject(sentence)) is not None]
    return _apply(doc, edits) if edits else doc


@lru_cache(maxsize=1)
def headline_verbs() -> frozenset[str]:
    """Verbs that stand without an auxiliary in headlines: sign, visit, host."""
    raw = parse_yaml(files("coopex.annotate").joinpath("data/english_verbs.yaml").read_text("utf-8"))
    return frozenset(raw["headline"])


def _apply(doc: Doc, edits: list[Edits]) -> Doc:
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


def _clause(sentence: Span) -> Edits | None:
    words = [token for token in sentence if not token.is_space]
    if not 3 <= len(words) <= _LONGEST or words[-1].text in {".", "!", "?"} or _has_clause(words):
        return None
    verb = next((token for token in words[1:-1] if _is_verb(token, words)), None)
    return None if verb is None else _edits(words, verb)


def _has_clause(words: list[Token]) -> bool:
    """Whether a verb governs the words already."""
    root = words[0].sent.root
    if root.pos_ in {"VERB", "AUX"} and root.lower_ != words[-1].lower_:
        return True
    return any(
        token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.dep_ in {"root", "ccomp", "parataxis", "advcl"}
        for token in words[:-1]
        if not _forms().get(token.lower_)
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, bool]:
    """Verbs of headlines by form; the value tells that the form wants one subject: "signs" → True, "sign" → False."""
    forms: dict[str, bool] = {}
    for word in headline_verbs():
        forms[word] = False
        forms[_third_person(word)] = True
    return forms


def _third_person(verb: str) -> str:
    """ "launch" → "launches", "supply" → "supplies"."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def _is_verb(token: Token, words: list[Token]) -> bool:
    """Whether a word is the verb: it agrees with nouns before it, and a noun or preposition comes after it."""
    singular = _forms().get(token.lower_)
    if singular is None or (token.ent_type_ == "PER" and not singular):
        return False
    before = [word for word in words if word.i < token.i]
    after = next(word for word in words if word.i > token.i)
    if before[-1].lower_ in _BLOCKING or before[-1].pos_ not in _NOMINAL or any(w.text == ":" for w in before):
        return False
    head = _subject(before)
    if head is None or (not singular and not _is_plural(before, head)):
        return False
    if after.lower_ in _forms():
        return False  # "State visits boost ties"
    return after.pos_ in _NOMINAL | {"DET", "ADP"} and after.lower_ not in {"of", "'s", "’s"}


def _subject(before: list[Token]) -> Token | None:
    """The last word before the first preposition or comma: "Mayor | of Daegu", "Peru | , Chile"."""
    first = next((index for index, word in enumerate(before) if word.pos_ in {"ADP", "PUNCT"}), len(before))
    nouns = before[:first]
    return nouns[-1] if nouns and nouns[-1].pos_ in _NOMINAL | {"SYM", "X"} else None


def _is_plural(before: list[Token], head: Token) -> bool:
    """Whether several act: "experts", "Peru, Chile", "Laos and Vietnam"."""
    joined = any(word.lower_ in {",", "and", "&"} for word in before[:-1])
    return joined or (head.tag_ in {"NNS", "NNPS"}) or (head.lower_.endswith("s") and head.tag_ == "NN")


def _edits(words: list[Token], verb: Token) -> Edits:
    before, after = [w for w in words if w.i < verb.i], [w for w in words if w.i > verb.i]
    singular = _forms()[verb.lower_]
    edits = Edits()
    edits.put(verb, verb, "root", "VERB", "VBZ" if singular else "VBP")
    edits.morphs[verb.i] = _PRESENT
    subject = _subject(before)
    assert subject is not None
    common = subject.pos_ == "ADJ"
    edits.put(subject, verb, "nsubj", "NOUN" if common else None, "NN" if common else None)
    _hang(edits, before, subject, verb)
    target = _subject(after) if after[0].pos_ != "ADP" else None
    if target is not None:
        edits.put(target, verb, "obj")
    _hang(edits, after, target or verb, verb)
    return edits


def _hang(edits: Edits, words: list[Token], head: Token, verb: Token) -> None:
    """Hang on `head` what hung outside of its half of the headline, or on what is the verb now.

    Words right before the head are its modifiers, words after a comma or "and" its conjuncts, those with a preposition
    its `nmod`, or the verb's `obl` where there is no noun.
    """
    half = {word.i for word in words}
    for word in words:
        if word.i == head.i:
            continue
        inside = word.head.i in half and word.head.i != word.i and not (word.i < head.i < word.head.i)
        if inside and word.i > head.i and not _loops(word, head):
            continue
        if word.i < head.i:
            if not inside:
                edits.put(word, head, word.dep_ if word.dep_ in {"amod", "det", "nummod", "punct"} else "compound")
        elif word.dep_ == "punct" or word.pos_ == "PUNCT":
            edits.put(word, verb, "punct")
        elif word.pos_ not in {"ADP", "CCONJ"}:
            edits.put(word, *_place(word, head, verb))


def _loops(word: Token, head: Token) -> bool:
    """Whether a word hangs, by way of others, on a word that hangs on it or before the head."""
    return any(above.i <= head.i and above.i != head.i for above in word.ancestors)


def _place(word: Token, head: Token, verb: Token) -> tuple[Token, str]:
    marked = any(child.dep_ == "case" for child in word.children)
    if marked:
        return (verb, "obl") if head.i == verb.i else (head, "nmod")
    return (verb, "obl") if head.i == verb.i else (head, "conj")


def _visiting_subject(sentence: Span) -> Edits | None:
    """ "Visiting Foreign Minister Kalnins met students": no clause, but who met."""
    first, verb = sentence[0], sentence.root
    if first.lower_ not in {"visiting", "outgoing", "incoming"} or first.dep_ not in {"csubj", "advcl"}:
        return None
    objects = [child for child in first.children if child.dep_ == "obj" and child.pos_ == "PROPN"]
    comma = any(token.text == "," for token in sentence.doc[first.i : verb.i])
    has_subject = any(child.dep_ in {"nsubj", "nsubj:pass"} for child in verb.children)
    if first.head.i != verb.i or not objects or comma or has_subject:
        return None
    edits = Edits()
    edits.put(objects[0], verb, "nsubj")
    edits.put(first, objects[0], "amod")
    return edits
