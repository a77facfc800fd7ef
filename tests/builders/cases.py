"""A case at any stage, by name: each room adds the stages that its verbs lead to.

STAGES["investigating"] = a_case_under_investigation     # in tests/builders/investigations.py
"""

from collections.abc import Callable
from typing import Any

from complaints.models import Complaint
from tests.builders import complaints

STAGES: dict[str, Callable[..., Complaint]] = {
    "draft": complaints.a_draft,
    "complete_draft": complaints.a_complete_draft,
    "submitted": complaints.a_submitted_complaint,
    "registered": complaints.a_registered_complaint,
    "acknowledged": complaints.an_acknowledged_complaint,
    "eligible": complaints.an_eligible_complaint,
    "not_eligible": complaints.a_not_eligible_complaint,
    "withdrawn": complaints.a_withdrawn_complaint,
}


def a_case_at(stage: str, **facts: Any) -> Complaint:
    """A case that walked the real verbs to a stage. Raises: KeyError for an unknown stage."""
    return STAGES[stage](**facts)
