// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/known_places.h"

#include "server/auth/session_store.h"
#include "server/tenants/tenant_store.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto keptFor = 10s;

} // namespace

bool KnownPlaces::holds(const QString &tenant, const QString &email, const QString &address)
{
    const QString slug = tenant.trimmed().toLower();
    const QString account = slug + u'\n' + UserStore::folded(email);
    const Clock::time_point now = Clock::now();
    {
        const std::lock_guard lock(m_mutex);
        if (const Places *known = m_places.find(account); known && now - known->readAt < keptFor)
            return known->addresses.contains(address);
    }
    ++m_databaseReads;
    QList<QString> addresses;
    if (const auto found = m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, slug); }))
        addresses =
            m_database.transaction({found->id}, [&](Transaction &tx) { return SessionStore::addressesOf(tx, email); });
    const Places places{QSet<QString>(addresses.begin(), addresses.end()), now};
    const std::lock_guard lock(m_mutex);
    return m_places.put(account, places).addresses.contains(address);
}
