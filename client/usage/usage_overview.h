// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/usage/usage_feed.h"

#include <QWidget>

class BarList;
class Card;
class ChartLegend;
class KpiCard;
class SegmentedControl;
class ShareRing;
class StackedBars;

// What a period cost, at a glance: four figures, the days as a chart, the shares of the models, and who or what leads.
class UsageOverview : public QWidget
{
    Q_OBJECT

public:
    explicit UsageOverview(QWidget *parent = nullptr);

    void show(const UsageFeed &feed);
    UsageMeasure measure() const { return m_measure; }
    void setMeasure(UsageMeasure measure);

Q_SIGNALS:
    void dayChosen(const QDate &day, const QString &model); // the model is empty for the day as a whole
    void periodChosen(const UsagePeriod &period); // a week of a long one
    void modelChosen(const QString &model);
    void userChosen(const QString &id);
    void templateChosen(const QString &id);
    void jobsRequested(bool failedOnly);
    void measureChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showFigures(const UsageFeed &feed);
    void showChart(const UsageFeed &feed);
    void showLists(const UsageFeed &feed);

    UsageMeasure m_measure = UsageMeasure::Cost;
    UsageChartData m_data;
    KpiCard *m_cost, *m_tokens, *m_calls, *m_failed;
    Card *m_chartCard, *m_shareCard, *m_usersCard, *m_templatesCard;
    SegmentedControl *m_choice;
    ChartLegend *m_legend;
    StackedBars *m_chart;
    ShareRing *m_share;
    BarList *m_users, *m_templates;
};
