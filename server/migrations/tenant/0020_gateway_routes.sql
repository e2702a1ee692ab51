-- Names for models, and where calls of them go.

CREATE TABLE gateway_routes (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    alias text NOT NULL,
    search_text text NOT NULL,
    ordering text NOT NULL,
    targets jsonb NOT NULL,
    is_sticky boolean NOT NULL,
    hedge_after_ms integer,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT gateway_routes_key PRIMARY KEY (id),
    CONSTRAINT gateway_routes_alias_is_unique UNIQUE (alias),
    CONSTRAINT gateway_routes_ordering_is_known CHECK (ordering IN ('ordered', 'weighted'))
);
CREATE TRIGGER gateway_routes_touch BEFORE UPDATE ON gateway_routes
    FOR EACH ROW EXECUTE FUNCTION platform.touch();
CREATE TRIGGER gateway_routes_tell AFTER INSERT OR UPDATE OR DELETE ON gateway_routes
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_tenant('patio_gateway_routes');
