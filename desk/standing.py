"""Where cases stand, in the words of the one table of stages."""

from collections.abc import Sequence

from complaints.models import Complaint
from complaints.stages import Facts, staff_tag, turns_on_the_report
from publication.published import released_at_of
from recommendations.models import Obligation


def facts_of_all(complaints: Sequence[Complaint]) -> dict[str, Facts]:
    """What happened besides the stored state, by case key.

    The report is asked for where the state leaves open what it says: two queries for all.
    """
    asked = [one.key for one in complaints if turns_on_the_report(one.status)]
    public = released_at_of(asked) if asked else {}
    owing = Obligation.objects.owed().filter(recommendation__complaint__key__in=list(public))
    owed = set(owing.values_list("recommendation__complaint__key", flat=True)) if public else set()
    return {
        complaint.key: Facts(
            acknowledged=hasattr(complaint, "acknowledgement"),
            report_public=complaint.key in public,
            answers_owed=complaint.key in owed,
        )
        for complaint in complaints
    }


def facts_of(complaint: Complaint) -> Facts:
    """What happened to one case besides its stored state."""
    return facts_of_all([complaint])[complaint.key]


def tags_of(complaints: Sequence[Complaint]) -> dict[str, str]:
    """The key of the status tag that staff see of each case, by case key."""
    facts = facts_of_all(complaints)
    return {
        complaint.key: staff_tag(complaint.status, facts[complaint.key]) for complaint in complaints
    }


def tag_of(complaint: Complaint) -> str:
    """The key of the status tag that staff see."""
    return tags_of([complaint])[complaint.key]
