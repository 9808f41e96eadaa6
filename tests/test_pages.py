"""HTML pages: the article in them, what they say of it and where, and what hostile ones may cost."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
from trafilatura.utils import load_html

from coopex import Extractor
from coopex.errors import EmptyText
from coopex.reading import Article, Input, read_input
from coopex.reading.encoding import decode_page
from coopex.reading.pages import Page, _without_layout_tables, read_page
from files import ENGLISH, RUSSIAN, html

DAY = date(2018, 8, 21)
TITLE = "Делегация Харбина посетила Дубну"


def page(text: str, codec: str = "utf-8") -> Page:
    return read_page(text.encode(codec))


# --- text --------------------------------------------------------------------------------------


def test_the_article_without_what_stands_around_it() -> None:
    below = (
        "<div class='comments'><p>Иван: отличная новость, давно пора было пригласить таких гостей!</p></div>"
        "<script>document.write('<p>hello</p>')</script><style>p{color:red}</style>"
    )
    text = page(html(head=f"<title>{TITLE}</title>", above=f"<h1>{TITLE}</h1>", below=below)).text
    assert text == "\n\n".join((TITLE, *RUSSIAN))


def test_a_headline_that_the_article_lacks_is_put_above_it() -> None:
    text = page(html(head=f'<meta property="og:title" content="{TITLE}"><title>Новости</title>')).text
    assert text == "\n\n".join((TITLE, *RUSSIAN))


def test_a_headline_of_the_article_itself_is_enough() -> None:
    head = '<meta property="og:title" content="Харбин в Дубне: фото">'
    text = page(html(head=head, above=f"<h1>{TITLE}</h1>")).text
    assert text.split("\n\n")[0] == TITLE


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_page_made_of_tables_keeps_its_paragraphs(codec: str, declared: bool) -> None:
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={codec}">' if declared else ""
    old = (
        f"<HTML><HEAD>{meta}<TITLE>Вести</TITLE></HEAD><BODY><TABLE><TR><TD><A href=a>Главная</A><BR><A href=b>Архив"
        f"</A></TD><TD><H1>{TITLE}</H1><FONT size=-1>21.08.2018 14:05</FONT><BR><BR>{'<BR><BR>'.join(RUSSIAN)}</TD>"
        "</TR><TR><TD colspan=2>(c) 2001-2026</TD></TR></TABLE></BODY></HTML>"
    )
    found = page(old, codec)
    assert set(RUSSIAN) <= set(found.text.split("\n\n"))
    assert (found.facts.published, found.facts.origin["published"]) == (DAY, "headline")


def test_tables_of_data_stay_tables() -> None:
    data = "<table><tr><th>Город</th><th>Гостей</th></tr><tr><td>Харбин</td><td>12 учёных</td></tr></table>"
    article = f"{data}<p>{'</p><p>'.join(RUSSIAN)}</p>"
    for within in (article, f"<table><tr><td>{article}</td></tr></table>"):
        tree = load_html(f"<html><body><div>{within}</div></body></html>")
        assert tree is not None
        assert _without_layout_tables(tree) == (within != article)
        assert [len(list(table.iter("tr", "td"))) for table in tree.iter("table")] == [4]
    assert "| Харбин | 12 учёных |" in page(f"<html><body><article>{article}</article></body></html>").text


def test_a_piece_of_a_page_is_read() -> None:
    assert page(f"<p>{RUSSIAN[0]}</p>").text == RUSSIAN[0]


@pytest.mark.parametrize("empty", ["<html></html>", "<html><body><script>x()</script></body></html>", "<p> </p>"])
def test_a_page_without_an_article_says_so(empty: str) -> None:
    with pytest.raises(EmptyText):
        page(empty)


# --- encodings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<p>Визит".encode(), "utf-8"),
        ('<meta charset="windows-1251"><p>Визит'.encode(), "utf-8"),  # saved anew, the declaration left as it was
        ('<meta charset="windows-1251"><p>Визит'.encode("cp1251"), "cp1251"),
        ('<meta content="text/html; charset=koi8-r"><p>Визит'.encode("koi8-r"), "koi8-r"),
        ('<?xml version="1.0" encoding="cp866"?><p>Визит'.encode("cp866"), "cp866"),
        ("<p>Визит".encode("utf-16"), "utf-16"),
        (b'<meta charset="iso-8859-1"><p>\x93Gr\xf6\xdfe\x94', "cp1252"),
        ('<meta charset="utf-8"><p>Визит в Дубну'.encode() + b"\xd0", "utf-8"),
    ],
)
def test_encodings_of_pages(data: bytes, encoding: str) -> None:
    assert decode_page(data).encoding == encoding


@pytest.mark.parametrize("name", ["rot13", "unicode_escape", "idna", "base64", "utf-7", "nonsense", "x" * 30])
def test_declared_names_that_are_no_encodings_of_pages_are_passed_over(name: str) -> None:
    data = f'<meta charset="{name}"><p>{RUSSIAN[0]}'.encode("cp1251")
    assert decode_page(data).encoding == "cp1251"


# --- what pages say of themselves --------------------------------------------------------------

JSON_LD = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", %s}</script>'


@pytest.mark.parametrize(
    ("head", "above", "origin"),
    [
        ('<meta property="article:published_time" content="2018-08-21T10:00:00+03:00">', "", "meta"),
        (JSON_LD % '"datePublished": "2018-08-21T10:00:00+03:00"', "", "json-ld"),
        ('<link rel="canonical" href="https://e.example/2018/08/21/visit">', "", "url"),
        ("", '<time datetime="2018-08-21">вчера</time>', "markup"),
        ("", '<span class="news-date">21.08.2018</span>', "markup"),
        ("", f"<h1>{TITLE}</h1><span>21 августа 2018 года, 14:05</span>", "headline"),
    ],
)
def test_the_day_of_publication(head: str, above: str, origin: str) -> None:
    facts = page(html(head=f"<title>{TITLE}</title>{head}", above=above)).facts
    assert (facts.published, facts.origin["published"]) == (DAY, origin)


@pytest.mark.parametrize(
    "below",
    [
        "<p>© 2001–2026 Вести</p>",
        "<div id='copyright'>© 01.01.2001 – 31.12.2026</div>",
        "<p>Договор был подписан 03.05.2011 в Москве.</p>",
        "<p>The first agreement dates from 2011-05-03.</p>",
        "<p>Последнее обновление сайта: март 2020</p>",
    ],
)
def test_days_of_other_things_are_not_taken_for_it(below: str) -> None:
    facts = page(html(head=f"<title>{TITLE}</title>", above=f"<h1>{TITLE}</h1>", below=below)).facts
    assert facts.published is None
    assert "published" not in facts.origin


def test_title_source_authors_and_address() -> None:
    head = (
        f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Вести Наукограда">'
        '<link rel="canonical" href="https://vesti.example/1">' + JSON_LD
        % '"author": [{"@type": "Person", "name": "\\u0418\\u0440\\u0438\\u043d\\u0430 Ветрова"}]'
    )
    facts = page(html(head=head)).facts
    assert (facts.title, facts.source, facts.url) == (TITLE, "Вести Наукограда", "https://vesti.example/1")
    assert facts.authors == ("Ирина Ветрова",)
    assert facts.origin == {"title": "meta", "source": "meta", "authors": "json-ld", "url": "meta"}


@pytest.mark.parametrize(
    ("written", "names"),
    [("Автор: Ирина Ветрова", ("Ирина Ветрова",)), ("Редакция", ()), ("admin", ()), ("Пресс-служба института", ())],
)
def test_only_people_are_authors(written: str, names: tuple[str, ...]) -> None:
    assert page(html(head=f'<title>{TITLE}</title><meta name="author" content="{written}">')).facts.authors == names


def test_the_name_of_a_server_is_no_source() -> None:
    facts = page(html(head='<link rel="canonical" href="https://vesti.example/1">')).facts
    assert (facts.source, facts.url) == (None, "https://vesti.example/1")


# --- hostile pages -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000 + ENGLISH[0],
        "<table><tr><td>" * 3_000 + ENGLISH[0] * 5,
        "<b>" * 20_000 + ENGLISH[0] + "</i>" * 20_000,
        html(ENGLISH, head="<title>" + "A " * 200_000 + "</title>"),
        html(ENGLISH, head=JSON_LD % ('"a":' + "[" * 50_000)),
        html(ENGLISH, head='<meta name="author" content="' + "a; " * 50_000 + '">'),
        html(ENGLISH, above="<h1>" + "x" * 200_000 + "</h1>"),
        "<p " + " ".join(f"a{i}=b" for i in range(5_000)) + f">{ENGLISH[0]}</p>",
        html(ENGLISH).replace("<p>", "<p>\0\x08&#xD800;&#0;&#xFFFF;"),
        f'<html xmlns="x" xml:lang="en"><?php echo 1 ?><![CDATA[x]]><p>{ENGLISH[0]}</p></html>',
    ],
)
def test_hostile_pages_give_a_text_or_an_error(text: str) -> None:
    found = read_input(Input("a", "a.html", "html", text.encode()))
    if isinstance(found, Article):
        found.text.encode()
        assert "\0" not in found.text
    else:
        assert found.error.remedy


def test_nothing_is_imported_for_pages_before_one_comes() -> None:
    script = (
        "import sys, coopex.cli, coopex.reading as r, io\n"
        "list(r.find_inputs([sys.argv[1]]))\n"
        "r.read_input(r.Input('a', 'a.txt', data=b'A visit.'))\n"
        "print(sorted({'trafilatura', 'lxml', 'pypdf', 'warcio', 'spacy', 'charset_normalizer'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", script, __file__], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


# --- records of pages --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_a_page_tells_its_day_and_the_records_point_into_the_stored_text(extractor: Extractor) -> None:
    head = (
        '<meta property="article:published_time" content="2018-08-22"><meta property="og:site_name" content="Вести">'
        '<link rel="canonical" href="https://vesti.example/1">'
    )
    told = ("Во вторник делегация из Харбина посетила Дубну. Гости осмотрели ускорительный комплекс.", *RUSSIAN[1:])
    article = read_input(Input("a", "a.html", "html", html(told, head=f"<title>{TITLE}</title>{head}").encode()))
    assert isinstance(article, Article)
    [document] = extractor.pipe([article])
    assert (document.source, document.published) == ("Вести", date(2018, 8, 22))
    assert document.url == "https://vesti.example/1"
    assert document.metadata_origin == {"title": "title", "published": "meta", "source": "meta", "url": "meta"}
    assert [visit.date.start for visit in document.visits if visit.date] == [DAY]
    line = json.loads(document.to_json())
    assert line["text"] == article.text
    assert all(line["text"][e.start : e.end] == e.text for e in document.evidence())
    assert extractor.read(article).published == date(2018, 8, 22)
    assert extractor.read(article, published="2020-01-01").published == date(2020, 1, 1)


def test_a_headline_of_the_page_alone_gives_records(extractor: Extractor) -> None:
    below = ("Подробности встречи не сообщаются. Программа рассчитана на три дня и закончится в пятницу вечером.",) * 2
    article = read_input(Input("a", "a.html", "html", html(below, head=f"<title>{TITLE}</title>").encode()))
    assert isinstance(article, Article)
    [document] = extractor.pipe([article])
    assert [visit.evidence[0].block for visit in document.visits] == ["title"]


def test_a_day_that_is_none_is_told(extractor: Extractor) -> None:
    article = read_input(Input("a", "r.csv:2", "row", ENGLISH[0].encode(), {"published": "soon"}))
    assert isinstance(article, Article)
    [document] = extractor.pipe([article])
    assert document.published is None
    assert "'soon'" in document.warnings[0]
