"""One database seen through three roles."""

from typing import Any


class OneDatabaseThreeRoles:
    """Reads and writes go through the application's role unless a caller names another.

    The three aliases are the same database, so relations across them are allowed, and tables
    are made through the migrator alone.
    """

    def allow_relation(self, *_objects: Any, **_hints: Any) -> bool:
        """Rows read through two roles are rows of one database."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """Only the migrator owns tables."""
        return db == "owner"
