"""How the tests are spread over the workers, so that none is left alone with the long ones.

pytest-xdist hands each worker a run of neighbours in the order of collection; who is done first
takes from the end of another's run. What takes long must therefore lie at the head of the runs,
each run with its share: what one worker does one after another at the end, all wait for.
"""

from collections.abc import Sequence

# Seconds of a whole run on two processors, to the nearest ten: they order and share, no more.
# These wait for much of their time, as for an embargo in real time: one after another, in one
# worker, while the processors have what the others do.
WAITING = {
    "tests/journeys/test_stranger.py": 340,
    "tests/complaints/test_kill_autosave.py": 60,
    "tests/complaints/test_pieces_in_the_browser.py": 90,
    "tests/publication/test_worker.py": 40,
    "tests/complaints/test_to_send_in_the_browser.py": 40,
    "tests/publication/test_redis_stops.py": 20,
}
BUSY = {
    "tests/journeys/test_path.py": 150,
    "tests/complaints/test_two_editors.py": 70,
    "tests/journeys/test_intake.py": 50,
    "tests/embargo/test_crawl.py": 40,
    "tests/journeys/test_two_bodies.py": 40,
    "tests/house/test_supervisor.py": 40,
    "tests/journeys/test_other_paths.py": 40,
    "tests/accessibility/test_complaint_pages.py": 30,
    "tests/faults/test_postgres_restarted.py": 30,
    "tests/complaints/test_hostile_texts.py": 30,
    "tests/accessibility/test_investigation_pages.py": 20,
    "tests/journeys/test_links.py": 20,
    "tests/publication/test_after_work.py": 20,
    "tests/documents/test_worker.py": 20,
    "tests/embargo/test_crossed_bodies.py": 20,
    "tests/house/test_manage.py": 20,
    "tests/house/test_query_counts.py": 10,
    "tests/house/test_bench.py": 10,
}


def spread(modules: Sequence[str], workers: int) -> list[int]:
    """Say in which order tests begin, given the module of each, as places in what was given."""
    heads = _heads(workers)
    of_the_heads = {module for head in heads for module in head}
    rest = [place for place, module in enumerate(modules) if module not in of_the_heads]
    order: list[int] = []
    for worker, head in enumerate(heads):
        order += [place for long in head for place, module in enumerate(modules) if module == long]
        room = max(0, len(modules) * (worker + 1) // workers - len(order))
        order += rest[:room]
        rest = rest[room:]
    return order + rest


def _heads(workers: int) -> list[list[str]]:
    """What waits goes to the first worker, the rest to whichever has least so far."""
    heads = [list(WAITING), *([] for _ in range(workers - 1))]
    took = [sum(WAITING.values()), *(0 for _ in range(workers - 1))]
    for module, seconds in BUSY.items():
        worker = took.index(min(took))
        heads[worker].append(module)
        took[worker] += seconds
    return heads
