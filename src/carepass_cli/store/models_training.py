"""The schema's second half: what people do with their training. The habits are those of `models`."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.store.models import Base, dates, index_where, one_of


class CartLine(Base, table=True):
    """A course in a person's cart, for the role that asks for it. Closed when removed or submitted."""

    __tablename__ = "cart_line"
    __table_args__ = (
        dates("added_on", "closed_on"),
        Index("ix_cart_line_account_id", "account_id", "course_id"),
        index_where("closed_on IS NULL", "ux_cart_line_open", "account_id", "course_id", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    role_id: int = Field(foreign_key="role.id")
    self_pay: bool = False
    added_on: date
    closed_on: date | None = None


class Submission(Base, table=True):
    """A cart as it was submitted. Its id is the number that people see."""

    __tablename__ = "submission"
    __table_args__ = (dates("submitted_on"), Index("ix_submission_account_id", "account_id"))
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    submitted_on: date


class SubmissionLine(Base, table=True):
    """One course of a submission: `SUBMISSION/CODE`."""

    __tablename__ = "submission_line"
    __table_args__ = (
        UniqueConstraint("submission_id", "course_id"),
        Index("ix_submission_line_role_id", "role_id"),
        Index("ix_submission_line_course_id", "course_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id")
    course_id: int = Field(foreign_key="course.id")
    role_id: int = Field(foreign_key="role.id")
    self_pay: bool = False


class Decision(Base, table=True):
    """What was decided about a line over time: first by the rules, then at most once by a person."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("decision", "approved", "rejected", "submitted"),
        one_of("payer", "employer", "learner"),
        dates("from_on", "until_on"),
        CheckConstraint("(decision = 'rejected') = (payer IS NULL)", name="payer_unless_rejected"),
        Index("ix_decision_line_id", "line_id", "from_on"),
        index_where("until_on IS NULL", "ux_decision_open", "line_id", unique=True),
        Index("ix_decision_waiting", "decision", "until_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="submission_line.id")
    from_on: date
    until_on: date | None = None
    decision: str
    reason: str
    payer: str | None = None
    decided_by: str | None = None


class Registration(Base, table=True):
    """One attempt at one course, from its approval on. `access_by` is fixed when it is approved."""

    __tablename__ = "registration"
    __table_args__ = (
        one_of("payer", "employer", "learner"),
        dates("approved_on", "access_by", "access_on", "completed_on", "failed_on", "withdrawn_on"),
        CheckConstraint("completed_on IS NULL OR completed_on >= access_on", name="completed_after_access"),
        Index("ix_registration_account_id", "account_id", "course_id"),
        Index("ix_registration_access_by", "access_by"),
        Index("ix_registration_access_on", "access_on"),
    )
    line_id: int = Field(primary_key=True, foreign_key="submission_line.id")
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    attempt: int
    payer: str
    approved_on: date
    access_by: date
    access_on: date | None = None
    completed_on: date | None = None
    failed_on: date | None = None
    withdrawn_on: date | None = None


class Extension(Base, table=True):
    """A later last day for a registration, from `extended_on` on."""

    __tablename__ = "extension"
    __table_args__ = (
        dates("extended_on", "complete_by"),
        Index("ix_extension_line_id", "line_id", "extended_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="registration.line_id")
    extended_on: date
    complete_by: date
    reason: str


class Completion(Base, table=True):
    """A person completed a course. Kept for ever; a mistake is voided from a day on.

    `expires_on` is the last valid day, worked out when it was recorded (NULL: never expires).
    """

    __tablename__ = "completion"
    __table_args__ = (
        dates("completed_on", "expires_on", "voided_on"),
        CheckConstraint("expires_on IS NULL OR expires_on >= completed_on", name="expires_after_completion"),
        Index(
            "ix_completion_account_id", "account_id", "course_id", "expires_on", "completed_on", "voided_on"
        ),
        index_where("voided_on IS NOT NULL", "ix_completion_voided_on", "voided_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    completed_on: date
    expires_on: date | None = None
    provider: str | None = None
    source: str
    evidence: str | None = None
    verified_by: str | None = None
    line_id: int | None = Field(default=None, foreign_key="registration.line_id")
    voided_on: date | None = None
    void_reason: str | None = None
    change_id: int


class Message(Base, table=True):
    """Mail in the outbox. The text is made from `kind` and `params` (JSON) when it is shown or sent.

    `once_key` is unique: what would be the same message again is not queued twice. `under_way_at` (real
    time, UTC) stands only while a run hands the message over: where that run was killed, it stays.
    """

    __tablename__ = "message"
    __table_args__ = (
        dates("queued_on", "sent_on", "cancelled_on"),
        Index("ix_message_account_id", "account_id"),
        index_where("sent_on IS NULL AND cancelled_on IS NULL", "ix_message_waiting", "id"),
        index_where("under_way_at IS NOT NULL", "ix_message_under_way", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    to: str
    language: str = "en"
    params: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    home_id: int | None = Field(default=None, foreign_key="home.id")
    once_key: str | None = Field(default=None, unique=True)
    queued_on: date
    under_way_at: str | None = None
    sent_on: date | None = None
    cancelled_on: date | None = None
