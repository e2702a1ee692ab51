// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/commands.h"
#include "client/tenants/tenants_model.h"
#include "client/widgets/toast.h"
#include "shared/http/page.h"

class Banner;
class DataTable;
class ExportBanner;
class FilterBar;
class MasterDetail;
class Select;
class TenantPane;

// The tenants of the server, for operators: made, changed, suspended, exported, erased.
class TenantsView : public QWidget
{
    Q_OBJECT

public:
    explicit TenantsView(Workspace &workspace, QWidget *parent = nullptr);

    void load();
    void setPlans(const QList<Plan> &plans);
    void add();
    void open(const QUuid &id);
    QJsonObject viewState() const;
    void restoreViewState(const QJsonObject &state);
    QList<Command> commands();
    QString shownCount() const;
    DataTable *table() const { return m_table; }
    void exportTo(const Tenant &tenant, const QString &path);
    void retranslate();

Q_SIGNALS:
    void changed(); // what the footer and the tabs say
    void erased();
    void toastRequested(const Toast &toast);
    void commandsChanged();
    void viewChanged();

private:
    void loadMore(const std::optional<QString> &cursor, QList<Tenant> before);
    void loaded(const Result<Page<Tenant>> &reply, const QList<Tenant> &all);
    void filter();
    void fillPane(const Tenant &tenant);
    void renewEmpty();
    void put(const Tenant &tenant);
    const Tenant *current() const;
    bool isOwn(const Tenant &tenant) const;
    void change(const Tenant &tenant);
    void changeTheme(const Tenant &tenant);
    void suspend(const Tenant &tenant);
    void setStatus(const Tenant &tenant, TenantStatus status);
    void askWhereTo(const Tenant &tenant);
    void erase(const Tenant &tenant);
    void eraseNow(const Tenant &tenant);
    void failed(const QString &what, const ApiError &error);
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    TenantsModel m_model;
    QList<Plan> m_plans;
    FilterBar *m_filters;
    Select *m_status;
    Select *m_plan;
    Banner *m_notice; // that an erasure is under way, or why the list is not the newest
    ExportBanner *m_exporting;
    DataTable *m_table;
    TenantPane *m_pane;
    MasterDetail *m_split;
    std::optional<ApiError> m_problem;
    QString m_wantedPlan; // to filter by, before the plans have come
    CallHandle m_looks; // of the tenant in the pane
    CallHandle m_use;
    bool m_loading = false;
    bool m_isLoaded = false;
};
