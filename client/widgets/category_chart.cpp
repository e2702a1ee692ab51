// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/theme.h"
#include "client/widgets/category_chart_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

double ChartData::total(int category) const
{
    double total = 0;
    for (const QList<double> &row : values)
        total += row.value(category);
    return total;
}

double ChartData::sum(int series) const
{
    const QList<double> row = values.value(series);
    return std::accumulate(row.begin(), row.end(), 0.0);
}

CategoryChart::CategoryChart(Form form, const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_view(new CategoryChartView(this, form == Form::Bars))
{
    setAccessibleName(accessibleName);
    m_view->setAccessibleName(accessibleName);
    m_view->viewport()->setAccessibleName(accessibleName);
    setFocusProxy(m_view);
    connect(&theme(), &Theme::changed, this, [this] { m_view->applyTheme(); });
}

CategoryChart::~CategoryChart() = default;

void CategoryChart::setData(const ChartData &data, NumberText axisText, NumberText exactText)
{
    QStringList lines;
    for (int series = 0; series < data.series.size(); ++series) {
        const double sum = data.sum(series); // of lines there is none, and not of what is not known
        lines << (m_view->stacks() && !std::isnan(sum)
                      ? QStringLiteral("%1: %2").arg(data.series[series], exactText(sum))
                      : data.series[series]);
    }
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    m_view->setData(data, std::move(axisText), std::move(exactText));
}

const ChartData &CategoryChart::data() const { return m_view->data(); }

void CategoryChart::setEmptyText(const QString &text) { m_view->setEmptyText(text); }

QSize CategoryChart::minimumSizeHint() const { return {px(Length::CardMinimum), px(Length::ChartMinimum)}; }
QSize CategoryChart::sizeHint() const { return {px(Length::DialogLarge), px(Length::ChartMinimum)}; }

void CategoryChart::resizeEvent(QResizeEvent *)
{
    m_view->setGeometry(rect());
    m_view->applyTheme();
}
