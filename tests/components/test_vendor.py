"""Packages of others: locked without an address, built at set-up, without typeface and crest."""

import re
import subprocess
import sys

from supercomplaints.private.places import CHECKOUT

VENDOR = CHECKOUT / "static" / "vendor"
STYLES = [path.read_text() for path in VENDOR.glob("*.css")]
SCRIPTS = [path.read_text() for path in VENDOR.glob("*.js")]


def test_the_lock_names_no_address() -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        assert "//" not in (CHECKOUT / name).read_text(), name


def test_typeface_crest_and_source_maps_are_gone() -> None:
    assert len(STYLES) == len(SCRIPTS) == 2
    for text in STYLES + SCRIPTS:
        assert "sourceMappingURL" not in text
    for style in STYLES:
        assert "@font-face" not in style
        assert "GDS Transport" not in style
        assert "govuk-crest" not in style


def test_a_style_points_only_at_files_that_lie_beside_it() -> None:
    places = {place for style in STYLES for place in re.findall(r"url\(([^)]*)\)", style)}
    named = {place.strip("'\"") for place in places if not place.startswith(("data:", '"data:'))}
    assert named
    assert [place for place in named if not (VENDOR / place).is_file()] == []


def test_nothing_of_theirs_can_be_committed() -> None:
    kept_out = (CHECKOUT / ".gitignore").read_text().splitlines()
    assert {"/node_modules/", "/static/vendor/"} <= set(kept_out)


def test_building_again_changes_nothing() -> None:
    before = {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*")}
    subprocess.run([sys.executable, "bin/build-static"], cwd=CHECKOUT, check=True)
    assert {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*")} == before
