"""The best projective tree over a parser's scores, checked against all trees of short sentences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.annotate.projective import Scores, are_nested, projective_heads, tree_heads
from coopex.annotate.trees import is_tree

SIZE = 4


def from_zero(heads: list[int]) -> list[int]:
    return [index if head == 0 else head - 1 for index, head in enumerate(heads)]


def total(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[index, head] for index, head in enumerate(heads)))


def nested(heads: list[int]) -> bool:
    """Return whether no two arcs cross, each pair looked at by itself, and every word leads to the root."""
    arcs = [sorted((index, head)) for index, head in enumerate(heads, start=1)]
    crossing = any(a < c < b < d for a, b in arcs for c, d in arcs)
    tree = is_tree([0, *heads])
    return tree and not crossing


def best_of_all(scores: Scores) -> float:
    every = (list(heads) for heads in product(range(SIZE + 1), repeat=SIZE))
    return max(total(scores, heads) for heads in every if heads.count(0) == 1 and nested(heads))


def matrix(values: list[int]) -> Scores:
    scores = np.array(values, dtype=np.float64).reshape(SIZE, SIZE + 1)
    scores[np.arange(SIZE), np.arange(SIZE) + 1] = -1e9  # no word hangs on itself
    return scores


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=SIZE * (SIZE + 1), max_size=SIZE * (SIZE + 1), unique=True))
def test_the_best_projective_tree_is_found(values: list[int]) -> None:
    scores = matrix(values)
    heads = projective_heads(scores)
    assert heads.count(0) == 1
    assert nested(heads)
    assert total(scores, heads) == best_of_all(scores)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_nested_heads_are_known(heads: list[int]) -> None:
    assert are_nested(heads) == nested(heads)


@pytest.mark.parametrize("size", [1, 2, 250])
def test_a_sentence_of_any_length_gets_one_tree(size: int) -> None:
    scores = np.random.default_rng(0).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(from_zero(tree_heads(scores)))


def test_nested_heads_stay_and_a_crossing_goes_where_it_costs_least() -> None:
    tree = matrix([9, 0, 1, 1, 1, 0, 9, 0, 1, 1, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0])
    assert tree_heads(tree) == [int(head) for head in tree.argmax(-1)]
    circle = matrix([8, 0, 9, 0, 0, 1, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0])
    assert tree_heads(circle) == [0, 1, 2, 2]
    crossing = matrix([0, 0, 0, 9, 0, 0, 8, 0, 3, 9, 9, 0, 0, 0, 0, 0, 0, 0, 9, 0])  # 1–3 and 2–4
    assert tree_heads(crossing) == [3, 1, 0, 3]
