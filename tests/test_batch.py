from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from coopex.batch import process
from coopex.errors import AnnotationFailed, CoopexError, EmptyText, MissingModel
from coopex.reading import Article, BadInput
from coopex.records import Document
from coopex.stages import Stages


class Fake:
    """An extractor that stops at texts holding "bad", as a whole batch does."""

    def __init__(self, error: Exception) -> None:
        self.stages = Stages()
        self.error = error
        self.batches: list[int] = []

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Document]:
        self.batches.append(batch_size)
        for article in articles:
            if "bad" in article.text:
                raise self.error
            yield Document(doc_id=article.doc_id)


def articles(*texts: str) -> list[Article | BadInput]:
    return [
        Article(doc_id=f"t{number}", text=text, path=f"t{number}.txt") for number, text in enumerate(texts)
    ]


def names(outcomes: Iterable[Document | CoopexError]) -> list[str]:
    return [outcome.doc_id if isinstance(outcome, Document) else f"!{outcome.file}" for outcome in outcomes]


def test_a_bad_text_costs_only_itself() -> None:
    outcomes = list(process(articles("a", "bad", "c"), Fake(RuntimeError("no tree"))))
    assert names(outcomes) == ["t0", "!t1.txt", "t2"]
    assert isinstance(outcomes[1], AnnotationFailed)
    assert outcomes[1].cause == "RuntimeError: no tree"


def test_errors_of_its_own_keep_their_kind_and_gain_the_file() -> None:
    outcomes = list(process(articles("bad"), Fake(EmptyText(cause="only boilerplate"))))
    assert names(outcomes) == ["!t0.txt"]
    assert isinstance(outcomes[0], EmptyText)
    assert outcomes[0].cause == "only boilerplate"


def test_unreadable_files_keep_their_place() -> None:
    bad = BadInput("b", "b.txt", EmptyText(file="b.txt"))
    outcomes = process([*articles("a"), bad, *articles("c")], Fake(RuntimeError()))
    assert names(outcomes) == ["t0", "!b.txt", "t0"]


def test_a_missing_model_ends_the_run() -> None:
    with pytest.raises(MissingModel):
        list(process(articles("a", "bad"), Fake(MissingModel())))


def test_texts_go_in_batches_and_come_out_as_soon_as_one_is_done() -> None:
    extractor = Fake(RuntimeError())
    outcomes = process(iter(articles("a", "b", "c")), extractor, batch_size=2)
    assert next(outcomes) == Document(doc_id="t0")
    assert extractor.batches == [2]
    assert names(outcomes) == ["t1", "t2"]
    assert extractor.batches == [2, 1]
