// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_provider.h"
#include "server/providers/openai_format.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers::openai {
namespace {

QString finishReason(const QString &reason) { return reason == u"function_call" ? u"tool_calls"_s : reason; }

void readCommon(const QJsonObject &answer, AnswerDraft &draft)
{
    if (const QString model = shortText(answer, "model"_L1); !model.isEmpty())
        draft.model = model;
    if (const QJsonValue found = answer.value("usage"_L1); found.isObject()) {
        draft.usage = readUsage(found.toObject());
        draft.isUsageFinal = true;
    }
}

void readText(const QJsonObject &message, AnswerDraft &draft)
{
    draft.text += message.value("content"_L1).toString();
    if (const QString refusal = message.value("refusal"_L1).toString(); !refusal.isEmpty()) {
        draft.text += refusal;
        draft.isRefusal = true;
    }
}

// A string, as the format has it; some compatible servers send the object itself.
QString readArguments(const QJsonObject &function)
{
    const QJsonValue arguments = function.value("arguments"_L1);
    return arguments.isObject() ? QString::fromUtf8(json::print(arguments.toObject())) : arguments.toString();
}

void readWholeCalls(const QJsonObject &message, AnswerDraft &draft)
{
    const QJsonArray calls = message.value("tool_calls"_L1).toArray();
    for (const QJsonValue &value : calls) {
        const QJsonObject call = value.toObject();
        const QJsonObject function = call.value("function"_L1).toObject();
        draft.addToolCall(shortText(call, "id"_L1), shortText(function, "name"_L1)).arguments = readArguments(function);
    }
}

// Pieces belong together by their index. Some compatible servers number every call 0, or none; then a piece with
// another id begins a call of its own.
void readCallPieces(const QJsonObject &delta, AnswerDraft &draft)
{
    const QJsonArray pieces = delta.value("tool_calls"_L1).toArray();
    for (const QJsonValue &value : pieces) {
        const QJsonObject piece = value.toObject();
        const QJsonObject function = piece.value("function"_L1).toObject();
        const qint64 number = piece.value("index"_L1).toInteger(0);
        const QString id = shortText(piece, "id"_L1);
        const QString name = shortText(function, "name"_L1);
        ToolCall *call = draft.toolCallNumbered(number);
        if (!call || (!id.isEmpty() && !name.isEmpty() && !call->name.isEmpty() && call->id != id))
            call = &draft.addToolCallNumbered(number, id, name);
        else if (call->name.isEmpty())
            call->name = name;
        call->arguments += readArguments(function);
    }
}

template<class ReadCalls>
void readChoice(const QJsonObject &answer, QLatin1StringView member, AnswerDraft &draft, ReadCalls readCalls)
{
    const QJsonArray choices = answer.value("choices"_L1).toArray();
    for (const QJsonValue &value : choices) {
        const QJsonObject choice = value.toObject();
        if (choice.value("index"_L1).toInteger(0) != 0)
            continue;
        const QJsonObject message = choice.value(member).toObject();
        readText(message, draft);
        readCalls(message, draft);
        if (const QString reason = shortText(choice, "finish_reason"_L1); !reason.isEmpty())
            draft.finishReason = finishReason(reason);
    }
}

} // namespace

// completion_tokens includes the reasoning at OpenAI; some compatible servers (xAI) leave it out, which their total
// gives away.
TokenUsage readUsage(const QJsonObject &object)
{
    const QJsonObject input = object.value("prompt_tokens_details"_L1).toObject();
    const QJsonObject output = object.value("completion_tokens_details"_L1).toObject();
    TokenUsage usage;
    usage.input = count(object, "prompt_tokens"_L1);
    usage.cachedInput = std::min(count(input, "cached_tokens"_L1), usage.input);
    usage.cacheWrite = std::min(count(input, "cache_write_tokens"_L1), usage.input - usage.cachedInput);
    usage.output = count(object, "completion_tokens"_L1);
    usage.reasoning = count(output, "reasoning_tokens"_L1);
    if (usage.reasoning > usage.output
        || (usage.reasoning > 0 && count(object, "total_tokens"_L1) == usage.input + usage.output + usage.reasoning))
        usage.output += usage.reasoning;
    return usage;
}

void readWhole(const QJsonObject &answer, AnswerDraft &draft)
{
    readCommon(answer, draft);
    readChoice(answer, "message"_L1, draft, readWholeCalls);
    if (draft.finishReason.isEmpty())
        throw json::SyntaxError("The answer has no choice with a finish_reason.", 0);
}

void readChunk(const QJsonObject &chunk, AnswerDraft &draft)
{
    readCommon(chunk, draft);
    readChoice(chunk, "delta"_L1, draft, readCallPieces);
}

} // namespace providers::openai
