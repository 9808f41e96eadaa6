"""What of a page is no part of its article, and which day and author it names."""

from __future__ import annotations

from datetime import date

import pytest

from coopex.page.dateline import read_dateline
from coopex.reading.pages import Page, read_page

TEXT = "<p>A delegation of Oulu University visited the Graz Tram Works on Monday and saw its paint shop.</p>"
MORE = "<p>Director Olga Ruiz showed the guests the new depot, the museum of trams and a school for young drivers.</p>"

DAY = date(2018, 5, 7)
DECLARED = "<meta property='article:published_time' content='{}'>"


def page(body: str, head: str = "", headline: str = "Guests from Oulu") -> Page:
    """Read a page of a body below its headline."""
    head = f"<head><meta charset='utf-8'><title>{headline}</title>{head}</head>"
    return read_page(f"<!doctype html><html>{head}<body>{body}</body></html>".encode())


def article(below: str, behind: str = "") -> str:
    """Give an article with something below its headline and something behind its text."""
    return f"<article><h1>Guests from Oulu</h1>{below}{TEXT}{MORE}{behind}</article>"


@pytest.mark.parametrize(
    "other",
    [
        "<h3>Read also</h3><ul><li><a href='/x'>Team of Lima visited Omsk shipyard</a></li></ul>",
        "<div class='related'><h4>More</h4><p><a href='/x'>Team of Lima visited Omsk shipyard</a></p></div>",
        "<h3>Читайте также</h3><p><a href='/x'>Team of Lima visited Omsk shipyard</a></p>",
        "<p><b>See also:</b> <a href='/x'>Team of Lima visited Omsk shipyard and its museum</a></p>",
        "<div id='cookie-box'><p>We use cookies of Lima. Team of Lima visited Omsk shipyard.</p></div>",
    ],
)
def test_other_news_is_no_part_of_an_article(other: str) -> None:
    text = page(article("", other)).text
    assert "Lima" not in text
    assert "Graz Tram Works" in text
    assert "Olga Ruiz" in text


def test_links_inside_a_paragraph_stay() -> None:
    linked = "<p>Read also what <a href='/x'>the port of Lima</a> says of its plans for next year.</p>"
    text = page(article(linked)).text
    assert "port of Lima" in text


def test_the_credit_of_a_picture_stands_apart() -> None:
    caption = "<figure><img src='a.jpg'><figcaption>The guests at the depot. Photo: Per Lie</figcaption></figure>"
    lines = page(article(caption)).text.split("\n\n")
    assert not any("Per Lie" in line and "guests" in line for line in lines)


def test_an_article_in_an_aside_is_read() -> None:
    text = page(f"<div><p>Menu</p></div><aside><div>{TEXT}{MORE}</div></aside>").text
    assert "Graz Tram Works" in text


@pytest.mark.parametrize(
    ("head", "below", "behind", "day"),
    [
        ("<meta name='pubdate' content='20180507'>", "", "", DAY),
        ("<meta property='article:published_time' content='1525687200'>", "", "", DAY),
        (DECLARED.format("2018-05-06T22:10:00Z"), "<p>7 May 2018, 01:10</p>", "", DAY),
        ("<meta property='og:updated_time' content='2020-01-09'>", "<p>By Per Lie | 7 May 2018</p>", "", DAY),
        ("", "<p>Published: 7 May 2018, updated: 9 May 2018</p>", "", DAY),
        ("", "", "<aside><ul><li><time datetime='2019-12-01'>1 December 2019</time> A fair</li></ul></aside>", None),
        ('<script type="application/ld+json">{"datePublished": "2018-05-07T10:00:00Z"}</script>', "", "", DAY),
    ],
)
def test_the_day_of_publication(head: str, below: str, behind: str, day: date | None) -> None:
    assert page(article(below) + behind, head).facts.published == day


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p class='meta'>By Per Lie, Senior Reporter</p>", ("Per Lie",)),
        ("<div class='byline'>Per Lie<span>May 7, 2018</span></div>", ("Per Lie",)),
        ("<p class='lead'>By bus, then by tram</p>", ()),
    ],
)
def test_authors(below: str, names: tuple[str, ...]) -> None:
    assert page(article(below)).facts.authors == names


def test_a_dateline_with_slashes() -> None:
    found = read_dateline("OULU, FI / NORDLINE / May 7, 2018 / A delegation of Graz arrived.")
    assert found is not None
    assert found.place == "OULU, FI"
    assert read_dateline("Oulu and/or Graz will host the fair / exhibition in May.") is None
