// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_overview.h"

#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/card.h"
#include "client/widgets/charts.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype listed = 5;

QString shownModel(const QString &model)
{
    const QString name = model.section(u'/', 1);
    return model.isEmpty() ? UsageOverview::tr("other models") : name.isEmpty() ? model : name;
}

QString shown(qint64 value, UsageMeasure measure)
{
    return measure == UsageMeasure::Cost ? amounts::cost(value) : amounts::compact(value);
}

ChartData chartOf(const UsageChartData &data)
{
    const QLocale locale;
    ChartData chart;
    for (const UsagePeriod &point : data.points) {
        chart.categories << locale.toString(point.first,
                                            UsageOverview::tr("d MMM", "a day below a chart, as QDate formats it"));
        if (point.days == 1)
            chart.categoryTitles << locale.toString(point.first,
                                                    UsageOverview::tr("ddd d MMMM", "one day, as QDate formats it"));
        else
            chart.categoryTitles << UsageOverview::tr("%1 – %2", "first and last day")
                                        .arg(locale.toString(point.first, QLocale::ShortFormat),
                                             locale.toString(point.last(), QLocale::ShortFormat));
    }
    for (const auto &series : data.series) {
        chart.series << shownModel(series.model);
        chart.values << QList<double>(series.values.begin(), series.values.end());
    }
    return chart;
}

QList<BarList::Bar> barsOf(const QList<UsageLine> &lines)
{
    const bool byCost = !lines.isEmpty() && lines.first().sums.costNanos > 0;
    QList<BarList::Bar> bars;
    for (const UsageLine &line : lines.mid(0, listed))
        bars.append({line.id, line.name,
                     UsageOverview::tr("%1 tokens").arg(amounts::compact(measured(line.sums, UsageMeasure::Tokens))),
                     amounts::cost(line.sums.costNanos),
                     double(measured(line.sums, byCost ? UsageMeasure::Cost : UsageMeasure::Tokens))});
    return bars;
}

// The course of one figure through the period.
template<class Value> QList<double> courseOf(const UsageFeed &feed, Value value)
{
    QList<double> course(feed.period().days, 0);
    for (const UsageRow &row : feed.byDayAndModel().rows) {
        const qint64 day = feed.period().first.daysTo(QDate::fromString(row.day.value_or(QString()), Qt::ISODate));
        if (day >= 0 && day < course.size())
            course[day] += double(value(row));
    }
    const bool flat = std::all_of(course.begin(), course.end(), [](double value) { return value == 0; });
    return flat ? QList<double>() : course;
}

} // namespace

UsageOverview::UsageOverview(QWidget *parent)
    : QWidget(parent),
      m_cost(new KpiCard),
      m_tokens(new KpiCard),
      m_calls(new KpiCard),
      m_failed(new KpiCard),
      m_chartCard(new Card),
      m_shareCard(new Card),
      m_usersCard(new Card),
      m_templatesCard(new Card),
      m_choice(new SegmentedControl(tr("Cost or tokens"))),
      m_legend(new ChartLegend),
      m_chart(new StackedBars(tr("Days"))),
      m_share(new ShareRing(tr("Share of each model"))),
      m_users(new BarList(tr("Users"))),
      m_templates(new BarList(tr("Templates")))
{
    m_chartCard->header()->addWidget(m_choice);
    m_chartCard->body()->addWidget(m_legend);
    m_chartCard->body()->addWidget(m_chart, 1);
    m_shareCard->header()->addStrut(
        theme().px(Length::ControlMedium)); // on one line with the chart's title and its choice
    m_shareCard->body()->addWidget(m_share, 1);
    m_usersCard->body()->addWidget(m_users);
    m_usersCard->body()->addStretch();
    m_templatesCard->body()->addWidget(m_templates);
    m_templatesCard->body()->addStretch();
    auto *page = layout::column(
        {layout::row({layout::wide(m_cost), layout::wide(m_tokens), layout::wide(m_calls), layout::wide(m_failed)},
                     Length::Space14),
         layout::row({layout::wide(m_chartCard, 3), layout::wide(m_shareCard, 1)}, Length::Space14),
         layout::row({layout::wide(m_usersCard), layout::wide(m_templatesCard)}, Length::Space14), layout::stretch()},
        Length::Space14);
    setLayout(layout::inset(page, {Length::Space24, Length::Space16, Length::Space24, Length::Space24}));

    connect(m_choice, &SegmentedControl::chosen, this, [this](int choice) {
        m_measure = choice == 0 ? UsageMeasure::Cost : UsageMeasure::Tokens;
        Q_EMIT measureChanged();
    });
    connect(m_chart, &StackedBars::clicked, this, [this](int point, int series) {
        const UsagePeriod &period = m_data.points[point];
        if (period.days > 1)
            Q_EMIT periodChosen(period);
        else if (m_data.totalOf(point) > 0)
            Q_EMIT dayChosen(period.first, series < 0 ? QString() : m_data.series[series].model);
    });
    connect(m_share, &ShareRing::clicked, this, [this](int series) {
        if (!m_data.series.value(series).model.isEmpty())
            Q_EMIT modelChosen(m_data.series[series].model);
    });
    connect(m_users, &BarList::clicked, this, &UsageOverview::userChosen);
    connect(m_templates, &BarList::clicked, this, &UsageOverview::templateChosen);
    for (KpiCard *card : {m_cost, m_tokens, m_calls})
        connect(card, &KpiCard::clicked, this, [this] { Q_EMIT jobsRequested(false); });
    connect(m_failed, &KpiCard::clicked, this, [this] { Q_EMIT jobsRequested(true); });
    retranslate();
}

void UsageOverview::setMeasure(UsageMeasure measure)
{
    m_measure = measure;
    m_choice->setCurrent(measure == UsageMeasure::Cost ? 0 : 1);
}

void UsageOverview::show(const UsageFeed &feed)
{
    showFigures(feed);
    showChart(feed);
    showLists(feed);
}

void UsageOverview::showFigures(const UsageFeed &feed)
{
    const UsageRow &now = feed.total();
    const bool waiting = feed.isLoading() && !feed.hasData();
    for (KpiCard *card : {m_cost, m_tokens, m_calls, m_failed})
        card->setLoading(waiting);
    m_cost->setValue(amounts::cost(now.costNanos));
    m_tokens->setValue(amounts::compact(measured(now, UsageMeasure::Tokens)));
    m_calls->setValue(amounts::compact(now.calls));
    m_failed->setValue(now.calls > 0 ? amounts::percent(double(now.failedCalls) / double(now.calls)) : u"—"_s);
    m_failed->setTitle(tr("Failed calls"), now.failedCalls > 0 ? amounts::count(now.failedCalls) : QString());
    m_cost->setCourse(courseOf(feed, [](const UsageRow &row) { return row.costNanos; }));
    m_tokens->setCourse(courseOf(feed, [](const UsageRow &row) { return measured(row, UsageMeasure::Tokens); }));
    m_calls->setCourse(courseOf(feed, [](const UsageRow &row) { return row.calls; }));
    m_failed->setCourse(courseOf(feed, [](const UsageRow &row) { return row.failedCalls; }));

    const UsageRow before = feed.totalBefore().value_or(UsageRow{});
    const auto compare = [&](KpiCard *card, double current, double past, KpiCard::Trend rising,
                             KpiCard::Trend falling) {
        if (past <= 0)
            return card->setChange({}, tr("nothing in the %n day(s) before", nullptr, feed.period().days), false,
                                   KpiCard::Trend::None);
        const double change = current / past - 1;
        card->setChange(amounts::percent(std::abs(change)), tr("vs. %n day(s) before", nullptr, feed.period().days),
                        change >= 0,
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
}

void UsageOverview::showChart(const UsageFeed &feed)
{
    m_data = chartData(feed.byDayAndModel().rows, feed.period(), m_measure);
    const auto text = [measure = m_measure](double value) { return shown(qint64(std::llround(value)), measure); };
    const ChartData chart = m_data.total() > 0 ? chartOf(m_data) : ChartData{};
    const bool noPrice = feed.total().calls > 0 && m_measure == UsageMeasure::Cost;
    m_chart->setEmptyText(noPrice ? tr("The calls of this period cost nothing") : tr("No usage in this period"));
    const auto axisText = [text, measure = m_measure](double value) { // with the same digits at each step
        return measure == UsageMeasure::Cost ? amounts::exactCost(std::llround(value)) : text(value);
    };
    m_chart->setData(chart, axisText, text);
    m_legend->setSeries(chart.series);
    QList<std::pair<QString, double>> shares;
    for (const auto &series : m_data.series)
        shares.append({shownModel(series.model), double(series.total)});
    m_share->setShares(shares, shown(m_data.total(), m_measure),
                       m_measure == UsageMeasure::Cost ? tr("cost") : tr("tokens"));
    const bool isCost = m_measure == UsageMeasure::Cost;
    const bool isDaily = m_data.points.isEmpty() || m_data.points.first().days == 1;
    m_chartCard->setTitle(isDaily ? (isCost ? tr("Cost per day") : tr("Tokens per day"))
                                  : (isCost ? tr("Cost per week") : tr("Tokens per week")),
                          feed.model().isEmpty() ? tr("by model, days in UTC") : shownModel(feed.model()));
}

void UsageOverview::showLists(const UsageFeed &feed)
{
    m_users->setBars(barsOf(linesOf(feed.byUser().rows, UsageGroup::User)));
    m_templates->setBars(barsOf(linesOf(feed.byTemplate().rows, UsageGroup::Template)));
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
    m_choice->setChoices({tr("Cost"), tr("Tokens")});
    setMeasure(m_measure);
    m_shareCard->setTitle(tr("Share of each model"));
    m_usersCard->setTitle(tr("Top users"));
    m_templatesCard->setTitle(tr("Top templates"));
}
