"""What can be announced of recommendations, obligations and responses."""

from enum import StrEnum


class RecommendationEvent(StrEnum):
    """Announcements of the recommendations room, by `subject:what happened`."""

    ACTION_CHANGED = "action:changed"
    ACTION_DRAFTED = "action:drafted"
    ACTION_DROPPED = "action:dropped"
    OBLIGATION_ANSWERED = "obligation:answered"
    OBLIGATION_CLOSED = "obligation:closed"
    OBLIGATION_OPENED = "obligation:opened"
    RECOMMENDATION_CHANGED = "recommendation:changed"
    RECOMMENDATION_CORRECTED = "recommendation:corrected"
    RECOMMENDATION_CORRECTION_IN_FORCE = "recommendation:correction_in_force"
    RECOMMENDATION_DRAFTED = "recommendation:drafted"
    RECOMMENDATION_DROPPED = "recommendation:dropped"
    RECOMMENDATION_ISSUED = "recommendation:issued"
    RESPONSE_APPROVED = "response:approved"
    RESPONSE_CHANGED = "response:changed"
    RESPONSE_DRAFTED = "response:drafted"
    RESPONSE_PUBLISHED = "response:published"
    RESPONSE_RETURNED = "response:returned"
    RESPONSE_SUBMITTED = "response:submitted"
