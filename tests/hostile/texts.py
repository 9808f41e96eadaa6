"""Hostile texts: every shape that made a step slow or could make it fail, at any size and the same for a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Shape = Callable[[Random, int], str]
"""Gives a text of about so many characters."""

_EN_NAMES = (
    "Ivan Petrov",
    "Li Wei",
    "Anna Berg",
    "Omar Haddad",
    "Maria Lopez",
    "John O'Neil",
    "Sun-hee Park",
)
_RU_NAMES = ("Иван Петров", "Ли Вэй", "Анна Берг", "Омар Хаддад", "Мария Лопес", "Джон О’Нил", "Пак Сон Хи")
_EN_BODIES = (
    "Tongji University",
    "the Ministry of Energy",
    "Northern Bank",
    "the Academy of Sciences",
    "ITER",
)
_RU_BODIES = ("Томский университет", "министерство энергетики", "Северный банк", "Академия наук", "ОИЯИ")
_EN_PLACES = ("Harbin", "Dubna", "Hanoi", "Novi Sad", "Cape Town", "Russia", "China")
_RU_PLACES = ("Харбин", "Дубна", "Ханой", "Нови-Сад", "Кейптаун", "Россия", "Китай")

_SENTENCES = (
    "A delegation from Harbin headed by Mayor Li Wei visited the Joint Institute for Nuclear Research in Dubna"
    " on 21 August 2018 and signed a memorandum on laser technology. ",
    "The rector received the guests, and he said that they would visit the university again next year. ",
    "The Ministry of Energy and Tongji University agreed to build a reactor. ",
    "21 августа 2018 года делегация Харбина во главе с мэром Ли Вэем посетила Объединённый институт ядерных"
    " исследований в Дубне. ",
    "Ректор принял гостей, и он сказал, что они снова посетят университет в следующем году. ",
    "Министерство энергетики и Томский университет подписали соглашение о лазерных технологиях. ",
)


def _repeated(piece: str) -> Shape:
    return lambda random, size: piece * (size // len(piece) + 1)


def _series(*pieces: Callable[[Random, int], str], end: str = "") -> Shape:
    """One piece after the other, each told how many there were, up to the size."""

    def shape(random: Random, size: int) -> str:
        found: list[str] = []
        length = number = 0
        while length < size:
            found.append(pieces[number % len(pieces)](random, number))
            length += len(found[-1])
            number += 1
        return "".join(found) + end

    return shape


def _listed(before: str, items: tuple[str, ...], joint: str, last: str) -> Shape:
    """`"Delegations of A1, B2, C3 … and D visited Dubna."`: one sentence with a list as long as the size."""

    def shape(random: Random, size: int) -> str:
        named = _series(lambda r, n: f"{r.choice(items)}{_letters(n)}{joint}")(random, size)
        return before + named + last

    return shape


def _letters(number: int) -> str:
    """0, 1, 2 … → "", "a", "b" …: makes names differ, as far as letters go."""
    word = ""
    while number:
        number, rest = divmod(number, 26)
        word += chr(97 + rest)
    return word


def _nested(opening: str, inside: str, closing: str) -> Shape:
    def shape(random: Random, size: int) -> str:
        depth = size // len(opening + closing) + 1
        return opening * depth + inside + closing * depth

    return shape


def _any_characters(random: Random, size: int) -> str:
    """Code points of all planes, lone surrogates among them."""
    return "".join(
        chr(random.choice((random.randrange(0x250), random.randrange(0x110000)))) for _ in range(size)
    )


def _shuffled(random: Random, size: int) -> str:
    words = "".join(_SENTENCES).split()
    return " ".join(random.choice(words) for _ in range(size // 7 + 1))


def _torn(random: Random, size: int) -> str:
    """Sentences with pieces cut out, doubled and turned round at any character."""
    text = _series(lambda r, n: r.choice(_SENTENCES))(random, size)
    for _ in range(random.randrange(1, 30)):
        start = random.randrange(len(text))
        end = min(len(text), start + random.randrange(1, 40))
        text = text[:start] + random.choice(("", text[start:end] * 2, text[start:end][::-1])) + text[end:]
    return text or "x"


def _sprinkled(characters: str) -> Shape:
    """News with odd characters between its letters."""

    def shape(random: Random, size: int) -> str:
        text = _series(lambda r, n: r.choice(_SENTENCES))(random, size)
        return "".join(c + random.choice(characters) if random.random() < 0.1 else c for c in text)

    return shape


_CONTROLS = "".join(map(chr, [*range(32), 127, *range(128, 160)]))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e\u034f"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"

SHAPES: dict[str, Shape] = {
    # one endless token or run of one character
    **{
        f"run {name}": _repeated(piece)
        for name, piece in {
            "a": "a",
            "A": "A",
            "я": "я",
            "Я": "Я",
            "digits": "7",
            "spaces": " ",
            "tabs": "\t",
            "newlines": "\n",
            "blank lines": "\n \n",
            "returns": "\r",
            "crlf": "\r\n",
            "separators": "\u2028",
            "dots": ".",
            "hyphens": "-",
            "dashes": "— ",
            "spaced hyphens": "- ",
            "commas": ",",
            "comma blanks": ", ",
            "quotes": '"',
            "guillemets": "«",
            "closing": "»",
            "round": "(",
            "square": "[",
            "curly": "{",
            "angle": "<",
            "slashes": "/",
            "backslashes": "\\",
            "stars": "*",
            "hashes": "#",
            "ats": "@",
            "bars": "| ",
            "plus": "+",
            "colons": ": ",
            "apostrophes": "'",
            "underscores": "_",
            "soft hyphens": "\u00ad",
            "no-break": "\u00a0",
            "zero width": "\u200b",
            "combining": "e\u0301\u0327",
            "stacked": "\u0301",
            "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
            "rtl": "\u202eabc\u202c ",
            "arabic": "وزير ",
            "han": "中国代表团",
            "nul": "\0",
            "surrogates": "\ud800",
            "surrogate pairs": "\udc00\ud83d",
            "replacement": "\ufffd",
            "capitals": "A B C ",
            "initials": "A.B. ",
            "russian initials": "А. Б. ",
            "mixed": "aяAЯ",
            "hyphenated": "a-",
            "hyphenated words": "Nova-",
            "dotted": "a.b.",
            "abbreviations": "г. ул. т.д. ",
            "ordinals": "1st ",
            "acronyms": "UN ",
            "roman": "XIV ",
            "sharp s": "ß",
            "dotted i": "İ",
            "ligatures": "ﬁ",
            "title letters": "ǅ",
            "digits of others": "٣",
            "superscripts": "²",
            "clocks": "10:30 ",
            "ellipses": "… ",
            "question": "? ",
            "tags": "<b>",
            "entities": "&amp;",
        }.items()
    },
    # one word again and again
    **{
        f"word {piece.strip()}": _repeated(piece)
        for piece in (
            "and ",
            "и ",
            "visited ",
            "посетил ",
            "a visit to ",
            "визит в ",
            "signed ",
            "подписали ",
            "agreement ",
            "соглашение ",
            "who ",
            "который ",
            "he ",
            "они ",
            "the delegation ",
            "делегация ",
            "of ",
            "для ",
            "said that ",
            "сказал, что ",
            "Russia ",
            "Россия ",
            "Harbin, ",
            "Иванов ",
            "Ivanov ",
            "university ",
            "университета ",
            "rector ",
            "мэр ",
            "in May ",
            "в мае ",
            "2018 ",
            "next week ",
            "на следующей неделе ",
            "laser ",
            "лазерный ",
            "not ",
            "не ",
            "will ",
            "будет ",
            "the same ",
            "by ",
            "between ",
            "между ",
            "from ",
            "с ",
            "по ",
            "on ",
            "Mr. ",
            "г-н ",
            "Dr. ",
            "Inc. ",
            "ООО ",
            "имени ",
            "the ",
            "New ",
            "South Korean ",
            "российско-китайский ",
        )
    },
    # one sentence
    "words": lambda random, size: _shuffled(random, size),
    "no stop": lambda random, size: "".join(
        random.choice(_SENTENCES).replace(". ", " ") for _ in range(size // 90 + 1)
    ),
    "list of persons en": _listed("Delegates ", _EN_NAMES, ", ", "and Bo Li visited Dubna."),
    "list of persons ru": _listed("Делегаты ", _RU_NAMES, ", ", "и Бо Ли посетили Дубну."),
    "list with and en": _listed("Experts ", _EN_NAMES, " and ", "Bo Li visited Dubna."),
    "list with and ru": _listed("Эксперты ", _RU_NAMES, " и ", "Бо Ли посетили Дубну."),
    "list of bodies en": _listed("Delegations of ", _EN_BODIES, ", ", "and CERN signed a memorandum."),
    "list of bodies ru": _listed("Представители ", _RU_BODIES, ", ", "и ЦЕРН подписали меморандум."),
    "list of places en": _listed("The delegation visited ", _EN_PLACES, ", ", "and Paris."),
    "list of places ru": _listed("Делегация посетила города ", _RU_PLACES, ", ", "и Париж."),
    "list of quoted en": _listed("Firms ", ('"Alfa', '"Beta', '"Gamma'), '", ', "signed a contract."),
    "list of quoted ru": _listed("Компании ", ("«Альфа", "«Бета", "«Гамма"), "», ", "подписали контракт."),
    "list of posts en": _series(lambda r, n: f"{r.choice(_EN_NAMES)}, rector of {r.choice(_EN_BODIES)}, "),
    "list of posts ru": _series(lambda r, n: f"ректор {r.choice(_RU_BODIES)} {r.choice(_RU_NAMES)}, "),
    "lines of posts en": _series(lambda r, n: f"{r.choice(_EN_NAMES)}, rector of {r.choice(_EN_BODIES)};\n"),
    "appositions en": _series(lambda r, n: f"{r.choice(_EN_NAMES)}, the head of the delegation of "),
    "appositions ru": _series(lambda r, n: f"{r.choice(_RU_NAMES)}, глава делегации, в которую входит "),
    "of of": _series(lambda r, n: "the head of the department of the ministry of "),
    "genitives": _series(lambda r, n: "руководителя департамента министерства "),
    "who who": _series(lambda r, n: "the mayor who met the rector who visited the city which "),
    "который который": _series(lambda r, n: "мэр, который встретил ректора, который посетил город, который "),
    # many sentences
    "news": _series(lambda r, n: r.choice(_SENTENCES)),
    "news en": _series(lambda r, n: r.choice(_SENTENCES[:3])),
    "news ru": _series(lambda r, n: r.choice(_SENTENCES[3:])),
    "news in lines": _series(lambda r, n: r.choice(_SENTENCES) + "\n\n"),
    "visits en": _series(
        lambda r, n: (
            f"{r.choice(_EN_NAMES)}{_letters(n)} visited {r.choice(_EN_PLACES)} on {n % 28 + 1} May {2000 + n % 30}. "
        )
    ),
    "visits ru": _series(
        lambda r, n: (
            f"{r.choice(_RU_NAMES)}{n % 7 * 'а'} посетил {r.choice(_RU_PLACES)} {n % 28 + 1} мая {2000 + n % 30} года. "
        )
    ),
    "agreements en": _series(
        lambda r, n: (
            f"{r.choice(_EN_BODIES)} and {r.choice(_EN_NAMES)}{_letters(n)} Ltd signed an agreement on lasers. "
        )
    ),
    "agreements ru": _series(
        lambda r, n: f"{r.choice(_RU_BODIES)} и компания «Альфа{n}» подписали соглашение о лазерах. "
    ),
    "same surname en": _series(
        lambda r, n: f"{_letters(n + 27).title()} Petrov met {_letters(n + 99).title()} Petrov. "
    ),
    "same surname ru": _series(
        lambda r, n: f"Пётр {'абвгде'[n % 6].upper()}{'ая'[n % 2]}нов встретил Ивана Петрова. "
    ),
    "persons en": _series(
        lambda r, n: f"{_letters(n + 700).title()} {_letters(n + 3000).title()} arrived in Dubna. "
    ),
    "persons ru": _series(
        lambda r, n: (
            f"Пётр {''.join(r.choice('абвгдежиклмнопрст') for _ in range(6)).title()}ов прибыл в Дубну. "
        )
    ),
    "bodies en": _series(lambda r, n: f"{_letters(n + 700).title()} University opened a laboratory. "),
    "bodies ru": _series(
        lambda r, n: (
            f"{''.join(r.choice('абвгдежиклмнопрст') for _ in range(6)).title()}ский университет открыл центр. "
        )
    ),
    "acronyms defined": _series(
        lambda r, n: f"The {_letters(n + 700).title()} Union ({_letters(n + 700).upper()}U) met. "
    ),
    "pronouns en": _series(lambda r, n: "He met them and they visited it with him. "),
    "pronouns ru": _series(lambda r, n: "Он встретил их, и они посетили его вместе с ней. "),
    "references en": _series(
        lambda r, n: "The delegation visited the university. The parties signed the document. "
    ),
    "references ru": _series(lambda r, n: "Делегация посетила университет. Стороны подписали документ. "),
    "technologies en": _series(
        lambda r, n: "They will cooperate in lasers, nuclear energy, robotics and space. "
    ),
    "technologies ru": _series(
        lambda r, n: "Стороны сотрудничают в области лазеров, атомной энергетики, роботов. "
    ),
    "dates en": _series(
        lambda r, n: (
            f"on {n % 28 + 1} May {2000 + n % 30}, last Friday, from {n % 9 + 1} to {n % 9 + 5} June, "
        )
    ),
    "dates ru": _series(
        lambda r, n: f"{n % 28 + 1} мая {2000 + n % 30} года, в минувшую среду, с {n % 9 + 1} по 15 июня, "
    ),
    "numeric dates": _series(lambda r, n: f"{n % 31}.{n % 13}.{1990 + n % 40} "),
    "half dates": _repeated("from 1 to 2 to 3 and 4, "),
    "half dates ru": _repeated("с 1 по 2 по 3 и 4, "),
    "quoted en": _series(lambda r, n: f"“The visit, “he said, “was {n} ”"),
    "quoted ru": _series(lambda r, n: f"«Визит, «сказал он, „был {n}“"),
    # pages
    "short lines": _series(lambda r, n: f"{r.choice(_EN_PLACES)} {n}\n"),
    "headings": _series(lambda r, n: f"{r.choice(_EN_NAMES)} visits {r.choice(_EN_PLACES)}\n\n"),
    "headings ru": _series(lambda r, n: f"{r.choice(_RU_NAMES)} посетил {r.choice(_RU_PLACES)}\n\n"),
    "menus": _series(lambda r, n: f"Home | News | About {n} | Contacts\n"),
    "read also": _series(lambda r, n: "Read also:\nMayor visits Dubna\nComments\n"),
    "read also and text": _series(lambda r, n: "Read also:\n" + r.choice(_SENTENCES) + "\n"),
    "comments": _series(lambda r, n: "Comments\n\n" + r.choice(_SENTENCES) + "\n\n"),
    "links": _series(lambda r, n: f"https://example.org/{n}/a.html?b=c&d "),
    "links in lines": _series(lambda r, n: f"www.example.org/{n}\n"),
    "bullets": _series(lambda r, n: f"- {r.choice(_EN_NAMES)};\n"),
    "credits": _series(lambda r, n: "Photo: Ivan Petrov / TASS\nBy Ivan Petrov\n"),
    "stamps": _series(lambda r, n: f"{n % 28 + 1}.05.2018, 10:{n % 60:02d}\n"),
    "datelines": _series(lambda r, n: "DUBNA, May 5 (Xinhua) — A delegation arrived.\n"),
    "datelines in a line": _repeated("DUBNA, May 5 (Xinhua) — "),
    "copyrights": _repeated("© 2018 Example. All rights reserved. Source: TASS "),
    "labels": _repeated("Source: Author: Photo: Date: "),
    "wrapped": _series(lambda r, n: r.choice(_SENTENCES)[:60] + "\n"),
    "lower lines": _repeated("and then the\n"),
    "crlf news": _series(lambda r, n: r.choice(_SENTENCES) + "\r\n\r\n"),
    "separator news": _series(lambda r, n: r.choice(_SENTENCES) + "\u2028"),
    "html": _series(lambda r, n: f"<div><script>alert({n})</script><p>{r.choice(_SENTENCES)}</p>"),
    "nested tags": _nested("<div>", "A visit.", "</div>"),
    "formulas": _series(
        lambda r, n: f'=HYPERLINK("http://example.org/{n}") visited +Dubna and -Harbin. @Ivanov '
    ),
    # nesting
    "nested round": _nested("(", "the mayor visited Dubna", ")"),
    "nested quotes": _nested("«", "мэр посетил Дубну", "»"),
    "nested words": _nested("(the mayor ", "visited", " of Dubna)"),
    # odd characters
    "any characters": _any_characters,
    "controls": _sprinkled(_CONTROLS),
    "invisible": _sprinkled(_INVISIBLE),
    "directions": _sprinkled(_DIRECTIONS),
    "surrogates in news": _sprinkled("\ud800\udfff\ud83d\udc00"),
    "marks": _sprinkled("\u0301\u0308\u20dd\u0489"),
    "breaks": _sprinkled("\r\n\x0b\x0c\x1c\x85\u2028\u2029"),
    "spaces in news": _sprinkled(" \t\u00a0\u2003\u3000"),
    "punctuation": _sprinkled(".,;:-—«»\"'()[]{}|/"),
    "torn": _torn,
    # built against regular expressions
    "almost a date": _repeated("1 1 1 1 May "),
    "almost a dateline": _series(lambda r, n: "A" * 30 + ", A"),
    "almost a name": _repeated("Ab-Cd'Ef "),
    "almost an address": _repeated("a.b-c"),
    "almost an address line": _repeated("a@b."),
    "almost a counter": _repeated("1 ("),
    "almost a hashtag": _repeated("#a "),
    "almost hashtags": _repeated("#a"),
    "almost a byline": _repeated("By Ivan and "),
    "almost furniture": _repeated("Share | "),
    "almost a signature": _repeated("— (a "),
    "almost blank": _repeated(" \t\u00a0"),
    "spaces then x": lambda random, size: "x" + " " * size + "x",
    "spaces between": lambda random, size: "The mayor visited" + " " * size + "Dubna.",
    "newlines between": lambda random, size: "The mayor visited" + "\n" * size + "Dubna.",
    "word in news": lambda random, size: "The mayor visited " + "D" * size + " on 5 May.",
    "long russian word": lambda random, size: "Мэр посетил " + "пере" * (size // 4) + "ск на 5 мая.",
    "long number": lambda random, size: f"On {'1' * size} May {'2' * 5} he visited Dubna.",
}


def text_of(shape: str, size: int, seed: int = 0) -> str:
    """`("run a", 3)` → "aaa…": a text of the shape of about `size` characters."""
    return SHAPES[shape](Random(f"{shape} {seed}"), size)
