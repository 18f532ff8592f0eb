"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_account_iso_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("portal_id", name=op.f("uq_account_portal_id")),
    )
    op.create_table(
        "catalog_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("natural_key", sa.String(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(listed_on IS NULL OR CAST(listed_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_catalog_entry_iso_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry")),
        sa.UniqueConstraint("natural_key", name=op.f("uq_catalog_entry_natural_key")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["change.id"], name=op.f("fk_change_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_course_iso_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("code", name=op.f("uq_course_code")),
    )
    op.create_table(
        "home",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_home_iso_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home")),
        sa.UniqueConstraint("code", name=op.f("uq_home_code")),
    )
    op.create_table(
        "trusted_issuer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_trusted_issuer_iso_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_issuer")),
    )
    with op.batch_alter_table("trusted_issuer", schema=None) as batch_op:
        batch_op.create_index(
            "ux_trusted_issuer_open",
            ["did"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "account_identity",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("birthdate", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(birthdate IS NULL OR CAST(birthdate AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_account_identity_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_identity_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_identity")),
    )
    op.create_table(
        "account_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("folded", sa.Text().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("student_number", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_account_version_iso_dates"),
        ),
        sa.CheckConstraint("language IN ('en', 'fr')", name=op.f("ck_account_version_language_known")),
        sa.CheckConstraint(
            "status IN ('created', 'active', 'deactivated')", name=op.f("ck_account_version_status_known")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_version_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_version")),
    )
    with op.batch_alter_table("account_version", schema=None) as batch_op:
        batch_op.create_index("ix_account_version_account_id", ["account_id", "from_on"], unique=False)
        batch_op.create_index("ix_account_version_email_key", ["email_key"], unique=False)
        batch_op.create_index("ix_account_version_folded", ["folded"], unique=False)
        batch_op.create_index(
            "ux_account_version_email",
            ["email_key"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.create_index(
            "ux_account_version_open",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_audit_entry_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_audit_entry_change_id", ["change_id"], unique=False)

    op.create_table(
        "catalog_entry_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("funding", sa.String(), nullable=True),
        sa.Column("year", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("osap_approved", sa.Boolean(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_catalog_entry_version_iso_dates"),
        ),
        sa.CheckConstraint("language IN ('en', 'fr')", name=op.f("ck_catalog_entry_version_language_known")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_catalog_entry_version_minutes_positive")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_catalog_entry_version_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["catalog_entry.id"], name=op.f("fk_catalog_entry_version_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry_version")),
    )
    with op.batch_alter_table("catalog_entry_version", schema=None) as batch_op:
        batch_op.create_index("ix_catalog_entry_version_entry_id", ["entry_id", "from_on"], unique=False)
        batch_op.create_index(
            "ux_catalog_entry_version_open",
            ["entry_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "course_equivalence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_course_equivalence_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_equivalence_course_id")),
        sa.ForeignKeyConstraint(["other_id"], ["course.id"], name=op.f("fk_course_equivalence_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_equivalence")),
        sa.UniqueConstraint("course_id", "other_id", name=op.f("uq_course_equivalence_course_id_other_id")),
    )
    with op.batch_alter_table("course_equivalence", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_equivalence_course_id", ["course_id", "from_on", "other_id"], unique=False
        )

    op.create_table(
        "course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("validity_years", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_course_version_iso_dates"),
        ),
        sa.CheckConstraint("status IN ('active', 'retired')", name=op.f("ck_course_version_status_known")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_course_version_minutes_positive")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_course_version_price_not_negative")),
        sa.CheckConstraint("validity_years > 0", name=op.f("ck_course_version_validity_positive")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
    )
    with op.batch_alter_table("course_version", schema=None) as batch_op:
        batch_op.create_index("ix_course_version_course_id", ["course_id", "from_on"], unique=False)
        batch_op.create_index(
            "ux_course_version_open",
            ["course_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "home_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__') AND (retired_on IS NULL OR CAST(retired_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_home_key_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_home_key_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_key")),
        sa.UniqueConstraint("did", name=op.f("uq_home_key_did")),
    )
    with op.batch_alter_table("home_key", schema=None) as batch_op:
        batch_op.create_index(
            "ux_home_key_active",
            ["home_id"],
            unique=True,
            sqlite_where=sa.text("retired_on IS NULL"),
            postgresql_where=sa.text("retired_on IS NULL"),
        )

    op.create_table(
        "home_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("approval", sa.String(), nullable=False),
        sa.Column("renewal_window", sa.String(), nullable=False),
        sa.Column("expiring_within", sa.String(), nullable=False),
        sa.Column("closed_on", sa.String(), nullable=False),
        sa.Column("study_minutes_per_day", sa.Integer(), nullable=False),
        sa.Column("confirm_within", sa.String(), nullable=False),
        sa.Column("manager_email", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_home_version_iso_dates"),
        ),
        sa.CheckConstraint("approval IN ('auto', 'manual')", name=op.f("ck_home_version_approval_known")),
        sa.CheckConstraint("study_minutes_per_day > 0", name=op.f("ck_home_version_study_minutes")),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_home_version_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_version")),
    )
    with op.batch_alter_table("home_version", schema=None) as batch_op:
        batch_op.create_index("ix_home_version_home_id", ["home_id", "from_on"], unique=False)
        batch_op.create_index(
            "ux_home_version_open",
            ["home_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("params", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=True),
        sa.Column("once_key", sa.String(), nullable=True),
        sa.Column("queued_on", sa.Date(), nullable=False),
        sa.Column("under_way_at", sa.String(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(queued_on IS NULL OR CAST(queued_on AS TEXT) LIKE '____-__-__') AND (sent_on IS NULL OR CAST(sent_on AS TEXT) LIKE '____-__-__') AND (cancelled_on IS NULL OR CAST(cancelled_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_message_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_message_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("once_key", name=op.f("uq_message_once_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_account_id", ["account_id"], unique=False)
        batch_op.create_index(
            "ix_message_under_way",
            ["id"],
            unique=False,
            sqlite_where=sa.text("under_way_at IS NOT NULL"),
            postgresql_where=sa.text("under_way_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_message_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("sent_on IS NULL AND cancelled_on IS NULL"),
            postgresql_where=sa.text("sent_on IS NULL AND cancelled_on IS NULL"),
        )

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_role_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_role_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("home_id", "code", name=op.f("uq_role_home_id_code")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(submitted_on IS NULL OR CAST(submitted_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_submission_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_submission_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index("ix_submission_account_id", ["account_id"], unique=False)

    op.create_table(
        "undo_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("first_key", sa.Integer(), nullable=False),
        sa.Column("last_key", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_undo_step_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_step")),
    )
    with op.batch_alter_table("undo_step", schema=None) as batch_op:
        batch_op.create_index("ix_undo_step_change_id", ["change_id"], unique=False)
        batch_op.create_index("ix_undo_step_table_name", ["table_name", "first_key"], unique=False)

    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=False),
        sa.Column("waived_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(waived_on IS NULL OR CAST(waived_on AS TEXT) LIKE '____-__-__') AND (waived_until IS NULL OR CAST(waived_until AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_waiver_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_waiver_account_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_waiver_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index("ix_waiver_account_id", ["account_id", "course_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__') AND (start_on IS NULL OR CAST(start_on AS TEXT) LIKE '____-__-__') AND (assigned_on IS NULL OR CAST(assigned_on AS TEXT) LIKE '____-__-__') AND (confirmed_on IS NULL OR CAST(confirmed_on AS TEXT) LIKE '____-__-__') AND (ended_on IS NULL OR CAST(ended_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_assignment_iso_dates"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN declined_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cancelled_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN confirmed_on IS NULL THEN 0 ELSE 1 END) <= 1",
            name=op.f("ck_assignment_one_outcome"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR confirmed_on IS NOT NULL", name=op.f("ck_assignment_ended_was_confirmed")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_assignment_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_account_id", ["account_id", "role_id"], unique=False)
        batch_op.create_index(
            "ix_assignment_role_id",
            ["role_id", "account_id", "from_on", "until_on", "confirmed_on", "ended_on", "start_on"],
            unique=False,
        )
        batch_op.create_index(
            "ux_assignment_live",
            ["account_id", "role_id"],
            unique=True,
            sqlite_where=sa.text(
                "until_on IS NULL AND declined_on IS NULL AND cancelled_on IS NULL AND ended_on IS NULL"
            ),
            postgresql_where=sa.text(
                "until_on IS NULL AND declined_on IS NULL AND cancelled_on IS NULL AND ended_on IS NULL"
            ),
        )

    op.create_table(
        "cart_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("self_pay", sa.Boolean(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(added_on IS NULL OR CAST(added_on AS TEXT) LIKE '____-__-__') AND (closed_on IS NULL OR CAST(closed_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_cart_line_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_cart_line_account_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_cart_line_course_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_cart_line_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_line")),
    )
    with op.batch_alter_table("cart_line", schema=None) as batch_op:
        batch_op.create_index("ix_cart_line_account_id", ["account_id", "course_id"], unique=False)
        batch_op.create_index(
            "ux_cart_line_open",
            ["account_id", "course_id"],
            unique=True,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.create_table(
        "confirmation_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_confirmation_token_account_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_confirmation_token_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_token")),
        sa.UniqueConstraint("token", name=op.f("uq_confirmation_token_token")),
    )
    with op.batch_alter_table("confirmation_token", schema=None) as batch_op:
        batch_op.create_index("ix_confirmation_token_account_id", ["account_id", "role_id"], unique=False)

    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("required_from", sa.Date(), nullable=False),
        sa.Column("due_within", sa.String(), nullable=False),
        sa.Column("employer_pays", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(required_from IS NULL OR CAST(required_from AS TEXT) LIKE '____-__-__') AND (from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_requirement_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_requirement_course_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_requirement_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
    )
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.create_index("ix_requirement_course_id", ["course_id"], unique=False)
        batch_op.create_index(
            "ix_requirement_role_id",
            ["role_id", "course_id", "from_on", "until_on", "required_from"],
            unique=False,
        )
        batch_op.create_index(
            "ux_requirement_open",
            ["role_id", "course_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "role_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_group", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_role_version_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_role_version_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_version")),
    )
    with op.batch_alter_table("role_version", schema=None) as batch_op:
        batch_op.create_index("ix_role_version_role_id", ["role_id", "from_on"], unique=False)
        batch_op.create_index(
            "ux_role_version_open",
            ["role_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "submission_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("self_pay", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_submission_line_course_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_submission_line_role_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_line_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_line")),
        sa.UniqueConstraint(
            "submission_id", "course_id", name=op.f("uq_submission_line_submission_id_course_id")
        ),
    )
    with op.batch_alter_table("submission_line", schema=None) as batch_op:
        batch_op.create_index("ix_submission_line_course_id", ["course_id"], unique=False)
        batch_op.create_index("ix_submission_line_role_id", ["role_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(decision = 'rejected') = (payer IS NULL)", name=op.f("ck_decision_payer_unless_rejected")
        ),
        sa.CheckConstraint(
            "(from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_decision_iso_dates"),
        ),
        sa.CheckConstraint(
            "decision IN ('approved', 'rejected', 'submitted')", name=op.f("ck_decision_decision_known")
        ),
        sa.CheckConstraint("payer IN ('employer', 'learner')", name=op.f("ck_decision_payer_known")),
        sa.ForeignKeyConstraint(["line_id"], ["submission_line.id"], name=op.f("fk_decision_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_line_id", ["line_id", "from_on"], unique=False)
        batch_op.create_index("ix_decision_waiting", ["decision", "until_on"], unique=False)
        batch_op.create_index(
            "ux_decision_open",
            ["line_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "registration",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("access_by", sa.Date(), nullable=False),
        sa.Column("access_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(approved_on IS NULL OR CAST(approved_on AS TEXT) LIKE '____-__-__') AND (access_by IS NULL OR CAST(access_by AS TEXT) LIKE '____-__-__') AND (access_on IS NULL OR CAST(access_on AS TEXT) LIKE '____-__-__') AND (completed_on IS NULL OR CAST(completed_on AS TEXT) LIKE '____-__-__') AND (failed_on IS NULL OR CAST(failed_on AS TEXT) LIKE '____-__-__') AND (withdrawn_on IS NULL OR CAST(withdrawn_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_registration_iso_dates"),
        ),
        sa.CheckConstraint("payer IN ('employer', 'learner')", name=op.f("ck_registration_payer_known")),
        sa.CheckConstraint(
            "completed_on IS NULL OR completed_on >= access_on",
            name=op.f("ck_registration_completed_after_access"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_account_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_registration_course_id")),
        sa.ForeignKeyConstraint(["line_id"], ["submission_line.id"], name=op.f("fk_registration_line_id")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index("ix_registration_access_by", ["access_by"], unique=False)
        batch_op.create_index("ix_registration_access_on", ["access_on"], unique=False)
        batch_op.create_index("ix_registration_account_id", ["account_id", "course_id"], unique=False)

    op.create_table(
        "completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(completed_on IS NULL OR CAST(completed_on AS TEXT) LIKE '____-__-__') AND (expires_on IS NULL OR CAST(expires_on AS TEXT) LIKE '____-__-__') AND (voided_on IS NULL OR CAST(voided_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_completion_iso_dates"),
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= completed_on",
            name=op.f("ck_completion_expires_after_completion"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_completion_account_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_completion_course_id")),
        sa.ForeignKeyConstraint(["line_id"], ["registration.line_id"], name=op.f("fk_completion_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index(
            "ix_completion_account_id",
            ["account_id", "course_id", "expires_on", "completed_on", "voided_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_completion_voided_on",
            ["voided_on"],
            unique=False,
            sqlite_where=sa.text("voided_on IS NOT NULL"),
            postgresql_where=sa.text("voided_on IS NOT NULL"),
        )

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=False),
        sa.Column("complete_by", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(extended_on IS NULL OR CAST(extended_on AS TEXT) LIKE '____-__-__') AND (complete_by IS NULL OR CAST(complete_by AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_extension_iso_dates"),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["registration.line_id"], name=op.f("fk_extension_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index("ix_extension_line_id", ["line_id", "extended_on"], unique=False)

    op.create_table(
        "revocation",
        sa.Column("completion_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(revoked_on IS NULL OR CAST(revoked_on AS TEXT) LIKE '____-__-__')",
            name=op.f("ck_revocation_iso_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_revocation_completion_id")
        ),
        sa.PrimaryKeyConstraint("completion_id", name=op.f("pk_revocation")),
    )
