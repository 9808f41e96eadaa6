"""The nominative of a Russian person's name: «Рустамом Миннихановым» → "Рустам Минниханов".

All parts of a name stand in one case, and the endings of all parts together tell which: every case and
gender is tried, scored by how well the endings (`data/ru_endings.yaml`), the dictionary and the tagger
agree, and the best one is undone. Chinese, Vietnamese and Korean names decline in their last part only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from coopex.annotate._pymorphy import known_forms
from coopex.yaml_files import parse_yaml

CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
"""Universal Dependencies name of a case → the dictionary's."""

GENDERS = {"Masc": "masculine", "Fem": "feminine"}
_GRAMMEMES = {"Masc": "masc", "Fem": "femn"}
_DATA = Path(__file__).parent / "data" / "ru_endings.yaml"
_NAME_MARKS = ("Name", "Surn", "Patr")

# Weights beside the endings' own (1–3); set on the cases of tests/test_normalize.py.
_DICTIONARY = 2.0
_TAGGED_CASE = 1.0
_TAGGED_GENDER = 0.5
_CONTEXT = 1.5
_PATRONYMIC = 3.0
_UNCHANGED = -1.0


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name with the case and gender that the tagger gave it."""

    text: str
    case: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A nominative with the weight of the evidence for it."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Ending:
    stem: re.Pattern[str]
    nominative: str
    weight: float
    endings: dict[str, tuple[str, ...]]


def nominative_person(parts: Sequence[Part], context: str | None = None) -> list[str]:
    """`[«Рустамом», «Миннихановым»]` → `["Рустам", "Минниханов"]`; `context` is the case the sentence asks
    for."""
    apart = [_SUFFIX.fullmatch(part.text) for part in parts]
    if any(apart):
        plain = [Part(m[1], p.case, p.gender) if m else p for p, m in zip(parts, apart, strict=True)]
        names = nominative_person(plain, context)
        return [f"{name}-{_elder(m[2])}" if m else name for name, m in zip(names, apart, strict=True)]
    changing = [index for index, part in enumerate(parts) if _declines(parts, index)]
    if not changing:
        return [part.text for part in parts]
    case, gender = max(
        product(CASES, GENDERS), key=lambda pair: _score(parts, changing, pair[0], pair[1], context)
    )
    return [
        _best(part.text, case, gender).text if index in changing else part.text
        for index, part in enumerate(parts)
    ]


_SUFFIX = re.compile(r"([А-ЯЁ][а-яё'’]+)-(мл|ст|младш\w+|старш\w+)", re.IGNORECASE)


def _elder(suffix: str) -> str:
    """«Смитом-младшим» → "младший"; abbreviations stay."""
    stem = next((stem for stem in ("младш", "старш") if suffix.lower().startswith(stem)), None)
    if stem is None:
        return suffix
    return stem + ("ая" if suffix.lower().endswith(("ая", "ей", "ую", "ею")) else "ий")


def _declines(parts: Sequence[Part], index: int) -> bool:
    """Whether the part is a Russian word of a name and not an initial, a particle, or a family name like
    «Си»."""
    text = parts[index].text
    if len(text) == 1 or not re.fullmatch(r"[А-ЯЁа-яё'’-]+", text) or text.isupper() or text.islower():
        return False
    if text.lower() in _unchanging():
        return False
    return not (is_family_first(parts) and index < len(parts) - 1)


def is_family_first(parts: Sequence[Part]) -> bool:
    """«Си Цзиньпин», «Нгуен Мань Хунг» → `True`."""
    words = [part.text for part in parts if len(part.text) > 1 or len(parts) < 4]
    first = words[0].lower() if words else ""
    return 2 <= len(words) <= 4 and first in _endings()[1] and "." not in words


def is_family_name(word: str) -> bool:
    """«Ван», «Нгуен», «Ким» → `True`: a Chinese, Vietnamese or Korean family name."""
    return word.lower() in _endings()[1]


def _score(
    parts: Sequence[Part], changing: Sequence[int], case: str, gender: str, context: str | None
) -> float:
    total = _CONTEXT if context == case else 0.0
    for index in changing:
        part = parts[index]
        total += _best(part.text, case, gender).weight
        total += _TAGGED_CASE * (part.case == case) + _TAGGED_GENDER * (part.gender == gender)
    return total / len(changing)


@lru_cache(maxsize=10_000)
def _best(text: str, case: str, gender: str) -> _Reading:
    """The likeliest nominative of a word that stands in the given case and gender."""
    readings = [*_by_dictionary(text, case, gender), *_by_ending(text, case, gender)]
    if not readings:
        return _Reading(text, _UNCHANGED)
    best = max(readings, key=lambda reading: reading.weight)
    return _Reading(like(best.text, text), best.weight)


def _by_ending(text: str, case: str, gender: str) -> Iterator[_Reading]:
    low = text.lower()
    rows, _, men_in_a, nominatives = _endings()
    if case == "Nom":
        weights = [weight for pattern, weight in nominatives[gender] if pattern.search(low)]
        if gender == "Masc" and low in men_in_a:
            weights = [2.0]
        yield from (_Reading(low, weight) for weight in weights[:1])
        return
    for row in rows[gender]:
        for ending in row.endings[case]:
            stem = low[: len(low) - len(ending)]
            if low.endswith(ending) and len(stem) > 1 and row.stem.search(stem):
                known = gender == "Masc" and stem + row.nominative in men_in_a
                yield _Reading(stem + row.nominative, 3.5 if known else row.weight)


def _by_dictionary(text: str, case: str, gender: str) -> Iterator[_Reading]:
    """Readings of known given names, surnames, patronymics."""
    grammemes = {CASES[case], _GRAMMEMES[gender], "sing"}
    for form in known_forms(text):
        marks = [mark for mark in _NAME_MARKS if mark in form.tag]
        if not marks or not grammemes <= _with_loct(form.tag.grammemes):
            continue
        changed = _inflect(form, {"nomn", "sing", _GRAMMEMES[gender]})
        if changed:
            yield _Reading(keep_yo(changed, text), _DICTIONARY + 2 + (_PATRONYMIC if "Patr" in marks else 0))


def _with_loct(grammemes: frozenset[str]) -> frozenset[str]:
    """The dictionary's grammemes; a name of common gender serves for both."""
    return grammemes | {"masc", "femn"} if "ms-f" in grammemes or "GNdr" in grammemes else grammemes


def _inflect(form: Any, grammemes: set[str]) -> str | None:
    """The word of the form changed to the grammemes, by pymorphy2's own names of them."""
    from pymorphy2.analyzer import Parse

    changed = Parse.inflect(form, grammemes) or Parse.inflect(form, grammemes - {"masc", "femn"})
    return str(changed.word) if changed else None


@cache
def _unchanging() -> frozenset[str]:

    return frozenset(parse_yaml(_DATA.read_text("utf-8"))["unchanging"])


@cache
def _endings() -> tuple[
    dict[str, tuple[_Ending, ...]],
    frozenset[str],
    frozenset[str],
    dict[str, list[tuple[re.Pattern[str], float]]],
]:
    """Rows of endings per gender, family names that come first, men's names in -а, the shapes of
    nominatives."""
    data = parse_yaml(_DATA.read_text("utf-8"))
    rows = {short: tuple(_ending(row) for row in data[long]) for short, long in GENDERS.items()}
    nominatives = {
        short: [(re.compile(row["stem"]), float(row["weight"])) for row in data["nominative"][long]]
        for short, long in GENDERS.items()
    }
    return rows, frozenset(data["family_first"]), frozenset(data["men_in_a"]), nominatives


def _ending(row: dict[str, Any]) -> _Ending:
    endings = {case: tuple(row[case]) for case in CASES if case != "Nom"}
    return _Ending(re.compile(row["stem"]), row["nominative"], float(row["weight"]), endings)


def like(word: str, model: str) -> str:
    """`("петров", "ПЕТРОВЫМ")` → "ПЕТРОВ": capitals as in the model, part by part at hyphens."""
    pieces, models = word.split("-"), model.split("-")
    if len(pieces) != len(models):
        models = [model] * len(pieces)
    return "-".join(_like(piece, other) for piece, other in zip(pieces, models, strict=True))


def _like(piece: str, model: str) -> str:
    if len(model) > 1 and model.isupper():
        return piece.upper()
    return piece[:1].upper() + piece[1:] if model[:1].isupper() else piece


def keep_yo(word: str, model: str) -> str:
    """`("лихачёв", "Лихачевым")` → "лихачев": ё only where the text writes it, or where the model has
    another stem."""
    length = min(len(word), len(model))
    shared = "".join(
        model[i].lower() if word[i] in "её" and model[i].lower() in "её" else word[i] for i in range(length)
    )
    return shared + word[length:]
