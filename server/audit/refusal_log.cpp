// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/refusal_log.h"

#include "server/tenants/tenant_store.h"

#include <QLoggingCategory>

using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcRefusals, "server.audit.refusals")

std::string personOf(const Caller &caller, const AuditEvent &event)
{
    const QString person = caller.userId.isNull() ? event.subject.id : caller.userId.toString();
    return (caller.tenantId.toString() + u'/' + person).toStdString();
}

} // namespace

RefusalLog::RefusalLog(Database &database, RefusalLimits limits)
    : m_database(database),
      m_limits(limits),
      m_thread([this] { run(); })
{
}

RefusalLog::~RefusalLog() { stop(); }

void RefusalLog::add(const Caller &caller, AuditEvent event)
{
    event.outcome = AuditOutcome::Refused;
    Refusal refusal{caller, std::move(event)};
    if (refusal.caller.tenantId.isNull())
        refusal.caller.tenantId = TenantStore::platformId;
    const std::string key = personOf(refusal.caller, refusal.event);
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_persons.find(key);
        if (m_stopping || (known == m_persons.end() && m_persons.size() >= m_limits.mostPersons)) {
            ++m_dropped;
            return;
        }
        if (m_persons.empty())
            m_secondEnds = std::chrono::steady_clock::now() + 1s;
        Person &person = known == m_persons.end() ? m_persons[key] : known->second;
        if (person.rows >= m_limits.rowsPerPerson) {
            person.beyond ? void(++person.beyond->event.times) : void(person.beyond = std::move(refusal));
        } else if (m_queue.size() >= m_limits.longestQueue) {
            ++m_dropped;
            return;
        } else {
            ++person.rows;
            m_queue.push_back(std::move(refusal));
        }
    }
    m_changed.notify_one();
}

void RefusalLog::flush()
{
    std::unique_lock lock(m_mutex);
    const quint64 wanted = ++m_flushesWanted;
    m_changed.notify_one();
    m_written.wait(lock, [&] { return m_flushesDone >= wanted; });
}

void RefusalLog::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_stopping, true))
            return;
    }
    m_changed.notify_one();
    m_thread.join();
}

quint64 RefusalLog::dropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

void RefusalLog::run()
{
    const auto isDue = [this] { return !m_queue.empty() || m_flushesDone < m_flushesWanted || m_stopping; };
    std::unique_lock lock(m_mutex);
    bool isLast = false;
    while (!isLast) {
        if (m_persons.empty())
            m_changed.wait(lock, isDue);
        else
            m_changed.wait_until(lock, m_secondEnds, isDue);
        isLast = m_stopping;
        const quint64 flushes = m_flushesWanted;
        const std::deque<Refusal> refusals = take();
        lock.unlock();
        write(refusals);
        lock.lock();
        m_flushesDone = flushes;
        m_written.notify_all();
    }
}

// What waits, and at the end of the second also what was beyond the bound of each person.
std::deque<RefusalLog::Refusal> RefusalLog::take()
{
    std::deque<Refusal> refusals = std::exchange(m_queue, {});
    const bool endsNow = m_flushesDone < m_flushesWanted || m_stopping;
    if (endsNow || std::chrono::steady_clock::now() >= m_secondEnds) {
        for (auto &[key, person] : m_persons)
            if (person.beyond)
                refusals.push_back(std::move(*person.beyond));
        m_persons.clear();
    }
    return refusals;
}

// One transaction for each tenant.
void RefusalLog::write(const std::deque<Refusal> &refusals)
{
    QHash<QUuid, QList<const Refusal *>> byTenant;
    for (const Refusal &refusal : refusals)
        byTenant[refusal.caller.tenantId].append(&refusal);
    for (auto it = byTenant.constBegin(); it != byTenant.constEnd(); ++it) {
        try {
            m_database.transaction({it.key()}, [&](Transaction &tx) {
                for (const Refusal *refusal : it.value())
                    AuditLog::record(tx, refusal->caller, refusal->event);
            });
            continue;
        } catch (const ApiError &error) {
            qCWarning(lcRefusals).noquote() << "Refusals could not be written down:" << error.detail;
        } catch (const std::exception &error) {
            qCWarning(lcRefusals) << "Refusals could not be written down:" << error.what();
        }
        const std::lock_guard lock(m_mutex);
        for (const Refusal *refusal : it.value())
            m_dropped += quint64(refusal->event.times);
    }
}
