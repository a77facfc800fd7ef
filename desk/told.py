"""What the body of a super-complaint is told of each of its six stages: what was promised and done.

Nothing stands here that was not sent to the body or is not public.
"""

from collections.abc import Iterator

from clock.london import london_day, london_today, weekday_date
from complaints.models import Complaint
from complaints.stages import Stage
from deadlines.promises import PROGRESS, Promise, promises_of
from deadlines.receipts import ACKNOWLEDGE
from publication.published import released_at
from recommendations.models import Obligation

NO_PERIOD = "The law sets no date for this."


def told_of(complaint: Complaint, *, reached: Stage | None) -> dict[Stage, list[Promise]]:
    """For each stage what is said of it; of a stage to come only what the law does not set."""
    told: dict[Stage, list[Promise]] = {stage: [] for stage in Stage}
    told[Stage.RECEIVED] = list(of_receipt(complaint))
    told[Stage.CHECKING] = list(of_eligibility(complaint))
    told[Stage.PUBLISHED], told[Stage.FOLLOWING_UP] = of_publication(complaint)
    is_public = bool(told[Stage.PUBLISHED])
    told[Stage.INVESTIGATING] = of_investigation(complaint, is_public=is_public)
    if reached in {Stage.INVESTIGATING, Stage.WRITING}:
        told[Stage.PUBLISHED] = [Promise(NO_PERIOD)]
    return told


def of_receipt(complaint: Complaint) -> Iterator[Promise]:
    """When it came in, and its acknowledgement. Law: SI 2018/748 reg. 5."""
    if complaint.received_on:
        yield Promise(f"Received on {weekday_date(complaint.received_on)}.")
    yield from promises_of(complaint.key, ACKNOWLEDGE, today=london_today())


def of_eligibility(complaint: Complaint) -> Iterator[Promise]:
    """When it was decided; the law sets no period for it. Law: SI 2018/748 reg. 6."""
    decision = getattr(complaint, "eligibility_decision", None)
    if decision is None:
        yield Promise(NO_PERIOD)
    elif decision.decided_on:
        yield Promise(f"Decided on {weekday_date(decision.decided_on)}.")


def of_investigation(complaint: Complaint, *, is_public: bool) -> list[Promise]:
    """Each report on progress: those sent, and until the report is public the one owed.

    Law: SI 2018/748 reg. 7.
    """
    return promises_of(complaint.key, PROGRESS, today=london_today(), kept_only=is_public)


def of_publication(complaint: Complaint) -> tuple[list[Promise], list[Promise]]:
    """When the report came out, and by when its answers are due; nothing before it is public."""
    at = released_at(complaint.key)
    if at is None:
        return [], []
    owed = Obligation.objects.filter(recommendation__complaint=complaint, due_on__isnull=False)
    last = owed.order_by("-due_on").first()
    public = Promise(f"Public since {weekday_date(london_day(at))}.")
    if last is None or last.due_on is None:
        return [public], []
    return [public], [Promise(f"Answers are due by {weekday_date(last.due_on)}.")]
