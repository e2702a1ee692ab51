// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenants_page.h"

#include "client/design/theme.h"
#include "client/tenants/erasures_view.h"
#include "client/tenants/plans_view.h"
#include "client/tenants/tenants_view.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

TenantsPage::TenantsPage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_header(new PageHeader),
      m_addTenant(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_addPlan(new Button({}, u"plus"_s)),
      m_tabs(new Tabs(tr("Tenants"))),
      m_tenants(new TenantsView(workspace)),
      m_plans(new PlansView(workspace)),
      m_erasures(new ErasuresView(workspace)),
      m_views(new QStackedWidget),
      m_footer(new Footer)
{
    m_header->addAction(m_addPlan);
    m_header->addAction(m_addTenant);
    m_views->addWidget(m_tenants);
    m_views->addWidget(m_plans);
    m_views->addWidget(m_erasures);
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), layout::wide(m_views), m_footer})));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        showTab(tab);
        Q_EMIT viewChanged();
    });
    connect(m_addTenant, &QPushButton::clicked, m_tenants, &TenantsView::add);
    connect(m_addPlan, &QPushButton::clicked, m_plans, &PlansView::add);
    connect(m_tenants, &TenantsView::changed, this, [this] {
        renewTexts();
        if (const QUuid wanted = std::exchange(m_wanted, {}); !wanted.isNull())
            m_tenants->open(wanted);
    });
    connect(m_tenants, &TenantsView::erased, m_erasures, &ErasuresView::load);
    connect(m_plans, &PlansView::changed, this, [this] {
        m_tenants->setPlans(m_plans->plans());
        renewTexts();
    });
    connect(m_erasures, &ErasuresView::changed, this, &TenantsPage::renewTexts);
    connect(m_tenants, &TenantsView::toastRequested, this, &TenantsPage::toastRequested);
    connect(m_plans, &PlansView::toastRequested, this, &TenantsPage::toastRequested);
    connect(m_tenants, &TenantsView::commandsChanged, this, &TenantsPage::commandsChanged);
    connect(m_plans, &PlansView::commandsChanged, this, &TenantsPage::commandsChanged);
    connect(m_tenants, &TenantsView::viewChanged, this, &TenantsPage::viewChanged);
    retranslate();
}

QWidget *TenantsPage::mainContent()
{
    switch (m_views->currentIndex()) {
    case Plans:
        return m_plans->table();
    case Erased:
        return m_erasures->table();
    default:
        return m_tenants->table();
    }
}

void TenantsPage::activated()
{
    m_addTenant->setVisible(m_workspace.session().can(Ability::TenantsCreate));
    m_addPlan->setVisible(m_workspace.session().can(Ability::TenantsUpdate));
    load();
}

void TenantsPage::load()
{
    m_tenants->load();
    m_plans->load();
    m_erasures->load();
}

QJsonObject TenantsPage::viewState() const
{
    return {{u"tab"_s, m_tabs->currentIndex()}, {u"tenants"_s, m_tenants->viewState()}};
}

void TenantsPage::restoreViewState(const QJsonObject &state)
{
    m_tabs->setCurrentIndex(state.value(u"tab"_s).toInt());
    m_tenants->restoreViewState(state.value(u"tenants"_s).toObject());
}

void TenantsPage::openObject(const QString &id)
{
    m_tabs->setCurrentIndex(Tenants);
    m_wanted = QUuid::fromString(id);
    m_tenants->open(m_wanted);
}

void TenantsPage::showTab(int tab)
{
    m_views->setCurrentIndex(tab);
    renewTexts();
    Q_EMIT commandsChanged();
}

QList<Command> TenantsPage::commands()
{
    QList<Command> commands{{u"tenants.add"_s,
                             tr("New tenant"),
                             u"plus"_s,
                             u"N"_s,
                             Command::Scope::Page,
                             [this] { m_tenants->add(); },
                             [this] { return m_workspace.session().can(Ability::TenantsCreate); },
                             {},
                             true},
                            {u"plans.add"_s,
                             tr("New plan"),
                             u"plus"_s,
                             u"Shift+N"_s,
                             Command::Scope::Page,
                             [this] { m_plans->add(); },
                             [this] { return m_workspace.session().can(Ability::TenantsUpdate); },
                             {},
                             true},
                            {u"tenants.reload"_s,
                             tr("Refresh"),
                             u"refresh-cw"_s,
                             u"F5"_s,
                             Command::Scope::Page,
                             [this] { load(); },
                             {},
                             {},
                             true}};
    const QStringList titles{tr("Show tenants"), tr("Show plans"), tr("Show erased tenants")};
    for (int tab = 0; tab < titles.size(); ++tab)
        commands.append({u"tenants.tab%1"_s.arg(tab),
                         titles[tab],
                         u"building-2"_s,
                         QString::number(tab + 1),
                         Command::Scope::Page,
                         [this, tab] {
                             m_tabs->setCurrentIndex(tab);
                             mainContent()->setFocus();
                         },
                         {},
                         {},
                         true});
    if (m_views->currentIndex() == Tenants)
        return commands + m_tenants->commands();
    return m_views->currentIndex() == Plans ? commands + m_plans->commands() : commands;
}

void TenantsPage::renewTexts()
{
    switch (m_views->currentIndex()) {
    case Plans:
        m_footer->setText(m_plans->shownCount());
        m_footer->setHints({{u"Shift+N"_s, tr("add")}, {u"E"_s, tr("change")}, {u"Del"_s, tr("remove")}});
        break;
    case Erased:
        m_footer->setText(m_erasures->shownCount());
        m_footer->setHints({{u"Return"_s, tr("show the receipt")}});
        break;
    default:
        m_footer->setText(m_tenants->shownCount());
        m_footer->setHints({{u"N"_s, tr("add")},
                            {u"E"_s, tr("change")},
                            {u"L"_s, tr("theme")},
                            {u"S"_s, tr("suspend")},
                            {u"Shift+E"_s, tr("export")},
                            {u"Del"_s, tr("erase")}});
    }
}

void TenantsPage::retranslate()
{
    m_header->setTitle(tr("Tenants"), tr("Who shares this server, what they may use, and how their window looks."));
    m_addTenant->setText(tr("New tenant"));
    m_addTenant->setHint(tr("Make a tenant"), u"N"_s);
    m_addPlan->setText(tr("New plan"));
    m_addPlan->setHint(tr("Make a plan"), u"Shift+N"_s);
    m_tabs->setTabs({tr("Tenants"), tr("Plans"), tr("Erased")});
    m_tenants->retranslate();
    m_plans->retranslate();
    m_erasures->retranslate();
    renewTexts();
}
