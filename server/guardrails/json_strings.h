// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace guardrails {

// Shows every string of a JSON text that is a value, decoded, and puts in what became of it; names of members, numbers
// and all that is between them stay as they are, byte for byte. False, and nothing shown: it is not JSON.
bool changeJsonStrings(QString &json, const std::function<bool(QString &value)> &change);

// The text with its strings decoded: what it says, for searching.
QString decodedJson(const QString &json);

} // namespace guardrails
