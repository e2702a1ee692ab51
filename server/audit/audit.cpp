// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit.h"

#include "server/audit/audit_routes.h"
#include "server/http/route.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSubject = 200;

// Of a route that everybody may use about themselves: "sessions.read" for GET /api/v1/sessions.
QString actionOf(const http::Route &route)
{
    if (route.needs != Ability::Public && route.needs != Ability::SignedIn)
        return AuditLog::actionOf(route.needs);
    static constexpr std::array verbs{"read", "create", "update", "update", "delete"};
    static_assert(verbs.size() == enumNames<Method>.size());
    return route.path.section(u'/', 3, 3) + u'.' + QLatin1StringView(verbs[std::size_t(route.method)]);
}

} // namespace

void Audit::addRoutes(http::Router &router) { addAuditRoutes(router, service, m_work); }

AuditEvent Audit::refusal(const http::Call &call, const QString &reason)
{
    AuditEvent event{.action = actionOf(*call.route), .reason = reason};
    event.subject.id = call.text("id").left(longestSubject);
    return event;
}
