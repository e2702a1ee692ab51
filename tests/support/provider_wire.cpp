// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace wire;

namespace {

QString argumentsFor(const WireRequest &request, const Behaviour &behaviour, int count)
{
    return behaviour.arguments.value_or(
        QString::fromUtf8(text({{"count"_L1, count}, {"text"_L1, request.lastUserText}})));
}

// Those that must be called are, time and again; otherwise a model is content with what the tools answered.
qsizetype callsWanted(const WireRequest &request, const Behaviour &behaviour)
{
    qsizetype wanted = request.endsWithResults && !request.mustCall ? 0 : behaviour.toolCalls;
    if (request.mustCall)
        wanted = std::max<qsizetype>(wanted, 1);
    if (request.oneCallOnly)
        wanted = std::min<qsizetype>(wanted, 1);
    return std::min(wanted, request.tools.size());
}

Content makeContent(const WireRequest &request, const Behaviour &behaviour, qint64 number)
{
    Content content;
    content.tokens.input = request.inputTokens;
    for (qsizetype i = 0; i < callsWanted(request, behaviour); ++i) {
        const QString prefix = request.wire == Wire::Anthropic ? u"toolu_"_s : u"call_"_s;
        content.calls.append({prefix + u"%1_%2"_s.arg(number).arg(i), request.tools.at(i),
                              argumentsFor(request, behaviour, int(i) + 1)});
        content.tokens.output += 1 + words(content.calls.last().arguments);
    }
    const QString usual = content.calls.isEmpty() ? u"Answer to: "_s + request.lastUserText : QString();
    content.pieces = pieces(behaviour.text.value_or(usual));
    content.finish = !behaviour.finishReason.isEmpty() ? behaviour.finishReason
        : content.calls.isEmpty()                      ? u"stop"_s
                                                       : u"tool_calls"_s;
    if (request.maxTokens && content.pieces.size() > *request.maxTokens) {
        content.pieces = content.pieces.first(*request.maxTokens);
        content.finish = u"length"_s;
    }
    content.tokens.output += content.pieces.size() + behaviour.reasoningTokens;
    return content;
}

// What ends a stream that breaks.
QByteArray brokenEvent(Wire wire, const Behaviour &behaviour, qint64 number)
{
    switch (behaviour.end) {
    case Behaviour::End::Malformed:
        return event(wire, behaviour, "content_block_delta", R"({"choices":[{"delta":{"content":"oops)");
    case Behaviour::End::ErrorEvent:
        return event(
            wire, behaviour, "error",
            makeError(wire, behaviour.errorEventStatus, u"The model died in the middle."_s, behaviour, number));
    case Behaviour::End::HugeEvent:
        return "data: " + QByteArray(8 * 1024 * 1024, 'x');
    default:
        return {};
    }
}

void breakOff(WireAnswer &answer, Wire wire, const Behaviour &behaviour, qint64 number)
{
    const qsizetype kept = answer.firstWord + std::min<qsizetype>(behaviour.endAfter, answer.words);
    answer.events.resize(std::min(kept, answer.events.size()));
    if (behaviour.isEndless && answer.events.isEmpty()) // Google begins with a word
        answer.events.append(event(wire, behaviour, {}, R"({"candidates":[]})"));
    if (const QByteArray last = brokenEvent(wire, behaviour, number); !last.isEmpty())
        answer.events.append(last);
    if (behaviour.end == Behaviour::End::Malformed)
        answer.whole.chop(answer.whole.size() / 2);
}

} // namespace

std::optional<WireTarget> readTarget(const QByteArray &method, const QByteArray &path)
{
    if (method != "POST")
        return {};
    if (path == "/v1/chat/completions")
        return WireTarget{.wire = Wire::OpenAi, .model = {}};
    if (path == "/v1/embeddings")
        return WireTarget{.wire = Wire::OpenAi, .isEmbedding = true, .model = {}};
    if (path == "/v1/messages")
        return WireTarget{.wire = Wire::Anthropic, .model = {}};
    const QByteArray start = path.startsWith("/v1beta/") ? "/v1beta/models/" : "/v1/models/";
    const qsizetype colon = path.lastIndexOf(':');
    if (!path.startsWith(start) || colon < start.size())
        return {};
    const QByteArray what = path.sliced(colon + 1);
    const bool isStream = what == "streamGenerateContent?alt=sse";
    const bool isEmbedding = what == "batchEmbedContents";
    if (!isStream && !isEmbedding && what != "generateContent")
        return {};
    const QByteArray name = path.sliced(start.size(), colon - start.size());
    return WireTarget{Wire::Google, isEmbedding, isStream, QString::fromUtf8(QByteArray::fromPercentEncoding(name))};
}

WireRequest readRequest(const WireTarget &target, const WireHeaders &headers, const QByteArray &bytes)
{
    WireRequest request;
    request.wire = target.wire;
    request.model = target.model;
    request.isStream = target.isStream;
    request.isEmbedding = target.isEmbedding;
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        refuse(request, 400, u"The body is no JSON object."_s);
        return request;
    }
    if (!headers.value("content-type").startsWith("application/json"))
        refuse(request, 400, u"Content-Type must be application/json."_s);
    const QJsonObject body = document.object();
    switch (target.wire) {
    case Wire::OpenAi:
        (target.isEmbedding ? readOpenAiEmbedding : readOpenAi)(request, body, headers);
        break;
    case Wire::Anthropic:
        readAnthropic(request, body, headers);
        break;
    case Wire::Google:
        (target.isEmbedding ? readGoogleEmbedding : readGoogle)(request, body, headers);
        break;
    }
    for (const QString &one : std::as_const(request.texts))
        request.inputTokens += words(one);
    if (request.model.isEmpty())
        refuse(request, 400, u"model: Field required"_s);
    return request;
}

WireAnswer makeAnswer(const WireRequest &request, const Behaviour &behaviour, qint64 number)
{
    const Content content = makeContent(request, behaviour, number);
    WireAnswer answer;
    if (request.isEmbedding)
        answer = {{}, writeEmbeddings(request, behaviour), {request.inputTokens, 0}};
    else
        answer = (request.wire == Wire::OpenAi          ? writeOpenAi
                      : request.wire == Wire::Anthropic ? writeAnthropic
                                                        : writeGoogle)({request, behaviour, content, number});
    if (behaviour.end != Behaviour::End::Normal)
        breakOff(answer, request.wire, behaviour, number);
    if (behaviour.withComments) {
        for (QByteArray &event : answer.events)
            event.prepend(": keep-alive" + behaviour.lineEnd + behaviour.lineEnd);
    }
    return answer;
}

QList<float> wireVector(const QString &text, qsizetype dimensions)
{
    QList<float> vector{float(words(text)), float(text.size())};
    for (qsizetype i = 1; vector.size() < dimensions; ++i)
        vector.append(float(i) * 0.125F);
    return vector.first(dimensions);
}
