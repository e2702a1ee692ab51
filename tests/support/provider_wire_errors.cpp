// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace wire;

namespace {

struct Names
{
    int status;
    const char *openAiType;
    const char *openAiCode;
    const char *anthropicType;
    const char *googleStatus;
};

Names namesOf(int status)
{
    static constexpr Names table[] = {
        {400, "invalid_request_error", nullptr, "invalid_request_error", "INVALID_ARGUMENT"},
        {401, "invalid_request_error", "invalid_api_key", "authentication_error", "UNAUTHENTICATED"},
        {402, "billing_error", nullptr, "billing_error", "FAILED_PRECONDITION"},
        {403, "invalid_request_error", nullptr, "permission_error", "PERMISSION_DENIED"},
        {404, "invalid_request_error", "model_not_found", "not_found_error", "NOT_FOUND"},
        {413, "invalid_request_error", nullptr, "request_too_large", "INVALID_ARGUMENT"},
        {429, "requests", "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"},
        {503, "server_error", nullptr, "api_error", "UNAVAILABLE"},
        {504, "server_error", nullptr, "timeout_error", "DEADLINE_EXCEEDED"},
        {529, "server_error", "overloaded", "overloaded_error", "UNAVAILABLE"},
    };
    const auto found =
        std::find_if(std::begin(table), std::end(table), [&](const Names &n) { return n.status == status; });
    return found != std::end(table) ? *found
        : status < 500              ? table[0]
                                    : Names{status, "server_error", nullptr, "api_error", "INTERNAL"};
}

QByteArray openAiError(const Names &names, QJsonObject error, const Behaviour &behaviour)
{
    const char *code = behaviour.isQuota ? "insufficient_quota" : names.openAiCode;
    error.insert("type"_L1, QLatin1StringView(behaviour.isQuota ? "insufficient_quota" : names.openAiType));
    error.insert("param"_L1, QJsonValue::Null);
    error.insert("code"_L1, code ? QJsonValue(QLatin1StringView(code)) : QJsonValue(QJsonValue::Null));
    return text({{"error"_L1, error}});
}

QByteArray anthropicError(const Names &names, QJsonObject error, const Behaviour &behaviour, qint64 number)
{
    error.insert("type"_L1, QLatin1StringView(names.anthropicType));
    if (behaviour.isQuota)
        error.insert("details"_L1, QJsonObject{{"error_code"_L1, "enforced_spend_limit_reached"_L1}});
    return text({{"type"_L1, "error"_L1}, {"error"_L1, error}, {"request_id"_L1, u"req_%1"_s.arg(number)}});
}

// When to come back stands in the details, and a wrong key is an invalid argument.
QByteArray googleError(int status, const Names &names, QJsonObject error, const Behaviour &behaviour)
{
    const QLatin1StringView type("type.googleapis.com/google.rpc.");
    QJsonArray details;
    if (status == 401)
        details.append(QJsonObject{{"@type"_L1, type + "ErrorInfo"_L1},
                                   {"reason"_L1, "API_KEY_INVALID"_L1},
                                   {"domain"_L1, "googleapis.com"_L1}});
    if (!behaviour.retryAfter.isEmpty() || !behaviour.retryAfterMs.isEmpty()) {
        const double seconds =
            behaviour.retryAfter.isEmpty() ? behaviour.retryAfterMs.toDouble() / 1000 : behaviour.retryAfter.toDouble();
        details.append(QJsonObject{{"@type"_L1, type + "RetryInfo"_L1}, {"retryDelay"_L1, u"%1s"_s.arg(seconds)}});
    }
    error.insert("code"_L1, wireStatus(Wire::Google, status, behaviour));
    error.insert("status"_L1,
                 status == 401 ? QJsonValue("INVALID_ARGUMENT"_L1) : QJsonValue(QLatin1StringView(names.googleStatus)));
    if (!details.isEmpty())
        error.insert("details"_L1, details);
    return text({{"error"_L1, error}});
}

QJsonObject modelEntry(Wire wire, QLatin1StringView name)
{
    switch (wire) {
    case Wire::OpenAi:
        return {{"id"_L1, name}, {"object"_L1, "model"_L1}, {"created"_L1, 1741569952}, {"owned_by"_L1, "test"_L1}};
    case Wire::Anthropic:
        return {{"type"_L1, "model"_L1},
                {"id"_L1, name},
                {"display_name"_L1, name},
                {"created_at"_L1, "2025-03-10T00:00:00Z"_L1}};
    case Wire::Google:
        return {{"name"_L1, "models/"_L1 + name},
                {"displayName"_L1, name},
                {"supportedGenerationMethods"_L1, QJsonArray{"generateContent"_L1, "countTokens"_L1}}};
    }
    return {};
}

} // namespace

int wireStatus(Wire wire, int status, const Behaviour &behaviour)
{
    if (wire != Wire::Google)
        return status;
    return behaviour.isQuota ? 402 : status == 401 ? 400 : status;
}

QByteArray makeError(Wire wire, int status, const QString &message, const Behaviour &behaviour, qint64 number)
{
    const Names names = namesOf(wire == Wire::Google && behaviour.isQuota ? 402 : status);
    const QJsonObject error{{"message"_L1, message}};
    switch (wire) {
    case Wire::OpenAi:
        return openAiError(names, error, behaviour);
    case Wire::Anthropic:
        return anthropicError(names, error, behaviour, number);
    case Wire::Google:
        return googleError(status, names, error, behaviour);
    }
    return {};
}

QByteArray makeModels(Wire wire)
{
    QJsonArray data;
    for (const char *name : {"test-ok", "test-429-after-2s", "test-slow-stream-50ms"})
        data.append(modelEntry(wire, QLatin1StringView(name)));
    switch (wire) {
    case Wire::OpenAi:
        return text({{"object"_L1, "list"_L1}, {"data"_L1, data}});
    case Wire::Anthropic:
        return text({{"data"_L1, data},
                     {"has_more"_L1, false},
                     {"first_id"_L1, "test-ok"_L1},
                     {"last_id"_L1, "test-slow-stream-50ms"_L1}});
    case Wire::Google:
        return text({{"models"_L1, data}});
    }
    return {};
}
