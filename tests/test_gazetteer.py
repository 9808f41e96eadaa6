"""Places and countries in any form; expectations are ordinary geography, written for this test."""

import subprocess
import sys

import pytest

from coopex.gazetteer import Gazetteer, Place, gazetteer
from coopex.gazetteer.forms import english_key, phrase_bases, russian_key, word_bases


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def told(place: Place | None) -> str | None:
    """A place as ``"Name kind COUNTRY"``."""
    return f"{place.name} | {place.kind} | {place.country}" if place else None


RUSSIAN_PLACES = """
Китаем → Китай | country | CN
Поднебесную → Китай | country | CN
Российской Федерацией → Россия | country | RU
Соединённых Штатов → США | country | US
Соединенным Королевством → Великобритания | country | GB
Южной Корее → Южная Корея | country | KR
Республики Корея → Южная Корея | country | KR
КНДР → КНДР | country | KP
Объединённых Арабских Эмиратах → ОАЭ | country | AE
ЮАР → ЮАР | country | ZA
Нидерландами → Нидерланды | country | NL
Чехии → Чехия | country | CZ
Египта → Египет | country | EG
Шри-Ланке → Шри-Ланка | country | LK
Коста-Рикой → Коста-Рика | country | CR
Саудовскую Аравию → Саудовская Аравия | country | SA
Новой Зеландией → Новая Зеландия | country | NZ
Кыргызстане → Киргизия | country | KG
Туркменией → Туркмения | country | TM
Молдовы → Молдавия | country | MD
Азербайджану → Азербайджан | country | AZ
Израилем → Израиль | country | IL
ИНДОНЕЗИЯ → Индонезия | country | ID
ЕАЭС → Евразийский экономический союз | international | None
Евросоюза → Европейский союз | international | None
ШОС → Шанхайская организация сотрудничества | international | None
Организации Объединённых Наций → Организация Объединённых Наций | international | None
Томской области → Томская область | region | RU
Красноярскому краю → Красноярский край | region | RU
Башкирией → Республика Башкортостан | region | RU
Республике Карелия → Республика Карелия | region | RU
Красном Селе → Красное Село | city | RU
Винницей → Винница | city | UA
Сахалине → Сахалинская область | region | RU
Подмосковья → Московская область | region | RU
провинцией Шаньдун → Шаньдун | region | CN
Внутренней Монголии → Внутренняя Монголия | region | CN
Баварию → Бавария | region | DE
штата Калифорния → Калифорния | region | US
Юго-Восточной Азии → Юго-Восточная Азия | region | None
Латинской Америкой → Латинская Америка | region | None
Пекином → Пекин | city | CN
Шэньяне → Шэньян | city | CN
Чунцина → Чунцин | city | CN
Нанкину → Нанкин | city | CN
Хэфэе → Хэфэй | city | CN
Ляньюньгане → Ляньюньган | city | CN
Анкарой → Анкара | city | TR
Тегерана → Тегеран | city | IR
Бангалоре → Бангалор | city | IN
Калькутты → Калькутта | city | IN
Нью-Дели → Нью-Дели | city | IN
Ханоем → Ханой | city | VN
Сеулу → Сеул | city | KR
Пусане → Пусан | city | KR
Токио → Токио | city | JP
Осаку → Осака | city | JP
Улан-Батора → Улан-Батор | city | MN
Нижнего Новгорода → Нижний Новгород | city | RU
Набережными Челнами → Набережные Челны | city | RU
Ростовом-на-Дону → Ростов-на-Дону | city | RU
Комсомольске-на-Амуре → Комсомольск-на-Амуре | city | RU
Петропавловску-Камчатскому → Петропавловск-Камчатский | city | RU
Йошкар-Олу → Йошкар-Ола | city | RU
Петербурга → Санкт-Петербург | city | RU
Череповцом → Череповец | city | RU
Ельце → Елец | city | RU
Орла → Орёл | city | RU
Грозном → Грозный | city | RU
Химках → Химки | city | RU
Мытищ → Мытищи | city | RU
Черноголовке → Черноголовка | city | RU
Протвине → Протвино | city | RU
Иннополиса → Иннополис | city | RU
г. Саров → Саров | city | RU
города Обнинска → Обнинск | city | RU
Витебском → Витебск | city | BY
Самарканде → Самарканд | city | UZ
Усть-Каменогорску → Усть-Каменогорск | city | KZ
Франкфурте-на-Майне → Франкфурт-на-Майне | city | DE
Лозанны → Лозанна | city | CH
Афинах → Афины | city | GR
Рио-де-Жанейро → Рио-де-Жанейро | city | BR
Лос-Анджелесом → Лос-Анджелес | city | US
"""

ENGLISH_PLACES = """
China → China | country | CN
the People's Republic of China → China | country | CN
PRC → China | country | CN
U.S. → United States | country | US
the United States → United States | country | US
USA → United States | country | US
U.K. → United Kingdom | country | GB
Britain's → United Kingdom | country | GB
Türkiye → Turkey | country | TR
Republic of Korea → South Korea | country | KR
DPRK → North Korea | country | KP
UAE → United Arab Emirates | country | AE
the Netherlands → Netherlands | country | NL
Czech Republic → Czechia | country | CZ
Viet Nam → Vietnam | country | VN
Kyrgyz Republic → Kyrgyzstan | country | KG
Georgia → Georgia | country | GE
Jordan → Jordan | country | JO
Côte d’Ivoire → Côte d'Ivoire | country | CI
Burma → Myanmar | country | MM
Saudi Arabia’s → Saudi Arabia | country | SA
SINGAPORE → Singapore | country | SG
EU → European Union | international | None
ASEAN → Association of Southeast Asian Nations | international | None
Eurasian Economic Union → Eurasian Economic Union | international | None
BRICS → BRICS | international | None
Tatarstan → Republic of Tatarstan | region | RU
Tomsk Region → Tomsk Region | region | RU
Primorsky Krai → Primorye Territory | region | RU
the Urals → Urals | region | RU
Guangdong Province → Guangdong | region | CN
province of Henan → Henan | region | CN
Inner Mongolia → Inner Mongolia | region | CN
Tamil Nadu → Tamil Nadu | region | IN
North Rhine-Westphalia → North Rhine-Westphalia | region | DE
California → California | region | US
Central Asia → Central Asia | region | None
Asia → Asia | region | None
Beijing → Beijing | city | CN
Xi’an → Xi'an | city | CN
Harbin City → Harbin | city | CN
the city of Shenzhen → Shenzhen | city | CN
Bombay → Mumbai | city | IN
New Delhi → New Delhi | city | IN
Isfahan → Isfahan | city | IR
Ankara → Ankara | city | TR
Izmir → Izmir | city | TR
Hanoi → Hanoi | city | VN
Busan → Busan | city | KR
Ulaanbaatar → Ulan Bator | city | MN
New York → New York | city | US
Washington → Washington | city | US
Washington, D.C. → Washington | city | US
Cambridge → Cambridge | city | GB
St. Petersburg → St. Petersburg | city | RU
Saint Petersburg → St. Petersburg | city | RU
Nizhny Novgorod → Nizhny Novgorod | city | RU
Nizhniy Novgorod → Nizhny Novgorod | city | RU
Rostov-on-Don → Rostov-on-Don | city | RU
Yekaterinburg → Yekaterinburg | city | RU
Ekaterinburg → Yekaterinburg | city | RU
Dolgoprudny → Dolgoprudny | city | RU
Innopolis → Innopolis | city | RU
Kharkov → Kharkiv | city | UA
Kiev → Kyiv | city | UA
Gomel → Gomel | city | BY
Alma-Ata → Almaty | city | KZ
Zürich → Zurich | city | CH
Malmo → Malmö | city | SE
São Paulo → São Paulo | city | BR
Sao Paulo → São Paulo | city | BR
Nice → Nice | city | FR
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(left, right) for left, right in (line.split(" → ") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("name", "expected"), cases(RUSSIAN_PLACES))
def test_russian_place(places: Gazetteer, name: str, expected: str) -> None:
    assert told(places.place(name, "ru")) == expected


@pytest.mark.parametrize(("name", "expected"), cases(ENGLISH_PLACES))
def test_english_place(places: Gazetteer, name: str, expected: str) -> None:
    assert told(places.place(name, "en")) == expected


NOT_RUSSIAN = """
мир того чад года Совета Министерства Соглашения Институтом Делегации Меморандуме Президентом Наука Мир
университет Московский ес сша
"""
NOT_ENGLISH = """
us turkey polish china nice reading Date Best Of University Orange Institute Memorandum President Will
Agreement jordan mobile March
"""


@pytest.mark.parametrize("word", [*NOT_RUSSIAN.split(), "", "«»", "Университет имени"])
def test_not_a_russian_place(places: Gazetteer, word: str) -> None:
    assert places.place(word, "ru") is None


@pytest.mark.parametrize("word", [*NOT_ENGLISH.split(), "", "State University"])
def test_not_an_english_place(places: Gazetteer, word: str) -> None:
    assert places.place(word, "en") is None


def test_a_city_carries_its_geonames_id_and_population(places: Gazetteer) -> None:
    city = places.place("Dongguan", "en")
    assert city is not None
    assert city.geonames_id == 1812545
    assert city.population > 5_000_000
    assert places.place("Дунгуани", "ru") == Place("Дунгуань", "city", "CN", 1812545, city.population)


BASE_FORMS = {
    "Беларусью": "Беларусь", "Сямыни": "Сямынь", "КНР": "КНР", "Нур-Султаном": "Нур-Султан",
    "Ленинградской областью": "Ленинградская область", "Татарстана": "Татарстан", "города Уси": "Уси",
}  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), BASE_FORMS.items())
def test_base_form_keeps_the_spelling_of_the_text(places: Gazetteer, name: str, expected: str) -> None:
    assert places.base_form(name, "ru") == expected


RUSSIAN_COUNTRIES = {
    "китайской": "CN", "китайскими": "CN", "китайцев": "CN", "китаянкой": "CN", "российском": "RU",
    "россиянами": "RU", "россиян": "RU", "россиянин": "RU", "русские": "RU", "белорусских": "BY",
    "белорусами": "BY", "казахстанский": "KZ", "казахскую": "KZ", "узбеков": "UZ", "таджикам": "TJ",
    "киргизскую": "KG", "кыргызской": "KG", "туркменистанцы": "TM", "южнокорейского": "KR", "корейцам": "KR",
    "северокорейской": "KP", "японцам": "JP", "вьетнамским": "VN", "индийцы": "IN", "иранскому": "IR",
    "турками": "TR", "турецких": "TR", "эмиратскими": "AE", "саудовский": "SA", "египтян": "EG",
    "израильтянам": "IL", "южноафриканской": "ZA", "американцем": "US", "американских": "US",
    "британцев": "GB", "английского": "GB", "немцами": "DE", "германской": "DE", "французы": "FR",
    "итальянцах": "IT", "испанцу": "ES", "голландской": "NL", "датчан": "DK", "шведами": "SE", "финнов": "FI",
    "поляков": "PL", "чешских": "CZ", "чехами": "CZ", "венгров": "HU", "греков": "GR", "сербского": "RS",
    "Китаю": "CN", "КНР": "CN", "ФРГ": "DE", "США": "US", "Кореей": "KR", "кубинских": "CU",
    "бразильцы": "BR", "аргентинской": "AR", "монголами": "MN", "армян": "AM", "грузинами": "GE",
}  # fmt: skip
ENGLISH_COUNTRIES = {
    "Chinese": "CN", "Russian": "RU", "Russians": "RU", "American": "US", "Americans'": "US", "U.S.": "US",
    "US": "US", "British": "GB", "Briton": "GB", "Britons": "GB", "Kazakh": "KZ", "Kazakhstani": "KZ",
    "Kazakhstan's": "KZ", "Uzbeks": "UZ", "Tajik": "TJ", "Turkmen": "TM", "Kyrgyz": "KG", "Belarusian": "BY",
    "Koreans": "KR", "South Korean": "KR", "North Korean": "KP", "Japanese": "JP", "Vietnamese": "VN",
    "Indian": "IN", "Pakistanis": "PK", "Iranians": "IR", "Iraqi": "IQ", "Israelis": "IL", "Emirati": "AE",
    "Saudi": "SA", "Qatari": "QA", "Egyptians": "EG", "South African": "ZA", "Turkish": "TR", "Turks": "TR",
    "Dutch": "NL", "Dutchmen": "NL", "Germans": "DE", "French": "FR", "Spaniards": "ES", "Danes": "DK",
    "Swedish": "SE", "Finns": "FI", "Poles": "PL", "Polish": "PL", "Czechs": "CZ", "Swiss": "CH",
    "Greek": "GR", "Serbian": "RS", "Filipino": "PH", "Thai": "TH", "Malaysian": "MY", "Indonesian": "ID",
    "Mongolian": "MN", "Armenians": "AM", "Cuban": "CU", "Brazilian": "BR", "New Zealander": "NZ",
    "PRC": "CN", "UAE": "AE", "China": "CN",
}  # fmt: skip


@pytest.mark.parametrize(("word", "iso"), RUSSIAN_COUNTRIES.items())
def test_russian_word_of_a_country(places: Gazetteer, word: str, iso: str) -> None:
    assert places.country_of(word, "ru") == iso


@pytest.mark.parametrize(("word", "iso"), ENGLISH_COUNTRIES.items())
def test_english_word_of_a_country(places: Gazetteer, word: str, iso: str) -> None:
    assert places.country_of(word, "en") == iso


@pytest.mark.parametrize(
    "word", ["новый", "русло", "институт", "московский", "Пекин", "советский", "хороший", "европейских"]
)
def test_not_a_russian_word_of_a_country(places: Gazetteer, word: str) -> None:
    assert places.country_of(word, "ru") is None


@pytest.mark.parametrize(
    "word", ["us", "polish", "Beijing", "European", "ASEAN", "Institute", "turkey", "swede"]
)
def test_not_an_english_word_of_a_country(places: Gazetteer, word: str) -> None:
    assert places.country_of(word, "en") is None


@pytest.mark.parametrize(
    ("word", "language", "codes"),
    [
        ("российско-китайских", "ru", ("RU", "CN")),
        ("Китайско-российская", "ru", ("CN", "RU")),
        ("японо-корейский", "ru", ("JP", "KR")),
        ("российско-казахстанско-белорусский", "ru", ("RU", "KZ", "BY")),
        ("Москва-Пекин", "ru", ()),
        ("северо-западный", "ru", ()),
        ("научно-технический", "ru", ()),
        ("Russian-Chinese", "en", ("RU", "CN")),
        ("Sino–Russian", "en", ("CN", "RU")),
        ("Indo-Russian", "en", ("IN", "RU")),
        ("US-China", "en", ("US", "CN")),
        ("U.S.-led", "en", ("US",)),
        ("Franco-German", "en", ("FR", "DE")),
        ("state-of-the-art", "en", ()),
        ("Chinese", "en", ("CN",)),
    ],
)
def test_countries_of_compounds(places: Gazetteer, word: str, language: str, codes: tuple[str, ...]) -> None:
    assert places.countries_of(word, language) == codes


def test_adjectives_and_demonyms_are_told_apart(places: Gazetteer) -> None:
    assert places.is_adjective("китайских", "ru")
    assert not places.is_demonym("китайских", "ru")
    assert places.is_demonym("китайцами", "ru")
    assert not places.is_adjective("китайцами", "ru")
    assert places.is_adjective("Spanish", "en")
    assert not places.is_demonym("Spanish", "en")
    assert places.is_demonym("Spaniards", "en")
    assert not places.is_adjective("China", "en")


def test_country_name(places: Gazetteer) -> None:
    assert places.country_name("CN", "ru") == "Китай"
    assert places.country_name("ae", "en") == "United Arab Emirates"
    with pytest.raises(KeyError):
        places.country_name("ZZ", "en")


RUSSIAN_ADJECTIVES = {
    "новосибирских": "Новосибирск", "московской": "Москва", "пекинского": "Пекин", "шанхайским": "Шанхай",
    "харбинскому": "Харбин", "гуандунские": "Гуандун", "самарскую": "Самара", "казанском": "Казань",
    "тульских": "Тула", "тверской": "Тверь", "томские": "Томск", "омского": "Омск", "уфимский": "Уфа",
    "нижегородскими": "Нижний Новгород", "петербургской": "Санкт-Петербург", "дубненских": "Дубна",
    "тегеранский": "Тегеран", "анкарской": "Анкара", "женевскую": "Женева", "берлинским": "Берлин",
    "ташкентскому": "Ташкент", "минские": "Минск", "алматинской": "Алматы", "сибирских": "Сибирь",
    "уральскими": "Урал", "татарстанских": "Республика Татарстан", "крымский": "Крым",
    "европейскими": "Европа", "баварской": "Бавария", "нью-йоркский": "Нью-Йорк",
}  # fmt: skip


@pytest.mark.parametrize(("word", "name"), RUSSIAN_ADJECTIVES.items())
def test_place_of_a_russian_adjective(places: Gazetteer, word: str, name: str) -> None:
    assert [place.name for place in places.adjective_places(word, "ru")][:1] == [name]


def test_a_region_follows_its_city(places: Gazetteer) -> None:
    names = [place.name for place in places.adjective_places("воронежские", "ru")]
    assert names == ["Воронеж", "Воронежская область"]


ORDINARY_ADJECTIVES = """
морской женский детских городской советского братских славянские сельский научной китайский королевский
президентский университетская новыми
"""


@pytest.mark.parametrize("word", ORDINARY_ADJECTIVES.split())
def test_adjective_of_no_place(places: Gazetteer, word: str) -> None:
    assert places.adjective_places(word, "ru") == ()


def test_english_adjectives_of_places(places: Gazetteer) -> None:
    assert [place.name for place in places.adjective_places("Siberian", "en")] == ["Siberia"]
    assert [place.name for place in places.adjective_places("Bavarian", "en")] == ["Bavaria"]
    assert places.adjective_places("tan", "en") == ()


SENTENCES = {
    "ru": [
        ("В Нижнем Новгороде и Казани ждут гостей из Ухани .", ["Нижний Новгород", "Казань", "Ухань"]),
        ("Делегация Ленинградской области посетила Хэнань .", ["Ленинградская область", "Хэнань"]),
        ("Во вторник в Хабаровском районе прошёл форум .", []),
        ("Заместитель министра Сергей Борисов прибыл в Минск .", ["Минск"]),
        ("Центральный банк подписал соглашение .", []),
        ("Того требует договор .", []),
        ("ПЕКИН , 5 мая . КНР и РФ подписали меморандум .", ["Пекин", "Китай", "Россия"]),
        ("Учёные из Дубны едут в Рио-де-Жанейро .", ["Дубна", "Рио-де-Жанейро"]),
        ("Жителей города Шахты поздравил мэр .", ["Шахты"]),
    ],
    "en": [
        ("The delegation flew from Saint Petersburg to New Delhi .", ["St. Petersburg", "New Delhi"]),
        ("Officials from Sri Lanka visited Yekaterinburg .", ["Sri Lanka", "Yekaterinburg"]),
        ("Reading the report , he told us of China .", ["China"]),
        ("Best University signed a deal .", []),
        ("Secretary Paul Jackson arrived in Ankara .", ["Ankara"]),
        ("TEHRAN , July 29 - Iran and Turkey agreed .", ["Tehran", "Iran", "Turkey"]),
        ("They met in Reading and in Nice .", ["Reading", "Nice"]),
        ("Charlotte said the plan will work .", []),
        ("The man came to The Hague .", ["The Hague"]),
        ("Christopher Columbus never saw Portland .", ["Portland"]),
        ("Norwich , May 3 - The visit ended .", ["Norwich"]),
        ("Norwich spoke first .", []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence", "names"),
    [(language, sentence, names) for language, rows in SENTENCES.items() for sentence, names in rows],
)
def test_find_places(places: Gazetteer, language: str, sentence: str, names: list[str]) -> None:
    tokens = sentence.split()
    found = places.find_places(tokens, language)
    assert [place.name for _, _, place in found] == names
    for start, end, place in found:
        assert places.place(" ".join(tokens[start:end]), language) == place


def test_find_places_joins_split_hyphens(places: Gazetteer) -> None:
    tokens = ["в", "Ростове", "-", "на", "-", "Дону", "."]
    assert [(s, e, p.name) for s, e, p in places.find_places(["в", "Улан", "-", "Удэ"], "ru")] == [
        (1, 4, "Улан-Удэ")
    ]
    assert places.place("".join(tokens[1:6]), "ru") is not None


def test_no_country_is_without_a_name_in_either_language(places: Gazetteer) -> None:
    babel = pytest.importorskip("babel")
    territories = babel.Locale("en").territories
    for iso in places._countries:
        assert iso in territories
        assert places.country_name(iso, "en")
        assert places.country_name(iso, "ru")


def test_every_country_is_found_by_each_of_its_names(places: Gazetteer) -> None:
    for iso, entry in places._countries.items():
        for language, names in entry.names.items():
            for name in names:
                place = places.place(name, language)
                assert place is not None, name
                assert place.country == iso, name


def test_keys() -> None:
    assert russian_key("Папуа — Новая Гвинея") == "папуа-новая гвинея"
    assert russian_key("Королёв") == "королев"
    assert english_key("The Hague") == "hague"
    assert english_key("Ürümqi") == "urumqi"


def test_forms_lead_to_the_nominative() -> None:
    assert "торжок" in word_bases("торжке")
    assert "китайцы" in word_bases("китайцам")
    assert "нижний новгород" in phrase_bases("нижним новгородом", {"нижний", "новгород"})
    assert list(phrase_bases("верхним новгородом", {"нижний", "новгород"})) == []


def test_import_does_not_read_the_tables() -> None:
    report = "print('spacy' in sys.modules, coopex.gazetteer.gazetteer.cache_info().currsize)"
    code = f"import sys, coopex.gazetteer; {report}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0"]
