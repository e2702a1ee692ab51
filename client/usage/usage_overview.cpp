// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_overview.h"

#include "client/design/theme.h"
#include "client/usage/usage_chart_card.h"
#include "client/widgets/amounts.h"
#include "client/widgets/charts.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype listed = 5;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// A model without its provider, who is clear from it.
QString shownName(const UsageThing &thing, UsageGroup group)
{
    const QString name = group == UsageGroup::Model ? thing.name.section(u'/', 1) : QString();
    return name.isEmpty() ? thing.name : name;
}

QString shown(qint64 value, UsageMeasure measure)
{
    return measure == UsageMeasure::Cost ? amounts::cost(value) : amounts::compact(value);
}

// The names of the buckets, below the bars and in full.
ChartData categoriesOf(UsageBucket bucket, const QList<QDateTime> &starts)
{
    const QLocale locale;
    ChartData chart;
    for (const QDateTime &start : starts) {
        const QDateTime at = start.toUTC();
        const QString day =
            locale.toString(at.date(), UsageOverview::tr("d MMM", "a day below a chart, as QDate formats it"));
        const QString fullDay =
            locale.toString(at.date(), UsageOverview::tr("ddd d MMMM", "one day, as QDate formats it"));
        switch (bucket) {
        case UsageBucket::Hour:
            chart.categories << locale.toString(at.time(), u"HH:mm"_s);
            chart.categoryTitles << UsageOverview::tr("%1, %2 UTC", "a day, and the hour that begins then")
                                        .arg(fullDay, locale.toString(at.time(), u"HH:mm"_s));
            break;
        case UsageBucket::Week:
            chart.categories << day;
            chart.categoryTitles << UsageOverview::tr("%1 – %2", "first and last day")
                                        .arg(locale.toString(at.date(), QLocale::ShortFormat),
                                             locale.toString(at.date().addDays(6), QLocale::ShortFormat));
            break;
        default:
            chart.categories << day;
            chart.categoryTitles << fullDay;
        }
    }
    return chart;
}

QList<double> asDoubles(const QList<qint64> &values) { return {values.begin(), values.end()}; }

bool isFlat(const QList<qint64> &values)
{
    return std::all_of(values.begin(), values.end(), [](qint64 value) { return value == 0; });
}

QList<BarList::Bar> barsOf(const QList<UsageLine> &lines, UsageGroup group)
{
    const bool byCost = !lines.isEmpty() && lines.first().sums.costNanos > 0;
    QList<BarList::Bar> bars;
    for (const UsageLine &line : lines.mid(0, listed))
        bars.append({line.id, shownName({line.id, line.name}, group),
                     UsageOverview::tr("%1 tokens").arg(amounts::compact(measured(line.sums, UsageMeasure::Tokens))),
                     amounts::cost(line.sums.costNanos),
                     double(measured(line.sums, byCost ? UsageMeasure::Cost : UsageMeasure::Tokens))});
    return bars;
}

// An axis whose steps have round texts.
QString costAxis(double value) { return amounts::exactCost(std::llround(value)); }
QString costText(double value) { return amounts::cost(std::llround(value)); }
QString percentText(double share) { return amounts::percent(share); }
QString durationText(double milliseconds) { return amounts::duration(std::llround(milliseconds)); }

QString titleOf(UsageBucket bucket, UsageMeasure measure)
{
    const bool isCost = measure == UsageMeasure::Cost;
    switch (bucket) {
    case UsageBucket::Hour:
        return isCost ? UsageOverview::tr("Cost per hour") : UsageOverview::tr("Tokens per hour");
    case UsageBucket::Week:
        return isCost ? UsageOverview::tr("Cost per week") : UsageOverview::tr("Tokens per week");
    default:
        return isCost ? UsageOverview::tr("Cost per day") : UsageOverview::tr("Tokens per day");
    }
}

} // namespace

UsageOverview::UsageOverview(QWidget *parent)
    : QWidget(parent),
      m_cost(new KpiCard),
      m_tokens(new KpiCard),
      m_calls(new KpiCard),
      m_failed(new KpiCard),
      m_saved(new KpiCard),
      m_chart(new StackedBars(tr("Usage over time"))),
      m_latency(new LineChart(tr("Latency"))),
      m_failures(new LineChart(tr("Failed calls"))),
      m_savings(new StackedBars(tr("Saved by the cache"))),
      m_chartCard(new UsageChartCard(m_chart, [this] { return asCsv(m_data, m_measure); })),
      m_latencyCard(new UsageChartCard(m_latency, [this] { return asCsv(m_latencies); })),
      m_failuresCard(new UsageChartCard(m_failures,
                                        [this] {
                                            return asCsv(m_data.starts,
                                                         {{u"calls"_s, m_courses.calls},
                                                          {u"failed_calls"_s, m_courses.failed},
                                                          {u"lost_calls"_s, m_courses.lost}});
                                        })),
      m_savingsCard(new UsageChartCard(
          m_savings,
          [this] {
              return asCsv(m_data.starts, {{u"cache_hits"_s, m_courses.hits}, {u"saved_nano_usd"_s, m_courses.saved}});
          })),
      m_measureChoice(new SegmentedControl(tr("Cost or tokens"))),
      m_latencyChoice(new SegmentedControl(tr("What is measured"))),
      m_groupChoice(new Select(tr("Split by"))),
      m_shareCard(new Card),
      m_share(new ShareRing(tr("Shares"))),
      m_figures(new QGridLayout)
{
    m_chartCard->header()->insertWidget(m_chartCard->header()->count() - 1, m_groupChoice);
    m_chartCard->header()->insertWidget(m_chartCard->header()->count() - 1, m_measureChoice);
    m_latencyCard->header()->insertWidget(m_latencyCard->header()->count() - 1, m_latencyChoice);
    m_shareCard->header()->addStrut(
        theme().px(Length::ControlMedium)); // on one line with the chart's title and its choice
    m_shareCard->body()->addWidget(m_share, 1);
    for (const UsageGroup group : {UsageGroup::Model, UsageGroup::User, UsageGroup::Template, UsageGroup::Key}) {
        Ranking ranking{group, new Card, new BarList({}), {}};
        ranking.card->body()->addWidget(ranking.list);
        ranking.card->body()->addStretch();
        connect(ranking.list, &BarList::clicked, this, [this, number = m_rankings.size()](const QString &id) {
            const Ranking &ranking = m_rankings[number];
            for (const UsageLine &line : ranking.lines)
                if (!id.isEmpty() && line.id == id)
                    return Q_EMIT thingChosen(ranking.group, {line.id, line.name});
        });
        m_rankings.append(ranking);
    }
    const auto ranking = [this](int number) { return layout::wide(m_rankings[number].card); };
    m_figures->setSpacing(theme().px(Length::Space14));
    arrangeFigures(0);
    auto *page = layout::column(
        {m_figures, layout::row({layout::wide(m_chartCard, 3), layout::wide(m_shareCard, 1)}, Length::Space14),
         layout::row({layout::wide(m_latencyCard), layout::wide(m_failuresCard), layout::wide(m_savingsCard)},
                     Length::Space14),
         layout::row({ranking(0), ranking(1)}, Length::Space14), layout::row({ranking(2), ranking(3)}, Length::Space14),
         layout::stretch()},
        Length::Space14);
    setLayout(layout::inset(page, {Length::Space24, Length::Space16, Length::Space24, Length::Space24}));

    connect(m_measureChoice, &SegmentedControl::chosen, this, [this](int choice) {
        m_measure = choice == 0 ? UsageMeasure::Cost : UsageMeasure::Tokens;
        Q_EMIT measureChanged();
    });
    connect(m_latencyChoice, &SegmentedControl::chosen, this, &UsageOverview::measureChanged);
    connect(m_groupChoice, &Select::valueChosen, this,
            [this](const QVariant &value) { Q_EMIT groupChosen(UsageGroup(value.toInt())); });
    connect(m_chart, &StackedBars::clicked, this, [this](int point, int series) {
        const auto chosen = m_data.series.value(series);
        if (series < 0 || chosen.thing.id.isEmpty())
            return choosePeriod(point);
        Q_EMIT thingChosen(m_group, chosen.thing);
    });
    for (CategoryChart *chart : {static_cast<CategoryChart *>(m_latency), static_cast<CategoryChart *>(m_failures),
                                 static_cast<CategoryChart *>(m_savings)})
        connect(chart, &CategoryChart::clicked, this, &UsageOverview::choosePeriod);
    connect(m_share, &ShareRing::clicked, this, [this](int series) {
        const UsageThing thing = m_data.series.value(series).thing;
        if (!thing.id.isEmpty())
            Q_EMIT thingChosen(m_group, thing);
    });
    for (KpiCard *card : {m_cost, m_tokens, m_calls, m_saved})
        connect(card, &KpiCard::clicked, this, [this] { Q_EMIT jobsRequested(false); });
    connect(m_failed, &KpiCard::clicked, this, [this] { Q_EMIT jobsRequested(true); });
    for (UsageChartCard *card : {m_chartCard, m_latencyCard, m_failuresCard, m_savingsCard})
        connect(card, &UsageChartCard::saved, this, &UsageOverview::saved);
    retranslate();
}

void UsageOverview::setMeasure(UsageMeasure measure)
{
    m_measure = measure;
    m_measureChoice->setCurrent(measure == UsageMeasure::Cost ? 0 : 1);
}

// A bar that holds less than the page shows.
void UsageOverview::choosePeriod(int point)
{
    if (m_data.bucket != UsageBucket::Hour && point < m_data.starts.size())
        Q_EMIT periodChosen(m_data.periodOf(point));
}

void UsageOverview::show(const UsageFeed &feed)
{
    m_group = feed.view().group;
    m_groupChoice->setValue(int(m_group));
    const QString days = feed.period().first.toString(Qt::ISODate);
    m_chartCard->setFileName(u"usage-"_s + days);
    m_latencyCard->setFileName(u"latency-"_s + days);
    m_failuresCard->setFileName(u"failures-"_s + days);
    m_savingsCard->setFileName(u"savings-"_s + days);
    m_courses = {courseOf(feed.series(), &UsagePoints::calls), courseOf(feed.series(), &UsagePoints::failedCalls),
                 courseOf(feed.series(), &UsagePoints::lostCalls), courseOf(feed.series(), &UsagePoints::cacheHits),
                 courseOf(feed.series(), &UsagePoints::savedNanos)};
    showFigures(feed);
    showChart(feed);
    showLatency(feed);
    showFailures(feed);
    showSavings(feed);
    for (Ranking &ranking : m_rankings) {
        ranking.lines = linesOf(feed.by(ranking.group).rows, ranking.group);
        ranking.list->setBars(barsOf(ranking.lines, ranking.group));
    }
}

void UsageOverview::showFigures(const UsageFeed &feed)
{
    const UsageRow &now = feed.total();
    const bool waiting = feed.isLoading() && !feed.hasData();
    for (KpiCard *card : {m_cost, m_tokens, m_calls, m_failed, m_saved})
        card->setLoading(waiting);
    m_cost->setValue(amounts::cost(now.costNanos));
    m_tokens->setValue(amounts::compact(measured(now, UsageMeasure::Tokens)));
    m_calls->setValue(amounts::compact(now.calls));
    m_failed->setValue(now.calls > 0 ? amounts::percent(double(now.failedCalls) / double(now.calls)) : u"—"_s);
    m_failed->setTitle(tr("Failed calls"), now.failedCalls > 0 ? amounts::count(now.failedCalls) : QString());
    m_saved->setValue(amounts::cost(now.savedNanos));
    const auto course = [&](KpiCard *card, const QList<qint64> &values) {
        card->setCourse(isFlat(values) ? QList<double>() : asDoubles(values));
    };
    course(m_cost, courseOf(feed.series(), &UsagePoints::costNanos));
    QList<qint64> tokens = courseOf(feed.series(), &UsagePoints::inputTokens);
    const QList<qint64> output = courseOf(feed.series(), &UsagePoints::outputTokens);
    for (qsizetype i = 0; i < tokens.size(); ++i)
        tokens[i] += output[i];
    course(m_tokens, tokens);
    course(m_calls, m_courses.calls);
    course(m_failed, m_courses.failed);
    course(m_saved, m_courses.saved);

    const UsageRow before = feed.totalBefore().value_or(UsageRow{});
    const auto compare = [&](KpiCard *card, double current, double past, KpiCard::Trend rising,
                             KpiCard::Trend falling) {
        if (past <= 0) {
            card->setToolTip(tr("nothing in the %n day(s) before", nullptr, feed.period().days));
            return card->setChange({}, tr("nothing before"), false, KpiCard::Trend::None);
        }
        const double change = current / past - 1;
        card->setToolTip(tr("vs. %n day(s) before", nullptr, feed.period().days)); // five cards have no room for it
        card->setChange(amounts::percent(std::abs(change)), tr("vs. before"), change >= 0,
                        std::abs(change) < 0.0005 ? KpiCard::Trend::Neutral
                            : change > 0          ? rising
                                                  : falling);
    };
    using Trend = KpiCard::Trend;
    compare(m_cost, double(now.costNanos), double(before.costNanos), Trend::Bad, Trend::Good);
    compare(m_tokens, double(measured(now, UsageMeasure::Tokens)), double(measured(before, UsageMeasure::Tokens)),
            Trend::Neutral, Trend::Neutral);
    compare(m_calls, double(now.calls), double(before.calls), Trend::Neutral, Trend::Neutral);
    compare(m_failed, double(now.failedCalls), double(before.failedCalls), Trend::Bad, Trend::Good);
    compare(m_saved, double(now.savedNanos), double(before.savedNanos), Trend::Good, Trend::Neutral);
    arrangeFigures(width());
}

void UsageOverview::showChart(const UsageFeed &feed)
{
    m_data = chartData(feed.series(), m_group, m_measure);
    const auto nameOf = [&](const UsageChartData::Series &series) {
        return series.isOthers ? tr("%n other(s)", nullptr, feed.series().seriesCount - int(m_data.series.size()) + 1)
                               : shownName(series.thing, m_group);
    };
    ChartData chart;
    QList<std::pair<QString, double>> shares;
    if (m_data.total() > 0)
        chart = categoriesOf(m_data.bucket, m_data.starts);
    for (const auto &series : std::as_const(m_data.series)) {
        shares.append({nameOf(series), double(series.total)});
        if (m_data.total() > 0) {
            chart.series << nameOf(series);
            chart.values << asDoubles(series.values);
        }
    }
    const bool isCost = m_measure == UsageMeasure::Cost;
    const auto text = [measure = m_measure](double value) { return shown(std::llround(value), measure); };
    m_chart->setEmptyText(feed.total().calls > 0 && isCost ? tr("The calls of this period cost nothing")
                                                           : tr("No usage in this period"));
    m_chart->setData(chart, isCost ? NumberText(costAxis) : NumberText(text), text); // the same digits at each step
    m_share->setShares(shares, shown(m_data.total(), m_measure), isCost ? tr("cost") : tr("tokens"));
    m_chartCard->show(titleOf(feed.period().bucket(), m_measure), tr("in UTC"), chart.series);
}

void UsageOverview::showLatency(const UsageFeed &feed)
{
    m_latencies = feed.latency();
    const bool wholeCalls = m_latencyChoice->current() != 1;
    const auto percentiles = [&](const LatencyPoint &point) { return wholeCalls ? point.total : point.firstToken; };
    ChartData chart;
    if (percentiles(m_latencies.all).p50 && !m_data.starts.isEmpty()) {
        chart = categoriesOf(m_data.bucket, m_data.starts);
        chart.series = {u"p50"_s, u"p95"_s, u"p99"_s};
        chart.values = QList<QList<double>>(3, QList<double>(m_data.starts.size(), unknown));
        for (const LatencyPoint &point : std::as_const(m_latencies.points)) {
            const qsizetype at = m_data.starts.indexOf(point.start.value_or(QDateTime()));
            const LatencyPercentiles one = percentiles(point);
            if (at < 0 || !one.p50)
                continue;
            chart.values[0][at] = double(*one.p50);
            chart.values[1][at] = double(*one.p95);
            chart.values[2][at] = double(*one.p99);
        }
    }
    m_latency->setEmptyText(wholeCalls ? tr("No call has succeeded") : tr("No call was streamed"));
    m_latency->setData(chart, durationText, durationText);
    const LatencyPercentiles all = percentiles(m_latencies.all);
    // Of the whole period, beside the colours; the title's line has no room left for them.
    QStringList legend;
    if (!chart.isEmpty())
        legend = {u"p50 "_s + amounts::duration(all.p50.value_or(0)),
                  u"p95 "_s + amounts::duration(all.p95.value_or(0)),
                  u"p99 "_s + amounts::duration(all.p99.value_or(0))};
    m_latencyCard->show(tr("Latency"), {}, legend);
}

void UsageOverview::showFailures(const UsageFeed &feed)
{
    const auto &[calls, failed, lost, hits, saved] = m_courses;
    ChartData chart;
    if (feed.total().calls > 0) {
        chart = categoriesOf(m_data.bucket, m_data.starts);
        chart.series = {tr("failed or lost")};
        QList<double> rate;
        for (qsizetype i = 0; i < calls.size(); ++i)
            rate << (calls[i] > 0 ? double(failed[i] + lost[i]) / double(calls[i]) : unknown);
        chart.values = {rate};
    }
    m_failures->setEmptyText(tr("No usage in this period"));
    m_failures->setData(chart, percentText, percentText);
    const qint64 bad = feed.total().failedCalls + feed.total().lostCalls;
    m_failuresCard->show(tr("Error rate"),
                         feed.total().calls > 0
                             ? tr("%1 of %2 calls").arg(amounts::count(bad), amounts::count(feed.total().calls))
                             : QString(),
                         {});
}

void UsageOverview::showSavings(const UsageFeed &feed)
{
    ChartData chart;
    if (!isFlat(m_courses.saved)) {
        chart = categoriesOf(m_data.bucket, m_data.starts);
        chart.series = {tr("saved")};
        chart.values = {asDoubles(m_courses.saved)};
    }
    const UsageRow &total = feed.total();
    m_savings->setEmptyText(total.cacheHits > 0 ? tr("What the cache answered would have cost nothing")
                                                : tr("The cache has answered no call"));
    m_savings->setData(chart, costAxis, costText);
    m_savingsCard->show(tr("Saved by the cache"),
                        total.cacheHits > 0 ? tr("%1 of calls", "that the cache answered")
                                                  .arg(amounts::percent(double(total.cacheHits) / double(total.calls)))
                                            : QString(),
                        {});
}

void UsageOverview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeFigures(event->size().width());
}

// Five beside each other, or in two rows where the window is narrow.
void UsageOverview::arrangeFigures(int width)
{
    const QList<KpiCard *> cards{m_cost, m_tokens, m_calls, m_failed, m_saved};
    const int count = int(cards.size()), usual = theme().px(Length::CardMinimum);
    int needed = (count - 1) * theme().px(Length::Space14);
    for (KpiCard *card : cards) {
        const int value = card->minimumSizeHint().width(); // the usual width, unless the figure is longer
        card->setMinimumWidth(value > usual ? value : usual * 3 / 4);
        needed += value > usual ? value : usual * 9 / 10;
    }
    const int columns = width - 2 * theme().px(Length::Space24) >= needed ? count : (count + 1) / 2;
    if (columns == m_figureColumns)
        return;
    m_figureColumns = columns;
    for (int i = 0; i < count; ++i) {
        m_figures->addWidget(cards[i], i / columns, i % columns);
        m_figures->setColumnStretch(i, i < columns ? 1 : 0);
    }
}

void UsageOverview::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void UsageOverview::retranslate()
{
    m_cost->setTitle(tr("Cost"));
    m_tokens->setTitle(tr("Tokens"));
    m_calls->setTitle(tr("Calls"));
    m_failed->setTitle(tr("Failed calls"));
    m_saved->setTitle(tr("Saved by the cache"));
    m_measureChoice->setChoices({tr("Cost"), tr("Tokens")});
    setMeasure(m_measure);
    const int latency = std::max(0, m_latencyChoice->current());
    m_latencyChoice->setChoices({tr("Call"), tr("First token")});
    m_latencyChoice->setCurrent(latency);
    m_groupChoice->setChoices({{int(UsageGroup::Model), tr("by model")},
                               {int(UsageGroup::User), tr("by user")},
                               {int(UsageGroup::Template), tr("by template")},
                               {int(UsageGroup::Key), tr("by gateway key")}});
    m_groupChoice->setValue(int(m_group));
    m_shareCard->setTitle(tr("Shares"));
    const QString titles[] = {tr("Top models"), tr("Top users"), tr("Top templates"), tr("Top gateway keys")};
    for (qsizetype i = 0; i < m_rankings.size(); ++i) {
        m_rankings[i].card->setTitle(titles[i]);
        m_rankings[i].list->setAccessibleName(titles[i]);
        m_rankings[i].list->setEmptyText(tr("No usage in this period"));
    }
}
