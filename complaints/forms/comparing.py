"""The form of a comparison with an earlier super-complaint."""

from typing import Any

from django import forms

from accounts.models import Regime
from complaints.forms.casework import NO, YES
from complaints.forms.drafts import asked_later
from complaints.law import Provision, cited
from complaints.models import Comparison
from drafting.forms import VersionedForm

CHOICES = {YES: True, NO: False}


class ComparisonForm(VersionedForm):
    """Whether it repeats the substance, and what has changed. Law: SI 2018/748 reg. 6(3)-(4)."""

    same_substance = forms.ChoiceField(
        label="Does it merely repeat the substance of the earlier one?",
        choices=[(YES, "Yes, the substance is the same"), (NO, "No, it is another matter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the substance is the same."},
    )
    materially_changed = forms.ChoiceField(
        label="If so, have circumstances materially changed since the earlier one was made?",
        choices=[(YES, "Yes, they have changed"), (NO, "No")],
        widget=forms.RadioSelect,
        required=False,
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="What is the same, what is not, and what has changed.",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Give the reasons for this comparison."},
    )

    def __init__(self, *args: Any, regime: Regime, asks_for_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_for_change:
            law = cited(Provision.REPEATS_CONCLUDED, regime).full
            self.fields["materially_changed"].help_text = f"{law}. A change lets it in."
            asked_later(self.fields["materially_changed"])
        else:
            del self.fields["materially_changed"]

    @staticmethod
    def of(standing: Comparison | None) -> dict[str, Any]:
        """What the form opens with."""
        if standing is None:
            return {}
        answers = {True: YES, False: NO, None: ""}
        return {
            "same_substance": answers[standing.same_substance],
            "materially_changed": answers[standing.materially_changed],
            "reasons": standing.reasons,
        }

    def clean(self) -> dict[str, Any]:
        """The change is asked of the same substance only."""
        given = super().clean() or self.cleaned_data
        asked = "materially_changed" in self.fields and given.get("same_substance") == YES
        if asked and not given.get("materially_changed"):
            self.add_error(
                "materially_changed", "Choose whether circumstances have materially changed."
            )
        return given

    def content(self) -> dict[str, Any]:
        """What goes to the verb."""
        given = self.cleaned_data
        return {
            "same_substance": CHOICES[given["same_substance"]],
            "materially_changed": CHOICES.get(given.get("materially_changed", "")),
            "reasons": given["reasons"],
            "version": given["version"],
        }
