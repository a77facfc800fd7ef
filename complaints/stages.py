"""The one table from a case's stored state and its facts to the words that people read.

Staff read a tag, the body and the public read one of six stages. *Acknowledged*, *embargoed* and
*published* are facts that are handed in; none is stored.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from complaints.states import CaseStatus as S


class Stage(TextChoices):
    """The six stages that a designated body and the public see."""

    RECEIVED = "received", "Received"
    CHECKING = "checking", "Checking eligibility"
    INVESTIGATING = "investigating", "Investigating"
    WRITING = "writing", "Writing report"
    PUBLISHED = "published", "Report published"
    FOLLOWING_UP = "following_up", "Following up"


@dataclass(frozen=True)
class Facts:
    """What happened besides the stored state."""

    acknowledged: bool = False
    report_public: bool = False
    answers_owed: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the table; a fact that is None does not matter."""

    status: S
    tag: str
    stage: Stage | None
    acknowledged: bool | None = None
    report_public: bool | None = None
    answers_owed: bool | None = None

    def fits(self, status: str, facts: Facts) -> bool:
        """Whether this line is about such a case."""
        wanted = (self.acknowledged, self.report_public, self.answers_owed)
        given = (facts.acknowledged, facts.report_public, facts.answers_owed)
        return status == self.status and all(
            want is None or want == have for want, have in zip(wanted, given, strict=True)
        )


STAGES = (
    Row(S.DRAFT, "draft", None),
    Row(S.SUBMITTED, "submitted", Stage.RECEIVED, acknowledged=False),
    Row(S.SUBMITTED, "assessing_eligibility", Stage.CHECKING, acknowledged=True),
    Row(S.ELIGIBLE, "eligible", Stage.INVESTIGATING),
    Row(S.NOT_ELIGIBLE, "not_eligible", None),
    Row(S.INVESTIGATING, "investigating", Stage.INVESTIGATING),
    Row(S.REPORTING, "reporting", Stage.WRITING),
    Row(S.SEALED, "embargoed", Stage.WRITING, report_public=False),
    Row(S.SEALED, "monitoring", Stage.FOLLOWING_UP, report_public=True, answers_owed=True),
    Row(S.SEALED, "published", Stage.PUBLISHED, report_public=True, answers_owed=False),
    Row(S.CLOSED, "closed", Stage.FOLLOWING_UP),
    Row(S.WITHDRAWN, "withdrawn", None),
)


def staff_tag(status: str, facts: Facts) -> str:
    """The key of the status tag that staff see."""
    return _row(status, facts).tag


def public_stage(status: str, facts: Facts) -> Stage | None:
    """The stage that the body and the public see, or None where the case left the line."""
    return _row(status, facts).stage


def turns_on_the_report(status: str) -> bool:
    """Whether it matters in this state if the report is public."""
    return any(row.status == status and row.report_public is not None for row in STAGES)


def _row(status: str, facts: Facts) -> Row:
    return next(row for row in STAGES if row.fits(status, facts))
