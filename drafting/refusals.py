"""Showing in a form why an act was refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from drafting.errors import VersionConflictError
from workflow.errors import ActRefusedError


@contextmanager
def refusals_in(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """Call a verb in this block: what it refuses becomes an error of the form.

    A conflict of versions goes through, since it has a page of its own. What was refused for
    several reasons, as several files are, says each by itself.
    """
    try:
        yield
    except VersionConflictError:
        raise
    except ActRefusedError as refused:
        for reason in getattr(refused, "reasons", [str(refused)]):
            form.add_error(field, reason)
