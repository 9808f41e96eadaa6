"""Roles found by position instead of by the tree, for fixed phrases that parsers break: «делегация во главе с …»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from coopex.matching.lexicon import in_class, is_group
from coopex.matching.paths import has
from coopex.matching.text import Mention, Part, remembered
from coopex.matching.tree import Token

_REACH = 25  # tokens: a long post and body stand between the phrase and the name


def following(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the head of the first person named after `trigger` in its clause, else of the first body or place."""
    first_other: Token | None = None
    for token in part.doc[trigger.i + 1 : min(part.sentence(trigger).end, trigger.i + _REACH)]:
        mention = part.at(token)
        if mention and mention.kind == "person":
            yield part.root(mention)
            return
        if mention and first_other is None and not mention.derived:
            first_other = part.root(mention)
        if token.text == ";" or (token.pos_ == "VERB" and not has(token, "VerbForm", "Part")):
            break
    if first_other is not None:
        yield first_other


def preceding_group(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the nearest collective, guest or body before `trigger` in its sentence."""
    named: Token | None = None
    for token in reversed(part.doc[part.sentence(trigger).start : trigger.i]):
        if is_group(token.lemma_, part.language):
            yield token
            return
        mention = part.at(token)
        if mention and not mention.derived and named is None and trigger.i - token.i < 8:
            named = part.root(mention)
    if named is not None:
        yield named


def headed_group(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the group behind «во главе»: «Во главе делегации — ректор» at «главе» → делегации."""
    if not trigger.i or part.doc[trigger.i - 1].lower_ != "во":
        return
    for token in part.doc[trigger.i + 1 : min(trigger.i + 4, part.sentence(trigger).end)]:
        if is_group(token.lemma_, part.language):
            yield token
            return
        if token.lower_ in {"ее", "её", "нее", "неё", "них"}:
            yield token
            return
        if token.pos_ not in {"ADJ", "DET"}:
            return


def stands_at_head(part: Part, trigger: Token) -> Iterator[Token]:
    """Give who stands «во главе»: the subject of the verb, else the noun that a dash joins.

    «Во главе миссии встал мэр Олег Белов» → мэр; «Во главе её — ректор Хуан Перес» → ректор.
    """
    group = next(headed_group(part, trigger), None)
    if group is None:
        return
    verb = next((step for step in group.ancestors if step.pos_ == "VERB" and step.dep_ not in _NOUN_CLAUSE), None)
    if verb is None:
        yield from (step for step in [part.sentence(group).root] if step.i > group.i)
        return
    near = [verb, *([verb.head] if verb.dep_ == "xcomp" else []), *(c for c in verb.children if c.dep_ == "xcomp")]
    yield from (child for step in near for child in step.children if child.dep_ == "nsubj")


_NOUN_CLAUSE = {"acl", "acl:relcl", "amod"}


def self_as_root(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the trigger itself when its sentence has no verb: a headline such as "Delegation from Jilin in Ufa"."""
    if trigger.head.i == trigger.i and not any(token.pos_ in {"VERB", "AUX"} for token in part.sentence(trigger)):
        yield trigger


def itself(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the trigger itself: "a delegation of Jilin University" at "delegation"."""
    yield trigger


def preceding_subject(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the nearest name or collective before `trigger` that no preposition governs, in its clause."""
    passive = has(trigger, "Voice", "Pass") and any(c.dep_ in {"nsubj:pass", "aux:pass"} for c in trigger.children)
    if trigger.pos_ != "VERB" or trigger.tag_ == "VB" or has(trigger, "VerbForm", "Inf") or passive:
        return
    if any(child.lower_ in {"куда", "where"} for child in trigger.children):
        root = part.sentence(trigger).root
        yield from (child for child in root.children if child.dep_ == "nsubj" and child.i < trigger.i)
        return
    floor = part.sentence(trigger).start
    right_before = [
        m for m in part.mentions if m.kind == "person" and 0 <= trigger.i - m.end <= 2 and m.end > floor
    ]
    if right_before and all(token.pos_ in {"AUX", "ADV"} for token in part.doc[right_before[-1].end : trigger.i]):
        yield part.root(right_before[-1])
        return
    start = _clause_start(part, trigger)
    for classes in (("groups", "guests"), ("members",)):
        found = _subjects(part, floor, classes)
        first = bisect_left(found, start, key=lambda subject: subject.i)
        if first < len(found) and found[first].i < trigger.i:
            yield found[first]
            return


_SUBJECTS = {"nsubj", "nsubj:pass", "aux:pass"}


def lost_subject(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the subject before a finite active verb to which the parser gave none: "A and its dealer B signed it"."""
    russian = has(trigger, "VerbForm", "Fin") and not has(trigger, "Voice", "Pass")
    finite = trigger.tag_ in {"VBD", "VBZ", "VBP"} or russian
    bare = trigger.dep_ not in {"acl", "amod", "advcl", "xcomp", "conj"}
    relations = {child.dep_ for child in trigger.children if child.i > trigger.i or child.pos_ == "PRON"}
    active = "obj" in relations or next(following_instrument(part, trigger), None) is not None
    if finite and bare and active and not any(child.dep_ in _SUBJECTS for child in trigger.children):
        yield from preceding_subject(part, trigger)


@remembered
def _subjects(part: Part, start: int, classes: tuple[str, ...]) -> list[Token]:
    """Give the words of the sentence from `start` that may be subjects: nouns of `classes`, for members also names."""
    found = []
    for token in part.sentence_at(start):
        mention = part.at(token)
        named = mention is not None and not mention.derived and part.root(mention).i == token.i
        fits = (named and "members" in classes) or (
            mention is None and any(in_class(token.lemma_, name, part.language) for name in classes)
        )
        governed = any(child.dep_ == "case" and child.i < token.i for child in token.children)
        if fits and not governed and token.dep_ not in _NEVER_SUBJECT and not _names_an_object(token):
            found.append(token)
    return found


def _names_an_object(token: Token) -> bool:
    """Tell whether a name stands in apposition to an object: «Посла Уругвая Пабло Диаса приняли»."""
    while token.dep_ in {"appos", "flat", "flat:name", "conj"} and token.head.i != token.i:
        token = token.head
    return token.dep_ in _NEVER_SUBJECT or token.dep_ == "nsubj:pass"


def _clause_start(part: Part, trigger: Token) -> int:
    """Give where the clause of a verb starts: after the last semicolon, colon or verb with a subject of its own."""
    before = _clause_ends(part, part.sentence(trigger).start)
    for token in reversed(before[: bisect_left(before, trigger.i, key=lambda end: end.i)]):
        if token.text in ";:" or trigger not in token.ancestors:
            return token.i + 1
    return part.sentence(trigger).start


@remembered
def _clause_ends(part: Part, start: int) -> list[Token]:
    """Give the semicolons, colons and verbs with a subject of their own of the sentence that starts at `start`."""
    return [
        token
        for token in part.sentence_at(start)
        if token.text in ";:"
        or (token.pos_ == "VERB" and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in token.children))
    ]


_NEVER_SUBJECT = {"nmod", "nmod:poss", "compound", "obj", "iobj", "obl", "obl:agent", "flat", "flat:name"}


def reporting_subject(part: Part, trigger: Token) -> Iterator[Token]:
    """Give who spoke "after a visit to Harbin" or «по итогам переговоров»: the subject of the governing verb."""
    cases = {child.lower_ for child in trigger.children if child.dep_ in {"case", "fixed"}}
    if trigger.dep_ not in {"obl", "advcl", "nmod"} or not cases & {
        "after",
        "during",
        "following",
        "после",
        "ходе",
        "время",
        "итогам",
        "окончании",
        "по",
        "в",
        "at",
        "на",
    }:
        return
    verb = next((token for token in trigger.ancestors if token.pos_ == "VERB"), None)
    if verb is not None:
        yield from (child for child in verb.children if child.dep_ == "nsubj")


def by_phrase(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the name after "by" behind a passive, wherever the parser hung it: "was inked on Saturday by A"."""
    yield from _after_word(part, trigger, {"by"})


def with_phrase(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the name after "with" behind a verb: "signed an agreement on the plant with Moscow"."""
    yield from _after_word(part, trigger, {"with", "с", "со"})


def _after_word(part: Part, trigger: Token, words: set[str]) -> Iterator[Token]:
    doc = part.doc
    for i in range(trigger.i + 1, min(trigger.i + _REACH, part.sentence(trigger).end - 1)):
        if _is_clause_verb(doc[i]) or doc[i].text in ";:":
            return
        if doc[i].lower_ in words and not (doc[i].lower_ == "by" and in_class(doc[i - 1].lemma_, "trips", "en")):
            mention = _named_behind(part, i, part.sentence(trigger).end)
            if mention and not any(_is_clause_verb(token) for token in doc[i + 1 : mention.start]):
                yield part.root(mention)
                return


def _is_clause_verb(token: Token) -> bool:
    """Tell whether a word is a verb, and not the participle in a post: «с исполняющим обязанности президента»."""
    return token.pos_ == "VERB" and not (token.lang_ == "ru" and has(token, "VerbForm", "Part"))


def _named_behind(part: Part, index: int, end: int) -> Mention | None:
    """Give the first name behind a preposition; of a body and its officer the officer.

    "by KenGen director P. Wambua".
    """
    found = [m for m in part.mentions if index < m.start < min(index + 12, end) and not m.derived]
    if len(found) > 1 and found[0].kind != "person" and found[1].kind == "person":
        between = part.doc[found[0].end : found[1].start]
        if len(between) and all(token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.text in "»”" for token in between):
            return found[1]
    return found[0] if found else None


def people_before(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the persons named before `trigger` in its sentence: "A and B put pen to paper"."""
    start = part.sentence(trigger).start
    for mention in part.mentions:
        if mention.kind == "person" and start <= mention.start < trigger.i:
            yield part.root(mention)


def person_before(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the last person named before `trigger`: "with Dr. Herrera at its head"."""
    start = part.sentence(trigger).start
    found = [m for m in part.mentions if m.kind == "person" and start <= m.start < trigger.i]
    if found:
        yield part.root(found[-1])


_WITNESSES = {"while", "as", "when", "whom", "witnessed", "presence", "пока", "когда", "присутствии"}


def people_around(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the persons named in the sentence of `trigger`, those before it first."""
    start, end = part.sentence(trigger).start, part.sentence(trigger).end
    for token in part.doc[trigger.i + 1 : end]:
        finite = token.pos_ == "VERB" and has(token, "VerbForm", "Fin") and part.at(token) is None
        if finite or token.lower_ in _WITNESSES:
            end = token.i
            break
    for mention in part.mentions:
        if mention.kind == "person" and start <= mention.start < end:
            yield part.root(mention)


def preceding_instrument(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the nearest instrument before a participle: "a memorandum from 2012, signed during …"."""
    bare = trigger.tag_ == "VBD" and trigger.dep_ in {"acl", "advcl"}
    if trigger.tag_ != "VBN" and not has(trigger, "VerbForm", "Part") and not bare:
        return
    if any(child.dep_ in {"obj", "nsubj:pass"} for child in trigger.children):
        return
    for token in reversed(part.doc[max(part.sentence(trigger).start, trigger.i - 10) : trigger.i]):
        if in_class(token.lemma_, "instruments", part.language):
            yield token
            return
        if token.pos_ == "VERB":
            return


def following_instrument(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the first instrument behind a verb that has no object: "A and B signed, in addition, a memorandum"."""
    if (trigger.dep_ in {"amod", "acl"} and trigger.tag_ != "VBD") or trigger.pos_ != "VERB":
        return  # "the agreements reached": what stands behind is another clause
    if any(child.dep_ in {"obj", "nsubj:pass", "ccomp", "xcomp"} and child.i > trigger.i for child in trigger.children):
        return
    yield from instrument_behind(part, trigger)


def instrument_behind(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the first instrument behind a word, no verb between: "put their signatures to a declaration"."""
    for token in part.doc[trigger.i + 1 : min(part.sentence(trigger).end, trigger.i + 14)]:
        if in_class(token.lemma_, "instruments", part.language) and part.at(token) is None:
            yield token
            return
        if token.text in ";:" or token.pos_ in {"VERB", "AUX", "SCONJ"}:
            return


def instrument_meant(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the instrument that the object pronoun of a signing verb stands for.

    "The memorandum covers lasers; the two rectors signed it" at "signed" → memorandum.
    """
    if not in_class(trigger.lemma_, "signing_verbs", part.language):
        return
    pronoun = next((c for c in trigger.children if c.dep_ == "obj" and c.pos_ == "PRON"), None)
    if pronoun is None or pronoun.lower_ not in _THINGS:
        return
    gender, number = _THINGS[pronoun.lower_]
    for token in reversed(part.doc[: trigger.i]):
        if not in_class(token.lemma_, "instruments", part.language) or part.at(token) is not None:
            continue
        if has(token, "Number", number) and (not gender or has(token, "Gender", "Fem") == (gender == "Fem")):
            yield token
            return


_THINGS = {  # gender ("Fem", "other" or none) and number of what a pronoun stands for
    "it": ("", "Sing"),
    "them": ("", "Plur"),
    "его": ("other", "Sing"),
    "её": ("Fem", "Sing"),
    "ее": ("Fem", "Sing"),
    "их": ("", "Plur"),
}




def between_names(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the people named behind "between" in the clause of a meeting, or the bodies and places, wherever they hang.

    "talks on Tuesday between Minister Karimov and the head of the railways, Imran Sheikh" → Karimov, Sheikh.
    """
    doc, end = part.doc, part.sentence(trigger).end
    start = next((i for i in range(trigger.i + 1, end) if doc[i].lower_ in {"between", "между"}), None)
    if start is None or any(token.text in ";:" for token in doc[trigger.i : start]):
        return
    stop = next((i for i in range(start, end) if _opens_clause(doc[i])), end)
    named = [m for m in part.mentions if start < m.start < stop and not m.derived]
    people = [mention for mention in named if mention.kind == "person"]
    yield from (part.root(mention) for mention in (people if len(people) > 1 else named))


def fronted_group(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the group that a sentence about its members begins with: "Among the guests were …", «В группе были …»."""
    start = part.sentence(trigger).start
    before = [token for token in part.doc[start : trigger.i] if token.pos_ not in {"ADV", "PUNCT"}]
    if len(before) < 2 or before[0].lower_ not in _WITHIN or trigger.dep_.startswith("aux"):
        return
    *inner, last = before
    nouns = [token for token in inner if token.pos_ in {"NOUN", "PROPN", "VERB"}]
    if all(part.doc[token.i + 1].pos_ == "ADP" for token in nouns) and is_group(last.lemma_, part.language):
        yield last


_WITHIN = {"among", "amongst", "in", "with", "within", "среди", "в", "во"}


def people_behind(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the people named behind a word, up to the next finite verb: "were | Dean Ana Gil and two of her staff"."""
    end = part.sentence(trigger).end
    end = next((t.i for t in part.doc[trigger.i + 1 : end] if _opens_clause(t)), end)
    yield from (part.root(m) for m in part.mentions if m.kind == "person" and trigger.i < m.start < end)


def after_dash(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the people behind a dash that stands for a verb: «Иранскую сторону — президент и министр нефти»."""
    doc, end = part.doc, part.sentence(trigger).end
    dash = next((i for i in range(trigger.i + 1, min(trigger.i + 5, end)) if doc[i].text in {"—", "–", "-"}), None)
    if dash is not None and not any(_opens_clause(token) for token in doc[trigger.i + 1 : end]):
        yield from (part.root(m) for m in part.mentions if m.kind == "person" and dash < m.start < end)


def _opens_clause(token: Token) -> bool:
    return token.text in ";:" or (token.pos_ in {"VERB", "AUX"} and has(token, "VerbForm", "Fin"))


def right_after(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the body or place right after a verb of visiting, whatever the parser made of it: «посетила Казань»."""
    if trigger.pos_ != "VERB" or not in_class(trigger.lemma_, "transitive", part.language):
        return
    for i in range(trigger.i + 1, min(trigger.i + 5, part.sentence(trigger).end)):
        mention = part.by_token.get(i)
        if mention and not mention.derived:
            if mention.kind != "person" and not (trigger.dep_ == "amod" and trigger.head.i >= mention.end):
                yield part.root(mention)  # "the visiting | US delegation" is not in the US
            return
        if part.doc[i].pos_ not in {"DET", "ADJ", "ADV"}:
            return


def person_on_visit(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the person before "on a visit": "President Kralova, on a visit to Tbilisi since Sunday, met …"."""
    if not {child.lower_ for child in trigger.children if child.dep_ == "case"} & {"on", "с", "со"}:
        return
    start = part.sentence(trigger).start
    before = [m for m in part.mentions if m.kind == "person" and start <= m.start and m.end <= trigger.i]
    if before and trigger.i - before[-1].end <= 6 and _same_clause(part, trigger, part.doc[before[-1].end - 1]):
        yield part.root(before[-1])


def nearby_place(part: Part, trigger: Token) -> Iterator[Token]:
    """Give the places under a locative preposition in the clause of `trigger`, wherever the parser hung them."""
    sentence = part.sentence(trigger)
    for mention in part.mentions:
        before = _word_before(part, mention.start, sentence.start)
        if mention.derived or mention.kind == "person" or before is None or mention.end > sentence.end:
            continue
        if before.lower_ in _LOCATIVE and _same_clause(part, trigger, before):
            yield part.root(mention)



def _word_before(part: Part, start: int, floor: int) -> Token | None:
    """Give the word before a name, past an article and adjectives."""
    for i in range(start - 1, max(floor, start - 4) - 1, -1):
        if part.doc[i].pos_ not in {"DET", "ADJ"}:
            return part.doc[i]
    return None


_LOCATIVE = {"to", "in", "at", "into", "в", "во", "на"}


def _same_clause(part: Part, trigger: Token, token: Token) -> bool:
    """Tell whether no finite verb and no semicolon stands between two words."""
    low, high = sorted((trigger.i, token.i))
    return not any(
        other.text in ";:" or (other.pos_ == "VERB" and has(other, "VerbForm", "Fin"))
        for other in part.doc[low + 1 : high]
    )


LINEAR_ROLES: dict[str, Callable[[Part, Token], Iterator[Token]]] = {
    "after_dash": after_dash,
    "between_names": between_names,
    "by_phrase": by_phrase,
    "following": following,
    "fronted_group": fronted_group,
    "following_instrument": following_instrument,
    "headed_group": headed_group,
    "instrument_behind": instrument_behind,
    "instrument_meant": instrument_meant,
    "itself": itself,
    "person_on_visit": person_on_visit,
    "preceding_group": preceding_group,
    "lost_subject": lost_subject,
    "nearby_place": nearby_place,
    "people_around": people_around,
    "people_before": people_before,
    "people_behind": people_behind,
    "person_before": person_before,
    "preceding_instrument": preceding_instrument,
    "preceding_subject": preceding_subject,
    "reporting_subject": reporting_subject,
    "right_after": right_after,
    "self_as_root": self_as_root,
    "stands_at_head": stands_at_head,
    "with_phrase": with_phrase,
}
