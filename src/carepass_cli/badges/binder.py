"""The binder: a file that an inspector can check without a store.

A zip archive whose members are stored as they are, in the order of the manifest, all dated alike: the same
parts make the same bytes on every machine, so that whoever checks it makes it anew and compares. Its last
members are `manifest.json`, with the size and SHA-256 of each part, and, where the home signed it,
`manifest.jws`, a compact JWS over the bytes of the manifest.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from carepass_cli.badges.port import BadCredential, Badges
from carepass_cli.errors import Refused, UsageError
from carepass_cli.files import Kind, Making, open_regular, unwritable
from carepass_cli.rules.hashes import sha256

MANIFEST, SIGNATURE = "manifest.json", "manifest.jws"
KEYS = ("home", "as_of", "year", "audit_head", "files")
# A zip archive knows no year before 1980 and no zone; a day of its own would only be one more thing to keep.
DATED = (1980, 1, 1, 0, 0, 0)
BLOCK = 1 << 20
MOST_MANIFEST = 16 << 20


class Checked(NamedTuple):
    """What a binder is found to be. `signed_by` is the did:key that signed it, None where none did."""

    home: str
    as_of: str
    year: int
    audit_head: str
    files: int
    signed_by: str | None


class Tampered(Refused):
    """A binder is not as its manifest lists it."""

    default_code = "tampered"

    def __init__(self, what: str) -> None:
        super().__init__(what, "Do not rely on it; ask the home for the file again.")


def write_binder(
    file: IO[bytes],
    about: Mapping[str, object],
    parts: Iterable[tuple[str, bytes]],
    sign: Callable[[bytes], str] | None,
) -> int:
    """Write a binder of `parts` (path, content), one in memory at a time; returns how many they are.

    `about` are the manifest's first keys. `sign` makes the JWS of the manifest's bytes; None leaves it out.
    """
    files = []
    with ZipFile(file, "w") as archive:
        for path, content in parts:
            _add(archive, path, content)
            digest = sha256(content).hexdigest()
            files.append({"path": path, "sha256": digest, "bytes": len(content)})
        manifest = json.dumps({**about, "files": files}, ensure_ascii=False, indent=1).encode()
        _add(archive, MANIFEST, manifest)
        if sign is not None:
            _add(archive, SIGNATURE, sign(manifest).encode())
    return len(files)


def write_binder_file(
    path: str,
    about: Mapping[str, object],
    parts: Iterable[tuple[str, bytes]],
    sign: Callable[[bytes], str] | None,
    *,
    force: bool = False,
) -> int:
    """As `write_binder`, into a file. Raises Refused (`file-exists`) where something else is there."""
    with Making(path, BINDER, force=force) as made:
        try:
            with made.path.open("w+b") as file:
                count = write_binder(file, about, parts, sign)
        except OSError as error:
            raise unwritable(made.target, error) from None
        made.keep()
    return count


def _is_binder(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (BadZipFile, OSError):
        return False


BINDER = Kind("binder", _is_binder)


def check_binder(path: str, load: Callable[[], Badges]) -> Checked:
    """Check a binder file. `load` gives the library that checks signatures, where there is one to check.

    Raises UsageError for a file that cannot be read, Refused (`not-a-binder`; `tampered`, naming the first
    file that is not as listed; `bad-signature`).
    """
    try:
        with open_regular(path) as file, _opened(path, file) as archive:
            manifest, raw = _manifest(path, archive)
            _check_members(archive, manifest)
            token = archive.read(SIGNATURE).decode() if SIGNATURE in archive.namelist() else None
            signed_by = None if token is None else _signer(load(), token, raw)
            _check_bytes(file, archive, manifest, token)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError):
        raise Tampered(f"{path} is damaged: its archive cannot be read.") from None
    home, as_of, year, audit_head, files = (manifest[key] for key in KEYS)
    return Checked(home, as_of, year, audit_head, len(files), signed_by)


def _add(archive: ZipFile, path: str, content: bytes) -> None:
    archive.writestr(_info(path), content)


def _info(path: str) -> ZipInfo:
    info = ZipInfo(path, DATED)
    info.create_system = 3  # the same on every machine
    info.external_attr = 0o600 << 16
    return info


def _opened(path: str, file: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(file)
    except BadZipFile:
        raise _foreign(path) from None


def _foreign(path: str) -> Refused:
    return Refused(
        f"{path} is no binder.", "Give a file that carepass binder create wrote.", code="not-a-binder"
    )


def _manifest(path: str, archive: ZipFile) -> tuple[dict[str, Any], bytes]:
    if MANIFEST not in archive.namelist():
        raise _foreign(path)
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise Tampered(f"{MANIFEST} is not as carepass writes it.")
    raw = archive.read(MANIFEST)
    try:
        manifest = json.loads(raw)
        listed = [(each["path"], each["sha256"], each["bytes"]) for each in manifest["files"]]
        whole = all(isinstance(a, str) and isinstance(b, str) and isinstance(c, int) for a, b, c in listed)
        if not whole or tuple(manifest) != KEYS or not isinstance(manifest["year"], int):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Tampered(f"{MANIFEST} is not as carepass writes it.") from None
    return manifest, raw


def _check_members(archive: ZipFile, manifest: dict[str, Any]) -> None:
    names = archive.namelist()
    listed = [each["path"] for each in manifest["files"]]
    for each in manifest["files"]:
        path = each["path"]
        if path not in names:
            raise Tampered(f"{path} is missing: the manifest lists it, and the binder does not have it.")
        if archive.getinfo(path).file_size != each["bytes"] or _digest(archive, path) != each["sha256"]:
            raise Tampered(f"{path} was changed: it is not what the manifest lists.")
    known = {*listed, MANIFEST, SIGNATURE}
    seen: set[str] = set()
    for name in names:
        if name not in known or name in seen:
            raise Tampered(f"{name} was added: the manifest does not list it.")
        seen.add(name)


def _digest(archive: ZipFile, path: str) -> str:
    digest = sha256()
    try:
        with archive.open(path) as member:
            while block := member.read(BLOCK):
                digest.update(block)
    except (BadZipFile, EOFError):
        return ""  # not even whole
    return digest.hexdigest()


def _signer(badges: Badges, token: str, manifest: bytes) -> str:
    try:
        signed_by, payload = badges.verify_bytes(token)
    except BadCredential as error:
        raise Refused(
            f"The signature of {MANIFEST} does not fit: {error.message}",
            "Do not rely on it; ask the home for the file again.",
            code="bad-signature",
        ) from None
    if payload != manifest:
        raise Refused(
            f"The signature is not that of this {MANIFEST}.",
            "Do not rely on it; ask the home for the file again.",
            code="bad-signature",
        )
    return signed_by


def _check_bytes(file: IO[bytes], archive: ZipFile, manifest: dict[str, Any], token: str | None) -> None:
    """Make the archive anew of what it holds: whatever else was done to the file, its bytes then differ."""
    with TemporaryFile() as anew:
        with ZipFile(anew, "w") as copy:
            names = (
                [each["path"] for each in manifest["files"]] + [MANIFEST] + [SIGNATURE] * (token is not None)
            )
            for name in names:
                info = _info(name)
                info.file_size = archive.getinfo(name).file_size
                with archive.open(name) as source, copy.open(info, "w") as target:
                    shutil.copyfileobj(source, target, BLOCK)
        anew.seek(0)
        file.seek(0)
        while block := anew.read(BLOCK):
            if file.read(BLOCK) != block:
                raise Tampered("The archive was changed around its files.")
        if file.read(1):
            raise Tampered("Something was added behind the end of the archive.")
