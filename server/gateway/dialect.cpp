// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/dialect.h"

#include "shared/json/json.h"

#include <array>

using namespace Qt::StringLiterals;

namespace gateway {
namespace {

// What each status is called. Others are taken for the last row.
struct Names
{
    int status;
    const char *openAi;
    const char *anthropic;
    const char *google;
};
constexpr std::array names{
    Names{400, "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"},
    Names{401, "authentication_error", "authentication_error", "UNAUTHENTICATED"},
    Names{402, "insufficient_quota", "billing_error", "RESOURCE_EXHAUSTED"},
    Names{403, "permission_error", "permission_error", "PERMISSION_DENIED"},
    Names{404, "invalid_request_error", "not_found_error", "NOT_FOUND"},
    Names{413, "invalid_request_error", "request_too_large", "INVALID_ARGUMENT"},
    Names{429, "rate_limit_error", "rate_limit_error", "RESOURCE_EXHAUSTED"},
    Names{503, "server_error", "overloaded_error", "UNAVAILABLE"},
    Names{504, "server_error", "timeout_error", "DEADLINE_EXCEEDED"},
    Names{500, "server_error", "api_error", "INTERNAL"},
};

const Names &namesOf(int status)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const Names &one) { return one.status == status; });
    return found == names.end() ? names.back() : *found;
}

QString text(const char *name) { return QString::fromLatin1(name); }

// google.rpc: the stable code, the members that are wrong, and when to come back.
QJsonArray googleDetails(const ApiError &error)
{
    const QString type = u"type.googleapis.com/google.rpc."_s;
    QJsonArray details;
    if (!error.code.isEmpty())
        details.append(QJsonObject{
            {u"@type"_s, type + u"ErrorInfo"_s}, {u"reason"_s, error.code.toUpper()}, {u"domain"_s, u"patio"_s}});
    QJsonArray violations;
    for (const json::Problem &problem : error.errors)
        violations.append(
            QJsonObject{{u"field"_s, problem.pointer.mid(1).replace(u'/', u'.')}, {u"description"_s, problem.message}});
    if (!violations.isEmpty())
        details.append(QJsonObject{{u"@type"_s, type + u"BadRequest"_s}, {u"fieldViolations"_s, violations}});
    if (error.retryAfter)
        details.append(
            QJsonObject{{u"@type"_s, type + u"RetryInfo"_s}, {u"retryDelay"_s, u"%1s"_s.arg(*error.retryAfter)}});
    return details;
}

QJsonObject shown(Dialect dialect, const QString &model)
{
    switch (dialect) {
    case Dialect::Anthropic:
        return {{u"type"_s, u"model"_s},
                {u"id"_s, model},
                {u"display_name"_s, model},
                {u"created_at"_s, u"1970-01-01T00:00:00Z"_s}};
    case Dialect::Google:
        return {{u"name"_s, u"models/"_s + model},
                {u"displayName"_s, model},
                {u"supportedGenerationMethods"_s,
                 QJsonArray{u"generateContent"_s, u"streamGenerateContent"_s, u"countTokens"_s, u"embedContent"_s,
                            u"batchEmbedContents"_s}}};
    case Dialect::OpenAi:
        break;
    }
    return {{u"id"_s, model}, {u"object"_s, u"model"_s}, {u"created"_s, 0}, {u"owned_by"_s, model.section(u'/', 0, 0)}};
}

} // namespace

Dialect dialectOf(const http::Request &request)
{
    if (!request.header("anthropic-version").isEmpty())
        return Dialect::Anthropic;
    if (!request.header("x-goog-api-key").isEmpty() || request.path.startsWith("/v1beta/"))
        return Dialect::Google;
    return Dialect::OpenAi;
}

QByteArray secretOf(const http::Request &request)
{
    const QByteArray authorization = request.header("authorization");
    if (authorization.size() > 7 && qstrnicmp(authorization.constData(), "Bearer ", 7) == 0)
        return authorization.sliced(7).trimmed();
    for (const char *name : {"x-api-key", "x-goog-api-key", "api-key"})
        if (const QByteArray value = request.header(name).trimmed(); !value.isEmpty())
            return value;
    return {};
}

QByteArray printUnheard(const QStringList &pointers)
{
    constexpr qsizetype longest = 1000;
    return pointers.join(u", "_s).left(longest).toUtf8().toPercentEncoding("/,_ ");
}

QByteArray printMasked(const guardrails::MaskCounts &counts)
{
    QByteArray text;
    for (std::size_t i = 0; i < counts.byKind.size(); ++i)
        if (counts.byKind[i] > 0)
            text += (text.isEmpty() ? "" : ", ") + QByteArray(enumNames<MaskKind>[i]) + '='
                + QByteArray::number(counts.byKind[i]);
    return text;
}

QByteArray printError(Dialect dialect, const ApiError &error, const QByteArray &requestId)
{
    const Names &names = namesOf(error.status);
    const QString message = error.errors.isEmpty()
        ? error.detail
        : error.errors.first().pointer.mid(1) + u" "_s + error.errors.first().message;
    switch (dialect) {
    case Dialect::Anthropic:
        return json::print(QJsonObject{{u"type"_s, u"error"_s},
                                       {u"error"_s,
                                        QJsonObject{{u"type"_s, text(names.anthropic)},
                                                    {u"message"_s, message},
                                                    {u"details"_s, QJsonObject{{u"error_code"_s, error.code}}}}},
                                       {u"request_id"_s, QString::fromLatin1(requestId)}});
    case Dialect::Google:
        return json::print(QJsonObject{{u"error"_s,
                                        QJsonObject{{u"code"_s, error.status},
                                                    {u"message"_s, message},
                                                    {u"status"_s, text(names.google)},
                                                    {u"details"_s, googleDetails(error)}}}});
    case Dialect::OpenAi:
        break;
    }
    const QJsonValue parameter =
        error.errors.isEmpty() ? QJsonValue() : QJsonValue(error.errors.first().pointer.mid(1).replace(u'/', u'.'));
    return json::print(QJsonObject{{u"error"_s,
                                    QJsonObject{{u"message"_s, message},
                                                {u"type"_s, text(names.openAi)},
                                                {u"param"_s, parameter},
                                                {u"code"_s, error.code}}}});
}

QByteArray printModels(Dialect dialect, const QStringList &models)
{
    QJsonArray list;
    for (const QString &model : models)
        list.append(shown(dialect, model));
    if (dialect == Dialect::Google)
        return json::print(QJsonObject{{u"models"_s, list}});
    QJsonObject page{{u"data"_s, list}};
    if (dialect == Dialect::OpenAi) {
        page.insert(u"object"_s, u"list"_s);
    } else {
        page.insert(u"has_more"_s, false);
        page.insert(u"first_id"_s, models.isEmpty() ? QJsonValue() : QJsonValue(models.first()));
        page.insert(u"last_id"_s, models.isEmpty() ? QJsonValue() : QJsonValue(models.last()));
    }
    return json::print(page);
}

QByteArray printModel(Dialect dialect, const QString &model) { return json::print(shown(dialect, model)); }

} // namespace gateway
