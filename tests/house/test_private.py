"""The private servers: where they lie, what they refuse, and what they keep."""

import fcntl
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from clamav_client.clamd import ClamdUnixSocket

from supercomplaints.private import children, clamav, environment, postgres, sql
from supercomplaints.private.children import Server, running
from supercomplaints.private.places import CHECKOUT, CannotStartError, closed_parent, places
from supercomplaints.private.services import services
from supercomplaints.processes import PROCESSES
from supercomplaints.settings import database
from tests.cluster import Cluster
from tests.house.a_run import folder_for_a_run, plain_environment

URLS = {
    "DATABASE_URL": "postgres://app:x@db/service",
    "PUBLIC_DATABASE_URL": "postgres://public_pages:x@db/service",
    "MIGRATE_DATABASE_URL": "postgres://owner:x@db/service",
}
AS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="only root starts PostgreSQL as another user")


@pytest.fixture
def var() -> Iterator[Path]:
    with folder_for_a_run() as folder:
        yield folder


def test_with_all_three_urls_no_database_is_started() -> None:
    assert environment.given(URLS) == environment.Given(database=True, redis=False, clamd=False)


def test_with_all_four_urls_no_scanner_is_started_either() -> None:
    four = URLS | {"REDIS_URL": "redis://queue/0"}
    assert environment.given(four) == environment.Given(database=True, redis=True, clamd=True)


@pytest.mark.parametrize("missing", URLS)
def test_half_a_database_is_refused_with_the_sql_that_makes_it(missing: str) -> None:
    urls = {name: url for name, url in URLS.items() if name != missing}
    with pytest.raises(CannotStartError, match=rf"{missing} not set.*\n.*database\.sql"):
        environment.given(urls)


def test_two_roles_that_are_one_are_refused() -> None:
    same = URLS | {"PUBLIC_DATABASE_URL": URLS["DATABASE_URL"]}
    with pytest.raises(CannotStartError, match="share a role"):
        environment.given(same)


def test_what_a_file_gives_is_given(tmp_path: Path) -> None:
    held = {}
    for name, url in URLS.items():
        (tmp_path / name).write_text(f"{url}\n")
        held[f"{name}_FILE"] = str(tmp_path / name)
    read = environment.from_files({**held, "SERVICE_NAME_FILE": "/elsewhere"})
    assert read == {**URLS, "SERVICE_NAME_FILE": "/elsewhere"}
    assert environment.given(read).database
    with pytest.raises(CannotStartError, match="DATABASE_URL_FILE names /no/such, which can't"):
        environment.from_files({"DATABASE_URL_FILE": "/no/such"})


def test_no_process_is_given_the_file_of_a_door_that_is_not_its_own() -> None:
    whole = {"MIGRATE_DATABASE_URL_FILE": "/held", "DATABASE_URL": "postgres://", "LANG": "C"}
    web = next(process for process in PROCESSES if process.name == "web")
    assert web.environment(whole) == {"DATABASE_URL": "postgres://", "LANG": "C"}


def test_what_a_database_url_says_of_its_connection_is_handed_on() -> None:
    told = database("postgres://app:x@db:5433/service?sslmode=verify-full&sslrootcert=/ca", "X")
    assert (told["HOST"], told["PORT"]) == ("db", "5433")
    assert told["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca"}
    told = database("postgres://app:x@/service?host=/run/pg&port=5434", "X")
    assert (told["HOST"], told["PORT"], told["OPTIONS"]) == ("/run/pg", "5434", {})


@AS_ROOT
def test_the_rows_of_another_user_are_refused_and_left_as_they_are(var: Path) -> None:
    rows = var / "pg"
    rows.mkdir()
    (rows / "PG_VERSION").write_text("15\n")
    os.chown(rows, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(CannotStartError, match="belong to user nobody: run as that user"):
        places(var).make()
    assert rows.stat().st_uid == pwd.getpwnam("nobody").pw_uid


def test_a_start_that_fails_leaves_no_server_running(var: Path) -> None:
    broken = var / "bin"
    broken.mkdir(parents=True)
    (broken / "clamd").write_text("#!/bin/sh\nexit 1\n")
    (broken / "clamd").chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "supercomplaints.private", "/bin/true"],
        cwd=CHECKOUT,
        env=plain_environment(var, PATH=f"{broken}:{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "clamd did not start" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.stem for path in (var / "run").glob("*.pid") if running(path)] == []


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whoever_stops_a_start_leaves_no_server_running(
    var: Path, sign: signal.Signals, status: int
) -> None:
    begun = subprocess.Popen(
        [sys.executable, "-m", "supercomplaints.private", "/bin/true"],
        cwd=CHECKOUT,
        env=plain_environment(var),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert begun.stderr
    assert "Starting PostgreSQL" in begun.stderr.readline()
    begun.send_signal(sign)
    said = begun.communicate(timeout=60)[1]
    assert (begun.returncode, "Traceback" in said) == (status, False)
    assert [path.stem for path in (var / "run").glob("*.pid") if running(path)] == []


def test_what_is_given_is_used_as_given_and_nothing_is_started(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = URLS | {"REDIS_URL": "redis://queue/0", "CLAMD_SOCKET": "/given"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with services(var) as (there, made, _started):
        assert given.items() <= made.items()
        assert list((there.var / "run").glob("*.pid")) == []


def test_secrets_are_made_once_and_read_by_their_owner_only(var: Path) -> None:
    there = places(var)
    there.make()
    made = environment.kept_secrets(there)
    assert environment.kept_secrets(there) == made
    assert len(set(made.values())) == len(environment.SECRETS)
    assert stat.S_IMODE((var / "secrets").stat().st_mode) == 0o600


def test_of_two_who_begin_at_once_only_one_makes_secrets(var: Path) -> None:
    (var / "run").mkdir()
    given = URLS | {"REDIS_URL": "redis://queue/0", "CLAMD_SOCKET": "/given"}
    with (var / "run" / "start.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, "-m", "supercomplaints.private", "true"],
            cwd=CHECKOUT,
            env=plain_environment(var, **given),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr
        assert second.stderr.readline().startswith("Waiting for another command")
        assert not (var / "secrets").exists()
    assert second.wait() == 0
    assert (var / "secrets").exists()
    second.stderr.close()


@AS_ROOT
def test_rows_go_elsewhere_where_others_cannot_enter(var: Path) -> None:
    closed = var / "closed"
    closed.mkdir(mode=0o700)
    there = places(closed / "var")
    assert closed_parent(closed / "var") == closed
    assert there.postgres_rows.parent == Path("/var/lib")
    closed.chmod(0o755)
    assert places(closed / "var").postgres_rows == closed / "var" / "pg"


@AS_ROOT
def test_rows_that_can_no_longer_be_reached_are_named_and_not_made_anew(var: Path) -> None:
    closed = var / "closed"
    (closed / "var" / "pg").mkdir(parents=True)
    (closed / "var" / "pg" / "PG_VERSION").write_text("15\n")
    closed.chmod(0o700)
    with pytest.raises(CannotStartError, match=rf"chmod o\+x {closed}"):
        places(closed / "var")


@AS_ROOT
def test_a_socket_folder_of_somebody_else_is_refused(var: Path) -> None:
    there = places(var)
    there.sockets.mkdir()
    os.chown(there.sockets, 65534, -1)
    with pytest.raises(CannotStartError, match="belongs to somebody else"):
        there.make()


def test_rows_are_opened_by_the_version_that_made_them(tmp_path: Path) -> None:
    newest = postgres.programs(tmp_path)
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStartError, match="need version 9"):
        postgres.programs(tmp_path)
    (tmp_path / "PG_VERSION").write_text(f"{newest.parent.name}\n")
    assert postgres.programs(tmp_path) == newest


def test_a_server_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    log, pid_file = tmp_path / "log", tmp_path / "pid"
    server = Server("Trial", ("/bin/ls", "/nowhere"), pid_file, log, answers=lambda: False)
    with pytest.raises(CannotStartError, match=r"(?s)Trial did not start:.*/nowhere"):
        server.start()
    assert not pid_file.exists()


def test_a_number_used_again_is_another_process(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(f"{os.getpid()} {children.born(os.getpid())}\n")
    assert children.running(pid_file) == os.getpid()
    pid_file.write_text(f"{os.getpid()} 1\n")
    assert children.running(pid_file) is None


def test_psql_runs_the_very_script_that_makes_the_private_database(cluster: Cluster) -> None:
    names = {"database": "trial", "owner": "trial_o", "app": "trial_a", "public": "trial_p"}
    secret = {f"{role}_password": "it's secret" for role in ("owner", "app", "public")}
    variables = [f"--set={name}={value}" for name, value in {**names, **secret}.items()]
    psql = shutil.which("psql") or str(postgres.programs(cluster.places.postgres_rows) / "psql")
    server = ["--host", str(cluster.places.postgres_socket), "--username", "postgres"]
    script = ["--dbname=postgres", f"--file={sql.DATABASE_SCRIPT}"]
    try:
        for _ in range(2):
            subprocess.run(  # noqa: S603
                [psql, "--quiet", "--set=ON_ERROR_STOP=1", *server, *variables, *script],
                env={**os.environ, "PGPASSWORD": cluster.secret["SUPERUSER_PASSWORD"]},
                check=True,
            )
        extensions = "SELECT count(*) FROM pg_database JOIN pg_roles o ON o.oid = datdba WHERE "
        assert cluster.run(extensions + "datname = 'trial' AND o.rolname = 'trial_o'") == [(1,)]
    finally:
        cluster.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", "trial")
        for role in ("trial_o", "trial_a", "trial_p"):
            cluster.run("DROP ROLE IF EXISTS {}", role)


def test_the_scanner_finds_the_test_file_and_the_marker_and_passes_the_rest() -> None:
    scanner = ClamdUnixSocket(os.environ["CLAMD_SOCKET"], timeout=20)

    def verdict(content: bytes) -> str:
        return str(scanner.instream(BytesIO(content))["stream"][0])

    eicar = r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    assert verdict(eicar.encode()) == "FOUND"
    assert verdict(b"before " + clamav.MARKER + b" after") == "FOUND"
    assert verdict(b"A plain letter.") == "OK"


def test_set_up_with_nothing_missing_says_nothing() -> None:
    done = subprocess.run(  # noqa: S603
        [CHECKOUT / "bin" / "setup", "test"], capture_output=True, text=True, check=True, timeout=10
    )
    assert done.stdout + done.stderr == ""


@AS_ROOT
@pytest.mark.skipif(bool(closed_parent(CHECKOUT / "bin")), reason="nobody can't enter here")
def test_an_ordinary_user_is_told_which_packages_root_must_install(var: Path) -> None:
    var.chmod(0o755)
    (var / "dpkg-query").write_text("#!/bin/sh\nexit 1\n")
    (var / "dpkg-query").chmod(0o755)
    done = subprocess.run(  # noqa: S603
        [CHECKOUT / "bin" / "run"],
        env=plain_environment(var, PATH=f"{var}:/usr/bin:/bin"),
        user="nobody",
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    missing, command = done.stderr.splitlines()
    assert missing.startswith("These Debian packages are missing: ")
    assert "apt-get install -y --no-install-recommends python3-venv redis-server" in command


@AS_ROOT
def test_an_ordinary_user_is_told_whose_checkout_packages_are_missing_from(var: Path) -> None:
    for folder in ("bin", "requirements"):
        shutil.copytree(CHECKOUT / folder, var / folder)
    var.chmod(0o755)
    done = subprocess.run(  # noqa: S603
        [var / "bin" / "setup"], user="nobody", cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"You may not write in {var}, and packages are to be installed there: "
        "run this as root, or in a clone of your own."
    ]
