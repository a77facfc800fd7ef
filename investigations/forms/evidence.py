"""What is said of evidence: registered, corrected, superseded, read."""

from typing import Any

from django import forms

from accounts.models import Membership, Organisation
from clock.london import london_today
from drafting.fields import DateField, SeveralFilesField, offer
from drafting.forms import VersionedForm
from investigations.models import EvidenceItem, Investigation, LineOfEnquiry
from investigations.states import Sensitivity


class DescribedForm(forms.Form):
    """An item's provenance, and how it is to be treated."""

    title = forms.CharField(
        label="Title", max_length=250, error_messages={"required": "Enter a title."}
    )
    source = forms.CharField(
        label="Source",
        help_text="Where it comes from: a force, a person’s office, a publication.",
        max_length=200,
        error_messages={"required": "Enter the source."},
    )
    supplied_by = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Organisation that supplied it",
        required=False,
        empty_label="None of those listed",
    )
    method = forms.CharField(
        label="How it was obtained",
        help_text="For example: self-assessment survey, case file review, interview.",
        max_length=120,
        required=False,
    )
    received_on = DateField(label="Date received")
    dated_on = DateField(
        label="Date of the evidence itself",
        help_text="Where the document has a date of its own.",
        required=False,
    )
    description = forms.CharField(
        label="What it shows", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    sensitivity = forms.ChoiceField(
        label="How it is to be handled",
        help_text="A restricted item is seen by the people named for it and nobody else.",
        choices=Sensitivity.choices,
        widget=forms.RadioSelect,
        initial=Sensitivity.OFFICIAL,
    )
    personal_data = forms.BooleanField(label="It contains personal data", required=False)
    lines = forms.ModelMultipleChoiceField(
        LineOfEnquiry.objects.none(),
        label="Lines of enquiry",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lines", investigation.lines.all())
        if not investigation.lines.exists():
            del self.fields["lines"]

    def clean_received_on(self) -> Any:
        """What was received was received by today."""
        received_on = self.cleaned_data["received_on"]
        if received_on and received_on > london_today():
            raise forms.ValidationError("The date received must be today or in the past.")
        return received_on


class RegisterForm(DescribedForm):
    """Files for the evidence log, with what is said of all of them."""

    uploads = SeveralFilesField(
        label="Files",
        help_text="One file, or several that share what you say below.",
        error_messages={"required": "Choose at least one file."},
    )
    title = forms.CharField(
        label="Title",
        help_text="If you leave it empty, each item takes the name of its file.",
        max_length=250,
        required=False,
    )
    field_order = ("uploads", "title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", london_today())

    def described(self) -> dict[str, Any]:
        """What is said of every file."""
        said = dict(self.cleaned_data)
        said.pop("uploads")
        return said


class CorrectForm(VersionedForm, DescribedForm):
    """A correction of what is said of an item, with its reason."""

    reason = forms.CharField(
        label="Why you correct it",
        help_text="It stays with the item, beside what was said before.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you correct it."},
    )


class SupersedeForm(forms.Form):
    """A newer file in the place of an item."""

    upload = forms.FileField(
        label="Newer file",
        help_text="It becomes a new item with the same description. This one stays in the log.",
        error_messages={"required": "Choose the newer file."},
    )
    reason = forms.CharField(
        label="Why it supersedes this one",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it supersedes this one."},
    )


class CopyForm(forms.Form):
    """A redacted, converted or extracted copy of an item."""

    upload = forms.FileField(
        label="The copy",
        help_text="It becomes an item of its own. The original stays as it came.",
        error_messages={"required": "Choose the copy."},
    )
    title = forms.CharField(
        label="Title", max_length=250, error_messages={"required": "Enter a title."}
    )
    made_with = forms.CharField(
        label="What it was made with",
        help_text="The program or the way: “redacted by hand”, “text extracted with …”.",
        max_length=120,
        error_messages={"required": "Say what the copy was made with."},
    )
    sensitivity = forms.ChoiceField(
        label="How the copy is to be handled",
        choices=Sensitivity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the copy is to be handled."},
    )


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(
        label="Reason",
        help_text="It is kept.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give a reason."},
    )


class PurposeForm(forms.Form):
    """Why somebody opens a sensitive file."""

    purpose = forms.CharField(
        label="Why you open it",
        help_text="It is kept in the chain of custody with your name and the time.",
        max_length=300,
        error_messages={"required": "Say why you open this file."},
    )


class ReaderForm(forms.Form):
    """One more person who may see a restricted item."""

    reader = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Person",
        empty_label="Choose a person",
        error_messages={"required": "Choose a person."},
    )
    reason = forms.CharField(
        label="Why they need to see it",
        max_length=300,
        error_messages={"required": "Say why they need to see it."},
    )

    def __init__(self, *args: Any, evidence_item: EvidenceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regime = evidence_item.investigation.complaint.regime
        named = evidence_item.reading_grants.values("user")
        people = readers_of(regime.pk).exclude(user__in=named)
        offer(self, "reader", people)


class OpeningForm(ReaderForm):
    """The person who gets a file that could not be checked for viruses."""

    reason = forms.CharField(
        label="Why they need it although it is not checked",
        help_text="It is kept in the chain of custody.",
        max_length=300,
        error_messages={"required": "Say why they need it although it is not checked."},
    )

    def __init__(self, *args: Any, evidence_item: EvidenceItem, **kwargs: Any) -> None:
        super().__init__(*args, evidence_item=evidence_item, **kwargs)
        people = readers_of(evidence_item.investigation.complaint.regime_id)
        offer(self, "reader", people)


def readers_of(regime_id: int) -> Any:
    """The people of a regime's authorities: whom an item's reading may be granted."""
    people = Membership.objects.current().filter(organisation__regimes=regime_id)
    return people.select_related("user", "organisation")
