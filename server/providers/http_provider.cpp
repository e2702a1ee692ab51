// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_provider.h"

#include "server/providers/exchange.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

class ExchangeHandle : public Call
{
public:
    explicit ExchangeHandle(std::shared_ptr<Exchange> exchange) : m_exchange(std::move(exchange)) { }
    ~ExchangeHandle() override { m_exchange->cancel(); }
    void cancel() override { m_exchange->cancel(); }
    void pause() override { m_exchange->setPaused(true); }
    void resume() override { m_exchange->setPaused(false); }
    Progress progress() const override { return m_exchange->progress(); }

private:
    std::shared_ptr<Exchange> m_exchange;
};

} // namespace

std::unique_ptr<Call> HttpProvider::start(const ModelRequest &request, CallEvents events)
{
    auto exchange = std::make_shared<Exchange>(*this, request, std::move(events));
    exchange->start(m_transport);
    return std::make_unique<ExchangeHandle>(std::move(exchange));
}

QUrl endpointUrl(const QUrl &base, const QString &path, VersionSegment version)
{
    QString start = base.path();
    while (start.endsWith(u'/'))
        start.chop(1);
    if (!start.endsWith(u"/v1") && (start.isEmpty() || version == VersionSegment::Always))
        start += u"/v1";
    QUrl url = base;
    url.setPath(start + path);
    return url;
}

qint64 count(const QJsonObject &object, QLatin1StringView name)
{
    constexpr qint64 most = 1'000'000'000;
    return std::clamp<qint64>(object.value(name).toInteger(0), 0, most);
}

QString shortText(const QJsonObject &object, QLatin1StringView name)
{
    constexpr qsizetype most = 200;
    return object.value(name).toString().left(most);
}

} // namespace providers
