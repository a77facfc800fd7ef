"""Two bodies make one super-complaint: journey J1, with and without JavaScript.

The lead body begins a draft, writes its parts, adds twelve files and invites; its browser is closed
in the middle of a part and finds it again; the other body accepts, edits and approves; a sentence
is changed, so the approval is void and both texts are shown; it is approved again, declared and
submitted. Clicks and choices are counted.
"""

import re
from hashlib import sha256

import pytest
from playwright.sync_api import FilePayload, expect

from accounts.models import Membership
from audit.models import AuditEntry
from complaints.events import ComplaintEvent as Event
from complaints.models import Complaint
from complaints.states import CaseStatus
from documents.printed import thawed
from notifications.models import Message
from tests.builders.accounts import organisation
from tests.builders.complaints import HARM, SIGNATORY
from tests.builders.joint import an_approver
from tests.cast import play
from tests.fixtures.browser import BrowseAs
from tests.journeys.test_intake import WithoutScripts
from tests.journeys.walker import PATIENCE_MS, Counted, Person, Walker

pytestmark = pytest.mark.timeout(300)

TITLE = "Searches of children"
FILES, MOST_ACTIONS = 12, 70
SAVED_AT = r"^Saved \d\d:\d\d$"
ADDED = HARM + " We asked 12 forces for their policies, and two have answered."
CHANGED = ADDED.replace("two have", "three have")
QUESTION = "Why is it significantly harming"
HARM_TASK, JOINT_TASK = "Why it is significantly harming", "Bodies that make it together"


def at_a_browser(browse_as: BrowseAs, member: Membership, *, scripts: bool) -> Counted:
    """Somebody at a browser of their own."""
    kind = Walker if scripts else WithoutScripts
    page = browse_as(member, scripts=scripts)
    page.set_default_timeout(PATIENCE_MS)
    return Counted(page, kind(browse_as).look)


def account(number: int) -> bytes:
    """What lies in one of the files."""
    return f"Account {number}: what was seen and heard.".encode()


def told(member: Membership) -> list[str]:
    """What somebody was written, the latest first."""
    return [one.body for one in Message.objects.filter(recipient=member).order_by("-pk")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_bodies_submit_jointly_what_both_have_approved(
    browse_as: BrowseAs, scripts: bool, request: pytest.FixtureRequest
) -> None:
    if scripts:  # Then files come in pieces, and the worker takes them in.
        request.getfixturevalue("worker")
    approver = an_approver("hestia")
    begins = at_a_browser(browse_as, play("submitter"), scripts=scripts)
    leads = at_a_browser(browse_as, play("body_approver"), scripts=scripts)
    joins = at_a_browser(browse_as, approver, scripts=scripts)

    draft = begun(begins)
    writes = closed_in_the_middle_and_found_again(begins, browse_as, scripts=scripts)
    evidenced(writes)
    invited_and_joined(writes, joins, approver)
    edited_and_approved(joins)
    task_list = f"/portal/drafts/{draft.key}"
    changed_so_that_the_approval_is_void(writes, task_list, approver)
    not_submitted_yet(leads, task_list)
    approved_anew(joins, task_list)
    reference = submitted_once(leads, task_list)
    followed_by_both(writes, joins, reference)
    as_it_is_stored(draft)
    actions = [*begins.actions, *writes.actions, *leads.actions, *joins.actions]
    assert len(actions) <= MOST_ACTIONS, f"{len(actions)}: {actions}"


def begun(writes: Person) -> Complaint:
    """A draft is begun from the portal, and its first parts are written."""
    writes.open("/portal/").go("Start a draft").fill("Title of the super-complaint", TITLE)
    writes.press("Start a draft").go("Contact person")
    writes.fill("Name of the contact person", "Contact 1")
    writes.fill("E-mail address", "contact@example.invalid")
    writes.choose("Yes").press("Save and continue")
    writes.go("The feature or features").fill("Feature 1", "Searches of homes are not recorded.")
    writes.choose("Yes").press("Save and continue")
    writes.go("Which forces").choose("All forces").choose("Yes").press("Save and continue")
    return Complaint.objects.get(title=TITLE)


def closed_in_the_middle_and_found_again(
    writes: Person, browse_as: BrowseAs, *, scripts: bool
) -> Counted:
    """A part is left in the middle; at another browser every word of it is there."""
    writes.go(HARM_TASK).fill(QUESTION, HARM)
    if scripts:
        expect(writes.page.locator("[data-autosave-saved]")).to_contain_text("Saved")
        expect(writes.page.locator("[data-autosave-saved]")).to_have_text(re.compile(SAVED_AT))
    else:
        writes.choose("No, I will come back").press("Save and continue")
    writes.page.context.close()
    again = at_a_browser(browse_as, play("submitter"), scripts=scripts)
    again.open("/portal/").follow(TITLE).go(HARM_TASK)
    assert again.page.get_by_label(QUESTION).first.input_value() == HARM
    again.choose("Yes").press("Save and continue")
    return again


def evidenced(writes: Person) -> None:
    """Twelve files are added at once, and each says what it shows."""
    writes.go("The evidence you rely on")
    files = [
        FilePayload(name=f"tŷ-{number}.txt", mimeType="text/plain", buffer=account(number))
        for number in range(FILES)
    ]
    writes.page.get_by_label("Choose files").set_input_files(files)
    writes.press("Add files")
    expect(writes.page.get_by_role("heading", name=f"Your evidence: {FILES} of")).to_be_visible(
        timeout=PATIENCE_MS
    )
    writes.go("Answer the next open question")
    for number in range(FILES):
        writes.fill("What does it show", f"What was said, {number}.")
        last = number == FILES - 1
        writes.press("Save and continue" if last else "Save and go to the next open question")
    writes.reads("You can submit once each says what it shows.")
    writes.choose("Yes").press("Save and continue")


def invited_and_joined(writes: Person, joins: Person, approver: Membership) -> None:
    """An invitation is sent from the task list, and accepted from the other body's home page."""
    writes.follow(JOINT_TASK)
    writes.pick("Which organisation do you invite?", "Hestia").press("Send invitation")
    writes.reads("Hestia is invited.").reads("Invited")
    assert "is invited to make a super-complaint jointly" in told(approver)[0]
    joins.open("/portal/").reads("invites your organisation").follow("Answer the invitation")
    joins.reads(TITLE).press("Accept")
    joins.reads("Draft super-complaint").reads("by Submitter of CWJ")


def edited_and_approved(joins: Person) -> None:
    """The joint body adds a sentence, reads all that the draft says, and approves it."""
    joins.follow(HARM_TASK).fill(QUESTION, ADDED).press("Save and continue")
    joins.follow(JOINT_TASK).reads("Has not approved").go("Read and approve this version")
    joins.reads(ADDED).press("Approve this version")
    joins.reads("Your approval of this version is recorded.")


def changed_so_that_the_approval_is_void(
    writes: Person, task_list: str, approver: Membership
) -> None:
    """The lead body changes a word; its page says so, and the joint body is told by e-mail."""
    writes.open(task_list).follow(HARM_TASK).reads("Body approver of Hestia had this section open")
    writes.fill(QUESTION, CHANGED).press("Save and continue")
    writes.reads("Waiting for approval").reads("Hestia must approve this version")
    assert "was changed. Your approval is asked for again." in told(approver)[0]


def not_submitted_yet(leads: Person, task_list: str) -> None:
    """The answers name whose approval is missing, and lead to what has changed since."""
    leads.open(task_list).follow("Check your answers")
    leads.follow("Hestia has not approved this version").reads("Approved an earlier version")
    leads.follow("What changed since").reads(ADDED).reads(CHANGED)
    leads.open(f"{task_list}/submit").reads("It can’t be submitted yet.")


def approved_anew(joins: Person, task_list: str) -> None:
    """The joint body reads both texts and approves the version that stands."""
    joins.open(f"{task_list}/approve").reads("As you approved it").reads(ADDED).reads(CHANGED)
    joins.press("Approve this version").reads("Approved this version")


def submitted_once(leads: Person, task_list: str) -> str:
    """The lead body's approver declares and submits; a second try finds the same reference."""
    leads.open(f"{task_list}/check").reads("Hestia approved this version")
    leads.go("Continue to the declaration").reads("together with Hestia").go("Continue")
    leads.fill("Your full name", SIGNATORY.name).fill("Your role", SIGNATORY.role)
    leads.choose("I am authorised").press("Submit super-complaint")
    reference = leads.reads("Super-complaint submitted").reference
    assert leads.open(f"{task_list}/submit").reference == reference
    return reference


def followed_by_both(writes: Person, joins: Person, reference: str) -> None:
    """Both bodies find it on their home page, and who makes it on its tracker."""
    for person in (writes, joins):
        person.open("/portal/").follow(reference)
        person.reads("together with Hestia").reads("Where it stands")


def as_it_is_stored(draft: Complaint) -> None:
    """What is stored: the version approved by both, once, and a receipt with every hash."""
    draft.refresh_from_db()
    assert (draft.status, draft.harm) == (CaseStatus.SUBMITTED, CHANGED)
    approval = draft.approvals.standing().get()
    received = AuditEntry.objects.get(chain=draft.key, event=Event.RECEIVED)
    assert approval.content_sha256 == draft.content_sha256 == received.detail["content_sha256"]
    assert AuditEntry.objects.filter(chain=draft.key, event=Event.APPROVAL_VOIDED).count() == 1
    document = draft.letters.get(kind="receipt").document
    assert document is not None
    stated = thawed(document.context)
    assert stated["joint_bodies"] == [organisation("hestia").name]
    hashes = draft.supporting_documents.values_list("file__sha256", flat=True)
    assert set(hashes) == {sha256(account(number)).hexdigest() for number in range(FILES)}
    assert sorted(each["sha256"] for each in stated["files"]) == sorted(hashes)
