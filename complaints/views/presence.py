"""Who else has a draft open, in words: colleagues by name, people of other bodies by office."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership
from complaints.models import Complaint
from complaints.parts import BY_NAME
from complaints.services.presence import visits_of_others


@dataclass(frozen=True)
class Elsewhere:
    """One person's last moment in one part."""

    who: str
    part: str
    at: datetime


def open_elsewhere(complaint: Complaint, by: Membership, part: str = "") -> list[Elsewhere]:
    """Who else had parts open within the hour; of one part alone, if it is named."""
    visits = visits_of_others(complaint, by=by)
    return [
        Elsewhere(named_for(by, one.by), BY_NAME[one.part].title, one.seen_at)
        for one in (visits.filter(part=part) if part else visits)
        if one.part in BY_NAME
    ]


def named_for(reader: Membership, member: Membership) -> str:
    """How a reader is told of an author: a colleague's name, or another body's office."""
    if reader.organisation_id == member.organisation_id:
        return member.user.name
    return f"{member.role_labels} of {member.organisation.short_name}"
