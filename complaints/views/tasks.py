"""The task list of a draft and the answers to check, read from the parts of regulation 4."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Organisation
from clock.london import london_today
from complaints.approving import awaited
from complaints.guards import in_a_row
from complaints.law import cited
from complaints.models import Complaint, DraftPart, JointInvitation, SupportingDocument
from complaints.parts import BY_NAME, PARTS, Part, missing_parts

SECTIONS = (
    ("About you", ("title", "contact")),
    ("Your super-complaint", ("features", "forces", "harm", "evidence")),
    ("Check for repeats", ("earlier",)),
)


JOINT = "Bodies that make it together"
HARM_WORDS = {"harmed": "Who is harmed", "scale": "How widely", "nature": "Kind of harm"}


@dataclass(frozen=True)
class Task:
    """One line of the task list."""

    title: str
    href: str
    status: str
    hint: str = ""
    colour: str = ""


@dataclass(frozen=True)
class TaskSection:
    """Tasks under a heading."""

    title: str
    tasks: list[Task]

    @property
    def prefix(self) -> str:
        """What the names of its statuses in the page begin with."""
        return slugify(self.title)


@dataclass(frozen=True)
class Answer:
    """One row of a summary: what it is, what it says, and where it is changed, if it can be."""

    key: str
    value: str
    href: str = ""
    verbatim: bool = True


def task_sections(complaint: Complaint) -> list[TaskSection]:
    """The task list: the parts in their sections, then what closes it."""
    states = {state.name: state for state in complaint.parts.select_related("saved_by__user")}
    missing = {part.name for part in missing_parts(complaint)}
    living = list(complaint.invitations.living().select_related("organisation"))
    waiting = awaited(complaint) if living or not missing else []
    sections = [
        TaskSection(
            title,
            [task(complaint, BY_NAME[name], states.get(name), name in missing) for name in names],
        )
        for title, names in SECTIONS
    ]
    sections[0].tasks.append(joint_task(complaint, living, waiting, alone="joint" in states))
    last = last_task(complaint, len(missing), waiting)
    return [*sections, TaskSection("Check and submit", [last])]


def task(complaint: Complaint, part: Part, state: DraftPart | None, lacks: bool) -> Task:
    """The line of one part, which may lack something that regulation 4 asks for."""
    href = reverse("complaints:part", args=[complaint.key, part.name])
    law = cited(part.law, complaint.regime)
    hint = f"Required by {law}" if part.is_required else ""
    if part.is_given(complaint) and not lacks and (state is None or state.finished):
        return Task(part.title, href, "Completed", hint)
    if part.is_given(complaint):
        return Task(part.title, href, "In progress", hint, colour="blue")
    return Task(part.title, href, "Not yet started", hint, colour="grey")


def joint_task(
    complaint: Complaint,
    living: Sequence[JointInvitation],
    waiting: Sequence[Organisation],
    *,
    alone: bool,
) -> Task:
    """The line of the bodies that make it together; that there is no other is an answer too.

    Args: `living` are the invitations that hold, `waiting` the bodies whose approval is awaited.
    """
    href = reverse("complaints:joint", args=[complaint.key])
    hint = in_a_row([one.organisation.short_name for one in living])
    unanswered = [one for one in living if one.accepted is None]
    if any(one.has_expired(london_today()) for one in unanswered):
        return Task(JOINT, href, "Invitation has expired", hint, colour="red")
    if unanswered:
        return Task(JOINT, href, "Waiting for an answer", hint, colour="blue")
    if living and waiting:
        return Task(JOINT, href, "Waiting for approval", hint, colour="yellow")
    if living:
        return Task(JOINT, href, "Completed", hint)
    if alone:
        return Task(JOINT, href, "Completed", "No other body")
    return Task(JOINT, href, "Not yet started", "Optional", colour="grey")


def last_task(complaint: Complaint, missing: int, waiting: Sequence[Organisation]) -> Task:
    """Checking the answers, which can always be read, and submitted when nothing is missing."""
    href = reverse("complaints:check", args=[complaint.key])
    if missing:
        words = "1 section is" if missing == 1 else f"{missing} sections are"
        hint = f"{words} still missing"
        return Task("Check your answers and submit", href, "Cannot submit yet", hint, "grey")
    if waiting:
        hint = f"{in_a_row([body.short_name for body in waiting])} must approve this version"
        return Task("Check your answers and submit", href, "Cannot submit yet", hint, "grey")
    return Task("Check your answers and submit", href, "Ready", colour="green")


def progress(complaint: Complaint) -> str:
    """How many of the parts are there, in words."""
    given = sum(part.is_given(complaint) for part in PARTS)
    return f"{given} of {len(PARTS)} sections have an answer"


def answers(complaint: Complaint) -> list[Answer]:
    """Every answer in the order of regulation 4, each with the way to change it."""
    makers = "\n".join(makers_in_words(complaint))
    return [
        Answer("Made by", makers, reverse("complaints:joint", args=[complaint.key])),
        *(
            Answer(
                part.title,
                text,
                reverse("complaints:part", args=[complaint.key, part.name]) + "?check",
            )
            for part in PARTS
            for text in ["\n".join(lines_of(complaint, part.name, in_full=True)).strip()]
        ),
    ]


def makers_in_words(complaint: Complaint) -> Iterator[str]:
    """The body that leads, then those that make it with it."""
    yield complaint.lead_body.name
    yield from complaint.joint_bodies.order_by("name").values_list("name", flat=True)


def lines_of(complaint: Complaint, name: str, *, in_full: bool = False) -> Iterator[str]:
    """A part's content as lines to read; the evidence in full, or by its titles."""
    match name:
        case "title":
            yield complaint.title
        case "contact":
            yield from contact_in_words(complaint)
        case "features":
            yield from numbered_features(complaint)
        case "forces":
            yield from forces_in_words(complaint)
        case "harm":
            yield from harm_in_words(complaint)
        case "earlier":
            yield complaint.earlier_considered
        case "evidence":
            yield from evidence_in_words(complaint, in_full=in_full)


def evidence_in_words(complaint: Complaint, *, in_full: bool) -> Iterator[str]:
    """The text of the evidence, then each file and link: all that is said of it, or its title."""
    yield from filter(None, [complaint.evidence_relied_on])
    for each in complaint.supporting_documents.listed():
        yield from piece_in_words(each) if in_full else [each.listed_as]


def piece_in_words(document: SupportingDocument) -> Iterator[str]:
    """One piece of evidence: its title and where it is, then what is said of it."""
    yield f"\n{document.listed_as}"
    if document.shows:
        yield f"Shows: {document.shows}"
    feature = document.feature
    yield f"Supports: {f'feature {feature.number}' if feature else 'no feature in particular'}"
    if document.seen_by:
        named = f": {document.seen_by_named}" if document.seen_by_named else ""
        yield f"Who may see it: {document.get_seen_by_display()}{named}"
    if document.has_personal_data is not None:
        yield f"Personal data: {'yes' if document.has_personal_data else 'no'}"


def contact_in_words(complaint: Complaint) -> Iterator[str]:
    """The contact person, then the alternate."""
    contact = (complaint.contact_name, complaint.contact_email, complaint.contact_phone)
    yield from filter(None, contact)
    if alternate := getattr(complaint, "alternate_contact", None):
        yield f"If they are away: {alternate.name} {alternate.email}".rstrip()


def harm_in_words(complaint: Complaint) -> Iterator[str]:
    """The reasoned case, then who is harmed by each feature, how widely and how."""
    yield complaint.harm
    for one in complaint.features.all():
        written = {"harmed": one.harmed, "scale": one.harm_scale, "nature": one.harm_nature}
        told = [f"{HARM_WORDS[name]}: {text}" for name, text in written.items() if text]
        if told:
            yield f"\nFeature {one.number}"
            yield from told


def numbered_features(complaint: Complaint) -> Iterator[str]:
    """Each feature with its number, and its detail below it."""
    for feature in complaint.features.all():
        yield f"{feature.number}. {feature.statement}"
        if feature.detail:
            yield feature.detail


def forces_in_words(complaint: Complaint) -> Iterator[str]:
    """Which forces are concerned: all, none named, or by name."""
    if complaint.forces_concerned == Complaint.ForcesConcerned.SOME:
        yield ", ".join(complaint.forces.order_by("name").values_list("name", flat=True))
    elif complaint.forces_concerned:
        yield complaint.get_forces_concerned_display()
