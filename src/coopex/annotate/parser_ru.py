"""Dependency trees from natasha's parser, which leaves one sentence in five without one.

The parser chooses every head by itself, so heads run in circles (43 of the 236 sentences of the Russian
development texts had a cycle or several roots). Its scores also rank whole trees: a sentence with a cycle
takes the tree with the highest sum (Chu and Liu 1965, Edmonds 1967) and the labels for those heads. In the 24
sentences where that differed from cutting each cycle at its first word, 13 trees were better and 3 worse,
read by eye. Several roots without a cycle are mostly clauses in a row: they hang on the first, as
`coopex.annotate.trees` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coopex.annotate.trees import repair_tree

ROOTS_TRIED = 4
"""Candidates for the one root of a sentence, the best by score; each costs one search."""

LONGEST_SEARCHED = 150
"""Words. A search takes time with the cube of them, 0.4 s for 250 quotation marks; a cycle in a longer sentence, which
is a table or a menu, is cut at its first word."""

Scores = np.ndarray[Any, np.dtype[np.floating[Any]]]


def find_tree(heads: Sequence[int]) -> list[int]:
    """`[2, 0]` → `[1, 1]`: heads counted from 1 with 0 for a root → those of one tree, from 0, a root its own."""
    return repair_tree([head - 1 if head else index for index, head in enumerate(heads)])


def tree_heads(scores: Scores) -> list[int]:
    """Heads, counted from 1 with 0 for a root: each word's best where they make no cycle, else the best tree.

    `scores[word, head]`: one row per word, one column for the root and one per word.
    """
    greedy: list[int] = scores.argmax(-1).tolist()
    if len(greedy) > LONGEST_SEARCHED or not _find_cycle([0, *greedy]):
        return greedy
    scores = scores.astype(np.float64)
    candidates = np.argsort(-scores[:, 0])[:ROOTS_TRIED]
    trees = [_tree_with_root(scores, int(root)) for root in candidates]
    return max(trees, key=lambda heads: sum(scores[index, head] for index, head in enumerate(heads)))


def _tree_with_root(scores: Scores, root: int) -> list[int]:
    """The best tree in which only the word `root` (from 0) hangs on the root."""
    size = len(scores)
    square = np.full((size + 1, size + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    square[1:, 0] = -np.inf
    square[root + 1, :] = -np.inf
    square[root + 1, 0] = 0.0
    return [int(head) for head in _best_heads(square)[1:]]


def _best_heads(scores: Scores) -> Any:
    """Heads of the maximum spanning arborescence of a square matrix; node 0 is its root."""
    heads = scores.argmax(-1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    rest = [node for node in range(len(scores)) if node not in cycle]
    smaller, entries, exits = _contract(scores, heads, cycle, rest)
    return _expand(_best_heads(smaller), heads, cycle, rest, entries, exits)


def _find_cycle(heads: Sequence[int]) -> list[int]:
    """Nodes of one cycle; none when all nodes lead to node 0."""
    seen_from = [0] * len(heads)
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node and not seen_from[node]:
            seen_from[node] = start
            path.append(node)
            node = int(heads[node])
        if node and seen_from[node] == start:
            return path[path.index(node) :]
    return []


def _contract(
    scores: Scores, heads: Any, cycle: list[int], rest: list[int]
) -> tuple[Scores, list[int], list[int]]:
    """The matrix with the cycle made its last node; where each other node enters and leaves the cycle."""
    last = len(rest)
    smaller = np.full((last + 1, last + 1), -np.inf)
    smaller[:last, :last] = scores[np.ix_(rest, rest)]
    gains = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    entries = [cycle[index] for index in gains.argmax(0)]
    smaller[last, :last] = gains.max(0)
    leaving = scores[np.ix_(rest, cycle)]
    exits = [cycle[index] for index in leaving.argmax(1)]
    smaller[:last, last] = leaving.max(1)
    return smaller, entries, exits


def _expand(
    small: Any, heads: Any, cycle: list[int], rest: list[int], entries: list[int], exits: list[int]
) -> Any:
    """Heads in the full matrix from those in the contracted one."""
    last = len(rest)
    result = heads.copy()
    for index, node in enumerate(rest):
        result[node] = exits[index] if small[index] == last else rest[small[index]]
    entered = int(small[last])
    result[entries[entered]] = rest[entered]
    return result
