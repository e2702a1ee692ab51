// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic_format.h"
#include "server/providers/http_provider.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers::anthropic {
namespace {

QString finishOf(const QString &reason)
{
    if (reason == u"max_tokens" || reason == u"model_context_window_exceeded")
        return u"length"_s;
    if (reason == u"refusal")
        return u"content_filter"_s;
    if (reason == u"tool_use")
        return u"tool_calls"_s;
    return u"stop"_s; // end_turn, stop_sequence, pause_turn
}

// The counts are cumulative, and a later event may leave out what has not changed.
void readUsage(const QJsonObject &object, AnswerDraft &draft)
{
    if (object.isEmpty())
        return;
    TokenUsage usage = draft.usage.value_or(TokenUsage{});
    const auto update = [&object](QLatin1StringView name, qint64 before) {
        return object.value(name).isDouble() ? count(object, name) : before;
    };
    const qint64 uncachedBefore = usage.input - usage.cachedInput - usage.cacheWrite;
    usage.cachedInput = update("cache_read_input_tokens"_L1, usage.cachedInput);
    usage.cacheWrite = update("cache_creation_input_tokens"_L1, usage.cacheWrite);
    usage.input = update("input_tokens"_L1, uncachedBefore) + usage.cachedInput + usage.cacheWrite;
    if (const QJsonValue writes = object.value("cache_creation"_L1); writes.isObject())
        usage.cacheWriteHour = std::min(count(writes.toObject(), "ephemeral_1h_input_tokens"_L1), usage.cacheWrite);
    usage.output = update("output_tokens"_L1, usage.output);
    usage.reasoning =
        std::max(usage.reasoning, count(object.value("output_tokens_details"_L1).toObject(), "thinking_tokens"_L1));
    draft.usage = usage;
}

// Of whole answers the block is complete, in a stream it begins one. Thinking and the like are counted, not shown.
void readBlock(const QJsonObject &block, qint64 number, AnswerDraft &draft)
{
    const QString type = block.value("type"_L1).toString();
    if (type == u"text") {
        draft.text += block.value("text"_L1).toString();
    } else if (type == u"tool_use") {
        ToolCall &call = draft.addToolCallNumbered(number, shortText(block, "id"_L1), shortText(block, "name"_L1));
        if (const QJsonObject input = block.value("input"_L1).toObject(); !input.isEmpty())
            call.arguments = QString::fromUtf8(json::print(input));
    }
}

// Nothing is sent for a tool that takes nothing.
void endBlock(qint64 number, AnswerDraft &draft)
{
    if (ToolCall *call = draft.toolCallNumbered(number); call && call->arguments.isEmpty())
        call->arguments = u"{}"_s;
}

void readDelta(const QJsonObject &delta, qint64 number, AnswerDraft &draft)
{
    const QString type = delta.value("type"_L1).toString();
    if (type == u"text_delta") {
        draft.text += delta.value("text"_L1).toString();
    } else if (type == u"input_json_delta") {
        // Tools that Anthropic runs itself come so too; they are no calls of ours.
        if (ToolCall *call = draft.toolCallNumbered(number))
            call->arguments += delta.value("partial_json"_L1).toString();
    }
}

} // namespace

void readWhole(const QJsonObject &answer, AnswerDraft &draft)
{
    const QString reason = answer.value("stop_reason"_L1).toString();
    const QJsonValue content = answer.value("content"_L1);
    if (reason.isEmpty() || !content.isArray())
        throw json::SyntaxError("The answer has no content or no stop_reason.", 0);
    draft.model = shortText(answer, "model"_L1);
    draft.finishReason = finishOf(reason);
    const QJsonArray blocks = content.toArray();
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        readBlock(blocks.at(i).toObject(), i, draft);
        endBlock(i, draft);
    }
    readUsage(answer.value("usage"_L1).toObject(), draft);
    draft.isUsageFinal = draft.usage.has_value();
}

void readEvent(const QString &type, const QJsonObject &data, AnswerDraft &draft)
{
    const qint64 number = data.value("index"_L1).toInteger(0);
    if (type == u"message_start") {
        const QJsonObject message = data.value("message"_L1).toObject();
        draft.model = shortText(message, "model"_L1);
        readUsage(message.value("usage"_L1).toObject(), draft);
    } else if (type == u"content_block_start") {
        readBlock(data.value("content_block"_L1).toObject(), number, draft);
    } else if (type == u"content_block_delta") {
        readDelta(data.value("delta"_L1).toObject(), number, draft);
    } else if (type == u"content_block_stop") {
        endBlock(number, draft);
    } else if (type == u"message_delta") {
        if (const QString reason = data.value("delta"_L1).toObject().value("stop_reason"_L1).toString();
            !reason.isEmpty())
            draft.finishReason = finishOf(reason);
        const QJsonObject usage = data.value("usage"_L1).toObject();
        readUsage(usage, draft);
        draft.isUsageFinal = draft.isUsageFinal || usage.contains("output_tokens"_L1);
    } else if (type == u"message_stop") {
        draft.isComplete = !draft.finishReason.isEmpty();
    }
}

} // namespace providers::anthropic
