"""Rows of the tables in `schema.evidence`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class EvidenceFile(NamedTuple):
    """The bytes of a piece of evidence, kept once. `sha256` is in hexadecimal."""

    sha256: str
    size: int
    content: bytes
    id: int = 0


class Evidence(NamedTuple):
    """A file attached to a record, seen from `added_on` on. Its id is the number that people see."""

    completion_id: int
    file_id: int
    name: str
    added_on: date
    change_id: int
    id: int = 0
