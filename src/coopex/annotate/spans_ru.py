"""The names of a Russian text, whole: what the recogniser found, repaired and completed.

Order of work: cut the recogniser's spans where quotation marks, wide gaps or cases break; persons;
organisations over the whole phrase; places without the generic noun before them; names said again; then the
longest name wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coopex.annotate.gazette import place_kind
from coopex.annotate.organisations_ru import Quote, find_organisations, find_quotes, listed
from coopex.annotate.persons_ru import find_persons, is_common_word, surname_stem
from coopex.annotate.repair_ru import are_capitals, follows_place_preposition, repaired, spelt_out
from coopex.annotate.words import Name, Word, agree, keep_longest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def complete_names(words: Sequence[Word], recognised: Sequence[Name]) -> list[Name]:
    """Names over `words`, in order and without overlaps, from the spans of the recogniser."""
    quotes = find_quotes(words)
    names = repaired(words, recognised)
    persons = find_persons(words, names)
    known = keep_longest([*persons, *(name for name in names if name.label != "PER")], ("PER", "ORG", "LOC"))
    known = [*known, *_missed_places(words, known)]
    organisations = list(_joined(words, find_organisations(words, known, quotes), known))
    rest = [name for name in known if not _is_thing(words, name, quotes)]
    found = keep_longest([*organisations, *rest, *_left_over(words, organisations, known)])
    return keep_longest([*found, *_repeated(words, found)])


# --- what the recogniser missed ---------------------------------------------------------------------------


def _missed_places(words: Sequence[Word], known: Sequence[Name]) -> Iterator[Name]:
    """Capitalised words outside all names that the gazetteer knows: «Цзянсу», «Саудовской Аравии»."""
    taken = {index for name in known for index in range(name.start, name.end)}
    index = 0
    while index < len(words):
        ends = (index + 2, index + 1) if _may_start_place(words[index]) else ()
        end = next((end for end in ends if _is_missed_place(words, index, end, taken)), index)
        if end > index:
            yield Name(index, end, "LOC")
        index = max(end, index + 1)


def _is_missed_place(words: Sequence[Word], start: int, end: int, taken: set[int]) -> bool:
    if end > len(words) or any(index in taken for index in range(start, end)):
        return False
    inner = words[start:end]
    if not all(_may_start_place(word) for word in inner):
        return False
    if len(inner) == 1 and _names_facility(words, start):
        return True
    if inner[0].sentence != inner[-1].sentence or (len(inner) == 1 and not _may_be_place(words, start)):
        return False
    kind = place_kind(" ".join(word.text for word in inner))
    return kind is not None and (len(inner) == 1 or inner[0].is_adjective)


def _may_start_place(word: Word) -> bool:
    return word.is_capital and not word.is_latin and word.text[0].isalpha()


def _names_facility(words: Sequence[Word], index: int) -> bool:
    """«космодром | Восточный», «аэропорт | Северный»: an adjective in the nominative after a facility."""
    word, after = words[index], words[index + 1] if index + 1 < len(words) else None
    alone = after is None or not (after.is_noun and agree(word, after))
    return bool(index) and word.is_adjective and alone and not word.opens and listed(words[index - 1], "facilities")


def _may_be_place(words: Sequence[Word], index: int) -> bool:
    """A lone word: a proper noun, and no common word that only opens a sentence."""
    word = words[index]
    if word.is_adjective or not word.is_noun or (word.opens and is_common_word(word)):
        return False
    return word.pos == "PROPN" or follows_place_preposition(words, index)


def _repeated(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """One-word organisations said again where the recogniser saw nothing: «JITRI», «Политех»."""
    texts = {
        words[name.start].text: name.label
        for name in names
        if name.label == "ORG" and name.end - name.start == 1
    }
    taken = {index for name in names for index in range(name.start, name.end)}
    common = spelt_out(words)
    texts = {text: label for text, label in texts.items() if text not in common}
    for index, word in enumerate(words):
        if index not in taken and (word.text in texts or (_is_body_word(word) and not word.opens)):
            yield Name(index, index + 1, "ORG")


def _is_body_word(word: Word) -> bool:
    """«Политех», «Россотрудничество»: a capitalised compound that ends as bodies' names do."""
    if not word.is_capital or not word.is_noun:
        return False
    ends = ("тех", "атом", "космос", "энерго", "гидро", "сотрудничество", "нефть", "нано")
    return len(word.lemma) > 5 and word.lemma.endswith(ends)


# --- putting together -------------------------------------------------------------------------------------


def _joined(words: Sequence[Word], organisations: Sequence[Name], known: Sequence[Name]) -> Iterator[Name]:
    """Organisations, each widened to the recogniser's where that one reaches further and no person is taken
    in."""
    for name in organisations:
        start, end = name.start, name.end
        for other in known:
            if other.label == "ORG" and other.meets(name) and not _is_closed(words, name):
                start, end = min(start, other.start), max(end, other.end)
        yield Name(start, end, "ORG")


def _is_closed(words: Sequence[Word], name: Name) -> bool:
    """Whether the name ends with a quotation, or with the person it is called after."""
    inner = [word.text.lower() for word in words[name.start : name.end]]
    return inner[-1] in ("»", '"', "”") or "имени" in inner or "им" in inner


def _left_over(words: Sequence[Word], organisations: Sequence[Name], known: Sequence[Name]) -> Iterator[Name]:
    """«… университета имени Ким Ир Сена | Ким Сын Чхан»: the person that the recogniser took into the
    body's name."""
    for name in organisations:
        for other in known:
            beyond = words[name.end : other.end] if other.label != "LOC" and other.meets(name) else []
            if are_capitals(beyond):
                yield Name(name.end, other.end, "PER")


def _is_thing(words: Sequence[Word], name: Name, quotes: Sequence[Quote]) -> bool:
    """«суперкомпьютер «Говорун»», «газете The Washington Post»: the name of a thing after a noun that says
    so."""
    if name.label == "LOC":
        return False
    quote = next((quote for quote in quotes if quote.start < name.start and name.end < quote.end), None)
    before = (quote.start if quote else name.start) - 1
    if before < 0 or words[before].sentence != words[name.start].sentence:
        return False
    named = quote is not None or (name.label == "ORG" and words[name.start].is_latin)
    return named and listed(words[before], "thing_nouns")


# --- across the blocks of a text --------------------------------------------------------------------------


def share_names(docs: Sequence[Doc]) -> None:
    """Carry names through the annotated blocks of one text; sets `doc.ents` in place.

    Surnames of people told in full («Ренат Мистахов» → «Мистахов») and one-word names of bodies («(JITRI)»
    → «JITRI») are found in the blocks where the recogniser saw nothing.
    """
    names = [ent for doc in docs for ent in doc.ents]
    persons = {surname_stem(ent[-1].text) for ent in names if ent.label_ == "PER" and len(ent) > 1}
    bodies = {ent.text for ent in names if ent.label_ == "ORG" and len(ent) == 1}
    for doc in docs:
        found = list(_shared(doc, persons - {""}, bodies))
        if found:
            doc.set_ents([*doc.ents, *found], default="outside")


def _shared(doc: Doc, persons: set[str], bodies: set[str]) -> Iterator[Span]:
    from spacy.tokens import Span

    for token in doc if persons or bodies else ():
        text = token.text
        if not text[0].isupper() or token.ent_type or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if text in bodies:
            yield Span(doc, token.i, token.i + 1, label="ORG")
        elif surname_stem(text) in persons:
            yield Span(doc, token.i, token.i + 1, label="PER")
