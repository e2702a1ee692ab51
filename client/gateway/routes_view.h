// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_tab.h"
#include "client/gateway/routes_model.h"
#include "shared/http/page.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class MasterDetail;
class QMenu;
class QTimer;
class RoutePane;
class TemplateLibrary;

// The routes of the gateway: names for models, and where their calls go.
class RoutesView : public GatewayTab
{
    Q_OBJECT

public:
    RoutesView(Workspace &workspace, TemplateLibrary &library, QWidget *parent);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;

    DataTable *table() const { return m_table; }
    RoutePane *pane() const { return m_pane; }

protected:
    void retranslate() override;

private:
    void build();
    void load();
    void loadMore(const std::optional<QString> &cursor, QList<GatewayRoute> before);
    void loaded(const Result<Page<GatewayRoute>> &reply, const QList<GatewayRoute> &all);
    void filter();
    void renewEmpty();
    void put(const GatewayRoute &route);
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    const GatewayRoute *current() const;
    void edit(const std::optional<GatewayRoute> &route);
    void add() { edit({}); }
    void change(const GatewayRoute &route);
    void copyAlias(const GatewayRoute &route);
    void remove(const GatewayRoute &route);
    void removeNow(const GatewayRoute &route);
    void failed(const QString &what, const ApiError &error, std::function<void()> retry = {});
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    RoutesModel m_model;
    QHash<QUuid, QTimer *> m_leaving; // removals that can still be taken back; ending the client keeps the routes
    Button *m_add;
    FilterBar *m_filters;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    RoutePane *m_pane;
    MasterDetail *m_split;
    std::optional<ApiError> m_problem;
    QUuid m_wanted; // to be shown when the routes have come
    bool m_loading = false;
    bool m_isLoaded = false;
};
