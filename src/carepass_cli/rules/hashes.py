"""SHA-256 and BLAKE2b from the standard library's own modules, as its `random` takes SHA-512.

`hashlib` gives the same digests, and loads OpenSSL for the first of them: 3.5 MB, some milliseconds, of every
write. A Python that was built without them has it all the same.
"""

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any


def first_of(name: str, *modules: str) -> Any:
    """What the first of these modules that is there has under `name`. Raises ImportError for none."""
    for module in modules:
        with suppress(ImportError):
            return getattr(import_module(module), name)
    raise ImportError(name)


if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    sha256 = first_of("sha256", "_sha2", "_sha256", "hashlib")  # the second before Python 3.12
    blake2b = first_of("blake2b", "_blake2", "hashlib")

__all__ = ["blake2b", "sha256"]
