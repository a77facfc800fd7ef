"""What the law says about when an answer to a report is due: one period, under one Act."""

COMMENTS_LAW = "Police Act 1996 s.55(5A)"
COMMENTS_CALENDAR_DAYS = 56
NO_OTHER = (
    f"The law sets one deadline only: {COMMENTS_CALENDAR_DAYS} calendar days ({COMMENTS_LAW}). "
    "Enter that period, or choose what else the deadline is based on."
)
