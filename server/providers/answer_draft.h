// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

#include <QHash>

namespace providers {

// An answer as it comes together.
struct AnswerDraft
{
    static constexpr qsizetype mostToolCalls = 256;

    QString text;
    QList<ToolCall> toolCalls;
    QString finishReason; // empty until the provider gave one
    QString model;
    QString requestId; // where the answer itself names it
    std::optional<TokenUsage> usage;
    bool isUsageFinal = false; // false: only the beginning of an answer was counted
    bool isRefusal = false;
    bool isComplete = false; // the provider said that nothing follows

    // The next call of a tool, with an id made here where the provider gave none. Throws json::SyntaxError where there
    // are too many.
    ToolCall &addToolCall(const QString &id, const QString &name);
    // The one whose pieces the provider numbers so; null: none yet.
    ToolCall *toolCallNumbered(qint64 number);
    ToolCall &addToolCallNumbered(qint64 number, const QString &id, const QString &name);

    qsizetype size() const; // UTF-16 units of text and calls
    qint64 estimatedTokens() const; // of text and calls, with estimateTokens()

private:
    QHash<qint64, qsizetype> m_numbers; // the provider's number → where in toolCalls
};

} // namespace providers
