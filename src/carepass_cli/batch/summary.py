"""What a batch came to: the bad rows and the counts."""

from dataclasses import dataclass, field

from carepass_cli.errors import CarepassError, NotFound

# What a file may call by words of its own, and the column that it stands in.
_NAMED = {"home": "home", "role": "role", "course": "code"}


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row was not taken. `line` counts in the file, the header is 1; `error` is the stable code."""

    line: int
    error: str
    message: str

    @classmethod
    def of(cls, line: int, error: CarepassError) -> "RowError":
        """What a rule or a field said about the row on `line`: the fact, then what to do."""
        said = f"{error.message} {error.hint}".rstrip()
        if isinstance(error, NotFound) and error.kind in _NAMED and not error.is_near:
            said += f". If the file's word stands for one: --value '{_NAMED[error.kind]}:{error.name}=CODE'"
        return cls(line, error.code, said)

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "error": self.error, "message": self.message}


@dataclass(slots=True)
class Summary:
    """The counts of one batch; of a refused or dry one, what would have been written.

    `skipped` are rows that say nothing to write (left out by a profile, not completed); `warnings` is what
    must not be overlooked about the file; `change` is the change's id in the audit log, None when nothing was
    written.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    dry_run: bool = False
    change: int | None = None
    errors: list[RowError] = field(default_factory=list)
    skipped: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many rows were not taken; each has all the errors that were found in it."""
        return len({error.line for error in self.errors})

    def as_dict(self) -> dict[str, object]:
        """The summary as it is printed, keys in the order of the contract."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "dry_run": self.dry_run,
            "change": self.change,
            "errors": [error.as_dict() for error in self.errors],
            "skipped": self.skipped,
            "warnings": self.warnings,
        }

    def as_told(self, most: int | None = None) -> dict[str, object]:
        """The summary as a person reads it: one reason for many rows (a column of dates as Excel shows
        them) is told once, with their lines; of more than `most` reasons the first."""
        reasons: dict[tuple[str, str], list[int]] = {}
        for each in self.errors:
            reasons.setdefault((each.error, each.message), []).append(each.line)
        told = self.as_dict()
        del told["warnings"]  # said already, on stderr
        told["errors"] = [
            {"line" if len(lines) == 1 else "lines": _ranges(lines), "error": error, "message": message}
            for (error, message), lines in list(reasons.items())[:most]
        ]
        if most is not None and len(reasons) > most:
            other = len(reasons) - most
            errors = "1 other error" if other == 1 else f"{other} other errors"
            told["more"] = f"{errors}; to see them all: -o json"
        return told


def _ranges(lines: list[int]) -> str:
    """Ascending line numbers, neighbours drawn together: 2-30, 32."""
    told: list[list[int]] = []
    for line in lines:
        if told and line == told[-1][-1] + 1:
            told[-1] = [told[-1][0], line]
        else:
            told.append([line])
    return ", ".join("-".join(map(str, each)) for each in told)
