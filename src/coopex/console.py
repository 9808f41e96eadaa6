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
    from coopex.evaluate import Counts, Scores
    from coopex.export import Summary
    from coopex.matching.rules import Rule
    from coopex.records import Document

STDOUT = Console(soft_wrap=True)
STDERR = Console(stderr=True)


def say(message: str, to: Console = STDERR) -> None:
    """Print a line as it is, also when it looks like markup or is longer than the terminal is wide."""
    to.print(message, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress_over(total: int, *, shown: bool) -> Iterator[Progress]:
    """Show a progress bar of `total` texts on standard error; one that is not a terminal gets none."""
    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=STDERR,
        transient=True,
        disable=not (shown and STDERR.is_terminal),
    )
    bar.add_task("reading", total=total)
    with bar:
        yield bar


def watch(
    outcomes: Iterable[Document | CoopexError], total: int, *, quiet: bool
) -> Iterator[Document | CoopexError]:
    """Pass outcomes on, moving a progress bar and telling each error as it comes."""
    with progress_over(total, shown=not quiet) as bar:
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
    table.add_section()
    table.add_row("seconds", "", f"{seconds:.1f}")
    STDERR.print(table)


def show_scores(scores: Scores) -> None:
    """Print the figures of an evaluation: each kind's slots and records, the page, the score."""
    table = Table("", "P", "R", "F1", "right", "spurious", "missed")
    for column in table.columns[1:]:
        column.justify = "right"
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


def show_rule_precision(scores: Scores) -> None:
    """Print, for each rule, how many of the records it had part in are in the gold."""
    table = Table("rule", "records", "right", "smoothed precision")
    for column in table.columns[1:]:
        column.justify = "right"
    for rule, seen in sorted(scores.rules.items()):
        table.add_row(rule, str(seen.seen), str(seen.right), f"{seen.confidence:.2f}")
    STDOUT.print(table)


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
