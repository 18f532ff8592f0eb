"""Evidence: the files attached to records, and their bytes, which lie in the store once each."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.store.reader import Reader

KEYS = ("file", "name", "bytes", "sha256", "added_on")


class File(NamedTuple):
    """A file attached to a record; `content_id` is the key of its bytes."""

    file: int
    name: str
    bytes: int
    sha256: str
    added_on: date
    record: int
    content_id: int

    def shown(self) -> dict[str, object]:
        """The file under its public keys."""
        return {key: getattr(self, key) for key in KEYS}


_FILE = """
    SELECT e.id AS file, e.name, f.size AS bytes, f.sha256, e.added_on, e.completion_id AS record,
           f.id AS content_id
    FROM evidence e JOIN evidence_file f ON f.id = e.file_id
    WHERE e.added_on <= :today
"""


def list_files(reader: Reader, today: date, record: int) -> list[File]:
    """The files of a record, in the order in which they were attached."""
    sql = f"{_FILE} AND e.completion_id = :record ORDER BY e.id"
    return list(reader.select(File, sql, today=today, record=record))


def content_of(reader: Reader, content_id: int) -> bytes:
    """The bytes of a file."""
    (content,) = reader.values("SELECT content FROM evidence_file WHERE id = :id", id=content_id)
    return bytes(content)


def find_content(reader: Reader, sha256: str) -> int | None:
    """The key of the bytes with this hash, where they are in the store."""
    return next(reader.values("SELECT id FROM evidence_file WHERE sha256 = :sha256", sha256=sha256), None)


def unused_contents(reader: Reader) -> list[int]:
    """The keys of bytes that no record has."""
    sql = """
        SELECT f.id FROM evidence_file f
        WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.file_id = f.id) ORDER BY f.id
    """
    return list(reader.values(sql))


def has_evidence(reader: Reader) -> bool:
    """Whether any file lies in the store."""
    return next(reader.values("SELECT 1 FROM evidence_file LIMIT 1"), None) is not None


def find_damaged(reader: Reader) -> Iterator[str]:
    """The files whose bytes are not those that were attached. One is in memory."""
    from carepass_cli.rules.hashes import sha256

    for each in list(reader.select(_Kept, "SELECT id, sha256, size FROM evidence_file ORDER BY id")):
        content = content_of(reader, each.id)
        if len(content) != each.size or sha256(content).hexdigest() != each.sha256:
            yield f"evidence_file {each.id}: its bytes are not those that were attached"


class _Kept(NamedTuple):
    id: int
    sha256: str
    size: int
