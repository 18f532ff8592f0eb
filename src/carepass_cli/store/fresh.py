"""Files in the making: beside the place that they will take, which is whole at every moment."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from carepass_cli.errors import StoreUnavailable

Failed = Callable[[Path, OSError], StoreUnavailable]

# A file in the making that is older was left by a run that was killed.
LEFTOVER_SECONDS = 24 * 3600


def unwritable(target: Path, error: OSError) -> StoreUnavailable:
    """The error for a file that cannot be put at `target`."""
    return StoreUnavailable(
        f"{target} cannot be written: {error.strerror}.", "Check the folder, its permissions and its room."
    )


@contextmanager
def fresh_file(target: Path, failed: Failed = unwritable) -> Iterator[Path]:
    """A new, empty file beside `target` that only its owner may read; gone again unless it was renamed.

    Where it cannot be made, what `failed` says of it is raised.
    """
    # Not the process's number: it comes again, and a killed process leaves its file behind.
    fresh = target.with_name(f".{target.name}.{token_hex(4)}.new")
    try:
        _remove_leftovers(target)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise failed(target, error) from None
    try:
        yield fresh
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed runs left half made beside `target`, once it is old."""
    for left in target.parent.glob(f".{target.name}.*.new*"):
        if time.time() - left.stat().st_mtime > LEFTOVER_SECONDS:
            left.unlink(missing_ok=True)
