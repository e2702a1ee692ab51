-- A made-up past for the demo's tenant acme: more people and templates, and two months of jobs with their attempts and ledger rows,
-- as the server would have written them. The same on every run but for the time of day, which follows the clock. Run by the owner of
-- the database, with psql:  psql -v ON_ERROR_STOP=1 -f history.sql
BEGIN;
SELECT set_config('search_path', platform.tenant_role(id) || ', pg_catalog', true) FROM platform.tenants WHERE slug = 'acme';

-- A number below `count` that depends on nothing but `seed`.
CREATE FUNCTION pg_temp.pick(seed text, count integer) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN (('x' || substr(md5(seed), 1, 8))::bit(32)::bigint % count)::integer;

-- An id of version 7: sorting by id is sorting by time.
CREATE FUNCTION pg_temp.id_at(moment timestamptz, seed text) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '7' || substr(md5(seed), 1, 3) || '8'
        || substr(md5(seed), 4, 15))::uuid;

INSERT INTO users (email, email_folded, display_name, search_text, roles)
SELECT email, email, name, lower(name) || ' ' || email, ARRAY[role]
FROM (VALUES ('marina@acme.example', 'Marina Duarte', 'prompt-engineer'), ('jun@acme.example', 'Jun Sato', 'prompt-engineer'),
             ('sofia@acme.example', 'Sofia Rossi', 'agent'), ('tom@acme.example', 'Tom Okafor', 'agent')) AS person (email, name, role)
ON CONFLICT DO NOTHING;

INSERT INTO templates (slug, name, description, folder, tags, sort_text, search_text, latest_version, author_id, author_name,
                       created_at, updated_at)
SELECT made.slug, made.name, made.description, made.folder, made.tags, lower(made.name), lower(made.name || ' ' || made.description),
       made.versions, author.id, author.display_name, now() - make_interval(days => made.age + 40), now() - make_interval(days => made.age)
FROM (VALUES
    ('order-refund-reply', 'Order refund reply', 'Answers a request for a refund in the tone of the house', 'support', ARRAY['refunds', 'e-mail'], 3, 2, 'marina@acme.example'),
    ('churn-summary', 'Churn summary', 'Why a customer is about to leave, in five lines', 'crm', ARRAY['weekly'], 2, 5, 'jun@acme.example'),
    ('lead-score', 'Lead score', 'A number from 0 to 100 and the reason for it', 'crm', ARRAY['json'], 4, 9, 'jun@acme.example'),
    ('knowledge-base-answer', 'Knowledge base answer', 'Answers from the articles that were found, with their numbers', 'support', ARRAY['search'], 2, 12, 'sofia@acme.example'),
    ('contract-redline', 'Contract redline', 'Marks clauses that differ from ours', 'legal', ARRAY['long'], 1, 21, 'marina@acme.example'))
    AS made (slug, name, description, folder, tags, versions, age, email)
JOIN users AS author ON author.email = made.email
ON CONFLICT DO NOTHING;

INSERT INTO template_versions (template_id, version, system_prompt, user_prompt, examples, variables_schema, default_model, parameters,
                               note, author_id, author_name, created_at)
SELECT made.id, number, 'You work at an online shop. Be warm and brief.', 'Customer {{customer}} writes:' || E'\n\n{{message}}', '[]',
       '{"type": "object", "required": ["customer", "message"], "properties": {"customer": {"type": "string", "title": "Customer"}, "message": {"type": "string", "title": "Message"}}}',
       'anthropic/claude-sonnet-4.5', '{"temperature": 0.3}', CASE number WHEN 1 THEN 'First version' ELSE 'Shorter, and asks for the order' END,
       made.author_id, made.author_name, made.updated_at - make_interval(days => made.latest_version - number)
FROM templates AS made CROSS JOIN LATERAL generate_series(1, made.latest_version) AS number
WHERE NOT EXISTS (SELECT FROM template_versions AS known WHERE known.template_id = made.id);

-- When jobs were made: over two months with quiet weekends and a slow rise, and densely in the last three hours.
CREATE TEMP TABLE moments ON COMMIT DROP AS
SELECT 'day ' || day || ' job ' || number AS seed,
       date_trunc('day', now()) - make_interval(days => day)
           + make_interval(secs => 25000 + pg_temp.pick('time ' || day || ' ' || number, 50000) + pg_temp.pick('ms ' || day || number, 1000) / 1000.0) AS moment
FROM generate_series(0, 59) AS day
CROSS JOIN LATERAL generate_series(1, CASE WHEN extract(isodow FROM date_trunc('day', now()) - make_interval(days => day)) > 5 THEN 6 ELSE 22 END
                                      + pg_temp.pick('count ' || day, 9) + (60 - day) / 6) AS number;
DELETE FROM moments WHERE moment > now() - interval '3 hours';
INSERT INTO moments
SELECT 'recent ' || number, now() - make_interval(secs => 40 + number * 190 + pg_temp.pick('recent ' || number, 120)) FROM generate_series(1, 50) AS number;

CREATE TEMP TABLE past ON COMMIT DROP AS
SELECT pg_temp.id_at(moment, seed) AS id, seed, moment, person.id AS user_id, person.display_name AS user_name, template.id AS template_id,
       template.slug, template.name AS template_name, template.latest_version AS version, model.name AS model,
       split_part(model.name, '/', 1) AS provider, model.input_price, model.output_price,
       900 + pg_temp.pick('in ' || seed, 7200) AS input_tokens, 120 + pg_temp.pick('out ' || seed, 1400) AS output_tokens,
       420 + pg_temp.pick('ms ' || seed, 11000) AS milliseconds,
       CASE WHEN fate.number < 2 THEN 'dead' WHEN fate.number < 5 THEN 'failed' WHEN fate.number < 7 THEN 'canceled' ELSE 'completed' END AS state,
       CASE WHEN fate.number < 2 THEN 3 WHEN fate.number BETWEEN 7 AND 11 THEN 2 WHEN fate.number BETWEEN 5 AND 6 THEN 0 ELSE 1 END AS tries
FROM moments
CROSS JOIN LATERAL (SELECT pg_temp.pick('fate ' || seed, 100) AS number) AS fate
JOIN LATERAL (SELECT * FROM users ORDER BY md5(email || 'p') OFFSET least(pg_temp.pick('who ' || seed, 9), pg_temp.pick('who too ' || seed, (SELECT count(*)::integer FROM users))) % (SELECT count(*)::integer FROM users) LIMIT 1) AS person ON true
JOIN LATERAL (SELECT * FROM templates ORDER BY slug OFFSET pg_temp.pick('what ' || seed, (SELECT count(*)::integer FROM templates)) LIMIT 1) AS template ON true
JOIN (VALUES (0, 'anthropic/claude-sonnet-4.5', 3000, 15000), (1, 'anthropic/claude-sonnet-4.5', 3000, 15000), (2, 'openai/gpt-4.1', 2000, 8000),
             (3, 'openai/gpt-4.1', 2000, 8000), (4, 'anthropic/claude-haiku-4.5', 1000, 5000), (5, 'openai/gpt-4o-mini', 150, 600),
             (6, 'openai/gpt-4o-mini', 150, 600)) AS model (number, name, input_price, output_price) -- nano-dollars for a token
    ON model.number = pg_temp.pick('model ' || seed, 7);

INSERT INTO jobs (id, priority, template_id, template_slug, template_name, template_version, model, user_id, user_name, input_hash, variables,
                  messages, parameters, metadata, max_attempts, created_at)
SELECT id, CASE pg_temp.pick('priority ' || seed, 12) WHEN 0 THEN 'high' WHEN 1 THEN 'low' ELSE 'normal' END, template_id, slug, template_name,
       version, model, user_id, user_name, sha256(seed::bytea),
       jsonb_build_object('customer', 'Beatriz Lima', 'message', 'The shirt of order A-' || (20000 + pg_temp.pick(seed, 9000)) || ' is too small. Can I return it?'),
       jsonb_build_array(jsonb_build_object('role', 'system', 'content', 'You work at an online shop. Be warm and brief.'),
                         jsonb_build_object('role', 'user', 'content', 'Customer Beatriz Lima writes: The shirt is too small. Can I return it?')),
       '{"temperature": 0.3}', '{}', 3, moment
FROM past;

CREATE TEMP TABLE tries ON COMMIT DROP AS
SELECT pg_temp.id_at(moment, seed || ' try ' || number) AS attempt_id, past.*, number,
       CASE WHEN state = 'completed' AND number = tries THEN 'succeeded' ELSE 'failed' END AS outcome,
       moment + make_interval(secs => 0.3 + (number - 1) * 4) AS began
FROM past CROSS JOIN LATERAL generate_series(1, tries) AS number;
ALTER TABLE tries ADD COLUMN took integer, ADD COLUMN cost bigint;
UPDATE tries SET took = CASE outcome WHEN 'succeeded' THEN milliseconds ELSE 640 END,
                 cost = CASE outcome WHEN 'succeeded' THEN input_tokens::bigint * input_price + output_tokens::bigint * output_price ELSE 0 END;

INSERT INTO attempts (id, job_id, number, state, provider, model, started_at, finished_at, settled, first_token_ms, input_tokens,
                      output_tokens, cost_nanos, error, retryable, provider_request_id)
SELECT attempt_id, id, number, outcome, provider, model, began, began + make_interval(secs => took / 1000.0), true,
       CASE outcome WHEN 'succeeded' THEN took / 4 END, CASE outcome WHEN 'succeeded' THEN input_tokens ELSE 0 END,
       CASE outcome WHEN 'succeeded' THEN output_tokens ELSE 0 END, cost,
       CASE WHEN outcome = 'failed' AND state = 'failed' THEN '{"code": "invalid_request", "message": "The provider refused the request (400): the prompt is too long."}'::jsonb
            WHEN outcome = 'failed' THEN '{"code": "rate_limited", "message": "The provider limits the rate (429)."}'::jsonb END,
       outcome = 'failed' AND state <> 'failed', 'req_' || substr(md5(seed || number), 1, 12)
FROM tries;

INSERT INTO job_states (job_id, state, run_at, attempt_count, max_attempts, input_tokens, output_tokens, cost_nanos, output, finish_reason,
                        error, started_at, finished_at, revision)
SELECT id, state, moment, tries, 3, CASE state WHEN 'completed' THEN input_tokens ELSE 0 END, CASE state WHEN 'completed' THEN output_tokens ELSE 0 END,
       (SELECT sum(cost) FROM tries WHERE tries.id = past.id),
       CASE state WHEN 'completed' THEN 'Hi Beatriz, thank you for writing. A shirt that does not fit can come back within 30 days, free of charge.' || E'\n\nI have opened the return; the label is on its way to you.' END,
       CASE state WHEN 'completed' THEN 'stop' ELSE '' END,
       (SELECT error FROM attempts WHERE job_id = past.id AND state <> 'completed' AND past.state IN ('failed', 'dead') ORDER BY number DESC LIMIT 1),
       (SELECT min(began) FROM tries WHERE tries.id = past.id),
       coalesce((SELECT max(began + make_interval(secs => took / 1000.0)) FROM tries WHERE tries.id = past.id), moment + interval '2 seconds'), 3
FROM past;

INSERT INTO usage_events (attempt_id, job_id, called_at, recorded_at, user_id, user_name, template_id, template_name, template_version, provider,
                          model, status, input_tokens, cached_input_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens,
                          reasoning_tokens, estimated, cost_nanos, first_token_ms, total_ms)
SELECT attempt_id, id, began, began, user_id, user_name, template_id, template_name, version, provider, model, outcome,
       CASE outcome WHEN 'succeeded' THEN input_tokens ELSE 0 END, 0, 0, 0, CASE outcome WHEN 'succeeded' THEN output_tokens ELSE 0 END, 0, false,
       cost, CASE outcome WHEN 'succeeded' THEN took / 4 END, took
FROM tries;

-- What programs called through the gateway, by two keys; a part of it was answered by the cache.
INSERT INTO usage_events (attempt_id, called_at, recorded_at, user_id, user_name, template_name, provider, model, status, input_tokens,
                          cached_input_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens, reasoning_tokens, estimated,
                          cost_nanos, first_token_ms, total_ms, key_id, key_name, cache_hit, saved_nanos)
SELECT pg_temp.id_at(moment, seed || ' call'), moment, moment, user_id, user_name, '', provider, model,
       CASE WHEN fate = 0 THEN 'failed' ELSE 'succeeded' END, input_tokens, 0, 0, 0, output_tokens, 0, false, CASE WHEN hit THEN 0 ELSE cost END,
       CASE WHEN fate > 0 AND NOT hit THEN milliseconds / 6 END, CASE WHEN hit THEN 1 ELSE milliseconds END,
       pg_temp.id_at('2026-01-01', key), key, hit, CASE WHEN hit THEN cost END
FROM past
CROSS JOIN LATERAL (SELECT pg_temp.pick('call ' || seed, 40) AS fate, CASE pg_temp.pick('key ' || seed, 3) WHEN 0 THEN 'Nightly import' ELSE 'Web shop' END AS key,
                           input_tokens::bigint * input_price + output_tokens::bigint * output_price AS cost) AS made
CROSS JOIN LATERAL (SELECT fate BETWEEN 1 AND 9 AS hit) AS answered
WHERE pg_temp.pick('by key ' || seed, 2) = 0;

SELECT roll_up_usage();
COMMIT;
