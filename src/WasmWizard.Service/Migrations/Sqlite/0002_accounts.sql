-- Who may execute what: tiers, users, their keys, sessions of the page, and stored modules. Times are milliseconds since 1970, UTC.
CREATE TABLE subscription_tiers (
    name TEXT PRIMARY KEY,
    rank INTEGER NOT NULL, -- a key is never made for a tier of a higher rank than its maker's
    executions_per_minute INTEGER CHECK (executions_per_minute > 0), -- NULL: not limited
    executions_per_day INTEGER CHECK (executions_per_day > 0),
    memory_bytes INTEGER NOT NULL CHECK (memory_bytes >= 65536),
    wall_time_milliseconds INTEGER NOT NULL CHECK (wall_time_milliseconds > 0)
);

INSERT INTO subscription_tiers (name, rank, executions_per_minute, executions_per_day, memory_bytes, wall_time_milliseconds) VALUES
    ('free', 0, 10, 500, 134217728, 5000),
    ('basic', 1, 100, 10000, 268435456, 10000),
    ('pro', 2, 500, 50000, 536870912, 30000),
    ('enterprise', 3, 5000, 1000000, 536870912, 30000),
    ('unlimited', 4, NULL, NULL, 536870912, 30000);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('admin', 'user')),
    tier TEXT NOT NULL REFERENCES subscription_tiers (name),
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
);

INSERT INTO users (id, name, role, tier, created_at) VALUES ('anonymous', 'anonymous', 'user', 'free', 0);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    sha256 TEXT NOT NULL UNIQUE, -- of the key; the key itself is stored nowhere
    prefix TEXT NOT NULL, -- the first characters, for people to tell their keys apart
    tier TEXT NOT NULL REFERENCES subscription_tiers (name),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER
);

CREATE INDEX api_keys_user_id ON api_keys (user_id);

CREATE TABLE sessions (
    sha256 TEXT PRIMARY KEY, -- of the token in the cookie
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE wasm_modules (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    content BLOB NOT NULL,
    uploaded_at INTEGER NOT NULL,
    UNIQUE (owner_id, sha256)
);

CREATE INDEX wasm_modules_uploaded_at ON wasm_modules (uploaded_at, id);

ALTER TABLE usage_logs ADD COLUMN user_id TEXT NOT NULL DEFAULT 'anonymous';

ALTER TABLE usage_logs ADD COLUMN key_id TEXT;

CREATE INDEX usage_logs_user_id ON usage_logs (user_id, created_at);

CREATE TABLE switches (
    name TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
);
