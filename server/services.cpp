// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services.h"

#include "server/http/router.h"
#include "server/templates/template_routes.h"
#include "shared/live/live.h"

Services::Services(const Config &settings, Database &pool, Migrations &, Work work)
    : config(settings),
      database(pool),
      templates(pool),
      live(pool,
           {.work = std::move(work),
            .authenticate = [this](const QByteArray &token,
                                   const QByteArray &address) { return authenticate(token, address); },
            .outputSoFar = [](const QUuid &, const QUuid &) { return std::optional<OutputPiece>(); }})
{
}

Services::~Services() = default;

void Services::prepare() { }

void Services::start(const QString &) { }

void Services::stop(std::chrono::milliseconds) { }

void Services::addRoutes(http::Router &router)
{
    router.onPlain("/healthz", "Whether this process is alive", "application/json", [] {
        return http::Response{.status = 200, .contentType = {}, .body = R"({"status":"alive"})", .headers = {}};
    });
    router.onWebSocket(
        live::path, "Follow what happens, live",
        "A WebSocket. The first message authenticates; then topics are subscribed and their events follow with a "
        "sequence number, from which a later connection resumes.",
        Ability::Public);
    addTemplateRoutes(router, templates);
}

Caller Services::authenticate(const QByteArray &, const QByteArray &) { throw ApiError::unauthenticated(); }
