"""Signing keys on disk: one file a key, readable by its owner alone, beside the store and never in it.

A copy of the store (a backup, a copy for a test) can then not sign in the home's name.
"""

import hashlib
import os
from pathlib import Path

from carepass_cli.badges.port import Key
from carepass_cli.errors import Refused, UsageError
from carepass_cli.store.location import is_server, shown_location, sqlite_path


def key_folder(db: str) -> Path:
    """Where the keys of a store lie: `STORE.keys` beside a file; for a server, in the user data folder."""
    if not is_server(db):
        path = sqlite_path(db)
        return path.with_name(f"{path.name}.keys")
    import platformdirs

    name = hashlib.sha256(shown_location(db).encode()).hexdigest()[:16]
    return platformdirs.user_data_path("carepass") / "keys" / name


def key_file(folder: Path, did: str) -> Path:
    """The file of a key."""
    return folder / f"{did.removeprefix('did:key:')}.pem"


def save_key(folder: Path, key: Key) -> Path:
    """Write a new key (0600, in a folder that is 0700). Raises UsageError where that cannot be done."""
    path = key_file(folder, key.did)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(key.pem)
    except OSError as error:
        raise UsageError(
            f"The key cannot be written to {path}: {error.strerror}.", "Check the folder's permissions."
        ) from None
    return path


def load_key(folder: Path, did: str) -> Key:
    """Read a key. Raises Refused (`key-missing`) where its file is not there, (`key-exposed`) where others
    may read it."""
    path = key_file(folder, did)
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Refused(
                f"The signing key {path} can be read by others.",
                f"Make it yours alone: chmod 600 '{path}'. If somebody may have read it, replace it: "
                "carepass home keys HOME --rotate",
                code="key-exposed",
            )
        return Key(path.read_bytes(), did)
    except OSError:
        raise Refused(
            f"The signing key {path} is not there.",
            "Put it back from where you keep it, or make a new one: carepass home keys HOME --rotate",
            code="key-missing",
        ) from None
