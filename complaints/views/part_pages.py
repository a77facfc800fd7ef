"""How each part of a draft opens as a form and is saved: one row for each part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from complaints.forms.draft_features import QUESTIONS, FeaturesForm, HarmForm
from complaints.forms.drafts import (
    ContactForm,
    EarlierForm,
    EvidenceForm,
    ForcesForm,
    PartForm,
    TitleForm,
)
from complaints.models import Complaint, DraftPart
from complaints.services import drafts

Options = dict[str, Any]


@dataclass(frozen=True)
class PartPage:
    """One part's form, what it shows at first, and the verb that saves it.

    `fitted` answers further arguments of the form, such as its number of rows or its choices.
    """

    form: type[PartForm]
    save: Callable[..., Complaint]
    stored: Callable[[Complaint], Options]
    fitted: Callable[[Complaint, Options], Options] = lambda _complaint, _typed: {}


def stored_features(complaint: Complaint) -> Options:
    """The features as the form numbers them."""
    fields: Options = {}
    for number, feature in enumerate(complaint.features.all(), start=1):
        fields[f"statement_{number}"] = feature.statement
        fields[f"detail_{number}"] = feature.detail
    return fields


def rows_of_features(complaint: Complaint, typed: Options) -> Options:
    """As many rows as are stored or typed, and at least one."""
    numbers = [int(name.removeprefix("statement_")) for name in typed if is_statement(name)]
    return {"rows": min(max([1, complaint.features.count(), *numbers]), 50)}


def is_statement(name: str) -> bool:
    """Whether a name is that of a numbered statement."""
    return name.startswith("statement_") and name.removeprefix("statement_").isdecimal()


def stored_contact(complaint: Complaint) -> Options:
    """The contact person and, where one is named, the alternate."""
    alternate = getattr(complaint, "alternate_contact", None)
    return {
        "name": complaint.contact_name,
        "email": complaint.contact_email,
        "phone": complaint.contact_phone,
        "alternate_name": alternate.name if alternate else "",
        "alternate_email": alternate.email if alternate else "",
    }


def stored_harm(complaint: Complaint) -> Options:
    """The whole text, and what is written of each feature."""
    fields: Options = {"harm": complaint.harm}
    for one in complaint.features.all():
        written = (one.harmed, one.harm_scale, one.harm_nature)
        fields |= {
            f"{name}_{one.number}": text for name, text in zip(QUESTIONS, written, strict=True)
        }
    return fields


def stored_forces(complaint: Complaint) -> Options:
    """The choice, and the ticked forces under their regions."""
    chosen = {str(number) for number in complaint.forces.values_list("pk", flat=True)}
    form = ForcesForm(forces=forces_of(complaint))
    ticked = {
        f"region_{number}": [str(one.pk) for one in members if str(one.pk) in chosen]
        for number, members in enumerate(form.regions.values(), start=1)
    }
    return {"concerned": complaint.forces_concerned, **ticked}


def forces_of(complaint: Complaint) -> Any:
    """The forces that a regime knows."""
    group = complaint.regime.forces
    return group.members.all() if group else Organisation.objects.none()


PAGES: dict[str, PartPage] = {
    "title": PartPage(TitleForm, drafts.save_title, lambda c: {"title": c.title}),
    "contact": PartPage(ContactForm, drafts.save_contact, stored_contact),
    "features": PartPage(FeaturesForm, drafts.save_features, stored_features, rows_of_features),
    "forces": PartPage(
        ForcesForm, drafts.save_forces, stored_forces, lambda c, _: {"forces": forces_of(c)}
    ),
    "harm": PartPage(
        HarmForm,
        drafts.save_harm,
        stored_harm,
        lambda c, _: {"features": list(c.features.all())},
    ),
    "evidence": PartPage(
        EvidenceForm, drafts.save_evidence, lambda c: {"relied_on": c.evidence_relied_on}
    ),
    "earlier": PartPage(
        EarlierForm, drafts.save_earlier, lambda c: {"considered": c.earlier_considered}
    ),
}


def state_of(complaint: Complaint, name: str) -> DraftPart:
    """How far a part is; one that was never opened is at version 0."""
    found = complaint.parts.filter(name=name).first()
    return found or DraftPart(complaint=complaint, name=name)


def opened(complaint: Complaint, name: str, typed: Options | None = None) -> PartForm:
    """A part's form as it opens now, with what is stored and the version that stands."""
    page, state = PAGES[name], state_of(complaint, name)
    initial = page.stored(complaint)
    if state.saved_at:
        initial["finished"] = "yes" if state.finished else "no"
    options = page.fitted(complaint, typed or {})
    return page.form(initial=initial, version=state.version, **options)


def answered(complaint: Complaint, name: str, typed: Any) -> PartForm:
    """A part's form with what a person typed."""
    page = PAGES[name]
    return page.form(typed, **page.fitted(complaint, typed))
