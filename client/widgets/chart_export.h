// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

class CategoryChart;
class ChartLegend;
class QWidget;

// Charts that leave the program as pictures, as they are seen: with title, legend and the theme's colours.
namespace chartExport {

enum class Form { Png, Svg, Csv };

// A picture of the chart. The legend may be null.
QByteArray picture(Form form, const QString &title, const QString &note, ChartLegend *legend, CategoryChart &chart);

// Asks for the file, beginning with `name`; `chosen` does not run when the person thinks better of it.
void ask(QWidget *parent, Form form, const QString &title, const QString &name,
         std::function<void(const QString &path)> chosen);

} // namespace chartExport
