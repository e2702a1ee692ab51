// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/charts.h"

#include <QChartView>

class QBarSet;
class QXYSeries;

// What a CategoryChart shows: the chart, with axis labels, highlight and hover card painted over it. Qt Charts would
// replace labels by "…" when bars get narrow, and its legend and tooltips do not follow the theme.
class CategoryChartView : public QChartView
{
public:
    CategoryChartView(CategoryChart *owner, bool stacks);

    bool stacks() const { return m_stacks; }
    const ChartData &data() const { return m_data; }
    void setData(const ChartData &data, NumberText axisText, NumberText exactText);
    void setEmptyText(const QString &text);
    void applyTheme();

protected:
    void drawBackground(QPainter *painter, const QRectF &) override;
    void drawForeground(QPainter *painter, const QRectF &) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void build();
    double highest() const;
    void buildBars(QAbstractAxis *values);
    void buildLines(QAbstractAxis *values);
    void addPart(int series, const QList<QPointF> &points, QAbstractAxis *along, QAbstractAxis *values);

    QRectF plot() const { return chart()->plotArea(); }
    double categoryWidth() const { return plot().width() / double(std::max<qsizetype>(1, m_data.categories.size())); }
    double value(int series, int category) const { return m_data.values.value(series).value(category); }
    int categoryAt(const QPointF &at) const;
    int seriesAt(int category, const QPointF &at) const;
    bool has(int series, int category) const; // something to point at
    void setHovered(int category, int series = -1);
    void moveInside(int step);

    void paintGrid(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;
    void paintCard(QPainter &painter) const;

    CategoryChart *m_owner;
    const bool m_stacks;
    ChartData m_data;
    NumberText m_axisText;
    NumberText m_exactText;
    QString m_emptyText;
    QList<QBarSet *> m_sets; // of bars
    QList<std::pair<QXYSeries *, int>> m_parts; // of lines, with the number of their series
    double m_maximum = 1;
    int m_hovered = -1; // category
    int m_piece = -1; // series within it, chosen by keyboard
};
