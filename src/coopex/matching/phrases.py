"""What a noun phrase says about people, bodies and places.

"a delegation from Changchun headed by Li Wei, rector of Jilin University" names the place Changchun as origin,
Li Wei as leader and Jilin University as his body. `read_phrase` collects such fillers from the head of the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from coopex.matching.lexicon import classes_with, in_class
from coopex.matching.paths import has, is_not_only, prepositions
from coopex.matching.posts import told_post
from coopex.matching.text import Mention, Part, remembered
from coopex.matching.tree import Token

How = Literal["named", "member", "origin", "affiliation", "leader"]
Reference = Literal["guests", "hosts", "sides", "pronoun", "body", "post", "event"]

_NOUN_RELATIONS = {
    "nmod",
    "nmod:poss",
    "amod",
    "compound",
    "appos",
    "flat",
    "flat:name",
    "flat:foreign",
    "obl",
    "nsubj",
    "list",
    "parataxis",
    "dep",
}
_DEEP_RELATIONS = {"nmod", "appos", "compound", "flat", "flat:name", "obl", "list"}
_ORIGIN_PREPOSITIONS = {
    "of",
    "from",
    "for",
    "at",
    "в",
    "при",
    "из",
    "от",
    "по",
    "с",
    "in",
    "within",
    "on behalf of",
    "со стороны",
    "от имени",
    "между",
    "between",
    "including",
    "like",
}
_LOCATIVE = {"in", "at", "within", "в", "во", "на"}
_GROUP_PREPOSITIONS = {"of", "from", "из", "от", "со стороны", "including", "с"}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_AWAY = {"from", "with", "to", "из", "с", "со", "к", "для", "for"}
_MAX_DEPTH = 4
_POST_REACH = 22  # tokens between a post and its holder: long names of bodies stand between


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention inside a phrase and how it stands there; `post` is the post of a person ("rector")."""

    mention: Mention
    how: How
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A member of a phrase that names nobody but points back: "the university", «российская компания», "he"."""

    token: Token
    kind: Reference
    country: str | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head, its named fillers, and what it refers to when it names nothing."""

    part: Part
    head: Token
    fillers: tuple[Filler, ...]
    classes: frozenset[str]
    reference: Reference | None
    refs: tuple[Ref, ...] = ()

    @property
    def group(self) -> bool:
        """Whether the phrase speaks of travelling people: "delegation", "гости"."""
        return bool(self.classes & {"groups", "guests"})


def conjuncts(token: Token) -> list[Token]:
    """Give the members of a coordination that starts at `token`: "A, B and C" at A → [A, B, C].

    A noun that the parser hung as conjunct on the verb itself counts: "A и B подписали" with B under «подписали».
    """
    found, queue = [token, *_strays(token)], [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj" and child.pos_ not in {"VERB", "AUX"} and child not in found:
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda member: member.i)


def _members(part: Part, token: Token) -> list[Token]:
    """Give the members of a coordination; a member that the parser hung inside a long name counts.

    "the Ministry of Science and Technology of China and JINR" with JINR under "China".
    """
    found = conjuncts(token)
    for head in list(found):
        mention = part.at(head)
        for child in _conjuncts_inside(part, mention) if mention else ():
            found.extend(other for other in conjuncts(child) if other not in found)
    return sorted((member for member in found if not is_set_aside(part, member)), key=lambda member: member.i)


def is_set_aside(part: Part, noun: Token) -> bool:
    """Tell whether a noun is named only to be left out: "Graz, not Oslo", "to Graz instead of Oslo"."""
    if any(in_class(preposition, "set_aside", part.language) for preposition in prepositions(noun)):
        return True
    named = noun.pos_ in {"NOUN", "PROPN"} and not any(child.dep_ == "cop" for child in noun.children)
    first = min((word.i for word in noun.subtree if word.dep_ not in {"punct", "cc"}), default=noun.i)
    denial = next((c for c in noun.children if c.i == first and in_class(c.lower_, "negations", part.language)), None)
    return named and denial is not None and not is_not_only(denial)


def _conjuncts_inside(part: Part, mention: Mention) -> Iterator[Token]:
    """Give the nouns outside a mention that hang on a word inside it as conjuncts."""
    for inner in part.doc[mention.start : mention.end]:
        for child in inner.children:
            outside = not mention.start <= child.i < mention.end
            if child.dep_ == "conj" and outside and child.pos_ in {"NOUN", "PROPN"}:
                yield child


def _after_colon(part: Part, token: Token) -> Iterator[Filler]:
    """Read a list after a colon: "by four parties: X, Y and Z"."""
    doc, end = part.doc, part.sentence(token).end
    colon = next((i for i in range(token.i + 1, min(token.i + 8, end)) if doc[i].text == ":"), None)
    if colon is None or any(word.pos_ == "VERB" for word in doc[token.i + 1 : colon]):
        return
    for i in range(colon + 1, end):
        mention = part.by_token.get(i)
        if mention and mention.start == i and not mention.derived:
            yield Filler(mention, "named", _post_of(part, mention))
        elif doc[i].text in ";." or (doc[i].pos_ == "VERB" and has(doc[i], "VerbForm", "Fin")):
            return


def _continued(part: Part, fillers: list[Filler]) -> list[Filler]:
    """Read on a list of names that the parser broke off, up to the name that "and" joins last.

    "the Geological Survey, the Institute of Geodesy and Metrostav" read up to the survey → the institute, Metrostav.
    """
    known = [filler for filler in fillers if not filler.mention.derived]
    last = max(known, key=lambda filler: filler.mention.start, default=None)
    found: list[Filler] = []
    closed = 0
    while last is not None:
        joint = _joint(part, _past_acronym(part, last.mention.end))
        mention = _next_name(part, joint, last.mention) if joint is not None else None
        if joint is None or mention is None:
            break
        last = Filler(mention, last.how, _post_of(part, mention))
        found.append(last)
        if part.doc[joint - 1].lower_ in _AND:
            closed = len(found) if _ends_list(part, mention) else closed
            break
    return found[:closed]


_AND = {"and", "и"}


def _past_acronym(part: Part, index: int) -> int:
    """Skip what stands in brackets, and a closing quote, behind a name: "the institute (NARO)"."""
    doc = part.doc
    if index + 2 < len(doc) and doc[index].text == "(":
        return next((i + 1 for i in range(index + 1, min(index + 6, len(doc))) if doc[i].text == ")"), index)
    return index + 1 if index < len(doc) and doc[index].text in {"»", "”"} else index


def _joint(part: Part, index: int) -> int | None:
    """Give where a list goes on after a name: behind ",", "and", ", and also", or None."""
    doc, i = part.doc, index
    while i < min(len(doc), index + 4) and (doc[i].lower_ in {*_AND, "а", "также", "also"} or doc[i].text == ","):
        i += 1
    return i if index < i < len(doc) and (doc[i - 1].text == "," or doc[i - 1].lower_ in _AND | {"также"}) else None


def _next_name(part: Part, start: int, before: Mention) -> Mention | None:
    """Give the name with which a list goes on: the same kind and case, with nothing but its own noun or post before."""
    doc, end = part.doc, part.sentence_at(before.start).end
    person = before.kind == "person"
    for i in range(start, min(end, start + (_POST_REACH if person else 5))):
        token, mention = doc[i], part.by_token.get(i)
        if mention and not mention.derived and (mention.kind == "person") == person:
            return mention if _alike(part, before, mention) else None
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text in ",;:.—–" or token.lower_ in _AND:
            return None
        if not person and not mention and not _may_introduce(part, token):
            return None
    return None


def _may_introduce(part: Part, token: Token) -> bool:
    """Tell whether a word may stand between "and" and the name of a body or place: an article, a noun of sites."""
    if token.pos_ in {"DET", "ADJ"}:
        return True
    return token.pos_ in {"NOUN", "PROPN"} and not classes_of(part, token) & {"posts", "members", "groups", "guests"}


def _alike(part: Part, one: Mention, other: Mention) -> bool:
    """Tell whether two Russian names stand in one case, as members of a list do; in English always."""
    cases = [set(part.root(mention).morph.get("Case", [])) for mention in (one, other)]
    return part.language != "ru" or not all(cases) or not cases[0].isdisjoint(cases[1])


def _ends_list(part: Part, mention: Mention) -> bool:
    """Tell whether a name ends a list and does not open a clause: "visited Minsk, and Belavia offered"."""
    doc, i = part.doc, _past_acronym(part, mention.end)
    return i >= len(doc) or doc[i].pos_ not in {"VERB", "AUX", "NOUN", "PROPN", "PART", "SCONJ"}


def _leads_group(part: Part, head: Token) -> set[str]:
    """Tell whether a post is that of the visiting side: "the head of the Indian delegation" is a guest."""
    if "posts" not in classes_of(part, head):
        return set()
    return (
        {"guests"}
        if any(
            classes_of(part, child) & {"groups", "guests"}
            for child in head.children
            if child.dep_ in {"nmod", "nmod:poss"}
        )
        else set()
    )


def _refs(part: Part, head: Token, own: list[Filler]) -> Iterator[Ref]:
    """Give what a phrase member refers to: itself, and the body in "the delegation of the university"."""
    kind = _reference(part, head, own, classes_of(part, head))
    if kind and not _ours(part, head):
        yield Ref(head, kind, next((filler.mention.country for filler in own), None))
    if classes_of(part, head) & {"groups", "guests", "members", "posts"} and not any(
        not f.mention.derived for f in own
    ):
        for child in head.children:
            if (
                child.dep_ in {"nmod", "nmod:poss", "compound"}
                and "bodies" in classes_of(part, child)
                and _links(part, head, child)
            ):
                yield Ref(child, "body", None)
        if classes_of(part, head) & {"groups"}:
            yield from (Ref(child, "pronoun", None) for child in head.children if child.lower_ in _WHOSE_GROUP)


_WHOSE_GROUP = {"its", "their", "его", "ее", "её", "их"}


def _ours(part: Part, head: Token) -> bool:
    """Tell whether a noun means the writer's own body, which the text does not name: "our university"."""
    return any(in_class(child.lemma_, "ours", part.language) for child in head.children if child.i < head.i)


def _strays(token: Token) -> list[Token]:
    head = token.head
    if head.pos_ != "VERB" or token.dep_ not in {"nsubj", "nsubj:pass", "obj", "obl"}:
        return []
    alike = {"conj", token.dep_} - {"obl"}
    nouns = [
        child
        for child in head.children
        if child.dep_ in alike and child.pos_ in {"NOUN", "PROPN"} and child.i != token.i
    ]
    return [
        noun
        for noun in nouns
        if (noun.i < head.i) == (token.i < head.i)
        and any(c.dep_ == "cc" for c in (noun if noun.i > token.i else token).children)
    ] or [noun for noun in nouns if (noun.i < head.i) == (token.i < head.i) and _joined(noun, token)]


def _joined(a: Token, b: Token) -> bool:
    """Tell whether "and" stands between two nouns and no other verb."""
    low, high = sorted((a.i, b.i))
    between = a.doc[low + 1 : high]
    return any(token.lower_ in {"and", "и"} for token in between) and not any(token.pos_ == "VERB" for token in between)


@remembered
def read_phrase(part: Part, token: Token) -> Phrase:
    """Read the noun phrase headed by `token`, conjuncts included."""
    fillers: list[Filler] = []
    classes: set[str] = set()
    refs: list[Ref] = []
    for head in _members(part, token):
        own = list(_read_head(part, head, 0))
        refs.extend(_refs(part, head, own))
        classes |= classes_of(part, head) | _leads_group(part, head)
        fillers.extend(own)
    if not any(not filler.mention.derived for filler in fillers):
        fillers.extend(_after_colon(part, token))
    fillers.extend(_continued(part, fillers))
    reference = _reference(part, token, fillers, classes)
    return Phrase(part, token, tuple(_unique(fillers)), frozenset(classes), reference, tuple(refs))


def classes_of(part: Part, token: Token) -> set[str]:
    """Name the classes of nouns that `token` belongs to; names belong to none."""
    mention = part.at(token)
    if mention and not mention.derived and token.text[:1].isupper():
        return set()
    if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "X"}:
        return set()
    classes = classes_with(token.lemma_, part.language) | classes_with(_singular(token), part.language)
    return set(classes & _OF_NOUNS) or ({"members"} if _is_people(part, token) else set())


_OF_NOUNS = {"groups", "guests", "hosts", "members", "posts", "sides", "bodies", "sites", "events"}


def _singular(token: Token) -> str:
    """Give the singular of an English noun that was read as a name at the start of a sentence.

    "Engineers" → engineer.
    """
    lower = str(token.lower_)
    return lower[:-1] if token.tag_ in {"NNP", "NNPS", "NNS"} and lower.endswith("s") else lower


_PEOPLE = re.compile(
    r"\w+(?:ologists?|graphers?|nomists?|cists?|emists?|ticians?|neers?|icians?|searchers?|esmen|nalysts?)$"
)


def _is_people(part: Part, token: Token) -> bool:
    """Tell whether a common noun means people by its form: "geologists", or an animate noun in Russian."""
    if token.pos_ != "NOUN":
        return False
    return has(token, "Animacy", "Anim") if part.language == "ru" else bool(_PEOPLE.match(token.lower_))


def _unique(fillers: list[Filler]) -> Iterator[Filler]:
    seen: set[tuple[int, int]] = set()
    for filler in fillers:
        key = (filler.mention.part, filler.mention.start)
        if key not in seen:
            seen.add(key)
            yield filler


def _read_head(part: Part, head: Token, depth: int) -> Iterator[Filler]:
    mention = part.at(head)
    if mention:
        yield Filler(mention, "named", _post_of(part, mention))
        yield from _beside_name(part, head, mention, depth)
        return
    holder = holder_of(part, head)
    if holder:
        yield Filler(holder, "named", _post_of(part, holder))
        yield from affiliations(part, holder)
    yield from _under_noun(part, head, depth)


@remembered
def holder_of(part: Part, head: Token) -> Mention | None:
    """Give the person that a post introduces, wherever the parser hung the name: «губернатора аймака Дугара Бата»."""
    if not in_class(head.lemma_, "posts", part.language):
        return None
    for token in part.doc[head.i + 1 : min(head.i + _POST_REACH, part.sentence(head).end)]:
        mention = part.at(token)
        if mention and mention.kind == "person":
            return mention if _is_post_of(part, mention, head) else None
        if token.text in ".;:—–" or (token.pos_ in {"VERB", "AUX"} and not mention):
            return None
    return None


def _is_post_of(part: Part, mention: Mention, head: Token) -> bool:
    """Tell whether a post is that of a person, or of the deputy of that post: «заместитель министра Ли Хван»."""
    own = _post_start(part, mention)
    if own is None or own == head.i:
        return own is not None
    between, cases = part.doc[own], set(head.morph.get("Case", []))
    deputy = between.head.i == head.i and between.dep_ == "nmod" and not prepositions(between)
    return deputy and part.language == "ru" and any(
        has(word, "Case", case) and not has(between, "Case", case)
        for word in part.doc[mention.start : mention.end]
        for case in cases
    )


def _same_side(part: Part, head: Token, child: Token) -> bool:
    """Tell whether no finite verb stands between a noun and its dependent; the parser errs when one does."""
    low, high = sorted((head.i, child.i))
    return not any(
        token.pos_ == "VERB" and has(token, "VerbForm", "Fin") and token.dep_ != "acl:relcl"
        for token in part.doc[low + 1 : high]
    )


def _beside_name(part: Part, head: Token, mention: Mention, depth: int) -> Iterator[Filler]:
    """Read appositions of a name: "Rector Ivanov", "Zhang Xue, rector of HMU", "Changchun (China)"."""
    if mention.kind == "person":
        yield from affiliations(part, mention)
    if depth >= _MAX_DEPTH:
        return
    for child in head.children:
        if mention.start <= child.i < mention.end or not _same_side(part, head, child):
            continue
        if set(prepositions(child)) & _AWAY:
            continue  # "flew to Grozny from Doha": Doha is no part of Grozny
        inner = part.at(child)
        if inner and inner is not mention and child.dep_ in {"appos", "flat", "flat:name", "parataxis", "nmod", "list"}:
            if inner.kind == "person" and child.dep_ != "nmod":
                yield from _read_head(part, child, depth + 1)
            elif mention.kind == "organization" and inner.kind == "place" and not prepositions(child):
                continue  # "Tongji University, China": where the body is, not another one
            elif mention.kind != "person":
                yield Filler(inner, "origin")
            elif child.dep_ in {"appos", "parataxis"} and mention.kind != "person":
                yield Filler(inner, "named")
        elif not inner and child.dep_ == "appos":
            yield from (
                f for f in _under_noun(part, child, depth + 1) if f.mention.kind != "person" or f.how != "origin"
            )


def _under_noun(part: Part, head: Token, depth: int) -> Iterator[Filler]:
    """Read the modifiers of a common noun: "delegation of X", "representatives of X and Y", "director of X Ivanov"."""
    if depth > _MAX_DEPTH:
        return
    classes = classes_of(part, head)
    for child in head.children:
        if child.lower_ == "whose" or (child.dep_ == "nmod" and child.lemma_ == "который"):
            yield from _owner(part, child, depth)
        elif child.dep_ in _NOUN_RELATIONS and _links(part, head, child):
            yield from _modifier(part, child, classes, depth)
        elif child.dep_ == "conj" and depth > 0 and child.pos_ not in {"VERB", "AUX"}:
            yield from _read_head(part, child, depth + 1)


def _owner(part: Part, pronoun: Token, depth: int) -> Iterator[Filler]:
    """Give whom a relative pronoun means: "the academy, whose heads received the guests" at "whose" → the academy."""
    clause = next((token for token in pronoun.ancestors if token.dep_ == "acl:relcl"), None)
    if clause is not None and depth < _MAX_DEPTH:
        for member in conjuncts(clause.head):
            yield from _read_head(part, member, depth + 1)


def _links(part: Part, head: Token, child: Token) -> bool:
    cases = prepositions(child)
    if child.dep_ == "nsubj" or not _same_side(part, head, child):
        return False
    classes = classes_of(part, head)
    allowed = _ORIGIN_PREPOSITIONS
    if classes & {"groups", "guests"}:
        allowed = _GROUP_PREPOSITIONS
    elif classes & {"posts", "members"} and not classes & {"bodies"}:
        allowed = _ORIGIN_PREPOSITIONS - _LOCATIVE - {"с", "со", "with"}
    return not cases or any(case in allowed or case in _POSSESSIVE for case in cases)


def _modifier(part: Part, child: Token, classes: set[str], depth: int) -> Iterator[Filler]:
    for member in conjuncts(child):
        mention = part.at(member)
        if not mention:
            if member.dep_ in _DEEP_RELATIONS or member.dep_ == "conj":
                yield from (_deeper(f, classes) for f in _under_noun(part, member, depth + 1))
            continue
        if _of_another_post(part, mention, member.head):
            continue
        wide = _with_noun(part, mention, member.head) if mention.derived and classes else mention
        yield Filler(wide, _how(mention, member, classes), _post_of(part, mention))
        yield from _beside_name(part, member, mention, depth + 1)


def _of_another_post(part: Part, mention: Mention, head: Token) -> bool:
    """Tell whether a person hung on a post has another one: «встреча губернатора с послом Риосом»."""
    if mention.kind != "person" or not in_class(head.lemma_, "posts", part.language):
        return False
    own = _post_start(part, mention)
    return own is not None and head.i < own and bool(prepositions(part.doc[own]))


def _with_noun(part: Part, mention: Mention, noun: Token) -> Mention:
    """Widen an adjective to its noun, so that the evidence reads "Chinese delegation" and not "Chinese"."""
    if not mention.start < noun.i < mention.start + 5:
        return mention
    span = part.doc[mention.start : noun.i + 1]
    return replace(mention, end=noun.i + 1, text=span.text, stop=part.block.start + span.end_char)


def _how(mention: Mention, token: Token, classes: set[str]) -> How:
    if mention.kind == "person":
        return "named"
    if classes & {"groups", "guests"}:
        return "origin"
    if classes & {"posts", "members"}:
        return "affiliation"
    return "named" if token.dep_ in {"appos", "flat", "flat:name", "flat:foreign", "compound"} else "origin"


def _deeper(filler: Filler, classes: set[str]) -> Filler:
    if classes & {"groups", "guests", "members"} and filler.mention.kind != "person":
        return replace(filler, how="origin" if classes & {"groups", "guests"} else "affiliation")
    return filler


# --- persons and their posts ---------------------------------------------------------------------------------


def _post_of(part: Part, mention: Mention) -> str | None:
    if mention.kind != "person":
        return None
    found = _post_before(part, mention) or _post_after(part, mention)
    return found[0] if found else None


def affiliations(part: Part, mention: Mention) -> Iterator[Filler]:
    """Give the bodies that a person stands for: "Ivan Petrov, rector of Tomsk University" → Tomsk University."""
    found = _post_before(part, mention) or _post_after(part, mention)
    bodies = list(found[1]) if found else []
    owner = _owner_before(part, mention)
    if owner is not None and owner not in bodies:
        bodies.append(owner)
    behind = _body_behind(part, mention)
    if behind is not None and behind not in bodies:
        bodies.append(behind)
    for body in (*bodies, *_bodies_headed(part, mention)):
        yield Filler(body, "affiliation")


def _bodies_headed(part: Part, mention: Mention) -> Iterator[Mention]:
    """Give the bodies that a relative clause says a person heads: «Ли Вэй, который возглавляет Институт почв»."""
    for name in part.doc[mention.start : mention.end]:
        for verb in name.children:
            if verb.dep_ != "acl:relcl" or not in_class(verb.lemma_, "heading_verbs", part.language):
                continue
            if not any(child.dep_ == "nsubj" and child.lemma_.lower() in _WHO for child in verb.children):
                continue
            for child in verb.children:
                bare = child.dep_ == "obl" and not prepositions(child)
                body = part.at(child) if child.dep_ in {"obj", "iobj"} or bare else None
                if body is not None and body.kind == "organization":
                    yield body


_WHO = {"who", "that", "который"}


def _owner_before(part: Part, mention: Mention) -> Mention | None:
    """Give the body in the possessive before a name: "Rosatom's Alexey Likhachev"."""
    i = mention.start - 1
    if i < 1 or part.doc[i].lower_ not in {"'s", "’s"}:
        return None
    owner = part.by_token.get(i - 1)
    return owner if owner and owner.kind != "person" else None


def _body_behind(part: Part, mention: Mention) -> Mention | None:
    """Give the body right after a name: "Petr Vondra of the CEITEC institute", «Иванов из Томского университета»."""
    doc, i = part.doc, mention.end
    if i >= len(doc) or doc[i].lower_ not in {"of", "from", "из", "от"}:
        return None
    i += 2 if i + 1 < len(doc) and doc[i + 1].lower_ == "the" else 1
    body = part.by_token.get(i)
    return body if body and body.kind != "person" and not body.derived else None


def _post_start(part: Part, mention: Mention) -> int | None:
    found = _find_post(part, mention)
    return found[0] if found else None


def post_words(part: Part, mention: Mention) -> list[Token]:
    """Give the words between the post and the name of a person: «директор завода Глеб Ершов» → [завода]."""
    found = _find_post(part, mention)
    return [token for token in part.doc[found[0] + 1 : mention.start] if part.at(token) is None] if found else []


def _post_before(part: Part, mention: Mention) -> tuple[str, list[Mention]] | None:
    """Read a post that stands before a name: «ректор СПбПУ Андрей Рудской», "Pasteur head Alireza Biglari"."""
    found = _find_post(part, mention)
    if found is None:
        return None
    return told_post(part, found[0], _before_comma(part, mention.start)), _with_genitive(part, found[0], found[1])


@remembered
def _find_post(part: Part, mention: Mention) -> tuple[int, list[Mention]] | None:
    doc, i, bodies = part.doc, mention.start - 1, []
    if (
        i > part.sentence_at(mention.start).start
        and doc[i].text == ","
        and (mention.end >= len(doc) or doc[mention.end].text in {",", ".", ";"})
    ):
        i -= 1  # "the director of the centre, Oskar Yagafarov."
    while i >= part.sentence_at(mention.start).start and mention.start - i < _POST_REACH:
        token, inner = doc[i], part.by_token.get(i)
        if inner and inner.kind != "person":
            bodies.append(inner)
            i = inner.start - 1
            continue
        if inner or token.pos_ in {"VERB", "AUX"}:
            return None
        if token.text in ".;:!?—–" or (token.text == "," and part.language == "en" and not _inside_title(part, i)):
            return None
        if token.pos_ != "VERB" and in_class(token.lemma_, "posts", part.language):
            return i, list(reversed(bodies))
        i -= 1
    return None


def _inside_title(part: Part, comma: int) -> bool:
    """Tell whether a comma stands inside a long post: "Minister of Science, Technology and Innovation"."""
    doc = part.doc
    before, after = doc[comma - 1], doc[comma + 1]
    return before.text[:1].isupper() and after.text[:1].isupper() and part.at(before) is None and part.at(after) is None


def _with_genitive(part: Part, post: int, bodies: list[Mention]) -> list[Mention]:
    """Add the body that stands before the post: "Pasteur head", "Iran's minister", "российский министр"."""
    before = _mention_ending(part, post)
    return [*([before] if before else []), *bodies]


def _mention_ending(part: Part, index: int) -> Mention | None:
    i = index - 1
    floor = max(part.sentence_at(index).start, index - 7)
    while i >= floor:
        inner = part.by_token.get(i)
        if inner:
            possessive = inner.derived or part.language == "en"
            return inner if inner.kind != "person" and possessive else None
        if part.doc[i].pos_ in {"VERB", "AUX", "ADP", "SCONJ"} or part.doc[i].text in ",.;:—–()":
            return None
        i -= 1
    return None


def _post_after(part: Part, mention: Mention) -> tuple[str, list[Mention]] | None:
    """Read a post in apposition: "Zhang Xue, Rector of HMU," or «Иванов, ректор ТГУ,»."""
    found = _find_post_after(part, mention)
    if found is None:
        return None
    post, before, bodies = found
    end = bodies[-1].end if bodies else post + 1
    return told_post(part, post, end), [*before, *bodies]


@remembered
def _find_post_after(part: Part, mention: Mention) -> tuple[int, list[Mention], list[Mention]] | None:
    doc, i = part.doc, mention.end
    sentence_end = part.sentence_at(mention.start).end
    if i >= sentence_end or doc[i].text not in {",", "(", "—", "–", "-"}:
        return None
    post: int | None = None
    bodies: list[Mention] = []
    before: list[Mention] = []
    for j in range(i + 1, min(sentence_end, i + 28)):
        token, inner = doc[j], part.by_token.get(j)
        if inner and inner.kind == "person":
            break
        if inner and inner.start == j:
            (bodies if post is not None else before).append(inner)
        if not inner and post is None and in_class(token.lemma_, "posts", part.language):
            post = j
        if token.text in ";:.)—–" or (token.text == "," and (post is not None or j > i + 6)):
            break
        if token.pos_ in {"VERB", "AUX"} and not inner and post is None:
            break
        if token.pos_ in {"VERB", "AUX"} and post is not None and token.dep_ in {"ROOT", "conj"}:
            break
    return None if post is None else (post, before, bodies)


def post_token(part: Part, mention: Mention) -> Token | None:
    """Give the noun of a person's post: "Kemal Aydin, mayor of Izmir" → mayor."""
    before = _find_post(part, mention)
    if before is not None:
        return part.doc[before[0]]
    after = _find_post_after(part, mention)
    return part.doc[after[0]] if after else None


def _before_comma(part: Part, end: int) -> int:
    """End of the words before a name, a comma right before it left out."""
    return end - 1 if part.doc[end - 1].text == "," else end


# --- references --------------------------------------------------------------------------------------------------


def _reference(part: Part, token: Token, fillers: list[Filler], classes: set[str]) -> Reference | None:
    if any(filler.mention.kind != "place" or not filler.mention.derived for filler in fillers):
        return None
    if token.lemma_.lower() in {"two", "both", "three", "оба", "двое", "трое"} and token.dep_ not in {
        "nummod",
        "det",
    }:
        return "sides"
    if token.pos_ == "DET" and token.dep_ in {"obj", "iobj", "obl"} and token.lower_ in {"ее", "её", "его", "их"}:
        return "pronoun"  # «возглавляет ее министр»: the tagger read a possessive
    if token.pos_ == "PRON" and token.lemma_.lower() not in {
        "это",
        "что",
        "which",
        "который",
        "that",
        "this",
        "who",
        "i",
        "we",
        "you",
        "я",
        "мы",
        "вы",
        "кто",
    }:
        return "pronoun"
    if classes & {"groups", "guests"}:
        return "guests"
    if "hosts" in classes:
        return "hosts"
    if "sides" in classes and _plural(part, token):
        return "sides"
    if "posts" in classes or token.lemma_.lower() in {"counterpart", "colleague", "коллега"}:
        return "post"
    if "bodies" in classes:
        return "body"
    return "event" if "events" in classes and token.lemma_.lower() not in {"week", "неделя"} else None


def _plural(part: Part, token: Token) -> bool:
    return has(token, "Number", "Plur") or (part.language == "en" and token.lower_.endswith("s"))
