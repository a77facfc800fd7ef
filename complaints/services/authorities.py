"""An authority's part in a regime: who decides, and which of them receives and answers."""

from django.db.models import QuerySet

from accounts.models import Membership, Regime, RegimeAuthority
from workflow.errors import ActRefusedError


def receiving_authority(regime: Regime) -> RegimeAuthority:
    """The authority that receives complaints and writes to the bodies. Law: SI 2018/748 reg. 5."""
    return regime.receiver


def receiving_authorities() -> QuerySet[RegimeAuthority]:
    """The authority that receives, scheme by scheme: whom a body asks that is in none of them."""
    receivers = RegimeAuthority.objects.filter(receives_and_publishes=True)
    return receivers.select_related("regime", "organisation")


def whom_to_ask(regime: Regime) -> str:
    """Whom a body asks that believes itself to be designated, as a refusal closes with it."""
    receiver = receiving_authority(regime).organisation
    at = f" at {receiver.mailbox}" if receiver.mailbox else ""
    return f"If you think that this is wrong, ask {receiver.name}{at}."


def deciding_authorities(regime: Regime) -> tuple[RegimeAuthority, ...]:
    """All authorities that decide together, in the regime's order. Law: SI 2018/748 reg. 2(1)."""
    return regime.parts_in_order


def refuse_unless_it_receives(regime: Regime, by: Membership) -> None:
    """What the receiving authority alone does. Raises: ActRefusedError."""
    receives = receiving_authority(regime)
    if by.organisation_id != receives.organisation_id:
        raise ActRefusedError(
            f"Only {receives.organisation.short_name} does this for {regime.name.lower()}."
        )


def refuse_unless_it_decides(regime: Regime, by: Membership) -> None:
    """What any of the deciding authorities does. Raises: ActRefusedError."""
    if by.organisation_id not in {part.organisation_id for part in regime.parts_in_order}:
        raise ActRefusedError(
            f"{by.organisation.short_name} does not decide on {regime.name.lower()}."
        )
