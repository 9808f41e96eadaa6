from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from coopex import language
from coopex.blocks import Block, split_blocks
from coopex.language import ALLOWED, identify, label_languages
from coopex.language_scores import scores

RAW = Path(__file__).parents[1] / "data" / "raw"

EN = "A delegation of engineers from Lyon visited the Institute of Optics and signed a memorandum on lasers."
RU = "Делегация инженеров из Лиона посетила Институт оптики и подписала меморандум о лазерах и оптоволокне."
UK = "Делегація інженерів із Ліона відвідала Інститут оптики та підписала меморандум про лазери і волокно."


def _label(*paragraphs: str) -> tuple[str | None, list[str | None]]:
    text = "\n\n".join(paragraphs)
    language, blocks = label_languages(text, split_blocks(text))
    return language, [block.language for block in blocks]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (EN, "en"),
        (RU, "ru"),
        (UK, "uk"),
        ("Делегация от инженери от Лион посети Института по оптика и подписа меморандум за лазерите.", "bg"),
        (
            "Делегација инжењера из Лиона посетила је Институт за оптику и потписала меморандум о ласерима.",
            "sr",
        ),
        (
            "Лиондық инженерлер делегациясы Оптика институтына келіп, меморандумға қол қойды.",
            "kk",
        ),
        (
            "Eine Delegation von Ingenieuren aus Lyon hat das Institut für Optik besucht.",
            "de",
        ),
        (
            "Une délégation d'ingénieurs de Lyon a visité l'Institut d'optique et signé un accord.",
            "fr",
        ),
        ("来自里昂的工程师代表团访问了光学研究所并签署了激光备忘录。", "zh"),
        ("2019 — 12", None),
        ("Главная", "ru"),
        ("News", "en"),
    ],
)
def test_identify(text: str, language: str | None) -> None:
    assert identify(text) == language


def test_russian_menu_does_not_matter() -> None:
    language, labels = _label("Главная | Новости | Контакты", "Visit to the Institute of Optics", EN, EN)
    assert (language, labels) == ("en", ["ru", "en", "en", "en"])


def test_english_quotation_in_a_russian_page() -> None:
    language, labels = _label("Гости из Лиона в институте", RU, EN, RU)
    assert (language, labels) == ("ru", ["ru", "ru", "en", "ru"])


@pytest.mark.parametrize(
    "text", [UK, "Eine Delegation aus Lyon hat das Institut für Optik besucht und war beeindruckt."]
)
def test_other_languages_are_none(text: str) -> None:
    assert _label(text, text)[0] is None


def test_short_lines_follow_the_vote_of_their_script() -> None:
    language, labels = _label("Визит в Баткен", RU, RU, "Пресс-служба мэрии")
    assert (language, labels) == ("ru", ["ru", "ru", "ru", "ru"])


def test_letters_that_contradict_keep_their_language() -> None:
    assert _label(RU, RU, "Прес-служба уряду України повідомляє про візит і підписання угоди")[1][-1] == "uk"


def test_names_in_latin_letters_do_not_make_a_text_english() -> None:
    language, _ = _label(
        "«Ростех» и Siemens Healthineers AG открыли центр",
        "Компании Siemens, General Electric и «Ростех» открыли центр.",
    )
    assert language == "ru"


def test_no_blocks() -> None:
    assert label_languages("", []) == (None, [])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_labels_change_nothing_but_the_language(text: str) -> None:
    blocks = split_blocks(text)
    language, labelled = label_languages(text, blocks)
    assert language in ("en", "ru", None)
    assert [Block(b.start, b.end, b.kind) for b in labelled] == blocks


def test_scores_are_those_of_the_classifier_itself() -> None:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(ALLOWED.split())
    samples = [path.read_text("utf-8") for path in sorted(RAW.glob("*.txt"))]
    texts = [line for sample in samples for line in sample.splitlines()]
    texts += [EN.upper(), RU.upper(), UK, "", "12", "\ud800é"]
    assert scores(ALLOWED).best(texts) == [model.classify(text)[0] for text in texts]


@given(st.text(max_size=60))
def test_letters_are_counted_as_by_patterns(text: str) -> None:
    counts = {name: len(letters.findall(text)) for name, letters in language._LETTERS.items()}
    most = max(counts.values())
    assert language._script(text) == (next(name for name in counts if counts[name] == most) if most else None, most)
