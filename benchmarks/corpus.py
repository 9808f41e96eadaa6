"""Write a mixed corpus: variants of our sample texts among ordinary news that have nothing to do with cooperation.

    python benchmarks/corpus.py OUT --texts 20000 --relevant 0.1 --seed 1

The same arguments give the same texts. A relevant text is a sample of `data/raw` or `tests/gold/more` with its
numbers, days, towns and frequent names varied and its later paragraphs recombined; an ordinary one is filled in from
`news/ordinary_*.yaml`, one to three items a page, so that it is about as long. The file names tell which is which:
`00017-ordinary-ru.txt`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import srsly

HERE = Path(__file__).parent
SAMPLES = ("data/raw/*.txt", "tests/gold/more/*/*.txt")
LANGUAGES = ("en", "ru")
_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
_NUMBER = re.compile(r"(?<![\d.,:/№-])\b\d{1,3}\b(?![.,:/-]?\d)")
_LAST_DAY = 28  # a number up to this may be a day of a month, so it stays one
_ITEMS = (1, 2, 2, 3)  # items on a page of ordinary news, so that it is about as long as a sample text
_DATED = 0.5  # share of ordinary texts with a line that dates the page


@dataclass(frozen=True, slots=True)
class Sample:
    """One text of the corpus: its number, its language, and whether it is about cooperation."""

    number: int
    language: str
    relevant: bool
    text: str

    @property
    def name(self) -> str:
        """`00017-ordinary-ru.txt`."""
        return f"{self.number:05}-{'relevant' if self.relevant else 'ordinary'}-{self.language}.txt"


def corpus(texts: int, relevant: float = 0.1, seed: int = 1, languages: Sequence[str] = LANGUAGES) -> Iterator[Sample]:
    """Give `texts` texts, of which the share `relevant` is about cooperation, evenly spread; languages in turn."""
    for number in range(1, texts + 1):
        chance = Random(f"{seed}/{number}")
        language = languages[number % len(languages)]
        telling = int(number * relevant) > int((number - 1) * relevant)
        if telling:
            language = languages[int(number * relevant) % len(languages)]
        text = variant(language, chance) if telling else ordinary(language, chance)
        yield Sample(number, language, telling, text)


def ordinary(language: str, chance: Random) -> str:
    """Fill one to three templates of ordinary news, as on a page of short news."""
    first, *others = chance.sample(_news(language)["templates"], chance.choice(_ITEMS))
    lines = [first["title"], *first["body"]]
    if chance.random() < _DATED:
        lines.insert(1, _date_line(language, chance))
    row = _filled_slots(language, chance)
    paragraphs = [_fill(line, row, chance) for line in lines]
    for other in others:
        row = _filled_slots(language, chance)
        paragraphs += [_fill(line, row, chance) for line in (other["title"], *other["body"])]
    return "\n\n".join(paragraphs) + "\n"


def variant(language: str, chance: Random) -> str:
    """Vary one sample text: other numbers, days, towns and names, and its later paragraphs in another choice."""
    title, *rest = re.split(r"\n\s*\n", chance.choice(_samples(language)).strip())
    lead, later = rest[:2], rest[2:]
    if len(later) > 1 and chance.random() < 0.5:
        later.pop(chance.randrange(len(later)))
    if later and chance.random() < 0.3:
        other = re.split(r"\n\s*\n", chance.choice(_samples(language)).strip())
        later.insert(chance.randrange(len(later) + 1), other[-1])
    text = "\n\n".join([title, *lead, *later]) + "\n"
    return _swapped(_NUMBER.sub(lambda found: _other_number(found[0], chance), text), language, chance)


def write(folder: Path, samples: Iterator[Sample]) -> int:
    """Write each text into a file of its own; tells how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for sample in samples:
        (folder / sample.name).write_text(sample.text, "utf-8")
        count += 1
    return count


@cache
def _news(language: str) -> dict[str, Any]:
    found: dict[str, Any] = srsly.read_yaml(HERE / "news" / f"ordinary_{language}.yaml")
    return found


@cache
def _samples(language: str) -> list[str]:
    texts = [path.read_text("utf-8") for pattern in SAMPLES for path in sorted(HERE.parent.glob(pattern))]
    return [text for text in texts if (len(re.findall("[а-яё]", text)) * 2 > len(text) * 0.8) == (language == "ru")]


def _filled_slots(language: str, chance: Random) -> dict[str, str]:
    """Choose a row for every slot: {"city": "Тверь", "city_of": "Твери", …}."""
    chosen: dict[str, str] = {}
    for names, rows in _news(language)["slots"].items():
        chosen |= dict(zip(names.split(), chance.choice(rows).split("|"), strict=True))
    return chosen


def _fill(line: str, row: dict[str, str], chance: Random) -> str:
    filled = _SLOT.sub(lambda slot: str(chance.randint(int(slot[2]), int(slot[3]))) if slot[2] else row[slot[1]], line)
    return filled[0].upper() + filled[1:]


def _date_line(language: str, chance: Random) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2014, 2025)
    return f"{day:02}.{month:02}.{year}" if language == "ru" else f"Published {year}-{month:02}-{day:02}"


def _other_number(written: str, chance: Random) -> str:
    value = int(written)
    if value <= _LAST_DAY:
        return str(chance.randint(1, _LAST_DAY))
    return str(chance.randint(_LAST_DAY + 1, max(99, value)))


def _replacing(mapping: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: mapping[found[0]]


def _swapped(text: str, language: str, chance: Random) -> str:
    """Put other stems of a group for those that stand in the text, each everywhere the same."""
    for group in srsly_swaps()[language]:
        turn = chance.randrange(len(group))
        mapping = dict(zip(group, group[turn:] + group[:turn], strict=True))
        text = re.sub(rf"\b(?:{'|'.join(group)})", _replacing(mapping), text)
    return text


@cache
def srsly_swaps() -> dict[str, list[list[str]]]:
    """Groups of stems that may stand for one another, by language."""
    found: dict[str, list[list[str]]] = srsly.read_yaml(HERE / "news" / "swaps.yaml")
    return found


def main() -> None:
    """Write the corpus that the arguments describe."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=Path, help="folder to write into")
    arguments.add_argument("--texts", type=int, default=1000)
    arguments.add_argument("--relevant", type=float, default=0.1, help="share of texts about cooperation")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--lang", choices=LANGUAGES, help="only texts of this language")
    options = arguments.parse_args()
    languages = (options.lang,) if options.lang else LANGUAGES
    count = write(options.out, corpus(options.texts, options.relevant, options.seed, languages))
    print(f"{count} texts in {options.out}")


if __name__ == "__main__":
    main()
