"""Whole names of organisations in Russian text, read from a noun that names a body and what belongs to it.

A name recogniser cuts «агентством по содействию внешней торговли города Сямынь» short or misses it. Here a
noun of the lists in `data/ru_names.yaml` takes the adjectives before it and, after it, genitives, «по …»,
places, a quoted name, «им. …»; the phrase is a name when capitals, a quoted name, or a telling complement
make it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from coopex.annotate._pymorphy import known_forms
from coopex.annotate.gazette import is_country_word, place_kind
from coopex.annotate.words import Name, Word, agree
from coopex.yaml_files import parse_yaml

LONGEST_QUOTE = 16
"""Words. The longest quoted name of the development texts has 12; longer quotations are speech."""

_CLOSING = {"«": "»", "“": "”", "„": "“", '"': '"', "‘": "’"}
_QUOTES = frozenset(_CLOSING) | frozenset(_CLOSING.values())
_ABBREVIATED = frozenset({"Co", "Ltd", "Inc", "Corp"})
_LONGEST_NAMESAKE = 3
_LATIN_JOINTS = frozenset({"&", "-", "–", "of", "and", "de", "for", "du", "the"})
_LISTS = Path(__file__).parent / "data" / "ru_names.yaml"


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of `data/ru_names.yaml` as sets of lemmas."""
    lists: dict[str, Any] = parse_yaml(_LISTS.read_text("utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


def listed(word: Word, *names: str) -> bool:
    """Whether the word's lemma, or the word itself, is in one of the lists."""
    found = _lists_with(word.lemma, word.text)
    return bool(found) and any(name in found for name in names)


@lru_cache(maxsize=10_000)
def _lists_with(lemma: str, text: str) -> frozenset[str]:
    """("завод", "заводе") → {"plain_heads", …}: the lists that hold the lemma or the word; none for most words."""
    text = text.lower()
    return frozenset(name for name, words in word_lists().items() if lemma in words or text in words)


_MINISTRY = re.compile(
    r"(?:мин(?:[а-я]{1,6}(?:пром|строй|торг|трансп?|связь|фин|юст|хоз|обр|труд|спорт|здрав|культ|эконом|прав)[а-я]*"
    r"|(?:энерго|обороны|цифр|пром|строй|торг|транс|сель|здрав|эко|эконом|образ|обр|культ|юст|фин|труд|спорт|природ|водхоз|инфо|науки|туризм|инвест|внеш|соц)[а-я]*)"
    r"|(?:гос|нац|глав)(?:комитет|агентство|стандарт|комстат|комимущество|управление|инспекция|центр)[а-я]*)$"
)


def is_ministry(word: Word) -> bool:
    """«Минпромстроя», «Минводхоз», «Госкомстата» → `True`: a capitalised short name of a body of state."""
    return word.is_capital and (listed(word, "short_bodies") or _ends_like_ministry(word.text))


@lru_cache(maxsize=10_000)
def _ends_like_ministry(text: str) -> bool:
    return bool(_MINISTRY.match(text.lower().replace("ё", "е")))


# --- quoted names -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Quotation marks at the words `start` and `end - 1`."""

    start: int
    end: int


def find_quotes(words: Sequence[Word]) -> list[Quote]:
    """Quotations that look like a name: short, inside one sentence, beginning with a capital, Latin letter
    or digit.

    In «ОЭЗ «Технополис Москва», which lacks a closing mark, the one mark closes both.
    """
    quotes = [quote for quote in _pair_quotes(words) if _is_name_like(words, quote)]
    return [quote for quote in quotes if not any(_inside(quote, other) for other in quotes)]


def _inside(inner: Quote, outer: Quote) -> bool:
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end


def _pair_quotes(words: Sequence[Word]) -> Iterator[Quote]:
    opened: list[int] = []
    for index, word in enumerate(words):
        if word.text not in _QUOTES:
            continue
        if opened and words[opened[-1]].sentence != word.sentence:
            opened.clear()
        if opened and word.text in (_CLOSING[words[opened[-1]].text], "»"):
            yield Quote(opened.pop(), index + 1)
            if opened and not _closes_later(words, index + 1):
                yield Quote(opened.pop(), index + 1)
        elif word.text in _CLOSING:
            opened.append(index)


def _closes_later(words: Sequence[Word], index: int) -> bool:
    """Whether the sentence has another closing mark before the next opening one."""
    if index >= len(words):
        return False
    sentence = words[index].sentence
    for word in words[index:]:
        if word.sentence != sentence or word.text in _CLOSING:
            return word.sentence == sentence and word.text in ('"', "“")
        if word.text in ("»", "”"):
            return True
    return False


_SHORTEST_SPEECH = 5  # words from which a quotation with a verb is speech: «Мы вчера посетили новый завод»


def _speaks(word: Word) -> bool:
    """A finite verb, or a pronoun of who speaks."""
    return (word.pos == "VERB" and word.feats.get("VerbForm") == "Fin") or word.feats.get("Person") in {"1", "2"}


def _is_name_like(words: Sequence[Word], quote: Quote) -> bool:
    inner = words[quote.start + 1 : quote.end - 1]
    if not inner or len(inner) > LONGEST_QUOTE or inner[-1].text in (".", "!", "?", ",", "…"):
        return False
    if len(inner) >= _SHORTEST_SPEECH and any(_speaks(word) for word in inner):
        return False
    first = inner[1] if inner[0].text in _CLOSING and len(inner) > 1 else inner[0]
    return first.is_capital or first.is_latin or first.text[0].isdigit()


# --- phrases ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Phrase:
    """A noun that names a body, with what has been found to belong to it so far."""

    head: int
    start: int
    end: int
    evidence: set[str] = field(default_factory=set)


def find_organisations(words: Sequence[Word], names: Sequence[Name], quotes: Sequence[Quote]) -> list[Name]:
    """Names of organisations that stand around a noun for a body, a legal form or a quoted name."""
    return list(_Reader(words, names, quotes).read())


class _Reader:
    """Reads the organisations of one text."""

    def __init__(self, words: Sequence[Word], names: Sequence[Name], quotes: Sequence[Quote]) -> None:
        self.words = words
        self.names = {name.start: name for name in names}
        self.name_of = {index: name for name in names for index in range(name.start, name.end)}
        self.quotes = {quote.start: quote for quote in quotes}
        self.quoted = {index for quote in quotes for index in range(quote.start, quote.end)}

    def read(self) -> Iterator[Name]:
        """All names, overlapping ones included."""
        used: set[int] = set()
        for index in range(len(self.words)):
            if index not in self.quoted and index not in used and self._is_head(index):
                phrase = self._phrase(index)
                if self._is_name(phrase):
                    used.update(range(index, phrase.end))
                    yield Name(self._left_forms(phrase.start), phrase.end, "ORG")
                    yield from self._bracketed(phrase.end)
        yield from self._quoted_names(used)
        yield from self._formed_names(used)
        yield from self._latin_names(used)

    # the noun and the adjectives before it

    def _is_head(self, index: int) -> bool:
        """Whether the word is a noun for a body; «группа» is one before «компаний»."""
        word = self.words[index]
        if not word.is_noun:
            return False
        group = word.lemma == "группа" and self._text(index + 1).lower() in (
            "компаний",
            "предприятий",
            "банков",
        )
        return group or listed(word, "state_heads", "plain_heads", "short_bodies") or is_ministry(word)

    def _phrase(self, head: int) -> _Phrase:
        phrase = _Phrase(head, self._left_edge(head), head + 1)
        self._read_tail(phrase)
        self._trim_left(phrase)
        return phrase

    def _left_edge(self, head: int) -> int:
        start = head
        while start > 0 and self._is_attribute(start - 1, head):
            start -= 1
        return start

    def _is_attribute(self, index: int, head: int) -> bool:
        word = self.words[index]
        name = self.name_of.get(index)
        return (
            word.is_adjective
            and word.sentence == self.words[head].sentence
            and agree(word, self.words[head])
            and not listed(word, "stop_adjectives")
            and (name is None or name.label == "ORG" or name.covers(head) or word.pos == "ADJ")
            and not (word.pos == "VERB" and not word.is_capital)
        )

    def _trim_left(self, phrase: _Phrase) -> None:
        """Leave out adjectives that describe and do not name: those before a capital, countries before a
        quoted name."""
        span = range(phrase.start, phrase.head + 1)
        capitals = [index for index in span if self._has_own_capital(index)]
        if capitals:
            phrase.start = capitals[0]
            phrase.evidence.add("capital")
        elif phrase.evidence & {"quoted"}:
            while phrase.start < phrase.head and is_country_adjective(self.words[phrase.start]):
                phrase.start += 1

    def _has_own_capital(self, index: int) -> bool:
        """Whether the capital is the name's and not the sentence's."""
        word = self.words[index]
        if not word.is_capital:
            return False
        name = self.name_of.get(index)
        if word.opens or (index and self.words[index - 1].text in _CLOSING and self.words[index - 1].opens):
            return name is not None and name.label == "ORG" and not is_country_adjective(word)
        return True

    def _left_forms(self, start: int) -> int:
        while start > 0 and self._is_legal_form(start - 1):
            start -= 1
        return start

    def _is_legal_form(self, index: int) -> bool:
        word = self.words[index]
        return word.text.isupper() and len(word.text) > 1 and word.text.lower() in word_lists()["legal_forms"]

    # what follows the noun

    def _read_tail(self, phrase: _Phrase) -> None:
        while phrase.end < len(self.words) and self._same_sentence(phrase.end, phrase.head):
            before = phrase.end
            for step in (
                self._quote,
                self._namesake,
                self._place,
                self._acronym,
                self._about,
                self._genitive,
                self._seat,
            ):
                if step(phrase):
                    break
            if phrase.end == before or "closed" in phrase.evidence:
                return

    def _same_sentence(self, index: int, other: int) -> bool:
        return index < len(self.words) and self.words[index].sentence == self.words[other].sentence

    def _take(self, phrase: _Phrase, end: int, *evidence: str) -> bool:
        phrase.end = end
        phrase.evidence.update(evidence)
        return True

    def _quote(self, phrase: _Phrase) -> bool:
        """«агентства права «Дэли»»; a quoted name ends the phrase."""
        quote = self.quotes.get(phrase.end)
        if quote is None:
            return False
        head = self.words[phrase.head]
        organ = listed(head, "organ_heads") and not head.is_capital and may_be_genitive(self.words[quote.end - 2])
        if phrase.end == phrase.head + 1 and (organ or listed(head, "descriptors")):
            return False
        self._take(phrase, quote.end, "quoted", "closed")
        if self._same_sentence(phrase.end, phrase.head):
            self._named(phrase)
        return True

    def _namesake(self, phrase: _Phrase) -> bool:
        """«им. А. М. Балдина», «имени Баумана», «Фонда Егора Гайдара»."""
        if self._named(phrase):
            return True
        index = phrase.end
        name, head = self.names.get(index), self.words[phrase.head]
        direct = index == phrase.head + 1 and head.is_capital and listed(head, "namesake_heads")
        if name is None or name.label != "PER" or not direct:
            return False
        return self.words[index].case == "Gen" and self._take(phrase, name.end, "named")

    def _named(self, phrase: _Phrase) -> bool:
        """«им.», «имени» with titles, the name, an owner's acronym: «имени Г. И. Будкера СО РАН»."""
        word = self._text(phrase.end).lower()
        if word not in ("им", "имени"):
            return False
        start = phrase.end + (2 if word == "им" and self._text(phrase.end + 1) == "." else 1)
        while self._is_title(start):
            start += 1
        end = self._persons_end(start)
        if end == start:
            return False
        while self._same_sentence(end, phrase.head) and self.words[end].is_acronym:
            end += 1
        return self._take(phrase, end, "named", "closed")

    def _is_title(self, index: int) -> bool:
        """«имени | академика | …», «имени | первого президента | …»."""
        word = self._word(index)
        return (
            index < len(self.words)
            and not word.is_capital
            and word.case == "Gen"
            and word.pos in ("NOUN", "ADJ")
        )

    def _text(self, index: int) -> str:
        return self.words[index].text if index < len(self.words) else ""

    def _persons_end(self, index: int) -> int:
        """End of «В. И. Векслера и А. М. Балдина»: capitalised words, initials, particles, joined once by
        «и»."""
        end = self._capitals_end(index)
        if end > index and self._text(end) == "и" and self._is_initial(end + 1):
            return self._capitals_end(end + 1)
        return end

    def _is_initial(self, index: int) -> bool:
        return len(self._text(index)) == 1 and self._text(index).isupper() and self._text(index + 1) == "."

    def _capitals_end(self, index: int) -> int:
        """End of a person's name of at most three words, initials and particles apart."""
        start, count = index, 0
        while self._same_sentence(index, start):
            if self._is_initial(index):
                index += 2
            elif count < _LONGEST_NAMESAKE and self._is_capital_name(index):
                index, count = index + 1, count + 1
            elif index > start and self._is_particle(index) and self._text(index + 1)[:1].isupper():
                index += 1
            else:
                break
        return index

    def _is_capital_name(self, index: int) -> bool:
        word = self.words[index]
        parts = word.text.split("-")
        return not word.is_acronym and (word.is_capital or (len(parts) > 1 and parts[-1][:1].isupper()))

    def _is_particle(self, index: int) -> bool:
        return listed(self.words[index], "name_particles") and self._text(index) != "и"

    def _place(self, phrase: _Phrase) -> bool:
        """«… города Сямынь», «… Российской Федерации», and «… России и Китая» after several bodies."""
        index = phrase.end
        if self._joins_places(phrase) or self._is_generic_place(index):
            index += 1
        name = self._place_at(index)
        if name is not None and (index > phrase.end or may_be_genitive(self.words[name.end - 1])):
            apposed = ("complement",) if self._is_apposed(name, phrase) else ()
            return self._take(phrase, name.end, "place", "specific", *apposed)
        return self._owner(phrase)

    def _is_apposed(self, name: Name, phrase: _Phrase) -> bool:
        """«университета | Цинхуа»: the name that the body itself bears, not a place that it is in."""
        direct = name.start == phrase.head + 1 and listed(self.words[phrase.head], "namesake_heads")
        return (
            direct and place_kind(" ".join(word.text for word in self.words[name.start : name.end])) is None
        )

    def _owner(self, phrase: _Phrase) -> bool:
        """«университета | Цинхуа», «института | Роскосмоса»: a body's name that the noun, or its field,
        belongs to."""
        name = self.names.get(phrase.end)
        if name is None or name.label != "ORG" or self.words[name.start].is_latin:
            return False
        apposed = ("complement",) if self._is_apposed(name, phrase) else ()
        return may_be_genitive(self.words[name.start]) and self._take(phrase, name.end, "specific", *apposed)

    def _joins_places(self, phrase: _Phrase) -> bool:
        """«министерства энергетики России | и Китая»."""
        several = "place" in phrase.evidence and self.words[phrase.head].is_plural
        return several and self._text(phrase.end) == "и"

    def _is_generic_place(self, index: int) -> bool:
        """«… | города Сямынь»."""
        word = self._word(index)
        return listed(word, "place_nouns") and word.case == "Gen" and self._place_at(index + 1) is not None

    def _word(self, index: int) -> Word:
        return self.words[min(index, len(self.words) - 1)]

    def _place_at(self, index: int) -> Name | None:
        name = self.names.get(index)
        return name if name and name.label == "LOC" else None

    def _acronym(self, phrase: _Phrase) -> bool:
        """«Академии наук КНР», «университета МИФИ», «Университета ИТМО»; a Latin name after a small letter
        is its own."""
        index = phrase.end
        word = self.words[index]
        capital = any(
            self.words[i].is_capital and not self.words[i].opens for i in range(phrase.start, phrase.head + 1)
        )
        if not word.is_acronym or (word.is_latin and not capital):
            return False
        return self._take(phrase, index + 1, "specific")

    def _about(self, phrase: _Phrase) -> bool:
        """«по содействию внешней торговли», «по связям с общественностью», «при президенте»."""
        index = phrase.end
        preposition = self.words[index].text
        near = index == phrase.head + 1 or self._may_be_committee(phrase)
        if preposition == "при" and self._same_sentence(index + 1, index):
            after = self.words[index + 1]
            if after.is_noun and (after.is_capital or self._is_head(index + 1)):
                return self._take(phrase, index + 2, "complement")
        if preposition not in ("по", "с", "со") or not self._same_sentence(index + 1, index):
            return False
        cases = ("Dat", "Loc") if preposition == "по" else ("Ins",)
        allowed = near if preposition == "по" else "about" in phrase.evidence
        if not allowed or listed(self.words[index + 1], "stop_after_po"):
            return False
        end = self._group(index + 1, cases, phrase)
        if listed(self.words[end - 1], "governing_nouns"):
            end = self._group(end, ("Ins",), phrase)
        return end > index + 1 and self._take(
            phrase, self._coordinated(end, cases, phrase), "about", "complement"
        )

    def _may_be_committee(self, phrase: _Phrase) -> bool:
        """«комитет Государственной Думы | по международным делам»."""
        head = self.words[phrase.head]
        sits = listed(head, "sitting_heads") or (head.is_capital and listed(head, "state_heads"))
        return sits and "specific" in phrase.evidence and "about" not in phrase.evidence

    def _genitive(self, phrase: _Phrase) -> bool:
        """«экономического развития и инвестиционной деятельности»: a genitive group and those joined to
        it."""
        end = self._group(phrase.end, ("Gen",), phrase)
        if end == phrase.end:
            return False
        noun = self.words[end - 1]
        names = {self.name_of[index].label for index in range(phrase.end, end) if index in self.name_of}
        evidence = {"specific"} if noun.is_capital or names & {"LOC", "ORG"} else set()
        if not listed(noun, "vague_complements") or noun.is_capital:
            evidence.add("complement")
        return self._take(phrase, self._coordinated(end, ("Gen",), phrase), *evidence)

    def _group(self, index: int, cases: tuple[str, ...], phrase: _Phrase) -> int:
        """End of adjectives and their noun in one of the cases, or `index` when there is no such group."""
        end = index
        while self._same_sentence(end, phrase.head) and self._is_group_adjective(end, cases):
            joined = self._text(end + 1) in (",", "и") and self._is_group_adjective(end + 2, cases)
            end += 2 if joined else 1
        if not self._same_sentence(end, phrase.head) or not self._is_group_noun(end, cases, end > index):
            return index
        name = self.name_of.get(end)
        whole = name is not None and name.label != "PER" and name.start > phrase.head
        return name.end if name is not None and whole else end + 1

    def _is_group_adjective(self, index: int, cases: tuple[str, ...]) -> bool:
        """An adjective, or a participle right before its noun: «окружающей среды»."""
        if index >= len(self.words):
            return False
        word, after = self.words[index], self._word(index + 1)
        name = self.name_of.get(index)
        alone = word.pos == "ADJ" or (after.is_noun and agree(word, after))
        person = name is not None and name.label == "PER"
        return word.is_adjective and word.case in cases and alone and not person

    def _is_group_noun(self, index: int, cases: tuple[str, ...], has_adjective: bool) -> bool:
        word = self.words[index]
        name = self.name_of.get(index)
        if not word.is_noun or (name is not None and name.label == "PER"):
            return False
        if word.case not in cases:
            return False
        if has_adjective and not agree(self.words[index - 1], word):
            return False
        person = word.pos == "NOUN" and word.feats.get("Animacy") == "Anim" and not word.is_plural
        return not person and not listed(word, "stop_nouns")

    def _coordinated(self, end: int, cases: tuple[str, ...], phrase: _Phrase) -> int:
        """End of «, материалов и транспорта» after a group; `end` when nothing joins it."""
        last = end
        while self._text(last) in (",", "и") and self._same_sentence(last, phrase.head):
            following = self._group(last + 1, cases, phrase)
            if following == last + 1 or not self._joins(range(last + 1, following), phrase):
                break
            is_last = self._text(last) == "и"
            last = following
            if is_last:
                return last
        return end

    def _joins(self, group: range, phrase: _Phrase) -> bool:
        """Whether the group is one more field of the same body and not the next body of a list."""
        noun = self.words[group[-1]]
        others = any(self.name_of[i].start > phrase.head for i in group if i in self.name_of)
        if others or noun.is_capital:
            return False
        bodies = self._is_head(group[-1])
        gathers = listed(self.words[phrase.head], "gathering_heads") and noun.is_plural
        people = noun.feats.get("Animacy") == "Anim"
        return (not bodies or gathers) and (not people or gathers or "about" in phrase.evidence)

    def _seat(self, phrase: _Phrase) -> bool:
        """«посольства Китая в РФ», «агентством в городе Гуанчжоу»."""
        index = phrase.end
        if self.words[index].text not in ("в", "во", "на"):
            return False
        head = self.words[phrase.head]
        bare = (
            not phrase.evidence
            and not head.is_plural
            and listed(head, "state_heads")
            and phrase.start < phrase.head
        )
        if not bare and not listed(head, "seated_heads"):
            return False
        city = index + 1 < len(self.words) and listed(self.words[index + 1], "place_nouns")
        name = self._place_at(index + 2 if city else index + 1)
        return name is not None and self._take(phrase, name.end, "place", "specific", "closed")

    # names without such a noun

    def _is_name(self, phrase: _Phrase) -> bool:
        evidence = phrase.evidence
        head = self.words[phrase.head]
        if listed(head, "short_bodies") or is_ministry(head):
            return head.is_capital or bool(evidence & {"place", "specific"})
        if evidence & {"quoted", "named"}:
            return not (head.is_plural and not head.is_capital and "quoted" in evidence)
        if "capital" in evidence:
            return phrase.end - phrase.start > 1
        if head.is_plural and not listed(head, "state_heads"):
            return False
        if listed(head, "state_heads"):
            return bool(evidence & {"complement", "specific", "about"})
        first = self.words[phrase.start]
        if first.is_capital and first.opens and listed(head, "namesake_heads") and head.is_capital:
            return bool(evidence & {"complement", "specific"})
        return evidence >= {"complement", "specific"}

    def _bracketed(self, index: int) -> Iterator[Name]:
        """«… политехнического университета (СПбПУ)»: the acronym in brackets is a name of its own."""
        if self._text(index) != "(":
            return
        end = index + 1
        while self._same_sentence(end, index) and self._text(end) != ")" and end - index < 6:
            end += 1
        inner = self.words[index + 1 : end]
        if (
            inner
            and self._text(end) == ")"
            and all(word.is_acronym or word.is_latin or word.text in "-–" for word in inner)
        ):
            yield Name(index + 1, end, "ORG")

    def _quoted_names(self, used: set[int]) -> Iterator[Name]:
        """Quoted names with a legal form before them, or known to the recogniser, or after a post."""
        for quote in self.quotes.values():
            if quote.start in used:
                continue
            start = self._left_forms(quote.start)
            if start < quote.start:
                yield Name(start, quote.end, "ORG")
                used.update(range(start, quote.end))
            elif self._is_body(quote):
                yield Name(quote.start + 1, quote.end - 1, "ORG")
                used.update(range(quote.start, quote.end))

    def _is_body(self, quote: Quote) -> bool:
        before = self.words[quote.start - 1] if quote.start and not self.words[quote.start].opens else None
        if before is not None and listed(before, "thing_nouns"):
            return False
        labels = {
            self.name_of[index].label for index in range(quote.start, quote.end) if index in self.name_of
        }
        by_post = before is not None and before.is_noun and listed(before, "stop_nouns", "descriptors", "organ_heads")
        return "ORG" in labels or self._is_head(quote.start + 1) or (by_post and "PER" not in labels)

    def _formed_names(self, used: set[int]) -> Iterator[Name]:
        """A legal form and an unquoted name: «ООО Ромашка», «ГК Росатом»."""
        for index, word in enumerate(self.words):
            if index in used or index in self.quoted or not self._is_legal_form(index):
                continue
            if (
                self._same_sentence(index + 1, index)
                and self._is_plain_name(index + 1)
                and not self._is_legal_form(index + 1)
            ):
                end = index + 1
                while self._same_sentence(end, index) and self._is_plain_name(end):
                    end += 1
                yield Name(self._left_forms(index), end, "ORG")
            del word

    def _latin_names(self, used: set[int]) -> Iterator[Name]:
        """«компания | Dandong TICI Flowers Co. Ltd»: capitalised Latin words after a body's noun or with a
        firm's ending."""
        end = 0
        for index in range(len(self.words)):
            if index < end or not self._is_latin_capital(index):
                continue
            end = self._latin_end(index)
            if index not in used and index not in self.quoted and self._is_firm(index, end):
                yield Name(index, end, "ORG")

    def _latin_end(self, index: int) -> int:
        """End of a run of capitalised Latin words; the dot of «Co.», signs and small joints inside."""
        end = index
        while self._same_sentence(end, index) and (
            self._is_latin_capital(end) or (end > index and self._is_latin_joint(end))
        ):
            end += 1
        return end

    def _is_latin_joint(self, index: int) -> bool:
        text = self.words[index].text
        if text == ".":
            return self.words[index - 1].text in _ABBREVIATED and self._same_sentence(index + 1, index)
        return text in _LATIN_JOINTS and self._is_latin_capital(index + 1)

    def _is_latin_capital(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].is_latin and self.words[index].is_capital

    def _is_firm(self, start: int, end: int) -> bool:
        endings = word_lists()["latin_endings"]
        if end - start > 1 and any(word.text.lower() in endings for word in self.words[start + 1 : end]):
            return True
        if start == 0 or self.words[start].opens:
            return False
        return self._is_head(start - 1) or self._is_legal_form(start - 1)

    def _is_plain_name(self, index: int) -> bool:
        word = self.words[index]
        name = self.name_of.get(index)
        return word.is_capital and word.is_noun and not (name is not None and name.label in ("PER", "LOC"))


# --- words ------------------------------------------------------------------------------------------------


def may_be_genitive(word: Word) -> bool:
    """«Турции», «КНР», «Сямынь» → `True`: the word can stand in the genitive, or does not decline."""
    if word.case == "Gen" or not word.text.isalpha() or word.is_acronym or word.is_latin:
        return True
    known = known_forms(word.text)
    return not known or any("gent" in form.tag or "Fixd" in form.tag for form in known)


def is_country_adjective(word: Word) -> bool:
    """«китайской» → `True`."""
    return word.is_adjective and is_country_word(word.lemma)
