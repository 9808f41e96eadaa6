"""One thread for small matrix products, without changing what the process has set.

A matrix library divides every product among all cores; for the products of one sentence that costs more than it
saves. The number of its threads belongs to the whole process, so it is bounded only while our products run.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Run the block's matrix products on one thread: `with one_thread(): scores = a @ b`.

    May be nested. Where several threads are inside at once, the first one's entry and exit count.
    """
    bounded: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return bounded


@lru_cache(maxsize=1)
def _libraries() -> Any:
    """Find the matrix libraries of the process: once, since it takes 2 ms."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
