"""What may follow what for a report. A release has no states: whether it is public is read."""

from accounts.roles import Action
from publication.events import PublicationEvent as Event
from publication.states import ReportStatus as R
from workflow.machine import Machine, Transition

REPORT = Machine(
    "report",
    Transition(
        "propose",
        frozenset({R.DRAFTING}),
        R.IN_SIGN_OFF,
        Action.REPORT_DRAFT,
        Event.REPORT_PROPOSED,
    ),
    Transition(
        "send_back",
        frozenset({R.IN_SIGN_OFF}),
        R.DRAFTING,
        Action.REPORT_SEND_BACK,
        Event.REPORT_SENT_BACK,
    ),
    Transition(
        "seal",
        frozenset({R.IN_SIGN_OFF}),
        R.SEALED,
        Action.REPORT_SEAL,
        Event.REPORT_SEALED,
        law="reg. 8(2)",
    ),
    Transition(
        "unseal",
        frozenset({R.SEALED}),
        R.DRAFTING,
        Action.REPORT_SEND_BACK,
        Event.REPORT_UNSEALED,
    ),
)
