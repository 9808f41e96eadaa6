"""What the command line shows: progress, errors, and figures as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from coopex.errors import CoopexError
    from coopex.evaluation import Counts, Evaluation, Scores
    from coopex.evaluation.calibration import Bin
    from coopex.export import Summary
    from coopex.matching.rules import Rule
    from coopex.records import Document

STDOUT = Console(soft_wrap=True)
STDERR = Console(stderr=True)


def say(message: str, to: Console = STDERR) -> None:
    """Print a line as it is, also when it looks like markup or is longer than the terminal is wide."""
    to.print(message, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress_over(total: int) -> Iterator[Progress]:
    """Show a progress bar of `total` texts on standard error; one that is not a terminal gets none."""
    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=STDERR,
        transient=True,
        disable=not STDERR.is_terminal,
    )
    bar.add_task("reading", total=total)
    with bar:
        yield bar


def watch(
    outcomes: Iterable[Document | CoopexError], total: int
) -> Iterator[Document | CoopexError]:
    """Pass outcomes on, moving a progress bar and telling each error as it comes."""
    with progress_over(total) as bar:
        for outcome in outcomes:
            bar.advance(bar.task_ids[0])
            if isinstance(outcome, Exception):
                say(f"error: {outcome}", bar.console)
            yield outcome


def show_summary(summary: Summary, seconds: float) -> None:
    """Print the closing table of a run: texts, records by type and status, seconds."""
    table = Table("what", "of which", "number")
    table.columns[2].justify = "right"
    table.add_row("texts", "", str(summary.texts))
    if summary.failed:
        table.add_row("", "failed", str(summary.failed))
    for kind, counts in summary.records.items():
        table.add_section()
        table.add_row(kind, "", str(counts.total()))
        for status, number in counts.most_common():
            table.add_row("", status, str(number))
    if summary.left_out:
        table.add_section()
        table.add_row("left out", "below --min-confidence", str(summary.left_out))
    table.add_section()
    table.add_row("seconds", "", f"{seconds:.1f}")
    STDERR.print(table)


def show_evaluation(evaluation: Evaluation, *, by_rule: bool, calibration: bool) -> None:
    """Print the figures of an evaluation, the total last."""
    if by_rule:
        STDOUT.print(_rule_table(evaluation.overall))
    if calibration:
        STDOUT.print(calibration_table(evaluation.calibration, "confidence"))
    if len(evaluation.by_language) > 1:
        STDOUT.print(_language_table(evaluation.by_language))
    show_scores(evaluation.overall)


def _numbers(*headers: str) -> Table:
    """Make a table whose columns after the first hold numbers."""
    table = Table(*headers)
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def show_scores(scores: Scores) -> None:
    """Print the figures of all texts: each kind's slots and records, the page, the score."""
    table = _numbers("", "P", "R", "F1", "right", "spurious", "missed")
    for kind in ("visits", "agreements", "technologies"):
        table.add_row(*_counts(f"{kind}: all slots", scores.total(kind)), style="bold")
        if kind in scores.records:
            table.add_row(*_counts("  records", scores.records[kind]))
        for slot, counts in scores.slots[kind].items():
            table.add_row(*_counts(f"  {slot}", counts))
        table.add_section()
    STDOUT.print(table)
    right = ", ".join(f"{key} {right}/{seen}" for key, (right, seen) in scores.meta.items())
    say(f"page: {right}", STDOUT)
    say(f"score {scores.score:.4f} over {scores.texts} texts", STDOUT)


def _counts(name: str, counts: Counts) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (counts.precision, counts.recall, counts.f1))
    return (name, *shares, str(counts.right), str(counts.spurious), str(counts.missed))


def _language_table(by_language: Mapping[str, Scores]) -> Table:
    table = _numbers("language", "texts", "visits F1", "agreements F1", "technologies F1", "score")
    for language, scores in by_language.items():
        shares = (f"{scores.total(kind).f1:.3f}" for kind in ("visits", "agreements", "technologies"))
        table.add_row(language, str(scores.texts), *shares, f"{scores.score:.3f}")
    return table


def _rule_table(scores: Scores) -> Table:
    """Tell, for each rule, how many of the records it had part in are in the gold, and how much of them is right."""
    table = _numbers("rule", "records", "in gold", "smoothed precision", "values right")
    for rule, seen in sorted(scores.rules.items()):
        table.add_row(rule, str(seen.seen), str(seen.right), f"{seen.confidence:.2f}", f"{seen.share_right:.2f}")
    return table


def calibration_table(found: Iterable[Bin], title: str) -> Table:
    """Tell, for bins of confidence, the mean confidence and the share of values that is right."""
    table = _numbers(title, "records", "mean", "right")
    for each in found:
        name = f"{each.low:.1f} to {each.high:.1f}"
        table.add_row(name, str(each.records), f"{each.confidence:.2f}", f"{each.right:.2f}")
    return table


def show_differences(differences: Mapping[str, Iterable[str]]) -> None:
    """Print what differs from the gold, text by text."""
    for name, told in differences.items():
        say(name, STDOUT)
        for line in told:
            say(f"  {line}", STDOUT)


def rule_lines(rule: Rule) -> Iterator[str]:
    """Describe a rule: what it says, what sets it off, its slots, its examples."""
    yield f"{rule.id}: {rule.says}"
    yield f"  record: {rule.record}" + (f", {rule.status}" if rule.status else "")
    for language in rule.triggers:
        yield f"  {language}: {', '.join(trigger_words(rule, language))}"
    for slot in rule.slots:
        yield f"  {slot.name}: {' or '.join(slot.roles)}, {' or '.join(sorted(slot.kinds))}"
    for examples, sign in ((rule.examples, "+"), (rule.counter_examples, "-")):
        for sentences in examples.values():
            yield from (f"  {sign} {sentence}" for sentence in sentences)


def trigger_words(rule: Rule, language: str) -> list[str]:
    """List what sets a rule off in a language: ["arrive", …, "set foot"]."""
    phrases = {" ".join(words) for words in rule.phrases.get(language, ())}
    return sorted({lemma for lemma, _ in rule.triggers[language]} | phrases)


def rules_markdown(rules: Iterable[Rule]) -> Iterator[str]:
    """Write all rules as a Markdown page, for `docs/rules.md`."""
    yield "# Rules\n"
    yield "Generated by `make docs` from `src/coopex/rules/`. A bracket marks what fills a slot.\n"
    for rule in rules:
        yield from _rule_markdown(rule)


def _rule_markdown(rule: Rule) -> Iterator[str]:
    status = f" with status `{rule.status}`" if rule.status else ""
    yield f"## {rule.id}\n"
    yield f"{rule.says} Gives: {rule.record}{status}.\n"
    yield "| slot | role | filled by |\n| --- | --- | --- |"
    for slot in rule.slots:
        yield f"| {slot.name} | {', else '.join(slot.roles)} | {', '.join(sorted(slot.kinds))} |"
    yield "\nNeeds: " + "; ".join(" or ".join(sorted(need)) for need in rule.needs) + ".\n"
    for language in rule.triggers:
        yield f"- triggers, {language}: {', '.join(trigger_words(rule, language))}"
    yield ""
    yield from _examples_markdown("Matches", rule.examples)
    yield from _examples_markdown("Does not match", rule.counter_examples)


def _examples_markdown(title: str, examples: Mapping[str, Iterable[str]]) -> Iterator[str]:
    sentences = [sentence for each in examples.values() for sentence in each]
    if sentences:
        yield f"{title}:\n"
        yield from (f"- {sentence}" for sentence in sentences)
        yield ""
