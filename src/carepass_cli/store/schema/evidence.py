"""What proves a completion: files. Habits: the package's first lines."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, key


class EvidenceFile(Base, table=True):
    """The bytes of a piece of evidence, kept once. `sha256` is in hexadecimal."""

    __tablename__ = "evidence_file"
    __table_args__ = (CheckConstraint("size >= 0 AND size <= 10485760", name="size_within_limit"),)
    id: int | None = key()
    sha256: str = Field(unique=True)
    size: int
    # Bytes are no part of a row's digest: `sha256` is, and stands for them.
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Evidence(Base, table=True):
    """A file attached to a record, seen from `added_on` on. Its id is the number that people see."""

    __tablename__ = "evidence"
    goes_with_person: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("completion_id", "file_id", "name"),
        Index("ix_evidence_completion_id", "completion_id"),
        Index("ix_evidence_file_id", "file_id"),
    )
    id: int | None = key()
    completion_id: int = Field(foreign_key="completion.id")
    file_id: int = Field(foreign_key="evidence_file.id")
    name: str
    added_on: date
    change_id: int
