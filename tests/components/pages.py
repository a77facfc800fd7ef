"""Whole pages of the gallery: every frame with something in it, from rows never saved."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from accounts.entrance import seconds_unasked
from accounts.models import Membership
from accounts.roles import Role
from tests.components.gallery import (
    CLOCK,
    EXAMPLES,
    EveryField,
    Message,
    a_case,
    a_membership,
    wrong_form,
)

STAFF = a_membership(Role.LEAD_INVESTIGATOR, Role.INTAKE_OFFICER, Role.PRESS_OFFICER)


def page(layout: str, content: str, *, membership: Membership | None = None, **inputs: Any) -> str:
    """A page in a frame, with what the context processor of the service would add."""
    source = (
        f'{{% extends "layouts/{layout}.html" %}}{{% block title %}}Gallery{{% endblock %}}'
        f"{{% block heading %}}<h1 class='govuk-heading-l'>Gallery</h1>{{% endblock %}}"
        f"{{% block content %}}{content}{{% endblock %}}"
    )
    context: dict[str, Any] = {
        "service_name": "Super-complaints Service",
        "demo": True,
        "csrf_token": "token",
    }
    context |= {"membership": membership, "session_unasked": seconds_unasked()}
    return Template(source).render(Context({**context, **inputs}))


def components() -> str:
    """Every component under the others."""
    drawn = mark_safe("".join(one.drawn() for one in EXAMPLES))  # noqa: S308  (it is markup)
    return page("casework", "{{ drawn }}", membership=STAFF, nav_current="cases", drawn=drawn)


def case() -> str:
    """A page of a case, with a form on it."""
    facts = {"complaint": a_case(), "case_title": "Overview", "case_section": "overview"}
    return page("case", FORM, membership=STAFF, form=EveryField(), clock=CLOCK, **facts)


FORM = '{% govuk_form form "Save and continue" cancel="#cancel" %}'
TEXT = '<p class="govuk-body">Text.</p>'
SUBMITTER, RESPONDER = a_membership(Role.SUBMITTER), a_membership(Role.RESPONDER)

PAGES: dict[str, Callable[[], str]] = {
    "components": components,
    "case": case,
    "portal": lambda: page("portal", FORM, membership=SUBMITTER, form=wrong_form()),
    "public": lambda: page("public", TEXT, nav_current="register"),
    "signin": lambda: page(
        "signin", FORM, form=EveryField(), messages=[Message("Saved", "success")]
    ),
    "publish": lambda: page("publish", TEXT, membership=STAFF),
    "respond": lambda: page("respond", TEXT, membership=RESPONDER),
    "answer-csrf": lambda: render_to_string("403_csrf.html"),
    "answer-mail": lambda: render_to_string("503_mail.html"),
    "answer-500": lambda: render_to_string("500.html", {"error_reference": "1a2b3c4d"}),
    **{
        f"answer-{status}": partial(render_to_string, f"{status}.html")
        for status in (400, 403, 404, 409, 413, 429, 503)
    },
}
