"""Status tags: the words and the colour of each status of each kind of thing, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tag:
    """A status as a person sees it: an adjective and one of a few colours.

    Besides GOV.UK's colours: "plain" is words alone, "outline" a box without a ground.
    """

    text: str
    colour: str = "grey"


TAGS: dict[str, dict[str, Tag]] = {
    "case": {
        "draft": Tag("Draft", "grey"),
        "submitted": Tag("Submitted", "blue"),
        "assessing_eligibility": Tag("Assessing eligibility", "yellow"),
        "eligible": Tag("Eligible", "teal"),
        "not_eligible": Tag("Not eligible", "outline"),
        "investigating": Tag("Investigating", "teal"),
        "reporting": Tag("Report in preparation", "purple"),
        "embargoed": Tag("Embargoed", "orange"),
        "published": Tag("Published", "green"),
        "monitoring": Tag("Monitoring", "green"),
        "closed": Tag("Closed", "plain"),
        "withdrawn": Tag("Withdrawn", "grey"),
    },
    "joint": {
        "invited": Tag("Invited", "blue"),
        "expired": Tag("Expired", "outline"),
        "joined": Tag("Joined", "teal"),
        "to_approve": Tag("Has not approved", "yellow"),
        "approved": Tag("Approved this version", "green"),
        "outdated": Tag("Approved an earlier version", "orange"),
        "declined": Tag("Declined", "grey"),
        "left": Tag("Left", "grey"),
        "removed": Tag("Removed", "grey"),
    },
    "clock": {
        "due_soon": Tag("Due soon", "yellow"),
        "due_today": Tag("Due today", "orange"),
        "overdue": Tag("Overdue", "red"),
        "not_computable": Tag("Not computable", "grey"),
        "met": Tag("Met", "plain"),
        "met_late": Tag("Met late", "plain"),
    },
    "evidence": {
        "received": Tag("Needs screening", "yellow"),
        "screened": Tag("Screened", "green"),
        "not_relied_on": Tag("Not relied on", "grey"),
        "superseded": Tag("Superseded", "grey"),
    },
    "finding": {
        "draft": Tag("Draft", "grey"),
        "proposed": Tag("Proposed", "blue"),
        "agreed": Tag("Agreed", "green"),
    },
    "recommendation": {
        "draft": Tag("Draft", "grey"),
        "issued": Tag("Issued", "green"),
    },
    "obligation": {
        "open": Tag("Answer owed", "blue"),
        "overdue": Tag("Overdue", "red"),
        "answered": Tag("Answered", "green"),
        "closed": Tag("Closed", "grey"),
    },
    "response": {
        "draft": Tag("Draft", "grey"),
        "approved": Tag("Approved", "blue"),
        "submitted": Tag("Submitted", "teal"),
        "published": Tag("Published", "green"),
    },
    "unsent_answer": {
        "draft": Tag("Answer waits for approval", "yellow"),
        "approved": Tag("Answer waits to be submitted", "blue"),
    },
    "report": {
        "drafting": Tag("Drafting", "grey"),
        "in_sign_off": Tag("In sign-off", "purple"),
        "sealed": Tag("Sealed", "orange"),
    },
    "release": {
        "closed": Tag("Not public", "orange"),
        "open": Tag("Public", "green"),
        "suspended": Tag("Temporarily withdrawn", "red"),
        "withdrawn": Tag("Withdrawn", "grey"),
    },
}
