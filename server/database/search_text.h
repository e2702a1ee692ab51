// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// Text for finding and sorting without regard to case and accents: "Résumé" becomes "resume". The databases sort and
// compare bytes (collation C), so that every installation gives the same order.
QString searchText(const QString &text);
