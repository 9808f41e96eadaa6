"""Names in English and Russian news: boundaries, labels, nominatives, posts, countries, acronyms."""

from __future__ import annotations

import pytest

from coopex.annotate.normalize import nominative
from marked_names import Case, cases, extractor, found_names, spans, told

ALL = [*cases("en"), *cases("ru")]


def marked(chosen: list[Case], reason: str = "known") -> list[object]:
    """The cases as parameters; those that are known to fail are strict `xfail`s."""
    return [
        pytest.param(case, marks=pytest.mark.xfail(reason=why, strict=True) if (why := getattr(case, reason)) else ())
        for case in chosen
    ]


@pytest.mark.parametrize("case", marked(ALL))
def test_names_are_found(case: Case) -> None:
    assert told(case.text, found_names(case)) == told(case.text, case.names)


@pytest.mark.parametrize("case", marked([case for case in ALL if case.forms], "forms_known"))
def test_names_in_the_nominative(case: Case) -> None:
    forms = {span.text: nominative(span) for span in spans(case)}
    assert {text: forms.get(text) for text in case.forms} == case.forms


@pytest.mark.parametrize("case", marked([case for case in ALL if case.facts], "facts_known"))
def test_what_a_text_tells_of_a_name(case: Case) -> None:
    """Country and acronym of entities, posts of the people in records."""
    reading = extractor().read(case.text)
    document = extractor().extract(case.text)
    records = [*document.visits, *document.agreements]
    parties = [p for v in document.visits for p in (*v.visitors, *v.leaders, *v.hosts, *v.places)]
    parties += [p for a in document.agreements for p in (*a.parties, *a.signatories)]
    roles = {party.name: party.role for party in parties}
    found = {
        entity.name: {"country": entity.country, "alias": entity.aliases(), "role": roles.get(entity.name)}
        for entity in reading.entities.all
    }
    assert records or not any("role" in facts for facts in case.facts.values())
    for name, facts in case.facts.items():
        assert name in found
        for key, value in facts.items():
            told_value = found[name][key]
            assert value in told_value if isinstance(told_value, tuple) else value == told_value
