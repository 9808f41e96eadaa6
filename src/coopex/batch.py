"""Many texts through one extractor, where a text that fails costs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from coopex.errors import AnnotationFailed, BadConfiguration, CoopexError, MissingModel
from coopex.reading import Article, BadInput
from coopex.stages import Stages

if TYPE_CHECKING:
    from coopex.records import Document

BATCH_SIZE = 32
"""Texts handed to the extractor at a time: enough for it to batch sentences, few enough to keep in memory."""


class Pipe(Protocol):
    """What is needed of an extractor."""

    stages: Stages

    def pipe(self, articles: Iterable[Article], *, batch_size: int = BATCH_SIZE) -> Iterator[Document]:
        """Yield one document an article, in order."""


def process(
    inputs: Iterable[Article | BadInput], extractor: Pipe, batch_size: int = BATCH_SIZE
) -> Iterator[Document | CoopexError]:
    """Yield a document for every text, or the error that says why there is none, in the order of the inputs.

    Raises `MissingModel` and `BadConfiguration`, which no text could get past, and `MemoryError`, after which
    nothing more should be tried in this process.
    """
    remaining = iter(inputs)
    while batch := list(islice(remaining, batch_size)):
        yield from _process_batch(batch, extractor)


def _process_batch(batch: Sequence[Article | BadInput], extractor: Pipe) -> Iterator[Document | CoopexError]:
    outcomes = _extract([item for item in batch if isinstance(item, Article)], extractor)
    for item in batch:
        yield item.error if isinstance(item, BadInput) else next(outcomes)


def _extract(articles: Sequence[Article], extractor: Pipe) -> Iterator[Document | CoopexError]:
    """Extract a batch at once; when that fails, each text that is left for itself, to find the one that fails."""
    done = 0
    try:
        for document in extractor.pipe(articles, batch_size=len(articles)):
            yield document
            done += 1
    except (MissingModel, BadConfiguration, MemoryError):
        raise
    except Exception:
        for article in articles[done:]:
            yield _extract_one(article, extractor)


def _extract_one(article: Article, extractor: Pipe) -> Document | CoopexError:
    name, stages = article.path or article.doc_id, extractor.stages
    stages.failed = None
    try:
        return next(iter(extractor.pipe([article], batch_size=1)))
    except CoopexError as error:
        return type(error)(file=name, cause=error.cause, remedy=error.remedy, stage=error.stage)
    except Exception as error:
        stage = stages.failed[0] if stages.failed else ""
        return AnnotationFailed(file=name, cause=" ".join(f"{type(error).__name__}: {error}".split()), stage=stage)
