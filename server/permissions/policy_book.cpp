// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/policy_book.h"

#include "server/permissions/role_store.h"
#include "server/permissions/rule_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using permissions::PolicySource;
using permissions::Principal;

namespace {

bool speaksOfPersons(const Rule &rule)
{
    const bool namesOne = std::any_of(rule.who.begin(), rule.who.end(), [](const RuleWho &who) {
        return who.kind == RuleWhoKind::User || who.kind == RuleWhoKind::GatewayKey;
    });
    return namesOne || (rule.conditions && json::print(*rule.conditions).contains("${user."));
}

// Nothing where the policy follows from more than the roles.
std::optional<QString> rolesKey(const PolicySource &source, const Principal &principal)
{
    if (std::any_of(source.rules.begin(), source.rules.end(), speaksOfPersons))
        return std::nullopt;
    QStringList names;
    for (const Role role : principal.roles)
        names.append(json::name(role));
    for (const QUuid &role : principal.customRoles)
        names.append(role.toString(QUuid::Id128));
    names.sort();
    return names.join(u' ');
}

struct PersonRow
{
    QList<QUuid> customRoles;
    QJsonObject attributes;

    static constexpr auto fields()
    {
        using T = PersonRow;
        return std::tuple{Field{"customRoles", &T::customRoles}, Field{"attributes", &T::attributes}};
    }
};

} // namespace

PolicySource PolicyBook::read(Transaction &tx)
{
    PolicySource source;
    if (const auto plan = tx.one<std::optional<QList<QString>>>("SELECT platform.plan_subjects()"))
        source.ceiling = permissions::ceilingOf(*plan);
    for (const CustomRole &role : RoleStore::all(tx)) {
        Abilities abilities;
        for (const Ability ability : role.abilities)
            abilities.set(bit(ability));
        source.customRoles.append({role.id, role.name, abilities});
    }
    source.rules = RuleStore::all(tx);
    return source;
}

Principal PolicyBook::principalOf(Transaction &tx, const QUuid &userId, const QList<Role> &roles)
{
    const auto person = tx.maybe<PersonRow>(R"(
        SELECT attributes, ARRAY(SELECT role_id FROM user_roles WHERE user_id = users.id ORDER BY role_id) AS custom_roles
        FROM users
        WHERE id = $1)",
                                            userId);
    Principal principal;
    principal.userId = userId;
    principal.roles = roles;
    if (person) {
        principal.customRoles = person->customRoles;
        principal.attributes = person->attributes;
    }
    return principal;
}

PolicyBook::Entry PolicyBook::entryOf(Transaction &tx, const QUuid &tenantId)
{
    quint64 before = 0;
    {
        const std::lock_guard lock(m_mutex);
        before = versionLocked(tenantId);
        if (const Entry *entry = m_tenants.find(tenantId))
            return {entry->source, entry->limits, {}};
    }
    const auto limits = tx.one<std::optional<TenantLimits>>("SELECT platform.tenant_limits()");
    const Entry entry{std::make_shared<const PolicySource>(read(tx)),
                      std::make_shared<const TenantLimits>(limits.value_or(TenantLimits())),
                      {}};
    const std::lock_guard lock(m_mutex);
    if (before == versionLocked(tenantId))
        m_tenants.put(tenantId, entry);
    return entry;
}

std::shared_ptr<const TenantLimits> PolicyBook::limitsOf(Transaction &tx, const QUuid &tenantId)
{
    return entryOf(tx, tenantId).limits;
}

PolicyBook::Policy PolicyBook::policyOf(Transaction &tx, const QUuid &tenantId, const Principal &principal)
{
    const auto source = entryOf(tx, tenantId).source;
    const auto key = rolesKey(*source, principal);
    if (key) {
        const std::lock_guard lock(m_mutex);
        const Entry *entry = m_tenants.find(tenantId);
        if (entry && entry->source == source && entry->byRoles.contains(*key))
            return entry->byRoles.value(*key);
    }
    const auto policy = std::make_shared<const permissions::Policy>(*source, principal);
    if (key) {
        const std::lock_guard lock(m_mutex);
        Entry *entry = m_tenants.find(tenantId);
        if (entry && entry->source == source)
            entry->byRoles.insert(*key, policy);
    }
    return policy;
}

quint64 PolicyBook::versionLocked(const QUuid &tenantId) const { return m_everyVersion + m_versions.value(tenantId); }

quint64 PolicyBook::version(const QUuid &tenantId) const
{
    const std::lock_guard lock(m_mutex);
    return versionLocked(tenantId);
}

void PolicyBook::forget(const QList<QUuid> &tenants)
{
    const std::lock_guard lock(m_mutex);
    for (const QUuid &tenantId : tenants) {
        ++m_versions[tenantId];
        m_tenants.remove(tenantId);
    }
}

void PolicyBook::forgetAll()
{
    const std::lock_guard lock(m_mutex);
    ++m_everyVersion;
    m_tenants.clear();
}
