"""What is typed about recommendations and own actions while they are drafted."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import AddresseeGroup, Organisation, OrganisationQuerySet
from clock.london import london_today
from complaints.models import Complaint
from drafting.fields import DateField, offer
from drafting.forms import VersionedForm
from investigations.models import Finding
from recommendations.law import COMMENTS_CALENDAR_DAYS, NO_OTHER
from recommendations.models import OwnAction, Recommendation
from recommendations.services.drafting import Addressees, Deadline
from recommendations.states import Basis, DeadlineKind

Kind = Organisation.Kind
# Of these there are few enough to tick; of forces and policing bodies there are ninety.
TICKED = (Kind.GOVERNMENT, Kind.ASSOCIATION, Kind.OTHER)
CHOSEN = (Kind.FORCE, Kind.POLICING_BODY)
SPARE_ROWS = 3

NEEDED = {
    DeadlineKind.DATE: ("deadline_on", "Enter the date by which an answer is wanted."),
    DeadlineKind.PERIOD: (
        "calendar_days",
        f"Enter the number of calendar days, like {COMMENTS_CALENDAR_DAYS}.",
    ),
    DeadlineKind.CONDITION: ("condition", "Enter the condition in words."),
}


class RecommendationForm(VersionedForm):
    """A recommendation: what, to whom, who it applies to, by when and on what basis."""

    wording = forms.CharField(
        label="Wording",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter the wording of the recommendation."},
    )
    applies_to = forms.CharField(
        label="Who it applies to",
        help_text="Where it is narrower than the report: “victims of domestic abuse only”.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(),
        label="Findings it rests on",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    groups = forms.ModelMultipleChoiceField(
        AddresseeGroup.objects.all(),
        label="Addressed to each member of",
        help_text="Each member on the day of publication owes an answer of its own.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Addressed to",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(
        label="Deadline for the answer",
        choices=DeadlineKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of deadline there is, if any."},
    )
    deadline_on = DateField(label="The date, for a deadline by a date", required=False)
    calendar_days = forms.IntegerField(
        label="Number of calendar days, for a period",
        help_text="The day of publication is day 1.",
        min_value=1,
        max_value=1000,
        required=False,
    )
    condition = forms.CharField(
        label="The condition, for a deadline on a condition",
        help_text="For example: after recommendation 2 is done.",
        max_length=300,
        required=False,
    )
    basis = forms.ChoiceField(
        label="What the deadline is based on",
        choices=[("", "Choose one"), *Basis.choices],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        complaint: Complaint,
        addressed: Iterable[int] = (),
        rows: int = SPARE_ROWS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        of_case = Finding.objects.filter(investigation__complaint=complaint)
        offer(self, "findings", of_case)
        self.ones = [f"one_{number}" for number in range(1, rows + 1)]
        offered = may_be_addressed(addressed)
        offer(self, "others", offered.exclude(kind__in=CHOSEN))
        singles = offered.filter(kind__in=CHOSEN)
        for name in self.ones:
            self.fields[name] = forms.ModelChoiceField(
                singles,
                label=f"One force or policing body ({name[4:]})",
                required=False,
                empty_label="None",
            )
        first = ["wording", "applies_to", "findings", "groups", "others", *self.ones]
        self.order_fields(first)

    def clean(self) -> dict[str, Any]:
        """A deadline has what its kind needs; somebody is addressed."""
        said = super().clean() or self.cleaned_data
        kind = said.get("kind", DeadlineKind.NONE)
        name, missing = NEEDED.get(kind, ("", ""))
        if name and not said.get(name) and not self.has_error(name):
            self.add_error(name, missing)
        if kind != DeadlineKind.NONE and not said.get("basis"):
            self.add_error("basis", "Choose what the deadline is based on.")
        if said.get("basis") == Basis.STATUTORY and not self.deadline().is_statutory:
            self.add_error("basis", NO_OTHER)
        if not self.addressed():
            self.add_error("groups", "Choose at least one addressee.")
        return said

    def addressed(self) -> bool:
        """Whether anybody is."""
        names = ["groups", "others", *self.ones]
        return any(self.cleaned_data.get(name) for name in names)

    def drafted(self) -> dict[str, Any]:
        """What the verb takes."""
        said = self.cleaned_data
        ones = [said[name] for name in self.ones if said[name]]
        return {
            "wording": said["wording"],
            "applies_to": said["applies_to"],
            "findings": said["findings"],
            "addressees": Addressees([*said["others"], *dict.fromkeys(ones)], said["groups"]),
            "deadline": self.deadline(),
        }

    def deadline(self) -> Deadline:
        """By when an answer is wanted, of what was typed so far."""
        said = self.cleaned_data
        return Deadline(
            DeadlineKind(said.get("kind", DeadlineKind.NONE)),
            Basis(said["basis"]) if said.get("basis") else None,
            on=said.get("deadline_on"),
            calendar_days=said.get("calendar_days"),
            condition=said.get("condition", ""),
        )


def may_be_addressed(already: Iterable[int]) -> OrganisationQuerySet:
    """Who is offered: those that have not ended, and whoever is addressed already.

    An addressee that has ended meanwhile stays; whoever took its place answers for it.
    """
    standing = Organisation.objects.filter(kind__in=[*TICKED, *CHOSEN])
    return standing.not_ended_by(london_today()) | Organisation.objects.filter(pk__in=already)


def as_it_stands(recommendation: Recommendation) -> dict[str, Any]:
    """A form's start: the recommendation as it is, with its version and whom it addresses."""
    to = list(recommendation.addressees.select_related("organisation"))
    named = [row.organisation for row in to if row.organisation]
    ones = [one.pk for one in named if one.kind in CHOSEN]
    initial = {
        "wording": recommendation.wording,
        "applies_to": recommendation.applies_to,
        "findings": _keys(recommendation.findings.all()),
        "groups": [row.group_id for row in to if row.group_id],
        "others": [one.pk for one in named if one.kind not in CHOSEN],
        "kind": recommendation.deadline_kind,
        "deadline_on": recommendation.deadline_on,
        "calendar_days": recommendation.deadline_calendar_days,
        "condition": recommendation.deadline_condition,
        "basis": recommendation.deadline_basis,
        **{f"one_{number}": pk for number, pk in enumerate(ones, start=1)},
    }
    return {
        "initial": initial,
        "version": recommendation.version,
        "complaint": recommendation.complaint,
        "addressed": [one.pk for one in named],
        "rows": len(ones) + SPARE_ROWS,
    }


def _keys(rows: Iterable[Finding]) -> list[int]:
    return [row.pk for row in rows]


class ActionForm(VersionedForm):
    """What one of the authorities will do itself. Law: SI 2018/748 reg. 8(1)(c)."""

    authority = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Authority",
        empty_label="Choose an authority",
        error_messages={"required": "Choose the authority that will do it."},
    )
    text = forms.CharField(
        label="What it will do",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what the authority will do."},
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authorities = complaint.regime.authorities.order_by("parts__order")
        offer(self, "authority", authorities)


def action_as_it_stands(action: OwnAction) -> dict[str, Any]:
    """A form's start: the action as it is, with its version."""
    return {
        "initial": {"authority": action.authority_id, "text": action.text},
        "version": action.version,
        "complaint": action.complaint,
    }
