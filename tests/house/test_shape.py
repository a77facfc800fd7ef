"""The production shape and the settings, compared with the tables that they repeat."""

import ast
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from supercomplaints.private.environment import ROLE_URLS
from supercomplaints.private.places import CHECKOUT
from supercomplaints.processes import DOORS, PREPARATION, PROCESSES, Process

WHERE = {"bind": "0.0.0.0:8000", "workers": "4", "run": "/srv/run"}
COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVERS = {"postgres", "redis", "clamav"}
ALL = pytest.mark.parametrize("row", [*PROCESSES, PREPARATION], ids=lambda row: row.name)


def environment(row: Process) -> dict[str, str]:
    found: dict[str, str] = COMPOSE["services"][row.name]["environment"]
    return found


def settings_read() -> set[str]:
    """The variables that settings.py reads."""
    calls = ast.walk(ast.parse((CHECKOUT / "supercomplaints" / "settings.py").read_text()))
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") == "env"
        and isinstance(call.args[0], ast.Constant)
    }


def settings_documented() -> set[str]:
    section = (CHECKOUT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", section, flags=re.MULTILINE))


def test_the_production_shape_has_each_process_and_server_and_no_other() -> None:
    processes = {row.name for row in (*PROCESSES, PREPARATION)}
    assert set(COMPOSE["services"]) == processes | SERVERS


@ALL
def test_a_process_runs_the_same_command_in_a_container(row: Process) -> None:
    command = COMPOSE["services"][row.name]["command"].split()
    assert command == ["python", *row.arguments(**WHERE)[1:]]


@ALL
def test_a_container_is_given_the_doors_of_its_row_and_no_other(row: Process) -> None:
    given = environment(row)
    assert {name for name in given if name in DOORS} == set(row.doors)
    assert row.variables.items() <= given.items()


@ALL
def test_a_container_reaches_only_the_queue_and_the_scanner_of_its_row(row: Process) -> None:
    given = COMPOSE["services"][row.name]
    mounted = {volume.partition(":")[0] for volume in given["volumes"]}
    assert ("scanner" in mounted) == ("CLAMD_SOCKET" in row.doors)
    shared = set(given["networks"]) & set(COMPOSE["services"]["redis"]["networks"])
    assert bool(shared) == ("REDIS_URL" in row.doors)


@ALL
def test_each_url_opens_the_database_as_its_own_role(row: Process) -> None:
    for name, url in environment(row).items():
        if name in ROLE_URLS:
            assert urlsplit(re.sub(r"\$\{[^}]*\}", "secret", url)).username == ROLE_URLS[name]


@ALL
def test_a_container_is_given_only_settings_that_are_read(row: Process) -> None:
    assert set(environment(row)) <= settings_read()


@pytest.mark.parametrize("name", [".dockerignore", ".gitignore"])
def test_the_file_of_secrets_gets_into_no_image_and_no_commit(name: str) -> None:
    assert ".env" in (CHECKOUT / name).read_text().replace("/.env", ".env").split()


def test_every_setting_that_is_read_is_documented_and_no_other() -> None:
    assert settings_documented() == settings_read()


@pytest.mark.parametrize("name", ["base", "test", "setup", "node"])
def test_requirements_are_locked_with_hashes_and_name_no_address(name: str) -> None:
    locked = (CHECKOUT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in locked
    pinned = re.findall(r"^[\w.\[\]-]+==\S+ \\\n    --hash=sha256:", locked, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[\w.\[\]-]+==", locked, flags=re.MULTILINE)) > 0


def test_the_front_end_lock_names_no_address() -> None:
    lock = (CHECKOUT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
