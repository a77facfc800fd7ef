"""Who may do what: roles, actions, scopes and the one matrix that joins them.

An action is `resource:act`, and the list is alphabetical and of the whole house, since a matrix is
useful only whole. What a row does not name is `Scope.NONE`. The matrix says whether a role may; a
grant or a membership says which rows that means. Which roles there are at which kind of
organisation is the second table, `ROLES_AT`.
"""

from enum import Enum, StrEnum

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What sort of organisation one is."""

    AUTHORITY = "authority", "Deciding authority"
    DESIGNATED_BODY = "designated_body", "Designated body"
    FORCE = "force", "Police force"
    POLICING_BODY = "policing_body", "Local policing body"
    GOVERNMENT = "government", "Government department"
    ASSOCIATION = "association", "Association of forces or policing bodies"
    OTHER = "other", "Other organisation"


class Role(TextChoices):
    """What a person does at an organisation."""

    SUBMITTER = "submitter", "Submitter"
    BODY_APPROVER = "body_approver", "Body approver"
    BODY_REVIEWER = "body_reviewer", "Body reviewer"
    INTAKE_OFFICER = "intake_officer", "Intake officer"
    INVESTIGATOR = "investigator", "Investigator"
    LEAD_INVESTIGATOR = "lead_investigator", "Lead investigator"
    DECISION_MAKER = "decision_maker", "Authority decision-maker"
    LEGAL_ADVISER = "legal_adviser", "Legal adviser"
    PRESS_OFFICER = "press_officer", "Press officer"
    RESPONDER = "responder", "Responder"
    RESPONSE_APPROVER = "response_approver", "Response approver"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


_OF_BODIES = frozenset({Role.SUBMITTER, Role.BODY_APPROVER, Role.BODY_REVIEWER})
_OF_ADDRESSEES = frozenset({Role.RESPONDER, Role.RESPONSE_APPROVER})

# A body sees of its case only what was sent to it, so nobody there works on cases or audits them;
# anybody may be asked for an answer. A body that is not designated may join a super-complaint. The
# trigger of migration 0006 says the same, and a test compares.
ROLES_AT: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.AUTHORITY: frozenset(Role) - _OF_BODIES,
    OrganisationKind.DESIGNATED_BODY: _OF_BODIES | _OF_ADDRESSEES,
    OrganisationKind.FORCE: _OF_ADDRESSEES,
    OrganisationKind.POLICING_BODY: _OF_ADDRESSEES,
    OrganisationKind.GOVERNMENT: _OF_ADDRESSEES,
    OrganisationKind.ASSOCIATION: _OF_ADDRESSEES,
    OrganisationKind.OTHER: _OF_BODIES | _OF_ADDRESSEES,
}


# Those who sign in with a password and TOTP or a passkey; all others with a mailed code.
SECOND_FACTOR_ROLES = frozenset(
    {
        Role.BODY_APPROVER,
        Role.INTAKE_OFFICER,
        Role.INVESTIGATOR,
        Role.LEAD_INVESTIGATOR,
        Role.DECISION_MAKER,
        Role.LEGAL_ADVISER,
        Role.PRESS_OFFICER,
        Role.RESPONSE_APPROVER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


class Scope(Enum):
    """Which rows an allowed action reaches."""

    ALL = "all"
    OWN_ORGANISATION = "own organisation"
    DECIDED = "decided by its organisation"
    LED = "led by its organisation"
    ADDRESSED = "addressed to it"
    ASSIGNED = "assigned cases"
    PUBLISHED = "published"
    NONE = "none"


class Action(StrEnum):
    """Everything that can be done in the house, alphabetically."""

    ACTION_DRAFT = "action:draft"
    ANNOUNCEMENT_SEAL = "announcement:seal"
    COMPLAINT_ACKNOWLEDGE = "complaint:acknowledge"
    COMPLAINT_APPROVE = "complaint:approve"
    COMPLAINT_ASK_WITHDRAWAL = "complaint:ask_withdrawal"
    COMPLAINT_CLOSE = "complaint:close"
    COMPLAINT_CONFIRM = "complaint:confirm"
    COMPLAINT_DELETE = "complaint:delete"
    COMPLAINT_DRAFT = "complaint:draft"
    COMPLAINT_INVITE = "complaint:invite"
    COMPLAINT_READ = "complaint:read"
    COMPLAINT_READ_DRAFT = "complaint:read_draft"
    COMPLAINT_REGISTER = "complaint:register"
    COMPLAINT_SUBMIT = "complaint:submit"
    COMPLAINT_TRACK = "complaint:track"
    COMPLAINT_WITHDRAW = "complaint:withdraw"
    CONTACT_WRITE = "contact:write"
    CORRESPONDENCE_WRITE = "correspondence:write"
    DEADLINE_ADMINISTER = "deadline:administer"
    ELIGIBILITY_DECIDE = "eligibility:decide"
    ELIGIBILITY_RECORD_VIEW = "eligibility:record_view"
    EMBARGOED_COPY_OPEN = "embargoed_copy:open"
    EVIDENCE_CORRECT = "evidence:correct"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_REGISTER = "evidence:register"
    EXCLUSION_DECIDE = "exclusion:decide"
    FILE_OPEN_UNCHECKED = "file:open_unchecked"
    FINDING_AGREE = "finding:agree"
    FINDING_DRAFT = "finding:draft"
    FINDING_READ = "finding:read"
    INVESTIGATION_OPEN = "investigation:open"
    INVITATION_ANSWER = "invitation:answer"
    LETTER_REMAKE = "letter:remake"
    LINE_ADD = "line:add"
    OBLIGATION_CLOSE = "obligation:close"
    OBLIGATION_READ = "obligation:read"
    PEOPLE_ADMINISTER = "people:administer"
    PROGRESS_REPORT_SEND = "progress_report:send"
    PROGRESS_REPORT_WRITE = "progress_report:write"
    RECOMMENDATION_DRAFT = "recommendation:draft"
    RECOMMENDATION_READ = "recommendation:read"
    RECORD_READ = "record:read"
    RELEASE_APPROVE = "release:approve"
    RELEASE_CORRECT = "release:correct"
    RELEASE_HOLD = "release:hold"
    RELEASE_LIFT = "release:lift"
    RELEASE_PREPARE = "release:prepare"
    RELEASE_READ = "release:read"
    RELEASE_SEND_TO_BODY = "release:send_to_body"
    RELEASE_SUSPEND = "release:suspend"
    REPORT_DRAFT = "report:draft"
    REPORT_READ = "report:read"
    REPORT_SEAL = "report:seal"
    REPORT_SEND_BACK = "report:send_back"
    REPORT_SIGN_OFF = "report:sign_off"
    RESPONSE_APPROVE = "response:approve"
    RESPONSE_DRAFT = "response:draft"
    RESPONSE_PUBLISH = "response:publish"
    RESPONSE_READ = "response:read"
    RESPONSE_SUBMIT = "response:submit"
    TEAM_CHANGE = "team:change"
    WALL_RAISE = "wall:raise"


# What approves, releases or grants: done only by whoever showed within minutes who they are.
FRESH_SIGN_IN_ACTIONS = frozenset(
    {
        Action.RELEASE_APPROVE,
        Action.RELEASE_CORRECT,
        Action.RELEASE_LIFT,
        Action.REPORT_SIGN_OFF,
        Action.RESPONSE_APPROVE,
        Action.TEAM_CHANGE,
        Action.WALL_RAISE,
    }
)

_READS_CASES = (
    Action.COMPLAINT_READ,
    Action.EVIDENCE_READ,
    Action.FINDING_READ,
    Action.RECOMMENDATION_READ,
    Action.REPORT_READ,
    Action.RELEASE_READ,
)

_WRITES_COMPLAINTS = (
    Action.COMPLAINT_DRAFT,
    Action.COMPLAINT_READ_DRAFT,
    Action.COMPLAINT_TRACK,
    Action.CONTACT_WRITE,
    Action.CORRESPONDENCE_WRITE,
    Action.EMBARGOED_COPY_OPEN,
    Action.INVITATION_ANSWER,
    Action.LETTER_REMAKE,
)


def _all(scope: Scope, *actions: Action) -> dict[Action, Scope]:
    """The same scope for several actions."""
    return dict.fromkeys(actions, scope)


MATRIX: dict[Role, dict[Action, Scope]] = {
    Role.SUBMITTER: _all(Scope.OWN_ORGANISATION, *_WRITES_COMPLAINTS)
    | _all(Scope.LED, Action.COMPLAINT_DELETE, Action.COMPLAINT_INVITE),
    Role.BODY_APPROVER: _all(
        Scope.OWN_ORGANISATION,
        *_WRITES_COMPLAINTS,
        Action.COMPLAINT_APPROVE,
        Action.COMPLAINT_ASK_WITHDRAWAL,
    )
    | _all(
        Scope.LED,
        Action.COMPLAINT_CONFIRM,
        Action.COMPLAINT_DELETE,
        Action.COMPLAINT_INVITE,
        Action.COMPLAINT_SUBMIT,
    ),
    Role.BODY_REVIEWER: _all(
        Scope.OWN_ORGANISATION,
        Action.COMPLAINT_READ_DRAFT,
        Action.COMPLAINT_TRACK,
    ),
    Role.INTAKE_OFFICER: _all(
        Scope.DECIDED,
        Action.COMPLAINT_ACKNOWLEDGE,
        Action.COMPLAINT_READ,
        Action.COMPLAINT_REGISTER,
        Action.COMPLAINT_WITHDRAW,
        Action.CONTACT_WRITE,
        Action.CORRESPONDENCE_WRITE,
        Action.FILE_OPEN_UNCHECKED,
        Action.LETTER_REMAKE,
    ),
    Role.INVESTIGATOR: _all(
        Scope.ASSIGNED,
        *_READS_CASES,
        Action.ACTION_DRAFT,
        Action.EVIDENCE_CORRECT,
        Action.EVIDENCE_REGISTER,
        Action.FINDING_DRAFT,
        Action.LINE_ADD,
        Action.OBLIGATION_READ,
        Action.PROGRESS_REPORT_WRITE,
        Action.RECOMMENDATION_DRAFT,
        Action.REPORT_DRAFT,
        Action.RESPONSE_READ,
    ),
    Role.LEAD_INVESTIGATOR: _all(
        Scope.ASSIGNED,
        *_READS_CASES,
        Action.ACTION_DRAFT,
        Action.ANNOUNCEMENT_SEAL,
        Action.COMPLAINT_CLOSE,
        Action.CORRESPONDENCE_WRITE,
        Action.EVIDENCE_CORRECT,
        Action.EVIDENCE_REGISTER,
        Action.FILE_OPEN_UNCHECKED,
        Action.FINDING_DRAFT,
        Action.LETTER_REMAKE,
        Action.LINE_ADD,
        Action.OBLIGATION_CLOSE,
        Action.OBLIGATION_READ,
        Action.PROGRESS_REPORT_SEND,
        Action.PROGRESS_REPORT_WRITE,
        Action.RECOMMENDATION_DRAFT,
        Action.RELEASE_PREPARE,
        Action.REPORT_DRAFT,
        Action.REPORT_SEAL,
        Action.REPORT_SEND_BACK,
        Action.RESPONSE_PUBLISH,
        Action.RESPONSE_READ,
        Action.TEAM_CHANGE,
    ),
    Role.DECISION_MAKER: _all(
        Scope.DECIDED,
        *_READS_CASES,
        Action.ANNOUNCEMENT_SEAL,
        Action.COMPLAINT_WITHDRAW,
        Action.ELIGIBILITY_DECIDE,
        Action.ELIGIBILITY_RECORD_VIEW,
        Action.EXCLUSION_DECIDE,
        Action.FILE_OPEN_UNCHECKED,
        Action.FINDING_AGREE,
        Action.INVESTIGATION_OPEN,
        Action.LETTER_REMAKE,
        Action.OBLIGATION_READ,
        Action.RELEASE_APPROVE,
        Action.RELEASE_CORRECT,
        Action.RELEASE_HOLD,
        Action.RELEASE_LIFT,
        Action.RELEASE_SUSPEND,
        Action.REPORT_SEND_BACK,
        Action.REPORT_SIGN_OFF,
        Action.RESPONSE_READ,
        Action.TEAM_CHANGE,
    ),
    Role.LEGAL_ADVISER: _all(
        Scope.ASSIGNED,
        *_READS_CASES,
        Action.OBLIGATION_READ,
        Action.RESPONSE_READ,
    ),
    Role.PRESS_OFFICER: _all(
        Scope.ASSIGNED,
        Action.ANNOUNCEMENT_SEAL,
        Action.COMPLAINT_READ,
        Action.RECOMMENDATION_READ,
        Action.RELEASE_APPROVE,
        Action.RELEASE_CORRECT,
        Action.RELEASE_HOLD,
        Action.RELEASE_LIFT,
        Action.RELEASE_PREPARE,
        Action.RELEASE_READ,
        Action.RELEASE_SEND_TO_BODY,
        Action.RELEASE_SUSPEND,
        Action.REPORT_READ,
    ),
    Role.RESPONDER: _all(
        Scope.ADDRESSED,
        Action.OBLIGATION_READ,
        Action.RESPONSE_DRAFT,
        Action.RESPONSE_READ,
    ),
    Role.RESPONSE_APPROVER: _all(
        Scope.ADDRESSED,
        Action.OBLIGATION_READ,
        Action.RESPONSE_APPROVE,
        Action.RESPONSE_DRAFT,
        Action.RESPONSE_READ,
        Action.RESPONSE_SUBMIT,
    ),
    Role.AUDITOR: _all(
        Scope.DECIDED,
        Action.COMPLAINT_READ,
        Action.RECORD_READ,
    ),
    Role.ADMINISTRATOR: _all(
        Scope.ALL,
        Action.DEADLINE_ADMINISTER,
        Action.PEOPLE_ADMINISTER,
        Action.WALL_RAISE,
    ),
}
