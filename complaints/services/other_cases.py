"""What may be written to a body of other cases: only what the public knows, or what is its own."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Organisation
from complaints.models import Complaint
from workflow.errors import ActRefusedError

# However it is typed: with any kind of dash, in small letters, with spaces.
REFERENCE = re.compile(r"\bSC[\s\u2010-\u2015-]{1,3}(\d{4})[\s\u2010-\u2015-]{1,3}(\d{3,})", re.I)

Public = Callable[[Iterable[Complaint]], frozenset[str]]


def references_in(words: str) -> set[str]:
    """The references that a text names, as cases have them: `SC-2018-417`."""
    return {f"SC-{year}-{number}" for year, number in REFERENCE.findall(words)}


def refuse_other_cases(words: str, *, complaint: Complaint) -> None:
    """Refuse words to the bodies of a case that name another one of which they may not know.

    A reference that no case has is refused as well: what is refused tells nobody what there is.
    Raises: ActRefusedError.
    """
    bodies = [complaint.lead_body, *complaint.joint_bodies.all()]
    itself = {complaint.reference} | references_in(complaint.title)
    refuse_cases_unknown_to(bodies, references_in(words) - itself)


def refuse_cases_unknown_to(bodies: Iterable[Organisation], named: set[str]) -> None:
    """Refuse references that are not public, unless each of these bodies makes the case.

    Raises: ActRefusedError.
    """
    if not named:
        return
    cases = list(Complaint.objects.filter(reference__in=named).prefetch_related("joint_bodies"))
    known_to_public: Public = import_string(settings.CASES_KNOWN_TO_THE_PUBLIC)
    known = known_to_public(cases) | {one.reference for one in cases if makes_all(one, bodies)}
    if secret := sorted(named - known):
        raise ActRefusedError(
            f"The words name {', '.join(secret)}, which is not public, and the body may not learn "
            "of it from us. Take the reference out, or write “another super-complaint”."
        )


def makes_all(case: Complaint, bodies: Iterable[Organisation]) -> bool:
    """Whether each of these bodies makes a case, so that it knows of it."""
    making = {case.lead_body_id, *(body.pk for body in case.joint_bodies.all())}
    return {body.pk for body in bodies} <= making
