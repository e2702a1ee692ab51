// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class Button;
class ErasuresView;
class Footer;
class PageHeader;
class PlansView;
class QStackedWidget;
class Tabs;
class TenantsView;

// For operators: the tenants of the server, the plans they are on, and the receipts of those that were erased.
class TenantsPage : public PageWidget
{
    Q_OBJECT

public:
    explicit TenantsPage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override; // a tenant
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    enum Tab { Tenants, Plans, Erased };
    void showTab(int tab);
    void load();
    void renewTexts();

    Workspace &m_workspace;
    PageHeader *m_header;
    Button *m_addTenant;
    Button *m_addPlan;
    Tabs *m_tabs;
    TenantsView *m_tenants;
    PlansView *m_plans;
    ErasuresView *m_erasures;
    QStackedWidget *m_views;
    Footer *m_footer;
    QUuid m_wanted; // to be shown when the tenants have come
};
