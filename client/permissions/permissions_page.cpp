// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/permissions_page.h"

#include "client/design/theme.h"
#include "client/permissions/roles_view.h"
#include "client/permissions/rule_editor.h"
#include "client/permissions/rules_view.h"
#include "client/permissions/simulator_view.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

PermissionsPage::PermissionsPage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_directory(workspace),
      m_header(new PageHeader),
      m_addRule(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_addRole(new Button({}, u"plus"_s)),
      m_tabs(new Tabs(tr("Permissions"))),
      m_progress(new ProgressLine),
      m_rules(new RulesView(m_directory)),
      m_roles(new RolesView(m_directory)),
      m_simulator(new SimulatorView(m_directory)),
      m_views(new QStackedWidget),
      m_footer(new Footer),
      m_editor(new RuleEditor(m_directory)),
      m_pages(new QStackedWidget)
{
    build();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        showTab(tab);
        Q_EMIT viewChanged();
    });
    connect(m_addRule, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_addRole, &QPushButton::clicked, m_roles, &RolesView::add);
    connect(&m_directory, &PermissionDirectory::changed, this, [this] {
        renewTexts();
        if (const QUuid wanted = std::exchange(m_wanted, {}); !wanted.isNull())
            m_rules->open(wanted);
    });
    connect(m_rules, &RulesView::editRequested, this, &PermissionsPage::edit);
    connect(m_editor, &RuleEditor::closed, this, &PermissionsPage::closeEditor);
    connect(m_editor, &RuleEditor::saved, this, [this](const Rule &rule, const std::optional<Rule> &before) {
        closeEditor();
        m_rules->showSaved(rule, before);
    });
    connect(m_rules, &RulesView::toastRequested, this, &PermissionsPage::toastRequested);
    connect(m_roles, &RolesView::toastRequested, this, &PermissionsPage::toastRequested);
    connect(m_simulator, &SimulatorView::toastRequested, this, &PermissionsPage::toastRequested);
    connect(m_rules, &RulesView::commandsChanged, this, &PermissionsPage::commandsChanged);
    connect(m_roles, &RolesView::commandsChanged, this, &PermissionsPage::commandsChanged);
    connect(m_simulator, &SimulatorView::commandsChanged, this, &PermissionsPage::commandsChanged);
    connect(m_rules, &RulesView::viewChanged, this, [this] {
        renewTexts();
        Q_EMIT viewChanged();
    });
    connect(m_simulator, &SimulatorView::viewChanged, this, &PermissionsPage::viewChanged);
    connect(m_rules, &RulesView::reloadRequested, this, &PermissionsPage::load);
    connect(m_roles, &RolesView::reloadRequested, this, &PermissionsPage::load);
    retranslate();
}

void PermissionsPage::build()
{
    m_header->addAction(m_addRole);
    m_header->addAction(m_addRule);
    m_views->addWidget(m_rules);
    m_views->addWidget(m_roles);
    m_views->addWidget(m_simulator);
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    m_pages->addWidget(layout::box(
        layout::tight(layout::column({m_header, tabs, layout::line(), m_progress, layout::wide(m_views), m_footer}))));
    m_pages->addWidget(m_editor);
    setLayout(layout::tight(layout::column({layout::wide(m_pages)})));
}

bool PermissionsPage::isEditing() const { return m_pages->currentIndex() == 1; }

QWidget *PermissionsPage::mainContent()
{
    if (isEditing())
        return m_editor;
    if (m_views->currentIndex() == Roles)
        return m_roles->matrix();
    return m_views->currentIndex() == Simulator ? m_simulator->mainContent() : m_rules->table();
}

void PermissionsPage::activated()
{
    m_addRule->setVisible(m_directory.can(Ability::RulesCreate));
    m_addRole->setVisible(m_directory.can(Ability::RolesCreate));
    m_tabs->setTabVisible(Roles, m_directory.can(Ability::RolesRead));
    load();
}

void PermissionsPage::load()
{
    m_progress->setActive(m_directory.isLoaded());
    m_directory.load();
}

QJsonObject PermissionsPage::viewState() const
{
    return {{u"tab"_s, m_tabs->currentIndex()},
            {u"rules"_s, m_rules->viewState()},
            {u"simulator"_s, m_simulator->viewState()}};
}

void PermissionsPage::restoreViewState(const QJsonObject &state)
{
    m_tabs->setCurrentIndex(state.value(u"tab"_s).toInt());
    m_rules->restoreViewState(state.value(u"rules"_s).toObject());
    m_simulator->restoreViewState(state.value(u"simulator"_s).toObject());
}

void PermissionsPage::openObject(const QString &id)
{
    m_tabs->setCurrentIndex(Rules);
    m_wanted = QUuid::fromString(id);
    if (m_directory.isLoaded())
        m_rules->open(std::exchange(m_wanted, {}));
}

void PermissionsPage::showTab(int tab)
{
    m_views->setCurrentIndex(tab);
    renewTexts();
    Q_EMIT commandsChanged();
}

void PermissionsPage::edit(const std::optional<Rule> &rule)
{
    if (!m_directory.isLoaded())
        return;
    m_pages->setCurrentIndex(1);
    m_editor->open(rule);
    Q_EMIT commandsChanged();
}

void PermissionsPage::closeEditor()
{
    m_pages->setCurrentIndex(0);
    mainContent()->setFocus();
    Q_EMIT commandsChanged();
}

QList<Command> PermissionsPage::commands()
{
    if (isEditing())
        return {{u"rule.save"_s,
                 tr("Save rule"),
                 u"save"_s,
                 u"Ctrl+S"_s,
                 Command::Scope::Editor,
                 [this] { m_editor->save(); },
                 {},
                 {},
                 true},
                {u"rule.leave"_s,
                 tr("Back to the rules"),
                 u"arrow-left"_s,
                 u"Esc"_s,
                 Command::Scope::Editor,
                 [this] { m_editor->leave(); },
                 {},
                 {},
                 true}};
    QList<Command> commands{{u"rules.add"_s,
                             tr("New rule"),
                             u"plus"_s,
                             u"N"_s,
                             Command::Scope::Page,
                             [this] { edit({}); },
                             [this] { return m_directory.can(Ability::RulesCreate); },
                             {},
                             true},
                            {u"roles.add"_s,
                             tr("New role"),
                             u"plus"_s,
                             u"Shift+N"_s,
                             Command::Scope::Page,
                             [this] { m_roles->add(); },
                             [this] { return m_directory.isLoaded() && m_directory.can(Ability::RolesCreate); },
                             {},
                             true},
                            {u"permissions.reload"_s,
                             tr("Refresh"),
                             u"refresh-cw"_s,
                             u"F5"_s,
                             Command::Scope::Page,
                             [this] { load(); },
                             {},
                             {},
                             true}};
    const QStringList titles{tr("Show rules"), tr("Show roles"), tr("Show simulator")};
    for (int tab = 0; tab < titles.size(); ++tab)
        commands.append({u"permissions.tab%1"_s.arg(tab),
                         titles[tab],
                         u"shield-check"_s,
                         QString::number(tab + 1),
                         Command::Scope::Page,
                         [this, tab] {
                             m_tabs->setCurrentIndex(tab);
                             mainContent()->setFocus();
                         },
                         [this, tab] { return m_tabs->isTabVisible(tab); },
                         {},
                         true});
    return commands
        + (m_views->currentIndex() == Roles           ? m_roles->commands()
               : m_views->currentIndex() == Simulator ? m_simulator->commands()
                                                      : m_rules->commands());
}

void PermissionsPage::renewTexts()
{
    m_progress->setActive(false);
    m_tabs->setCount(Rules, m_directory.isLoaded() ? int(m_directory.rules().size()) : -1);
    switch (m_views->currentIndex()) {
    case Roles:
        m_footer->setText(m_roles->shownCount());
        m_footer->setHints({{u"Space"_s, tr("give or take")}, {u"E"_s, tr("rename")}, {u"Del"_s, tr("remove")}});
        break;
    case Simulator:
        m_footer->setText({});
        m_footer->setHints({{u"Ctrl+Return"_s, tr("ask")}, {u"C"_s, tr("copy")}});
        break;
    default:
        m_footer->setText(m_rules->shownCount());
        m_footer->setHints({{u"N"_s, tr("add")},
                            {u"E"_s, tr("change")},
                            {u"S"_s, tr("on or off")},
                            {u"D"_s, tr("duplicate")},
                            {u"Del"_s, tr("remove")}});
    }
}

void PermissionsPage::retranslate()
{
    m_header->setTitle(tr("Permissions"),
                       tr("Roles give the base, rules refine it. Ask who may do what, and see why."));
    m_addRule->setText(tr("New rule"));
    m_addRule->setHint(tr("Write a rule"), u"N"_s);
    m_addRole->setText(tr("New role"));
    m_addRole->setHint(tr("Make a role"), u"Shift+N"_s);
    m_tabs->setTabs({tr("Rules"), tr("Roles"), tr("Simulator")});
    m_rules->retranslate();
    m_roles->retranslate();
    m_simulator->retranslate();
    m_editor->retranslate();
    renewTexts();
}
