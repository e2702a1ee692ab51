// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/body_purge.h"

#include "server/gateway/gateway_body_store.h"
#include "shared/error.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcBodies, "server.gateway.bodies")

namespace {

constexpr int bodiesAtOnce = 200; // 400 MB at the very most
constexpr int tenantsAtOnce = 50;

QList<QUuid> claim(Database &database, std::chrono::seconds since)
{
    return database.platform([&](Transaction &tx) { return GatewayBodyStore::claimTenants(tx, since, tenantsAtOnce); });
}

// Whether there may be more.
bool removeSome(Database &database, const QUuid &tenantId)
try {
    return database.transaction(
        {tenantId}, [](Transaction &tx) { return GatewayBodyStore::removeOld(tx, bodiesAtOnce) >= bodiesAtOnce; });
} catch (const ApiError &error) {
    if (error.status != 404) // the tenant is gone, and its bodies with it
        throw;
    return false;
}

} // namespace

BodyPurge::BodyPurge(Database &database, Work work) : m_database(database), m_work(std::move(work))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { wake(); });
}

void BodyPurge::start()
{
    m_timer.start(interval);
    wake();
}

void BodyPurge::stop()
{
    m_timer.stop();
    m_isStopped = true;
}

void BodyPurge::wake()
{
    if (!m_isRunning.exchange(true) && !m_work([this] { step(); }))
        m_isRunning = false; // too busy: the next time
}

void BodyPurge::step()
try {
    if (m_tenants.isEmpty())
        m_tenants = claim(m_database, interval / 2);
    const bool isDone = m_tenants.isEmpty() || m_isStopped;
    if (!isDone && !removeSome(m_database, m_tenants.first()))
        m_tenants.removeFirst();
    if (isDone || !m_work([this] { step(); }))
        m_isRunning = false;
} catch (const std::exception &error) {
    qCWarning(lcBodies).noquote() << "old bodies could not be deleted; trying again later:" << error.what();
    m_isRunning = false;
} catch (const ApiError &error) {
    qCWarning(lcBodies).noquote() << "old bodies could not be deleted; trying again later:" << error.detail;
    m_isRunning = false;
}

void BodyPurge::run(Database &database, std::chrono::seconds since)
{
    for (const QUuid &tenantId : claim(database, since))
        while (removeSome(database, tenantId)) { }
}
