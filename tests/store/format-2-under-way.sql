PRAGMA application_id = 1129075277;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE attempts (
    operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    started_at   REAL NOT NULL,
    ended_at     REAL,
    outcome      TEXT NOT NULL,
    category     TEXT NOT NULL DEFAULT '',
    error        TEXT NOT NULL DEFAULT '',
    detail       TEXT NOT NULL DEFAULT '',
    decision     TEXT NOT NULL DEFAULT '',
    wait_s       REAL,
    resumed_from INTEGER NOT NULL DEFAULT 0,
    resume_note  TEXT NOT NULL DEFAULT '',
    owner_id     TEXT NOT NULL,
    PRIMARY KEY (operation_id, number)
) WITHOUT ROWID;
INSERT INTO "attempts" VALUES('0123456789abcdef',1,1760000000.0,NULL,'running','','','','',NULL,0,'','feedfacefeedface');
INSERT INTO "attempts" VALUES('fedcba9876543210',1,1760000001.0,1760000002.0,'succeeded','','','','',NULL,0,'','feedfacefeedface');
CREATE TABLE breakers (
    scope      TEXT PRIMARY KEY,
    state      TEXT NOT NULL,
    failures   INTEGER NOT NULL,
    opens      INTEGER NOT NULL,
    retry_at   REAL,
    generation INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    changed_at REAL NOT NULL
, memory TEXT NOT NULL DEFAULT '{}');
CREATE TABLE budgets (
    scope TEXT PRIMARY KEY,
    spent INTEGER NOT NULL
);
CREATE TABLE commands (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    operation_id      TEXT NOT NULL,
    kind              TEXT NOT NULL,
    arguments         TEXT NOT NULL,
    operation_version INTEGER NOT NULL,
    state             TEXT NOT NULL,
    answer            TEXT NOT NULL DEFAULT '',
    requested_by      TEXT NOT NULL,
    requested_at      REAL NOT NULL,
    answered_at       REAL
);
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);
INSERT INTO "counters" VALUES('progress tick',1);
CREATE TABLE events (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           REAL NOT NULL,
    operation_id TEXT NOT NULL DEFAULT '',
    kind         TEXT NOT NULL,
    data         TEXT NOT NULL DEFAULT '{}'
);
INSERT INTO "events" VALUES(1,1760000000.0,'0123456789abcdef','operation added','{}');
INSERT INTO "events" VALUES(2,1760000000.0,'0123456789abcdef','operation claimed','{"owner":"feedfacefeedface"}');
INSERT INTO "events" VALUES(3,1760000000.0,'0123456789abcdef','attempt started','{"number":1}');
INSERT INTO "events" VALUES(4,1760000001.0,'fedcba9876543210','operation added','{}');
INSERT INTO "events" VALUES(5,1760000001.0,'fedcba9876543210','operation claimed','{"owner":"feedfacefeedface"}');
INSERT INTO "events" VALUES(6,1760000001.0,'fedcba9876543210','attempt started','{"number":1}');
INSERT INTO "events" VALUES(7,1760000002.0,'fedcba9876543210','operation completed','{"reason":"","decision":""}');
INSERT INTO "events" VALUES(8,1760000002.0,'fedcba9876543210','attempt succeeded','{"number":1,"error":""}');
CREATE TABLE operations (
    id             TEXT PRIMARY KEY,
    function       TEXT NOT NULL,
    arguments      TEXT NOT NULL,
    exclusive_key  TEXT,
    holds_key      INTEGER NOT NULL DEFAULT 1,
    scope          TEXT,
    state          TEXT NOT NULL,
    attempt        INTEGER NOT NULL DEFAULT 0,
    attempt_limit  INTEGER NOT NULL DEFAULT 0,
    retry_at       REAL,
    reason         TEXT NOT NULL DEFAULT '',
    decision       TEXT NOT NULL DEFAULT '',
    owner_id       TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    result         TEXT,
    created_at     REAL NOT NULL,
    updated_at     REAL NOT NULL,
    ended_at       REAL
, parent_id TEXT REFERENCES operations (id) ON DELETE CASCADE);
INSERT INTO "operations" VALUES('0123456789abcdef','install','{"args":["flux"],"kwargs":{}}',NULL,1,'example.org','running',1,4,NULL,'','','feedfacefeedface',3,NULL,1760000000.0,1760000000.0,NULL,NULL);
INSERT INTO "operations" VALUES('fedcba9876543210','fetch','{"args":["vae"],"kwargs":{}}',NULL,1,NULL,'completed',1,4,NULL,'','',NULL,4,'"vae"',1760000001.0,1760000002.0,1760000002.0,'0123456789abcdef');
CREATE TABLE owners (
    id              TEXT PRIMARY KEY,
    pid             INTEGER NOT NULL,
    process_started TEXT NOT NULL,
    host            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    started_at      REAL NOT NULL,
    lease_until     REAL NOT NULL
);
INSERT INTO "owners" VALUES('feedfacefeedface',4242,'12345','elsewhere','program',1760000000.0,1760000015.0);
CREATE TABLE progress (
    operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
    done         INTEGER NOT NULL,
    total        INTEGER,
    phase        TEXT NOT NULL,
    at           REAL NOT NULL,
    tick         INTEGER NOT NULL
);
INSERT INTO "progress" VALUES('0123456789abcdef',1,3,'installing',1760000002.0,1);
CREATE TABLE settings (
    field TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE INDEX operations_by_state ON operations (state, created_at);
CREATE UNIQUE INDEX one_operation_per_key ON operations (exclusive_key)
    WHERE exclusive_key IS NOT NULL AND holds_key AND state <> 'completed';
CREATE INDEX progress_by_tick ON progress (tick);
CREATE INDEX pending_commands ON commands (operation_id) WHERE state = 'pending';
CREATE INDEX steps_of_operation ON operations (parent_id) WHERE parent_id IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',8);
COMMIT;
