"""SHA-256 and BLAKE2b from the standard library's own modules, as its `random` takes SHA-512.

`hashlib` gives the same digests, and loads OpenSSL for the first of them: 3.5 MB, some milliseconds, of every
write. A Python that was built without them has it all the same.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:  # before Python 3.12
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

__all__ = ["blake2b", "sha256"]
