"""London's wall clock: the time that a person types, and the instants that it can mean."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

LONDON = ZoneInfo("Europe/London")
WRITTEN_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]m)?\s*(?P<zone>gmt|bst)?",
    re.IGNORECASE,
)


def london_today() -> date:
    """Today in London."""
    return london_day(timezone.now())


def london_day(instant: datetime) -> date:
    """The date in London at an instant: deadlines are London dates, never UTC ones."""
    return instant.astimezone(LONDON).date()


def long_date(day: date | datetime | None) -> str:
    """17 December 2020; of an instant, its London day."""
    return date_format(_day(day), "j F Y") if day else ""


def weekday_date(day: date | datetime | None) -> str:
    """Thursday 17 December 2020; of an instant, its London day."""
    return date_format(_day(day), "l j F Y") if day else ""


def read_instant(day: date, typed: str) -> datetime:
    """The instant at which London's clocks show what was typed, on that day; its zone is UTC.

    In its own zone an instant that the clocks show twice equals no instant of another zone.
    Raises: ValidationError for what is no time, for a time that the clocks skip on that day, and
    for one that they show twice unless GMT or BST is written behind it.
    """
    written = WRITTEN_TIME.fullmatch(typed.strip())
    if written is None:
        raise _refused(f"{typed} is not a time. Write it like 10:00.")
    at, zone = _time(written), (written["zone"] or "").upper()
    meant = [one for one in instants(day, at) if zone in {"", one.tzname()}]
    if not meant:
        named = f" {zone}" if zone else ""
        raise _refused(
            f"The clocks do not show {at:%H:%M}{named} on that day. Choose another time."
        )
    if len(meant) > 1:
        raise _refused(
            f"The clocks go back: {at:%H:%M} comes twice that day. "
            f"Write {at:%H:%M} BST for the first or {at:%H:%M} GMT for the second."
        )
    return meant[0].astimezone(UTC)


def instants(day: date, at: time) -> list[datetime]:
    """When London's clocks show a time on a day: once, never (spring) or twice (autumn)."""
    naive = datetime.combine(day, at)
    readings = [naive.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1)]
    shown = [one for one in readings if _there_and_back(one).replace(tzinfo=None) == naive]
    return shown if len({one.utcoffset() for one in shown}) > 1 else shown[:1]


def _day(day: date | datetime) -> date:
    return london_day(day) if isinstance(day, datetime) else day


def _there_and_back(at: datetime) -> datetime:
    return at.astimezone(UTC).astimezone(LONDON)


def _time(written: re.Match[str]) -> time:
    hour, minute = int(written["hour"]), int(written["minute"] or 0)
    half = (written["half"] or "").lower()
    if not half and written["minute"] is None:
        raise _refused(f"{written[0]} is not a time. Write it like 10:00.")
    if half and not 1 <= hour <= 12:
        raise _refused(f"{written[0]} is not a time. Write it like 10:00 or 10am.")
    try:
        return time(hour % 12 + 12 * (half == "pm") if half else hour, minute)
    except ValueError:
        raise _refused(f"{written[0]} is not a time. Write it like 10:00.") from None


def _refused(message: str) -> ValidationError:
    return ValidationError(message, code="time")
