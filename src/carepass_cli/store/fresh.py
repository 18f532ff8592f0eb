"""Store files in the making: as `files.fresh_file`, with the errors of a store that cannot be put there."""

from contextlib import AbstractContextManager
from pathlib import Path

from carepass_cli import files
from carepass_cli.errors import StoreUnavailable


def unwritable(target: Path, error: OSError) -> StoreUnavailable:
    """The error for a file that cannot be put at `target`."""
    return StoreUnavailable(
        f"{target} cannot be written: {error.strerror}.", "Check the folder, its permissions and its room."
    )


def fresh_file(target: Path, failed: files.Failed = unwritable) -> AbstractContextManager[Path]:
    """A new, empty file beside `target` that only its owner may read; gone again unless it was renamed."""
    return files.fresh_file(target, failed)
