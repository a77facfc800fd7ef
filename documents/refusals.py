"""The sentences by which an upload is refused, whoever notices first."""

import errno

from django.conf import settings

# What the system says when there is no room left: on the disk, in a quota, in the file system.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def too_large(name: str) -> str:
    """For a file over the limit."""
    limit_mb = settings.UPLOAD_LIMIT_BYTES // 10**6
    return f"“{name}” is larger than {limit_mb:,} MB. Split it, or send it another way."


def disk_full(name: str) -> str:
    """For a file that there is no room for."""
    return (
        f"“{name}” could not be kept because the service’s disk is full. Nothing of it was saved. "
        "Tell the service’s administrators, and try again later."
    )


def no_room_for(name: str) -> str:
    """For a file that was announced and that there would be no room for."""
    return (
        f"There is no room for “{name}” on the service’s disk. Nothing of it was sent. "
        "Tell the service’s administrators, and try again later."
    )
