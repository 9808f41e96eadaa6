"""Whole names in Russian text, marked in the sentence: `[name]P`, O for organisations, L for places."""

import re

import pytest

from coopex.annotate.recase import recase
from coopex.annotate.russian import RussianAnnotator
from coopex.annotate.spans_ru import share_names

ANNOTATOR = RussianAnnotator()
MARK = re.compile(r"\[([^\]]+)\]([POL])")
LABELS = {"PER": "P", "ORG": "O", "LOC": "L"}

ORGANISATIONS = """
Договор с [АО «Концерн «Океанприбор»]O продлён.
Приехали сотрудники [ФГБОУ ВО «Тульский государственный университет»]O.
Приехали представители [городского управления науки и техники]O.
Соглашение подписано с [агентством по содействию внешней торговли города Сямынь]O.
Подписи поставили [Институт химии]O, [Академия наук Монголии]O и [Казанский федеральный университет]O.
Гости из [Лаборатории физики моря им. П. П. Ширшова]O осмотрели судно.
Документ готовит [Комитет по управлению имуществом города Омска]O.
Директор [Института энергетики, материалов и транспорта]O [Олег Громов]P приехал утром.
На встрече был директор [Национального центра онкологии Республики Корея]O.
Об этом сообщило [Министерство науки, технологий и окружающей среды Кубы]O.
Доклад сделал ректор [Харбинского инженерного университета]O ([ХИУ]O) [Яо Юй]P.
Соглашение с компанией [Larsen & Toubro]O подписано.
Завод строит фирма [Green Flowers Co. Ltd]O в посёлке.
Делегация посетила [авиационную научно-техническую компанию «Лун хан»]O.
Приём устроило [посольство Индии в России]O.
Встреча прошла в [мэрии Рио-де-Жанейро]O.
Студенты [университета Цинхуа]O учат русский язык.
Работает [Научно-производственное объединение «Энергомаш» им. академика В. П. Глушко]O.
Переговоры ведут [Минпромторг]O и [МИД России]O.
Глава «[Ростеха]O» выступил на форуме.
Прибыли главы [министерств энергетики и обороны Индии]O.
"""

NOT_NAMES = """
Компания построила завод, университет открыл центр, делегация уехала.
Гости посетили научный центр, завод и музей города.
Самолёт CR929 показали на выставке.
Суперкомпьютер «Говорун» работает быстро.
Идею поддержали, а правительство страны промолчало.
"""

PERSONS = """
[Кузьмин В. Д.]P, [В. Д. Орлов]P и [Ю.А. Копылов]P прочли доклад.
Он встретился с президентом [Турецкой Республики]L [Реджепом Тайипом Эрдоганом]P.
Прибыли [Сюй Цинь]P, губернатор провинции [Хэйлунцзян]L; [Ван Яочэнь]P, мэр [Харбина]L.
Беседу вели министр [Нгуен Мань Хунг]P и посол [Абдель Фаттах ас-Сиси]P.
[Денис Мантуров]P прилетел утром. Позже [Мантуров]P посетил завод.
"""

PLACES = """
Делегация города [Дунгуань]L провинции [Гуандун]L прибыла во [Владимир]L.
Губернатор [Ленинградской области]L принял гостей из [Республики Татарстан]L.
[Цзянсу]L для нас регион не чужой.
Они были в [Саудовской Аравии]L и [КНР]L.
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("marked", lines(ORGANISATIONS) + lines(NOT_NAMES) + lines(PERSONS) + lines(PLACES))
def test_names(marked: str) -> None:
    doc = next(ANNOTATOR.annotate([MARK.sub(r"\1", marked)]))
    assert [(ent.text, LABELS[ent.label_]) for ent in doc.ents] == MARK.findall(marked)


def test_menus_are_no_names() -> None:
    doc = next(ANNOTATOR.annotate(["Главная   Новости   Район   Сельское хозяйство   Официально   Контакты"]))
    assert doc.ents == ()


def test_headlines_in_capitals() -> None:
    headline = "РОССИЯ И ВЬЕТНАМ ПОДПИСАЛИ МЕМОРАНДУМ О СОТРУДНИЧЕСТВЕ"
    doc = next(ANNOTATOR.annotate([headline]))
    assert doc.text == headline
    assert [ent.text for ent in doc.ents] == ["РОССИЯ", "ВЬЕТНАМ"]
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["подписать"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ОИЯИ И КИТАЙ ПОДПИСАЛИ ДОГОВОР", "ОИЯИ и Китай подписали договор"),
        ("ПАО ГМК НОРНИКЕЛЬ", "ПАО ГМК НОРНИКЕЛЬ"),
        ("МОСКВА, 18 сен — ПРАЙМ.", "МОСКВА, 18 сен — ПРАЙМ."),
    ],
)
def test_recase(text: str, expected: str) -> None:
    assert recase(text) == expected


def test_names_are_shared_between_the_blocks_of_a_text() -> None:
    docs = list(
        ANNOTATOR.annotate(
            [
                "Мистахов рассказал о планах JITRI.",
                "Гендиректор Ренат Мистахов посетил Цзянсуский институт технологий (JITRI).",
            ]
        )
    )
    share_names(docs)
    assert [(ent.text, ent.label_) for ent in docs[0].ents] == [("Мистахов", "PER"), ("JITRI", "ORG")]
