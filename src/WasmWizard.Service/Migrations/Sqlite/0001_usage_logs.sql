-- What was executed, by whom, and how it ended. One row for each execution; inputs and outputs are never stored.
CREATE TABLE usage_logs (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL, -- milliseconds since 1970, UTC
    tier TEXT NOT NULL,
    module_sha256 TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('success', 'exit', 'trap', 'timeout', 'memory', 'fuel', 'output', 'invalid')),
    exit_code INTEGER,
    duration_microseconds INTEGER NOT NULL,
    fuel_used INTEGER,
    memory_peak_bytes INTEGER NOT NULL,
    input_bytes INTEGER NOT NULL,
    output_bytes INTEGER NOT NULL
);

CREATE INDEX usage_logs_created_at ON usage_logs (created_at);
