// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/provider.h"

#include <array>

namespace providers {
namespace {

struct Row
{
    CallError::Kind kind;
    const char *code;
    bool retryable;
};

constexpr auto rows = std::to_array<Row>({
    {CallError::InvalidRequest, "invalid_request", false},
    {CallError::NotConfigured, "not_configured", false},
    {CallError::Authentication, "authentication_failed", false},
    {CallError::PermissionDenied, "permission_denied", false},
    {CallError::NotFound, "not_found", false},
    {CallError::QuotaExhausted, "quota_exhausted", false},
    {CallError::RateLimited, "rate_limited", true},
    {CallError::Conflict, "conflict", true},
    {CallError::Overloaded, "overloaded", true},
    {CallError::ProviderFailed, "provider_failed", true},
    {CallError::Timeout, "timeout", true},
    {CallError::ConnectionFailed, "connection_failed", true},
    {CallError::CertificateRefused, "certificate_refused", false},
    {CallError::AddressRefused, "address_refused", false},
    {CallError::BrokenAnswer, "broken_answer", true},
    {CallError::MalformedAnswer, "malformed_answer", false},
    {CallError::AnswerTooLarge, "answer_too_large", false},
});

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind != CallError::Kind(i))
            return false;
    }
    return rows.size() == CallError::AnswerTooLarge + 1;
}
static_assert(isInOrder());

} // namespace

CallError CallError::make(Kind kind, const QString &message)
{
    CallError error;
    error.kind = kind;
    error.code = QLatin1StringView(rows[kind].code);
    error.retryable = rows[kind].retryable;
    error.message = message;
    return error;
}

} // namespace providers
