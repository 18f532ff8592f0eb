"""Evidence itself: files attached to records, kept once by their SHA-256, and given back."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from carepass_cli.errors import Refused, UsageError
from carepass_cli.files import Kind, NotRegular, open_regular, write_file
from carepass_cli.rules.fields import TITLE_MOST, clean_text
from carepass_cli.rules.hashes import sha256
from carepass_cli.services.outcome import CREATED, UNCHANGED, Outcome
from carepass_cli.store.queries.evidence import (
    File,
    content_of,
    find_content,
    list_files,
    unused_contents,
)
from carepass_cli.store.queries.records import get_record
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.evidence import Evidence, EvidenceFile
from carepass_cli.store.unit import Unit

MOST_BYTES = 10 * 1024 * 1024
# What `save_files` writes is put where nothing is.
_SAVED = Kind("file of a record", lambda _: False)


def attach_files(unit: Unit, named: str, paths: Sequence[str]) -> list[Outcome]:
    """Attach files to a record, one of them in memory at a time. The same file under the same name is
    `unchanged`.

    Raises NotFound; UsageError for what cannot be read; Refused (`file-too-large`, `not-a-file`).
    """
    record = get_record(unit, unit.today, named)
    return [_attach(unit, record.record, record.account_id, path) for path in paths]


def _attach(unit: Unit, record: int, account_id: int, path: str) -> Outcome:
    name = clean_text(Path(path).name, "The file's name", most=TITLE_MOST)
    content = _content(path)
    digest = sha256(content).hexdigest()
    for known in list_files(unit, unit.today, record):
        if (known.name, known.sha256) == (name, digest):
            return Outcome(UNCHANGED, _item(known))
    content_id = find_content(unit, digest)
    if content_id is None:
        content_id = unit.add(EvidenceFile(digest, len(content), content)).id
    row = unit.add(Evidence(record, content_id, name, unit.today, unit.change_id))
    file = File(row.id, name, len(content), digest, unit.today, record, content_id)
    unit.audit("attach", "record", str(record), account_id=account_id, after=file.shown())
    return Outcome(CREATED, _item(file))


def _item(file: File) -> dict[str, object]:
    return {"record": file.record, **file.shown()}


def _content(path: str) -> bytes:
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
    except NotRegular:
        raise Refused(f"{path} is not a regular file.", "Attach a file.", code="not-a-file") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    if len(content) > MOST_BYTES:
        raise Refused(
            f"{path} has more than 10 MB.",
            "Attach a smaller scan, or name where it is kept with --evidence.",
            code="file-too-large",
        )
    return content


def drop_unused(unit: Unit) -> None:
    """Remove the bytes that no record has any more; an audit entry must follow."""
    for key in unused_contents(unit):
        unit.delete(EvidenceFile, key, key)


def save_files(reader: Reader, today: date, named: str, folder: str) -> list[Outcome]:
    """Write a record's files into a folder (0600), which is made where it is not there. Nothing that is
    there is overwritten: a file of that name with the same bytes is `unchanged`, else the new one gets a
    number of its own."""
    record = get_record(reader, today, named)
    place = Path(folder)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return [
            _save(place, file, content_of(reader, file.content_id))
            for file in list_files(reader, today, record.record)
        ]
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror}.",
            "Give a folder that you may write to.",
        ) from None


def _save(place: Path, file: File, content: bytes) -> Outcome:
    name = file.name.replace("/", "_").replace(os.sep, "_")
    stem, suffix = os.path.splitext(name)
    path, number, result = place / name, 1, CREATED
    while os.path.lexists(path) and result == CREATED:
        if path.is_file() and path.stat().st_size == file.bytes and path.read_bytes() == content:
            result = UNCHANGED
        else:
            number += 1
            path = place / f"{stem}-{number}{suffix}"
    if result == CREATED:
        write_file(path, content, _SAVED)
    return Outcome(result, {"file": file.file, "name": file.name, "path": str(path), "bytes": file.bytes})
