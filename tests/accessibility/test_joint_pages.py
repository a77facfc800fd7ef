"""The pages of a draft that several bodies make, drawn by a real browser, wide and at 320 px."""

from complaints.canonical import content_sha256
from complaints.models import Complaint
from complaints.services import approving, drafts, joint, submission
from tests.accessibility.test_complaint_pages import visit
from tests.builders.complaints import HARM, SIGNATORY, a_complete_draft, a_draft
from tests.builders.joint import NOT_DESIGNATED, an_approver, an_invitation, joined
from tests.cast import play
from tests.fixtures.browser import BrowseAs

CHANGED = HARM + " We have asked 12 forces for their policies, and two have answered."


def with_every_state() -> Complaint:
    """A draft with an organisation in each state that one can be in."""
    lead = play("submitter")
    draft = a_complete_draft()
    hestia, liberty, rcew = (an_approver(at) for at in ("hestia", "liberty", NOT_DESIGNATED))
    for member in (hestia, liberty, rcew):
        joined(draft, member=member)
    approving.approve(draft, content_sha256=content_sha256(draft), by=hestia)
    drafts.save_harm(draft, harm=CHANGED, version=1, by=liberty)
    approving.approve(draft, content_sha256=content_sha256(draft), by=liberty)
    an_invitation(draft, to="aafda")
    declined = an_invitation(draft, to="crcc")
    joint.decline(declined, by=an_approver("crcc"))
    removed = an_invitation(draft, to="halo")
    joint.remove(removed, reason="Invited by mistake.", by=lead)
    return draft


def test_the_lead_bodys_pages_of_a_joint_draft(browse_as: BrowseAs) -> None:
    draft, empty = with_every_state(), a_draft()
    page = browse_as(play("body_approver"))
    visit(page, "joint", empty.key, called="joint-none")
    visit(page, "joint", draft.key, called="joint-every-state")
    hestia = draft.invitations.get(organisation__slug="hestia")
    visit(page, "remove_body", draft.key, hestia.pk, called="joint-remove")
    visit(page, "since_approval", draft.key, draft.approvals.all()[0].pk, called="joint-changes")
    visit(page, "draft", draft.key, called="joint-tasks")
    visit(page, "check", draft.key, called="joint-check")
    visit(page, "submit", draft.key, called="joint-submit")


def test_the_pages_of_an_invited_and_of_a_joint_body(browse_as: BrowseAs) -> None:
    draft, invited = with_every_state(), a_draft(title="Searches of children")
    hestia = an_approver("hestia")
    sent = an_invitation(invited)
    page = browse_as(hestia)
    visit(page, "portal", called="joint-home")
    visit(page, "joint_invitation", sent.pk, called="joint-invitation")
    visit(page, "joint", draft.key, called="joint-of-a-joint-body")
    visit(page, "part", draft.key, "harm", called="joint-part")
    visit(page, "approve", draft.key, called="joint-approve")
    visit(page, "leave_draft", draft.invitations.get(organisation=hestia.organisation).pk)
    page = browse_as(play("submitter"))
    visit(page, "part", draft.key, "harm", called="joint-part-elsewhere")


def test_the_pages_before_and_after_a_joint_submission(browse_as: BrowseAs) -> None:
    draft = a_complete_draft()
    hestia = an_approver("hestia")
    joined(draft, member=hestia)
    an_invitation(draft, to="liberty")
    approving.approve(draft, content_sha256=content_sha256(draft), by=hestia)
    page = browse_as(play("body_approver"))
    visit(page, "before_submitting", draft.key, called="joint-before-submitting")
    complaint = submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))
    page = browse_as(hestia)
    visit(page, "tracker", complaint.reference, called="joint-tracker")
