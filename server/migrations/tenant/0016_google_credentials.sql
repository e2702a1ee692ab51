-- Google's own format beside the two others.
ALTER TABLE provider_credentials DROP CONSTRAINT provider_credentials_kind_is_known;
ALTER TABLE provider_credentials ADD CONSTRAINT provider_credentials_kind_is_known CHECK (kind IN ('anthropic', 'openai', 'google'));
