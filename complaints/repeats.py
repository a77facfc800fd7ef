"""What an earlier complaint is to the repeat rules, by where it stands: one table."""

from dataclasses import dataclass

from complaints.law import Provision
from complaints.models import Complaint
from complaints.states import CaseStatus, Ground


@dataclass(frozen=True)
class Standing:
    """An earlier complaint's standing in words, and the rule that asks about it, if one does."""

    words: str
    law: str = ""
    ground: Ground | None = None


RECEIVED = Standing("Received, not yet decided")
LIVE = Standing("Live", Provision.REPEATS_LIVE, Ground.REPEATS_LIVE)
CONCLUDED = Standing("Concluded", Provision.REPEATS_CONCLUDED, Ground.REPEATS_CONCLUDED)
STANDINGS: dict[str, Standing] = {
    CaseStatus.SUBMITTED: RECEIVED,
    CaseStatus.ELIGIBLE: LIVE,
    CaseStatus.INVESTIGATING: LIVE,
    CaseStatus.REPORTING: LIVE,
    CaseStatus.SEALED: CONCLUDED,
    CaseStatus.CLOSED: CONCLUDED,
    CaseStatus.NOT_ELIGIBLE: Standing("Not eligible, never investigated"),
    CaseStatus.WITHDRAWN: Standing("Withdrawn"),
}


def standing_of(earlier: Complaint) -> Standing:
    """What an earlier complaint is to the repeat rules."""
    return STANDINGS[earlier.status]


def asks_for_change(earlier: Complaint) -> bool:
    """Whether a material change since would let a repeat in: only where it is concluded.

    Law: SI 2018/748 reg. 6(4); reg. 6(3) knows no exception.
    """
    return standing_of(earlier) is CONCLUDED
