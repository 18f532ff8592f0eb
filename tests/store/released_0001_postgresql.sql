-- The same store on PostgreSQL.
CREATE TABLE public.account (
    id integer NOT NULL,
    portal_id character varying NOT NULL,
    created_on date NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_account_iso_dates CHECK (((created_on IS NULL) OR ((created_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.account_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_id_seq OWNED BY public.account.id;
CREATE TABLE public.account_identity (
    account_id integer NOT NULL,
    birthdate date NOT NULL,
    CONSTRAINT ck_account_identity_iso_dates CHECK (((birthdate IS NULL) OR ((birthdate)::text ~~ '____-__-__'::text)))
);
CREATE TABLE public.account_version (
    id integer NOT NULL,
    account_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    first_name character varying NOT NULL,
    last_name character varying NOT NULL,
    folded character varying NOT NULL COLLATE pg_catalog."C",
    email character varying NOT NULL,
    email_key character varying NOT NULL,
    language character varying NOT NULL,
    student_number character varying,
    status character varying NOT NULL,
    reason character varying,
    CONSTRAINT ck_account_version_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_account_version_language_known CHECK (((language)::text = ANY ((ARRAY['en'::character varying, 'fr'::character varying])::text[]))),
    CONSTRAINT ck_account_version_status_known CHECK (((status)::text = ANY ((ARRAY['created'::character varying, 'active'::character varying, 'deactivated'::character varying])::text[])))
);
CREATE SEQUENCE public.account_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_version_id_seq OWNED BY public.account_version.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.assignment (
    id integer NOT NULL,
    account_id integer NOT NULL,
    role_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    start_on date NOT NULL,
    assigned_on date NOT NULL,
    verified boolean NOT NULL,
    confirmed_on date,
    declined_on date,
    cancelled_on date,
    ended_on date,
    end_reason character varying,
    change_id integer NOT NULL,
    CONSTRAINT ck_assignment_ended_was_confirmed CHECK (((ended_on IS NULL) OR (confirmed_on IS NOT NULL))),
    CONSTRAINT ck_assignment_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)) AND ((start_on IS NULL) OR ((start_on)::text ~~ '____-__-__'::text)) AND ((assigned_on IS NULL) OR ((assigned_on)::text ~~ '____-__-__'::text)) AND ((confirmed_on IS NULL) OR ((confirmed_on)::text ~~ '____-__-__'::text)) AND ((ended_on IS NULL) OR ((ended_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_assignment_one_outcome CHECK ((((
CASE
    WHEN (declined_on IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (cancelled_on IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (confirmed_on IS NULL) THEN 0
    ELSE 1
END) <= 1))
);
CREATE SEQUENCE public.assignment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.assignment_id_seq OWNED BY public.assignment.id;
CREATE TABLE public.audit_entry (
    id integer NOT NULL,
    change_id integer NOT NULL,
    action character varying NOT NULL,
    subject character varying NOT NULL,
    key character varying NOT NULL,
    account_id integer,
    before character varying,
    after character varying,
    payload_hash bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE SEQUENCE public.audit_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_entry_id_seq OWNED BY public.audit_entry.id;
CREATE TABLE public.cart_line (
    id integer NOT NULL,
    account_id integer NOT NULL,
    course_id integer NOT NULL,
    role_id integer NOT NULL,
    self_pay boolean NOT NULL,
    added_on date NOT NULL,
    closed_on date,
    CONSTRAINT ck_cart_line_iso_dates CHECK ((((added_on IS NULL) OR ((added_on)::text ~~ '____-__-__'::text)) AND ((closed_on IS NULL) OR ((closed_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.cart_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.cart_line_id_seq OWNED BY public.cart_line.id;
CREATE TABLE public.catalog_entry (
    id integer NOT NULL,
    natural_key character varying NOT NULL,
    listed_on date NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_catalog_entry_iso_dates CHECK (((listed_on IS NULL) OR ((listed_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.catalog_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.catalog_entry_id_seq OWNED BY public.catalog_entry.id;
CREATE TABLE public.catalog_entry_version (
    id integer NOT NULL,
    entry_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    institution character varying NOT NULL,
    title character varying NOT NULL,
    language character varying,
    funding character varying,
    year character varying,
    minutes integer,
    method character varying,
    price_cents integer,
    osap_approved boolean,
    sector character varying,
    link character varying,
    CONSTRAINT ck_catalog_entry_version_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_catalog_entry_version_language_known CHECK (((language)::text = ANY ((ARRAY['en'::character varying, 'fr'::character varying])::text[]))),
    CONSTRAINT ck_catalog_entry_version_minutes_positive CHECK ((minutes > 0)),
    CONSTRAINT ck_catalog_entry_version_price_not_negative CHECK ((price_cents >= 0))
);
CREATE SEQUENCE public.catalog_entry_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.catalog_entry_version_id_seq OWNED BY public.catalog_entry_version.id;
CREATE TABLE public.change (
    id integer NOT NULL,
    at character varying NOT NULL,
    effective_on date NOT NULL,
    actor character varying NOT NULL,
    command character varying NOT NULL,
    undoes integer
);
CREATE SEQUENCE public.change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.change_id_seq OWNED BY public.change.id;
CREATE TABLE public.completion (
    id integer NOT NULL,
    account_id integer NOT NULL,
    course_id integer NOT NULL,
    completed_on date NOT NULL,
    expires_on date,
    provider character varying,
    source character varying NOT NULL,
    evidence character varying,
    verified_by character varying,
    line_id integer,
    voided_on date,
    void_reason character varying,
    change_id integer NOT NULL,
    CONSTRAINT ck_completion_expires_after_completion CHECK (((expires_on IS NULL) OR (expires_on >= completed_on))),
    CONSTRAINT ck_completion_iso_dates CHECK ((((completed_on IS NULL) OR ((completed_on)::text ~~ '____-__-__'::text)) AND ((expires_on IS NULL) OR ((expires_on)::text ~~ '____-__-__'::text)) AND ((voided_on IS NULL) OR ((voided_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.completion_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.completion_id_seq OWNED BY public.completion.id;
CREATE TABLE public.confirmation_token (
    id integer NOT NULL,
    token character varying NOT NULL,
    account_id integer NOT NULL,
    role_id integer,
    issued_on date NOT NULL,
    expires_on date,
    used_on date,
    replaced_on date
);
CREATE SEQUENCE public.confirmation_token_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.confirmation_token_id_seq OWNED BY public.confirmation_token.id;
CREATE TABLE public.counter (
    name character varying NOT NULL,
    value integer NOT NULL
);
CREATE TABLE public.course (
    id integer NOT NULL,
    code character varying NOT NULL,
    created_on date NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_course_iso_dates CHECK (((created_on IS NULL) OR ((created_on)::text ~~ '____-__-__'::text)))
);
CREATE TABLE public.course_equivalence (
    id integer NOT NULL,
    course_id integer NOT NULL,
    other_id integer NOT NULL,
    from_on date NOT NULL,
    CONSTRAINT ck_course_equivalence_iso_dates CHECK (((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.course_equivalence_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.course_equivalence_id_seq OWNED BY public.course_equivalence.id;
CREATE SEQUENCE public.course_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.course_id_seq OWNED BY public.course.id;
CREATE TABLE public.course_version (
    id integer NOT NULL,
    course_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    title character varying NOT NULL,
    provider character varying NOT NULL,
    minutes integer NOT NULL,
    validity_years integer,
    language character varying,
    method character varying,
    category character varying NOT NULL,
    price_cents integer,
    status character varying NOT NULL,
    CONSTRAINT ck_course_version_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_course_version_minutes_positive CHECK ((minutes > 0)),
    CONSTRAINT ck_course_version_price_not_negative CHECK ((price_cents >= 0)),
    CONSTRAINT ck_course_version_status_known CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'retired'::character varying])::text[]))),
    CONSTRAINT ck_course_version_validity_positive CHECK ((validity_years > 0))
);
CREATE SEQUENCE public.course_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.course_version_id_seq OWNED BY public.course_version.id;
CREATE TABLE public.decision (
    id integer NOT NULL,
    line_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    decision character varying NOT NULL,
    reason character varying NOT NULL,
    payer character varying,
    decided_by character varying,
    CONSTRAINT ck_decision_decision_known CHECK (((decision)::text = ANY ((ARRAY['approved'::character varying, 'rejected'::character varying, 'submitted'::character varying])::text[]))),
    CONSTRAINT ck_decision_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_decision_payer_known CHECK (((payer)::text = ANY ((ARRAY['employer'::character varying, 'learner'::character varying])::text[]))),
    CONSTRAINT ck_decision_payer_unless_rejected CHECK ((((decision)::text = 'rejected'::text) = (payer IS NULL)))
);
CREATE SEQUENCE public.decision_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decision_id_seq OWNED BY public.decision.id;
CREATE TABLE public.extension (
    id integer NOT NULL,
    line_id integer NOT NULL,
    extended_on date NOT NULL,
    complete_by date NOT NULL,
    reason character varying NOT NULL,
    CONSTRAINT ck_extension_iso_dates CHECK ((((extended_on IS NULL) OR ((extended_on)::text ~~ '____-__-__'::text)) AND ((complete_by IS NULL) OR ((complete_by)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.extension_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.extension_id_seq OWNED BY public.extension.id;
CREATE TABLE public.home (
    id integer NOT NULL,
    code character varying NOT NULL,
    created_on date NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_home_iso_dates CHECK (((created_on IS NULL) OR ((created_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.home_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.home_id_seq OWNED BY public.home.id;
CREATE TABLE public.home_key (
    id integer NOT NULL,
    home_id integer NOT NULL,
    did character varying NOT NULL,
    created_on date NOT NULL,
    retired_on date,
    change_id integer NOT NULL,
    CONSTRAINT ck_home_key_iso_dates CHECK ((((created_on IS NULL) OR ((created_on)::text ~~ '____-__-__'::text)) AND ((retired_on IS NULL) OR ((retired_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.home_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.home_key_id_seq OWNED BY public.home_key.id;
CREATE TABLE public.home_version (
    id integer NOT NULL,
    home_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    name character varying NOT NULL,
    city character varying,
    approval character varying NOT NULL,
    renewal_window character varying NOT NULL,
    expiring_within character varying NOT NULL,
    closed_on character varying NOT NULL,
    study_minutes_per_day integer NOT NULL,
    confirm_within character varying NOT NULL,
    manager_email character varying,
    CONSTRAINT ck_home_version_approval_known CHECK (((approval)::text = ANY ((ARRAY['auto'::character varying, 'manual'::character varying])::text[]))),
    CONSTRAINT ck_home_version_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_home_version_study_minutes CHECK ((study_minutes_per_day > 0))
);
CREATE SEQUENCE public.home_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.home_version_id_seq OWNED BY public.home_version.id;
CREATE TABLE public.message (
    id integer NOT NULL,
    kind character varying NOT NULL,
    "to" character varying NOT NULL,
    language character varying NOT NULL,
    params character varying NOT NULL,
    account_id integer,
    home_id integer,
    once_key character varying,
    queued_on date NOT NULL,
    under_way_at character varying,
    sent_on date,
    cancelled_on date,
    CONSTRAINT ck_message_iso_dates CHECK ((((queued_on IS NULL) OR ((queued_on)::text ~~ '____-__-__'::text)) AND ((sent_on IS NULL) OR ((sent_on)::text ~~ '____-__-__'::text)) AND ((cancelled_on IS NULL) OR ((cancelled_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.message_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.message_id_seq OWNED BY public.message.id;
CREATE TABLE public.registration (
    line_id integer NOT NULL,
    account_id integer NOT NULL,
    course_id integer NOT NULL,
    attempt integer NOT NULL,
    payer character varying NOT NULL,
    approved_on date NOT NULL,
    access_by date NOT NULL,
    access_on date,
    completed_on date,
    failed_on date,
    withdrawn_on date,
    CONSTRAINT ck_registration_completed_after_access CHECK (((completed_on IS NULL) OR (completed_on >= access_on))),
    CONSTRAINT ck_registration_iso_dates CHECK ((((approved_on IS NULL) OR ((approved_on)::text ~~ '____-__-__'::text)) AND ((access_by IS NULL) OR ((access_by)::text ~~ '____-__-__'::text)) AND ((access_on IS NULL) OR ((access_on)::text ~~ '____-__-__'::text)) AND ((completed_on IS NULL) OR ((completed_on)::text ~~ '____-__-__'::text)) AND ((failed_on IS NULL) OR ((failed_on)::text ~~ '____-__-__'::text)) AND ((withdrawn_on IS NULL) OR ((withdrawn_on)::text ~~ '____-__-__'::text)))),
    CONSTRAINT ck_registration_payer_known CHECK (((payer)::text = ANY ((ARRAY['employer'::character varying, 'learner'::character varying])::text[])))
);
CREATE TABLE public.requirement (
    id integer NOT NULL,
    role_id integer NOT NULL,
    course_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    required_from date NOT NULL,
    due_within character varying NOT NULL,
    employer_pays boolean NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_requirement_iso_dates CHECK ((((required_from IS NULL) OR ((required_from)::text ~~ '____-__-__'::text)) AND ((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.requirement_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.requirement_id_seq OWNED BY public.requirement.id;
CREATE TABLE public.revocation (
    completion_id integer NOT NULL,
    revoked_on date NOT NULL,
    reason character varying NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_revocation_iso_dates CHECK (((revoked_on IS NULL) OR ((revoked_on)::text ~~ '____-__-__'::text)))
);
CREATE TABLE public.role (
    id integer NOT NULL,
    home_id integer NOT NULL,
    code character varying NOT NULL,
    created_on date NOT NULL,
    change_id integer NOT NULL,
    CONSTRAINT ck_role_iso_dates CHECK (((created_on IS NULL) OR ((created_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.role_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.role_id_seq OWNED BY public.role.id;
CREATE TABLE public.role_version (
    id integer NOT NULL,
    role_id integer NOT NULL,
    from_on date NOT NULL,
    until_on date,
    name character varying NOT NULL,
    staff_group character varying,
    CONSTRAINT ck_role_version_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.role_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.role_version_id_seq OWNED BY public.role_version.id;
CREATE TABLE public.submission (
    id integer NOT NULL,
    account_id integer NOT NULL,
    submitted_on date NOT NULL,
    CONSTRAINT ck_submission_iso_dates CHECK (((submitted_on IS NULL) OR ((submitted_on)::text ~~ '____-__-__'::text)))
);
CREATE SEQUENCE public.submission_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submission_id_seq OWNED BY public.submission.id;
CREATE TABLE public.submission_line (
    id integer NOT NULL,
    submission_id integer NOT NULL,
    course_id integer NOT NULL,
    role_id integer NOT NULL,
    self_pay boolean NOT NULL
);
CREATE SEQUENCE public.submission_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submission_line_id_seq OWNED BY public.submission_line.id;
CREATE TABLE public.trusted_issuer (
    id integer NOT NULL,
    did character varying NOT NULL,
    name character varying NOT NULL,
    from_on date NOT NULL,
    until_on date,
    change_id integer NOT NULL,
    CONSTRAINT ck_trusted_issuer_iso_dates CHECK ((((from_on IS NULL) OR ((from_on)::text ~~ '____-__-__'::text)) AND ((until_on IS NULL) OR ((until_on)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.trusted_issuer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.trusted_issuer_id_seq OWNED BY public.trusted_issuer.id;
CREATE TABLE public.undo_step (
    id integer NOT NULL,
    change_id integer NOT NULL,
    table_name character varying NOT NULL,
    first_key integer NOT NULL,
    last_key integer NOT NULL,
    before character varying
);
CREATE SEQUENCE public.undo_step_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.undo_step_id_seq OWNED BY public.undo_step.id;
CREATE TABLE public.waiver (
    id integer NOT NULL,
    account_id integer NOT NULL,
    course_id integer NOT NULL,
    waived_on date NOT NULL,
    waived_until date,
    reason character varying NOT NULL,
    CONSTRAINT ck_waiver_iso_dates CHECK ((((waived_on IS NULL) OR ((waived_on)::text ~~ '____-__-__'::text)) AND ((waived_until IS NULL) OR ((waived_until)::text ~~ '____-__-__'::text))))
);
CREATE SEQUENCE public.waiver_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.waiver_id_seq OWNED BY public.waiver.id;
ALTER TABLE ONLY public.account ALTER COLUMN id SET DEFAULT nextval('public.account_id_seq'::regclass);
ALTER TABLE ONLY public.account_version ALTER COLUMN id SET DEFAULT nextval('public.account_version_id_seq'::regclass);
ALTER TABLE ONLY public.assignment ALTER COLUMN id SET DEFAULT nextval('public.assignment_id_seq'::regclass);
ALTER TABLE ONLY public.audit_entry ALTER COLUMN id SET DEFAULT nextval('public.audit_entry_id_seq'::regclass);
ALTER TABLE ONLY public.cart_line ALTER COLUMN id SET DEFAULT nextval('public.cart_line_id_seq'::regclass);
ALTER TABLE ONLY public.catalog_entry ALTER COLUMN id SET DEFAULT nextval('public.catalog_entry_id_seq'::regclass);
ALTER TABLE ONLY public.catalog_entry_version ALTER COLUMN id SET DEFAULT nextval('public.catalog_entry_version_id_seq'::regclass);
ALTER TABLE ONLY public.change ALTER COLUMN id SET DEFAULT nextval('public.change_id_seq'::regclass);
ALTER TABLE ONLY public.completion ALTER COLUMN id SET DEFAULT nextval('public.completion_id_seq'::regclass);
ALTER TABLE ONLY public.confirmation_token ALTER COLUMN id SET DEFAULT nextval('public.confirmation_token_id_seq'::regclass);
ALTER TABLE ONLY public.course ALTER COLUMN id SET DEFAULT nextval('public.course_id_seq'::regclass);
ALTER TABLE ONLY public.course_equivalence ALTER COLUMN id SET DEFAULT nextval('public.course_equivalence_id_seq'::regclass);
ALTER TABLE ONLY public.course_version ALTER COLUMN id SET DEFAULT nextval('public.course_version_id_seq'::regclass);
ALTER TABLE ONLY public.decision ALTER COLUMN id SET DEFAULT nextval('public.decision_id_seq'::regclass);
ALTER TABLE ONLY public.extension ALTER COLUMN id SET DEFAULT nextval('public.extension_id_seq'::regclass);
ALTER TABLE ONLY public.home ALTER COLUMN id SET DEFAULT nextval('public.home_id_seq'::regclass);
ALTER TABLE ONLY public.home_key ALTER COLUMN id SET DEFAULT nextval('public.home_key_id_seq'::regclass);
ALTER TABLE ONLY public.home_version ALTER COLUMN id SET DEFAULT nextval('public.home_version_id_seq'::regclass);
ALTER TABLE ONLY public.message ALTER COLUMN id SET DEFAULT nextval('public.message_id_seq'::regclass);
ALTER TABLE ONLY public.requirement ALTER COLUMN id SET DEFAULT nextval('public.requirement_id_seq'::regclass);
ALTER TABLE ONLY public.role ALTER COLUMN id SET DEFAULT nextval('public.role_id_seq'::regclass);
ALTER TABLE ONLY public.role_version ALTER COLUMN id SET DEFAULT nextval('public.role_version_id_seq'::regclass);
ALTER TABLE ONLY public.submission ALTER COLUMN id SET DEFAULT nextval('public.submission_id_seq'::regclass);
ALTER TABLE ONLY public.submission_line ALTER COLUMN id SET DEFAULT nextval('public.submission_line_id_seq'::regclass);
ALTER TABLE ONLY public.trusted_issuer ALTER COLUMN id SET DEFAULT nextval('public.trusted_issuer_id_seq'::regclass);
ALTER TABLE ONLY public.undo_step ALTER COLUMN id SET DEFAULT nextval('public.undo_step_id_seq'::regclass);
ALTER TABLE ONLY public.waiver ALTER COLUMN id SET DEFAULT nextval('public.waiver_id_seq'::regclass);
INSERT INTO public.account VALUES (1, '1000', '2025-01-06', 15);
INSERT INTO public.account VALUES (2, '1001', '2025-01-06', 16);
INSERT INTO public.account VALUES (3, '1002', '2025-01-06', 17);
INSERT INTO public.account VALUES (4, '1003', '2025-01-06', 18);
INSERT INTO public.account VALUES (5, '1004', '2025-01-06', 19);
INSERT INTO public.account VALUES (6, '1005', '2025-02-14', 73);
INSERT INTO public.account_identity VALUES (1, '1980-01-01');
INSERT INTO public.account_identity VALUES (2, '1985-05-05');
INSERT INTO public.account_identity VALUES (3, '1990-09-09');
INSERT INTO public.account_identity VALUES (4, '1991-01-09');
INSERT INTO public.account_identity VALUES (5, '1970-01-09');
INSERT INTO public.account_identity VALUES (6, '1991-01-09');
INSERT INTO public.account_version VALUES (1, 1, '2025-01-06', '2025-01-08', 'Ann', 'Aube', 'aube  ann', 'ann@example.org', 'ann@example.org', 'en', 'S-1', 'created', NULL);
INSERT INTO public.account_version VALUES (2, 2, '2025-01-06', '2025-01-08', 'Zoé', 'Bell', 'bell  zoe', 'zoe@example.org', 'zoe@example.org', 'fr', NULL, 'created', NULL);
INSERT INTO public.account_version VALUES (3, 3, '2025-01-06', '2025-01-08', 'Cy', 'Dell', 'dell  cy', 'cy@example.org', 'cy@example.org', 'en', NULL, 'created', NULL);
INSERT INTO public.account_version VALUES (4, 4, '2025-01-06', '2025-01-09', 'Di', 'Eng', 'eng  di', 'di@b..example', 'di@b..example', 'en', NULL, 'created', NULL);
INSERT INTO public.account_version VALUES (5, 5, '2025-01-06', '2025-02-07', 'Ed', 'Fay', 'fay  ed', 'ed@example.org', 'ed@example.org', 'en', NULL, 'created', NULL);
INSERT INTO public.account_version VALUES (6, 1, '2025-01-08', '2025-02-11', 'Ann', 'Aube', 'aube  ann', 'ann@example.org', 'ann@example.org', 'en', 'S-1', 'active', NULL);
INSERT INTO public.account_version VALUES (7, 2, '2025-01-08', '2025-02-05', 'Zoé', 'Bell', 'bell  zoe', 'zoe@example.org', 'zoe@example.org', 'fr', NULL, 'active', NULL);
INSERT INTO public.account_version VALUES (8, 3, '2025-01-08', NULL, 'Cy', 'Dell', 'dell  cy', 'cy@example.org', 'cy@example.org', 'en', NULL, 'active', NULL);
INSERT INTO public.account_version VALUES (9, 4, '2025-01-09', NULL, 'Di', 'Eng', 'eng  di', 'di@b..example', 'di@b..example', 'en', NULL, 'active', NULL);
INSERT INTO public.account_version VALUES (10, 2, '2025-02-05', NULL, 'Zoé', 'Bell-Roy', 'bell-roy  zoe', 'zoe@example.org', 'zoe@example.org', 'fr', NULL, 'active', NULL);
INSERT INTO public.account_version VALUES (11, 5, '2025-02-07', NULL, 'Ed', 'Fay', 'fay  ed', 'ed@example.org', 'ed@example.org', 'en', NULL, 'deactivated', 'left');
INSERT INTO public.account_version VALUES (12, 1, '2025-02-11', NULL, 'Ann', 'Aube', 'aube  ann', 'ann@example.org', 'ann@example.org', 'en', 'S-2', 'active', NULL);
INSERT INTO public.account_version VALUES (13, 6, '2025-02-14', NULL, 'Gone', 'Soon', 'soon  gone', 'gone@example.org', 'gone@example.org', 'en', NULL, 'created', NULL);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.assignment VALUES (1, 1, 1, '2025-01-07', NULL, '2025-01-07', '2025-01-07', false, '2025-01-08', NULL, NULL, NULL, NULL, 20);
INSERT INTO public.assignment VALUES (2, 2, 1, '2025-01-07', NULL, '2025-01-07', '2025-01-07', false, '2025-01-08', NULL, NULL, NULL, NULL, 21);
INSERT INTO public.assignment VALUES (3, 3, 1, '2025-01-07', NULL, '2025-01-07', '2025-01-07', false, '2025-01-08', NULL, NULL, '2025-02-06', 'moved', 22);
INSERT INTO public.assignment VALUES (4, 4, 1, '2025-01-07', NULL, '2025-01-07', '2025-01-07', false, NULL, '2025-01-08', NULL, NULL, NULL, 23);
INSERT INTO public.assignment VALUES (5, 3, 3, '2025-01-07', NULL, '2025-01-20', '2025-01-07', false, '2025-01-08', NULL, NULL, NULL, NULL, 24);
INSERT INTO public.assignment VALUES (6, 5, 3, '2025-01-07', NULL, '2025-01-07', '2025-01-07', false, NULL, NULL, '2025-02-07', NULL, 'left', 25);
INSERT INTO public.audit_entry VALUES (1, 1, 'create', 'home', 'maple-grove', NULL, NULL, '{"approval":"auto","city":"Sarnia","closed_on":["2025-02-03"],"code":"maple-grove","confirm_within":"14d","expiring_within":"30d","manager_email":"boss@example.org","name":"Maple Grove","renewal_window":"60d","study_minutes_per_day":60}', '\x8d615d77cd087ac956a38a6061bb56b3748d7849ab2320d8e4e2afe57beff5f8', '\xad9e4cd97c18d46f61cf5e1b7114e8dc26e452346027e319c098838c813fa691');
INSERT INTO public.audit_entry VALUES (2, 2, 'create', 'home', 'cedar-hill', NULL, NULL, '{"approval":"manual","city":null,"closed_on":["2025-02-03"],"code":"cedar-hill","confirm_within":"14d","expiring_within":"30d","manager_email":"boss@example.org","name":"Cedar Hill","renewal_window":"60d","study_minutes_per_day":60}', '\x6321fd9f588fd6f6fa47b6184ad50a139d7d70be787b99df5708cac0af7d6397', '\x64626b38ffe4c529ee2e904362b47d644e0d39f840745d1b65ac53464885f745');
INSERT INTO public.audit_entry VALUES (3, 3, 'create', 'role', 'maple-grove/psw', NULL, NULL, '{"group":"direct-care","home":"maple-grove","name":"PSW","role":"psw"}', '\xc409a3efe7da866f67ec8e6247474cf244650931a60d6a92e5442519a2140b8b', '\x636e1b85f0431fd2f31145e5a0d449f1a9cacfea120665f1b78f7b2efd0d2832');
INSERT INTO public.audit_entry VALUES (4, 4, 'create', 'role', 'maple-grove/rn', NULL, NULL, '{"group":"registered","home":"maple-grove","name":"Nurse","role":"rn"}', '\xe7edf190c65c3a1b963cf91b8c0ebb84f1ba171fc8609f9e13975442f88d7589', '\xffe5fb2fdc01e0788d25ff958bf43f3e0a9ce48c8e999473c7f1b1738abce8e4');
INSERT INTO public.audit_entry VALUES (5, 5, 'create', 'role', 'cedar-hill/psw', NULL, NULL, '{"group":null,"home":"cedar-hill","name":"PSW","role":"psw"}', '\xf8caadec7aeaca9e23e2b5a13a568f2477fb84bb3791f150484c355872d5106b', '\x164f668adfffd456a4115ee2e849ccdbde83503eedf70bbc12fd3117399e41fd');
INSERT INTO public.audit_entry VALUES (6, 6, 'create', 'course', 'IPAC-101', NULL, NULL, '{"category":"badge","code":"IPAC-101","expiry":"1 years","language":null,"method":null,"minutes":30,"price":"45.00","provider":"Sample College","status":"active","title":"Infection control","validity_years":1}', '\xb9ec5ebb249c5f2d8f3774f8eda2f1f924441f8a5704a85d1031c18282d775f6', '\x20996c33f5bfae3299ab1ac0d038f59784dc6b4635d4e437c9f12f4546b61976');
INSERT INTO public.audit_entry VALUES (7, 7, 'create', 'course', 'PCI-101', NULL, NULL, '{"category":"badge","code":"PCI-101","expiry":"1 years","language":"fr","method":null,"minutes":30,"price":null,"provider":"Sample College","status":"active","title":"Prévention","validity_years":1}', '\xce8671b4d1dc974696fcabf5afe63bf842f9ae40cde04852d28206c0a1e78fee', '\x20617d0524279fe935ad558b92ca42068231a21baa58595480f059f0d70df1ca');
INSERT INTO public.audit_entry VALUES (8, 8, 'create', 'course', 'FIRE-1', NULL, NULL, '{"category":"badge","code":"FIRE-1","expiry":"","language":null,"method":"online","minutes":60,"price":null,"provider":"Sample College","status":"active","title":"Fire safety","validity_years":null}', '\xf8b4122eb6b7454921b2a7513609bc1415c5f3035f837a980e5277f9e84bd7f4', '\xef59b16d02df6c45a32fbb2e4b31b36636c7b7aa1bfe57d0bacdd51d05c633ea');
INSERT INTO public.audit_entry VALUES (9, 9, 'create', 'course', 'LIFT-1', NULL, NULL, '{"category":"badge","code":"LIFT-1","expiry":"3 years","language":null,"method":"instructor-led","minutes":900,"price":"120.00","provider":"Sample College","status":"active","title":"Lifting","validity_years":3}', '\xc4f6159614b4963ca1ca23f99660e14d7f74cdc77c4392a8d83d4949e4739d74', '\xc46edebe56c7deed688df92ddfe08a5ab411cdc8a43f61aae652da45303cb7b4');
INSERT INTO public.audit_entry VALUES (10, 10, 'create', 'course', 'OLD-1', NULL, NULL, '{"category":"badge","code":"OLD-1","expiry":"","language":null,"method":null,"minutes":15,"price":null,"provider":"Sample College","status":"active","title":"Old one","validity_years":null}', '\xa7cc868fbda9bfb701d8ed09e712610be57f9fdf56831cbc04869726c0278fa1', '\x186b6fbe8d1eefa5b063170971ac4bb7fbaa55767542d49dc7e07c7fa536e5e3');
INSERT INTO public.audit_entry VALUES (11, 11, 'equate', 'course', 'IPAC-101', NULL, NULL, '{"code":"IPAC-101","equal_to":"PCI-101"}', '\xac0d46f6863dac9bbfe96394755317f96020fb4a5c0fc6e3c68e55d8e1adc92d', '\x2ea32577502808b94e0b228050b36f921358ff293aef2ea997fdd3417155ae17');
INSERT INTO public.audit_entry VALUES (12, 12, 'create', 'requirement', 'maple-grove/psw IPAC-101', NULL, NULL, '{"due_within":"30d","employer_pays":true,"required_from":"2025-01-06"}', '\xe15dfb8cf99fe9ab6f25695ba23d0b9511d9b14fc5e9ed6347c880b4d46bb955', '\x7cc67f9edcd47aaf0b4318d507267221def94ee18eb52dd1198cdfa55d652e1f');
INSERT INTO public.audit_entry VALUES (13, 12, 'create', 'requirement', 'maple-grove/psw FIRE-1', NULL, NULL, '{"due_within":"30d","employer_pays":true,"required_from":"2025-01-06"}', '\xe15dfb8cf99fe9ab6f25695ba23d0b9511d9b14fc5e9ed6347c880b4d46bb955', '\x9adf179ef36d9365c931dac2183ce5ee68fcdaa39c9a575d2aa571a52519aabd');
INSERT INTO public.audit_entry VALUES (14, 13, 'create', 'requirement', 'maple-grove/psw LIFT-1', NULL, NULL, '{"due_within":"2w","employer_pays":false,"required_from":"2025-01-06"}', '\x9bf7d0c2d703391431f62d50482a936904f7437b3ed0bb8c8652e3897a515c4b', '\x79ab6fad7d0ddfc72b881afc7e2effc870fef0beea247246a1f63327358a3ce9');
INSERT INTO public.audit_entry VALUES (15, 14, 'create', 'requirement', 'cedar-hill/psw IPAC-101', NULL, NULL, '{"due_within":"30d","employer_pays":true,"required_from":"2025-01-08"}', '\x7d937c2714f215068ec99f35c8a1527082d905f5af1d27be2a1efae0cb8ac6c3', '\xd9a26b90e95917f6dae98277b394fac775e5335b2f522fcbc9db6cad417bf957');
INSERT INTO public.audit_entry VALUES (16, 14, 'create', 'requirement', 'cedar-hill/psw OLD-1', NULL, NULL, '{"due_within":"30d","employer_pays":true,"required_from":"2025-01-08"}', '\x7d937c2714f215068ec99f35c8a1527082d905f5af1d27be2a1efae0cb8ac6c3', '\x5d30918f9b15c6f3f873713768152d0cbf722102511fb8696b524b5da940a26e');
INSERT INTO public.audit_entry VALUES (17, 15, 'create', 'account', '1000', 1, NULL, '{"created_on":"2025-01-06","email":"ann@example.org","first_name":"Ann","language":"en","last_name":"Aube","portal_id":"1000","status":"created"}', '\xfcbb971619dd9d3421d31a2cef9638c22f5f830368ef3080c3b4467887315da7', '\x9c600653d74d5daea47762cfb476ec8a3f20ace9d53dea50ce37c2d7ba1bfb6d');
INSERT INTO public.audit_entry VALUES (18, 16, 'create', 'account', '1001', 2, NULL, '{"created_on":"2025-01-06","email":"zoe@example.org","first_name":"Zoé","language":"fr","last_name":"Bell","portal_id":"1001","status":"created"}', '\x8801a4c2ae2f90e888624c2aae465fa1d35e9bd78031bca9f3f07807bb6f2edd', '\x2c2f49a5cd5206e12fb437fbb0fce3511d577567240dea380df3929052210149');
INSERT INTO public.audit_entry VALUES (19, 17, 'create', 'account', '1002', 3, NULL, '{"created_on":"2025-01-06","email":"cy@example.org","first_name":"Cy","language":"en","last_name":"Dell","portal_id":"1002","status":"created"}', '\xf724ea81b6df27c9b593a47a8b8de28538781bd69ab6db2138d760465563bbf6', '\x72f0a28a5c3652bf5d692f62634b8653153425c35d1e8b6be5fb8d576ff331df');
INSERT INTO public.audit_entry VALUES (20, 18, 'create', 'account', '1003', 4, NULL, '{"created_on":"2025-01-06","email":"di@b..example","first_name":"Di","language":"en","last_name":"Eng","portal_id":"1003","status":"created"}', '\x7cc0abf9bd97faf90282a0fd5d255be708c5cfd3518ad1b82950e120e8efda52', '\x2a3df5d79018cb113e1c1ee57350d059e0206650c797db67083b923851081385');
INSERT INTO public.audit_entry VALUES (21, 19, 'create', 'account', '1004', 5, NULL, '{"created_on":"2025-01-06","email":"ed@example.org","first_name":"Ed","language":"en","last_name":"Fay","portal_id":"1004","status":"created"}', '\x44ce3c7b9c441d05de3608446a8696a15d2558cd2fff6f36adc720bcf80aca72', '\xfff8c1cffc10e4d7a42132281a86583b279ab4256742fd585d0c79ed2b12742f');
INSERT INTO public.audit_entry VALUES (22, 20, 'assign', 'assignment', '1000 maple-grove/psw', 1, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Ann","home":"maple-grove","last_name":"Aube","portal_id":"1000","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}', '\xf6d93e4434516d77f18aee4d381468a6085b78b1dbd77ed1fbde9663d212d509', '\x0d007b629c25710aa2b85fbf8cdc42a91f00ecbab78ecff7a1c2c51c9787bb02');
INSERT INTO public.audit_entry VALUES (23, 21, 'assign', 'assignment', '1001 maple-grove/psw', 2, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Zoé","home":"maple-grove","last_name":"Bell","portal_id":"1001","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}', '\x62baa91bf3d7921f8db7a61651fe3d4bbd4d5460f31d1233c9a8cc72c18cd79d', '\x379beb6d075bf47a8b31bf89d746ec644773e22409095841385dfb61f64f7da7');
INSERT INTO public.audit_entry VALUES (24, 22, 'assign', 'assignment', '1002 maple-grove/psw', 3, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Cy","home":"maple-grove","last_name":"Dell","portal_id":"1002","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}', '\x60b1311859e51f1f7dce50c65b5198f1aa6d9e22ddc8dca2ffa56a46b32b198f', '\xf18fe0f03daacce20031ea3dd2b45e89e93770942018a49287de5056beb47d7b');
INSERT INTO public.audit_entry VALUES (25, 23, 'assign', 'assignment', '1003 maple-grove/psw', 4, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Di","home":"maple-grove","last_name":"Eng","portal_id":"1003","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}', '\xccab582941f7226d379132133e9c7abb980ad157e90e1095cb8230883b9fe8ca', '\x66fd71b24dad552f14b8605c8262e2648c53e4d8a46b1d2dfdd6e67ac4255d11');
INSERT INTO public.audit_entry VALUES (26, 24, 'assign', 'assignment', '1002 cedar-hill/psw', 3, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Cy","home":"cedar-hill","last_name":"Dell","portal_id":"1002","role":"psw","start_on":"2025-01-20","status":"pending","verified":false}', '\xa2b6c8d085b0717e1121d05c2738eeb1fe589884223d9c18c3b1f3b84590cfa2', '\xf003f8fe87ecc35edd24ef8756e2d2113bb47ec3b681e01795c0e67c8a278ecb');
INSERT INTO public.audit_entry VALUES (27, 25, 'assign', 'assignment', '1004 cedar-hill/psw', 5, NULL, '{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Ed","home":"cedar-hill","last_name":"Fay","portal_id":"1004","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}', '\xeb9aaa36a093faa5746d85e89c2d7ec2172fc56da3398e0735614b606a4fd27d', '\x79787c99516c6ce7bb2350e412e5e3e9590ed6212f9093f48e54d8a0e5c4cb57');
INSERT INTO public.audit_entry VALUES (28, 26, 'confirm', 'assignment', '1000 maple-grove/psw', 1, '{"status":"pending"}', '{"by":"behalf","status":"confirmed"}', '\x5b2c1b4792fed8a31094b334a336252db45a29c6b75ef69707465b842be1ac46', '\x3d903617a1664955a3e36d34da249f0aff80581d33352309abb5fd19404843d6');
INSERT INTO public.audit_entry VALUES (29, 26, 'confirm', 'account', '1000', 1, '{"status":"created"}', '{"by":"role","status":"active"}', '\x98ac96d7074cbc435ffd3389380517ed104ef62da89746b742307a5e96beafcd', '\x848abdd2006dd85c217dfe6dea3178763ff9303ecbef858809fd8249a6b08fb0');
INSERT INTO public.audit_entry VALUES (30, 27, 'confirm', 'assignment', '1001 maple-grove/psw', 2, '{"status":"pending"}', '{"by":"behalf","status":"confirmed"}', '\x5b2c1b4792fed8a31094b334a336252db45a29c6b75ef69707465b842be1ac46', '\x98fc699b366b02a0c86dd174bff54a76494b0f033c7eb3f2db9f1ae2dd38ab0d');
INSERT INTO public.audit_entry VALUES (31, 27, 'confirm', 'account', '1001', 2, '{"status":"created"}', '{"by":"role","status":"active"}', '\x98ac96d7074cbc435ffd3389380517ed104ef62da89746b742307a5e96beafcd', '\x14b1791173314a0f6d556620edee0498ead9ec761b2d3bdc1dfb65b9d3e2c01a');
INSERT INTO public.audit_entry VALUES (32, 28, 'confirm', 'assignment', '1002 cedar-hill/psw', 3, '{"status":"pending"}', '{"by":"behalf","status":"confirmed"}', '\x5b2c1b4792fed8a31094b334a336252db45a29c6b75ef69707465b842be1ac46', '\x26bb4003cb88db3404a6c2a0a61f57d6a2b8b3ae0d1e9f14c3e484d142b9c948');
INSERT INTO public.audit_entry VALUES (33, 28, 'confirm', 'account', '1002', 3, '{"status":"created"}', '{"by":"role","status":"active"}', '\x98ac96d7074cbc435ffd3389380517ed104ef62da89746b742307a5e96beafcd', '\xca6ebbde57bfabf1ffd5c0036eed342067cc51293d72a8432f933838b0c7671d');
INSERT INTO public.audit_entry VALUES (34, 29, 'confirm', 'assignment', '1002 maple-grove/psw', 3, '{"status":"pending"}', '{"by":"behalf","status":"confirmed"}', '\x5b2c1b4792fed8a31094b334a336252db45a29c6b75ef69707465b842be1ac46', '\xbd78ae1148b3d2fbe325336d031e587903549c967fb6e40a6391df8335125202');
INSERT INTO public.audit_entry VALUES (35, 30, 'decline', 'assignment', '1003 maple-grove/psw', 4, '{"status":"pending"}', '{"ended_on":null,"reason":null,"status":"declined"}', '\x3710398cbb5176ad0b7b20e903858bd98bbe0ea267ffd34ae6d221435cac3f95', '\xe3d643d5edb141e14f4de4bc20f600ab71203811e2e134f4b955239a7e65ab38');
INSERT INTO public.audit_entry VALUES (36, 31, 'confirm', 'account', '1003', 4, '{"status":"created"}', '{"by":"behalf","status":"active"}', '\x8214d98f532518987f2591348715921db590899b8ce37bfe9cc88f56d27989b9', '\x19cc3899729f5ec012a326675e2e1d6e5cdc24d544c4b6c2d10d278028c3f2a3');
INSERT INTO public.audit_entry VALUES (37, 32, 'put in cart', 'cart', '1000 IPAC-101', 1, NULL, '{"code":"IPAC-101","home":"maple-grove","minutes":30,"portal_id":"1000","role":"psw","self_pay":false,"title":"Infection control"}', '\x2100f984091508b5dcc45c3b97c9a8af5ab03387f09e66a46ceaebff6dab62d3', '\xcade04798de8b42524a2a390ddb8dee4e3af8f1d1f622cf8da00e2621abd2042');
INSERT INTO public.audit_entry VALUES (38, 32, 'put in cart', 'cart', '1000 FIRE-1', 1, NULL, '{"code":"FIRE-1","home":"maple-grove","minutes":60,"portal_id":"1000","role":"psw","self_pay":false,"title":"Fire safety"}', '\x9096a65e2af9824f22f80460b65e9f2172af53dde4dfe9e5f6864464b3374a12', '\x78b54d376646ce8779cc984323a2d932a4b2f014420bcc2191f730865f3d0d9b');
INSERT INTO public.audit_entry VALUES (39, 33, 'put in cart', 'cart', '1001 LIFT-1', 2, NULL, '{"code":"LIFT-1","home":"maple-grove","minutes":900,"portal_id":"1001","role":"psw","self_pay":true,"title":"Lifting"}', '\x173552d257c8126fd71141be1a899370de95953d87582c0b56c0aecaacb9f655', '\x4fee7130e23b5f739b7054ae8b5e26568d6200ce04779961957c7515e716324b');
INSERT INTO public.audit_entry VALUES (40, 34, 'submit', 'line', '1/IPAC-101', 1, NULL, '{"access_by":"2025-01-13","code":"IPAC-101","decision":"approved","line":"1/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}', '\x98edaa400e833b687934050a07b7e8ece022da76d4c9e394141f5579246f65f0', '\xc2de2c42fbd5c222128dc4a5a4224a501529149309c3b0c24121999e2af7fd5b');
INSERT INTO public.audit_entry VALUES (41, 34, 'submit', 'line', '1/FIRE-1', 1, NULL, '{"access_by":"2025-01-13","code":"FIRE-1","decision":"approved","line":"1/FIRE-1","payer":"employer","reason":"employer-pays","title":"Fire safety"}', '\xf3bae1e5e2ed747a74b7f429414297e065ca7d98de6159f1367818924f62152f', '\x7833c3ac273c4d75e9733bd6aea277017ce09f0321a67485d08a48b8bd98c131');
INSERT INTO public.audit_entry VALUES (42, 35, 'submit', 'line', '2/LIFT-1', 2, NULL, '{"access_by":"2025-01-13","code":"LIFT-1","decision":"approved","line":"2/LIFT-1","payer":"learner","reason":"self-pay","title":"Lifting"}', '\xb346ec7368508a54f53651d24d237c601207fb1278cdad6f5dd8b346842f5080', '\xc763b1ab1c6d31bd718d6dde26062312adc55241ab655c171b5fad46ab73b572');
INSERT INTO public.audit_entry VALUES (43, 36, 'put in cart', 'cart', '1002 IPAC-101', 3, NULL, '{"code":"IPAC-101","home":"cedar-hill","minutes":30,"portal_id":"1002","role":"psw","self_pay":false,"title":"Infection control"}', '\xe031bf801dc4a2abba24e6827cacee7e469cea13adad30d10dc6650e28ea543d', '\xa6a647ee551191484abcb6cc0d8911f2e5138f0c43d80c77a466ecb613cc84b7');
INSERT INTO public.audit_entry VALUES (44, 37, 'submit', 'line', '3/IPAC-101', 3, NULL, '{"access_by":null,"code":"IPAC-101","decision":"submitted","line":"3/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}', '\xb1fc20782f8ee9b03ab27ea7f6ae65d4ec1018087733d0a795b599c1742b9582', '\x98043c618f6cc66ce972a97754aa1825871cecd4ccb2228e466cc057c863bea4');
INSERT INTO public.audit_entry VALUES (45, 38, 'grant', 'registration', '1/IPAC-101', 1, '{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}', '{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}', '\x634140c7411a92d5760045e5f1ca30f0b7df58792bcceb218273b49483ab7f78', '\x1dc4c8e2dd5d28fad6ecc27cd753772d3fd16b4109abce6f81492319dee48f75');
INSERT INTO public.audit_entry VALUES (46, 39, 'grant', 'registration', '2/LIFT-1', 2, '{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}', '{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}', '\x634140c7411a92d5760045e5f1ca30f0b7df58792bcceb218273b49483ab7f78', '\x075a034c407e2160bb3d4d3357d4e5859ca6a9a062254793e3eec7f16bd6d337');
INSERT INTO public.audit_entry VALUES (47, 40, 'decide', 'line', '3/IPAC-101', 3, '{"decision":"submitted","payer":"employer","reason":"employer-pays"}', '{"access_by":"2025-01-15","code":"IPAC-101","decision":"approved","line":"3/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}', '\x2ecd419861043f13c979afaa837ea58879ada1dee5c937c89ef75e8b0c20a0e3', '\xa3a5afa5d8f3ad2550d7488b6656b2cf4a851b5df2c5e7ff8a38858ac511e3b5');
INSERT INTO public.audit_entry VALUES (48, 41, 'fail', 'registration', '2/LIFT-1', 2, '{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}', '{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"failed"}', '\xb0454f9cc93f2dfe895c49f978bcc2f69436b68c61483ed03faac5fef5209682', '\x03a547527eae3dc709ed7d60a6969c0cb689b47e81552a0e422830bb634b234e');
INSERT INTO public.audit_entry VALUES (49, 42, 'extend', 'registration', '1/IPAC-101', 1, '{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}', '{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":null,"reason":"ill","status":"in-progress"}', '\x29eddf0155c9cfebe0f91756902935f0ec80382aa8954757712a7c385ccd7446', '\xd4a03e525936e1258ab9708b89f6721bd538159d85e9167aaf07ad449fe2884d');
INSERT INTO public.audit_entry VALUES (50, 43, 'create', 'record', '1', 1, NULL, '{"code":"IPAC-101","completed_on":"2025-01-20","evidence":null,"expires_on":"2026-01-20","portal_id":"1000","provider":"Sample College","record":1,"source":"registration","title":"Infection control","verified_by":null,"voided_on":null}', '\x2a86f98e5632720704e33e2741a20032d809181ba9a4445a626402a7bfaa0db3', '\x4a49be96f294c057ec9c57b2562af67781069dc58c28777c398c2d970c6f2a96');
INSERT INTO public.audit_entry VALUES (51, 43, 'complete', 'registration', '1/IPAC-101', 1, '{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":null,"status":"in-progress"}', '{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":"2025-01-20","status":"completed"}', '\x3f98568e21ce0d3117b97dad2a151f024728beb200fb80cb005853d081c9f703', '\x0b8870062a949ed4ee728b6df6d65c533af95d5f1423d9faac5bf1250e1ea995');
INSERT INTO public.audit_entry VALUES (52, 44, 'create', 'record', '2', 1, NULL, '{"code":"PCI-101","completed_on":"2024-03-01","evidence":"paper","expires_on":"2025-03-01","portal_id":"1000","provider":"Sample College","record":2,"source":"record","title":"Prévention","verified_by":"admin","voided_on":null}', '\xe02f885a1c9a20750bd98c557478ddc8ba6f90c40115348342beb410652e732a', '\x6fe1378f4b535dbba14de107c52fc8a028b40e7cded5cbf23412fd629dbf5c44');
INSERT INTO public.audit_entry VALUES (53, 45, 'create', 'record', '3', 2, NULL, '{"code":"IPAC-101","completed_on":"2024-02-01","evidence":null,"expires_on":"2025-02-01","portal_id":"1001","provider":"Sample College","record":3,"source":"record","title":"Infection control","verified_by":null,"voided_on":null}', '\xc717bfd6b6d07936f9af08e49e66e1e954b47a250a65999828f3e928af06d36d', '\xc377affcdc93d08bf92ec6119b9b8a4fd32ea11d09cac91a491b40c7763f7fb1');
INSERT INTO public.audit_entry VALUES (54, 46, 'create', 'record', '4', 3, NULL, '{"code":"FIRE-1","completed_on":"2025-01-15","evidence":null,"expires_on":null,"portal_id":"1002","provider":"Sample College","record":4,"source":"record","title":"Fire safety","verified_by":null,"voided_on":null}', '\x1acbe649f37213baa3629615a995df529bd28eb0d6b31a746238265c68508ec2', '\x8a99d31f2ee10bbc958b1d9fbde7a297346ff1a540940dc546c1caf2ff5c88cf');
INSERT INTO public.audit_entry VALUES (55, 47, 'void', 'record', '4', 3, '{"voided_on":null}', '{"reason":"wrong person","voided_on":"2025-01-23"}', '\x8763748a1f0dfcc7e4aa6b074869537c68651d9fe61e3645c5f35a531dbbf700', '\x6c6001524c1a4a4f8476164fafaa9cad73efca205433b0477567c97ae955e92b');
INSERT INTO public.audit_entry VALUES (56, 48, 'waive', 'requirement', '1001 FIRE-1', 2, NULL, '{"code":"FIRE-1","portal_id":"1001","reason":"held elsewhere","title":"Fire safety","waived_on":"2025-01-24","waived_until":"2025-12-31"}', '\xb7c2a95ed1bcb1bbb94789bef04175abf0baba9f6803aaf2fcff7057b60e2e96', '\x1b5bfd6f90192f5c73dd0547ff453887bdeeb693bcc7e21b0e67c7129aa48257');
INSERT INTO public.audit_entry VALUES (57, 49, 'send', 'message', '5', NULL, NULL, '{"kind":"confirm-account","to":"ed@example.org"}', '\xb51df5eac3759476cf8f47577b77a21ad9ce7e1bc641286d0b072e69f74dfa31', '\xb67b374b54bd1c4ef0c33372ebf9039129aea680398e2d7744e665ab2c028aa3');
INSERT INTO public.audit_entry VALUES (58, 50, 'send', 'message', '11', NULL, NULL, '{"kind":"confirm-role","to":"ed@example.org"}', '\xae4016f6d240d5490b86daf82b4af68f04c20d61366113701486b4bbed61d56c', '\x70582954481aace888c0bfd2f46a6067de08514cd62517da2b876e1b7fae7687');
INSERT INTO public.audit_entry VALUES (59, 51, 'send', 'message', '12', NULL, NULL, '{"kind":"decision","to":"ann@example.org"}', '\x62c055e6ea879562b5c87e7e57d19c84a7817b77a59902b8ab81552d48f06d11', '\x502fd3ed119aceaed651c2bc32419aef0dfeb822eee334b2c68bdf2f946d8161');
INSERT INTO public.audit_entry VALUES (60, 52, 'send', 'message', '13', NULL, NULL, '{"kind":"decision","to":"zoe@example.org"}', '\xaaea8fdd5025ab29f14c3660bc01721befbb51111d7c9466af3e55f5aa380798', '\x4d703da665d64aac917830d5a80230326ec661dd1af43ef8cfdd053bcc70ec2a');
INSERT INTO public.audit_entry VALUES (61, 53, 'send', 'message', '14', NULL, NULL, '{"kind":"decision","to":"cy@example.org"}', '\xf38c1b03ea9551c92d6c1ddcfc3c0b2d0551166e439b82e9b70ae906870b81f5', '\x8dd5871387e9e330e2ff31bff363a9b8a268e4ee2fedc64b72a1a51632e1223d');
INSERT INTO public.audit_entry VALUES (62, 54, 'send', 'message', '15', NULL, NULL, '{"kind":"access","to":"ann@example.org"}', '\x7681aee127948692f01b02036bd3d2189bb53a94d6792d0efe28d74fc608ad2e', '\x2aec6b4b10f24a0ed20e3b0ed9376d91a187cb0e9e37b9c46dde3e949bc9bfcf');
INSERT INTO public.audit_entry VALUES (63, 55, 'send', 'message', '16', NULL, NULL, '{"kind":"access","to":"zoe@example.org"}', '\xb844c1f259314ed4e93aa505e1e26e25bd696d3eedb789a680267b06cce76473', '\x8b178db0ec9a58e5a77b3e0f5fd1644240bfc62d40a5e20bd7fc3b26f7abfcb5');
INSERT INTO public.audit_entry VALUES (64, 56, 'send', 'message', '17', NULL, NULL, '{"kind":"decision","to":"cy@example.org"}', '\xf38c1b03ea9551c92d6c1ddcfc3c0b2d0551166e439b82e9b70ae906870b81f5', '\xde15d27d6ec8338f070569b42058f27ec610c6e65448712d04554383a0f35dc2');
INSERT INTO public.audit_entry VALUES (65, 57, 'send', 'message', '18', NULL, NULL, '{"kind":"reminder","to":"zoe@example.org"}', '\xf78a313cf3f1f1772259be1bcd36cdf96833b5e3d568f2f8fc0ba4101fe2cf12', '\x8d84daad028c4c2d6488d9b123cc98110556944c6d6b0ae229148a8fa048e05e');
INSERT INTO public.audit_entry VALUES (66, 58, 'put in cart', 'cart', '1001 IPAC-101', 2, NULL, '{"code":"IPAC-101","home":"maple-grove","minutes":30,"portal_id":"1001","role":"psw","self_pay":false,"title":"Infection control"}', '\x086dc89aef0db8075372f23f3c78c396f56e75d6d0de37d31460afd71f6cd71c', '\x9ade1760a3fa9982442d293a644f4f360071b11347136050ffc18e87d3068677');
INSERT INTO public.audit_entry VALUES (67, 59, 'edit', 'home', 'maple-grove', NULL, '{"expiring_within":"30d"}', '{"expiring_within":"60d"}', '\x891734c5f169e0e4efe8d389c9f5464437df97b9556806dd7366e90456c45014', '\xcfcc79a12862af00a1ff8c3cca378270915134a15574f00be724402b1311572b');
INSERT INTO public.audit_entry VALUES (68, 60, 'edit', 'course', 'FIRE-1', NULL, '{"title":"Fire safety"}', '{"title":"Fire safety, new"}', '\x49431400f00411e6d65e0bae5465676fd8568593ed5fa9db4bfe6ed62d3a4e7e', '\x560013c0504a2cf469e04ccce1e7e8c844d92e683bf74cdeae8fbb33beae3d34');
INSERT INTO public.audit_entry VALUES (69, 61, 'retire', 'course', 'OLD-1', NULL, '{"status":"active"}', '{"status":"retired"}', '\x63532da6eb2312f9ccfbbe2c2c75891b2005e5404a6597644edec26544f53f42', '\xcd5fb4c9018e6e0b1a6793ed40a462108189c90442eb006b9fa8db9fd6bbf439');
INSERT INTO public.audit_entry VALUES (70, 62, 'edit', 'account', '1001', 2, '{"last_name":"Bell"}', '{"last_name":"Bell-Roy"}', '\x700027f4a7130c00e810f3022b4141e2bfc72fc70628e5da923075ef8f605450', '\x7c3fd76d7d19b3607c65940ceb03f7f76e3e8674d1a4554ffe6f7f74ae8e14cb');
INSERT INTO public.audit_entry VALUES (71, 63, 'end', 'assignment', '1002 maple-grove/psw', 3, '{"status":"confirmed"}', '{"ended_on":"2025-02-06","reason":"moved","status":"ended"}', '\xc69bb8c2889cc79a4ce1bcf28ace51ccb7c6afddca782b474c9347b6aef28b26', '\x7a08a45129ff74c8a86b49e081b153234e65bd979c1ca8ee08f8ffddc70c8253');
INSERT INTO public.audit_entry VALUES (72, 64, 'deactivate', 'account', '1004', 5, '{"status":"created"}', '{"reason":"left","roles":["Cancelled: psw at cedar-hill."],"status":"deactivated"}', '\x257a72ad08719ce96db0d0e854fca80eabe08465d322b598b621ae866c9b1ae9', '\xc24a310be6883fd998f782a611afac9009c6a9867de75a2a5496814cdfc661c2');
INSERT INTO public.audit_entry VALUES (73, 65, 'create', 'key', 'did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq', NULL, NULL, '{"did":"did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq","home":"maple-grove"}', '\x0d08c367435cbabaf126e503a0819fbaf0e85b0799c298c1f45a1de3969127c8', '\x80806ba40effe1153f80f6eb7badefaf8c40bdde0aaee1cf17004bd5ece0c29d');
INSERT INTO public.audit_entry VALUES (74, 66, 'revoke', 'record', '1', 1, NULL, '{"code":"IPAC-101","portal_id":"1000","reason":"mistake","record":1,"revoked_on":"2025-02-09"}', '\xa7b354a6a5dd6047b584dcf45e8ed2c38abeab00963e22d49df87ce898d0060f', '\x6749af62048c222dc4564a02c42efc51e1f2fa491caf253af3cbcde33697c4b9');
INSERT INTO public.audit_entry VALUES (75, 67, 'trust', 'issuer', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', NULL, NULL, '{"did":"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK","name":"Other College"}', '\x0541c49a3f261f701c105dda0ac905193177719f87e4db0f7185bca460da8b3a', '\x3ec067480d771bc2357747a433e94abf19eb579978c9ea2655cb90fb608125ab');
INSERT INTO public.audit_entry VALUES (76, 68, 'create', 'course', 'CAT-1', NULL, NULL, '{"category":"badge","code":"CAT-1","expiry":"","language":"fr","method":null,"minutes":60,"price":null,"provider":"Collège Boréal","status":"active","title":"Sensibilisation aux besoins particuliers dans le domaine de l’éducation de la petite enfance","validity_years":null}', '\x2bc15741c4b715304340b1910c2797636658c1912188161c3cbe56716cf9b622', '\xf4cba955fdad04536e8d473903baf55f52a8cf1cf05692850702355a062940ad');
INSERT INTO public.audit_entry VALUES (77, 69, 'create', 'catalog', 'own-1', NULL, NULL, '{"funding":null,"institution":"Sample College","language":null,"link":null,"method":null,"minutes":null,"osap_approved":null,"price_cents":null,"sector":null,"title":"Own one","year":null}', '\xe29e6734b2a6be4ca4e4c9528203d99c2155a44aee4ec54dcf80323cdae2c0f1', '\xd09c567a6f3df8a21bf3992217d7a7f4c227bf9c2df07ffa80aa3cc0ef58116a');
INSERT INTO public.audit_entry VALUES (78, 70, 'withdraw', 'registration', '3/IPAC-101', 3, '{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}', '{"access_on":null,"complete_by":null,"completed_on":null,"status":"withdrawn"}', '\x4eca20b9b2fcc7a2a595f8d32a3f6507624768587eae7886b55873557f6cbf6d', '\xaafbc864d118c0374a23b47646926dc847633b1506c17acda2f719121b1c7611');
INSERT INTO public.audit_entry VALUES (79, 71, 'edit', 'account', '1000', 1, '{"student_number":"S-1"}', '{"student_number":"S-2"}', '\xee1a2951ad221d8ec432e9d61dc9dcc765ae64074bb3b47dbf8a1f48a17c3ac7', '\xf5e95da8913c8f9db93a8062d09be97fb2dc7b3d561a883855471f9950123ece');
INSERT INTO public.audit_entry VALUES (80, 72, 'undo', 'change', '61', NULL, NULL, '{"command":"course retire","rows":2}', '\x89a91382fb7432f897793dbfea500362d4cabb742bdc603e34d0c93b96cbf4ae', '\x7207bc45395fc7e399d96d91e979f813b7d52ba3796220e8ba3568cbc7d19f2a');
INSERT INTO public.audit_entry VALUES (81, 73, 'create', 'account', '1005', 6, NULL, '{"created_on":"2025-02-14","email":"gone@example.org","first_name":"Gone","language":"en","last_name":"Soon","portal_id":"1005","status":"created"}', '\xbee8dc5a0cbf393414763b751ea5b5120174932cb4b4a8a62e16b9b0b7025d17', '\xc3d3160c171e4f6ab3c9984fc066540341b44dd9cabb33693961b9b6891bc1d6');
INSERT INTO public.audit_entry VALUES (82, 74, 'create', 'record', '5', 2, NULL, '{"code":"FIRE-1","completed_on":"2025-02-20","evidence":null,"expires_on":null,"portal_id":"1001","provider":"Sample College","record":5,"source":"record","title":"Fire safety, new","verified_by":null,"voided_on":null}', '\x43891b6d8e31d563b07f6a733e7001b8d277032352348582cad60b902f903f37', '\x4b683b042237012ef7f3104f28df8bdcb5ec1d7831ad011919e4ba14a2e0b565');
INSERT INTO public.cart_line VALUES (1, 1, 1, 1, false, '2025-01-09', '2025-01-09');
INSERT INTO public.cart_line VALUES (2, 1, 3, 1, false, '2025-01-09', '2025-01-09');
INSERT INTO public.cart_line VALUES (3, 2, 4, 1, true, '2025-01-09', '2025-01-09');
INSERT INTO public.cart_line VALUES (4, 3, 1, 3, false, '2025-01-10', '2025-01-10');
INSERT INTO public.cart_line VALUES (5, 2, 1, 1, false, '2025-02-01', NULL);
INSERT INTO public.catalog_entry VALUES (1, 'sample college|own one|', '2025-02-09', 69);
INSERT INTO public.catalog_entry_version VALUES (1, 1, '2025-02-09', NULL, 'Sample College', 'Own one', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.change VALUES (1, '2026-11-25T18:47:35.107Z', '2025-01-06', 'admin', 'home create', NULL);
INSERT INTO public.change VALUES (2, '2026-11-25T18:47:35.729Z', '2025-01-06', 'admin', 'home create', NULL);
INSERT INTO public.change VALUES (3, '2026-11-25T18:47:36.087Z', '2025-01-06', 'admin', 'role create', NULL);
INSERT INTO public.change VALUES (4, '2026-11-25T18:47:36.505Z', '2025-01-06', 'admin', 'role create', NULL);
INSERT INTO public.change VALUES (5, '2026-11-25T18:47:36.928Z', '2025-01-06', 'admin', 'role create', NULL);
INSERT INTO public.change VALUES (6, '2026-11-25T18:47:37.361Z', '2025-01-06', 'admin', 'course create', NULL);
INSERT INTO public.change VALUES (7, '2026-11-25T18:47:37.739Z', '2025-01-06', 'admin', 'course create', NULL);
INSERT INTO public.change VALUES (8, '2026-11-25T18:47:38.115Z', '2025-01-06', 'admin', 'course create', NULL);
INSERT INTO public.change VALUES (9, '2026-11-25T18:47:38.489Z', '2025-01-06', 'admin', 'course create', NULL);
INSERT INTO public.change VALUES (10, '2026-11-25T18:47:38.890Z', '2025-01-06', 'admin', 'course create', NULL);
INSERT INTO public.change VALUES (11, '2026-11-25T18:47:39.288Z', '2025-01-06', 'admin', 'course equate', NULL);
INSERT INTO public.change VALUES (12, '2026-11-25T18:47:39.668Z', '2025-01-06', 'admin', 'requirement add', NULL);
INSERT INTO public.change VALUES (13, '2026-11-25T18:47:40.025Z', '2025-01-06', 'admin', 'requirement add', NULL);
INSERT INTO public.change VALUES (14, '2026-11-25T18:47:40.379Z', '2025-01-06', 'admin', 'requirement add', NULL);
INSERT INTO public.change VALUES (15, '2026-11-25T18:47:40.749Z', '2025-01-06', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (16, '2026-11-25T18:47:41.149Z', '2025-01-06', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (17, '2026-11-25T18:47:41.576Z', '2025-01-06', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (18, '2026-11-25T18:47:41.964Z', '2025-01-06', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (19, '2026-11-25T18:47:42.363Z', '2025-01-06', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (20, '2026-11-25T18:47:42.754Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (21, '2026-11-25T18:47:43.158Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (22, '2026-11-25T18:47:43.644Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (23, '2026-11-25T18:47:44.073Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (24, '2026-11-25T18:47:44.577Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (25, '2026-11-25T18:47:45.183Z', '2025-01-07', 'admin', 'role assign', NULL);
INSERT INTO public.change VALUES (26, '2026-11-25T18:47:45.740Z', '2025-01-08', 'admin', 'role confirm', NULL);
INSERT INTO public.change VALUES (27, '2026-11-25T18:47:46.424Z', '2025-01-08', 'admin', 'role confirm', NULL);
INSERT INTO public.change VALUES (28, '2026-11-25T18:47:47.031Z', '2025-01-08', 'admin', 'role confirm', NULL);
INSERT INTO public.change VALUES (29, '2026-11-25T18:47:47.744Z', '2025-01-08', 'admin', 'role confirm', NULL);
INSERT INTO public.change VALUES (30, '2026-11-25T18:47:48.373Z', '2025-01-08', 'admin', 'role decline', NULL);
INSERT INTO public.change VALUES (31, '2026-11-25T18:47:48.960Z', '2025-01-09', 'admin', 'account confirm', NULL);
INSERT INTO public.change VALUES (32, '2026-11-25T18:47:49.451Z', '2025-01-09', 'admin', 'cart add', NULL);
INSERT INTO public.change VALUES (33, '2026-11-25T18:47:49.878Z', '2025-01-09', 'admin', 'cart add', NULL);
INSERT INTO public.change VALUES (34, '2026-11-25T18:47:50.399Z', '2025-01-09', 'admin', 'cart submit', NULL);
INSERT INTO public.change VALUES (35, '2026-11-25T18:47:50.979Z', '2025-01-09', 'admin', 'cart submit', NULL);
INSERT INTO public.change VALUES (36, '2026-11-25T18:47:51.486Z', '2025-01-10', 'admin', 'cart add', NULL);
INSERT INTO public.change VALUES (37, '2026-11-25T18:47:51.926Z', '2025-01-10', 'admin', 'cart submit', NULL);
INSERT INTO public.change VALUES (38, '2026-11-25T18:47:52.366Z', '2025-01-10', 'admin', 'registration grant', NULL);
INSERT INTO public.change VALUES (39, '2026-11-25T18:47:52.820Z', '2025-01-10', 'admin', 'registration grant', NULL);
INSERT INTO public.change VALUES (40, '2026-11-25T18:47:53.270Z', '2025-01-13', 'admin', 'submission approve', NULL);
INSERT INTO public.change VALUES (41, '2026-11-25T18:47:53.723Z', '2025-01-14', 'admin', 'registration fail', NULL);
INSERT INTO public.change VALUES (42, '2026-11-25T18:47:54.172Z', '2025-01-15', 'admin', 'registration extend', NULL);
INSERT INTO public.change VALUES (43, '2026-11-25T18:47:54.588Z', '2025-01-20', 'admin', 'registration complete', NULL);
INSERT INTO public.change VALUES (44, '2026-11-25T18:47:55.016Z', '2025-01-21', 'admin', 'record add', NULL);
INSERT INTO public.change VALUES (45, '2026-11-25T18:47:55.452Z', '2025-01-21', 'admin', 'record add', NULL);
INSERT INTO public.change VALUES (46, '2026-11-25T18:47:55.881Z', '2025-01-22', 'admin', 'record add', NULL);
INSERT INTO public.change VALUES (47, '2026-11-25T18:47:56.300Z', '2025-01-23', 'admin', 'record void', NULL);
INSERT INTO public.change VALUES (48, '2026-11-25T18:47:56.713Z', '2025-01-24', 'admin', 'requirement waive', NULL);
INSERT INTO public.change VALUES (49, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (50, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (51, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (52, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (53, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (54, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (55, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (56, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (57, '2026-11-25T18:47:57.105Z', '2025-01-25', 'admin', 'notify run', NULL);
INSERT INTO public.change VALUES (58, '2026-11-25T18:47:57.678Z', '2025-02-01', 'admin', 'cart add', NULL);
INSERT INTO public.change VALUES (59, '2026-11-25T18:47:58.097Z', '2025-02-02', 'admin', 'home edit', NULL);
INSERT INTO public.change VALUES (60, '2026-11-25T18:47:58.503Z', '2025-02-03', 'admin', 'course edit', NULL);
INSERT INTO public.change VALUES (61, '2026-11-25T18:47:58.914Z', '2025-02-04', 'admin', 'course retire', NULL);
INSERT INTO public.change VALUES (62, '2026-11-25T18:47:59.311Z', '2025-02-05', 'admin', 'account edit', NULL);
INSERT INTO public.change VALUES (63, '2026-11-25T18:47:59.728Z', '2025-02-06', 'admin', 'role end', NULL);
INSERT INTO public.change VALUES (64, '2026-11-25T18:48:00.155Z', '2025-02-07', 'admin', 'account deactivate', NULL);
INSERT INTO public.change VALUES (65, '2026-11-25T18:48:00.555Z', '2025-02-08', 'admin', 'passport export', NULL);
INSERT INTO public.change VALUES (66, '2026-11-25T18:48:01.202Z', '2025-02-09', 'admin', 'passport revoke', NULL);
INSERT INTO public.change VALUES (67, '2026-11-25T18:48:01.637Z', '2025-02-09', 'admin', 'passport trust', NULL);
INSERT INTO public.change VALUES (68, '2026-11-25T18:48:02.126Z', '2025-02-09', 'admin', 'catalog adopt', NULL);
INSERT INTO public.change VALUES (69, '2026-11-25T18:48:02.537Z', '2025-02-09', 'admin', 'catalog import', NULL);
INSERT INTO public.change VALUES (70, '2026-11-25T18:48:02.939Z', '2025-02-10', 'admin', 'registration withdraw', NULL);
INSERT INTO public.change VALUES (71, '2026-11-25T18:48:03.364Z', '2025-02-11', 'admin', 'account edit', NULL);
INSERT INTO public.change VALUES (72, '2026-11-25T18:48:03.784Z', '2025-02-12', 'admin', 'audit undo', 61);
INSERT INTO public.change VALUES (73, '2026-11-25T18:48:04.196Z', '2025-02-14', 'admin', 'account create', NULL);
INSERT INTO public.change VALUES (74, '2026-11-25T18:48:04.616Z', '2025-02-20', 'admin', 'record add', NULL);
INSERT INTO public.completion VALUES (1, 1, 1, '2025-01-20', '2026-01-20', NULL, 'registration', NULL, NULL, 1, NULL, NULL, 43);
INSERT INTO public.completion VALUES (2, 1, 2, '2024-03-01', '2025-03-01', NULL, 'record', 'paper', 'admin', NULL, NULL, NULL, 44);
INSERT INTO public.completion VALUES (3, 2, 1, '2024-02-01', '2025-02-01', NULL, 'record', NULL, NULL, NULL, NULL, NULL, 45);
INSERT INTO public.completion VALUES (4, 3, 3, '2025-01-15', NULL, NULL, 'record', NULL, NULL, NULL, '2025-01-23', 'wrong person', 46);
INSERT INTO public.completion VALUES (5, 2, 3, '2025-02-20', NULL, NULL, 'record', NULL, NULL, NULL, NULL, NULL, 74);
INSERT INTO public.confirmation_token VALUES (1, '3bb8zvdgvga58p7s', 1, NULL, '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (2, '4w44k8qhx5c5uq66', 2, NULL, '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (3, 'nxadzqy9gekep7cj', 3, NULL, '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (4, 'gnvy32qnq6wxu2ff', 4, NULL, '2025-01-06', NULL, NULL, '2025-01-09');
INSERT INTO public.confirmation_token VALUES (5, 'eaf8v5ueqjj36fcm', 5, NULL, '2025-01-06', NULL, NULL, '2025-02-07');
INSERT INTO public.confirmation_token VALUES (6, 'hk4gwqh2wjkppven', 1, 1, '2025-01-07', '2025-01-21', NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (7, 'q3udxs26957y6ccx', 2, 1, '2025-01-07', '2025-01-21', NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (8, 'q5hpcdmp7g6ta99m', 3, 1, '2025-01-07', '2025-01-21', NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (9, 'm3yg87b4m4zru2ce', 4, 1, '2025-01-07', '2025-01-21', NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (10, '73kx59w8rqy8cyy8', 3, 3, '2025-01-07', '2025-01-21', NULL, '2025-01-08');
INSERT INTO public.confirmation_token VALUES (11, 'dy9xym2mz87r2re3', 5, 3, '2025-01-07', '2025-01-21', NULL, '2025-02-07');
INSERT INTO public.confirmation_token VALUES (12, 'x2x78m7gy7vfkn6s', 6, NULL, '2025-02-14', NULL, NULL, NULL);
INSERT INTO public.counter VALUES ('portal_id', 1006);
INSERT INTO public.course VALUES (1, 'IPAC-101', '2025-01-06', 6);
INSERT INTO public.course VALUES (2, 'PCI-101', '2025-01-06', 7);
INSERT INTO public.course VALUES (3, 'FIRE-1', '2025-01-06', 8);
INSERT INTO public.course VALUES (4, 'LIFT-1', '2025-01-06', 9);
INSERT INTO public.course VALUES (5, 'OLD-1', '2025-01-06', 10);
INSERT INTO public.course VALUES (6, 'CAT-1', '2025-02-09', 68);
INSERT INTO public.course_equivalence VALUES (1, 1, 1, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (2, 2, 2, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (3, 3, 3, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (4, 4, 4, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (5, 5, 5, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (6, 1, 2, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (7, 2, 1, '2025-01-06');
INSERT INTO public.course_equivalence VALUES (8, 6, 6, '2025-02-09');
INSERT INTO public.course_version VALUES (1, 1, '2025-01-06', NULL, 'Infection control', 'Sample College', 30, 1, NULL, NULL, 'badge', 4500, 'active');
INSERT INTO public.course_version VALUES (2, 2, '2025-01-06', NULL, 'Prévention', 'Sample College', 30, 1, 'fr', NULL, 'badge', NULL, 'active');
INSERT INTO public.course_version VALUES (3, 3, '2025-01-06', '2025-02-03', 'Fire safety', 'Sample College', 60, NULL, NULL, 'online', 'badge', NULL, 'active');
INSERT INTO public.course_version VALUES (4, 4, '2025-01-06', NULL, 'Lifting', 'Sample College', 900, 3, NULL, 'instructor-led', 'badge', 12000, 'active');
INSERT INTO public.course_version VALUES (5, 5, '2025-01-06', NULL, 'Old one', 'Sample College', 15, NULL, NULL, NULL, 'badge', NULL, 'active');
INSERT INTO public.course_version VALUES (6, 3, '2025-02-03', NULL, 'Fire safety, new', 'Sample College', 60, NULL, NULL, 'online', 'badge', NULL, 'active');
INSERT INTO public.course_version VALUES (8, 6, '2025-02-09', NULL, 'Sensibilisation aux besoins particuliers dans le domaine de l’éducation de la petite enfance', 'Collège Boréal', 60, NULL, 'fr', NULL, 'badge', NULL, 'active');
INSERT INTO public.decision VALUES (1, 1, '2025-01-09', NULL, 'approved', 'employer-pays', 'employer', NULL);
INSERT INTO public.decision VALUES (2, 2, '2025-01-09', NULL, 'approved', 'employer-pays', 'employer', NULL);
INSERT INTO public.decision VALUES (3, 3, '2025-01-09', NULL, 'approved', 'self-pay', 'learner', NULL);
INSERT INTO public.decision VALUES (4, 4, '2025-01-10', '2025-01-13', 'submitted', 'employer-pays', 'employer', NULL);
INSERT INTO public.decision VALUES (5, 4, '2025-01-13', NULL, 'approved', 'employer-pays', 'employer', 'admin');
INSERT INTO public.extension VALUES (1, 1, '2025-01-15', '2025-02-10', 'ill');
INSERT INTO public.home VALUES (1, 'maple-grove', '2025-01-06', 1);
INSERT INTO public.home VALUES (2, 'cedar-hill', '2025-01-06', 2);
INSERT INTO public.home_key VALUES (1, 1, 'did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq', '2025-02-08', NULL, 65);
INSERT INTO public.home_version VALUES (1, 1, '2025-01-06', '2025-02-02', 'Maple Grove', 'Sarnia', 'auto', '60d', '30d', '2025-02-03', 60, '14d', 'boss@example.org');
INSERT INTO public.home_version VALUES (2, 2, '2025-01-06', NULL, 'Cedar Hill', NULL, 'manual', '60d', '30d', '2025-02-03', 60, '14d', 'boss@example.org');
INSERT INTO public.home_version VALUES (3, 1, '2025-02-02', NULL, 'Maple Grove', 'Sarnia', 'auto', '60d', '60d', '2025-02-03', 60, '14d', 'boss@example.org');
INSERT INTO public.message VALUES (1, 'confirm-account', 'ann@example.org', 'en', '{"first_name": "Ann", "portal_id": "1000", "token": "3bb8zvdgvga58p7s"}', 1, NULL, 'token:3bb8zvdgvga58p7s', '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (2, 'confirm-account', 'zoe@example.org', 'fr', '{"first_name": "Zoé", "portal_id": "1001", "token": "4w44k8qhx5c5uq66"}', 2, NULL, 'token:4w44k8qhx5c5uq66', '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (3, 'confirm-account', 'cy@example.org', 'en', '{"first_name": "Cy", "portal_id": "1002", "token": "nxadzqy9gekep7cj"}', 3, NULL, 'token:nxadzqy9gekep7cj', '2025-01-06', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (4, 'confirm-account', 'di@b..example', 'en', '{"first_name": "Di", "portal_id": "1003", "token": "gnvy32qnq6wxu2ff"}', 4, NULL, 'token:gnvy32qnq6wxu2ff', '2025-01-06', NULL, NULL, '2025-01-09');
INSERT INTO public.message VALUES (5, 'confirm-account', 'ed@example.org', 'en', '{"first_name": "Ed", "portal_id": "1004", "token": "eaf8v5ueqjj36fcm"}', 5, NULL, 'token:eaf8v5ueqjj36fcm', '2025-01-06', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (6, 'confirm-role', 'ann@example.org', 'en', '{"first_name": "Ann", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "hk4gwqh2wjkppven"}', 1, 1, 'token:hk4gwqh2wjkppven', '2025-01-07', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (7, 'confirm-role', 'zoe@example.org', 'fr', '{"first_name": "Zoé", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "q3udxs26957y6ccx"}', 2, 1, 'token:q3udxs26957y6ccx', '2025-01-07', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (8, 'confirm-role', 'cy@example.org', 'en', '{"first_name": "Cy", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "q5hpcdmp7g6ta99m"}', 3, 1, 'token:q5hpcdmp7g6ta99m', '2025-01-07', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (9, 'confirm-role', 'di@b..example', 'en', '{"first_name": "Di", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "m3yg87b4m4zru2ce"}', 4, 1, 'token:m3yg87b4m4zru2ce', '2025-01-07', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (10, 'confirm-role', 'cy@example.org', 'en', '{"first_name": "Cy", "home_name": "Cedar Hill", "role_name": "PSW", "expires_on": "2025-01-21", "token": "73kx59w8rqy8cyy8"}', 3, 2, 'token:73kx59w8rqy8cyy8', '2025-01-07', NULL, NULL, '2025-01-08');
INSERT INTO public.message VALUES (11, 'confirm-role', 'ed@example.org', 'en', '{"first_name": "Ed", "home_name": "Cedar Hill", "role_name": "PSW", "expires_on": "2025-01-21", "token": "dy9xym2mz87r2re3"}', 5, 2, 'token:dy9xym2mz87r2re3', '2025-01-07', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (12, 'decision', 'ann@example.org', 'en', '{"first_name": "Ann", "lines": [{"line": "1/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-13"}, {"line": "1/FIRE-1", "code": "FIRE-1", "title": "Fire safety", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-13"}]}', 1, NULL, 'decision:1', '2025-01-09', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (13, 'decision', 'zoe@example.org', 'fr', '{"first_name": "Zoé", "lines": [{"line": "2/LIFT-1", "code": "LIFT-1", "title": "Lifting", "decision": "approved", "reason": "self-pay", "payer": "learner", "access_by": "2025-01-13"}]}', 2, NULL, 'decision:2', '2025-01-09', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (14, 'decision', 'cy@example.org', 'en', '{"first_name": "Cy", "lines": [{"line": "3/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "submitted", "reason": "employer-pays", "payer": "employer", "access_by": null}]}', 3, NULL, 'decision:3', '2025-01-10', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (15, 'access', 'ann@example.org', 'en', '{"first_name": "Ann", "code": "IPAC-101", "title": "Infection control", "access_on": "2025-01-10", "complete_by": "2025-01-24"}', 1, 1, 'access:1/IPAC-101', '2025-01-10', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (16, 'access', 'zoe@example.org', 'fr', '{"first_name": "Zoé", "code": "LIFT-1", "title": "Lifting", "access_on": "2025-01-10", "complete_by": "2025-01-24"}', 2, 1, 'access:2/LIFT-1', '2025-01-10', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (17, 'decision', 'cy@example.org', 'en', '{"first_name": "Cy", "lines": [{"line": "3/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-15"}]}', 3, NULL, 'decided:3/IPAC-101', '2025-01-13', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (18, 'reminder', 'zoe@example.org', 'fr', '{"first_name": "Zoé", "code": "IPAC-101", "title": "Infection control", "expires_on": "2025-02-01", "days_left": 7, "late": false}', 2, 1, 'reminder:3:7', '2025-01-25', NULL, '2025-01-25', NULL);
INSERT INTO public.message VALUES (19, 'confirm-account', 'gone@example.org', 'en', '{"first_name": "Gone", "portal_id": "1005", "token": "x2x78m7gy7vfkn6s"}', 6, NULL, 'token:x2x78m7gy7vfkn6s', '2025-02-14', NULL, NULL, NULL);
INSERT INTO public.registration VALUES (1, 1, 1, 1, 'employer', '2025-01-09', '2025-01-13', '2025-01-10', '2025-01-20', NULL, NULL);
INSERT INTO public.registration VALUES (2, 1, 3, 1, 'employer', '2025-01-09', '2025-01-13', NULL, NULL, NULL, NULL);
INSERT INTO public.registration VALUES (3, 2, 4, 1, 'learner', '2025-01-09', '2025-01-13', '2025-01-10', NULL, '2025-01-14', NULL);
INSERT INTO public.registration VALUES (4, 3, 1, 1, 'employer', '2025-01-13', '2025-01-15', NULL, NULL, NULL, '2025-02-10');
INSERT INTO public.requirement VALUES (1, 1, 1, '2025-01-06', NULL, '2025-01-06', '30d', true, 12);
INSERT INTO public.requirement VALUES (2, 1, 3, '2025-01-06', NULL, '2025-01-06', '30d', true, 12);
INSERT INTO public.requirement VALUES (3, 1, 4, '2025-01-06', NULL, '2025-01-06', '2w', false, 13);
INSERT INTO public.requirement VALUES (4, 3, 1, '2025-01-06', NULL, '2025-01-08', '30d', true, 14);
INSERT INTO public.requirement VALUES (5, 3, 5, '2025-01-06', NULL, '2025-01-08', '30d', true, 14);
INSERT INTO public.revocation VALUES (1, '2025-02-09', 'mistake', 66);
INSERT INTO public.role VALUES (1, 1, 'psw', '2025-01-06', 3);
INSERT INTO public.role VALUES (2, 1, 'rn', '2025-01-06', 4);
INSERT INTO public.role VALUES (3, 2, 'psw', '2025-01-06', 5);
INSERT INTO public.role_version VALUES (1, 1, '2025-01-06', NULL, 'PSW', 'direct-care');
INSERT INTO public.role_version VALUES (2, 2, '2025-01-06', NULL, 'Nurse', 'registered');
INSERT INTO public.role_version VALUES (3, 3, '2025-01-06', NULL, 'PSW', NULL);
INSERT INTO public.submission VALUES (1, 1, '2025-01-09');
INSERT INTO public.submission VALUES (2, 2, '2025-01-09');
INSERT INTO public.submission VALUES (3, 3, '2025-01-10');
INSERT INTO public.submission_line VALUES (1, 1, 1, 1, false);
INSERT INTO public.submission_line VALUES (2, 1, 3, 1, false);
INSERT INTO public.submission_line VALUES (3, 2, 4, 1, true);
INSERT INTO public.submission_line VALUES (4, 3, 1, 3, false);
INSERT INTO public.trusted_issuer VALUES (1, 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'Other College', '2025-02-09', NULL, 67);
INSERT INTO public.undo_step VALUES (1, 1, 'home', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (2, 1, 'home_version', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (3, 2, 'home', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (4, 2, 'home_version', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (5, 3, 'role', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (6, 3, 'role_version', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (7, 4, 'role', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (8, 4, 'role_version', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (9, 5, 'role', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (10, 5, 'role_version', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (11, 6, 'course', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (12, 6, 'course_version', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (13, 6, 'course_equivalence', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (14, 7, 'course', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (15, 7, 'course_version', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (16, 7, 'course_equivalence', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (17, 8, 'course', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (18, 8, 'course_version', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (19, 8, 'course_equivalence', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (20, 9, 'course', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (21, 9, 'course_version', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (22, 9, 'course_equivalence', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (23, 10, 'course', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (24, 10, 'course_version', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (25, 10, 'course_equivalence', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (26, 11, 'course_equivalence', 6, 7, NULL);
INSERT INTO public.undo_step VALUES (27, 12, 'requirement', 1, 2, NULL);
INSERT INTO public.undo_step VALUES (28, 13, 'requirement', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (29, 14, 'requirement', 4, 5, NULL);
INSERT INTO public.undo_step VALUES (30, 15, 'account', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (31, 15, 'account_version', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (32, 15, 'account_identity', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (33, 15, 'confirmation_token', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (34, 15, 'message', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (35, 16, 'account', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (36, 16, 'account_version', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (37, 16, 'account_identity', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (38, 16, 'confirmation_token', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (39, 16, 'message', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (40, 17, 'account', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (41, 17, 'account_version', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (42, 17, 'account_identity', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (43, 17, 'confirmation_token', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (44, 17, 'message', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (45, 18, 'account', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (46, 18, 'account_version', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (47, 18, 'account_identity', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (48, 18, 'confirmation_token', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (49, 18, 'message', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (50, 19, 'account', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (51, 19, 'account_version', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (52, 19, 'account_identity', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (53, 19, 'confirmation_token', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (54, 19, 'message', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (55, 20, 'assignment', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (56, 20, 'confirmation_token', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (57, 20, 'message', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (58, 21, 'assignment', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (59, 21, 'confirmation_token', 7, 7, NULL);
INSERT INTO public.undo_step VALUES (60, 21, 'message', 7, 7, NULL);
INSERT INTO public.undo_step VALUES (61, 22, 'assignment', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (62, 22, 'confirmation_token', 8, 8, NULL);
INSERT INTO public.undo_step VALUES (63, 22, 'message', 8, 8, NULL);
INSERT INTO public.undo_step VALUES (64, 23, 'assignment', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (65, 23, 'confirmation_token', 9, 9, NULL);
INSERT INTO public.undo_step VALUES (66, 23, 'message', 9, 9, NULL);
INSERT INTO public.undo_step VALUES (67, 24, 'assignment', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (68, 24, 'confirmation_token', 10, 10, NULL);
INSERT INTO public.undo_step VALUES (69, 24, 'message', 10, 10, NULL);
INSERT INTO public.undo_step VALUES (70, 25, 'assignment', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (71, 25, 'confirmation_token', 11, 11, NULL);
INSERT INTO public.undo_step VALUES (72, 25, 'message', 11, 11, NULL);
INSERT INTO public.undo_step VALUES (73, 26, 'assignment', 1, 1, '{"confirmed_on": null}');
INSERT INTO public.undo_step VALUES (74, 26, 'confirmation_token', 6, 6, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (75, 26, 'message', 6, 6, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (76, 26, 'account_version', 1, 1, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (77, 26, 'account_version', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (78, 26, 'confirmation_token', 1, 1, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (79, 26, 'message', 1, 1, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (80, 27, 'assignment', 2, 2, '{"confirmed_on": null}');
INSERT INTO public.undo_step VALUES (81, 27, 'confirmation_token', 7, 7, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (82, 27, 'message', 7, 7, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (83, 27, 'account_version', 2, 2, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (84, 27, 'account_version', 7, 7, NULL);
INSERT INTO public.undo_step VALUES (85, 27, 'confirmation_token', 2, 2, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (86, 27, 'message', 2, 2, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (87, 28, 'assignment', 5, 5, '{"confirmed_on": null}');
INSERT INTO public.undo_step VALUES (88, 28, 'confirmation_token', 10, 10, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (89, 28, 'message', 10, 10, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (90, 28, 'account_version', 3, 3, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (91, 28, 'account_version', 8, 8, NULL);
INSERT INTO public.undo_step VALUES (92, 28, 'confirmation_token', 3, 3, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (93, 28, 'message', 3, 3, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (94, 29, 'assignment', 3, 3, '{"confirmed_on": null}');
INSERT INTO public.undo_step VALUES (95, 29, 'confirmation_token', 8, 8, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (96, 29, 'message', 8, 8, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (97, 30, 'assignment', 4, 4, '{"declined_on": null, "end_reason": null}');
INSERT INTO public.undo_step VALUES (98, 30, 'confirmation_token', 9, 9, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (99, 30, 'message', 9, 9, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (100, 31, 'account_version', 4, 4, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (101, 31, 'account_version', 9, 9, NULL);
INSERT INTO public.undo_step VALUES (102, 31, 'confirmation_token', 4, 4, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (103, 31, 'message', 4, 4, '{"cancelled_on": null}');
INSERT INTO public.undo_step VALUES (104, 32, 'cart_line', 1, 2, NULL);
INSERT INTO public.undo_step VALUES (105, 33, 'cart_line', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (106, 34, 'submission', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (107, 34, 'cart_line', 1, 1, '{"closed_on": null}');
INSERT INTO public.undo_step VALUES (108, 34, 'submission_line', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (109, 34, 'decision', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (110, 34, 'registration', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (111, 34, 'cart_line', 2, 2, '{"closed_on": null}');
INSERT INTO public.undo_step VALUES (112, 34, 'submission_line', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (113, 34, 'decision', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (114, 34, 'registration', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (115, 34, 'message', 12, 12, NULL);
INSERT INTO public.undo_step VALUES (116, 35, 'submission', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (117, 35, 'cart_line', 3, 3, '{"closed_on": null}');
INSERT INTO public.undo_step VALUES (118, 35, 'submission_line', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (119, 35, 'decision', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (120, 35, 'registration', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (121, 35, 'message', 13, 13, NULL);
INSERT INTO public.undo_step VALUES (122, 36, 'cart_line', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (123, 37, 'submission', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (124, 37, 'cart_line', 4, 4, '{"closed_on": null}');
INSERT INTO public.undo_step VALUES (125, 37, 'submission_line', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (126, 37, 'decision', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (127, 37, 'message', 14, 14, NULL);
INSERT INTO public.undo_step VALUES (128, 38, 'registration', 1, 1, '{"access_on": null}');
INSERT INTO public.undo_step VALUES (129, 38, 'message', 15, 15, NULL);
INSERT INTO public.undo_step VALUES (130, 39, 'registration', 3, 3, '{"access_on": null}');
INSERT INTO public.undo_step VALUES (131, 39, 'message', 16, 16, NULL);
INSERT INTO public.undo_step VALUES (132, 40, 'decision', 4, 4, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (133, 40, 'decision', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (134, 40, 'registration', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (135, 40, 'message', 17, 17, NULL);
INSERT INTO public.undo_step VALUES (136, 41, 'registration', 3, 3, '{"failed_on": null}');
INSERT INTO public.undo_step VALUES (137, 42, 'extension', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (138, 43, 'registration', 1, 1, '{"completed_on": null}');
INSERT INTO public.undo_step VALUES (139, 43, 'completion', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (140, 44, 'completion', 2, 2, NULL);
INSERT INTO public.undo_step VALUES (141, 45, 'completion', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (142, 46, 'completion', 4, 4, NULL);
INSERT INTO public.undo_step VALUES (143, 47, 'completion', 4, 4, '{"voided_on": null, "void_reason": null}');
INSERT INTO public.undo_step VALUES (144, 48, 'waiver', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (145, 58, 'cart_line', 5, 5, NULL);
INSERT INTO public.undo_step VALUES (146, 59, 'home_version', 1, 1, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (147, 59, 'home_version', 3, 3, NULL);
INSERT INTO public.undo_step VALUES (148, 60, 'course_version', 3, 3, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (149, 60, 'course_version', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (150, 61, 'course_version', 5, 5, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (151, 61, 'course_version', 7, 7, NULL);
INSERT INTO public.undo_step VALUES (152, 62, 'account_version', 7, 7, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (153, 62, 'account_version', 10, 10, NULL);
INSERT INTO public.undo_step VALUES (154, 63, 'assignment', 3, 3, '{"ended_on": null, "end_reason": null}');
INSERT INTO public.undo_step VALUES (155, 64, 'assignment', 6, 6, '{"cancelled_on": null, "end_reason": null}');
INSERT INTO public.undo_step VALUES (156, 64, 'confirmation_token', 11, 11, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (157, 64, 'confirmation_token', 5, 5, '{"replaced_on": null}');
INSERT INTO public.undo_step VALUES (158, 64, 'account_version', 5, 5, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (159, 64, 'account_version', 11, 11, NULL);
INSERT INTO public.undo_step VALUES (160, 65, 'home_key', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (161, 66, 'revocation', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (162, 67, 'trusted_issuer', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (163, 68, 'course', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (164, 68, 'course_version', 8, 8, NULL);
INSERT INTO public.undo_step VALUES (165, 68, 'course_equivalence', 8, 8, NULL);
INSERT INTO public.undo_step VALUES (166, 69, 'catalog_entry', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (167, 69, 'catalog_entry_version', 1, 1, NULL);
INSERT INTO public.undo_step VALUES (168, 70, 'registration', 4, 4, '{"withdrawn_on": null}');
INSERT INTO public.undo_step VALUES (169, 71, 'account_version', 6, 6, '{"until_on": null}');
INSERT INTO public.undo_step VALUES (170, 71, 'account_version', 12, 12, NULL);
INSERT INTO public.undo_step VALUES (171, 73, 'account', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (172, 73, 'account_version', 13, 13, NULL);
INSERT INTO public.undo_step VALUES (173, 73, 'account_identity', 6, 6, NULL);
INSERT INTO public.undo_step VALUES (174, 73, 'confirmation_token', 12, 12, NULL);
INSERT INTO public.undo_step VALUES (175, 73, 'message', 19, 19, NULL);
INSERT INTO public.undo_step VALUES (176, 74, 'completion', 5, 5, NULL);
INSERT INTO public.waiver VALUES (1, 2, 3, '2025-01-24', '2025-12-31', 'held elsewhere');
SELECT pg_catalog.setval('public.account_id_seq', 6, true);
SELECT pg_catalog.setval('public.account_version_id_seq', 13, true);
SELECT pg_catalog.setval('public.assignment_id_seq', 6, true);
SELECT pg_catalog.setval('public.audit_entry_id_seq', 82, true);
SELECT pg_catalog.setval('public.cart_line_id_seq', 5, true);
SELECT pg_catalog.setval('public.catalog_entry_id_seq', 1, true);
SELECT pg_catalog.setval('public.catalog_entry_version_id_seq', 1, true);
SELECT pg_catalog.setval('public.change_id_seq', 74, true);
SELECT pg_catalog.setval('public.completion_id_seq', 5, true);
SELECT pg_catalog.setval('public.confirmation_token_id_seq', 12, true);
SELECT pg_catalog.setval('public.course_equivalence_id_seq', 8, true);
SELECT pg_catalog.setval('public.course_id_seq', 6, true);
SELECT pg_catalog.setval('public.course_version_id_seq', 8, true);
SELECT pg_catalog.setval('public.decision_id_seq', 5, true);
SELECT pg_catalog.setval('public.extension_id_seq', 1, true);
SELECT pg_catalog.setval('public.home_id_seq', 2, true);
SELECT pg_catalog.setval('public.home_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.home_version_id_seq', 3, true);
SELECT pg_catalog.setval('public.message_id_seq', 19, true);
SELECT pg_catalog.setval('public.requirement_id_seq', 5, true);
SELECT pg_catalog.setval('public.role_id_seq', 3, true);
SELECT pg_catalog.setval('public.role_version_id_seq', 3, true);
SELECT pg_catalog.setval('public.submission_id_seq', 3, true);
SELECT pg_catalog.setval('public.submission_line_id_seq', 4, true);
SELECT pg_catalog.setval('public.trusted_issuer_id_seq', 1, true);
SELECT pg_catalog.setval('public.undo_step_id_seq', 176, true);
SELECT pg_catalog.setval('public.waiver_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT pk_account PRIMARY KEY (id);
ALTER TABLE ONLY public.account_identity
    ADD CONSTRAINT pk_account_identity PRIMARY KEY (account_id);
ALTER TABLE ONLY public.account_version
    ADD CONSTRAINT pk_account_version PRIMARY KEY (id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT pk_assignment PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT pk_audit_entry PRIMARY KEY (id);
ALTER TABLE ONLY public.cart_line
    ADD CONSTRAINT pk_cart_line PRIMARY KEY (id);
ALTER TABLE ONLY public.catalog_entry
    ADD CONSTRAINT pk_catalog_entry PRIMARY KEY (id);
ALTER TABLE ONLY public.catalog_entry_version
    ADD CONSTRAINT pk_catalog_entry_version PRIMARY KEY (id);
ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (id);
ALTER TABLE ONLY public.completion
    ADD CONSTRAINT pk_completion PRIMARY KEY (id);
ALTER TABLE ONLY public.confirmation_token
    ADD CONSTRAINT pk_confirmation_token PRIMARY KEY (id);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT pk_counter PRIMARY KEY (name);
ALTER TABLE ONLY public.course
    ADD CONSTRAINT pk_course PRIMARY KEY (id);
ALTER TABLE ONLY public.course_equivalence
    ADD CONSTRAINT pk_course_equivalence PRIMARY KEY (id);
ALTER TABLE ONLY public.course_version
    ADD CONSTRAINT pk_course_version PRIMARY KEY (id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT pk_decision PRIMARY KEY (id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT pk_extension PRIMARY KEY (id);
ALTER TABLE ONLY public.home
    ADD CONSTRAINT pk_home PRIMARY KEY (id);
ALTER TABLE ONLY public.home_key
    ADD CONSTRAINT pk_home_key PRIMARY KEY (id);
ALTER TABLE ONLY public.home_version
    ADD CONSTRAINT pk_home_version PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT pk_message PRIMARY KEY (id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT pk_registration PRIMARY KEY (line_id);
ALTER TABLE ONLY public.requirement
    ADD CONSTRAINT pk_requirement PRIMARY KEY (id);
ALTER TABLE ONLY public.revocation
    ADD CONSTRAINT pk_revocation PRIMARY KEY (completion_id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT pk_role PRIMARY KEY (id);
ALTER TABLE ONLY public.role_version
    ADD CONSTRAINT pk_role_version PRIMARY KEY (id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT pk_submission PRIMARY KEY (id);
ALTER TABLE ONLY public.submission_line
    ADD CONSTRAINT pk_submission_line PRIMARY KEY (id);
ALTER TABLE ONLY public.trusted_issuer
    ADD CONSTRAINT pk_trusted_issuer PRIMARY KEY (id);
ALTER TABLE ONLY public.undo_step
    ADD CONSTRAINT pk_undo_step PRIMARY KEY (id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT pk_waiver PRIMARY KEY (id);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT uq_account_portal_id UNIQUE (portal_id);
ALTER TABLE ONLY public.catalog_entry
    ADD CONSTRAINT uq_catalog_entry_natural_key UNIQUE (natural_key);
ALTER TABLE ONLY public.confirmation_token
    ADD CONSTRAINT uq_confirmation_token_token UNIQUE (token);
ALTER TABLE ONLY public.course
    ADD CONSTRAINT uq_course_code UNIQUE (code);
ALTER TABLE ONLY public.course_equivalence
    ADD CONSTRAINT uq_course_equivalence_course_id_other_id UNIQUE (course_id, other_id);
ALTER TABLE ONLY public.home
    ADD CONSTRAINT uq_home_code UNIQUE (code);
ALTER TABLE ONLY public.home_key
    ADD CONSTRAINT uq_home_key_did UNIQUE (did);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT uq_message_once_key UNIQUE (once_key);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT uq_role_home_id_code UNIQUE (home_id, code);
ALTER TABLE ONLY public.submission_line
    ADD CONSTRAINT uq_submission_line_submission_id_course_id UNIQUE (submission_id, course_id);
CREATE INDEX ix_account_version_account_id ON public.account_version USING btree (account_id, from_on);
CREATE INDEX ix_account_version_email_key ON public.account_version USING btree (email_key);
CREATE INDEX ix_account_version_folded ON public.account_version USING btree (folded);
CREATE INDEX ix_assignment_account_id ON public.assignment USING btree (account_id, role_id);
CREATE INDEX ix_assignment_role_id ON public.assignment USING btree (role_id, account_id, from_on, until_on, confirmed_on, ended_on, start_on);
CREATE INDEX ix_audit_entry_account_id ON public.audit_entry USING btree (account_id);
CREATE INDEX ix_audit_entry_change_id ON public.audit_entry USING btree (change_id);
CREATE INDEX ix_cart_line_account_id ON public.cart_line USING btree (account_id, course_id);
CREATE INDEX ix_catalog_entry_version_entry_id ON public.catalog_entry_version USING btree (entry_id, from_on);
CREATE INDEX ix_completion_account_id ON public.completion USING btree (account_id, course_id, expires_on, completed_on, voided_on);
CREATE INDEX ix_completion_voided_on ON public.completion USING btree (voided_on) WHERE (voided_on IS NOT NULL);
CREATE INDEX ix_confirmation_token_account_id ON public.confirmation_token USING btree (account_id, role_id);
CREATE INDEX ix_course_equivalence_course_id ON public.course_equivalence USING btree (course_id, from_on, other_id);
CREATE INDEX ix_course_version_course_id ON public.course_version USING btree (course_id, from_on);
CREATE INDEX ix_decision_line_id ON public.decision USING btree (line_id, from_on);
CREATE INDEX ix_decision_waiting ON public.decision USING btree (decision, until_on);
CREATE INDEX ix_extension_line_id ON public.extension USING btree (line_id, extended_on);
CREATE INDEX ix_home_version_home_id ON public.home_version USING btree (home_id, from_on);
CREATE INDEX ix_message_account_id ON public.message USING btree (account_id);
CREATE INDEX ix_message_under_way ON public.message USING btree (id) WHERE (under_way_at IS NOT NULL);
CREATE INDEX ix_message_waiting ON public.message USING btree (id) WHERE ((sent_on IS NULL) AND (cancelled_on IS NULL));
CREATE INDEX ix_registration_access_by ON public.registration USING btree (access_by);
CREATE INDEX ix_registration_access_on ON public.registration USING btree (access_on);
CREATE INDEX ix_registration_account_id ON public.registration USING btree (account_id, course_id);
CREATE INDEX ix_requirement_course_id ON public.requirement USING btree (course_id);
CREATE INDEX ix_requirement_role_id ON public.requirement USING btree (role_id, course_id, from_on, until_on, required_from);
CREATE INDEX ix_role_version_role_id ON public.role_version USING btree (role_id, from_on);
CREATE INDEX ix_submission_account_id ON public.submission USING btree (account_id);
CREATE INDEX ix_submission_line_course_id ON public.submission_line USING btree (course_id);
CREATE INDEX ix_submission_line_role_id ON public.submission_line USING btree (role_id);
CREATE INDEX ix_undo_step_change_id ON public.undo_step USING btree (change_id);
CREATE INDEX ix_undo_step_table_name ON public.undo_step USING btree (table_name, first_key);
CREATE INDEX ix_waiver_account_id ON public.waiver USING btree (account_id, course_id);
CREATE UNIQUE INDEX ux_account_version_email ON public.account_version USING btree (email_key) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_account_version_open ON public.account_version USING btree (account_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_assignment_live ON public.assignment USING btree (account_id, role_id) WHERE ((until_on IS NULL) AND (declined_on IS NULL) AND (cancelled_on IS NULL) AND (ended_on IS NULL));
CREATE UNIQUE INDEX ux_cart_line_open ON public.cart_line USING btree (account_id, course_id) WHERE (closed_on IS NULL);
CREATE UNIQUE INDEX ux_catalog_entry_version_open ON public.catalog_entry_version USING btree (entry_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_course_version_open ON public.course_version USING btree (course_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_decision_open ON public.decision USING btree (line_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_home_key_active ON public.home_key USING btree (home_id) WHERE (retired_on IS NULL);
CREATE UNIQUE INDEX ux_home_version_open ON public.home_version USING btree (home_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_requirement_open ON public.requirement USING btree (role_id, course_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_role_version_open ON public.role_version USING btree (role_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX ux_trusted_issuer_open ON public.trusted_issuer USING btree (did) WHERE (until_on IS NULL);
ALTER TABLE ONLY public.account_identity
    ADD CONSTRAINT fk_account_identity_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.account_version
    ADD CONSTRAINT fk_account_version_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT fk_assignment_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT fk_assignment_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT fk_audit_entry_change_id FOREIGN KEY (change_id) REFERENCES public.change(id);
ALTER TABLE ONLY public.cart_line
    ADD CONSTRAINT fk_cart_line_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.cart_line
    ADD CONSTRAINT fk_cart_line_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.cart_line
    ADD CONSTRAINT fk_cart_line_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.catalog_entry_version
    ADD CONSTRAINT fk_catalog_entry_version_entry_id FOREIGN KEY (entry_id) REFERENCES public.catalog_entry(id);
ALTER TABLE ONLY public.change
    ADD CONSTRAINT fk_change_undoes FOREIGN KEY (undoes) REFERENCES public.change(id);
ALTER TABLE ONLY public.completion
    ADD CONSTRAINT fk_completion_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.completion
    ADD CONSTRAINT fk_completion_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.completion
    ADD CONSTRAINT fk_completion_line_id FOREIGN KEY (line_id) REFERENCES public.registration(line_id);
ALTER TABLE ONLY public.confirmation_token
    ADD CONSTRAINT fk_confirmation_token_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.confirmation_token
    ADD CONSTRAINT fk_confirmation_token_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.course_equivalence
    ADD CONSTRAINT fk_course_equivalence_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.course_equivalence
    ADD CONSTRAINT fk_course_equivalence_other_id FOREIGN KEY (other_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.course_version
    ADD CONSTRAINT fk_course_version_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT fk_decision_line_id FOREIGN KEY (line_id) REFERENCES public.submission_line(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT fk_extension_line_id FOREIGN KEY (line_id) REFERENCES public.registration(line_id);
ALTER TABLE ONLY public.home_key
    ADD CONSTRAINT fk_home_key_home_id FOREIGN KEY (home_id) REFERENCES public.home(id);
ALTER TABLE ONLY public.home_version
    ADD CONSTRAINT fk_home_version_home_id FOREIGN KEY (home_id) REFERENCES public.home(id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT fk_message_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT fk_message_home_id FOREIGN KEY (home_id) REFERENCES public.home(id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT fk_registration_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT fk_registration_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT fk_registration_line_id FOREIGN KEY (line_id) REFERENCES public.submission_line(id);
ALTER TABLE ONLY public.requirement
    ADD CONSTRAINT fk_requirement_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.requirement
    ADD CONSTRAINT fk_requirement_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.revocation
    ADD CONSTRAINT fk_revocation_completion_id FOREIGN KEY (completion_id) REFERENCES public.completion(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT fk_role_home_id FOREIGN KEY (home_id) REFERENCES public.home(id);
ALTER TABLE ONLY public.role_version
    ADD CONSTRAINT fk_role_version_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT fk_submission_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.submission_line
    ADD CONSTRAINT fk_submission_line_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
ALTER TABLE ONLY public.submission_line
    ADD CONSTRAINT fk_submission_line_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.submission_line
    ADD CONSTRAINT fk_submission_line_submission_id FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.undo_step
    ADD CONSTRAINT fk_undo_step_change_id FOREIGN KEY (change_id) REFERENCES public.change(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT fk_waiver_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT fk_waiver_course_id FOREIGN KEY (course_id) REFERENCES public.course(id);
