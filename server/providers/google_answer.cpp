// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/google_format.h"
#include "server/providers/http_provider.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers::google {
namespace {

// The rest are filters: SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII, LANGUAGE and more each year.
QString finishOf(const QString &reason)
{
    if (reason == u"STOP")
        return u"stop"_s;
    if (reason == u"MAX_TOKENS")
        return u"length"_s;
    if (reason == u"MALFORMED_FUNCTION_CALL" || reason == u"UNEXPECTED_TOOL_CALL" || reason == u"TOO_MANY_TOOL_CALLS")
        throw CallError::make(CallError::MalformedAnswer,
                              u"The model called a tool in a way that cannot be read (%1)."_s.arg(reason));
    return u"content_filter"_s;
}

// In a stream each chunk has the sums so far. What was thought is counted beside the answer, and what tools of
// Google's own brought in beside the prompt.
void readUsage(const QJsonObject &object, AnswerDraft &draft)
{
    TokenUsage usage;
    usage.input = count(object, "promptTokenCount"_L1) + count(object, "toolUsePromptTokenCount"_L1);
    usage.cachedInput = std::min(count(object, "cachedContentTokenCount"_L1), usage.input);
    usage.reasoning = count(object, "thoughtsTokenCount"_L1);
    usage.output = count(object, "candidatesTokenCount"_L1) + usage.reasoning;
    draft.usage = usage;
}

void readPart(const QJsonObject &part, AnswerDraft &draft)
{
    if (const QJsonValue called = part.value("functionCall"_L1); called.isObject()) {
        const QJsonObject call = called.toObject();
        draft.addToolCall(shortText(call, "id"_L1), shortText(call, "name"_L1)).arguments =
            QString::fromUtf8(json::print(call.value("args"_L1).toObject()));
    } else if (!part.value("thought"_L1).toBool()) { // counted, not shown
        draft.text += part.value("text"_L1).toString();
    }
}

void readCandidate(const QJsonObject &candidate, AnswerDraft &draft)
{
    const QJsonArray parts = candidate.value("content"_L1).toObject().value("parts"_L1).toArray();
    for (const QJsonValue &part : parts)
        readPart(part.toObject(), draft);
    if (const QString reason = shortText(candidate, "finishReason"_L1); !reason.isEmpty())
        draft.finishReason = finishOf(reason);
}

} // namespace

void readResponse(const QJsonObject &response, AnswerDraft &draft)
{
    if (const QString model = shortText(response, "modelVersion"_L1); !model.isEmpty())
        draft.model = model;
    if (const QString id = shortText(response, "responseId"_L1); !id.isEmpty())
        draft.requestId = id;
    if (const QJsonValue usage = response.value("usageMetadata"_L1); usage.isObject())
        readUsage(usage.toObject(), draft);
    const QJsonArray candidates = response.value("candidates"_L1).toArray();
    for (const QJsonValue &candidate : candidates) {
        if (candidate[u"index"_s].toInteger(0) == 0)
            readCandidate(candidate.toObject(), draft);
    }
    // A prompt that is refused is answered without a candidate.
    if (!shortText(response.value("promptFeedback"_L1).toObject(), "blockReason"_L1).isEmpty())
        draft.finishReason = u"content_filter"_s;
    draft.isUsageFinal = draft.usage && !draft.finishReason.isEmpty();
}

} // namespace providers::google
