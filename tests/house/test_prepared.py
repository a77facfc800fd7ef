"""A start prepares the database again exactly when something that it is made from has changed."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from supercomplaints import prepared

ACCOUNTS = "Accounts:\n  somebody@example.invalid\n"


@pytest.fixture
def whole(django_db_setup: None) -> dict[str, str]:
    """The environment of a start on this test process's own database."""
    there = settings.DATABASES["owner"]
    owner = f"postgres://{there['USER']}:{there['PASSWORD']}@/{there['NAME']}?host={there['HOST']}"
    return {
        "DEMO": "true",
        "MIGRATE_DATABASE_URL": owner,
        "DATABASE_URL": "postgres://app@/one",
        "PUBLIC_DATABASE_URL": "postgres://public_pages@/one",
    }


def test_what_a_whole_start_said_is_told_by_the_next(tmp_path: Path, whole: dict[str, str]) -> None:
    kept = tmp_path / "prepared"
    assert prepared.told_by_last_start(kept, whole) is None
    prepared.remember(kept, whole, ACCOUNTS)
    assert prepared.told_by_last_start(kept, whole) == ACCOUNTS


@pytest.mark.parametrize(
    "changed",
    [
        {"DEMO": "false"},
        {"DATABASE_URL": "postgres://another_app@/one"},
        {"MIGRATE_DATABASE_URL": ""},
    ],
)
def test_other_settings_are_prepared_for(
    tmp_path: Path, whole: dict[str, str], changed: dict[str, str]
) -> None:
    kept = tmp_path / "prepared"
    prepared.remember(kept, whole, ACCOUNTS)
    assert prepared.told_by_last_start(kept, whole | changed) is None


@pytest.mark.parametrize("name", ["postgres", "no_such_database"])
def test_a_database_that_was_never_prepared_or_is_not_there_is_prepared_for(
    tmp_path: Path, whole: dict[str, str], name: str
) -> None:
    own = settings.DATABASES["owner"]["NAME"]
    elsewhere = {"MIGRATE_DATABASE_URL": whole["MIGRATE_DATABASE_URL"].replace(own, name)}
    kept = tmp_path / "prepared"
    prepared.remember(kept, whole, ACCOUNTS)
    assert prepared.told_by_last_start(kept, whole | elsewhere) is None
    prepared.remember(kept, whole | elsewhere, ACCOUNTS)
    assert prepared.told_by_last_start(kept, whole | elsewhere) is None


def test_a_table_that_migrated_since_is_prepared_for(
    committed: None, tmp_path: Path, whole: dict[str, str]
) -> None:
    kept = tmp_path / "prepared"
    prepared.remember(kept, whole, ACCOUNTS)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)"
        )
    assert prepared.told_by_last_start(kept, whole) is None


@pytest.mark.parametrize("name", ["models.py", "sql/standing.sql", "fixtures/forces.csv"])
def test_a_source_that_changed_makes_another_mark(
    tmp_path: Path, whole: dict[str, str], name: str
) -> None:
    source = tmp_path / "room" / name
    source.parent.mkdir(parents=True, exist_ok=True)
    for path in (tmp_path / "room" / "__init__.py", source, tmp_path / "requirements/base.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("before\n")
    before = prepared.mark_of(whole, tmp_path)
    assert before == prepared.mark_of(whole, tmp_path)
    source.write_text("after\n")
    assert prepared.mark_of(whole, tmp_path) != before
