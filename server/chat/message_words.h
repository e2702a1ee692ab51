// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

// How messages are found by their words: without case, accents and signs.
namespace MessageWords {

QStringList of(const QString &text); // in their order
QString searchTextOf(const QString &text);
// What a search has of a message beside its words.
QStringList traitsOf(const QString &text);
// For PostgreSQL: words as they begin, those in quotes exactly and in a row; nothing where there are none. Made of
// letters and digits alone, so nothing in it needs quoting.
std::optional<QString> queryOf(const QString &search);

} // namespace MessageWords
