"""The names of a Russian text, whole: what the recogniser found, repaired and completed.

Order of work: cut the recogniser's spans where their case breaks; persons; organisations over the whole
phrase; places without the generic noun before them; then the longest name wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopex.annotate.organisations_ru import find_organisations, find_quotes, listed, may_be_genitive
from coopex.annotate.persons_ru import find_persons, is_common_word
from coopex.annotate.words import Name, Word, keep_longest


def complete_names(words: Sequence[Word], recognised: Sequence[Name]) -> list[Name]:
    """Names over `words`, in order and without overlaps, from the spans of the recogniser."""
    names = list(_cut(words, recognised))
    quotes = find_quotes(words)
    persons = find_persons(words, names)
    others = [name for name in names if name.label != "PER"]
    known = keep_longest([*persons, *others], ("PER", "ORG", "LOC"))
    organisations = find_organisations(words, known, quotes)
    rest = [name for name in known if name.label == "PER" or not _swallowed(name, organisations)]
    cleaned = [clean for name in rest for clean in _clean(words, name)]
    return keep_longest([*_joined(organisations, cleaned), *cleaned])


def _swallowed(name: Name, organisations: Sequence[Name]) -> bool:
    return any(name.start >= other.start and name.end <= other.end for other in organisations)


def _joined(organisations: Sequence[Name], recognised: Sequence[Name]) -> Iterator[Name]:
    """Organisations, each widened to the recogniser's where that one reaches further."""
    for name in organisations:
        start, end = name.start, name.end
        for other in recognised:
            if other.label == "ORG" and other.meets(name):
                start, end = min(start, other.start), max(end, other.end)
        yield Name(start, end, "ORG")


def _cut(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """«Турецкой Республики Реджепом | Тайипом Эрдоганом» → the stray word goes to the person after it."""
    ordered = sorted(names)
    for index, name in enumerate(ordered):
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        if following and _last_is_stray(words, name, following):
            yield Name(name.start, name.end - 1, name.label)
        else:
            yield name


def _last_is_stray(words: Sequence[Word], name: Name, following: Name) -> bool:
    if (
        name.label == "PER"
        or following.label != "PER"
        or name.end != following.start
        or name.end - name.start < 2
    ):
        return False
    before, last, after = words[name.end - 2], words[name.end - 1], words[following.start]
    return last.is_capital and before.case != last.case and last.case == after.case


def _clean(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """The name without quotation marks at its ends, generic nouns before a place, or nothing for no name at
    all."""
    start, end = _trim(words, name)
    if start >= end:
        return
    inner = words[start:end]
    if not any(word.is_capital or word.text[0].isdigit() for word in inner) or not any(
        w.text[0].isalpha() for w in inner
    ):
        return
    if len(inner) == 1 and name.label != "PER" and _is_no_name(inner[0]):
        return
    yield Name(start, end, name.label)


def _trim(words: Sequence[Word], name: Name) -> tuple[int, int]:
    start, end = name.start, name.end
    texts = [word.text for word in words[start:end]]
    while start < end and (
        words[start].text in '«»“”„",.-–—:;(' or (texts.count("»") > texts.count("«") and False)
    ):
        start += 1
    while end > start and _is_loose_end(words[start:end]):
        end -= 1
    if name.label == "LOC":
        while end - start > 1 and listed(words[start], "place_nouns") and not words[start].is_capital:
            start += 1
    return start, end


def _is_loose_end(inner: Sequence[Word]) -> bool:
    """A closing mark without its opening one, or punctuation other than the full stop of an initial."""
    last = inner[-1].text
    texts = [word.text for word in inner]
    if last in "»”)":
        return texts.count(last) > texts.count({"»": "«", "”": "“", ")": "("}[last])
    return last in "«“„(,:;-–—" or (last == '"' and texts.count('"') % 2 == 1)


def _is_no_name(word: Word) -> bool:
    """«Главная», «Идею», bare «Университет»: a common word that opens a sentence, or a bare noun for a
    body."""
    if listed(word, "state_heads", "plain_heads", "legal_forms", "place_nouns") and not word.is_acronym:
        return True
    return is_common_word(word) and (word.opens or not word.is_capital) and not word.text.isupper()


__all__ = ["complete_names", "may_be_genitive"]
