"""The suite's own instruments: they are real, apart from each other, and leave nothing behind."""

import os

import pytest
import redis
from django.conf import settings
from django.db import connection

from accounts.models import Membership, Organisation
from supercomplaints.celery import send
from tests.fixtures.browser import BrowseAs, assert_accessible, violations
from tests.fixtures.process import DATABASE
from tests.fixtures.service import Started, wait_until


@pytest.mark.django_db
def test_an_ordinary_test_runs_as_the_application_on_a_database_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("app", DATABASE)


@pytest.mark.committed
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_committed_test_writes_is_gone_for_the_next(turn: str) -> None:
    assert not Organisation.objects.filter(slug="committed").exists()
    Organisation.objects.create(
        name="Committed", short_name="C", slug="committed", kind=Organisation.Kind.DESIGNATED_BODY
    )


def test_a_page_of_the_real_server_is_drawn_by_a_real_browser(browse_as: BrowseAs) -> None:
    page = browse_as()
    answer = page.goto("/nowhere")
    assert answer
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    assert_accessible(page)


def test_axe_finds_what_is_wrong(browse_as: BrowseAs) -> None:
    page = browse_as()
    page.goto("/nowhere")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/x.png\">')")
    assert any(found.startswith("image-alt") for found in violations(page))


def test_the_browser_is_signed_in_as_a_member_of_the_cast(
    browse_as: BrowseAs, administrator: Membership
) -> None:
    page = browse_as(administrator)
    answer = page.goto("/admin/")
    assert answer
    assert answer.status == 200
    assert page.url.endswith("/admin/")


def test_a_real_worker_takes_a_task_from_this_process_alone(
    worker: Started, queue: "redis.Redis[bytes]"
) -> None:
    send("supercomplaints.tick", ())
    wait_until(lambda: "succeeded" in worker.log.read_text(), "the tick is done")
    assert os.environ["REDIS_URL"] == settings.REDIS_URL
    assert queue.llen("celery") == 0
