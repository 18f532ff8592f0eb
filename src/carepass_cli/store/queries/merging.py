"""What a merge of two accounts begins from: their rows, whatever the day."""

from typing import Any, NamedTuple, TypeVar

from carepass_cli.store.queries.tables import rows_where
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.evidence import Evidence
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.people import Assignment
from carepass_cli.store.rows.training import CartLine

R = TypeVar("R", bound=tuple[Any, ...])


def live_roles(reader: Reader, account_id: int) -> list[Assignment]:
    """The assignments of a person that are pending or confirmed."""
    over = ("until_on", "declined_on", "cancelled_on", "ended_on")
    return _without(reader, Assignment, over, account_id)


def cart_of(reader: Reader, account_id: int) -> list[CartLine]:
    """What is in a person's cart."""
    return _without(reader, CartLine, ("closed_on",), account_id)


def waiting_letters(reader: Reader, account_id: int) -> list[Message]:
    """The letters to a person that were neither sent nor cancelled."""
    return _without(reader, Message, ("sent_on", "cancelled_on"), account_id)


def files_attached(reader: Reader, record: int) -> list[Evidence]:
    """What is attached to a record."""
    return rows_where(reader, Evidence, "completion_id = :record", record=record)


class Same(NamedTuple):
    """Two records of one course and day, by their numbers."""

    theirs: int
    own: int


def same_after_merge(reader: Reader, merged_id: int) -> list[Same]:
    """The records that an account brought into a merge, where there is one of the same course and day."""
    sql = """
        WITH theirs AS (SELECT row_id FROM merged_row WHERE table_name = 'completion' AND account_id = :other)
        SELECT t.id AS theirs, o.id AS own FROM completion t
        JOIN completion o ON o.account_id = t.account_id AND o.course_id = t.course_id
        WHERE t.id IN (SELECT row_id FROM theirs) AND o.id NOT IN (SELECT row_id FROM theirs)
        AND o.completed_on = t.completed_on AND o.voided_on IS NULL AND t.voided_on IS NULL
        ORDER BY t.id
    """
    return list(reader.select(Same, sql, other=merged_id))


def _without(reader: Reader, kind: type[R], days: tuple[str, ...], account_id: int) -> list[R]:
    """The rows of a person in which none of these days is set."""
    unset = " AND ".join(f"{day} IS NULL" for day in days)
    return rows_where(reader, kind, f"account_id = :id AND {unset}", id=account_id)
