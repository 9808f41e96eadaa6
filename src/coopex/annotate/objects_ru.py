"""Russian objects that the parser hung on the noun before them.

«На заводе гостей встретил директор»: the parser takes «гостей» for a genitive of «заводе» («at the guests' plant»),
which leaves the verb, whose subject follows it, without an object. A word for people in the accusative or genitive
right before such a verb is its object.
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
        other
        for other in children
        if words[other].dep == "nsubj" and words[other].feats.get("Animacy") != "Inan"
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
