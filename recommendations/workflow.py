"""What may follow what for recommendations, obligations and responses."""

from accounts.roles import Action
from recommendations.events import RecommendationEvent as Event
from recommendations.states import ObligationStatus as O
from recommendations.states import RecommendationStatus as S
from recommendations.states import ResponseStatus as R
from workflow.machine import Machine, Transition

RECOMMENDATION = Machine(
    "recommendation",
    Transition(
        "issue",
        frozenset({S.DRAFT}),
        S.ISSUED,
        Action.RELEASE_APPROVE,
        Event.RECOMMENDATION_ISSUED,
        law="reg. 8(1)(d)",
        of_service=True,
    ),
)

RESPONSE = Machine(
    "response",
    Transition(
        "approve",
        frozenset({R.DRAFT}),
        R.APPROVED,
        Action.RESPONSE_APPROVE,
        Event.RESPONSE_APPROVED,
    ),
    Transition(
        "return_to_draft",
        frozenset({R.APPROVED}),
        R.DRAFT,
        Action.RESPONSE_DRAFT,
        Event.RESPONSE_RETURNED,
    ),
    Transition(
        "submit",
        frozenset({R.APPROVED}),
        R.SUBMITTED,
        Action.RESPONSE_SUBMIT,
        Event.RESPONSE_SUBMITTED,
    ),
    Transition(
        "publish",
        frozenset({R.SUBMITTED}),
        R.PUBLISHED,
        Action.RESPONSE_PUBLISH,
        Event.RESPONSE_PUBLISHED,
    ),
)

OBLIGATION = Machine(
    "obligation",
    Transition(
        "answer",
        frozenset({O.OPEN}),
        O.ANSWERED,
        Action.RESPONSE_SUBMIT,
        Event.OBLIGATION_ANSWERED,
    ),
    Transition(
        "close",
        frozenset({O.OPEN, O.ANSWERED}),
        O.CLOSED,
        Action.OBLIGATION_CLOSE,
        Event.OBLIGATION_CLOSED,
    ),
)
