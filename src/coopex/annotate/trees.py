"""Repair of dependency parses that are not trees.

Natasha's parser chooses every head by itself, so one sentence in five has a cycle, several roots, none, or
a head outside the sentence. A `Doc` built from such heads makes `Token.subtree` run forever.
"""

from __future__ import annotations

from collections.abc import Sequence


def repair_tree(heads: Sequence[int]) -> list[int]:
    """`[1, 0, 2]` → `[0, 0, 0]`: the heads of one rooted tree, as near to the given ones as the rules allow.

    Positions count from 0 within the sentence; a root is its own head. Rules, in this order: a head outside
    the sentence makes a root; each cycle is cut at its first member, which becomes a root; every root after
    the first hangs on the first. A root of the parser's own goes before one that came from cutting a cycle.
    """
    roots_marked = [head if 0 <= head < len(heads) else index for index, head in enumerate(heads)]
    own = [index for index, head in enumerate(roots_marked) if index == head]
    acyclic = _cut_cycles(roots_marked)
    return _hang_roots(acyclic, own)


def is_tree(heads: Sequence[int]) -> bool:
    """`[0, 0, 1]` → `True`: whether there is exactly one root and every position leads to it."""
    roots = [index for index, head in enumerate(heads) if index == head]
    inside = all(0 <= head < len(heads) for head in heads)
    return inside and (not heads or len(roots) == 1) and list(heads) == _cut_cycles(heads)


def _cut_cycles(heads: Sequence[int]) -> list[int]:
    """Heads with the first member of each cycle made a root; linear in the length of the sentence."""
    result = list(heads)
    seen_from = [-1] * len(result)
    for start in range(len(result)):
        path: list[int] = []
        node = start
        while seen_from[node] == -1:
            seen_from[node] = start
            path.append(node)
            node = result[node]
        if seen_from[node] == start and result[node] != node:
            first = min(path[path.index(node) :])
            result[first] = first
    return result


def _hang_roots(heads: list[int], preferred: Sequence[int]) -> list[int]:
    """Heads with one root: the first preferred one, or else the first at all."""
    roots = [index for index, head in enumerate(heads) if index == head]
    if not roots:
        return heads
    root = preferred[0] if preferred else roots[0]
    return [root if index == head else head for index, head in enumerate(heads)]
