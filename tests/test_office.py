"""PDF and Word documents."""

from __future__ import annotations

import pytest

from coopex.errors import BrokenFile, EmptyText, TooLarge
from coopex.reading import Article, BadInput, Input, read_input
from coopex.reading.docx import docx_text
from coopex.reading.forms import Form
from coopex.reading.pdf import pdf_text
from files import ENGLISH, RUSSIAN, docx, paragraph, pdf, zipped

LIMIT = 1_000_000


@pytest.mark.parametrize("lines", [ENGLISH, RUSSIAN])
def test_the_text_of_a_pdf(lines: tuple[str, ...]) -> None:
    assert pdf_text(pdf(lines), LIMIT).split("\n") == list(lines)


def test_words_divided_at_the_end_of_a_line_are_made_whole() -> None:
    text = pdf_text(pdf(["Делегация посе-", "тила Харбин и Нью-", "Йорк – столицы 2018-", "2019 годов"]), LIMIT)
    assert text.split("\n") == ["Делегация посетила Харбин и Нью-", "Йорк – столицы 2018-", "2019 годов"]


def test_a_pdf_without_text_speaks_of_text_recognition() -> None:
    with pytest.raises(EmptyText, match="OCR"):
        pdf_text(pdf([]), LIMIT)


def test_a_pdf_with_too_much_text_is_stopped() -> None:
    with pytest.raises(TooLarge):
        pdf_text(pdf(RUSSIAN), 50)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_properties_of_the_file_are_no_facts_of_the_article(form: Form) -> None:
    info = "/Title (Template 7) /Author (clerk) /CreationDate (D:20200101000000Z)"
    data = pdf(ENGLISH, info=info) if form == "pdf" else docx("".join(map(paragraph, ENGLISH)))
    article = read_input(Input("a", f"a.{form}", form, data))
    assert isinstance(article, Article)
    assert (article.page.title, article.page.published, article.page.authors) == (None, None, ())
    assert "Template" not in article.text


def test_paragraphs_tables_and_signs_of_a_word_document() -> None:
    cell = "<w:tc>{}</w:tc>".format
    body = (
        paragraph("Визит & «итоги»")
        + "<w:p/>"
        + "<w:p><w:r><w:t>Гости</w:t><w:tab/><w:t>при</w:t></w:r><w:hyperlink><w:r><w:t>были</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>в Нью</w:t><w:noBreakHyphen/><w:t>Йорк</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr>{cell(paragraph('Харбин'))}{cell(paragraph('Дубна'))}</w:tr></w:tbl>"
        + "<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText>"
        "<w:t>Конец</w:t></w:r></w:p>"
    )
    assert docx_text(docx(body), LIMIT).split("\n\n") == [
        "Визит & «итоги»",
        "Гости\tприбыли\nв Нью-Йорк",
        "Харбин",
        "Дубна",
        "Конец",
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Рамка')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>Перед </w:t></w:r><w:r>{both}</w:r><w:r><w:t>после</w:t></w:r></w:p>"
    assert docx_text(docx(body), LIMIT).split("\n\n") == ["Рамка", "Перед после"]


def _word(xml: str) -> bytes:
    return zipped({"word/document.xml": xml})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(""), EmptyText),
        (_word("<a><b></a>"), BrokenFile),
        (_word('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'), BrokenFile),
        (_word('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), BrokenFile),
        (docx(paragraph("x" * 2 * LIMIT)), TooLarge),
        (docx(f"<!--{'x' * 30 * LIMIT}-->"), TooLarge),
        (docx("<!-- note -->" * 2 * LIMIT), TooLarge),
        (docx("<w:p>" * 100_000), BrokenFile),
    ],
)
def test_a_word_document_that_cannot_be_read_says_why(data: bytes, kind: type[Exception]) -> None:
    from coopex.reading import ReadOptions

    found = read_input(Input("a", "a.docx", "docx", data), ReadOptions(max_size=LIMIT))
    assert isinstance(found, BadInput)
    assert type(found.error) is kind
    assert "passwd" not in str(found.error)
