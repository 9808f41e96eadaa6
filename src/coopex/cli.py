"""The command line: it parses, calls and prints, and leaves all work to the library.

Data goes to standard output and everything else to standard error. Exit codes: 0 all went well, 1 the command
failed, 2 it was called wrongly, 3 it finished but some texts could not be processed (see errors.jsonl), 130 it was
interrupted.

Nothing heavy is imported up here: a command imports what it needs when it runs, so that `--help` is quick.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coopex.errors import CoopexError

if TYPE_CHECKING:
    from coopex.evaluation import Evaluation
    from coopex.pipeline import Extractor
    from coopex.reading import Article, ReadOptions
    from coopex.running import Report

FAILED, BAD_TEXTS, INTERRUPTED = 1, 3, 130
DEFAULT_OUT = Path("data/extracted")

app = typer.Typer(
    help="Read English and Russian news about international cooperation into records of visits, agreements "
    "and technology areas.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Language(StrEnum):
    """Values of `--lang`."""

    auto = "auto"
    en = "en"
    ru = "ru"


class FileFormat(StrEnum):
    """Values of `--format`."""

    jsonl = "jsonl"
    csv = "csv"


class Copies(StrEnum):
    """Values of `--duplicates`."""

    link = "link"
    skip = "skip"
    ignore = "ignore"


LangOption = Annotated[
    Language, typer.Option("--lang", help="Read every text in this language instead of detecting it.")
]
NerOption = Annotated[
    str | None,
    typer.Option("--en-ner", help="Installed spaCy pipeline to take the names of English texts from."),
]
PublishedOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of publication; it wins over what the text says."),
]


GlobOption = Annotated[
    list[str] | None,
    typer.Option(
        "--glob",
        help="Files of folders to read, such as '*.html' or '2019/**'; may be repeated.  [default: known forms]",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="NAME=COLUMN",
        help="What a column of .jsonl and .csv files is called, such as text=body; may be repeated. NAME is text, id, "
        "title, published, source, authors or url.",
    ),
]
SizeOption = Annotated[float, typer.Option("--max-size", min=0.001, help="Megabytes that one text may have.")]
StoreOption = Annotated[
    bool | None,
    typer.Option(
        "--store-text/--no-store-text",
        help="Put the text into documents.jsonl.  [default: where no plain text file holds it]",
    ),
]
DuplicatesOption = Annotated[
    Copies,
    typer.Option(
        "--duplicates",
        help="Texts that repeat another: name that one in duplicate_of (link), do not extract them either (skip), "
        "or do not look (ignore).",
    ),
]
GateOption = Annotated[
    bool, typer.Option("--gate/--no-gate", help="Parse only texts that can hold a record; the records are the same.")
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes at most.  [default: one a processor]")
]
TimeOption = Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds that one text may take.")]
MemoryOption = Annotated[
    int, typer.Option("--memory-limit", min=100, help="Megabytes of memory that a worker may have.")
]
ShardOption = Annotated[
    str | None,
    typer.Option(
        "--shard", metavar="I/N", help="Do the I-th of N parts of the run, on this machine or another; then `merge`."
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do the work: tcp://host:8786."),
]
ResumeOption = Annotated[
    bool,
    typer.Option(
        "--resume/--no-resume",
        help="Go on with a run of the same version and settings that was broken off in this folder.",
    ),
]


def main() -> None:
    """Run the command line; what goes wrong is told in one line, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8")
    try:
        app(prog_name="coopex")
    except CoopexError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(FAILED)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"coopex {version('coopex')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


# --- extract -----------------------------------------------------------------------------------


@app.command()
def extract(
    paths: Annotated[
        list[Path], typer.Argument(help="Texts, tables or archives of them, folders, or - for standard input.")
    ],
    out: Annotated[Path | None, typer.Option(help=f"Folder for the results.  [default: {DEFAULT_OUT}]")] = None,
    formats: Annotated[
        list[FileFormat] | None,
        typer.Option("--format", help="What to write; may be repeated.  [default: jsonl and csv]"),
    ] = None,
    lang: LangOption = Language.auto,
    en_ner: NerOption = None,
    published: PublishedOption = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="Give records of this confidence or more, from 0 to 1.  [default: what was fitted]"
        ),
    ] = None,
    glob: GlobOption = None,
    column: ColumnOption = None,
    max_size: SizeOption = 20,
    store_text: StoreOption = None,
    duplicates: DuplicatesOption = Copies.link,
    gate: GateOption = True,
    jobs: JobsOption = None,
    time_limit: TimeOption = 60,
    memory_limit: MemoryOption = 2048,
    shard: ShardOption = None,
    scheduler: SchedulerOption = None,
    resume: ResumeOption = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the documents as JSON lines; no files are written without --out."),
    ] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Tell progress and errors as JSON lines.")] = False,
) -> None:
    """Extract the records of texts into documents.jsonl, CSV tables, errors.jsonl and run.json.

    A run that was broken off goes on where it stopped when the same command is given again.
    """
    from coopex.progress import watcher
    from coopex.running import Limits, Plan, RunSettings, Shard, run

    settings = RunSettings(
        lang=lang.value,
        en_ner=en_ner,
        published=published.date() if published else None,
        min_confidence=min_confidence,
        gate=gate,
        duplicates=duplicates.value,
        read=_read_options(glob, column, max_size, store_text),
    )
    plan = Plan(
        jobs=jobs,
        limits=Limits(time_limit, memory_limit),
        shard=Shard.parse(shard) if shard else Shard(),
        resume=resume,
        scheduler=scheduler,
        formats=tuple(each.value for each in formats or FileFormat),
    )
    folder = out or (None if as_json else DEFAULT_OUT)
    emit = typer.echo if as_json else None
    with _interruptible(folder):
        report = run(paths, folder, settings, plan, watcher=watcher(quiet=quiet, log_json=log_json), emit=emit)
    if not (quiet or log_json):
        _show_report(report, folder)
    if report.state.failed:
        raise typer.Exit(BAD_TEXTS)


def _read_options(
    glob: list[str] | None, column: list[str] | None, max_size: float, store_text: bool | None
) -> ReadOptions:
    """Gather what is set about reading."""
    from coopex.reading import ReadOptions
    from coopex.reading.inputs import MEGABYTE

    pairs = [each.partition("=") for each in column or ()]
    if wrong := [name for name, _, called in pairs if not called]:
        raise typer.BadParameter(f"{wrong[0]!r} names no column; write NAME=COLUMN", param_hint="--column")
    return ReadOptions(
        glob=tuple(glob or ()),
        columns={name: called for name, _, called in pairs},
        max_size=int(max_size * MEGABYTE),
        store_text=store_text,
    )


@contextmanager
def _interruptible(folder: Path | None) -> Iterator[None]:
    """Stop in good order on Ctrl-C and on a request to end, and say how to go on."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        kept = f"; what is done is kept in {folder}, and the same command goes on from there" if folder else ""
        typer.echo(f"interrupted{kept}", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _show_report(report: Report, folder: Path | None) -> None:
    from coopex.console import say, show_summary

    if report.summary is None:
        say(f"part {report.state.shard} is done; when all parts are, `coopex merge {folder}` writes the results")
        return
    show_summary(report.summary, report.state.seconds)
    if folder:
        say(f"written to {folder}")


@app.command()
def status(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")] = DEFAULT_OUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON, one line a run or part of one.")] = False,
) -> None:
    """Tell where a run stands: running, broken off, or finished; how many texts are done, and how long is left."""
    from coopex.running.status import status_of

    for found in status_of(out):
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False) if as_json else found.told())


@app.command()
def merge(
    out: Annotated[Path, typer.Argument(help="Output folder of a run that was done in parts (--shard).")],
    formats: Annotated[
        list[FileFormat] | None,
        typer.Option("--format", help="What to write; may be repeated.  [default: jsonl and csv]"),
    ] = None,
) -> None:
    """Write the results of a run whose parts (`extract --shard I/N`) are all done."""
    from coopex.console import say, show_summary
    from coopex.running.merge import merge as merged

    state, summary = merged(out, tuple(each.value for each in formats or FileFormat))
    show_summary(summary, state.seconds)
    say(f"written to {out}")


def _extractor(lang: Language, en_ner: str | None) -> Extractor:
    from coopex.pipeline import Extractor

    return Extractor(lang=lang.value, en_ner=en_ner)


# --- looking inside ----------------------------------------------------------------------------


@app.command()
def explain(
    source: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A file, - , or the text itself.")],
    lang: LangOption = Language.auto,
    en_ner: NerOption = None,
    published: PublishedOption = None,
) -> None:
    """Show sentence by sentence which rules fired, what filled their slots, what was rejected and why."""
    from coopex.console import STDOUT, say
    from coopex.explain import explanation

    day = published.date() if published else None
    reading = _extractor(lang, en_ner).read(_article_of(source), published=day)
    for line in explanation(reading):
        say(line, STDOUT)


def _article_of(source: str) -> Article | str:
    """Give the text of a file, or the argument itself: "Ivanov visited Harbin." names no file."""
    from coopex.reading import Article, read_paths

    looks_like_text = source != "-" and (" " in source or "\n" in source) and not _is_file(source)
    if looks_like_text:
        return source
    item = next(iter(read_paths([source])))
    if isinstance(item, Article):
        return item
    raise item.error


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # too long for a file name, or with a NUL in it
        return False


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of documents.jsonl."""
    from coopex.records import SCHEMA

    typer.echo(json.dumps(dict(SCHEMA), ensure_ascii=False, indent=2))


@app.command()
def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a Markdown page.")] = False,
) -> None:
    """List the rules with their triggers, slots and examples."""
    from coopex.console import rule_lines, rules_markdown
    from coopex.matching.rules import load_rules

    if markdown:
        typer.echo("\n".join(rules_markdown(load_rules())))
        return
    for rule in load_rules():
        typer.echo("\n".join((*rule_lines(rule), "")))


@app.command()
def models() -> None:
    """List the language models in use: name, version, and where they are."""
    from coopex.about import installed

    for model in installed():
        typer.echo(f"{model.language}\t{model.name} {model.version}\t{model.path}")


# --- evaluate ----------------------------------------------------------------------------------


def _gold_text(name: str, gold: Path, texts: Path | None) -> Path:
    """Find the text of a gold file: beside it, else in the folder of `--texts`."""
    beside = gold.parent / f"{name}.txt"
    return beside if texts is None or beside.exists() else texts / f"{name}.txt"


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Folders that hold NAME.gold.json files.")],
    predictions: Annotated[
        Path | None, typer.Option(help="A documents.jsonl to score, instead of extracting from the texts.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Folder of the texts NAME.txt that are not beside their gold.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print what differs, text by text.")] = False,
    by_rule: Annotated[bool, typer.Option("--by-rule", help="Print how the records of every rule fared.")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Print how much is right at which confidence.")
    ] = False,
    html: Annotated[Path | None, typer.Option(help="Write a page of all figures and differences to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    lang: LangOption = Language.auto,
    en_ner: NerOption = None,
) -> None:
    """Score records against gold: precision, recall and F1 of every slot, and what differs."""
    from coopex.console import show_differences, show_evaluation
    from coopex.evaluation import evaluate as evaluated
    from coopex.evaluation import gold_files, load_documents, load_gold

    golds = load_gold(gold)
    files = {name: _gold_text(name, path, texts) for name, path in gold_files(gold).items()}
    documents = load_documents(predictions) if predictions else _extract_for_scoring(files.values(), lang, en_ner)
    evaluation = evaluated(documents, golds)
    if html:
        _write_page(html, evaluation, files)
    if as_json:
        typer.echo(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1))
    else:
        if verbose:
            show_differences(evaluation.overall.differences)
        show_evaluation(evaluation, by_rule=by_rule, calibration=calibration)


def _extract_for_scoring(files: Iterable[Path], lang: Language, en_ner: str | None) -> dict[str, Any]:
    from coopex.batch import process
    from coopex.console import watch
    from coopex.reading import read_paths

    paths = list(files)
    outcomes = watch(process(read_paths(paths), _extractor(lang, en_ner)), len(paths))
    documents = [outcome for outcome in outcomes if not isinstance(outcome, CoopexError)]
    return {document.doc_id: json.loads(document.to_json()) for document in documents}


def _write_page(path: Path, evaluation: Evaluation, files: Mapping[str, Path]) -> None:
    from coopex.console import say
    from coopex.evaluation.page import page
    from coopex.export.atomic import write_text
    from coopex.reading import Article, read_paths

    articles = {name: next(iter(read_paths([file]))) for name, file in files.items() if file.is_file()}
    texts = {name: item.text for name, item in articles.items() if isinstance(item, Article)}
    write_text(path, page(evaluation, texts))
    say(f"written to {path}")
