"""Words of a Russian text: the ones that razdel finds, whatever stands beside them."""

import pytest
import razdel
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coopex.annotate.tokens_ru import find_tokens

PIECES = ["а", "Ёж", "z", "yahoo", "1", "25", "€", "\u200b", "ᲀ", *"-–_.,/\\»)!?:*…", " ", "\n", "\u00a0", "\x1c"]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("1" * 50 + "- 2")
def test_words_are_those_of_razdel(text: str) -> None:
    assert list(find_tokens(text)) == [(token.start, token.text) for token in razdel.tokenize(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("научно- технический", "научно-|технический"),
        ("научно- , технический", "научно|-|,|технический"),
        ("в 2018. 15 лет", "в|2018.|15|лет"),
        ("в 2018. Он", "в|2018|.|Он"),
        ("Гости, да.", "Гости|,|да|."),
    ],
)
def test_a_mark_at_the_edge_is_joined_by_what_stands_beyond(text: str, words: str) -> None:
    assert "|".join(word for _, word in find_tokens(text)) == words
