-- What the gateway's own cache answered stands in the ledger too; and sums by hour, day and month, each also over fewer things than all
-- four, so that every chart reads few rows however long the ledger is.
ALTER TABLE usage_events
    ADD COLUMN cache_hit boolean NOT NULL DEFAULT false,
    ADD COLUMN saved_nanos bigint; -- what the answer from the cache would have cost; null otherwise

-- Sums of the ledger, kept in the transaction of the rows they sum. `cut` says which columns are told apart in a row: 1 model, 2 user,
-- 4 template, 8 key, and what they add up to; the others are '' or all zeros, and so is an id that a call has not. Which cuts there are
-- of which period says roll_up_usage() below. Periods are those of UTC. Names are the last ones seen.
--
-- `latencies` is a histogram: an element for each bucket that has calls, calls * 256 + bucket. Buckets below 128 are the times of whole
-- calls, those from 128 on, less 128, the times until the first token. A bucket's bounds stand in usage_latency_bucket(). Only calls
-- that succeeded and were made are in it, not what the cache answered.
CREATE TABLE usage_sums (
    cut smallint NOT NULL,
    period text NOT NULL CONSTRAINT usage_sums_period_is_known CHECK (period IN ('hour', 'day', 'month')),
    start timestamptz(3) NOT NULL,
    model text NOT NULL,
    user_id uuid NOT NULL,
    template_id uuid NOT NULL,
    key_id uuid NOT NULL,
    user_name text NOT NULL,
    template_name text NOT NULL,
    key_name text NOT NULL,
    calls bigint NOT NULL,
    failed_calls bigint NOT NULL,
    lost_calls bigint NOT NULL,
    input_tokens bigint NOT NULL,
    cached_input_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL,
    cost_nanos bigint NOT NULL,
    unpriced_calls bigint NOT NULL,
    cache_hits bigint NOT NULL,
    saved_nanos bigint NOT NULL,
    latencies bigint[] NOT NULL,
    CONSTRAINT usage_sums_key PRIMARY KEY (cut, period, start, model, user_id, template_id, key_id)
) WITH (fillfactor = 70);
-- One thing over a long time. Hours are asked for few days at once: the key is enough for them.
CREATE INDEX usage_sums_by_model ON usage_sums (model, cut, period, start)
    WHERE model <> '' AND period <> 'hour' AND cut <> 15;
CREATE INDEX usage_sums_by_user ON usage_sums (user_id, cut, period, start, model, template_id)
    WHERE user_id <> '00000000-0000-0000-0000-000000000000' AND period <> 'hour';
CREATE INDEX usage_sums_by_template ON usage_sums (template_id, cut, period, start, model)
    WHERE template_id <> '00000000-0000-0000-0000-000000000000' AND period <> 'hour';
CREATE INDEX usage_sums_by_key ON usage_sums (key_id, cut, period, start, model)
    WHERE key_id <> '00000000-0000-0000-0000-000000000000' AND period <> 'hour';

-- Four buckets for each doubling, from 1 ms to 2^20 ms; 0 is what took no millisecond. The same bounds stand in the server. (One literal:
-- a text that is cast would be read anew in each call.)
CREATE FUNCTION usage_latency_bucket(milliseconds bigint) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN width_bucket(milliseconds,
    '{1,2,3,4,5,6,7,8,10,12,14,16,20,23,27,32,39,46,54,64,77,91,108,128,153,182,216,256,305,363,431,512,'
    '609,725,862,1024,1218,1449,1723,2048,2436,2897,3445,4096,4871,5793,6889,8192,9742,11586,'
    '13778,16384,19484,23171,27555,32768,38968,46341,55109,65536,77936,92682,110218,131072,155872,185364,'
    '220436,262144,311744,370728,440872,524288,623488,741456,881744,1048576}'::bigint[]);

-- The sums of one cut and period from those of another one that is finer, within a month. How many there will be is not known
-- beforehand, and a join in nested loops would take hours.
CREATE FUNCTION sum_up_usage(month timestamptz, from_cut integer, from_period text, to_cut integer, to_period text) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT SET enable_nestloop = off SET work_mem = '128MB' AS $$
    WITH entries AS NOT MATERIALIZED (
        SELECT date_trunc(to_period, start) AS start, CASE WHEN to_cut & 1 <> 0 THEN model ELSE '' END AS model,
               CASE WHEN to_cut & 2 <> 0 THEN user_id ELSE '00000000-0000-0000-0000-000000000000' END AS user_id,
               CASE WHEN to_cut & 4 <> 0 THEN template_id ELSE '00000000-0000-0000-0000-000000000000' END AS template_id,
               CASE WHEN to_cut & 8 <> 0 THEN key_id ELSE '00000000-0000-0000-0000-000000000000' END AS key_id,
               CASE WHEN to_cut & 2 <> 0 THEN user_name ELSE '' END AS user_name,
               CASE WHEN to_cut & 4 <> 0 THEN template_name ELSE '' END AS template_name,
               CASE WHEN to_cut & 8 <> 0 THEN key_name ELSE '' END AS key_name,
               calls, failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
               reasoning_tokens, cost_nanos, unpriced_calls, cache_hits, saved_nanos, usage_sums.latencies AS measured
        FROM usage_sums
        WHERE cut = from_cut AND period = from_period AND usage_sums.start >= month AND usage_sums.start < month + interval '1 month'
    ), sums AS (
        SELECT start, model, user_id, template_id, key_id, max(user_name), max(template_name), max(key_name), sum(calls),
               sum(failed_calls), sum(lost_calls), sum(input_tokens), sum(cached_input_tokens), sum(cache_write_tokens),
               sum(output_tokens), sum(reasoning_tokens), sum(cost_nanos), sum(unpriced_calls), sum(cache_hits), sum(saved_nanos)
        FROM entries
        GROUP BY 1, 2, 3, 4, 5
    ), histograms AS (
        SELECT start, model, user_id, template_id, key_id, array_agg(calls * 256 + bucket ORDER BY bucket) AS latencies
        FROM (SELECT start, model, user_id, template_id, key_id, part & 255 AS bucket, sum(part >> 8)::bigint AS calls
              FROM entries, unnest(measured) AS part
              GROUP BY 1, 2, 3, 4, 5, 6) AS buckets
        WHERE calls <> 0
        GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO usage_sums
    SELECT to_cut, to_period, sums.*, coalesce(latencies, '{}')
    FROM sums LEFT JOIN histograms USING (start, model, user_id, template_id, key_id)
$$;

-- The sums of a month by the hour and all four things, from the ledger.
CREATE FUNCTION sum_up_usage(month timestamptz) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT SET enable_nestloop = off SET work_mem = '128MB' AS $$
    WITH entries AS NOT MATERIALIZED (
        SELECT date_trunc('hour', called_at) AS start, coalesce(user_id, '00000000-0000-0000-0000-000000000000') AS person,
               coalesce(template_id, '00000000-0000-0000-0000-000000000000') AS prompt,
               coalesce(key_id, '00000000-0000-0000-0000-000000000000') AS key, CASE entry WHEN 'reversal' THEN -1 ELSE 1 END AS sign,
               usage_events.*
        FROM usage_events
        WHERE called_at >= month AND called_at < month + interval '1 month'
    ), sums AS (
        SELECT start, model, person, prompt, key, max(user_name), max(template_name), max(key_name), sum(sign),
               sum(sign * (status = 'failed')::integer), sum(sign * (status = 'lost')::integer), sum(input_tokens),
               sum(cached_input_tokens), sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens),
               sum(coalesce(cost_nanos, 0)), sum(sign * (cost_nanos IS NULL)::integer), sum(sign * cache_hit::integer),
               sum(coalesce(saved_nanos, 0))
        FROM entries
        GROUP BY 1, 2, 3, 4, 5
    ), histograms AS (
        SELECT start, model, person, prompt, key, array_agg(calls * 256 + bucket ORDER BY bucket) AS latencies
        FROM (SELECT start, model, person, prompt, key, bucket, sum(sign)::bigint AS calls
              FROM entries
              CROSS JOIN LATERAL unnest(ARRAY[usage_latency_bucket(total_ms), 128 + usage_latency_bucket(first_token_ms)]) AS bucket
              WHERE status = 'succeeded' AND NOT cache_hit AND bucket IS NOT NULL
              GROUP BY 1, 2, 3, 4, 5, 6) AS buckets
        WHERE calls <> 0
        GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO usage_sums
    SELECT 15, 'hour', sums.*, coalesce(latencies, '{}')
    FROM sums LEFT JOIN histograms USING (start, model, person, prompt, key)
$$;

-- Makes all sums anew from the ledger: as the server would have kept them, but for a name that changed within a period. Each cut is made
-- of the smallest one that has what it needs.
CREATE FUNCTION roll_up_usage() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    month timestamptz;
    step record;
BEGIN
    TRUNCATE usage_sums;
    FOR month IN
        SELECT generate_series(date_trunc('month', min(called_at)), max(called_at), interval '1 month') FROM usage_events
    LOOP
        PERFORM sum_up_usage(month);
        FOR step IN
            SELECT * FROM (VALUES (1, 15, 'hour', 1, 'hour'), (2, 15, 'hour', 2, 'hour'), (3, 15, 'hour', 4, 'hour'),
                                  (4, 15, 'hour', 8, 'hour'), (5, 8, 'hour', 0, 'hour'), (6, 15, 'hour', 15, 'day'),
                                  (7, 15, 'day', 3, 'day'), (8, 15, 'day', 5, 'day'), (9, 15, 'day', 6, 'day'),
                                  (10, 15, 'day', 9, 'day'), (11, 15, 'day', 10, 'day'), (12, 15, 'day', 12, 'day'),
                                  (13, 9, 'day', 1, 'day'), (14, 10, 'day', 2, 'day'), (15, 12, 'day', 4, 'day'),
                                  (16, 9, 'day', 8, 'day'), (17, 1, 'day', 0, 'day'))
                AS steps (number, from_cut, from_period, to_cut, to_period)
            ORDER BY number
        LOOP
            PERFORM sum_up_usage(month, step.from_cut, step.from_period, step.to_cut, step.to_period);
            IF step.to_period = 'day' AND step.to_cut <> 15 THEN
                PERFORM sum_up_usage(month, step.to_cut, 'day', step.to_cut, 'month');
            END IF;
        END LOOP;
    END LOOP;
    ANALYZE usage_sums;
END $$;

DROP TABLE usage_days;
SELECT roll_up_usage();

-- The finest sums, under names of their own.
CREATE VIEW usage_hours AS
SELECT start AS hour, model, user_id, template_id, key_id, user_name, template_name, key_name, calls, failed_calls, lost_calls,
       input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, unpriced_calls, cache_hits,
       saved_nanos, latencies
FROM usage_sums
WHERE cut = 15 AND period = 'hour';
CREATE VIEW usage_days AS
SELECT start::date AS day, model, user_id, template_id, key_id, user_name, template_name, key_name, calls, failed_calls, lost_calls,
       input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, unpriced_calls, cache_hits,
       saved_nanos, latencies
FROM usage_sums
WHERE cut = 15 AND period = 'day';
