"""Where a name stands in its clause: what it is to its verb, and on which nouns it hangs."""

from __future__ import annotations

from coopex.matching.lexicon import in_class
from coopex.matching.paths import prepositions
from coopex.matching.tree import Token

_CHAIN = {"flat", "flat:name", "flat:foreign", "appos", "conj", "compound", "nmod", "nmod:poss", "amod", "nmod:desc"}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
_PREPOSITIONS = ("locative", "goal", "from", "with", "of")


def argument_and_verb(root: Token) -> tuple[Token, Token]:
    """Return the argument of its clause that a name is part of, and the head of the clause.

    "The rector of Brno University signed" at Brno → rector, signed
    """
    token = root
    while token.head.i != token.i and token.dep_ in _CHAIN and token.head.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token, token.head


def nouns_above(root: Token) -> list[Token]:
    """Return the nouns that a name hangs on: "rector of Brno University" at Brno → [rector]."""
    found, token = [], root
    while token.head.i != token.i and token.dep_ in _CHAIN and token.head.pos_ not in {"VERB", "AUX"}:
        token = token.head
        found.append(token)
    return found


def role_of(argument: Token) -> str:
    """Name what an argument is to its verb: subject, object, company ("with"), or other."""
    cases = set(prepositions(argument))
    if any(in_class(case, "with_prepositions", argument.lang_) for case in cases):
        return "company"
    if argument.dep_ == "obl:agent" or (argument.dep_ == "obl" and "by" in cases):
        return "subject"
    if argument.dep_ == "nsubj:pass":
        return "object"
    return "subject" if argument.dep_ in _SUBJECTS else "object" if argument.dep_ in {"obj", "iobj"} else "other"


def preposition_classes(root: Token) -> set[str]:
    """Return the classes of the prepositions before a name: "to Oulu" at Oulu → {"goal"}."""
    cases = prepositions(root)
    return {name for name in _PREPOSITIONS if any(in_class(case, f"{name}_prepositions", root.lang_) for case in cases)}


def is_speaker(root: Token) -> bool:
    """Return whether a name is the subject of a verb of speech: "…", said Mayor Holm → True."""
    return root.dep_ in _SUBJECTS and in_class(root.head.lemma_, "speech", root.lang_)
