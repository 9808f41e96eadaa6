"""The base form of a Russian name: «министерством энергетики Перу» → "министерство энергетики Перу".

Persons: `coopex.annotate.persons_nominative`. Organisations and places: the first noun and the adjectives before it
that agree with it go to the nominative; legal forms, quoted names and everything after the noun stay as they are.
Capitals and the letter ё stay as the text has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coopex.annotate.persons_nominative import CASES, Part, keep_yo, like, nominative_person

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENING = '«“„"‘'
_NUMBERS = {"Sing": "sing", "Plur": "plur"}
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def nominative(span: Span) -> str:
    """«Дмитрия Ялова» → "Дмитрий Ялов"; line breaks and runs of blanks inside the name become one blank."""
    tokens = [token for token in span if not token.is_space]
    words = _persons(tokens) if span.label_ == "PER" else _heads(tokens, span.label_)
    return "".join(_joined(span, tokens, words))


def _joined(span: Span, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[str]:
    for token, following, word in zip(tokens, [*tokens[1:], None], words, strict=True):
        yield word
        if following is not None and following.idx > token.idx + len(token.text):
            yield " "


def _feature(token: Token, name: str) -> str | None:
    values = token.morph.get(name, [])
    return values[0] if values else None


# --- persons ----------------------------------------------------------------------------------------------


def _persons(tokens: Sequence[Token]) -> list[str]:
    parts = [Part(token.text, _feature(token, "Case"), _feature(token, "Gender")) for token in tokens]
    return nominative_person(parts, _asked_case(tokens))


def _asked_case(tokens: Sequence[Token]) -> str | None:
    """The case that the sentence asks of the name: that of the post before it, or the nominative of a subject."""
    first = tokens[0]
    inside = {token.i for token in tokens}
    root = next((token for token in tokens if token.head.i not in inside), first)
    if root.dep_ == "appos" and root.head.i < first.i and root.head.pos_ == "NOUN":
        return _feature(root.head, "Case")
    return "Nom" if root.dep_ in ("nsubj", "nsubj:pass") else None


# --- organisations and places -----------------------------------------------------------------------------


def _heads(tokens: Sequence[Token], label: str) -> list[str]:
    """The words of the name with its first noun and that noun's adjectives in the nominative."""
    words = [token.text for token in tokens]
    head = _head(tokens)
    if head is None:
        return words
    noun = _noun(tokens[head], label, alone=head == 0 and len(tokens) == 1)
    if noun is None:
        return words
    words[head] = noun.word
    for index in range(head):
        words[index] = _adjective(tokens[index], noun) or words[index]
    return words


def _head(tokens: Sequence[Token]) -> int | None:
    """Position of the first noun when nothing but adjectives stands before it."""
    for index, token in enumerate(tokens):
        if token.pos_ in ("NOUN", "PROPN") and token.text[0].isalpha():
            return None if _keeps_form(token) else index
        if token.pos_ not in ("ADJ", "VERB", "PUNCT") or token.text in _OPENING or token.text == ",":
            return None
    return None


def _keeps_form(token: Token) -> bool:
    """Acronyms, legal forms and Latin words do not decline."""
    return (len(token.text) > 1 and token.text.isupper() and len(token.text) < 8) or token.text[0] < "\u0250"


class _Noun:
    """A noun in the nominative with the gender and number that its adjectives take."""

    __slots__ = ("gender", "number", "word")

    def __init__(self, word: str, gender: str | None, number: str) -> None:
        self.word = word
        self.gender = gender
        self.number = number


def _noun(token: Token, label: str, *, alone: bool) -> _Noun | None:
    """The noun in the nominative by its tagged case and number; `None` when the dictionary knows no such form."""
    case, number = _feature(token, "Case"), _feature(token, "Number") or "Sing"
    if case is None:
        return None
    form = _form(token, {CASES[case], _NUMBERS[number]}, label)
    if form is None:
        return None
    changed = _changed(form, {"nomn", _NUMBERS[number]})
    if changed is None:
        return None
    gender = next((name for name in _GENDERS.values() if name in changed.tag), None)
    del alone
    return _Noun(_written(changed.word, token.text), gender, _NUMBERS[number])


def _adjective(token: Token, noun: _Noun) -> str | None:
    """The adjective in the nominative that agrees with the noun."""
    case = _feature(token, "Case")
    wanted = {"nomn", noun.number} | ({noun.gender} if noun.gender and noun.number == "sing" else set())
    for form in _forms(token.text):
        if form.tag.POS in ("ADJF", "PRTF") and (case is None or CASES[case] in form.tag):
            changed = _changed(form, wanted)
            return _written(changed.word, token.text) if changed else None
    return None


def _form(token: Token, grammemes: set[str], label: str) -> Any:
    """The dictionary's reading of the noun that the tagger's agrees with; for a place a place name first."""
    fitting = [
        form for form in _forms(token.text) if form.tag.POS == "NOUN" and grammemes <= form.tag.grammemes
    ]
    gender = _GENDERS.get(_feature(token, "Gender") or "")
    ranked = sorted(
        fitting,
        key=lambda form: (
            not (label == "LOC" and "Geox" in form.tag),
            not form.is_known,
            gender is not None and gender not in form.tag,
        ),
    )
    return ranked[0] if ranked else None


def _forms(word: str) -> list[Any]:
    from coopex.annotate._pymorphy import morph_vocab

    return list(morph_vocab()(word.lower()))


def _changed(form: Any, grammemes: set[str]) -> Any:
    from pymorphy2.analyzer import Parse

    return Parse.inflect(form, grammemes)


def _written(word: str, model: str) -> str:
    return like(keep_yo(word, model), model)
