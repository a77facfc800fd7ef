"""The process of the public pages alone, on the public role alone."""

import urllib.error
import urllib.request

from tests.fixtures.service import process


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  The address is ours.
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_public_process_serves_the_public_pages_and_knows_no_other(committed: None) -> None:
    with process("public-web") as started:
        assert status(f"{started.url}/super-complaints") == 200
        assert status(f"{started.url}/sign-in") == 404
        assert status(f"{started.url}/admin/") == 404
