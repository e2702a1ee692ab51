// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_page.h"

#include "client/design/theme.h"
#include "client/usage/usage_overview.h"
#include "client/usage/usage_period_dialog.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
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
constexpr int allDays = 4; // index of the table of days, behind the four of the tabs

QDate todayUtc() { return QDateTime::currentDateTimeUtc().date(); }

} // namespace

UsagePage::UsagePage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_feed(workspace),
      m_header(new PageHeader),
      m_range(new SegmentedControl(tr("Period"))),
      m_custom(new IconButton(u"calendar"_s, tr("Choose the days"))),
      m_export(new Button({}, u"download"_s)),
      m_tabs(new Tabs(tr("Views"))),
      m_asTable(new Button({}, u"table-2"_s, ButtonVariant::Ghost)),
      m_chipRow(new QWidget),
      m_chips(layout::row({layout::stretch()})),
      m_noFilter(new Button({}, u"x"_s, ButtonVariant::Ghost)),
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
    connect(m_custom, &QToolButton::clicked, this, &UsagePage::choosePeriod);
    connect(m_noFilter, &QPushButton::clicked, this, [this] {
        UsageFeed::View view = m_feed.view();
        view.filter.clear();
        setView(view);
    });
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
    connectOverview();
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &UsagePage::renewFooter);
    retranslate();
    m_feed.setView({UsagePeriod::endingOn(todayUtc(), m_rangeDays), {}, UsageGroup::Model});
}

void UsagePage::connectOverview()
{
    connect(m_overview, &UsageOverview::measureChanged, this, [this] {
        m_overview->show(m_feed);
        Q_EMIT viewChanged();
    });
    connect(m_overview, &UsageOverview::groupChosen, this, &UsagePage::setGroup);
    connect(m_overview, &UsageOverview::periodChosen, this, &UsagePage::setPeriod);
    connect(m_overview, &UsageOverview::thingChosen, this, &UsagePage::addFilter);
    connect(m_overview, &UsageOverview::saved, this, &UsagePage::tellSaved);
    connect(m_overview, &UsageOverview::jobsRequested, this, [this](bool failedOnly) {
        openJobs({{u"tab"_s, failedOnly ? u"failed"_s : u"all"_s}});
    });
}

void UsagePage::build()
{
    m_header->addAction(m_range);
    m_header->addAction(m_custom);
    m_header->addAction(m_export);
    m_stack->addWidget(layout::scrolling(m_overview));
    for (auto [model, key] : {std::pair(&m_models, u"usage.model"_s), std::pair(&m_users, u"usage.user"_s),
                              std::pair(&m_templates, u"usage.template"_s), std::pair(&m_keys, u"usage.key"_s),
                              std::pair(&m_days, u"usage.day"_s)})
        m_stack->addWidget(addTable(*model, key));
    m_chips->addWidget(m_noFilter);
    m_chipRow->setLayout(layout::inset(m_chips, {Length::Space24, Length::Space8, Length::Space24, Length::Space8}));
    m_chipRow->hide();
    auto *tabs = layout::row({m_tabs, layout::stretch(), m_asTable});
    tabs->setContentsMargins(theme().px(Length::Space16), 0, theme().px(Length::Space24), 0); // its text, not its edge
    setLayout(layout::tight(layout::column(
        {m_header, tabs, layout::line(), m_chipRow, m_progress, m_banner, m_doubts, layout::wide(m_stack), m_footer})));

    const auto opens = [this](int table, const UsageTable &model, auto open) {
        connect(m_tables[table], &DataTable::openRequested, this,
                [&model, open](const QModelIndex &index) { open(model.row(index)); });
    };
    opens(0, m_models, [this](const UsageLine &line) { openJobs({{u"model"_s, line.id}}); });
    opens(1, m_users, [this](const UsageLine &line) { openJobs({{u"user"_s, line.id}}); });
    opens(2, m_templates, [this](const UsageLine &line) { openJobs({{u"template"_s, line.id}}); });
    opens(3, m_keys, [this](const UsageLine &line) {
        if (!line.id.isEmpty())
            addFilter(UsageGroup::Key, {line.id, line.name});
    });
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
    if (m_followsToday && m_feed.period().last() < todayUtc()) {
        UsageFeed::View view = m_feed.view();
        view.period = UsagePeriod::endingOn(todayUtc(), m_rangeDays);
        return m_feed.setView(view);
    }
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

void UsagePage::setView(const UsageFeed::View &view)
{
    m_feed.setView(view);
    Q_EMIT viewChanged();
}

void UsagePage::setRange(int days)
{
    m_rangeDays = days;
    setPeriod(UsagePeriod::endingOn(todayUtc(), days));
}

void UsagePage::setPeriod(const UsagePeriod &period)
{
    UsageFeed::View view = m_feed.view();
    view.period = period;
    m_followsToday = period.days == m_rangeDays && period.last() == todayUtc();
    const auto found = std::find(ranges.begin(), ranges.end(), period.days);
    m_range->setCurrent(found == ranges.end() || period.last() != todayUtc() ? -1 : int(found - ranges.begin()));
    setView(view);
}

void UsagePage::movePeriod(int by)
{
    const UsagePeriod moved = by < 0 ? m_feed.period().before() : m_feed.period().after();
    if (moved.first <= todayUtc())
        setPeriod(moved);
}

void UsagePage::choosePeriod()
{
    auto *dialog = new UsagePeriodDialog(m_feed.period(), todayUtc(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setPeriod(dialog->period()); });
    dialog->open();
}

void UsagePage::setGroup(UsageGroup group)
{
    UsageFeed::View view = m_feed.view();
    view.group = group;
    setView(view);
}

void UsagePage::addFilter(UsageGroup group, const UsageThing &thing)
{
    UsageFeed::View view = m_feed.view();
    view.filter.insert(group, thing);
    if (view.group == group) // one series is no split: go on with what else there is
        view.group = group == UsageGroup::Model ? UsageGroup::User : UsageGroup::Model;
    setView(view);
}

void UsagePage::removeFilter(UsageGroup group)
{
    UsageFeed::View view = m_feed.view();
    view.filter.remove(group);
    setView(view);
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
            {u"filter"_s, filterJson(m_feed.view().filter)},
            {u"group"_s, json::name(m_feed.view().group)},
            {u"tab"_s, m_tabs->currentIndex()},
            {u"table"_s, m_showsTable},
            {u"tokens"_s, m_overview->measure() == UsageMeasure::Tokens},
            {u"current"_s, m_feed.period().last() == todayUtc()}};
}

void UsagePage::restoreViewState(const QJsonObject &state)
{
    m_rangeDays = std::clamp(state.value(u"days"_s).toInt(m_rangeDays), 1, 366);
    const QDate first = QDate::fromString(state.value(u"first"_s).toString(), Qt::ISODate);
    const bool isCurrent = !first.isValid() || state.value(u"current"_s).toBool();
    const auto found = std::find(ranges.begin(), ranges.end(), m_rangeDays);
    m_followsToday = isCurrent;
    m_range->setCurrent(found == ranges.end() || !isCurrent ? -1 : int(found - ranges.begin()));
    m_overview->setMeasure(state.value(u"tokens"_s).toBool() ? UsageMeasure::Tokens : UsageMeasure::Cost);
    m_showsTable = state.value(u"table"_s).toBool();
    m_tabs->setCurrentIndex(std::clamp(state.value(u"tab"_s).toInt(), int(Overview), int(Keys)));
    const QString group = state.value(u"group"_s).toString();
    const auto named = std::find(enumNames<UsageGroup>.begin(), enumNames<UsageGroup>.end(), group.toStdString());
    const auto number = named == enumNames<UsageGroup>.end() ? 0 : named - enumNames<UsageGroup>.begin();
    m_feed.setView({isCurrent ? UsagePeriod::endingOn(todayUtc(), m_rangeDays) : UsagePeriod{first, m_rangeDays},
                    filterOf(state.value(u"filter"_s).toObject()),
                    number == 0 ? UsageGroup::Model : UsageGroup(number)});
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
    for (auto [table, group] : {std::pair(&m_models, UsageGroup::Model), std::pair(&m_users, UsageGroup::User),
                                std::pair(&m_templates, UsageGroup::Template), std::pair(&m_keys, UsageGroup::Key)})
        table->setRows(linesOf(m_feed.by(group).rows, group));
    m_days.setRows(linesByDayAndModel(m_feed.byDayAndModel().rows));
    for (DataTable *table : m_tables) {
        const bool none = table->model()->rowCount() == 0 && !m_feed.isLoading();
        table->emptyState()->setVisible(none);
        if (none)
            table->emptyState()->show(u"chart-column"_s, tr("No usage in this period"),
                                      tr("Run a template, and its tokens and cost appear here."));
    }
    renewDoubts();
    renewHeader();
    renewChips();
    renewFooter();
}

void UsagePage::renewDoubts()
{
    QStringList doubts;
    if (const qint64 unpriced = m_feed.total().unpricedCalls; unpriced > 0)
        doubts.append(
            tr("%n call(s) went to models without a price; their cost is not in these sums.", nullptr, int(unpriced)));
    if (const qint64 lost = m_feed.total().lostCalls; lost > 0)
        doubts.append(tr("The end of %n call(s) was lost with a server that stopped; their cost is an estimate.",
                         nullptr, int(lost)));
    if (!doubts.isEmpty())
        m_doubts->show(Tone::Warning, u"triangle-alert"_s, doubts.join(u' '));
    else if (hasSamples(m_feed.by(UsageGroup::Model).rows))
        m_doubts->show(Tone::Info, u"info"_s,
                       tr("Demo models are in these sums. Their prices are samples: nobody pays them."));
    else
        m_doubts->hide();
}

void UsagePage::renewHeader()
{
    const UsagePeriod &period = m_feed.period();
    const QString days = tr("%1 – %2", "first and last day")
                             .arg(QLocale().toString(period.first, QLocale::ShortFormat),
                                  QLocale().toString(period.last(), QLocale::ShortFormat));
    m_header->setTitle(tr("Usage"),
                       m_feed.view().filter.isEmpty() ? tr("%1 · all models, users and templates").arg(days)
                                                      : tr("%1 · a part of all usage").arg(days));
}

// What the page is narrowed to.
void UsagePage::renewChips()
{
    if (m_shownChips == m_feed.view().filter)
        return;
    m_shownChips = m_feed.view().filter;
    const auto old = m_chipRow->findChildren<FilterChip *>(Qt::FindDirectChildrenOnly);
    for (FilterChip *chip : old) {
        m_chips->removeWidget(chip);
        chip->hide();
        chip->deleteLater(); // it may be the one that was clicked
    }
    const QMap<UsageGroup, QString> fields{{UsageGroup::Model, tr("Model")},
                                           {UsageGroup::User, tr("User")},
                                           {UsageGroup::Template, tr("Template")},
                                           {UsageGroup::Key, tr("Gateway key")}};
    int at = 0;
    for (auto it = m_shownChips.begin(); it != m_shownChips.end(); ++it) {
        auto *chip = new FilterChip(fields.value(it.key()), it->name);
        connect(chip, &FilterChip::removed, this, [this, group = it.key()] { removeFilter(group); });
        connect(chip, &QAbstractButton::clicked, this, [this, group = it.key()] { removeFilter(group); });
        m_chips->insertWidget(at++, chip);
    }
    m_chipRow->setVisible(!m_shownChips.isEmpty());
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

// The jobs behind a number: of the same things and time, as far as the list of jobs can be told.
void UsagePage::openJobs(QJsonObject filter)
{
    const UsageFilter &chosen = m_feed.view().filter;
    for (const UsageGroup group : {UsageGroup::Model, UsageGroup::User, UsageGroup::Template})
        if (const QString name = json::name(group); chosen.contains(group) && !filter.contains(name))
            filter.insert(name, chosen[group].id);
    if (m_feed.period().days == 1 && !filter.contains(u"day"_s))
        filter.insert(u"day"_s, m_feed.period().first.toString(Qt::ISODate));
    if (!filter.contains(u"day"_s) && m_feed.period().last() == todayUtc())
        filter.insert(u"withinHours"_s, m_feed.period().days * 24);
    if (m_workspace.session().can(Ability::JobsRead))
        Q_EMIT navigationRequested(u"jobs"_s, filter);
}

void UsagePage::exportRows()
{
    const int tab = std::max(m_tabs->currentIndex(), int(Overview));
    const QList<UsageRow> rows = tab == Overview ? m_feed.byDayAndModel().rows : m_feed.by(UsageGroup(tab)).rows;
    rowExport::ask(this, tr("Export usage"), u"usage-%1"_s.arg(m_feed.period().first.toString(Qt::ISODate)),
                   [this, rows](const QString &path) {
                       const QByteArray content = rowExport::isJson(path) ? asJson(rows) : asCsv(rows);
                       tellSaved(path, rowExport::write(path, content));
                   });
}

void UsagePage::tellSaved(const QString &path, const QString &problem)
{
    if (problem.isEmpty())
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Usage exported"), .text = path});
    else
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
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
    add(u"usage.period"_s, tr("Choose the days"), u"calendar"_s, {}, [this] { choosePeriod(); });
    const QString splits[] = {tr("Split by model"), tr("Split by user"), tr("Split by template"),
                              tr("Split by gateway key")};
    for (const UsageGroup group : {UsageGroup::Model, UsageGroup::User, UsageGroup::Template, UsageGroup::Key})
        add(u"usage.split."_s + json::name(group), splits[int(group) - 1], u"layers"_s, {},
            [this, group] { setGroup(group); });
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
    m_range->setCurrent(found == ranges.end() || !m_followsToday ? -1 : int(found - ranges.begin()));
    m_export->setText(tr("Export"));
    m_custom->setName(tr("Choose the days"));
    m_noFilter->setText(tr("Clear"));
    m_noFilter->setHint(tr("Show everything again"));
    m_shownChips.clear(); // their names are made anew
    const int tab = std::max(m_tabs->currentIndex(), int(Overview));
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setTabs({tr("Overview"), tr("By model"), tr("By user"), tr("By template"), tr("By gateway key")});
        m_tabs->setCurrentIndex(tab);
    }
    for (UsageTable *model : {&m_days, &m_models, &m_users, &m_templates, &m_keys})
        model->retranslate();
    for (DataTable *table : m_tables)
        table->setAccessibleName(tr("Usage"));
    setShowsTable(m_showsTable);
    renew();
}
