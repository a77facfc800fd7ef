"""Template tags for the GOV.UK and MOJ components, built in to every template."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import RequestContext
from django.template.defaultfilters import date as written_date
from django.utils import timezone

from supercomplaints.navigation import links
from supercomplaints.tags import TAGS, Tag

register = template.Library()
LONDON = ZoneInfo("Europe/London")

CONTROLS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    # Django's several checkboxes are a kind of radios, so they come first.
    (forms.CheckboxSelectMultiple, "checkboxes", ""),
    (forms.RadioSelect, "radios", ""),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.HiddenInput, "hidden", ""),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.MultiWidget, "date", ""),
    (forms.Widget, "input", "govuk-input"),
)


def _control(field: BoundField) -> tuple[str, str]:
    """The kind of control that a widget is, and its class."""
    return next(
        (kind, css) for widget, kind, css in CONTROLS if isinstance(field.field.widget, widget)
    )


@register.filter
def control_kind(field: BoundField) -> str:
    """Which of the renderer's controls a field is."""
    return _control(field)[0]


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of hint and error, for `aria-describedby`."""
    parts = [("hint", field.help_text), ("error", field.errors)]
    return " ".join(f"{field.auto_id}-{name}" for name, given in parts if given)


@register.filter
def first_id(field: BoundField) -> str:
    """The id that an error links to: the first box or choice of a group."""
    grouped = control_kind(field) in {"date", "radios", "checkboxes"}
    return f"{field.auto_id}_0" if grouped else str(field.auto_id)


@register.simple_tag
def control(field: BoundField, css: str = "") -> str:
    """The field's own widget with the classes and references that it needs."""
    kind, own = _control(field)
    classes = [css or own, f"govuk-{kind}--error" if field.errors and kind != "checkbox" else ""]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    if kind == "textarea":
        attrs.setdefault("rows", field.field.widget.attrs.get("rows", 6))
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("components/service_navigation.html", takes_context=True)
def frame_navigation(context: RequestContext, frame: str, current: str = "") -> dict[str, Any]:
    """The links of a page frame, the current one marked."""
    return {"links": links(frame, current or "", context.get("membership"))}


@register.inclusion_tag("components/tag.html")
def status_tag(kind: str, status: str) -> dict[str, str]:
    """The one tag for a status of a kind of thing, as supercomplaints.tags has it."""
    tag: Tag = TAGS[kind][status]
    return {"text": tag.text, "colour": tag.colour}


@register.simple_tag
def query_with(query: QueryDict, **changes: Any) -> str:
    """The address's query with some parameters changed; an empty value leaves one out."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value not in (None, ""):
            changed[name] = str(value)
    return changed.urlencode()


@register.filter
def long_date(day: date | datetime | None) -> str:
    """17 December 2020; of an instant, its London day."""
    return written_date(_london_day(day), "j F Y") if day else ""


@register.filter
def weekday_date(day: date | datetime | None) -> str:
    """Thursday 17 December 2020; of an instant, its London day."""
    return written_date(_london_day(day), "l j F Y") if day else ""


@register.filter
def london_instant(at: datetime | None) -> str:
    """10:00 GMT, Thursday 17 December 2020: an instant in London, with its zone."""
    if at is None:
        return ""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} {there.tzname()}, {written_date(there.date(), 'l j F Y')}"


def _london_day(day: date | datetime) -> date:
    return timezone.localtime(day, LONDON).date() if isinstance(day, datetime) else day
