// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_failure.h"

#include "shared/json/json.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

// At most a day.
std::chrono::milliseconds waiting(double milliseconds)
{
    static constexpr double longest = 24 * 3600 * 1000.0;
    return std::chrono::milliseconds(qint64(std::ceil(std::clamp(milliseconds, 0.0, longest))));
}

CallError::Kind kindOf(int status)
{
    switch (status) {
    case 401:
        return CallError::Authentication;
    case 402:
        return CallError::QuotaExhausted;
    case 403:
        return CallError::PermissionDenied;
    case 404:
        return CallError::NotFound;
    case 408:
    case 504:
        return CallError::Timeout;
    case 409:
        return CallError::Conflict;
    case 429:
        return CallError::RateLimited;
    case 503:
    case 529:
        return CallError::Overloaded;
    default:
        return status >= 500 ? CallError::ProviderFailed : CallError::InvalidRequest;
    }
}

// The types and codes that stand for a status where there is none: inside a stream.
int statusOf(const ErrorObject &error)
{
    struct Name
    {
        const char *name;
        int status;
    };
    static constexpr auto names = std::to_array<Name>({
        {"invalid_request_error", 400}, {"invalid_prompt", 400},       {"context_length_exceeded", 400},
        {"request_too_large", 413},     {"authentication_error", 401}, {"invalid_api_key", 401},
        {"billing_error", 402},         {"permission_error", 403},     {"not_found_error", 404},
        {"model_not_found", 404},       {"rate_limit_error", 429},     {"rate_limit_exceeded", 429},
        {"timeout_error", 504},         {"overloaded_error", 529},     {"API_KEY_INVALID", 401},
        {"INVALID_ARGUMENT", 400},      {"FAILED_PRECONDITION", 400},  {"OUT_OF_RANGE", 400},
        {"UNAUTHENTICATED", 401},       {"PERMISSION_DENIED", 403},    {"NOT_FOUND", 404},
        {"RESOURCE_EXHAUSTED", 429},    {"UNAVAILABLE", 503},          {"DEADLINE_EXCEEDED", 504},
    });
    for (const QString &said : {error.code, error.type}) {
        for (const auto &[name, status] : names) {
            if (said == QLatin1StringView(name))
                return status;
        }
    }
    return 500;
}

// A rate limit passes; these do not, and asking again costs the person who waits. OpenAI says so in the code or the
// type, Anthropic in details.error_code.
bool saysThatMoneyRanOut(const ErrorObject &error)
{
    const auto isOne = [](const QString &said) {
        return said == u"insufficient_quota" || said == u"billing_hard_limit_reached" || said == u"billing_not_active"
            || said == u"billing_error" || said == u"organization_on_hold" || said.endsWith(u"spend_limit_reached")
            || said.endsWith(u"billing_unavailable");
    };
    return isOne(error.code) || isOne(error.type);
}

// Providers repeat a wrong key, in part or whole, in their message.
QString withoutKeys(QString message, const QByteArray &apiKey)
{
    static const QRegularExpression looksLikeKey(
        uR"(\b(?:(?:sk|pk|rk|key|api|gsk|xai)[-_][\w*.-]{8,}|AIza[\w-]{20,}))"_s);
    if (apiKey.size() >= 4)
        message.replace(QString::fromLatin1(apiKey), u"[key]"_s);
    message.replace(looksLikeKey, u"[key]"_s);
    constexpr qsizetype longest = 500;
    if (message.size() > longest)
        message = message.first(longest) + u'…';
    return message;
}

QString sentence(const QString &provider, CallError::Kind kind, int status)
{
    const auto text = [kind]() -> QString {
        switch (kind) {
        case CallError::Authentication:
            return u"%1 refused the API key"_s;
        case CallError::PermissionDenied:
            return u"%1 does not allow this with the API key"_s;
        case CallError::NotFound:
            return u"%1 does not know this model or address"_s;
        case CallError::QuotaExhausted:
            return u"The account at %1 has no money or quota left"_s;
        case CallError::RateLimited:
            return u"%1 limits the rate of requests"_s;
        case CallError::Overloaded:
            return u"%1 is overloaded"_s;
        case CallError::Timeout:
            return u"%1 ran out of time"_s;
        case CallError::InvalidRequest:
            return u"%1 refused the request"_s;
        default:
            return u"%1 failed"_s;
        }
    }();
    return text.arg(provider) + (status ? u" (%1)"_s.arg(status) : QString());
}

// Google answers a wrong key with 400.
CallError::Kind kindOf(int status, const std::optional<ErrorObject> &said)
{
    if (said && saysThatMoneyRanOut(*said))
        return CallError::QuotaExhausted;
    return said && said->code == u"API_KEY_INVALID" ? CallError::Authentication : kindOf(status);
}

// Google's list of details: {"reason": "API_KEY_INVALID"}, {"retryDelay": "7s"}, each beside an "@type".
void readDetails(const QJsonArray &details, ErrorObject &error)
{
    for (const QJsonValue &value : details) {
        const QJsonObject detail = value.toObject();
        if (const QString reason = detail.value("reason"_L1).toString(); !reason.isEmpty())
            error.code = reason.left(200);
        const QString delay = detail.value("retryDelay"_L1).toString();
        bool ok = false;
        const double seconds = delay.endsWith(u's') ? delay.chopped(1).toDouble(&ok) : 0;
        if (ok && std::isfinite(seconds))
            error.retryAfter = waiting(seconds * 1000);
    }
}

CallError classified(const QString &provider, int status, int shownStatus, const std::optional<ErrorObject> &said,
                     const QByteArray &apiKey)
{
    const CallError::Kind kind = kindOf(status, said);
    const QString explanation = said ? withoutKeys(said->message, apiKey) : QString();
    CallError error = CallError::make(
        kind, sentence(provider, kind, shownStatus) + (explanation.isEmpty() ? u"."_s : u": "_s + explanation));
    error.reachedProvider = true;
    if (said) {
        error.providerCode = withoutKeys(said->code.isEmpty() ? said->type : said->code, apiKey);
        error.providerRequestId = said->requestId;
    }
    return error;
}

} // namespace

std::optional<ErrorObject> readErrorObject(const QJsonValue &body)
{
    QJsonObject object =
        body.isArray() && body.toArray().size() == 1 ? body.toArray().at(0).toObject() : body.toObject();
    ErrorObject error;
    error.requestId = object.value("request_id"_L1).toString().left(200);
    if (const QJsonValue inner = object.value("error"_L1); inner.isObject())
        object = inner.toObject();
    else if (inner.isString())
        object = {{u"message"_s, inner}};
    else if (!object.value("message"_L1).isString() && !object.value("detail"_L1).isString())
        return {};
    error.type = object.value("type"_L1).toString();
    if (error.type.isEmpty())
        error.type = object.value("status"_L1).toString();
    readDetails(object.value("details"_L1).toArray(), error);
    if (error.code.isEmpty())
        error.code = object.value("details"_L1).toObject().value("error_code"_L1).toString();
    if (error.code.isEmpty())
        error.code = object.value("code"_L1).toString();
    error.message = object.value("message"_L1).toString();
    if (error.message.isEmpty())
        error.message = object.value("detail"_L1).toString();
    return error;
}

QString requestIdOf(const HttpHead &head)
{
    for (const char *name : {"x-request-id", "request-id"}) {
        if (const QByteArray value = head.header(name); !value.isEmpty())
            return QString::fromLatin1(value.left(200));
    }
    return {};
}

CallError httpFailure(const QString &provider, const HttpHead &head, const QByteArray &body, const QByteArray &apiKey)
{
    std::optional<ErrorObject> said;
    try {
        said = readErrorObject(json::document(body));
    } catch (const json::SyntaxError &) {
        // A proxy's page; the status says enough.
    }
    CallError error = classified(provider, head.status, head.status, said, apiKey);
    error.httpStatus = head.status;
    if (head.status >= 300 && head.status < 400)
        error.message =
            u"%1 answered with a redirect (%2), which is not followed; check the base URL."_s.arg(provider).arg(
                head.status);
    if (error.retryable)
        error.retryAfter = retryAfter(head, QDateTime::currentDateTimeUtc());
    if (error.retryable && !error.retryAfter && said)
        error.retryAfter = said->retryAfter;
    if (head.header("x-should-retry") == "false")
        error.retryable = false;
    if (const QString id = requestIdOf(head); !id.isEmpty())
        error.providerRequestId = id;
    return error;
}

CallError streamFailure(const QString &provider, const ErrorObject &said, const QByteArray &apiKey)
{
    return classified(provider, statusOf(said), 0, said, apiKey);
}

CallError transferFailure(const QString &provider, const HttpEnd &end)
{
    const auto [kind, text] = [&]() -> std::pair<CallError::Kind, QString> {
        switch (end.result) {
        case HttpEnd::ConnectFailed:
            return {CallError::ConnectionFailed,
                    u"%1 could not be reached: "_s + QString::fromLatin1(end.detail) + u'.'};
        case HttpEnd::ConnectTimeout:
            return {CallError::Timeout, u"%1 could not be reached in time."_s};
        case HttpEnd::CertificateRefused:
            return {CallError::CertificateRefused, u"The certificate of %1 is not trusted."_s};
        case HttpEnd::AddressRefused:
            return {CallError::AddressRefused, u"The base URL of %1 leads to an address that is not public."_s};
        case HttpEnd::InvalidRequest:
            return {CallError::NotConfigured,
                    u"The base URL or the key of %1 cannot be used; the URL must be http or https, without a user, and "
                    u"the key one line of plain characters."_s};
        case HttpEnd::FirstByteTimeout:
            return {CallError::Timeout, u"%1 did not begin to answer in time."_s};
        case HttpEnd::IdleTimeout:
            return {CallError::Timeout, u"%1 stopped in the middle of its answer."_s};
        case HttpEnd::TotalTimeout:
            return {CallError::Timeout, u"%1 took longer for its answer than this server waits."_s};
        case HttpEnd::TooLarge:
            return {CallError::AnswerTooLarge, u"The answer of %1 is larger than allowed."_s};
        case HttpEnd::NotHttp:
            return {CallError::MalformedAnswer, u"What answers at the address of %1 does not speak HTTP."_s};
        case HttpEnd::Complete:
        case HttpEnd::Broken:
            break;
        }
        return {CallError::BrokenAnswer, u"The connection to %1 broke before its answer was complete."_s};
    }();
    CallError error = CallError::make(kind, text.arg(provider));
    error.reachedProvider = end.sent;
    return error;
}

std::optional<std::chrono::milliseconds> retryAfter(const HttpHead &head, const QDateTime &now)
{
    bool ok = false;
    if (const double value = head.header("retry-after-ms").toDouble(&ok); ok && std::isfinite(value))
        return waiting(value);
    const QByteArray text = head.header("retry-after");
    if (const double seconds = text.toDouble(&ok); ok && std::isfinite(seconds))
        return waiting(seconds * 1000);
    // Read with its offset, so that the local time zone's gaps play no part.
    const QDateTime date =
        QDateTime::fromString(QString::fromLatin1(text).replace(u"GMT"_s, u"+0000"_s), Qt::RFC2822Date);
    if (!date.isValid())
        return {};
    return waiting(double(now.msecsTo(date)));
}

} // namespace providers
