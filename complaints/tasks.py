"""The doors of the complaints room for the worker."""

from complaints.services import substances

READ_A_MINUTE = 200


def sweep() -> None:
    """Read for the radar what was submitted or has changed. Called by the tick."""
    for complaint in substances.due().prefetch_related("features")[:READ_A_MINUTE]:
        substances.read(complaint)
