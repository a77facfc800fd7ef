"""What whoever reviews at a body reads: its drafts as they stand, and who there may do what."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import acting, requires, scopes
from accounts.models import Membership
from accounts.roles import MATRIX, Action, Role
from complaints.parts import missing_parts
from complaints.views.drafts import find_draft
from complaints.views.tasks import answers

BODY_ROLES = (Role.SUBMITTER, Role.BODY_APPROVER, Role.BODY_REVIEWER)
# In words each action that a role of a body has; what several make together is led by one of them.
IN_WORDS: dict[Action, str] = {
    Action.COMPLAINT_READ_DRAFT: "read drafts with their files",
    Action.COMPLAINT_TRACK: "follow what was submitted: where it stands, letters and messages",
    Action.COMPLAINT_DRAFT: "start drafts, change them and add evidence",
    Action.COMPLAINT_DELETE: "delete a draft that yours leads, and restore it",
    Action.COMPLAINT_INVITE: "invite another body to make one together, where yours leads it",
    Action.INVITATION_ANSWER: "answer such an invitation",
    Action.CONTACT_WRITE: "talk to us before you submit",
    Action.COMPLAINT_APPROVE: "approve a version that several bodies make together",
    Action.COMPLAINT_SUBMIT: "submit to us, where your organisation leads it",
    Action.COMPLAINT_CONFIRM: "say whether one we registered from a letter is yours, where your "
    "organisation leads it",
    Action.CORRESPONDENCE_WRITE: "write to us, answer what we ask and send further evidence",
    Action.LETTER_REMAKE: "have the PDF of a letter made again",
    Action.COMPLAINT_ASK_WITHDRAWAL: "ask to withdraw a super-complaint",
    Action.EMBARGOED_COPY_OPEN: "open a copy of a report that is under embargo",
}


@requires(Action.COMPLAINT_READ_DRAFT)
def read_draft(request: HttpRequest, key: str) -> HttpResponse:
    """A draft as it stands, to read and not to change."""
    complaint = find_draft(request, key, Action.COMPLAINT_READ_DRAFT)
    documents = complaint.supporting_documents.select_related("file").exclude(file=None)
    page = {
        "complaint": complaint,
        "answers": [replace(answer, href="") for answer in answers(complaint)],
        "missing": missing_parts(complaint),
        "documents": documents,
        "writes": bool(scopes(acting(request), Action.COMPLAINT_DRAFT)),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/read_draft.html", page)


@requires(Action.COMPLAINT_TRACK)
def people(request: HttpRequest) -> HttpResponse:
    """The people of one's organisation, and what each role there may do."""
    colleagues = colleagues_of(acting(request))
    page = {
        "roles": [
            {
                "name": role.label,
                "may": [words for action, words in IN_WORDS.items() if action in MATRIX[role]],
                "people": [one for one in colleagues if role in one.roles],
            }
            for role in BODY_ROLES
        ],
        "nav_current": "people",
    }
    return render(request, "complaints/portal/people.html", page)


def colleagues_of(by: Membership) -> QuerySet[Membership]:
    """Everybody who acts for the same organisation today, by name."""
    standing = Membership.objects.current().filter(organisation=by.organisation_id)
    return standing.select_related("user").order_by("user__name")
