"""Which words point back, and by what: definite nouns, pronouns, countries, complements, posts.

"the Swedish institute" is a body of Sweden; "the mayor of Antalya" says who is meant; "a firm" points nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coopex.gazetteer import gazetteer
from coopex.matching.lexicon import in_class
from coopex.matching.paths import has, prepositions
from coopex.matching.phrases import classes_of
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.discourse import is_plural
from coopex.resolve.names import Entity, alike, words
from coopex.resolve.reference_words import acronym_letters, everywhere, fold, gender_words, listed, pronouns

NO_HEAD = {"appos", "nmod:desc", "flat", "flat:name", "flat:foreign", "compound", "amod", "fixed"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a person holds: its noun, the words of its phrase, and whether it is a deputy's."""

    noun: str
    words: frozenset[str]
    deputy: bool


def sort_of(part: Part, token: Token) -> str | None:
    """Tell what sort of reference a common noun is, or None when it is none: "a company", "the mayor of Antalya"."""
    lemma, plural = fold(token.lemma_), is_plural(part, token)
    if token.dep_ in NO_HEAD or any(child.dep_ == "cop" for child in token.children) or not is_definite(part, token):
        return None
    classes = classes_of(part, token)
    if "hosts" in classes or (lemma in listed("sides", part.language) and _has_modifier(token, part, "hosting")):
        return "hosts"
    if lemma in listed("counterparts", part.language):
        return None if plural else "counterpart"
    if plural and lemma in listed("sides", part.language):
        return None if complement(part, token) or restricted(part, token) else "sides"
    if classes & {"groups", "guests"}:
        return None if named_complement(part, token) else "group"
    if lemma in listed("sides", part.language):
        return None
    if restricted(part, token):
        return None
    if "posts" in classes:
        if set(prepositions(token)) & listed("idioms", part.language) and lemma in listed("heading", part.language):
            return None
        return "posts" if plural else "post"
    if (classes & {"bodies", "sides"} and "members" not in classes - {"bodies", "sides"}) or "bodies" in classes:
        return "bodies" if plural else "body"
    return None


def is_definite(part: Part, token: Token) -> bool:
    """Tell whether a noun phrase may point back: "the firm", «фирма»; not "a firm", «другая фирма»."""
    before = [child for child in token.children if child.i < token.i]
    told = {fold(child.lemma_) for child in before} | {fold(child.text) for child in before}
    if told & listed("other", part.language):
        return False
    if part.language == "ru":
        return True
    if told & listed("definite", "en") or any(_possessive(child) for child in before):
        return True
    return token.dep_ == "conj" and token.head.pos_ == "NOUN" and is_definite(part, token.head)


def _possessive(token: Token) -> bool:
    return token.dep_ == "nmod:poss" and token.pos_ == "PRON"


def restricted(part: Part, token: Token) -> bool:
    """Tell whether a clause says which one is meant: "the company that repairs the bridge"."""
    for child in token.children:
        if child.dep_ in {"acl:relcl", "acl"} and child.i > token.i:
            between = part.doc[token.i + 1 : child.i]
            if part.language == "ru" or not any(word.text == "," for word in between):
                return child.dep_ == "acl:relcl"
    return False


def person_behind(part: Part, token: Token) -> Mention | None:
    """Give the person named right behind a noun: "his Belarusian counterpart Anton Sushko"."""
    i = token.i + 1
    if i < len(part.doc) and part.doc[i].text == ",":
        i += 1
    mention = part.by_token.get(i)
    return mention if mention is not None and mention.kind == "person" and mention.start == i else None


def _has_modifier(token: Token, part: Part, name: str) -> bool:
    return any(fold(child.lemma_) in listed(name, part.language) for child in token.children)


def links(child: Token) -> bool:
    """Tell whether a child is a genitive or stands after "of"."""
    if child.dep_ not in {"nmod", "nmod:poss", "obl"} or child.pos_ not in {"NOUN", "PROPN"}:
        return False
    cases = prepositions(child)
    return "of" in cases or (not cases and has(child, "Case", "Gen")) or child.dep_ == "nmod:poss"


def named_complement(part: Part, token: Token) -> bool:
    """Tell whether a group is named in its own phrase: "the delegation of Izmir", "the Omani delegation"."""
    return any(
        part.at(child) is not None and (child.dep_ not in {"nsubj", "obl"} or links(child))
        for child in token.children
        if child.dep_ in {"nmod", "nmod:poss", "amod", "compound", "appos", "nmod:desc"}
        and part.at(child) is not part.at(token)
    )


def complement(part: Part, token: Token) -> list[str]:
    """Words of a complement that say which one: "the mayor of Antalya" → antalya; a reference says nothing."""
    found: list[str] = []
    for child in token.children:
        inner = part.at(child)
        behind = inner is not None and inner.start == token.i + 1 and not inner.derived and inner.kind != "person"
        if not links(child) and not behind:
            continue
        if inner is not None:
            found.extend(words(inner.name))
        elif sort_of(part, child) is None and not in_class(child.lemma_, "instruments", part.language):
            found.append(fold(child.lemma_))
    return found


def modifiers(part: Part, token: Token) -> list[str]:
    """Words before a noun that narrow it: "the shipping company" → shipping."""
    return [
        fold(child.lemma_)
        for child in token.children
        if child.i < token.i and child.dep_ in {"amod", "compound"} and part.at(child) is None
    ]


def country_word(part: Part, token: Token) -> str | None:
    """Country that an adjective or possessive beside a noun names: "the Swedish institute" → SE."""
    for child in token.children:
        inner = part.at(child)
        if (
            inner is not None
            and inner.kind == "place"
            and inner.country
            and (inner.derived or child.dep_ == "nmod:poss")
        ):
            return inner.country
    return None


@cache  # one entry a language
def all_pronouns(language: str) -> frozenset[str]:
    """Every pronoun of the third person in a language."""
    return frozenset().union(*(pronouns(kind, language) for kind in ("person", "thing", "any", "several")))


def pronoun_sort(part: Part, token: Token) -> str | None:
    """Tell what a pronoun can stand for; the "it" of "it is expected that" stands for nothing."""
    if token.dep_ == "expl" or (token.dep_ == "det" and token.lower_ == "both"):
        return None
    forms = {fold(token.lemma_), fold(token.text)}
    if part.language == "ru" and forms & {"его", "ее", "их"} and fold(token.lemma_) not in {"он", "она", "оно", "они"}:
        forms = {fold(token.text)}
    for kind in ("several", "person", "thing", "any"):
        if forms & pronouns(kind, part.language):
            return None if kind == "thing" and is_empty(token) else kind
    return None


def is_empty(token: Token) -> bool:
    """ "It is expected that", "it was snowing": a subject that stands for nothing."""
    if token.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    return any(child.dep_ in {"csubj", "csubj:pass", "ccomp", "xcomp"} for child in token.head.children) and (
        token.dep_ == "nsubj:pass" or token.head.pos_ == "ADJ"
    )


def pronoun_gender(part: Part, token: Token) -> str | None:
    """Gender that a pronoun tells; «его» may be masculine or neuter, so it tells none but by its features."""
    forms = {fold(token.text), fold(token.lemma_)}
    for gender in ("masc", "fem", "neut"):
        if forms & gender_words("genders", gender, part.language):
            return gender
    return "masc" if forms & {"его"} else None


# --- posts and names -------------------------------------------------------------------------------------------


def post_noun(token: Token) -> str:
    """ "prime minister" → premier: the noun under which a post is known."""
    before = token.doc[token.i - 1] if token.i else None
    return "premier" if before is not None and before.lower_ == "prime" else fold(token.lemma_)


def read_post(part: Part, token: Token) -> Post:
    """Read the post at a noun, with the words of its phrase."""
    near = [word for word in token.subtree if abs(word.i - token.i) <= 8 and word.is_alpha]
    left = [word for word in part.doc[max(0, token.i - 3) : token.i] if word.is_alpha]
    return Post(
        post_noun(token),
        frozenset(fold(word.lemma_) for word in [*left, *near]),
        is_deputy(token, part.language),
    )


def is_deputy(token: Token, language: str) -> bool:
    """Tell whether a post is that of a deputy: "vice president", «заместитель министра»."""
    deputies = listed("deputies", language)
    near = [token, token.head, *token.doc[max(token.sent.start, token.i - 2) : token.i]]
    return any(fold(word.lemma_) in deputies or fold(word.text) in deputies for word in near)


def beside(part: Part, mention: Mention) -> list[Token]:
    """Common nouns right beside a name: компания «Нордвик», "the host of the show, Dana Brooks"."""
    root = part.root(mention)
    found = [child for child in root.children if child.dep_ in {"appos", "compound", "nmod:desc", "nmod", "flat"}]
    found = [child for child in found if not prepositions(child) and abs(child.i - root.i) <= 4]
    if root.dep_ in {"appos", "flat", "flat:name", "nmod", "compound"} and not prepositions(root):
        found.append(root.head)
    before = part.doc[max(0, mention.start - 2) : mention.start]
    found += [token for token in before if token.pos_ == "NOUN" and token.sent == root.sent]
    return [token for token in found if token.pos_ == "NOUN" and part.at(token) is None]


def names_after(part: Part, token: Token) -> bool:
    """Tell whether a name stands right after its noun: компания «Нордвик», "the firm Agrotherm"."""
    i = token.i + 1
    while i < len(part.doc) and part.doc[i].text in {"«", '"', "“"}:
        i += 1
    mention = part.by_token.get(i) if i < len(part.doc) else None
    if mention is None or mention.derived or mention.start != i:
        return False
    root = part.root(mention)
    if part.language == "en" or i > token.i + 1:
        return mention.kind == "organization"
    return root.head.i == token.i and root.dep_ in {"appos", "flat:name", "flat"}


def in_name(entity: Entity, word: str) -> bool:
    """Tell whether a word stands in a name of an entity, in any form."""
    return any(
        alike(other, word) or (len(word) > 5 and other.startswith(word))
        for name in entity.names
        for other in words(name)
    )


def is_brand(entity: Entity) -> bool:
    """Tell whether a body's name holds no noun of a public body: Huawei."""
    return not any(word in everywhere("public") for name in entity.names for word in words(name))


def place_fits(entity: Entity, noun: str, language: str) -> bool:
    """Tell whether a place may be called so; one that the gazetteer does not know may be any but a country."""
    place = gazetteer().place(entity.name, language)
    if noun in listed("countries", language):
        return place is not None and place.kind == "country"
    if noun in listed("towns", language):
        return place is None or place.kind == "city"
    if noun in listed("regions", language):
        return place is None or place.kind not in {"country", "city"}
    return place is None or place.kind != "city"


def spells(entity: Entity, noun: str, language: str) -> bool:
    """Tell whether an acronym says by a letter that it is such a body: КНИТУ, вуз."""
    letters = acronym_letters(language)
    return any(
        name.isupper()
        and name.isalpha()
        and 2 < len(name) < 8
        and any(noun in letters.get(ch, ()) for ch in fold(name)[1:])
        for name in entity.names
    )


def is_body(entity: Entity) -> bool:
    """Tell whether an entity is a body."""
    return entity.kind == "organization"


def is_body_or_land(entity: Entity) -> bool:
    """Tell whether an entity is a body or a place."""
    return entity.kind in {"organization", "place"}
