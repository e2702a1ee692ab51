// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

// Where a page of a list ended, as opaque text for the client: the sort keys of its last row.
namespace cursor {

QString print(const QStringList &keys);

// The keys, `count` of them; nothing without a cursor. Throws ApiError::invalid at /cursor for text that is none of
// ours.
std::optional<QStringList> parse(const std::optional<QString> &text, qsizetype count);

// 409: the row at which the last page ended is gone, and its keys are not in the cursor.
[[noreturn]] void outdated();
[[noreturn]] void refuse(); // for keys that are not of the right kind

} // namespace cursor
