"""Which page says first what needs a person, by what their roles may do."""

from django.urls import NoReverseMatch, reverse

from accounts.access import scopes
from accounts.models import Membership
from accounts.roles import Action

# The first action that the membership knows decides.
HOMES = (
    (Action.COMPLAINT_READ, "desk:today"),
    (Action.COMPLAINT_TRACK, "complaints:portal"),
    (Action.OBLIGATION_READ, "recommendations:respond"),
    (Action.PEOPLE_ADMINISTER, "people"),
)


def home_of(membership: Membership) -> str:
    """The address of the page that this membership starts from."""
    for action, page in HOMES:
        if scopes(membership, action):
            return reverse(page)
    raise NoReverseMatch(f"No home for {membership}: its roles know no action of HOMES.")
