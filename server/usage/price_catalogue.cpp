// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_catalogue.h"

#include "server/audit/audit_log.h"
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

std::shared_ptr<const PriceCatalogue::Book> PriceCatalogue::book()
{
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (m_book && now - m_readAt < 1min)
        return m_book;
    try {
        auto fresh = std::make_shared<Book>();
        fresh->rows = m_database.platform([](Transaction &tx) { return PriceStore::all(tx); });
        fresh->prices = PriceBook(fresh->rows);
        m_book = fresh;
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
