-- A tenant's own access to providers of models. The key is sealed under the server's master key, with the tenant and the row's id:
-- copied to another row it does not open. What is shown of it is kept beside it.
CREATE TABLE provider_credentials (
    id uuid NOT NULL,
    provider text NOT NULL,
    kind text NOT NULL CONSTRAINT provider_credentials_kind_is_known CHECK (kind IN ('anthropic', 'openai')),
    base_url text, -- null: the provider's own
    sealed_key bytea, -- null: the server asks for none
    key_hint text, -- "sk-…a91c"
    set_by_id uuid,
    set_by_name text NOT NULL,
    set_at timestamptz(3) NOT NULL DEFAULT now(),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT provider_credentials_key PRIMARY KEY (id),
    CONSTRAINT provider_credentials_provider_is_unique UNIQUE (provider),
    CONSTRAINT provider_credentials_lead_somewhere CHECK (sealed_key IS NOT NULL OR base_url IS NOT NULL)
);
CREATE TRIGGER provider_credentials_touch BEFORE UPDATE ON provider_credentials
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

-- What the last test of the present key said; gone when the key is replaced. Not in the row above, because a test changes nothing that
-- people edit.
CREATE TABLE provider_checks (
    credential_id uuid NOT NULL REFERENCES provider_credentials (id) ON DELETE CASCADE,
    result jsonb NOT NULL,
    models text[] NOT NULL, -- that the provider named
    CONSTRAINT provider_checks_key PRIMARY KEY (credential_id)
);
