"""The page of differences: what it shows, and that it can neither load nor run anything of others."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest

from coopex.evaluation import evaluate, gold_of
from coopex.evaluation.page import page
from coopex.evaluation.page.marks import Mark, Piece, name_marks, pieces_of
from coopex.evaluation.page.texts import TextView, text_view
from samples import TEXT, document

VISIT = {
    "status": ["occurred", "ongoing"],
    "visitors": [["Ivanov", "Rector Ivanov"]],
    "leaders": [],
    "hosts": [["Harbin University"]],
    "places": [["Tomsk"], {"names": ["Harbin"], "optional": True}],
    "date": {"start": "2018-08-21"},
}
META = {"title": "Ivanov in Harbin"}
GOLD = {"language": "en", "meta": META, "visits": [VISIT], "technologies": [{"id": ["lasers"]}]}


def raw() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document().to_json())
    return found


def view(gold: dict[str, Any] = GOLD, text: str | None = TEXT) -> TextView:
    return text_view("sample", raw(), gold_of(gold), text)


def html(**changes: Any) -> str:
    item = raw() | changes
    return page(evaluate({"sample": item}, {"sample": gold_of(GOLD)}), {"sample": TEXT})


# --- one text ----------------------------------------------------------------------------------


def test_every_value_is_judged() -> None:
    visit = view().records[0]
    assert (visit.state, visit.told) == ("differs", "confidence 0.90, by visit.travel")
    slots = {slot.name: slot for slot in visit.slots}
    assert [(value.text, value.judgement) for value in slots["visitors"].found] == [("Ivanov", "right")]
    assert [(value.text, value.judgement) for value in slots["places"].found] == [("Harbin", "tolerated")]
    assert [(value.text, value.judgement) for value in slots["places"].gold] == [
        ("Tomsk", "missed"),
        ("Harbin", "tolerated"),
    ]
    assert [value.judgement for value in slots["hosts"].gold] == ["missed"]
    assert slots["visitors"].gold[0].also == ("Rector Ivanov",)
    assert slots["status"].gold[0].also == ("ongoing",)
    assert [value.judgement for value in (*slots["date"].found, *slots["date"].gold)] == ["right", "right"]


def test_records_without_a_partner_are_shown() -> None:
    states = {record.title: record.state for record in view().records}
    assert states == {"visit 1": "differs", "agreement 1": "spurious", "technology areas": "right"}
    nothing = text_view("sample", None, gold_of(GOLD), None)
    assert [record.state for record in nothing.records] == ["missed", "differs"]
    assert nothing.facts[0] == "there is no document for this text"
    assert nothing.pieces == ()


def test_what_was_missed_is_marked_where_its_name_stands() -> None:
    marked = {piece.text: piece for piece in view().pieces if piece.judgement}
    assert marked["Ivanov"].judgement == "right"
    assert "– visit 1, hosts: Harbin University" in marked["Harbin University"].told
    assert "".join(piece.text for piece in view().pieces) == TEXT


def test_the_gravest_judgement_shows_where_marks_overlap() -> None:
    marks = [Mark(0, 6, "right", "a"), Mark(3, 9, "wrong", "b"), Mark(20, 30, "right", "outside")]
    assert list(pieces_of("abcdefghij", marks)) == [
        Piece("abc", "right", "✓ a"),
        Piece("def", "wrong", "✓ a\n✗ b"),
        Piece("ghi", "wrong", "✗ b"),
        Piece("j"),
    ]


def test_names_are_found_as_whole_words() -> None:
    assert [(mark.start, mark.end) for mark in name_marks("Omsk and Tomsk, Omsk.", ["Omsk"], "")] == [(0, 4), (16, 20)]
    assert [(mark.start, mark.end) for mark in name_marks("in Tver", ["Omsk", "Tver"], "")] == [(3, 7)]


# --- the page ----------------------------------------------------------------------------------


def test_style_and_script_are_named_by_their_digests_and_nothing_else_may_run() -> None:
    shown = html()
    match = re.search(r'Content-Security-Policy" content="([^"]+)"', shown)
    assert match
    policy = match[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", shown, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"""(src|href)=["'](?!#)|url\(|@import|style="|\son\w+=""", shown)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_what_stands_in_documents_is_escaped(hostile: str) -> None:
    item = raw()
    item["visits"][0]["visitors"][0]["name"] = hostile
    shown = page(evaluate({"sample": item}, {"sample": gold_of(GOLD)}), {"sample": TEXT + hostile})
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "49" not in shown.split("</style>")[1].split("<script>")[0]


def test_tables_of_figures_stand_at_the_head() -> None:
    shown = html()
    for title in ("All texts and each slot", "By language", "By rule", "By confidence"):
        assert f"<h2>{title}</h2>" in shown
    assert "visit.travel" in shown
    assert html() == shown


def test_predictions_of_other_tools_need_no_more_than_slots() -> None:
    item = {"doc_id": "sample", "visits": [{"status": "occurred", "visitors": ["Ivanov"]}], "technologies": ["lasers"]}
    shown = page(evaluate({"sample": item}, {"sample": gold_of(GOLD)}), {})
    assert "The text is not at hand" in shown
    assert "By confidence" not in shown
