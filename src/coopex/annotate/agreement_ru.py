"""Arcs between Russian nouns that their cases forbid, whatever the parser's scores say of them.

Members of a list stand in one case, and so do a post and the name behind it. The parser sees three words to each
side and knows no cases: in «соглашение между Перу и Чили о лососе и протокол» it hangs «протокол», a nominative, on
«Перу», an instrumental. The tagger errs between the nominative and the accusative, which most nouns share, and
between the accusative and the genitive of people; these agree with each other here. Names that may be indeclinable
and follow no preposition,
acronyms, what stands in quotation marks and nouns behind a numeral («несколько заводов») agree with everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopex.annotate.taggers_ru import Tag

_JOINING = {",", "и", "или"}
_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")
_INDECLINABLE_ENDS = ("о", "е", "и", "у", "ю", "э", "ы")
_ALIKE = ({"Nom", "Acc"}, {"Acc", "Gen"})
_ALIKE_OF_PEOPLE = (*_ALIKE, {"Nom", "Gen"})  # «проректора», «замдекана»: the tagger's genitive, the text's nominative


def forbidden_arcs(words: Sequence[str], tags: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """Give the word and the head, counted from 0, of arcs that the cases of two nouns forbid.

    «письмо между Перу и Чили и протокол», «дом министра Анна Ким» → (протокол, Перу), (Анна, министра).
    Both rules are agreement in the noun phrase as any grammar of Russian gives it.
    """
    nouns = [index for index in _outside_quotes(words) if _shows_case(words, tags, index)]
    openers = {noun: _phrase_opener(tags, noun) for noun in nouns}
    nouns = [noun for noun in nouns if tags[openers[noun]].pos != "NUM"]
    for word in nouns:
        if words[openers[word]].lower() in _JOINING:
            clashes: Callable[[Tag, Tag], bool] = _differ_in_case
        elif _is_declined_name(words[word], tags[word]):
            clashes = _clashes_with_post
        else:
            continue
        yield from ((word, head) for head in nouns if head < word and clashes(tags[word], tags[head]))


def _outside_quotes(words: Sequence[str]) -> Iterator[int]:
    depth = 0
    for index, word in enumerate(words):
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth <= 0:
            yield index


def _shows_case(words: Sequence[str], tags: Sequence[Tag], index: int) -> bool:
    """Return whether a noun's case can be trusted: «верфи», «с Перу» → `True`; «Перу», «РАН», "Oulu" → `False`."""
    word, tag = words[index], tags[index]
    if tag.pos not in ("NOUN", "PROPN") or "Case" not in tag.feats:
        return False
    if not "а" <= word[-1] <= "ё" or word[1:] != word[1:].lower():
        return False
    governed = index > 0 and tags[index - 1].pos == "ADP"
    return governed or tag.pos == "NOUN" or not word.endswith(_INDECLINABLE_ENDS)


def _phrase_opener(tags: Sequence[Tag], noun: int) -> int:
    """Return the word before a noun and its adjectives: «и | старой верфи» → «и»; the noun where none stands there."""
    before = noun - 1
    while before > 0 and tags[before].pos in ("ADJ", "DET") and _case(tags[before]) == _case(tags[noun]):
        before -= 1
    return before if before >= 0 else noun


def _differ_in_case(left: Tag, right: Tag) -> bool:
    pair = {_case(left), _case(right)}
    return len(pair) == 2 and pair not in (_ALIKE_OF_PEOPLE if _is_person(left) else _ALIKE)


def _clashes_with_post(name: Tag, post: Tag) -> bool:
    """Return whether a noun is a post in another case than a name: «министра», «Анна» → `True`; «мэр» → `False`."""
    return post.pos == "NOUN" and _is_person(post) and _case(post) not in (_case(name), "Acc")


def _is_declined_name(word: str, tag: Tag) -> bool:
    """Return whether a word is a person's name in the nominative that the dictionary declines: «Пётр», not «Дэн»."""
    from coopex.annotate._pymorphy import known_forms

    if tag.pos != "PROPN" or not _is_person(tag) or _case(tag) != "Nom":
        return False
    tags = [form.tag for form in known_forms(word)]
    return any("nomn" in form for form in tags) and not any("Fixd" in form for form in tags)


def _is_person(tag: Tag) -> bool:
    return tag.feats.get("Animacy") == "Anim"


def _case(tag: Tag) -> str | None:
    return tag.feats.get("Case")
