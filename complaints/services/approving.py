"""Approving one version of a draft, as a body that makes it together with the lead body."""

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.approving import is_asked
from complaints.canonical import canonical, content_of, sha256_of
from complaints.events import ComplaintEvent
from complaints.models import Complaint, VersionApproval
from complaints.services.drafts import refuse_unless_draft
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def approve(complaint: Complaint, *, content_sha256: str, by: Membership) -> VersionApproval:
    """Approve what a draft says, for one's own body; any change of it voids this.

    Approving twice what stands is once. No provision was found on several bodies: this is the
    service's own rule, so that nothing is submitted in the name of a body that has not read it.
    Args: `content_sha256` is the hash of the version that was read.
    Records: complaint:version_approved. Raises: PermissionDenied; ActRefusedError when the draft
    was changed since it was read, or the body is not one that approves.
    """
    refuse_unless_may(by, Action.COMPLAINT_APPROVE, complaint)
    refuse_unless_draft(complaint, by)
    refuse_unless_asked(complaint, by)
    written = canonical(content_of(complaint))
    if content_sha256 != sha256_of(written):
        raise ActRefusedError(
            "The draft was changed while you read it, so your approval was not recorded. "
            "Read it as it is now, then approve."
        )
    own = complaint.approvals.standing().filter(organisation=by.organisation_id)
    given: VersionApproval | None = own.filter(content_sha256=content_sha256).first()
    if given:
        return given
    given = VersionApproval.objects.create(
        complaint=complaint,
        organisation=by.organisation,
        content=written,
        content_sha256=content_sha256,
        by=by,
    )
    told = {"organisation": by.organisation.slug, "content_sha256": content_sha256}
    record(ComplaintEvent.VERSION_APPROVED, subject=given, by=by, private=None, **told)
    return given


def refuse_unless_asked(complaint: Complaint, by: Membership) -> None:
    """Let approve only a designated joint body. Raises: ActRefusedError."""
    if not is_asked(complaint, by):
        raise ActRefusedError(
            f"{by.organisation.name} is not asked to approve. The lead body declares when it "
            "submits, and a co-submitter that is not designated today has no say on it."
        )
