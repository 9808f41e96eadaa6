"""What one line of a page is by itself: a credit, page furniture, or (undecided) text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from coopex.page.cues import bare, cues, fold
from coopex.page.lines import ends_sentence
from coopex.page.stamps import full_dates, is_stamp

Furniture = Literal["boilerplate", "credit"]

_LONGEST_CREDIT = 200  # characters
_LONGEST_FURNITURE = 400
_LABEL = re.compile(r"^\W{0,3}(?P<label>[^\W\d_][^:：|]{0,40}?)\s*(?:[:：]|\s[–—-]\s|[–—]\s)\s*(?P<value>.*)$", re.DOTALL)
_BARE_LABEL_DATE = re.compile(r"^(?P<label>[^\W\d_][\w\s]{2,30}?)\s+(?=\d|[A-Z])")
_NAME = r"[A-ZА-ЯЁ][\w.’'-]*"
_BYLINE = re.compile(
    rf"^(?:by|BY|By|Compiled by|Written by|Reported by|Story by|Text by|Prepared by|Posted by)\s+"
    rf"(?:(?:our|a|the)\s+[\w\s-]{{3,40}}|(?:the )?editors?|{_NAME}(?:[\s,&]+(?:{_NAME}|and|de|van|von|der|al|bin|in|for|of|the))*(?:\s\([^()]+\))?)$"
)
_PHOTO = re.compile(
    r"^\W{0,3}(?:photos?|pictures?|images?|video|footage)\s+(?:by|courtesy|credit|from|via|provided|supplied|©|\(|/|[A-Z])"
    r"|^\W{0,3}(?:ap|afp|reuters|epa|xinhua|tass|getty)\s+photo\b"
    r"|^©\s*(?!\d|copyright|all|при|все)[^|]{2,60}/"
    r"|^\W{0,3}(?:фото|видео|снимок|фотографии|иллюстрация)\s*(?:©|\(|/|—|–|-|с сайта|из |от |пресс|предоставлен|автора|[А-ЯЁ«A-Z])"
)
_AGENCY_MARK = re.compile(
    r"(?:^\W*(?:reuters|afp|ap|epa|xinhua|tass|тасс|рбк|getty|коммерсантъ?) ?/|getty images|shutterstock|unsplash|depositphotos|\bap photo|/ ?reuters|/ ?afp|/ ?ap$|/ ?tass|/ ?тасс|/ ?риа новости|/ ?рбк|/ ?xinhua|/ ?коммерсант)"
)
_URL = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$|^\W*[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?\W*$", re.IGNORECASE)
_BRACKETED = re.compile(r"^(?:\(.*\)|\[.*\]|【.*】|/.*/)\.?$", re.DOTALL)
_NO_WORDS = re.compile(r"^(?:[\W\d_]|(?<=\d)[+kKкК])*$")
_SEPARATORS = re.compile(r"\s*(?:[|•·▾▪►→]|>>|>)\s*|\s+[»›/]+\s+|\s{2,}|\t+")
_HASHTAGS = re.compile(r"^(?:[#＃@][\w-]+[\s,]*)+$")
_COUNTER = re.compile(
    r"^(?:\d[\d\s.,]*[kкKК]?\s*(?:подписчик|просмотр|комментари|прочтени|лайк|views?|comments?|shares?|reads?|followers?|likes?|min(?:ute)?s? read|минут)\w*"
    r"|(?:примерное )?время чтения.*|около (?:минуты|\d+ минут)|(?:reading time|read time).*)$"
)
_ARROWS = re.compile(r"^(?:>>|»|→|←|<<|›|‹|▶|►)\s*\S|\S\s*(?:>>|→|←|<<|›|▶|►|\.\.\.>)$")
_SHORT_CELL = 45  # characters of one cell of a menu
_CELL_WORDS = 5
_MENU_WORDS = 20


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled credit: "Дата публикации: 2015.12.14" → kind "date", label, and where the value starts."""

    kind: str
    label: str
    value: str
    offset: int


def furniture(line: str) -> Furniture | None:
    """`"Поделиться: ВКонтакте"` → "boilerplate", `"By R. Tan"` → "credit", a line of text → None."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    if _URL.match(line) or is_menu_words(line):
        return "boilerplate"
    if is_credit(line):
        return "credit"
    return "boilerplate" if is_boilerplate(line) else None


def is_credit(line: str) -> bool:
    """Who wrote, photographed, published the text, and when."""
    if len(line) > _LONGEST_CREDIT:
        return False
    if _is_event(line):
        return False
    tests = (is_stamp, _is_labelled, is_byline, _is_photo, is_press_office, _is_bracketed_credit)
    return any(test(line) for test in tests)


def is_boilerplate(line: str) -> bool:
    """Menus, sharing, subscription, cookies, counters, addresses."""
    folded = fold(line)
    return (
        bool(_NO_WORDS.match(line) or _HASHTAGS.match(line) or _COUNTER.match(folded))
        or bare(line) in cues().kickers | cues().related | cues().comments
        or bool(cues().starts.match(folded.lstrip(">»→«•-–—*[(|. ")))
        or (len(line) <= 250 and bool(cues().anywhere.search(folded)))
        or is_related(line)
        or is_menu(line)
        or (len(line) < 100 and bool(_ARROWS.search(line)))
    )


def label_of(line: str) -> Label | None:
    """`"Source: Trotek"` → the label; None for a line without a known one ("Denis Kovalevich: …")."""
    match = _LABEL.match(line[: _LONGEST_CREDIT + 50])
    if match and (kind := cues().labels.get(fold(match["label"]).strip("-–— "))):
        return Label(kind, match["label"], match["value"], match.start("value"))
    match = _BARE_LABEL_DATE.match(line[:80])
    kind = cues().labels.get(fold(match["label"])) if match else None
    if match and kind in ("date", "updated") and full_dates(line[match.end() :])[:1]:
        return Label(kind, match["label"], line[match.end() :], match.end())
    return None


def _is_event(line: str) -> bool:
    """`"When: 12 August 2020"` → True: told about an event, not about the page."""
    return bool(cues().event.match(fold(line).lstrip("-•* ")))


def labels_in(line: str) -> list[Label]:
    """`"Release time: 2018-03-05   Source: Dean's Office"` → both labels; a value ends where the next label begins."""
    found = list(cues().label.finditer(line[:_LONGEST_FURNITURE]))
    ends = [*(m.start() for m in found[1:]), len(line)][: len(found)]
    return [
        Label(cues().labels[fold(m["label"])], m["label"], line[m.end() : end].strip(" |\t\xa0"), m.end())
        for m, end in zip(found, ends, strict=True)
    ]


def _is_labelled(line: str) -> bool:
    label = label_of(line)
    if label is None:
        return False
    if label.kind in ("date", "updated"):
        return is_stamp(line) or bool(full_dates(label.value)) or not any(c.isdigit() for c in label.value)
    return label.kind in ("photo", "source", "other", "editor") or len(label.value.split()) <= 12


def is_byline(line: str) -> bool:
    """`"By our correspondent"`, `"By Jane Roe and John Doe"` → True."""
    return len(line) <= 110 and bool(_BYLINE.match(line))


def _is_photo(line: str) -> bool:
    folded = fold(line)
    if len(line) > 160:
        return False
    return bool(_PHOTO.match(line) or _PHOTO.match(line.lower()) and _photo_lower(folded) or _AGENCY_MARK.search(folded) and not ends_sentence(line))


def _photo_lower(folded: str) -> bool:
    """The word after "photo" decides: "photo by", "фото пресс-службы"; "photo exhibition opens" is a headline."""
    return bool(re.match(r"^\W{0,3}(?:photos?|pictures?|images?|video)\s+(?:by|courtesy|credit|from|via|provided|supplied|©)|^\W{0,3}(?:фото|видео)\s*(?:©|/|с сайта|из |пресс|предоставлен|автора)", folded))


def is_press_office(line: str) -> bool:
    """`"Пресс-служба ОИЯИ"`, `"Press Office, St Petersburg University"`: the office alone, saying nothing."""
    folded = fold(line).strip("([/ -–—")
    if len(line) > 140 or not cues().press_office.match(folded):
        return False
    return not (ends_sentence(line) and len(line) > 80)


def _is_bracketed_credit(line: str) -> bool:
    return len(line) <= 160 and bool(_BRACKETED.match(line))


def is_related(line: str) -> bool:
    """A heading of links to other articles, with or without the first link: "Читайте также: …"."""
    folded = fold(line).strip("[(>»→•-–—*| ")
    if bare(line) in cues().related:
        return True
    match = cues().related_starts.match(folded)
    if not match or len(line) > 300:
        return False
    return folded[match.end() :].lstrip()[:1] in (":", "»", ">") or match.group().startswith(("читай", "смотрите", "read also", "also read", "see also"))


def is_comments(line: str) -> bool:
    """`"Комментарии (3)"` → True."""
    return len(line) <= 60 and bare(line) in cues().comments


def is_kicker(line: str) -> bool:
    """`"MEDIA STATEMENT"` → True."""
    return len(line) <= 60 and bare(line) in cues().kickers


def is_menu(line: str) -> bool:
    """`"Home » Agribusiness » News    RUS | KAZ | ENG"` → True: short cells side by side, one of them a menu word."""
    cells = [cell for cell in _SEPARATORS.split(line) if cell.strip()]
    if len(cells) < 2 or not all(_is_cell(cell) for cell in cells) or full_dates(line):
        return False
    known = sum(bare(cell) in cues().menu for cell in cells)
    return len(cells) >= 4 or known >= 1 + (len(cells) == 2 and len(line) > 60) or (len(cells) >= 3 and not ends_sentence(line))


def is_menu_words(line: str) -> bool:
    """`"Главная"`, `"Политика Экономика Общество"` → True: menu words and nothing else."""
    words = bare(line).split()
    return len(words) <= _MENU_WORDS and bool(words) and _menu_items(words, 0) not in (0, 2)


def _menu_items(words: list[str], items: int) -> int:
    """How many menu phrases the words are, taken from the left, longest first; 0 when some are none."""
    if not words:
        return items
    sizes = (n for n in range(min(4, len(words)), 0, -1) if " ".join(words[:n]) in cues().menu)
    size = next(sizes, 0)
    return _menu_items(words[size:], items + 1) if size else 0


def _is_cell(cell: str) -> bool:
    return len(cell) <= _SHORT_CELL and len(cell.split()) <= _CELL_WORDS and not cell.endswith((".", ";", ","))
