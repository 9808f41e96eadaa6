from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from coopex.threads import one_thread


def counts() -> set[int]:
    return {int(pool.num_threads) for pool in ThreadpoolController().lib_controllers if pool.user_api == "blas"}


@pytest.fixture(autouse=True)
def _three_threads() -> Iterator[None]:
    """As a user's process may have it."""
    assert np.ones((2, 2)).sum() == 4
    with ThreadpoolController().limit(limits=3, user_api="blas"):
        yield


def test_products_run_on_one_thread_and_the_process_keeps_its_setting() -> None:
    assert counts() == {3}
    with one_thread():
        assert counts() == {1}
        with one_thread():
            assert counts() == {1}
        assert counts() == {1}
    assert counts() == {3}


def test_an_error_inside_restores_the_setting() -> None:
    with pytest.raises(ZeroDivisionError), one_thread():
        raise ZeroDivisionError
    assert counts() == {3}


def test_threads_that_overlap_restore_the_setting() -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with one_thread():
            inside.set()
            leave.wait(5)

    thread = threading.Thread(target=other)
    with one_thread():
        thread.start()
        inside.wait(5)
    leave.set()
    thread.join()
    assert counts() == {3}
