"""The facts of a complaint, from its draft until it is found eligible."""

from complaints.models.approvals import VersionApproval
from complaints.models.case import (
    KEY_ALPHABET,
    KEY_LENGTH,
    Complaint,
    ComplaintGroupObjectPermission,
    JointBody,
    new_key,
)
from complaints.models.contact import ContactMessage, ContactNote, Conversation
from complaints.models.content import AlternateContact, DraftPart, Feature
from complaints.models.correspondence import (
    Message,
    MessageFile,
    PartRequest,
    WithdrawalRequest,
)
from complaints.models.declaration import Declaration
from complaints.models.eligibility import EligibilityDecision, EligibilityView
from complaints.models.evidence import SupportingDocument
from complaints.models.joining import Joining
from complaints.models.joint import JointInvitation
from complaints.models.letters import Acknowledgement, BodyConfirmation, Letter, Withdrawal
from complaints.models.presence import PartVisit
from complaints.models.reconsidering import MeetingNote, ReopenedDecision
from complaints.models.repeats import Comparison
from complaints.models.substance import Substance, SubstanceTerm

__all__ = [
    "KEY_ALPHABET",
    "KEY_LENGTH",
    "Acknowledgement",
    "AlternateContact",
    "BodyConfirmation",
    "Comparison",
    "Complaint",
    "ComplaintGroupObjectPermission",
    "ContactMessage",
    "ContactNote",
    "Conversation",
    "Declaration",
    "DraftPart",
    "EligibilityDecision",
    "EligibilityView",
    "Feature",
    "Joining",
    "JointBody",
    "JointInvitation",
    "Letter",
    "MeetingNote",
    "Message",
    "MessageFile",
    "PartRequest",
    "PartVisit",
    "ReopenedDecision",
    "Substance",
    "SubstanceTerm",
    "SupportingDocument",
    "VersionApproval",
    "Withdrawal",
    "WithdrawalRequest",
    "new_key",
]
