"""Which reports and releases a membership may see: those of the cases it may work on."""

from typing import Any, Self

from accounts.roles import Action
from documents.querysets import MakingQuerySet
from documents.states import RenderState
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


class SealingQuerySet(MakingQuerySet[Any]):
    """Seals that were asked for, always reached through their report."""

    def under_way(self) -> Self:
        """Those that wait to be made or are being made; of one report at most one."""
        return self.filter(state__in=[RenderState.QUEUED, RenderState.RENDERING])
