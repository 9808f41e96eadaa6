"""Repairs of clauses that the parsers misread, on sentences whose parse is written down here."""

from __future__ import annotations

import pytest

from coopex.annotate.objects_ru import is_transitive, reattach_objects, seat_late_subjects
from coopex.annotate.relatives_ru import seat_pronoun_objects
from coopex.annotate.words import Word


def _words(verb: str, guests: dict[str, str], subject: dict[str, str]) -> list[Word]:
    finite = {"VerbForm": "Fin", "Voice": "Act"}
    return [
        Word(0, "На", "ADP", {}, head=1, dep="case"),
        Word(3, "заводе", "NOUN", {"Case": "Loc", "Animacy": "Inan"}, head=3, dep="obl"),
        Word(10, "гостей", "NOUN", guests, head=1, dep="nmod"),
        Word(17, verb, "VERB", finite, head=3, dep="ROOT"),
        Word(27, "директор", "NOUN", subject, head=3, dep="nsubj"),
    ]


PEOPLE = {"Case": "Gen", "Animacy": "Anim"}
SOMEONE = {"Case": "Nom", "Animacy": "Anim"}


def test_people_before_a_verb_without_object_are_its_object() -> None:
    words = _words("встретил", PEOPLE, SOMEONE)
    reattach_objects(words, range(5))
    assert (words[2].head, words[2].dep) == (3, "obj")


@pytest.mark.parametrize(
    ("verb", "guests", "subject"),
    [
        ("приехал", PEOPLE, SOMEONE),
        ("встретил", {"Case": "Gen", "Animacy": "Inan"}, SOMEONE),
        ("прошла", PEOPLE, {"Case": "Nom", "Animacy": "Inan"}),
        ("встретил", {"Case": "Dat", "Animacy": "Anim"}, SOMEONE),
    ],
    ids=["intransitive", "a thing", "a thing as subject", "dative"],
)
def test_genitives_stay(verb: str, guests: dict[str, str], subject: dict[str, str]) -> None:
    words = _words(verb, guests, subject)
    reattach_objects(words, range(5))
    assert (words[2].head, words[2].dep) == (1, "nmod")


def _contract(holder: str, feats: dict[str, str], gender: str) -> list[Word]:
    verb = {"VerbForm": "Fin", "Voice": "Act", "Gender": gender, "Number": "Sing"}
    return [
        Word(0, "Контракт", "NOUN", {"Case": "Nom", "Animacy": "Inan", "Gender": "Masc"}, head=1, dep="obj"),
        Word(9, "оформил" if gender == "Masc" else "оформила", "VERB", verb, head=1, dep="ROOT"),
        Word(18, holder, "NOUN", {"Animacy": "Inan", **feats}, head=1, dep="obj"),
    ]


def test_the_second_of_two_objects_is_the_subject() -> None:
    words = _contract("порт", {"Case": "Acc", "Gender": "Masc"}, "Masc")
    seat_late_subjects(words, range(3))
    assert [word.dep for word in words] == ["obj", "ROOT", "nsubj"]


@pytest.mark.parametrize(
    ("holder", "feats"),
    [("верфи", {"Case": "Gen", "Gender": "Fem"}), ("верфь", {"Case": "Acc", "Gender": "Fem"})],
    ids=["genitive", "does not agree"],
)
def test_what_can_be_no_subject_stays_an_object(holder: str, feats: dict[str, str]) -> None:
    words = _contract(holder, feats, "Masc")
    seat_late_subjects(words, range(3))
    assert words[2].dep == "obj"


def _headed(verb: str, *others: Word) -> list[Word]:
    ruled = [
        Word(0, verb, "VERB", {"VerbForm": "Fin", "Voice": "Act"}, head=0, dep="ROOT"),
        Word(10, "её", "DET", {}, head=2, dep="det"),
        Word(13, "ректор", "NOUN", {"Case": "Nom", "Animacy": "Anim"}, head=0, dep="nsubj"),
    ]
    return [*ruled, *others]


def test_a_pronoun_is_the_object_of_a_verb_without_one() -> None:
    words = _headed("возглавил")
    seat_pronoun_objects(words, range(3))
    assert [(word.head, word.dep) for word in words[1:]] == [(0, "obj"), (0, "nsubj")]


@pytest.mark.parametrize(
    "words",
    [_headed("приехал"), _headed("принял", Word(20, "гостей", "NOUN", {"Case": "Acc"}, head=0, dep="obj"))],
    ids=["intransitive", "has an object"],
)
def test_a_possessor_stays(words: list[Word]) -> None:
    seat_pronoun_objects(words, range(len(words)))
    assert (words[1].head, words[1].dep) == (2, "det")


def test_transitive_verbs_are_known() -> None:
    assert is_transitive("принял")
    assert not is_transitive("приехал")
    assert not is_transitive("гость")
