// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/address_policy.h"
#include "shared/usage/token_usage.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

// Calls to language models, the same for every provider. Everything here belongs to the event-loop thread that made the
// provider.
namespace providers {

// A piece of a message that is more than one text.
struct ContentPart
{
    enum Kind {
        Text, // text
        Image, // data and mediaType, or url
        ToolCall, // of the assistant: id, name, arguments
        ToolResult, // for the assistant: id and name of the call, text, isError
    };
    Kind kind = Text;
    QString text;
    QByteArray data; // base64, as it came
    QString mediaType; // "image/png"
    QString url; // http or https
    QString detail; // of an image: "low", "high" or "auto"; empty: not said
    QString id;
    QString name;
    QString arguments; // JSON, as the model wrote it: it may be invalid
    bool isError = false;
};

struct ChatMessage
{
    QString role; // "system", "user", "assistant", or "tool" with results of tools only
    QString content;
    QList<ContentPart> parts = {}; // instead of `content` where there are any
};

// A function that the model may ask for.
struct Tool
{
    QString name;
    QString description;
    QJsonObject parameters; // a JSON schema
    std::optional<bool> strict = {};
};

struct ToolChoice
{
    enum Kind { Auto, None, Required, Named };
    Kind kind = Auto;
    QString name = {}; // of the one to call
};

struct ModelRequest
{
    QString model; // the provider's own name of it, without "provider/"
    QList<ChatMessage> messages;
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int> maxTokens;
    QStringList stop;
    QJsonObject
        responseFormat; // empty, or {"type": "text" | "json_object" | "json_schema", "schema": {…}, "name": "…"}
    QList<Tool> tools = {};
    std::optional<ToolChoice> toolChoice = {};
    std::optional<bool> parallelToolCalls = {};
    std::optional<int> topK = {};
    std::optional<qint64> seed = {};
    std::optional<double> presencePenalty = {};
    std::optional<double> frequencyPenalty = {};
    QString reasoningEffort = {}; // "none", "minimal", "low", "medium", "high" …; empty: not said
    QString endUser = {}; // who is behind the call, for the provider's watch over abuse
    bool stream = true;
    QByteArray callId; // our own name of the call, sent as X-Client-Request-Id; empty: none
    QByteArray apiKey;
    QUrl baseUrl; // empty: the provider's own
    AddressPolicy addresses = AddressPolicy::Any; // PublicOnly where a tenant chose the base URL
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds firstByteTimeout{
        30'000}; // to the first byte of the answer; without stream, to the answer
    std::chrono::milliseconds idleTimeout{60'000}; // between two bytes of the answer
    std::chrono::milliseconds totalTimeout{900'000}; // to the end of the answer
    qsizetype answerLimit = defaultAnswerLimit; // UTF-16 units of text; the bytes around it are bounded accordingly

    static constexpr qsizetype defaultAnswerLimit = 1024 * 1024; // twice what the largest models write at once
};

// What a model asks to be done. `arguments` is JSON as the model wrote it, which may be invalid.
struct ToolCall
{
    QString id; // made here where the provider gives none
    QString name;
    QString arguments;
};

// The next piece of a call of a tool. The first of an index brings id and name; pieces of several may interleave.
struct ToolCallDelta
{
    int index = 0; // among the calls of this answer
    QString id;
    QString name;
    QString arguments; // to be added
};

struct ModelAnswer
{
    QString text;
    QList<ToolCall> toolCalls = {};
    QString finishReason; // "stop", "length", "content_filter" or "tool_calls"
    QString model; // as the provider names what answered
    QString providerRequestId; // for its support
    TokenUsage usage;
    bool usageEstimated = false; // the provider did not say; counted with estimateTokens()
    qint64 firstTokenMs = 0; // from start() to the first text
    qint64 totalMs = 0;
};

// Why a call failed. `code` is the stable name of `kind` for programs and storage, `message` a sentence for people that
// never holds a key or the prompt.
struct CallError
{
    enum Kind { // retryable, unless the provider says otherwise:
        InvalidRequest, //   no   400, 422 and other 4xx; a parameter that the provider cannot honour
        NotConfigured, //    no   no key, or one that cannot be sent; a base URL that is none
        Authentication, //   no   401
        PermissionDenied, // no   403
        NotFound, //         no   404: no such model
        QuotaExhausted, //   no   402, and 429 with a code that says that the money ran out
        RateLimited, //      yes  429
        Conflict, //         yes  409
        Overloaded, //       yes  503, 529
        ProviderFailed, //   yes  the other 5xx
        Timeout, //          yes  408, 504; ours for the connection, the first byte, and between bytes
        ConnectionFailed, // yes  no such host, refused, unreachable
        CertificateRefused, // no
        AddressRefused, //   no   not a public address, where the policy asks for one
        BrokenAnswer, //     yes  the connection or the stream ended before the answer did
        MalformedAnswer, //  no   not the provider's format; it was paid for, and would be again
        AnswerTooLarge, //   no
    };
    Kind kind = ProviderFailed;
    int httpStatus = 0; // 0: no answer
    QString code;
    QString message;
    QString providerCode; // the provider's own, such as "insufficient_quota"
    bool retryable = false;
    std::optional<std::chrono::milliseconds> retryAfter; // as the provider asked, at most a day
    QString providerRequestId;
    bool reachedProvider = false; // the request was sent, so the provider may have done work and may charge for it
    std::optional<TokenUsage> usage; // set when an answer had begun: what it had consumed
    bool usageEstimated = false; // all or a part of that was counted with estimateTokens()
    QString partialText; // of the answer, before it broke
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;

    static CallError make(Kind kind, const QString &message);
};

// What a call tells: any number of texts and pieces of tool calls, then exactly one of done and failed. Never called
// inside start(). Each may destroy the call.
struct CallEvents
{
    std::function<void(const QString &delta)> text;
    std::function<void(const ToolCallDelta &delta)> toolCall = {};
    std::function<void(const ModelAnswer &)> done;
    std::function<void(const CallError &)> failed;
};

// A call under way. Destroying or canceling it closes the connection, so that the provider stops; no event follows.
class Call
{
public:
    Call() = default;
    virtual ~Call() = default;
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    virtual void cancel() = 0;

    // For who cannot take more just now: until resume() the provider is not read, and hardly anything is told.
    virtual void pause() = 0;
    virtual void resume() = 0;

    // What has been consumed by now, for a call that is about to be canceled; nothing before the answer has begun.
    struct Progress
    {
        std::optional<TokenUsage> usage;
        QString partialText;
        bool reachedProvider = false; // as in CallError
    };
    virtual Progress progress() const = 0;
};

// Vectors for texts.
struct EmbeddingRequest
{
    ModelRequest access; // of this count the model and how to reach the provider
    QStringList texts; // at least one
    std::optional<int> dimensions = {};
};

struct EmbeddingAnswer
{
    QList<QList<float>> vectors; // one for each text, in order
    QString model;
    QString providerRequestId;
    TokenUsage usage;
    bool usageEstimated = false;
    qint64 totalMs = 0;
    std::optional<CallError> error = {};
};

// Which models a provider says that it has, or why it could not be asked.
struct ModelListing
{
    QStringList models; // the provider's own names, at most 500
    std::optional<CallError> error;
};

class Provider
{
public:
    Provider() = default;
    virtual ~Provider() = default;
    Provider(const Provider &) = delete;
    Provider &operator=(const Provider &) = delete;

    virtual QString name() const = 0; // as in "provider/model-name"
    virtual bool takesEndUser() const { return true; } // whether its format has a place for ModelRequest::endUser
    virtual bool takesOneCallOnly() const { return true; } // the same for parallelToolCalls = false

    // Must outlive the call.
    [[nodiscard]] virtual std::unique_ptr<Call> start(const ModelRequest &request, CallEvents events) = 0;

    // Asks for the models: the cheapest request that shows whether a key works. Of the request counts how to reach the
    // provider. Tells once, never inside; dropping the handle stops it.
    [[nodiscard]] virtual std::shared_ptr<void> list(const ModelRequest &request,
                                                     std::function<void(const ModelListing &)> done) = 0;

    // Makes vectors of texts, or tells in the answer's `error` why not. Tells once, never inside; dropping the handle
    // stops it.
    [[nodiscard]] virtual std::shared_ptr<void> embed(const EmbeddingRequest &request,
                                                      std::function<void(const EmbeddingAnswer &)> done) = 0;
};

} // namespace providers
