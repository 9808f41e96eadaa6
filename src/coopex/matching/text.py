"""An annotated text as the matcher sees it: its parts, and every mention of a person, body or place in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar, TypeVarTuple

from coopex.blocks import Block
from coopex.gazetteer import gazetteer
from coopex.matching.joined_names import (
    joined_countries,
    joined_firms,
    paired_places,
    with_their_regions,
    with_their_towns,
)
from coopex.matching.lexicon import in_class
from coopex.matching.media import is_reporter
from coopex.matching.tree import Span, Token, Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

Kind = Literal["person", "organization", "place", "group"]
KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organization", "LOC": "place"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A named person, body or place at one spot of the text.

    `start` and `end` are token indices in the document of part `part`; `offset` and `stop` are character offsets
    into the whole text. `name` is the base form. `derived` says that the word only implies a place:
    "Chinese"; `event` that it is a fair or
    forum, which is a place to go to but nobody who acts.
    """

    part: int
    start: int
    end: int
    kind: Kind
    text: str
    name: str
    offset: int
    stop: int
    country: str | None = None
    derived: bool = False
    event: bool = False

    def __hash__(self) -> int:
        return hash((self.part, self.start))  # that of all values took a µs, at each question asked of a mention


_Asked = TypeVarTuple("_Asked")
_Told = TypeVar("_Told")


def remembered(read: Callable[[Part, *_Asked], _Told]) -> Callable[[Part, *_Asked], _Told]:
    """Let a reader of words or mentions of a part answer the same question once.

    Rules, references and sightings ask alike: of 20 English texts the post of 115 persons was sought 704 times.
    """

    @wraps(read)
    def recall(part: Part, /, *asked: *_Asked) -> _Told:
        question = (read, *asked)
        if question not in part.memory:
            part.memory[question] = read(part, *asked)
        told: _Told = part.memory[question]
        return told

    return recall


@dataclass(slots=True)
class Part:
    """One block with its annotation and its mentions, by token.

    `memory` is what was read of the finished part before; see `remembered`.
    """

    index: int
    block: Block
    doc: Tree
    language: str
    mentions: list[Mention] = field(default_factory=list)
    by_token: dict[int, Mention] = field(default_factory=dict)
    memory: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    def offset(self, token: Token) -> int:
        """Character offset of `token` in the whole text."""
        return self.block.start + int(token.idx)

    def at(self, token: Token) -> Mention | None:
        """Mention that `token` belongs to."""
        return self.by_token.get(token.i)

    @remembered
    def root(self, mention: Mention) -> Token:
        """Syntactic head of the words of `mention`."""
        return self.doc[mention.start : mention.end].root

    def sentence(self, token: Token) -> Span:
        """Sentence of `token`."""
        return self.doc.sentences[token.i]

    def sentence_at(self, i: int) -> Span:
        """Sentence of token number `i`."""
        return self.doc.sentences[i]


def make_part(index: int, block: Block, doc: Doc, language: str, base_form: Callable[[DocSpan], str]) -> Part:
    """Collect the mentions of one annotated block.

    "китайская делегация" has the derived mention "Китай"; the entity spans of `doc` give the others.
    """
    tree = Tree(doc)
    part = Part(index, block, tree, language)
    for start, end, name, country in joined_countries(tree, language):
        _add(part, _whole_mention(part, start, end, "place", name, country))
    for start, end in paired_places(tree, language):
        if not any(i in part.by_token for i in range(start, end)):
            place = gazetteer().place(tree[start:end].text, language)
            name = place.name if place and place.kind == "country" else tree[start:end].text
            _add(part, _whole_mention(part, start, end, "place", name, place.country if place else None))
    for start, end in joined_firms(tree):
        if not any(i in part.by_token for i in range(start, end)):
            _add(part, _whole_mention(part, start, end, "organization", tree[start:end].text, None))
    named: list[Mention] = []
    for span, entity in zip(tree.ents, doc.ents, strict=True):
        reporter = span.label_ != "PER" and is_reporter(tree, span, language)
        taken = any(i in part.by_token for i in range(span.start, span.end))
        if span.label_ in KINDS and not reporter and not taken and not _is_portfolio(part, span):
            named.append(_entity_mention(part, span, base_form(entity).strip()))
    for mention in with_their_towns(tree, with_their_regions(tree, named, language), language):
        _add(part, mention)
    for token in tree:
        if in_class(token.lemma_, "groups", language) and token.i and token.i - 1 not in part.by_token:
            _add_place_of_group(part, token)
    if language == "en" and block.kind == "body":
        for token in tree:
            if token.i not in part.by_token and _acts_unnamed(part, token):
                _add_body(part, token)
    for start, end in find_events(tree, language):
        if not any(i in part.by_token and part.by_token[i].kind == "person" for i in range(start, end)):
            _add_event(part, start, end)
    for token in tree:
        if token.i not in part.by_token and (token.is_alpha or "-" in token.text):
            _add_derived(part, token)
    part.mentions.sort(key=lambda mention: mention.start)
    return part


def _add(part: Part, mention: Mention) -> None:
    part.mentions.append(mention)
    for i in range(mention.start, mention.end):
        part.by_token[i] = mention


def _entity_mention(part: Part, span: Span, name: str) -> Mention:
    kind = KINDS[span.label_]
    if (kind == "person" and _is_place(part, span)) or _is_known_land(part, span):
        kind = "place"
    country = None
    if kind == "place":
        place = gazetteer().place(name, part.language) or gazetteer().place(span.text, part.language)
        country = place.country if place else None
        if place and place.kind == "country":
            name = place.name
    start = part.block.start + span.start_char
    return Mention(
        part.index,
        span.start,
        span.end,
        kind,
        span.text,
        name or span.text,
        start,
        start + len(span.text),
        country,
    )


def _add_place_of_group(part: Part, group: Token) -> None:
    """Add the town before a noun for people who travel that the recogniser missed: "GRAZ DELEGATION IN OULU"."""
    town = part.doc[group.i - 1]
    if not town.text[:1].isupper() or town.head.i != group.i:
        return
    place = gazetteer().place(town.text.title() if town.text.isupper() else town.text, part.language)
    if place is not None:
        _add(part, _whole_mention(part, town.i, group.i, "place", place.name, place.country))


def _is_known_land(part: Part, span: Span) -> bool:
    """Tell whether a name of two words or more is that of a country or region: "Soviet Union", "West Bank"."""
    if len(span) < _LAND_WORDS or span.label_ == "LOC":
        return False
    place = gazetteer().place(span.text, part.language)
    return place is not None and place.kind in {"country", "region"}


_LAND_WORDS = 2


def _whole_mention(part: Part, start: int, end: int, kind: Kind, name: str, country: str | None) -> Mention:
    """Give the mention of a name that takes some tokens."""
    span = part.doc[start:end]
    offset = part.block.start + span.start_char
    return Mention(part.index, start, end, kind, span.text, name, offset, offset + len(span.text), country)


def _is_portfolio(part: Part, span: Span) -> bool:
    """Tell whether a span is only the field of a post: "Turkish Energy" in "Turkish Energy Minister"."""
    after = part.doc[span.end].lemma_.lower() if span.end < len(part.doc) else ""
    return (
        part.language == "en"
        and span.label_ == "ORG"
        and len(span) <= 3
        and after in {"minister", "secretary"}
        and gazetteer().is_adjective(span[0].text, "en")
    )


def _acts_unnamed(part: Part, token: Token) -> bool:
    """Tell whether a proper noun that the recogniser missed acts beside a body or signs.

    "Rosatom and the Ministry signed".
    """
    if token.tag_ != "NNP" or not token.is_alpha or len(token) < 3:
        return False
    if token.i + 1 < len(part.doc) and in_class(part.doc[token.i + 1].lemma_, "officers", "en"):
        return not in_class(token.lower_, "portfolios", "en") and not gazetteer().countries_of(token.text, "en")
    if token.dep_ not in _ACTING_RELATIONS:
        return False
    if in_class(token.lemma_, "posts", "en") or gazetteer().countries_of(token.text, "en"):
        return False
    if any(child.dep_ in {"det", "amod", "compound", "nummod"} for child in token.children):
        return False
    kin = (
        [other for other in token.head.children if other.dep_ in {token.dep_, "conj"}]
        + list(token.children)
        + [token.head]
    )
    beside = any((mention := part.at(other)) is not None and mention.kind == "organization" for other in kin)
    verb = token.head.head if token.dep_ == "conj" else token.head
    return beside or (token.dep_ in {"nsubj", "obl:agent"} and in_class(verb.lemma_, "binding", "en"))


_ACTING_RELATIONS = {"nsubj", "nsubj:pass", "obl:agent", "conj"}


def _add_body(part: Part, token: Token) -> None:
    start = part.offset(token)
    _add(
        part,
        Mention(
            part.index, token.i, token.i + 1, "organization", token.text, token.text, start, start + len(token.text)
        ),
    )


def _addressed(doc: Tree, start: int) -> bool:
    """Tell whether a name stands behind a form of address: "Mr | Kingston" is no town."""
    before = doc[start - 2] if start > 1 and doc[start - 1].text == "." else doc[start - 1] if start else None
    return before is not None and before.lower_.rstrip(".") in _ADDRESS


_ADDRESS = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor"}


def _is_place(part: Part, span: Span) -> bool:
    """Tell whether a single word that was read as a person is a well-known place: "invited Troitsk people"."""
    if (
        len(span) != 1
        or part.language != "en"
        or any(ent.label_ == "PER" and len(ent) > 1 and span.text in ent.text for ent in part.doc.ents)
        or _addressed(part.doc, span.start)
    ):
        return False
    place = gazetteer().place(span.text, part.language)
    before = part.doc[span.start - 1] if span.start else None
    return place is not None and not (before is not None and in_class(before.lemma_, "posts", part.language))


def find_events(doc: Tree, language: str) -> list[tuple[int, int]]:
    """Find named fairs and forums: «форум «Облачные города»», "the Hannover Trade Fair" → token ranges.

    A name is a quoted string or a word with digits after the noun, or capitalised words before it; without
    one the phrase ("a conference") is no name.
    """
    found = []
    for token in doc:
        if in_class(token.lemma_, "events", language):
            start, end = _left_edge(token, language), _right_edge(token)
            if end > token.i + 1 or start < token.i:
                found.append((start, end))
    return found


def _left_edge(token: Token, language: str) -> int:
    """Take the capitalised words right before an event noun that is capitalised too, or adjectives of a named event."""
    doc, start = token.doc, token.i
    floor = token.sent.start
    if language == "en" and token.text[0].isupper() and not token.text.isupper():
        while start > floor and (
            doc[start - 1].text[0].isupper() or doc[start - 1].lower_ in {"and", "of", "for", "on"}
        ):
            start -= 1
        while start < token.i and (
            doc[start].lower_ in {"and", "of", "for", "on", "the"} or doc[start].pos_ in {"DET", "ADP", "PRON"}
        ):
            start += 1
        return start if token.i - start >= 1 and start > floor else token.i
    if (
        language == "ru"
        and start > floor
        and doc[start - 1].pos_ == "ADJ"
        and doc[start - 1].text[0].isupper()
        and start - 1 > floor
    ):
        return start - 1
    return start


_QUOTES = {"«", '"', "“", "„"}


def _right_edge(token: Token) -> int:
    """Take a quoted name or a word with digits or Latin capitals right after an event noun."""
    doc, i = token.doc, token.i + 1
    if i >= len(doc):
        return token.i + 1
    opening = next((k for k in range(i, min(i + 8, len(doc))) if doc[k].text in _QUOTES), None)
    if opening is not None and not any(
        word.pos_ in {"VERB", "PUNCT"} or word.lower_ in {"в", "на", "in", "at", "by"} for word in doc[i:opening]
    ):
        for j in range(opening + 1, min(opening + 16, len(doc))):
            if doc[j].text in {"»", '"', "”", "“"}:
                return j + 1
    if any(ch.isdigit() for ch in doc[i].text) and any(ch.isupper() for ch in doc[i].text):
        return i + 1
    return token.i + 1


def _add_event(part: Part, start: int, end: int) -> None:
    span = part.doc[start:end]
    for mention in [m for m in part.mentions if m.start < end and m.end > start]:
        part.mentions.remove(mention)
        for i in range(mention.start, mention.end):
            part.by_token.pop(i, None)
    offset = part.block.start + span.start_char
    _add(
        part,
        Mention(part.index, start, end, "place", span.text, span.text, offset, offset + len(span.text), event=True),
    )


_PAIR = 2


def _add_pair(part: Part, token: Token, countries: Sequence[str]) -> None:
    """Add the two countries that a compound adjective implies: «российско-китайский меморандум»."""
    start, cut = part.offset(token), token.text.rindex("-")
    for country, (first, last) in zip(countries, ((0, cut), (cut + 1, len(token.text))), strict=True):
        name = gazetteer().country_name(country, part.language)
        text = token.text[first:last]
        mention = Mention(
            part.index, token.i, token.i + 1, "place", text, name, start + first, start + last, country, derived=True
        )
        _add(part, mention)


def _add_derived(part: Part, token: Token) -> None:
    words = gazetteer()
    if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or not (token.text[0].isupper() or part.language == "ru"):
        return
    paired = "-" in token.text and token.pos_ == "ADJ"
    if not (paired or words.is_adjective(token.text, part.language) or words.is_demonym(token.text, part.language)):
        return
    countries = words.countries_of(token.text, part.language)
    if len(countries) == _PAIR and "-" in token.text:
        _add_pair(part, token, countries)
    if len(countries) != 1:
        return
    capital = part.doc[token.i + 1] if token.i + 1 < len(part.doc) else None
    if capital is not None and in_class(capital.lemma_, "capitals", part.language):
        span = part.doc[token.i : token.i + 2]
        start = part.block.start + span.start_char
        _add(
            part,
            Mention(
                part.index,
                token.i,
                token.i + 2,
                "place",
                span.text,
                span.text,
                start,
                start + len(span.text),
                countries[0],
            ),
        )
        return
    start = part.offset(token)
    name = words.country_name(countries[0], part.language)
    _add(
        part,
        Mention(
            part.index,
            token.i,
            token.i + 1,
            "place",
            token.text,
            name,
            start,
            start + len(token.text),
            countries[0],
            True,
        ),
    )


def sentences(parts: Sequence[Part]) -> list[tuple[Part, Span]]:
    """Give all sentences of a text in their order, each with its part."""
    return [(part, sentence) for part in parts for sentence in part.doc.sents]
