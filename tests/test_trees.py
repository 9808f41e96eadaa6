"""Parses that are not trees become trees; trees stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopex.annotate.trees import is_tree, repair_tree


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([], []),
        ([0], [0]),
        ([1, 1, 1], [1, 1, 1]),  # a tree stays
        ([1, 0, 0], [0, 0, 0]),  # a cycle of two is cut at its first member
        ([1, 2, 0, 2], [0, 2, 0, 2]),  # a cycle of three
        ([0, 1, 1], [0, 0, 1]),  # two roots: the second hangs on the first
        ([9, 0, -3], [0, 0, 0]),  # heads outside the sentence
        ([1, 0, 2, 2], [2, 0, 2, 2]),  # the parser's own root goes before a cut cycle's
        ([1, 0, 3, 2], [0, 0, 0, 2]),  # two cycles
        ([3, 0, 1, 1], [0, 0, 1, 1]),  # what hangs on a cycle keeps its head
    ],
)
def test_repairs(heads: list[int], expected: list[int]) -> None:
    assert repair_tree(heads) == expected


@given(st.lists(st.integers(-3, 30), max_size=25))
def test_always_a_tree(heads: list[int]) -> None:
    repaired = repair_tree(heads)
    assert len(repaired) == len(heads)
    assert is_tree(repaired)
    assert repair_tree(repaired) == repaired


@given(st.lists(st.integers(0, 11), min_size=12, max_size=12))
def test_trees_are_left_alone(heads: list[int]) -> None:
    tree = [min(head, index) for index, head in enumerate(heads)]
    tree = [0] + [head if head < index else index - 1 for index, head in list(enumerate(tree))[1:]]
    assert repair_tree(tree) == tree


@pytest.mark.parametrize("heads", [[1, 0], [0, 1], [5], [0, 2, 1]])
def test_knows_what_is_no_tree(heads: list[int]) -> None:
    assert not is_tree(heads)
