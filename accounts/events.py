"""What the accounts room announces."""

from enum import StrEnum


class AccountEvent(StrEnum):
    """Who came, who went, who may see what; alphabetical."""

    INVITATION_WITHDRAWN = "invitation:withdrawn"
    MEMBERSHIP_ENDED = "membership:ended"
    MEMBERSHIP_ROLES_CHANGED = "membership:roles_changed"
    PERSON_DEACTIVATED = "person:deactivated"
    PERSON_INVITED = "person:invited"
    PERSON_JOINED = "person:joined"
    PERSON_REACTIVATED = "person:reactivated"
    PERSON_SIGNED_IN = "person:signed_in"
    REFERENCE_CORRECTED = "reference:corrected"
    SECOND_FACTOR_RESET = "second_factor:reset"
    SECOND_FACTOR_RESET_REFUSED = "second_factor:reset_refused"
    SECOND_FACTOR_RESET_REQUESTED = "second_factor:reset_requested"
    TEAM_JOINED = "team:joined"
    TEAM_LEFT = "team:left"
    WALL_LIFTED = "wall:lifted"
    WALL_RAISED = "wall:raised"
