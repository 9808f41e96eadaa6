from __future__ import annotations

from html.parser import HTMLParser

from coopex.notebook import COLOURS, document_html, marks_of
from coopex.records import Document
from samples import TEXT, document


class Page(HTMLParser):
    """The words, tags and titles of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.titles = "", set[str](), list[str]()
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.titles += [value for name, value in attrs if name == "title" and value]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def page(document: Document) -> Page:
    return Page(document_html(document))


def test_the_whole_text_is_shown_unchanged() -> None:
    shown = page(document().with_text(TEXT))
    assert TEXT in shown.words
    assert shown.open == []


def test_nothing_in_the_text_becomes_markup() -> None:
    bad = '<script>alert("1")</script> & <b>'
    shown = page(Document(doc_id=bad, title=bad, source=bad).with_text(bad))
    assert shown.tags <= {"div", "p", "b", "br", "small", "span", "table", "tr", "th", "td"}
    assert shown.words.count(bad) == 3


def test_every_slot_is_titled() -> None:
    titles = "\n".join(page(document().with_text(TEXT)).titles)
    for told in (
        "visit 1, visitors: Ivanov",
        "visit 1, places: Harbin",
        "visit 1, date: 2018-08-21 to 2018-08-21",
        "memorandum 1, parties: Harbin University",
        "memorandum 1: signed",
        "lasers (topic)",
    ):
        assert told in titles


def test_overlapping_marks_share_their_words() -> None:
    """The visit and the memorandum have one date: its words carry both titles."""
    both = [title for title in page(document().with_text(TEXT)).titles if "visit 1, date" in title]
    assert both == ["visit 1, date: 2018-08-21 to 2018-08-21\nmemorandum 1, date: 2018-08-21 to 2018-08-21"]


def test_records_are_shown_without_the_text() -> None:
    shown = page(document())
    assert TEXT not in shown.words
    assert "Ivanov" in shown.words
    assert "memorandum" in shown.words


def test_a_document_without_records_is_shown() -> None:
    assert page(Document(doc_id="empty").with_text("A text.")).words == "emptyA text."


def test_every_slot_has_a_colour() -> None:
    assert {mark.slot for mark in marks_of(document())} <= set(COLOURS)


def test_notebooks_call_it() -> None:
    assert document()._repr_html_() == document_html(document())
