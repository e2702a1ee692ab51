// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/calls_feed.h"
#include "client/gateway/gateway_tab.h"

class Banner;
class Button;
class CallFilters;
class CallPane;
class DataTable;
class FilterBar;
class IconButton;
class MasterDetail;
class QMenu;
class TemplateLibrary;

// The log of calls: who called which model, what it cost, how long it took. The latest first, more as one scrolls; what
// is called meanwhile comes by itself.
class CallsView : public GatewayTab
{
    Q_OBJECT

public:
    CallsView(Workspace &workspace, TemplateLibrary &library, QWidget *parent);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override; // of a CallQuery, and "open": the id of a call
    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;

    DataTable *table() const { return m_table; }
    CallPane *pane() const { return m_pane; }
    const CallsFeed &feed() const { return m_feed; }
    void exportTo(const QString &path);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void connectTable();
    void loadChoices();
    void setQuery(const CallQuery &query);
    void searched(const QString &text);
    void loadMoreIfNear();
    void renewEmpty();
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    void openCall(const GatewayCallRow &call);
    const GatewayCallRow *current() const;
    void copyId();
    void onlySameKey();
    void exportRows();
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    CallsModel m_model;
    CallsFeed m_feed;
    std::optional<ApiError> m_problem;
    Button *m_export;
    FilterBar *m_filterBar;
    CallFilters *m_filters;
    IconButton *m_columns;
    IconButton *m_refresh;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    CallPane *m_pane;
    MasterDetail *m_split;
};
