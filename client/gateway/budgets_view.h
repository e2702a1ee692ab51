// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/budgets_model.h"
#include "client/gateway/gateway_tab.h"
#include "client/gateway/late_removal.h"
#include "client/gateway/whole_list.h"

class Banner;
class BudgetPane;
class Button;
class DataTable;
class FilterBar;
class IconButton;
class MasterDetail;
class Select;

// What may be spent, and what is: the budgets of the tenant, those nearest to their end first. Follows the server while
// it is looked at.
class BudgetsView : public GatewayTab
{
    Q_OBJECT

public:
    explicit BudgetsView(Workspace &workspace, QWidget *parent = nullptr);

    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override; // also {"open": id}
    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    void build();
    void connectTable();
    void listRead();
    void filter();
    bool isFiltering() const;
    void fillPane(const QModelIndex &index);
    void renewPane();
    void renewEmpty();
    void put(const Budget &budget);
    void add();
    void change(const Budget &budget);
    void remove(const Budget &budget);
    void removeNow(const Budget &budget);
    void showUsage(const Budget &budget);
    void showRefusals(const Budget &budget);
    std::optional<Budget> current() const;
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    BudgetsModel m_model;
    WholeList<Budget, BudgetFilter> m_list;
    LateRemoval m_removals{this};
    Button *m_add;
    FilterBar *m_filters;
    Select *m_subject;
    IconButton *m_columns;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    BudgetPane *m_pane;
    MasterDetail *m_split;
    QUuid m_wanted; // to be shown when the budgets have come
};
