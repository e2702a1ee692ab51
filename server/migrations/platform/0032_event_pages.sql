-- An event is written once and never changed: its number stands in a page, which numbers up to some hundred events of a tenant at a time.

-- What a transaction has written, until it is numbered. Each row is one statement's events of one tenant, at most 500 of them.
CREATE TABLE platform.event_arrivals (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id uuid NOT NULL,
    events bigint[] NOT NULL, -- in the order in which they were written
    CONSTRAINT event_arrivals_key PRIMARY KEY (id)
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- Events of a tenant by their numbers: the last one has the number `last`, the one before it `last - 1`.
CREATE TABLE platform.event_pages (
    tenant_id uuid NOT NULL,
    last bigint NOT NULL,
    events bigint[] NOT NULL,
    numbered_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT event_pages_key PRIMARY KEY (tenant_id, last)
);
CREATE INDEX event_pages_by_age ON platform.event_pages (numbered_at);

INSERT INTO platform.event_pages (tenant_id, last, events, numbered_at)
SELECT tenant_id, max(sequence), array_agg(id ORDER BY sequence), max(created_at)
FROM platform.events WHERE sequence IS NOT NULL GROUP BY tenant_id, (sequence - 1) / 500;
INSERT INTO platform.event_arrivals (tenant_id, events)
SELECT tenant_id, array_agg(id ORDER BY id)
FROM (SELECT tenant_id, id, (row_number() OVER (PARTITION BY tenant_id ORDER BY id) - 1) / 500 AS part
      FROM platform.events WHERE sequence IS NULL) AS waiting
GROUP BY tenant_id, part ORDER BY min(id);

DROP INDEX platform.events_without_sequence, platform.events_by_sequence;
ALTER TABLE platform.events DROP COLUMN sequence;

-- By a trigger, so that no event can be left without a number, whoever writes it.
CREATE FUNCTION platform.announce_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO platform.event_arrivals (tenant_id, events)
    SELECT tenant_id, array_agg(id ORDER BY id)
    FROM (SELECT tenant_id, id, (row_number() OVER (PARTITION BY tenant_id ORDER BY id) - 1) / 500 AS part FROM written) AS parts
    GROUP BY tenant_id, part ORDER BY min(id);
    RETURN NULL;
END $$;
CREATE TRIGGER events_are_announced AFTER INSERT ON platform.events
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION platform.announce_events();

CREATE OR REPLACE FUNCTION platform.forget_events_of_tenant() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    WITH pages AS (
        DELETE FROM platform.event_pages WHERE tenant_id = OLD.id RETURNING events
    ), arrivals AS (
        DELETE FROM platform.event_arrivals WHERE tenant_id = OLD.id RETURNING events
    )
    DELETE FROM platform.events
    WHERE id = ANY (ARRAY(SELECT unnest(events) FROM (SELECT events FROM pages UNION ALL SELECT events FROM arrivals) AS gone));
    DELETE FROM platform.event_heads WHERE tenant_id = OLD.id;
    RETURN NULL;
END $$;
