"""Paths through a dependency tree, from a trigger to the word that fills a slot.

`">obl[case=to|in]"` reads: go to a child whose relation is `obl` and which has a child `case` with the lemma
"to" or "in"; `not=` names lemmas that it must not have. A path is a sequence of such steps; alternatives of a role are
tried in their order, see `roles.yaml`. The idea of typed paths with ordered alternatives is that of PredPatt and Odin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from coopex.matching.tree import Token

_STEP = re.compile(r"([<>])([\w:|]+)(?:\[([^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: down (`>`) to children or up (`<`) to the head, over one of `relations`, under `conditions`."""

    down: bool
    relations: frozenset[str]
    conditions: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A parsed path; `text` is what the author of the rule wrote.

    `to_subject` tells that its last step goes down to a subject, `takes_shared_subject` that this is the subject of a
    coordinated or governing verb, so that the path is void where the verb has its own.
    """

    text: str
    steps: tuple[Step, ...]
    to_subject: bool
    takes_shared_subject: bool


@lru_cache(maxsize=2048)
def parse_path(text: str) -> Path:
    """Parse `">obl[case=by] >conj"` into a `Path`.

    Raises ValueError with the piece of the path that cannot be read.
    """
    steps = tuple(_parse_step(piece, text) for piece in re.split(r"\s+(?=[<>])", text))
    first, last = steps[0], steps[-1]
    to_subject = last.down and bool(last.relations & {"nsubj", "nsubj:pass"})
    borrows = len(steps) > 1 and not first.down and not first.relations.isdisjoint(_GOVERNED)
    return Path(text, steps, to_subject, to_subject and borrows)


_GOVERNED = {"conj", "xcomp", "ccomp", "advcl", "parataxis"}


def _parse_step(piece: str, path: str) -> Step:
    found = _STEP.fullmatch(piece)
    if not found:
        raise ValueError(f"step {piece!r} of path {path!r} is not of the form >relation[condition]")
    arrow, relations, conditions = found.groups()
    return Step(arrow == ">", frozenset(relations.split("|")), tuple(_parse_conditions(conditions or "")))


def _parse_conditions(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    for condition in filter(None, text.split(",")):
        key, _, values = condition.partition("=")
        yield key, frozenset(values.split("|"))


def walk(token: Token, path: Path) -> list[Token]:
    """Give the tokens that `path` reaches from `token`, in the order of the text."""
    reached = [token]
    for step in path.steps:
        reached = [found for start in reached for found in _take(start, step)]
    return reached


def _take(token: Token, step: Step) -> Iterator[Token]:
    if step.down:
        candidates = [child for child in token.children if child.dep_ in step.relations]
    else:
        candidates = [token.head] if token.dep_ in step.relations and token.head.i != token.i else []
    for candidate in candidates:
        if all(_holds(candidate, key, values) for key, values in step.conditions):
            yield candidate


def _holds(token: Token, key: str, values: frozenset[str]) -> bool:
    if key == "case":
        return not values.isdisjoint(prepositions(token)) or ("none" in values and not prepositions(token))
    if key == "lemma":
        return token.lemma_.lower() in values
    if key == "not":
        return token.lemma_.lower() not in values
    if key == "pos":
        return token.pos_ in values
    return not values.isdisjoint(token.morph.get(key, []))


def has(token: Token, feature: str, value: str) -> bool:
    """Tell whether `token` has a value of a Universal feature: `has(token, "Tense", "Fut")`."""
    return value in token.morph.get(feature, [])


def prepositions(token: Token) -> list[str]:
    """Give the prepositions of a noun: "to the plant in Ufa" at "plant" → ["to"]; the words of one joined by a space.

    A preposition that the parser hung on the post before a name counts: "headed by Vice Minister Rosa Quispe"; one
    that follows the noun does not: «министерства … во главе с …».
    """
    cases = [child for child in token.children if child.dep_ == "case"]
    cases = [case for case in cases if case.i < token.i or case.lower_ in _AFTER]
    if not cases:
        before = [child for child in token.children if child.i < token.i and child.dep_ in _BEFORE_NAME]
        cases = [case for child in before for case in child.children if case.dep_ == "case"]
    return [" ".join(part.lower_ for part in sorted([case, *_fixed(case)], key=lambda part: part.i)) for case in cases]


def is_not_only(negation: Token) -> bool:
    """Tell whether a negation is part of "not only": «не только посетил, но и …»."""
    return negation.i + 1 < len(negation.doc) and negation.doc[negation.i + 1].lower_ in _ONLY


_ONLY = {"only", "just", "merely", "только", "просто", "лишь"}
_AFTER = {"'s", "’s", "'", "’", "ago"}  # what English puts behind a noun
_BEFORE_NAME = {"nmod:desc", "compound", "flat", "amod"}


def _fixed(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ == "fixed"]
