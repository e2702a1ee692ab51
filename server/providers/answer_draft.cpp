// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/answer_draft.h"

#include "shared/json/json.h"
#include "shared/usage/token_estimate.h"

using namespace Qt::StringLiterals;

namespace providers {
namespace {

// Of a form that every provider takes back: letters, digits and underscores, at most 40.
QString newCallId() { return u"call_"_s + QUuid::createUuid().toString(QUuid::Id128); }

} // namespace

ToolCall &AnswerDraft::addToolCall(const QString &id, const QString &name)
{
    if (toolCalls.size() == mostToolCalls)
        throw json::SyntaxError("The answer calls too many tools.", 0);
    toolCalls.append({id.isEmpty() ? newCallId() : id, name, {}});
    return toolCalls.last();
}

ToolCall *AnswerDraft::toolCallNumbered(qint64 number)
{
    const auto found = m_numbers.constFind(number);
    return found == m_numbers.cend() ? nullptr : &toolCalls[*found];
}

ToolCall &AnswerDraft::addToolCallNumbered(qint64 number, const QString &id, const QString &name)
{
    ToolCall &call = addToolCall(id, name);
    m_numbers.insert(number, toolCalls.size() - 1);
    return call;
}

qsizetype AnswerDraft::size() const
{
    qsizetype size = text.size();
    for (const ToolCall &call : toolCalls)
        size += call.id.size() + call.name.size() + call.arguments.size();
    return size;
}

qint64 AnswerDraft::estimatedTokens() const
{
    qint64 tokens = estimateTokens(text);
    for (const ToolCall &call : toolCalls)
        tokens += estimateTokens(call.name) + estimateTokens(call.arguments);
    return tokens;
}

} // namespace providers
