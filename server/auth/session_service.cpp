// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/database/cursor.h"
#include "server/permissions/access.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

SessionService::SessionService(Database &database, SessionWatch &watch) : m_database(database), m_watch(watch) { }

Page<Session> SessionService::list(const Caller &caller, const SessionFilter &filter)
{
    const QUuid userId = filter.userId.value_or(caller.userId);
    if (userId != caller.userId && !caller.may(Ability::SessionsRead))
        throw ApiError::forbidden(u"You may see your own sessions only."_s);
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = QUuid::fromString(keys->first());
        if (before->isNull())
            cursor::refuse();
    }
    const database::Fragment rows = userId == caller.userId ? database::Fragment::of({"TRUE"})
                                                            : Access::rows<Session>(caller, Ability::SessionsRead);
    Page<Session> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (userId != caller.userId && !UserStore::find(tx, userId))
            throw ApiError::notFound(u"The user"_s);
        return SessionStore::list(tx, userId, before, limit + 1, rows);
    });
    for (Session &session : page.items)
        session.current = session.id == caller.sessionId;
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString()});
    }
    return page;
}

void SessionService::endAll(const Caller &caller, const SessionOwner &owner)
{
    const QUuid userId = owner.userId.value_or(caller.userId);
    if (userId != caller.userId && !caller.may(Ability::SessionsDelete))
        throw ApiError::forbidden(u"You may end your own sessions only."_s);
    QList<QUuid> ended;
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto user = UserStore::find(tx, userId);
        if (!user)
            throw ApiError::notFound(u"The user"_s);
        const bool isFree = userId == caller.userId || Access::seesAll(caller, Ability::SessionsDelete);
        ended = isFree ? SessionStore::endAllOf(tx, userId, SessionStore::EndReason::Ended, caller.sessionId)
                       : SessionStore::endThose(tx, userId, SessionStore::EndReason::Ended, caller.sessionId,
                                                Access::rows<Session>(caller, Ability::SessionsDelete));
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::SessionsDelete),
                          .subject = {userId, user->displayName},
                          .before = QJsonObject{{u"sessions"_s, ended.size()}},
                          .reason = u"All but the one that asked."_s});
        SessionWatch::announce(tx, ended);
    });
    m_watch.apply(ended);
}

void SessionService::end(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto session = SessionStore::find(tx, id);
        // Of somebody else's session one may not even learn that there is one.
        if (!session)
            throw ApiError::notFound(u"The session"_s);
        if (session->userId != caller.userId && !Access::may(caller, Ability::SessionsDelete, *session))
            throw ConcealedRefusal(ApiError::notFound(u"The session"_s));
        SessionStore::end(tx, id, SessionStore::EndReason::Ended);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::SessionsDelete),
                          .subject = {id, session->userName},
                          .before = QJsonObject{{u"userId"_s, session->userId.toString(QUuid::WithoutBraces)}}});
        SessionWatch::announce(tx, {id});
    });
    m_watch.apply({id});
}
