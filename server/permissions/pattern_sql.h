// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace permissions {

// A regular expression of a condition as PostgreSQL's operator ~ finds the same texts, under the collation C. Nothing,
// with the reason, where it would not: PostgreSQL counts characters, JavaScript the units of UTF-16.
std::optional<QString> patternSql(const QString &pattern, const QString &options, QString &reason);

} // namespace permissions
