"""The outbox. Habits: the package's first lines."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from carepass_cli.rules import letter
from carepass_cli.store.schema.base import Base, Fact, fact, index_where, key


class Message(Base, table=True):
    """Mail in the outbox. The text is made from `kind` and `params` (JSON) when it is shown or sent.

    `once_key` is unique: what would be the same message again is not queued twice. `under_way_at` (real
    time, UTC) stands only while a run hands the message over: where that run was killed, it stays.
    """

    __tablename__ = "message"
    in_sql = "m"
    goes_with_person: ClassVar[bool] = True
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "params": (
            # The templates know it; whoever shows the message puts it in.
            Fact("Its subject line.", key=4, name="subject", sql="NULL", kind="str | None", is_own=True),
            Fact(name="values", kind="dict[str, Any]", works=letter.values, of=("params",)),
        ),
        "once_key": (Fact(name="about", works=letter.about, of=("once_key",)),),
        "cancelled_on": (
            Fact(
                "Where it stands.",
                key=7,
                name="status",
                works=letter.status,
                of=("sent_on", "cancelled_on"),
                choices=letter.STATUSES,
            ),
        ),
    }
    __table_args__ = (
        Index("ix_message_account_id", "account_id"),
        Index("ix_message_home_id", "home_id", "queued_on", "sent_on", "cancelled_on"),
        index_where("sent_on IS NULL AND cancelled_on IS NULL", "ix_message_waiting", "id"),
        index_where("under_way_at IS NOT NULL", "ix_message_under_way", "id"),
    )
    id: int | None = key(Fact("The message's number.", key=1, is_own=True))
    kind: str = fact(Fact("What sort of letter it is.", key=2, is_own=True))
    to: str = fact(Fact("The address it goes to.", key=3, is_own=True))
    language: str = fact(Fact(), default="en")
    params: str = fact(Fact())
    account_id: int | None = fact(Fact(), default=None, foreign_key="account.id")
    home_id: int | None = Field(default=None, foreign_key="home.id")
    line_id: int | None = Field(default=None, foreign_key="submission_line.id")
    completion_id: int | None = Field(default=None, foreign_key="completion.id")
    once_key: str | None = fact(Fact(sql="COALESCE(m.once_key, '')"), default=None, unique=True)
    queued_on: date = fact(Fact("The day it was written.", key=5, is_own=True))
    under_way_at: str | None = None
    sent_on: date | None = fact(Fact("The day it was sent.", key=6, is_own=True, is_event=True), default=None)
    cancelled_on: date | None = fact(Fact(is_event=True), default=None)
    cancel_reason: str | None = fact(
        Fact(sql="CASE WHEN m.cancelled_on <= :today THEN m.cancel_reason END", kind="str | None"),
        default=None,
    )
