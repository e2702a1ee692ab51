-- Assistants: templates that are members of channels, what is asked of them, and what they answered.
CREATE TABLE assistants (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    name text NOT NULL,
    description text NOT NULL,
    template_id uuid NOT NULL, -- no foreign key: an assistant without its template says so
    label text,
    version integer,
    model text,
    context_messages integer NOT NULL,
    context_tokens integer NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    search_text text NOT NULL, -- the name without regard to case and accents
    removed_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT assistants_key PRIMARY KEY (id),
    CONSTRAINT assistants_follow_one CHECK (label IS NULL OR version IS NULL)
);
CREATE UNIQUE INDEX assistants_name_is_unique ON assistants (search_text) WHERE removed_at IS NULL;
CREATE TRIGGER assistants_touch BEFORE UPDATE ON assistants FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE FUNCTION note_assistants() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM platform.note_assistants();
    RETURN NULL;
END $$;
CREATE TRIGGER assistants_note AFTER INSERT ON assistants FOR EACH ROW EXECUTE FUNCTION note_assistants();

CREATE VIEW assistant_overview AS
SELECT a.id, a.name, a.description, a.template_id, coalesce(t.slug, '') AS template_slug,
       coalesce(t.name, '') AS template_name, a.label, a.version, a.model, a.context_messages, a.context_tokens,
       a.author_id, a.author_name, a.search_text, a.created_at, a.updated_at, a.revision
FROM assistants AS a LEFT JOIN templates AS t ON t.id = a.template_id AND t.removed_at IS NULL
WHERE a.removed_at IS NULL;

-- What messages ask, written with the message itself: a question is answered once, whoever is killed when.
--   waiting ──its answer is written──► answered
--      └─the message was deleted─────► dropped
CREATE TABLE assistant_questions (
    message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    assistant_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting'
        CONSTRAINT assistant_questions_state_is_known CHECK (state IN ('waiting', 'answered', 'dropped')),
    tries integer NOT NULL DEFAULT 0, -- that failed for a reason of the server's own
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT assistant_questions_key PRIMARY KEY (message_id, assistant_id)
);
CREATE INDEX assistant_questions_waiting ON assistant_questions (created_at) WHERE state = 'waiting';
CREATE INDEX channel_members_assistants ON channel_members (channel_id) WHERE kind = 'assistant';

CREATE FUNCTION ask_assistants() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO assistant_questions (message_id, assistant_id)
    SELECT NEW.id, m.member_id
    FROM channel_members AS m JOIN channels AS c ON c.id = m.channel_id
    WHERE m.channel_id = NEW.channel_id AND m.kind = 'assistant'
      AND (c.kind = 'direct' OR m.member_id = ANY (NEW.mentions));
    IF FOUND THEN
        PERFORM pg_notify('patio_assistants', substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER messages_ask AFTER INSERT ON messages
    FOR EACH ROW WHEN (NEW.author_kind = 'person') EXECUTE FUNCTION ask_assistants();

-- Each time that an assistant wrote a message, or tried to; the message shows the last one.
CREATE TABLE assistant_answers (
    message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    number integer NOT NULL,
    assistant_id uuid NOT NULL,
    question_id uuid NOT NULL, -- the message that asked
    asker_id uuid, -- in whose name
    asker_name text NOT NULL,
    job_id uuid, -- none: it could not be made
    state text NOT NULL
        CONSTRAINT assistant_answers_state_is_known CHECK (state IN ('complete', 'streaming', 'stopped', 'failed')),
    text text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    cost_nanos bigint,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3),
    CONSTRAINT assistant_answers_key PRIMARY KEY (message_id, number),
    CONSTRAINT assistant_answers_stream_from_jobs CHECK (state <> 'streaming' OR job_id IS NOT NULL)
);
CREATE INDEX assistant_answers_open ON assistant_answers (job_id) WHERE state = 'streaming';
CREATE TRIGGER assistant_answers_tell AFTER INSERT ON assistant_answers
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_tenant('patio_assistants');

CREATE TABLE assistant_ratings (
    message_id uuid NOT NULL,
    number integer NOT NULL,
    user_id uuid NOT NULL,
    rating text NOT NULL CONSTRAINT assistant_ratings_rating_is_known CHECK (rating IN ('up', 'down')),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT assistant_ratings_key PRIMARY KEY (message_id, number, user_id),
    CONSTRAINT assistant_ratings_answer FOREIGN KEY (message_id, number)
        REFERENCES assistant_answers (message_id, number) ON DELETE CASCADE
);
