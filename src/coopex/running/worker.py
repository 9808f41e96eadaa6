"""The process that reads and extracts: `python -m coopex.running.worker BOARD`.

It is spoken to over standard input and output.

It keeps its models from job to job. Whatever happens to it costs no other process anything.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from coopex.batch import Pipe, process
from coopex.duplicates import fingerprint, skipped
from coopex.errors import BadConfiguration, CoopexError, MissingModel
from coopex.export.rendering import render
from coopex.reading import Article, BadInput, read_input
from coopex.records import Document
from coopex.running.board import Board
from coopex.running.outcome import Outcome
from coopex.running.protocol import Channel, Fatal, Finished, Job, Numbered, Setup, sha256_of
from coopex.running.settings import OUT_OF_MEMORY, Limits
from coopex.stages import Stages


def main() -> None:
    """Serve jobs until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells its workers when to stop
    channel = _take_streams()
    _warm_up()
    try:
        setup: Setup = channel.receive()
        limit_memory(setup.limits)
        worker = Worker(setup, channel, Board.take(Path(sys.argv[1])))
        while True:
            worker.serve(channel.receive())
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _warm_up() -> None:
    """Load what every text needs, two things at a time, while the parent is still listing the inputs."""
    from coopex.language import load_in_background

    load_in_background()
    import_module("coopex.build")


def _take_streams() -> Channel:
    """Keep standard output for messages: what a library prints goes to standard error."""
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return Channel(sys.stdin.buffer, outgoing)


def limit_memory(limits: Limits) -> None:
    """Let this process have no more memory of its own than allowed, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):  # no such limit on Windows
        import resource

        size = limits.megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def give_back_memory() -> None:
    """Return what was freed to the system, where its C library can be told to: a quarter of a worker's memory."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)  # glibc alone has it


def _below_thresholds(least: float | None) -> dict[str, float]:
    """Return the option by which an extractor gives candidates below its thresholds; what is above is left out later.

    0.2 → {"min_confidence": 0.2}; 0.95 → {}
    """
    from coopex.weights import thresholds

    return {"min_confidence": least} if least is not None and least < max(thresholds().values()) else {}


class Worker:
    """Turns jobs into outcomes, sending each as soon as it is there."""

    def __init__(self, setup: Setup, channel: Channel, board: Board) -> None:
        settings = setup.settings
        self._settings, self._channel, self._board = settings, channel, board
        self._stages = Stages(self._entered)
        module, _, name = setup.extractor.partition(":")
        self._extractor: Pipe = getattr(import_module(module), name)(
            lang=settings.lang,
            en_ner=settings.en_ner,
            gate=settings.gate,
            stages=self._stages,
            **_below_thresholds(settings.min_confidence),
        )
        self._indices: dict[str, int] = {}
        self._alone = False

    def serve(self, job: Job) -> None:
        """Do a job and say that it is done."""
        self._indices, self._alone = {text.item.doc_id: text.index for text in job.texts}, job.alone
        before = dict(self._stages.seconds)
        try:
            for texts in [(text,) for text in job.texts] if job.alone else [job.texts]:
                for outcome in self._outcomes(texts, job.only_fingerprints):
                    self._channel.send(outcome)
        except (MissingModel, BadConfiguration) as error:
            self._channel.send(Fatal(error))
        give_back_memory()
        self._channel.send(
            Finished({stage: seconds - before.get(stage, 0.0) for stage, seconds in self._stages.seconds.items()})
        )

    def _entered(self, stage: str, doc_id: str | None) -> None:
        """Tell the pool; a text alone has its time in all, a batch has it for each step of each text."""
        index, before = self._indices.get(doc_id) if doc_id else None, self._board.read()
        if index is None and self._alone:
            index = before.index
        goes_on = self._alone and stage not in {"load", "read"} and before.stage != "load"
        self._board.write(stage, index, since=before.since if goes_on else None)

    def _outcomes(self, texts: Sequence[Numbered], only_fingerprints: bool) -> Iterator[Outcome]:
        read = [self._read(text) for text in texts]
        if only_fingerprints:
            for text, item in zip(texts, read, strict=True):
                yield self._fingerprinted(text, item)
            return
        for text, item, result in zip(texts, read, process(read, self._extractor, len(texts)), strict=True):
            yield self._outcome(text, item, result)

    def _read(self, text: Numbered) -> Article | BadInput:
        if isinstance(text.item, BadInput):
            return text.item
        with self._stages.at("read", text.item.doc_id):
            article = read_input(text.item, self._settings.read)
        if isinstance(article, BadInput):
            return article
        published = self._settings.published or article.published
        return replace(article, published=published, records=text.link is None)

    def _fingerprinted(self, text: Numbered, item: Article | BadInput) -> Outcome:
        if isinstance(item, BadInput):
            return Outcome.of_error(text.index, item.doc_id, item.path, sha256_of(text.item), item.error)
        told = str(fingerprint(item.text))
        return Outcome(text.index, item.doc_id, item.path, item.sha256, line="{}", fingerprint=told)

    def _outcome(self, text: Numbered, item: Article | BadInput, result: Document | CoopexError) -> Outcome:
        sha256 = item.sha256 if isinstance(item, Article) else sha256_of(text.item)
        if isinstance(result, CoopexError):
            return Outcome.of_error(text.index, item.doc_id, item.path, sha256, result)
        result = skipped(result, text.link) if text.link else result
        chosen = result.at_least(self._settings.min_confidence or 0.0)
        rendered = render(chosen)
        wanted = self._settings.duplicates == "link"
        return Outcome(
            text.index,
            item.doc_id,
            item.path,
            sha256,
            rendered.line,
            fingerprint=str(fingerprint(item.text)) if wanted and isinstance(item, Article) else None,
            counts=rendered.counts,
            left_out=result.record_count - chosen.record_count,
            duplicate_of=text.duplicate_of,
            tables=rendered.tables,
        )


if __name__ == "__main__":
    main()
