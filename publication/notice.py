"""The press notice, built from records in the form that press officers know."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Membership
from clock.london import london_day, long_date
from complaints.models import Complaint
from complaints.states import Precision
from investigations.models import Finding
from publication.built import Recommended
from publication.live import live_at
from publication.london import in_words
from publication.models import Release
from publication.text import authorities_of, bodies_of, received_words
from recommendations.models import OwnAction

SCHEME = gettext_noop(
    "A super-complaint is a complaint by a designated body that a feature of policing in England "
    "and Wales is, or appears to be, significantly harming the interests of the public (Police "
    "Reform Act 2002, section 29A)."
)
BODIES = gettext_noop(
    "A designated body is one that the minister has designated in regulations (Police Reform Act "
    "2002, section 29B)."
)
NO_TIME = (
    "The press notice does not say when the report is public. Enter the planned time before the "
    "report is sealed."
)


@dataclass(frozen=True)
class PressNotice:
    """What the press is given: everything in it is a record, or was written for it."""

    reference: str
    headline: str
    standfirst: str
    investigated: str
    trigger: str
    found: tuple[str, ...]
    recommendations: tuple[str, ...]
    who_must_act: str
    notes: tuple[str, ...]
    live: tuple[str, ...]
    as_at: date
    publication: str
    contacts: tuple[str, ...]
    authorities: tuple[str, ...]
    fictional: bool


@dataclass(frozen=True)
class Made:
    """A press notice, what whoever sends it must know, and the references of what it lists."""

    notice: PressNotice
    warnings: tuple[str, ...]
    lists: tuple[str, ...] = ()


def press_notice(
    complaint: Complaint,
    *,
    title: str,
    as_at: date,
    recommended: tuple[Recommended, ...],
    publishes_at: datetime | None = None,
    hour_is_known: bool = True,
    headline: str = "",
    standfirst: str = "",
    reader: Membership | None = None,
) -> Made:
    """The press notice of a report, with the live super-complaints as at a London day.

    A live case that had not been announced by that day is left out, and a warning says why; it
    names to its reader only what the reader may open. Of a case that others published, the
    headline and what was found are what is known of them.
    Args: `recommended` is what the report recommends, as it was built just now.
    """
    authorities, found = authorities_of(complaint), _found(complaint)
    live = live_at(as_at, other_than=complaint, publishes_at=publishes_at, reader=reader)
    notice = PressNotice(
        reference=complaint.reference,
        headline=headline or _headline(complaint, title, found),
        standfirst=standfirst or _standfirst(complaint),
        investigated=_investigated(authorities),
        trigger=_trigger(complaint),
        found=found,
        recommendations=_recommended(recommended),
        who_must_act=_who_must_act(complaint, recommended),
        notes=_notes(complaint, authorities),
        live=live.announced,
        as_at=as_at,
        publication=_publication(publishes_at, hour_is_known=hour_is_known),
        contacts=_contacts(complaint),
        authorities=authorities,
        fictional=complaint.fictional,
    )
    no_time = () if publishes_at or complaint.imported else (NO_TIME,)
    return Made(notice, (*no_time, *live.warnings), live.references)


def _headline(complaint: Complaint, title: str, found: tuple[str, ...]) -> str:
    """The headline in place of one that was not written."""
    known = found[0].rstrip(".") if complaint.imported and found else ""
    return known or _("%(title)s: report published") % {"title": title}


def _investigated(authorities: tuple[str, ...]) -> str:
    """Who investigated and decided."""
    said = _("%(authorities)s investigated together and decided on this report.")
    return said % {"authorities": _listed(authorities)}


def _standfirst(complaint: Complaint) -> str:
    """One sentence in place of one that was not written."""
    published = _("The report on the super-complaint of %(bodies)s is published.")
    return published % {"bodies": _listed(bodies_of(complaint))}


def _trigger(complaint: Complaint) -> str:
    """Who complained, of what, and when it came."""
    received = received_words(complaint)
    follows = _("It follows a super-complaint by %(bodies)s%(called)s%(when)s.")
    return follows % {
        "bodies": _listed(bodies_of(complaint)),
        "called": f", “{complaint.title}”" if complaint.title else "",
        "when": _(", received %(day)s") % {"day": received} if received else "",
    }


def _found(complaint: Complaint) -> tuple[str, ...]:
    """The findings, each by its conclusion; of an imported case, what is known of them."""
    if complaint.imported:
        pages = Release.objects.filter(complaint=complaint, imported=True)
        said = [payload.get("summary", "") for payload in pages.values_list("payload", flat=True)]
        return tuple(f"{one.rstrip('.')}." for one in said if one)
    findings = Finding.objects.filter(investigation__complaint=complaint)
    return tuple(findings.values_list("conclusion", flat=True))


def _recommended(recommended: tuple[Recommended, ...]) -> tuple[str, ...]:
    """Each recommendation with its addressees, and for whom it is meant."""
    lines = []
    for said in recommended:
        whom = {"whom": said.applies_to.rstrip(".")}
        scope = f" {_('Applies to: %(whom)s.') % whom}" if said.applies_to else ""
        lines.append(f"{_listed(said.addressees)}: {said.wording.rstrip('.')}.{scope}")
    return tuple(lines)


def _who_must_act(complaint: Complaint, recommended: tuple[Recommended, ...]) -> str:
    """The addressees, and the authorities that act themselves."""
    addressed = sorted({name for one in recommended for name in one.addressees})
    acting = OwnAction.objects.filter(complaint=complaint).select_related("authority")
    own = sorted({action.authority.name for action in acting})
    said = []
    if addressed:
        made_to = _("Recommendations are made to %(addressees)s.")
        said.append(made_to % {"addressees": _listed(addressed)})
    if own:
        will_do = _("The report also says what %(authorities)s will do.")
        said.append(will_do % {"authorities": _listed(own)})
    return " ".join(said) or _("The report makes no recommendation to others.")


def _notes(complaint: Complaint, authorities: tuple[str, ...]) -> tuple[str, ...]:
    """The notes to editors that every notice carries."""
    together = _("%(authorities)s assess, investigate and report on super-complaints together.")
    reference = _("The reference of this super-complaint is %(reference)s.")
    return (
        together % {"authorities": _listed(authorities)},
        _(SCHEME),
        _(BODIES),
        _("The law of the scheme is %(law)s.") % {"law": complaint.regime.law},
        reference % {"reference": complaint.reference},
        *_received(complaint),
    )


def _received(complaint: Complaint) -> tuple[str, ...]:
    """When it was received, as exactly as that is known."""
    received = received_words(complaint)
    in_month = complaint.received_precision == Precision.MONTH
    said = _("It was received in %(month)s.") if in_month else _("It was received on %(day)s.")
    return (said % {"month": received, "day": received},) if received else ()


def _publication(publishes_at: datetime | None, *, hour_is_known: bool) -> str:
    """When the report is public, as exactly as that is known."""
    if publishes_at is None:
        return _("The report is public from the time that its page states.")
    if not hour_is_known:
        on = _("The report was published on %(day)s. The hour is not known to us.")
        return on % {"day": long_date(london_day(publishes_at))}
    available = _("The report is available to the public from %(instant)s.")
    return available % {"instant": in_words(publishes_at)}


def _contacts(complaint: Complaint) -> tuple[str, ...]:
    """The press office of each authority, by its mailbox: offices, never people."""
    offices = [part.organisation for part in complaint.regime.parts_in_order]
    line = _("%(authority)s press office: %(mailbox)s")
    return tuple(line % {"authority": one.short_name, "mailbox": one.mailbox} for one in offices)


def _listed(names: "tuple[str, ...] | list[str]") -> str:
    """A, B and C."""
    *first, last = names or (_("nobody"),)
    both = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
    return both if first else last
