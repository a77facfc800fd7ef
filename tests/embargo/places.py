"""What each place of an address names, of one case: its rows, its marks and its words.

A place is known by the pattern up to its end, so that all that lies below a row shares its entry:
a number is asked for where it can name something, and nowhere else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from accounts.models import Wall
from complaints.models import (
    Complaint,
    Conversation,
    JointInvitation,
    Letter,
    MessageFile,
    PartRequest,
    SupportingDocument,
    VersionApproval,
)
from complaints.parts import BY_NAME
from complaints.views.to_send import EVIDENCE, MESSAGE, answer_place
from deadlines.models import Deadline
from deadlines.rules import RULES
from documents.models import RenderedDocument, StoredFile, UploadInPieces
from investigations.models import (
    EvidenceItem,
    Finding,
    LineOfEnquiry,
    ProgressReport,
    TeamMember,
)
from publication.models import (
    EmbargoedCopy,
    Opinion,
    Release,
    ReleaseFile,
    ReleaseHold,
    ReportSection,
    Suspension,
)
from publication.views.preview import PAGES
from recommendations.models import Obligation, OwnAction, Recommendation, Response
from tests.embargo.addresses import routes

Named = Callable[[Complaint], Iterable[Any]]
Addresses = Mapping[str, Sequence[str]]
# A number that names nothing is asked for beside those that do.
NOTHINGS = 999_999


def column(model: type[Model], to_case: str, name: str, case: Complaint) -> list[Any]:
    """One column of the rows of a case, which some rows know by its permanent key alone."""
    sought = {to_case: case.key if to_case.endswith("case_key") else case}
    return list(model._default_manager.filter(**sought).values_list(name, flat=True))


def rows(model: type[Model], to_case: str) -> Named:
    """The numbers of a case's rows."""
    return lambda case: [*column(model, to_case, "pk", case), NOTHINGS]


def marks(model: type[Model], to_case: str, name: str = "number") -> Named:
    """What the rows of a case are called in addresses, where that is no number of the database.

    Where the case has no such row, its first is asked for in vain.
    """
    first = 1 if name in {"number", "order", "edition_number"} else "nothing-there"
    return lambda case: column(model, to_case, name, case) or [first]


def on_the_team(name: str) -> Named:
    """The numbers of the people of the case's team."""
    return lambda case: [*column(TeamMember, "investigation__complaint", name, case), NOTHINGS]


def words(*said: str) -> Named:
    """The same words for every case."""
    return lambda _case: said


def reference(case: Complaint) -> list[str]:
    """The reference of the case; a draft has none, and is known by its key alone."""
    return [case.reference or case.key]


def key(case: Complaint) -> list[str]:
    """The permanent key of the case."""
    return [case.key]


def forms_with_files(case: Complaint) -> list[str]:
    """The forms of a case that files are brought to before they are sent."""
    asked = column(PartRequest, "complaint", "pk", case)
    return [MESSAGE, EVIDENCE, *map(answer_place, asked), "nothing-there"]


def others(case: Complaint) -> list[str]:
    """The references of the other cases, with which it is compared."""
    rest = Complaint.objects.exclude(pk=case.pk).exclude(reference="")
    return [*rest.values_list("reference", flat=True), "SC-2026-xyz"]


def conversations(case: Complaint) -> list[int]:
    """What the body and the authorities said to each other before; it enters no case."""
    talks = Conversation.objects.filter(body=case.lead_body)
    return [*talks.values_list("pk", flat=True), NOTHINGS]


def no_row_of_a_case(_case: Complaint) -> list[int]:
    """An account's own row: it belongs to no case."""
    return [1, NOTHINGS]


CASE = "casework/cases/<str:reference>"
DESK = "casework/publish/<str:reference>"
OWN = "portal/complaints/<str:reference>"
DRAFT = "portal/drafts/<str:key>"
REPORT = "reports/<slug:slug>"
TO_SEND = "to-send/<str:reference>"

OF_THE_COMPLAINT: Mapping[str, Named] = {
    CASE: reference,
    OWN: reference,
    DRAFT: key,
    "letters/<str:reference>": reference,
    "letters/<str:reference>/<int:pk>": rows(Letter, "complaint"),
    f"{CASE}/letters/<int:pk>": rows(Letter, "complaint"),
    f"{CASE}/files/<int:pk>": rows(SupportingDocument, "complaint"),
    f"{CASE}/unchecked/<int:pk>": rows(StoredFile, "case_key"),
    f"{CASE}/correspondence/files/<int:pk>": rows(MessageFile, "message__complaint"),
    f"{CASE}/eligibility/earlier/<str:other>": others,
    f"{OWN}/documents/<veiled:pk>": rows(Letter, "complaint"),
    f"{OWN}/files/<veiled:pk>": rows(SupportingDocument, "complaint"),
    f"{OWN}/messages/files/<veiled:pk>": rows(MessageFile, "message__complaint"),
    f"{OWN}/asked/<veiled:pk>": rows(PartRequest, "complaint"),
    f"{DRAFT}/files/<veiled:pk>": rows(SupportingDocument, "complaint"),
    f"{DRAFT}/evidence/<veiled:pk>": rows(SupportingDocument, "complaint"),
    f"{DRAFT}/changes/<veiled:pk>": rows(VersionApproval, "complaint"),
    f"{DRAFT}/joint/<veiled:pk>": rows(JointInvitation, "complaint"),
    f"{DRAFT}/uploads/<str:token>": marks(UploadInPieces, "case_key", "token"),
    f"{DRAFT}/<slug:name>": words(*BY_NAME),
    TO_SEND: reference,
    f"{TO_SEND}/<slug:place>": forms_with_files,
    f"{TO_SEND}/<slug:place>/<str:token>": marks(UploadInPieces, "case_key", "token"),
    "portal/invitations/<veiled:pk>": rows(JointInvitation, "complaint"),
    "portal/conversations/<veiled:pk>": conversations,
    "casework/intake/conversations/<int:pk>": conversations,
    "documents/<veiled:pk>": rows(RenderedDocument, "case_key"),
    "casework/deadlines/<int:pk>": rows(Deadline, "case_key"),
}
OF_THE_INVESTIGATION: Mapping[str, Named] = {
    f"{CASE}/team/<int:pk>": on_the_team("membership"),
    f"{CASE}/evidence/<evidence_mark:number>": marks(EvidenceItem, "investigation__complaint"),
    f"{CASE}/findings/<finding_mark:number>": marks(Finding, "investigation__complaint"),
    f"{CASE}/lines/<line_mark:number>": marks(LineOfEnquiry, "investigation__complaint"),
    f"{CASE}/findings/<finding_mark:number>/unlink/<evidence_mark:evidence>": marks(
        EvidenceItem, "investigation__complaint"
    ),
    f"{CASE}/progress-reports/<int:number>": marks(ProgressReport, "investigation__complaint"),
    f"{CASE}/recommendations/<recommendation_mark:number>": marks(
        Recommendation, "complaint", "order"
    ),
    f"{CASE}/actions/<int:number>": marks(OwnAction, "complaint", "order"),
    f"{CASE}/answers/<veiled:pk>": rows(Obligation, "recommendation__complaint"),
    "respond/<veiled:pk>": rows(Obligation, "recommendation__complaint"),
}
OF_THE_REPORT: Mapping[str, Named] = {
    DESK: reference,
    REPORT: marks(Release, "complaint", "slug"),
    "news/<slug:slug>": marks(Release, "complaint", "slug"),
    "super-complaints/<str:reference>": reference,
    f"{CASE}/report/sections/<slug:key>": marks(ReportSection, "report__complaint", "key"),
    f"{CASE}/report/opinion/<int:pk>": rows(Opinion, "report__complaint"),
    f"{DESK}/hold/<int:pk>": rows(ReleaseHold, "release__complaint"),
    f"{DESK}/suspend/<int:pk>": rows(Suspension, "release__complaint"),
    f"{DESK}/announcement/hold/<int:pk>": rows(ReleaseHold, "release__complaint"),
    f"{DESK}/announcement/suspend/<int:pk>": rows(Suspension, "release__complaint"),
    f"{DESK}/copies/<int:pk>": rows(EmbargoedCopy, "release__complaint"),
    f"{DESK}/responses/<int:pk>": rows(Response, "obligation__recommendation__complaint"),
    f"{DESK}/preview/<slug:what>": words(*PAGES),
    f"{DESK}/preview/files/<path:path>": marks(ReleaseFile, "release__complaint", "path"),
    f"{REPORT}/files/<path:path>": marks(ReleaseFile, "release__complaint", "path"),
    f"{REPORT}/editions/<int:edition_number>/files/<path:path>": marks(
        ReleaseFile, "release__complaint", "path"
    ),
    f"{REPORT}/editions/<int:edition_number>": marks(Release, "complaint", "edition_number"),
}
OF_PEOPLE: Mapping[str, Named] = {
    "people/<int:pk>": on_the_team("membership__user"),
    "people/memberships/<int:pk>": on_the_team("membership"),
    "people/walls/<int:pk>": rows(Wall, "case_key"),
    "people/invitations/<int:pk>": no_row_of_a_case,
    "people/resets/<int:pk>": no_row_of_a_case,
    "account/second-factor/passkeys/<int:pk>": no_row_of_a_case,
    "invitation/<str:token>": words("nothing-there"),
    "subscribe/confirm/<str:token>": words("nothing-there"),
    "subscribe/stop/<str:token>": words("nothing-there"),
    "sign-in/demo/<slug:key>": words("nothing-there"),
    "administration/holidays/<int:pk>": no_row_of_a_case,
    "administration/periods/<slug:regime>": words("police"),
    "administration/periods/<slug:regime>/<slug:code>": words(*sorted({r.code for r in RULES})),
}
PLACES = {**OF_THE_COMPLAINT, **OF_THE_INVESTIGATION, **OF_THE_REPORT, **OF_PEOPLE}


def addresses_of(case: Complaint) -> Addresses:
    """Every address that names something of a case, and those that name nothing, by pattern."""
    named = {place: list(dict.fromkeys(named(case))) for place, named in PLACES.items()}
    return {
        route.pattern: list(
            route.addresses({name: named[place] for name, place in route.places().items()})
        )
        for route in routes()
    }
