// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

// SHA-256 of a document in one canonical form: members sorted by name, no blanks, numbers in their shortest form. Two
// requests that ask for the same have the same hash.
QByteArray inputHash(const QJsonObject &document);
