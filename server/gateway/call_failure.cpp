// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_failure.h"

using namespace Qt::StringLiterals;
using providers::CallError;

namespace gateway {
namespace {

int statusOf(CallError::Kind kind)
{
    switch (kind) {
    case CallError::InvalidRequest:
    case CallError::NotConfigured:
        return 400;
    case CallError::NotFound:
        return 404;
    case CallError::Conflict:
        return 409;
    case CallError::QuotaExhausted:
    case CallError::RateLimited:
        return 429;
    case CallError::Overloaded:
        return 503;
    case CallError::Timeout:
        return 504;
    case CallError::Authentication:
    case CallError::PermissionDenied:
    case CallError::ProviderFailed:
    case CallError::ConnectionFailed:
    case CallError::CertificateRefused:
    case CallError::AddressRefused:
    case CallError::BrokenAnswer:
    case CallError::MalformedAnswer:
    case CallError::AnswerTooLarge:
        return 502;
    }
    return 502;
}

} // namespace

ApiError refusalOf(const CallError &error)
{
    const bool isQuota = error.kind == CallError::QuotaExhausted;
    ApiError refusal = ApiError::make(statusOf(error.kind), isQuota ? "insufficient_quota" : "", error.message);
    if (!isQuota)
        refusal.code = error.code;
    if (error.retryable && error.retryAfter)
        refusal.retryAfter = int((error.retryAfter->count() + 999) / 1000);
    return refusal;
}

http::HeaderList retryHeaders(const CallError &error)
{
    http::HeaderList headers{{"x-should-retry", error.retryable ? "true" : "false"}};
    if (error.retryable && error.retryAfter)
        headers.emplaceBack("retry-after-ms", QByteArray::number(error.retryAfter->count()));
    return headers;
}

bool isOfTarget(const CallError &error)
{
    return error.kind != CallError::InvalidRequest && error.kind != CallError::AnswerTooLarge;
}

} // namespace gateway
