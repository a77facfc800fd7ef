"""The forms of messages, further evidence and a missing part."""

from collections.abc import Sequence
from typing import Any

from django import forms

from complaints.forms.drafts import asked_later
from complaints.forms.evidence_relied_on import CHOOSE_FILES, NO_FILE, SEVERAL_FILES
from complaints.parts import PARTS
from complaints.services.evidence_relied_on import LONGEST_TITLE
from complaints.services.several import Given
from documents.models import StoredFile
from drafting.fields import DateField, SeveralFilesField


class SentWithFiles(forms.Form):
    """What is sent with files: those given in it, and those that came before it in pieces."""

    uploads = SeveralFilesField(label="Files", required=False, allow_empty_file=True)

    # What came in pieces and is sent with it: set by the view.
    brought: Sequence[StoredFile] = ()

    def clean_uploads(self) -> list[Given]:
        """The files; each is judged by itself when it is sent, an empty one too."""
        given = [one for one in self.cleaned_data["uploads"] if one is not None]
        return [*self.brought, *given]


class MessageForm(SentWithFiles):
    """A message with files."""

    text = forms.CharField(
        label="Message",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write the message before you send it."},
    )

    field_order = ("text", "uploads")


class FurtherEvidenceForm(SentWithFiles):
    """Further evidence: several files, and what they show."""

    uploads = SeveralFilesField(
        label=CHOOSE_FILES, help_text=SEVERAL_FILES, required=False, allow_empty_file=True
    )
    title = forms.CharField(
        label="Title",
        help_text="For one file. If you leave it empty or send several, their names.",
        required=False,
        max_length=LONGEST_TITLE,
    )
    shows = forms.CharField(label="What it shows", required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked_later(self.fields["uploads"])

    def clean_uploads(self) -> list[Given]:
        """At least one file. Raises: ValidationError."""
        if not (files := super().clean_uploads()):
            raise forms.ValidationError(NO_FILE)
        return files


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


class AnswerForm(SentWithFiles):
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

    field_order = ("answer", "uploads")
