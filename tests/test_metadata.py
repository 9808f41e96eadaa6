from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import srsly
from hypothesis import given, settings

from coopex.blocks import split_blocks
from coopex.language import label_languages
from coopex.metadata import Metadata, known_metadata, read_metadata
from coopex.page.attribution import attributed_source
from coopex.page.authors import authors
from coopex.page.dateline import read_dateline
from coopex.reading import Article, PageFacts
from layouts import Layout, read_layouts
from test_blocks import wild


def _read(text: str) -> Metadata:
    return read_metadata(text, split_blocks(text))


@pytest.mark.parametrize("layout", read_layouts(), ids=lambda layout: layout.name)
def test_layout(layout: Layout) -> None:
    _, blocks = label_languages(layout.text, split_blocks(layout.text))
    found = read_metadata(layout.text, blocks)
    expect = layout.expect
    got = {
        "title": found.title,
        "published": found.published,
        "source": found.source,
        "authors": list(found.authors),
        "place": found.dateline_place,
    }
    wanted = {key: expect.get(key) for key in ("title", "published", "source", "place")}
    assert got == {**wanted, "authors": expect.get("authors", [])}


def pages() -> list[tuple[str, str | None]]:
    data = srsly.read_yaml(Path(__file__).parent / "data" / "published.yaml")
    return [
        (case["page"].replace("{en}", data["en"]).replace("{ru}", data["ru"]), case["published"])
        for case in data["pages"]
    ]


@pytest.mark.parametrize(("text", "published"), pages(), ids=[text[:70] for text, _ in pages()])
def test_day_of_publication(text: str, published: object) -> None:
    _, blocks = label_languages(text, split_blocks(text))
    found = read_metadata(text, blocks).published
    assert str(found) == str(published)


def test_spans_point_at_the_date_and_the_dateline() -> None:
    text = "Visit of the Cubans\n\nTEHRAN, July 27, 2021 — A Cuban team held talks with its Iranian hosts.\n"
    found = _read(text)
    assert found.published_span is not None
    assert found.dateline_span is not None
    assert text[slice(*found.published_span)] == "July 27, 2021"
    assert text[slice(*found.dateline_span)] == "TEHRAN, July 27, 2021 — "
    assert (found.dateline_place, found.published) == ("TEHRAN", datetime.date(2021, 7, 27))


def test_nothing_said_is_none() -> None:
    found = _read("a visit")
    assert (found.published, found.source, found.authors, found.published_span, found.dateline_span) == (
        None,
        None,
        (),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("line", "place", "agency", "date"),
    [
        ("TEHRAN, July 27, 2021 — Vicente Verez held talks", "TEHRAN", None, "July 27, 2021"),
        ("BEIJING, Aug. 3 (Xinhua) -- A delegation arrived", "BEIJING", "Xinhua", "Aug. 3"),
        ("NEW DELHI, 20 July (PTI): Two ministers met", "NEW DELHI", "PTI", "20 July"),
        ("TASHKENT (TCA) — The president arrived", "TASHKENT", None, None),
        ("МОСКВА, 20 февраля 2019 года. /ТАСС/. Глава заявил", "МОСКВА", "ТАСС", "20 февраля 2019 года"),
        ("МОСКВА, 18 сен — ПРАЙМ. На форуме подписали", "МОСКВА", "ПРАЙМ", "18 сен"),
        ("ТАШКЕНТ, 18 марта. /Корр. ТАСС Валерий Бирюков/. Президент прибыл", "ТАШКЕНТ", "ТАСС", "18 марта"),
        ("Казань, 25 июня 2021 г. – Делегация прибыла", "Казань", None, "25 июня 2021 г."),
        ("SINGAPORE - British company Dyson opened a centre", "SINGAPORE", None, None),
        ("LAHORE: The university hosted a delegation", "LAHORE", None, None),
        ("PALIKIR, Pohnpei (FIS): June 23, 1997 - The head", "PALIKIR, Pohnpei", "FIS", "June 23, 1997"),
        ("WASHINGTON, D.C., March 4, 2020 – The two agencies", "WASHINGTON, D.C", None, "March 4, 2020"),
        ("МОСКВА, 3 мая - РИА Новости, Иван Снегов. Завод", "МОСКВА", "РИА Новости", "3 мая"),
        ("Москва. 3 мая 2019. INTERFAX.RU - Завод", "Москва", "INTERFAX.RU", "3 мая 2019"),
        ("Tehran, IRNA – Two ministers met", "Tehran", "IRNA", None),
        ("НУР-СУЛТАН. КАЗИНФОРМ - Завод построят", "НУР-СУЛТАН", "КАЗИНФОРМ", None),
        ("SHENZHEN, China, May 5, 2020 /PRNewswire/ -- A", "SHENZHEN, China", "PRNewswire", "May 5, 2020"),
        ("MUNICH--(BUSINESS WIRE)--Two companies signed", "MUNICH", "BUSINESS WIRE", None),
        ("Beijing, China – May 5, 2020 – A company", "Beijing, China", None, "May 5, 2020"),
        ("Ханой. Генеральный директор встретился", "Ханой", None, None),
        ("(Xinhua) -- Chinese leaders have visited six countries", None, "Xinhua", None),
    ],
)  # fmt: skip
def test_datelines(line: str, place: str | None, agency: str | None, date: str | None) -> None:
    found = read_dateline(line)
    assert found is not None
    told = line[slice(*found.date)] if found.date else None
    assert (found.place, found.agency, told) == (place, agency, date)


@pytest.mark.parametrize(
    "line",
    [
        "Dyson (Singapore) opened a centre on Monday.",
        "Huawei - a Chinese company - opened a centre.",
        "РОСНАНО — государственная корпорация, созданная в 2007 году.",
        "NASA - the American agency - signed an agreement.",
        "On Tuesday, May 4, 2021 – the last day of the visit – they signed.",
        "В Казань, 25 июня 2021 года – День молодёжи – приехали гости.",
        "UK: Applying for the visa is a very simple process.",
        "Anton J. Gruber (August 9, 1929 – May 3, 2014) was an engineer.",
        "On July 27, 2021 a delegation arrived.",
        "25 июня 2021 года Казань посетила делегация.",
        "Minister Ivan Orlov (Russia) – the head of the delegation – spoke first.",
        "Спасибо. Делегация была принята очень тепло.",
    ],
)
def test_sentences_that_are_no_datelines(line: str) -> None:
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Стороны договорились о сотрудничестве, сообщает пресс-служба главы республики.",
            "пресс-служба главы республики",
        ),
        ("Об этом сообщили в пресс-службе Минпромторга России.", "пресс-служба Минпромторга России"),
        ("Об этом передаёт ТАСС со ссылкой на мэрию.", "ТАСС"),
        ("Об этом он рассказал порталу, сообщает BaigeNews.kz со ссылкой на посольство.", "BaigeNews.kz"),
        ("По данным пресс-службы университета, гости пробыли два дня.", "пресс-служба университета"),
        ("A deal was signed, the Prime Minister's website reported on Thursday.", "Prime Minister's website"),
        (
            "The guests left on Monday, according to the press service of the Tatar government.",
            "press service of the Tatar government",
        ),
        ("A delegation arrived on Monday, Trend reports citing the embassy.", "Trend"),
        ("The minister said that the talks were useful.", None),
        ("Министр сообщил, что переговоры были полезными.", None),
    ],
)
def test_reports_that_a_text_passes_on(sentence: str, source: str | None) -> None:
    assert attributed_source([sentence]) == source


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe and R. Tan, Reuters", ("Jane Roe", "R. Tan")),
        ("Author: Natalya Mai", ("Natalya Mai",)),
        ("Текст: Анна Полевая, фото: Иван Лесной", ("Анна Полевая",)),
        ("Автор: пресс-служба университета", ()),
        ("By our correspondent", ()),
        ("Editor: W. Li", ()),
        ("Ирина Ветрова", ("Ирина Ветрова",)),
    ],
)
def test_authors(line: str, names: tuple[str, ...]) -> None:
    assert authors([line]) == names


@settings(max_examples=150, deadline=None)
@given(wild)
def test_spans_are_inside_the_text(text: str) -> None:
    found = _read(text)
    for span in (found.published_span, found.dateline_span):
        assert span is None or 0 <= span[0] < span[1] <= len(text)
    assert (found.published is None) == (found.published_span is None)


# --- what was known before the text was read ----------------------------------------------------

TOLD = "Visit of the Cubans\n\nTEHRAN, July 27, 2021 (IRNA) — A Cuban team held talks with its Iranian hosts.\n"
PAGE = PageFacts(
    title="Cubans in Tehran",
    published=datetime.date(2021, 7, 28),
    authors=("Jane Roe",),
    url="https://e.example/1",
    origin={"title": "meta", "published": "json-ld", "authors": "meta", "url": "meta", "source": "meta"},
)


def test_the_text_tells_what_nobody_told_before() -> None:
    read = _read(TOLD)
    known = known_metadata(Article("a", TOLD), read)
    assert known.origin == {"title": "text", "published": "text", "source": "text"}
    assert (known.title, known.published, known.source, known.url) == (read.title, read.published, "IRNA", None)
    assert known.published_span == read.published_span


def test_what_the_page_says_goes_before_what_the_text_says() -> None:
    known = known_metadata(Article("a", TOLD, page=PAGE), _read(TOLD))
    assert (known.title, known.published) == ("Cubans in Tehran", datetime.date(2021, 7, 28))
    assert (known.source, known.authors, known.url) == ("IRNA", ("Jane Roe",), "https://e.example/1")
    assert list(known.origin.items()) == [
        ("title", "meta"),
        ("published", "json-ld"),
        ("source", "text"),
        ("authors", "meta"),
        ("url", "meta"),
    ]
    assert known.published_span is None
    assert known.dateline_span is not None


def test_the_caller_knows_best() -> None:
    day = datetime.date(2020, 1, 2)
    known = known_metadata(Article("a", TOLD, published=day, page=PAGE), _read(TOLD))
    assert (known.published, known.origin["published"], known.origin["title"]) == (day, "caller", "meta")
