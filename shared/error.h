// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

// The one error shape: thrown inside the server, sent as the reply body (RFC 9457), returned by the client.
struct ApiError
{
    QString type = QStringLiteral("about:blank");
    QString title;
    int status = 500;
    QString code; // stable, for programs: "not_found"
    QString detail; // a sentence that a person can act on
    std::optional<QString> requestId;
    std::optional<QString> traceId; // of W3C trace context
    QList<json::Problem> errors; // one for each wrong field
    std::optional<int> retryAfter; // seconds; also sent as the header Retry-After
    std::optional<QJsonObject> meanwhile; // what somebody else has saved meanwhile, where a 412 tells it

    static ApiError make(int status, const char *code, const QString &detail);

    static ApiError malformed(const QString &detail) { return make(400, "malformed", detail); }
    static ApiError invalid(QList<json::Problem> problems);
    static ApiError invalid(const QString &pointer, const QString &problem) { return invalid({{pointer, problem}}); }
    static ApiError unauthenticated() { return make(401, "unauthenticated", QStringLiteral("Sign in and try again.")); }
    static ApiError forbidden(const QString &detail) { return make(403, "forbidden", detail); }
    static ApiError notFound(const QString &what)
    {
        return make(404, "not_found", what + QStringLiteral(" was not found."));
    }
    static ApiError conflict(const QString &detail) { return make(409, "conflict", detail); }
    static ApiError changed(const QString &what); // 412: somebody else saved first
    static ApiError busy(int retryAfterSeconds); // 503
    static ApiError tooMany(const QString &detail, int retryAfterSeconds); // 429
    static ApiError internal() { return make(500, "internal", QStringLiteral("Something went wrong on the server.")); }

    static constexpr auto fields()
    {
        using T = ApiError;
        return std::tuple{Field{"type", &T::type, {.format = "uri-reference", .hasDefault = true}},
                          Field{"title", &T::title, {.hasDefault = true}},
                          Field{"status", &T::status},
                          Field{"code", &T::code, {.doc = "Stable, for programs"}},
                          Field{"detail", &T::detail, {.doc = "What happened and what to do", .hasDefault = true}},
                          Field{"requestId", &T::requestId},
                          Field{"traceId", &T::traceId, {.doc = "Of the request's W3C trace context"}},
                          Field{"errors", &T::errors, {.doc = "One entry for each wrong field", .hasDefault = true}},
                          Field{"retryAfter", &T::retryAfter, {.doc = "Seconds"}},
                          Field{"conflict",
                                &T::meanwhile,
                                {.doc = "What somebody else has saved meanwhile; its form is the operation's"}}};
    }
};

WIRE_TYPE(ApiError)
