-- People with all that is told about them.

CREATE VIEW user_overview AS
SELECT id, email, display_name, status, roles,
       ARRAY(SELECT role_id FROM user_roles WHERE user_id = users.id ORDER BY role_id) AS custom_roles,
       attributes, locale, time_zone, created_at, last_sign_in_at, revision, search_text
FROM users;

-- Custom roles stand in a table of their own, and change with the others.
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch BEFORE UPDATE OF email, display_name, status, roles, attributes, locale, time_zone ON users
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE VIEW session_overview AS
SELECT s.id, s.user_id, u.display_name AS user_name, s.device, s.address, s.created_at, s.last_used_at
FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.ended_at IS NULL AND s.expires_at > now();
