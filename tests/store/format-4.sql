PRAGMA application_id = 1129075277;
PRAGMA user_version = 4;
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
INSERT INTO "attempts" VALUES('0123456789abcdef',1,1700000001.0,1700000051.0,'failed','','','','',NULL,0,'','fedcba9876543210');
INSERT INTO "attempts" VALUES('0123456789abcdef',2,1700000002.0,1700000052.0,'paused','','','','',NULL,0,'','fedcba9876543210');
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
INSERT INTO "breakers" VALUES('example.org','open',5,1,1700000160.0,1,'connection reset',1700000100.0,'{"recent": [[1700000000, 4, 2]], "probes": [], "probed": 0, "proven": 0}');
CREATE TABLE budgets (
    scope TEXT PRIMARY KEY,
    spent INTEGER NOT NULL
);
INSERT INTO "budgets" VALUES('example.org',28);
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
INSERT INTO "counters" VALUES('progress tick',0);
CREATE TABLE events (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           REAL NOT NULL,
    operation_id TEXT NOT NULL DEFAULT '',
    kind         TEXT NOT NULL,
    data         TEXT NOT NULL DEFAULT '{}'
);
INSERT INTO "events" VALUES(1,1700000000.0,'0123456789abcdef','operation added','{}');
CREATE TABLE losses (
    operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
    owners       INTEGER NOT NULL,
    done         INTEGER NOT NULL,
    steps        INTEGER NOT NULL
);
INSERT INTO "losses" VALUES('0123456789abcdef',1,4194304,1);
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
, parent_id TEXT REFERENCES operations (id) ON DELETE CASCADE, priority INTEGER NOT NULL DEFAULT 0, place REAL NOT NULL DEFAULT 0, any_hour INTEGER NOT NULL DEFAULT 0);
INSERT INTO "operations" VALUES('0123456789abcdef','download','{"url":"https://example.org/m.safetensors"}','/models/m.safetensors',1,'example.org','paused',2,9,NULL,'paused','paused by a person; resuming goes on from here',NULL,7,NULL,1700000000.0,1700000100.0,NULL,NULL,0,1700000000.0,0);
INSERT INTO "operations" VALUES('0123456789abcdef-step','fetch','{}',NULL,1,NULL,'completed',1,0,NULL,'','',NULL,1,NULL,1700000003.0,1700000004.0,NULL,'0123456789abcdef',0,1700000003.0,0);
CREATE TABLE owners (
    id              TEXT PRIMARY KEY,
    pid             INTEGER NOT NULL,
    process_started TEXT NOT NULL,
    host            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    started_at      REAL NOT NULL,
    lease_until     REAL NOT NULL
);
CREATE TABLE progress (
    operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
    done         INTEGER NOT NULL,
    total        INTEGER,
    phase        TEXT NOT NULL,
    at           REAL NOT NULL,
    tick         INTEGER NOT NULL
);
INSERT INTO "progress" VALUES('0123456789abcdef',4194304,8388608,'',1700000099.0,1);
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
CREATE INDEX queue ON operations (priority DESC, place, created_at, id, function, scope, any_hour, state)
    WHERE state = 'queued';
CREATE INDEX commands_by_operation ON commands (operation_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',1);
COMMIT;
