"""Which super-complaints were live and announced on a day, and which may not be named yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from accounts.models import Membership, Wall
from accounts.services.teams import team_members
from clock.london import LONDON
from complaints.models import Complaint
from complaints.states import CaseStatus
from publication.clock import found_at_this_clock
from publication.models import Release, ReleaseStanding
from publication.states import EDITIONS, ReleaseKind, Standing

NOT_ANNOUNCED = (
    "{reference} was eligible and live, but had not been announced by {day}. It is left out: "
    "a press notice names no super-complaint that is not public."
)
UNSEEN_NOT_ANNOUNCED = (
    "Of the super-complaints that you may not open, {number} eligible and live by {day} had not "
    "been announced. They are left out: a press notice names no super-complaint that is not public."
)
LISTS_OTHERS = (
    "The sealed press notice does not list what is announced by its time of publication: it lacks "
    "{lacking} and names {beyond} too many. Open the seal, read the notice as it is built then, "
    "and seal it again. A case that not everybody on this one may open is listed once it is public."
)
UNSEEN_TO_COME = (
    "Of the super-complaints that not everybody on this case may open, {number} will be announced "
    "by the time of publication. They are left out: nobody reads of a super-complaint in this "
    "notice before it is public. Seal the report after their announcement, or publish it before."
)
ANNOUNCEMENT = ReleaseKind.ANNOUNCEMENT
# What an imported page says of a case whose report others have published.
REPORTED = "Report published"


@dataclass(frozen=True)
class Live:
    """The live super-complaints of a day that may be named, and warnings of those that may not.

    `announced` is how they are named, and `references` which they are; `due` are those that may be
    named once the notice is public.
    """

    announced: tuple[str, ...]
    warnings: tuple[str, ...]
    references: tuple[str, ...] = ()
    due: tuple[str, ...] = ()


@dataclass(frozen=True)
class Public:
    """The references of what the public knew by the end of a day.

    The title of an imported case is that of the report, which came later: `subjects` has what it
    was about, in our words; of a living case, the title under which it was announced. What is
    `to_come` is announced by an approval that stands, and not yet public.
    """

    announced: frozenset[str]
    reported: frozenset[str]
    subjects: Mapping[str, str] = field(default_factory=dict)
    to_come: frozenset[str] = frozenset()


def live_at(
    day: date,
    *,
    other_than: Complaint,
    publishes_at: datetime | None = None,
    reader: Membership | None = None,
) -> Live:
    """The super-complaints that were eligible and without a report at the end of a London day.

    Eligible from the day of the decision or, where that is not known, the day it is known by.
    Announced is what the public could read by then; all else is withheld, with a warning. A
    warning names to its reader only the cases that the reader may open.
    Args: `publishes_at` is when the notice is public itself; what is approved to be so by then,
    and no later, counts, where everybody who reads the notice before then may open it.
    """
    eligible = eligible_by(day, other_than)
    known = known_by(day, [one for one in eligible if not one.imported], publishes_at)
    history = known_of_history(day, [one for one in eligible if one.imported])
    reported, announced = known.reported | history.reported, known.announced | history.announced
    subjects = {**known.subjects, **history.subjects}
    live = [one for one in eligible if one.reference not in reported]
    unseen = known.to_come and known.to_come - open_to_all_on(other_than, known.to_come)
    due = [one for one in live if one.reference in announced]
    named = [one for one in due if one.reference not in unseen]
    withheld = [one for one in live if one.reference not in announced]
    warnings = warnings_of(withheld, day, reader)
    if unseen:
        warnings = (*warnings, UNSEEN_TO_COME.format(number=len(unseen)))
    return Live(
        announced=tuple(subjects.get(one.reference) or one.title for one in named),
        warnings=warnings,
        references=tuple(one.reference for one in named),
        due=tuple(one.reference for one in due),
    )


def open_to_all_on(case: Complaint, references: Iterable[str]) -> set[str]:
    """Of some cases those that everybody who works on another may open, before whom no wall stands.

    Who decides may open every case of theirs that no wall bars; who works on one, theirs alone.
    """
    walled = Wall.objects.filter(lifted_at=None).values("case_key")
    rows = Complaint.objects.filter(reference__in=list(references)).exclude(key__in=walled)
    for member in team_members(case):
        rows = rows.filter(pk__in=Complaint.objects.visible_to(member).values("pk"))
    return set(rows.values_list("reference", flat=True))


def lists_others(release: Release) -> str:
    """How a sealed notice differs from what is announced by its instant; nothing where it doesn't.

    It counts and does not name: its reader may not know of every case. Too many is also what is
    yet to come and not open any more to everybody who reads the notice.
    """
    listed, now = listed_in(release), live_by(release)
    if listed is None or now is None:
        return ""
    lacking, beyond = len(set(now.due) - listed), len(listed - set(now.references))
    return LISTS_OTHERS.format(lacking=lacking, beyond=beyond) if lacking or beyond else ""


def names_unannounced(release: Release) -> bool:
    """Whether a sealed notice names what will not be public by its instant."""
    listed, now = listed_in(release), live_by(release)
    return bool(listed and now and listed - set(now.due))


def listed_in(release: Release) -> set[str] | None:
    """The references of what a sealed notice lists; None where its seal does not say."""
    listed = release.payload.get("notice_lists")
    return None if listed is None else set(listed)


def live_by(release: Release) -> Live | None:
    """What a sealed notice may list as it stands now; None without a notice or an instant."""
    as_at, at = release.payload.get("notice_as_at"), release.release_at
    if as_at is None or at is None:
        return None
    day = date.fromisoformat(as_at)
    return live_at(day, other_than=release.complaint, publishes_at=at)


def warnings_of(withheld: list[Complaint], day: date, reader: Membership | None) -> tuple[str, ...]:
    """Why each case is left out, by its reference; those the reader may not open, by number."""
    written = f"{day.day} {day:%B %Y}"
    seen = [one.reference for one in withheld]
    if reader and withheld:
        rows = Complaint.objects.visible_to(reader).filter(pk__in=[one.pk for one in withheld])
        may_see = set(rows.values_list("reference", flat=True))
        seen = [reference for reference in seen if reference in may_see]
    named = [NOT_ANNOUNCED.format(reference=one, day=written) for one in seen]
    unseen = len(withheld) - len(seen)
    counted = [UNSEEN_NOT_ANNOUNCED.format(number=unseen, day=written)] if unseen else []
    return tuple([*named, *counted])


def eligible_by(day: date, other_than: Complaint) -> list[Complaint]:
    """The cases found eligible by a day, that did not leave the line before a report."""
    decided = Q(eligibility_decision__decided_on__lte=day) | Q(
        eligibility_decision__decided_on=None, eligibility_decision__known_by__lte=day
    )
    rows = Complaint.objects.filter(
        decided, eligibility_decision__eligible=True, regime=other_than.regime
    )
    rows = rows.exclude(pk=other_than.pk).exclude(status=CaseStatus.WITHDRAWN)
    return list(rows.filter(fictional=other_than.fictional).order_by("received_on", "pk"))


def known_by(day: date, cases: Iterable[Complaint], publishes_at: datetime | None = None) -> Public:
    """Of living cases: what the public door has opened by the end of a London day.

    Args: `publishes_at` counts what is approved and will have opened by that instant.
    """
    opens = Q(state=Standing.OPEN)
    if publishes_at:
        opens |= Q(
            state=Standing.CLOSED,
            sealed=True,
            approved=True,
            held=False,
            suspended=False,
            withdrawn=False,
            public_from__lte=publishes_at,
        )
    rows = found_at_this_clock(
        ReleaseStanding.objects.filter(
            opens,
            public_from__lt=end_of(day),
            reference__in=[one.reference for one in cases],
        )
    )
    announced = {one.reference: one.title for one in rows if one.kind == ANNOUNCEMENT}
    return Public(
        announced=frozenset(announced),
        reported=frozenset(one.reference for one in rows if one.kind in EDITIONS),
        subjects=announced,
        to_come=frozenset(
            one.reference for one in rows if one.kind == ANNOUNCEMENT and one.state != Standing.OPEN
        ),
    )


def known_of_history(day: date, cases: Iterable[Complaint]) -> Public:
    """Of imported cases: announced once known to be eligible, unless it is known that it was not.

    `awaiting_announcement_on` is a day on which a source says that it had not been announced.
    """
    pages = Release.objects.filter(imported=True, reference__in=[one.reference for one in cases])
    rows = list(pages.values_list("reference", "payload", "release_at"))
    reported = {
        reference
        for reference, payload, release_at in rows
        if payload.get("stage") == REPORTED and release_at and release_at < end_of(day)
    }
    silent = {
        reference for reference, payload, _at in rows if payload.get("awaiting_announcement_on")
    }
    announced = {one.reference for one in cases} - (silent - reported)
    subjects = {reference: payload.get("subject", "") for reference, payload, _at in rows}
    return Public(frozenset(announced), frozenset(reported), subjects)


def report_of(past: Complaint) -> Release | None:
    """The public page of an imported case whose report was published, or nothing."""
    pages = Release.objects.filter(complaint=past, imported=True, payload__stage=REPORTED)
    found: Release | None = pages.first()
    return found


def end_of(day: date) -> datetime:
    """The instant at which a London day ends."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON)
