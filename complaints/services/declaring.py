"""The declaration of an authorised signatory, made with the submission and never apart from it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership, Organisation
from complaints.models import Complaint, Declaration
from workflow.errors import ActRefusedError


@dataclass(frozen=True)
class Signatory:
    """The person who declares: their name, and their role at the body."""

    name: str
    role: str


def words_for(body: Organisation) -> str:
    """What is declared for a body, word for word as the page shows it."""
    return (
        f"I am authorised to make this super-complaint for {body.name}. As far as I know, what it "
        "says is right. I understand that it cannot be changed once it is submitted, and that the "
        "report on it, if there is one, will be published."
    )


def declare(
    complaint: Complaint, signatory: Signatory, *, at: datetime, by: Membership
) -> Declaration:
    """Write down who declares what, for the submission of this instant.

    Raises: ActRefusedError where the name or the role is missing.
    """
    name, role = signatory.name.strip(), signatory.role.strip()
    if not name or not role:
        raise ActRefusedError("State the name and the role of the person who declares.")
    return Declaration.objects.create(
        complaint=complaint,
        name=name,
        role=role,
        words=words_for(complaint.lead_body),
        declared_at=at,
        by=by,
    )
