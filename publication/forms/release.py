"""What is typed about a release: its instant, its way to the body, an approval."""

from typing import Any

from django import forms

from drafting.fields import DateField


class WallTimeForm(forms.Form):
    """The London wall time at which something is public."""

    on = DateField(label="Day of publication", help_text="For example, 17 12 2026")
    at = forms.RegexField(
        r"^\d{2}:\d{2}( (GMT|BST))?$",
        label="Time in London",
        help_text="Like 10:00. In the hour that happens twice, when the clocks go back, add BST "
        "or GMT.",
        error_messages={
            "required": "Enter the time, like 10:00.",
            "invalid": "Write the time like 10:00.",
        },
    )

    @property
    def wall_time(self) -> str:
        """What was typed, as one wall time."""
        said: dict[str, Any] = self.cleaned_data
        return f"{said['on']:%Y-%m-%d} {said['at']}"


class InstantForm(WallTimeForm):
    """The London wall time at which a release is public, and how the body is sent it."""

    way = forms.CharField(
        label="How the report is sent to the body",
        help_text="For example, by secure mail to the body’s approver.",
        max_length=200,
        error_messages={"required": "Say how the report is sent to the body."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def was_overtaken(self, standing: str) -> bool:
        """Whether the time and the way are not what they were when the form was opened."""
        return bool(self.cleaned_data["seen"]) and self.cleaned_data["seen"] != standing


class ApprovalForm(forms.Form):
    """What an approver saw: the root hash and the instant come back with the approval."""

    root_sha256 = forms.CharField(widget=forms.HiddenInput)
    release_at = forms.DateTimeField(widget=forms.HiddenInput)
    seen = forms.BooleanField(
        label="I have read the preview, and approve these files for this instant",
        error_messages={"required": "Read the preview, and confirm that you have."},
    )


class AnnouncementApprovalForm(ApprovalForm):
    """The same for an announcement, which is read on the page of its approval."""

    seen = forms.BooleanField(
        label="I have read the announcement, and approve it for this instant",
        error_messages={"required": "Read the announcement, and confirm that you have."},
    )
