"""What the log keeps of a fault: where it happened, and nothing of what was being handled."""

import logging
import traceback
from types import TracebackType

from typing_extensions import override

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WhereOnly(logging.Formatter):
    """A log line, and under it the kind and the place of each fault, without the fault's own words.

    A database quotes the row that it refuses, and a parser the text that it can't read: either may
    be under embargo, and a log is read by people who may not know the case.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    @override
    def formatException(self, ei: Raised) -> str:
        """Name each fault in the chain, first cause first, with its lines of code."""
        return "\n".join(_places(ei[1])) if ei[1] else ""


def _places(fault: BaseException) -> list[str]:
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = _places(cause) if cause else []
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
    return [*lines, f"{type(fault).__module__}.{type(fault).__qualname__}"]
