"""Where a case stands, in the words of the one table of stages."""

from complaints.models import Complaint
from complaints.stages import Facts, staff_tag


def facts_of(complaint: Complaint) -> Facts:
    """What happened besides the stored state, from rows already fetched where they are."""
    return Facts(acknowledged=hasattr(complaint, "acknowledgement"))


def tag_of(complaint: Complaint) -> str:
    """The key of the status tag that staff see."""
    return staff_tag(complaint.status, facts_of(complaint))
