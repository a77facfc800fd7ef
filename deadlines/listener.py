"""Opens and meets deadlines as events happen."""

from audit.events import Happening


def on_event(happening: Happening) -> None:
    """Nothing has a deadline yet."""
