"""The post of a person as records give it: whole and in the nominative.

«заместителем министра энергетики Громовой» → "заместитель министра энергетики".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopex.matching.lexicon import in_class
from coopex.matching.text import Part, remembered

if TYPE_CHECKING:
    from coopex.matching.tree import Token, Tree

_SMALL = {"the", "a", "an", "of", "and", "in", "at", "by", "with", "to", "for", "from", "his", "her", "its", "their"}


@remembered
def told_post(part: Part, start: int, end: int) -> str:
    """ "Deputy Minister | of Mines" with the noun at `start` → "Deputy Minister of Mines"."""
    first = _left_edge_en(part, start) if part.language == "en" else _left_edge_ru(part, start)
    if part.language == "ru":
        return _in_nominative(part.doc, first, end)
    return _closed(part.doc[first:end].text)


def _closed(text: str) -> str:
    """ "rector of the university (TSU" → "rector of the university"."""
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    return text.strip(" ,(«\"“")


def _left_edge_en(part: Part, post: int) -> int:
    """Take in what stands before the noun: "Cabinet Secretary", "Deputy Energy Minister", "vice-chancellor"."""
    doc, first, floor = part.doc, post, part.sentence_at(post).start
    while first > floor and _belongs_en(part, doc[first - 1], doc[post]):
        first -= 1
        joins = first - 1 > floor and doc[first - 1].lower_ == "and" and not in_class(doc[first].lemma_, "posts", "en")
        if joins and _belongs_en(part, doc[first - 2], doc[post]):
            first -= 2
    return first


def _belongs_en(part: Part, token: Token, post: Token) -> bool:
    """Whether a word is part of the post after it: a capital beside a capital, or "deputy", "vice", "prime"."""
    if part.at(token) is not None:
        return False
    if token.text == "-":
        return token.i > 0 and in_class(part.doc[token.i - 1].lower_, "post_parts", "en")
    if token.lower_ in _SMALL or not token.is_alpha:
        return False
    capital = post.text[0].isupper() and token.text[0].isupper() and not (token.is_sent_start and token.pos_ == "VERB")
    return capital or in_class(token.lower_, "post_parts", "en")


def _left_edge_ru(part: Part, post: int) -> int:
    """«первого заместителя | министра»: adjectives that agree, and a post that the found one hangs on."""
    doc, first, floor = part.doc, post, part.sentence_at(post).start
    while first > floor:
        word, before = doc[first], doc[first - 1]
        if part.at(before) is not None:
            break
        case = word.morph.get("Case", [])
        agrees = before.pos_ == "ADJ" and before.morph.get("Case", []) == case
        holds = case == ["Gen"] and in_class(before.lemma_, "post_parts", "ru")
        if not (agrees or holds):
            break
        first -= 1
    return first


def _in_nominative(doc: Tree, start: int, end: int) -> str:
    """«Министром здравоохранения Абхазии» at the start of a sentence → "министр здравоохранения Абхазии"."""
    from spacy.tokens import Span

    from coopex.annotate.normalize import nominative

    text = _closed(nominative(Span(doc.source, start, end, label="ORG")))
    opens = bool(doc[start].is_sent_start) and not doc[start].is_upper
    return text[:1].lower() + text[1:] if opens else text
