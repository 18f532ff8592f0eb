"""What people do with their training: carts, submissions, registrations, records. Habits: the package's
first lines."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.rules import fields, registration, standing
from carepass_cli.rules.funding import DECISIONS, PAYERS
from carepass_cli.store.schema.base import WHOSE, Base, Fact, fact, index_where, kept, key, one_of

# Which lists of lines say whose a line is; what was decided; when; and what is of a registration alone.
LISTED = ("history", "submission", "registration")
DECIDED = ("decision", "history", "submission")
DATED = ("history", "submission")
REGISTERED = ("registration",)


class CartLine(Base, table=True):
    """A course in a person's cart, for the role that asks for it. Closed when removed or submitted."""

    __tablename__ = "cart_line"
    in_sql = "l"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "course_id": (
            Fact("The course's code.", key=1, name="code", sql="c.code", is_name=True),
            Fact("The course's title.", key=2, name="title", sql="cv.title", is_own=True),
            Fact("Who offers the course.", key=3, name="provider", sql="cv.provider", is_own=True),
            Fact("The course's length.", key=4, name="minutes", sql="cv.minutes", kind="int", is_own=True),
        ),
        "role_id": (
            Fact("The home's code.", key=5, name="home", sql="h.code", is_name=True),
            Fact("The role's code.", key=6, name="role", sql="r.code", is_name=True),
            Fact(name="study_minutes_per_day", sql="hv.study_minutes_per_day", kind="int"),
        ),
    }
    __table_args__ = (
        Index("ix_cart_line_account_id", "account_id", "course_id"),
        index_where("closed_on IS NULL", "ux_cart_line_open", "account_id", "course_id", unique=True),
    )
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    role_id: int = Field(foreign_key="role.id")
    self_pay: bool = fact(
        Fact("Whether the person pays.", key=7, parse=fields.parse_bool, has_option=False), default=False
    )
    added_on: date = fact(Fact("The day it was put there.", key=8, is_own=True))
    closed_on: date | None = None


class Submission(Base, table=True):
    """A cart as it was submitted. Its id is the number that people see."""

    __tablename__ = "submission"
    in_sql = "s"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "account_id": (
            *(replace(each, lists=LISTED) for each in WHOSE),
            Fact(name="account_id", sql="s.account_id", kind="int"),
        ),
    }
    __table_args__ = (Index("ix_submission_account_id", "account_id"),)
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    submitted_on: date = fact(Fact("The day it was submitted.", key=21, lists=DATED, is_own=True))


class SubmissionLine(Base, table=True):
    """One course of a submission: `SUBMISSION/CODE`."""

    __tablename__ = "submission_line"
    in_sql = "l"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "submission_id": (
            Fact(
                "Submission and course, as 12/IPAC-101.",
                key=0,
                name="line",
                sql="s.id || '/' || c.code",
                is_name=True,
            ),
            Fact(name="today", sql=":today", kind="date"),
        ),
        "role_id": (
            Fact("The home's code.", key=4, name="home", sql="h.code", lists=LISTED, is_name=True),
            Fact("The role's code.", key=5, name="role", sql="r.code", lists=LISTED, is_name=True),
            Fact(name="home_id", sql="r.home_id", kind="int"),
        ),
        "course_id": (
            Fact("The course's code.", key=6, name="code", sql="c.code", is_name=True),
            Fact("The course's title.", key=7, name="title", sql="cv.title", is_own=True),
            Fact(
                "The course's length.",
                key=8,
                name="minutes",
                sql="cv.minutes",
                kind="int",
                lists=("submission",),
                is_own=True,
            ),
            Fact(name="price_cents", sql="cv.price_cents", kind="int | None"),
            Fact(
                "What it costs, as 45.00.",
                key=9,
                name="price",
                kind="str | None",
                works=fields.price_text,
                of=("price_cents",),
                lists=("submission",),
            ),
        ),
    }
    __table_args__ = (
        UniqueConstraint("submission_id", "course_id"),
        Index("ix_submission_line_role_id", "role_id"),
        Index("ix_submission_line_course_id", "course_id"),
    )
    id: int | None = key()
    submission_id: int = Field(foreign_key="submission.id")
    course_id: int = Field(foreign_key="course.id")
    role_id: int = Field(foreign_key="role.id")
    self_pay: bool = fact(Fact(), default=False)


class Decision(Base, table=True):
    """What was decided about a line over time: first by the rules, then at most once by a person."""

    __tablename__ = "decision"
    in_sql = "d"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "decision": (
            Fact(
                name="tried",
                kind="standing.Attempt",
                works=standing.Attempt,
                of=("decided_on", "decision", "status"),
            ),
        ),
    }
    __table_args__ = (
        one_of("decision", *DECISIONS),
        one_of("payer", *PAYERS),
        CheckConstraint("(decision = 'rejected') = (payer IS NULL)", name="payer_unless_rejected"),
        Index("ix_decision_line_id", "line_id", "from_on"),
        index_where("until_on IS NULL", "ux_decision_open", "line_id", unique=True),
        Index("ix_decision_waiting", "decision", "until_on"),
    )
    id: int | None = key()
    line_id: int = Field(foreign_key="submission_line.id")
    from_on: date = fact(Fact("The day it was decided.", key=22, name="decided_on", lists=DATED, is_own=True))
    until_on: date | None = None
    decision: str = fact(Fact("What was decided.", key=10, lists=DECIDED, choices=DECISIONS, is_own=True))
    # The rule's word, or a person's own ones.
    reason: str = kept(
        Fact("Why: a rule's word, or a person's own ones.", key=11, lists=DECIDED, is_own=True),
        but="decided_by IS NOT NULL",
    )
    payer: str | None = fact(Fact("Who pays.", key=13, choices=PAYERS, is_own=True), default=None)
    decided_by: str | None = kept(
        Fact("Who decided it, where it was a person.", key=23, lists=DATED, is_own=True), default=None
    )


class Registration(Base, table=True):
    """One attempt at one course, from its approval on. `access_by` is the day worked out when it was
    approved; until access is given the home's closing days may move it."""

    __tablename__ = "registration"
    in_sql = "g"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "access_by": (
            Fact(name="closed_on", sql="{closed_on}", kind="str | None"),
            Fact(
                "The day by which access is due.",
                key=16,
                name="access_by",
                kind="date | None",
                works=registration.access_by,
                of=("approved_on", "closed_on"),
                lists=("decision", "history", "registration"),
            ),
            Fact(name="late", kind="bool", works=registration.late, of=("progress", "access_by", "today")),
        ),
        "access_on": (
            Fact(name="extended_to", sql="{extended_to}", kind="date | None"),
            Fact(
                "The last day to complete it.",
                key=18,
                name="complete_by",
                kind="date | None",
                works=registration.complete_by,
                of=("access_on", "extended_to"),
                lists=REGISTERED,
            ),
            Fact(
                "How many days are left until then.",
                key=19,
                name="days_left",
                kind="int | None",
                works=registration.days_left,
                of=("status", "complete_by", "today"),
                lists=REGISTERED,
            ),
        ),
        "completed_on": (
            Fact(name="settled_on", sql="{settled_on}", kind="date | None"),
            Fact(
                name="progress",
                kind="registration.Progress",
                works=registration.progress,
                of=("access_on", "complete_by", "entered_on", "failed_on", "withdrawn_on", "settled_on"),
            ),
            Fact(
                "The day it was completed.",
                key=20,
                name="completed_on",
                kind="date | None",
                works=registration.completed_on,
                of=("progress",),
                lists=REGISTERED,
            ),
            Fact(
                "Where the attempt stands.",
                key=12,
                name="status",
                works=registration.status_of,
                of=("approved_on", "progress", "today"),
                choices=registration.STATUSES,
                lists=REGISTERED,
            ),
        ),
    }
    __table_args__ = (
        one_of("payer", *PAYERS),
        CheckConstraint(
            "completed_on IS NULL OR completed_on >= approved_on", name="completed_after_approval"
        ),
        Index("ix_registration_account_id", "account_id", "course_id"),
        Index("ix_registration_access_by", "access_by"),
        Index("ix_registration_access_on", "access_on"),
    )
    line_id: int = Field(primary_key=True, foreign_key="submission_line.id")
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    attempt: int = fact(
        Fact(
            "Which attempt it is.", key=14, sql="g.attempt", kind="int | None", lists=REGISTERED, is_own=True
        )
    )
    payer: str
    approved_on: date = fact(
        Fact(
            "The day it was approved.",
            key=15,
            sql="g.approved_on",
            kind="date | None",
            lists=REGISTERED,
            is_own=True,
        )
    )
    access_by: date
    access_on: date | None = fact(
        Fact("The day access was given.", key=17, lists=REGISTERED, is_own=True, is_event=True), default=None
    )
    completed_on: date | None = fact(Fact(name="entered_on", is_event=True), default=None)
    failed_on: date | None = fact(Fact(is_event=True), default=None)
    withdrawn_on: date | None = fact(Fact(is_event=True), default=None)


class Extension(Base, table=True):
    """A later last day for a registration, from `extended_on` on."""

    __tablename__ = "extension"
    __table_args__ = (Index("ix_extension_line_id", "line_id", "extended_on"),)
    id: int | None = key()
    line_id: int = Field(foreign_key="registration.line_id")
    extended_on: date
    complete_by: date
    reason: str


class Completion(Base, table=True):
    """A person completed a course. Kept for ever; a mistake is voided from a day on.

    `expires_on` is the last valid day as it stands now (NULL: never expires); what it was on earlier days is
    in `expiry_change`. `expires_given` says that the certificate itself names it. `anniversary_on` is the day
    that a renewal by expiry counts from (the last day without extensions), and `window` the renewal window
    that held when it was recorded, as a span. `observer_id` is who saw the competence.
    """

    __tablename__ = "completion"
    in_sql = "k"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "account_id": (Fact("Whose it is.", key=2, name="portal_id", sql="a.portal_id", is_name=True),),
        "course_id": (
            Fact("The course's code.", key=3, name="code", sql="c.code", is_name=True),
            Fact("The course's title.", key=4, name="title", sql="cv.title", is_own=True),
        ),
        "change_id": (
            Fact(
                "How many files are attached.",
                key=13,
                name="files",
                sql="(SELECT COUNT(*) FROM evidence e WHERE e.completion_id = k.id AND e.added_on <= :today)",
                kind="int",
                is_own=True,
            ),
        ),
    }
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= completed_on", name="expires_after_completion"),
        Index(
            "ix_completion_account_id", "account_id", "course_id", "expires_on", "completed_on", "voided_on"
        ),
        index_where("voided_on IS NOT NULL", "ix_completion_voided_on", "voided_on"),
    )
    id: int | None = key(Fact("The record's number.", key=1, name="record", is_own=True))
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    completed_on: date = fact(
        Fact("The day it was completed.", key=5, parse=fields.parse_date, has_option=False)
    )
    expires_on: date | None = fact(
        Fact(
            "The last valid day.",
            key=6,
            sql="{expires_on}",
            kind="date | None",
            parse=fields.parse_date,
            has_option=False,
        ),
        default=None,
    )
    provider: str | None = kept(
        Fact(
            "Who taught it, if not the course's provider.",
            key=7,
            sql="COALESCE(k.provider, cv.provider)",
            most=fields.TITLE_MOST,
        ),
        default=None,
    )
    source: str = kept(Fact("How it came here.", key=8, is_own=True))
    evidence: str | None = fact(
        Fact("What proves it, as the number of a certificate.", key=9, most=fields.REASON_MOST), default=None
    )
    verified_by: str | None = fact(Fact("Who checked the evidence.", key=10), default=None)
    line_id: int | None = Field(default=None, foreign_key="registration.line_id")
    voided_on: date | None = fact(
        Fact("The day it was voided.", key=11, is_own=True, is_event=True), default=None
    )
    void_reason: str | None = None
    expires_given: bool = False
    anniversary_on: date | None = None
    window: str | None = kept(default=None)
    observer_id: int | None = fact(
        Fact(
            "Who saw the competence.",
            key=12,
            name="observed_by",
            sql="b.portal_id",
            kind="str | None",
            is_own=True,
        ),
        default=None,
        foreign_key="account.id",
    )
    change_id: int


class ExpiryChange(Base, table=True):
    """The last day of a record was another one until `changed_on`: an authority extended it, or the course's
    validity was worked out anew. `expires_before` and `anniversary_before` are what they were."""

    __tablename__ = "expiry_change"
    __table_args__ = (
        one_of("kind", "extend", "restate"),
        Index("ix_expiry_change_completion_id", "completion_id", "changed_on"),
        Index("ix_expiry_change_changed_on", "changed_on"),
    )
    id: int | None = key()
    completion_id: int = Field(foreign_key="completion.id")
    changed_on: date
    kind: str
    expires_before: date | None = None
    expires_after: date | None = None
    anniversary_before: date | None = None
    reason: str
    change_id: int
