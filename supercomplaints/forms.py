"""How every form of the service is drawn: GOV.UK markup from one set of templates."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

# From the most particular widget to the most general: the kind of control, and its class.
CONTROLS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", ""),  # To Django, a kind of RadioSelect.
    (forms.RadioSelect, "radios", ""),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.HiddenInput, "hidden", ""),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (
        forms.PasswordInput,
        "password",
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
    ),
    (forms.MultiWidget, "boxes", ""),
    (forms.Widget, "input", "govuk-input"),
)
# A longer text has no count beside it: nobody writes towards such a limit.
COUNTED_CHARACTERS = 5000

# What is said of a missing answer, by kind of control; of any other kind, “Enter …”.
MISSING = {
    "select": gettext_noop("Select %(what)s."),
    "radios": gettext_noop("Select %(what)s."),
    "checkboxes": gettext_noop("Select %(what)s."),
    "checkbox": gettext_noop("Tick the box to go on: %(what)s."),
    "file": gettext_noop("Choose a file: %(what)s."),
}


@dataclass(frozen=True)
class Box:
    """One of the boxes of a date or an instant, as a template draws it."""

    id: str
    name: str
    label: str
    width: int
    value: str
    wrong: bool


@dataclass(frozen=True)
class Count:
    """How much may be written into a text, told beside it."""

    most: int
    unit: str


class GovukBoundField(BoundField):
    """A field as the templates under templates/forms/ draw it."""

    @property
    def kind(self) -> str:
        """Which control the field's widget is."""
        return self._control[0]

    @property
    def words(self) -> str:
        """The label or legend, which says so of what may be left out."""
        asked = self.field.required or getattr(self.field, "asked_later", False)
        may_be_left_out = not asked and self.kind != "checkbox"
        return f"{self.label} {gettext('(optional)')}" if may_be_left_out else str(self.label)

    @property
    def grouped(self) -> bool:
        """Whether several controls stand under one legend."""
        return self.kind in {"radios", "checkboxes", "boxes"}

    @property
    def first_id(self) -> str:
        """The id that an error leads to: of a group, the first choice or the first wrong box."""
        if self.kind == "boxes":
            boxes = self.boxes
            return next((box.id for box in boxes if box.wrong), boxes[0].id)
        return f"{self.auto_id}_0" if self.grouped else str(self.auto_id)

    @property
    def described_by(self) -> str:
        """The ids of count, hint and error, for `aria-describedby`."""
        parts = (("info", self.count), ("hint", self.help_text), ("error", self.errors))
        return " ".join(f"{self.auto_id}-{name}" for name, given in parts if given)

    @property
    def told(self) -> list[str]:
        """The errors in words; where a form has none of its own for a missing answer, ours."""
        return [
            self._missing() if error.code == "required" and _is_djangos(message) else message
            for error in self.errors.as_data()
            for message in map(str, error.messages)
        ]

    def _missing(self) -> str:
        words = str(self.label)
        if words.endswith("?"):
            return gettext("Answer “%(question)s”") % {"question": words}
        if words[1:2].islower():
            words = words[0].lower() + words[1:]
        return gettext(MISSING.get(self.kind, "Enter %(what)s.")) % {"what": words}

    @property
    def count(self) -> Count | None:
        """The limit of a text, where it is near enough to be told."""
        attrs = self.field.widget.attrs
        if self.kind != "textarea":
            return None
        if words := attrs.get("data-maxwords"):
            return Count(int(words), "words")
        most = int(attrs.get("maxlength") or 0)
        return Count(most, "characters") if 0 < most <= COUNTED_CHARACTERS else None

    @property
    def boxes(self) -> list[Box]:
        """The boxes of a date or an instant; an error's code names the wrong ones."""
        parts = self.subwidgets[0].data["subwidgets"]
        codes = {code for error in self.errors.as_data() for code in str(error.code).split()}
        labels = [part["attrs"]["label"] for part in parts]
        named = codes & {label.lower() for label in labels}
        return [
            Box(
                id=part["attrs"]["id"],
                name=part["name"],
                label=label,
                width=part["attrs"]["width"],
                value="" if part["value"] is None else str(part["value"]),
                wrong=bool(self.errors) and (not named or label.lower() in named),
            )
            for part, label in zip(parts, labels, strict=True)
        ]

    @property
    def control(self) -> SafeString:
        """The field's own widget with the classes and references that it needs."""
        attrs: dict[str, Any] = {"class": " ".join(filter(None, self._classes))}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.kind == "textarea":
            # A browser cuts a pasted text at `maxlength` without a word: the count tells instead.
            rows = self.field.widget.attrs.get("rows", 6)
            attrs |= {"maxlength": False, "cols": False, "rows": 6 if rows == "10" else rows}
        if self.kind == "password":
            attrs |= {"spellcheck": "false", "autocapitalize": "none"}
        return self.as_widget(attrs=attrs)

    @property
    def _classes(self) -> list[str]:
        kind, css = self._control
        wrong = {"password": "govuk-input--error", "checkbox": ""}.get(kind, f"govuk-{kind}--error")
        return [
            css,
            str(self.field.widget.attrs.get("class", "")),
            "govuk-js-character-count" if self.count else "",
            wrong if self.errors else "",
        ]

    @property
    def _control(self) -> tuple[str, str]:
        widget = self.field.widget
        return next((kind, css) for one, kind, css in CONTROLS if isinstance(widget, one))


def _is_djangos(message: str) -> bool:
    """Whether Django says it for want of a form's own words."""
    return message == str(forms.Field.default_error_messages["required"])


class GovukRenderer(TemplatesSetting):
    """Draws fields through templates/forms/."""

    field_template_name = "forms/field.html"
    form_template_name = "forms/form.html"
    bound_field_class = GovukBoundField
