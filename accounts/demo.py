"""The demo's people: one account for each role, at fictional bodies and at the real authorities.

Nothing here works unless `settings.DEMO` is on. The names are offices with a number, never people.
"""

from dataclasses import dataclass

from accounts.models import Organisation
from accounts.roles import Role

Kind = Organisation.Kind

BODY = "open-door-network"
JOINT_BODY = "kingfisher-trust"
FORCE = "northmere"
SERVICE_BODY = "lantern-project"
SERVICE_FORCE = "harbour-provost"

PLACES = {
    BODY: "Open Door",
    JOINT_BODY: "Kingfisher",
    FORCE: "Northmere",
    "hmicfrs": "HMICFRS",
    "iopc": "IOPC",
    "college": "College of Policing",
    "spcc": "SPCC",
    SERVICE_BODY: "Lantern",
}


@dataclass(frozen=True)
class DemoOrganisation:
    """A fictional organisation, marked as such on each page."""

    slug: str
    name: str
    short_name: str
    kind: Organisation.Kind


@dataclass(frozen=True)
class DemoAccount:
    """One click on the sign-in page: a role at an organisation."""

    key: str
    role: Role
    name: str
    organisation: str

    @property
    def place(self) -> str:
        """The organisation in a word, for the button."""
        return PLACES[self.organisation]

    @property
    def email(self) -> str:
        """An address that belongs to nobody."""
        return f"{self.key}@demo.example.invalid"


DEMO_ORGANISATIONS = (
    DemoOrganisation(BODY, "Open Door Network (fictional)", "Open Door", Kind.DESIGNATED_BODY),
    DemoOrganisation(
        JOINT_BODY, "Kingfisher Trust (fictional)", "Kingfisher", Kind.DESIGNATED_BODY
    ),
    DemoOrganisation(
        SERVICE_BODY, "The Lantern Project (fictional)", "Lantern", Kind.DESIGNATED_BODY
    ),
    DemoOrganisation(FORCE, "Northmere Police (fictional)", "Northmere", Kind.FORCE),
    DemoOrganisation(SERVICE_FORCE, "Harbour Provost (fictional)", "Harbour", Kind.FORCE),
    DemoOrganisation("eastholm", "Eastholm Constabulary (fictional)", "Eastholm", Kind.FORCE),
    DemoOrganisation(
        "policing-body-northmere",
        "Police and Crime Commissioner for Northmere (fictional)",
        "Northmere PCC",
        Kind.POLICING_BODY,
    ),
)

DEMO_ACCOUNTS = (
    DemoAccount("submitter", Role.SUBMITTER, "Submitter 1", BODY),
    DemoAccount("body-approver", Role.BODY_APPROVER, "Body approver 1", BODY),
    DemoAccount("body-reviewer", Role.BODY_REVIEWER, "Body reviewer 1", BODY),
    DemoAccount("service-body-approver", Role.BODY_APPROVER, "Body approver 2", SERVICE_BODY),
    DemoAccount("joint-body-approver", Role.BODY_APPROVER, "Body approver 3", JOINT_BODY),
    DemoAccount("intake-officer", Role.INTAKE_OFFICER, "Intake officer 1", "hmicfrs"),
    DemoAccount("investigator", Role.INVESTIGATOR, "Investigator 1", "hmicfrs"),
    DemoAccount("lead-investigator", Role.LEAD_INVESTIGATOR, "Lead investigator 1", "hmicfrs"),
    DemoAccount("decision-maker-hmicfrs", Role.DECISION_MAKER, "Decision-maker 1", "hmicfrs"),
    DemoAccount("decision-maker-iopc", Role.DECISION_MAKER, "Decision-maker 2", "iopc"),
    DemoAccount("decision-maker-college", Role.DECISION_MAKER, "Decision-maker 3", "college"),
    DemoAccount("decision-maker-spcc", Role.DECISION_MAKER, "Decision-maker 4", "spcc"),
    DemoAccount("legal-adviser", Role.LEGAL_ADVISER, "Legal adviser 1", "hmicfrs"),
    DemoAccount("press-officer", Role.PRESS_OFFICER, "Press officer 1", "hmicfrs"),
    DemoAccount("second-press-officer", Role.PRESS_OFFICER, "Press officer 2", "hmicfrs"),
    DemoAccount("responder", Role.RESPONDER, "Responder 1", FORCE),
    DemoAccount("response-approver", Role.RESPONSE_APPROVER, "Response approver 1", FORCE),
    DemoAccount("auditor", Role.AUDITOR, "Auditor 1", "hmicfrs"),
    DemoAccount("administrator", Role.ADMINISTRATOR, "Administrator 1", "hmicfrs"),
    DemoAccount("second-administrator", Role.ADMINISTRATOR, "Administrator 2", "hmicfrs"),
)

BY_KEY = {account.key: account for account in DEMO_ACCOUNTS}
