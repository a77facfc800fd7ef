"""PostgreSQL is stopped, crashed and restarted under a running web process."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from signal import SIGINT, Signals

import pytest

from tests.builders.accounts import PASSWORD, app_code
from tests.faults.visitor import Visitor
from tests.fixtures.own_postgres import CRASH, OwnPostgres
from tests.fixtures.service import Started, process

SCENE = """
from tests.builders.accounts import with_an_app
from tests.builders.publication import a_sealed_report, made_public
from tests.cast import play
with_an_app(play("submitter").user)
print(made_public(a_sealed_report()).slug)
"""
DRAFTS = """
from complaints.models import Complaint
from audit.models import AuditEntry
keys = list(Complaint.objects.filter(title="Begun under load").values_list("key", flat=True))
entries = AuditEntry.objects.filter(chain__in=keys, event="complaint:drafted").count()
print(len(keys), entries)
"""
THREADS = 8
RECOVERED_WITHIN_S = 5.0
A_BREATH_S = 0.2
HOW = pytest.mark.parametrize("how", [SIGINT, CRASH], ids=["restarted", "crashed"])


@pytest.fixture(scope="module")
def slug(own_postgres: OwnPostgres) -> str:
    """The address of a public report in that database."""
    return own_postgres.scene(SCENE).splitlines()[-1]


@pytest.fixture(scope="module")
def web(own_postgres: OwnPostgres, slug: str) -> Iterator[Started]:
    """A web process on that database."""
    given = {**own_postgres.urls, **own_postgres.files}
    with process("web", called="restarted-under", **given) as started:
        yield started


@pytest.fixture(scope="module")
def member(web: Started) -> Visitor:
    """Somebody who has signed in, page by page."""
    visitor = Visitor(web.url)
    visitor.send("/sign-in", login="submitter@example.invalid", password=PASSWORD)
    assert visitor.send("/sign-in/second-factor", code=app_code()).status == 200
    return visitor


def opened(visitor: Visitor, paths: list[str], *, times: int = 1) -> Counter[tuple[str, int]]:
    """What many requests at once are answered, by path: each thread of the server has its turn."""
    with ThreadPoolExecutor(THREADS) as crowd:
        asked = list(crowd.map(lambda path: (path, visitor.get(path).status), paths * times))
    return Counter(asked)


def pages(slug: str) -> list[str]:
    """A page of the public, a sealed one, and one of somebody who has signed in."""
    return ["/super-complaints", f"/reports/{slug}", "/portal/"]


@HOW
def test_the_next_request_of_every_thread_works(
    own_postgres: OwnPostgres, member: Visitor, slug: str, how: Signals
) -> None:
    fine = {(path, 200): 8 for path in pages(slug)}
    assert opened(member, pages(slug), times=8) == fine
    own_postgres.stop(how)
    own_postgres.start()
    assert opened(member, pages(slug), times=8) == fine


@HOW
def test_while_it_is_away_each_page_says_so_and_when_to_come_again(
    own_postgres: OwnPostgres, member: Visitor, slug: str, how: Signals
) -> None:
    opened(member, pages(slug), times=8)
    own_postgres.stop(how)
    try:
        for path in [*pages(slug), "/"]:
            answer = member.get(path)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30"), path
            assert "away for a moment" in answer.text
        assert member.get("/accessibility").status == 200
    finally:
        own_postgres.start()
    assert member.get("/portal/").status == 200


@HOW
def test_under_load_it_is_503_or_success_and_never_half(
    own_postgres: OwnPostgres, member: Visitor, slug: str, how: Signals
) -> None:
    page = member.get("/portal/new")
    assert page.status == 200
    began, over, is_back = Counter[int](), threading.Event(), threading.Event()
    read: list[tuple[float, str, int]] = []

    def goes_on() -> bool:
        """One request after the other until it has been back for a second, and then slower."""
        return not over.wait(A_BREATH_S if is_back.is_set() else 0)

    def reading(path: str) -> None:
        while goes_on():
            read.append((time.monotonic(), path, member.get(path).status))

    def drafting() -> None:
        while goes_on():
            began[begin_a_draft(member)] += 1

    before = counted(own_postgres)
    with ThreadPoolExecutor(THREADS) as crowd:
        done = [crowd.submit(reading, path) for path in pages(slug)]
        done.append(crowd.submit(drafting))
        time.sleep(1)
        own_postgres.stop(how)
        time.sleep(0.5)
        own_postgres.start()
        back = time.monotonic()
        time.sleep(1)
        is_back.set()
        time.sleep(RECOVERED_WITHIN_S)
        over.set()
    for each in done:
        each.result()
    assert {status for _at, _path, status in read} == {200, 503}
    late = [answer for answer in read if answer[0] > back + RECOVERED_WITHIN_S]
    assert {(path, status) for _at, path, status in late} == {(path, 200) for path in pages(slug)}
    assert set(began) == {200, 503}
    drafts = [now - then for now, then in zip(counted(own_postgres), before, strict=True)]
    assert drafts[0] == drafts[1]
    # An answer may be lost after its commit; a draft is never lost after its answer.
    assert began[200] <= drafts[0] <= began[200] + began[503]
    assert "WHOLE" in own_postgres.manage("verify_record")


def begin_a_draft(member: Visitor) -> int:
    """Begin a draft; the status of the page that refuses, or of the page that follows."""
    page = member.get("/portal/new")
    if page.status != 200:
        return page.status
    answer = member.send_on(page, title="Begun under load")
    assert answer.status == 503 or "/portal/drafts/" in answer.url
    return answer.status


def counted(own_postgres: OwnPostgres) -> list[int]:
    """How many drafts were begun, and how many of them the record knows."""
    return [int(number) for number in own_postgres.scene(DRAFTS).split()]
