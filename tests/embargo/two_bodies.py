"""Two bodies that know nothing of each other, each with everything a body can have."""

from dataclasses import dataclass
from typing import Self

from accounts.models import Membership
from accounts.roles import Role
from clock.london import london_today
from complaints.models import Complaint
from complaints.services import contact, correspondence, evidence_relied_on, submission
from complaints.services.arriving import TASK, TO_SEND
from complaints.views.to_send import MESSAGE
from documents.services import pieces
from tests.builders import complaints as built
from tests.builders.accounts import a_membership
from tests.builders.joint import an_invitation
from tests.cast import play
from tests.embargo.places import PLACES, key, reference

# Words that each body writes everywhere, and that stand nowhere else.
WORD, OTHER_WORD = "Quillfeather", "Larkspindle"


@dataclass(frozen=True)
class Body:
    """One body: a person who may do all that its people may, its draft and its complaint."""

    member: Membership
    word: str
    draft: Complaint
    complaint: Complaint

    @classmethod
    def named(cls, slug: str, word: str, *, beside: str) -> Self:
        """A body with a draft to which it invites another, and with a complaint."""
        by = a_membership(Role.SUBMITTER, Role.BODY_APPROVER, at=slug, name=f"{word} Person")
        contact.open_conversation(built.a_regime(), subject=word, text=word, by=by)
        complaint = submission.submit(a_draft(by, word), signatory=built.SIGNATORY, by=by)
        written(built.acknowledged(complaint), word, by)
        draft = a_draft(by, word)
        an_invitation(draft, to=beside, by=by)
        pieces.announce(draft.key, name="book.pdf", size_bytes=99, changed_ms=1, then=TASK, by=by)
        pieces.announce(
            complaint.key,
            name="book.pdf",
            size_bytes=99,
            changed_ms=1,
            then=TO_SEND,
            by=by,
            place=MESSAGE,
        )
        return cls(by, word, draft, complaint)

    def named_by(self, place: str) -> list[object]:
        """All that a place of an address can name of this body's draft and of its complaint."""
        names = PLACES[place]
        if names is reference:
            return [self.complaint.reference]
        if names is key:
            return [self.draft.key]
        return [*names(self.draft), *names(self.complaint)]


def a_draft(by: Membership, word: str) -> Complaint:
    """A complete draft whose texts and whose file carry the word."""
    draft = built.a_complete_draft(by=by, title=f"{word} stops", files=0)
    upload = built.an_upload(f"{word}.txt")
    evidence_relied_on.attach(draft, upload=upload, title=word, shows=word, by=by)
    return draft


def written(complaint: Complaint, word: str, by: Membership) -> None:
    """Both sides have written, and a missing part was asked for and given."""
    desk, today = play("intake_officer"), london_today()
    sent = [built.an_upload(f"{word}-sent.txt")]
    correspondence.send_message(complaint, text=word, uploads=sent, by=by)
    asked_for = correspondence.ask_for_part(
        complaint, part="harm", asked=word, answer_by=today, by=desk
    )
    correspondence.answer_part(complaint, asked_for=asked_for, answer=word, by=by)
