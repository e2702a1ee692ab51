// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/message.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace http {
namespace {

struct Phrase
{
    int status;
    QByteArrayView text;
};
constexpr auto phrases = std::to_array<Phrase>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
    {529, "Overloaded"},
});

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

} // namespace

bool equalsIgnoringCase(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size()
        && std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

QByteArray Request::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (equalsIgnoringCase(key, name))
            return value;
    }
    return {};
}

QByteArray Request::mediaType() const
{
    const QByteArray type = header("content-type");
    return type.mid(0, type.indexOf(';')).trimmed().toLower();
}

QByteArrayView reasonPhrase(int status)
{
    const auto found =
        std::lower_bound(phrases.begin(), phrases.end(), status, [](const Phrase &p, int s) { return p.status < s; });
    return found != phrases.end() && found->status == status ? found->text : QByteArrayView("Unknown");
}

Response problem(int status, QByteArrayView code, QByteArrayView detail)
{
    const QJsonObject body{{u"type"_s, u"about:blank"_s},
                           {u"title"_s, QString::fromLatin1(reasonPhrase(status))},
                           {u"status"_s, status},
                           {u"code"_s, QString::fromLatin1(code)},
                           {u"detail"_s, QString::fromUtf8(detail)}};
    return {.status = status,
            .contentType = "application/problem+json"_ba,
            .body = QJsonDocument(body).toJson(QJsonDocument::Compact),
            .headers = {}};
}

} // namespace http
