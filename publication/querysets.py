"""Which reports and releases a membership may see: those of the cases it may work on."""

from typing import Any

from accounts.roles import Action
from investigations.querysets import OfCaseQuerySet


class ReportQuerySet(OfCaseQuerySet[Any]):
    """Reports, as the case team and the deciding authorities see them."""

    read_actions = (Action.REPORT_READ,)
    complaint_path = "complaint"
    case_key_path = "complaint_id"


class SectionQuerySet(OfCaseQuerySet[Any]):
    """Sections of reports."""

    read_actions = (Action.REPORT_READ,)
    complaint_path = "report__complaint"
    case_key_path = "report__complaint_id"


class ReleaseQuerySet(OfCaseQuerySet[Any]):
    """Releases, as the desk sees them; the public reads the public views."""

    read_actions = (Action.RELEASE_READ,)
    complaint_path = "complaint"
    case_key_path = "complaint_id"

    def standing(self) -> "ReleaseQuerySet":
        """Those sealed and not opened again."""
        return self.filter(sealed_at__isnull=False, unsealed_at=None)
