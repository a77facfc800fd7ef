"""London wall times: what a person types, and the one instant that it means."""

import re
from datetime import UTC, datetime

from django.utils.dateformat import format as written_date
from django.utils.translation import gettext as _

from clock.london import LONDON, instants
from workflow.errors import ActRefusedError

TYPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?: (GMT|BST))?$")


class WallTimeError(ActRefusedError):
    """A wall time that names no instant, or two; the message says what to type instead."""


def instant_of(wall_time: str) -> datetime:
    """The instant of a London wall time such as “2026-12-17 10:00”, in UTC.

    An hour that happens twice is asked about: “2026-10-25 01:30 BST” or “… GMT” says which.
    Raises: WallTimeError when it does not exist, is ambiguous, or is not written like that.
    """
    found = TYPED.match(wall_time.strip())
    if not found:
        raise WallTimeError("Write the date and time like 2026-12-17 10:00.")
    year, month, day, hour, minute = (int(found[place]) for place in range(1, 6))
    try:
        first = datetime(year, month, day, hour, minute, tzinfo=LONDON)
    except ValueError as error:
        raise WallTimeError(f"There is no such date or time: {wall_time}.") from error
    meant = instants(first.date(), first.time())
    meanings = {one.astimezone(UTC): str(one.tzname()) for one in meant}
    return _the_one(meanings, wall_time=wall_time.strip(), zone=found[6] or "")


def _the_one(meanings: dict[datetime, str], *, wall_time: str, zone: str) -> datetime:
    """The one instant meant. Raises: WallTimeError when there is none, or more than one."""
    if not meanings:
        raise WallTimeError(
            f"{wall_time} does not exist in London: the clocks go forward over it. "
            "Choose a time an hour earlier or later."
        )
    fitting = [instant for instant, name in meanings.items() if zone in {"", name}]
    if len(fitting) > 1:
        raise WallTimeError(
            f"{wall_time} happens twice in London, because the clocks go back. "
            f"Add BST for the first or GMT for the second: {wall_time} BST."
        )
    if not fitting:
        raise WallTimeError(f"London is not on {zone} at that time.")
    return fitting[0]


def in_words(instant: datetime) -> str:
    """10:00 GMT on Thursday 17 December 2020."""
    there = instant.astimezone(LONDON)
    on = {"time": f"{there:%H:%M} {there.tzname()}", "day": written_date(there, "l j F Y")}
    return _("%(time)s on %(day)s") % on
