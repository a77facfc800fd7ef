"""The forms of what is complained about: each feature of policing, and the harm that it does."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from complaints.forms.drafts import PartForm, asked_later, long_text
from complaints.models import Feature
from complaints.services.drafts import FeatureHarm, Statement

STATEMENT_WORDS = 60
QUESTIONS = {
    "harmed": "Who is harmed by feature {}?",
    "scale": "How many people does feature {} affect, and how widely?",
    "nature": "What kind of harm does feature {} do?",
}


def strays(typed: Mapping[str, Any], numbers: Sequence[int]) -> list[str]:
    """What was typed into the cards of features that somebody has taken out since, with its name.

    Nothing typed is lost: the whole text takes it in.
    """
    found = []
    for name, value in typed.items():
        head, _, number = name.partition("_")
        text = str(value[-1] if isinstance(value, list) else value).strip()
        if text and head in QUESTIONS and number.isdecimal() and int(number) not in numbers:
            found.append((int(number), QUESTIONS[head].format(number), text))
    return [f"{question} (It was taken out.)\n{text}" for _, question, text in sorted(found)]


def with_strays(text: str, lines: Sequence[str]) -> str:
    """A long text with further paragraphs, each once."""
    return "\n\n".join([text, *(one for one in lines if one not in text)]).strip()


class HarmForm(PartForm):
    """The reasoned case. Law: SI 2018/748 reg. 4(2)(b)."""

    asked = {"harm": "Explain why the public interest is, or appears to be, significantly harmed."}
    harm = long_text(
        "Why is it significantly harming the public interest, or why does it appear to?",
        "Leave a blank line between paragraphs.",
        rows=16,
    )

    def __init__(self, *args: Any, features: Sequence[Feature] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features = features
        self.numbers = [feature.number for feature in features]
        for number in self.numbers:
            for name, question in QUESTIONS.items():
                self.fields[f"{name}_{number}"] = long_text(question.format(number), rows=3)
        self.fields["finished"] = self.fields.pop("finished")
        if self.is_bound and (lines := strays(self.data, self.numbers)):
            self.data = sent = self.sent.copy()
            sent["harm"] = with_strays(sent.get("harm", ""), lines)

    def take_in(self, typed: Mapping[str, Any]) -> None:
        """Show in the whole text what was typed into cards that are there no more."""
        if lines := strays(typed, self.numbers):
            self.initial["harm"] = with_strays(self.initial.get("harm", ""), lines)

    @property
    def feature_cards(self) -> list[dict[str, Any]]:
        """Each feature with its own fields, for the page to draw as a card."""
        return [
            {
                "number": one.number,
                "statement": one.statement,
                "fields": [self[f"{name}_{one.number}"] for name in QUESTIONS],
            }
            for one in self.features
        ]

    def content(self) -> dict[str, Any]:
        """What goes to the verb: the whole text, and the harm of each feature."""
        given = super().content()
        return {
            "harm": given["harm"],
            "of_features": [
                FeatureHarm(n, *(given[f"{name}_{n}"] for name in QUESTIONS)) for n in self.numbers
            ],
            "version": given["version"],
            "finished": given["finished"],
        }


class FeaturesForm(PartForm):
    """The features of policing, each a plain statement with detail. Law: reg. 4(2)(a)."""

    def __init__(self, *args: Any, rows: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for number in range(1, rows + 1):
            statement = forms.CharField(
                label=f"Feature {number}",
                help_text=f"One plain statement of at most {STATEMENT_WORDS} words.",
                required=False,
                max_length=600,
                widget=forms.Textarea({"rows": 3, "data-maxwords": STATEMENT_WORDS}),
            )
            self.fields[f"statement_{number}"] = asked_later(statement)
            self.fields[f"detail_{number}"] = long_text(f"Detail of feature {number}", rows=5)
        self.fields["finished"] = self.fields.pop("finished")

    def clean(self) -> dict[str, Any]:
        """Statements are short; a finished part has one; a detail has its statement."""
        given = super().clean()
        for number in range(1, self.rows + 1):
            statement = given.get(f"statement_{number}", "")
            if (words := len(statement.split())) > STATEMENT_WORDS:
                self.add_error(
                    f"statement_{number}",
                    f"Feature {number} has {words} words. Shorten it to {STATEMENT_WORDS}, and "
                    "move the rest to its detail.",
                )
            elif given.get(f"detail_{number}") and not statement:
                self.add_error(f"statement_{number}", f"Enter the statement of feature {number}.")
        if given.get("finished") == "yes" and not self.errors and not self.statements():
            self.add_error("statement_1", "Set out at least one feature of policing.")
        return given

    def statements(self) -> list[Statement]:
        """The features that have a statement, in their order."""
        rows = range(1, self.rows + 1)
        written = (
            (self.cleaned_data.get(f"statement_{n}", ""), self.cleaned_data.get(f"detail_{n}", ""))
            for n in rows
        )
        return [Statement(statement, detail) for statement, detail in written if statement]

    def content(self) -> dict[str, Any]:
        """What goes to the verb: the statements in order."""
        given = super().content()
        return {
            "features": self.statements(),
            "version": given["version"],
            "finished": given["finished"],
        }
