"""Roles found by position instead of by the tree, for fixed phrases that parsers break: «делегация во главе с …»."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from coopex.matching.lexicon import in_class
from coopex.matching.text import Part

_REACH = 25  # tokens: a long post and body stand between the phrase and the name


def following(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the head of the first person named after `trigger` in its clause, else of the first body or place."""
    first_other: Token | None = None
    for token in part.doc[trigger.i + 1 : min(trigger.sent.end, trigger.i + _REACH)]:
        mention = part.at(token)
        if mention and mention.kind == "person":
            yield part.root(mention)
            return
        if mention and first_other is None and not mention.derived:
            first_other = part.root(mention)
        if token.text == ";" or (token.pos_ == "VERB" and "Part" not in token.morph.get("VerbForm")):
            break
    if first_other is not None:
        yield first_other


def preceding_group(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the nearest collective, guest or body before `trigger` in its sentence."""
    named: Token | None = None
    for token in reversed(part.doc[trigger.sent.start : trigger.i]):
        if any(in_class(token.lemma_, name, part.language) for name in ("groups", "guests")):
            yield token
            return
        mention = part.at(token)
        if mention and not mention.derived and named is None and trigger.i - token.i < 8:
            named = part.root(mention)
    if named is not None:
        yield named


LINEAR_ROLES: dict[str, Callable[[Part, Token], Iterator[Token]]] = {
    "following": following,
    "preceding_group": preceding_group,
}
