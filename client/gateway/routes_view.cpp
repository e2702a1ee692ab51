// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/routes_view.h"

#include "client/gateway/gateway_looks.h"
#include "client/gateway/route_dialog.h"
#include "client/gateway/route_pane.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto routeRemovalDelay = 8s; // as long as the toast offers to take it back

} // namespace

RoutesView::RoutesView(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_library(library),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_notice(new Banner),
      m_table(new DataTable(tr("Routes"))),
      m_pane(new RoutePane(workspace.api())),
      m_split(new MasterDetail(m_table, m_pane))
{
    build();
    connect(m_add, &QPushButton::clicked, this, &RoutesView::add);
    connect(m_filters, &FilterBar::changed, this, &RoutesView::filter);
    connect(m_notice, &Banner::actionRequested, this, &RoutesView::load);
    connect(m_table, &DataTable::currentRowChanged, this, &RoutesView::commandsChanged);
    connect(m_table, &DataTable::rowMenuRequested, this, &RoutesView::fillRowMenu);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return load();
        m_model.totalRows() == 0 ? add() : restoreViewState({});
    });
    connect(m_split, &MasterDetail::opened, this, [this](const QModelIndex &index) {
        m_pane->show(m_model.row(index), may(Ability::GatewayRoutesUpdate), may(Ability::GatewayRoutesDelete));
    });
    connect(m_pane, &RoutePane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (RoutesView::*action)(const GatewayRoute &)) {
        return [this, action] {
            if (const GatewayRoute *shown = m_model.find(m_pane->routeId()))
                (this->*action)(GatewayRoute(*shown));
        };
    };
    connect(m_pane, &RoutePane::changeRequested, this, onShown(&RoutesView::change));
    connect(m_pane, &RoutePane::copyRequested, this, onShown(&RoutesView::copyAlias));
    connect(m_pane, &RoutePane::removeRequested, this, onShown(&RoutesView::remove));
    retranslate();
}

void RoutesView::build()
{
    m_filters->setCanAdd(false);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setObjectName(u"columns"_s);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"alias"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"gatewayRoutes"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(m_split)})));
}

QWidget *RoutesView::mainContent() { return m_table; }
QWidget *RoutesView::headerAction() { return m_add; }

void RoutesView::activated()
{
    m_add->setVisible(may(Ability::GatewayRoutesCreate));
    m_library.reloadModels();
    load();
}

// ---- loading

void RoutesView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(!m_isLoaded);
    loadMore({}, {});
}

// All of them, page by page: they are few.
void RoutesView::loadMore(const std::optional<QString> &cursor, QList<GatewayRoute> before)
{
    GatewayRouteFilter all;
    all.limit = 200;
    all.cursor = cursor;
    m_workspace.api().call(endpoints::gatewayRoutes::list, all, this,
                           [this, before = std::move(before)](const Result<Page<GatewayRoute>> &reply) {
                               if (reply && reply->nextCursor)
                                   return loadMore(reply->nextCursor, before + reply->items);
                               loaded(reply, reply ? before + reply->items : QList<GatewayRoute>());
                           });
}

void RoutesView::loaded(const Result<Page<GatewayRoute>> &reply, const QList<GatewayRoute> &all)
{
    m_loading = false;
    m_table->setLoading(false);
    m_problem = reply ? std::nullopt : std::optional(reply.error());
    m_notice->hide();
    // A dead network is said once, above all pages.
    if (m_problem && m_isLoaded && m_problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
    if (reply) {
        m_isLoaded = true;
        QList<GatewayRoute> shown = all;
        shown.removeIf([this](const GatewayRoute &route) { return m_leaving.contains(route.id); });
        const QUuid chosen = current() ? current()->id : QUuid();
        m_model.setRows(shown);
        if (const QModelIndex row = m_model.indexOf(chosen); row.isValid())
            m_table->setCurrentIndex(row);
        if (const QModelIndex index = m_model.indexOf(m_pane->routeId()); m_split->isOpen() && index.isValid())
            m_split->open(index);
        else
            m_split->close();
        if (const QUuid wanted = std::exchange(m_wanted, {}); !wanted.isNull())
            m_split->open(m_model.indexOf(wanted));
    }
    renewEmpty();
    Q_EMIT footerChanged();
}

void RoutesView::put(const GatewayRoute &route)
{
    m_model.put(route);
    m_model.resort();
    if (const QModelIndex index = m_model.indexOf(route.id);
        m_split->isOpen() && m_pane->routeId() == route.id && index.isValid())
        m_split->open(index);
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT commandsChanged();
}

void RoutesView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    m_model.setFilter([text](const GatewayRoute &route) {
        return route.alias.contains(text, Qt::CaseInsensitive)
            || std::any_of(route.targets.begin(), route.targets.end(),
                           [&](const RouteTarget &target) { return target.model.contains(text, Qt::CaseInsensitive); });
    });
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT viewChanged();
}

void RoutesView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An owner of your tenant"));
    else if (m_problem)
        place->showError(tr("The routes are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (m_model.totalRows() > 0)
        place->showFiltered(tr("No route matches"));
    else
        place->show(u"route"_s, tr("No routes yet"),
                    tr("A route is a name that programs give for the model. You say here which models answer to it, "
                       "and who steps in when one fails, without a change in any program."),
                    may(Ability::GatewayRoutesCreate) ? tr("Make a route") : QString());
}

QString RoutesView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n route(s)", nullptr, all)
                        : tr("%1 of %n route(s)", nullptr, all).arg(amounts::count(shown));
}

QList<Footer::Hint> RoutesView::keyHints() const
{
    return {{u"N"_s, tr("add")}, {u"E"_s, tr("change")}, {u"C"_s, tr("copy alias")}, {u"Del"_s, tr("remove")}};
}

QJsonObject RoutesView::viewState() const { return {{u"search"_s, m_filters->search()->text()}}; }

void RoutesView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    filter();
}

void RoutesView::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    if (const QModelIndex index = m_model.indexOf(m_wanted); index.isValid()) {
        m_wanted = {};
        m_split->open(index);
    }
}

// ---- what can be done

const GatewayRoute *RoutesView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void RoutesView::edit(const std::optional<GatewayRoute> &route)
{
    if (!may(route ? Ability::GatewayRoutesUpdate : Ability::GatewayRoutesCreate))
        return;
    QStringList models;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            models << model.name;
    auto *dialog = new RouteDialog(m_workspace.api(), route, models, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RouteDialog::saved, this, [this, isNew = !route](const GatewayRoute &saved) {
        put(saved);
        if (isNew)
            openObject(saved.id.toString());
    });
    dialog->open();
}

void RoutesView::change(const GatewayRoute &route) { edit(route); }

void RoutesView::copyAlias(const GatewayRoute &route)
{
    QGuiApplication::clipboard()->setText(route.alias);
    Q_EMIT toastRequested({.title = tr("Alias copied"), .text = route.alias});
}

void RoutesView::remove(const GatewayRoute &route)
{
    if (!may(Ability::GatewayRoutesDelete) || m_leaving.contains(route.id))
        return;
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, route] {
        m_leaving.take(route.id)->deleteLater();
        removeNow(route);
    });
    timer->start(routeRemovalDelay);
    m_leaving.insert(route.id, timer);
    m_model.remove(route.id);
    if (m_pane->routeId() == route.id)
        m_split->close();
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT commandsChanged();
    Q_EMIT toastRequested({.title = tr("Route removed"), .text = route.alias, .undo = [this, route] {
                               if (QTimer *waiting = m_leaving.take(route.id)) {
                                   delete waiting;
                                   put(route);
                               }
                           }});
}

void RoutesView::removeNow(const GatewayRoute &route)
{
    m_workspace.api().call(endpoints::gatewayRoutes::remove.at(route.id), {}, this,
                           [this, route](const Result<Nothing> &reply) {
                               if (reply || reply.error().status == 404)
                                   return;
                               put(route);
                               failed(tr("Could not remove “%1”").arg(route.alias), reply.error(),
                                      [this, route] { remove(route); });
                           },
                           {.revision = route.revision});
}

void RoutesView::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412)
        load();
}

void RoutesView::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const GatewayRoute route = m_model.row(index);
    if (may(Ability::GatewayRoutesUpdate))
        menu->addAction(tr("Change route…"), this, [this, route] { change(route); });
    menu->addAction(tr("Copy alias"), this, [this, route] { copyAlias(route); });
    if (may(Ability::GatewayRoutesDelete))
        menu->addAction(tr("Remove route"), this, [this, route] { remove(route); });
}

QList<Command> RoutesView::commands()
{
    const auto on = [this](void (RoutesView::*action)(const GatewayRoute &)) {
        return [this, action] {
            if (const GatewayRoute *route = current())
                (this->*action)(GatewayRoute(*route));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? current()->alias : QString();
    return {{u"gatewayRoutes.add"_s,
             tr("New route"),
             u"plus"_s,
             u"N"_s,
             Command::Scope::Page,
             [this] { add(); },
             [this] { return may(Ability::GatewayRoutesCreate); },
             {},
             true},
            {u"gatewayRoutes.search"_s,
             tr("Search routes"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"gatewayRoutes.change"_s, tr("Change route"), u"pencil"_s, u"E"_s, Command::Scope::List,
             on(&RoutesView::change), mayOn(Ability::GatewayRoutesUpdate), subject, true},
            {u"gatewayRoutes.copyAlias"_s, tr("Copy alias of route"), u"copy"_s, u"C"_s, Command::Scope::List,
             on(&RoutesView::copyAlias), mayOn(Ability::GatewayRoutesRead), subject, true},
            {u"gatewayRoutes.remove"_s, tr("Remove route"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&RoutesView::remove), mayOn(Ability::GatewayRoutesDelete), subject, true},
            {u"gatewayRoutes.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { load(); },
             {},
             {},
             true}};
}

void RoutesView::retranslate()
{
    m_add->setText(tr("New route"));
    m_add->setHint(tr("Make a route"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search alias or model"));
    m_filters->findChild<IconButton *>(u"columns"_s)->setName(tr("Columns"));
    m_table->setAccessibleName(tr("Routes"));
    m_model.retranslate();
    renewEmpty();
    Q_EMIT footerChanged();
}
