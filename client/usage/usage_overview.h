// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/usage/usage_feed.h"

#include <QWidget>

class BarList;
class Card;
class KpiCard;
class LineChart;
class SegmentedControl;
class Select;
class QGridLayout;
class ShareRing;
class StackedBars;
class UsageChartCard;

// What a period cost, at a glance: five figures; cost or tokens over time and their shares; latencies, failures and
// what the cache saved; and who or what leads. A click on a thing narrows the page to it.
class UsageOverview : public QWidget
{
    Q_OBJECT

public:
    explicit UsageOverview(QWidget *parent = nullptr);

    void show(const UsageFeed &feed);
    UsageMeasure measure() const { return m_measure; }
    void setMeasure(UsageMeasure measure);

Q_SIGNALS:
    void thingChosen(UsageGroup group, const UsageThing &thing);
    void periodChosen(const UsagePeriod &period); // of one bar
    void groupChosen(UsageGroup group);
    void jobsRequested(bool failedOnly);
    void measureChanged();
    void saved(const QString &path, const QString &problem); // a chart

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Ranking
    {
        UsageGroup group;
        Card *card;
        BarList *list;
        QList<UsageLine> lines;
    };

    void retranslate();
    void showFigures(const UsageFeed &feed);
    void showChart(const UsageFeed &feed);
    void showLatency(const UsageFeed &feed);
    void showFailures(const UsageFeed &feed);
    void showSavings(const UsageFeed &feed);
    void choosePeriod(int point);
    void arrangeFigures(int width);

    UsageMeasure m_measure = UsageMeasure::Cost;
    UsageGroup m_group = UsageGroup::Model;
    UsageChartData m_data;
    UsageLatencyReport m_latencies;
    struct // for each bucket, all series together
    {
        QList<qint64> calls, failed, lost, hits, saved;
    } m_courses;
    KpiCard *m_cost, *m_tokens, *m_calls, *m_failed, *m_saved;
    StackedBars *m_chart;
    LineChart *m_latency, *m_failures;
    StackedBars *m_savings;
    UsageChartCard *m_chartCard, *m_latencyCard, *m_failuresCard, *m_savingsCard;
    SegmentedControl *m_measureChoice, *m_latencyChoice;
    Select *m_groupChoice;
    Card *m_shareCard;
    ShareRing *m_share;
    QGridLayout *m_figures;
    int m_figureColumns = 0;
    QList<Ranking> m_rankings;
};
