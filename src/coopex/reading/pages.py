"""HTML pages: the article in them, by trafilatura, and what they say of it, with where they say so."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from coopex.errors import BrokenFile, EmptyText
from coopex.page.addresses import address_dates
from coopex.page.authors import authors
from coopex.page.labels import labels_in
from coopex.page.stamps import DayStamp, full_dates
from coopex.reading.article import PageFacts
from coopex.reading.encoding import decode_page
from coopex.reading.page_tree import without_other_news
from coopex.yaml_files import parse_yaml

_AFTER_HEADLINE = 60
"""Characters below the headline in which a date is that of publication: on six Russian layouts this found all six
days and no false one, where searching the whole page took 2001-01-01 from "© 2001–2026"."""

_LATEST = "2099-12-31"  # else the clock of the machine decides, and the same page could be read in two ways
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_COLUMN = 400  # characters in a cell of a table that is no table of data
_LABEL = re.compile(r"^\s*(?:автор\w*|текст|author|by)\b[\s:]*", re.IGNORECASE)
_SHORT = 200  # characters of an element that holds a date and little else


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, the encoding the page was in, and what it says of itself."""

    text: str
    encoding: str
    facts: PageFacts


def read_page(data: bytes, known: Mapping[str, str] | None = None) -> Page:
    """`b"<html>…"` → its article, the headline above it; `known` is what an archive tells (url, charset)."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is told by us
    known = known or {}
    decoded = decode_page(data, known.get("charset"))
    html = _CONTROLS.sub("", decoded.text)
    tree = load_html(html if "<html" in html.lower() else f"<html><body>{html}</body></html>")
    if tree is None:
        raise BrokenFile(cause="the page could not be taken apart")
    without_other_news(tree)
    layout = _without_layout_tables(tree)
    # readers' comments are no news; tables hold the whole article in old layouts; formatting would add signs
    found: Any = bare_extraction(
        tree,
        url=known.get("url"),
        fast=not layout,  # slower, and better only where a page is made of tables
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
    )
    if found is None or not (found.text or "").strip():
        raise EmptyText(cause="there is no article on the page", remedy="Save its text as a .txt file if it has one.")
    facts = _facts(tree, found, known)
    return Page(_with_headline(_in_paragraphs(found.text, tree), facts.title, tree), decoded.encoding, facts)


_LEAVES = ("h1", "h2", "h3", "p", "li", "tr", "blockquote", "pre")
_SHARE = 0.8  # of the text found that the paragraphs of the page must hold to be taken instead


def _in_paragraphs(text: str, tree: Any) -> str:
    """Give the paragraphs of the page where trafilatura made one line of a short article."""
    if "\n" in text.strip():
        return text
    box = next((found for tag in ("article", "main", "body") for found in tree.iter(tag)), tree)
    leaves = [leaf for leaf in box.iter(*_LEAVES) if not any(True for _ in leaf.iterdescendants(*_LEAVES))]
    lines = [line for leaf in leaves if (line := " ".join(" ".join(leaf.itertext()).split()))]
    whole = len(_letters("".join(lines))) >= _SHARE * len(_letters(text))
    return "\n".join(lines) if whole and len(lines) > 1 else text


def _without_layout_tables(tree: Any) -> bool:
    """Make plain boxes of tables that hold the page, whose article would else become one line; say if there were any.

    A cell of data has few words; one with a headline, a table or much text is a column of the page.
    """
    layout = {table for table in tree.iter("table") if any(_is_column(cell) for cell in table.iter("td"))}
    parts = [part for part in tree.iter("tbody", "tr", "td") if next(part.iterancestors("table"), None) in layout]
    for element in (*layout, *parts):
        element.tag = "div"
    return bool(layout)


def _is_column(cell: Any) -> bool:
    holds_more = next(cell.iter("h1", "table"), None) is not None
    return holds_more or sum(len(text) for text in cell.itertext()) > _COLUMN


def _with_headline(body: str, title: str | None, tree: Any) -> str:
    """Paragraphs apart by blank lines; the headline before them unless the article begins with it."""
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    headlines = [title or "", *(" ".join(h1.itertext()) for h1 in tree.iter("h1"))]
    first = [_letters(line) for line in paragraphs[:3]]
    has_headline = any(_letters(each) and _letters(each) in first for each in headlines)
    return "\n\n".join(paragraphs if has_headline or not title else [title, *paragraphs])


def _letters(text: str) -> str:
    """`"Visit: Day 1"` → "visitday1"."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _facts(tree: Any, found: Any, known: Mapping[str, str]) -> PageFacts:
    """What trafilatura read of the page, as far as the page itself says so."""
    places = _Places(tree)
    url = known.get("url") or found.url
    title = " ".join((found.title or "").split()) or None
    source = found.sitename if places.of_words(found.sitename) else None
    names = authors([f"Author: {_LABEL.sub('', name)}" for name in (found.author or "").split(";")]) or _byline(tree)
    day, day_from = _published(tree, found.date, url, title, places)
    origin = {
        "title": places.of_words(title) or "page",
        "published": day_from,
        "source": places.of_words(source),
        "authors": next(filter(None, map(places.of_words, names)), "page"),
        "url": "archive" if known.get("url") else "meta",
    }
    told = {name: where for name, where in origin.items() if where}
    return PageFacts(title, day, source, names, url, told)


def _published(
    tree: Any, found: str | None, url: str | None, title: str | None, places: _Places
) -> tuple[date | None, str | None]:
    """The day of publication and which part of the page says so.

    What the page declares comes first, unless its readers see the day before or after below the headline (the page
    declares it in universal time); then the day below the headline; then what trafilatura found, if a part of the page
    that dates it says so.
    """
    below, declared = _below_headline(tree, title), places.declared_day()
    if declared and not (below and abs(below - declared[0]) <= _A_DAY):
        return declared
    if below:
        return below, "headline"
    day = date.fromisoformat(found) if found else None
    where = places.of_day(day, url) if day else None
    return (day, where) if where else (None, None)


_A_DAY = timedelta(days=1)


def _below_headline(tree: Any, title: str | None) -> date | None:
    headlines = {_letters(title or ""), *(_letters(" ".join(h1.itertext())) for h1 in tree.iter("h1"))} - {""}
    pieces = [" ".join(piece.split()) for piece in _texts(tree)]
    for i, piece in enumerate(pieces):
        if _letters(piece) in headlines:
            below = " ".join(filter(None, pieces[i + 1 : i + 20]))[:_AFTER_HEADLINE]
            if days := _first_stamps(below):
                return days[0].day
    return None


def _first_stamps(line: str) -> Sequence[DayStamp]:
    """The days of a line, without those of a later change: "7 May 2018, updated 9 May 2018" → 7 May."""
    changed = next((label.offset for label in labels_in(line) if label.kind == "updated"), len(line))
    return [stamp for stamp in full_dates(line) if stamp.start < changed]


def _byline(tree: Any) -> tuple[str, ...]:
    """Authors named in a short element whose class says so: "By Anna Reed, Senior Reporter"."""
    boxes = _words_of("byline_boxes")
    role = re.compile(rf",\s*(?=[^,]*\b(?:{'|'.join(_names('roles'))})\b)", re.IGNORECASE)
    for element in tree.iter("p", "div", "span", "address"):
        line = " ".join(" ".join(element.itertext()).split())
        if len(line) > _SHORT or not boxes.search(f"{element.get('class') or ''} {element.get('rel') or ''}"):
            continue
        days = full_dates(line)
        named = line[: days[0].start].strip(" |,·•–—") if days else line
        if names := authors([role.split(named)[0]]):
            return names
    return ()


def _texts(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if element.tag in ("script", "style", "head") or not isinstance(element.tag, str):
            yield element.tail or ""
        elif not any(parent.tag == "head" for parent in element.iterancestors()):
            yield from (element.text or "", element.tail or "")


_JSON_LD = './/script[@type="application/ld+json"]'


class _Places:
    """Where on a page something is said: meta tags, JSON-LD, the title, elements that hold a date."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._texts = {
            "meta": [meta.get("content") or "" for meta in tree.iter("meta")],
            "json-ld": [_unescaped(each.text or "") for each in tree.iterfind(_JSON_LD)],
            "headline": [" ".join(h1.itertext()) for h1 in tree.iter("h1")],
            "title": [" ".join(title.itertext()) for title in tree.iter("title")],
        }

    def of_words(self, words: str | None) -> str | None:
        """`"Visit to Dubna"` → "meta": the first place that says so."""
        wanted = _letters(words or "")
        found = (place for place, texts in self._texts.items() if any(wanted in _letters(text) for text in texts))
        return next(found, None) if wanted else None

    def declared_day(self) -> tuple[date, str] | None:
        """The day that meta tags or JSON-LD declare as that of publication; days of later changes are none."""
        for meta in self._tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            if name in _names("published_tags") and (day := _day_of(meta.get("content") or "")):
                return day, "meta"
        for text in self._texts["json-ld"]:
            if (found := _JSON_PUBLISHED.search(text)) and (day := _day_of(found[1])):
                return day, "json-ld"
        return None

    def of_day(self, day: date, url: str | None) -> str | None:
        """2018-08-21 → "meta", "json-ld", "url" or "markup"; None when only running text has it."""
        if _holds(day, self._texts["meta"]):
            return "meta"
        if any(str(day) in text for text in self._texts["json-ld"]):
            return "json-ld"
        if any(stamp.day == day for stamp in address_dates(url or "")):
            return "url"
        return "markup" if _holds(day, _dated_elements(self._tree)) else None


_JSON_PUBLISHED = re.compile(r'"datePublished":\s*"?([^",}]+)')
_DIGITS = re.compile(r"(?:(\d{4})(\d\d)(\d\d)(?:T?\d{4,6})?|(\d{10})(?:\d{3})?)")


def _day_of(written: str) -> date | None:
    """Read a day as pages declare it: "2018-08-07T10:20:00Z", "20180807", "1533637200" (seconds since 1970)."""
    written = written.strip()
    if match := _DIGITS.fullmatch(written):
        try:
            if match[4]:
                return datetime.fromtimestamp(int(match[4]), UTC).date()
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    return next((stamp.day for stamp in full_dates(written)), None)


@lru_cache(maxsize=8)
def _names(group: str) -> tuple[str, ...]:
    """The names of a group of `pages.yaml`."""
    data: dict[str, list[str]] = parse_yaml(files("coopex.reading").joinpath("pages.yaml").read_text("utf-8"))
    return tuple(data[group])


@lru_cache(maxsize=8)
def _words_of(group: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _names(group))), re.IGNORECASE)


def _unescaped(script: str) -> str:
    try:
        return json.dumps(json.loads(script), ensure_ascii=False)
    except (ValueError, RecursionError):
        return script


def _holds(day: date, texts: Iterable[str]) -> bool:
    return any(str(day) in text or any(stamp.day == day for stamp in full_dates(text)) for text in texts)


_DATED = re.compile(r"date|time|publi|posted|created", re.IGNORECASE)


def _dated_elements(tree: Any) -> Iterator[str]:
    """Texts and attributes of <time>, <abbr> and of short elements whose class, id or itemprop speaks of a date."""
    for element in tree.iter("time", "abbr", "span", "div", "p", "td", "li", "small", "em", "i", "b", "a"):
        if next(element.iterancestors("aside", "nav", "footer"), None) is not None:
            continue  # the dates of other news
        named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
        if element.tag in ("time", "abbr") or _DATED.search(named):
            yield " ".join(filter(None, (element.get("datetime"), element.get("title"), element.get("content"))))
            text = " ".join(element.itertext())
            yield text if len(text) <= _SHORT else ""
