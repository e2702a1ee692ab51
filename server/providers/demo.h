// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

namespace providers {

// Answers without a network or a key, says that it is a demo, and gives the same answer to the same request. The answer
// repeats the last message of the user. Tokens are counted with estimateTokens(), for input with tokensForEachMessage.
//
//   demo/echo   a word at a time, 25 ms apart, as a provider would stream it
//   demo/fast   all at once
//   demo/slow   a word at a time, 250 ms apart
//
// Where the last message of the user has "call NAME", with the name of a tool that is offered, the answer calls it with
// the arguments {}; so it does where a tool must be called. What tools answered is repeated. Vectors are demoVector().
//
// maxTokens cuts the answer off as a provider does, with the reason "length"; temperature, topP, stop, responseFormat
// and their like have no effect.
class Demo : public Provider
{
public:
    static constexpr int defaultDimensions = 256;
    static constexpr int mostDimensions = 4096;

    static QStringList models(); // without "demo/"
    static std::optional<std::chrono::milliseconds> betweenWords(const QString &model); // 0: all at once
    // What a call answers, with the times that it takes when nothing holds it up.
    static ModelAnswer answer(const ModelRequest &request);

    QString name() const override { return QStringLiteral("demo"); }
    [[nodiscard]] std::unique_ptr<Call> start(const ModelRequest &request, CallEvents events) override;
    [[nodiscard]] std::shared_ptr<void> list(const ModelRequest &request,
                                             std::function<void(const ModelListing &)> done) override;
    [[nodiscard]] std::shared_ptr<void> embed(const EmbeddingRequest &request,
                                              std::function<void(const EmbeddingAnswer &)> done) override;
};

} // namespace providers
