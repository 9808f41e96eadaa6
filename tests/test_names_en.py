from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from coopex.annotate.name_words import name_words
from coopex.annotate.names import complete_names, share_names

VOCAB = spacy.blank("en").vocab
POS = {
    "N": "PROPN", "C": "NOUN", "J": "ADJ", "V": "VERB", "D": "DET", "P": "ADP",
    "A": "CCONJ", "T": "PART", "U": "PUNCT", "R": "PRON", "B": "ADV",
}  # fmt: skip


def make_doc(tagged: str) -> Doc:
    """`"the_D Fram_N Centre_N:ORG"` → a Doc; `:LABEL` begins and `:+LABEL` continues a model entity.

    Where no label is given, the model sees something in every proper noun, and calls it an organisation.
    """
    seen = "O" if ":" in tagged else "ORG"
    words, tags, ents = [], [], []
    for item in tagged.split():
        word, _, rest = item.rpartition("_")
        pos, _, label = rest.partition(":")
        words.append(word)
        tags.append(POS[pos])
        if seen == "ORG" and pos == "N":
            label = "+ORG" if tags[-2:-1] == ["PROPN"] else "ORG"
        ents.append(f"I-{label[1:]}" if label.startswith("+") else f"B-{label}" if label else "O")
    starts: list[bool | int | None] = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    spaces = [
        i + 1 < len(words) and words[i + 1] not in {".", ",", ")"} and words[i] != "("
        for i in range(len(words))
    ]
    return Doc(VOCAB, words=words, pos=tags, ents=ents, sent_starts=starts, spaces=spaces)


def found(tagged: str) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in complete_names(make_doc(tagged)).ents]


def test_institute_with_owner_and_acronym_is_one_name_and_an_acronym() -> None:
    tagged = (
        "guests_C from_P the_D Institute_N of_P Plasma_N Physics_N of_P the_D Chinese_J "
        "Academy_N of_P Sciences_N (_U ASIPP_N )_U came_V"
    )
    assert found(tagged) == [
        ("Institute of Plasma Physics of the Chinese Academy of Sciences", "ORG"),
        ("ASIPP", "ORG"),
    ]


def test_list_of_organisations_is_split() -> None:
    tagged = (
        "of_P the_D National_N Research_N Foundation_N (_U NRF_N )_U ,_U the_D "
        "Council_N for_P Scientific_N and_A Industrial_N Research_N and_A Cuba_N 's_T "
        "Finlay_N Institute_N"
    )
    assert found(tagged) == [
        ("National Research Foundation", "ORG"),
        ("NRF", "ORG"),
        ("Council for Scientific and Industrial Research", "ORG"),
        ("Cuba", "LOC"),
        ("Finlay Institute", "ORG"),
    ]


@pytest.mark.parametrize(
    ("tagged", "person"),
    [
        (
            "met_V Minister_N of_P Agriculture_N Askar_N Myrzakhmetov_N",
            "Askar Myrzakhmetov",
        ),
        (
            "met_V Vice_N Rector_N Kirill_N V._N ROZHDESTVENSKY_N",
            "Kirill V. ROZHDESTVENSKY",
        ),
        ("met_V G._N:PER D._N:+PER Shirkov_N:+PER", "G. D. Shirkov"),
        ("met_V Dean_N TURICHIN_N", "TURICHIN"),
        ("met_V YAN_N:PER Rujian_N:+PER", "YAN Rujian"),
        ("met_V their_R guest_C Xi_N:PER Jinping_N:+PER", "Xi Jinping"),
        ("met_V President_N Abdel_N Fattah_N El_N", "Abdel Fattah El"),
    ],
)
def test_person_without_title_or_post(tagged: str, person: str) -> None:
    assert found(tagged) == [(person, "PER")]


def test_field_of_a_post_is_no_name() -> None:
    assert found("the_D Minister_N of_P Science_N:ORG and_A:+ORG Technology_N:+ORG spoke_V") == []


def test_post_between_organisation_and_person() -> None:
    tagged = "with_P Harbin_N Engineering_N University_N President_N Yao_N Yu_N"
    assert found(tagged) == [("Harbin Engineering University", "ORG"), ("Yao Yu", "PER")]


def test_company_before_its_chief_is_no_person() -> None:
    tagged = "and_A Tesla_N:PER chief_C Elon_N:PER Musk_N:+PER came_V"
    assert found(tagged) == [("Tesla", "ORG"), ("Elon Musk", "PER")]


def test_quoted_name_after_a_class_noun() -> None:
    assert found('the_D company_C "_U Uniten_N Biotech_N "_U') == [("Uniten Biotech", "ORG")]
    assert found('the_D forum_C "_U Technoprom_N:ORG "_U') == []


def test_legal_form_after_comma() -> None:
    tagged = "by_P Coway_N International_N TechTrans_N Co._N ,_U Ltd._N and_A"
    assert found(tagged) == [("Coway International TechTrans Co., Ltd.", "ORG")]


def test_shared_head_and_epithet() -> None:
    assert found("the_D Laser_N and_A Welding_N Laboratory_N") == [("Laser and Welding Laboratory", "ORG")]
    tagged = "at_P Peter_N:PER the_D Great_N St._N Petersburg_N Polytechnic_N University_N"
    assert found(tagged) == [("Peter the Great St. Petersburg Polytechnic University", "ORG")]


def test_demonyms_events_and_documents_are_no_names() -> None:
    assert found("the_D Chinese_J:LOC guests_C") == []
    assert found("a_D Memorandum_N:ORG of_P:+ORG Understanding_N:+ORG") == []
    assert found("the_D Eastern_N:ORG Economic_N:+ORG Forum_N:+ORG") == []


def test_class_noun_before_the_name() -> None:
    assert found("the_D State_N Corporation_N Rosatom_N:PER came_V") == [("State Corporation Rosatom", "ORG")]
    assert found('with_P LLC_N "_U Uniten_N "_U') == [("Uniten", "ORG")]


def test_person_after_post_and_place() -> None:
    tagged = "met_V Consul_N General_N in_P Khabarovsk_N:LOC Cui_N:+LOC Guojie_N:+LOC"
    assert found(tagged) == [("Khabarovsk", "LOC"), ("Cui Guojie", "PER")]
    tagged = "met_V Governor_N of_P Tomsk_N Region_N Sergey_N Zhvachkin_N"
    assert found(tagged) == [("Tomsk Region", "LOC"), ("Sergey Zhvachkin", "PER")]


def test_capitals_headline() -> None:
    tagged = "DEPARTMENT_C OF_P SCIENCE_N ,_U TECHNOLOGY_N AND_A INNOVATION_N"
    assert found(tagged) == [("DEPARTMENT OF SCIENCE, TECHNOLOGY AND INNOVATION", "ORG")]


def test_share_names_carries_surnames_and_acronyms_into_other_blocks() -> None:
    first = complete_names(
        make_doc("by_P Grigory_N:PER Trubnikov_N:+PER of_P the_D Joint_N Institute_N (_U JINR_N )_U")
    )
    second = complete_names(make_doc("then_B Trubnikov_N left_V JINR_N:PER"))
    headline = complete_names(make_doc("TRUBNIKOV_C LEAVES_V DUBNA_N"))
    share_names([first, second, headline])
    assert [(ent.text, ent.label_) for ent in second.ents] == [("Trubnikov", "PER"), ("JINR", "ORG")]
    assert ("TRUBNIKOV", "PER") in [(ent.text, ent.label_) for ent in headline.ents]


def test_text_without_names_and_empty_doc() -> None:
    assert found("they_R came_V yesterday_C") == []
    assert complete_names(Doc(VOCAB, words=[])).ents == ()


def test_field_words() -> None:
    words = name_words()
    assert words.is_field("Oncology")
    assert words.is_field("Trade")
    assert not words.is_field("Harbin")
    assert not words.is_field("University")
