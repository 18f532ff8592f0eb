"""The outbox. Habits: the package's first lines."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, index_where, key


class Message(Base, table=True):
    """Mail in the outbox. The text is made from `kind` and `params` (JSON) when it is shown or sent.

    `once_key` is unique: what would be the same message again is not queued twice. `under_way_at` (real
    time, UTC) stands only while a run hands the message over: where that run was killed, it stays.
    """

    __tablename__ = "message"
    goes_with_person: ClassVar[bool] = True
    __table_args__ = (
        Index("ix_message_account_id", "account_id"),
        Index("ix_message_home_id", "home_id", "queued_on", "sent_on", "cancelled_on"),
        index_where("sent_on IS NULL AND cancelled_on IS NULL", "ix_message_waiting", "id"),
        index_where("under_way_at IS NOT NULL", "ix_message_under_way", "id"),
    )
    id: int | None = key()
    kind: str
    to: str
    language: str = "en"
    params: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    home_id: int | None = Field(default=None, foreign_key="home.id")
    line_id: int | None = Field(default=None, foreign_key="submission_line.id")
    completion_id: int | None = Field(default=None, foreign_key="completion.id")
    once_key: str | None = Field(default=None, unique=True)
    queued_on: date
    under_way_at: str | None = None
    sent_on: date | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None
