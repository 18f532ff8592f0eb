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
INSERT INTO "account" VALUES(1,'1000','2025-01-06',15);
INSERT INTO "account" VALUES(2,'1001','2025-01-06',16);
INSERT INTO "account" VALUES(3,'1002','2025-01-06',17);
INSERT INTO "account" VALUES(4,'1003','2025-01-06',18);
INSERT INTO "account" VALUES(5,'1004','2025-01-06',19);
INSERT INTO "account" VALUES(6,'1005','2025-02-14',73);
CREATE TABLE account_identity (
	account_id INTEGER NOT NULL, 
	birthdate DATE NOT NULL, 
	CONSTRAINT pk_account_identity PRIMARY KEY (account_id), 
	CONSTRAINT ck_account_identity_iso_dates CHECK ((birthdate IS NULL OR CAST(birthdate AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_account_identity_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "account_identity" VALUES(1,'1980-01-01');
INSERT INTO "account_identity" VALUES(2,'1985-05-05');
INSERT INTO "account_identity" VALUES(3,'1990-09-09');
INSERT INTO "account_identity" VALUES(4,'1991-01-09');
INSERT INTO "account_identity" VALUES(5,'1970-01-09');
INSERT INTO "account_identity" VALUES(6,'1991-01-09');
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
INSERT INTO "account_version" VALUES(1,1,'2025-01-06','2025-01-08','Ann','Aube','aube  ann','ann@example.org','ann@example.org','en','S-1','created',NULL);
INSERT INTO "account_version" VALUES(2,2,'2025-01-06','2025-01-08','Zoé','Bell','bell  zoe','zoe@example.org','zoe@example.org','fr',NULL,'created',NULL);
INSERT INTO "account_version" VALUES(3,3,'2025-01-06','2025-01-08','Cy','Dell','dell  cy','cy@example.org','cy@example.org','en',NULL,'created',NULL);
INSERT INTO "account_version" VALUES(4,4,'2025-01-06','2025-01-09','Di','Eng','eng  di','di@b..example','di@b..example','en',NULL,'created',NULL);
INSERT INTO "account_version" VALUES(5,5,'2025-01-06','2025-02-07','Ed','Fay','fay  ed','ed@example.org','ed@example.org','en',NULL,'created',NULL);
INSERT INTO "account_version" VALUES(6,1,'2025-01-08','2025-02-11','Ann','Aube','aube  ann','ann@example.org','ann@example.org','en','S-1','active',NULL);
INSERT INTO "account_version" VALUES(7,2,'2025-01-08','2025-02-05','Zoé','Bell','bell  zoe','zoe@example.org','zoe@example.org','fr',NULL,'active',NULL);
INSERT INTO "account_version" VALUES(8,3,'2025-01-08',NULL,'Cy','Dell','dell  cy','cy@example.org','cy@example.org','en',NULL,'active',NULL);
INSERT INTO "account_version" VALUES(9,4,'2025-01-09',NULL,'Di','Eng','eng  di','di@b..example','di@b..example','en',NULL,'active',NULL);
INSERT INTO "account_version" VALUES(10,2,'2025-02-05',NULL,'Zoé','Bell-Roy','bell-roy  zoe','zoe@example.org','zoe@example.org','fr',NULL,'active',NULL);
INSERT INTO "account_version" VALUES(11,5,'2025-02-07',NULL,'Ed','Fay','fay  ed','ed@example.org','ed@example.org','en',NULL,'deactivated','left');
INSERT INTO "account_version" VALUES(12,1,'2025-02-11',NULL,'Ann','Aube','aube  ann','ann@example.org','ann@example.org','en','S-2','active',NULL);
INSERT INTO "account_version" VALUES(13,6,'2025-02-14',NULL,'Gone','Soon','soon  gone','gone@example.org','gone@example.org','en',NULL,'created',NULL);
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
INSERT INTO "assignment" VALUES(1,1,1,'2025-01-07',NULL,'2025-01-07','2025-01-07',0,'2025-01-08',NULL,NULL,NULL,NULL,20);
INSERT INTO "assignment" VALUES(2,2,1,'2025-01-07',NULL,'2025-01-07','2025-01-07',0,'2025-01-08',NULL,NULL,NULL,NULL,21);
INSERT INTO "assignment" VALUES(3,3,1,'2025-01-07',NULL,'2025-01-07','2025-01-07',0,'2025-01-08',NULL,NULL,'2025-02-06','moved',22);
INSERT INTO "assignment" VALUES(4,4,1,'2025-01-07',NULL,'2025-01-07','2025-01-07',0,NULL,'2025-01-08',NULL,NULL,NULL,23);
INSERT INTO "assignment" VALUES(5,3,3,'2025-01-07',NULL,'2025-01-20','2025-01-07',0,'2025-01-08',NULL,NULL,NULL,NULL,24);
INSERT INTO "assignment" VALUES(6,5,3,'2025-01-07',NULL,'2025-01-07','2025-01-07',0,NULL,NULL,'2025-02-07',NULL,'left',25);
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
INSERT INTO "audit_entry" VALUES(1,1,'create','home','maple-grove',NULL,NULL,'{"approval":"auto","city":"Sarnia","closed_on":["2025-02-03"],"code":"maple-grove","confirm_within":"14d","expiring_within":"30d","manager_email":"boss@example.org","name":"Maple Grove","renewal_window":"60d","study_minutes_per_day":60}',X'8D615D77CD087AC956A38A6061BB56B3748D7849AB2320D8E4E2AFE57BEFF5F8',X'AD9E4CD97C18D46F61CF5E1B7114E8DC26E452346027E319C098838C813FA691');
INSERT INTO "audit_entry" VALUES(2,2,'create','home','cedar-hill',NULL,NULL,'{"approval":"manual","city":null,"closed_on":["2025-02-03"],"code":"cedar-hill","confirm_within":"14d","expiring_within":"30d","manager_email":"boss@example.org","name":"Cedar Hill","renewal_window":"60d","study_minutes_per_day":60}',X'6321FD9F588FD6F6FA47B6184AD50A139D7D70BE787B99DF5708CAC0AF7D6397',X'64626B38FFE4C529EE2E904362B47D644E0D39F840745D1B65AC53464885F745');
INSERT INTO "audit_entry" VALUES(3,3,'create','role','maple-grove/psw',NULL,NULL,'{"group":"direct-care","home":"maple-grove","name":"PSW","role":"psw"}',X'C409A3EFE7DA866F67EC8E6247474CF244650931A60D6A92E5442519A2140B8B',X'636E1B85F0431FD2F31145E5A0D449F1A9CACFEA120665F1B78F7B2EFD0D2832');
INSERT INTO "audit_entry" VALUES(4,4,'create','role','maple-grove/rn',NULL,NULL,'{"group":"registered","home":"maple-grove","name":"Nurse","role":"rn"}',X'E7EDF190C65C3A1B963CF91B8C0EBB84F1BA171FC8609F9E13975442F88D7589',X'FFE5FB2FDC01E0788D25FF958BF43F3E0A9CE48C8E999473C7F1B1738ABCE8E4');
INSERT INTO "audit_entry" VALUES(5,5,'create','role','cedar-hill/psw',NULL,NULL,'{"group":null,"home":"cedar-hill","name":"PSW","role":"psw"}',X'F8CAADEC7AEACA9E23E2B5A13A568F2477FB84BB3791F150484C355872D5106B',X'164F668ADFFFD456A4115EE2E849CCDBDE83503EEDF70BBC12FD3117399E41FD');
INSERT INTO "audit_entry" VALUES(6,6,'create','course','IPAC-101',NULL,NULL,'{"category":"badge","code":"IPAC-101","expiry":"1 years","language":null,"method":null,"minutes":30,"price":"45.00","provider":"Sample College","status":"active","title":"Infection control","validity_years":1}',X'B9EC5EBB249C5F2D8F3774F8EDA2F1F924441F8A5704A85D1031C18282D775F6',X'20996C33F5BFAE3299AB1AC0D038F59784DC6B4635D4E437C9F12F4546B61976');
INSERT INTO "audit_entry" VALUES(7,7,'create','course','PCI-101',NULL,NULL,'{"category":"badge","code":"PCI-101","expiry":"1 years","language":"fr","method":null,"minutes":30,"price":null,"provider":"Sample College","status":"active","title":"Prévention","validity_years":1}',X'CE8671B4D1DC974696FCABF5AFE63BF842F9AE40CDE04852D28206C0A1E78FEE',X'20617D0524279FE935AD558B92CA42068231A21BAA58595480F059F0D70DF1CA');
INSERT INTO "audit_entry" VALUES(8,8,'create','course','FIRE-1',NULL,NULL,'{"category":"badge","code":"FIRE-1","expiry":"","language":null,"method":"online","minutes":60,"price":null,"provider":"Sample College","status":"active","title":"Fire safety","validity_years":null}',X'F8B4122EB6B7454921B2A7513609BC1415C5F3035F837A980E5277F9E84BD7F4',X'EF59B16D02DF6C45A32FBB2E4B31B36636C7B7AA1BFE57D0BACDD51D05C633EA');
INSERT INTO "audit_entry" VALUES(9,9,'create','course','LIFT-1',NULL,NULL,'{"category":"badge","code":"LIFT-1","expiry":"3 years","language":null,"method":"instructor-led","minutes":900,"price":"120.00","provider":"Sample College","status":"active","title":"Lifting","validity_years":3}',X'C4F6159614B4963CA1CA23F99660E14D7F74CDC77C4392A8D83D4949E4739D74',X'C46EDEBE56C7DEED688DF92DDFE08A5AB411CDC8A43F61AAE652DA45303CB7B4');
INSERT INTO "audit_entry" VALUES(10,10,'create','course','OLD-1',NULL,NULL,'{"category":"badge","code":"OLD-1","expiry":"","language":null,"method":null,"minutes":15,"price":null,"provider":"Sample College","status":"active","title":"Old one","validity_years":null}',X'A7CC868FBDA9BFB701D8ED09E712610BE57F9FDF56831CBC04869726C0278FA1',X'186B6FBE8D1EEFA5B063170971AC4BB7FBAA55767542D49DC7E07C7FA536E5E3');
INSERT INTO "audit_entry" VALUES(11,11,'equate','course','IPAC-101',NULL,NULL,'{"code":"IPAC-101","equal_to":"PCI-101"}',X'AC0D46F6863DAC9BBFE96394755317F96020FB4A5C0FC6E3C68E55D8E1ADC92D',X'2EA32577502808B94E0B228050B36F921358FF293AEF2EA997FDD3417155AE17');
INSERT INTO "audit_entry" VALUES(12,12,'create','requirement','maple-grove/psw IPAC-101',NULL,NULL,'{"due_within":"30d","employer_pays":true,"required_from":"2025-01-06"}',X'E15DFB8CF99FE9AB6F25695BA23D0B9511D9B14FC5E9ED6347C880B4D46BB955',X'7CC67F9EDCD47AAF0B4318D507267221DEF94EE18EB52DD1198CDFA55D652E1F');
INSERT INTO "audit_entry" VALUES(13,12,'create','requirement','maple-grove/psw FIRE-1',NULL,NULL,'{"due_within":"30d","employer_pays":true,"required_from":"2025-01-06"}',X'E15DFB8CF99FE9AB6F25695BA23D0B9511D9B14FC5E9ED6347C880B4D46BB955',X'9ADF179EF36D9365C931DAC2183CE5EE68FCDAA39C9A575D2AA571A52519AABD');
INSERT INTO "audit_entry" VALUES(14,13,'create','requirement','maple-grove/psw LIFT-1',NULL,NULL,'{"due_within":"2w","employer_pays":false,"required_from":"2025-01-06"}',X'9BF7D0C2D703391431F62D50482A936904F7437B3ED0BB8C8652E3897A515C4B',X'79AB6FAD7D0DDFC72B881AFC7E2EFFC870FEF0BEEA247246A1F63327358A3CE9');
INSERT INTO "audit_entry" VALUES(15,14,'create','requirement','cedar-hill/psw IPAC-101',NULL,NULL,'{"due_within":"30d","employer_pays":true,"required_from":"2025-01-08"}',X'7D937C2714F215068EC99F35C8A1527082D905F5AF1D27BE2A1EFAE0CB8AC6C3',X'D9A26B90E95917F6DAE98277B394FAC775E5335B2F522FCBC9DB6CAD417BF957');
INSERT INTO "audit_entry" VALUES(16,14,'create','requirement','cedar-hill/psw OLD-1',NULL,NULL,'{"due_within":"30d","employer_pays":true,"required_from":"2025-01-08"}',X'7D937C2714F215068EC99F35C8A1527082D905F5AF1D27BE2A1EFAE0CB8AC6C3',X'5D30918F9B15C6F3F873713768152D0CBF722102511FB8696B524B5DA940A26E');
INSERT INTO "audit_entry" VALUES(17,15,'create','account','1000',1,NULL,'{"created_on":"2025-01-06","email":"ann@example.org","first_name":"Ann","language":"en","last_name":"Aube","portal_id":"1000","status":"created"}',X'FCBB971619DD9D3421D31A2CEF9638C22F5F830368EF3080C3B4467887315DA7',X'9C600653D74D5DAEA47762CFB476EC8A3F20ACE9D53DEA50CE37C2D7BA1BFB6D');
INSERT INTO "audit_entry" VALUES(18,16,'create','account','1001',2,NULL,'{"created_on":"2025-01-06","email":"zoe@example.org","first_name":"Zoé","language":"fr","last_name":"Bell","portal_id":"1001","status":"created"}',X'8801A4C2AE2F90E888624C2AAE465FA1D35E9BD78031BCA9F3F07807BB6F2EDD',X'2C2F49A5CD5206E12FB437FBB0FCE3511D577567240DEA380DF3929052210149');
INSERT INTO "audit_entry" VALUES(19,17,'create','account','1002',3,NULL,'{"created_on":"2025-01-06","email":"cy@example.org","first_name":"Cy","language":"en","last_name":"Dell","portal_id":"1002","status":"created"}',X'F724EA81B6DF27C9B593A47A8B8DE28538781BD69AB6DB2138D760465563BBF6',X'72F0A28A5C3652BF5D692F62634B8653153425C35D1E8B6BE5FB8D576FF331DF');
INSERT INTO "audit_entry" VALUES(20,18,'create','account','1003',4,NULL,'{"created_on":"2025-01-06","email":"di@b..example","first_name":"Di","language":"en","last_name":"Eng","portal_id":"1003","status":"created"}',X'7CC0ABF9BD97FAF90282A0FD5D255BE708C5CFD3518AD1B82950E120E8EFDA52',X'2A3DF5D79018CB113E1C1EE57350D059E0206650C797DB67083B923851081385');
INSERT INTO "audit_entry" VALUES(21,19,'create','account','1004',5,NULL,'{"created_on":"2025-01-06","email":"ed@example.org","first_name":"Ed","language":"en","last_name":"Fay","portal_id":"1004","status":"created"}',X'44CE3C7B9C441D05DE3608446A8696A15D2558CD2FFF6F36ADC720BCF80ACA72',X'FFF8C1CFFC10E4D7A42132281A86583B279AB4256742FD585D0C79ED2B12742F');
INSERT INTO "audit_entry" VALUES(22,20,'assign','assignment','1000 maple-grove/psw',1,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Ann","home":"maple-grove","last_name":"Aube","portal_id":"1000","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}',X'F6D93E4434516D77F18AEE4D381468A6085B78B1DBD77ED1FBDE9663D212D509',X'0D007B629C25710AA2B85FBF8CDC42A91F00ECBAB78ECFF7A1C2C51C9787BB02');
INSERT INTO "audit_entry" VALUES(23,21,'assign','assignment','1001 maple-grove/psw',2,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Zoé","home":"maple-grove","last_name":"Bell","portal_id":"1001","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}',X'62BAA91BF3D7921F8DB7A61651FE3D4BBD4D5460F31D1233C9A8CC72C18CD79D',X'379BEB6D075BF47A8B31BF89D746EC644773E22409095841385DFB61F64F7DA7');
INSERT INTO "audit_entry" VALUES(24,22,'assign','assignment','1002 maple-grove/psw',3,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Cy","home":"maple-grove","last_name":"Dell","portal_id":"1002","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}',X'60B1311859E51F1F7DCE50C65B5198F1AA6D9E22DDC8DCA2FFA56A46B32B198F',X'F18FE0F03DAACCE20031EA3DD2B45E89E93770942018A49287DE5056BEB47D7B');
INSERT INTO "audit_entry" VALUES(25,23,'assign','assignment','1003 maple-grove/psw',4,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Di","home":"maple-grove","last_name":"Eng","portal_id":"1003","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}',X'CCAB582941F7226D379132133E9C7ABB980AD157E90E1095CB8230883B9FE8CA',X'66FD71B24DAD552F14B8605C8262E2648C53E4D8A46B1D2DFDD6E67AC4255D11');
INSERT INTO "audit_entry" VALUES(26,24,'assign','assignment','1002 cedar-hill/psw',3,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Cy","home":"cedar-hill","last_name":"Dell","portal_id":"1002","role":"psw","start_on":"2025-01-20","status":"pending","verified":false}',X'A2B6C8D085B0717E1121D05C2738EEB1FE589884223D9C18C3B1F3B84590CFA2',X'F003F8FE87ECC35EDD24EF8756E2D2113BB47EC3B681E01795C0E67C8A278ECB');
INSERT INTO "audit_entry" VALUES(27,25,'assign','assignment','1004 cedar-hill/psw',5,NULL,'{"assigned_on":"2025-01-07","confirmed_on":null,"ended_on":null,"first_name":"Ed","home":"cedar-hill","last_name":"Fay","portal_id":"1004","role":"psw","start_on":"2025-01-07","status":"pending","verified":false}',X'EB9AAA36A093FAA5746D85E89C2D7EC2172FC56DA3398E0735614B606A4FD27D',X'79787C99516C6CE7BB2350E412E5E3E9590ED6212F9093F48E54D8A0E5C4CB57');
INSERT INTO "audit_entry" VALUES(28,26,'confirm','assignment','1000 maple-grove/psw',1,'{"status":"pending"}','{"by":"behalf","status":"confirmed"}',X'5B2C1B4792FED8A31094B334A336252DB45A29C6B75EF69707465B842BE1AC46',X'3D903617A1664955A3E36D34DA249F0AFF80581D33352309ABB5FD19404843D6');
INSERT INTO "audit_entry" VALUES(29,26,'confirm','account','1000',1,'{"status":"created"}','{"by":"role","status":"active"}',X'98AC96D7074CBC435FFD3389380517ED104EF62DA89746B742307A5E96BEAFCD',X'848ABDD2006DD85C217DFE6DEA3178763FF9303ECBEF858809FD8249A6B08FB0');
INSERT INTO "audit_entry" VALUES(30,27,'confirm','assignment','1001 maple-grove/psw',2,'{"status":"pending"}','{"by":"behalf","status":"confirmed"}',X'5B2C1B4792FED8A31094B334A336252DB45A29C6B75EF69707465B842BE1AC46',X'98FC699B366B02A0C86DD174BFF54A76494B0F033C7EB3F2DB9F1AE2DD38AB0D');
INSERT INTO "audit_entry" VALUES(31,27,'confirm','account','1001',2,'{"status":"created"}','{"by":"role","status":"active"}',X'98AC96D7074CBC435FFD3389380517ED104EF62DA89746B742307A5E96BEAFCD',X'14B1791173314A0F6D556620EDEE0498EAD9EC761B2D3BDC1DFB65B9D3E2C01A');
INSERT INTO "audit_entry" VALUES(32,28,'confirm','assignment','1002 cedar-hill/psw',3,'{"status":"pending"}','{"by":"behalf","status":"confirmed"}',X'5B2C1B4792FED8A31094B334A336252DB45A29C6B75EF69707465B842BE1AC46',X'26BB4003CB88DB3404A6C2A0A61F57D6A2B8B3AE0D1E9F14C3E484D142B9C948');
INSERT INTO "audit_entry" VALUES(33,28,'confirm','account','1002',3,'{"status":"created"}','{"by":"role","status":"active"}',X'98AC96D7074CBC435FFD3389380517ED104EF62DA89746B742307A5E96BEAFCD',X'CA6EBBDE57BFABF1FFD5C0036EED342067CC51293D72A8432F933838B0C7671D');
INSERT INTO "audit_entry" VALUES(34,29,'confirm','assignment','1002 maple-grove/psw',3,'{"status":"pending"}','{"by":"behalf","status":"confirmed"}',X'5B2C1B4792FED8A31094B334A336252DB45A29C6B75EF69707465B842BE1AC46',X'BD78AE1148B3D2FBE325336D031E587903549C967FB6E40A6391DF8335125202');
INSERT INTO "audit_entry" VALUES(35,30,'decline','assignment','1003 maple-grove/psw',4,'{"status":"pending"}','{"ended_on":null,"reason":null,"status":"declined"}',X'3710398CBB5176AD0B7B20E903858BD98BBE0EA267FFD34AE6D221435CAC3F95',X'E3D643D5EDB141E14F4DE4BC20F600AB71203811E2E134F4B955239A7E65AB38');
INSERT INTO "audit_entry" VALUES(36,31,'confirm','account','1003',4,'{"status":"created"}','{"by":"behalf","status":"active"}',X'8214D98F532518987F2591348715921DB590899B8CE37BFE9CC88F56D27989B9',X'19CC3899729F5EC012A326675E2E1D6E5CDC24D544C4B6C2D10D278028C3F2A3');
INSERT INTO "audit_entry" VALUES(37,32,'put in cart','cart','1000 IPAC-101',1,NULL,'{"code":"IPAC-101","home":"maple-grove","minutes":30,"portal_id":"1000","role":"psw","self_pay":false,"title":"Infection control"}',X'2100F984091508B5DCC45C3B97C9A8AF5AB03387F09E66A46CEAEBFF6DAB62D3',X'CADE04798DE8B42524A2A390DDB8DEE4E3AF8F1D1F622CF8DA00E2621ABD2042');
INSERT INTO "audit_entry" VALUES(38,32,'put in cart','cart','1000 FIRE-1',1,NULL,'{"code":"FIRE-1","home":"maple-grove","minutes":60,"portal_id":"1000","role":"psw","self_pay":false,"title":"Fire safety"}',X'9096A65E2AF9824F22F80460B65E9F2172AF53DDE4DFE9E5F6864464B3374A12',X'78B54D376646CE8779CC984323A2D932A4B2F014420BCC2191F730865F3D0D9B');
INSERT INTO "audit_entry" VALUES(39,33,'put in cart','cart','1001 LIFT-1',2,NULL,'{"code":"LIFT-1","home":"maple-grove","minutes":900,"portal_id":"1001","role":"psw","self_pay":true,"title":"Lifting"}',X'173552D257C8126FD71141BE1A899370DE95953D87582C0B56C0AECAACB9F655',X'4FEE7130E23B5F739B7054AE8B5E26568D6200CE04779961957C7515E716324B');
INSERT INTO "audit_entry" VALUES(40,34,'submit','line','1/IPAC-101',1,NULL,'{"access_by":"2025-01-13","code":"IPAC-101","decision":"approved","line":"1/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}',X'98EDAA400E833B687934050A07B7E8ECE022DA76D4C9E394141F5579246F65F0',X'C2DE2C42FBD5C222128DC4A5A4224A501529149309C3B0C24121999E2AF7FD5B');
INSERT INTO "audit_entry" VALUES(41,34,'submit','line','1/FIRE-1',1,NULL,'{"access_by":"2025-01-13","code":"FIRE-1","decision":"approved","line":"1/FIRE-1","payer":"employer","reason":"employer-pays","title":"Fire safety"}',X'F3BAE1E5E2ED747A74B7F429414297E065CA7D98DE6159F1367818924F62152F',X'7833C3AC273C4D75E9733BD6AEA277017CE09F0321A67485D08A48B8BD98C131');
INSERT INTO "audit_entry" VALUES(42,35,'submit','line','2/LIFT-1',2,NULL,'{"access_by":"2025-01-13","code":"LIFT-1","decision":"approved","line":"2/LIFT-1","payer":"learner","reason":"self-pay","title":"Lifting"}',X'B346EC7368508A54F53651D24D237C601207FB1278CDAD6F5DD8B346842F5080',X'C763B1AB1C6D31BD718D6DDE26062312ADC55241AB655C171B5FAD46AB73B572');
INSERT INTO "audit_entry" VALUES(43,36,'put in cart','cart','1002 IPAC-101',3,NULL,'{"code":"IPAC-101","home":"cedar-hill","minutes":30,"portal_id":"1002","role":"psw","self_pay":false,"title":"Infection control"}',X'E031BF801DC4A2ABBA24E6827CACEE7E469CEA13ADAD30D10DC6650E28EA543D',X'A6A647EE551191484ABCB6CC0D8911F2E5138F0C43D80C77A466ECB613CC84B7');
INSERT INTO "audit_entry" VALUES(44,37,'submit','line','3/IPAC-101',3,NULL,'{"access_by":null,"code":"IPAC-101","decision":"submitted","line":"3/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}',X'B1FC20782F8EE9B03AB27EA7F6AE65D4EC1018087733D0A795B599C1742B9582',X'98043C618F6CC66CE972A97754AA1825871CECD4CCB2228E466CC057C863BEA4');
INSERT INTO "audit_entry" VALUES(45,38,'grant','registration','1/IPAC-101',1,'{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}','{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}',X'634140C7411A92D5760045E5F1CA30F0B7DF58792BCCEB218273B49483AB7F78',X'1DC4C8E2DD5D28FAD6ECC27CD753772D3FD16B4109ABCE6F81492319DEE48F75');
INSERT INTO "audit_entry" VALUES(46,39,'grant','registration','2/LIFT-1',2,'{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}','{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}',X'634140C7411A92D5760045E5F1CA30F0B7DF58792BCCEB218273B49483AB7F78',X'075A034C407E2160BB3D4D3357D4E5859CA6A9A062254793E3EEC7F16BD6D337');
INSERT INTO "audit_entry" VALUES(47,40,'decide','line','3/IPAC-101',3,'{"decision":"submitted","payer":"employer","reason":"employer-pays"}','{"access_by":"2025-01-15","code":"IPAC-101","decision":"approved","line":"3/IPAC-101","payer":"employer","reason":"employer-pays","title":"Infection control"}',X'2ECD419861043F13C979AFAA837EA58879ADA1DEE5C937C89EF75E8B0C20A0E3',X'A3A5AFA5D8F3AD2550D7488B6656B2CF4A851B5DF2C5E7FF8A38858AC511E3B5');
INSERT INTO "audit_entry" VALUES(48,41,'fail','registration','2/LIFT-1',2,'{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}','{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"failed"}',X'B0454F9CC93F2DFE895C49F978BCC2F69436B68C61483ED03FAAC5FEF5209682',X'03A547527EAE3DC709ED7D60A6969C0CB689B47E81552A0E422830BB634B234E');
INSERT INTO "audit_entry" VALUES(49,42,'extend','registration','1/IPAC-101',1,'{"access_on":"2025-01-10","complete_by":"2025-01-24","completed_on":null,"status":"in-progress"}','{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":null,"reason":"ill","status":"in-progress"}',X'29EDDF0155C9CFEBE0F91756902935F0EC80382AA8954757712A7C385CCD7446',X'D4A03E525936E1258AB9708B89F6721BD538159D85E9167AAF07AD449FE2884D');
INSERT INTO "audit_entry" VALUES(50,43,'create','record','1',1,NULL,'{"code":"IPAC-101","completed_on":"2025-01-20","evidence":null,"expires_on":"2026-01-20","portal_id":"1000","provider":"Sample College","record":1,"source":"registration","title":"Infection control","verified_by":null,"voided_on":null}',X'2A86F98E5632720704E33E2741A20032D809181BA9A4445A626402A7BFAA0DB3',X'4A49BE96F294C057EC9C57B2562AF67781069DC58C28777C398C2D970C6F2A96');
INSERT INTO "audit_entry" VALUES(51,43,'complete','registration','1/IPAC-101',1,'{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":null,"status":"in-progress"}','{"access_on":"2025-01-10","complete_by":"2025-02-10","completed_on":"2025-01-20","status":"completed"}',X'3F98568E21CE0D3117B97DAD2A151F024728BEB200FB80CB005853D081C9F703',X'0B8870062A949ED4EE728B6DF6D65C533AF95D5F1423D9FAAC5BF1250E1EA995');
INSERT INTO "audit_entry" VALUES(52,44,'create','record','2',1,NULL,'{"code":"PCI-101","completed_on":"2024-03-01","evidence":"paper","expires_on":"2025-03-01","portal_id":"1000","provider":"Sample College","record":2,"source":"record","title":"Prévention","verified_by":"admin","voided_on":null}',X'E02F885A1C9A20750BD98C557478DDC8BA6F90C40115348342BEB410652E732A',X'6FE1378F4B535DBBA14DE107C52FC8A028B40E7CDED5CBF23412FD629DBF5C44');
INSERT INTO "audit_entry" VALUES(53,45,'create','record','3',2,NULL,'{"code":"IPAC-101","completed_on":"2024-02-01","evidence":null,"expires_on":"2025-02-01","portal_id":"1001","provider":"Sample College","record":3,"source":"record","title":"Infection control","verified_by":null,"voided_on":null}',X'C717BFD6B6D07936F9AF08E49E66E1E954B47A250A65999828F3E928AF06D36D',X'C377AFFCDC93D08BF92EC6119B9B8A4FD32EA11D09CAC91A491B40C7763F7FB1');
INSERT INTO "audit_entry" VALUES(54,46,'create','record','4',3,NULL,'{"code":"FIRE-1","completed_on":"2025-01-15","evidence":null,"expires_on":null,"portal_id":"1002","provider":"Sample College","record":4,"source":"record","title":"Fire safety","verified_by":null,"voided_on":null}',X'1ACBE649F37213BAA3629615A995DF529BD28EB0D6B31A746238265C68508EC2',X'8A99D31F2EE10BBC958B1D9FBDE7A297346FF1A540940DC546C1CAF2FF5C88CF');
INSERT INTO "audit_entry" VALUES(55,47,'void','record','4',3,'{"voided_on":null}','{"reason":"wrong person","voided_on":"2025-01-23"}',X'8763748A1F0DFCC7E4AA6B074869537C68651D9FE61E3645C5F35A531DBBF700',X'6C6001524C1A4A4F8476164FAFAA9CAD73EFCA205433B0477567C97AE955E92B');
INSERT INTO "audit_entry" VALUES(56,48,'waive','requirement','1001 FIRE-1',2,NULL,'{"code":"FIRE-1","portal_id":"1001","reason":"held elsewhere","title":"Fire safety","waived_on":"2025-01-24","waived_until":"2025-12-31"}',X'B7C2A95ED1BCB1BBB94789BEF04175ABF0BABA9F6803AAF2FCFF7057B60E2E96',X'1B5BFD6F90192F5C73DD0547FF453887BDEEB693BCC7E21B0E67C7129AA48257');
INSERT INTO "audit_entry" VALUES(57,49,'send','message','5',NULL,NULL,'{"kind":"confirm-account","to":"ed@example.org"}',X'B51DF5EAC3759476CF8F47577B77A21AD9CE7E1BC641286D0B072E69F74DFA31',X'B67B374B54BD1C4EF0C33372EBF9039129AEA680398E2D7744E665AB2C028AA3');
INSERT INTO "audit_entry" VALUES(58,50,'send','message','11',NULL,NULL,'{"kind":"confirm-role","to":"ed@example.org"}',X'AE4016F6D240D5490B86DAF82B4AF68F04C20D61366113701486B4BBED61D56C',X'70582954481AACE888C0BFD2F46A6067DE08514CD62517DA2B876E1B7FAE7687');
INSERT INTO "audit_entry" VALUES(59,51,'send','message','12',NULL,NULL,'{"kind":"decision","to":"ann@example.org"}',X'62C055E6EA879562B5C87E7E57D19C84A7817B77A59902B8AB81552D48F06D11',X'502FD3ED119ACEAED651C2BC32419AEF0DFEB822EEE334B2C68BDF2F946D8161');
INSERT INTO "audit_entry" VALUES(60,52,'send','message','13',NULL,NULL,'{"kind":"decision","to":"zoe@example.org"}',X'AAEA8FDD5025AB29F14C3660BC01721BEFBB51111D7C9466AF3E55F5AA380798',X'4D703DA665D64AAC917830D5A80230326EC661DD1AF43EF8CFDD053BCC70EC2A');
INSERT INTO "audit_entry" VALUES(61,53,'send','message','14',NULL,NULL,'{"kind":"decision","to":"cy@example.org"}',X'F38C1B03EA9551C92D6C1DDCFC3C0B2D0551166E439B82E9B70AE906870B81F5',X'8DD5871387E9E330E2FF31BFF363A9B8A268E4EE2FEDC64B72A1A51632E1223D');
INSERT INTO "audit_entry" VALUES(62,54,'send','message','15',NULL,NULL,'{"kind":"access","to":"ann@example.org"}',X'7681AEE127948692F01B02036BD3D2189BB53A94D6792D0EFE28D74FC608AD2E',X'2AEC6B4B10F24A0ED20E3B0ED9376D91A187CB0E9E37B9C46DDE3E949BC9BFCF');
INSERT INTO "audit_entry" VALUES(63,55,'send','message','16',NULL,NULL,'{"kind":"access","to":"zoe@example.org"}',X'B844C1F259314ED4E93AA505E1E26E25BD696D3EEDB789A680267B06CCE76473',X'8B178DB0EC9A58E5A77B3E0F5FD1644240BFC62D40A5E20BD7FC3B26F7ABFCB5');
INSERT INTO "audit_entry" VALUES(64,56,'send','message','17',NULL,NULL,'{"kind":"decision","to":"cy@example.org"}',X'F38C1B03EA9551C92D6C1DDCFC3C0B2D0551166E439B82E9B70AE906870B81F5',X'DE15D27D6EC8338F070569B42058F27EC610C6E65448712D04554383A0F35DC2');
INSERT INTO "audit_entry" VALUES(65,57,'send','message','18',NULL,NULL,'{"kind":"reminder","to":"zoe@example.org"}',X'F78A313CF3F1F1772259BE1BCD36CDF96833B5E3D568F2F8FC0BA4101FE2CF12',X'8D84DAAD028C4C2D6488D9B123CC98110556944C6D6B0AE229148A8FA048E05E');
INSERT INTO "audit_entry" VALUES(66,58,'put in cart','cart','1001 IPAC-101',2,NULL,'{"code":"IPAC-101","home":"maple-grove","minutes":30,"portal_id":"1001","role":"psw","self_pay":false,"title":"Infection control"}',X'086DC89AEF0DB8075372F23F3C78C396F56E75D6D0DE37D31460AFD71F6CD71C',X'9ADE1760A3FA9982442D293A644F4F360071B11347136050FFC18E87D3068677');
INSERT INTO "audit_entry" VALUES(67,59,'edit','home','maple-grove',NULL,'{"expiring_within":"30d"}','{"expiring_within":"60d"}',X'891734C5F169E0E4EFE8D389C9F5464437DF97B9556806DD7366E90456C45014',X'CFCC79A12862AF00A1FF8C3CCA378270915134A15574F00BE724402B1311572B');
INSERT INTO "audit_entry" VALUES(68,60,'edit','course','FIRE-1',NULL,'{"title":"Fire safety"}','{"title":"Fire safety, new"}',X'49431400F00411E6D65E0BAE5465676FD8568593ED5FA9DB4BFE6ED62D3A4E7E',X'560013C0504A2CF469E04CCCE1E7E8C844D92E683BF74CDEAE8FBB33BEAE3D34');
INSERT INTO "audit_entry" VALUES(69,61,'retire','course','OLD-1',NULL,'{"status":"active"}','{"status":"retired"}',X'63532DA6EB2312F9CCFBBE2C2C75891B2005E5404A6597644EDEC26544F53F42',X'CD5FB4C9018E6E0B1A6793ED40A462108189C90442EB006B9FA8DB9FD6BBF439');
INSERT INTO "audit_entry" VALUES(70,62,'edit','account','1001',2,'{"last_name":"Bell"}','{"last_name":"Bell-Roy"}',X'700027F4A7130C00E810F3022B4141E2BFC72FC70628E5DA923075EF8F605450',X'7C3FD76D7D19B3607C65940CEB03F7F76E3E8674D1A4554FFE6F7F74AE8E14CB');
INSERT INTO "audit_entry" VALUES(71,63,'end','assignment','1002 maple-grove/psw',3,'{"status":"confirmed"}','{"ended_on":"2025-02-06","reason":"moved","status":"ended"}',X'C69BB8C2889CC79A4CE1BCF28ACE51CCB7C6AFDDCA782B474C9347B6AEF28B26',X'7A08A45129FF74C8A86B49E081B153234E65BD979C1CA8EE08F8FFDDC70C8253');
INSERT INTO "audit_entry" VALUES(72,64,'deactivate','account','1004',5,'{"status":"created"}','{"reason":"left","roles":["Cancelled: psw at cedar-hill."],"status":"deactivated"}',X'257A72AD08719CE96DB0D0E854FCA80EABE08465D322B598B621AE866C9B1AE9',X'C24A310BE6883FD998F782A611AFAC9009C6A9867DE75A2A5496814CDFC661C2');
INSERT INTO "audit_entry" VALUES(73,65,'create','key','did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq',NULL,NULL,'{"did":"did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq","home":"maple-grove"}',X'0D08C367435CBABAF126E503A0819FBAF0E85B0799C298C1F45A1DE3969127C8',X'80806BA40EFFE1153F80F6EB7BADEFAF8C40BDDE0AAEE1CF17004BD5ECE0C29D');
INSERT INTO "audit_entry" VALUES(74,66,'revoke','record','1',1,NULL,'{"code":"IPAC-101","portal_id":"1000","reason":"mistake","record":1,"revoked_on":"2025-02-09"}',X'A7B354A6A5DD6047B584DCF45E8ED2C38ABEAB00963E22D49DF87CE898D0060F',X'6749AF62048C222DC4564A02C42EFC51E1F2FA491CAF253AF3CBCDE33697C4B9');
INSERT INTO "audit_entry" VALUES(75,67,'trust','issuer','did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',NULL,NULL,'{"did":"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK","name":"Other College"}',X'0541C49A3F261F701C105DDA0AC905193177719F87E4DB0F7185BCA460DA8B3A',X'3EC067480D771BC2357747A433E94ABF19EB579978C9EA2655CB90FB608125AB');
INSERT INTO "audit_entry" VALUES(76,68,'create','course','CAT-1',NULL,NULL,'{"category":"badge","code":"CAT-1","expiry":"","language":"fr","method":null,"minutes":60,"price":null,"provider":"Collège Boréal","status":"active","title":"Sensibilisation aux besoins particuliers dans le domaine de l’éducation de la petite enfance","validity_years":null}',X'2BC15741C4B715304340B1910C2797636658C1912188161C3CBE56716CF9B622',X'F4CBA955FDAD04536E8D473903BAF55F52A8CF1CF05692850702355A062940AD');
INSERT INTO "audit_entry" VALUES(77,69,'create','catalog','own-1',NULL,NULL,'{"funding":null,"institution":"Sample College","language":null,"link":null,"method":null,"minutes":null,"osap_approved":null,"price_cents":null,"sector":null,"title":"Own one","year":null}',X'E29E6734B2A6BE4CA4E4C9528203D99C2155A44AEE4EC54DCF80323CDAE2C0F1',X'D09C567A6F3DF8A21BF3992217D7A7F4C227BF9C2DF07FFA80AA3CC0EF58116A');
INSERT INTO "audit_entry" VALUES(78,70,'withdraw','registration','3/IPAC-101',3,'{"access_on":null,"complete_by":null,"completed_on":null,"status":"approved"}','{"access_on":null,"complete_by":null,"completed_on":null,"status":"withdrawn"}',X'4ECA20B9B2FCC7A2A595F8D32A3F6507624768587EAE7886B55873557F6CBF6D',X'AAFBC864D118C0374A23B47646926DC847633B1506C17ACDA2F719121B1C7611');
INSERT INTO "audit_entry" VALUES(79,71,'edit','account','1000',1,'{"student_number":"S-1"}','{"student_number":"S-2"}',X'EE1A2951AD221D8EC432E9D61DC9DCC765AE64074BB3B47DBF8A1F48A17C3AC7',X'F5E95DA8913C8F9DB93A8062D09BE97FB2DC7B3D561A883855471F9950123ECE');
INSERT INTO "audit_entry" VALUES(80,72,'undo','change','61',NULL,NULL,'{"command":"course retire","rows":2}',X'89A91382FB7432F897793DBFEA500362D4CABB742BDC603E34D0C93B96CBF4AE',X'7207BC45395FC7E399D96D91E979F813B7D52BA3796220E8BA3568CBC7D19F2A');
INSERT INTO "audit_entry" VALUES(81,73,'create','account','1005',6,NULL,'{"created_on":"2025-02-14","email":"gone@example.org","first_name":"Gone","language":"en","last_name":"Soon","portal_id":"1005","status":"created"}',X'BEE8DC5A0CBF393414763B751EA5B5120174932CB4B4A8A62E16B9B0B7025D17',X'C3D3160C171E4F6AB3C9984FC066540341B44DD9CABB33693961B9B6891BC1D6');
INSERT INTO "audit_entry" VALUES(82,74,'create','record','5',2,NULL,'{"code":"FIRE-1","completed_on":"2025-02-20","evidence":null,"expires_on":null,"portal_id":"1001","provider":"Sample College","record":5,"source":"record","title":"Fire safety, new","verified_by":null,"voided_on":null}',X'43891B6D8E31D563B07F6A733E7001B8D277032352348582CAD60B902F903F37',X'4B683B042237012EF7F3104F28DF8BDCB5EC1D7831AD011919E4BA14A2E0B565');
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
INSERT INTO "cart_line" VALUES(1,1,1,1,0,'2025-01-09','2025-01-09');
INSERT INTO "cart_line" VALUES(2,1,3,1,0,'2025-01-09','2025-01-09');
INSERT INTO "cart_line" VALUES(3,2,4,1,1,'2025-01-09','2025-01-09');
INSERT INTO "cart_line" VALUES(4,3,1,3,0,'2025-01-10','2025-01-10');
INSERT INTO "cart_line" VALUES(5,2,1,1,0,'2025-02-01',NULL);
CREATE TABLE catalog_entry (
	id INTEGER NOT NULL, 
	natural_key VARCHAR NOT NULL, 
	listed_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_entry PRIMARY KEY (id), 
	CONSTRAINT ck_catalog_entry_iso_dates CHECK ((listed_on IS NULL OR CAST(listed_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_catalog_entry_natural_key UNIQUE (natural_key)
);
INSERT INTO "catalog_entry" VALUES(1,'sample college|own one|','2025-02-09',69);
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
INSERT INTO "catalog_entry_version" VALUES(1,1,'2025-02-09',NULL,'Sample College','Own one',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "change" VALUES(1,'2026-11-25T18:47:35.107Z','2025-01-06','admin','home create',NULL);
INSERT INTO "change" VALUES(2,'2026-11-25T18:47:35.729Z','2025-01-06','admin','home create',NULL);
INSERT INTO "change" VALUES(3,'2026-11-25T18:47:36.087Z','2025-01-06','admin','role create',NULL);
INSERT INTO "change" VALUES(4,'2026-11-25T18:47:36.505Z','2025-01-06','admin','role create',NULL);
INSERT INTO "change" VALUES(5,'2026-11-25T18:47:36.928Z','2025-01-06','admin','role create',NULL);
INSERT INTO "change" VALUES(6,'2026-11-25T18:47:37.361Z','2025-01-06','admin','course create',NULL);
INSERT INTO "change" VALUES(7,'2026-11-25T18:47:37.739Z','2025-01-06','admin','course create',NULL);
INSERT INTO "change" VALUES(8,'2026-11-25T18:47:38.115Z','2025-01-06','admin','course create',NULL);
INSERT INTO "change" VALUES(9,'2026-11-25T18:47:38.489Z','2025-01-06','admin','course create',NULL);
INSERT INTO "change" VALUES(10,'2026-11-25T18:47:38.890Z','2025-01-06','admin','course create',NULL);
INSERT INTO "change" VALUES(11,'2026-11-25T18:47:39.288Z','2025-01-06','admin','course equate',NULL);
INSERT INTO "change" VALUES(12,'2026-11-25T18:47:39.668Z','2025-01-06','admin','requirement add',NULL);
INSERT INTO "change" VALUES(13,'2026-11-25T18:47:40.025Z','2025-01-06','admin','requirement add',NULL);
INSERT INTO "change" VALUES(14,'2026-11-25T18:47:40.379Z','2025-01-06','admin','requirement add',NULL);
INSERT INTO "change" VALUES(15,'2026-11-25T18:47:40.749Z','2025-01-06','admin','account create',NULL);
INSERT INTO "change" VALUES(16,'2026-11-25T18:47:41.149Z','2025-01-06','admin','account create',NULL);
INSERT INTO "change" VALUES(17,'2026-11-25T18:47:41.576Z','2025-01-06','admin','account create',NULL);
INSERT INTO "change" VALUES(18,'2026-11-25T18:47:41.964Z','2025-01-06','admin','account create',NULL);
INSERT INTO "change" VALUES(19,'2026-11-25T18:47:42.363Z','2025-01-06','admin','account create',NULL);
INSERT INTO "change" VALUES(20,'2026-11-25T18:47:42.754Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(21,'2026-11-25T18:47:43.158Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(22,'2026-11-25T18:47:43.644Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(23,'2026-11-25T18:47:44.073Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(24,'2026-11-25T18:47:44.577Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(25,'2026-11-25T18:47:45.183Z','2025-01-07','admin','role assign',NULL);
INSERT INTO "change" VALUES(26,'2026-11-25T18:47:45.740Z','2025-01-08','admin','role confirm',NULL);
INSERT INTO "change" VALUES(27,'2026-11-25T18:47:46.424Z','2025-01-08','admin','role confirm',NULL);
INSERT INTO "change" VALUES(28,'2026-11-25T18:47:47.031Z','2025-01-08','admin','role confirm',NULL);
INSERT INTO "change" VALUES(29,'2026-11-25T18:47:47.744Z','2025-01-08','admin','role confirm',NULL);
INSERT INTO "change" VALUES(30,'2026-11-25T18:47:48.373Z','2025-01-08','admin','role decline',NULL);
INSERT INTO "change" VALUES(31,'2026-11-25T18:47:48.960Z','2025-01-09','admin','account confirm',NULL);
INSERT INTO "change" VALUES(32,'2026-11-25T18:47:49.451Z','2025-01-09','admin','cart add',NULL);
INSERT INTO "change" VALUES(33,'2026-11-25T18:47:49.878Z','2025-01-09','admin','cart add',NULL);
INSERT INTO "change" VALUES(34,'2026-11-25T18:47:50.399Z','2025-01-09','admin','cart submit',NULL);
INSERT INTO "change" VALUES(35,'2026-11-25T18:47:50.979Z','2025-01-09','admin','cart submit',NULL);
INSERT INTO "change" VALUES(36,'2026-11-25T18:47:51.486Z','2025-01-10','admin','cart add',NULL);
INSERT INTO "change" VALUES(37,'2026-11-25T18:47:51.926Z','2025-01-10','admin','cart submit',NULL);
INSERT INTO "change" VALUES(38,'2026-11-25T18:47:52.366Z','2025-01-10','admin','registration grant',NULL);
INSERT INTO "change" VALUES(39,'2026-11-25T18:47:52.820Z','2025-01-10','admin','registration grant',NULL);
INSERT INTO "change" VALUES(40,'2026-11-25T18:47:53.270Z','2025-01-13','admin','submission approve',NULL);
INSERT INTO "change" VALUES(41,'2026-11-25T18:47:53.723Z','2025-01-14','admin','registration fail',NULL);
INSERT INTO "change" VALUES(42,'2026-11-25T18:47:54.172Z','2025-01-15','admin','registration extend',NULL);
INSERT INTO "change" VALUES(43,'2026-11-25T18:47:54.588Z','2025-01-20','admin','registration complete',NULL);
INSERT INTO "change" VALUES(44,'2026-11-25T18:47:55.016Z','2025-01-21','admin','record add',NULL);
INSERT INTO "change" VALUES(45,'2026-11-25T18:47:55.452Z','2025-01-21','admin','record add',NULL);
INSERT INTO "change" VALUES(46,'2026-11-25T18:47:55.881Z','2025-01-22','admin','record add',NULL);
INSERT INTO "change" VALUES(47,'2026-11-25T18:47:56.300Z','2025-01-23','admin','record void',NULL);
INSERT INTO "change" VALUES(48,'2026-11-25T18:47:56.713Z','2025-01-24','admin','requirement waive',NULL);
INSERT INTO "change" VALUES(49,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(50,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(51,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(52,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(53,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(54,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(55,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(56,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(57,'2026-11-25T18:47:57.105Z','2025-01-25','admin','notify run',NULL);
INSERT INTO "change" VALUES(58,'2026-11-25T18:47:57.678Z','2025-02-01','admin','cart add',NULL);
INSERT INTO "change" VALUES(59,'2026-11-25T18:47:58.097Z','2025-02-02','admin','home edit',NULL);
INSERT INTO "change" VALUES(60,'2026-11-25T18:47:58.503Z','2025-02-03','admin','course edit',NULL);
INSERT INTO "change" VALUES(61,'2026-11-25T18:47:58.914Z','2025-02-04','admin','course retire',NULL);
INSERT INTO "change" VALUES(62,'2026-11-25T18:47:59.311Z','2025-02-05','admin','account edit',NULL);
INSERT INTO "change" VALUES(63,'2026-11-25T18:47:59.728Z','2025-02-06','admin','role end',NULL);
INSERT INTO "change" VALUES(64,'2026-11-25T18:48:00.155Z','2025-02-07','admin','account deactivate',NULL);
INSERT INTO "change" VALUES(65,'2026-11-25T18:48:00.555Z','2025-02-08','admin','passport export',NULL);
INSERT INTO "change" VALUES(66,'2026-11-25T18:48:01.202Z','2025-02-09','admin','passport revoke',NULL);
INSERT INTO "change" VALUES(67,'2026-11-25T18:48:01.637Z','2025-02-09','admin','passport trust',NULL);
INSERT INTO "change" VALUES(68,'2026-11-25T18:48:02.126Z','2025-02-09','admin','catalog adopt',NULL);
INSERT INTO "change" VALUES(69,'2026-11-25T18:48:02.537Z','2025-02-09','admin','catalog import',NULL);
INSERT INTO "change" VALUES(70,'2026-11-25T18:48:02.939Z','2025-02-10','admin','registration withdraw',NULL);
INSERT INTO "change" VALUES(71,'2026-11-25T18:48:03.364Z','2025-02-11','admin','account edit',NULL);
INSERT INTO "change" VALUES(72,'2026-11-25T18:48:03.784Z','2025-02-12','admin','audit undo',61);
INSERT INTO "change" VALUES(73,'2026-11-25T18:48:04.196Z','2025-02-14','admin','account create',NULL);
INSERT INTO "change" VALUES(74,'2026-11-25T18:48:04.616Z','2025-02-20','admin','record add',NULL);
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
INSERT INTO "completion" VALUES(1,1,1,'2025-01-20','2026-01-20',NULL,'registration',NULL,NULL,1,NULL,NULL,43);
INSERT INTO "completion" VALUES(2,1,2,'2024-03-01','2025-03-01',NULL,'record','paper','admin',NULL,NULL,NULL,44);
INSERT INTO "completion" VALUES(3,2,1,'2024-02-01','2025-02-01',NULL,'record',NULL,NULL,NULL,NULL,NULL,45);
INSERT INTO "completion" VALUES(4,3,3,'2025-01-15',NULL,NULL,'record',NULL,NULL,NULL,'2025-01-23','wrong person',46);
INSERT INTO "completion" VALUES(5,2,3,'2025-02-20',NULL,NULL,'record',NULL,NULL,NULL,NULL,NULL,74);
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
INSERT INTO "confirmation_token" VALUES(1,'3bb8zvdgvga58p7s',1,NULL,'2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(2,'4w44k8qhx5c5uq66',2,NULL,'2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(3,'nxadzqy9gekep7cj',3,NULL,'2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(4,'gnvy32qnq6wxu2ff',4,NULL,'2025-01-06',NULL,NULL,'2025-01-09');
INSERT INTO "confirmation_token" VALUES(5,'eaf8v5ueqjj36fcm',5,NULL,'2025-01-06',NULL,NULL,'2025-02-07');
INSERT INTO "confirmation_token" VALUES(6,'hk4gwqh2wjkppven',1,1,'2025-01-07','2025-01-21',NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(7,'q3udxs26957y6ccx',2,1,'2025-01-07','2025-01-21',NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(8,'q5hpcdmp7g6ta99m',3,1,'2025-01-07','2025-01-21',NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(9,'m3yg87b4m4zru2ce',4,1,'2025-01-07','2025-01-21',NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(10,'73kx59w8rqy8cyy8',3,3,'2025-01-07','2025-01-21',NULL,'2025-01-08');
INSERT INTO "confirmation_token" VALUES(11,'dy9xym2mz87r2re3',5,3,'2025-01-07','2025-01-21',NULL,'2025-02-07');
INSERT INTO "confirmation_token" VALUES(12,'x2x78m7gy7vfkn6s',6,NULL,'2025-02-14',NULL,NULL,NULL);
CREATE TABLE counter (
	name VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('portal_id',1006);
CREATE TABLE course (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_course PRIMARY KEY (id), 
	CONSTRAINT ck_course_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_course_code UNIQUE (code)
);
INSERT INTO "course" VALUES(1,'IPAC-101','2025-01-06',6);
INSERT INTO "course" VALUES(2,'PCI-101','2025-01-06',7);
INSERT INTO "course" VALUES(3,'FIRE-1','2025-01-06',8);
INSERT INTO "course" VALUES(4,'LIFT-1','2025-01-06',9);
INSERT INTO "course" VALUES(5,'OLD-1','2025-01-06',10);
INSERT INTO "course" VALUES(6,'CAT-1','2025-02-09',68);
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
INSERT INTO "course_equivalence" VALUES(1,1,1,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(2,2,2,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(3,3,3,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(4,4,4,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(5,5,5,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(6,1,2,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(7,2,1,'2025-01-06');
INSERT INTO "course_equivalence" VALUES(8,6,6,'2025-02-09');
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
INSERT INTO "course_version" VALUES(1,1,'2025-01-06',NULL,'Infection control','Sample College',30,1,NULL,NULL,'badge',4500,'active');
INSERT INTO "course_version" VALUES(2,2,'2025-01-06',NULL,'Prévention','Sample College',30,1,'fr',NULL,'badge',NULL,'active');
INSERT INTO "course_version" VALUES(3,3,'2025-01-06','2025-02-03','Fire safety','Sample College',60,NULL,NULL,'online','badge',NULL,'active');
INSERT INTO "course_version" VALUES(4,4,'2025-01-06',NULL,'Lifting','Sample College',900,3,NULL,'instructor-led','badge',12000,'active');
INSERT INTO "course_version" VALUES(5,5,'2025-01-06',NULL,'Old one','Sample College',15,NULL,NULL,NULL,'badge',NULL,'active');
INSERT INTO "course_version" VALUES(6,3,'2025-02-03',NULL,'Fire safety, new','Sample College',60,NULL,NULL,'online','badge',NULL,'active');
INSERT INTO "course_version" VALUES(8,6,'2025-02-09',NULL,'Sensibilisation aux besoins particuliers dans le domaine de l’éducation de la petite enfance','Collège Boréal',60,NULL,'fr',NULL,'badge',NULL,'active');
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
INSERT INTO "decision" VALUES(1,1,'2025-01-09',NULL,'approved','employer-pays','employer',NULL);
INSERT INTO "decision" VALUES(2,2,'2025-01-09',NULL,'approved','employer-pays','employer',NULL);
INSERT INTO "decision" VALUES(3,3,'2025-01-09',NULL,'approved','self-pay','learner',NULL);
INSERT INTO "decision" VALUES(4,4,'2025-01-10','2025-01-13','submitted','employer-pays','employer',NULL);
INSERT INTO "decision" VALUES(5,4,'2025-01-13',NULL,'approved','employer-pays','employer','admin');
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
INSERT INTO "extension" VALUES(1,1,'2025-01-15','2025-02-10','ill');
CREATE TABLE home (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_home PRIMARY KEY (id), 
	CONSTRAINT ck_home_iso_dates CHECK ((created_on IS NULL OR CAST(created_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT uq_home_code UNIQUE (code)
);
INSERT INTO "home" VALUES(1,'maple-grove','2025-01-06',1);
INSERT INTO "home" VALUES(2,'cedar-hill','2025-01-06',2);
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
INSERT INTO "home_key" VALUES(1,1,'did:key:z6MkgNXYyKUatKxdHKmyq76yiEDzTLVNBZzzUmrb1Cz4ryjq','2025-02-08',NULL,65);
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
INSERT INTO "home_version" VALUES(1,1,'2025-01-06','2025-02-02','Maple Grove','Sarnia','auto','60d','30d','2025-02-03',60,'14d','boss@example.org');
INSERT INTO "home_version" VALUES(2,2,'2025-01-06',NULL,'Cedar Hill',NULL,'manual','60d','30d','2025-02-03',60,'14d','boss@example.org');
INSERT INTO "home_version" VALUES(3,1,'2025-02-02',NULL,'Maple Grove','Sarnia','auto','60d','60d','2025-02-03',60,'14d','boss@example.org');
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
INSERT INTO "message" VALUES(1,'confirm-account','ann@example.org','en','{"first_name": "Ann", "portal_id": "1000", "token": "3bb8zvdgvga58p7s"}',1,NULL,'token:3bb8zvdgvga58p7s','2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(2,'confirm-account','zoe@example.org','fr','{"first_name": "Zoé", "portal_id": "1001", "token": "4w44k8qhx5c5uq66"}',2,NULL,'token:4w44k8qhx5c5uq66','2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(3,'confirm-account','cy@example.org','en','{"first_name": "Cy", "portal_id": "1002", "token": "nxadzqy9gekep7cj"}',3,NULL,'token:nxadzqy9gekep7cj','2025-01-06',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(4,'confirm-account','di@b..example','en','{"first_name": "Di", "portal_id": "1003", "token": "gnvy32qnq6wxu2ff"}',4,NULL,'token:gnvy32qnq6wxu2ff','2025-01-06',NULL,NULL,'2025-01-09');
INSERT INTO "message" VALUES(5,'confirm-account','ed@example.org','en','{"first_name": "Ed", "portal_id": "1004", "token": "eaf8v5ueqjj36fcm"}',5,NULL,'token:eaf8v5ueqjj36fcm','2025-01-06',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(6,'confirm-role','ann@example.org','en','{"first_name": "Ann", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "hk4gwqh2wjkppven"}',1,1,'token:hk4gwqh2wjkppven','2025-01-07',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(7,'confirm-role','zoe@example.org','fr','{"first_name": "Zoé", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "q3udxs26957y6ccx"}',2,1,'token:q3udxs26957y6ccx','2025-01-07',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(8,'confirm-role','cy@example.org','en','{"first_name": "Cy", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "q5hpcdmp7g6ta99m"}',3,1,'token:q5hpcdmp7g6ta99m','2025-01-07',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(9,'confirm-role','di@b..example','en','{"first_name": "Di", "home_name": "Maple Grove", "role_name": "PSW", "expires_on": "2025-01-21", "token": "m3yg87b4m4zru2ce"}',4,1,'token:m3yg87b4m4zru2ce','2025-01-07',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(10,'confirm-role','cy@example.org','en','{"first_name": "Cy", "home_name": "Cedar Hill", "role_name": "PSW", "expires_on": "2025-01-21", "token": "73kx59w8rqy8cyy8"}',3,2,'token:73kx59w8rqy8cyy8','2025-01-07',NULL,NULL,'2025-01-08');
INSERT INTO "message" VALUES(11,'confirm-role','ed@example.org','en','{"first_name": "Ed", "home_name": "Cedar Hill", "role_name": "PSW", "expires_on": "2025-01-21", "token": "dy9xym2mz87r2re3"}',5,2,'token:dy9xym2mz87r2re3','2025-01-07',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(12,'decision','ann@example.org','en','{"first_name": "Ann", "lines": [{"line": "1/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-13"}, {"line": "1/FIRE-1", "code": "FIRE-1", "title": "Fire safety", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-13"}]}',1,NULL,'decision:1','2025-01-09',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(13,'decision','zoe@example.org','fr','{"first_name": "Zoé", "lines": [{"line": "2/LIFT-1", "code": "LIFT-1", "title": "Lifting", "decision": "approved", "reason": "self-pay", "payer": "learner", "access_by": "2025-01-13"}]}',2,NULL,'decision:2','2025-01-09',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(14,'decision','cy@example.org','en','{"first_name": "Cy", "lines": [{"line": "3/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "submitted", "reason": "employer-pays", "payer": "employer", "access_by": null}]}',3,NULL,'decision:3','2025-01-10',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(15,'access','ann@example.org','en','{"first_name": "Ann", "code": "IPAC-101", "title": "Infection control", "access_on": "2025-01-10", "complete_by": "2025-01-24"}',1,1,'access:1/IPAC-101','2025-01-10',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(16,'access','zoe@example.org','fr','{"first_name": "Zoé", "code": "LIFT-1", "title": "Lifting", "access_on": "2025-01-10", "complete_by": "2025-01-24"}',2,1,'access:2/LIFT-1','2025-01-10',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(17,'decision','cy@example.org','en','{"first_name": "Cy", "lines": [{"line": "3/IPAC-101", "code": "IPAC-101", "title": "Infection control", "decision": "approved", "reason": "employer-pays", "payer": "employer", "access_by": "2025-01-15"}]}',3,NULL,'decided:3/IPAC-101','2025-01-13',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(18,'reminder','zoe@example.org','fr','{"first_name": "Zoé", "code": "IPAC-101", "title": "Infection control", "expires_on": "2025-02-01", "days_left": 7, "late": false}',2,1,'reminder:3:7','2025-01-25',NULL,'2025-01-25',NULL);
INSERT INTO "message" VALUES(19,'confirm-account','gone@example.org','en','{"first_name": "Gone", "portal_id": "1005", "token": "x2x78m7gy7vfkn6s"}',6,NULL,'token:x2x78m7gy7vfkn6s','2025-02-14',NULL,NULL,NULL);
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
INSERT INTO "registration" VALUES(1,1,1,1,'employer','2025-01-09','2025-01-13','2025-01-10','2025-01-20',NULL,NULL);
INSERT INTO "registration" VALUES(2,1,3,1,'employer','2025-01-09','2025-01-13',NULL,NULL,NULL,NULL);
INSERT INTO "registration" VALUES(3,2,4,1,'learner','2025-01-09','2025-01-13','2025-01-10',NULL,'2025-01-14',NULL);
INSERT INTO "registration" VALUES(4,3,1,1,'employer','2025-01-13','2025-01-15',NULL,NULL,NULL,'2025-02-10');
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
INSERT INTO "requirement" VALUES(1,1,1,'2025-01-06',NULL,'2025-01-06','30d',1,12);
INSERT INTO "requirement" VALUES(2,1,3,'2025-01-06',NULL,'2025-01-06','30d',1,12);
INSERT INTO "requirement" VALUES(3,1,4,'2025-01-06',NULL,'2025-01-06','2w',0,13);
INSERT INTO "requirement" VALUES(4,3,1,'2025-01-06',NULL,'2025-01-08','30d',1,14);
INSERT INTO "requirement" VALUES(5,3,5,'2025-01-06',NULL,'2025-01-08','30d',1,14);
CREATE TABLE revocation (
	completion_id INTEGER NOT NULL, 
	revoked_on DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_revocation PRIMARY KEY (completion_id), 
	CONSTRAINT ck_revocation_iso_dates CHECK ((revoked_on IS NULL OR CAST(revoked_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_revocation_completion_id FOREIGN KEY(completion_id) REFERENCES completion (id)
);
INSERT INTO "revocation" VALUES(1,'2025-02-09','mistake',66);
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
INSERT INTO "role" VALUES(1,1,'psw','2025-01-06',3);
INSERT INTO "role" VALUES(2,1,'rn','2025-01-06',4);
INSERT INTO "role" VALUES(3,2,'psw','2025-01-06',5);
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
INSERT INTO "role_version" VALUES(1,1,'2025-01-06',NULL,'PSW','direct-care');
INSERT INTO "role_version" VALUES(2,2,'2025-01-06',NULL,'Nurse','registered');
INSERT INTO "role_version" VALUES(3,3,'2025-01-06',NULL,'PSW',NULL);
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	submitted_on DATE NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT ck_submission_iso_dates CHECK ((submitted_on IS NULL OR CAST(submitted_on AS TEXT) LIKE '____-__-__')), 
	CONSTRAINT fk_submission_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "submission" VALUES(1,1,'2025-01-09');
INSERT INTO "submission" VALUES(2,2,'2025-01-09');
INSERT INTO "submission" VALUES(3,3,'2025-01-10');
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
INSERT INTO "submission_line" VALUES(2,1,3,1,0);
INSERT INTO "submission_line" VALUES(3,2,4,1,1);
INSERT INTO "submission_line" VALUES(4,3,1,3,0);
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
INSERT INTO "trusted_issuer" VALUES(1,'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK','Other College','2025-02-09',NULL,67);
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
INSERT INTO "undo_step" VALUES(3,2,'home',2,2,NULL);
INSERT INTO "undo_step" VALUES(4,2,'home_version',2,2,NULL);
INSERT INTO "undo_step" VALUES(5,3,'role',1,1,NULL);
INSERT INTO "undo_step" VALUES(6,3,'role_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(7,4,'role',2,2,NULL);
INSERT INTO "undo_step" VALUES(8,4,'role_version',2,2,NULL);
INSERT INTO "undo_step" VALUES(9,5,'role',3,3,NULL);
INSERT INTO "undo_step" VALUES(10,5,'role_version',3,3,NULL);
INSERT INTO "undo_step" VALUES(11,6,'course',1,1,NULL);
INSERT INTO "undo_step" VALUES(12,6,'course_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(13,6,'course_equivalence',1,1,NULL);
INSERT INTO "undo_step" VALUES(14,7,'course',2,2,NULL);
INSERT INTO "undo_step" VALUES(15,7,'course_version',2,2,NULL);
INSERT INTO "undo_step" VALUES(16,7,'course_equivalence',2,2,NULL);
INSERT INTO "undo_step" VALUES(17,8,'course',3,3,NULL);
INSERT INTO "undo_step" VALUES(18,8,'course_version',3,3,NULL);
INSERT INTO "undo_step" VALUES(19,8,'course_equivalence',3,3,NULL);
INSERT INTO "undo_step" VALUES(20,9,'course',4,4,NULL);
INSERT INTO "undo_step" VALUES(21,9,'course_version',4,4,NULL);
INSERT INTO "undo_step" VALUES(22,9,'course_equivalence',4,4,NULL);
INSERT INTO "undo_step" VALUES(23,10,'course',5,5,NULL);
INSERT INTO "undo_step" VALUES(24,10,'course_version',5,5,NULL);
INSERT INTO "undo_step" VALUES(25,10,'course_equivalence',5,5,NULL);
INSERT INTO "undo_step" VALUES(26,11,'course_equivalence',6,7,NULL);
INSERT INTO "undo_step" VALUES(27,12,'requirement',1,2,NULL);
INSERT INTO "undo_step" VALUES(28,13,'requirement',3,3,NULL);
INSERT INTO "undo_step" VALUES(29,14,'requirement',4,5,NULL);
INSERT INTO "undo_step" VALUES(30,15,'account',1,1,NULL);
INSERT INTO "undo_step" VALUES(31,15,'account_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(32,15,'account_identity',1,1,NULL);
INSERT INTO "undo_step" VALUES(33,15,'confirmation_token',1,1,NULL);
INSERT INTO "undo_step" VALUES(34,15,'message',1,1,NULL);
INSERT INTO "undo_step" VALUES(35,16,'account',2,2,NULL);
INSERT INTO "undo_step" VALUES(36,16,'account_version',2,2,NULL);
INSERT INTO "undo_step" VALUES(37,16,'account_identity',2,2,NULL);
INSERT INTO "undo_step" VALUES(38,16,'confirmation_token',2,2,NULL);
INSERT INTO "undo_step" VALUES(39,16,'message',2,2,NULL);
INSERT INTO "undo_step" VALUES(40,17,'account',3,3,NULL);
INSERT INTO "undo_step" VALUES(41,17,'account_version',3,3,NULL);
INSERT INTO "undo_step" VALUES(42,17,'account_identity',3,3,NULL);
INSERT INTO "undo_step" VALUES(43,17,'confirmation_token',3,3,NULL);
INSERT INTO "undo_step" VALUES(44,17,'message',3,3,NULL);
INSERT INTO "undo_step" VALUES(45,18,'account',4,4,NULL);
INSERT INTO "undo_step" VALUES(46,18,'account_version',4,4,NULL);
INSERT INTO "undo_step" VALUES(47,18,'account_identity',4,4,NULL);
INSERT INTO "undo_step" VALUES(48,18,'confirmation_token',4,4,NULL);
INSERT INTO "undo_step" VALUES(49,18,'message',4,4,NULL);
INSERT INTO "undo_step" VALUES(50,19,'account',5,5,NULL);
INSERT INTO "undo_step" VALUES(51,19,'account_version',5,5,NULL);
INSERT INTO "undo_step" VALUES(52,19,'account_identity',5,5,NULL);
INSERT INTO "undo_step" VALUES(53,19,'confirmation_token',5,5,NULL);
INSERT INTO "undo_step" VALUES(54,19,'message',5,5,NULL);
INSERT INTO "undo_step" VALUES(55,20,'assignment',1,1,NULL);
INSERT INTO "undo_step" VALUES(56,20,'confirmation_token',6,6,NULL);
INSERT INTO "undo_step" VALUES(57,20,'message',6,6,NULL);
INSERT INTO "undo_step" VALUES(58,21,'assignment',2,2,NULL);
INSERT INTO "undo_step" VALUES(59,21,'confirmation_token',7,7,NULL);
INSERT INTO "undo_step" VALUES(60,21,'message',7,7,NULL);
INSERT INTO "undo_step" VALUES(61,22,'assignment',3,3,NULL);
INSERT INTO "undo_step" VALUES(62,22,'confirmation_token',8,8,NULL);
INSERT INTO "undo_step" VALUES(63,22,'message',8,8,NULL);
INSERT INTO "undo_step" VALUES(64,23,'assignment',4,4,NULL);
INSERT INTO "undo_step" VALUES(65,23,'confirmation_token',9,9,NULL);
INSERT INTO "undo_step" VALUES(66,23,'message',9,9,NULL);
INSERT INTO "undo_step" VALUES(67,24,'assignment',5,5,NULL);
INSERT INTO "undo_step" VALUES(68,24,'confirmation_token',10,10,NULL);
INSERT INTO "undo_step" VALUES(69,24,'message',10,10,NULL);
INSERT INTO "undo_step" VALUES(70,25,'assignment',6,6,NULL);
INSERT INTO "undo_step" VALUES(71,25,'confirmation_token',11,11,NULL);
INSERT INTO "undo_step" VALUES(72,25,'message',11,11,NULL);
INSERT INTO "undo_step" VALUES(73,26,'assignment',1,1,'{"confirmed_on": null}');
INSERT INTO "undo_step" VALUES(74,26,'confirmation_token',6,6,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(75,26,'message',6,6,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(76,26,'account_version',1,1,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(77,26,'account_version',6,6,NULL);
INSERT INTO "undo_step" VALUES(78,26,'confirmation_token',1,1,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(79,26,'message',1,1,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(80,27,'assignment',2,2,'{"confirmed_on": null}');
INSERT INTO "undo_step" VALUES(81,27,'confirmation_token',7,7,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(82,27,'message',7,7,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(83,27,'account_version',2,2,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(84,27,'account_version',7,7,NULL);
INSERT INTO "undo_step" VALUES(85,27,'confirmation_token',2,2,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(86,27,'message',2,2,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(87,28,'assignment',5,5,'{"confirmed_on": null}');
INSERT INTO "undo_step" VALUES(88,28,'confirmation_token',10,10,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(89,28,'message',10,10,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(90,28,'account_version',3,3,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(91,28,'account_version',8,8,NULL);
INSERT INTO "undo_step" VALUES(92,28,'confirmation_token',3,3,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(93,28,'message',3,3,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(94,29,'assignment',3,3,'{"confirmed_on": null}');
INSERT INTO "undo_step" VALUES(95,29,'confirmation_token',8,8,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(96,29,'message',8,8,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(97,30,'assignment',4,4,'{"declined_on": null, "end_reason": null}');
INSERT INTO "undo_step" VALUES(98,30,'confirmation_token',9,9,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(99,30,'message',9,9,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(100,31,'account_version',4,4,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(101,31,'account_version',9,9,NULL);
INSERT INTO "undo_step" VALUES(102,31,'confirmation_token',4,4,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(103,31,'message',4,4,'{"cancelled_on": null}');
INSERT INTO "undo_step" VALUES(104,32,'cart_line',1,2,NULL);
INSERT INTO "undo_step" VALUES(105,33,'cart_line',3,3,NULL);
INSERT INTO "undo_step" VALUES(106,34,'submission',1,1,NULL);
INSERT INTO "undo_step" VALUES(107,34,'cart_line',1,1,'{"closed_on": null}');
INSERT INTO "undo_step" VALUES(108,34,'submission_line',1,1,NULL);
INSERT INTO "undo_step" VALUES(109,34,'decision',1,1,NULL);
INSERT INTO "undo_step" VALUES(110,34,'registration',1,1,NULL);
INSERT INTO "undo_step" VALUES(111,34,'cart_line',2,2,'{"closed_on": null}');
INSERT INTO "undo_step" VALUES(112,34,'submission_line',2,2,NULL);
INSERT INTO "undo_step" VALUES(113,34,'decision',2,2,NULL);
INSERT INTO "undo_step" VALUES(114,34,'registration',2,2,NULL);
INSERT INTO "undo_step" VALUES(115,34,'message',12,12,NULL);
INSERT INTO "undo_step" VALUES(116,35,'submission',2,2,NULL);
INSERT INTO "undo_step" VALUES(117,35,'cart_line',3,3,'{"closed_on": null}');
INSERT INTO "undo_step" VALUES(118,35,'submission_line',3,3,NULL);
INSERT INTO "undo_step" VALUES(119,35,'decision',3,3,NULL);
INSERT INTO "undo_step" VALUES(120,35,'registration',3,3,NULL);
INSERT INTO "undo_step" VALUES(121,35,'message',13,13,NULL);
INSERT INTO "undo_step" VALUES(122,36,'cart_line',4,4,NULL);
INSERT INTO "undo_step" VALUES(123,37,'submission',3,3,NULL);
INSERT INTO "undo_step" VALUES(124,37,'cart_line',4,4,'{"closed_on": null}');
INSERT INTO "undo_step" VALUES(125,37,'submission_line',4,4,NULL);
INSERT INTO "undo_step" VALUES(126,37,'decision',4,4,NULL);
INSERT INTO "undo_step" VALUES(127,37,'message',14,14,NULL);
INSERT INTO "undo_step" VALUES(128,38,'registration',1,1,'{"access_on": null}');
INSERT INTO "undo_step" VALUES(129,38,'message',15,15,NULL);
INSERT INTO "undo_step" VALUES(130,39,'registration',3,3,'{"access_on": null}');
INSERT INTO "undo_step" VALUES(131,39,'message',16,16,NULL);
INSERT INTO "undo_step" VALUES(132,40,'decision',4,4,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(133,40,'decision',5,5,NULL);
INSERT INTO "undo_step" VALUES(134,40,'registration',4,4,NULL);
INSERT INTO "undo_step" VALUES(135,40,'message',17,17,NULL);
INSERT INTO "undo_step" VALUES(136,41,'registration',3,3,'{"failed_on": null}');
INSERT INTO "undo_step" VALUES(137,42,'extension',1,1,NULL);
INSERT INTO "undo_step" VALUES(138,43,'registration',1,1,'{"completed_on": null}');
INSERT INTO "undo_step" VALUES(139,43,'completion',1,1,NULL);
INSERT INTO "undo_step" VALUES(140,44,'completion',2,2,NULL);
INSERT INTO "undo_step" VALUES(141,45,'completion',3,3,NULL);
INSERT INTO "undo_step" VALUES(142,46,'completion',4,4,NULL);
INSERT INTO "undo_step" VALUES(143,47,'completion',4,4,'{"voided_on": null, "void_reason": null}');
INSERT INTO "undo_step" VALUES(144,48,'waiver',1,1,NULL);
INSERT INTO "undo_step" VALUES(145,58,'cart_line',5,5,NULL);
INSERT INTO "undo_step" VALUES(146,59,'home_version',1,1,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(147,59,'home_version',3,3,NULL);
INSERT INTO "undo_step" VALUES(148,60,'course_version',3,3,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(149,60,'course_version',6,6,NULL);
INSERT INTO "undo_step" VALUES(150,61,'course_version',5,5,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(151,61,'course_version',7,7,NULL);
INSERT INTO "undo_step" VALUES(152,62,'account_version',7,7,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(153,62,'account_version',10,10,NULL);
INSERT INTO "undo_step" VALUES(154,63,'assignment',3,3,'{"ended_on": null, "end_reason": null}');
INSERT INTO "undo_step" VALUES(155,64,'assignment',6,6,'{"cancelled_on": null, "end_reason": null}');
INSERT INTO "undo_step" VALUES(156,64,'confirmation_token',11,11,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(157,64,'confirmation_token',5,5,'{"replaced_on": null}');
INSERT INTO "undo_step" VALUES(158,64,'account_version',5,5,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(159,64,'account_version',11,11,NULL);
INSERT INTO "undo_step" VALUES(160,65,'home_key',1,1,NULL);
INSERT INTO "undo_step" VALUES(161,66,'revocation',1,1,NULL);
INSERT INTO "undo_step" VALUES(162,67,'trusted_issuer',1,1,NULL);
INSERT INTO "undo_step" VALUES(163,68,'course',6,6,NULL);
INSERT INTO "undo_step" VALUES(164,68,'course_version',8,8,NULL);
INSERT INTO "undo_step" VALUES(165,68,'course_equivalence',8,8,NULL);
INSERT INTO "undo_step" VALUES(166,69,'catalog_entry',1,1,NULL);
INSERT INTO "undo_step" VALUES(167,69,'catalog_entry_version',1,1,NULL);
INSERT INTO "undo_step" VALUES(168,70,'registration',4,4,'{"withdrawn_on": null}');
INSERT INTO "undo_step" VALUES(169,71,'account_version',6,6,'{"until_on": null}');
INSERT INTO "undo_step" VALUES(170,71,'account_version',12,12,NULL);
INSERT INTO "undo_step" VALUES(171,73,'account',6,6,NULL);
INSERT INTO "undo_step" VALUES(172,73,'account_version',13,13,NULL);
INSERT INTO "undo_step" VALUES(173,73,'account_identity',6,6,NULL);
INSERT INTO "undo_step" VALUES(174,73,'confirmation_token',12,12,NULL);
INSERT INTO "undo_step" VALUES(175,73,'message',19,19,NULL);
INSERT INTO "undo_step" VALUES(176,74,'completion',5,5,NULL);
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
INSERT INTO "waiver" VALUES(1,2,3,'2025-01-24','2025-12-31','held elsewhere');
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
