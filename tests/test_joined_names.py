"""Names that recognisers cut in two, through the whole pipeline: kind and country of each entity."""

from __future__ import annotations

from functools import lru_cache

import pytest

from coopex import Extractor


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("The minister of Trinidad and Tobago came to Oulu.", "Trinidad and Tobago", "place", "TT"),
        ("Министр Антигуа и Барбуды прибыл в Омск.", "Антигуа и Барбуда", "place", "AG"),
        ("A team from Athens, Ohio, visited Oulu on 4 May.", "Athens", "place", "US"),
        ("A team from Cambridge, Massachusetts, visited Oulu on 4 May.", "Cambridge", "place", "US"),
        ("Группа из Мельбурна (штат Флорида) посетила Омск.", "Мельбурн", "place", "US"),
        ("The guests saw Kazan, Tatarstan, and Ufa.", "Tatarstan", "place", "RU"),
        ("Oslo, Nevada and Utah signed a protocol on trams.", "Nevada", "place", "US"),
        ("A team of Lie, Ruiz & Holm LLP visited Oulu on 4 May.", "Lie, Ruiz & Holm LLP", "organization", None),
        ("Berg & Dahl signed a contract with Oulu University.", "Berg & Dahl", "organization", None),
        ("The University of Maine, Orono, hosted a team.", "University of Maine, Orono", "organization", "US"),
        ("Experts of East Germany visited Oulu in 1970.", "East Germany", "place", None),
        ("Делегация СССР посетила Осло в 1970 году.", "СССР", "place", None),
    ],
)
def test_a_name_is_one_entity(text: str, name: str, kind: str, country: str | None) -> None:
    found = {entity.name: (entity.kind, entity.country) for entity in extractor().extract(text).entities}
    assert found.get(name) == (kind, country), found


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("An Oulu-Graz protocol on trams was signed on Monday.", {"Oulu", "Graz"}),
        ("Польско-чешское соглашение о водороде подписано в понедельник.", {"Польша", "Чехия"}),
    ],
)
def test_a_pair_before_an_instrument_is_bound_by_it(text: str, parties: set[str]) -> None:
    (agreement,) = extractor().extract(text).agreements
    assert {party.name for party in agreement.parties} == parties
