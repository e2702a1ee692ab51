// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_tab.h"
#include "client/gateway/refusals_model.h"
#include "client/widgets/filter_bar.h"
#include "shared/http/page.h"

class Banner;
class DataTable;
class IconButton;
class MasterDetail;
class RefusalPane;

// "Why was I refused": what the gateway did not let through, the latest first, by whom and why. New ones come by
// themselves while it is looked at.
class RefusalsView : public GatewayTab
{
    Q_OBJECT

public:
    explicit RefusalsView(Workspace &workspace, QWidget *parent = nullptr);

    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    QJsonObject viewState() const override;
    // {"by": "limit", "key": id, "keyName": …, "decidedBy": id, "decidedByName": …}, each where it filters
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    enum class Part { First, Older, Newer };

    void build();
    void connectTable();
    void load(Part part);
    void take(Part part, const Page<GatewayRefusal> &page);
    void loadMoreIfNear();
    GatewayRefusalFilter wanted() const;
    QList<FilterBar::Condition> offered(const QString &field) const; // from what is in the list
    QList<FilterBar::Condition> sameAs(const GatewayRefusal &refusal) const;
    void offerAll();
    void edit(const QString &field, const QPoint &at);
    void filtered();
    void fillPane(const QModelIndex &index);
    bool mayOpenDecider(const GatewayRefusal &refusal) const;
    void openDecider(const GatewayRefusal &refusal);
    void openCurrentDecider();
    void renewEmpty();
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    Workspace &m_workspace;
    RefusalsModel m_model;
    FilterBar *m_filters;
    IconButton *m_columns;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    RefusalPane *m_pane;
    MasterDetail *m_split;
    CallHandle m_call;
    std::optional<QString> m_cursor;
    std::optional<ApiError> m_problem;
    bool m_isLoaded = false;
};
