"""The text of a progress report."""

from django import forms

from drafting.forms import VersionedForm


class ProgressReportForm(VersionedForm):
    """A progress report to the bodies. Law: SI 2018/748 reg. 7."""

    text = forms.CharField(
        label="Text of the progress report",
        help_text=(
            "What has been done since the last one, what comes next and when. Leave a line empty "
            "between paragraphs; a line that begins with “- ” becomes a bullet."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Enter the text of the progress report."},
    )
