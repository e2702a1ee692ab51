// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/input_estimate.h"

#include "shared/json/json.h"
#include "shared/usage/token_estimate.h"

namespace providers {
namespace {

// Providers count a picture by its size in pixels, which is not known here without decoding it: 85 to 1,600 tokens at
// OpenAI and Anthropic, 258 and more at Google. The dearest of the usual ones, because budgets are reserved by it.
constexpr qint64 tokensForEachImage = 1600;

qint64 estimatePart(const ContentPart &part)
{
    switch (part.kind) {
    case ContentPart::Text:
        return estimateTokens(part.text);
    case ContentPart::Image:
        return tokensForEachImage;
    case ContentPart::ToolCall:
        return estimateTokens(part.name) + estimateTokens(part.arguments);
    case ContentPart::ToolResult:
        return estimateTokens(part.text);
    }
    return 0;
}

} // namespace

qint64 estimateInput(const ModelRequest &request)
{
    qint64 tokens = 0;
    for (const ChatMessage &message : request.messages) {
        tokens += tokensForEachMessage;
        if (message.parts.isEmpty())
            tokens += estimateTokens(message.content);
        for (const ContentPart &part : message.parts)
            tokens += estimatePart(part);
    }
    for (const Tool &tool : request.tools)
        tokens += estimateTokens(tool.name) + estimateTokens(tool.description)
            + estimateTokens(QString::fromUtf8(json::print(tool.parameters)));
    return tokens;
}

} // namespace providers
