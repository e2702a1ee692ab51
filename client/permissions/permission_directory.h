// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/permissions/permission_types.h"
#include "shared/users/user.h"

// What the pages about permissions show together: subjects and built-in roles, the roles and rules of the tenant, its
// people. Read from the server whole, page by page; nothing is kept on this computer.
class PermissionDirectory : public QObject
{
    Q_OBJECT

public:
    explicit PermissionDirectory(Workspace &workspace, QObject *parent = nullptr);

    void load();
    bool isLoading() const { return m_waitsFor > 0; }
    bool isLoaded() const { return m_isLoaded; }
    const std::optional<ApiError> &problem() const { return m_problem; } // of the last load()

    const PermissionCatalogue &catalogue() const { return m_catalogue; }
    const QList<CustomRole> &customRoles() const { return m_customRoles; }
    const QList<Rule> &rules() const { return m_rules; }
    const QList<User> &people() const { return m_people; } // empty when they may not be seen
    bool inPlan(const QString &subject) const { return !m_catalogue.plan || m_catalogue.plan->contains(subject); }
    const CustomRole *customRole(const QUuid &id) const;
    QString shownWho(const RuleWho &who) const;
    QString shownWho(const QList<RuleWho> &who) const;

    // What a page has changed itself.
    void put(const Rule &rule);
    void removeRule(const QUuid &id);
    void put(const CustomRole &role);
    void removeRole(const QUuid &id);

    Workspace &workspace() const { return m_workspace; }
    bool can(Ability ability) const { return m_workspace.session().can(ability); }

Q_SIGNALS:
    void changed();

private:
    // Reads a list to its end, then ends one of the things that are waited for.
    template<class Row, class Filter, class Endpoint>
    void loadAll(const Endpoint &endpoint, const Filter &filter, const QList<Row> &before,
                 QList<Row> PermissionDirectory::*into);
    void loadedOne(const std::optional<ApiError> &problem);

    Workspace &m_workspace;
    PermissionCatalogue m_catalogue;
    QList<CustomRole> m_customRoles;
    QList<Rule> m_rules;
    QList<User> m_people;
    std::optional<ApiError> m_problem;
    int m_waitsFor = 0;
    bool m_isLoaded = false;
};
