"""A new rule is one entry and its examples: the one that CONTRIBUTING.md shows, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import srsly

ROOT = Path(__file__).parents[1]
RULES = ROOT / "src" / "coopex" / "rules"
SOURCES = sorted((ROOT / "src" / "coopex").rglob("*.py"))


def shown(name: str) -> str:
    """The YAML that CONTRIBUTING.md shows for a rule file."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if f"# {name}" in block]
    return re.sub(r"(?m)^   ", "", block)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules with the entry that CONTRIBUTING.md shows."""
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy)
    for name in ("visits.yaml", "examples.yaml"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("\n" + shown(name))
    return copy


def coopex(*arguments: str, rules: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COOPEX_RULES": str(rules)}
    command = [str(Path(sys.executable).with_name("coopex")), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_rule_is_explained(folder: Path, language: str) -> None:
    (marked,) = srsly.yaml_loads(shown("examples.yaml"))["visit.moor"]["examples"][language]
    text = re.sub(r"\[\w+ ([^\[\]]+)\]", r"\1", marked)
    told = coopex("explain", text, rules=folder)
    assert told.returncode == 0, told.stderr
    trigger = re.search(r"\[trigger ([^\]]+)\]", marked)
    assert trigger is not None
    assert f"visit.moor at '{trigger[1]}'" in told.stdout
    assert "visitors" in told.stdout


def test_the_rule_gives_records(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "in" / "a.txt"
    text.parent.mkdir()
    text.write_text("Rector Anna Lind of Oslo University moored in Turku on 5 May 2021.", "utf-8")
    done = coopex("extract", str(text.parent), "--json", "--min-confidence", "0.1", "--quiet", rules=folder)
    assert done.returncode == 0, done.stderr
    (visit,) = srsly.json_loads(done.stdout.splitlines()[0])["visits"]
    assert "visit.moor" in visit["rules"]
    assert "Turku" in {party["name"] for party in visit["places"]}


def wrong(folder: Path, **changes: Any) -> str:
    """What is said of the rule with some fields changed, None for one taken away."""
    path = folder / "visits.yaml"
    rules = srsly.yaml_loads(path.read_text("utf-8"))
    rules[-1] = {key: value for key, value in {**rules[-1], **changes}.items() if value is not None}
    path.write_text(srsly.yaml_dumps(rules), "utf-8")
    done = coopex("rules", rules=folder)
    assert done.returncode != 0
    return done.stderr + done.stdout


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"frame": "traveling"}, ["visits.yaml", "visit.moor", "frame", "Use one of", "travel"]),
        ({"frame": None}, ["visit.moor", "frame is missing"]),
        ({"creates": "trip"}, ["creates is 'trip'"]),
        ({"creates": "agreement"}, ["tells of visits"]),
        ({"colour": "red"}, ["colour is no field of a rule"]),
        ({"examples": {"en": []}}, ["examples belongs in examples.yaml"]),
        ({"slots": {"visitors": "agent person", "ships": "goal place"}}, ["'ships' is read by no frame"]),
        ({"trigger": {"en": [], "ru": []}}, ["names no word"]),
        ({"needs": ["crew"]}, ["names ['crew'], no slot"]),
    ],
)
def test_a_wrong_rule_is_named_with_a_remedy(folder: Path, changes: dict[str, Any], words: list[str]) -> None:
    told = " ".join(wrong(folder, **changes).split())
    assert [word for word in words if word not in told] == []


def test_no_rule_id_stands_in_python() -> None:
    ids = [rule["id"] for name in ("visits.yaml", "agreements.yaml") for rule in srsly.read_yaml(RULES / name)]
    quoted = re.compile("|".join(f"[\"']{re.escape(one)}[\"']" for one in ids))
    assert {path.name: found for path in SOURCES if (found := quoted.findall(path.read_text("utf-8")))} == {}
