// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_tab.h"
#include "client/gateway/late_removal.h"
#include "client/gateway/limits_model.h"
#include "client/gateway/whole_list.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class IconButton;
class Select;

// How much the gateway lets through: the limits of the tenant, its keys, people and models, and what is used of each
// now. Follows the server every other second while it is looked at.
class LimitsView : public GatewayTab
{
    Q_OBJECT

public:
    explicit LimitsView(Workspace &workspace, QWidget *parent = nullptr);

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
    void renewEmpty();
    void put(const GatewayLimit &limit);
    void add();
    void change(const GatewayLimit &limit);
    void remove(const GatewayLimit &limit);
    void removeNow(const GatewayLimit &limit);
    void showRefusals(const GatewayLimit &limit);
    std::optional<GatewayLimit> current() const;
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    LimitsModel m_model;
    WholeList<GatewayLimit, GatewayLimitFilter> m_list;
    LateRemoval m_removals{this};
    Button *m_add;
    FilterBar *m_filters;
    Select *m_subject;
    IconButton *m_columns;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    QUuid m_wanted; // to be shown when the limits have come
};
