"""The minute tick: every room is asked, whatever happens in another."""

import logging

import pytest
from django.conf import settings as configured
from django.utils.module_loading import import_string
from pytest_django.fixtures import Settings

from supercomplaints.tasks import tick

calls: list[str] = []


def first() -> None:
    calls.append("first")


def fails() -> None:
    raise LookupError("this room has a fault")


def last() -> None:
    calls.append("last")


def test_a_sweep_that_fails_does_not_stop_the_rest_and_is_logged(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    calls.clear()
    settings.SWEEPS = [f"{__name__}.{name}" for name in ("first", "fails", "last")]
    with caplog.at_level(logging.ERROR):
        tick()
    assert calls == ["first", "last"]
    assert f"{__name__}.fails failed" in caplog.text
    assert "this room has a fault" in caplog.text


def test_a_sweep_that_does_not_exist_does_not_stop_the_rest(settings: Settings) -> None:
    calls.clear()
    settings.SWEEPS = ["nowhere.at.all", f"{__name__}.last"]
    tick()
    assert calls == ["last"]


def test_every_sweep_named_in_the_settings_exists() -> None:
    assert all(callable(import_string(name)) for name in configured.SWEEPS)


def test_beat_knows_one_thing_to_do_each_minute() -> None:
    (row,) = configured.CELERY_BEAT_SCHEDULE.values()
    assert row["task"] == tick.name
    assert row["schedule"] == 60
