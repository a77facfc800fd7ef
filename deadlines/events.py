"""What can be announced of deadlines and of the data that they are computed from.

That a clock started or was met is not announced: both follow from entries that the record has.
"""

from enum import StrEnum


class DeadlineEvent(StrEnum):
    """Announcements of the deadlines room, by `subject:what happened`."""

    DEADLINE_MOVED = "deadline:moved"
    DEADLINE_NOT_COMPUTABLE = "deadline:not_computable"
    HOLIDAY_ADDED = "holiday:added"
    HOLIDAY_WITHDRAWN = "holiday:withdrawn"
    HOLIDAY_YEAR_ADDED = "holiday:year_added"
    RULE_SETTING_CHANGED = "rule_setting:changed"
