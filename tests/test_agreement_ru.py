"""Arcs that the cases of Russian nouns forbid, on phrases whose tags are written down here."""

from __future__ import annotations

import pytest

from coopex.annotate.agreement_ru import forbidden_arcs
from coopex.annotate.taggers_ru import Tag, Taggers
from coopex.annotate.words import morph_text

CASES = {"n": "Nom", "g": "Gen", "d": "Dat", "a": "Acc", "i": "Ins", "l": "Loc"}


def tag(code: str) -> Tag:
    """`"NOUN.g"`, `"PROPN.n!"` with "!" for people → a tag."""
    pos, _, rest = code.partition(".")
    feats = {"Case": CASES[rest[0]], "Animacy": "Anim" if rest.endswith("!") else "Inan"} if rest else {}
    return Tag(pos, feats, morph_text(feats))


def pairs(phrase: str) -> set[tuple[str, str]]:
    """`"дом/NOUN.n министра/NOUN.g!"` → word and head of every arc that is forbidden."""
    words, tags = zip(*(item.split("/") for item in phrase.split()), strict=True)
    return {(words[word], words[head]) for word, head in forbidden_arcs(words, [tag(code) for code in tags])}


@pytest.mark.parametrize(
    ("phrase", "forbidden"),
    [
        ("с/ADP вузами/NOUN.i и/CCONJ верфь/NOUN.a", {("верфь", "вузами")}),
        ("для/ADP порта/NOUN.g ,/PUNCT новые/ADJ.n доки/NOUN.n", {("доки", "порта")}),
        ("между/ADP Чили/PROPN.i и/CCONJ протокол/NOUN.n", {("протокол", "Чили")}),
        ("дом/NOUN.n министра/NOUN.g! Пётр/PROPN.n! Лосев/PROPN.n!", {("Пётр", "министра"), ("Лосев", "министра")}),
    ],
    ids=["list", "comma and adjective", "indeclinable behind a preposition", "post"],
)
def test_cases_that_differ_forbid_an_arc(phrase: str, forbidden: set[tuple[str, str]]) -> None:
    assert pairs(phrase) == forbidden


@pytest.mark.parametrize(
    "phrase",
    [
        "с/ADP вузами/NOUN.i и/CCONJ верфью/NOUN.i",
        "доки/NOUN.n и/CCONJ верфи/NOUN.a",
        "принял/VERB гостя/NOUN.a! и/CCONJ мэра/NOUN.g!",
        "директор/NOUN.n! и/CCONJ замдекана/NOUN.g!",
        "о/ADP Перу/PROPN.l и/CCONJ РАН/PROPN.n",
        "завода/NOUN.g «/PUNCT Ротор/NOUN.n »/PUNCT и/CCONJ верфи/NOUN.g",
        "девять/NUM заводов/NOUN.g и/CCONJ верфь/NOUN.n",
        "с/ADP вузами/NOUN.i и/CCONJ в/ADP порту/NOUN.l",
        "министр/NOUN.n! Пётр/PROPN.n! Лосев/PROPN.n!",
        "дом/NOUN.n министра/NOUN.g! Анны/PROPN.g! Ким/PROPN.g!",
        "в/ADP порту/NOUN.l Апатиты/PROPN.n",
        "ждут/VERB приезда/NOUN.g Дэн/PROPN.n! Сюэсяна/PROPN.n!",
        "принял/VERB министра/NOUN.g! Чэнь/PROPN.n!",
    ],
    ids=[
        "same case",
        "nominative and accusative",
        "accusative and genitive of people",
        "a post in -а",
        "indeclinable and acronym",
        "quoted",
        "behind a numeral",
        "preposition",
        "post in the nominative",
        "post in the genitive",
        "a place",
        "owner",
        "a name that the dictionary lacks",
    ],
)
def test_cases_that_may_agree_forbid_nothing(phrase: str) -> None:
    assert pairs(phrase) == set()


def test_a_list_goes_on_behind_another_case() -> None:
    sentence = "Гости подписали соглашение между Перу и Норвегией о разведении лосося и протокол о рыбе ."
    text = sentence.split()
    reading = next(iter(Taggers().read([text])))
    assert text[reading.heads[text.index("протокол")]] == "соглашение"
