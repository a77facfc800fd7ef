"""The first wording of each letter, which an officer may edit before it is sent."""

from django.utils.text import Truncator

from complaints.law import Provision, cited
from complaints.models import Complaint, Letter
from complaints.services.authorities import deciding_authorities

SUBJECTS = {
    Letter.Kind.RECEIPT: "Receipt of your super-complaint",
    Letter.Kind.ACKNOWLEDGEMENT: "We have received your super-complaint",
    Letter.Kind.ELIGIBLE: "Our decision on your super-complaint",
    Letter.Kind.NOT_ELIGIBLE: "Our decision on your super-complaint",
    Letter.Kind.REOPENED: "Our decision on your super-complaint is open again",
    Letter.Kind.WITHDRAWAL: "Your super-complaint is withdrawn",
}


def subject(kind: Letter.Kind, complaint: Complaint) -> str:
    """What stands above a letter of a kind."""
    return line_above(SUBJECTS[kind], complaint)


def line_above(words: str, complaint: Complaint) -> str:
    """The line above a letter, with the title of the super-complaint as far as there is room."""
    # A title may be longer than the line above a letter.
    return Truncator(f"{words}: {complaint.title}").chars(200)


def acknowledgement(complaint: Complaint) -> str:
    """That it was received, and what comes next. Law: SI 2018/748 reg. 5."""
    asked = cited(Provision.CONTENT, complaint.regime).words
    return (
        f"{received(complaint)} Its reference is {complaint.reference}. Quote it when you write "
        "to us.\n\n"
        f"{authorities(complaint)} will now decide whether it is eligible for consideration. "
        "We will write to you when they have decided.\n\n"
        "What happens next:\n"
        f"- we check that it sets out what {asked} asks for\n"
        "- we check that it does not repeat the substance of an earlier super-complaint\n"
        "- we tell you in writing whether it will be investigated"
    )


def decision(complaint: Complaint, *, eligible: bool, reasons: str = "") -> str:
    """The outcome, with what follows or with the reasons. Law: SI 2018/748 reg. 6(5), 6(6)."""
    return eligible_text(complaint) if eligible else not_eligible_text(complaint, reasons)


def eligible_text(complaint: Complaint) -> str:
    """That it will be investigated, and that progress reports follow."""
    return (
        f"{authorities(complaint)} have decided that your super-complaint is eligible for "
        "consideration.\n\n"
        "It will be investigated. We will send you reports on the progress of the investigation "
        "while it runs. At its end we will send you a report of what we found, and publish it."
    )


def not_eligible_text(complaint: Complaint, reasons: str) -> str:
    """That it will not be investigated, and why; the reasons stand as they were decided."""
    return (
        f"{authorities(complaint)} have decided that your super-complaint is not eligible for "
        "consideration, for these reasons.\n\n"
        f"{reasons}\n\n"
        "It will not be investigated. You may make a new super-complaint at any time."
    )


def reopened(complaint: Complaint) -> str:
    """That the decision stands no more, and that another will follow."""
    return (
        f"We wrote to you with the decision on your super-complaint {complaint.reference}. That "
        "decision is open again.\n\n"
        f"{authorities(complaint)} will decide once more whether it is eligible for "
        "consideration. We will write to you when they have decided."
    )


def withdrawal(complaint: Complaint) -> str:
    """That the case ends without a report."""
    return (
        f"Your super-complaint {complaint.reference} is withdrawn. We will not investigate it "
        "further, and will not publish a report on it."
    )


def received(complaint: Complaint) -> str:
    """The sentence that says what was received and when."""
    day = complaint.received_on
    on = f" on {day.day} {day:%B %Y}" if day else ""
    return f"We received your super-complaint “{complaint.title}”{on}."


def authorities(complaint: Complaint) -> str:
    """The deciding authorities of the regime, as a sentence begins with them."""
    names = [part.organisation.name for part in deciding_authorities(complaint.regime)]
    listed = ", ".join(names[:-1]) + f" and {names[-1]}"
    return listed[0].upper() + listed[1:]
