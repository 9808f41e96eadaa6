"""Technology areas: the lists against their examples, the matcher, names of bodies, scope and roles."""

from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc, Span

from coopex.errors import BadConfiguration
from coopex.records import TAXONOMY
from coopex.technology import EventPlaces, find_terms, in_body_name, select_areas, weigh_areas
from coopex.technology.features import is_telling, read_terms_of
from coopex.technology.lexicon import LANGUAGES, Entry, _guarded, entries
from coopex.technology.words import normalise

TOKENISERS = {language: spacy.blank(language) for language in LANGUAGES}
ENTRIES = [(language, entry) for language in LANGUAGES for entry in entries(language)]
EXAMPLES = [(language, entry.area, text) for language, entry in ENTRIES for text in entry.examples]
COUNTER_EXAMPLES = [(language, entry.area, text) for language, entry in ENTRIES for text in entry.counter_examples]


@dataclass(frozen=True)
class Block:
    kind: str = "body"


def doc_of(text: str, language: str = "en") -> Doc:
    return TOKENISERS[language](text)


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(match.id, match.text) for match in find_terms(doc_of(text, language))]


def ids(text: str, language: str = "en") -> set[str]:
    return {match.id for match in find_terms(doc_of(text, language))}


def features(area: str, *texts: str, language: str = "en", kind: str = "body") -> set[str]:
    weighed = weigh_areas([(Block(kind), doc_of(text, language)) for text in texts])
    return next((set(each.features) for each in weighed if each.id == area), set())


def claims(text: str, language: str) -> set[str]:
    """Areas with a term that may present them: a clear one, or an everyday word in the right company."""
    terms = read_terms_of([(0, "body", doc_of(text, language))], EventPlaces())
    found = [mention for mentions in terms.mentions.values() for mention in mentions]
    return {m.match.id for m in found if is_telling(m) and (m.is_clear or (m.supported and m.match.needs == "support"))}


def presented(*texts: str, language: str = "en", kind: str = "body") -> set[str]:
    return {area.id for area in select_areas([(Block(kind), doc_of(text, language)) for text in texts])}


# The lists


def test_every_area_has_terms_and_examples_in_both_languages() -> None:
    assert len(TAXONOMY) == 66
    for language in LANGUAGES:
        assert [entry.area for entry in entries(language)] == list(TAXONOMY)


@pytest.mark.parametrize(("language", "entry"), ENTRIES)
def test_an_entry_is_rich_enough(language: str, entry: Entry) -> None:
    assert sum(term.needs == "nothing" for term in entry.terms) >= 10
    assert len(entry.examples) >= 2
    assert len(entry.counter_examples) >= 2


@pytest.mark.parametrize(("language", "area", "text"), EXAMPLES)
def test_an_example_claims_its_area(language: str, area: str, text: str) -> None:
    assert area in claims(text, language)


@pytest.mark.parametrize(("language", "area", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_does_not(language: str, area: str, text: str) -> None:
    assert area not in claims(text, language)


def test_an_unknown_guard_is_an_error() -> None:
    with pytest.raises(BadConfiguration, match="not_afterr"):
        _guarded("space", {"term": "space", "not_afterr": "office"})


# The matcher


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fibre-optic cable.", [("telecommunications", "fibre-optic cable")]),
        ("Fiber optic cables.", [("telecommunications", "Fiber optic cables")]),
        ("Bio-technologies", [("biotechnology", "Bio-technologies")]),
        ("They study nanomaterials.", [("nanotechnology", "nanomaterials")]),
        ("Energy-saving lamps", [("energy_efficiency", "Energy-saving lamps")]),
        ("IT companies", [("information_technology", "IT companies")]),
        ("It was late.", []),
        ("Two UAVs and an NPP.", [("unmanned_systems", "UAVs"), ("nuclear_energy", "NPP")]),
        ("Defense industry", [("defence", "Defense industry")]),
    ],
)
def test_spelling_hyphen_and_number_do_not_matter(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с беспилотными летательными аппаратами", {"unmanned_systems"}),
        ("выпуск микросхем", {"microelectronics"}),
        ("нанопорошки и углеродные нанотрубки", {"nanotechnology", "graphene"}),
        ("о сверхтвёрдых материалах", {"synthetic_diamond"}),
        ("о сверхтвердых материалах", {"synthetic_diamond"}),
        ("исследования генома", {"genetics"}),
        ("волоконно-оптическую линию связи", {"telecommunications"}),
        ("3D-печатью", {"additive_manufacturing"}),
        ("для АЭС", {"nuclear_energy"}),
        ("по словам ректора", set()),
        ("в Германию", set()),
        ("в связи с визитом", set()),
    ],
)
def test_russian_words_are_found_in_any_form(text: str, expected: set[str]) -> None:
    assert ids(text, "ru") == expected


def test_lemmas_help_where_endings_mislead() -> None:
    doc = Doc(TOKENISERS["ru"].vocab, words=["ветрогенераторищами"], lemmas=["ветрогенератор"])
    assert [match.id for match in find_terms(doc)] == ["renewable_energy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a warehouse robot", {"logistics_robotics"}),
        ("nuclear medicine", {"nuclear_medicine"}),
        ("traditional Chinese medicine", {"traditional_medicine"}),
        ("driverless cars", {"autonomous_vehicles"}),
        ("a wind farm", {"renewable_energy"}),
        ("a submarine cable", {"telecommunications"}),
        ("quantum computing", {"quantum"}),
    ],
)
def test_the_longest_term_wins(text: str, expected: set[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "nuclear and radiation medicine", {"nuclear_medicine"}),
        ("en", "solar, wind and tidal energy", {"renewable_energy"}),
        ("en", "chemical and pharmaceutical industry", {"chemistry", "pharmaceuticals"}),
        ("en", "bio- and nanotechnology", {"biotechnology", "nanotechnology"}),
        ("ru", "солнечная и ветровая энергетика", {"renewable_energy"}),
        ("ru", "лазерных и плазменных технологий", {"lasers", "fusion"}),
        ("ru", "медицинской, фармацевтической и химической промышленности",
         {"medicine", "pharmaceuticals", "chemistry"}),
        ("ru", "машино- и станкостроение", {"machine_building"}),
        ("ru", "микро- и наноэлектроника", {"microelectronics", "nanotechnology"}),
    ],
)  # fmt: skip
def test_conjuncts_share_a_head(language: str, text: str, expected: set[str]) -> None:
    assert ids(text, language) == expected


def test_a_shared_head_is_part_of_the_evidence() -> None:
    text = "They discussed nuclear and radiation medicine."
    matches = find_terms(doc_of(text))
    assert [match.text for match in matches] == ["nuclear and radiation medicine", "radiation medicine"]
    assert all(text[match.start : match.end] == match.text for match in matches)


def test_offsets_are_of_the_text_as_it_is() -> None:
    text = "В  «Технопарке» — лазеры,\nдроны и “умный  дом”."
    for match in find_terms(doc_of(text, "ru")):
        assert text[match.start : match.end] == match.text
    assert ids(text, "ru") == {"lasers", "unmanned_systems", "internet_of_things"}


def test_a_language_without_lists_has_no_terms() -> None:
    assert find_terms(doc_of("lasers"), language="de") == []


def test_british_and_american_words_share_a_key() -> None:
    assert normalise("fibres") == normalise("fiber")
    assert normalise("digitalisation") == normalise("digitalization")
    assert normalise("порошок") == normalise("порошками")


# Names of bodies


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Ministry of Energy"),
        ("en", "the minister of energy and coal industry"),
        ("en", "the energy ministry"),
        ("en", "Vice Minister of Agriculture Li Wei"),
        ("en", "Harbin Medical University"),
        ("en", "the Aerospace Information Research Institute"),
        ("ru", "министр энергетики"),
        ("ru", "министерство сельского хозяйства и продовольствия"),
        ("ru", "Институт физики плазмы"),
        ("ru", "комитет по экологии"),
        ("ru", "Аграрный университет"),
        ("ru", "Клуб «Локомотив» купил вратаря"),
        ("ru", "«Металлург» сыграл вничью"),
    ],
)
def test_a_term_in_the_name_of_a_body_or_post(language: str, text: str) -> None:
    doc = doc_of(text, language)
    matches = find_terms(doc)
    assert matches
    assert all(in_body_name(doc, match) for match in matches)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry and the company agreed on hydrogen."),
        ("en", "The institute develops lasers."),
        ("ru", "Делегация посетила выставку «Фотоника»."),
        ("ru", "Институт разрабатывает лазеры."),
        ("ru", "Министерство поддержит проекты в области робототехники."),
    ],
)
def test_a_body_beside_a_term_is_not_its_name(language: str, text: str) -> None:
    doc = doc_of(text, language)
    assert [in_body_name(doc, match) for match in find_terms(doc)] == [False]


def test_a_recognised_organisation_is_a_body_but_a_centre_tells_its_work() -> None:
    doc = doc_of("They saw Ural Optics Ltd and the Proton Therapy Centre.")
    doc.set_ents([Span(doc, 2, 5, "ORG"), Span(doc, 7, 10, "ORG")])
    assert [(match.id, in_body_name(doc, match)) for match in find_terms(doc)] == [
        ("photonics", True),
        ("nuclear_medicine", False),
    ]


# What a text presents


def test_page_furniture_and_credits_present_nothing() -> None:
    assert presented("Read also: lasers and drones", kind="boilerplate") == set()
    assert presented("Photo: Laser Studio", kind="credit") == set()
    assert presented("Laser deal signed", kind="title") == {"lasers"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They will cooperate in trade, energy and health.", {"energy", "medicine"}),
        ("en", "The speech was full of energy.", set()),
        ("en", "He was taken to hospital.", set()),
        ("en", "A modern hospital will be built by the partners.", {"medicine"}),
        ("en", "Rising energy prices overshadowed the summit.", set()),
        ("ru", "Обсудили туризм, транспорт и строительство.", {"logistics", "construction"}),
        ("ru", "Общественный транспорт остановился.", set()),
        ("ru", "Рост цен на газ осложнил переговоры.", set()),
        ("ru", "Министр энергетики встретил гостей.", set()),
    ],
)
def test_ambiguous_words_need_company(language: str, text: str, expected: set[str]) -> None:
    assert claims(text, language) == expected


@pytest.mark.parametrize(
    ("area", "text", "feature"),
    [
        ("lasers", "They make lasers.", "by a clear term"),
        ("lasers", "They make solid-state lasers.", "by a clear term of several words"),
        ("medicine", "He was taken to hospital.", "an everyday word only"),
        ("medicine", "They will work together in trade, energy and health.", "an everyday word in a list of fields"),
        ("lasers", "They agreed on lasers.", "in a sentence of cooperation"),
        ("energy", "They will work in the field of energy.", "behind a word for a field"),
        ("energy", "The Ministry of Energy was host.", "only in names of bodies"),
        ("energy", "The Ministry of Energy was host. Power stations will be built.", "in a body's name too"),
        ("aviation", "Born in Harbin, she graduated in aviation.", "only in passing or as background"),
        ("unmanned_systems", "They were at the Drones Today fair.", "in capitals like a name"),
    ],
)
def test_a_feature_of_mentions(area: str, text: str, feature: str) -> None:
    assert feature in features(area, text)


def test_features_of_events_come_with_their_sentences() -> None:
    doc = doc_of("Li came to Oslo to see lasers. It rained.")
    (near,) = weigh_areas([(Block(), doc)], EventPlaces(visits=((0, 0, 30),)))
    (alone,) = weigh_areas([(Block(), doc)])
    assert {"in the sentence of a visit", "the text tells of a visit"} <= near.features.keys() - alone.features.keys()
    assert near.probability > alone.probability


def test_words_of_cooperation_and_research_make_an_area_likelier() -> None:
    passing = ("The man had a laser in his pocket.", "He was led away.", "Nobody was hurt.")
    work = ("Scientists of both institutes agreed to develop lasers.", "The partners will build a laboratory.")
    assert presented(*passing) == set()
    assert presented(*work) == {"lasers"}


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "The guests were shown picosecond lasers.", "showcased"),
        ("en", "Lasers are a priority of the region.", "priority"),
        ("en", "They agreed on joint work on lasers.", "topic"),
        ("en", "The firm makes lasers.", "activity"),
        ("ru", "Гостям показали лазеры.", "showcased"),
        ("ru", "Стороны договорились о выпуске лазеров.", "topic"),
    ],
)
def test_the_sentence_tells_the_role(language: str, text: str, role: str) -> None:
    weighed = weigh_areas([(Block(), doc_of(text, language))])
    assert [(area.id, area.role) for area in weighed] == [("lasers", role)]


def test_evidence_names_the_block() -> None:
    blocks = [(Block(), doc_of("Nothing here.")), (Block(), doc_of("They make lasers."))]
    (area,) = weigh_areas(blocks)
    assert [(block, match.text) for block, match in area.matches] == [(1, "lasers")]
