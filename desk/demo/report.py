"""Walking a fictional report from its first section to the instant at which it is public."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clock.london import LONDON, london_today
from complaints.models import Complaint
from deadlines.services.computing import calendar_on_record
from desk.demo import walk
from desk.demo.content import Story
from desk.demo.walk import DECIDERS, People
from investigations.models import Investigation
from publication.models import Release, Report
from publication.sections import build
from publication.services import announcing, sealing, sign_off
from publication.services import release as releasing
from publication.services import report as reporting
from publication.services.seal_making import make_seal

WRITTEN = {
    "conclusions": "What we found is set out below, each point with our reasons for it.",
    "further-action": "The authorities will do the following themselves.",
    "recommendations": "We recommend the following to others.",
}


def handed_in(
    investigation: Investigation, people: People, story: Story, *, at: datetime | None = None
) -> Report:
    """A report that its drafters have handed in for sign-off, planned for an instant or none."""
    complaint = investigation.complaint
    items = walk.evidence_items(investigation, people, 3)
    finding = walk.agreed_finding(investigation, people, story, on=items[0])
    walk.recommended(complaint, people, story, finding)
    by, told = people["investigator"], walk.outcome_of(story)
    report = reporting.begin(complaint, title=story.title, by=by)
    written = {**WRITTEN, "steps-taken": told.did}
    for section in report.sections.all():
        reporting.edit_section(section, text=written[section.key], version=section.version, by=by)
    report.refresh_from_db()
    reporting.edit_notice(
        report,
        title=story.title,
        headline=f"{told.headline} (fictional)",
        standfirst=told.standfirst,
        planned_for=wall_time(at) if at else "",
        version=report.version,
        by=by,
    )
    return reporting.propose(report, by=by)


def sealed(report: Report, people: People) -> Release:
    """The release of a report that every authority signed off."""
    for section in report.sections.select_related("report"):
        for key in DECIDERS:
            sign_off.sign_off(section, text_sha256=build(section).text_sha256, by=people[key])
    asked = sealing.ask_to_seal(report, by=people["lead-investigator"])
    make_seal(asked.pk)
    return Release.objects.get(sealing=asked)


def armed(release: Release, people: People, *, at: datetime) -> Complaint:
    """The case of a release with an instant, two approvals, and sent to the body."""
    release = releasing.prepare(
        release,
        wall_time=wall_time(at),
        way="By secure mail to the body’s approver",
        by=people["press-officer"],
    )
    approved(release, people, by=(DECIDERS[0], "second-press-officer"))
    releasing.send_to_body(release, by=people["press-officer"])
    return release.complaint


def announced(complaint: Complaint, people: People, *, at: datetime) -> Complaint:
    """The case with its decision announced at an instant, as two others approved."""
    release = announcing.seal_announcement(
        complaint, title=complaint.title, wall_time=wall_time(at), by=people[DECIDERS[0]]
    )
    approved(release, people, by=DECIDERS[1:3])
    return complaint


def approved(release: Release, people: People, *, by: tuple[str, ...]) -> None:
    """Approve a seal for its instant, as each of the people named."""
    if release.release_at:
        for key in by:
            releasing.approve(
                release,
                root_sha256=release.root_sha256,
                release_at=release.release_at,
                by=people[key],
            )


def wall_time(at: datetime) -> str:
    """An instant as it is typed in London."""
    there = at.astimezone(LONDON)
    return f"{there:%Y-%m-%d %H:%M} {there.tzname()}"


def ten_on_the_next_working_day() -> datetime:
    """10:00 in London on the first working day after today."""
    calendar = calendar_on_record()
    tomorrow: date = london_today() + timedelta(days=1)
    day = calendar.working_days(tomorrow, 1).due_on
    return datetime.combine(day, time(10), LONDON)


def the_minute_after_next() -> datetime:
    """The first full minute that leaves time to approve."""
    return timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=2)
