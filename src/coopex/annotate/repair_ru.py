"""The recogniser's spans, repaired: cut where they run together, cleaned at their ends, rightly labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopex.annotate.gazette import place_kind
from coopex.annotate.organisations_ru import is_ministry, listed, may_be_genitive, word_lists
from coopex.annotate.persons_nominative import is_family_name
from coopex.annotate.persons_ru import is_common_word, is_only_place
from coopex.annotate.words import Name, Word

_PLACE_PREPOSITIONS = ("в", "во", "из", "под", "близ", "до")
_EDGES = frozenset('«»“”„",.-–—:;(|/')
_PAIRS = {"»": "«", "”": "“", ")": "("}


def repaired(words: Sequence[Word], names: Sequence[Name]) -> list[Name]:
    """The recogniser's spans cut where they run together, cleaned at the ends, rightly labelled."""
    pieces = [piece for name in names for piece in _pieces(words, name)]
    common = spelt_out(words)
    cleaned = [clean for name in _cut_strays(words, pieces) for clean in _clean(words, name)]
    cleaned = [name for name in cleaned if not (name.end - name.start == 1 and words[name.start].text in common)]
    labelled = [_relabelled(words, name) for name in cleaned]
    return list(_merge_acronyms(words, labelled))


def spelt_out(words: Sequence[Word]) -> set[str]:
    """«станция малой мощности (СММ)» → {"СММ"}: acronyms that small words right before their bracket spell out."""
    found = set()
    for index in range(2, len(words) - 1):
        if words[index - 1].text != "(":
            continue
        acronym, after = words[index].text, words[index + 1].text
        if after not in (")", ",", ";") or not words[index].is_acronym or not acronym.isupper():
            continue
        before = words[max(0, index - 1 - len(acronym)) : index - 1]
        initials = "".join(word.text[0] for word in before)
        if initials.upper() == acronym and all(word.text.islower() for word in before):
            found.add(acronym)
    return found


def _pieces(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """The span up to a lone quotation mark, an acronym in brackets at its end apart; nothing for a menu."""
    if _is_menu(words, name):
        return
    for index in range(name.start + 1, name.end):
        if _is_lone_mark(words, name, index):
            yield Name(name.start, index, name.label)
            return
        if words[index].text == "(" and _is_own_acronym(words, name, index):
            yield Name(name.start, index, name.label)
            yield Name(index + 1, name.end, "ORG")
            return
        if words[index - 1].text == ")" and name.label != "PER":
            yield Name(name.start, index, name.label)
            yield Name(index, name.end, "PER" if are_capitals(words[index : name.end]) else name.label)
            return
    yield from _without_owner(words, name)


def _is_own_acronym(words: Sequence[Word], name: Name, index: int) -> bool:
    """«… Франции | (CNRS)»; «Республика Саха (Якутия)» stays whole."""
    inner = words[index + 1 : name.end]
    return name.label == "ORG" or all(word.is_acronym or word.is_latin or word.text == ")" for word in inner)


def _without_owner(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """«Минпромстроя | Ерлан Абаев», «Сучжоу | Ли Хун»: a body or a town that was taken for a given name."""
    first = words[name.start]
    if name.label == "PER" and name.end - name.start > 1 and is_ministry(first):
        yield Name(name.start, name.start + 1, "ORG")
        yield Name(name.start + 1, name.end, "PER")
    elif name.label == "PER" and name.end - name.start > 2 and _is_town_before_family_name(words, name):
        yield Name(name.start, name.start + 1, "LOC")
        yield Name(name.start + 1, name.end, "PER")
    else:
        yield from _without_place(words, name)


def _is_town_before_family_name(words: Sequence[Word], name: Name) -> bool:
    """«Института робототехники Сучжоу | Ли Хун»: a known place, no family name itself, before one that comes first."""
    first, second = words[name.start], words[name.start + 1]
    return not is_family_name(first.text) and is_family_name(second.text) and place_kind(first.text) is not None


def _without_place(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """«Республики | Тыва | Шолбан Кара-оол»: a place, or a body's owner, that was taken for a given name."""
    if name.label == "PER" and name.end - name.start > 2 and _opens_with_place(words, name.start):
        yield Name(name.start, name.start + 1, "LOC")
        yield Name(name.start + 1, name.end, "PER")
    else:
        yield name


def _opens_with_place(words: Sequence[Word], start: int) -> bool:
    first, before = words[start], words[max(start - 1, 0)]
    if not listed(before, "place_nouns", "state_heads", "plain_heads", "town_organs"):
        return False
    breaks = first.case == "Gen" and words[min(start + 1, len(words) - 1)].case != "Gen"
    return breaks or bool(place_kind(first.text) or place_kind(f"{before.text} {first.text}"))


def _merge_acronyms(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """«ИЯФ | СО РАН», «ФАНО | России» → one name: a Cyrillic acronym with its owner after it."""
    held: Name | None = None
    for name in sorted(names):
        if held is not None and _owns(words, name, held):
            held = Name(held.start, name.end, "ORG")
            continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _owns(words: Sequence[Word], owner: Name, body: Name) -> bool:
    last, first = words[body.end - 1], words[owner.start]
    if body.label != "ORG" or body.end != owner.start or not last.is_acronym or last.is_latin:
        return False
    country = (
        owner.label == "LOC"
        and place_kind(" ".join(w.text for w in words[owner.start : owner.end])) == "country"
    )
    return (owner.label == "ORG" and first.is_acronym and not first.is_latin) or (
        country and may_be_genitive(first)
    )


def are_capitals(words: Sequence[Word]) -> bool:
    """«Ким Сын Чхан» → `True`: two capitalised words at least and nothing else."""
    return len(words) > 1 and all(word.is_capital and word.text.isalpha() for word in words)


def _is_menu(words: Sequence[Word], name: Name) -> bool:
    """«Главная   Новости   Контакты»: bars or runs of blanks between the words."""
    pairs = [(words[index - 1], words[index]) for index in range(name.start + 1, name.end)]
    gaps = [after.start - before.end for before, after in pairs]
    bars = any(after.text in ("|", "/") and before.text != "/" for before, after in pairs)
    return max(gaps, default=0) > 2 or sum(gap > 1 for gap in gaps) > 1 or bars


def _is_lone_mark(words: Sequence[Word], name: Name, index: int) -> bool:
    """«БРИКС | «Облачные города»: an opening mark whose closing one is outside the span."""
    texts = [word.text for word in words[index : name.end]]
    return texts[0] == "«" and "»" not in texts and words[min(name.end, len(words) - 1)].text == "»"


def _cut_strays(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """«Турецкой Республики Реджепом | Тайипом Эрдоганом» → the stray word is left for the person after it."""
    ordered = sorted(names)
    for index, name in enumerate(ordered):
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        stray = following is not None and _last_is_stray(words, name, following)
        yield Name(name.start, name.end - 1, name.label) if stray else name


def _last_is_stray(words: Sequence[Word], name: Name, following: Name) -> bool:
    if name.label == "PER" or following.label != "PER" or name.end != following.start:
        return False
    if name.end - name.start < 3:
        return False
    before, last, after = words[name.end - 2], words[name.end - 1], words[following.start]
    return last.is_capital and before.case != last.case and last.case == after.case


def _clean(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """The span without marks and function words at its ends; nothing when no name is left."""
    start, end = _trim(words, name)
    inner = words[start:end]
    if not any(word.text[0].isupper() or word.text[0].isdigit() for word in inner):
        return
    if _is_generic("".join(word.text for word in inner)):
        return
    if not any(word.text[0].isalpha() for word in inner) or (
        len(inner) == 1 and _is_no_name(inner[0], name.label)
    ):
        return
    yield Name(start, end, name.label)


def _trim(words: Sequence[Word], name: Name) -> tuple[int, int]:
    start, end = name.start, name.end
    while start < end and (
        words[start].text in _EDGES or words[start].pos in ("ADP", "CCONJ", "SCONJ", "PART", "PRON")
    ):
        start += 1
    while name.label == "ORG" and end - start > 1 and _is_post(words[start]):
        start += 1
    while end > start and _is_loose_end(words, start, end):
        end -= 1
    if name.label == "LOC":
        while end - start > 1 and listed(words[start], "place_nouns") and not words[start].is_capital:
            start += 1
    return start, end


def _is_loose_end(words: Sequence[Word], start: int, end: int) -> bool:
    """A closing mark without its opening one, or punctuation other than the full stop of an initial."""
    last = words[end - 1].text
    texts = [word.text for word in words[start:end]]
    if last in _PAIRS:
        return texts.count(last) > texts.count(_PAIRS[last])
    if last == ".":
        return end - start > 1 and len(words[end - 2].text) > 1 and not words[end - 2].is_latin
    return last in _EDGES and not (last == '"' and texts.count('"') % 2 == 0)


def _is_no_name(word: Word, label: str) -> bool:
    """«Главная», «Идею», bare «Университет», «ОЭЗ»: common words that open a sentence, nouns and acronyms
    of kinds."""
    if label == "PER":
        return is_common_word(word) and (word.opens or word.pos == "NOUN" or listed(word, "stop_nouns"))
    if label == "LOC" and word.pos == "ADJ":
        return True
    if listed(word, "legal_forms", "generic_acronyms") or _is_code(word.text):
        return True
    if listed(word, "state_heads", "plain_heads", "place_nouns") and not word.is_acronym:
        return True
    return is_common_word(word) and (word.opens or not word.is_capital) and not word.text.isupper()


def _is_post(word: Word) -> bool:
    """«Ректора | НГУ»: a person's post before the body's name."""
    return word.pos == "NOUN" and word.feats.get("Animacy") == "Anim" and listed(word, "stop_nouns")


def _is_generic(text: str) -> bool:
    """«ТЭЦ-3», «R&D» → `True`: an acronym of a kind of thing, numbered or not."""
    return text.lower().rstrip("0123456789").rstrip("-") in word_lists()["generic_acronyms"]


def _is_code(text: str) -> bool:
    """«CR929», «C929», «16+» → `True`: letters run into digits name a product."""
    letters = text.rstrip("0123456789+")
    return letters != text and len(letters) <= 3


def _relabelled(words: Sequence[Word], name: Name) -> Name:
    """The span with the label that its words call for: «Селенгинский аймак» is a place, «СПбПУ» is not."""
    inner = words[name.start : name.end]
    last = inner[-1]
    text = " ".join(word.text for word in inner)
    if name.label == "LOC" and len(inner) == 1 and last.is_acronym and not last.text.isupper():
        return Name(name.start, name.end, "ORG")
    if name.label != "LOC" and len(inner) > 1 and inner[0].is_adjective and listed(last, "place_heads"):
        return Name(name.start, name.end, "LOC")
    if name.label != "LOC" and not last.is_latin and place_kind(text) in ("country", "international"):
        return Name(name.start, name.end, "LOC")
    before = words[max(name.start - 1, 0)]
    if name.label == "ORG" and len(inner) == 1 and listed(before, "town_organs") and place_kind(text):
        return Name(name.start, name.end, "LOC")
    if name.label == "PER" and len(inner) == 1 and place_kind(text):
        place = follows_place_preposition(words, name.start) or is_only_place(last)
        return Name(name.start, name.end, "LOC" if place else "PER")
    return name


def follows_place_preposition(words: Sequence[Word], index: int) -> bool:
    """«в», «из» before a capital: «во Владимир приехали»."""
    before = words[index - 1].text.lower() if index and not words[index].opens else ""
    return before in _PLACE_PREPOSITIONS or (index > 0 and listed(words[index - 1], "place_nouns"))
