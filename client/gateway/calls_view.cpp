// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/calls_view.h"

#include "client/gateway/call_filters.h"
#include "client/gateway/call_pane.h"
#include "client/gateway/calls_export.h"
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
#include "client/widgets/row_export.h"
#include "shared/gateway/endpoints.h"
#include "shared/users/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

CallsView::CallsView(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_library(library),
      m_feed(workspace, m_model),
      m_export(new Button({}, u"download"_s)),
      m_filterBar(new FilterBar({})),
      m_filters(new CallFilters(m_filterBar, m_model, this)),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_refresh(new IconButton(u"refresh-cw"_s, {})),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_table(new DataTable(tr("Calls"))),
      m_pane(new CallPane(workspace.api())),
      m_split(new MasterDetail(m_table, m_pane))
{
    build();
    connectTable();
    connect(m_export, &QPushButton::clicked, this, &CallsView::exportRows);
    connect(m_filterBar->search(), &SearchField::textSettled, this, &CallsView::searched);
    connect(m_filters, &CallFilters::changed, this, [this] {
        if (const CallQuery query = m_filters->read(); query != m_feed.query())
            setQuery(query);
    });
    connect(m_banner, &Banner::actionRequested, &m_feed, &CallsFeed::reload);
    connect(m_refresh, &QToolButton::clicked, &m_feed, &CallsFeed::reload);
    connect(&m_feed, &CallsFeed::loadingChanged, this, [this] {
        m_progress->setActive(m_feed.isLoading() && m_model.totalRows() > 0);
        m_table->setLoading(m_feed.isLoading() && m_model.totalRows() == 0);
        renewEmpty();
        Q_EMIT footerChanged();
    });
    connect(&m_feed, &CallsFeed::loaded, this, [this] {
        m_problem.reset();
        m_banner->hide();
        if (const GatewayCallRow *shown = m_model.find(m_pane->callId()); shown && m_split->isOpen())
            m_pane->show(*shown, may(Ability::GatewayCallsBodies));
        renewEmpty();
    });
    connect(&m_feed, &CallsFeed::failed, this, [this](const ApiError &error) {
        m_problem = error;
        // A dead network is said once, above all pages.
        if (error.status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
        renewEmpty();
    });
    retranslate();
}

void CallsView::build()
{
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"time"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"gatewayCalls"_s);
    m_table->setNewRowsText([](int count) { return tr("%n new call(s)", nullptr, count); });
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_filterBar->addTool(m_columns);
    m_filterBar->addTool(m_refresh);
    setLayout(
        layout::tight(layout::column({m_filterBar, layout::line(), m_progress, m_banner, layout::wide(m_split)})));
}

void CallsView::connectTable()
{
    connect(m_table, &DataTable::currentRowChanged, this, &CallsView::commandsChanged);
    connect(m_table, &DataTable::rowMenuRequested, this, &CallsView::fillRowMenu);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    // They end with the feed: the table still scrolls while it is hidden for the last time.
    const auto more = [this] { loadMoreIfNear(); };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_feed, more);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_feed, more);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (!m_problem && m_feed.query().isFiltering())
            return m_filterBar->clear();
        m_feed.reload();
    });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { m_pane->show(m_model.row(index), may(Ability::GatewayCallsBodies)); });
    connect(m_split, &MasterDetail::closed, m_pane, &CallPane::close);
    connect(m_pane, &CallPane::closed, m_split, &MasterDetail::close);
    connect(m_pane, &CallPane::sameKeyRequested, this, &CallsView::onlySameKey);
}

QWidget *CallsView::mainContent() { return m_table; }
QWidget *CallsView::headerAction() { return m_export; }

void CallsView::activated()
{
    loadChoices();
    if (!m_feed.isLoading())
        m_feed.reload();
}

void CallsView::showEvent(QShowEvent *event)
{
    GatewayTab::showEvent(event);
    m_feed.setFollowing(true);
}

void CallsView::hideEvent(QHideEvent *event)
{
    m_feed.setFollowing(false);
    GatewayTab::hideEvent(event);
}

// What can be filtered by: those that there are, as far as the person may see them, beside those in the list.
void CallsView::loadChoices()
{
    m_library.reloadModels();
    QStringList models;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            models << model.name;
    m_filters->setModels(models);
    if (may(Ability::GatewayKeysRead)) {
        GatewayKeyFilter filter;
        filter.limit = 200;
        m_workspace.api().call(endpoints::gatewayKeys::list, filter, this,
                               [this](const Result<Page<GatewayKey>> &reply) {
                                   QMap<QString, QUuid> keys;
                                   for (const GatewayKey &key : reply ? reply->items : QList<GatewayKey>())
                                       keys.insert(key.name, key.id);
                                   m_filters->setKeys(keys);
                               });
    }
    if (may(Ability::UsersRead)) {
        UserFilter filter;
        filter.limit = 200;
        m_workspace.api().call(endpoints::users::list, filter, this, [this](const Result<Page<User>> &reply) {
            QMap<QString, QUuid> people;
            for (const User &user : reply ? reply->items : QList<User>())
                people.insert(user.displayName, user.id);
            m_filters->setPeople(people);
        });
    }
}

void CallsView::loadMoreIfNear()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        m_feed.loadMore();
}

// ---- what is shown

void CallsView::setQuery(const CallQuery &query)
{
    m_split->close();
    m_feed.setQuery(query);
    m_filters->show(query);
    renewEmpty();
    Q_EMIT viewChanged();
}

QJsonObject CallsView::viewState() const
{
    QJsonObject state = m_feed.query().toJson();
    if (m_split->isOpen())
        state.insert(u"open"_s, m_pane->callId().toString(QUuid::WithoutBraces));
    return state;
}

void CallsView::restoreViewState(const QJsonObject &state)
{
    setQuery(CallQuery::fromJson(state));
    if (const QString open = state.value(u"open"_s).toString(); !open.isEmpty())
        openObject(open);
}

// The field takes the id of a call, as programs get it in the header x-patio-call.
void CallsView::searched(const QString &text)
{
    if (const QUuid id = QUuid::fromString(text.trimmed()); !id.isNull())
        openObject(text.trimmed());
}

void CallsView::openCall(const GatewayCallRow &call)
{
    if (const QModelIndex row = m_model.indexOf(call.id); row.isValid())
        return m_split->open(row);
    m_pane->show(call, may(Ability::GatewayCallsBodies)); // one that is not in the list
    m_pane->setVisible(true);
}

void CallsView::openObject(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    if (const GatewayCallRow *known = m_model.find(uuid))
        return openCall(GatewayCallRow(*known));
    if (uuid.isNull())
        return;
    m_workspace.api().call(endpoints::gatewayCalls::get.at(uuid), {}, this,
                           [this](const Result<GatewayCallRow> &reply) {
                               if (reply)
                                   return openCall(*reply);
                               Q_EMIT toastRequested({.tone = Tone::Danger,
                                                      .title = tr("The call cannot be shown"),
                                                      .text = reply.error().detail,
                                                      .details = QString::fromUtf8(json::print(reply.error()))});
                           });
}

void CallsView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_feed.isLoading();
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An owner of your tenant"));
    else if (m_problem)
        place->showError(tr("The calls are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (m_feed.query().isFiltering())
        place->showFiltered(tr("No call matches"));
    else
        place->show(u"scroll-text"_s, tr("No calls yet"),
                    tr("Each call of a model appears here a moment after it has ended, whoever made it: programs with "
                       "a key, and jobs."));
}

QString CallsView::shownCount() const
{
    return m_feed.hasMore() ? tr("%1 calls, more as you scroll").arg(amounts::count(m_model.totalRows()))
                            : tr("%n call(s)", nullptr, m_model.totalRows());
}

QList<Footer::Hint> CallsView::keyHints() const
{
    return {{u"J, K"_s, tr("move")}, {u"Return"_s, tr("open")}, {u"F"_s, tr("filter")}, {u"C"_s, tr("copy ID")}};
}

// ---- what can be done

const GatewayCallRow *CallsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void CallsView::copyId()
{
    if (const GatewayCallRow *call = current()) {
        QGuiApplication::clipboard()->setText(call->id.toString(QUuid::WithoutBraces));
        Q_EMIT toastRequested({.title = tr("ID copied"), .text = call->id.toString(QUuid::WithoutBraces)});
    }
}

void CallsView::onlySameKey()
{
    const GatewayCallRow *call = m_model.find(m_pane->callId());
    if (!call || !call->keyId)
        return;
    CallQuery query = m_feed.query();
    query.keyId = *call->keyId;
    query.keyName = call->keyName;
    setQuery(query);
}

void CallsView::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const GatewayCallRow call = m_model.row(index);
    menu->addAction(tr("Open details"), this, [this, call] { openCall(call); });
    if (call.hasBodies && may(Ability::GatewayCallsBodies))
        menu->addAction(tr("Open request and answer"), this, [this, call] {
            openCall(call);
            m_pane->showBodies();
        });
    menu->addAction(tr("Copy ID"), this, &CallsView::copyId);
    menu->addSeparator();
    for (const FilterBar::Condition &condition : m_filters->sameAs(call))
        menu->addAction(tr("Filter by %1: %2", "a field and its value").arg(condition.field, condition.shown), this,
                        [this, condition] { m_filterBar->setCondition(condition); });
}

void CallsView::exportRows()
{
    rowExport::ask(this, tr("Export calls"), u"calls"_s, [this](const QString &path) { exportTo(path); });
}

void CallsView::exportTo(const QString &path)
{
    auto *job = new CallsExport(m_workspace, m_feed.query(), path, this);
    m_export->setLoading(true);
    connect(job, &CallsExport::finished, this, [this, path](int rows) {
        m_export->setLoading(false);
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("%n call(s) exported", nullptr, rows), .text = path});
    });
    connect(job, &CallsExport::failed, this, [this, path](const QString &problem) {
        m_export->setLoading(false);
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
    });
    job->start();
}

QList<Command> CallsView::commands()
{
    const auto isThere = [this] { return current() != nullptr; };
    const QString subject = current() ? current()->model : QString();
    return {{u"gatewayCalls.filter"_s,
             tr("Filter calls"),
             u"filter"_s,
             u"F"_s,
             Command::Scope::Page,
             [this] {
                 m_filterBar->addMenu()->popup(m_filterBar->search()->mapToGlobal(
                     QPoint(m_filterBar->search()->width(), m_filterBar->search()->height())));
             },
             {},
             {},
             true},
            {u"gatewayCalls.find"_s,
             tr("Find a call by its ID"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filterBar->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"gatewayCalls.copyId"_s, tr("Copy ID of call"), u"copy"_s, u"C"_s, Command::Scope::List,
             [this] { copyId(); }, isThere, subject, true},
            {u"gatewayCalls.bodies"_s, tr("Show request and answer of call"), u"code"_s, u"B"_s, Command::Scope::List,
             [this] {
                 openCall(GatewayCallRow(*current()));
                 m_pane->showBodies();
             },
             [this] { return current() && current()->hasBodies && may(Ability::GatewayCallsBodies); }, subject, true},
            {u"gatewayCalls.export"_s,
             tr("Export calls"),
             u"download"_s,
             u"Shift+E"_s,
             Command::Scope::Page,
             [this] { exportRows(); },
             [this] { return m_model.totalRows() > 0; },
             {},
             true},
            {u"gatewayCalls.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { m_feed.reload(); },
             {},
             {},
             true}};
}

void CallsView::retranslate()
{
    m_export->setText(tr("Export"));
    m_export->setHint(tr("Export what the filters leave"), u"Shift+E"_s);
    m_columns->setName(tr("Columns"));
    m_refresh->setName(tr("Refresh"), u"F5"_s);
    m_filterBar->search()->setPlaceholder(tr("Paste the ID of a call"));
    m_table->setAccessibleName(tr("Calls"));
    m_model.retranslate();
    m_filters->show(m_feed.query());
    renewEmpty();
    Q_EMIT footerChanged();
}
