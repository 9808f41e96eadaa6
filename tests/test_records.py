from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from coopex.records import (
    SCHEMA,
    TAXONOMY,
    Agreement,
    DateRange,
    Document,
    Evidence,
    Party,
    TechnologyArea,
    Visit,
)
from samples import TEXT, document, evidence, party


def test_evidence_is_as_long_as_its_span() -> None:
    with pytest.raises(ValidationError, match="not as long as its text 'Harbin'"):
        Evidence(start=0, end=5, text="Harbin")


@pytest.mark.parametrize("start", [-1, 7])
def test_evidence_runs_forward_from_a_real_offset(start: int) -> None:
    with pytest.raises(ValidationError):
        Evidence(start=start, end=6, text="Harbin")


def test_unknown_fields_are_errors() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Evidence.model_validate({"start": 0, "end": 1, "text": "a", "sentence": 3})


def test_records_cannot_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        document().visits[0].status = "planned"  # type: ignore[misc]


def test_date_range_ends_after_it_starts() -> None:
    with pytest.raises(ValidationError, match="ends before it starts"):
        DateRange(
            start=date(2018, 8, 22),
            end=date(2018, 8, 21),
            precision="range",
            text="21 August",
            origin="stated",
            evidence=evidence("21 August"),
        )


@pytest.mark.parametrize("code", ["cn", "CHN", "", "C1"])
def test_country_is_an_iso_code(code: str) -> None:
    with pytest.raises(ValidationError, match="country"):
        Party(name="Harbin", text="Harbin", kind="place", country=code, evidence=evidence("Harbin"))


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValidationError, match="confidence"):
        visit(confidence=confidence)


@pytest.mark.parametrize(
    ("field", "value"), [("evidence", ()), ("rules", ()), ("technologies", ("alchemy",))]
)
def test_events_need_evidence_a_rule_and_known_areas(field: str, value: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match=field):
        visit(**{field: value})


@pytest.mark.parametrize(
    ("model", "field"), [(Visit, "status"), (Agreement, "status"), (Agreement, "kind"), (Party, "kind")]
)
def test_vocabularies_are_closed(model: type[Any], field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        model.model_validate({field: "perhaps"})


def test_taxonomy_gives_labels_and_field() -> None:
    area = TechnologyArea.of("lasers", role="topic", mentions=(evidence("lasers"),), confidence=0.9)
    assert (area.label_en, area.field) == ("Laser technology", "photonics")
    assert area.label_ru == TAXONOMY["lasers"].label_ru == "Лазерные технологии"


def test_taxonomy_refuses_unknown_ids() -> None:
    with pytest.raises(ValueError, match="unknown technology id 'alchemy'"):
        TechnologyArea.of("alchemy", role="topic", mentions=(evidence("lasers"),), confidence=0.9)


def test_document_finds_evidence_that_is_not_in_the_text() -> None:
    moved = "A " + TEXT
    with pytest.raises(ValueError, match=r"sample: evidence does not match.*not 'Harbin'"):
        document().check(moved)


def test_document_finds_evidence_behind_the_text() -> None:
    with pytest.raises(ValueError, match="ends behind the text"):
        document().check(TEXT[:20])


def test_document_checks_every_piece_of_evidence() -> None:
    pieces = [piece.text for piece in document().evidence()]
    assert len(pieces) == len(list(document().model_dump_json().split('"block"'))) - 1
    document().check(TEXT)


def test_offsets_count_code_points() -> None:
    text = "😀 Харбин"
    piece = Evidence(start=2, end=8, text="Харбин")
    assert piece.problem(text) is None


def test_record_ids_differ() -> None:
    twice = document().visits * 2
    with pytest.raises(ValidationError, match="repeated: sample-v1"):
        Document(doc_id="sample", visits=twice)


def test_json_round_trip() -> None:
    line = document().to_json()
    assert "\n" not in line
    assert "Харбин" not in TEXT
    assert Document.model_validate_json(line) == document()
    assert json.loads(line)["visits"][0]["visitors"][0]["evidence"]["text"] == "Ivanov"


def test_text_is_attached_but_not_written() -> None:
    attached = document().with_text(TEXT)
    assert attached.text == TEXT
    assert document().text is None
    assert attached == document()
    assert hash(attached) == hash(document())
    assert attached.to_json() == document().to_json()


def test_a_stored_text_is_written_and_read_back() -> None:
    stored = document().with_text(TEXT, store=True)
    assert json.loads(stored.to_json())["text"] == TEXT
    again = Document.model_validate_json(stored.to_json())
    assert (again, again.text) == (stored, TEXT)
    assert json.loads(document().to_json())["text"] is None


def test_documents_differ_by_what_was_read() -> None:
    assert document() != document().model_copy(update={"title": "Another"})
    assert document() != document().doc_id


def test_rows_name_parties_and_days() -> None:
    (row,) = document().to_dicts("visits")
    assert row["visitors"] == ("Ivanov",)
    assert row["date_start"] == "2018-08-21"


def test_frame_has_a_row_a_record() -> None:
    pytest.importorskip("pandas")
    frame = document().to_frame("technologies")
    assert list(frame["id"]) == ["lasers"]
    assert list(document().to_frame("agreements")["kind"]) == ["memorandum"]
    assert list(Document(doc_id="empty").to_frame().columns) == list(document().to_frame().columns)


def test_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(ImportError, match=r"coopex\[pandas\]"):
        document().to_frame()


def test_schema_lists_every_area_and_forbids_more() -> None:
    text = json.dumps(dict(SCHEMA))
    assert all(f'"{area}"' in text for area in TAXONOMY)
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["required"] == ["doc_id"]


def visit(**changes: Any) -> Visit:
    fields: dict[str, Any] = {
        "id": "v1",
        "status": "occurred",
        "visitors": (party("Ivanov"),),
        "evidence": (evidence("Harbin"),),
        "confidence": 0.5,
        "rules": ("visit.travel",),
    }
    return Visit(**(fields | changes))
