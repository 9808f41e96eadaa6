from __future__ import annotations

import importlib.util
import json
import os
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coopex.errors import ReadError
from coopex.evaluation import (
    Counts,
    Filler,
    Found,
    GoldDate,
    compare_date,
    compare_record,
    found_of,
    gold_of,
    load_documents,
    load_gold,
    name_words,
    pair,
    same_interval,
    same_name,
    same_word,
    score,
)

GOLD = Path(__file__).parent / "gold"
Json = dict[str, Any]


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ООО «Заря»", ["заря"]),
        ("The University of Łódź", ["university", "łódź"]),
        ("Артём", ["артем"]),
        ("АО", ["ао"]),
        ("Huawei Co., Ltd", ["huawei"]),
        ("«»", []),
    ],
)
def test_name_words(name: str, words: list[str]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("харбин", "харбином", True),
        ("академия", "академиями", True),
        ("харбин", "харбиновцы", False),
        ("город", "горох", True),
        ("порт", "порты", True),
        ("дом", "дома", False),
        ("agency", "agencys", True),
        ("agencies", "agency", False),
        ("lab", "labs", False),
        ("port", "ports", True),
    ],
)
def test_words_are_the_same_up_to_an_ending(a: str, b: str, same: bool) -> None:
    assert same_word(a, b) is same
    assert same_word(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Harbin Institute of Technology", "Harbin Institute", True),
        ("Harbin Institute of Technology", "Harbin", False),
        ("Denis Kovalevich", "Kovalevich", True),
        ("Guo Guo", "Guo", True),
        ("правительства Москвы", "Правительство Москвы", True),
        ("", "Harbin", False),
    ],
)
def test_names_share_half_of_their_words(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same


def test_ids_are_compared_letter_by_letter() -> None:
    assert Filler(("robotics",), exact=True).accepts(Filler(("robotics",)))
    assert not Filler(("robotics",), exact=True).accepts(Filler(("Robotics",)))


# --- dates -------------------------------------------------------------------------------------


def days(start: str, end: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end or start)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (days("2018-08-20", "2018-08-26"), days("2018-08-20", "2018-08-26"), True),
        (days("2018-08-20", "2018-08-23"), days("2018-08-20", "2018-08-26"), True),
        (days("2018-08-20", "2018-08-22"), days("2018-08-20", "2018-08-26"), False),
        (days("2018-08-20"), days("2018-08-21"), False),
    ],
)
def test_ranges_share_half_of_their_days(a: tuple[date, date], b: tuple[date, date], same: bool) -> None:
    assert same_interval(a, b) is same


AUGUST = days("2018-08-01", "2018-08-31")


@pytest.mark.parametrize(
    ("found", "gold", "counts"),
    [
        (None, None, Counts()),
        (AUGUST, None, Counts(spurious=1)),
        (None, GoldDate((AUGUST,)), Counts(missed=1)),
        (None, GoldDate((AUGUST,), optional=True), Counts()),
        (AUGUST, GoldDate((AUGUST,)), Counts(right=1)),
        (AUGUST, GoldDate((AUGUST,), optional=True), Counts()),
        (AUGUST, GoldDate((days("2017-01-01"), AUGUST)), Counts(right=1)),
        (AUGUST, GoldDate((days("2017-01-01"),)), Counts(spurious=1, missed=1)),
        (AUGUST, GoldDate((days("2017-01-01"),), optional=True), Counts(spurious=1)),
    ],
)
def test_dates(found: tuple[date, date] | None, gold: GoldDate | None, counts: Counts) -> None:
    assert compare_date(found, gold) == counts


# --- records -----------------------------------------------------------------------------------


def gold_visit(**changes: Any) -> Json:
    empty: Json = {"visitors": [], "leaders": [], "hosts": [], "places": [], "date": None}
    return {"status": ["occurred"], **empty, **changes}


def gold(*, visits: Iterable[Json] = (), agreements: Iterable[Json] = (), **changes: Any) -> Json:
    records = {"visits": list(visits), "agreements": list(agreements)}
    return {"language": "en", "meta": {}, **records, "technologies": [], **changes}


def found_visit(**slots: list[str]) -> Json:
    return {
        "status": "occurred",
        **{slot: [{"name": name} for name in names] for slot, names in slots.items()},
    }


def slot_counts(found: Json, wanted: Json, slot: str, kind: str = "visits") -> Counts:
    """Score one record against one."""
    return score({"a": found_of({kind: [found]})}, {"a": gold_of(gold(**{kind: [wanted]}))}).slots[kind][slot]


def test_optional_fillers_count_neither_way() -> None:
    wanted = gold_visit(visitors=[["Changchun"], {"names": ["China"], "optional": True}])
    assert slot_counts(found_visit(visitors=["Changchun", "China"]), wanted, "visitors") == Counts(right=1)
    assert slot_counts(found_visit(visitors=["Changchun"]), wanted, "visitors") == Counts(right=1)


def test_a_required_filler_is_claimed_once_and_its_other_names_are_tolerated() -> None:
    wanted = gold_visit(hosts=[["TechnoSpark", "Nano-Center"]])
    assert slot_counts(found_visit(hosts=["TechnoSpark", "Nano-Center"]), wanted, "hosts") == Counts(right=1)


def test_spurious_and_missed_fillers() -> None:
    wanted = gold_visit(hosts=[["TechnoSpark"], ["Ivanov"]])
    counts = slot_counts(found_visit(hosts=["TechnoSpark", "Petrov", "Sidorov"]), wanted, "hosts")
    assert counts == Counts(right=1, spurious=2, missed=1)


def test_any_name_of_a_filler_may_be_right() -> None:
    wanted = gold_visit(places=[["Троицк"]])
    for names in (
        {"name": "Троицк"},
        {"name": "город", "text": "Троицке"},
        {"name": "он", "aliases": ["Троицк"]},
    ):
        found = {"status": "occurred", "places": [names]}
        assert slot_counts(found, wanted, "places") == Counts(right=1)


@pytest.mark.parametrize(("slot", "neighbour"), [("visitors", "leaders"), ("hosts", "places")])
def test_a_filler_of_the_neighbouring_slot_is_neither_right_nor_wrong(slot: str, neighbour: str) -> None:
    for here, there in ((slot, neighbour), (neighbour, slot)):
        wanted = gold_visit(**{here: [["Zhang"]], there: [["Troitsk"]]})
        found = found_visit(**{here: ["Zhang", "Troitsk"]})
        assert slot_counts(found, wanted, here) == Counts(right=1)
        assert slot_counts(found, wanted, there) == Counts(missed=1)


def test_status_and_kind_accept_any_value_of_their_lists() -> None:
    wanted = {"status": ["planned", "proposed"], "kind": ["memorandum"], "parties": [["Troitsk"]]}
    found = {"status": "proposed", "kind": "contract", "parties": ["Troitsk"]}
    assert slot_counts(found, wanted, "status", "agreements") == Counts(right=1)
    assert slot_counts(found, wanted, "kind", "agreements") == Counts(spurious=1, missed=1)


def test_technologies_of_an_agreement_are_ids() -> None:
    wanted = {"status": ["signed"], "kind": ["memorandum"], "parties": [["A1"]], "technologies": ["lasers"]}
    found = {"status": "signed", "kind": "memorandum", "parties": ["A1"], "technologies": ["lasers", "laser"]}
    assert slot_counts(found, wanted, "technologies", "agreements") == Counts(right=1, spurious=1)


def test_unpaired_records_count_all_their_fillers() -> None:
    dated = {"start": "2018-08-21", "end": "2018-08-21"}
    wanted = gold_visit(visitors=[["Ivanov"], {"names": ["Omsk"], "optional": True}], date=dated)
    scores = score(
        {"a": found_of({"visits": [{**found_visit(visitors=["Li", "Wu"]), "date": dated}]})},
        {"a": gold_of(gold(visits=[wanted]))},
    )
    assert scores.records["visits"] == Counts(spurious=1, missed=1)
    assert scores.slots["visits"]["visitors"] == Counts(spurious=2, missed=1)
    assert scores.slots["visits"]["date"] == Counts(spurious=1, missed=1)
    assert scores.slots["visits"]["status"] == Counts(spurious=1, missed=1)


def test_optional_records_count_neither_way() -> None:
    wanted = gold_visit(visitors=[["Ivanov"]], optional=True)
    for visits in ([], [found_visit(visitors=["Ivanov", "Petrov"])]):
        scores = score({"a": found_of({"visits": visits})}, {"a": gold_of(gold(visits=[wanted]))})
        assert scores.records["visits"] == Counts()
        assert scores.total("visits") == Counts()


def test_records_that_share_no_filler_are_not_paired() -> None:
    dated = {"start": "2018-08-21", "end": "2018-08-21"}
    found = found_of({"visits": [{"status": "occurred", "date": dated}]}).records["visits"]
    wanted = gold_of(gold(visits=[gold_visit(date=dated)])).records["visits"]
    assert pair(found, wanted, "visits") == {}


def pair_visits(found: list[Json], wanted: list[Json]) -> dict[int, int]:
    return pair(
        found_of({"visits": found}).records["visits"],
        gold_of(gold(visits=wanted)).records["visits"],
        "visits",
    )


def optional(*names: str) -> list[Json]:
    return [{"names": [name], "optional": True} for name in names]


def test_optional_fillers_pair_records_that_share_nothing_else() -> None:
    wanted = gold_visit(visitors=[["Ivanov"]], hosts=optional("Troitsk"))
    assert pair_visits([found_visit(hosts=["Troitsk"])], [wanted]) == {0: 0}
    assert pair_visits([found_visit(hosts=["Tver"])], [wanted]) == {}
    assert pair_visits([found_visit(places=["Ivanov"])], [wanted]) == {}


def test_two_optional_fillers_count_and_no_more() -> None:
    """Four optional fillers beside a spurious visitor are less than two alone, and more than one."""
    many = gold_visit(hosts=optional("Aaaa", "Bbbb", "Cccc", "Dddd"))
    more = found_visit(hosts=["Aaaa", "Bbbb", "Cccc", "Dddd"], visitors=["Wu"])
    assert pair_visits([more, found_visit(hosts=["Aaaa", "Bbbb"])], [many]) == {1: 0}
    assert pair_visits([more, found_visit(hosts=["Aaaa"])], [many]) == {0: 0}


def test_a_required_filler_weighs_more_than_optional_ones() -> None:
    wanted = gold_visit(visitors=[["Ivanov"]], hosts=optional("Aaaa", "Bbbb"))
    assert pair_visits([found_visit(hosts=["Aaaa", "Bbbb"]), found_visit(visitors=["Ivanov"])], [wanted]) == {1: 0}


def test_pairing_maximises_the_sum_and_not_the_first_pair() -> None:
    """Taking the most similar pair first gives 3 shared fillers and then none; 2 and 2 are more."""
    wanted = [
        gold_visit(hosts=[["Aaaa"], ["Bbbb"], ["Cccc"], ["Dddd"]]),
        gold_visit(hosts=[["Aaaa"], ["Bbbb"]]),
    ]
    found = [found_visit(hosts=["Aaaa", "Bbbb", "Cccc"]), found_visit(hosts=["Cccc", "Dddd"])]
    assert pair_visits(found, wanted) == {0: 1, 1: 0}


def test_pairing_ends_on_absurd_inputs() -> None:
    found = found_of({"visits": [found_visit(hosts=["Troitsk"])] * 30}).records["visits"]
    wanted = gold_of(gold(visits=[gold_visit(hosts=[["Troitsk"]])] * 30)).records["visits"]
    assert len(pair(found, wanted, "visits")) == 30


def test_differences_are_told_in_words() -> None:
    wanted = gold_visit(hosts=[["Troitsk"]], date={"start": "2018-08-21", "end": "2018-08-21"})
    found = found_of({"visits": [{**found_visit(hosts=["Tver"]), "status": "planned"}]})
    compared = compare_record(
        found.records["visits"][0], gold_of(gold(visits=[wanted])).records["visits"][0], "visits"
    )
    assert compared.differences == (
        "+hosts:Tver",
        "-hosts:Troitsk",
        "date:none!=2018-08-21..2018-08-21",
        "status:planned!=occurred",
    )


# --- technologies, page, totals ----------------------------------------------------------------


def test_technology_areas() -> None:
    areas = [{"id": ["lasers", "photonics"]}, {"id": ["medicine"]}, {"id": ["robotics"], "optional": True}]
    scores = score(
        {"a": found_of({"technologies": [{"id": "photonics"}, {"id": "robotics"}, "defence"]})},
        {"a": gold_of(gold(technologies=areas))},
    )
    assert scores.slots["technologies"]["id"] == Counts(right=1, spurious=1, missed=1)
    assert scores.differences["a"] == ["technology missed: medicine", "technology spurious: defence"]


def test_page_facts() -> None:
    wanted = gold(meta={"title": "Visit to Troitsk", "published": "2018-08-21", "source": None})
    right = {"language": "en", "title": "A visit to Troitsk", "published": "2018-08-21", "source": "Anybody"}
    wrong = {"language": "ru", "title": None, "published": "2018-08-22"}
    scores = score({"a": found_of(right), "b": found_of(wrong)}, dict.fromkeys("ab", gold_of(wanted)))
    assert dict(scores.meta) == {"language": (1, 2), "title": (1, 2), "published": (1, 2)}


def test_a_text_without_a_document_found_nothing() -> None:
    scores = score({}, {"a": gold_of(gold(visits=[gold_visit(visitors=[["Ivanov"]])]))})
    assert scores.differences["a"][0] == "no prediction"
    assert scores.records["visits"] == Counts(missed=1)


def test_shares() -> None:
    counts = Counts(right=3, spurious=1, missed=2)
    assert counts.to_dict() == {"p": 0.75, "r": 0.6, "f1": 0.6667, "tp": 3, "fp": 1, "fn": 2}
    assert Counts().to_dict() == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 0, "fp": 0, "fn": 0}
    assert Counts(spurious=1, missed=1).f1 == 0


def test_score_is_the_mean_over_the_three_kinds() -> None:
    wanted = gold(visits=[gold_visit(hosts=[["Troitsk"]])], technologies=[{"id": ["lasers"]}])
    scores = score({"a": Found()}, {"a": gold_of(wanted)})
    assert scores.score == 0.3333  # nothing to find among agreements, and nothing found


def test_rules_are_scored_by_the_records_they_had_part_in() -> None:
    right = {**found_visit(hosts=["Troitsk"]), "rules": ["visit.receive", "visit.travel"]}
    wrong = {**found_visit(hosts=["Tver"]), "rules": ["visit.travel"]}
    wanted = gold_of(gold(visits=[gold_visit(hosts=[["Troitsk"]])]))
    rules = score({"a": found_of({"visits": [right, wrong]})}, {"a": wanted}).rules
    assert (rules["visit.receive"].confidence, rules["visit.travel"].confidence) == (2 / 3, 2 / 4)


# --- files -------------------------------------------------------------------------------------


def test_gold_of_the_repository_is_readable() -> None:
    golds = load_gold([GOLD])
    assert len(golds) >= 30
    assert any(each.records["visits"] for each in golds.values())


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no"):
        load_gold([tmp_path])


@pytest.mark.parametrize("line", ["{", "[1]", '{"language": "en"}', "1"])
def test_predictions_that_are_no_documents_are_an_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(ReadError, match="not a list of documents"):
        load_documents(path)


def test_predictions_may_hold_unusual_line_separators(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "title": "x\u2028y"}, ensure_ascii=False) + "\n", "utf-8")
    assert load_documents(path)["a"]["title"] == "x\u2028y"


# --- the same figures as the scorer that the measure was taken from ----------------------------


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = os.environ.get("COOPEX_SCORER")
    if not path:
        pytest.skip("COOPEX_SCORER does not name the reference scorer")
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(5))
def test_figures_are_those_of_the_reference_scorer(scorer: ModuleType, seed: int) -> None:
    chance = random.Random(seed)
    paths = {path.name.removesuffix(".gold.json"): path for path in sorted(GOLD.rglob("*.gold.json"))}
    golds = {name: json.loads(path.read_text("utf-8")) for name, path in paths.items()}
    documents = {name: _spoiled(each, chance) for name, each in golds.items() if chance.random() < 0.9}
    ours = score({name: found_of(each) for name, each in documents.items()}, load_gold([GOLD]))
    theirs = scorer.score(documents, golds)
    assert 0.3 < theirs["score"] < 0.9
    assert ours.to_dict() == theirs


def _spoiled(item: Json, chance: random.Random) -> Json:
    """Turn gold into a document with gaps, slips, doubles and inventions."""
    document: Json = {"language": chance.choice(["en", "ru"]), **item["meta"]}
    for kind, slots in (
        ("visits", ("visitors", "leaders", "hosts", "places")),
        ("agreements", ("parties", "signatories")),
    ):
        records = [_spoiled_record(each, slots, chance) for each in item[kind] if chance.random() < 0.8]
        document[kind] = records + [each for each in records if chance.random() < 0.3]
        chance.shuffle(document[kind])
    areas = [{"id": chance.choice(each["id"])} for each in item["technologies"] if chance.random() < 0.7]
    return {**document, "technologies": areas + [{"id": "defence"}] * (chance.random() < 0.3)}


def _spoiled_record(record: Json, slots: tuple[str, ...], chance: random.Random) -> Json:
    spoiled: Json = {slot: list(_spoiled_fillers(record.get(slot) or [], chance)) for slot in slots}
    spoiled["status"] = chance.choice([*record["status"], "planned"])
    if "kind" in record:
        spoiled["kind"] = chance.choice([*record["kind"], "other"])
        areas = [_names(each)[0] for each in record.get("technologies") or []]
        spoiled["technologies"] = [area for area in areas if chance.random() < 0.8]
    if record.get("date") and chance.random() < 0.8:
        spoiled["date"] = {key: record["date"][key] for key in ("start", "end")}
    elif chance.random() < 0.3:
        spoiled["date"] = {"start": "2018-05-05"}
    return spoiled


def _spoiled_fillers(fillers: list[Any], chance: random.Random) -> Iterable[Json]:
    for filler in fillers:
        if chance.random() < 0.75:
            names = _names(filler)
            yield {
                "name": chance.choice(names) + chance.choice(["", "", "ом", "s"]),
                "text": chance.choice(names),
            }
    if chance.random() < 0.3:
        yield {"name": chance.choice(["Moscow", "Пекин", "Ministry of Science", "Иванов"])}


def _names(filler: Any) -> list[str]:
    if isinstance(filler, dict):
        return list(filler["names"])
    return filler if isinstance(filler, list) else [filler]
