"""Russian objects that the parser hung on the noun before them.

«На заводе гостей встретил директор»: the parser takes «гостей» for a genitive of «заводе» («at the guests' plant»),
which leaves the verb, whose subject follows it, without an object. A word for people in the accusative or genitive
right before such a verb is its object.

«Министерство посетила делегация»: the nominative of the object looks like its accusative, and the parser gives the
verb two subjects. The one that can be no accusative, and agrees with the verb, stays. «Контракт оформил порт»: or two
objects; the one behind the verb becomes its subject if it agrees.
"""

from __future__ import annotations

from functools import lru_cache

from coopex.annotate.words import Word


def reattach_objects(words: list[Word], sentence: range) -> None:
    """Make such a word the `obj` of its verb; heads and relations of `words` are changed in place.

    «На заводе гостей встретил директор»: «гостей» `nmod` of «заводе» → `obj` of «встретил».
    """
    for verb in sentence:
        if not _lacks_object(words, sentence, verb):
            continue
        found = _phrase_before(words, sentence, verb)
        if found is not None and _may_be_object(words, found, verb):
            words[found].head, words[found].dep = verb, "obj"


def part_subjects(words: list[Word], sentence: range) -> None:
    """Make one of two subjects that stand round their verb the object that it is; relations change in place.

    «Министерство посетила делегация»: «Министерство» `nsubj` → `obj`.
    """
    for verb in sentence:
        if words[verb].pos != "VERB" or words[verb].feats.get("Voice") != "Act":
            continue
        children = [other for other in sentence if words[other].head == verb and other != verb]
        subjects = [other for other in children if words[other].dep == "nsubj" and words[other].is_noun]
        taken = any(words[other].dep in {"obj", "iobj"} for other in children)
        if len(subjects) != 2 or taken or not subjects[0] < verb < subjects[1]:
            continue
        looks = [other for other in subjects if _looks_accusative(words[other])]
        if len(looks) == 2:
            looks = [other for other in looks if not _agrees(words[other], words[verb])]
        if len(looks) == 1 and is_transitive(words[verb].text.lower()):
            stays = subjects[1] if looks[0] == subjects[0] else subjects[0]
            if _agrees(words[stays], words[verb]):
                words[looks[0]].dep = "obj"


def seat_late_subjects(words: list[Word], sentence: range) -> None:
    """Make the second of two objects the `nsubj` of a verb that stands between them and has no subject.

    «Контракт в пятницу оформил порт»: «порт» `obj` → `nsubj`; the first object stays, «Контракт» being no agent.
    """
    for verb in sentence:
        if words[verb].pos != "VERB" or words[verb].feats.get("Voice") != "Act":
            continue
        children = [other for other in sentence if words[other].head == verb and other != verb]
        objects = [other for other in children if words[other].dep == "obj" and words[other].is_noun]
        has_subject = any(words[other].dep == "nsubj" for other in children)
        if has_subject or len(objects) != 2 or not objects[0] < verb < objects[1]:
            continue
        if words[verb].feats.get("VerbForm") == "Fin" and _may_be_subject(words[objects[1]], words[verb]):
            words[objects[1]].dep = "nsubj"


def _may_be_subject(word: Word, verb: Word) -> bool:
    """«оформил» with «порт» → `True`; with «верфь» → `False`, it does not agree."""
    nominative = word.case == "Nom" or (word.case == "Acc" and _looks_accusative(word))
    return nominative and not word.text.lower().endswith(("у", "ю")) and _agrees(word, verb)


def _looks_accusative(word: Word) -> bool:
    """«министерство», «завод», «Чили» → `True`; «делегация», «министр» → `False`: one form for both cases."""
    if word.feats.get("Animacy") == "Anim":
        return False
    return word.is_plural or not word.text.lower().endswith(("а", "я")) or word.feats.get("Gender") == "Neut"


def _agrees(noun: Word, verb: Word) -> bool:
    """«посетила» with «делегация» → `True`: number, and in the past gender, are those of the verb."""
    if noun.is_plural != verb.is_plural:
        return False
    genders = noun.feats.get("Gender"), verb.feats.get("Gender")
    return noun.is_plural or None in genders or genders[0] == genders[1]


def _phrase_before(words: list[Word], sentence: range, verb: int) -> int | None:
    """Climb from the word before the verb to the one that hangs on an oblique of the verb."""
    index = verb - 1
    while index > sentence.start and words[index].head < index:
        if words[words[index].head].head == verb and words[index].dep == "nmod":
            return index
        index = words[index].head
    return None


def _lacks_object(words: list[Word], sentence: range, index: int) -> bool:
    """Tell whether a word is a transitive finite verb with someone as its subject after it and no object."""
    word = words[index]
    if word.pos != "VERB" or word.feats.get("VerbForm") != "Fin" or word.feats.get("Voice") != "Act":
        return False
    children = [other for other in sentence if words[other].head == index and other != index]
    subjects = [
        other for other in children if words[other].dep == "nsubj" and words[other].feats.get("Animacy") != "Inan"
    ]
    taken = any(words[other].dep in {"obj", "iobj", "ccomp", "xcomp", "parataxis"} for other in children)
    return bool(subjects) and min(subjects) > index and not taken and is_transitive(word.text.lower())


def _may_be_object(words: list[Word], index: int, verb: int) -> bool:
    """Tell whether a word is a noun for people that hangs, without a preposition, on an oblique of the verb."""
    word, holder = words[index], words[words[index].head]
    people = word.feats.get("Animacy") == "Anim" and word.case in {"Acc", "Gen"}
    bare = not any(other.head == index and other.dep == "case" for other in words[words[index].head : verb])
    return people and bare and word.dep == "nmod" and holder.dep == "obl" and holder.head == verb


@lru_cache(maxsize=4096)
def is_transitive(word: str) -> bool:
    """«встретил» → `True`: whether the dictionary knows the word as a form of a transitive verb."""
    from coopex.annotate._pymorphy import known_forms

    return any("tran" in form.tag for form in known_forms(word) if "VERB" in form.tag)
