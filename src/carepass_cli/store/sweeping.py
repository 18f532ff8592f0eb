"""What an erasure leaves in a SQLite file, swept out: old pages in the file, its free pages and its log.

Pages that a reader still looks at cannot be taken away. The store notes that, and the next write tries again.
"""

import sqlite3
from collections.abc import Callable

# The note of an erasure that is to be finished.
ERASURE, TO_DO = "erasure", "to be finished"
PENDING = f"SELECT 1 FROM note WHERE name = '{ERASURE}'"
REMAINS = (
    "Another program has the store open, or its disk has no room: old pages with what was erased remain in "
    "the file until then. The next write removes them."
)


def finish_erasure(connection: sqlite3.Connection, say: Callable[[str], None]) -> None:
    """Sweep the file where an erasure was noted; outside of a transaction."""
    if connection.execute(PENDING).fetchone() is None:
        return
    try:
        # Every page is written anew, without what was deleted; then the log is emptied.
        connection.execute("VACUUM")
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            connection.execute(f"DELETE FROM note WHERE name = '{ERASURE}'")
    except sqlite3.OperationalError:
        busy = 1
    if busy:
        say(REMAINS)
