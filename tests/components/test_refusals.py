"""What can't be read, is too big, or fails, is answered in words and with the right status."""

import logging
import sys

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from accounts.access import public
from supercomplaints.faults import WhereOnly

pytestmark = pytest.mark.django_db


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the database is gone")


def dying(request: HttpRequest) -> HttpResponse:
    raise DatabaseError("no message from the libpq")


def mistaken(request: HttpRequest) -> HttpResponse:
    raise ProgrammingError("no such column")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def hostile(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)}")


VIEWS = (away, broken, dying, hostile, mistaken, reads)
urlpatterns = [path(view.__name__, public(view)) for view in VIEWS]
handler400 = "supercomplaints.refusals.unreadable"
handler500 = "supercomplaints.refusals.failed"


@pytest.fixture
def told(settings: Settings) -> Client:
    """A browser of pages that fail."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/away", "/dying"])
def test_while_the_database_is_away_a_page_says_so_and_when_to_try_again(
    told: Client, address: str
) -> None:
    answer = told.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "away for a moment" in answer.content.decode()


def test_a_mistake_of_ours_is_not_called_an_absence_of_the_database(told: Client) -> None:
    assert told.get("/mistaken").status_code == 500


def test_a_fault_gives_a_reference_that_stands_in_the_log(
    told: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = told.get("/broken")
    assert answer.status_code == 500
    [said] = [line for line in caplog.records if line.name == "supercomplaints.refusals"]
    reference = said.getMessage().removeprefix("Shown to a person as ").partition(":")[0]
    assert len(reference) == 8
    assert reference in answer.content.decode()


def test_the_log_names_the_place_of_a_fault_and_not_what_was_being_read() -> None:
    try:
        try:
            raise KeyError("words under embargo")
        except KeyError as first:
            raise ValueError("more words under embargo") from first
    except ValueError:
        said = logging.LogRecord("x", 40, "", 0, "Failed: %s", ("/a",), sys.exc_info())
    told = WhereOnly().format(said)
    assert "Failed: /a" in told
    assert "embargo" not in told
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert told.count("in test_the_log_names_the_place_of_a_fault") == 2


def test_a_fault_in_a_page_reaches_the_log_of_the_service() -> None:
    [handler] = logging.getLogger("django.request").handlers
    assert isinstance(handler.formatter, WhereOnly)
    assert handler.level <= logging.ERROR


def test_what_can_not_be_read_is_400_in_words(told: Client) -> None:
    answer = told.get("/hostile")
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.content.decode()


def test_too_much_is_413_and_says_what_to_do(told: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = told.post("/reads", {"text": "x" * 100})
    assert answer.status_code == 413
    assert "over the limit" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    answer = Client(enforce_csrf_checks=True).post("/reads", {"text": "x"})
    assert answer.status_code == 403
    assert "Send this again" in answer.content.decode()
