"""The long tests are spread over the workers, and none is lost by it."""

from pathlib import Path

import pytest

from tests.spreading import BUSY, WAITING, spread

LONG = [*WAITING, *BUSY]
SHORT = [f"tests/short/test_{number:02}.py" for number in range(70)]
ALL = sorted([*LONG, *SHORT, *LONG])


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 70])
def test_every_test_runs_once(workers: int) -> None:
    assert sorted(spread(ALL, workers)) == list(range(len(ALL)))
    assert sorted(spread(ALL[:5], workers)) == list(range(5))


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_each_workers_run_begins_with_its_share_of_the_long_ones(workers: int) -> None:
    order = [ALL[place] for place in spread(ALL, workers)]
    begins = [len(ALL) * worker // workers for worker in range(workers)]
    first, *others = (order[begin] for begin in begins)
    assert (first, set(others)) == (next(iter(WAITING)), set(list(BUSY)[: workers - 1]))
    for begin, end in zip(begins, [*begins[1:], len(ALL)], strict=True):
        part = order[begin:end]
        longs = sum(module in LONG for module in part)
        assert 0 < longs < len(part)
        assert not any(module in LONG for module in part[longs:])


@pytest.mark.parametrize("module", LONG)
def test_what_is_called_long_exists(module: str) -> None:
    assert Path(module).is_file()
