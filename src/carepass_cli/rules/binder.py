"""What an inspector's binder is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Table(NamedTuple):
    """One table of the binder: the name of its file, its columns and rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


class Attached(NamedTuple):
    """A piece of evidence: its path in the binder, and the key of its bytes in the store."""

    path: str
    content_id: int


@dataclass(frozen=True)
class Binder:
    """The binder of a home. `tables` are in their order, `compliance` first (with the citation last in each
    row); `evidence` are the files of the sample; `audit_head` is ENTRY:HASH."""

    home: str
    home_name: str
    as_of: date
    year: int
    staff: int
    audit_head: str
    tables: Sequence[Table]
    evidence: Sequence[Attached] = ()

    @property
    def about(self) -> dict[str, object]:
        """The first keys of the manifest."""
        return {
            "home": self.home,
            "as_of": self.as_of.isoformat(),
            "year": self.year,
            "audit_head": self.audit_head,
        }
