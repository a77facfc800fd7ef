"""The stages of reminding: when, seen from the due date, and whom for which clock. Two tables."""

from dataclasses import dataclass
from datetime import date

from notifications import audiences
from notifications.audiences import Audience
from notifications.models import Reminder

Stage = Reminder.Stage
CASE = "/casework/cases/{reference}"


@dataclass(frozen=True)
class StageRow:
    """One stage: from how many days after the due date, to how many, and in which words.

    Stages do not overlap, so that a worker that was away for days sends the one that is true now
    and not all that it missed.
    """

    stage: Stage
    first_day: int
    last_day: int | None
    told: str


STAGES: tuple[StageRow, ...] = (
    StageRow(Stage.BEFORE, -3, -1, "is due by the end of {due}"),
    StageRow(Stage.ON_THE_DAY, 0, 0, "is due by the end of today, {due}"),
    StageRow(Stage.AFTER, 1, 6, "was due by the end of {due} and is not done"),
    StageRow(
        Stage.ESCALATION,
        7,
        None,
        "was due by the end of {due}, a week ago or more, and is open",
    ),
)


@dataclass(frozen=True)
class Reminded:
    """Who is reminded of a clock, with whom it is raised if it stays undone, and where each looks.

    What an addressee owes is a page of theirs, which nobody of the authorities can open.
    """

    people: Audience
    raised_with: Audience
    place: str
    raised_place: str = CASE


REMINDED: dict[str, Reminded] = {
    "acknowledge-receipt": Reminded(audiences.intake, audiences.receiving_deciders, CASE),
    "progress-report": Reminded(audiences.leads, audiences.receiving_deciders, CASE),
    "response": Reminded(audiences.addressee, audiences.leads, "/respond/", f"{CASE}/answers"),
}


def stage_on(today: date, due_on: date) -> StageRow | None:
    """The one stage that a day falls in, or None while the due date is far."""
    days = (today - due_on).days
    for row in STAGES:
        if days >= row.first_day and (row.last_day is None or days <= row.last_day):
            return row
    return None
