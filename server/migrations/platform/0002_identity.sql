-- What sign-in needs before it knows the tenant.

-- The tenant of the operators. Its schema is made like that of every other tenant, when the tenant files run.
INSERT INTO platform.tenants (id, slug, name) VALUES ('01900000-0000-7000-8000-000000000001', 'platform', 'Platform');

-- The Ed25519 pairs that sign access tokens. Each is published some time before it signs and until its last token has
-- ended. The secret half is sealed under the master key.
CREATE TABLE platform.signing_keys (
    id text PRIMARY KEY,
    public_key bytea NOT NULL,
    sealed_secret bytea NOT NULL,
    signs_from timestamptz(3) NOT NULL,
    signs_until timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT signing_keys_sign_for_a_while CHECK (signs_from < signs_until)
);

-- One-time tokens for making the first operator, as BLAKE2b hashes.
CREATE TABLE platform.setup_tokens (
    hash bytea PRIMARY KEY,
    expires_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Whether the tenant that this transaction has entered may be used at all.
CREATE FUNCTION platform.tenant_is_active() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
RETURN EXISTS (SELECT FROM platform.tenants WHERE id = platform.current_tenant() AND status = 'active');
GRANT EXECUTE ON FUNCTION platform.tenant_is_active() TO patio_tenant;

-- The same, and it stays so until this transaction ends: a new session is either refused or seen by whoever suspends
-- the tenant.
CREATE FUNCTION platform.hold_active_tenant() RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM platform.tenants WHERE id = platform.current_tenant() AND status = 'active' FOR SHARE;
    RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION platform.hold_active_tenant() TO patio_tenant;
