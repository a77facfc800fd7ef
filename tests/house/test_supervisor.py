"""`bin/run` for real: what it starts, keeps, refuses and leaves."""

import argparse
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supercomplaints import keeper
from supercomplaints.private.places import CHECKOUT, closed_parent, places
from supercomplaints.processes import Process
from supercomplaints.supervisor import a_port, answers
from tests.house.a_run import Run, a_run, folder_for_a_run, plain_environment, wait_until

NOBODY = "nobody"
WITH_SERVERS = (sys.executable, "-m", "supercomplaints.private")


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """One run, shared by the tests that leave it running."""
    with a_run() as started:
        yield started


def test_a_run_says_where_to_look_and_where_the_data_lie(run: Run) -> None:
    assert f"The service is at {run.address}" in run.text()
    assert f"Rows: {run.var}/pg" in run.text()


def test_a_run_in_a_prepared_folder_serves_first_and_renews_the_demo_beside(run: Run) -> None:
    assert "Preparing the database" not in run.text()
    wait_until(lambda: "demo is up to date" in run.text(), "the demo is renewed")
    assert run.text().index("Ready") < run.text().index("demo is up to date")


def test_what_runs_once_and_fails_says_so_and_is_not_started_again() -> None:
    with folder_for_a_run() as var:
        there = places(var)
        there.make()
        fails = Process("demo", "no_such_module", (), in_run=False)
        once = keeper.Once(fails, fails.arguments(), {}, there)
        said: list[str] = []

        def told() -> bool:
            once.look(now=0.0, say=said.append)
            return bool(said)

        once.start()
        wait_until(told, "its end is told")
        once.look(now=0.0, say=said.append)
        assert "demo failed" in "".join(said)
        assert "No module named no_such_module" in "".join(said)
        assert len(said) == 1


def test_a_second_run_names_the_first_and_leaves_it_alone(run: Run) -> None:
    second = Run(run.var)
    second.said = run.var / "said-by-the-second"
    assert second.start().ends() == 1
    assert run.supervisor
    assert f"Already running here: process {run.supervisor.pid}" in second.text()
    assert answers(run.address)


def test_a_taken_port_is_named_and_nothing_is_left_running(run: Run) -> None:
    with folder_for_a_run() as var:
        other = Run(var, port=run.port).start()
        assert other.ends() == 1
        assert f"Port {run.port} can't be used" in other.text()
        assert "choose another with --port" in other.text()
        assert other.living() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("beat", "beat ended with status -9: starting it again"),
        ("web", "web ended with status -9: starting it again"),
        ("worker", "worker ended with status -9: starting it again"),
        ("postgres", "PostgreSQL ended: starting it again"),
        ("redis", "Redis ended: starting it again"),
        ("clamd", "clamd ended: starting it again"),
    ],
)
def test_a_child_or_server_that_dies_is_started_again(run: Run, name: str, said: str) -> None:
    before = run.pid(name)
    assert before
    os.killpg(before, signal.SIGKILL)
    wait_until(lambda: run.pid(name) not in {None, before}, f"{name} starts again")
    wait_until(lambda: answers(run.address), "a page")
    assert said in run.text()


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_a_port_that_is_none_is_refused_in_one_sentence(port: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="give a number from 1 to 65535"):
        a_port(port)


def test_ctrl_c_while_the_database_is_prepared_ends_it_at_once() -> None:
    with folder_for_a_run() as var:
        run = Run(var).start()
        wait_until(lambda: "Preparing the database" in run.text(), "it is being prepared")
        run.signal(signal.SIGINT)
        assert run.ends() == 0
        assert "Loading the demo" not in run.text()
        assert run.living() == []


def test_a_command_beside_a_run_uses_its_servers_and_leaves_them_running(run: Run) -> None:
    before = run.pid("postgres")
    done = subprocess.run(  # noqa: S603
        [*WITH_SERVERS, sys.executable, "manage.py", "showmigrations", "audit"],
        cwd=CHECKOUT,
        env=plain_environment(run.var),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[X] 0002_entries_are_append_only" in done.stdout
    assert run.pid("postgres") == before
    assert answers(run.address)


def test_no_process_of_a_run_may_change_tables(run: Run) -> None:
    for name in ("web", "worker", "beat"):
        pid = run.pid(name)
        with open(f"/proc/{pid}/environ", "rb") as environment:
            assert b"MIGRATE_DATABASE_URL" not in environment.read()


def test_a_run_takes_over_after_a_killed_supervisor_and_ctrl_c_leaves_nothing() -> None:
    with a_run() as run:
        postgres, web = run.pid("postgres"), run.pid("web")
        run.signal(signal.SIGKILL)
        run.ends()
        assert run.pid("postgres") == postgres
        run.start().ready()
        assert run.pid("postgres") == postgres, "the database was adopted"
        assert run.pid("web") not in {None, web}, "the web process was replaced"
        run.signal(signal.SIGINT)
        assert run.ends() == 0
        assert run.living() == []
        assert not answers(run.address)


def test_a_child_that_keeps_dying_stops_all_and_shows_its_log() -> None:
    with a_run() as run:
        seen: set[int | None] = {None}
        for _ in range(keeper.DEATHS_ALLOWED):
            wait_until(lambda: run.pid("beat") not in seen, "beat lives")
            pid = run.pid("beat")
            assert pid
            seen.add(pid)
            os.kill(pid, signal.SIGKILL)
        assert run.ends() == 1
        assert "beat died 3 times in a minute, so everything stops" in run.text()
        assert str(run.var / "log" / "beat.log") in run.text()
        assert run.living() == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run as somebody else")
@pytest.mark.skipif(bool(closed_parent(CHECKOUT)), reason="nobody can't enter this checkout")
def test_an_ordinary_user_runs_all_as_themselves() -> None:
    with a_run(user=NOBODY) as run:
        for name in ("postgres", "redis", "clamd", "web"):
            assert os.stat(f"/proc/{run.pid(name)}").st_uid == pwd.getpwnam(NOBODY).pw_uid
        run.signal(signal.SIGINT)
        assert run.ends() == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run as somebody else")
@pytest.mark.skipif(bool(closed_parent(CHECKOUT)), reason="nobody can't enter this checkout")
def test_an_ordinary_user_begins_with_servers_from_nothing() -> None:
    with folder_for_a_run() as var:
        os.chown(var, pwd.getpwnam(NOBODY).pw_uid, -1)
        there = plain_environment(var, XDG_RUNTIME_DIR="", HOME=str(var))
        subprocess.run(  # noqa: S603
            [*WITH_SERVERS, "/bin/true"], cwd=CHECKOUT, env=there, user=NOBODY, check=True
        )
        assert os.stat(var / "pg" / "PG_VERSION").st_uid == pwd.getpwnam(NOBODY).pw_uid


@pytest.mark.skipif(os.getuid() != 0, reason="only root's rows belong to another user")
def test_below_a_folder_that_others_cannot_enter_the_rows_lie_elsewhere_and_a_run_says_so() -> None:
    with a_run(closed=True) as run:
        rows = places(run.var).postgres_rows
        assert rows.parent == Path("/var/lib")
        assert f"Rows: {rows}" in run.text()
        assert not (run.var / "pg").exists()
        run.signal(signal.SIGINT)
        assert run.ends() == 0
        assert run.living() == []
