// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

QString titleOf(int status)
{
    switch (status) {
    case 400:
        return u"Bad request"_s;
    case 401:
        return u"Not signed in"_s;
    case 403:
        return u"Not allowed"_s;
    case 404:
        return u"Not found"_s;
    case 405:
        return u"Method not allowed"_s;
    case 409:
        return u"Conflict"_s;
    case 412:
        return u"Changed meanwhile"_s;
    case 413:
        return u"Too large"_s;
    case 415:
        return u"Unsupported media type"_s;
    case 422:
        return u"Invalid input"_s;
    case 428:
        return u"Precondition required"_s;
    case 429:
        return u"Too many requests"_s;
    case 503:
        return u"Busy"_s;
    default:
        return status < 500 ? u"Refused"_s : u"Server error"_s;
    }
}

} // namespace

ApiError ApiError::make(int status, const char *code, const QString &detail)
{
    ApiError error;
    error.title = titleOf(status);
    error.status = status;
    error.code = QString::fromLatin1(code);
    error.detail = detail;
    return error;
}

ApiError ApiError::invalid(QList<json::Problem> problems)
{
    const json::Problem &first = problems.first();
    const QString place = first.pointer.isEmpty() ? u"The input"_s : first.pointer.mid(1);
    ApiError error = make(422, "invalid", u"%1 %2."_s.arg(place, first.message));
    error.errors = std::move(problems);
    return error;
}

ApiError ApiError::changed(const QString &what)
{
    return make(412, "changed", u"%1 was changed by somebody else. Load it again and repeat your change."_s.arg(what));
}

ApiError ApiError::busy(int retryAfterSeconds)
{
    ApiError error = make(503, "busy", u"The server is busy. Try again in a moment."_s);
    error.retryAfter = retryAfterSeconds;
    return error;
}

ApiError ApiError::tooMany(const QString &detail, int retryAfterSeconds)
{
    ApiError error = make(429, "too_many_requests", detail);
    error.retryAfter = retryAfterSeconds;
    return error;
}

WIRE_CODE(ApiError)
