"""Deciding whether a super-complaint is considered: each authority's view, then the decision."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from clock.london import london_day
from complaints.events import ComplaintEvent
from complaints.models import Complaint, EligibilityDecision, EligibilityView, Letter
from complaints.services import letter_texts
from complaints.services.authorities import refuse_unless_it_decides, refuse_unless_it_receives
from complaints.services.letters import unified, write_letter
from complaints.services.repeat_rules import (
    REPEATS,
    refuse_a_view_against_comparisons,
    refuse_an_unfit_repeat,
)
from complaints.states import CaseStatus, Ground
from complaints.workflow import CASE
from drafting.versions import advance_one
from workflow.acts import act
from workflow.errors import ActRefusedError, GuardRefusedError
from workflow.permission import refuse_unless_may


@act
def record_view(
    complaint: Complaint,
    *,
    eligible: bool,
    ground: str,
    reasons: str,
    by: Membership,
    repeats: Complaint | None = None,
    version: int = 0,
) -> EligibilityView:
    """Record whether one's own authority holds the complaint to be eligible.

    A view may be changed until the decision; it agrees with what the authority compared.
    Law: SI 2018/748 reg. 6(1)-(4). It is a test of form, not of merit.
    Args: `version` is that of the view that one read, 0 where there was none.
    Records: complaint:view_recorded. Raises: PermissionDenied, ActRefusedError,
    VersionConflictError where a colleague has recorded another view meanwhile.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_RECORD_VIEW, complaint)
    refuse_unless_it_decides(complaint.regime, by)
    complaint.refresh_from_db()
    if complaint.status != CaseStatus.SUBMITTED:
        raise ActRefusedError("Views of eligibility are recorded until the decision, not after it.")
    ground = "" if eligible else ground
    repeats = repeats if ground in REPEATS else None
    facts: dict[str, Any] = {"eligible": eligible, "ground": ground, "reasons": unified(reasons)}
    refuse_unfounded(eligible=eligible, ground=ground, reasons=reasons)
    refuse_an_unfit_repeat(complaint, ground=ground, repeats=repeats)
    refuse_a_view_against_comparisons(
        complaint, by.organisation, eligible=eligible, ground=ground, repeats=repeats
    )
    advance_one(complaint.eligibility_views.filter(authority=by.organisation), version=version)
    view, is_new = EligibilityView.objects.update_or_create(
        complaint=complaint,
        authority=by.organisation,
        defaults={**facts, "repeats": repeats, "by": by, "recorded_at": timezone.now()},
    )
    detail = {**facts, "repeats": repeats.reference if repeats else "", "changed": not is_new}
    record(ComplaintEvent.VIEW_RECORDED, subject=complaint, by=by, **detail)
    return view


@act
def decide(
    complaint: Complaint, *, reasons: str, text: str, by: Membership, way: str = ""
) -> EligibilityDecision:
    """Decide as every authority of the regime has recorded, and tell the body in writing.

    The outcome is theirs, not chosen here. Its reasons are kept; those of a refusal stand word for
    word in the letter.
    A second click answers the decision already made.
    Law: SI 2018/748 reg. 6(5), 6(6).
    Args: `way` is how the letter is sent, where nobody at the body can read it here.
    Records: complaint:letter_sent, complaint:eligible or complaint:not_eligible.
    Raises: PermissionDenied, GuardRefusedError while a view is missing or differs,
    ActRefusedError.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_DECIDE, complaint)
    refuse_unless_it_receives(complaint.regime, by)
    complaint.refresh_from_db()
    if made := EligibilityDecision.objects.filter(complaint=complaint).first():
        return made
    view = agreed_view(complaint)
    CASE.check(step(eligible=view.eligible), complaint)
    refuse_unreasoned(reasons, text, eligible=view.eligible)
    kind = kind_of(eligible=view.eligible)
    subject = letter_texts.subject(kind, complaint)
    letter = write_letter(complaint, kind=kind, subject=subject, text=text, by=by, way=way)
    decision = EligibilityDecision.objects.create(
        complaint=complaint,
        eligible=view.eligible,
        ground=view.ground,
        reasons=unified(reasons),
        decided_on=london_day(letter.sent_at),
        letter=letter,
        by=by,
    )
    told = {"told_on": london_day(letter.sent_at), "regime": complaint.regime.key}
    CASE.apply(step(eligible=view.eligible), complaint, by=by, **told)
    return decision


def agreed_view(complaint: Complaint) -> EligibilityView:
    """One of the views, all being the same. Raises: GuardRefusedError while none is recorded."""
    view = complaint.eligibility_views.first()
    if view is None:
        raise GuardRefusedError("No authority has recorded a view of eligibility yet.")
    return view


def step(*, eligible: bool) -> str:
    """The step of the table that a decision takes."""
    return "accept" if eligible else "decline"


def kind_of(*, eligible: bool) -> Letter.Kind:
    """The kind of the letter that tells a decision."""
    return Letter.Kind.ELIGIBLE if eligible else Letter.Kind.NOT_ELIGIBLE


def refuse_unfounded(*, eligible: bool, ground: str, reasons: str) -> None:
    """A view against needs its ground and reasons. Law: SI 2018/748 reg. 6(6).

    Raises: ActRefusedError.
    """
    if eligible:
        return
    if ground not in Ground.values:
        raise ActRefusedError("Choose the ground on which it is not eligible.")
    if not reasons.strip():
        raise ActRefusedError("Give the reasons why it is not eligible.")


def refuse_unreasoned(reasons: str, text: str, *, eligible: bool) -> None:
    """Every decision has its reasons, and its letter says what the law asks for.

    Raises: ActRefusedError.
    """
    if not unified(reasons):
        raise ActRefusedError("Give the reasons for the decision.")
    if eligible:
        refuse_unpromised(text)
    else:
        refuse_silence(reasons, text)


def refuse_silence(reasons: str, text: str) -> None:
    """The letter must carry the reasons word for word. Law: SI 2018/748 reg. 6(6).

    Raises: ActRefusedError.
    """
    if unified(reasons) not in unified(text):
        raise ActRefusedError(
            "The letter does not carry the reasons word for word. Copy them into it as they stand."
        )


def refuse_unpromised(text: str) -> None:
    """The letter says that it will be investigated, and that progress reports come.

    The first is asked for in these words: by “investigated” alone, “will not be” would pass.

    Law: SI 2018/748 reg. 6(5). Raises: ActRefusedError.
    """
    said = unified(text).lower()
    if "will be investigated" not in said or "progress" not in said:
        raise ActRefusedError(
            "The letter must say that the super-complaint “will be investigated”, in these words, "
            "and that the body will be sent reports on the progress of the investigation."
        )
