"""What may follow what for evidence items and findings."""

from typing import Any

from accounts.roles import Action
from investigations.events import InvestigationEvent as Event
from investigations.states import EvidenceStatus as E
from investigations.states import FindingStatus as F
from workflow.machine import Machine, Transition


def file_opens(evidence_item: Any) -> str:
    """An item is screened by somebody who looked into it, so its file must open."""
    if evidence_item.file.is_downloadable:
        return ""
    return (
        f"{evidence_item.mark} can’t be screened yet: {evidence_item.file.scan_words.lower()}. "
        "Screen it once its file opens."
    )


def has_support(finding: Any) -> str:
    """A finding that goes before the authorities rests on evidence."""
    if finding.supported_by().exists():
        return ""
    return (
        f"{finding.mark} has no evidence that supports it. "
        "Link at least one evidence item as support, then propose it."
    )


def has_every_agreement(finding: Any) -> str:
    """A finding is agreed when each authority of the regime agreed to this very text."""
    awaited = [authority.short_name for authority in finding.authorities_awaited()]
    return f"{finding.mark} awaits the agreement of {', '.join(awaited)}." if awaited else ""


EVIDENCE = Machine(
    "evidence item",
    Transition(
        "screen",
        frozenset({E.RECEIVED}),
        E.SCREENED,
        Action.EVIDENCE_REGISTER,
        Event.EVIDENCE_SCREENED,
        guard=file_opens,
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
        # It may never have been looked through, so nothing says that it was.
        E.RECEIVED,
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
        guard=has_support,
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
        guard=has_every_agreement,
    ),
    Transition(
        "reopen",
        frozenset({F.AGREED}),
        F.PROPOSED,
        Action.FINDING_DRAFT,
        Event.FINDING_REOPENED,
    ),
)
