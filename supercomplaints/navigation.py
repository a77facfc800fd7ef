"""The links of each page frame: a table. A link shows to those whose roles know its action."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.access import scopes
from accounts.models import Membership
from accounts.roles import Action


@dataclass(frozen=True)
class Entry:
    """One link of a frame: its key, words and page, and the action that it needs, if any.

    `of_authorities`: the page is there for people of an authority only, whatever their role.
    """

    key: str
    text: str
    page: str
    action: Action | None = None
    of_authorities: bool = False

    def is_for(self, membership: Membership | None) -> bool:
        """Whether the page is there for this membership."""
        if self.action and not scopes(membership, self.action):
            return False
        if not self.of_authorities:
            return True
        return membership is not None and membership.organisation.has_part_in_a_regime()


@dataclass(frozen=True)
class Link:
    """One link as a template draws it."""

    text: str
    href: str
    current: bool


FRAMES: dict[str, tuple[Entry, ...]] = {
    "public": (
        Entry("register", gettext_noop("Super-complaints"), "public:register"),
        Entry("sign-in", gettext_noop("Sign in"), "account_login"),
    ),
    "casework": (
        Entry("today", "Home", "desk:today", Action.COMPLAINT_READ),
        Entry("cases", "Cases", "desk:cases", Action.COMPLAINT_READ),
        Entry("intake", "Intake", "complaints:intake", Action.COMPLAINT_ACKNOWLEDGE),
        Entry("deadlines", "Deadlines", "deadlines:list", Action.COMPLAINT_READ),
        Entry("publish", "Publish", "publication:desk", Action.RELEASE_READ),
        Entry("record", "Record", "desk:house_record", Action.RECORD_READ, of_authorities=True),
        Entry("people", "People", "people", Action.PEOPLE_ADMINISTER),
        Entry("reference", "Reference data", "admin:index", Action.PEOPLE_ADMINISTER),
        Entry("holidays", "Bank holidays", "deadlines:holidays", Action.DEADLINE_ADMINISTER),
        Entry("rules", "Periods", "deadlines:rules", Action.DEADLINE_ADMINISTER),
        Entry("unsent", "Unsent mail", "notifications:unsent", Action.PEOPLE_ADMINISTER),
    ),
    "portal": (
        Entry("portal", "Your super-complaints", "complaints:portal", Action.COMPLAINT_TRACK),
        Entry("new", "Start a draft", "complaints:new", Action.COMPLAINT_DRAFT),
        Entry("people", "Who may do what", "complaints:people", Action.COMPLAINT_TRACK),
    ),
    "respond": (Entry("respond", "Recommendations to answer", "recommendations:respond"),),
}


def links(frame: str, current: str, membership: Membership | None) -> list[Link]:
    """The links of a frame that this membership may follow and that exist."""
    drawn = []
    for entry in FRAMES[frame]:
        if not entry.is_for(membership):
            continue
        try:
            href = reverse(entry.page)
        except NoReverseMatch:
            continue  # The room is not open in this deployment (the public web has no desk).
        drawn.append(Link(str(_(entry.text)), href, entry.key == current))
    return drawn
