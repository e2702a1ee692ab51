-- The audit log: who changed what, and what was refused to whom.
--
-- A change puts its entry into the inbox, within its own transaction. When that commits, the entry goes to the end of the log and is
-- chained to the one before it: hash = SHA-256(previous hash, SHA-256(what the entry says)). So changes wait for each other only while
-- they commit, and the sequence has no gaps. A transaction has entries of one tenant only and takes the end of its log after everything
-- else, so no two wait for each other in a circle.
CREATE UNLOGGED TABLE audit_inbox ( -- its rows never outlive their transaction
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    at timestamptz(3) NOT NULL DEFAULT now(),
    actor_id uuid, -- null: nobody was signed in
    actor_name text NOT NULL,
    session_id uuid,
    address text NOT NULL,
    request_id text NOT NULL,
    action text NOT NULL, -- subject.action, as abilities are named
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    subject_label text NOT NULL,
    outcome text NOT NULL CONSTRAINT audit_inbox_outcome_is_known CHECK (outcome IN ('done', 'refused')),
    times integer NOT NULL, -- a flood of refusals is one entry
    before json, -- as it was written: jsonb would print it anew
    after json,
    reason text NOT NULL,
    search_text text NOT NULL,
    CONSTRAINT audit_inbox_key PRIMARY KEY (id)
);
SELECT platform.allow_only('INSERT', 'audit_inbox');

CREATE TABLE audit_entries (
    sequence bigint NOT NULL,
    LIKE audit_inbox,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_entries_key PRIMARY KEY (sequence),
    CONSTRAINT audit_entries_id_is_unique UNIQUE (id)
);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, sequence);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, sequence);
CREATE INDEX audit_entries_by_text ON audit_entries USING gin (to_tsvector('simple', search_text));
SELECT platform.allow_only('SELECT', 'audit_entries');

INSERT INTO platform.audit_heads (tenant_id, sequence, hash)
SELECT tenant, 0, sha256(convert_to(tenant::text, 'UTF8')) FROM (SELECT substr(current_schema, 3)::uuid AS tenant) AS this;

CREATE FUNCTION append_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    tenant CONSTANT uuid := substr(current_schema, 3)::uuid;
    digest CONSTANT bytea := platform.audit_digest(ARRAY[
        NEW.id::text, (extract(epoch FROM NEW.at) * 1000)::bigint::text, NEW.actor_id::text, NEW.actor_name,
        NEW.session_id::text, NEW.address, NEW.request_id, NEW.action, NEW.subject_type, NEW.subject_id,
        NEW.subject_label, NEW.outcome, NEW.times::text, NEW.before::text, NEW.after::text, NEW.reason,
        NEW.search_text]);
    head platform.audit_heads;
    link bytea;
BEGIN
    DELETE FROM audit_inbox WHERE id = NEW.id;
    INSERT INTO platform.events (tenant_id, topic, name, data)
    VALUES (tenant, 'audit/' || NEW.id, 'audit.added', json_build_object('id', NEW.id));
    -- From here to the end of the commit others wait.
    SELECT * INTO STRICT head FROM platform.audit_heads WHERE tenant_id = tenant FOR NO KEY UPDATE;
    link := sha256(head.hash || digest);
    INSERT INTO audit_entries SELECT head.sequence + 1, NEW.*, head.hash, link;
    UPDATE platform.audit_heads SET sequence = head.sequence + 1, hash = link WHERE tenant_id = tenant;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_inbox_is_appended AFTER INSERT ON audit_inbox
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION append_audit_entry();

-- What operators change in the schema platform stands in the log of the tenant platform.
DO $$
BEGIN
    IF current_schema = platform.tenant_role('01900000-0000-7000-8000-000000000001') THEN
        CREATE VIEW platform.audit_inbox AS SELECT * FROM audit_inbox;
        REVOKE ALL ON platform.audit_inbox FROM patio_platform;
        GRANT INSERT ON platform.audit_inbox TO patio_platform;
    END IF;
END $$;
