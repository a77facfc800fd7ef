"""SQL that migrations read: the predicate, the public views, the latch and the guards."""

from pathlib import Path


def text(name: str) -> str:
    """The SQL of one file of this folder."""
    return Path(__file__).with_name(f"{name}.sql").read_text()
