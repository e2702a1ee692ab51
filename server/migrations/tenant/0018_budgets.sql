-- Money that may be spent on calls of providers. What a period has cost is added by the ledger itself, so that nothing
-- that is written there can be left out.

CREATE TABLE budgets (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    name text NOT NULL,
    subject text NOT NULL,
    subject_id uuid, -- of the key, user or template
    period text NOT NULL,
    amount_nanos bigint NOT NULL,
    refuses_unpriced boolean NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT budgets_key PRIMARY KEY (id),
    CONSTRAINT budgets_subject_is_known CHECK (subject IN ('tenant', 'key', 'user', 'template')),
    CONSTRAINT budgets_subject_is_whole CHECK ((subject = 'tenant') = (subject_id IS NULL)),
    CONSTRAINT budgets_period_is_known CHECK (period IN ('day', 'month', 'ever')),
    CONSTRAINT budgets_amount_is_positive CHECK (amount_nanos > 0)
);
CREATE TRIGGER budgets_touch BEFORE UPDATE ON budgets
    FOR EACH ROW EXECUTE FUNCTION platform.touch();
CREATE TRIGGER budgets_tell AFTER INSERT OR UPDATE OR DELETE ON budgets
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_tenant('patio_budgets');

CREATE TABLE budget_periods (
    budget_id uuid NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    starts_at timestamptz(3) NOT NULL, -- of UTC; 1970 for ever
    spent_nanos bigint NOT NULL DEFAULT 0,
    reached_50_at timestamptz(3),
    reached_80_at timestamptz(3),
    reached_100_at timestamptz(3),
    told integer NOT NULL DEFAULT 0, -- percent of which people were told
    CONSTRAINT budget_periods_key PRIMARY KEY (budget_id, starts_at)
) WITH (fillfactor = 50);

-- Money that a process has put aside for its calls: spent + held never goes beyond the amount. A row whose process is gone is given back
-- after a while, in which the process may start again and write down what its calls had cost.
CREATE TABLE budget_holds (
    budget_id uuid NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    starts_at timestamptz(3) NOT NULL,
    process bigint NOT NULL,
    held_nanos bigint NOT NULL,
    gone_since timestamptz(3),
    CONSTRAINT budget_holds_key PRIMARY KEY (budget_id, starts_at, process)
) WITH (fillfactor = 50);

CREATE FUNCTION budget_start(period text, at timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE period WHEN 'ever' THEN to_timestamp(0)
       ELSE date_trunc(period, at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' END;

CREATE FUNCTION spend_budgets() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    untold integer;
BEGIN
    LOCK TABLE budgets IN ROW SHARE MODE; -- a new one begins with what was written before it
    IF NOT EXISTS (SELECT FROM budgets) THEN
        RETURN NULL;
    END IF;
    WITH costs AS (
        SELECT b.id, budget_start(b.period, call.called_at) AS starts_at, b.amount_nanos, sum(call.cost_nanos)::bigint AS nanos
        FROM written AS call
        JOIN budgets AS b ON CASE b.subject WHEN 'tenant' THEN true
                                            WHEN 'key' THEN b.subject_id = call.key_id
                                            WHEN 'user' THEN b.subject_id = call.user_id
                                            ELSE b.subject_id = call.template_id END
        WHERE call.cost_nanos <> 0
        GROUP BY 1, 2, 3
    ), spent AS (
        INSERT INTO budget_periods AS period (budget_id, starts_at, spent_nanos, reached_50_at, reached_80_at, reached_100_at)
        SELECT id, starts_at, nanos, CASE WHEN nanos >= amount_nanos / 2 THEN now() END,
               CASE WHEN nanos >= amount_nanos / 5 * 4 THEN now() END, CASE WHEN nanos >= amount_nanos THEN now() END
        FROM costs
        ORDER BY id, starts_at
        ON CONFLICT (budget_id, starts_at) DO UPDATE
        SET spent_nanos = period.spent_nanos + excluded.spent_nanos,
            (reached_50_at, reached_80_at, reached_100_at) = (
                SELECT coalesce(period.reached_50_at, CASE WHEN sum >= b.amount_nanos / 2 THEN now() END),
                       coalesce(period.reached_80_at, CASE WHEN sum >= b.amount_nanos / 5 * 4 THEN now() END),
                       coalesce(period.reached_100_at, CASE WHEN sum >= b.amount_nanos THEN now() END)
                FROM budgets AS b, LATERAL (SELECT period.spent_nanos + excluded.spent_nanos) AS spent (sum)
                WHERE b.id = period.budget_id)
        RETURNING told, CASE WHEN reached_100_at IS NOT NULL THEN 100 WHEN reached_80_at IS NOT NULL THEN 80
                             WHEN reached_50_at IS NOT NULL THEN 50 ELSE 0 END AS reached
    )
    SELECT count(*) FILTER (WHERE reached > told) INTO untold FROM spent;
    IF untold > 0 THEN
        PERFORM pg_notify('patio_budget_reached', substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER usage_events_spend_budgets AFTER INSERT ON usage_events
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION spend_budgets();

CREATE VIEW budget_overview AS
SELECT b.id, b.name, b.subject, b.subject_id,
       CASE b.subject WHEN 'key' THEN (SELECT k.name FROM gateway_keys AS k WHERE k.id = b.subject_id)
                      WHEN 'user' THEN (SELECT u.display_name FROM users AS u WHERE u.id = b.subject_id)
                      WHEN 'template' THEN (SELECT t.name FROM templates AS t WHERE t.id = b.subject_id) END AS subject_name,
       b.period, b.amount_nanos, b.refuses_unpriced, coalesce(period.spent_nanos, 0) AS spent_nanos,
       coalesce((SELECT greatest(sum(hold.held_nanos), 0) FROM budget_holds AS hold
                 WHERE hold.budget_id = b.id AND hold.starts_at = budget_start(b.period, now())), 0)::bigint AS reserved_nanos,
       CASE b.period WHEN 'day' THEN budget_start('day', now()) + interval '1 day'
                     WHEN 'month' THEN (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC'
       END::timestamptz(3) AS resets_at,
       period.reached_50_at, period.reached_80_at, period.reached_100_at, b.created_at, b.revision
FROM budgets AS b
LEFT JOIN budget_periods AS period ON period.budget_id = b.id AND period.starts_at = budget_start(b.period, now());
