"""Russian relative clauses that the parser hung elsewhere than on their noun.

«Напомнили о меморандуме, который «Газпром» и NIGC подписали»: the parser reads the clause as a parataxis of
«напомнили», and «который» means nothing. The pronoun agrees in number and gender with the noun it stands for, so
the clause is hung on the nearest noun before the comma that agrees.
"""

from __future__ import annotations

from coopex.annotate.objects_ru import is_transitive
from coopex.annotate.words import Word

_PRONOUN = "который"
_REACH = 14  # words between the noun and its pronoun: «делегация Агентства оборонных инноваций Франции, которую»
_LOOSE = {"parataxis", "conj", "advcl", "ccomp", "dep", "acl", "acl:relcl", "appos"}


def reattach_relatives(words: list[Word], sentence: range) -> None:
    """Make such a clause the `acl:relcl` of its noun; heads and relations of `words` are changed in place.

    «… о меморандуме, который они подписали»: «подписали» `parataxis` → `acl:relcl` of «меморандуме».
    """
    for index in sentence:
        if _lemma(words[index]) != _PRONOUN:
            continue
        verb = _verb_over(words, index)
        if verb is None or words[verb].dep not in _LOOSE:
            continue
        noun = _antecedent(words, sentence, index)
        if noun is not None and noun != words[verb].head and not _under(words, noun, verb):
            words[verb].head, words[verb].dep = noun, "acl:relcl"


def seat_pronoun_objects(words: list[Word], sentence: range) -> None:
    """Make «её» the `obj` of a verb before it that lacks one, not the possessor of the person behind it.

    «Возглавил её ректор Ким»: «её» `det` of «ректор» → `obj` of «Возглавил», «ректор» → `nsubj`. Where the verb has an
    object («принял гостей её ректор») or takes none («приехал её ректор») the possessor stays.
    """
    for index in sentence:
        name = words[index].head
        if _may_possess(words[index]) and index < name and _lacks_both(words, sentence, words[name].head, name):
            verb = words[name].head
            if verb < index and words[name].case == "Nom" and words[name].feats.get("Animacy") == "Anim":
                words[index].head, words[index].dep = verb, "obj"
                words[name].dep = "nsubj"


def _may_possess(word: Word) -> bool:
    return word.dep in {"nmod", "det"} and word.text.lower() in {"ее", "её", "его", "их"}


def _lacks_both(words: list[Word], sentence: range, verb: int, name: int) -> bool:
    """Return whether a transitive verb has neither object nor subject but the name: «Возглавил | её ректор»."""
    if words[verb].pos != "VERB" or words[verb].feats.get("Voice") != "Act" or words[name].dep not in {"obj", "nsubj"}:
        return False
    others = (index for index in sentence if words[index].head == verb and index != name)
    return is_transitive(words[verb].text.lower()) and not any(words[i].dep in {"nsubj", "obj"} for i in others)


def _lemma(word: Word) -> str:
    return word.lemma or word.text.lower()


def _verb_over(words: list[Word], index: int) -> int | None:
    """Give the predicate of the clause that a relative pronoun opens: «в столице которой | прошла | встреча»."""
    for _ in range(6):
        head = words[index].head
        if head == index:
            return None
        index = head
        if words[index].pos in {"VERB", "AUX"} or words[index].feats.get("Variant") == "Short":
            return index
    return None


def _antecedent(words: list[Word], sentence: range, pronoun: int) -> int | None:
    """Give the nearest noun before the comma of a relative clause that agrees with its pronoun."""
    near = range(pronoun - 1, max(sentence.start, pronoun - 4) - 1, -1)
    comma = next((i for i in near if words[i].text == ","), None)
    if comma is None:
        return None
    before = range(comma - 1, max(sentence.start, comma - _REACH) - 1, -1)
    return next((i for i in before if words[i].is_noun and _agree(words[i], words[pronoun])), None)


def _agree(noun: Word, pronoun: Word) -> bool:
    """«меморандуме», «который» → `True`: same number and, in the singular, same gender."""
    if noun.is_plural != pronoun.is_plural:
        return False
    genders = noun.feats.get("Gender"), pronoun.feats.get("Gender")
    return noun.is_plural or None in genders or genders[0] == genders[1]


def _under(words: list[Word], index: int, top: int) -> bool:
    """Tell whether a word hangs below another one."""
    seen = 0
    while words[index].head != index and seen < len(words):
        if index == top:
            return True
        index, seen = words[index].head, seen + 1
    return index == top
