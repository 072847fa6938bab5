-- What was executed, by whom, and how it ended. One row for each execution; inputs and outputs are never stored.
-- Times are milliseconds since 1970, UTC, on both engines, so that one text of every query serves both.
CREATE TABLE usage_logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at bigint NOT NULL,
    tier text NOT NULL,
    module_sha256 text NOT NULL,
    status text NOT NULL CHECK (status IN ('success', 'exit', 'trap', 'timeout', 'memory', 'fuel', 'output', 'invalid')),
    exit_code integer,
    duration_microseconds bigint NOT NULL,
    fuel_used bigint,
    memory_peak_bytes bigint NOT NULL,
    input_bytes bigint NOT NULL,
    output_bytes bigint NOT NULL,
    user_id text NOT NULL DEFAULT 'anonymous',
    key_id text
);

CREATE INDEX usage_logs_created_at ON usage_logs (created_at);

CREATE INDEX usage_logs_user_id ON usage_logs (user_id, created_at);
