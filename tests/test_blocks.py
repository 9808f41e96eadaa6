from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coopex.blocks import split_blocks
from coopex.page.addresses import address_dates
from coopex.page.edges import leading_stamp, trailing_stamp
from coopex.page.headline import glued_end
from coopex.page.kinds import furniture
from coopex.page.stamps import full_dates, is_stamp
from coopex.page.verbs import has_verb
from layouts import Layout, read_layouts

WHITE = "\ufeff\u200b\u200c\u200d\u2060"
LAYOUTS = read_layouts()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_layout(layout: Layout) -> None:
    got = [(b.kind, layout.text[b.start : b.end]) for b in split_blocks(layout.text)]
    assert got == layout.blocks


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_line_ends_do_not_matter(layout: Layout) -> None:
    text = layout.text.replace("\n", "\r\n")
    got = [(b.kind, text[b.start : b.end].replace("\r\n", "\n")) for b in split_blocks(text)]
    assert got == layout.blocks


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "boilerplate"),
        ("Читайте также: Новый завод в Туле", "boilerplate"),
        ("Комментарии (12)", "boilerplate"),
        ("© 2021 Ural Cluster", "boilerplate"),
        ("RU | EN | 中文", "boilerplate"),
        ("Home / News / Events", "boilerplate"),
        (
            "Мы используем файлы cookie. Продолжая, вы соглашаетесь с политикой конфиденциальности.",
            "boilerplate",
        ),
        ("→ Next article", "boilerplate"),
        ("1 204 просмотра", "boilerplate"),
        ("***", "boilerplate"),
        ("By Jane Roe", "credit"),
        ("By our special correspondent", "credit"),
        ("Текст: Анна Полевая", "credit"),
        ("Photo: Press Service of the Ministry", "credit"),
        ("Фото из архива", "credit"),
        ("REUTERS/Ivan Petrov", "credit"),
        ("Дата публикации: 2015.12.14", "credit"),
        ("Tuesday, 30 April 2024 | 3 min read", "credit"),
        ("Отдел по связям с общественностью", "credit"),
        ("Photo exhibition opens in Shanghai", None),
        ("By 2025 the partners will have built a plant in Perm", None),
        ("Фотонные технологии обсудили в Казани", None),
        ("The delegation, led by Ivan Orlov, arrived on 3 May 2019 and toured the plant.", None),
        ("В пресс-службе министерства рассказали, что визит пройдёт 3 мая 2019 года.", None),
        ("Denis Orlov, director: “We are ready to sign the agreement.”", None),
        ("Source code of the system was shown to the guests.", None),
        ("Московский авиационный институт и Шанхайский университет открывают кампус", None),
        ("Visit of the Korean delegation, 3 May 2019", None),
        ("Visit  of the  delegation", None),
        ("(The agreement was first signed in 2012 by the two ministers.)", None),
        ("Media centre of the port opens its doors to Chinese guests", None),
        ("Политика Экономика Общество", "boilerplate"),
        ("When: 12 August 2020", None),
    ],
)
def test_kind_of_a_line(line: str, kind: str | None) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("02.09.2019", True),
        ("Thu 6 Jun 2019 09:14", True),
        ("25.08.2025 11:40 | Просмотров: 312", True),
        ("Munich / Cairo, 28 May 2022", True),
        ("WABASH, Ind. | Nov. 28, 2018", True),
        ("21-Aug-2018", True),
        ("Guests from Harbin arrived on 28 May 2022", False),
        ("Визит делегации, 28 мая 2022 года", False),
        ("June 2022", False),
    ],
)
def test_lines_that_only_date_the_page(line: str, stamp: bool) -> None:
    assert is_stamp(line) is stamp


def test_date_before_the_lead_and_behind_the_headline() -> None:
    lead = "20.05.2014 18:09Глава края Виктор Лесной посетил Шэньян"
    assert leading_stamp(lead) == lead.index("Глава")
    assert leading_stamp("12 мая 2021 года Казань посетила делегация") is None
    headline = "Области договорились - 28.10.2025, ПРАЙМ"
    assert trailing_stamp(headline) == headline.index(" - ")
    assert trailing_stamp("Делегация прибудет 28.10.2025") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("«21» августа 2018 года", "2018-08-21"),
        ("3.4.2014", "2014-04-03"),
        ("Nov. 28, 2018", "2018-11-28"),
    ],
)
def test_full_dates_keep_offsets(text: str, iso: str) -> None:
    [stamp] = full_dates(f"  {text}")
    assert stamp.day.isoformat() == iso
    assert 2 <= stamp.start < stamp.end <= len(text) + 2


def test_slashes_are_read_by_language() -> None:
    assert full_dates("03/05/2018", "ru")[0].day.isoformat() == "2018-05-03"
    assert full_dates("03/05/2018", "en")[0].day.isoformat() == "2018-03-05"


@pytest.mark.parametrize(
    ("address", "iso"),
    [
        ("https://a.example/2021/07/27/visit.html", "2021-07-27"),
        ("http://b.example/2018/0305/c5678a18/page.htm", "2018-03-05"),
        ("www.c.example/news/20210727-a.html", "2021-07-27"),
        ("https://d.example/news/27-07-2021/", "2021-07-27"),
    ],
)
def test_dates_in_addresses(address: str, iso: str) -> None:
    assert [d.day.isoformat() for d in address_dates(f"see {address}")] == [iso]


def test_numbers_in_addresses_are_not_dates() -> None:
    assert address_dates("http://a.example/id20190512345 and http://b.example/2019/05/") == []


def test_glued_headline() -> None:
    assert glued_end("China is looking for partnersGuests from Henan came to Troitsk.") == 29
    assert glued_end("The new TechnoSpark centre in Troitsk received guests from Henan.") is None


def test_verbs_tell_headlines_from_names() -> None:
    assert has_verb("Ministry of Energy signs memorandum")
    assert has_verb("Министерство энергетики подписало меморандум")
    assert not has_verb("Ministry of Energy of the Republic")
    assert not has_verb("Казанский федеральный университет")
    assert not has_verb("Министерство промышленности и торговли")


def test_empty_text_has_no_blocks() -> None:
    assert split_blocks(" \n\n\t") == []


def test_one_line_is_a_headline_or_text() -> None:
    [block] = split_blocks(
        "  A delegation of engineers from Lyon visited the Institute of Optics in Kazan on Monday.  "
    )
    assert (block.start, block.kind) == (2, "body")


WORDS = [
    *("Delegation", "visited", "завод", "Источник:", "Дата:", "Комментарии", "Share", "|", "—", "12.05.2019"),
    *("Read also", "(Xinhua)", "г.", "of", "«Восток»", "http://a.example/2019/05/12/", "©", "By Jane Roe"),
    *("- ", ".", "!", "TASS"),
]
wild = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from([*WORDS, *" \n\r\t", "\r\n", "\u2028", "\u00a0", "\ufeff", "\x0b"]), max_size=120
    ).map(" ".join),
    st.lists(st.sampled_from([*WORDS, " ", "\n", "\n\n", "\r\n"]), max_size=120).map("".join),
)


def bare(text: str) -> str:
    """The text without white space of either kind around it, in whatever order both stand."""
    while text != text.strip().strip(WHITE):
        text = text.strip().strip(WHITE)
    return text


@example("\ufeff \ufeff \ufeff0")
@settings(max_examples=300, deadline=None)
@given(wild)
def test_blocks_cover_the_text_in_order(text: str) -> None:
    blocks = split_blocks(text)
    position = 0
    for block in blocks:
        assert position <= block.start < block.end <= len(text)
        inside = text[block.start : block.end]
        assert inside == inside.strip()
        assert not bare(text[position : block.start])
        position = block.end
    assert not bare(text[position:])
    assert sum(block.kind == "title" for block in blocks) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "visit " * 200_000,
        "Read also\nDelegation visits plant\n" * 10_000,
        "Комментарии (1)\n" * 40_000,
        "The delegation visited the plant and signed an agreement on cooperation.\nRead also\n" * 8_000,
        "a\n" * 60_000,
        "By " * 100_000,
        "( " * 200_000,
    ],
    ids=["one line", "links", "headings", "text and links", "letters", "by", "brackets"],
)
def test_long_texts_take_linear_time(text: str) -> None:
    began = time.perf_counter()
    split_blocks(text)
    assert time.perf_counter() - began < 20


def _body_and_title(text: str) -> tuple[list[str], list[str]]:
    blocks = [(b.kind, " ".join(text[b.start : b.end].split())) for b in split_blocks(text)]
    return [t for kind, t in blocks if kind == "title"], [t for kind, t in blocks if kind == "body"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Home | News | About us | Contact\nRU  EN\n\n", ""),
        ("Главная\nО компании\nНовости\nКонтакты\n\n", ""),
        ("https://news.example/a/12345\n\n", "\n\nShare on Facebook\nPrint"),
        (
            "",
            "\n\nЧитайте также\nОткрыта поликлиника\nСнова ремонт\n\n© 2021 Газета. Все права защищены.",
        ),
        ("\ufeff\n\n", "\n\nRelated news\nMinister opens new clinic\nDynamo loses again"),
    ],
    ids=["menu", "Russian menu", "address", "links", "related"],
)
def test_furniture_around_a_page_changes_nothing(above: str, below: str) -> None:
    for layout in LAYOUTS:
        if layout.expect.get("title"):
            assert _body_and_title(above + layout.text + below) == _body_and_title(layout.text), layout.name


def test_blank_lines_between_all_lines_change_nothing() -> None:
    for layout in LAYOUTS:
        if "wrapped" not in layout.name:
            assert _body_and_title(layout.text.replace("\n", "\n\n")) == _body_and_title(layout.text), (
                layout.name
            )
