"""Recommendations and obligations for tests, drafted and issued by the real verbs."""

from datetime import date
from typing import Any

from clock.london import london_today
from complaints.models import Complaint
from recommendations.models import Obligation, Recommendation, Response
from recommendations.services import drafting, issuing, responses
from recommendations.services.drafting import Addressees, Deadline
from recommendations.states import Basis, Branch, DeadlineKind, Position
from tests.builders.accounts import organisation
from tests.builders.cases import STAGES
from tests.builders.investigations import an_agreed_finding, an_open_investigation
from tests.builders.walked import walked_once
from tests.cast import play

FIFTY_SIX_DAYS = Deadline(DeadlineKind.PERIOD, Basis.STATUTORY, calendar_days=56)


@walked_once
def a_recommendation(complaint: Complaint | None = None, **other: Any) -> Recommendation:
    """A draft recommendation to Norfolk Constabulary, to be answered within 56 days."""
    said: dict[str, Any] = {
        "wording": "Stop sharing the immigration status of victims.",
        "applies_to": "Victims of domestic abuse",
        "addressees": Addressees([organisation("norfolk")]),
        "deadline": FIFTY_SIX_DAYS,
        "by": play("investigator"),
        **other,
    }
    return drafting.draft_recommendation(complaint or an_open_investigation().complaint, **said)


@walked_once
def an_obligation(
    complaint: Complaint | None = None, *, published_on: date | None = None, **other: Any
) -> Obligation:
    """What Norfolk Constabulary owes since a recommendation to it was issued."""
    drafted = a_recommendation(complaint, **other)
    opened = issuing.issue(drafted.complaint, published_on=published_on or london_today())
    return next(one for one in opened if one.recommendation_id == drafted.pk)


def answered(owed: Obligation) -> Response:
    """The answer of Norfolk Constabulary, approved and submitted."""
    answer = responses.draft_response(
        owed,
        branch=Branch.ACTION,
        position=Position.ACCEPTED,
        account="We stopped.",
        by=play("responder"),
    )
    approver = play("response_approver")
    responses.approve_response(answer, version=answer.version, by=approver)
    return responses.submit_response(answer, by=approver)


def a_case_with_recommendations() -> Complaint:
    """A case with an agreed finding, a recommendation that rests on it, and an own action."""
    finding = an_agreed_finding()
    complaint = finding.investigation.complaint
    a_recommendation(complaint, findings=[finding])
    drafting.draft_action(
        complaint,
        authority=organisation("college"),
        text="We will write guidance on sharing the data of victims.",
        by=play("investigator"),
    )
    return complaint


STAGES["recommended"] = a_case_with_recommendations
