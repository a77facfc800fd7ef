"""The forms of messages, further evidence and a missing part."""

from typing import Any

from django import forms

from complaints.forms.evidence_relied_on import FilesForm
from complaints.parts import PARTS
from complaints.services.evidence_relied_on import LONGEST_TITLE
from drafting.fields import DateField, SeveralFilesField


class MessageForm(forms.Form):
    """A message with files."""

    text = forms.CharField(
        label="Message",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write the message before you send it."},
    )
    uploads = SeveralFilesField(label="Files", required=False, allow_empty_file=True)

    def clean_uploads(self) -> list[Any]:
        """The files given; each is judged by itself when it is sent, an empty one too."""
        return [given for given in self.cleaned_data["uploads"] if given is not None]


class FurtherEvidenceForm(FilesForm):
    """Further evidence: several files, and what they show."""

    title = forms.CharField(
        label="Title",
        help_text="For one file. If you leave it empty or send several, their names.",
        required=False,
        max_length=LONGEST_TITLE,
    )
    shows = forms.CharField(label="What it shows", required=False, max_length=1000)


class AskForm(forms.Form):
    """What is missing, and by when it is asked for."""

    part = forms.ChoiceField(
        label="Part",
        choices=[(part.name, part.title) for part in PARTS if part.is_required],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the part that you ask for."},
    )
    asked = forms.CharField(
        label="What is missing, as the body will read it",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say what is missing."},
    )
    answer_by = DateField(label="Answer by", help_text="For example, 27 3 2030.")


class AnswerForm(forms.Form):
    """The part that was asked for."""

    answer = forms.CharField(
        label="Your answer",
        help_text="What you submitted stays as it was. Your answer is read beside it.",
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": "Write the answer before you send it."},
    )
    uploads = SeveralFilesField(
        label="Files",
        help_text="They are added to your further evidence.",
        required=False,
        allow_empty_file=True,
    )

    def clean_uploads(self) -> list[Any]:
        """The files given; each is judged by itself when it is sent, an empty one too."""
        return [given for given in self.cleaned_data["uploads"] if given is not None]
