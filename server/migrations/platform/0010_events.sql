-- The event log: what happened, tenant by tenant, in the order in which it was committed.
--
-- A change writes its event in its own transaction, without a number: a counter row would let the tenant's writers commit
-- only one after another. The sequencer numbers committed events a moment later, without gaps.

CREATE TABLE platform.events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    sequence bigint,
    topic text NOT NULL,
    name text NOT NULL,
    data jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT events_key PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.2);
CREATE INDEX events_without_sequence ON platform.events (id) WHERE sequence IS NULL;
CREATE UNIQUE INDEX events_by_sequence ON platform.events (tenant_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX events_by_age ON platform.events (created_at);

-- The last number given in each tenant.
CREATE TABLE platform.event_heads (
    tenant_id uuid PRIMARY KEY REFERENCES platform.tenants (id) ON DELETE CASCADE,
    last bigint NOT NULL DEFAULT 0
);

-- How a tenant's role writes events: for itself only, whatever it claims.
CREATE FUNCTION platform.append_events(topics text[], names text[], documents text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$ -- keeps its plan, unlike a function in SQL
BEGIN
    INSERT INTO platform.events (tenant_id, topic, name, data)
    SELECT platform.current_tenant(), event.topic, event.name, event.document::jsonb
    FROM unnest(topics, names, documents) WITH ORDINALITY AS event (topic, name, document, place)
    ORDER BY event.place;
END $$;
GRANT EXECUTE ON FUNCTION platform.append_events(text[], text[], text[]) TO patio_tenant;
