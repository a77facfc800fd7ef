"""The rules of law about when something is due: one row each, keyed by regime.

A number of days stands here once, beside its law. What the law was not read for is a `Setting`: a
dated number that an administrator changes with a reason, and that pages show as not confirmed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from complaints.events import ComplaintEvent
from investigations.events import InvestigationEvent
from publication.events import PublicationEvent
from recommendations.law import COMMENTS_CALENDAR_DAYS, COMMENTS_LAW

POLICE = "police"
SERVICE_POLICE = "service_police"


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"


class Certainty(StrEnum):
    """How far a rule is confirmed."""

    CONFIRMED = "read in the law"
    NOT_CONFIRMED = "not confirmed: a setting of this service"


@dataclass(frozen=True)
class Rule:
    """One period: what starts it, how long it is, what meets it, and under which law.

    `starts_on` names the key of the event's detail that holds the first day. `ends` are events
    that close the clock without its being met (the case is over). `again` opens the next one
    when it is met.
    """

    code: str
    regime: str
    name: str
    law: str
    length: int
    unit: Unit
    starts: tuple[StrEnum, ...]
    starts_on: str
    met_by: StrEnum | None
    certainty: Certainty = Certainty.CONFIRMED
    ends: tuple[StrEnum, ...] = ()
    again: bool = False
    note: str = ""

    @property
    def is_setting(self) -> bool:
        """Whether an administrator may change the length, with a reason."""
        return self.certainty is Certainty.NOT_CONFIRMED


ACKNOWLEDGE_RECEIPT = Rule(
    code="acknowledge-receipt",
    regime=POLICE,
    name="Acknowledge receipt",
    law="SI 2018/748 reg. 5",
    length=5,
    unit=Unit.WORKING_DAYS,
    starts=(ComplaintEvent.RECEIVED,),
    starts_on="received_on",
    met_by=ComplaintEvent.ACKNOWLEDGED,
    ends=(ComplaintEvent.WITHDRAWN,),
    note="The day of receipt is day 1 if it is a working day; otherwise the next one is.",
)

PROGRESS_REPORT = Rule(
    code="progress-report",
    regime=POLICE,
    name="Send a progress report",
    law="SI 2018/748 reg. 7 (duty; its interval was not read)",
    length=56,
    unit=Unit.CALENDAR_DAYS,
    starts=(ComplaintEvent.ELIGIBLE, PublicationEvent.SENDING_UNDONE),
    starts_on="told_on",
    met_by=InvestigationEvent.PROGRESS_REPORT_SENT,
    certainty=Certainty.NOT_CONFIRMED,
    ends=(
        ComplaintEvent.WITHDRAWN,
        ComplaintEvent.ELIGIBILITY_REOPENED,
        ComplaintEvent.CLOSED,
        PublicationEvent.REPORT_SENT_TO_BODY,
    ),
    again=True,
    note=(
        "The day on which the body was told, or the last report sent, is day 1. Sending the final"
        " report ends the clock; if its seal is opened, it runs again from that day."
    ),
)

POLICING_BODY_COMMENTS = Rule(
    code="policing-body-comments",
    regime=POLICE,
    name="Publish the local policing body’s comments",
    law=COMMENTS_LAW,
    length=COMMENTS_CALENDAR_DAYS,
    unit=Unit.CALENDAR_DAYS,
    starts=(),
    starts_on="published_on",
    met_by=None,
    note=(
        "The day of publication is day 1. Section 55 is about inspection reports: whether it "
        "binds the answers to a super-complaint report is not settled, so the basis of each "
        "answer is stored with it."
    ),
)

# The service police's rules are the police's but for what stands here.
RULES: tuple[Rule, ...] = (
    ACKNOWLEDGE_RECEIPT,
    PROGRESS_REPORT,
    POLICING_BODY_COMMENTS,
    replace(
        ACKNOWLEDGE_RECEIPT,
        regime=SERVICE_POLICE,
        law="SI 2023/624 Part 4 (the period was not read; the police one is used)",
        certainty=Certainty.NOT_CONFIRMED,
        note="",
    ),
    replace(
        PROGRESS_REPORT,
        regime=SERVICE_POLICE,
        law="SI 2023/624 Part 4 (the interval was not read)",
        note="",
    ),
)


def rules_of(regime: str) -> tuple[Rule, ...]:
    """The rules of one regime."""
    return tuple(rule for rule in RULES if rule.regime == regime)


def rule_named(code: str, regime: str = POLICE) -> Rule:
    """One rule by code and regime. Raises: KeyError for a code that the table does not know."""
    for rule in RULES:
        if (rule.code, rule.regime) == (code, regime):
            return rule
    raise KeyError(f"No rule {code!r} in the regime {regime!r}.")
