"""Following references: "the university", «глава ведомства», "he", "both sides" → whom they mean, and why.

A text is read once, from its beginning. Every noun phrase becomes a point (`discourse.py`); a phrase that names nobody
but points back chooses among what was named before it. A choice is a row of filters, each with a name; the last
that took a candidate away is the step that decided. `docs/references.md` tells what holds when several are left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import ClassVar, TypeVar

from coopex.matching.phrases import Ref, affiliations, classes_of, holder_of, post_token, read_phrase
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.discourse import (
    Point,
    PointKind,
    clause_of,
    counted_two,
    gender_of_noun,
    gender_of_person,
    is_adverbial,
    is_plural,
    is_subject,
    noun_kind,
    verb_gender,
)
from coopex.resolve.names import Entity, alike
from coopex.resolve.reading import Actor, Reading, body_parts
from coopex.resolve.reference_signs import (
    NO_HEAD,
    Post,
    all_pronouns,
    beside,
    complement,
    country_word,
    in_name,
    is_body,
    is_body_or_land,
    is_brand,
    is_deputy,
    links,
    modifiers,
    names_after,
    person_behind,
    place_fits,
    post_noun,
    pronoun_gender,
    pronoun_sort,
    read_post,
    sort_of,
    spells,
)
from coopex.resolve.reference_words import (
    fold,
    heads_of,
    kin_of,
    listed,
)

T = TypeVar("T")
_WINDOW = 2  # sentences back in which a pronoun looks for its antecedent
_FAR = 500  # mentions and groups back at which a noun looks: no news text of 169 has more than 73
_REACH = 3  # sentences back in which "the companies" looks for several
_FOLLOWED: dict[str, set[str]] = {  # sorts that fill a slot as such; groups and sides are told by trips
    "body": {"body", "bodies"},
    "post": {"post", "posts", "counterpart"},
    "pronoun": {"person", "thing", "any", "several"},
    "sides": {"bodies", "posts"},
    "guests": set(),
    "hosts": set(),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that points back: of what sort it is, whom it means (nobody when open), and which step decided."""

    part: Part
    token: Token
    sort: str
    actors: tuple[Actor, ...]
    step: str

    @property
    def offset(self) -> int:
        """Character offset of the word in the text."""
        return self.part.offset(self.token)


Filter = tuple[str, Callable[[T], bool], bool]
Found = tuple[tuple[Actor, ...], str]
_OPEN: tuple[Actor, ...] = ()


def choose(candidates: Sequence[T], filters: Iterable[tuple[str, Callable[[T], bool], bool]]) -> tuple[list[T], str]:
    """Filter candidates step by step; give those left and the step that decided.

    A filter is a name, a test and whether it must hold; one that need not hold is passed over when nobody meets it.
    """
    left, step = list(candidates), "only candidate"
    if not left:
        return [], "nothing of the kind before"
    for name, holds, must in filters:
        kept = [candidate for candidate in left if holds(candidate)]
        if not kept and not must:
            continue
        if not kept:
            return [], f"{name} fits nobody"
        if len(kept) < len(left):
            left, step = kept, name
    return left, step


def read_references(reading: Reading) -> dict[tuple[int, int], Reference]:
    """Follow every reference of a text; the keys are part and token."""
    reader = _Reader(reading)
    reader.read()
    return reader.found


def follow(reading: Reading, part: Part, ref: Ref) -> list[Actor]:
    """Give those that `ref` points back to; none when nothing fits."""
    if ref.kind == "event":
        return _event_before(reading, part.offset(ref.token))
    found = reading.references.get((part.index, ref.token.i))
    return list(found.actors) if found and found.sort in _FOLLOWED[ref.kind] else []


def _event_before(reading: Reading, offset: int) -> list[Actor]:
    """Give the fair or forum named last."""
    named = [
        mention for part in reading.parts for mention in part.mentions if mention.event and mention.offset < offset
    ]
    return [Actor(reading.entities.of(named[-1]), named[-1], None, "reference")] if named else []


class _Reader:
    """One pass over a text: the points so far, and the references found."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts = {part.index: part for part in reading.parts}
        self.points: list[Point] = []
        self.groups: list[Point] = []
        named = ((mention, entity) for entity in reading.entities.all for mention in entity.mentions)
        self.named = sorted(named, key=lambda each: (each[0].offset, each[1].number))
        self.offsets = [mention.offset for mention, _ in self.named]
        self.found: dict[tuple[int, int], Reference] = {}
        self.sentence = 0
        self.numbers: dict[tuple[int, int], int] = {}
        self.genders: dict[int, str | None] = {}

    def read(self) -> None:
        for part in body_parts(self.reading.parts):
            for sentence in part.doc.sents:
                self.sentence += 1
                self.numbers[part.index, sentence.start] = self.sentence
                for token in sentence:
                    self._read_token(part, token)

    # --- what the text has named ------------------------------------------------------------------------------

    @cached_property
    def posts(self) -> dict[int, list[Post]]:
        """Posts of every person, from all mentions."""
        found: dict[int, list[Post]] = {}
        for part in body_parts(self.reading.parts):
            for mention in part.mentions:
                token = post_token(part, mention) if mention.kind == "person" else None
                if token is not None:
                    found.setdefault(self.reading.entities.of(mention).number, []).append(read_post(part, token))
        return found

    @cached_property
    def homes(self) -> dict[int, list[Entity]]:
        """Bodies and places that every person stands for by name."""
        found: dict[int, list[Entity]] = {}
        for part in body_parts(self.reading.parts):
            for mention in part.mentions:
                if mention.kind == "person":
                    home = found.setdefault(self.reading.entities.of(mention).number, [])
                    home.extend(self.reading.entities.of(filler.mention) for filler in affiliations(part, mention))
        return found

    @cached_property
    def nouns(self) -> dict[int, set[str]]:
        """Common nouns that stand with a name: "the Greek company Aktor Hydro" → company."""
        found: dict[int, set[str]] = {}
        for part in body_parts(self.reading.parts):
            for mention in part.mentions:
                if not mention.derived:
                    found.setdefault(self.reading.entities.of(mention).number, set()).update(
                        fold(token.lemma_) for token in beside(part, mention)
                    )
        return found

    def _country(self, entity: Entity) -> str | None:
        return entity.country or next(
            (home.country for home in self.homes.get(entity.number, ()) if home.country), None
        )

    # --- points -----------------------------------------------------------------------------------------------

    def _read_token(self, part: Part, token: Token) -> None:
        mention = part.at(token)
        if mention is not None and not mention.derived:
            if part.root(mention).i == token.i:
                self._add_name(part, token, mention)
        elif token.pos_ == "PRON" or (token.pos_ == "DET" and fold(token.lemma_) in all_pronouns(part.language)):
            self._add_pronoun(part, token)
        elif token.pos_ in {"NOUN", "PROPN"} and token.is_alpha and token.dep_ not in NO_HEAD:
            self._add_noun(part, token)

    def _add_name(self, part: Part, token: Token, mention: Mention) -> None:
        entity = self.reading.entities.of(mention)
        actor = Actor(entity, mention, entity.post, "reference")
        gender = self._person_gender(entity) if entity.kind == "person" else self._body_gender(part, mention)
        plural = is_plural(part, token) and part.language == "ru" and entity.kind != "person"
        self._add(part, token, _KINDS.get(entity.kind, "thing"), (actor,), plural, gender)
        members = [other for other in _conjuncts(token) if (inner := part.at(other)) and not inner.derived]
        if len(members) > 1:
            actors = tuple(_actor(self.reading, part, other) for other in members)
            self._add(part, token, _KINDS.get(entity.kind, "thing"), actors, True, None)

    def _person_gender(self, person: Entity) -> str | None:
        """Gender of a person, read once from all mentions."""
        if person.number not in self.genders:
            self.genders[person.number] = gender_of_person(self.parts, person)
        return self.genders[person.number]

    def _body_gender(self, part: Part, mention: Mention) -> str | None:
        """Gender of a name: that of the noun beside it (компания «…») or of its head."""
        if part.language == "en":
            return "neut"
        return next(
            (
                gender
                for token in (*beside(part, mention), part.root(mention))
                if (gender := gender_of_noun(part, token))
            ),
            None,
        )

    def _add_noun(self, part: Part, token: Token) -> None:
        if holder_of(part, token) is not None or names_after(part, token):
            return
        reference = self.refer(part, token)
        actors = reference.actors if reference is not None else self._named_in(part, token)
        plural = is_plural(part, token)
        kind = noun_kind(part, token)
        if kind in {"person", "thing"} and plural and actors:
            kind = "group"
        gender = gender_of_noun(part, token) if part.language == "ru" else None if kind == "person" else "neut"
        self._add(part, token, kind, actors, plural or len(actors) > 1, gender)

    def _named_in(self, part: Part, token: Token) -> tuple[Actor, ...]:
        """Whom a group is named after: "engineers of Bergmann Optik"; other nouns mean a thing."""
        if not classes_of(part, token) & {"groups", "guests", "members", "hosts"}:
            return ()
        if fold(token.lemma_) in listed("sides", part.language):
            return ()  # "on the Norwegian side"
        phrase = read_phrase(part, token)
        named = tuple({f.mention.offset: self.reading.actor(f) for f in phrase.fillers}.values())
        if named:
            return named
        owners = [self.refer(part, child) for child in token.children if child.pos_ == "NOUN" and links(child)]
        return tuple(actor for owner in owners if owner for actor in owner.actors)

    def _add(
        self, part: Part, token: Token, kind: PointKind, actors: tuple[Actor, ...], plural: bool, gender: str | None
    ) -> None:
        point = Point(
            part, token, self.sentence, kind, actors, plural, gender, is_subject(token), is_adverbial(token)
        )
        self.points.append(point)
        if kind == "group" and actors:
            self.groups.append(point)

    # --- nouns that point back --------------------------------------------------------------------------------

    def refer(self, part: Part, token: Token) -> Reference | None:
        """Follow a noun if it points back; what was followed once is remembered."""
        key = part.index, token.i
        if key not in self.found:
            sort = sort_of(part, token)
            if sort is None:
                return None
            actors, step = self._SORTS[sort](self, part, token)
            self.found[key] = Reference(part, token, sort, actors, step)
        return self.found[key]

    def _group(self, part: Part, token: Token) -> Found:
        """ "The delegation": the group named last, one of the same noun first."""
        lemma = fold(token.lemma_)
        before = [point for point in self.groups[-_FAR:] if _stands_before(point, part, token)]
        left, step = choose(
            before,
            [
                ("country", lambda p: self._from_country(part, token, p.actors), True),
                ("same noun", lambda p: fold(p.token.lemma_) == lemma, False),
            ],
        )
        return (left[-1].actors, step if len(left) == 1 else "nearest") if left else (_OPEN, step)

    def _from_country(self, part: Part, token: Token, actors: tuple[Actor, ...]) -> bool:
        code = country_word(part, token)
        known = {self._country(actor.entity) for actor in actors} - {None}
        return not code or not known or code in known

    def _hosts(self, part: Part, token: Token) -> Found:
        """ "The host": the person or body that bears the very noun; hosts of a visit are told when trips are known."""
        lemma = fold(token.lemma_)
        left, step = choose(
            self._earlier(part, token), [("same noun", lambda e: lemma in self.nouns.get(e.number, ()), True)]
        )
        return ((self._actor(left[-1], part, token),), step) if left else (_OPEN, step)

    def _body(self, part: Part, token: Token) -> Found:
        left, step = choose(self._earlier(part, token), self._body_filters(part, token))
        if not left:
            return _OPEN, step
        best = max(left, key=lambda entity: self._rank(entity, part, token))
        if len(left) > 1:
            often, subject, _ = self._rank(best, part, token)
            step = "spoken of most" if often else "subject" if subject else "nearest"
        return (self._actor(best, part, token),), step

    def _body_filters(self, part: Part, token: Token) -> list[Filter[Entity]]:
        noun, code = fold(token.lemma_), country_word(part, token)
        place = noun in listed("places", part.language)
        own = complement(part, token)
        filters: list[Filter[Entity]] = [
            ("kind", lambda e: e.kind == ("place" if place else "organization"), True),
            ("noun", lambda e: self._noun_fits(e, noun, part.language), True),
            ("country", lambda e: not code or not e.country or e.country == code, True),
            ("country", lambda e: not code or e.country == code, False),
            ("complement", lambda e: all(in_name(e, word) for word in own), True),
            ("same noun", lambda e: in_name(e, noun) or noun in self.nouns.get(e.number, ()), False),
            ("modifier", lambda e: any(in_name(e, word) for word in modifiers(part, token)), False),
        ]
        return filters

    def _noun_fits(self, entity: Entity, noun: str, language: str) -> bool:
        if entity.kind == "place":
            return place_fits(entity, noun, language)
        kin = kin_of(noun, language)
        if kin & self.nouns.get(entity.number, set()) or any(in_name(entity, word) for word in kin):
            return True
        return spells(entity, noun, language) or (noun in listed("brands", language) and is_brand(entity))

    def _several_bodies(self, part: Part, token: Token) -> Found:
        return self._several(part, token, self._body_filters(part, token))

    def _several_posts(self, part: Part, token: Token) -> Found:
        filters: list[Filter[Entity]] = [
            ("kind", lambda e: e.kind == "person", True),
            ("post", lambda e: self._holds(e, fold(token.lemma_), part, token), True),
        ]
        return self._several(part, token, filters)

    def _several(self, part: Part, token: Token, filters: list[Filter[Entity]]) -> Found:
        """Give two or more of a kind: those of the nearest sentences that hold as many as are spoken of."""
        earlier = self._earlier(part, token, implied=fold(token.lemma_) in listed("countries", part.language))
        left, step = choose(earlier, [each for each in filters if each[2]])
        if len(left) < 2:
            return _OPEN, step if not left else "only one of the kind before"
        for reach in range(_REACH + 1):
            near = [e for e in left if self._last_sentence(e, part, token) >= self.sentence - reach]
            if len(near) == 2 or (len(near) > 2 and not counted_two(part, token)):
                return tuple(self._actor(e, part, token) for e in near), f"number: {len(near)} of the kind"
            if len(near) > 2:
                break
        if len(left) == 2:
            return tuple(self._actor(e, part, token) for e in left), "number: the only two of the kind"
        return _OPEN, "number: none or too many of the kind nearby"

    def _sides(self, part: Part, token: Token) -> Found:
        """ "Both sides": the two bodies, else the two of any kind, that the sentences before put side by side."""
        for test in (is_body, is_body_or_land):
            filters: list[Filter[Entity]] = [("kind", test, True)]
            actors, step = self._several(part, token, filters)
            if len(actors) == 2:
                return actors, step
        return _OPEN, step

    def _post(self, part: Part, token: Token) -> Found:
        noun, code = post_noun(token), country_word(part, token)
        holder = self._head_of(part, token)
        if holder is not None:
            return holder
        own = complement(part, token)
        gender = verb_gender(token)
        left, step = choose(
            self._earlier(part, token),
            [
                ("kind", lambda e: e.kind == "person", True),
                ("post", lambda e: self._holds(e, noun, part, token), True),
                ("country", lambda e: not code or self._country(e) in {None, code}, True),
                ("complement", lambda e: all(self._bears(e, word) for word in own), True),
                ("same post", lambda e: any(post.noun == noun for post in self.posts[e.number]), False),
                ("gender", lambda e: not gender or self._person_gender(e) in {None, gender}, False),
            ],
        )
        return self._nearest(left, step, part, token)

    def _nearest(self, left: list[Entity], step: str, part: Part, token: Token) -> Found:
        if not left:
            return _OPEN, step
        often = [(len(self._mentions(entity, part, token)) > 1, entity) for entity in left]  # in order of last mention
        best = max(range(len(often)), key=lambda i: (often[i][0], i))
        return (self._actor(often[best][1], part, token),), step if len(left) == 1 else "nearest"

    def _head_of(self, part: Part, token: Token) -> Found | None:
        """«Глава ведомства», "the head of the company": who heads the body that the complement means."""
        if fold(token.lemma_) not in listed("heading", part.language):
            return None
        noun = next((child for child in token.children if links(child) and part.at(child) is None), None)
        if noun is None:
            return None
        reference = self.refer(part, noun)
        bodies = {actor.entity.number for actor in reference.actors} if reference else set()
        heads = heads_of(fold(noun.lemma_), part.language)
        kin = kin_of(fold(token.lemma_), part.language, "kin_posts")
        left, step = choose(
            self._earlier(part, token),
            [
                ("kind", lambda e: e.kind == "person", True),
                ("post", lambda e: self._is_head(e, kin | heads), True),
                ("complement", lambda e: bool(bodies & {home.number for home in self.homes.get(e.number, ())}), False),
                ("head of such a body", lambda e: self._is_head(e, heads), False),
            ],
        )
        return self._nearest(left, step, part, token)

    def _is_head(self, entity: Entity, nouns: frozenset[str]) -> bool:
        return any(post.noun in nouns and not post.deputy for post in self.posts.get(entity.number, ()))

    def _holds(self, entity: Entity, noun: str, part: Part, token: Token) -> bool:
        kin = kin_of(noun, part.language, "kin_posts")
        deputy = noun in listed("deputies", part.language) or is_deputy(token, part.language)
        return any(
            (alike(post.noun, noun) or post.noun in kin) and post.deputy == deputy
            for post in self.posts.get(entity.number, ())
        )

    def _bears(self, entity: Entity, word: str) -> bool:
        """Tell whether a word of a complement stands in a person's post or in the name of his body."""
        return any(alike(word, other) for post in self.posts.get(entity.number, ()) for other in post.words) or any(
            in_name(home, word) for home in self.homes.get(entity.number, ())
        )

    def _counterpart(self, part: Part, token: Token) -> Found:
        """ "His Kazakh counterpart": who holds a like post in the country named, else in another than his."""
        code = country_word(part, token)
        beside = person_behind(part, token)
        if beside is not None:
            return (Actor(self.reading.entities.of(beside), beside, None, "reference"),), "named beside it"
        owner = self._owner(part, token)
        if owner is not None and code is not None and self._country(owner) == code:
            owner = None  # "his Serbian counterpart" of a Serb: "his" is somebody else
        posts = {post.noun for post in self.posts.get(owner.number, ())} if owner else set()
        left, step = choose(
            self._earlier(part, token),
            [
                ("kind", lambda e: e.kind == "person" and e is not owner and bool(self.posts.get(e.number)), True),
                ("country", lambda e: not code or self._country(e) in {None, code}, True),
                ("country", lambda e: not code or self._country(e) == code, False),
                (
                    "another country",
                    lambda e: owner is None or not self._country(e) or self._country(e) != self._country(owner),
                    True,
                ),
                ("like post", lambda e: any(p.noun in posts for p in self.posts[e.number]), False),
            ],
        )
        if not left or not (code or owner):
            return _OPEN, step
        return self._nearest(left, step, part, token)

    def _owner(self, part: Part, token: Token) -> Entity | None:
        for child in token.children:
            if child.i < token.i and child.pos_ in {"PRON", "DET"}:
                reference = self.found.get((part.index, child.i))
                if reference and reference.actors:
                    return reference.actors[0].entity
        for child in part.doc[max(0, token.i - 1) : token.i]:
            reference = self.found.get((part.index, child.i))
            if reference and reference.actors:
                return reference.actors[0].entity
        return None

    # --- pronouns ---------------------------------------------------------------------------------------------

    def _add_pronoun(self, part: Part, token: Token) -> None:
        sort = pronoun_sort(part, token)
        if sort is None:
            return
        actors, step = self._several_meant(part, token) if sort == "several" else self._one_meant(part, token, sort)
        self.found[part.index, token.i] = Reference(part, token, sort, actors, step)
        kind = _KINDS.get(actors[0].entity.kind, "thing") if actors else "thing"
        if actors:
            self._add(part, token, kind, actors, sort == "several", pronoun_gender(part, token))

    def _one_meant(self, part: Part, token: Token, sort: str) -> Found:
        gender = pronoun_gender(part, token)
        left, step = choose(
            self._near(part, token),
            [
                ("number", lambda p: not p.plural, True),
                ("kind", lambda p: sort == "any" or (p.kind == "person") == (sort == "person"), True),
                ("gender", lambda p: gender is None or p.gender in {None, gender}, True),
                ("another in this clause", lambda p: not self._same_clause(p, token), True),
                ("gender", lambda p: p.gender == gender, False),
                ("no place", lambda p: p.kind != "place" or part.language == "en", False),
                *self._preferences(),
            ],
        )
        ahead = self._subject_ahead(part, token) if not left and sort == "person" else _OPEN
        return (ahead, "subject ahead") if ahead else self._meant(left, step)

    def _subject_ahead(self, part: Part, token: Token) -> tuple[Actor, ...]:
        """ "During his visit to Rabat, Minister Sikora signed …": nobody was named before, and the subject follows."""
        for mention in part.mentions:
            root = part.root(mention)
            if mention.kind == "person" and token.i < mention.start < part.sentence(token).end and is_subject(root):
                return (_actor(self.reading, part, root),)
        return _OPEN

    def _several_meant(self, part: Part, token: Token) -> Found:
        left, step = choose(
            self._near(part, token),
            [
                ("number", lambda p: p.plural or p.kind == "group", True),
                ("another in this clause", lambda p: not self._same_clause(p, token), True),
                *self._preferences(),
            ],
        )
        if left:
            return self._meant(left, step)
        people: list[Filter[Entity]] = [("kind", lambda e: e.kind == "person", True)]
        actors, other = self._several(part, token, people)
        return (actors, other) if len(actors) == 2 else (_OPEN, step)

    def _preferences(self) -> list[Filter[Point]]:
        """Where several fit: the nearest sentence, there the subject."""
        return [
            ("nearest sentence with a subject", lambda p: p.subject and p.sentence >= self.sentence - 1, False),
            ("subject", lambda p: p.subject, False),
            ("not an adverbial", lambda p: not p.adverbial, False),
        ]

    def _meant(self, left: list[Point], step: str) -> Found:
        if not left:
            return _OPEN, step
        nearest = [point for point in left if point.sentence == left[-1].sentence]
        chosen = nearest[0] if nearest[0].subject else nearest[-1]
        if not chosen.actors:
            return _OPEN, f"points to {chosen.token.text!r}, which names nobody"
        return chosen.actors, step if len(left) == 1 else "nearest"

    def _near(self, part: Part, token: Token) -> list[Point]:
        near = takewhile(lambda point: point.sentence >= self.sentence - _WINDOW, reversed(self.points))
        return [point for point in near if _stands_before(point, part, token)][::-1]

    def _same_clause(self, point: Point, token: Token) -> bool:
        """Tell whether a point is the subject of the clause in which a pronoun is no subject: "Belov showed him"."""
        same = point.part is self._part_of(token) and clause_of(point.token).i == clause_of(token).i
        return same and point.sentence == self.sentence and (point.subject != is_subject(token))

    def _part_of(self, token: Token) -> Part | None:
        return next((part for part in self.parts.values() if part.doc is token.doc), None)

    # --- helpers ----------------------------------------------------------------------------------------------

    def _earlier(self, part: Part, token: Token, *, implied: bool = False) -> list[Entity]:
        """Entities named before a word, or `implied` by an adjective, in the order of their last mention."""
        stop = bisect_left(self.offsets, part.offset(token))
        found: dict[int, Entity] = {}
        for mention, entity in reversed(self.named[max(0, stop - _FAR) : stop]):
            if implied or not mention.derived:
                found.setdefault(entity.number, entity)
        return list(found.values())[::-1]

    def _last(self, entity: Entity, offset: int, *, implied: bool = False) -> Mention | None:
        before = (m for m in reversed(entity.mentions) if m.offset < offset and (implied or not m.derived))
        return next(before, None)

    def _last_sentence(self, entity: Entity, part: Part, token: Token) -> int:
        mention = self._last(entity, part.offset(token), implied=True)
        if mention is None or mention.part not in self.parts:
            return -1
        return self.numbers.get((mention.part, self.parts[mention.part].sentence_at(mention.start).start), -1)

    def _mentions(self, entity: Entity, part: Part, token: Token) -> list[Mention]:
        return [m for m in entity.mentions if m.offset < part.offset(token) and not m.derived]

    def _rank(self, entity: Entity, part: Part, token: Token) -> tuple[bool, bool, int]:
        """Prefer who was spoken of more than once, then who was a subject, then who was named last."""
        earlier = self._mentions(entity, part, token)
        if not earlier:
            return False, False, -1
        last = self.parts.get(earlier[-1].part)
        return len(earlier) > 1, last is not None and is_subject(last.root(earlier[-1])), earlier[-1].offset

    def _actor(self, entity: Entity, part: Part, token: Token) -> Actor:
        offset = part.offset(token)
        mention = self._last(entity, offset) or self._last(entity, offset, implied=True) or entity.mentions[0]
        return Actor(entity, mention, entity.post, "reference")

    _SORTS: ClassVar[dict[str, Callable[[_Reader, Part, Token], Found]]] = {
        "group": _group,
        "hosts": _hosts,
        "sides": _sides,
        "body": _body,
        "bodies": _several_bodies,
        "post": _post,
        "posts": _several_posts,
        "counterpart": _counterpart,
    }


_KINDS: dict[str, PointKind] = {"person": "person", "organization": "organization", "place": "place"}


def _stands_before(point: Point, part: Part, token: Token) -> bool:
    return point.part is not part or point.token.i < token.i


def _conjuncts(token: Token) -> list[Token]:
    from coopex.matching.phrases import conjuncts

    return conjuncts(token)


def _actor(reading: Reading, part: Part, token: Token) -> Actor:
    mention = part.by_token[token.i]
    entity = reading.entities.of(mention)
    return Actor(entity, mention, entity.post, "reference")
