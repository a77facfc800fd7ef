"""Publishing an addressee's response: one person lets it out, since its own approver wrote it."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.roles import Action
from audit.chain import canonical
from clock.london import LONDON, long_date
from publication.models import Release, ReleaseApproval
from publication.models.releases import approvals_needed_for
from publication.published import released_at
from publication.states import ReleaseKind
from recommendations.models import Response
from recommendations.workflow import RESPONSE
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def publish_response(response: Response, *, by: Membership) -> Release:
    """Let the public read a response that its addressee has submitted, as it was submitted.

    Records: response:published.
    Raises: PermissionDenied, TransitionRefusedError; ActRefusedError before the report is public.
    """
    refuse_unless_may(by, Action.RESPONSE_PUBLISH, response)
    RESPONSE.check("publish", response)
    if released_at(response.chain) is None:
        raise ActRefusedError("The report itself is not public, so no response to it is.")
    now = timezone.now()
    release = frozen_response(response, now)
    ReleaseApproval.objects.create(
        release=release, by=by, person=by.user, root_sha256=release.root_sha256, release_at=now
    )
    RESPONSE.apply("publish", response, by=by, root_sha256=release.root_sha256)
    return release


def frozen_response(response: Response, now: datetime) -> Release:
    """The release of a response: its text as it is now, for now."""
    recommendation, addressee = response.obligation.recommendation, response.obligation.addressee
    complaint = recommendation.complaint
    payload: dict[str, Any] = {
        "organisation": addressee.name,
        "recommendation": recommendation.mark,
        "position": response.get_position_display(),
        "branch": response.get_branch_display(),
        "account": response.account,
        "complete_by": long_date(response.complete_by_on),
        "fictional": complaint.fictional,
    }
    place = f"{complaint.reference}-{recommendation.order}-{addressee.slug}-{response.number}"
    return Release.objects.create(
        kind=ReleaseKind.RESPONSE,
        complaint=complaint,
        reference=complaint.reference,
        slug=place.lower()[:100],
        title=_("%(organisation)s on %(recommendation)s")
        % {"organisation": addressee.name, "recommendation": recommendation.mark.lower()},
        payload=payload,
        root_sha256=hashlib.sha256(canonical(payload)).hexdigest(),
        last_editor=response.drafted_by.user,
        approvals_needed=approvals_needed_for(ReleaseKind.RESPONSE, imported=False),
        sealed_at=now,
        release_at=now,
        wall_time=f"{now.astimezone(LONDON):%Y-%m-%d %H:%M}",
    )
