"""`bin/manage` answers on a checkout that has never run: it makes the tables first."""

import json
import os
import subprocess
from pathlib import Path

from tests.house.sources import ROOT

EXPLAIN = ["explain_deadline", "--rule", "acknowledge-receipt", "--from", "2018-12-18", "--json"]


def test_a_command_works_on_a_checkout_that_has_never_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    own = ("DATABASE_URL", "PUBLIC_DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL")
    left = {name: value for name, value in os.environ.items() if name not in own}
    told = subprocess.run(  # noqa: S603
        [ROOT / "bin" / "manage", *EXPLAIN],
        env={**left, "VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["due_on"] == "2018-12-24"
    assert "Preparing the database" in told.stderr
