-- Generated from the schema (python -m tests.store.generate); not to be edited.
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    portal_id VARCHAR NOT NULL,
    created_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_account_portal_id UNIQUE (portal_id),
    CONSTRAINT ck_account_created_on_iso_date CHECK (created_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE catalog_entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    natural_key VARCHAR NOT NULL,
    listed_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_catalog_entry_natural_key UNIQUE (natural_key),
    CONSTRAINT ck_catalog_entry_listed_on_iso_date CHECK (listed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    effective_on DATE NOT NULL,
    actor VARCHAR NOT NULL,
    command VARCHAR NOT NULL,
    undoes INTEGER,
    CONSTRAINT fk_change_undoes FOREIGN KEY(undoes) REFERENCES change (id),
    CONSTRAINT ck_change_effective_on_iso_date CHECK (effective_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE counter (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT uq_counter_name UNIQUE (name)
);

CREATE TABLE course (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR NOT NULL,
    created_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_course_code UNIQUE (code),
    CONSTRAINT ck_course_created_on_iso_date CHECK (created_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE evidence_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT ck_evidence_file_size_within_limit CHECK (size >= 0 AND size <= 10485760),
    CONSTRAINT uq_evidence_file_sha256 UNIQUE (sha256)
);

CREATE TABLE home (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR NOT NULL,
    created_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_home_code UNIQUE (code),
    CONSTRAINT ck_home_created_on_iso_date CHECK (created_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT uq_note_name UNIQUE (name)
);

CREATE TABLE status_list (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    did VARCHAR NOT NULL,
    issued_at VARCHAR NOT NULL,
    signed VARCHAR NOT NULL,
    seen_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_status_list_did UNIQUE (did),
    CONSTRAINT ck_status_list_seen_on_iso_date CHECK (seen_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE trusted_issuer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    did VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    distrusted_from DATE,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_trusted_issuer_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_trusted_issuer_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_trusted_issuer_distrusted_from_iso_date CHECK (distrusted_from GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE UNIQUE INDEX ux_trusted_issuer_open ON trusted_issuer (did) WHERE until_on IS NULL;

CREATE TABLE write_lock (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE account_identity (
    account_id INTEGER NOT NULL,
    birthdate DATE NOT NULL,
    CONSTRAINT pk_account_identity PRIMARY KEY (account_id),
    CONSTRAINT fk_account_identity_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT ck_account_identity_birthdate_iso_date CHECK (birthdate GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE account_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    first_name VARCHAR NOT NULL,
    last_name VARCHAR NOT NULL,
    folded TEXT NOT NULL,
    email VARCHAR NOT NULL,
    email_key VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    student_number VARCHAR,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    employee_number VARCHAR,
    merged_into VARCHAR,
    CONSTRAINT ck_account_version_status_known CHECK (status IN ('created', 'active', 'deactivated')),
    CONSTRAINT ck_account_version_language_known CHECK (language IN ('en', 'fr')),
    CONSTRAINT ck_account_version_employee_number_length CHECK (length(employee_number) BETWEEN 1 AND 40),
    CONSTRAINT fk_account_version_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT ck_account_version_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_account_version_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_account_version_account_id ON account_version (account_id, from_on);

CREATE INDEX ix_account_version_email_key ON account_version (email_key);

CREATE INDEX ix_account_version_employee_number ON account_version (employee_number);

CREATE INDEX ix_account_version_folded ON account_version (folded);

CREATE INDEX ix_account_version_merged_into ON account_version (account_id) WHERE merged_into IS NOT NULL;

CREATE UNIQUE INDEX ux_account_version_email ON account_version (email_key) WHERE until_on IS NULL;

CREATE UNIQUE INDEX ux_account_version_number ON account_version (employee_number) WHERE until_on IS NULL;

CREATE UNIQUE INDEX ux_account_version_open ON account_version (account_id) WHERE until_on IS NULL;

CREATE TABLE audit_entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    change_id INTEGER NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    account_id INTEGER,
    "before" VARCHAR,
    "after" VARCHAR,
    payload_hash BLOB NOT NULL,
    rows_hash BLOB,
    hash BLOB NOT NULL,
    CONSTRAINT fk_audit_entry_change_id FOREIGN KEY(change_id) REFERENCES change (id)
);

CREATE INDEX ix_audit_entry_account_id ON audit_entry (account_id);

CREATE INDEX ix_audit_entry_change_id ON audit_entry (change_id);

CREATE TABLE catalog_entry_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    institution VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    language VARCHAR,
    funding VARCHAR,
    year VARCHAR,
    minutes INTEGER,
    method VARCHAR,
    price_cents INTEGER,
    osap_approved BOOLEAN,
    sector VARCHAR,
    link VARCHAR,
    CONSTRAINT ck_catalog_entry_version_language_known CHECK (language IN ('en', 'fr')),
    CONSTRAINT ck_catalog_entry_version_minutes_positive CHECK (minutes > 0),
    CONSTRAINT ck_catalog_entry_version_price_not_negative CHECK (price_cents >= 0),
    CONSTRAINT fk_catalog_entry_version_entry_id FOREIGN KEY(entry_id) REFERENCES catalog_entry (id),
    CONSTRAINT ck_catalog_entry_version_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_catalog_entry_version_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_catalog_entry_version_osap_approved_yes_or_no CHECK (osap_approved IN (0, 1))
);

CREATE INDEX ix_catalog_entry_version_entry_id ON catalog_entry_version (entry_id, from_on);

CREATE UNIQUE INDEX ux_catalog_entry_version_open ON catalog_entry_version (entry_id) WHERE until_on IS NULL;

CREATE TABLE course_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL,
    alias VARCHAR NOT NULL,
    folded TEXT NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    change_id INTEGER NOT NULL,
    CONSTRAINT fk_course_alias_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT ck_course_alias_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_course_alias_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_course_alias_course_id ON course_alias (course_id);

CREATE TABLE course_equivalence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    CONSTRAINT uq_course_equivalence_course_id_other_id UNIQUE (course_id, other_id),
    CONSTRAINT fk_course_equivalence_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_course_equivalence_other_id FOREIGN KEY(other_id) REFERENCES course (id),
    CONSTRAINT ck_course_equivalence_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_course_equivalence_course_id ON course_equivalence (course_id, from_on, other_id);

CREATE TABLE course_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    title VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    minutes INTEGER NOT NULL,
    validity_years INTEGER,
    language VARCHAR,
    method VARCHAR,
    category VARCHAR NOT NULL,
    price_cents INTEGER,
    status VARCHAR NOT NULL,
    renewal VARCHAR NOT NULL,
    minimum VARCHAR,
    CONSTRAINT ck_course_version_status_known CHECK (status IN ('active', 'retired')),
    CONSTRAINT ck_course_version_minutes_positive CHECK (minutes > 0),
    CONSTRAINT ck_course_version_validity_positive CHECK (validity_years > 0),
    CONSTRAINT ck_course_version_price_not_negative CHECK (price_cents >= 0),
    CONSTRAINT fk_course_version_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT ck_course_version_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_course_version_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_course_version_course_id ON course_version (course_id, from_on);

CREATE UNIQUE INDEX ux_course_version_open ON course_version (course_id) WHERE until_on IS NULL;

CREATE TABLE home_budget (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    home_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    amount_cents INTEGER,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_home_budget_amount_not_negative CHECK (amount_cents >= 0),
    CONSTRAINT fk_home_budget_home_id FOREIGN KEY(home_id) REFERENCES home (id),
    CONSTRAINT ck_home_budget_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_home_budget_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_home_budget_home_id ON home_budget (home_id, year, from_on);

CREATE TABLE home_key (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    home_id INTEGER NOT NULL,
    did VARCHAR NOT NULL,
    created_on DATE NOT NULL,
    retired_on DATE,
    change_id INTEGER NOT NULL,
    CONSTRAINT fk_home_key_home_id FOREIGN KEY(home_id) REFERENCES home (id),
    CONSTRAINT uq_home_key_did UNIQUE (did),
    CONSTRAINT ck_home_key_created_on_iso_date CHECK (created_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_home_key_retired_on_iso_date CHECK (retired_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE UNIQUE INDEX ux_home_key_active ON home_key (home_id) WHERE retired_on IS NULL;

CREATE TABLE home_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    home_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    name VARCHAR NOT NULL,
    city VARCHAR,
    approval VARCHAR NOT NULL,
    renewal_window VARCHAR NOT NULL,
    expiring_within VARCHAR NOT NULL,
    closed_on VARCHAR NOT NULL,
    study_minutes_per_day INTEGER NOT NULL,
    confirm_within VARCHAR NOT NULL,
    manager_email VARCHAR,
    CONSTRAINT ck_home_version_approval_known CHECK (approval IN ('auto', 'manual')),
    CONSTRAINT ck_home_version_study_minutes CHECK (study_minutes_per_day > 0),
    CONSTRAINT fk_home_version_home_id FOREIGN KEY(home_id) REFERENCES home (id),
    CONSTRAINT ck_home_version_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_home_version_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_home_version_home_id ON home_version (home_id, from_on);

CREATE UNIQUE INDEX ux_home_version_open ON home_version (home_id) WHERE until_on IS NULL;

CREATE TABLE leave (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    reason VARCHAR NOT NULL,
    recorded_on DATE NOT NULL,
    returned_on DATE,
    return_recorded_on DATE,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_leave_until_after_from CHECK (until_on >= from_on),
    CONSTRAINT fk_leave_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT ck_leave_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_leave_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_leave_recorded_on_iso_date CHECK (recorded_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_leave_returned_on_iso_date CHECK (returned_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_leave_return_recorded_on_iso_date CHECK (return_recorded_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_leave_account_id ON leave (account_id, from_on);

CREATE TABLE merged_row (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    table_name VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    merged_on DATE NOT NULL,
    CONSTRAINT fk_merged_row_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT ck_merged_row_merged_on_iso_date CHECK (merged_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_merged_row_merged_on ON merged_row (merged_on);

CREATE INDEX ix_merged_row_row_id ON merged_row (table_name, row_id, merged_on);

CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    home_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    created_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_role_home_id_code UNIQUE (home_id, code),
    CONSTRAINT fk_role_home_id FOREIGN KEY(home_id) REFERENCES home (id),
    CONSTRAINT ck_role_created_on_iso_date CHECK (created_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE submission (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    submitted_on DATE NOT NULL,
    CONSTRAINT fk_submission_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT ck_submission_submitted_on_iso_date CHECK (submitted_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_submission_account_id ON submission (account_id);

CREATE TABLE waiver (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    waived_on DATE NOT NULL,
    waived_until DATE,
    ended_on DATE,
    reason VARCHAR NOT NULL,
    CONSTRAINT fk_waiver_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_waiver_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT ck_waiver_waived_on_iso_date CHECK (waived_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_waiver_waived_until_iso_date CHECK (waived_until GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_waiver_ended_on_iso_date CHECK (ended_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_waiver_account_id ON waiver (account_id, course_id);

CREATE TABLE assignment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    start_on DATE NOT NULL,
    assigned_on DATE NOT NULL,
    verified BOOLEAN NOT NULL,
    confirmed_on DATE,
    declined_on DATE,
    cancelled_on DATE,
    ended_on DATE,
    end_reason VARCHAR,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_assignment_one_outcome CHECK ((CASE WHEN declined_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cancelled_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN confirmed_on IS NULL THEN 0 ELSE 1 END) <= 1),
    CONSTRAINT ck_assignment_ended_was_confirmed CHECK (ended_on IS NULL OR confirmed_on IS NOT NULL),
    CONSTRAINT fk_assignment_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_assignment_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_assignment_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_start_on_iso_date CHECK (start_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_assigned_on_iso_date CHECK (assigned_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_verified_yes_or_no CHECK (verified IN (0, 1)),
    CONSTRAINT ck_assignment_confirmed_on_iso_date CHECK (confirmed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_declined_on_iso_date CHECK (declined_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_cancelled_on_iso_date CHECK (cancelled_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_assignment_ended_on_iso_date CHECK (ended_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_assignment_account_id ON assignment (account_id, role_id);

CREATE INDEX ix_assignment_role_id ON assignment (role_id, account_id, from_on, until_on, confirmed_on, ended_on, start_on);

CREATE UNIQUE INDEX ux_assignment_live ON assignment (account_id, role_id) WHERE until_on IS NULL AND declined_on IS NULL AND cancelled_on IS NULL AND ended_on IS NULL;

CREATE TABLE cart_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    self_pay BOOLEAN NOT NULL,
    added_on DATE NOT NULL,
    closed_on DATE,
    CONSTRAINT fk_cart_line_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_cart_line_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_cart_line_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_cart_line_self_pay_yes_or_no CHECK (self_pay IN (0, 1)),
    CONSTRAINT ck_cart_line_added_on_iso_date CHECK (added_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_cart_line_closed_on_iso_date CHECK (closed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_cart_line_account_id ON cart_line (account_id, course_id);

CREATE UNIQUE INDEX ux_cart_line_open ON cart_line (account_id, course_id) WHERE closed_on IS NULL;

CREATE TABLE confirmation_token (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    token VARCHAR NOT NULL,
    account_id INTEGER NOT NULL,
    role_id INTEGER,
    issued_on DATE NOT NULL,
    expires_on DATE,
    used_on DATE,
    replaced_on DATE,
    CONSTRAINT uq_confirmation_token_token UNIQUE (token),
    CONSTRAINT fk_confirmation_token_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_confirmation_token_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_confirmation_token_issued_on_iso_date CHECK (issued_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_confirmation_token_expires_on_iso_date CHECK (expires_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_confirmation_token_used_on_iso_date CHECK (used_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_confirmation_token_replaced_on_iso_date CHECK (replaced_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_confirmation_token_account_id ON confirmation_token (account_id, role_id);

CREATE TABLE requirement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    role_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    required_from DATE NOT NULL,
    due VARCHAR NOT NULL,
    employer_pays BOOLEAN NOT NULL,
    citation VARCHAR,
    pack VARCHAR,
    pack_version VARCHAR,
    change_id INTEGER NOT NULL,
    CONSTRAINT fk_requirement_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT fk_requirement_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT ck_requirement_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_requirement_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_requirement_required_from_iso_date CHECK (required_from GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_requirement_employer_pays_yes_or_no CHECK (employer_pays IN (0, 1))
);

CREATE INDEX ix_requirement_course_id ON requirement (course_id);

CREATE INDEX ix_requirement_role_id ON requirement (role_id, course_id, from_on, until_on, required_from);

CREATE UNIQUE INDEX ux_requirement_open ON requirement (role_id, course_id) WHERE until_on IS NULL;

CREATE TABLE role_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    role_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    name VARCHAR NOT NULL,
    staff_group VARCHAR,
    CONSTRAINT ck_role_version_staff_group_known CHECK (staff_group IN ('direct-care', 'registered', 'allied', 'dietary', 'environmental', 'administration', 'volunteer', 'student', 'agency')),
    CONSTRAINT fk_role_version_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_role_version_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_role_version_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_role_version_role_id ON role_version (role_id, from_on);

CREATE UNIQUE INDEX ux_role_version_open ON role_version (role_id) WHERE until_on IS NULL;

CREATE TABLE submission_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    self_pay BOOLEAN NOT NULL,
    CONSTRAINT uq_submission_line_submission_id_course_id UNIQUE (submission_id, course_id),
    CONSTRAINT fk_submission_line_submission_id FOREIGN KEY(submission_id) REFERENCES submission (id),
    CONSTRAINT fk_submission_line_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_submission_line_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_submission_line_self_pay_yes_or_no CHECK (self_pay IN (0, 1))
);

CREATE INDEX ix_submission_line_course_id ON submission_line (course_id);

CREATE INDEX ix_submission_line_role_id ON submission_line (role_id);

CREATE TABLE undo_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    change_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    first_key INTEGER NOT NULL,
    last_key INTEGER NOT NULL,
    "before" VARCHAR,
    before_hash BLOB,
    digests BLOB NOT NULL,
    CONSTRAINT ck_undo_step_kind_known CHECK (kind IN ('insert', 'update', 'delete')),
    CONSTRAINT ck_undo_step_keys_in_order CHECK (last_key >= first_key),
    CONSTRAINT fk_undo_step_change_id FOREIGN KEY(change_id) REFERENCES change (id),
    CONSTRAINT fk_undo_step_entry_id FOREIGN KEY(entry_id) REFERENCES audit_entry (id)
);

CREATE INDEX ix_undo_step_change_id ON undo_step (change_id);

CREATE INDEX ix_undo_step_table_name ON undo_step (table_name, first_key);

CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    line_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    decision VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    payer VARCHAR,
    decided_by VARCHAR,
    CONSTRAINT ck_decision_decision_known CHECK (decision IN ('approved', 'rejected', 'submitted')),
    CONSTRAINT ck_decision_payer_known CHECK (payer IN ('employer', 'learner')),
    CONSTRAINT ck_decision_payer_unless_rejected CHECK ((decision = 'rejected') = (payer IS NULL)),
    CONSTRAINT fk_decision_line_id FOREIGN KEY(line_id) REFERENCES submission_line (id),
    CONSTRAINT ck_decision_from_on_iso_date CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_decision_until_on_iso_date CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_decision_line_id ON decision (line_id, from_on);

CREATE INDEX ix_decision_waiting ON decision (decision, until_on);

CREATE UNIQUE INDEX ux_decision_open ON decision (line_id) WHERE until_on IS NULL;

CREATE TABLE registration (
    line_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    payer VARCHAR NOT NULL,
    approved_on DATE NOT NULL,
    access_by DATE NOT NULL,
    access_on DATE,
    completed_on DATE,
    failed_on DATE,
    withdrawn_on DATE,
    CONSTRAINT pk_registration PRIMARY KEY (line_id),
    CONSTRAINT ck_registration_payer_known CHECK (payer IN ('employer', 'learner')),
    CONSTRAINT ck_registration_completed_after_approval CHECK (completed_on IS NULL OR completed_on >= approved_on),
    CONSTRAINT fk_registration_line_id FOREIGN KEY(line_id) REFERENCES submission_line (id),
    CONSTRAINT fk_registration_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_registration_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT ck_registration_approved_on_iso_date CHECK (approved_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_registration_access_by_iso_date CHECK (access_by GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_registration_access_on_iso_date CHECK (access_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_registration_completed_on_iso_date CHECK (completed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_registration_failed_on_iso_date CHECK (failed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_registration_withdrawn_on_iso_date CHECK (withdrawn_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_registration_access_by ON registration (access_by);

CREATE INDEX ix_registration_access_on ON registration (access_on);

CREATE INDEX ix_registration_account_id ON registration (account_id, course_id);

CREATE TABLE completion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL,
    completed_on DATE NOT NULL,
    expires_on DATE,
    provider VARCHAR,
    source VARCHAR NOT NULL,
    evidence VARCHAR,
    verified_by VARCHAR,
    line_id INTEGER,
    voided_on DATE,
    void_reason VARCHAR,
    expires_given BOOLEAN NOT NULL,
    anniversary_on DATE,
    window VARCHAR,
    observer_id INTEGER,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_completion_expires_after_completion CHECK (expires_on IS NULL OR expires_on >= completed_on),
    CONSTRAINT fk_completion_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_completion_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_completion_line_id FOREIGN KEY(line_id) REFERENCES registration (line_id),
    CONSTRAINT fk_completion_observer_id FOREIGN KEY(observer_id) REFERENCES account (id),
    CONSTRAINT ck_completion_completed_on_iso_date CHECK (completed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_completion_expires_on_iso_date CHECK (expires_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_completion_voided_on_iso_date CHECK (voided_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_completion_expires_given_yes_or_no CHECK (expires_given IN (0, 1)),
    CONSTRAINT ck_completion_anniversary_on_iso_date CHECK (anniversary_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_completion_account_id ON completion (account_id, course_id, expires_on, completed_on, voided_on);

CREATE INDEX ix_completion_voided_on ON completion (voided_on) WHERE voided_on IS NOT NULL;

CREATE TABLE extension (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    line_id INTEGER NOT NULL,
    extended_on DATE NOT NULL,
    complete_by DATE NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT fk_extension_line_id FOREIGN KEY(line_id) REFERENCES registration (line_id),
    CONSTRAINT ck_extension_extended_on_iso_date CHECK (extended_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_extension_complete_by_iso_date CHECK (complete_by GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_extension_line_id ON extension (line_id, extended_on);

CREATE TABLE evidence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    completion_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    added_on DATE NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT uq_evidence_completion_id_file_id_name UNIQUE (completion_id, file_id, name),
    CONSTRAINT fk_evidence_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id),
    CONSTRAINT fk_evidence_file_id FOREIGN KEY(file_id) REFERENCES evidence_file (id),
    CONSTRAINT ck_evidence_added_on_iso_date CHECK (added_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_evidence_completion_id ON evidence (completion_id);

CREATE INDEX ix_evidence_file_id ON evidence (file_id);

CREATE TABLE expiry_change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    completion_id INTEGER NOT NULL,
    changed_on DATE NOT NULL,
    kind VARCHAR NOT NULL,
    expires_before DATE,
    expires_after DATE,
    anniversary_before DATE,
    reason VARCHAR NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT ck_expiry_change_kind_known CHECK (kind IN ('extend', 'restate')),
    CONSTRAINT fk_expiry_change_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id),
    CONSTRAINT ck_expiry_change_changed_on_iso_date CHECK (changed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_expiry_change_expires_before_iso_date CHECK (expires_before GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_expiry_change_expires_after_iso_date CHECK (expires_after GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_expiry_change_anniversary_before_iso_date CHECK (anniversary_before GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_expiry_change_changed_on ON expiry_change (changed_on);

CREATE INDEX ix_expiry_change_completion_id ON expiry_change (completion_id, changed_on);

CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    "to" VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    params VARCHAR NOT NULL,
    account_id INTEGER,
    home_id INTEGER,
    line_id INTEGER,
    completion_id INTEGER,
    once_key VARCHAR,
    queued_on DATE NOT NULL,
    under_way_at VARCHAR,
    sent_on DATE,
    cancelled_on DATE,
    cancel_reason VARCHAR,
    CONSTRAINT fk_message_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_message_home_id FOREIGN KEY(home_id) REFERENCES home (id),
    CONSTRAINT fk_message_line_id FOREIGN KEY(line_id) REFERENCES submission_line (id),
    CONSTRAINT fk_message_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id),
    CONSTRAINT uq_message_once_key UNIQUE (once_key),
    CONSTRAINT ck_message_queued_on_iso_date CHECK (queued_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_message_sent_on_iso_date CHECK (sent_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT ck_message_cancelled_on_iso_date CHECK (cancelled_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX ix_message_account_id ON message (account_id);

CREATE INDEX ix_message_home_id ON message (home_id, queued_on, sent_on, cancelled_on);

CREATE INDEX ix_message_under_way ON message (id) WHERE under_way_at IS NOT NULL;

CREATE INDEX ix_message_waiting ON message (id) WHERE sent_on IS NULL AND cancelled_on IS NULL;

CREATE TABLE revocation (
    completion_id INTEGER NOT NULL,
    revoked_on DATE NOT NULL,
    reason VARCHAR NOT NULL,
    change_id INTEGER NOT NULL,
    CONSTRAINT pk_revocation PRIMARY KEY (completion_id),
    CONSTRAINT fk_revocation_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id),
    CONSTRAINT ck_revocation_revoked_on_iso_date CHECK (revoked_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);

INSERT INTO alembic_version (version_num) VALUES ('0002');
