-- A year of calls for dashboards.py, in the schema on the search path: `events` calls until now, of 30 models, 200 users, 50 keys and 100
-- templates, all of them skewed. As the server writes them, a call through the gateway has a key, the key's owner and no template, and a
-- job has a user and one of the templates that they work with. Then the sums, from the calls. Run by the owner:
--     psql -v ON_ERROR_STOP=1 -v events=10000000 -f usage_history.sql
SET work_mem = '512MB';
SET maintenance_work_mem = '512MB';
SET synchronous_commit = off;

CREATE FUNCTION pg_temp.id_of(kind integer, number integer) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;

-- Indexes are made when the rows are there, and there are no budgets to add to.
ALTER TABLE usage_events DISABLE TRIGGER usage_events_spend_budgets;
CREATE TEMPORARY TABLE indexes AS
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema AND tablename = 'usage_events' AND indexname <> 'usage_events_key';
SELECT 'DROP INDEX ' || indexname FROM indexes \gexec

SELECT clock_timestamp() AS begun \gset
SELECT setseed(0.42) \gset
INSERT INTO usage_events (attempt_id, entry, job_id, called_at, recorded_at, user_id, user_name, template_id, template_name, template_version,
                          provider, model, status, input_tokens, cached_input_tokens, cache_write_tokens, cache_write_hour_tokens,
                          output_tokens, reasoning_tokens, estimated, cost_nanos, first_token_ms, total_ms, key_id, key_name, cache_hit,
                          saved_nanos)
SELECT pg_temp.id_of(number / 65536 + 65536, number % 65536), 'call', CASE WHEN NOT by_key THEN pg_temp.id_of(9, number) END, at, at,
       pg_temp.id_of(2, person), 'Person ' || person, CASE WHEN NOT by_key THEN pg_temp.id_of(4, template) END,
       CASE WHEN NOT by_key THEN 'Template ' || template ELSE '' END, CASE WHEN NOT by_key THEN 1 END, 'provider-' || model % 5,
       'provider-' || model % 5 || '/model-' || model, status, input, CASE WHEN is_hit THEN 0 ELSE input / 4 END, 0, 0, output, output / 5, false,
       CASE WHEN is_hit THEN 0 WHEN model = 29 THEN NULL ELSE cost END,
       CASE WHEN status = 'succeeded' AND NOT is_hit THEN (milliseconds / 5)::bigint END,
       CASE WHEN is_hit THEN 1 ELSE milliseconds END::bigint, CASE WHEN by_key THEN pg_temp.id_of(8, key) END,
       CASE WHEN by_key THEN 'Key ' || key ELSE '' END, is_hit, CASE WHEN is_hit THEN cost END
FROM (SELECT number, now() - interval '365 days' * (1 - number::float8 / :events) AS at, by_key, key, model,
             CASE WHEN by_key THEN key * 4 ELSE person END AS person,
             (CASE WHEN by_key THEN 0 ELSE person END * 13 + own * 11) % 100 AS template, -- a person works with seven of them
             CASE WHEN fate < 0.02 THEN 'failed' WHEN fate < 0.025 THEN 'canceled' ELSE 'succeeded' END AS status,
             by_key AND fate > 0.9 AS is_hit, 200 + (size * 4000)::bigint AS input, 50 + (size * size * 1500)::bigint AS output,
             (200 + (size * 4000)::bigint) * (1 + model) * 100 + (50 + (size * size * 1500)::bigint) * (1 + model) * 500 AS cost,
             200 * exp(3.5 * speed * speed + size) AS milliseconds
      -- squares of chances: the first ones are met far more often than the last
      FROM (SELECT number, way < 0.6 AS by_key, floor(50 * a * a)::integer AS key, floor(200 * b * b)::integer AS person,
                   floor(30 * c * c)::integer AS model, floor(7 * d * d)::integer AS own, fate, size, speed
            FROM (SELECT number, random() AS way, random() AS a, random() AS b, random() AS c, random() AS d, random() AS fate,
                         random() AS size, random() AS speed
                  FROM generate_series(0, :events - 1) AS number) AS dice) AS things) AS calls;
SELECT 'calls in ' || round(extract(epoch FROM clock_timestamp() - :'begun'::timestamptz)) || ' s' AS took, clock_timestamp() AS begun \gset
\echo :took
SELECT indexdef FROM indexes \gexec
ALTER TABLE usage_events ENABLE TRIGGER usage_events_spend_budgets;
SELECT 'indexes in ' || round(extract(epoch FROM clock_timestamp() - :'begun'::timestamptz)) || ' s' AS took, clock_timestamp() AS begun \gset
\echo :took
SELECT roll_up_usage() \gset
SELECT 'sums in ' || round(extract(epoch FROM clock_timestamp() - :'begun'::timestamptz)) || ' s' AS took, clock_timestamp() AS begun \gset
\echo :took
VACUUM ANALYZE usage_events, usage_sums;
SELECT 'vacuum in ' || round(extract(epoch FROM clock_timestamp() - :'begun'::timestamptz)) || ' s' AS took, clock_timestamp() AS begun \gset
\echo :took
