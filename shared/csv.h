// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"

#include <QList>
#include <QStringList>

// Comma-separated values (RFC 4180).
namespace csv {

struct Record
{
    int line = 0; // that it begins in, from 1
    QStringList cells;
};

// Records of cells; quoted ones may hold commas, line ends and doubled quotes. Empty lines are passed over. Refuses a
// quotation mark that is not closed.
Result<QList<Record>> records(const QString &text);

// A cell as a spreadsheet takes it: quoted, and a text that would be run as a formula made plain by an apostrophe
// (OWASP, CSV injection).
QByteArray cell(const QString &text);
QString withoutGuard(const QString &cell); // the text that became this cell

} // namespace csv
