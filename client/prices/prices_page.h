// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class Button;
class Footer;
class PageHeader;
class PriceAliasesView;
class PricesView;
class QStackedWidget;
class Tabs;

// The price book: what models cost, since when, and where that comes from. Operators keep it; others look at it, and
// compute what their own calls would cost by it.
class PricesPage : public PageWidget
{
    Q_OBJECT

public:
    explicit PricesPage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override; // a row
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    enum Tab { Book, Names };
    void showTab(int tab);
    void load();
    void addName(const QString &name);
    void importRows();
    void rerate();
    void renewTexts();
    bool mayChange() const { return m_workspace.session().can(Ability::PricesUpdate); }
    bool mayRerate() const { return mayChange() || m_workspace.session().can(Ability::UsageRead); }

    Workspace &m_workspace;
    PageHeader *m_header;
    Button *m_rerate;
    Button *m_import;
    Button *m_addName;
    Button *m_add;
    Tabs *m_tabs;
    PricesView *m_prices;
    PriceAliasesView *m_names;
    QStackedWidget *m_views;
    Footer *m_footer;
};
