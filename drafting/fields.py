"""Form fields that people fill in the GOV.UK way: a date in three boxes, an instant in London."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")


class DateBoxes(forms.MultiWidget):
    """Three boxes for day, month and year."""

    template_name = "forms/date.html"
    control_kind = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"label": part.capitalize(), "width": 4 if part == "year" else 2})
            for part in PARTS
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """A date as its three numbers."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A date typed as three numbers; the error says which part is wrong and how to write it."""

    widget = DateBoxes

    def __init__(self, **options: Any) -> None:
        fields = [forms.CharField(required=False, max_length=4) for _ in PARTS]
        super().__init__(fields, require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """The date, or an error in words."""
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter {self.in_words}, like 27 3 2018.", code="required")
            return None
        missing = [part for part, given in zip(PARTS, typed, strict=True) if not given]
        if missing:
            raise ValidationError(f"The date must include a {' and a '.join(missing)}.")
        try:
            day, month, year = (int(part) for part in typed)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                f"{' '.join(typed)} is not a real date. Write it like 27 3 2018."
            ) from None

    @property
    def in_words(self) -> str:
        """How an error names the date: “the date of receipt”."""
        label = str(self.label or "date")
        return "the " + label[0].lower() + label[1:]

    def compress(self, data_list: list[Any]) -> Any:
        """Unused: `clean` reads the three boxes itself, to say which one is wrong."""
        return data_list
