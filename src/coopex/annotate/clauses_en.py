"""English main verbs that the parser took for participles.

"A delegation from the fund visited the plant" is now and then read as a noun with a participle, like "a delegation
invited by the fund", which leaves the sentence without a verb. Two things give the mistake away: no main
clause has a finite verb, and the would-be participle has an object, which a passive one cannot have.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc, Span, Token

_COLUMNS: list[int | str] = ["HEAD", "DEP", "POS", "TAG"]
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
# Irregular verbs whose past and past participle are one word; "shown" or "given" can only be a participle.
_SAME_PAST = {
    "met",
    "held",
    "sent",
    "made",
    "led",
    "told",
    "paid",
    "brought",
    "built",
    "sought",
    "left",
    "won",
    "had",
}
# Verbs that keep an object in the passive ("a medal awarded him", "a ship named Hope").
_TWO_OBJECTS = {
    "called",
    "named",
    "awarded",
    "offered",
    "granted",
    "dubbed",
    "titled",
    "entitled",
    "handed",
    "elected",
}
# Verbs of motion have no passive participle at all.
_MOTION = {"arrived", "travelled", "traveled", "departed", "journeyed", "embarked"}


def with_main_verbs(doc: Doc) -> Doc:
    """Make such a participle the root of its sentence and the noun its subject; the Doc is changed and given back.

    "A delegation from the fund visited the plant." with `visited` as `acl` of `fund` → `visited` is `root` (VBD) and
    `delegation` its `nsubj`.
    """
    verbs = [verb for sentence in doc.sents if (verb := _main_verb(sentence)) is not None]
    if not verbs:
        return doc
    rows = doc.to_array(_COLUMNS)
    heads = [token.head.i for token in doc]
    for verb in verbs:
        noun = verb.sent.root
        heads[verb.i] = verb.i
        heads[noun.i] = verb.i
        rows[verb.i, 1:] = _codes(doc, "root", "VERB", "VBD")
        rows[noun.i, 1] = _codes(doc, "nsubj")[0]
        for child in noun.children:
            if child.i > verb.i or (child.dep_ in {"punct", "advmod"} and child.i < noun.left_edge.i):
                heads[child.i] = verb.i
    offsets = [head - index for index, head in enumerate(heads)]
    rows[:, 0] = np.array(offsets, dtype=np.int64).astype(np.uint64)
    repaired: Doc = doc.from_array(_COLUMNS, rows)  # type: ignore[arg-type]  # wrong in the stubs
    for verb in verbs:
        repaired[verb.i].set_morph("Mood=Ind|Tense=Past|VerbForm=Fin")  # type: ignore[attr-defined]  # missing in the stubs
    return repaired


def _codes(doc: Doc, *labels: str) -> list[int]:
    return [doc.vocab.strings.add(label) for label in labels]


def _main_verb(sentence: Span) -> Token | None:
    """Give the participle that is the sentence's verb, or None."""
    root = sentence.root
    if root.pos_ not in {"NOUN", "PROPN"} or any(child.dep_ in {"nsubj", "cop"} for child in root.children):
        return None
    verb = next((token for token in sentence if _is_past(token, root)), None)
    return None if verb is None or any(_is_main(token, verb) for token in sentence) else verb


def _is_main(token: Token, verb: Token) -> bool:
    """Tell whether a finite verb stands outside relative and adverbial clauses and outside what hangs on `verb`."""
    if token.tag_ not in _FINITE:
        return False
    above = [token, *token.ancestors]
    return not any(word.dep_ in {"acl:relcl", "advcl"} or word.i == verb.i for word in above)


def _is_past(token: Token, root: Token) -> bool:
    word = token.lower_
    if token.dep_ != "acl" or token.tag_ not in {"VBN", "VBD"} or not root.i < token.i or token.head.i > token.i:
        return False
    if any(child.dep_ in {"aux", "aux:pass", "mark", "cop"} for child in token.children):
        return False
    if word in _MOTION or (word == "called" and _calls_on(token)):
        return True
    regular = word.endswith("ed") and word not in _TWO_OBJECTS
    return (regular or word in _SAME_PAST) and any(
        child.dep_ == "obj" and child.i > token.i for child in token.children
    )


def _calls_on(token: Token) -> bool:
    """Tell whether "called" is followed by "on" or "at" somebody: "A delegation called at the institute"."""
    return any(
        child.dep_ in {"obj", "obl"} and any(mark.lower_ in {"on", "at"} for mark in child.children)
        for child in token.children
        if child.i == min((c.i for c in token.children if c.i > token.i), default=-1)
    )
