"""`bin/manage` answers on a checkout that has never run: it makes the tables first."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.a_run import copy_of_a_first_run, folder_for_a_run
from tests.house.sources import ROOT

EXPLAIN = ["explain_deadline", "--rule", "acknowledge-receipt", "--from", "2018-12-18", "--json"]


OWN = ("DATABASE_URL", "PUBLIC_DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "CLAMD_SOCKET")


def run(*command: object, var: Path) -> "subprocess.CompletedProcess[str]":
    """A command that is given no service, with rows of its own."""
    left = {name: value for name, value in os.environ.items() if name not in OWN}
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        env={**left, "VAR_DIR": str(var)},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_a_command_works_on_a_checkout_that_has_never_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    told = run(ROOT / "bin" / "manage", *EXPLAIN, var=tmp_path / "var")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["due_on"] == "2018-12-24"
    assert "Preparing the database" in told.stderr


def test_what_another_command_has_up_is_joined_and_not_announced_as_started() -> None:
    ungiven = [part for name in OWN for part in ("-u", name)]
    inner = ("env", *ungiven, ROOT / "bin" / "manage", *EXPLAIN)
    with folder_for_a_run() as var:
        copy_of_a_first_run(var)
        told = run(sys.executable, "-m", "supercomplaints.private", *inner, var=var)
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("Starting PostgreSQL") == 1
    assert told.stderr.count("Starting Redis") == 1
    assert "Preparing the database" not in told.stderr
