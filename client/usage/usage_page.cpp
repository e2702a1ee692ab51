// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_page.h"

#include "client/design/theme.h"
#include "client/usage/usage_overview.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/row_export.h"

#include <QBoxLayout>
#include <QStackedWidget>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ranges{7, 30, 90, 365}; // days
constexpr int allDays = 3; // index of the table of days, behind the three of the tabs

QDate todayUtc() { return QDateTime::currentDateTimeUtc().date(); }

} // namespace

UsagePage::UsagePage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_feed(workspace),
      m_header(new PageHeader),
      m_range(new SegmentedControl(tr("Period"))),
      m_export(new Button({}, u"download"_s)),
      m_tabs(new Tabs(tr("Views"))),
      m_asTable(new Button({}, u"table-2"_s, ButtonVariant::Ghost)),
      m_onlyModel(new Button({}, u"x"_s)),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_doubts(new Banner),
      m_stack(new QStackedWidget),
      m_overview(new UsageOverview),
      m_footer(new Footer)
{
    build();
    connect(m_range, &SegmentedControl::chosen, this, [this](int choice) { setRange(ranges[std::size_t(choice)]); });
    connect(m_export, &QPushButton::clicked, this, &UsagePage::exportRows);
    connect(m_tabs, &QTabBar::currentChanged, this, &UsagePage::showTab);
    connect(m_asTable, &QPushButton::clicked, this, [this] { setShowsTable(!m_showsTable); });
    connect(m_onlyModel, &QPushButton::clicked, this, [this] { setModel({}); });
    connect(m_banner, &Banner::actionRequested, &m_feed, &UsageFeed::reload);
    connect(&m_feed, &UsageFeed::changed, this, &UsagePage::renew);
    connect(&m_feed, &UsageFeed::loadingChanged, this, [this] {
        m_progress->setActive(m_feed.isLoading() && m_feed.hasData());
        for (DataTable *table : m_tables)
            table->setLoading(m_feed.isLoading() && !m_feed.hasData());
        renewFooter();
    });
    connect(&m_feed, &UsageFeed::failed, this, [this](const ApiError &error) {
        if (error.status != 0 || !m_feed.hasData())
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
    });
    connect(m_overview, &UsageOverview::measureChanged, this, [this] {
        m_overview->show(m_feed);
        Q_EMIT viewChanged();
    });
    connect(m_overview, &UsageOverview::dayChosen, this, [this](const QDate &day, const QString &model) {
        openJobs({{u"day"_s, day.toString(Qt::ISODate)}, {u"model"_s, model.isEmpty() ? m_feed.model() : model}});
    });
    connect(m_overview, &UsageOverview::periodChosen, this, [this](const UsagePeriod &period) {
        m_range->setCurrent(-1);
        m_feed.setPeriod(period, m_feed.model());
        Q_EMIT viewChanged();
    });
    connect(m_overview, &UsageOverview::modelChosen, this,
            [this](const QString &model) { setModel(model == m_feed.model() ? QString() : model); });
    connect(m_overview, &UsageOverview::userChosen, this, [this](const QString &id) { openJobs({{u"user"_s, id}}); });
    connect(m_overview, &UsageOverview::templateChosen, this, [this](const QString &id) {
        openJobs({{u"template"_s, id}});
    });
    connect(m_overview, &UsageOverview::jobsRequested, this, [this](bool failedOnly) {
        openJobs({{u"tab"_s, failedOnly ? u"failed"_s : u"all"_s}, {u"model"_s, m_feed.model()}});
    });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &UsagePage::renewFooter);
    retranslate();
    m_feed.setPeriod(UsagePeriod::endingOn(todayUtc(), m_rangeDays), {});
}

void UsagePage::build()
{
    m_header->addAction(m_range);
    m_header->addAction(m_export);
    m_stack->addWidget(layout::scrolling(m_overview));
    for (auto [model, key] : {std::pair(&m_models, u"usage.model"_s), std::pair(&m_users, u"usage.user"_s),
                              std::pair(&m_templates, u"usage.template"_s), std::pair(&m_days, u"usage.day"_s)})
        m_stack->addWidget(addTable(*model, key));
    auto *tabs = layout::row({m_tabs, layout::stretch(), m_onlyModel, m_asTable});
    tabs->setContentsMargins(theme().px(Length::Space16), 0, theme().px(Length::Space24), 0); // its text, not its edge
    setLayout(layout::tight(layout::column(
        {m_header, tabs, layout::line(), m_progress, m_banner, m_doubts, layout::wide(m_stack), m_footer})));

    const auto opens = [this](int table, const UsageTable &model, auto open) {
        connect(m_tables[table], &DataTable::openRequested, this,
                [&model, open](const QModelIndex &index) { open(model.row(index)); });
    };
    opens(0, m_models, [this](const UsageLine &line) { openJobs({{u"model"_s, line.id}}); });
    opens(1, m_users, [this](const UsageLine &line) { openJobs({{u"user"_s, line.id}}); });
    opens(2, m_templates, [this](const UsageLine &line) { openJobs({{u"template"_s, line.id}}); });
    opens(allDays, m_days, [this](const UsageLine &line) {
        openJobs({{u"day"_s, *line.sums.day}, {u"model"_s, line.sums.model.value_or(QString())}});
    });
}

DataTable *UsagePage::addTable(UsageTable &model, const QString &key)
{
    auto *table = new DataTable(tr("Usage"));
    table->setModel(&model);
    table->sortByColumn(&model == &m_days ? u"day"_s : u"cost"_s, Qt::DescendingOrder);
    table->setStateKey(key);
    m_tables.append(table);
    return table;
}

void UsagePage::activated()
{
    // The last day moves on at midnight; a period that was chosen by hand stays.
    if (m_feed.period().last() == todayUtc().addDays(-1) && m_feed.period().days == m_rangeDays)
        return m_feed.setPeriod(UsagePeriod::endingOn(todayUtc(), m_rangeDays), m_feed.model());
    if (!m_feed.isLoading())
        m_feed.reload();
}

void UsagePage::showEvent(QShowEvent *event)
{
    PageWidget::showEvent(event);
    m_feed.setFollowing(true);
}

void UsagePage::hideEvent(QHideEvent *event)
{
    PageWidget::hideEvent(event);
    m_feed.setFollowing(false);
}

void UsagePage::setRange(int days)
{
    m_rangeDays = days;
    const auto found = std::find(ranges.begin(), ranges.end(), days);
    m_range->setCurrent(found == ranges.end() ? -1 : int(found - ranges.begin()));
    m_feed.setPeriod(UsagePeriod::endingOn(todayUtc(), days), m_feed.model());
    Q_EMIT viewChanged();
}

void UsagePage::movePeriod(int by)
{
    const UsagePeriod moved = by < 0 ? m_feed.period().before() : m_feed.period().after();
    if (moved.first > todayUtc())
        return;
    m_feed.setPeriod(moved, m_feed.model());
    Q_EMIT viewChanged();
}

void UsagePage::setModel(const QString &model)
{
    m_feed.setPeriod(m_feed.period(), model);
    Q_EMIT viewChanged();
}

void UsagePage::showTab(int tab)
{
    tab = std::max(tab, int(Overview));
    m_asTable->setVisible(tab == Overview);
    m_stack->setCurrentIndex(tab == Overview && m_showsTable ? 1 + allDays : tab);
    renewFooter();
    Q_EMIT viewChanged();
}

void UsagePage::setShowsTable(bool showsTable)
{
    m_showsTable = showsTable;
    m_asTable->setText(showsTable ? tr("Show as charts") : tr("Show as table"));
    m_asTable->setIconName(showsTable ? u"chart-column"_s : u"table-2"_s);
    showTab(m_tabs->currentIndex());
}

QJsonObject UsagePage::viewState() const
{
    return {{u"first"_s, m_feed.period().first.toString(Qt::ISODate)},
            {u"days"_s, m_feed.period().days},
            {u"model"_s, m_feed.model()},
            {u"tab"_s, m_tabs->currentIndex()},
            {u"table"_s, m_showsTable},
            {u"tokens"_s, m_overview->measure() == UsageMeasure::Tokens},
            {u"current"_s, m_feed.period().last() == todayUtc()}};
}

void UsagePage::restoreViewState(const QJsonObject &state)
{
    m_rangeDays = std::clamp(state.value(u"days"_s).toInt(m_rangeDays), 1, 366);
    const auto found = std::find(ranges.begin(), ranges.end(), m_rangeDays);
    m_range->setCurrent(found == ranges.end() ? -1 : int(found - ranges.begin()));
    const QDate first = QDate::fromString(state.value(u"first"_s).toString(), Qt::ISODate);
    const bool isCurrent = !first.isValid() || state.value(u"current"_s).toBool();
    m_overview->setMeasure(state.value(u"tokens"_s).toBool() ? UsageMeasure::Tokens : UsageMeasure::Cost);
    m_showsTable = state.value(u"table"_s).toBool();
    m_tabs->setCurrentIndex(std::clamp(state.value(u"tab"_s).toInt(), int(Overview), int(Templates)));
    m_feed.setPeriod(isCurrent ? UsagePeriod::endingOn(todayUtc(), m_rangeDays) : UsagePeriod{first, m_rangeDays},
                     state.value(u"model"_s).toString());
    setShowsTable(m_showsTable);
}

// Of what the demo's models have cost.
static bool hasSamples(const QList<UsageRow> &byModel)
{
    return std::any_of(byModel.begin(), byModel.end(), [](const UsageRow &row) {
        return row.costNanos > 0 && row.model && row.model->startsWith(u"demo/");
    });
}

void UsagePage::renew()
{
    m_banner->hide();
    m_overview->show(m_feed);
    m_models.setRows(linesOf(m_feed.byModel().rows, UsageGroup::Model));
    m_users.setRows(linesOf(m_feed.byUser().rows, UsageGroup::User));
    m_templates.setRows(linesOf(m_feed.byTemplate().rows, UsageGroup::Template));
    m_days.setRows(linesByDayAndModel(m_feed.byDayAndModel().rows));
    for (DataTable *table : m_tables) {
        const bool none = table->model()->rowCount() == 0 && !m_feed.isLoading();
        table->emptyState()->setVisible(none);
        if (none)
            table->emptyState()->show(u"chart-column"_s, tr("No usage in this period"),
                                      tr("Run a template, and its tokens and cost appear here."));
    }
    QStringList doubts;
    if (const qint64 unpriced = m_feed.total().unpricedCalls; unpriced > 0)
        doubts.append(
            tr("%n call(s) went to models without a price; their cost is not in these sums.", nullptr, int(unpriced)));
    if (const qint64 lost = m_feed.total().lostCalls; lost > 0)
        doubts.append(tr("The end of %n call(s) was lost with a server that stopped; their cost is an estimate.",
                         nullptr, int(lost)));
    if (!doubts.isEmpty())
        m_doubts->show(Tone::Warning, u"triangle-alert"_s, doubts.join(u' '));
    else if (hasSamples(m_feed.byModel().rows))
        m_doubts->show(Tone::Info, u"info"_s,
                       tr("Demo models are in these sums. Their prices are samples: nobody pays them."));
    else
        m_doubts->hide();
    renewHeader();
    renewFooter();
}

void UsagePage::renewHeader()
{
    const UsagePeriod &period = m_feed.period();
    const QString days = tr("%1 – %2", "first and last day")
                             .arg(QLocale().toString(period.first, QLocale::ShortFormat),
                                  QLocale().toString(period.last(), QLocale::ShortFormat));
    m_header->setTitle(tr("Usage"),
                       m_feed.model().isEmpty() ? tr("%1 · all models, users and templates").arg(days)
                                                : tr("%1 · %2 only").arg(days, m_feed.model()));
    m_onlyModel->setVisible(!m_feed.model().isEmpty());
    m_onlyModel->setText(m_feed.model());
    m_onlyModel->setHint(tr("Show all models"));
}

void UsagePage::renewFooter()
{
    QStringList parts{tr("%n call(s)", nullptr, int(m_feed.total().calls)), amounts::cost(m_feed.total().costNanos)};
    if (m_feed.asOf().isValid())
        parts << tr("as of %1").arg(amounts::clock(m_feed.asOf()));
    m_footer->setText(parts.join(u" · "_s));
    m_footer->setHints({{u"T"_s, m_showsTable ? tr("charts") : tr("table")},
                        {u"Alt+PgUp"_s, tr("period before")},
                        {u"Alt+PgDown"_s, tr("period after")}});
}

// The jobs behind a number: of the same time, as far as the list of jobs can be told.
void UsagePage::openJobs(QJsonObject filter)
{
    if (!filter.contains(u"day"_s) && m_feed.period().last() == todayUtc())
        filter.insert(u"withinHours"_s, m_feed.period().days * 24);
    if (m_workspace.session().can(Ability::JobsRead))
        Q_EMIT navigationRequested(u"jobs"_s, filter);
}

void UsagePage::exportRows()
{
    const UsageReport *reports[] = {&m_feed.byDayAndModel(), &m_feed.byModel(), &m_feed.byUser(), &m_feed.byTemplate()};
    const QList<UsageRow> rows = reports[std::max(m_tabs->currentIndex(), 0)]->rows;
    rowExport::ask(this, tr("Export usage"), u"usage-%1"_s.arg(m_feed.period().first.toString(Qt::ISODate)),
                   [this, rows](const QString &path) {
                       const QByteArray content = rowExport::isJson(path) ? asJson(rows) : asCsv(rows);
                       const QString problem = rowExport::write(path, content);
                       if (problem.isEmpty())
                           Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Usage exported"), .text = path});
                       else
                           Q_EMIT toastRequested(
                               {.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
                   });
}

QList<Command> UsagePage::commands()
{
    QList<Command> all;
    const auto add = [&](const QString &id, const QString &text, const QString &icon, const QString &keys,
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
    add(u"usage.table"_s, m_showsTable ? tr("Show as charts") : tr("Show as table"), u"table-2"_s, u"T"_s,
        [this] { setShowsTable(!m_showsTable); });
    add(u"usage.before"_s, tr("Period before"), u"chevron-left"_s, u"Alt+PgUp; ["_s, [this] { movePeriod(-1); });
    add(u"usage.after"_s, tr("Period after"), u"chevron-right"_s, u"Alt+PgDown; ]"_s, [this] { movePeriod(1); });
    add(u"usage.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { m_feed.reload(); });
    add(u"usage.export"_s, tr("Export usage"), u"download"_s, {}, [this] { exportRows(); });
    return all;
}

QWidget *UsagePage::mainContent()
{
    const int shown = m_stack->currentIndex();
    return shown == 0 ? m_range : static_cast<QWidget *>(m_tables[shown - 1]);
}

void UsagePage::retranslate()
{
    m_range->setChoices({tr("7 days"), tr("30 days"), tr("90 days"), tr("1 year")});
    const auto found = std::find(ranges.begin(), ranges.end(), m_rangeDays);
    m_range->setCurrent(found == ranges.end() ? -1 : int(found - ranges.begin()));
    m_export->setText(tr("Export"));
    const int tab = std::max(m_tabs->currentIndex(), int(Overview));
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setTabs({tr("Overview"), tr("By model"), tr("By user"), tr("By template")});
        m_tabs->setCurrentIndex(tab);
    }
    for (UsageTable *model : {&m_days, &m_models, &m_users, &m_templates})
        model->retranslate();
    for (DataTable *table : m_tables)
        table->setAccessibleName(tr("Usage"));
    setShowsTable(m_showsTable);
    renew();
}
