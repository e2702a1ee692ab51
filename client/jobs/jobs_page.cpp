// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_page.h"

#include "client/design/theme.h"
#include "client/jobs/job_filters.h"
#include "client/jobs/job_looks.h"
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_notices.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/jobs/endpoints.h"

#include <QApplication>
#include <QBoxLayout>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto paneWidthKey = u"jobs/paneWidth"_s;

} // namespace

JobsPage::JobsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_feed(workspace, m_model),
      m_actions(workspace, m_feed),
      m_counts(workspace),
      m_massActions(workspace),
      m_savedViews(workspace.store()),
      m_header(new PageHeader),
      m_export(new Button({}, u"download"_s)),
      m_tabs(new Tabs(tr("Views"))),
      m_filterBar(new FilterBar(tr("Filter by ID, template, model"))),
      m_filters(new JobFilters(m_filterBar, library, m_model, this)),
      m_replayAll(new Button({}, u"rotate-cw"_s)),
      m_discardAll(new Button({}, u"archive"_s)),
      m_views(new Button({}, u"star"_s, ButtonVariant::Ghost)),
      m_viewsMenu(new QMenu(this)),
      m_limits(new IconButton(u"gauge"_s, {})),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_refresh(new IconButton(u"refresh-cw"_s, {})),
      m_progress(new ProgressLine),
      m_massBanner(new Banner),
      m_banner(new Banner),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_table(new DataTable(tr("Jobs"))),
      m_pane(new JobPane(workspace, m_actions, library)),
      m_footer(new Footer)
{
    build();
    connectTable();
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &JobsPage::tick);
    connect(m_export, &QPushButton::clicked, this, &JobsPage::exportRows);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        JobView view = m_feed.view();
        view.tab = JobView::Tab(std::max(tab, 0));
        setView(view);
    });
    connect(m_filters, &JobFilters::changed, this, [this] {
        const JobView view = m_filters->read(m_feed.view().tab);
        if (view != m_feed.view())
            setView(view);
    });
    connect(m_banner, &Banner::actionRequested, &m_feed, &JobsFeed::reload);
    connect(&m_feed, &JobsFeed::loadingChanged, this, [this] {
        m_progress->setActive(m_feed.isLoading() && m_model.totalRows() > 0);
        m_table->setLoading(m_feed.isLoading() && m_model.totalRows() == 0);
        renewEmpty();
        renewFooter();
    });
    connect(&m_feed, &JobsFeed::loaded, this, [this] {
        m_problem.reset();
        m_banner->hide();
        m_model.resort();
        renewEmpty();
        renewDeadTools();
    });
    connect(&m_feed, &JobsFeed::failed, this, [this](const ApiError &error) {
        m_problem = error;
        // A dead network is said once, above all pages.
        if (error.status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
        renewEmpty();
        renewFooter();
    });
    connect(&m_feed, &JobsFeed::jobChanged, &m_counts, &JobCounts::note);
    connect(&m_feed, &JobsFeed::jobGone, &m_counts, &JobCounts::forget);
    connect(&m_feed, &JobsFeed::applied, this, [this] {
        renewEmpty();
        renewFooter();
    });
    connect(&m_counts, &JobCounts::changed, this, &JobsPage::renewCounts);
    connect(&m_actions, &JobActions::toastRequested, this, &JobsPage::toastRequested);
    connect(&m_actions, &JobActions::changed, this, [this](const Job &job) {
        m_counts.note(job);
        Q_EMIT commandsChanged();
    });
    connect(&m_actions, &JobActions::made, this, &JobsPage::openJob);
    connect(m_pane, &JobPane::closed, this, &JobsPage::closePane);
    connect(m_replayAll, &QPushButton::clicked, this, [this] { askForAll(JobActionKind::Replay); });
    connect(m_discardAll, &QPushButton::clicked, this, [this] { askForAll(JobActionKind::Discard); });
    connect(m_limits, &QToolButton::clicked, this, &JobsPage::openLimits);
    connect(m_viewsMenu, &QMenu::aboutToShow, this, &JobsPage::fillViewsMenu);
    connect(&m_massActions, &MassActions::toastRequested, this, &JobsPage::toastRequested);
    connect(&m_massActions, &MassActions::changed, this, &JobsPage::renewDeadTools);
    connect(&m_massActions, &MassActions::ended, this, [this] {
        m_feed.reload();
        m_counts.reload();
    });
    connect(m_massBanner, &Banner::actionRequested, &m_massActions, &MassActions::stop);
    connect(m_pane, &JobPane::templateRequested, this, [this](const QUuid &id) {
        Q_EMIT navigationRequested(u"templates"_s, {{u"open"_s, id.toString(QUuid::WithoutBraces)}});
    });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &JobsPage::renewFooter);
    connect(&m_library, &TemplateLibrary::changed, this, [this] { m_filters->show(m_feed.view()); });
    retranslate();
}

void JobsPage::build()
{
    m_header->addAction(m_limits);
    m_header->addAction(m_export);
    m_viewsMenu->setObjectName(u"savedViews"_s);
    m_views->setMenu(m_viewsMenu);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"age"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"jobs"_s);
    m_table->setNewRowsText([](int count) { return tr("%n new job(s)", nullptr, count); });
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    connect(m_refresh, &QToolButton::clicked, &m_feed, &JobsFeed::reload);
    m_filterBar->addTool(m_replayAll);
    m_filterBar->addTool(m_discardAll);
    m_filterBar->addTool(m_columns);
    m_filterBar->addTool(m_refresh);

    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_pane->hide();
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(paneWidthKey, m_pane->width()); });
    auto *tabs = layout::row({m_tabs, m_views, layout::stretch()});
    tabs->setContentsMargins(theme().px(Length::Space16), 0, theme().px(Length::Space24), 0); // its text, not its edge
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), m_filterBar, layout::line(), m_progress,
                                            m_massBanner, m_banner, layout::wide(m_splitter), m_footer})));
}

void JobsPage::connectTable()
{
    connect(m_table, &DataTable::openRequested, this, &JobsPage::openPane);
    connect(m_table, &DataTable::peekRequested, this, &JobsPage::openPane);
    connect(m_table, &QAbstractItemView::clicked, this, &JobsPage::openPane);
    connect(m_table, &DataTable::currentRowChanged, this, [this](const QModelIndex &index) {
        // A row is also current when the table only got the focus; the details follow what a person chose.
        if (m_pane->isVisible() && index.isValid() && m_table->selectionModel()->isRowSelected(index.row(), {}))
            m_pane->show(m_model.row(index));
        Q_EMIT commandsChanged();
    });
    // A list that was loaded anew keeps the row that was chosen.
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const QModelIndexList rows = m_table->selectedRowIndexes();
        m_chosen = rows.size() == 1 ? m_model.row(rows.first()).id : m_pane->jobId();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (const QModelIndex row = m_model.indexOf(std::exchange(m_chosen, {})); row.isValid())
            m_table->setCurrentIndex(row);
    });
    connect(m_table, &DataTable::selectedCountChanged, this, &JobsPage::renewFooter);
    connect(m_table, &DataTable::rowMenuRequested, this,
            [this](QMenu *menu, const QModelIndex &index) { fillRowMenu(menu, index); });
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    // Escape closes the details first and clears the selection after that.
    m_table->setEscape([this] {
        const bool open = m_pane->isVisible();
        if (open)
            closePane();
        return open;
    });
    // They end with the feed: the table still scrolls while it is hidden for the last time.
    const auto more = [this] { loadMoreIfNear(); };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_feed, more);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_feed, more);
    // Whoever is at the end already need not scroll for the list to go on.
    connect(&m_feed, &JobsFeed::grew, this, &JobsPage::loadMoreIfNear, Qt::QueuedConnection);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return m_feed.reload();
        if (m_feed.view().isFiltering())
            return m_filterBar->clear();
        Q_EMIT navigationRequested(u"templates"_s, {});
    });
}

void JobsPage::activated()
{
    if (!m_feed.isLoading())
        m_feed.reload();
    m_counts.reload();
    m_massActions.reload();
    m_library.reloadModels();
    m_limits->setVisible(m_workspace.session().can(Ability::SettingsRead));
    renewDeadTools();
}

void JobsPage::showEvent(QShowEvent *event)
{
    PageWidget::showEvent(event);
    m_tick.start();
}

void JobsPage::hideEvent(QHideEvent *event)
{
    PageWidget::hideEvent(event);
    m_tick.stop();
}

void JobsPage::tick()
{
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const QString id = m_model.headerData(column, Qt::Horizontal, TableModelBase::ColumnIdRole).toString();
        if (id == u"age"_s || id == u"duration"_s)
            m_table->viewport()->update(m_table->columnViewportPosition(column), 0, m_table->columnWidth(column),
                                        m_table->viewport()->height());
    }
}

void JobsPage::loadMoreIfNear()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        m_feed.loadMore();
}

// ---- views and filters

QJsonObject JobsPage::viewState() const
{
    QJsonObject state = m_feed.view().toJson();
    if (!m_pane->jobId().isNull())
        state.insert(u"open"_s, m_pane->jobId().toString(QUuid::WithoutBraces));
    return state;
}

void JobsPage::restoreViewState(const QJsonObject &state)
{
    setView(JobView::fromJson(state));
    if (const QString open = state.value(u"open"_s).toString(); !open.isEmpty())
        openObject(open);
}

void JobsPage::setView(const JobView &view)
{
    m_feed.setView(view);
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setCurrentIndex(int(view.tab));
    m_filters->show(view);
    renewEmpty();
    renewDeadTools();
    Q_EMIT viewChanged();
}

// ---- texts that follow the state

void JobsPage::renewEmpty()
{
    const bool none = m_model.rowCount() == 0 && !m_feed.isLoading();
    m_table->emptyState()->setVisible(none);
    if (none)
        jobsNotices::showNothing(m_table->emptyState(), m_feed.view(), m_problem);
}

void JobsPage::renewFooter()
{
    const bool isLive = m_workspace.live().state() == LiveClient::State::Live;
    m_footer->setText(jobsNotices::summary(m_feed, m_model.totalRows(), m_table->selectedRowCount(), isLive));
    m_footer->setHints(jobsNotices::hints(m_workspace.session()));
}

void JobsPage::renewCounts()
{
    m_tabs->setCount(int(JobView::Tab::Running), m_counts.running() > 0 ? m_counts.running() : -1);
    m_tabs->setCount(int(JobView::Tab::Dead), m_counts.dead() > 0 ? m_counts.dead() : -1);
    Q_EMIT deadLettersCounted(m_counts.dead());
}

// ---- one job

std::optional<Job> JobsPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid())
        return m_model.row(index);
    return m_pane->job();
}

void JobsPage::openPane(const QModelIndex &index)
{
    if (index.isValid())
        openJob(m_model.row(index));
}

void JobsPage::openJob(const Job &job)
{
    m_pane->show(job);
    if (m_pane->isHidden()) {
        m_pane->setVisible(true);
        const int pane = QSettings().value(paneWidthKey, theme().px(Length::DetailPreferred)).toInt();
        m_splitter->setSizes({std::max(m_splitter->width() - pane, pane), pane});
    }
    if (isVisible() && !m_pane->isAncestorOf(QApplication::focusWidget()))
        m_table->setFocus();
    const QModelIndex row = m_model.indexOf(job.id);
    if (row.isValid() && m_table->currentIndex().row() != row.row())
        m_table->setCurrentIndex(row);
    Q_EMIT viewChanged();
    Q_EMIT commandsChanged();
}

void JobsPage::openObject(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    if (const Job *known = m_feed.find(uuid))
        return openJob(*known);
    if (uuid.isNull())
        return;
    m_workspace.api().call(endpoints::jobs::get.at(uuid), {}, this, [this](const Result<JobDetail> &reply) {
        if (reply)
            return openJob(reply->job);
        Q_EMIT toastRequested({.tone = Tone::Danger,
                               .title = tr("The job cannot be shown"),
                               .text = reply.error().detail,
                               .details = QString::fromUtf8(json::print(reply.error()))});
    });
}

void JobsPage::closePane()
{
    const bool hadFocus = m_pane->isAncestorOf(QApplication::focusWidget());
    m_pane->hide();
    m_pane->close();
    if (hadFocus)
        m_table->setFocus();
    Q_EMIT viewChanged();
}

QWidget *JobsPage::mainContent() { return m_table; }

void JobsPage::retranslate()
{
    m_header->setTitle(tr("Jobs"), tr("Every model call, live. Retry, cancel or replay any of them."));
    m_export->setText(tr("Export"));
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setTabs({tr("All"), tr("Running"), tr("Failed"), tr("Dead letters"), tr("Mine")});
        m_tabs->setCurrentIndex(int(m_feed.view().tab));
    }
    m_columns->setName(tr("Columns"));
    m_refresh->setName(tr("Refresh"), u"F5"_s);
    m_views->setText(tr("Saved views"));
    m_limits->setName(tr("Jobs at a time"));
    m_replayAll->setText(tr("Replay all…"));
    m_discardAll->setText(tr("Discard all…"));
    m_filterBar->search()->setPlaceholder(tr("Filter by ID, template, model"));
    m_table->setAccessibleName(tr("Jobs"));
    m_model.retranslate();
    m_filters->show(m_feed.view());
    renewCounts();
    renewEmpty();
    renewFooter();
    renewDeadTools();
}
