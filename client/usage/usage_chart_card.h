// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/card.h"
#include "client/widgets/chart_export.h"

class CategoryChart;
class ChartLegend;
class IconButton;

// A chart with its title and legend, and a menu that saves it as a picture, or its numbers for a spreadsheet.
class UsageChartCard : public Card
{
    Q_OBJECT

public:
    using Numbers = std::function<QByteArray()>;

    UsageChartCard(CategoryChart *chart, Numbers numbers, QWidget *parent = nullptr);

    CategoryChart *chart() const { return m_chart; }
    void show(const QString &title, const QString &note, const QStringList &legend); // no legend: none is needed
    void setFileName(const QString &name) { m_fileName = name; } // without its suffix
    QByteArray content(chartExport::Form form) const; // what a file of it would hold

Q_SIGNALS:
    void saved(const QString &path, const QString &problem); // no problem: an empty one

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void save(chartExport::Form form);

    CategoryChart *m_chart;
    ChartLegend *m_legend;
    IconButton *m_menuButton;
    QList<QAction *> m_actions;
    Numbers m_numbers;
    QString m_title;
    QString m_note;
    QString m_fileName;
};
