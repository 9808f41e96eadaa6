"""Extractors that stand in for the real one in worker processes: `Plan(extractor="fakes:Fake")`, tests on the path.

A text says what becomes of it: "bad" fails, "hang" never ends, "die" ends the process, "greedy" takes all memory.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from coopex.reading import Article
from coopex.records import Document
from coopex.stages import Stages
from samples import document


class Fake:
    """Gives the sample document for every text that asks for nothing else."""

    def __init__(self, *, stages: Stages, **settings: object) -> None:
        self.stages = stages

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Document]:
        for article in articles:
            with self.stages.at("resolve", article.doc_id):
                obey(article.text)
            facts = {name: getattr(article, name) for name in ("path", "sha256", "published")}
            found = document(article.doc_id) if article.records else Document(doc_id=article.doc_id)
            yield found.model_copy(update=facts)


class Slow(Fake):
    """Takes its time over every text, so that there is time to kill it."""

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Document]:
        for found in super().pipe(articles, batch_size=batch_size):
            time.sleep(0.004)
            yield found


class BadBatches(Fake):
    """Ends the process whenever it is given more than one text that it has not seen fail yet."""

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Document]:
        if batch_size > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from super().pipe(articles, batch_size=batch_size)


def obey(text: str) -> None:
    """Do what a text says."""
    if "bad" in text:
        raise RuntimeError("no tree")
    if "hang" in text:
        time.sleep(600)
    if "die" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "greedy" in text:
        _ = bytearray(3_000_000_000)


HERE = str(Path(__file__).parent)
"""What PYTHONPATH must hold for workers to find this module."""
