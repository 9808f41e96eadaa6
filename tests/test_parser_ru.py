"""The best tree over a parser's scores, checked against all trees of short sentences."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.annotate.parser_ru import Scores, tree_heads
from coopex.annotate.trees import is_tree, repair_tree

SIZE = 4


def from_zero(heads: list[int]) -> list[int]:
    return [index if head == 0 else head - 1 for index, head in enumerate(heads)]


def total(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[index, head] for index, head in enumerate(heads)))


def best_of_all(scores: Scores) -> float:
    every = (list(heads) for heads in product(range(SIZE + 1), repeat=SIZE))
    trees = (heads for heads in every if heads.count(0) == 1 and is_tree(from_zero(heads)))
    return max(total(scores, heads) for heads in trees)


def matrix(values: list[int]) -> Scores:
    scores = np.array(values, dtype=np.float64).reshape(SIZE, SIZE + 1)
    scores[np.arange(SIZE), np.arange(SIZE) + 1] = -1e9  # no word hangs on itself
    return scores


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=SIZE * (SIZE + 1), max_size=SIZE * (SIZE + 1), unique=True))
def test_broken_heads_take_the_best_tree(values: list[int]) -> None:
    scores = matrix(values)
    greedy = [int(head) for head in scores.argmax(-1)]
    heads = tree_heads(scores)
    assert is_tree(repair_tree(from_zero(heads)))
    if heads != greedy:
        assert is_tree(from_zero(heads))
        assert total(scores, heads) == best_of_all(scores)


def test_a_tree_stays_and_a_cycle_breaks_where_it_costs_least() -> None:
    tree = matrix([9, 0, 1, 1, 1, 0, 9, 0, 1, 1, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0])
    assert tree_heads(tree) == [int(head) for head in tree.argmax(-1)]
    circle = matrix([8, 0, 9, 0, 0, 1, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0])
    assert tree_heads(circle) == [0, 1, 2, 2]
