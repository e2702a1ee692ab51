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
    forget();
    book();
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

std::shared_ptr<const PriceBook> PriceCatalogue::known()
{
    std::shared_ptr<const Book> last = bookIfCurrent();
    if (!last) {
        readLater();
        const std::lock_guard lock(m_mutex);
        last = m_book;
    }
    if (!last)
        return current();
    return {last, &last->prices};
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
    if (const auto current = bookIfCurrent())
        return current;
    const std::lock_guard reading(m_reading);
    if (const auto current = bookIfCurrent()) // somebody else has read it meanwhile
        return current;
    return read();
}

std::shared_ptr<const PriceCatalogue::Book> PriceCatalogue::bookIfCurrent()
{
    const std::lock_guard lock(m_mutex);
    const auto age = std::chrono::steady_clock::now() - m_readAt;
    const bool isNew = age < (m_isFollowing ? 1s : 60s);
    const bool isCurrent = m_change == m_readChange && (m_isComplete || isNew);
    return m_book && (isCurrent || (m_hasFailed && age < 1s)) ? m_book : nullptr;
}

std::shared_ptr<const PriceCatalogue::Book> PriceCatalogue::read()
{
    const auto now = std::chrono::steady_clock::now();
    const quint64 change = m_change; // what comes while the book is being read is read again
    std::shared_ptr<Book> fresh;
    std::exception_ptr failure;
    QString reason;
    try {
        auto book = std::make_shared<Book>();
        m_database.platform([&](Transaction &tx) {
            book->rows = PriceStore::all(tx);
            book->prices = PriceBook(book->rows, PriceStore::aliases(tx));
        });
        fresh = book;
    } catch (const std::exception &error) {
        reason = QString::fromUtf8(error.what());
        failure = std::current_exception();
    } catch (const ApiError &error) {
        reason = error.detail;
        failure = std::current_exception();
    }
    const std::lock_guard lock(m_mutex);
    m_hasFailed = failure != nullptr;
    m_readAt = now;
    if (fresh) {
        m_book = fresh;
        m_readChange = change;
    } else if (!m_book) {
        std::rethrow_exception(failure);
    } else {
        qCWarning(lcPrices).noquote() << "the price book could not be read again:" << reason;
    }
    return m_book;
}

void PriceCatalogue::readLater()
{
    if (!m_work || m_isReadLater.exchange(true))
        return;
    const bool isTaken = m_work([this] {
        m_isReadLater = false; // what changes from now on is read once more
        try {
            book();
        } catch (...) {
            // Nobody has read it yet: who needs it reads it, and is told.
        }
    });
    if (!isTaken)
        m_isReadLater = false;
}
