// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_failure.h"
#include "server/providers/http_provider.h"
#include "server/providers/http_question.h"
#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace providers {
namespace {

constexpr qsizetype maxListBytes = 1024 * 1024;
constexpr qsizetype maxModels = 500;
constexpr qsizetype longestName = 160;

QStringList sensible(const QStringList &names)
{
    QStringList result;
    for (const QString &name : names) {
        if (!name.isEmpty() && name.size() <= longestName && result.size() < maxModels)
            result.append(name);
    }
    return result;
}

CallError refusal(const QString &title, const HttpReply &reply, const QByteArray &apiKey)
{
    CallError error = httpFailure(title, reply.head, reply.body, apiKey);
    if (error.kind == CallError::NotFound)
        error.message = u"At this address nothing answers for models (404). Check the base URL: most servers "
                        "that speak OpenAI's format want it to end in /v1."_s;
    return error;
}

} // namespace

// {"data": [{"id": "…"}, …]}, as OpenAI and Anthropic have it.
QStringList HttpProvider::readListing(const QJsonObject &answer) const
{
    if (!answer.value("data"_L1).isArray())
        throw json::SyntaxError("The answer has no list.", 0);
    QStringList names;
    const QJsonArray rows = answer.value("data"_L1).toArray();
    for (const QJsonValue &row : rows)
        names.append(row[u"id"_s].toString());
    return names;
}

std::shared_ptr<void> HttpProvider::list(const ModelRequest &request, std::function<void(const ModelListing &)> done)
{
    const auto read = [this, apiKey = request.apiKey](const HttpReply &reply) -> ModelListing {
        if (reply.end.result != HttpEnd::Complete)
            return {{}, transferFailure(title(), reply.end)};
        if (reply.head.status != 200)
            return {{}, refusal(title(), reply, apiKey)};
        try {
            return {sensible(readListing(json::object(reply.body))), {}};
        } catch (const json::SyntaxError &) {
            return {
                {},
                CallError::make(
                    CallError::MalformedAnswer,
                    u"What answers for %1 gave no list of models. Check the base URL and the kind."_s.arg(title()))};
        }
    };
    try {
        HttpRequest prepared = prepareListing(request);
        prepared.headers.emplaceBack("Accept", "application/json");
        prepared.maxResponseBytes = maxListBytes;
        allowTimes(prepared, request);
        return ask(m_transport, std::move(prepared),
                   [read, done = std::move(done)](const HttpReply &reply) { done(read(reply)); });
    } catch (const CallError &error) {
        return tellLater(m_transport, [error, done = std::move(done)] { done({{}, error}); });
    }
}

} // namespace providers
