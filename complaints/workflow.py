"""What may follow what in a case: the one table behind buttons, refusals, diagram and tests."""

from accounts.roles import Action
from complaints import guards
from complaints.events import ComplaintEvent as Event
from complaints.states import CaseStatus as S
from workflow.machine import Guard, Machine, Transition

BEFORE_SEALED = frozenset({S.SUBMITTED, S.ELIGIBLE, S.INVESTIGATING, S.REPORTING})


def row(
    name: str,
    sources: set[S],
    target: S,
    action: Action,
    event: Event,
    law: str = "",
    guard: Guard | None = None,
) -> Transition:
    """One line of the table."""
    return Transition(name, frozenset(sources), target, action, event, law, guard)


CASE = Machine(
    "super-complaint",
    row(
        "submit",
        {S.DRAFT},
        S.SUBMITTED,
        Action.COMPLAINT_SUBMIT,
        Event.RECEIVED,
        "reg. 4",
        guards.stands_against_submitting,
    ),
    row("register", {S.DRAFT}, S.SUBMITTED, Action.COMPLAINT_REGISTER, Event.RECEIVED, "reg. 4"),
    row(
        "accept",
        {S.SUBMITTED},
        S.ELIGIBLE,
        Action.ELIGIBILITY_DECIDE,
        Event.ELIGIBLE,
        "reg. 6(5)",
        guards.lacks_agreement_that_it_is_eligible,
    ),
    row(
        "decline",
        {S.SUBMITTED},
        S.NOT_ELIGIBLE,
        Action.ELIGIBILITY_DECIDE,
        Event.NOT_ELIGIBLE,
        "reg. 6(6)",
        guards.lacks_agreement_that_it_is_not,
    ),
    row(
        "reopen_eligibility",
        {S.ELIGIBLE, S.NOT_ELIGIBLE},
        S.SUBMITTED,
        Action.ELIGIBILITY_DECIDE,
        Event.ELIGIBILITY_REOPENED,
    ),
    row(
        "open_investigation",
        {S.ELIGIBLE},
        S.INVESTIGATING,
        Action.INVESTIGATION_OPEN,
        Event.INVESTIGATION_OPENED,
        "reg. 6(5)",
    ),
    row(
        "begin_report",
        {S.INVESTIGATING},
        S.REPORTING,
        Action.REPORT_DRAFT,
        Event.REPORTING_BEGAN,
        "reg. 8(1)",
    ),
    row(
        "send_back",
        {S.REPORTING},
        S.INVESTIGATING,
        Action.REPORT_SEND_BACK,
        Event.SENT_BACK,
    ),
    row("seal", {S.REPORTING}, S.SEALED, Action.REPORT_SEAL, Event.SEALED, "reg. 8(2)"),
    row("unseal", {S.SEALED}, S.REPORTING, Action.REPORT_SEND_BACK, Event.UNSEALED),
    row("close", {S.SEALED}, S.CLOSED, Action.COMPLAINT_CLOSE, Event.CLOSED),
    row(
        "withdraw",
        set(BEFORE_SEALED),
        S.WITHDRAWN,
        Action.COMPLAINT_WITHDRAW,
        Event.WITHDRAWN,
    ),
)
