"""The forms of intake and of the eligibility decision."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Membership, Organisation, Regime
from complaints.forms.drafts import asked_later
from complaints.forms.way import WayForm
from complaints.law import GROUNDS, cited
from complaints.models import Complaint, EligibilityView
from complaints.radar.nearest import repeatable
from complaints.readers import readers
from complaints.repeats import standing_of
from complaints.services.drafts import Statement
from complaints.services.repeat_rules import REPEATS
from complaints.services.submission import LetterContent, refuse_wrong_day
from complaints.states import Ground
from drafting.fields import DateField
from drafting.forms import VersionedForm
from drafting.refusals import refusals_in

YES, NO = "yes", "no"


class BodyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Generic to mypy alone.
    """A choice of a body, which says where nobody can read here what is sent to it."""

    def label_from_instance(self, obj: Organisation) -> str:
        """How one choice reads."""
        return obj.name if getattr(obj, "is_read_here", True) else f"{obj.name} (no account here)"


class RegisterForm(forms.Form):
    """A super-complaint that came by letter or e-mail."""

    regime = forms.ModelChoiceField(
        Regime.objects.none(),
        label="Scheme",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the scheme."},
    )
    lead_body = BodyChoice(
        Organisation.objects.none(),
        label="Designated body",
        empty_label="Choose a body",
        error_messages={"required": "Choose the designated body that wrote."},
    )
    joint_bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Bodies that wrote together with it",
        help_text="Select each other organisation in whose name the letter is written too.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label="Title",
        max_length=250,
        error_messages={"required": "Enter a title, as the letter has it."},
    )
    received_on = DateField(
        label="Day of receipt",
        help_text="The day it came, whenever you enter it here. For example, 27 3 2018.",
    )
    letter = forms.FileField(
        label="The original letter or e-mail",
        error_messages={"required": "Choose the file of the original letter or e-mail."},
    )
    contact_name = forms.CharField(label="Contact person", max_length=120, required=False)
    contact_email = forms.EmailField(
        label="E-mail address of the contact person",
        required=False,
        error_messages={"invalid": "Enter an e-mail address in the form name@example.com."},
    )
    features = forms.CharField(
        label="The feature or features of policing",
        help_text="One on each line, as the letter sets them out.",
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    harm = forms.CharField(
        label="Why it is significantly harming the public interest",
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    evidence_relied_on = forms.CharField(
        label="The evidence it relies on", required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        received = Regime.objects.filter(
            parts__organisation=by.organisation_id, parts__receives_and_publishes=True
        )
        bodies = Organisation.objects.filter(designations__isnull=False).distinct()
        read_here = Exists(readers().filter(organisation=OuterRef("pk")))
        choices: list[tuple[str, QuerySet[Any]]] = [
            ("regime", received),
            ("lead_body", bodies.annotate(is_read_here=read_here)),
            ("joint_bodies", bodies_that_write()),
        ]
        for name, rows in choices:
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    def clean_received_on(self) -> Any:
        """The day of receipt, in the days of the scheme that is chosen above it."""
        day, regime = self.cleaned_data["received_on"], self.cleaned_data.get("regime")
        if day and regime:
            with refusals_in(self, "received_on"):
                refuse_wrong_day(regime, day)
        return day

    def clean_features(self) -> list[str]:
        """Each line that says something."""
        lines = [line.strip() for line in self.cleaned_data["features"].splitlines()]
        features = [line for line in lines if line]
        if any(len(line) > 600 for line in features):
            raise forms.ValidationError("Shorten each feature to at most 600 characters.")
        return features

    def content(self) -> dict[str, Any]:
        """What goes to the verb."""
        given = self.cleaned_data
        return {
            "lead_body": given["lead_body"],
            "title": given["title"],
            "received_on": given["received_on"],
            "letter_upload": given["letter"],
            "content": LetterContent(
                contact_name=given["contact_name"],
                contact_email=given["contact_email"],
                features=[Statement(line) for line in given["features"]],
                harm=given["harm"],
                evidence_relied_on=given["evidence_relied_on"],
                joint_bodies=list(given["joint_bodies"]),
            ),
        }


def bodies_that_write() -> QuerySet[Organisation]:
    """Designated bodies, those whose designation came later or has ended too: all may join."""
    bodies = Organisation.objects.filter(kind=Organisation.Kind.DESIGNATED_BODY)
    return (bodies | Organisation.objects.filter(designations__isnull=False)).distinct()


class LetterForm(WayForm):
    """The text of a letter, prefilled and edited."""

    field_order = ["text", "way"]

    text = forms.CharField(
        label="Text of the letter",
        help_text="A blank line starts a paragraph. A line that begins with “- ” is a list item.",
        widget=forms.Textarea({"rows": 16}),
        error_messages={"required": "Write the letter before you send it."},
    )


class ComplaintChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of another super-complaint, by reference, title and where it stands."""

    def label_from_instance(self, obj: Complaint) -> str:
        """How one choice reads."""
        return f"{obj.reference} {obj.title} ({standing_of(obj).words})"


def grounds_in(regime: Regime) -> list[tuple[str, str]]:
    """The grounds as choices, each with the law of the scheme."""
    return [(one, f"{one.label} ({cited(law, regime)})") for one, law in GROUNDS.items()]


class ViewForm(VersionedForm):
    """One authority's own view of eligibility. Law: SI 2018/748 reg. 6(2)-(4)."""

    eligible = forms.ChoiceField(
        label="Is it eligible for consideration?",
        choices=[(YES, "Yes, eligible"), (NO, "No, not eligible")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is eligible."},
    )
    ground = forms.ChoiceField(
        label="If not, on which ground?",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    repeats = ComplaintChoice(
        Complaint.objects.none(),
        label="Which super-complaint does it repeat?",
        help_text="Those that were compared, and the ten that are most like it. Compare another "
        "one with it first, and it is in this list.",
        required=False,
        empty_label="It repeats none",
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="Required if it is not eligible. Give them too if something has changed "
        "materially since an earlier super-complaint. The letter to the body may carry them, so "
        "name no other super-complaint by its reference unless it is public.",
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, complaint: Complaint, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = repeatable(complaint, by)
        ground = self.fields["ground"]
        if isinstance(ground, forms.ChoiceField):
            ground.choices = grounds_in(complaint.regime)
        for name in ("ground", "reasons"):
            asked_later(self.fields[name])
        field = self.fields["repeats"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = others

    def clean(self) -> dict[str, Any]:
        """A view against needs its ground and its reasons."""
        given = super().clean() or self.cleaned_data
        if given.get("eligible") == NO:
            if not given.get("ground"):
                self.add_error("ground", "Choose the ground on which it is not eligible.")
            if given.get("ground") in REPEATS and not given.get("repeats"):
                self.add_error("repeats", "Choose the super-complaint that it repeats.")
            if not given.get("reasons"):
                self.add_error("reasons", "Give the reasons why it is not eligible.")
        return given

    def content(self) -> dict[str, Any]:
        """What goes to the verb."""
        return {**self.cleaned_data, "eligible": self.cleaned_data["eligible"] == YES}

    @staticmethod
    def of(view: EligibilityView | None) -> dict[str, Any]:
        """What the form shows of a view already recorded."""
        if view is None:
            return {}
        return {
            "eligible": YES if view.eligible else NO,
            "ground": view.ground,
            "repeats": view.repeats_id,
            "reasons": view.reasons,
        }


class DecisionForm(LetterForm):
    """The reasons of the decision, and the letter that carries them."""

    field_order = ["reasons", "text", "way"]
    reasons = forms.CharField(
        label="Reasons for the decision",
        help_text="They are kept with the decision. Where it is not eligible, the letter must "
        "carry them word for word.",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Give the reasons for the decision."},
    )


class WithdrawalForm(WayForm):
    """Why a super-complaint ends before its report, and what the body is told."""

    field_order = ["asked_for_by_body", "reason", "text", "way"]

    asked_for_by_body = forms.ChoiceField(
        label="Did the body ask for it?",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the body asked for it."},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Give the reason for the withdrawal."},
    )
    text = forms.CharField(
        label="Letter to the body",
        help_text="Leave it empty to send no letter.",
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.unread:
            asked_later(self.fields["way"]).required = False

    def clean(self) -> dict[str, Any]:
        """A letter that is written is sent in some way."""
        given = super().clean() or self.cleaned_data
        if self.unread and given.get("text") and not given.get("way"):
            self.add_error("way", self.fields["way"].error_messages["required"])
        return given

    def content(self) -> dict[str, Any]:
        """What goes to the verb."""
        given = self.cleaned_data
        return {**given, "asked_for_by_body": given["asked_for_by_body"] == YES}
