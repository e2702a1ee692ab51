-- Chat: channels, who is in them, and messages. The row of a channel gives its messages their numbers and is locked meanwhile, so that
-- they have no gaps and are committed in their order.
CREATE TABLE channels (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    kind text NOT NULL CONSTRAINT channels_kind_is_known CHECK (kind IN ('public', 'private', 'direct', 'group')),
    name text NOT NULL,
    topic text NOT NULL,
    people_key text, -- of direct and group channels: who is in it, so that there is one for the same people
    is_archived boolean NOT NULL DEFAULT false,
    member_count integer NOT NULL DEFAULT 0,
    last_sequence bigint NOT NULL DEFAULT 0,
    last_message_at timestamptz(3),
    author_id uuid,
    author_name text NOT NULL,
    search_text text NOT NULL, -- name and topic without regard to case and accents
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT channels_key PRIMARY KEY (id)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX channels_name_is_unique ON channels (name) WHERE kind IN ('public', 'private') AND NOT is_archived;
CREATE UNIQUE INDEX channels_people_are_unique ON channels (people_key) WHERE people_key IS NOT NULL;
CREATE INDEX channels_open ON channels (name, id) WHERE kind = 'public';
-- Messages and members that come and go are no change that somebody could overwrite.
CREATE TRIGGER channels_touch BEFORE UPDATE OF name, topic, is_archived ON channels
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE channel_members (
    channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    member_id uuid NOT NULL, -- of a user, or of an assistant
    kind text NOT NULL CONSTRAINT channel_members_kind_is_known CHECK (kind IN ('person', 'assistant')),
    name text NOT NULL, -- of an assistant; people are called as they are called now
    role text NOT NULL CONSTRAINT channel_members_role_is_known CHECK (role IN ('owner', 'member')),
    read_sequence bigint NOT NULL DEFAULT 0,
    notify text NOT NULL DEFAULT 'all'
        CONSTRAINT channel_members_notify_is_known CHECK (notify IN ('all', 'mentions', 'nothing')),
    muted_until timestamptz(3),
    is_favorite boolean NOT NULL DEFAULT false,
    joined_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT channel_members_key PRIMARY KEY (channel_id, member_id)
) WITH (fillfactor = 80);
CREATE INDEX channel_members_by_member ON channel_members (member_id, channel_id);

CREATE TABLE messages (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    sequence bigint NOT NULL,
    client_id uuid,
    author_id uuid,
    author_kind text NOT NULL CONSTRAINT messages_author_kind_is_known CHECK (author_kind IN ('person', 'assistant')),
    author_name text NOT NULL,
    text text NOT NULL,
    search_text text NOT NULL, -- without regard to case and accents
    traits text[] NOT NULL, -- what of it can be searched for: link, code, file
    thread_id uuid,
    reply_to_id uuid,
    reply_count integer NOT NULL DEFAULT 0,
    last_reply_at timestamptz(3),
    mentions uuid[] NOT NULL,
    mentions_everyone boolean NOT NULL,
    attachments jsonb NOT NULL DEFAULT '[]', -- kept for the files of messages
    pinned_at timestamptz(3),
    edited_at timestamptz(3),
    deleted_at timestamptz(3),
    state text NOT NULL CONSTRAINT messages_state_is_known CHECK (state IN ('complete', 'streaming', 'stopped', 'failed')),
    job_id uuid, -- that wrote it, for an assistant
    cost_nanos bigint,
    error text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT messages_key PRIMARY KEY (id),
    CONSTRAINT messages_sequence_is_unique UNIQUE (channel_id, sequence)
);
CREATE UNIQUE INDEX messages_client_id_is_unique ON messages (channel_id, author_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_by_thread ON messages (thread_id, sequence) WHERE thread_id IS NOT NULL;
CREATE INDEX messages_pinned ON messages (channel_id, sequence) WHERE pinned_at IS NOT NULL;
CREATE INDEX messages_by_job ON messages (job_id) WHERE job_id IS NOT NULL;
CREATE INDEX messages_by_author ON messages (author_id, id);
CREATE INDEX messages_by_text ON messages USING gin (to_tsvector('simple', search_text));
CREATE TRIGGER messages_touch BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION platform.touch();

-- What messages said before they were edited.
CREATE TABLE message_edits (
    message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    number integer NOT NULL,
    text text NOT NULL,
    editor_id uuid,
    editor_name text NOT NULL,
    replaced_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT message_edits_key PRIMARY KEY (message_id, number)
);

CREATE TABLE message_reactions (
    message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    emoji text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT message_reactions_key PRIMARY KEY (message_id, emoji, user_id)
);

CREATE TABLE channel_drafts (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    thread_key uuid NOT NULL, -- of the thread; of the channel itself: the channel's id
    text text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT channel_drafts_key PRIMARY KEY (user_id, channel_id, thread_key)
);
CREATE TRIGGER channel_drafts_touch BEFORE UPDATE ON channel_drafts FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE VIEW message_overview AS
SELECT m.id, m.channel_id, c.name AS channel_name, c.kind AS channel_kind, m.sequence, m.client_id, m.author_id,
       m.author_name, m.author_kind, m.text, m.thread_id, m.reply_to_id, m.reply_count, m.last_reply_at,
       m.mentions::text[] AS mentions, m.mentions_everyone,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('emoji', r.emoji, 'count', r.count, 'userIds', r.user_ids)
                                  ORDER BY r.first), '[]')
        FROM (SELECT emoji, count(*) AS count, min(created_at) AS first,
                     (array_agg(user_id ORDER BY created_at, user_id))[1:100] AS user_ids
              FROM message_reactions WHERE message_id = m.id GROUP BY emoji) AS r) AS reactions,
       m.attachments, m.pinned_at, m.edited_at, m.deleted_at, m.state, m.job_id, m.cost_nanos, m.error, m.created_at,
       m.updated_at, m.revision
FROM messages AS m JOIN channels AS c ON c.id = m.channel_id;

CREATE VIEW channel_member_overview AS
SELECT m.channel_id, m.member_id AS id, m.kind,
       coalesce((SELECT u.display_name FROM users AS u WHERE u.id = m.member_id), m.name) AS name, m.role, m.joined_at
FROM channel_members AS m;
