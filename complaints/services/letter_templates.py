"""The letters that the desk writes besides those that a step sends: a table of first wordings.

What only the writer knows stands in double brackets, and a letter that has one left is not sent.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from complaints.law import Provision, cited
from complaints.models import Complaint
from complaints.parts import PARTS
from complaints.services import letter_texts
from workflow.errors import ActRefusedError

GAP = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class LetterTemplate:
    """One template: its name in addresses, what it is for, its line above, its first wording."""

    name: str
    title: str
    subject: str
    text: Callable[[Complaint], str]

    def line_above(self, complaint: Complaint) -> str:
        """What stands above the letter, with the title of the super-complaint."""
        return letter_texts.line_above(self.subject, complaint)


def general(complaint: Complaint) -> str:
    """A letter about anything."""
    return (
        f"{letter_texts.received(complaint)} Its reference is {complaint.reference}.\n\n"
        "[[What you write about]]\n\n"
        "[[What happens next, and by when]]"
    )


def reply(complaint: Complaint) -> str:
    """An answer to a question, which stands above it."""
    return (
        f"You asked us about your super-complaint “{complaint.title}”, {complaint.reference}.\n\n"
        "Your question: [[the question, in the words of the body]]\n\n"
        "Our answer: [[the answer]]"
    )


def missing_part(complaint: Complaint) -> str:
    """What the law asks for and was not found in what was received."""
    asked = cited(Provision.CONTENT, complaint.regime).words
    lacking = [part.title for part in PARTS if part.is_required and not part.is_given(complaint)]
    parts = "\n".join(f"- {title}" for title in lacking or ["[[the part that is missing]]"])
    return (
        f"{letter_texts.received(complaint)} Its reference is {complaint.reference}.\n\n"
        f"{asked[0].upper()}{asked[1:]} asks for the following, which we did not find in it:\n"
        f"{parts}\n\n"
        "[[Say what exactly is missing or unclear]]\n\n"
        "Please send it to us by [[day]]. What you submitted stays as it was, and what you send "
        "is read beside it."
    )


TEMPLATES = (
    LetterTemplate("general", "A general letter", "Your super-complaint", general),
    LetterTemplate(
        "reply", "A reply to a question", "Our answer about your super-complaint", reply
    ),
    LetterTemplate(
        "missing-part",
        "A request for a missing part",
        "Something is missing from your super-complaint",
        missing_part,
    ),
)
BY_NAME = {template.name: template for template in TEMPLATES}


def refuse_gaps(text: str) -> None:
    """Refuse a letter in which the writer left a gap of its template open.

    Raises: ActRefusedError naming the gaps.
    """
    if gaps := GAP.findall(text):
        named = ", ".join(f"“{' '.join(gap.split())}”" for gap in gaps)
        raise ActRefusedError(
            f"Fill in or delete what stands in double brackets before you send it: {named}."
        )
