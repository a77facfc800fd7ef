"""Loading the demonstration: real history, the demo's people, one fictional case in each stage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.services.demo import make_demo_accounts
from clock.london import london_today
from complaints.models import Complaint
from desk.demo import content, report, walk
from desk.demo.content import Story
from desk.demo.walk import People
from desk.history.facts import past_cases
from desk.history.importing import import_history
from workflow.errors import ActRefusedError

EVIDENCE_ITEMS = 40
# The case that is to be public soon is public within so long of its loading.
PUBLISHED_WITHIN = timedelta(minutes=3)


@dataclass(frozen=True)
class Stage:
    """One fictional case and how far it is walked."""

    name: str
    story: Story
    reach: Callable[[Story, People], Complaint]


def load_demo(say: Callable[[str], None]) -> None:
    """Load what of the demonstration is missing; what is there is left as it is.

    Each case is one transaction, so that an interrupted load goes on where it stopped.
    Raises: ActRefusedError unless DEMO is set.
    """
    if not settings.DEMO:
        raise ActRefusedError("Set DEMO=1 to load the demonstration. Never set it in production.")
    people = make_demo_accounts()
    for complaint in import_history(past_cases()):
        say(f"Past case {complaint.reference}")
    for stage in STAGES:
        if not Complaint.objects.filter(title=stage.story.title).exists():
            with transaction.atomic():
                complaint = stage.reach(stage.story, people)
            say(f"Fictional case {complaint}: {stage.name}")


def submitted_today(story: Story, people: People) -> Complaint:
    """Submitted in the portal, not yet acknowledged."""
    return walk.submitted(story, people)


def drafted_jointly(story: Story, people: People) -> Complaint:
    """Written by one body, approved by another, and changed since."""
    return walk.drafted_jointly(story, people)


def awaiting_views(story: Story, people: People) -> Complaint:
    """Acknowledged a few days after a letter came; the authorities' views are open."""
    return walk.acknowledged(walk.registered(story, people, received_on=_received()), people)


def under_investigation(story: Story, people: People) -> Complaint:
    """Announced within minutes; forty evidence items, a finding agreed, a progress report sent."""
    complaint = report.announced(
        _eligible(story, people), people, at=report.the_minute_after_next()
    )
    investigation = walk.opened(complaint, people)
    items = walk.evidence_items(investigation, people, EVIDENCE_ITEMS)
    walk.agreed_finding(investigation, people, story, on=items[0])
    walk.told_progress(investigation, people)
    return complaint


def in_sign_off(story: Story, people: People) -> Complaint:
    """Its report is handed in; every authority has it to sign off."""
    investigation = walk.opened(_eligible(story, people), people)
    return report.handed_in(investigation, people, story).complaint


def embargoed(story: Story, people: People) -> Complaint:
    """Sealed, approved by two people, public at 10:00 on the next working day."""
    return _armed(story, people, at=report.ten_on_the_next_working_day())


def published(story: Story, people: People) -> Complaint:
    """Sealed and approved, public within two minutes; its answers arrive after that."""
    return _armed(story, people, at=report.the_minute_after_next())


def of_service_police(story: Story, people: People) -> Complaint:
    """Found eligible by the two authorities of the service police’s scheme."""
    received = walk.submitted_on_service_police(story, people)
    return walk.eligible(walk.acknowledged(received, people), people)


def _armed(story: Story, people: People, *, at: datetime) -> Complaint:
    investigation = walk.opened(_eligible(story, people), people)
    handed_in = report.handed_in(investigation, people, story, at=at)
    return report.armed(report.sealed(handed_in, people), people, at=at)


def _received() -> date:
    """A day on which receipt leaves time to acknowledge today: the demo's acts happen now."""
    return london_today() - timedelta(days=4)


def _eligible(story: Story, people: People) -> Complaint:
    complaint = walk.registered(story, people, received_on=_received())
    acknowledged = walk.acknowledged(walk.confirmed(complaint, people), people)
    return walk.eligible(acknowledged, people)


STAGES = (
    Stage("a draft of two bodies", content.LIFTS, drafted_jointly),
    Stage("submitted today", content.CUSTODY_CALLS, submitted_today),
    Stage("awaiting views of eligibility", content.LOST_PROPERTY, awaiting_views),
    Stage("service police, found eligible", content.QUARTERS, of_service_police),
    Stage("under investigation", content.NIGHT_STOPS, under_investigation),
    Stage("in sign-off", content.INTERPRETERS, in_sign_off),
    Stage("published, answers arriving", content.BODY_CAMERAS, published),
    Stage("sealed, embargoed", content.MISSING_ADULTS, embargoed),
)
