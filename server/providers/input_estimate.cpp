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

qint64 bytesOf(QStringView text)
{
    qint64 bytes = 0;
    for (const QChar c : text) // a surrogate is half of four bytes
        bytes += c < QChar(0x80) ? 1 : c < QChar(0x800) || c.isSurrogate() ? 2 : 3;
    return bytes;
}

qint64 boundInput(const ModelRequest &request)
{
    constexpr qint64 aroundMessage = 16;
    constexpr qint64 aroundTool = 64;
    constexpr qint64 aroundTools = 1000; // Anthropic's own instructions for their use
    constexpr qint64 picture = 50'000; // gpt-4o-mini counts one as up to 48,169
    qint64 tokens = aroundMessage;
    for (const ChatMessage &message : request.messages) {
        tokens += aroundMessage + bytesOf(message.content);
        for (const ContentPart &part : message.parts)
            tokens += aroundMessage + bytesOf(part.text) + bytesOf(part.name) + bytesOf(part.arguments)
                + (part.kind == ContentPart::Image ? picture : 0);
    }
    for (const Tool &tool : request.tools)
        tokens += aroundTool + bytesOf(tool.name) + bytesOf(tool.description) + json::print(tool.parameters).size();
    if (!request.tools.isEmpty())
        tokens += aroundTools;
    if (!request.responseFormat.isEmpty())
        tokens += aroundTools + json::print(request.responseFormat).size();
    return tokens;
}

qint64 boundOutput(const ModelRequest &request)
{
    constexpr qint64 mostOfAnyModel = 128'000;
    return request.maxTokens.value_or(int(mostOfAnyModel));
}

} // namespace providers
