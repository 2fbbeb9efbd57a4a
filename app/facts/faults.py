"""What is wrong with a row, said so that a person can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `severity` is `error` (stops a load) or `warning` (named, and goes on)."""

    code: str
    message: str
    column: str | None = None
    file: str | None = None
    row: int | None = None
    severity: str = "error"

    def at(self, file: str | None, row: int | None) -> "Fault":
        """The same fault, placed."""
        return replace(self, file=file, row=row)

    def __str__(self) -> str:
        place = ":".join(
            str(part) for part in (self.file, self.row, self.column) if part is not None
        )
        return f"{place}: {self.severity}: {self.message} [{self.code}]"


class Rejected(Exception):
    """The rows cannot be written; nothing was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)
