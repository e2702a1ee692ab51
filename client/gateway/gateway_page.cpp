// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_page.h"

#include "client/design/theme.h"
#include "client/gateway/budgets_view.h"
#include "client/gateway/calls_view.h"
#include "client/gateway/connect_view.h"
#include "client/gateway/gateway_settings_view.h"
#include "client/gateway/keys_view.h"
#include "client/gateway/limits_view.h"
#include "client/gateway/refusals_view.h"
#include "client/gateway/routes_view.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace {

struct TabSpec
{
    QString id;
    Ability needs;
    QString icon;
    QString (*title)();
    QString (*command)(); // in the palette
    GatewayTab *(*make)(Workspace &, TemplateLibrary &);
};

template<class View> GatewayTab *made(Workspace &workspace, TemplateLibrary &) { return new View(workspace, nullptr); }
template<class View> GatewayTab *madeWithModels(Workspace &workspace, TemplateLibrary &library)
{
    return new View(workspace, library, nullptr);
}

// The tabs in their order.
const QList<TabSpec> &tabSpecs()
{
    static const QList<TabSpec> specs{
        {u"keys"_s, Ability::GatewayKeysRead, u"key-round"_s, [] { return GatewayPage::tr("Keys"); },
         [] { return GatewayPage::tr("Show gateway keys"); }, madeWithModels<KeysView>},
        {u"connect"_s, Ability::GatewayCall, u"code"_s, [] { return GatewayPage::tr("Connect"); },
         [] { return GatewayPage::tr("Show how to call the gateway"); }, madeWithModels<ConnectView>},
        {u"routes"_s, Ability::GatewayRoutesRead, u"route"_s, [] { return GatewayPage::tr("Routes"); },
         [] { return GatewayPage::tr("Show routes of the gateway"); }, madeWithModels<RoutesView>},
        {u"calls"_s, Ability::GatewayCallsRead, u"scroll-text"_s, [] { return GatewayPage::tr("Calls"); },
         [] { return GatewayPage::tr("Show calls of the gateway"); }, madeWithModels<CallsView>},
        {u"limits"_s, Ability::GatewayLimitsRead, u"gauge"_s, [] { return GatewayPage::tr("Limits"); },
         [] { return GatewayPage::tr("Show limits of the gateway"); }, made<LimitsView>},
        {u"budgets"_s, Ability::BudgetsRead, u"coins"_s, [] { return GatewayPage::tr("Budgets"); },
         [] { return GatewayPage::tr("Show budgets"); }, made<BudgetsView>},
        {u"refused"_s, Ability::GatewayCallsRead, u"ban"_s, [] { return GatewayPage::tr("Refused"); },
         [] { return GatewayPage::tr("Show what the gateway refused"); }, made<RefusalsView>},
        {u"settings"_s, Ability::GatewaySettingsRead, u"settings"_s, [] { return GatewayPage::tr("Settings"); },
         [] { return GatewayPage::tr("Show settings of the gateway"); }, made<GatewaySettingsView>},
    };
    return specs;
}

const TabSpec *specOf(const QString &id)
{
    const auto found =
        std::find_if(tabSpecs().begin(), tabSpecs().end(), [&](const TabSpec &spec) { return spec.id == id; });
    return found == tabSpecs().end() ? nullptr : &*found;
}

} // namespace

GatewayPage::GatewayPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_header(new PageHeader),
      m_tabs(new Tabs(tr("Gateway"))),
      m_views(new QStackedWidget),
      m_footer(new Footer)
{
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), layout::wide(m_views), m_footer})));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        showAt(index);
        if (GatewayTab *tab = current(); tab && isVisible())
            tab->activated();
        Q_EMIT viewChanged();
    });
    renewTabs();
    retranslate();
}

QList<Ability> GatewayPage::abilities()
{
    QList<Ability> abilities;
    for (const TabSpec &spec : tabSpecs())
        abilities << spec.needs;
    return abilities;
}

// Tabs come and go with what the person may do.
void GatewayPage::renewTabs()
{
    QStringList ids, titles;
    for (const TabSpec &spec : tabSpecs()) {
        if (!m_workspace.session().can(spec.needs))
            continue;
        ids << spec.id;
        titles << spec.title();
    }
    m_ids = ids;
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setTabs(titles);
        m_tabs->setCurrentIndex(std::max(int(ids.indexOf(m_current)), 0));
    }
    if (!ids.isEmpty() && !ids.contains(m_current))
        showAt(0);
}

void GatewayPage::showAt(int index)
{
    if (index < 0 || index >= m_ids.size())
        return;
    m_current = m_ids[index];
    m_views->setCurrentWidget(make(m_current));
    for (auto it = m_actions.cbegin(); it != m_actions.cend(); ++it)
        it.value()->setVisible(it.key() == m_current);
    renewFooter();
    Q_EMIT commandsChanged();
}

GatewayTab *GatewayPage::make(const QString &id)
{
    if (GatewayTab *already = tab(id))
        return already;
    GatewayTab *made = specOf(id)->make(m_workspace, m_library);
    m_made.insert(id, made);
    m_views->addWidget(made);
    if (QWidget *action = made->headerAction()) {
        m_actions.insert(id, layout::box(layout::row({action})));
        m_header->addAction(m_actions[id]);
    }
    connect(made, &GatewayTab::footerChanged, this, &GatewayPage::renewFooter);
    connect(made, &GatewayTab::commandsChanged, this, &GatewayPage::commandsChanged);
    connect(made, &GatewayTab::viewChanged, this, &GatewayPage::viewChanged);
    connect(made, &GatewayTab::toastRequested, this, &GatewayPage::toastRequested);
    connect(made, &GatewayTab::navigationRequested, this,
            [this](const QString &pageId, const QJsonObject &state) { // another tab of this page, or another page
                if (pageId == objectName())
                    return restoreViewState(state);
                Q_EMIT navigationRequested(pageId, state);
            });
    if (const auto state = m_states.constFind(id); state != m_states.cend())
        made->restoreViewState(*state);
    return made;
}

GatewayTab *GatewayPage::tab(const QString &id) const { return m_made.value(id); }

QString GatewayPage::currentTab() const { return m_current; }

bool GatewayPage::showTab(const QString &id)
{
    const int index = int(m_ids.indexOf(id));
    if (index < 0)
        return false;
    m_tabs->setCurrentIndex(index);
    return true;
}

QWidget *GatewayPage::mainContent() { return current() ? current()->mainContent() : this; }

void GatewayPage::activated()
{
    renewTabs();
    if (GatewayTab *tab = current())
        tab->activated();
}

QJsonObject GatewayPage::viewState() const
{
    QJsonObject state{{u"tab"_s, m_current}};
    for (auto it = m_states.cbegin(); it != m_states.cend(); ++it)
        state.insert(it.key(), it.value());
    for (auto it = m_made.cbegin(); it != m_made.cend(); ++it)
        if (const QJsonObject own = it.value()->viewState(); !own.isEmpty())
            state.insert(it.key(), own);
    return state;
}

void GatewayPage::restoreViewState(const QJsonObject &state)
{
    for (const TabSpec &spec : tabSpecs()) {
        if (!state.contains(spec.id))
            continue;
        const QJsonObject own = state.value(spec.id).toObject();
        m_states.insert(spec.id, own);
        if (GatewayTab *there = tab(spec.id))
            there->restoreViewState(own);
    }
    showTab(state.value(u"tab"_s).toString());
}

void GatewayPage::openObject(const QString &id)
{
    const QString tabId = id.contains(u'/') ? id.section(u'/', 0, 0) : u"keys"_s;
    if (showTab(tabId))
        current()->openObject(id.section(u'/', -1));
}

QList<Command> GatewayPage::commands()
{
    QList<Command> commands;
    for (int index = 0; index < m_ids.size(); ++index) {
        const TabSpec &spec = *specOf(m_ids[index]);
        commands.append({u"gateway."_s + spec.id,
                         spec.command(),
                         spec.icon,
                         QString::number(index + 1),
                         Command::Scope::Page,
                         [this, id = spec.id] {
                             showTab(id);
                             mainContent()->setFocus();
                         },
                         {},
                         {},
                         true});
    }
    return current() ? commands + current()->commands() : commands;
}

void GatewayPage::renewFooter()
{
    if (const GatewayTab *tab = current()) {
        m_footer->setText(tab->shownCount());
        m_footer->setHints(tab->keyHints());
    }
}

void GatewayPage::retranslate()
{
    m_header->setTitle(tr("Gateway"),
                       tr("One address for all models: who calls them, with which keys, by which routes."));
    m_tabs->setAccessibleName(tr("Gateway"));
    renewTabs();
    renewFooter();
}
