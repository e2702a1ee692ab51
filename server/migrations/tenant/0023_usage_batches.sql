-- The ledger is written without its sums, in batches, and a function adds batches to the sums, many at once. What is asked for is the sums
-- and the calls of the batches that are not in them yet: exact at every moment, because a batch leaves the list in the transaction that
-- adds it.
ALTER TABLE usage_events ADD COLUMN batch bigint; -- null: summed by roll_up_usage()
CREATE INDEX usage_events_by_batch ON usage_events (batch) WHERE batch IS NOT NULL;
DROP INDEX usage_events_by_time, usage_events_by_call;
CREATE INDEX usage_events_by_call ON usage_events (called_at, attempt_id);
CREATE INDEX usage_events_by_model ON usage_events (model, called_at);
CREATE INDEX usage_events_by_user ON usage_events (user_id, called_at);
CREATE INDEX usage_events_by_template ON usage_events (template_id, called_at) WHERE template_id IS NOT NULL;
CREATE INDEX usage_events_by_key ON usage_events (key_id, called_at) WHERE key_id IS NOT NULL;

-- The batches that are not in the sums yet.
CREATE TABLE usage_unsummed (
    batch bigint GENERATED ALWAYS AS IDENTITY,
    calls integer NOT NULL, -- at most
    CONSTRAINT usage_unsummed_key PRIMARY KEY (batch)
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- What each row of the ledger adds to the sums; `latencies` has an element for each measured time.
CREATE VIEW usage_entries AS
SELECT batch, called_at, model, user_id, template_id, key_id, user_name, template_name, key_name, sign AS calls,
       CASE status WHEN 'failed' THEN sign ELSE 0 END AS failed_calls, CASE status WHEN 'lost' THEN sign ELSE 0 END AS lost_calls,
       input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, coalesce(cost_nanos, 0) AS cost_nanos,
       CASE WHEN cost_nanos IS NULL THEN sign ELSE 0 END AS unpriced_calls, CASE WHEN cache_hit THEN sign ELSE 0 END AS cache_hits,
       coalesce(saved_nanos, 0) AS saved_nanos,
       CASE WHEN status <> 'succeeded' OR cache_hit THEN '{}'
            WHEN first_token_ms IS NULL THEN ARRAY[sign * 256 + usage_latency_bucket(total_ms)]
            ELSE ARRAY[sign * 256 + usage_latency_bucket(total_ms), sign * 256 + 128 + usage_latency_bucket(first_token_ms)]
       END AS latencies
FROM usage_events, LATERAL (SELECT CASE entry WHEN 'reversal' THEN -1::bigint ELSE 1 END) AS entries (sign);
CREATE VIEW usage_unsummed_entries AS
SELECT * FROM usage_entries WHERE batch = ANY (ARRAY(SELECT batch FROM usage_unsummed));

DROP VIEW usage_hours, usage_days;
DROP FUNCTION roll_up_usage();
DROP FUNCTION sum_up_usage(timestamptz, integer, text, integer, text);
DROP FUNCTION sum_up_usage(timestamptz);

CREATE FUNCTION no_id() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN '00000000-0000-0000-0000-000000000000'::uuid;

-- The finest sums that are kept; with what is not in them yet, so that a day may have several rows to be added up.
CREATE VIEW usage_days AS
SELECT start::date AS day, model, user_id, template_id, key_id, user_name, template_name, key_name, calls, failed_calls, lost_calls,
       input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, unpriced_calls, cache_hits,
       saved_nanos, latencies
FROM usage_sums
WHERE cut = 15 AND period = 'day'
UNION ALL
SELECT called_at::date, model, coalesce(user_id, no_id()), coalesce(template_id, no_id()), coalesce(key_id, no_id()), user_name,
       template_name, key_name, calls, failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
       reasoning_tokens, cost_nanos, unpriced_calls, cache_hits, saved_nanos, latencies
FROM usage_unsummed_entries;

-- Sums that stay bigint: those of PostgreSQL become numeric on the way, at several times the cost.
CREATE AGGREGATE usage_total(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0');

-- The cut of a sum by the things that it tells apart.
CREATE FUNCTION usage_cut(model text, user_id uuid, template_id uuid, key_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN model IS NULL THEN 0 ELSE 1 END + CASE WHEN user_id IS NULL THEN 0 ELSE 2 END
       + CASE WHEN template_id IS NULL THEN 0 ELSE 4 END + CASE WHEN key_id IS NULL THEN 0 ELSE 8 END;

-- Both histograms in one. The elements of a bucket are put together only when there are many.
CREATE FUNCTION usage_latencies(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(a) + cardinality(b) <= 128 THEN a || b ELSE
    (SELECT coalesce(array_agg(calls * 256 + bucket), '{}')
     FROM (SELECT part & 255 AS bucket, sum(part >> 8)::bigint AS calls FROM unnest(a || b) AS part GROUP BY 1) AS buckets
     WHERE calls <> 0) END;

-- Adds calls to all of their sums: of these batches, or without any all of a time. Which cuts are kept of which period says usage_cuts.h
-- too. Rows are locked in one order, so that nobody waits in a circle, and those of a person or template lie together. How many there
-- will be is not known beforehand: they are hashed, whatever the planner thinks.
CREATE FUNCTION add_to_usage_sums(batches bigint[], since timestamptz, until timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off SET enable_mergejoin = off SET enable_sort = off AS $$
BEGIN
    WITH entries AS MATERIALIZED (
        SELECT date_trunc('hour', called_at) AS hour, date_trunc('day', called_at) AS day, coalesce(user_id, no_id()) AS person,
               coalesce(template_id, no_id()) AS prompt, coalesce(key_id, no_id()) AS key, usage_entries.*
        FROM usage_entries
        WHERE called_at >= since AND called_at < until AND (batches IS NULL OR batch = ANY (batches))
    ), whole_days AS (
        SELECT day, model, person, prompt, key, max(user_name) AS user_name, max(template_name) AS template_name,
               max(key_name) AS key_name,
               usage_total(calls) AS calls, usage_total(failed_calls) AS failed_calls, usage_total(lost_calls) AS lost_calls,
               usage_total(input_tokens) AS input_tokens, usage_total(cached_input_tokens) AS cached_input_tokens,
               usage_total(cache_write_tokens) AS cache_write_tokens, usage_total(output_tokens) AS output_tokens,
               usage_total(reasoning_tokens) AS reasoning_tokens, usage_total(cost_nanos) AS cost_nanos,
               usage_total(unpriced_calls) AS unpriced_calls, usage_total(cache_hits) AS cache_hits, usage_total(saved_nanos) AS saved_nanos
        FROM entries
        GROUP BY day, model, person, prompt, key
    ), days AS (
        SELECT day, model, person, prompt, key, max(user_name) AS user_name, max(template_name) AS template_name,
               max(key_name) AS key_name,
               usage_total(calls) AS calls, usage_total(failed_calls) AS failed_calls, usage_total(lost_calls) AS lost_calls,
               usage_total(input_tokens) AS input_tokens, usage_total(cached_input_tokens) AS cached_input_tokens,
               usage_total(cache_write_tokens) AS cache_write_tokens, usage_total(output_tokens) AS output_tokens,
               usage_total(reasoning_tokens) AS reasoning_tokens, usage_total(cost_nanos) AS cost_nanos,
               usage_total(unpriced_calls) AS unpriced_calls, usage_total(cache_hits) AS cache_hits, usage_total(saved_nanos) AS saved_nanos
        FROM whole_days
        GROUP BY day, GROUPING SETS ((), (model), (key), (prompt), (person), (person, key), (prompt, key), (model, key), (model, prompt),
                                     (person, prompt), (model, person), (model, person, prompt, key))
    ), sums AS (
        SELECT 'day' AS period, days.* FROM days
        UNION ALL
        SELECT 'month', date_trunc('month', day), model, person, prompt, key, max(user_name), max(template_name), max(key_name),
               usage_total(calls), usage_total(failed_calls), usage_total(lost_calls), usage_total(input_tokens),
               usage_total(cached_input_tokens), usage_total(cache_write_tokens), usage_total(output_tokens), usage_total(reasoning_tokens),
               usage_total(cost_nanos), usage_total(unpriced_calls), usage_total(cache_hits), usage_total(saved_nanos)
        FROM days
        GROUP BY date_trunc('month', day), model, person, prompt, key
        UNION ALL
        SELECT 'hour', hour, model, person, prompt, key, max(user_name), max(template_name), max(key_name),
               usage_total(calls), usage_total(failed_calls), usage_total(lost_calls), usage_total(input_tokens),
               usage_total(cached_input_tokens), usage_total(cache_write_tokens), usage_total(output_tokens), usage_total(reasoning_tokens),
               usage_total(cost_nanos), usage_total(unpriced_calls), usage_total(cache_hits), usage_total(saved_nanos)
        FROM entries
        GROUP BY hour, GROUPING SETS ((), (model), (key), (prompt), (person))
    ), measured_days AS (
        SELECT day, model, person, prompt, key, bucket, usage_total(calls) AS calls
        FROM (SELECT day, model, person, prompt, key, part & 255 AS bucket, usage_total(part >> 8) AS calls
              FROM entries, unnest(latencies) AS part
              GROUP BY day, model, person, prompt, key, bucket) AS measured
        GROUP BY day, bucket, GROUPING SETS ((), (model), (key), (prompt), (person), (person, key), (person, prompt),
                                             (model, person, prompt, key))
    ), measured AS (
        SELECT 'day' AS period, measured_days.* FROM measured_days
        UNION ALL
        SELECT 'month', date_trunc('month', day), model, person, prompt, key, bucket, usage_total(calls)
        FROM measured_days
        GROUP BY date_trunc('month', day), model, person, prompt, key, bucket
        UNION ALL
        SELECT 'hour', hour, model, NULL, NULL, NULL, part & 255 AS bucket, usage_total(part >> 8)
        FROM entries, unnest(latencies) AS part
        GROUP BY hour, bucket, GROUPING SETS ((), (model))
    ), histograms AS (
        SELECT period, day AS start, usage_cut(model, person, prompt, key) AS cut, coalesce(model, '') AS model,
               coalesce(person, no_id()) AS user_id, coalesce(prompt, no_id()) AS template_id, coalesce(key, no_id()) AS key_id,
               array_agg(calls * 256 + bucket) AS latencies
        FROM measured
        WHERE calls <> 0
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    INSERT INTO usage_sums AS kept
    SELECT cut, period, start, model, user_id, template_id, key_id, CASE cut & 2 WHEN 0 THEN '' ELSE user_name END,
           CASE cut & 4 WHEN 0 THEN '' ELSE template_name END, CASE cut & 8 WHEN 0 THEN '' ELSE key_name END,
           calls, failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
           cost_nanos, unpriced_calls, cache_hits, saved_nanos, coalesce(latencies, '{}')
    FROM (SELECT period, day AS start, usage_cut(model, person, prompt, key) AS cut, coalesce(model, '') AS model,
                 coalesce(person, no_id()) AS user_id, coalesce(prompt, no_id()) AS template_id, coalesce(key, no_id()) AS key_id,
                 user_name, template_name, key_name,
                 calls, failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
                 cost_nanos, unpriced_calls, cache_hits, saved_nanos
          FROM sums) AS sums
    LEFT JOIN histograms USING (period, start, cut, model, user_id, template_id, key_id)
    ORDER BY cut, period, start, user_id, template_id, key_id, model
    ON CONFLICT (cut, period, start, model, user_id, template_id, key_id) DO UPDATE
    SET user_name = excluded.user_name, template_name = excluded.template_name, key_name = excluded.key_name,
        calls = kept.calls + excluded.calls, failed_calls = kept.failed_calls + excluded.failed_calls,
        lost_calls = kept.lost_calls + excluded.lost_calls, input_tokens = kept.input_tokens + excluded.input_tokens,
        cached_input_tokens = kept.cached_input_tokens + excluded.cached_input_tokens,
        cache_write_tokens = kept.cache_write_tokens + excluded.cache_write_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens, reasoning_tokens = kept.reasoning_tokens + excluded.reasoning_tokens,
        cost_nanos = kept.cost_nanos + excluded.cost_nanos, unpriced_calls = kept.unpriced_calls + excluded.unpriced_calls,
        cache_hits = kept.cache_hits + excluded.cache_hits, saved_nanos = kept.saved_nanos + excluded.saved_nanos,
        latencies = usage_latencies(kept.latencies, excluded.latencies);
END $$;

-- Adds batches that are not in the sums yet. Whoever else does so meanwhile gets others.
CREATE FUNCTION sum_up_usage() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT SET work_mem = '32MB' AS $$
DECLARE
    taken bigint[];
BEGIN
    WITH oldest AS (
        SELECT batch, calls FROM usage_unsummed ORDER BY batch LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), few AS (
        SELECT batch FROM (SELECT batch, sum(calls) OVER (ORDER BY batch) - calls AS before FROM oldest) AS sizes WHERE before < 20000
    ), gone AS (
        DELETE FROM usage_unsummed WHERE batch IN (SELECT batch FROM few) RETURNING batch
    )
    SELECT array_agg(batch) INTO taken FROM gone;
    IF taken IS NOT NULL THEN
        PERFORM add_to_usage_sums(taken, '-infinity', 'infinity');
    END IF;
END $$;

-- Makes all sums anew from the ledger: as the server would have kept them, but for a name that changed within a period. Nothing is written
-- to the ledger meanwhile, and nobody reads the sums.
CREATE FUNCTION roll_up_usage() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT SET work_mem = '256MB' AS $$
DECLARE
    since timestamptz;
    index record;
BEGIN
    LOCK TABLE usage_events IN SHARE MODE;
    DELETE FROM usage_unsummed;
    TRUNCATE usage_sums;
    CREATE TEMPORARY TABLE dropped ON COMMIT DROP AS
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = current_schema AND tablename = 'usage_sums' AND indexname <> 'usage_sums_key';
    FOR index IN SELECT * FROM dropped LOOP
        EXECUTE format('DROP INDEX %I', index.indexname);
    END LOOP;
    FOR since IN
        SELECT generate_series(date_trunc('week', min(called_at)), max(called_at), interval '1 week') FROM usage_events
    LOOP
        PERFORM add_to_usage_sums(NULL, since, since + interval '1 week');
    END LOOP;
    FOR index IN SELECT * FROM dropped LOOP
        EXECUTE index.indexdef;
    END LOOP;
    DROP TABLE dropped;
    ANALYZE usage_sums;
END $$;
SELECT roll_up_usage();
