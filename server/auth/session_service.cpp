// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_service.h"

#include "server/auth/session_store.h"
#include "server/http/cursor.h"

using namespace Qt::StringLiterals;

SessionService::SessionService(Database &database, SessionWatch &watch) : m_database(database), m_watch(watch) { }

Page<Session> SessionService::list(const Caller &caller, const SessionFilter &filter)
{
    const QUuid userId = filter.userId.value_or(caller.userId);
    if (userId != caller.userId && !caller.may(Ability::SessionsRead))
        throw ApiError::forbidden(u"You may see your own sessions only."_s);
    const int limit = cursor::limitOf(filter.limit);
    std::optional<QUuid> before;
    if (filter.cursor)
        std::tie(before.emplace()) = cursor::parse<QUuid>(*filter.cursor);
    auto rows = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return SessionStore::list(tx, userId, before, limit + 1); });
    for (Session &session : rows)
        session.current = session.id == caller.sessionId;
    return cursor::page(std::move(rows), limit, [](const Session &session) { return cursor::print(session.id); });
}

void SessionService::end(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto user = SessionStore::findUser(tx, id);
        // Of somebody else's session one may not even learn that there is one.
        if (!user || (*user != caller.userId && !caller.may(Ability::SessionsDelete)))
            throw ApiError::notFound(u"The session"_s);
        SessionStore::end(tx, id, SessionStore::EndReason::Ended);
        SessionWatch::announce(tx, {id});
    });
    m_watch.apply({id});
}
