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

class CategoryChartView;

// A chart over categories, on a Qt Charts view that follows the theme. The hover card names every value. By keyboard,
// left and right go through the categories, up and down through what stands in one, Return clicks it. Pages offer the
// same numbers as a table for screen readers.
class CategoryChart : public QWidget
{
    Q_OBJECT

public:
    ~CategoryChart() override;

    // `text` writes values: axis labels short, hover card exact.
    void setData(const ChartData &data, NumberText axisText, NumberText exactText);
    const ChartData &data() const;
    void setEmptyText(const QString &text); // "No usage in this period"

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void clicked(int category, int series); // series -1: the category as a whole

protected:
    enum class Form { Bars, Lines };
    CategoryChart(Form form, const QString &accessibleName, QWidget *parent);
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class CategoryChartView;
    CategoryChartView *m_view;
};

// Bars, one piece of each for a series: parts of a sum.
class StackedBars : public CategoryChart
{
    Q_OBJECT

public:
    explicit StackedBars(const QString &accessibleName, QWidget *parent = nullptr)
        : CategoryChart(Form::Bars, accessibleName, parent)
    {
    }
};

// A line for each series: values that do not add up. A value that is not known is NaN; one without neighbours is a dot.
class LineChart : public CategoryChart
{
    Q_OBJECT

public:
    explicit LineChart(const QString &accessibleName, QWidget *parent = nullptr)
        : CategoryChart(Form::Lines, accessibleName, parent)
    {
    }
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

// Shares of a whole as a ring with the sum in the middle and a list below. Arrows go through the list, Return clicks.
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
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QRect ringRect() const;
    void setCurrent(int index);

    int m_current = 0; // by keyboard
    QList<std::pair<QString, double>> m_shares;
    QString m_middle;
    QString m_below;
};

// A ranking: name, note, value, and a bar in proportion to the largest. Arrows go through it, Return clicks.
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
    void setEmptyText(const QString &text); // in the place of the first bar
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    int barHeight() const;
    int barAt(int y) const;
    void setCurrent(int index);

    int m_current = 0; // by keyboard
    QList<Bar> m_bars;
    QString m_emptyText;
    int m_hovered = -1;
};
