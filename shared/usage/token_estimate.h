// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

// A rough count of a text's tokens, for cost estimates while typing and for answers whose provider reported none. Each
// model has its own tokenizer; this rule only goes by the script:
//   ASCII               4 characters a token
//   other letters of alphabets (é, ж, α, ع) and combining marks
//                       2 characters a token
//   everything else (Chinese, Japanese, Korean, emoji)
//                       1 character a token
// summed and rounded up. An empty text has none.
qint64 estimateTokens(QStringView text);

// What the frame around one chat message costs (role and separators).
inline constexpr qint64 tokensForEachMessage = 4;
