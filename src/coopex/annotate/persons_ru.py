"""Whole names of persons in Russian text: initials, three-part names, parts that the recogniser left
outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from coopex.annotate._pymorphy import known_forms
from coopex.annotate.gazette import place_kind
from coopex.annotate.organisations_ru import listed
from coopex.annotate.persons_nominative import is_family_name
from coopex.annotate.words import Name, Word

LONGEST_NAME = 6
"""Words, initials' full stops left out: «Мохаммед бин Салман Аль Сауд» has five."""

_LONGEST_AFTER_POST = 3
_LONG_INITIALS = ("Дж", "Ю", "Ch", "Хр", "Ст", "Ал", "Вл")


def find_persons(words: Sequence[Word], names: Sequence[Name]) -> list[Name]:
    """The recogniser's persons made whole, those written with initials, and surnames told in full
    elsewhere."""
    reader = _Reader(words, names)
    whole = _merge([*reader.with_initials(), *reader.completed(), *reader.after_posts()])
    return _merge([*whole, *reader.by_surname(whole)])


def _merge(names: Sequence[Name]) -> list[Name]:
    """Names in order, overlapping ones made one."""
    merged: list[Name] = []
    for name in sorted(names):
        if merged and merged[-1].meets(name):
            merged[-1] = Name(merged[-1].start, max(merged[-1].end, name.end), "PER")
        else:
            merged.append(name)
    return merged


class _Reader:
    """Reads the persons of one text."""

    def __init__(self, words: Sequence[Word], names: Sequence[Name]) -> None:
        self.words = words
        self.persons = [name for name in names if name.label == "PER"]
        self.others = {i for name in names if name.label != "PER" for i in range(name.start, name.end)}
        self.known = {index for name in self.persons for index in range(name.start, name.end)}

    # initials

    def with_initials(self) -> Iterator[Name]:
        """«В. Д. Кекелидзе», «Кекелидзе В. Д.», «Ю.А. Копылов»."""
        following = 0
        for index in range(len(self.words) - 1):
            if index < following or self.words[index + 1].text != ".":
                continue
            end = self._initials_end(index)
            name = self._around(index, end) if end > index else None
            if name:
                yield name
            following = max(end, name.end if name else 0)

    def _initials_end(self, index: int) -> int:
        """End of a run of at most three initials, each with its full stop."""
        end = index
        while end - index < 6 and self._is_initial(end):
            end += 2
        return end

    def _is_initial(self, index: int) -> bool:
        text = self._text(index)
        return (
            (len(text) == 1 or text in _LONG_INITIALS) and text[:1].isupper() and self._text(index + 1) == "."
        )

    def _around(self, start: int, end: int) -> Name | None:
        before, after = start - 1, end
        has_after = self._is_surname(after) and self._near(after, start)
        if has_after:
            return Name(start, self._surname_end(after), "PER")
        if (
            before >= 0
            and self._is_surname(before)
            and self._near(before, start)
            and before not in self.others
        ):
            return Name(before, end, "PER")
        return None

    def _surname_end(self, index: int) -> int:
        end = index + 1
        if self._near(end, index) and end in self.known and self._is_surname(end):
            end += 1
        return end

    def _is_surname(self, index: int) -> bool:
        text = self._text(index)
        letters = text.replace("-", "")
        return len(letters) > 1 and letters.isalpha() and self._has_capital(text) and not letters.isupper()

    def _has_capital(self, text: str) -> bool:
        """«Кекелидзе», «ас-Сиси», «фон-Браун» have one; "сентября" has none."""
        return text[0].isupper() or any(part[:1].isupper() for part in text.split("-"))

    def _text(self, index: int) -> str:
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def _near(self, index: int, other: int) -> bool:
        return 0 <= index < len(self.words) and self.words[index].sentence == self.words[other].sentence

    # the recogniser's own

    def completed(self) -> Iterator[Name]:
        """The recogniser's persons without posts, with the parts beside them."""
        for name in self.persons:
            start, end = self._without_posts(name)
            if start < end and not (end - start == 1 and self._is_no_name(start)):
                yield Name(self._extended_left(start), self._extended_right(end), "PER")

    def _without_posts(self, name: Name) -> tuple[int, int]:
        start, end = name.start, name.end
        while start < end and not self._belongs(start):
            start += 1
        while end > start and not self._belongs(end - 1) and not self._ends_initials(end - 1, start):
            end -= 1
        return start, end

    def _belongs(self, index: int) -> bool:
        word = self.words[index]
        return self._has_capital(word.text) and not listed(word, "stop_nouns")

    def _ends_initials(self, index: int, start: int) -> bool:
        return index > start and self._is_initial(index - 1)

    def _is_no_name(self, index: int) -> bool:
        """A lone common word that only starts its sentence, «Идею», «Сера»."""
        return self.words[index].opens and is_common_word(self.words[index])

    def _extended_right(self, end: int) -> int:
        while end - 1 >= 0 and self._near(end, end - 1):
            step = 2 if self._is_particle(end) and self._joins(end + 1, end - 1) else 1
            if not self._joins(end + step - 1, end - 1):
                break
            end += step
        return end

    def _extended_left(self, start: int) -> int:
        while (
            self._near(start - 1, start)
            and self._joins(start - 1, start)
            and not self._is_common_opening(start - 1)
        ):
            start -= 1
        return start

    def _is_common_opening(self, index: int) -> bool:
        return self.words[index].opens and is_common_word(self.words[index])

    def _is_particle(self, index: int) -> bool:
        return listed(self.words[index], "name_particles") and self.words[index].text != "и"

    def _joins(self, index: int, other: int) -> bool:
        """Whether the word beside a name is one more part of it: capital, no place or body, same case."""
        if not self._near(index, other) or index in self.others:
            return False
        word, part = self.words[index], self.words[other]
        cases = {word.case, part.case}
        if index < other and word.is_capital and is_family_name(word.text):
            return True
        return (
            self._is_surname(index)
            and (word.is_noun or word.pos in ("X", "ADJ"))
            and not listed(word, "stop_nouns", "place_nouns", "state_heads", "plain_heads")
            and (len(cases) == 1 or None in cases)
            and word.is_latin == part.is_latin
        )

    # after a post

    def after_posts(self) -> Iterator[Name]:
        """«Вице-премьера | Серика Абишева сопровождал …»: two or three capitalised words that nobody has named."""
        for index in range(1, len(self.words)):
            post = self.words[index - 1]
            if post.feats.get("Animacy") != "Anim" or not listed(post, "stop_nouns"):
                continue
            end = index
            while self._near(end, index - 1) and self._is_unnamed(end):
                end += 1
            if 2 <= end - index <= _LONGEST_AFTER_POST:
                yield Name(index, end, "PER")

    def _is_unnamed(self, index: int) -> bool:
        """A capitalised Russian word outside all names that is no common word, place or body."""
        word = self.words[index]
        free = index not in self.known and index not in self.others
        return (
            free
            and self._is_surname(index)
            and word.is_noun
            and not word.is_latin
            and not is_common_word(word)
            and place_kind(word.text) is None
            and not listed(word, "stop_nouns", "place_nouns", "state_heads", "plain_heads", "short_bodies")
        )

    # surnames alone

    def by_surname(self, persons: Sequence[Name]) -> Iterator[Name]:
        """Words that are a surname of the given persons, in any case, where the recogniser saw nothing."""
        stems = {surname_stem(self._text(name.end - 1)) for name in persons if name.end - name.start > 1}
        stems |= {
            surname_stem(self._text(name.start))
            for name in persons
            if self._ends_initials(name.end - 1, name.start)
        }
        stems.discard("")
        taken = {index for name in persons for index in range(name.start, name.end)}
        for index, word in enumerate(self.words):
            free = index not in taken and index not in self.others
            if free and word.is_capital and word.is_noun and surname_stem(word.text) in stems:
                yield Name(index, index + 1, "PER")


@lru_cache(maxsize=10_000)
def surname_stem(surname: str) -> str:
    """«Мантурова», «Мантуров» → "мантуров"; endings of declension off, at least four letters left."""
    text = surname.lower().replace("ё", "е")
    if len(text) < 5 or not text.isalpha():
        return text if len(text) > 3 and text.isalpha() else ""
    for ending in ("ского", "скому", "ским", "ском", "ской", "скую", "ский", "ская"):
        if text.endswith(ending):
            return text[: -len(ending)] + "ск"
    for ending in (
        "ого",
        "ему",
        "ому",
        "ым",
        "им",
        "ом",
        "ем",
        "ой",
        "ей",
        "ую",
        "ый",
        "ий",
        "ая",
        "а",
        "у",
        "е",
        "я",
        "ю",
        "ы",
        "и",
        "й",
        "ь",
    ):
        if text.endswith(ending) and len(text) - len(ending) >= 4:
            return text[: -len(ending)]
    return text


def is_common_word(word: Word) -> bool:
    """«Идею», «Главная» → `True`: a dictionary word that is no name of a person, a place or a body."""
    forms = known_forms(word.text)
    marks = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr")
    return bool(forms) and not any(mark in form.tag for form in forms for mark in marks)


def is_only_place(word: Word) -> bool:
    """«Шампани» → `True`: the dictionary knows the word as a place and not as a person's name."""
    forms = [form for part in word.text.split("-") for form in known_forms(part)]
    persons = any(mark in form.tag for form in forms for mark in ("Name", "Surn", "Patr"))
    return any("Geox" in form.tag for form in forms) and not persons
