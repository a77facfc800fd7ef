"""What may follow what for evidence items and findings."""

from accounts.roles import Action
from investigations.events import InvestigationEvent as Event
from investigations.states import EvidenceStatus as E
from investigations.states import FindingStatus as F
from workflow.machine import Machine, Transition

EVIDENCE = Machine(
    "evidence item",
    Transition(
        "screen",
        frozenset({E.RECEIVED}),
        E.SCREENED,
        Action.EVIDENCE_REGISTER,
        Event.EVIDENCE_SCREENED,
    ),
    Transition(
        "set_aside",
        frozenset({E.RECEIVED, E.SCREENED}),
        E.NOT_RELIED_ON,
        Action.EVIDENCE_CORRECT,
        Event.EVIDENCE_NOT_RELIED_ON,
    ),
    Transition(
        "rely_on_again",
        frozenset({E.NOT_RELIED_ON}),
        E.SCREENED,
        Action.EVIDENCE_CORRECT,
        Event.EVIDENCE_RELIED_ON_AGAIN,
    ),
    Transition(
        "supersede",
        frozenset({E.RECEIVED, E.SCREENED, E.NOT_RELIED_ON}),
        E.SUPERSEDED,
        Action.EVIDENCE_CORRECT,
        Event.EVIDENCE_SUPERSEDED,
    ),
)

FINDING = Machine(
    "finding",
    Transition(
        "propose",
        frozenset({F.DRAFT}),
        F.PROPOSED,
        Action.FINDING_DRAFT,
        Event.FINDING_PROPOSED,
    ),
    Transition(
        "return_to_draft",
        frozenset({F.PROPOSED}),
        F.DRAFT,
        Action.FINDING_DRAFT,
        Event.FINDING_RETURNED,
    ),
    Transition(
        "agree",
        frozenset({F.PROPOSED}),
        F.AGREED,
        Action.FINDING_AGREE,
        Event.FINDING_AGREED,
        law="reg. 8(1)(b)",
    ),
    Transition(
        "reopen",
        frozenset({F.AGREED}),
        F.PROPOSED,
        Action.FINDING_DRAFT,
        Event.FINDING_REOPENED,
    ),
)
