// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/permission_directory.h"

#include "client/users/user_looks.h"
#include "shared/permissions/endpoints.h"
#include "shared/users/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 200; // the most that the server gives at once

template<class Row> void putInto(QList<Row> &rows, const Row &row)
{
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row &one) { return one.id == row.id; });
    if (known != rows.end())
        *known = row;
    else
        rows.prepend(row);
}

} // namespace

PermissionDirectory::PermissionDirectory(Workspace &workspace, QObject *parent)
    : QObject(parent),
      m_workspace(workspace)
{
}

template<class Row, class Filter, class Endpoint>
void PermissionDirectory::loadAll(const Endpoint &endpoint, const Filter &filter, const QList<Row> &before,
                                  QList<Row> PermissionDirectory::*into)
{
    m_workspace.api().call(endpoint, filter, this,
                           [this, &endpoint, filter, before, into](const Result<Page<Row>> &reply) {
                               if (!reply)
                                   return loadedOne(reply.error());
                               const QList<Row> all = before + reply->items;
                               if (reply->nextCursor) {
                                   Filter next = filter;
                                   next.cursor = reply->nextCursor;
                                   return loadAll(endpoint, next, all, into);
                               }
                               this->*into = all;
                               loadedOne({});
                           });
}

void PermissionDirectory::load()
{
    if (m_waitsFor > 0)
        return;
    m_problem.reset();
    m_waitsFor = 2 + can(Ability::RolesRead) + can(Ability::UsersRead);
    m_workspace.api().call(endpoints::permissions::catalogue, {}, this,
                           [this](const Result<PermissionCatalogue> &reply) {
                               if (reply)
                                   m_catalogue = *reply;
                               loadedOne(reply ? std::nullopt : std::optional(reply.error()));
                           });
    RuleFilter allRules;
    allRules.limit = pageSize;
    loadAll<Rule>(endpoints::permissions::listRules, allRules, {}, &PermissionDirectory::m_rules);
    if (can(Ability::RolesRead)) {
        CustomRoleFilter allRoles;
        allRoles.limit = pageSize;
        loadAll<CustomRole>(endpoints::permissions::listRoles, allRoles, {}, &PermissionDirectory::m_customRoles);
    }
    if (can(Ability::UsersRead)) {
        UserFilter everybody;
        everybody.limit = pageSize;
        loadAll<User>(endpoints::users::list, everybody, {}, &PermissionDirectory::m_people);
    }
}

void PermissionDirectory::loadedOne(const std::optional<ApiError> &problem)
{
    if (problem)
        m_problem = problem;
    if (--m_waitsFor > 0)
        return;
    m_isLoaded = m_isLoaded || !m_problem;
    Q_EMIT changed();
}

const CustomRole *PermissionDirectory::customRole(const QUuid &id) const
{
    const auto found =
        std::find_if(m_customRoles.begin(), m_customRoles.end(), [&](const CustomRole &role) { return role.id == id; });
    return found == m_customRoles.end() ? nullptr : &*found;
}

QString PermissionDirectory::shownWho(const RuleWho &who) const
{
    switch (who.kind) {
    case RuleWhoKind::Everyone:
        return tr("Everyone");
    case RuleWhoKind::Role:
        for (std::size_t i = 0; i < enumNames<Role>.size(); ++i)
            if (who.value == QLatin1StringView(enumNames<Role>[i]))
                return shownRole(Role(i));
        return who.value;
    case RuleWhoKind::CustomRole:
        if (const CustomRole *role = customRole(QUuid::fromString(who.value)))
            return role->name;
        return tr("a role that is gone");
    case RuleWhoKind::User:
        for (const User &user : m_people)
            if (user.id == QUuid::fromString(who.value))
                return user.displayName;
        return m_people.isEmpty() ? who.value : tr("a person who is gone");
    case RuleWhoKind::GatewayKey:
        return tr("Gateway key %1").arg(who.value);
    }
    return {};
}

QString PermissionDirectory::shownWho(const QList<RuleWho> &who) const
{
    QStringList names;
    for (const RuleWho &one : who)
        names << shownWho(one);
    return names.join(u", "_s);
}

void PermissionDirectory::put(const Rule &rule)
{
    putInto(m_rules, rule);
    Q_EMIT changed();
}

void PermissionDirectory::removeRule(const QUuid &id)
{
    m_rules.removeIf([&](const Rule &rule) { return rule.id == id; });
    Q_EMIT changed();
}

void PermissionDirectory::put(const CustomRole &role)
{
    putInto(m_customRoles, role);
    Q_EMIT changed();
}

void PermissionDirectory::removeRole(const QUuid &id)
{
    m_customRoles.removeIf([&](const CustomRole &role) { return role.id == id; });
    Q_EMIT changed();
}
