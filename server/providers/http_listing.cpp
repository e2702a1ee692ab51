// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_failure.h"
#include "server/providers/http_provider.h"
#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace providers {
namespace {

constexpr qsizetype maxListBytes = 1024 * 1024;
constexpr qsizetype maxModels = 500;
constexpr qsizetype longestName = 160;

using Done = std::function<void(const ModelListing &)>;
using Read = std::function<QStringList(const QJsonObject &)>;

QStringList sensible(const QStringList &names)
{
    QStringList result;
    for (const QString &name : names) {
        if (!name.isEmpty() && name.size() <= longestName && result.size() < maxModels)
            result.append(name);
    }
    return result;
}

// One question for the models. Kept alive by whoever is inside it, so that telling may drop the handle.
class Listing : public std::enable_shared_from_this<Listing>
{
public:
    Listing(QString title, QByteArray apiKey, Read read, Done done)
        : m_title(std::move(title)),
          m_apiKey(std::move(apiKey)),
          m_read(std::move(read)),
          m_done(std::move(done))
    {
    }

    void start(HttpTransport &transport, HttpRequest request)
    {
        const std::weak_ptr<Listing> weak = weak_from_this();
        m_transfer = transport.start(std::move(request),
                                     {.head =
                                          [weak](const HttpHead &head) {
                                              if (const auto self = weak.lock())
                                                  self->m_head = head;
                                          },
                                      .body =
                                          [weak](const QByteArray &bytes) {
                                              if (const auto self = weak.lock())
                                                  self->m_body += bytes; // bounded by the transport
                                          },
                                      .end =
                                          [weak](const HttpEnd &end) {
                                              if (const auto self = weak.lock())
                                                  self->tell(self->read(end));
                                          }});
    }

    void failLater(HttpTransport &transport, const CallError &error)
    {
        QMetaObject::invokeMethod(
            &transport,
            [weak = weak_from_this(), error] {
                if (const auto self = weak.lock())
                    self->tell({{}, error});
            },
            Qt::QueuedConnection);
    }

private:
    void tell(const ModelListing &listing) { std::exchange(m_done, {})(listing); }

    ModelListing read(const HttpEnd &end) const
    {
        if (end.result != HttpEnd::Complete)
            return {{}, transferFailure(m_title, end)};
        if (m_head.status != 200) {
            CallError error = httpFailure(m_title, m_head, m_body, m_apiKey);
            if (error.kind == CallError::NotFound)
                error.message = u"At this address nothing answers for models (404). Check the base URL: most servers "
                                "that speak OpenAI's format want it to end in /v1."_s;
            return {{}, error};
        }
        try {
            return {sensible(m_read(json::object(m_body))), {}};
        } catch (const json::SyntaxError &) {
            return {
                {},
                CallError::make(
                    CallError::MalformedAnswer,
                    u"What answers for %1 gave no list of models. Check the base URL and the kind."_s.arg(m_title))};
        }
    }

    const QString m_title;
    const QByteArray m_apiKey;
    const Read m_read;
    Done m_done;
    HttpHead m_head;
    QByteArray m_body;
    std::unique_ptr<HttpTransfer> m_transfer;
};

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

std::shared_ptr<void> HttpProvider::list(const ModelRequest &request, Done done)
{
    auto listing = std::make_shared<Listing>(
        title(), request.apiKey, [this](const QJsonObject &answer) { return readListing(answer); }, std::move(done));
    try {
        HttpRequest prepared = prepareListing(request);
        prepared.headers.emplaceBack("Accept", "application/json");
        prepared.connectTimeout = request.connectTimeout;
        prepared.firstByteTimeout = request.firstByteTimeout;
        prepared.idleTimeout = request.idleTimeout;
        prepared.totalTimeout = request.totalTimeout;
        prepared.addresses = request.addresses;
        prepared.maxResponseBytes = maxListBytes;
        listing->start(m_transport, std::move(prepared));
    } catch (const CallError &error) {
        listing->failLater(m_transport, error);
    }
    return listing;
}

} // namespace providers
