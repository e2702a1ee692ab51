// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

// What a person would complain about in a window as it stands, found without a person: texts that do not fit, parts
// that stick out of what holds them, controls without a name. One line for each.
namespace layoutCheck {

QStringList clippedTexts(QWidget *window);
QStringList namelessControls(QWidget *window);
// Of the texts that painting shortened (see paint::ElisionLog) those that are no data of a table's cell, which may be
// longer than its column.
QStringList shortenedTexts(QWidget *window, const QStringList &elisions);

} // namespace layoutCheck
