"""The investigation of an eligible complaint: lines, evidence, custody, findings, agreements."""

from investigations.models.evidence import (
    CustodyEvent,
    EvidenceCorrection,
    EvidenceItem,
    EvidenceItemUserObjectPermission,
)
from investigations.models.findings import Finding, FindingAgreement, FindingEvidence
from investigations.models.investigation import (
    Investigation,
    LineOfEnquiry,
    OfCase,
    TeamMember,
)
from investigations.models.progress import ProgressReport

__all__ = [
    "CustodyEvent",
    "EvidenceCorrection",
    "EvidenceItem",
    "EvidenceItemUserObjectPermission",
    "Finding",
    "FindingAgreement",
    "FindingEvidence",
    "Investigation",
    "LineOfEnquiry",
    "OfCase",
    "ProgressReport",
    "TeamMember",
]
