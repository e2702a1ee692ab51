// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

#include <functional>

// What charts draw: for each category (a day) one value for each series (a model).
struct ChartData
{
    QStringList categories; // axis labels: "23"
    QStringList categoryTitles; // hover card: "Mon 23 June"; as many as categories
    QStringList series;
    QList<QList<double>> values; // [series][category]

    bool isEmpty() const { return categories.isEmpty() || series.isEmpty(); }
    double total(int category) const;
    double sum(int series) const;
    bool operator==(const ChartData &) const = default;
};

using NumberText = std::function<QString(double)>;

// Bars by day, one piece for each series, on a Qt Charts view. The hover card names every piece; a click asks for the
// rows behind it. Pages offer the same numbers as a table for screen readers.
class StackedBars : public QWidget
{
    Q_OBJECT

public:
    explicit StackedBars(const QString &accessibleName, QWidget *parent = nullptr);
    ~StackedBars() override;

    // `text` writes values: axis labels short, hover card exact.
    void setData(const ChartData &data, NumberText axisText, NumberText exactText);
    void setEmptyText(const QString &text); // "No usage in this period"

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void clicked(int category, int series); // series -1: the day as a whole

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class View;
    View *m_view;
};

// A dot and a name for each series, in the colours of the chart. Names that do not fit give way at the end.
class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    explicit ChartLegend(QWidget *parent = nullptr);
    void setSeries(const QStringList &names);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_names;
};

// Shares of a whole as a ring with the sum in the middle and a list below.
class ShareRing : public QWidget
{
    Q_OBJECT

public:
    explicit ShareRing(const QString &accessibleName, QWidget *parent = nullptr);
    void setShares(const QList<std::pair<QString, double>> &shares, const QString &middle, const QString &below);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QRect ringRect() const;

    QList<std::pair<QString, double>> m_shares;
    QString m_middle;
    QString m_below;
};

// A ranking: name, note, value, and a bar in proportion to the largest.
class BarList : public QWidget
{
    Q_OBJECT

public:
    struct Bar
    {
        QString id;
        QString name;
        QString note;
        QString value;
        double amount = 0;
    };

    explicit BarList(const QString &accessibleName, QWidget *parent = nullptr);
    void setBars(const QList<Bar> &bars);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    int barHeight() const;
    int barAt(int y) const;

    QList<Bar> m_bars;
    int m_hovered = -1;
};
