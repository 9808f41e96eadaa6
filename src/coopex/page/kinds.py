"""What one line of a page is by itself: a credit, page furniture, or (undecided) text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from coopex.page.agencies import is_agency
from coopex.page.cues import bare, cues, fold
from coopex.page.labels import label_of
from coopex.page.lines import ends_sentence
from coopex.page.sought import Sought
from coopex.page.stamps import full_dates, is_stamp
from coopex.page.verbs import has_verb

Furniture = Literal["boilerplate", "credit"]

_LONGEST_CREDIT = 200  # characters
_LONGEST_FURNITURE = 400
_LONGEST_CALL = 80  # characters of a sentence that calls upon the reader ("Subscribe to our channel!")
_LONGEST_NOTICE = 250  # characters of a line that is furniture for a phrase in its middle


def furniture(line: str) -> Furniture | None:
    """`"Поделиться: ВКонтакте"` → "boilerplate", `"By R. Tan"` → "credit", a line of text → None."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    if _URL.match(line) or is_menu_words(line):
        return "boilerplate"
    if is_credit(line):
        return "credit"
    return "boilerplate" if is_boilerplate(line) else None


_URL = re.compile(
    r"^\W*(?:https?://|www\.)\S+\W*$|^\W*[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?\W*$", re.IGNORECASE
)


def is_credit(line: str) -> bool:
    """Who wrote, photographed, published the text, and when."""
    if len(line) > _LONGEST_CREDIT or _is_event(line):
        return False
    tests = (
        is_stamp,
        is_agency,
        is_own_report,
        is_labelled,
        is_byline,
        is_photo,
        is_press_office,
        is_bracketed,
    )
    return any(test(line) for test in tests)


def _is_event(line: str) -> bool:
    """`"When: 12 August 2020"` → True: told about an event, not about the page."""
    return bool(cues().event.match(fold(line).lstrip("-•* ")))


_REPORTERS = re.compile(r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-Z]")


def is_own_report(line: str) -> bool:
    """`"Соб. инф."`, `"Reporting by Jone Tui; Editing by Ann Lee"` → True: how the paper got its report."""
    return bare(line) in cues().own_report or bool(_REPORTERS.match(line))


def is_labelled(line: str) -> bool:
    """`"Author: R. Tan"`, `"Дата публикации: 2015.12.14"` → True."""
    label = label_of(line)
    if label is None:
        return False
    if label.kind in ("date", "updated"):
        return bool(full_dates(label.value)) or not any(c.isdigit() for c in label.value)
    return label.kind in ("photo", "source", "other", "editor") or len(label.value.split()) <= 12


_NAME = r"[A-ZА-ЯЁ][\w.’'-]*"
_BYLINE = re.compile(
    rf"""^(?:by|BY|(?:Compiled|Written|Reported|Story|Text|Prepared|Posted|By)(?:\s+by)?)\s+
    (?: (?:our|a|the)\s+[\w\s-]{{3,40}}
      | (?:the\s)?editors?
      | {_NAME}(?:[\s,&]+(?:{_NAME}|and|de|van|von|der|al|bin|in|for|of|the))* (?:\s\([^()]+\))?
    )$""",
    re.VERBOSE,
)


def is_byline(line: str) -> bool:
    """`"By our correspondent"`, `"By Jane Roe and John Doe"` → True."""
    return len(line) <= 110 and bool(_BYLINE.match(line))


# "photo by", "фото пресс-службы" whatever the case; "Фото Ивана Снегова" only before a capital or a quotation
# mark
_PHOTO = re.compile(
    r"""^\W{0,3}(?:
      (?i:photos?|pictures?|images?|video|footage)\s+(?:(?i:by|courtesy|credit|from|via|provided|supplied)\b|[©(/])
    | (?i:фото|видео|снимок|фотографии|иллюстрация)\s*
      (?:[©(/—–-]|(?i:с\ сайта|из\ |от\ |пресс|предоставлен|автора))
    | (?:Фото|ФОТО|фото|Видео)\s(?=[А-ЯЁ«])
    | (?i:ap|afp|reuters|epa|xinhua|tass|getty)\s(?i:photo)\b
    | ©\s*(?!\d|(?i:copyright|all|при|все))[^|]{2,60}/
    )""",
    re.VERBOSE,
)
_STOCK = Sought(re.compile(
    r"""^\W*(?:reuters|afp|ap|epa|xinhua|tass|тасс|рбк|getty|коммерсантъ?)\ ?/
    | getty\ images | shutterstock | unsplash | depositphotos | \bap\ photo
    | /\ ?(?:reuters|afp|ap$|tass|тасс|риа\ новости|рбк|xinhua|коммерсант)""",
    re.VERBOSE,
))


def is_photo(line: str) -> bool:
    """`"Фото из архива"`, `"REUTERS/Ivan Petrov"` → True; `"Photo exhibition opens"` → False."""
    if len(line) > 160:
        return False
    return bool(_PHOTO.match(line)) or bool(not ends_sentence(line) and _STOCK.search(fold(line)))


def is_press_office(line: str) -> bool:
    """`"Пресс-служба ОИЯИ"`, `"Press Office, St Petersburg University"`: the office alone, saying nothing."""
    folded = fold(line).strip("([/ -–—")
    if len(line) > 140 or not cues().press_office.match(folded):
        return False
    return not has_verb(line) and not (ends_sentence(line) and len(line) > 80)


_BRACKETED = re.compile(r"^(?:\(.*\)|\[.*\]|【.*】|/.*/)\.?$", re.DOTALL)


def is_bracketed(line: str) -> bool:
    """`"[Photo: signing ceremony]"`, `"(BelTA, citing the press service)"` → True; a sentence in brackets is
    text.
    """
    if len(line) > 160 or not _BRACKETED.match(line):
        return False
    inner = line.strip("()[]【】/. ")
    sentence = line.endswith((".)", "!)", "?)")) or (line.endswith(").") and len(line.split()) > 8)
    return not sentence or label_of(inner) is not None or is_agency(re.split(r"[,;]", inner)[0])


_NO_WORDS = re.compile(r"^(?:[\W\d_]|(?<=\d)[+kKкК])*$")
_HASHTAGS = re.compile(r"^(?:[#＃@][\w-]+[\s,]*)+$")
_COUNTER = re.compile(
    r"""^(?: \d[\d\s.,]*[kкKК]?\s*
        (?:подписчик|просмотр|комментари|прочтени|лайк|минут|views?|comments?|shares?|reads?|followers?|likes?
         |min(?:ute)?s?\ read)\w*
      | (?:примерное\ )?время\ чтения.* | около\ (?:минуты|\d+\ минут) | (?:reading|read)\ time.* )$""",
    re.VERBOSE,
)
_ARROWS = Sought(re.compile(r"^(?:>>|»|→|←|<<|›|‹|▶|►)\s*\S|\S\s*(?:>>|→|←|<<|›|▶|►|\.\.\.>)$"))


def is_boilerplate(line: str) -> bool:
    """Menus, sharing, subscription, cookies, counters, addresses."""
    folded = fold(line)
    return (
        bool(_NO_WORDS.match(line) or _HASHTAGS.match(line) or _COUNTER.match(folded))
        or bare(line) in cues().kickers
        or bare(line) in cues().comments
        or _begins_like_furniture(line, folded.lstrip(">»→«•-–—*[(|. "))
        or (len(line) <= _LONGEST_NOTICE and bool(cues().anywhere.search(folded)))
        or is_related(line)
        or is_menu(line)
        or (len(line) < 100 and bool(_ARROWS.search(line)))
    )


def _begins_like_furniture(line: str, folded: str) -> bool:
    """`"Перейти к новости"` → True; `"Перейти к практической работе стороны намерены …"` → False."""
    sentence = len(line) > _LONGEST_CALL and ends_sentence(line)
    return bool(cues().notices.match(folded) or (not sentence and cues().starts.match(folded)))


_IMPERATIVE = ("читай", "читать также", "смотрите", "read also", "also read", "see also")


def is_related(line: str) -> bool:
    """A heading of links to other articles, with or without the first link: "Читайте также: …"."""
    folded = fold(line).strip("[(>»→•-–—*| ")
    if bare(line) in cues().related:
        return True
    match = cues().related_starts.match(folded)
    if not match or len(line) > 300:
        return False
    return folded[match.end() :].lstrip()[:1] in (":", "»", ">") or match.group().startswith(_IMPERATIVE)


def is_comments(line: str) -> bool:
    """`"Комментарии (3)"` → True."""
    return len(line) <= 60 and bare(line) in cues().comments


def is_kicker(line: str) -> bool:
    """`"MEDIA STATEMENT"` → True."""
    return len(line) <= 60 and bare(line) in cues().kickers


_SEPARATORS = re.compile(r"\s*(?:[|•·▾▪►→]|>>|>)\s*|\s+[»›/]+\s+|\s{2,}|\t+")
_SEPARATED = re.compile(r"[|•·▾▪►→>»›/\t]|\s\s")
_SHORT_CELL = 45  # characters of one cell of a menu
_CELL_WORDS = 5
_MENU_WORDS = 20


def is_menu(line: str) -> bool:
    """`"Home » Agribusiness » News    RUS | KAZ | ENG"` → True: short cells side by side, mostly
    menu words.
    """
    if not _SEPARATED.search(line):
        return False
    cells = [cell for cell in _SEPARATORS.split(line) if cell.strip()]
    if len(cells) < 2 or not all(_is_cell(cell, "|" in line) for cell in cells) or full_dates(line):
        return False
    known = sum(bare(cell) in cues().menu for cell in cells)
    needed = 2 if len(cells) == 2 and len(line) > 60 else 1
    return known >= needed or len(cells) >= 4 or (len(cells) == 3 and not ends_sentence(line))


def _is_cell(cell: str, barred: bool) -> bool:
    """Short, no clause, and capitalised unless bars set the cells off ("Visit  of the  delegation" is no
    menu).
    """
    fits = len(cell) <= _SHORT_CELL and len(cell.split()) <= _CELL_WORDS
    return fits and not cell.endswith((".", ";", ",")) and (barred or not cell[:1].islower())


def is_menu_words(line: str) -> bool:
    """`"Главная"`, `"Политика Экономика Общество"` → True: menu words and nothing else."""
    words = bare(line).split()
    opens = 0 < len(words) <= _MENU_WORDS and words[0] in _menu_openings()
    return opens and _menu_items(words, 0) not in (0, 2)


@lru_cache(maxsize=1)
def _menu_openings() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in cues().menu)


def _menu_items(words: list[str], items: int) -> int:
    """How many menu phrases the words are, taken from the left, longest first; 0 when some are none."""
    if not words:
        return items
    sizes = (n for n in range(min(4, len(words)), 0, -1) if " ".join(words[:n]) in cues().menu)
    size = next(sizes, 0)
    return _menu_items(words[size:], items + 1) if size else 0
