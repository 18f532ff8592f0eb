"""Files that carepass writes: one way to a path, and one way to put a file there, whole or not at all.

A file in the making lies beside the place that it will take, under a name of its own that only its owner
may read. An existing file is replaced only by one of its kind, or with `--force`; a store in use, its keys
and its logs never; pipes and devices are written into.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from carepass_cli.errors import CarepassError, Refused, UsageError

Failed = Callable[[Path, OSError], CarepassError]

# What SQLite puts beside a store, and plays into whatever bears the store's name next.
LOGS = ("-wal", "-shm", "-journal")
# A file in the making that is older was left by a run that was killed.
LEFTOVER_SECONDS = 24 * 3600
# Names of files in the making, of carepass 0.1 too, and of the logs beside them.
LEFTOVER = re.compile(r"\.(carepass-[0-9a-f]{16}|.+\.[0-9a-f]{8})\.new(-wal|-shm|-journal)?", re.DOTALL)
# Folders in a path, and characters of one that are repeated.
PARTS_MOST, PATH_SAID = 200, 200
# Names of what the caller has open already: it chose the file, and emptied it or not.
OPEN_ALREADY = ("/dev/std", "/dev/fd/", "/proc/self/fd/")


class Kind(NamedTuple):
    """A kind of file that carepass writes. `name` completes "is no ..."; `is_one` reads a regular file."""

    name: str
    is_one: Callable[[Path], bool]


def real_path(name: str | Path) -> Path:
    """The one path of a file: `~` and links resolved. Raises UsageError for what no file can be named."""
    text = str(name)
    try:
        text.encode()
        path = Path(os.path.realpath(Path(text).expanduser()))
        if len(path.parts) > PARTS_MOST:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            path.lstat()
        return path
    except UnicodeEncodeError:
        raise UsageError(
            f"The path {text!a} has bytes that are not UTF-8.", "Rename the file or its folder."
        ) from None
    except RuntimeError:
        raise UsageError(
            f"{text} begins with ~, and there is no such home directory.", "Give the whole path."
        ) from None
    except (ValueError, OSError) as error:  # a NUL byte; links that lead round in a circle
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{text[:PATH_SAID]!a} cannot be a path: {why}.", "Check the path.") from None


class NotRegular(OSError):
    """What was to be read is a folder, a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "It is not a regular file")


def open_regular(path: str | Path) -> BinaryIO:
    """Open a regular file to read. Raises NotRegular or another OSError; a pipe that nobody writes into is
    not waited for."""
    unwaiting = getattr(os, "O_NONBLOCK", 0)
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | unwaiting))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotRegular
    return file


class Unwritable(UsageError):
    """A FILE that cannot be written."""


def unwritable(target: Path, error: OSError) -> Unwritable:
    """The error for a FILE that cannot be written."""
    return Unwritable(
        f"{target} cannot be written: {error.strerror}.",
        "Give a file in a folder that you may write to, where there is room.",
    )


class Making:
    """A file on its way to the place that FILE names. Use it in a `with`: without `keep` nothing is left.

    `path` is where its content goes until then; `folders`: missing folders are made. Raises Refused
    (`file-exists`) where FILE is there and not to be replaced, and what `failed` says where it cannot be
    written.
    """

    def __init__(
        self,
        name: str | Path,
        kind: Kind,
        *,
        force: bool | None = False,
        failed: Failed = unwritable,
        folders: bool = False,
    ) -> None:
        self._failed = failed
        self._force = bool(force)
        self.stream = is_stream(name)
        self.target = Path(name) if self.stream else real_path(name)
        if not self.stream:
            check_target(self.target, kind, force=force)
        self._new = not self.target.exists()
        # What goes into a pipe waits where there is room for such things.
        beside = _scratch() if self.stream else self.target
        self._fresh = fresh_file(beside, failed, folders=folders)
        self.path = self._fresh.__enter__()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fresh.__exit__(kind, error, trace)

    def write(self, content: bytes) -> None:
        """Write all of the file, and `keep` it."""
        try:
            self.path.write_bytes(content)
        except OSError as error:
            raise self._failed(self.target, error) from None
        self.keep()

    def keep(self) -> None:
        """Put the file into its place, on the disk; or write it into the pipe or device."""
        try:
            if self.stream:
                with self.path.open("rb") as content, self.target.open("wb") as out:
                    while piece := content.read(1 << 20):
                        out.write(piece)
                return
            put_in_place(self.path, self.target, new=self._new and not self._force)
        except FileExistsError:
            raise _exists(self.target, "came there while this was written") from None
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._failed(self.target, error) from None


def _scratch() -> Path:
    from tempfile import gettempdir

    return Path(gettempdir()) / "carepass"


def write_file(name: str | Path, content: bytes, kind: Kind, *, force: bool = False) -> None:
    """Write `content` to what FILE names, as `Making` does."""
    with Making(name, kind, force=force) as made:
        made.write(content)


def save_file(
    path: Path, content: bytes, failed: Failed = unwritable, *, when: Callable[[], bool] = lambda: True
) -> bool:
    """Write a file of carepass's own (a setting, a key, a letter) at `path`, in the place of what is there.

    `when` is asked once the content is written, right before the file gets its name: where it says no, there
    is none. Returns what it said.
    """
    with fresh_file(path, failed) as fresh:
        try:
            fresh.write_bytes(content)
        except OSError as error:
            raise failed(path, error) from None
        if not when():
            return False
        try:
            put_in_place(fresh, path)
        except OSError as error:
            raise failed(path, error) from None
    return True


def add_to_file(path: Path, end: int, content: bytes) -> None:
    """Add to a file of carepass's own, behind its first `end` bytes: what follows them is part of a line that
    a killed run left. On the disk when this returns. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
        file.truncate(end)
        file.seek(end)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)


def is_stream(name: str | Path) -> bool:
    """Whether FILE is a pipe, a terminal or another device that takes bytes, or is open already."""
    if str(name).startswith(OPEN_ALREADY):
        return True
    try:
        mode = os.stat(name).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def check_target(target: Path, kind: Kind, *, force: bool | None = False) -> None:
    """Raise Refused (`file-exists`) unless a file of `kind` may be put at the real path `target`. `force` is
    None for a command that has no `--force`."""
    if why := _protected(target):
        raise _exists(target, why)
    if not os.path.lexists(target) or force:
        return
    try:
        same = kind.is_one(target)
    except OSError:
        same = False
    if not same:
        hint = "Name another file." if force is None else "Name another file, or replace it: --force"
        raise _exists(target, f"is there already, and is no {kind.name}", hint)


def is_live(path: Path) -> bool:
    """Whether a file is a database that is written to, also at rest: by its journal mode or a log beside
    it. A backup is one file, in another mode."""
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except OSError:
        return False
    beside = path.with_name(f"{path.name}-wal").exists()
    return header.startswith(b"SQLite format 3\0") and (header[18:20] != b"\1\1" or beside)


def _protected(target: Path) -> str:
    """Why nothing may ever be put at `target`; empty where it may."""
    if target.is_dir():
        return "is a folder"
    for log in LOGS:
        store = target.with_name(target.name.removesuffix(log))
        if target.name.endswith(log) and is_live(store):
            return f"belongs to the store {store}"
    if target.parent.name.endswith(".keys"):
        return "lies among a store's keys"
    try:
        mode = target.stat().st_mode
    except OSError:
        return ""
    if not stat.S_ISREG(mode):
        return "is no file that could be replaced"
    if is_live(target):
        return "is a store in use, and no backup"
    with suppress(OSError), target.open("rb") as file:
        if b"PRIVATE KEY-----" in file.read(100):
            return "is a private key"
    return ""


def _exists(target: Path, why: str, hint: str = "Name another file.") -> Refused:
    return Refused(f"{target} {why}.", hint, code="file-exists")


@contextmanager
def fresh_file(target: Path, failed: Failed = unwritable, *, folders: bool = True) -> Iterator[Path]:
    """A new, empty file beside `target` that only its owner may read; gone again unless it was renamed.

    `folders`: missing folders are made. Where it cannot be made, what `failed` says of it is raised.
    """
    # Not the process's number: it comes again, and a killed process leaves its file behind.
    fresh = target.with_name(f".carepass-{os.urandom(8).hex()}.new")
    try:
        if folders:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(target.parent)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise failed(target, error) from None
    try:
        yield fresh
    finally:
        for end in ("", *LOGS):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def put_in_place(fresh: Path, target: Path, *, new: bool = False) -> None:
    """Name a finished file `target`, on the disk when this returns; `target` is whole at every moment.

    Raises FileExistsError where it is to be `new` and something is there, else OSError.
    """
    sync(fresh)
    if not new:
        fresh.replace(target)
    else:
        try:
            os.link(fresh, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(target):
                raise FileExistsError(target) from None
            fresh.rename(target)
        else:
            fresh.unlink(missing_ok=True)
    sync(target.parent)


def sync(path: Path) -> None:
    """Have a file or a folder on the disk."""
    if os.name == "nt":  # folders cannot be opened there, and renames are durable
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files_in_the_making(folder: Path) -> list[Path]:
    """What runs of carepass are writing in a folder, or left there when they were killed."""
    return [Path(entry.path) for entry in os.scandir(folder) if LEFTOVER.fullmatch(entry.name)]


@cache  # once a run: a folder of letters has many files, and gets one at a time
def _tidy(folder: Path) -> None:
    """Remove what killed runs left half made in a folder, whatever it was to become, once it is old."""
    for left in files_in_the_making(folder):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > LEFTOVER_SECONDS:
                left.unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of carepass from putting a store into this folder at the same moment."""
    if os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def free_name(path: Path, word: str) -> Path:
    """`NAME.word-N`, where N is one more than the highest that is taken."""
    return path.with_name(f"{path.name}.{word}-{max(_numbers(path, word), default=0) + 1}")


def prune_names(path: Path, word: str, keep: int) -> None:
    """Remove the oldest of `NAME.word-1`, `-2` ... and what lies beside them; the newest `keep` stay."""
    for number in sorted(_numbers(path, word))[:-keep]:
        for end in ("", *LOGS):
            path.with_name(f"{path.name}.{word}-{number}{end}").unlink(missing_ok=True)


def _numbers(path: Path, word: str) -> list[int]:
    shape = re.compile(rf"{re.escape(path.name)}\.{word}-([0-9]+)(?:-wal|-shm|-journal)?")
    found = (shape.fullmatch(entry.name) for entry in os.scandir(path.parent))
    return sorted({int(match[1]) for match in found if match})


def move_logs_aside(path: Path, kept: Path | None = None) -> list[Path]:
    """Move the logs that lie beside `path` to `kept`, so that SQLite plays none of them into what is put
    at `path` next; where they went. Only for who is `alone_in` the folder."""
    there = [end for end in LOGS if path.with_name(path.name + end).exists()]
    if not there:
        return []
    kept = kept or free_name(path, "left")
    moved = [(path.with_name(path.name + end), kept.with_name(kept.name + end)) for end in there]
    for log, place in moved:
        log.replace(place)
    return [place for _, place in moved]
