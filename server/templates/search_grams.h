// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

// A number for each one, two and three letters that stand together in the text, each once: what holds a text holds all
// of its grams, which an index finds. Two grams may share a number. The same numbers as migration 0025 makes.
QList<int> searchGrams(const QString &text);
