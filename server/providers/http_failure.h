// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_transport.h"
#include "server/providers/provider.h"

#include <QDateTime>

namespace providers {

// What an error object of a provider says, in whichever of the usual shapes.
struct ErrorObject
{
    QString type;
    QString code;
    QString message;
    QString requestId;
    std::optional<std::chrono::milliseconds> retryAfter;
};

// OpenAI's {"error": {…}}, Anthropic's {"type": "error", "error": {…}}, Google's {"error": {"status": …}}, and what
// compatible servers send: {"error": "…"}, {"message": "…"}, {"detail": "…"}, and any of them as the only item of a
// list. Nothing when it is none.
std::optional<ErrorObject> readErrorObject(const QJsonValue &body);

// The error for an answer with another status than 2xx. `apiKey` is taken out of what the provider says.
CallError httpFailure(const QString &provider, const HttpHead &head, const QByteArray &body, const QByteArray &apiKey);

// The error for an error object inside an answer with status 200.
CallError streamFailure(const QString &provider, const ErrorObject &error, const QByteArray &apiKey);

// The error for a transfer that did not complete.
CallError transferFailure(const QString &provider, const HttpEnd &end);

// The id that the provider's support asks for, from whichever header it is in.
QString requestIdOf(const HttpHead &head);

// `retry-after-ms`, or `retry-after` as seconds or HTTP date (RFC 9110, 10.2.3). At least 0, at most a day.
std::optional<std::chrono::milliseconds> retryAfter(const HttpHead &head, const QDateTime &now);

} // namespace providers
