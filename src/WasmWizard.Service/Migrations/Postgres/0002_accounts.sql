-- Who may execute what: tiers, users, their keys, sessions of the page, and stored modules. Times are milliseconds since 1970, UTC.
CREATE TABLE subscription_tiers (
    name text PRIMARY KEY,
    rank integer NOT NULL, -- a key is never made for a tier of a higher rank than its maker's
    executions_per_minute bigint CHECK (executions_per_minute > 0), -- NULL: not limited
    executions_per_day bigint CHECK (executions_per_day > 0),
    memory_bytes bigint NOT NULL CHECK (memory_bytes >= 65536),
    wall_time_milliseconds bigint NOT NULL CHECK (wall_time_milliseconds > 0)
);

INSERT INTO subscription_tiers (name, rank, executions_per_minute, executions_per_day, memory_bytes, wall_time_milliseconds) VALUES
    ('free', 0, 10, 500, 134217728, 5000),
    ('basic', 1, 100, 10000, 268435456, 10000),
    ('pro', 2, 500, 50000, 536870912, 30000),
    ('enterprise', 3, 5000, 1000000, 536870912, 30000),
    ('unlimited', 4, NULL, NULL, 536870912, 30000);

CREATE TABLE users (
    id text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    role text NOT NULL CHECK (role IN ('admin', 'user')),
    tier text NOT NULL REFERENCES subscription_tiers (name),
    created_at bigint NOT NULL,
    disabled_at bigint
);

INSERT INTO users (id, name, role, tier, created_at) VALUES ('anonymous', 'anonymous', 'user', 'free', 0);

CREATE TABLE api_keys (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id),
    sha256 text NOT NULL UNIQUE, -- of the key; the key itself is stored nowhere
    prefix text NOT NULL, -- the first characters, for people to tell their keys apart
    tier text NOT NULL REFERENCES subscription_tiers (name),
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint,
    revoked_at bigint
);

CREATE INDEX api_keys_user_id ON api_keys (user_id);

CREATE TABLE sessions (
    sha256 text PRIMARY KEY, -- of the token in the cookie
    key_id text NOT NULL REFERENCES api_keys (id),
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE wasm_modules (
    id text PRIMARY KEY,
    owner_id text NOT NULL REFERENCES users (id),
    name text NOT NULL,
    description text NOT NULL,
    is_public boolean NOT NULL,
    sha256 text NOT NULL,
    size_bytes bigint NOT NULL,
    content bytea NOT NULL,
    uploaded_at bigint NOT NULL,
    UNIQUE (owner_id, sha256)
);

CREATE INDEX wasm_modules_uploaded_at ON wasm_modules (uploaded_at, id);

CREATE TABLE switches (
    name text PRIMARY KEY,
    reason text NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL
);
