#!/usr/bin/env python3
"""Verify an exported record offline: python3 verify.py record.jsonl [--head NUMBER:SHA256]

It needs Python 3 and nothing else. Give it any head that you hold, from a receipt or a letter:
without one, a record that was cut short or written anew can't be told from a whole one. It names
the first bad entry and ends with 1, or says how many entries are whole and ends with 0.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from typing import Any

FIRST = "0" * 64


class BadEntryError(Exception):
    """The first entry that is not as it was recorded."""


def canonical(content: Any) -> bytes:
    """JSON with sorted keys, no spaces and plain UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check(lines: Iterable[bytes], heads: dict[int, str]) -> tuple[int, str]:
    """Walk the record; returns the last entry's number and hash.

    Raises: BadEntryError at the first entry that is wrong, missing or not the one given away.
    """
    number, previous = 0, FIRST
    for line in lines:
        given = json.loads(line)
        entry, sha256 = given["entry"], given["sha256"]
        number += 1
        if entry["number"] != number:
            raise BadEntryError(f"entry {number} is missing: {entry['number']} stands in its place")
        if entry["previous_sha256"] != previous:
            raise BadEntryError(f"entry {number} does not carry the hash of the one before")
        if hashlib.sha256(canonical(entry)).hexdigest() != sha256:
            raise BadEntryError(f"entry {number}: its content and hash differ")
        if heads.get(number, sha256) != sha256:
            raise BadEntryError(f"entry {number} is not the one that was given away")
        check_private(given, entry, number)
        previous = sha256
    if max(heads, default=0) > number:
        raise BadEntryError(
            f"entry {max(heads)} was given away, but the record ends at entry {number}"
        )
    return number, previous


def check_private(given: dict[str, Any], entry: dict[str, Any], number: int) -> None:
    """Check the personal data of one entry against their salted hash, where they were exported.

    Raises: BadEntryError.
    """
    private = given.get("private")
    if private is None:
        return
    salted = private["salt"].encode() + canonical(private["content"])
    if hashlib.sha256(salted).hexdigest() != entry["private_sha256"]:
        raise BadEntryError(f"entry {number}: its personal data and their hash differ")


def read_head(text: str) -> tuple[int, str]:
    """A head as written on a receipt: NUMBER:SHA256."""
    number, _, sha256 = text.partition(":")
    if not number.isdigit() or len(sha256) != len(FIRST):
        raise argparse.ArgumentTypeError("write a head as NUMBER:SHA256")
    return int(number), sha256.lower()


def main(arguments: list[str] | None = None) -> int:
    """Verify one file, and say what was found."""
    parser = argparse.ArgumentParser(description="Verify an exported record offline.")
    parser.add_argument("record", help="the exported file, record.jsonl")
    parser.add_argument(
        "--head", type=read_head, action="append", default=[], help="a head that you hold"
    )
    options = parser.parse_args(arguments)
    heads: dict[int, str] = {}
    for number, sha256 in options.head:
        if heads.setdefault(number, sha256) != sha256:
            print(f"BAD: two different heads were given for entry {number}")
            return 1
    try:
        with open(options.record, "rb") as lines:
            number, sha256 = check(lines, heads)
    except (BadEntryError, KeyError, TypeError, ValueError) as wrong:
        print(f"BAD: {wrong}")
        return 1
    print(f"WHOLE: {number} entries, the last is {number}:{sha256}")
    if not heads:
        print("No head was given, so a record that was cut short would look the same.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
