-- A store as version 0.1 made it (schema 0001), as SQL. Everything in it is made up.
PRAGMA application_id=1129333075;
BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	portal_id VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT ck_account_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_account_portal_id UNIQUE (portal_id)
);
INSERT INTO "account" VALUES(1,'1000','2026-11-21',5);
CREATE TABLE account_identity (
	account_id INTEGER NOT NULL, 
	birthdate DATE NOT NULL, 
	CONSTRAINT pk_account_identity PRIMARY KEY (account_id), 
	CONSTRAINT ck_account_identity_iso_dates CHECK ((birthdate IS NULL OR CAST(birthdate AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_account_identity_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "account_identity" VALUES(1,'1980-01-01');
CREATE TABLE account_version (
	id INTEGER NOT NULL, 
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
	CONSTRAINT pk_account_version PRIMARY KEY (id), 
	CONSTRAINT ck_account_version_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_account_version_language_known CHECK (language IN ('en', 'fr')), 
	CONSTRAINT ck_account_version_status_known CHECK (status IN ('created', 'active', 'deactivated')), 
	CONSTRAINT fk_account_version_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "account_version" VALUES(1,1,'2026-11-21','2026-11-21','Ann','Example','example  ann','ann@example.org','ann@example.org','en',NULL,'created',NULL);
INSERT INTO "account_version" VALUES(2,1,'2026-11-21','2026-11-21','Ann','Example','example  ann','ann@example.org','ann@example.org','en',NULL,'active',NULL);
INSERT INTO "account_version" VALUES(3,1,'2026-11-21',NULL,'Ann','Example','example  ann','ann@example.org','ann@example.org','fr',NULL,'active',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
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
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT ck_assignment_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__') AND (start_on IS NULL OR CAST(start_on AS TEXT) LIKE '____-__-__') AND (assigned_on IS NULL OR CAST(assigned_on AS TEXT) LIKE '____-__-__') AND (confirmed_on IS NULL OR CAST(confirmed_on AS TEXT) LIKE '____-__-__') AND (ended_on IS NULL OR CAST(ended_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_assignment_one_outcome CHECK ((CASE WHEN declined_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cancelled_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN confirmed_on IS NULL THEN 0 ELSE 1 END) <= 1), 
	CONSTRAINT ck_assignment_ended_was_confirmed CHECK (ended_on IS NULL OR confirmed_on IS NOT NULL), 
	CONSTRAINT fk_assignment_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_assignment_role_id FOREIGN KEY(role_id) REFERENCES role (id)
);
INSERT INTO "assignment" VALUES(1,1,1,'2026-11-21',NULL,'2026-11-21','2026-11-21',0,'2026-11-21',NULL,NULL,NULL,NULL,6);
CREATE TABLE audit_entry (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	account_id INTEGER, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	payload_hash BLOB NOT NULL, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_audit_entry PRIMARY KEY (id), 
	CONSTRAINT fk_audit_entry_change_id FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "audit_entry" VALUES(1,1,'create','home','maple-grove',NULL,NULL,'{"approval":"auto","city":null,"closed_on":[],"code":"maple-grove","confirm_within":"14d","expiring_within":"30d","manager_email":"manager@example.org","name":"Maple Grove","renewal_window":"60d","study_minutes_per_day":60}',X'406AA308F17F933BDACC7BAAC7AF888EACCBB13DC8E6363471E0AF861A9B57AC',X'9EE29E6A02EAA241E84DB3ADADF7522BEF44B58ACDEF692ECD579CB614260371');
INSERT INTO "audit_entry" VALUES(2,2,'create','role','maple-grove/psw',NULL,NULL,'{"group":null,"home":"maple-grove","name":"Personal support worker","role":"psw"}',X'02124C9C15380D4BB9E9D40F96290F8E1FA573934E6EAC91AEAB60CA8A96BD1A',X'1E86CCFF51B06E910CE100A42BE72FC997202216ED293ED6258EDF2ED19EBA3D');
INSERT INTO "audit_entry" VALUES(3,3,'create','course','IPAC-101',NULL,NULL,'{"category":"badge","code":"IPAC-101","expiry":"1 years","language":null,"method":null,"minutes":30,"price":"45.00","provider":"Sample College","status":"active","title":"IPAC","validity_years":1}',X'D9EDDC21704E44CD153898149DA99108F9A1CCD043332F358F319359A6ACCE28',X'67F77F3FE7986D85C8D07B2B9CAB99053CCA83881101FA15E4D92018382DCF12');
INSERT INTO "audit_entry" VALUES(4,4,'create','requirement','maple-grove/psw IPAC-101',NULL,NULL,'{"due_within":"30d","employer_pays":true,"required_from":"2026-11-21"}',X'50BCD56BD7EB2572800E0CE946B86CFF464BE62CD8C411574C934BE9A85B91F5',X'CED7606F63B19399918F959C0FE286F703D2E4C370E734BC6797CA56513C7B9B');
INSERT INTO "audit_entry" VALUES(5,5,'create','account','1000',1,NULL,'{"created_on":"2026-11-21","email":"ann@example.org","first_name":"Ann","language":"en","last_name":"Example","portal_id":"1000","status":"created"}',X'B000F5D41AEC89440E97E1EDE898BFD6619C17459CE0889C8CCC94831A45892A',X'296495E73BEB1C7406DFE5DA3E2DC81ECD3B92D7F75131A167C528C2B13F67D6');
INSERT INTO "audit_entry" VALUES(6,6,'assign','assignment','1000 maple-grove/psw',1,NULL,'{"assigned_on":"2026-11-21","confirmed_on":null,"ended_on":null,"first_name":"Ann","home":"maple-grove","last_name":"Example","portal_id":"1000","role":"psw","start_on":"2026-11-21","status":"pending","verified":false}',X'43021E5D3FFFBCBE59B7F312D8AF296AAD6ECEABF4BD394ABE16CC3F03945DC9',X'77DC5386EC2969729EDDBC2D7C7C0BDF6DA474F58FA1B1FBC3DE0BB0161EA686');
INSERT INTO "audit_entry" VALUES(7,7,'confirm','assignment','1000 maple-grove/psw',1,'{"status":"pending"}','{"by":"behalf","status":"confirmed"}',X'5B2C1B4792FED8A31094B334A336252DB45A29C6B75EF69707465B842BE1AC46',X'D15AD6CF51D570C86FF96955CF6C222089B63D77EB3EE20B1448FAD644E73B28');
INSERT INTO "audit_entry" VALUES(8,7,'confirm','account','1000',1,'{"status":"created"}','{"by":"role","status":"active"}',X'98AC96D7074CBC435FFD3389380517ED104EF62DA89746B742307A5E96BEAFCD',X'2C2A4DC6825D1D4976DC165EA75F58D50A7B843A608BD8CC19DB139E33722A9F');
INSERT INTO "audit_entry" VALUES(9,8,'put in cart','cart','1000 IPAC-101',1,NULL,'{"code":"IPAC-101","home":"maple-grove","minutes":30,"portal_id":"1000","role":"psw","self_pay":false,"title":"IPAC"}',X'765AFBCF7DCA81A787CFC192B42ACF6C1A2750175ECECB8F62C856D4A4D28C71',X'98F820925552FF34ED7F3EC32B0646716B57D794542031D5B1A6852F5B20AA84');
INSERT INTO "audit_entry" VALUES(10,9,'submit','line','1/IPAC-101',1,NULL,'{"access_by":"2026-11-24","code":"IPAC-101","decision":"approved","line":"1/IPAC-101","payer":"employer","reason":"employer-pays","title":"IPAC"}',X'1D06C94BA6A91CD9F85F2028455F4177A78F3889D3F8A33DD3A1783873A74AD9',X'78AFF6EE5F521931DF9A16D2FFB7BF665985E41EC566B973D0885497863C4551');
INSERT INTO "audit_entry" VALUES(11,10,'grant','registration','1/IPAC-101',1,'{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}','{"access_on":"2026-11-21","complete_by":"2026-12-05","completed_on":null,"status":"in-progress"}',X'A9F4AE112C963F961BC4CF6E34B354F9FEBB933032B7C90780088D6B07333F44',X'0BC63B30B9C69C5F2B8FE1D274D57BA25F28ECD9C26BB0A554AF19CD444B3F20');
INSERT INTO "audit_entry" VALUES(12,11,'create','record','1',1,NULL,'{"code":"IPAC-101","completed_on":"2026-11-21","evidence":null,"expires_on":"2027-11-21","portal_id":"1000","provider":"Sample College","record":1,"source":"registration","title":"IPAC","verified_by":null,"voided_on":null}',X'CC22690335C6A494B25FE8BCF8CF67177240510AA3DA89C66F9D0233D54AEB1F',X'A305FF5C42BE119EBFB696BE00CFAC93255FC6EECFF73451414D08AECED66D8F');
INSERT INTO "audit_entry" VALUES(13,11,'complete','registration','1/IPAC-101',1,'{"access_on":"2026-11-21","complete_by":"2026-12-05","completed_on":null,"status":"in-progress"}','{"access_on":"2026-11-21","complete_by":"2026-12-05","completed_on":"2026-11-21","status":"completed"}',X'DDCF257937FC86FB814B991373291034C7A192E7F390B1014A471D21E7E59E22',X'9ED8AC5EE566FC226E10C72894E4EB5D726675698DF4871907E44591EF4FCE81');
INSERT INTO "audit_entry" VALUES(14,12,'create','record','2',1,NULL,'{"code":"IPAC-101","completed_on":"2025-12-01","evidence":null,"expires_on":"2026-12-01","portal_id":"1000","provider":"Sample College","record":2,"source":"record","title":"IPAC","verified_by":"Bo Sample","voided_on":null}',X'08137E5E6FB51B839C11FFB9A0ED6D1EC5E83FDCB99D70126EA27B240424F880',X'D637D7130EE6651FCAB113901C8277774B196E973F1F9A12E347E7402672ACD5');
INSERT INTO "audit_entry" VALUES(15,13,'void','record','2',1,'{"voided_on":null}','{"reason":"mistaken","voided_on":"2026-11-21"}',X'186FD12B295944DCD887BA2390A8B1796581C9E8DFC9222A354515067D69E5B9',X'2FC676FE95FAF5FA95732ED5F4F874E49F8A1D5E6613A62E15976C1A9D746568');
INSERT INTO "audit_entry" VALUES(16,14,'waive','requirement','1000 IPAC-101',1,NULL,'{"code":"IPAC-101","portal_id":"1000","reason":"agreed","title":"IPAC","waived_on":"2026-11-21","waived_until":null}',X'9403C43823E28350C91F9F5EB54DDB723F91840CFA8DEE9B6A7EA8A158D866BC',X'E9D3DA90A74CC093B9A4FD6AC9EC71C7AFC1B7D7641905D88CC75E92A3558CB8');
INSERT INTO "audit_entry" VALUES(17,15,'edit','account','1000',1,'{"language":"en"}','{"language":"fr"}',X'83143C4E6482A1C4BCAD53DC8247483687802FD52175047DD15D785D53219187',X'C25B00BF2D5EF6C72FFC6D5D76980A60956A0CA59EF73FD2F424703B64D72FBC');
INSERT INTO "audit_entry" VALUES(18,16,'create','home','cedar',NULL,NULL,'{"approval":"auto","city":null,"closed_on":[],"code":"cedar","confirm_within":"14d","expiring_within":"30d","manager_email":null,"name":"Cedar","renewal_window":"60d","study_minutes_per_day":60}',X'A068714D47F6F869CC5434B0CA49FC151CC47EF268806C029A10993D20C6E18A',X'9558D6DA2E9417DD4CACF3F9BCDC133AA8070FF1ACB8F2CE309054665F4060C9');
INSERT INTO "audit_entry" VALUES(19,17,'undo','change','16',NULL,NULL,'{"command":"home create","rows":2}',X'1AE4DF1D4578AC64EFE52E0C10F3E1D7F877EEBAE1EBABCB305C7CA2221982BF',X'C3B4B4A0E6A01730DA261922755B30693D53D444B732680C35A106D54733069A');
CREATE TABLE cart_line (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	self_pay BOOLEAN NOT NULL, 
	added_on DATE NOT NULL, 
	closed_on DATE, 
	CONSTRAINT pk_cart_line PRIMARY KEY (id), 
	CONSTRAINT ck_cart_line_iso_dates CHECK ((added_on IS NULL OR CAST(added_on AS TEXT) LIKE '____-__-__') AND (closed_on IS NULL OR CAST(closed_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_cart_line_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_cart_line_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_cart_line_role_id FOREIGN KEY(role_id) REFERENCES role (id)
);
INSERT INTO "cart_line" VALUES(1,1,1,1,0,'2026-11-21','2026-11-21');
CREATE TABLE catalog_entry (
	id INTEGER NOT NULL, 
	natural_key VARCHAR NOT NULL, 
	listed_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_entry PRIMARY KEY (id), 
	CONSTRAINT ck_catalog_entry_iso_dates CHECK ((listed_on IS NULL OR CAST(listed_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_catalog_entry_natural_key UNIQUE (natural_key)
);
CREATE TABLE catalog_entry_version (
	id INTEGER NOT NULL, 
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
	CONSTRAINT pk_catalog_entry_version PRIMARY KEY (id), 
	CONSTRAINT ck_catalog_entry_version_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_catalog_entry_version_language_known CHECK (language IN ('en', 'fr')), 
	CONSTRAINT ck_catalog_entry_version_minutes_positive CHECK (minutes > 0), 
	CONSTRAINT ck_catalog_entry_version_price_not_negative CHECK (price_cents >= 0), 
	CONSTRAINT fk_catalog_entry_version_entry_id FOREIGN KEY(entry_id) REFERENCES catalog_entry (id)
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	effective_on DATE NOT NULL, 
	actor VARCHAR NOT NULL, 
	command VARCHAR NOT NULL, 
	undoes INTEGER, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_undoes FOREIGN KEY(undoes) REFERENCES change (id)
);
INSERT INTO "change" VALUES(1,'2026-11-25T15:41:47.019Z','2026-11-21','tester','home create',NULL);
INSERT INTO "change" VALUES(2,'2026-11-25T15:41:52.282Z','2026-11-21','tester','role create',NULL);
INSERT INTO "change" VALUES(3,'2026-11-25T15:41:55.827Z','2026-11-21','tester','course create',NULL);
INSERT INTO "change" VALUES(4,'2026-11-25T15:41:58.935Z','2026-11-21','tester','requirement add',NULL);
INSERT INTO "change" VALUES(5,'2026-11-25T15:42:01.618Z','2026-11-21','tester','account create',NULL);
INSERT INTO "change" VALUES(6,'2026-11-25T15:42:04.907Z','2026-11-21','tester','role assign',NULL);
INSERT INTO "change" VALUES(7,'2026-11-25T15:42:08.271Z','2026-11-21','tester','role confirm',NULL);
INSERT INTO "change" VALUES(8,'2026-11-25T15:42:10.840Z','2026-11-21','tester','cart add',NULL);
INSERT INTO "change" VALUES(9,'2026-11-25T15:42:13.504Z','2026-11-21','tester','cart submit',NULL);
INSERT INTO "change" VALUES(10,'2026-11-25T15:42:17.022Z','2026-11-21','tester','registration grant',NULL);
INSERT INTO "change" VALUES(11,'2026-11-25T15:42:19.768Z','2026-11-21','tester','registration complete',NULL);
INSERT INTO "change" VALUES(12,'2026-11-25T15:42:22.911Z','2026-11-21','tester','record add',NULL);
INSERT INTO "change" VALUES(13,'2026-11-25T15:42:25.707Z','2026-11-21','tester','record void',NULL);
INSERT INTO "change" VALUES(14,'2026-11-25T15:42:28.912Z','2026-11-21','tester','requirement waive',NULL);
INSERT INTO "change" VALUES(15,'2026-11-25T15:42:31.984Z','2026-11-21','tester','account edit',NULL);
INSERT INTO "change" VALUES(16,'2026-11-25T15:42:35.612Z','2026-11-21','tester','home create',NULL);
INSERT INTO "change" VALUES(17,'2026-11-25T15:42:38.506Z','2026-11-21','tester','audit undo',16);
CREATE TABLE completion (
	id INTEGER NOT NULL, 
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
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_completion PRIMARY KEY (id), 
	CONSTRAINT ck_completion_iso_dates CHECK ((completed_on IS NULL OR CAST(completed_on AS TEXT) LIKE '____-__-__') AND (expires_on IS NULL OR CAST(expires_on AS TEXT) LIKE '____-__-__') AND (voided_on IS NULL OR CAST(voided_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_completion_expires_after_completion CHECK (expires_on IS NULL OR expires_on >= completed_on), 
	CONSTRAINT fk_completion_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_completion_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_completion_line_id FOREIGN KEY(line_id) REFERENCES registration (line_id)
);
INSERT INTO "completion" VALUES(1,1,1,'2026-11-21','2027-11-21',NULL,'registration',NULL,NULL,1,NULL,NULL,11);
INSERT INTO "completion" VALUES(2,1,1,'2025-12-01','2026-12-01',NULL,'record',NULL,'Bo Sample',NULL,'2026-11-21','mistaken',12);
CREATE TABLE confirmation_token (
	id INTEGER NOT NULL, 
	token VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	role_id INTEGER, 
	issued_on DATE NOT NULL, 
	expires_on DATE, 
	used_on DATE, 
	replaced_on DATE, 
	CONSTRAINT pk_confirmation_token PRIMARY KEY (id), 
	CONSTRAINT fk_confirmation_token_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_confirmation_token_role_id FOREIGN KEY(role_id) REFERENCES role (id), 
	CONSTRAINT uq_confirmation_token_token UNIQUE (token)
);
INSERT INTO "confirmation_token" VALUES(1,'wd9z6a8uc4xp5y6x',1,NULL,'2026-11-21',NULL,NULL,'2026-11-21');
INSERT INTO "confirmation_token" VALUES(2,'8g8cpeapmunq592z',1,1,'2026-11-21','2026-12-05',NULL,'2026-11-21');
CREATE TABLE counter (
	name VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('portal_id',1001);
CREATE TABLE course (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_course PRIMARY KEY (id), 
	CONSTRAINT ck_course_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_course_code UNIQUE (code)
);
INSERT INTO "course" VALUES(1,'IPAC-101','2026-11-21',3);
CREATE TABLE course_equivalence (
	id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	CONSTRAINT pk_course_equivalence PRIMARY KEY (id), 
	CONSTRAINT ck_course_equivalence_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_course_equivalence_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_course_equivalence_other_id FOREIGN KEY(other_id) REFERENCES course (id), 
	CONSTRAINT uq_course_equivalence_course_id_other_id UNIQUE (course_id, other_id)
);
INSERT INTO "course_equivalence" VALUES(1,1,1,'2026-11-21');
CREATE TABLE course_version (
	id INTEGER NOT NULL, 
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
	CONSTRAINT pk_course_version PRIMARY KEY (id), 
	CONSTRAINT ck_course_version_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_course_version_status_known CHECK (status IN ('active', 'retired')), 
	CONSTRAINT ck_course_version_minutes_positive CHECK (minutes > 0), 
	CONSTRAINT ck_course_version_price_not_negative CHECK (price_cents >= 0), 
	CONSTRAINT ck_course_version_validity_positive CHECK (validity_years > 0), 
	CONSTRAINT fk_course_version_course_id FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO "course_version" VALUES(1,1,'2026-11-21',NULL,'IPAC','Sample College',30,1,NULL,NULL,'badge',4500,'active');
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE, 
	decision VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	payer VARCHAR, 
	decided_by VARCHAR, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT ck_decision_payer_unless_rejected CHECK ((decision = 'rejected') = (payer IS NULL)), 
	CONSTRAINT ck_decision_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_decision_decision_known CHECK (decision IN ('approved', 'rejected', 'submitted')), 
	CONSTRAINT ck_decision_payer_known CHECK (payer IN ('employer', 'learner')), 
	CONSTRAINT fk_decision_line_id FOREIGN KEY(line_id) REFERENCES submission_line (id)
);
INSERT INTO "decision" VALUES(1,1,'2026-11-21',NULL,'approved','employer-pays','employer',NULL);
CREATE TABLE extension (
	id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	extended_on DATE NOT NULL, 
	complete_by DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_extension PRIMARY KEY (id), 
	CONSTRAINT ck_extension_iso_dates CHECK ((extended_on IS NULL OR CAST(extended_on AS TEXT) LIKE '____-__-__') AND (complete_by IS NULL OR CAST(complete_by AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_extension_line_id FOREIGN KEY(line_id) REFERENCES registration (line_id)
);
CREATE TABLE home (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_home PRIMARY KEY (id), 
	CONSTRAINT ck_home_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_home_code UNIQUE (code)
);
INSERT INTO "home" VALUES(1,'maple-grove','2026-11-21',1);
CREATE TABLE home_key (
	id INTEGER NOT NULL, 
	home_id INTEGER NOT NULL, 
	did VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	retired_on DATE, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_home_key PRIMARY KEY (id), 
	CONSTRAINT ck_home_key_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__') AND (retired_on IS NULL OR CAST(retired_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_home_key_home_id FOREIGN KEY(home_id) REFERENCES home (id), 
	CONSTRAINT uq_home_key_did UNIQUE (did)
);
CREATE TABLE home_version (
	id INTEGER NOT NULL, 
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
	CONSTRAINT pk_home_version PRIMARY KEY (id), 
	CONSTRAINT ck_home_version_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_home_version_approval_known CHECK (approval IN ('auto', 'manual')), 
	CONSTRAINT ck_home_version_study_minutes CHECK (study_minutes_per_day > 0), 
	CONSTRAINT fk_home_version_home_id FOREIGN KEY(home_id) REFERENCES home (id)
);
INSERT INTO "home_version" VALUES(1,1,'2026-11-21',NULL,'Maple Grove',NULL,'auto','60d','30d','',60,'14d','manager@example.org');
CREATE TABLE message (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	"to" VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	params VARCHAR NOT NULL, 
	account_id INTEGER, 
	home_id INTEGER, 
	once_key VARCHAR, 
	queued_on DATE NOT NULL, 
	under_way_at VARCHAR, 
	sent_on DATE, 
	cancelled_on DATE, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT ck_message_iso_dates CHECK ((queued_on IS NULL OR CAST(queued_on AS TEXT) LIKE '____-__-__') AND (sent_on IS NULL OR CAST(sent_on AS TEXT) LIKE '____-__-__') AND (cancelled_on IS NULL OR CAST(cancelled_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_message_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_message_home_id FOREIGN KEY(home_id) REFERENCES home (id), 
	CONSTRAINT uq_message_once_key UNIQUE (once_key)
);
INSERT INTO "message" VALUES(1,'confirm-account','ann@example.org','en','{"first_name": "Ann", "portal_id": "1000", "token": "wd9z6a8uc4xp5y6x"}',1,NULL,'token:wd9z6a8uc4xp5y6x','2026-11-21',NULL,NULL,'2026-11-21');
INSERT INTO "message" VALUES(2,'confirm-role','ann@example.org','en','{"first_name": "Ann", "home_name": "Maple Grove", "role_name": "Personal support worker", "expires_on": "2026-12-05", "token": "8g8cpeapmunq592z"}',1,1,'token:8g8cpeapmunq592z','2026-11-21',NULL,NULL,'2026-11-21');
INSERT INTO "message" VALUES(3,'decision','ann@example.org','en','{"first_name": "Ann", "lines": [{"line": "1/IPAC-101", "code": "IPAC-101", "title": "IPAC", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2026-11-24"}]}',1,NULL,'decision:1','2026-11-21',NULL,NULL,NULL);
INSERT INTO "message" VALUES(4,'access','ann@example.org','en','{"first_name": "Ann", "code": "IPAC-101", "title": "IPAC", "access_on": "2026-11-21", "complete_by": "2026-12-05"}',1,1,'access:1/IPAC-101','2026-11-21',NULL,NULL,NULL);
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
	CONSTRAINT ck_registration_iso_dates CHECK ((approved_on IS NULL OR CAST(approved_on AS TEXT) LIKE '____-__-__') AND (access_by IS NULL OR CAST(access_by AS TEXT) LIKE '____-__-__') AND (access_on IS NULL OR CAST(access_on AS TEXT) LIKE '____-__-__') AND (completed_on IS NULL OR CAST(completed_on AS TEXT) LIKE '____-__-__') AND (failed_on IS NULL OR CAST(failed_on AS TEXT) LIKE '____-__-__') AND (withdrawn_on IS NULL OR CAST(withdrawn_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT ck_registration_payer_known CHECK (payer IN ('employer', 'learner')), 
	CONSTRAINT ck_registration_completed_after_access CHECK (completed_on IS NULL OR completed_on >= access_on), 
	CONSTRAINT fk_registration_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_registration_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_registration_line_id FOREIGN KEY(line_id) REFERENCES submission_line (id)
);
INSERT INTO "registration" VALUES(1,1,1,1,'employer','2026-11-21','2026-11-24','2026-11-21','2026-11-21',NULL,NULL);
CREATE TABLE requirement (
	id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE, 
	required_from DATE NOT NULL, 
	due_within VARCHAR NOT NULL, 
	employer_pays BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_requirement PRIMARY KEY (id), 
	CONSTRAINT ck_requirement_iso_dates CHECK ((required_from IS NULL OR CAST(required_from AS TEXT) LIKE '____-__-__') AND (from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_requirement_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_requirement_role_id FOREIGN KEY(role_id) REFERENCES role (id)
);
INSERT INTO "requirement" VALUES(1,1,1,'2026-11-21',NULL,'2026-11-21','30d',1,4);
CREATE TABLE revocation (
	completion_id INTEGER NOT NULL, 
	revoked_on DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_revocation PRIMARY KEY (completion_id), 
	CONSTRAINT ck_revocation_iso_dates CHECK ((revoked_on IS NULL OR CAST(revoked_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_revocation_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id)
);
CREATE TABLE role (
	id INTEGER NOT NULL, 
	home_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_role PRIMARY KEY (id), 
	CONSTRAINT ck_role_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_role_home_id FOREIGN KEY(home_id) REFERENCES home (id), 
	CONSTRAINT uq_role_home_id_code UNIQUE (home_id, code)
);
INSERT INTO "role" VALUES(1,1,'psw','2026-11-21',2);
CREATE TABLE role_version (
	id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE, 
	name VARCHAR NOT NULL, 
	staff_group VARCHAR, 
	CONSTRAINT pk_role_version PRIMARY KEY (id), 
	CONSTRAINT ck_role_version_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_role_version_role_id FOREIGN KEY(role_id) REFERENCES role (id)
);
INSERT INTO "role_version" VALUES(1,1,'2026-11-21',NULL,'Personal support worker',NULL);
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	submitted_on DATE NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT ck_submission_iso_dates CHECK ((submitted_on IS NULL OR CAST(submitted_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_submission_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "submission" VALUES(1,1,'2026-11-21');
CREATE TABLE submission_line (
	id INTEGER NOT NULL, 
	submission_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	self_pay BOOLEAN NOT NULL, 
	CONSTRAINT pk_submission_line PRIMARY KEY (id), 
	CONSTRAINT fk_submission_line_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_submission_line_role_id FOREIGN KEY(role_id) REFERENCES role (id), 
	CONSTRAINT fk_submission_line_submission_id FOREIGN KEY(submission_id) REFERENCES submission (id), 
	CONSTRAINT uq_submission_line_submission_id_course_id UNIQUE (submission_id, course_id)
);
INSERT INTO "submission_line" VALUES(1,1,1,1,0);
CREATE TABLE trusted_issuer (
	id INTEGER NOT NULL, 
	did VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_trusted_issuer PRIMARY KEY (id), 
	CONSTRAINT ck_trusted_issuer_iso_dates CHECK ((from_on IS NULL OR CAST(from_on AS TEXT) LIKE '____-__-__') AND (until_on IS NULL OR CAST(until_on AS TEXT) LIKE '____-__-__'))
);
CREATE TABLE undo_step (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	first_key INTEGER NOT NULL, 
	last_key INTEGER NOT NULL, 
	"before" VARCHAR, 
	CONSTRAINT pk_undo_step PRIMARY KEY (id), 
	CONSTRAINT fk_undo_step_change_id FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "undo_step" VALUES(1,1,'home',1,1,NULL);
INSERT INTO "undo_step" VALUES(2,1,'home_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(3,2,'role',1,1,NULL);
INSERT INTO "undo_step" VALUES(4,2,'role_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(5,3,'course',1,1,NULL);
INSERT INTO "undo_step" VALUES(6,3,'course_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(7,3,'course_equivalence',1,1,NULL);
INSERT INTO "undo_step" VALUES(8,4,'requirement',1,1,NULL);
INSERT INTO "undo_step" VALUES(9,5,'account',1,1,NULL);
INSERT INTO "undo_step" VALUES(10,5,'account_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(11,5,'account_identity',1,1,NULL);
INSERT INTO "undo_step" VALUES(12,5,'confirmation_token',1,1,NULL);
INSERT INTO "undo_step" VALUES(13,5,'message',1,1,NULL);
INSERT INTO "undo_step" VALUES(14,6,'assignment',1,1,NULL);
INSERT INTO "undo_step" VALUES(15,6,'confirmation_token',2,2,NULL);
INSERT INTO "undo_step" VALUES(16,6,'message',2,2,NULL);
INSERT INTO "undo_step" VALUES(17,7,'assignment',1,1,'{"confirmed_on": null}');
INSERT INTO "undo_step" VALUES(18,7,'confirmation_token',2,2,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(19,7,'message',2,2,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(20,7,'account_version',1,1,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(21,7,'account_version',2,2,NULL);
INSERT INTO "undo_step" VALUES(22,7,'confirmation_token',1,1,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(23,7,'message',1,1,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(24,8,'cart_line',1,1,NULL);
INSERT INTO "undo_step" VALUES(25,9,'submission',1,1,NULL);
INSERT INTO "undo_step" VALUES(26,9,'cart_line',1,1,'{"closed_on": null}');
INSERT INTO "undo_step" VALUES(27,9,'submission_line',1,1,NULL);
INSERT INTO "undo_step" VALUES(28,9,'decision',1,1,NULL);
INSERT INTO "undo_step" VALUES(29,9,'registration',1,1,NULL);
INSERT INTO "undo_step" VALUES(30,9,'message',3,3,NULL);
INSERT INTO "undo_step" VALUES(31,10,'registration',1,1,'{"access_on": null}');
INSERT INTO "undo_step" VALUES(32,10,'message',4,4,NULL);
INSERT INTO "undo_step" VALUES(33,11,'registration',1,1,'{"completed_on": null}');
INSERT INTO "undo_step" VALUES(34,11,'completion',1,1,NULL);
INSERT INTO "undo_step" VALUES(35,12,'completion',2,2,NULL);
INSERT INTO "undo_step" VALUES(36,13,'completion',2,2,'{"voided_on": null, "void_reason": null}');
INSERT INTO "undo_step" VALUES(37,14,'waiver',1,1,NULL);
INSERT INTO "undo_step" VALUES(38,15,'account_version',2,2,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(39,15,'account_version',3,3,NULL);
INSERT INTO "undo_step" VALUES(40,16,'home',2,2,NULL);
INSERT INTO "undo_step" VALUES(41,16,'home_version',2,2,NULL);
CREATE TABLE waiver (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	waived_on DATE NOT NULL, 
	waived_until DATE, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_waiver PRIMARY KEY (id), 
	CONSTRAINT ck_waiver_iso_dates CHECK ((waived_on IS NULL OR CAST(waived_on AS TEXT) LIKE '____-__-__') AND (waived_until IS NULL OR CAST(waived_until AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_waiver_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_waiver_course_id FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO "waiver" VALUES(1,1,1,'2026-11-21',NULL,'agreed');
CREATE UNIQUE INDEX ux_trusted_issuer_open ON trusted_issuer (did) WHERE until_on IS NULL;
CREATE INDEX ix_account_version_account_id ON account_version (account_id, from_on);
CREATE INDEX ix_account_version_email_key ON account_version (email_key);
CREATE INDEX ix_account_version_folded ON account_version (folded);
CREATE UNIQUE INDEX ux_account_version_email ON account_version (email_key) WHERE until_on IS NULL;
CREATE UNIQUE INDEX ux_account_version_open ON account_version (account_id) WHERE until_on IS NULL;
CREATE INDEX ix_audit_entry_account_id ON audit_entry (account_id);
CREATE INDEX ix_audit_entry_change_id ON audit_entry (change_id);
CREATE INDEX ix_catalog_entry_version_entry_id ON catalog_entry_version (entry_id, from_on);
CREATE UNIQUE INDEX ux_catalog_entry_version_open ON catalog_entry_version (entry_id) WHERE until_on IS NULL;
CREATE INDEX ix_course_equivalence_course_id ON course_equivalence (course_id, from_on, other_id);
CREATE INDEX ix_course_version_course_id ON course_version (course_id, from_on);
CREATE UNIQUE INDEX ux_course_version_open ON course_version (course_id) WHERE until_on IS NULL;
CREATE UNIQUE INDEX ux_home_key_active ON home_key (home_id) WHERE retired_on IS NULL;
CREATE INDEX ix_home_version_home_id ON home_version (home_id, from_on);
CREATE UNIQUE INDEX ux_home_version_open ON home_version (home_id) WHERE until_on IS NULL;
CREATE INDEX ix_message_account_id ON message (account_id);
CREATE INDEX ix_message_under_way ON message (id) WHERE under_way_at IS NOT NULL;
CREATE INDEX ix_message_waiting ON message (id) WHERE sent_on IS NULL AND cancelled_on IS NULL;
CREATE INDEX ix_submission_account_id ON submission (account_id);
CREATE INDEX ix_undo_step_change_id ON undo_step (change_id);
CREATE INDEX ix_undo_step_table_name ON undo_step (table_name, first_key);
CREATE INDEX ix_waiver_account_id ON waiver (account_id, course_id);
CREATE INDEX ix_assignment_account_id ON assignment (account_id, role_id);
CREATE INDEX ix_assignment_role_id ON assignment (role_id, account_id, from_on, until_on, confirmed_on, ended_on, start_on);
CREATE UNIQUE INDEX ux_assignment_live ON assignment (account_id, role_id) WHERE until_on IS NULL AND declined_on IS NULL AND cancelled_on IS NULL AND ended_on IS NULL;
CREATE INDEX ix_cart_line_account_id ON cart_line (account_id, course_id);
CREATE UNIQUE INDEX ux_cart_line_open ON cart_line (account_id, course_id) WHERE closed_on IS NULL;
CREATE INDEX ix_confirmation_token_account_id ON confirmation_token (account_id, role_id);
CREATE INDEX ix_requirement_course_id ON requirement (course_id);
CREATE INDEX ix_requirement_role_id ON requirement (role_id, course_id, from_on, until_on, required_from);
CREATE UNIQUE INDEX ux_requirement_open ON requirement (role_id, course_id) WHERE until_on IS NULL;
CREATE INDEX ix_role_version_role_id ON role_version (role_id, from_on);
CREATE UNIQUE INDEX ux_role_version_open ON role_version (role_id) WHERE until_on IS NULL;
CREATE INDEX ix_submission_line_course_id ON submission_line (course_id);
CREATE INDEX ix_submission_line_role_id ON submission_line (role_id);
CREATE INDEX ix_decision_line_id ON decision (line_id, from_on);
CREATE INDEX ix_decision_waiting ON decision (decision, until_on);
CREATE UNIQUE INDEX ux_decision_open ON decision (line_id) WHERE until_on IS NULL;
CREATE INDEX ix_registration_access_by ON registration (access_by);
CREATE INDEX ix_registration_access_on ON registration (access_on);
CREATE INDEX ix_registration_account_id ON registration (account_id, course_id);
CREATE INDEX ix_completion_account_id ON completion (account_id, course_id, expires_on, completed_on, voided_on);
CREATE INDEX ix_completion_voided_on ON completion (voided_on) WHERE voided_on IS NOT NULL;
CREATE INDEX ix_extension_line_id ON extension (line_id, extended_on);
COMMIT;
