"""The way of a text: clean → blocks → languages → annotate → match, resolve → events → records. Read this module first.

`Extractor` loads a language's models when the first text needs them and may then be shared between threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from coopex.blocks import Block, split_blocks
from coopex.errors import BadPublishedDate, TextTooLong
from coopex.language import label_languages
from coopex.metadata import Metadata, known_metadata, read_metadata
from coopex.reading.article import Article
from coopex.records import Document
from coopex.resolve.reading import Reading
from coopex.stages import Stages

if TYPE_CHECKING:
    from coopex.gate import Plan

_RECORD_LANGUAGES = ("en", "ru")
_TOLD = {"title", "body"}

LONGEST_TEXT = 200_000
"""Characters of one text. The longest of 169 news texts has 4,808; a whole book is no article, and its events are
compared with one another, which takes time with their square."""


class Extractor:
    """Extract records from texts.

    >>> Extractor().extract("Ректор Иванов посетил Харбин.").visits[0].leaders[0].name
    'Иванов'

    `lang` "en" or "ru" reads every block as that language instead of detecting it; `en_ner` names another
    installed spaCy pipeline whose names replace ours in English text; records of `min_confidence` or more are
    given, by default those from the fitted thresholds on; `stages` is told which step is under way and adds up what
    each takes. With `gate`, texts whose words tell of no event are not annotated but for their technology areas
    (`docs/gate.md`), and texts without records name no entities.
    """

    def __init__(
        self,
        *,
        lang: str = "auto",
        en_ner: str | None = None,
        min_confidence: float | None = None,
        stages: Stages | None = None,
        gate: bool = True,
    ) -> None:
        if lang not in {"auto", *_RECORD_LANGUAGES}:
            raise ValueError(f"lang must be auto, en or ru, not {lang!r}")
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence must be between 0 and 1, not {min_confidence!r}")
        self._lang, self._en_ner, self._min_confidence = lang, en_ner, min_confidence
        self.stages = stages or Stages()
        self._gate = gate and en_ner is None  # the gate knows where our own recogniser finds names
        self._annotators: dict[str, Any] = {}
        self._lock = Lock()

    def extract(self, text: str, *, doc_id: str = "text", published: date | str | None = None) -> Document:
        """Read one text into a `Document`; `published` (a date or ISO string) wins over what the text says."""
        return next(self.pipe([_article(text, doc_id, published)]))

    def pipe(self, articles: Iterable[Article | str], *, batch_size: int = 32) -> Iterator[Document]:
        """Read many texts, a batch of `batch_size` at a time, in their order."""
        from coopex.build import build_document

        for article, reading in self._read_all(articles, batch_size, self._gated if self._gate else self._whole):
            with self.stages.at("records", article.doc_id):
                document = build_document(article, reading, self._min_confidence)
            yield document

    def read(self, text: str | Article, *, published: date | str | None = None) -> Reading:
        """Give everything that was seen in one text: what `coopex explain` prints."""
        article = text if isinstance(text, Article) else _article(text, "text", None)
        dated = replace(article, published=_as_date(published) or article.published)
        return next(self.readings([dated]))[1]

    def readings(self, articles: Iterable[Article | str], *, batch_size: int = 32) -> Iterator[tuple[Article, Reading]]:
        """Read many texts up to events, before records are built; every block is read, gate or not."""
        yield from self._read_all(articles, batch_size, self._whole)

    def _read_all(
        self, articles: Iterable[Article | str], size: int, read: Callable[[Sequence[_Page]], Iterator[Reading]]
    ) -> Iterator[tuple[Article, Reading]]:
        for batch in _batches(articles, size):
            yield from zip(batch, read([self._page(article) for article in batch]), strict=True)

    def _whole(self, pages: Sequence[_Page]) -> Iterator[Reading]:
        """Annotate and resolve every block that tells something."""
        yield from map(self._resolved, pages, self._annotate(pages, [page.told for page in pages]))

    def _gated(self, pages: Sequence[_Page]) -> Iterator[Reading]:
        """Annotate and resolve texts that may tell of events; of the others read the technology areas alone."""
        plans = [self._plan(page) for page in pages]
        docs = self._annotate(pages, [plan.annotated for plan in plans])
        for page, plan, found in zip(pages, plans, docs, strict=True):
            yield self._resolved(page, found) if plan.whole else self._quiet(page, plan, found)

    def _plan(self, page: _Page) -> Plan:
        """Sort the blocks by what their words may mean for records."""
        from coopex.gate import plan

        with self.stages.at("gate", page.article.doc_id):
            return plan(page.article.text, page.blocks, page.told)

    def _resolved(self, page: _Page, docs: dict[int, Any]) -> Reading:
        """Match what is annotated of a text, read its names and references, and find its events."""
        from coopex.events import find_events
        from coopex.resolve import resolve

        with self.stages.at("annotate", page.article.doc_id):
            _share_names([doc for _, doc in sorted(docs.items())])
        with self.stages.at("resolve", page.article.doc_id):
            metadata = page.metadata
            reading = resolve(
                page.article.text, page.language, metadata, page.blocks, docs, metadata.published, self._base_form
            )
        with self.stages.at("events", page.article.doc_id):
            return find_events(reading)

    def _quiet(self, page: _Page, plan: Plan, docs: dict[int, Any]) -> Reading:
        """Read the technology areas of a text in which nothing is founded."""
        from coopex.gate import quiet_reading

        with self.stages.at("resolve", page.article.doc_id):
            _share_names([doc for _, doc in sorted(docs.items())])
            return quiet_reading(page.article.text, page.language, page.metadata, page.blocks, docs, plan.plain)

    def _page(self, article: Article) -> _Page:
        """Clean a text, split it into blocks with languages, and read its metadata."""
        from coopex.reading.cleaned import clean

        with self.stages.at("blocks", article.doc_id):
            _check_length(article)
            article = replace(article, text=clean(article.text).text)
            blocks = split_blocks(article.text)
            language, blocks = label_languages(article.text, blocks)
            if self._lang != "auto":
                language, blocks = self._lang, [Block(b.start, b.end, b.kind, self._lang) for b in blocks]
            metadata = known_metadata(article, read_metadata(article.text, blocks))
            return _Page(article, language, _cut_dateline(article.text, blocks, metadata), metadata)

    def _annotate(self, pages: Sequence[_Page], wanted: Sequence[Set[int]]) -> list[dict[int, Any]]:
        """Annotate some blocks of the texts of a batch, language by language; gives the Docs of each by block."""
        docs: list[dict[int, Any]] = [{} for _ in pages]
        for language in _RECORD_LANGUAGES:
            chosen = [
                (i, j, page.article.text[page.blocks[j].start : page.blocks[j].end])
                for i, (page, numbers) in enumerate(zip(pages, wanted, strict=True))
                for j in sorted(numbers)
                if page.blocks[j].language == language
            ]
            if chosen:
                annotator = self._annotator(language)
                with self.stages.at("annotate"):
                    for (i, j, _), doc in zip(chosen, annotator.annotate(text for _, _, text in chosen), strict=True):
                        docs[i][j] = doc
        return docs

    def _annotator(self, language: str) -> Any:
        with self._lock:
            if language not in self._annotators:
                with self.stages.at("load"):
                    self._annotators[language] = self._load(language)
            return self._annotators[language]

    def _load(self, language: str) -> Any:
        if language == "ru":
            from coopex.annotate.russian import RussianAnnotator

            return RussianAnnotator()
        from coopex.annotate.english import EnglishAnnotator

        return EnglishAnnotator(self._en_ner)

    def _base_form(self, span: Any, language: str) -> str:
        return str(self._annotator("ru").nominative(span)) if language == "ru" else str(span.text)


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its blocks, its language and what the page says of it."""

    article: Article
    language: str | None
    blocks: list[Block]
    metadata: Metadata

    @property
    def told(self) -> frozenset[int]:
        """Numbers of the blocks to annotate: title and body in a language of ours, where records are wanted."""
        return frozenset(
            i
            for i, block in enumerate(self.blocks)
            if self.language and self.article.records and block.kind in _TOLD and block.language in _RECORD_LANGUAGES
        )


def _check_length(article: Article) -> None:
    if len(article.text) > LONGEST_TEXT:
        cause = f"the text has {len(article.text):,} characters; one of more than {LONGEST_TEXT:,} is not read"
        raise TextTooLong(file=article.path, cause=cause)


def _cut_dateline(text: str, blocks: list[Block], metadata: Metadata) -> list[Block]:
    """Make a block of its own of a dateline that opens a paragraph: "TEHRAN, July 27 — " is no part of the sentence."""
    span = metadata.dateline_span
    if span is None:
        return blocks
    return [piece for block in blocks for piece in (_split_off(text, block, span) if block.kind == "body" else [block])]


def _split_off(text: str, block: Block, span: tuple[int, int]) -> list[Block]:
    if not block.start <= span[0] < span[1] < block.end:
        return [block]
    start = span[1]
    while start < block.end and (text[start].isspace() or text[start] in "—–-.:/"):
        start += 1
    if start >= block.end:
        return [block]
    return [
        Block(block.start, span[1], "credit", block.language),
        Block(start, block.end, "body", block.language),
    ]


def _share_names(docs: list[Any]) -> None:
    """Carry names found in one block of a text to its other blocks, language by language."""
    english, russian = ([doc for doc in docs if doc.lang_ == code] for code in _RECORD_LANGUAGES)
    if english:
        from coopex.annotate import names

        names.share_names(english)
    if russian:
        from coopex.annotate import spans_ru

        spans_ru.share_names(russian)


def _article(text: str, doc_id: str, published: date | str | None) -> Article:
    return Article(doc_id, text, published=_as_date(published))


def _as_date(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError as error:
        raise BadPublishedDate(cause=f"{published!r} is not a date", remedy="write it as YYYY-MM-DD") from error


def _batches(articles: Iterable[Article | str], size: int) -> Iterator[list[Article]]:
    numbered = (
        item if isinstance(item, Article) else Article(f"text-{i}", item) for i, item in enumerate(articles, start=1)
    )
    while batch := list(islice(numbered, size)):
        yield batch
