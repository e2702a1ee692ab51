// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_catalogue.h"

#include "server/audit/audit_log.h"
#include "server/database/listener.h"
#include "server/usage/price_seed.h"
#include "server/usage/price_store.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcPrices, "server.usage")

void PriceCatalogue::seed()
{
    const qint64 added = m_database.platform([&](Transaction &tx) {
        const qint64 added = PriceStore::addMissing(tx, seedPrices());
        Caller server;
        server.displayName = u"Patio"_s;
        if (added > 0)
            AuditLog::record(tx, server,
                             {.action = AuditLog::actionOf(Ability::PricesUpdate),
                              .after = QJsonObject{{u"added"_s, added}},
                              .reason = u"List prices that this version of the server brought along."_s});
        return added;
    });
    if (added > 0)
        qCInfo(lcPrices) << added << "list prices were added to the price book; none is verified yet";
}

std::optional<qint64> PriceCatalogue::costNanos(const QString &fullModel, const TokenUsage &usage, const QDateTime &at)
{
    return current()->costNanos(fullModel, usage, at);
}

std::shared_ptr<const PriceBook> PriceCatalogue::current()
{
    const auto now = book();
    return {now, &now->prices};
}

QList<ModelPrice> PriceCatalogue::prices() { return book()->rows; }

void PriceCatalogue::forget() { ++m_change; }

void PriceCatalogue::follow(Listener &listener)
{
    m_isFollowing = true;
    const auto start = [this](bool isComplete) {
        forget(); // announcements may have been missed
        m_isComplete = isComplete;
    };
    QObject::connect(&listener, &Listener::reconnected, &listener, [start] { start(true); });
    QObject::connect(&listener, &Listener::disconnected, &listener, [start] { start(false); });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name) {
        if (name == QLatin1StringView(channel))
            forget();
    });
}

std::shared_ptr<const PriceCatalogue::Book> PriceCatalogue::book()
{
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    const quint64 change = m_change; // what comes while the book is being read is read again
    const bool isNew = now - m_readAt < (m_isFollowing ? 1s : 60s);
    const bool isCurrent = change == m_readChange && (m_isComplete || isNew);
    if (m_book && (isCurrent || (m_hasFailed && now - m_readAt < 1s)))
        return m_book;
    m_hasFailed = true;
    try {
        auto fresh = std::make_shared<Book>();
        m_database.platform([&](Transaction &tx) {
            fresh->rows = PriceStore::all(tx);
            fresh->prices = PriceBook(fresh->rows, PriceStore::aliases(tx));
        });
        m_book = fresh;
        m_readChange = change;
        m_hasFailed = false;
    } catch (const std::exception &error) {
        if (!m_book)
            throw;
        qCWarning(lcPrices) << "the price book could not be read again:" << error.what();
    } catch (const ApiError &error) {
        if (!m_book)
            throw;
        qCWarning(lcPrices) << "the price book could not be read again:" << error.detail;
    }
    m_readAt = now;
    return m_book;
}
