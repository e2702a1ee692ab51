// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_ledger.h"

#include "server/database/columns.h"
#include "server/gateway/gateway_key_store.h"
#include "server/usage/usage_rollup.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcLedger, "server.gateway.ledger")

namespace {

constexpr qsizetype mostAtOnce = 1000; // in one round of transactions
constexpr qsizetype mostWaiting = 100'000; // some 50 MB; then no more calls are begun
constexpr qint64 mostBodyBytes = 128 * 1024 * 1024; // that wait; then no more calls are begun
constexpr qint64 bodyBytesAtOnce = 8 * 1024 * 1024; // in one transaction
constexpr auto gathering = 20ms; // so that calls under load share their transactions
constexpr auto pauseAfterFailure = 1s;

qint64 sizeOf(const GatewayBodies &bodies)
{
    return (bodies.request.size() + bodies.answer.size()) * qint64(sizeof(QChar));
}

} // namespace

CallLedger::CallLedger(Database &database, PriceCatalogue &prices, budgets::Reservations &reservations, QString folder)
    : m_database(database),
      m_prices(prices),
      m_reservations(reservations),
      m_journal(std::move(folder))
{
}

CallLedger::~CallLedger() { stop(); }

void CallLedger::start()
{
    QList<Ended> left;
    for (const CallJournal::Left &call : m_journal.left()) {
        if (call.end) {
            left.append({call.begin, *call.end});
        } else {
            CallEnd lost{.status = UsageStore::CallStatus::Lost, .isEstimated = true};
            lost.usage.input = call.begin.promptTokens;
            left.append({call.begin, lost});
        }
    }
    for (qsizetype i = 0; i < left.size(); i += mostAtOnce)
        if (!write(left.mid(i, mostAtOnce), Of::FormerRun))
            throw ApiError::busy(5);
    m_journal.removeLeft();
    if (!left.isEmpty())
        qCInfo(lcLedger) << "calls of a former run were brought into the ledger:" << left.size();
    m_thread = std::thread([this] { work(); });
}

void CallLedger::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void CallLedger::begin(const CallBegin &begin)
{
    const std::lock_guard lock(m_mutex);
    if (m_ended.size() + m_beingWritten >= mostWaiting || m_bodyBytes >= mostBodyBytes)
        throw ApiError::busy(5);
    m_journal.begin(begin);
    m_open.emplace(begin.attemptId, begin);
}

void CallLedger::end(const QUuid &attemptId, const CallEnd &end)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_open.find(attemptId);
        if (found == m_open.end())
            return;
        try {
            m_journal.end(attemptId, end);
        } catch (const ApiError &) {
            // It is known here all the same; only a crash before it is in the ledger would make it a lost one.
        }
        m_ended.append({std::move(found->second), end});
        m_open.erase(found);
        if (!m_isIdle)
            return;
    }
    m_changed.notify_one();
}

void CallLedger::keep(const QUuid &tenantId, GatewayBodies bodies)
{
    {
        const std::lock_guard lock(m_mutex);
        m_bodyBytes += sizeOf(bodies);
        m_bodies.emplace_back(tenantId, std::move(bodies));
        if (!m_isIdle)
            return;
    }
    m_changed.notify_one();
}

CallLedger::Figures CallLedger::figures() const
{
    const std::lock_guard lock(m_mutex);
    return {qint64(m_open.size()), m_ended.size() + m_beingWritten, m_written};
}

void CallLedger::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_isIdle = true;
        m_changed.wait(lock, [this] { return m_stopping || !m_ended.isEmpty() || !m_bodies.empty(); });
        m_isIdle = false;
        if (m_ended.isEmpty() && m_bodies.empty())
            return;
        if (!m_stopping)
            m_changed.wait_for(lock, gathering, [this] { return m_stopping; });
        const auto unsynced = m_journal.unsynced();
        const QList<Ended> batch = m_ended.mid(0, mostAtOnce);
        m_ended.remove(0, batch.size());
        m_beingWritten = batch.size();
        const Bodies bodies = std::exchange(m_bodies, {});
        lock.unlock();
        for (const auto &pages : unsynced)
            pages->sync();
        const bool isWritten = write(batch, Of::ThisRun) && writeBodies(bodies);
        lock.lock();
        m_beingWritten = 0;
        if (isWritten) {
            m_written += batch.size();
            for (const auto &[tenant, one] : bodies)
                m_bodyBytes -= sizeOf(one);
            for (const Ended &call : batch)
                m_journal.settled(call.begin.attemptId);
            continue;
        }
        m_ended = batch + m_ended;
        m_bodies.insert(m_bodies.begin(), bodies.begin(), bodies.end());
        if (m_stopping)
            return; // the journal keeps them for the next process
        m_changed.wait_for(lock, pauseAfterFailure, [this] { return m_stopping; });
    }
}

// What is there already is passed over.
bool CallLedger::writeBodies(const Bodies &bodies)
{
    std::map<QUuid, QList<GatewayBodies>> byTenant;
    for (const auto &[tenant, one] : bodies)
        byTenant[tenant].append(one);
    for (const auto &[tenant, list] : byTenant) {
        try {
            for (qsizetype i = 0; i < list.size();) {
                QList<GatewayBodies> some;
                for (qint64 bytes = 0; i < list.size() && bytes < bodyBytesAtOnce; ++i) {
                    some.append(list[i]);
                    bytes += sizeOf(list[i]);
                }
                m_database.transaction({tenant}, [&](Transaction &tx) { GatewayBodyStore::record(tx, some); });
            }
        } catch (const ApiError &error) {
            if (error.status != 404)
                return false;
        } catch (const std::exception &error) {
            qCWarning(lcLedger).noquote() << "bodies of calls could not be stored; trying again:" << error.what();
            return false;
        }
    }
    return true;
}

bool CallLedger::write(const QList<Ended> &calls, Of of)
{
    std::map<QUuid, QList<Ended>> byTenant;
    for (const Ended &call : calls)
        byTenant[call.begin.tenantId].append(call);
    return std::all_of(byTenant.begin(), byTenant.end(),
                       [&](const auto &one) { return write(one.first, one.second, of); });
}

// What is there already is passed over, also when money is settled, so that a batch of which a part was written may be
// written again.
bool CallLedger::write(const QUuid &tenantId, const QList<Ended> &calls, Of of)
try {
    QList<UsageStore::Call> rows;
    QList<budgets::Spent> spent;
    QHash<QUuid, QDateTime> used;
    for (const Ended &call : calls) {
        spent.append({call.begin.attemptId, 0});
        if (call.end.wasCalled) {
            rows.append(row(call));
            spent.last().costNanos = rows.last().costNanos;
        }
        QDateTime &latest = used[call.begin.keyId];
        latest = latest.isValid() ? std::max(latest, call.begin.calledAt) : call.begin.calledAt;
    }
    const bool isTimeToSum = m_database.transaction({tenantId}, [&](Transaction &tx) {
        GatewayKeyStore::recordUse(tx, used.keys(), used.values());
        const UsageStore::Recorded recorded = UsageStore::record(tx, rows);
        const QList<QUuid> attempts = database::column(rows, &UsageStore::Call::attemptId);
        if (of == Of::FormerRun) {
            m_reservations.settleFormer(tx, UsageStore::recordedIn(tx, recorded.batch, attempts).values());
        } else if (recorded.rows == rows.size()) {
            m_reservations.settle(tx, spent);
        } else {
            const QSet<QUuid> fresh = UsageStore::recordedIn(tx, recorded.batch, attempts);
            QList<budgets::Spent> once;
            std::copy_if(spent.begin(), spent.end(), std::back_inserter(once),
                         [&](const budgets::Spent &call) { return fresh.contains(call.attemptId); });
            m_reservations.settle(tx, once);
        }
        return recorded.isTimeToSum;
    });
    m_reservations.settled(spent);
    if (isTimeToSum)
        UsageRollup::sumUp(m_database, tenantId);
    return true;
} catch (const ApiError &error) {
    if (error.status != 404)
        return false;
    for (const Ended &call : calls)
        m_reservations.release(call.begin.attemptId);
    qCWarning(lcLedger) << "calls of a tenant that is gone are not in the ledger:" << calls.size();
    return true;
} catch (const std::exception &error) {
    qCWarning(lcLedger).noquote() << "calls could not be brought into the ledger; trying again:" << error.what();
    return false;
}

// A call without tokens costs nothing, whatever the price.
UsageStore::Call CallLedger::row(const Ended &call) const
{
    UsageStore::Call row;
    row.attemptId = call.begin.attemptId;
    row.calledAt = call.begin.calledAt;
    row.userId = call.begin.userId;
    row.userName = call.begin.userName;
    row.keyId = call.begin.keyId;
    row.keyName = call.begin.keyName;
    row.model = call.begin.model;
    row.status = call.end.status;
    row.usage = call.end.usage;
    row.isEstimated = call.end.isEstimated;
    row.costNanos =
        row.usage == TokenUsage() ? std::optional<qint64>(0) : m_prices.costNanos(row.model, row.usage, row.calledAt);
    if (call.end.isCacheHit) {
        row.isCacheHit = true;
        row.savedNanos = std::exchange(row.costNanos, 0);
    }
    row.firstTokenMs = call.end.firstTokenMs;
    row.totalMs = call.end.totalMs;
    return row;
}
