// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/commands.h"
#include "client/tenants/tenants_model.h"
#include "client/widgets/toast.h"

class Banner;
class DataTable;

// What tenants may use and have: the plans of the server.
class PlansView : public QWidget
{
    Q_OBJECT

public:
    explicit PlansView(Workspace &workspace, QWidget *parent = nullptr);

    void load();
    void add();
    QList<Plan> plans() const;
    QList<Command> commands();
    QString shownCount() const;
    DataTable *table() const { return m_table; }
    void retranslate();

Q_SIGNALS:
    void changed();
    void toastRequested(const Toast &toast);
    void commandsChanged();

private:
    void put(const Plan &plan);
    void change(const Plan &plan);
    void remove(const Plan &plan);
    void renewEmpty();
    std::optional<Plan> current() const;
    bool mayChange() const { return m_workspace.session().can(Ability::TenantsUpdate); }

    Workspace &m_workspace;
    PlansModel m_model;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    std::optional<ApiError> m_problem;
    bool m_loading = false;
};
