"""The tables of figures at the head of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coopex.evaluation.counts import Counts
from coopex.evaluation.run import Evaluation
from coopex.evaluation.scores import KINDS, Scores


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures; `strong` marks totals, `warns` figures that should not be so."""

    name: str
    cells: tuple[str, ...]
    strong: bool = False
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: what it tells, its columns after the first, and its rows."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[Row]


_COUNTS = ("precision", "recall", "F1", "right", "spurious", "missed")


def figures_of(evaluation: Evaluation) -> list[Figures]:
    """Give the tables: by slot, by language, by rule, by confidence."""
    scores = evaluation.overall
    found = [
        Figures(
            "All texts and each slot",
            f"Score {scores.score:.3f} over {scores.texts} texts: the mean F1 of the three kinds of record.",
            _COUNTS,
            list(_slots(scores)),
        ),
        Figures(
            "By language",
            "F1 of all slots.",
            ("texts", *KINDS, "score"),
            [_language(name, each) for name, each in evaluation.by_language.items()],
        ),
        Figures(
            "By rule",
            "Records that each rule had part in, how many of them the gold has, and the share of their values that "
            "is right.",
            ("records", "in gold", "values right"),
            [
                Row(rule, (str(seen.seen), str(seen.right), f"{seen.share_right:.2f}"))
                for rule, seen in sorted(scores.rules.items())
            ],
        ),
    ]
    if evaluation.calibration:
        found.append(_calibration(evaluation))
    return found


def _slots(scores: Scores) -> Iterator[Row]:
    for kind in KINDS:
        yield Row(kind, _cells(scores.total(kind)), strong=True)
        if kind in scores.records:
            yield Row("records", _cells(scores.records[kind]))
        yield from (Row(slot, _cells(counts)) for slot, counts in scores.slots[kind].items())
    for key, (right, seen) in scores.meta.items():
        yield Row(f"page: {key}", (f"{right / seen:.3f}", "", "", str(right), str(seen - right), ""))


def _cells(counts: Counts) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (counts.precision, counts.recall, counts.f1))
    return (*shares, str(counts.right), str(counts.spurious), str(counts.missed))


def _language(name: str, scores: Scores) -> Row:
    shares = tuple(f"{scores.total(kind).f1:.3f}" for kind in KINDS)
    return Row(name, (str(scores.texts), *shares, f"{scores.score:.3f}"))


def _calibration(evaluation: Evaluation) -> Figures:
    return Figures(
        "By confidence",
        "Mean confidence of the records of a bin, and the share of their values that is right.",
        ("records", "confidence", "right"),
        [
            Row(
                f"{each.low:.1f} to {each.high:.1f}",
                (str(each.records), f"{each.confidence:.2f}", f"{each.right:.2f}"),
                warns=not each.is_close,
            )
            for each in evaluation.calibration
        ],
    )
