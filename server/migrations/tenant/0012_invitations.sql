-- One-time links by which somebody chooses a password: the first one after an invitation, or another after a reset. One for each
-- person; a new link takes the place of the one before.
CREATE TABLE user_links (
    user_id uuid NOT NULL CONSTRAINT user_links_belong_to_a_user REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL CONSTRAINT user_links_purpose_is_known CHECK (purpose IN ('invitation', 'password-reset')),
    hash bytea NOT NULL, -- BLAKE2b of the token
    expires_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT user_links_key PRIMARY KEY (user_id)
);

-- Whether somebody has signed in from there lately: such an address is not held up by what others do to the account.
CREATE INDEX sessions_by_address ON sessions (user_id, address);
