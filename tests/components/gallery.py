"""One example of each component and frame, for tests to draw. No page of the service shows it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template

from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from complaints.models import Complaint
from complaints.states import CaseStatus
from drafting.fields import DateField, InstantField
from supercomplaints.tags import TAGS

AT = datetime(2020, 12, 17, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Example:
    """A component with its inputs; `markup` instead where a tag wraps content."""

    component: str
    inputs: dict[str, Any] = field(default_factory=dict)
    markup: str = ""

    def drawn(self) -> str:
        """Its HTML, through `include … only`, as every page uses it."""
        names = " ".join(f"{name}={name}" for name in self.inputs)
        include = f'{{% include "components/{self.component}.html" with {names} only %}}'
        if not names:
            include = f'{{% include "components/{self.component}.html" only %}}'
        return Template(self.markup or include).render(Context(self.inputs))


@dataclass(frozen=True)
class Message:
    """A message as Django's framework gives it to a template."""

    text: str
    level_tag: str

    def __str__(self) -> str:
        return self.text


class EveryField(forms.Form):
    """One field of each kind that the renderer draws."""

    title = forms.CharField(label="Title of the super-complaint", help_text="As the letter has it.")
    harm = forms.CharField(label="Why it harms the public", widget=forms.Textarea, max_length=900)
    received_on = DateField(label="Date of receipt", help_text="For example, 27 3 2018.")
    release_at = InstantField(label="Publication time")
    kind = forms.ChoiceField(
        label="How it arrived",
        choices=[("letter", "By letter"), ("email", "By e-mail")],
        widget=forms.RadioSelect,
    )
    forces = forms.MultipleChoiceField(
        label="Forces",
        choices=[("norfolk", "Norfolk"), ("kent", "Kent")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    body = forms.ChoiceField(label="Body", choices=[("", "Choose"), ("cwj", "A body")])
    letter = forms.FileField(label="The original letter")
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    sure = forms.BooleanField(label="I have the authority of my organisation to submit this")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def wrong_form() -> EveryField:
    """The form as somebody sent it, with mistakes."""
    typed = {"received_on_day": "29", "received_on_month": "2", "received_on_year": "2019"}
    return EveryField({"harm": "It does.", **typed}, prefix=None)


def a_membership(*roles: Role) -> Membership:
    """Somebody who acts, never saved."""
    hmicfrs = Organisation(name="HM Inspectorate", short_name="HMICFRS", slug="hmicfrs")
    return Membership(
        user=User(name="Investigator 2", email="investigator-2@example.invalid"),
        organisation=hmicfrs,
        roles=[role.value for role in roles],
    )


def a_case() -> Complaint:
    """A case under investigation, never saved."""
    title = "Fictional example: how forces look after property that they have seized"
    case = Complaint(reference="SC-2018-417", title=title, status=CaseStatus.INVESTIGATING)
    case.fictional = True
    return case


def links(*texts: str) -> list[dict[str, Any]]:
    """Links, the first one current."""
    return [{"text": text, "href": f"#{text}", "current": text == texts[0]} for text in texts]


CLOCK = {
    "words": "Acknowledge receipt",
    "due_on": date(2018, 12, 24),
    "tag_text": "Due soon",
    "tag_colour": "yellow",
    "href": "#clock",
}
STAGES = [
    {"label": "Received", "state": "done", "note": "18 December 2018"},
    {"label": "Checking eligibility", "state": "done", "note": "Eligible, 4 February 2019"},
    {
        "label": "Investigating",
        "state": "now",
        "note": "Progress report due Friday 1 March 2019",
        "promises": [{"words": "We are 2 days late.", "is_late": True, "counted": "56 days."}],
    },
    {"label": "Writing report", "state": ""},
    {"label": "Report published", "state": ""},
    {"label": "Following up", "state": ""},
]
BOXES = [
    {"who": "HMICFRS", "words": "Agreed", "state": "given", "note": "4 March 2019, version 3"},
    {"who": "College of Policing", "words": "Not agreed", "state": "against", "note": "Version 2"},
    {"who": "IOPC", "words": "Has not said yet", "state": ""},
]
TASKS = [
    {"title": "Contact person", "href": "#contact", "status": "Completed"},
    {
        "title": "Features of policing",
        "href": "#features",
        "hint": "What happens, and where",
        "status": "In progress",
        "colour": "blue",
    },
    {"title": "Check and submit", "status": "Cannot start yet"},
]
HAPPENED = [
    {"words": "Found eligible", "at": AT, "by": "Decision maker, IOPC", "note": "Letter sent."},
    {"words": "Acknowledged", "at": AT, "by": "Intake officer, HMICFRS"},
]
ROWS = [
    {"key": "Body", "value": "Example Trust", "href": "#body"},
    {"key": "Harm", "value": "Line one.\nLine two.", "verbatim": True},
    {"key": "Forces"},
]
TABLE = [
    [{"text": "E-0147", "href": "#e"}, {"text": "Minutes of a meeting"}, {"text": "12"}],
    [{"text": "E-0148"}, {"text": "Survey", "tag_text": "Screened", "tag_colour": "green"}, {}],
]
TAG_EXAMPLES = [
    Example("tag", {"text": tag.text, "colour": tag.colour})
    for text, tag in {tag.text: tag for kind in TAGS.values() for tag in kind.values()}.items()
]
BUTTON = '{% include "components/button.html" with text="Hold" kind="inverse" only %}'

EXAMPLES = [
    Example("breadcrumbs", {"crumbs": links("Cases", "SC-2018-417")}),
    Example("back_link", {"href": "#back", "text": "All sections"}),
    Example("identity_bar", {"reference": "SC-2018-417", "title": "A title", "tag": "embargoed"}),
    Example("clock", {"clock": CLOCK}),
    *TAG_EXAMPLES,
    Example("panel", {"title": "Super-complaint submitted", "reference": "SC-2018-417"}),
    Example("notification_banner", {"messages": [Message("Acknowledgement sent", "success")]}),
    Example(
        "alert",
        markup='{% alert title="Nothing was saved" kind="warning" %}<p class="govuk-body">Text '
        "is kept as a draft.</p>{% endalert %}",
    ),
    Example("warning_text", {"text": "You can’t take this back."}),
    Example("inset_text", {"text": "Receipt is acknowledged within 5 working days. Reg. 5."}),
    Example(
        "details",
        markup='{% details summary="How we count" %}<p class="govuk-body">Day 1 is the day '
        "of receipt.</p>{% enddetails %}",
    ),
    Example(
        "interruption",
        markup='{% interruption title="You are about to release this" %}<p>It is public at '
        f"10:00 GMT.</p>{BUTTON}{{% endinterruption %}}",
    ),
    Example("stage_list", {"stages": STAGES}),
    Example("agreement_strip", {"boxes": BOXES}),
    Example("task_list", {"tasks": TASKS, "prefix": "draft"}),
    Example("summary_list", {"rows": ROWS}),
    Example(
        "card",
        {"rows": ROWS},
        '{% card title="Contact" href="#contact" %}'
        '{% include "components/summary_list.html" with rows=rows only %}{% endcard %}',
    ),
    Example(
        "filter_panel",
        {"chosen": links("Investigating")},
        '{% filtered chosen=chosen clear="#" %}<div class="govuk-form-group">'
        '<label class="govuk-label" for="q">Words</label>'
        '<input class="govuk-input govuk-input--width-20" id="q" name="q"></div>{% endfiltered %}',
    ),
    Example(
        "table",
        {
            "caption": "Evidence",
            "columns": [{"text": "Ref"}, {"text": "Title"}, {"text": "Pages", "numeric": True}],
            "rows": TABLE,
            "first_is_header": True,
        },
    ),
    Example("table_cell", {"cell": {"text": "E-0147", "href": "#e"}}),
    Example(
        "scrolling",
        markup='{% scrolling label="Wide" %}<p class="govuk-body nowrap">'
        + "A line that is too wide for a small screen. " * 8
        + "</p>{% endscrolling %}",
    ),
    Example(
        "pagination", {"page": Paginator(range(90), 10).page(3), "query": QueryDict("q=a&b=1")}
    ),
    Example("sub_navigation", {"label": "Evidence", "links": links("All", "Unlinked", "Mine")}),
    Example("timeline", {"happened": HAPPENED, "level": 2}),
    Example(
        "empty_state",
        {
            "title": "No evidence yet",
            "text": "It appears here.",
            "href": "#a",
            "link": "Add evidence",
        },
    ),
    Example("button", {"text": "Continue to the declaration", "href": "#go"}),
    Example("button", {"text": "Save for later", "kind": "secondary"}),
    Example("button", {"text": "Withdraw it", "kind": "warning"}),
]
# What a frame draws itself; on a page of its own, since it may stand on a page only once.
FRAME_PARTS = [
    Example("strip", {"text": "Nothing here is an official record.", "label": "Demo"}),
    Example("who", {"membership": a_membership(Role.INVESTIGATOR, Role.LEAD_INVESTIGATOR)}),
    Example("service_navigation", {"links": links("Home", "Cases", "Deadlines")}),
    Example(
        "side_navigation",
        {"groups": [{"title": "Case", "links": links("Overview", "Eligibility", "Letters")}]},
    ),
    Example("error_summary", {"forms": [wrong_form()]}),
    Example("errors_of_form", {"form": wrong_form()}),
    Example("form", {"form": EveryField(), "csrf_token": "token", "submit": "Save"}),
]
