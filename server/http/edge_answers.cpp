// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/edge_answers.h"

#include <algorithm>
#include <array>
#include <map>

namespace http {
namespace {

struct Known
{
    int status;
    QByteArrayView code;
    QByteArrayView detail;
    QByteArrayView fields;
};
constexpr auto known = std::to_array<Known>({
    {400, "malformed_request",
     "The request is not well-formed HTTP. Check its request line, header fields and framing.", ""},
    {401, "unauthenticated", "Sign in first: this address needs a valid token.", ""},
    {403, "forbidden", "You may not open this connection.", ""},
    {404, "not_found", "There is nothing at this address.", ""},
    {408, "request_timeout", "The request came too slowly. Send it again without pauses.", ""},
    {413, "body_too_large", "The request body is larger than this address accepts. Send less at a time.", ""},
    {414, "request_line_too_long", "The address of the request is too long. Shorten the query.", ""},
    {417, "expectation_failed", "The only expectation that this server knows is 100-continue.", ""},
    {426, "upgrade_required", "This server speaks version 13 of the WebSocket protocol.",
     "Sec-WebSocket-Version: 13\r\n"},
    {429, "too_many_requests", "Too many requests. Wait a moment.", "Retry-After: 1\r\n"},
    {431, "headers_too_large", "The header fields are too large or too many. Send fewer or shorter ones.", ""},
    {501, "unsupported_transfer_encoding", "The only transfer coding that this server knows is chunked.", ""},
    {503, "server_busy", "The server has too much to do. Try again in a moment.", "Retry-After: 1\r\n"},
    {505, "http_version_not_supported", "This server speaks versions 1.0 and 1.1 of HTTP.", ""},
});

constexpr QByteArrayView securityFields = "X-Content-Type-Options: nosniff\r\n"
                                          "X-Frame-Options: DENY\r\n"
                                          "Referrer-Policy: no-referrer\r\n";
constexpr QByteArrayView notKept = "Cache-Control: no-store\r\n";

bool isSafe(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

QByteArray build(int status)
{
    const auto found = std::find_if(known.begin(), known.end(), [&](const Known &k) { return k.status == status; });
    const Response answer = found != known.end() ? problem(status, found->code, found->detail)
                                                 : problem(status, "refused", "The server refused this request.");
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + ' ';
    bytes.append(reasonPhrase(status)).append("\r\nContent-Type: ").append(answer.contentType);
    bytes.append("\r\nContent-Length: ").append(QByteArray::number(answer.body.size())).append("\r\n");
    if (found != known.end())
        bytes.append(found->fields);
    return bytes.append(securityFields).append(notKept).append("Connection: close\r\n\r\n").append(answer.body);
}

} // namespace

QByteArray edgeAnswer(int status)
{
    static const std::map<int, QByteArray> answers = [] {
        std::map<int, QByteArray> all;
        for (const Known &k : known)
            all.emplace(k.status, build(k.status));
        return all;
    }();
    const auto found = answers.find(status);
    return found != answers.end() ? found->second : build(status);
}

void appendEdgeFields(QByteArray &head, const HeaderList &handlers, bool secure)
{
    bool cacheControl = false;
    bool policy = false;
    for (const auto &[name, value] : handlers) {
        cacheControl = cacheControl || equalsIgnoringCase(name, "Cache-Control");
        policy = policy || equalsIgnoringCase(name, "Content-Security-Policy");
    }
    head.append(securityFields);
    if (secure)
        head.append("Strict-Transport-Security: max-age=31536000\r\n");
    if (!cacheControl)
        head.append(notKept);
    if (!policy)
        head.append("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
}

bool areSafe(const HeaderList &headers)
{
    return std::all_of(headers.begin(), headers.end(),
                       [](const auto &header) { return isSafe(header.first) && isSafe(header.second); });
}

} // namespace http
