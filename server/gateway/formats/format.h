// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/dialect.h"
#include "server/providers/provider.h"

#include <QDateTime>

#include <memory>

// The formats in which programs ask the gateway. What they ask becomes the one kind of request that every provider
// serves, and what the provider tells becomes bytes of the program's format again. No state, any thread.
namespace gateway {

struct Incoming
{
    providers::ModelRequest request; // the model as the program named it
    bool wantsUsage = false; // OpenAI: in a stream, usage comes only where it is asked for
    QStringList unheard; // JSON pointers of members that have no place in the request: told to the program in a header
    QJsonObject echo; // OpenAI's responses: what the answer repeats of the request
};

// What an answer says of itself.
struct AnswerHead
{
    QString id; // of the call
    QDateTime createdAt;
    QString model; // as the program named it
    qint64 promptTokens = 0; // estimated; Anthropic's streams begin with a count
};

// Makes the bytes of one answer: either whole(), or begin(), any number of texts and tool calls, and then one of done()
// and failed().
class AnswerWriter
{
public:
    AnswerWriter() = default;
    virtual ~AnswerWriter() = default;
    AnswerWriter(const AnswerWriter &) = delete;
    AnswerWriter &operator=(const AnswerWriter &) = delete;

    virtual QByteArray whole(const providers::ModelAnswer &answer) = 0;

    virtual QByteArray streamType() const { return "text/event-stream; charset=utf-8"; }
    virtual QByteArray begin() = 0;
    virtual QByteArray text(const QString &delta) = 0;
    virtual QByteArray toolCall(const providers::ToolCallDelta &delta) = 0;
    virtual QByteArray done(const providers::ModelAnswer &answer) = 0;
    virtual QByteArray failed(const ApiError &error) = 0;
};

class Format
{
public:
    Format() = default;
    virtual ~Format() = default;
    Format(const Format &) = delete;
    Format &operator=(const Format &) = delete;

    virtual Dialect dialect() const = 0; // of its errors
    virtual QLatin1StringView home() const = 0; // the provider of a model that is named without one
    virtual QLatin1StringView endUserPointer() const = 0; // where a request names who is behind it
    virtual QLatin1StringView oneCallPointer() const = 0; // where it asks for one call of a tool at a time
    // Throws ApiError 400 with a pointer to the member that is wrong.
    virtual Incoming read(const QJsonObject &body) const = 0;
    virtual std::unique_ptr<AnswerWriter> writer(const Incoming &incoming, AnswerHead head) const = 0;
};

const Format &openAiChat(); // POST /v1/chat/completions
const Format &openAiResponses(); // POST /v1/responses
const Format &anthropicMessages(); // POST /v1/messages

// Google's MODEL:generateContent, and MODEL:streamGenerateContent with alt=sse and without: then it is a list that
// grows.
enum class GoogleAnswer { Whole, Events, List };
const Format &googleContent(GoogleAnswer answer);

} // namespace gateway
