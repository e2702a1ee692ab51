// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/refusal_counter.h"

#include "server/gateway/refusal_store.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcRefused, "server.gateway.refusals")

RefusalCounter::RefusalCounter(Database &database) : m_database(database), m_thread([this] { run(); }) { }

RefusalCounter::~RefusalCounter() { stop(); }

void RefusalCounter::add(const QUuid &tenantId, const GatewayRefusal &refusal)
{
    constexpr qint64 minuteMs = 60'000;
    const qint64 at = refusal.lastAt.toMSecsSinceEpoch();
    const QDateTime minute = QDateTime::fromMSecsSinceEpoch(at - at % minuteMs, Qt::UTC);
    {
        const std::lock_guard lock(m_mutex);
        const Key key{tenantId,     minute, refusal.keyId, refusal.by, refusal.decidedById.value_or(QUuid()),
                      refusal.model};
        if (m_stopping || (m_rows.size() >= mostRows && !m_rows.contains(key)))
            return;
        GatewayRefusal &row = m_rows[key];
        const qint64 calls = row.calls + 1;
        row = refusal;
        row.minute = minute;
        row.calls = calls;
    }
    m_changed.notify_one();
}

void RefusalCounter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_stopping, true))
            return;
    }
    m_changed.notify_one();
    m_thread.join();
}

void RefusalCounter::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || !m_rows.empty(); });
        m_changed.wait_for(lock, 1s, [this] { return m_stopping; });
        const Rows rows = std::exchange(m_rows, {});
        const bool isLast = m_stopping;
        lock.unlock();
        write(rows);
        if (isLast)
            return;
        lock.lock();
    }
}

void RefusalCounter::write(const Rows &rows)
{
    std::map<QUuid, QList<GatewayRefusal>> byTenant;
    for (const auto &[key, row] : rows)
        byTenant[std::get<0>(key)].append(row);
    for (const auto &[tenant, refusals] : byTenant) {
        try {
            m_database.transaction({tenant}, [&, &list = refusals](Transaction &tx) { RefusalStore::add(tx, list); });
        } catch (const ApiError &error) {
            qCWarning(lcRefused).noquote() << "refused calls could not be counted:" << error.detail;
        } catch (const std::exception &error) {
            qCWarning(lcRefused).noquote() << "refused calls could not be counted:" << error.what();
        }
    }
}
