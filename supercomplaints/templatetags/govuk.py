"""Template tags for the GOV.UK and MOJ components, built in to every template."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.template.context import Context, RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clock.london import LONDON, long_date, weekday_date
from supercomplaints.navigation import links
from supercomplaints.tags import TAGS

register = template.Library()


# --- Frames and forms ---------------------------------------------------------------------------
@register.simple_tag
def service_name() -> str:
    """The service's name, on pages that have no context."""
    return str(settings.SERVICE_NAME)


@register.inclusion_tag("components/service_navigation.html", takes_context=True)
def frame_navigation(context: RequestContext, frame: str, current: str = "") -> dict[str, Any]:
    """The links of a page frame, the current one marked."""
    return {"links": links(frame, current or "", context.get("membership"))}


@register.simple_tag(takes_context=True)
def forms_with_errors(context: Context) -> list[BaseForm]:
    """Every form of the page that has errors, for the title and the error summary."""
    found: list[BaseForm] = []
    for value in context.flatten().values():
        several: list[Any] = value.forms if isinstance(value, BaseFormSet) else [value]
        found += [form for form in several if isinstance(form, BaseForm) and form.errors]
    return list(dict.fromkeys(found))


@register.simple_tag
def form_token() -> str:
    """A name that no form had before: a second sending of the form is known by it."""
    return uuid4().hex


@register.inclusion_tag("components/form.html", takes_context=True)
def govuk_form(context: Context, form: BaseForm, submit: str = "", **more: Any) -> dict[str, Any]:
    """A whole form with its token and button; `kind`, `cancel` and `action` go to the template."""
    return {"form": form, "submit": submit, "csrf_token": context.get("csrf_token"), **more}


# --- Components that hold other content -----------------------------------------------------------
def _around(component: str, content: str, **inputs: Any) -> SafeString:
    """A component drawn around what a template wrote between its tags, which is markup already."""
    return render_to_string(f"components/{component}.html", {"content": content, **inputs})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Inset text around any content."""
    return _around("inset_text", content)


@register.simple_block_tag
def details(content: str, *, summary: str) -> SafeString:
    """Content that is folded away until its summary is pressed."""
    return _around("details", content, summary=summary)


@register.simple_block_tag
def scrolling(content: str, *, label: str) -> SafeString:
    """A region that scrolls sideways where it is too wide, for tables; the keyboard reaches it."""
    return _around("scrolling", content, label=label)


@register.simple_block_tag
def card(content: str, *, title: str, level: int = 2, **more: Any) -> SafeString:
    """A summary card; `href` and `change` make its one link."""
    return _around("card", content, title=title, level=level, **more)


@register.simple_block_tag
def interruption(content: str, *, title: str) -> SafeString:
    """The page that stands before an act that can't be undone; its button goes inside."""
    return _around("interruption", content, title=title)


@register.simple_block_tag
def alert(content: str, *, title: str, kind: str = "information") -> SafeString:
    """A notice in the workspace: information, success, warning or error; it stays."""
    return _around("alert", content, title=title, kind=kind)


@register.simple_block_tag
def filtered(content: str, *, chosen: Any = (), clear: str = "") -> SafeString:
    """A filter form around its fields; `chosen` are removable filters (text, href)."""
    return _around("filter_panel", content, chosen=chosen, clear=clear)


# --- Statuses and addresses -----------------------------------------------------------------------
@register.simple_tag
@cache
def status_tag(kind: str, status: str) -> SafeString:
    """The one tag for a status of a kind of thing, as supercomplaints.tags has it.

    Each is drawn once: a list shows the same few in every row.
    """
    tag = TAGS[kind][status]
    return render_to_string("components/tag.html", {"text": tag.text, "colour": tag.colour})


@register.simple_tag
def query_with(query: QueryDict, **changes: Any) -> str:
    """The address's query with some parameters changed; an empty value leaves one out."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value not in (None, ""):
            changed[name] = str(value)
    return changed.urlencode()


# --- Dates ----------------------------------------------------------------------------------------
register.filter(long_date)
register.filter(weekday_date)


@register.filter
def london_instant(at: datetime | None) -> str:
    """10:00 GMT, Thursday 17 December 2020: an instant in London, with its zone."""
    return f"{london_time(at)}, {weekday_date(at)}" if at else ""


@register.filter
def london_time(at: datetime | None) -> str:
    """10:00 GMT: the time on London's clocks, with its zone."""
    if at is None:
        return ""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} {there.tzname()}"
