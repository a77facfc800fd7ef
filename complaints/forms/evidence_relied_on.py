"""The forms of a draft's evidence: several files, a link, and what is said of each piece."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.veiled import veiled
from complaints.forms.drafts import asked_later
from complaints.models import Feature, SupportingDocument
from complaints.services.evidence_relied_on import LONGEST_TITLE, Description
from drafting.fields import SeveralFilesField
from drafting.forms import VersionedForm

NO_FEATURE = "No feature in particular"
NAMED = SupportingDocument.SeenBy.NAMED
YES, NO = "yes", "no"
CHOOSE_FILES = "Choose files"
SEVERAL_FILES = (
    "You can choose several at once. PDFs, Office documents without macros, images, text, sound "
    "or video."
)
NO_FILE = "Choose at least one file."
TITLE_NEEDED = "Enter a title for this piece of evidence."


class FilesForm(forms.Form):
    """Several files at once; each is judged by itself when it is added, an empty one too."""

    upload = SeveralFilesField(
        label=CHOOSE_FILES,
        help_text=SEVERAL_FILES,
        allow_empty_file=True,
        error_messages={"required": NO_FILE},
    )


class LinkForm(forms.Form):
    """A link to something that anybody can look up."""

    link = forms.CharField(
        label="Link",
        help_text="Like https://www.example.org/report. We keep the address. We do not look at "
        "what is there, and it may change: attach a file where you can.",
        max_length=2000,
        error_messages={"required": "Enter the link."},
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(
        label="Title of what it leads to",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter a title for what the link leads to."},
    )


class DescriptionForm(VersionedForm):
    """What a body says of one piece of evidence; only the title must be there at once."""

    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": TITLE_NEEDED}
    )
    shows = forms.CharField(
        label="What does it show?",
        help_text="A few sentences. Say where in it, if it is long.",
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    feature = forms.ChoiceField(
        label="Which feature does it support?", required=False, widget=forms.RadioSelect
    )
    seen_by = forms.ChoiceField(
        label="Who may see it?",
        help_text="The authorities read your wish wherever they read this evidence. No provision "
        "in law was found on it, so they may have to ask you again.",
        choices=SupportingDocument.SeenBy.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    seen_by_named = forms.CharField(
        label="Names of those people or offices",
        help_text=f"Only if you choose “{NAMED.label}”.",
        max_length=300,
        required=False,
    )
    personal = forms.ChoiceField(
        label="Does it contain personal data?",
        help_text="Such as the name, address, health or record of a person who can be identified.",
        choices=[(YES, "Yes"), (NO, "No")],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, features: Sequence[Feature], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features = {veiled(one.pk): one for one in features}
        choice = self.fields["feature"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  Told to the type checker.
        numbered = [(key, f"{one.number}. {one.statement}") for key, one in self.features.items()]
        choice.choices = [*numbered, ("", NO_FEATURE)]
        choice.error_messages["invalid_choice"] = (
            "The feature that you chose was taken out. Choose one that stands."
        )
        for name in ("shows", "feature", "seen_by", "personal"):
            asked_later(self.fields[name])

    @classmethod
    def of(cls, document: SupportingDocument) -> dict[str, Any]:
        """What is stored of a piece, as the form shows it."""
        personal = {True: YES, False: NO, None: None}[document.has_personal_data]
        return {
            "title": document.title,
            "shows": document.shows,
            "feature": veiled(document.feature_id) if document.feature_id else "",
            "seen_by": document.seen_by,
            "seen_by_named": document.seen_by_named,
            "personal": personal,
        }

    def clean(self) -> dict[str, Any]:
        """Whoever is named alone is named, and nobody is named in vain."""
        given = super().clean() or self.cleaned_data
        named, seen_by = given.get("seen_by_named"), given.get("seen_by")
        if seen_by == NAMED and not named:
            self.add_error("seen_by_named", "Name the people or offices that may see it.")
        if named and seen_by != NAMED:
            self.add_error(
                "seen_by", f"You named who may see it. Choose “{NAMED.label}”, or remove the names."
            )
        return given

    def content(self) -> dict[str, Any]:
        """What goes to the verb: the description, and the version that it was opened with."""
        given = self.cleaned_data
        said = Description(
            title=given["title"],
            shows=given["shows"],
            feature=self.features.get(given["feature"]),
            seen_by=given["seen_by"],
            seen_by_named=given["seen_by_named"],
            has_personal_data={YES: True, NO: False}.get(given["personal"]),
        )
        return {"said": said, "version": given["version"]}
