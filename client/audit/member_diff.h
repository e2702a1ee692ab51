// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

// A thing before and after a change, as two texts to be compared: a line for each member, "version.userPrompt: …".
// Where there are both, members that stayed as they were are left out. Pure functions.
namespace memberDiff {

struct Texts
{
    QString before;
    QString after;
    int members = 0; // that differ
};

Texts texts(const std::optional<QJsonObject> &before, const std::optional<QJsonObject> &after);

} // namespace memberDiff
