// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class Footer;
class GatewayTab;
class PageHeader;
class QStackedWidget;
class TemplateLibrary;
class Tabs;

// The gateway by which programs of the tenant call models: keys, how to connect, routes, limits, budgets, and what was
// called. Each tab is there for those who may read what it shows.
class GatewayPage : public PageWidget
{
    Q_OBJECT

public:
    GatewayPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    static QList<Ability> abilities(); // any of them opens the page

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override; // "calls/<id>", or a key's id alone
    QList<Command> commands() override;
    QWidget *mainContent() override;

    GatewayTab *tab(const QString &id) const; // nullptr: not shown yet
    QString currentTab() const;
    bool showTab(const QString &id); // false: there is none of that name for this person

protected:
    void retranslate() override;

private:
    void renewTabs();
    void showAt(int index);
    GatewayTab *make(const QString &id);
    GatewayTab *current() const { return tab(currentTab()); }
    void renewFooter();

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    PageHeader *m_header;
    Tabs *m_tabs;
    QStackedWidget *m_views;
    Footer *m_footer;
    QStringList m_ids; // of the tabs that are there, in their order
    QHash<QString, GatewayTab *> m_made;
    QHash<QString, QWidget *> m_actions; // in the header, around those of the tabs
    QHash<QString, QJsonObject> m_states; // of tabs that are not made yet
    QString m_current;
};
