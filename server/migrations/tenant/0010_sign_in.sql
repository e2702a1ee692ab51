-- The second factor of a person, and what a tenant asks of everybody who signs in.

CREATE TABLE second_factors (
    user_id uuid NOT NULL CONSTRAINT second_factors_belong_to_a_user REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret bytea NOT NULL, -- of the authenticator app, under the master key
    confirmed_at timestamptz(3), -- NULL: waits for its first code, and asks for none yet
    last_step bigint, -- whose code was taken last; that one and older ones are refused
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT second_factors_key PRIMARY KEY (user_id)
);

-- Each is good once: taking it removes the row.
CREATE TABLE recovery_codes (
    user_id uuid NOT NULL CONSTRAINT recovery_codes_belong_to_a_factor REFERENCES second_factors (user_id) ON DELETE CASCADE,
    hash bytea NOT NULL, -- BLAKE2b under a key from the master key
    CONSTRAINT recovery_codes_key PRIMARY KEY (user_id, hash)
);

-- One row.
CREATE TABLE tenant_settings (
    id boolean NOT NULL DEFAULT true CONSTRAINT tenant_settings_are_one_row CHECK (id),
    require_second_factor boolean NOT NULL DEFAULT false,
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT tenant_settings_key PRIMARY KEY (id)
);
INSERT INTO tenant_settings DEFAULT VALUES;
CREATE TRIGGER tenant_settings_touch BEFORE UPDATE ON tenant_settings FOR EACH ROW EXECUTE FUNCTION platform.touch();

-- Whether this person has to set up a second factor before anything else.
CREATE FUNCTION second_factor_is_missing(person uuid) RETURNS boolean
LANGUAGE sql STABLE
RETURN (SELECT require_second_factor FROM tenant_settings)
    AND NOT EXISTS (SELECT FROM second_factors WHERE user_id = person AND confirmed_at IS NOT NULL);

ALTER TABLE sessions DROP CONSTRAINT sessions_end_for_a_reason;
ALTER TABLE sessions ADD CONSTRAINT sessions_end_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)
    AND end_reason IN ('signed-out', 'ended', 'token-reused', 'suspended', 'too-many', 'second-factor', 'password-changed'));
