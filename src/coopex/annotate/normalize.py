"""The base form of a Russian name: «министерством энергетики Перу» → "министерство энергетики Перу".

Persons: `coopex.annotate.persons_nominative`. Organisations and places: the first noun and the adjectives
before it that agree with it go to the nominative; legal forms, quoted names and everything after the noun
stay as they are. Capitals and the letter ё stay as the text has them, except in a line written in capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from coopex.annotate._pymorphy import forms_of, known_forms
from coopex.annotate.gazette import place_name
from coopex.annotate.persons_nominative import CASES, Part, keep_yo, like, nominative_person
from coopex.annotate.recase import is_in_capitals, recase_word

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENING = '«“„"‘'
_LONGEST_ACRONYM = 8
_NUMBERS = {"Sing": "sing", "Plur": "plur"}
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def nominative(span: Span) -> str:
    """«Дмитрия Ялова» → "Дмитрий Ялов"; line breaks and runs of blanks inside the name become one blank."""
    tokens = [token for token in span if not token.is_space]
    if span.label_ == "LOC" and len(tokens) == 1 and (place := place_name(_text(tokens[0]))):
        return _written(place.lower(), _text(tokens[0]))
    pieces = tuple(_piece(_text(token), token.text, token.pos_, str(token.morph)) for token in tokens)
    person = span.label_ == "PER"
    words = _person(pieces, _asked_case(tokens)) if person else _heads(pieces, span.label_)
    return "".join(_joined(span, tokens, words))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a name: as the result may have it, as it stands in the text, and what the tagger says of it."""

    shown: str
    text: str
    pos: str
    case: str | None
    gender: str | None
    number: str | None


@lru_cache(maxsize=5_000)
def _piece(shown: str, text: str, pos: str, morph: str) -> _Piece:
    feats = dict(feature.split("=", 1) for feature in morph.split("|")) if morph else {}
    return _Piece(shown, text, pos, *(feats.get(name) for name in ("Case", "Gender", "Number")))


def _text(token: Token) -> str:
    """The token's text, in small letters where the whole line is in capitals."""
    return recase_word(token.text) if token.is_upper and is_in_capitals(token.sent.text) else str(token.text)


def _joined(span: Span, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[str]:
    for token, following, word in zip(tokens, [*tokens[1:], None], words, strict=True):
        yield word
        if following is not None and following.idx > token.idx + len(token.text):
            yield " "


def _feature(token: Token, name: str) -> str | None:
    values = token.morph.get(name, [])
    return values[0] if values else None


# --- persons ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=5_000)
def _person(pieces: tuple[_Piece, ...], case: str | None) -> tuple[str, ...]:
    parts = [Part(piece.shown, piece.case, piece.gender) for piece in pieces]
    return tuple(nominative_person(parts, case))


def _asked_case(tokens: Sequence[Token]) -> str | None:
    """The case that the sentence asks of the name: that of the post before it, or the nominative of a
    subject."""
    first = tokens[0]
    inside = {token.i for token in tokens}
    root = next((token for token in tokens if token.head.i not in inside), first)
    if root.dep_ == "appos" and root.head.i < first.i and root.head.pos_ == "NOUN":
        return _feature(root.head, "Case")
    return "Nom" if root.dep_ in ("nsubj", "nsubj:pass") else None


# --- organisations and places -----------------------------------------------------------------------------


@lru_cache(maxsize=5_000)
def _heads(pieces: tuple[_Piece, ...], label: str) -> tuple[str, ...]:
    """The words of the name with its first noun and that noun's adjectives in the nominative."""
    return tuple(_with_head(pieces, label))


def _with_head(tokens: Sequence[_Piece], label: str) -> list[str]:
    words = [token.shown for token in tokens]
    head = _head(tokens)
    if head is None:
        return words
    if _keeps_form(tokens[head]):
        return _before_acronym(tokens, head, words)
    case = _case_of(tokens[: head + 1], label)
    noun = _noun(tokens[head], case, label) if case else None
    if noun is None:
        return words
    words[head] = noun.word
    for index in range(head):
        words[index] = _adjective(tokens[index], noun, case) or words[index]
    return words


def _before_acronym(tokens: Sequence[_Piece], head: int, words: list[str]) -> list[str]:
    """«Нововоронежской АЭС»: the adjectives tell the gender that the acronym hides."""
    gender = _GENDERS.get(tokens[head - 1].gender or "")
    number = _NUMBERS[tokens[head - 1].number or "Sing"]
    noun = _Noun(words[head], gender, number)
    for index in range(head):
        words[index] = _adjective(tokens[index], noun, tokens[index].case) or words[index]
    return words


def _head(tokens: Sequence[_Piece]) -> int | None:
    """Position of the first noun when only adjectives stand before it; a lone adjective is its own head."""
    for index, token in enumerate(tokens):
        if _is_adjective(token):
            continue
        if token.pos in ("NOUN", "PROPN", "ADJ", "X") and token.text[0].isalpha():
            return None if index == 0 and _keeps_form(token) else index
        if token.text not in _OPENING and token.text != ",":
            return None
    return len(tokens) - 1 if len(tokens) == 1 and tokens[0].pos == "PROPN" else None


def _is_adjective(token: _Piece) -> bool:
    """By the dictionary where it is sure, else by the tagger."""
    kinds = {form.tag.POS for form in known_forms(token.text)}
    if kinds and kinds <= {"ADJF", "PRTF"}:
        return True
    return token.pos in ("ADJ", "VERB") and not (kinds and kinds <= {"NOUN"})


def _keeps_form(token: _Piece) -> bool:
    """Acronyms, legal forms and Latin words do not decline."""
    text = token.shown
    mixed = sum(letter.isupper() for letter in text) > 1 and "-" not in text
    return text[0] < "\u0250" or (mixed and len(text) < _LONGEST_ACRONYM)


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun in the nominative with the gender and number that its adjectives take."""

    word: str
    gender: str | None
    number: str


def _case_of(tokens: Sequence[_Piece], label: str) -> str | None:
    """The case that the noun and all its adjectives can stand in: the tagged one, or the first other that
    fits."""
    tagged = [token.case for token in reversed(tokens)]
    cases = dict.fromkeys([*(case for case in tagged if case), "Gen", "Ins", "Dat", "Loc", "Acc", "Nom"])
    fitting = [case for case in cases if _form(tokens[-1], case, label) is not None]
    agreeing = [case for case in fitting if all(_has_case(token, case) for token in tokens[:-1])]
    return next(iter([*agreeing, *fitting]), None)


def _has_case(token: _Piece, case: str) -> bool:
    return any(CASES[case] in form.tag for form in forms_of(token.text) if form.tag.POS in ("ADJF", "PRTF"))


def _noun(token: _Piece, case: str, label: str) -> _Noun | None:
    """The noun in the nominative; `None` when the dictionary knows no such form."""
    form = _form(token, case, label)
    number = "plur" if "plur" in form.tag else "sing"
    changed = _changed(form, frozenset({"nomn", number}))
    if changed is None:
        return None
    gender = next((name for name in _GENDERS.values() if name in changed.tag), None)
    return _Noun(_written(changed.word, token.shown), gender, number)


def _adjective(token: _Piece, noun: _Noun, case: str | None) -> str | None:
    """The adjective in the nominative that agrees with the noun."""
    wanted = frozenset({"nomn", noun.number} | ({noun.gender} if noun.gender and noun.number == "sing" else set()))
    forms = [form for form in forms_of(token.text) if form.tag.POS in ("ADJF", "PRTF")]
    fitting = [form for form in forms if case is None or CASES[case] in form.tag] or forms
    changed = _changed(fitting[0], wanted) if fitting else None
    if changed and "Supr" in fitting[0].tag:
        changed = _same_stem(fitting[0], wanted) or changed
    return _written(changed.word, token.shown) if changed else None


def _form(token: _Piece, case: str, label: str) -> Any:
    """The dictionary's reading of the noun in the case, nearest to the tagger's; for a place a place name
    first."""
    kinds = ("ADJF", "PRTF", "NOUN") if _is_adjective(token) else ("NOUN",)
    fitting = [form for form in forms_of(token.text) if form.tag.POS in kinds and CASES[case] in form.tag]
    gender = _GENDERS.get(token.gender or "")
    number = _NUMBERS.get(token.number or "")
    ranked = sorted(
        fitting,
        key=lambda form: (
            number is not None and number not in form.tag,
            not (label == "LOC" and "Geox" in form.tag),
            gender is not None and gender not in form.tag,
        ),
    )
    return ranked[0] if ranked else None


@lru_cache(maxsize=5_000)
def _changed(form: Any, grammemes: frozenset[str]) -> Any:
    """The form of the same word that has the grammemes; 0.3 ms when asked for the first time."""
    from pymorphy2.analyzer import Parse

    return Parse.inflect(form, grammemes)


def _same_stem(form: Any, grammemes: frozenset[str]) -> Any:
    """«Высшего» → "высший" and not "высочайший", which the dictionary has as a form of the same word."""
    lexeme = form._morph.get_lexeme(form)
    fitting = (other for other in lexeme if grammemes <= other.tag.grammemes and "Supr" in other.tag)
    return max(fitting, key=lambda other: _shared(other.word, form.word), default=None)


def _shared(one: str, other: str) -> int:
    """("высший", "высшего") → 5: letters that two words begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _written(word: str, model: str) -> str:
    if word.replace("ё", "е") == model.lower().replace("ё", "е"):
        return model
    return like(keep_yo(word, model), model)
