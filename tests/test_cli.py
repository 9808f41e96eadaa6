from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import fakes
from coopex import cli
from coopex.errors import ExportFailed, NotARun, ReadError
from coopex.export.rows import KINDS
from coopex.progress import SHOWN_ERRORS
from coopex.reading import ReadOptions
from coopex.records import Document
from coopex.running import protocol
from coopex.stages import Stages
from samples import TEXT

COOPEX = Path(sys.executable).with_name("coopex")
COMMANDS = ("extract", "status", "merge", "explain", "schema", "rules", "models", "evaluate")

ENGLISH = """Chinese scientists visit Dubna laboratory

DUBNA, 21 August 2018. A delegation from Harbin headed by Li Wei visited the Joint Institute for Nuclear \
Research.

The institute and Harbin Institute of Technology signed a memorandum on laser technology.
"""
RUSSIAN = """Делегация Харбина посетила Дубну

ДУБНА, 21 августа 2018 года. Делегация из Харбина во главе с Ли Вэем посетила Объединённый институт ядерных \
исследований.

Институт и Харбинский политехнический университет подписали меморандум о сотрудничестве в области лазерных \
технологий.
"""


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample document be what is read from every text but those that say they are bad."""
    monkeypatch.setattr(protocol, "EXTRACTOR", "fakes:Fake")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((fakes.HERE, os.environ.get("PYTHONPATH", ""))))
    monkeypatch.setattr(cli, "_extractor", lambda lang, en_ner: fakes.Fake(stages=Stages()))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("a", TEXT), ("b", "This one is bad."), ("c", TEXT)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def coopex(*arguments: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    command = [str(COOPEX), *map(str, arguments)]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, input=text, timeout=120, check=False
    )


# --- extract, with a fake extractor ------------------------------------------------------------


def test_extract_writes_what_it_could_and_tells_the_rest(
    fake: None, texts: Path, tmp_path: Path
) -> None:
    result = run("extract", texts, "--out", tmp_path / "out")
    assert result.exit_code == cli.BAD_TEXTS
    assert result.stdout == ""
    assert "b.txt: RuntimeError: no tree" in result.stderr
    lines = (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["doc_id"] for line in lines] == ["a", "c"]
    error = json.loads((tmp_path / "out" / "errors.jsonl").read_text("utf-8"))
    assert error["file"] == str(texts / "b.txt")


def test_extract_ends_with_a_table(fake: None, texts: Path, tmp_path: Path) -> None:
    shown = run("extract", texts, "--out", tmp_path).stderr
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if "│" in line]
    assert ["texts", "", "3"] in rows
    assert ["", "failed", "1"] in rows
    assert ["visits", "", "2"] in rows
    assert ["", "occurred", "2"] in rows
    assert any(row[0] == "seconds" for row in rows)


def test_extract_of_good_texts_succeeds(fake: None, texts: Path, tmp_path: Path) -> None:
    assert run("extract", texts / "a.txt", "--out", tmp_path).exit_code == 0
    assert (tmp_path / "errors.jsonl").read_bytes() == b""


def test_a_file_that_is_missing_does_not_stop_the_run(
    fake: None, texts: Path, tmp_path: Path
) -> None:
    result = run("extract", texts / "none.txt", texts / "a.txt", "--out", tmp_path)
    assert result.exit_code == cli.BAD_TEXTS
    assert "none.txt" in result.stderr
    assert len((tmp_path / "documents.jsonl").read_text("utf-8").splitlines()) == 1


def test_quiet_tells_errors_only(fake: None, texts: Path, tmp_path: Path) -> None:
    assert run("extract", texts / "a.txt", "--out", tmp_path, "--quiet").output == ""
    assert run("extract", texts, "--out", tmp_path, "--quiet").stderr.startswith("error: ")


def test_json_goes_to_standard_output_and_writes_nothing(
    fake: None, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("extract", texts, "--json")
    assert [Document.model_validate_json(line).doc_id for line in result.stdout.splitlines()] == ["a", "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_json_and_out_do_both(fake: None, texts: Path, tmp_path: Path) -> None:
    result = run("extract", texts / "a.txt", "--json", "--out", tmp_path / "out")
    assert (tmp_path / "out" / "documents.jsonl").read_text("utf-8") == result.stdout


def test_results_go_to_data_extracted_by_default(
    fake: None, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("extract", texts / "a.txt")
    assert (tmp_path / "data" / "extracted" / "documents.jsonl").exists()


def test_format_chooses_what_is_written(fake: None, texts: Path, tmp_path: Path) -> None:
    run("extract", texts / "a.txt", "--out", tmp_path / "out", "--format", "csv")
    names = {path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")}
    assert names == {"visits.csv", "agreements.csv", "technologies.csv", "errors.jsonl", "run.json"}


def test_published_is_given_to_every_text(fake: None, texts: Path, tmp_path: Path) -> None:
    run("extract", texts / "a.txt", "--out", tmp_path, "--published", "2018-08-21")
    assert read_documents(tmp_path)["a"].published == date(2018, 8, 21)
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["settings"]["published"] == "2018-08-21"


def test_the_account_of_a_run(fake: None, texts: Path, tmp_path: Path) -> None:
    run("extract", texts, "--out", tmp_path, "--lang", "en")
    account = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert account["versions"]["coopex"] == version("coopex")
    assert {"python", "natasha", "spacy", "en model", "ru model"} <= set(account["versions"])
    settings = account["settings"]
    assert (settings["lang"], settings["en_ner"], settings["duplicates"]) == ("en", None, "link")
    assert account["inputs"] == [str(texts)]
    assert (account["texts"], account["failed"]) == (3, 1)
    assert account["seconds"] >= 0


def test_records_of_little_confidence_are_left_out(fake: None, texts: Path, tmp_path: Path) -> None:
    """The sample document has a visit at 0.9, an agreement at 0.8 and an area at 0.7."""
    result = run("extract", texts / "a.txt", "--out", tmp_path, "--min-confidence", "0.8")
    read = read_documents(tmp_path)["a"]
    assert [visit.id for visit in read.visits] == ["a-v1"]
    assert [agreement.id for agreement in read.agreements] == ["a-a1"]
    assert read.technologies == ()
    assert "lasers" not in (tmp_path / "technologies.csv").read_text("utf-8")
    account = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert (account["left_out"], account["settings"]["min_confidence"]) == (1, 0.8)
    assert account["records"]["technologies"] == {}
    assert "below --min-confidence" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "a.txt", "--lang", "fr"),
        ("extract", "a.txt", "--format", "xml"),
        ("extract", "a.txt", "--published", "yesterday"),
        ("extract", "a.txt", "--min-confidence", "1.5"),
        ("nothing",),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_missing_model_ends_the_run_in_one_line(texts: Path, tmp_path: Path) -> None:
    finished = coopex("extract", texts, "--out", tmp_path, "--lang", "en", "--en-ner", "en_core")
    assert finished.returncode == cli.FAILED
    assert finished.stderr.startswith("error: en_core: this spaCy pipeline is not installed")


# --- runs as the command line sees them ----------------------------------------------------------


def events(stderr: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in stderr.splitlines()]


def test_log_json_tells_begin_errors_and_end(fake: None, texts: Path, tmp_path: Path) -> None:
    told = events(run("extract", texts, "--out", tmp_path, "--log-json").stderr)
    assert [event["event"] for event in told] == ["begin", "error", "end"]
    assert (told[1]["doc_id"], told[1]["stage"]) == ("b", "resolve")
    assert (told[2]["done"], told[2]["total"], told[2]["failed"]) == (3, 3, 1)
    assert told[0]["inputs"] == [str(texts)]


def test_errors_beyond_some_are_not_told_one_by_one(fake: None, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(SHOWN_ERRORS + 5):
        (folder / f"{number:02}.txt").write_text("This one is bad.", "utf-8")
    shown = run("extract", folder, "--out", tmp_path / "out", "--quiet").stderr.splitlines()
    assert len(shown) == SHOWN_ERRORS + 1
    assert shown[-1] == "error: further errors are in errors.jsonl alone"


def test_status_of_a_finished_run(fake: None, texts: Path, tmp_path: Path) -> None:
    run("extract", texts, "--out", tmp_path, "--quiet")
    assert run("status", tmp_path).stdout.startswith("finished: 3 of 3 texts, 1 failed, ")
    figures = json.loads(run("status", tmp_path, "--json").stdout)
    assert (figures["standing"], figures["done"], figures["failed"]) == ("finished", 3, 1)
    nothing = CliRunner().invoke(cli.app, ["status", str(tmp_path / "none")])
    assert isinstance(nothing.exception, NotARun)


def test_shards_and_merge(fake: None, texts: Path, tmp_path: Path) -> None:
    run("extract", texts, "--out", tmp_path / "whole", "--quiet")
    for shard in ("1/2", "2/2"):
        shown = run("extract", texts, "--out", tmp_path / "out", "--shard", shard)
        assert f"part {shard} is done" in shown.stderr
    assert run("merge", tmp_path / "out").exit_code == 0
    for name in ("documents.jsonl", "visits.csv", "errors.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_end_says_how_to_go_on(tmp_path: Path, request_to_end: signal.Signals) -> None:
    (tmp_path / "in").mkdir()
    for number in range(400):
        (tmp_path / "in" / f"{number:03}.txt").write_text(f"news {number}", "utf-8")
    code = "import sys; from coopex import cli; from coopex.running import protocol;"
    code += "protocol.EXTRACTOR = 'fakes:Slow'; sys.argv = ['coopex', *sys.argv[1:]]; cli.main()"
    environment = {**os.environ, "PYTHONPATH": fakes.HERE}
    out = tmp_path / "out"
    command = [sys.executable, "-c", code, "extract", str(tmp_path / "in"), "--out", str(out), "-j", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
    while not list(out.glob(".coopex/*/parts/*.part")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(request_to_end)
    _, told = process.communicate(timeout=60)
    assert process.returncode == cli.INTERRUPTED, told
    assert "the same command goes on from there" in told
    assert "Traceback" not in told
    assert coopex("status", out).stdout.startswith("broken off: ")


@pytest.mark.parametrize("arguments", [("--shard", "3/2"), ("--scheduler", "nonsense://")])
def test_settings_that_cannot_be_are_told(texts: Path, tmp_path: Path, arguments: tuple[str, str]) -> None:
    finished = coopex("extract", texts, "--out", tmp_path, *arguments)
    assert finished.returncode == cli.FAILED
    assert finished.stderr.startswith("error: ")
    assert "Traceback" not in finished.stderr


# --- evaluate ----------------------------------------------------------------------------------


@pytest.fixture
def gold(texts: Path) -> Path:
    """Gold of a.txt beside it: the visit of the sample document, with a host that it misses."""
    visit = {
        "status": ["occurred"],
        "visitors": [["Ivanov"]],
        "leaders": [],
        "hosts": [["Petrov"]],
        "places": [["Harbin"]],
        "date": {"start": "2018-08-21", "end": "2018-08-21"},
    }
    item = {
        "language": "en",
        "meta": {},
        "visits": [visit],
        "agreements": [],
        "technologies": [{"id": ["lasers"]}],
    }
    (texts / "a.gold.json").write_text(json.dumps(item), "utf-8")
    return texts


def test_evaluate_extracts_from_the_texts_beside_the_gold(fake: None, gold: Path) -> None:
    figures = json.loads(run("evaluate", gold, "--json").stdout)
    assert figures["visits"]["by_slot"]["hosts"]["fn"] == 1
    assert figures["visits"]["by_slot"]["places"]["tp"] == 1
    assert figures["agreements"]["records"]["fp"] == 1
    assert figures["technologies"]["slots"]["f1"] == 1.0


def test_evaluate_finds_texts_elsewhere(fake: None, gold: Path, tmp_path: Path) -> None:
    beside = run("evaluate", gold, "--json").stdout
    (gold / "a.gold.json").rename(tmp_path / "a.gold.json")
    assert run("evaluate", tmp_path, "--texts", gold, "--json").stdout == beside


def test_evaluate_scores_predictions(fake: None, gold: Path, tmp_path: Path) -> None:
    run("extract", gold / "a.txt", "--out", tmp_path)
    given = run("evaluate", gold, "--predictions", tmp_path / "documents.jsonl", "--json").stdout
    assert given == run("evaluate", gold, "--json").stdout


def test_evaluate_prints_figures_differences_and_rules(fake: None, gold: Path) -> None:
    shown = run("evaluate", gold, "--verbose", "--by-rule").stdout
    assert "visits[0] -hosts:Petrov" in shown
    assert "visit.travel" in shown
    assert shown.splitlines()[-1] == "score 0.6296 over 1 texts"


def test_evaluate_tells_languages_rules_and_calibration(fake: None, gold: Path) -> None:
    other = json.loads((gold / "a.gold.json").read_text("utf-8")) | {"language": "ru"}
    (gold / "c.gold.json").write_text(json.dumps(other), "utf-8")
    figures = json.loads(run("evaluate", gold, "--json").stdout)
    assert {language: each["texts"] for language, each in figures["by_language"].items()} == {"en": 1, "ru": 1}
    assert figures["by_rule"]["visit.travel"] == {"right": 2, "seen": 2, "values_right": 1.0}
    assert [each["records"] for each in figures["calibration"]] == [6]
    shown = run("evaluate", gold, "--calibration").stdout
    assert "agreements F1" in shown
    assert "confidence" in shown


def test_evaluate_writes_a_page(fake: None, gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "differences.html"
    assert run("evaluate", gold, "--html", page).exit_code == 0
    assert "Petrov" in page.read_text("utf-8")
    nowhere = CliRunner().invoke(cli.app, ["evaluate", str(gold), "--html", str(tmp_path / "none" / "a.html")])
    assert isinstance(nowhere.exception, ExportFailed)


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "Expecting"), ("{}", "is missing"), ("[]", "not the shape"), ('{"language": "en", "visits": [3]}', "")],
)
def test_gold_that_cannot_be_read_is_told_with_its_name(
    fake: None, texts: Path, content: str, told: str
) -> None:
    (texts / "a.gold.json").write_text(content, "utf-8")
    error = run("evaluate", texts).exception
    assert isinstance(error, ReadError)
    assert "a.gold.json" in str(error)
    assert told in str(error)


# --- the installed command ---------------------------------------------------------------------


def test_help_shows_every_command() -> None:
    shown = coopex("--help").stdout
    assert all(command in shown for command in COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, coopex.cli; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(shown.stdout.split())
    assert "coopex.cli" in loaded
    assert not loaded & {"spacy", "natasha", "pydantic", "numpy"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_every_option_a_text(command: str) -> None:
    shown = coopex(command, "--help")
    assert shown.returncode == 0
    options = [line for line in shown.stdout.splitlines() if line.lstrip("│ ").startswith("--")]
    assert options
    assert all(len(line.strip("│ ").split("  ")[-1].strip()) > 5 for line in options)


def test_version() -> None:
    assert coopex("--version").stdout == f"coopex {version('coopex')}\n"


def test_schema_is_that_of_a_document() -> None:
    schema = json.loads(coopex("schema").stdout)
    assert schema["title"] == "Document"
    assert "visits" in schema["properties"]


def test_rules_are_listed_with_examples() -> None:
    shown = coopex("rules").stdout
    assert "visit.travel: " in shown
    assert "  + " in shown
    assert coopex("rules", "--markdown").stdout.startswith("# Rules\n")


def test_models_are_told() -> None:
    lines = [line.split("\t") for line in coopex("models").stdout.splitlines()]
    assert [line[0] for line in lines] == ["en", "ru"]
    assert all(Path(line[2]).is_dir() for line in lines)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command makes of a text of each language and an empty one."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "texts").mkdir()
    for name, text in (("en", ENGLISH), ("ru", RUSSIAN), ("nothing", "\n")):
        (folder / "texts" / f"{name}.txt").write_text(text, "utf-8")
    for out in ("out", "again"):
        finished = coopex("extract", folder / "texts", "--out", folder / out)
        assert finished.returncode == cli.BAD_TEXTS, finished.stderr
        assert finished.stdout == ""
        assert "nothing.txt" in finished.stderr
    return folder


def read_documents(folder: Path) -> dict[str, Document]:
    lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
    return {document.doc_id: document for document in map(Document.model_validate_json, lines)}


@pytest.mark.parametrize(
    ("name", "text", "leader", "place"), [("en", ENGLISH, "Li Wei", "CN"), ("ru", RUSSIAN, "Ли Вэй", "CN")]
)
def test_real_texts_give_real_records(extracted: Path, name: str, text: str, leader: str, place: str) -> None:
    read = read_documents(extracted / "out")[name]
    read.check(text)
    assert (read.language, read.published) == (name, date(2018, 8, 21))
    (visit,) = read.visits
    assert visit.status == "occurred"
    assert [party.name for party in visit.leaders] == [leader]
    assert place in {party.country for party in visit.visitors}
    (agreement,) = read.agreements
    assert (agreement.kind, agreement.status) == ("memorandum", "signed")
    assert len(agreement.parties) >= 2
    assert "lasers" in {area.id for area in read.technologies}


def test_two_runs_write_the_same_bytes(extracted: Path) -> None:
    for name in ("documents.jsonl", "visits.csv", "agreements.csv", "technologies.csv", "errors.jsonl"):
        assert (extracted / "out" / name).read_bytes() == (extracted / "again" / name).read_bytes()


def test_tables_hold_a_row_a_record(extracted: Path) -> None:
    with (extracted / "out" / "visits.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    documents = read_documents(extracted / "out").values()
    assert [row["id"] for row in rows] == [visit.id for read in documents for visit in read.visits]


def test_explain_tells_rule_path_filler_and_rejection(extracted: Path) -> None:
    shown = coopex("explain", extracted / "texts" / "ru.txt").stdout
    assert "visit.travel at 'посетила'" in shown
    assert "visitors by >nsubj" in shown
    assert "visit 1: occurred" in shown
    assert "lasers (topic)" in shown


def test_explain_takes_a_text_itself() -> None:
    shown = coopex("explain", "The cargo arrived in Harbin.").stdout
    assert "visit.travel at 'arrived' (active), lacks visitors" in shown


def test_a_low_min_confidence_gives_candidates_below_the_thresholds(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Oslo news\n\nThe director of the plant told guests from Porto about turbines.\n", "utf-8")
    usual, more = (
        json.loads(coopex("extract", text, "--json", "--quiet", *option).stdout)
        for option in ((), ("--min-confidence", 0.0))
    )
    assert usual["visits"] == []
    assert [visit["confidence"] < 0.5 for visit in more["visits"]] == [True]


def test_min_confidence_keeps_ids_and_leaves_out_the_rest(extracted: Path) -> None:
    whole = json.loads(coopex("extract", extracted / "texts" / "en.txt", "--json", "--quiet").stdout)
    limit = sorted(record["confidence"] for kind in KINDS for record in whole[kind])[1]
    finished = coopex("extract", extracted / "texts" / "en.txt", "--json", "--quiet", "--min-confidence", limit)
    kept = json.loads(finished.stdout)
    for kind in KINDS:
        assert kept[kind] == [record for record in whole[kind] if record["confidence"] >= limit]
    assert sum(len(kept[kind]) for kind in KINDS) < sum(len(whole[kind]) for kind in KINDS)


def test_evaluate_of_ones_own_gold(extracted: Path, tmp_path: Path) -> None:
    visit = {
        "status": ["occurred"],
        "visitors": [["Harbin"]],
        "leaders": [["Li Wei"]],
        "hosts": [["Joint Institute for Nuclear Research"]],
        "places": [["Dubna"]],
        "date": {"start": "2018-08-21"},
    }
    (tmp_path / "en.gold.json").write_text(json.dumps({"language": "en", "visits": [visit]}), "utf-8")
    page = tmp_path / "page.html"
    finished = coopex("evaluate", tmp_path, "--texts", extracted / "texts", "--by-rule", "--html", page)
    assert finished.returncode == 0, finished.stderr
    assert "visit.travel" in finished.stdout
    assert "Li Wei" in page.read_text("utf-8")


def test_standard_input_is_read() -> None:
    finished = coopex("extract", "-", "--json", "--quiet", text=ENGLISH)
    assert json.loads(finished.stdout)["doc_id"] == "stdin"


# --- what is read ------------------------------------------------------------------------------


def test_options_of_reading() -> None:
    options = cli._read_options(["*.html", "2019/**"], ["text=body", "id=number"], 0.5, False)
    assert (options.glob, options.columns) == (("*.html", "2019/**"), {"text": "body", "id": "number"})
    assert (options.max_size, options.store_text) == (500_000, False)
    assert cli._read_options(None, None, 20, None) == ReadOptions()


def test_columns_that_cannot_be_are_told(texts: Path) -> None:
    assert "write NAME=COLUMN" in run("extract", texts, "--column", "body").stderr
    assert "text, id, title" in str(run("extract", texts, "--column", "body=text").exception)


def test_results_of_an_earlier_run_among_the_inputs_are_not_read(fake: None, texts: Path) -> None:
    (texts / "b.txt").unlink()
    for _ in range(2):
        run("extract", texts, "--out", texts / "out", "--no-resume")
    lines = (texts / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["doc_id"] for line in lines] == ["a", "c"]


def test_a_page_is_explained_with_its_day(texts: Path) -> None:
    page = texts / "page.html"
    head = '<meta property="article:published_time" content="2018-08-22">'
    page.write_text(f"<html><head>{head}</head><body><p>Ivanov visited Harbin on Tuesday.</p></body></html>", "utf-8")
    assert "published: 2018-08-22" in coopex("explain", page).stdout
