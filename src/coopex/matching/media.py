"""Bodies that a sentence names only because they report: "…, he told Interfax", «…, передаёт Trend».

A news agency may sign an agreement or receive a delegation like anybody else. Only where the words around its name say
that it reports is it nobody of the story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopex.matching.lexicon import in_class
from coopex.page.agencies import is_agency

if TYPE_CHECKING:
    from coopex.matching.tree import Span, Tree

_BRACKETS = {"(": ")", "/": "/"}
_DASHES = {"-", "--", "–", "—", "―", ".", ":"}
_EARLY = 14  # tokens; a dateline with town, date and agency is not longer


def is_reporter(doc: Tree, span: Span, language: str) -> bool:
    """Whether a body only reports: "told [Interfax]", "[Trend] reports", "([Yonhap])", "[KAZINFORM] Deputy …"."""
    known = _is_media(span, language)
    if _is_told(doc, span, language, known) or _says(doc, span, language, known):
        return True
    return known and (_in_brackets(doc, span) or _heads_block(doc, span) or _has_reporter(doc, span, language))


def _is_media(span: Span, language: str) -> bool:
    """Whether a name is of an agency or paper, or has a word that says so: "Saudi Press Agency", «телеканал …»."""
    if is_agency(span.text) or any(is_agency(token.text) for token in span if len(token) > 3):
        return True
    words = [token.lemma_.lower() for token in span]
    return any(in_class(word, "media", language) for word in words) or words[-2:] == ["press", "agency"]


def _is_told(doc: Tree, span: Span, language: str, known: bool) -> bool:
    """ "told | Interfax", "according to | Reuters", «рассказал | ТАСС», «по данным | РБК»."""
    if span.label_ == "LOC" and not known:
        return False
    before = [token.lemma_.lower() for token in doc[max(0, span.start - 3) : span.start] if token.text not in _QUOTES]
    if not before:
        return False
    if language == "en":
        if before[-1] == "the":
            before.pop()
        heard = bool(before) and before[-1] in {"tell", "inform"} and len(span) < 4
        cited = before[-2:] in (["accord", "to"], ["according", "to"]) or before[-1:] in (["cite"], ["quote"])
        return heard or (cited and known) or (known and before[-2:] == ["interview", "with"])
    if before[-1] in {"корреспондент", "корр"}:
        return True
    return known and (
        in_class(before[-1], "reporting", language) or in_class(" ".join(before[-2:]), "sourcing", language)
    )


def _says(doc: Tree, span: Span, language: str, known: bool) -> bool:
    """ "| Trend reports", «сообщает | Trend», «| ТАСС рассказал директор»: an agency beside a verb of reporting."""
    root = span.root
    verb = root.head
    relations = {"nsubj", "nsubj:pass", "appos", "obl:agent"} | ({"iobj", "obl"} if language == "ru" else set())
    return known and root.dep_ in relations and in_class(verb.lemma_, "reporting", language)


def _in_brackets(doc: Tree, span: Span) -> bool:
    """ "(Reuters)", "(MENAFN - Trend News Agency)", "/TASS/"."""
    if span.start == 0 or span.end >= len(doc):
        return False
    return _BRACKETS.get(doc[span.start - 1].text) == doc[span.end].text


def _heads_block(doc: Tree, span: Span) -> bool:
    """ "YEREVAN, June 16, ARMENPRESS. …", "KAZINFORM Deputy Prime Minister …": before the first sentence of a block."""
    after = doc[span.end] if span.end < len(doc) else None
    if span.start == 0:
        return after is None or after.text in _DASHES or after.text[0].isupper()
    clean = not any(token.pos_ in {"VERB", "AUX"} for token in doc[: span.start])
    return span.start < _EARLY and clean and after is not None and after.text in _DASHES


def _has_reporter(doc: Tree, span: Span, language: str) -> bool:
    """ "a Kazinform | correspondent", "Reuters | Staff", «корреспондент | ТАСС»."""
    after = doc[span.end].lemma_.lower() if span.end < len(doc) else ""
    return in_class(after, "reporters", language)


_QUOTES = {"«", '"', "“", "„", "(", "/"}
