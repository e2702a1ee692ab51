// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_page.h"

#include "client/design/theme.h"
#include "client/jobs/job_looks.h"
#include "client/jobs/job_pane.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/jobs/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QSplitter>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

JobsPage::JobsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_feed(workspace, m_model),
      m_actions(workspace, m_feed),
      m_counts(workspace),
      m_header(new PageHeader),
      m_export(new Button({}, u"download"_s)),
      m_tabs(new Tabs(tr("Views"))),
      m_filters(new FilterBar(tr("Filter by ID, template, model"))),
      m_progress(new ProgressLine),
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
    connect(m_filters, &FilterBar::changed, this, &JobsPage::readFilters);
    connect(m_filters->addMenu(), &QMenu::aboutToShow, this, &JobsPage::offerFilters);
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
    });
    connect(&m_feed, &JobsFeed::failed, this, [this](const ApiError &error) {
        m_problem = error;
        // A dead network is said once, above all pages.
        if (error.status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
        renewEmpty();
        renewFooter();
    });
    connect(&m_feed, &JobsFeed::jobChanged, this, [this](const Job &job) {
        m_counts.note(job);
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
    connect(m_pane, &JobPane::templateRequested, this, [this](const QUuid &id) {
        Q_EMIT navigationRequested(u"templates"_s, {{u"open"_s, id.toString(QUuid::WithoutBraces)}});
    });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &JobsPage::renewFooter);
    connect(&m_library, &TemplateLibrary::changed, this, &JobsPage::showFilters);
    retranslate();
}

void JobsPage::build()
{
    m_header->addAction(m_export);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"age"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"jobs"_s);
    m_table->setNewRowsText([](int count) { return tr("%n new job(s)", nullptr, count); });
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    auto *refresh = new IconButton(u"refresh-cw"_s, tr("Refresh"), u"F5"_s);
    connect(refresh, &QToolButton::clicked, &m_feed, &JobsFeed::reload);
    m_filters->addTool(columns);
    m_filters->addTool(refresh);

    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_pane->hide();
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(theme().px(Length::Space24), 0, theme().px(Length::Space24), 0);
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), m_filters, layout::line(), m_progress,
                                            m_banner, layout::wide(m_splitter), m_footer})));
}

void JobsPage::connectTable()
{
    connect(m_table, &DataTable::openRequested, this, &JobsPage::openPane);
    connect(m_table, &DataTable::peekRequested, this, &JobsPage::openPane);
    connect(m_table, &QAbstractItemView::clicked, this, &JobsPage::openPane);
    connect(m_table, &DataTable::currentRowChanged, this, [this](const QModelIndex &index) {
        if (m_pane->isVisible() && index.isValid())
            m_pane->show(m_model.row(index));
        Q_EMIT commandsChanged();
    });
    connect(m_table, &DataTable::selectedCountChanged, this, &JobsPage::renewFooter);
    connect(m_table, &DataTable::cleared, this, &JobsPage::closePane);
    connect(m_table, &DataTable::rowMenuRequested, this,
            [this](QMenu *menu, const QModelIndex &index) { fillRowMenu(menu, m_model.row(index)); });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &JobsPage::loadMoreIfNear);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &JobsPage::loadMoreIfNear);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return m_feed.reload();
        if (m_feed.view().isFiltering())
            return m_filters->clear();
        Q_EMIT navigationRequested(u"templates"_s, {});
    });
}

void JobsPage::activated()
{
    if (!m_feed.isLoading())
        m_feed.reload();
    m_counts.reload();
    m_library.reloadModels();
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
    showFilters();
    renewEmpty();
    Q_EMIT viewChanged();
}

void JobsPage::showFilters()
{
    const JobView &view = m_feed.view();
    QList<FilterBar::Condition> conditions;
    if (!view.model.isEmpty())
        conditions.append({u"model"_s, tr("Model"), view.model, shownModel(view.model)});
    if (!view.templateId.isNull()) {
        const PromptTemplate *found = m_library.find(view.templateId);
        const QString id = view.templateId.toString(QUuid::WithoutBraces);
        conditions.append({u"template"_s, tr("Template"), id, found ? found->name : shortId(view.templateId)});
    }
    if (!view.userId.isNull()) {
        QString name = shortId(view.userId);
        for (const Job &job : m_model.rows())
            if (job.userId == view.userId)
                name = job.userName;
        conditions.append({u"user"_s, tr("Run by"), view.userId.toString(QUuid::WithoutBraces), name});
    }
    if (view.day.isValid())
        conditions.append(
            {u"day"_s, tr("Day"), view.day.toString(Qt::ISODate), QLocale().toString(view.day, QLocale::ShortFormat)});
    else if (view.withinHours > 0)
        conditions.append({u"within"_s, tr("Made"), QString::number(view.withinHours),
                           view.withinHours % 24 == 0 && view.withinHours > 24
                               ? tr("last %n day(s)", nullptr, view.withinHours / 24)
                               : tr("last %n hour(s)", nullptr, view.withinHours)});
    const QSignalBlocker quiet(m_filters);
    m_filters->setConditions(conditions);
    if (m_filters->search()->text().trimmed() != view.search)
        m_filters->search()->setText(view.search);
}

void JobsPage::readFilters()
{
    JobView view;
    view.tab = m_feed.view().tab;
    view.search = m_filters->search()->text().trimmed();
    for (const FilterBar::Condition &condition : m_filters->conditions()) {
        if (condition.id == u"model"_s)
            view.model = condition.value;
        else if (condition.id == u"template"_s)
            view.templateId = QUuid::fromString(condition.value);
        else if (condition.id == u"user"_s)
            view.userId = QUuid::fromString(condition.value);
        else if (condition.id == u"day"_s)
            view.day = QDate::fromString(condition.value, Qt::ISODate);
        else if (condition.id == u"within"_s)
            view.withinHours = condition.value.toInt();
    }
    if (view == m_feed.view())
        return;
    m_feed.setView(view);
    renewEmpty();
    Q_EMIT viewChanged();
}

void JobsPage::offerFilters()
{
    QMenu *menu = m_filters->addMenu();
    menu->clear();
    const auto offer = [this](QMenu *choices, const QString &id, const QString &field, const QString &value,
                              const QString &shown) {
        choices->addAction(shown, this, [this, id, field, value, shown] {
            m_filters->setCondition({id, field, value, shown});
        });
    };
    QMenu *models = menu->addMenu(tr("Model"));
    for (const ModelInfo &model : m_library.models())
        offer(models, u"model"_s, tr("Model"), model.name, shownModel(model.name));
    QMenu *templates = menu->addMenu(tr("Template"));
    for (const PromptTemplate &one : m_library.templates())
        offer(templates, u"template"_s, tr("Template"), one.id.toString(QUuid::WithoutBraces), one.name);
    QMap<QString, QUuid> people;
    for (const Job &job : m_model.rows())
        if (job.userId)
            people.insert(job.userName, *job.userId);
    QMenu *users = menu->addMenu(tr("Run by"));
    for (auto it = people.begin(); it != people.end(); ++it)
        offer(users, u"user"_s, tr("Run by"), it->toString(QUuid::WithoutBraces), it.key());
    QMenu *times = menu->addMenu(tr("Made"));
    for (int hours : {1, 24})
        offer(times, u"within"_s, tr("Made"), QString::number(hours), tr("last %n hour(s)", nullptr, hours));
    for (int days : {7, 30})
        offer(times, u"within"_s, tr("Made"), QString::number(days * 24), tr("last %n day(s)", nullptr, days));
    for (QMenu *choices : {models, templates, users})
        choices->setEnabled(!choices->isEmpty());
}

// ---- texts that follow the state

void JobsPage::renewEmpty()
{
    EmptyState *empty = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_feed.isLoading();
    empty->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        empty->showForbidden(tr("An administrator of your tenant can let you see jobs."));
    else if (m_problem)
        empty->showError(tr("The jobs could not be loaded"), m_problem->detail);
    else if (m_feed.view().isFiltering())
        empty->showFiltered(tr("No job matches"));
    else if (m_feed.view().tab == JobView::Tab::Dead)
        empty->show(u"circle-check"_s, tr("No dead letters"),
                    tr("Jobs that used up their attempts would wait here for you."));
    else if (m_feed.view().tab != JobView::Tab::All)
        empty->show(u"list-checks"_s, tr("No such jobs"),
                    tr("Nothing is in this state now. New ones appear by themselves."));
    else
        empty->show(u"list-checks"_s, tr("No jobs yet"), tr("Each run of a template appears here as it happens."),
                    tr("Open templates"));
}

void JobsPage::renewFooter()
{
    QStringList parts;
    const QString count = amounts::count(m_model.totalRows());
    parts << (m_feed.hasMore() ? tr("%1 jobs, more as you scroll").arg(count)
                               : tr("%n job(s)", nullptr, m_model.totalRows()));
    if (const int selected = int(m_table->selectedRowIndexes().size()); selected > 0)
        parts << tr("%n selected", nullptr, selected);
    if (m_workspace.live().state() != LiveClient::State::Live && m_feed.asOf().isValid())
        parts << tr("as of %1").arg(amounts::clock(m_feed.asOf()));
    m_footer->setText(parts.join(u" · "_s));
    QList<Footer::Hint> hints{{u"J, K"_s, tr("move")}, {u"Return"_s, tr("open")}};
    if (m_workspace.session().can(Ability::JobsReplay))
        hints << Footer::Hint{u"R"_s, tr("retry")};
    if (m_workspace.session().can(Ability::JobsCancel))
        hints << Footer::Hint{u"Del"_s, tr("cancel")};
    hints << Footer::Hint{u"F"_s, tr("filter")};
    m_footer->setHints(hints);
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
        const int pane = theme().px(Length::DetailPreferred);
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

void JobsPage::fillRowMenu(QMenu *menu, const Job &job)
{
    menu->addAction(tr("Open"), this, [this, job] { openJob(job); });
    if (m_actions.mayCancel(job))
        menu->addAction(tr("Cancel job"), this, [this, job] { m_actions.cancel(job); });
    if (m_actions.mayRetry(job))
        menu->addAction(tr("Retry"), this, [this, job] { m_actions.retry(job); });
    if (m_actions.mayReplay(job))
        menu->addAction(tr("Replay"), this, [this, job] { m_actions.replay(job, {}); });
    menu->addSeparator();
    menu->addAction(tr("Copy ID"), this,
                    [job] { QGuiApplication::clipboard()->setText(job.id.toString(QUuid::WithoutBraces)); });
    menu->addAction(tr("Only %1").arg(shownModel(job.model)), this, [this, job] {
        m_filters->setCondition({u"model"_s, tr("Model"), job.model, shownModel(job.model)});
    });
    if (job.templateId)
        menu->addAction(tr("Only %1").arg(shownTemplate(job)), this, [this, job] {
            m_filters->setCondition(
                {u"template"_s, tr("Template"), job.templateId->toString(QUuid::WithoutBraces), shownTemplate(job)});
        });
}

void JobsPage::exportRows()
{
    auto *dialog = new QFileDialog(this, tr("Export jobs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->selectFile(u"jobs.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QStringList lines{
            u"id,status,template,version,model,user,input_tokens,output_tokens,cost_nanos,created_at,finished_at,error"_s};
        const auto quoted = [](QString text) {
            if (text.startsWith(u'=') || text.startsWith(u'+') || text.startsWith(u'-') || text.startsWith(u'@'))
                text.prepend(u'\''); // a spreadsheet would run it
            return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
        };
        for (int row = 0; row < m_model.rowCount(); ++row) {
            const Job &job = m_model.row(row);
            lines << QStringList{job.id.toString(QUuid::WithoutBraces),
                                 json::name(job.state),
                                 quoted(shownTemplate(job)),
                                 job.templateVersion ? QString::number(*job.templateVersion) : QString(),
                                 quoted(job.model),
                                 quoted(job.userName),
                                 QString::number(job.inputTokens),
                                 QString::number(job.outputTokens),
                                 job.costNanos ? QString::number(*job.costNanos) : QString(),
                                 job.createdAt.toUTC().toString(Qt::ISODateWithMs),
                                 job.finishedAt ? job.finishedAt->toUTC().toString(Qt::ISODateWithMs) : QString(),
                                 quoted(job.error ? job.error->code : QString())}
                         .join(u',');
        }
        QSaveFile file(path);
        const bool good =
            file.open(QFile::WriteOnly) && file.write((lines.join(u'\n') + u'\n').toUtf8()) >= 0 && file.commit();
        if (good)
            Q_EMIT toastRequested(
                {.tone = Tone::Success, .title = tr("%n job(s) exported", nullptr, m_model.rowCount()), .text = path});
        else
            Q_EMIT toastRequested(
                {.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = file.errorString()});
    });
    dialog->open();
}

QList<Command> JobsPage::commands()
{
    const auto job = current();
    const QString subject = job ? shortId(job->id) : QString();
    QList<Command> all;
    const auto page = [&](const QString &id, const QString &text, const QString &icon, const QString &keys,
                          std::function<void()> run) {
        all.append({.id = id,
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = Command::Scope::Page,
                    .run = std::move(run),
                    .enabled = {},
                    .subject = {}});
    };
    const auto row = [&](const QString &id, const QString &text, const QString &icon, const QString &keys, auto may,
                         auto run) {
        all.append({.id = id,
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = Command::Scope::List,
                    .run =
                        [this, run] {
                            if (const auto chosen = current())
                                run(*chosen);
                        },
                    .enabled =
                        [this, may] {
                            const auto chosen = current();
                            return chosen && may(*chosen);
                        },
                    .subject = subject});
    };
    page(u"jobs.filter"_s, tr("Filter jobs"), u"filter"_s, u"F; Ctrl+F; /"_s,
         [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); });
    page(u"jobs.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { activated(); });
    page(u"jobs.export"_s, tr("Export jobs"), u"download"_s, {}, [this] { exportRows(); });
    row(
        u"jobs.retry"_s, tr("Retry job"), u"rotate-cw"_s, u"R"_s,
        [this](const Job &j) { return m_actions.mayRetry(j); }, [this](const Job &j) { m_actions.retry(j); });
    row(
        u"jobs.replay"_s, tr("Replay with changes"), u"play"_s, u"Shift+R"_s,
        [this](const Job &j) { return m_actions.mayReplay(j); },
        [this](const Job &j) {
            openJob(j);
            m_pane->replay();
        });
    row(
        u"jobs.cancel"_s, tr("Cancel job"), u"square"_s, u"Del"_s,
        [this](const Job &j) { return m_actions.mayCancel(j); }, [this](const Job &j) { m_actions.cancel(j); });
    row(
        u"jobs.discard"_s, tr("Discard dead letter"), u"archive"_s, {},
        [this](const Job &j) { return m_actions.mayDiscard(j); },
        [this](const Job &j) {
            openJob(j);
            m_pane->discard();
        });
    row(
        u"jobs.copyId"_s, tr("Copy ID"), u"copy"_s, u"C"_s, [](const Job &) { return true; },
        [](const Job &j) { QGuiApplication::clipboard()->setText(j.id.toString(QUuid::WithoutBraces)); });
    return all;
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
    m_filters->search()->setPlaceholder(tr("Filter by ID, template, model"));
    m_table->setAccessibleName(tr("Jobs"));
    m_model.retranslate();
    showFilters();
    renewCounts();
    renewEmpty();
    renewFooter();
}
