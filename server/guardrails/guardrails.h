// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/masker.h"
#include "server/guardrails/pattern_list.h"
#include "server/providers/provider.h"
#include "shared/error.h"

namespace guardrails {

// What a tenant's settings let through the gateway, ready for use: their patterns compiled, once for many calls.
// Unchanging, any thread. What was found is told by its rule and its number, never by the text.
class Guardrails
{
public:
    explicit Guardrails(const GatewaySettings &settings);

    // What keeps settings from being saved, by JSON pointers such as /deniedPatterns/3.
    static QList<json::Problem> problems(const GatewaySettings &settings);

    // A request before it leaves: its size, the patterns, and then the masks, in place. Texts are the messages of all
    // roles, results of tools and arguments of their calls, of which the values of strings are masked; pictures are
    // left alone, and so are the definitions of tools. The name of the end user is masked too.
    // Throws ApiError with the code `guardrail`: 400 for the size, 403 for a pattern.
    MaskCounts check(providers::ModelRequest &request) const;
    // The same for texts of which vectors are to be made; nothing is required of them.
    MaskCounts check(providers::EmbeddingRequest &request) const;
    // Whether that takes less than some milliseconds, so that it may be done on an I/O thread.
    bool isQuick(const providers::ModelRequest &request) const;
    bool isQuick(const providers::EmbeddingRequest &request) const;
    bool guardsRequests() const;

    // A body of JSON for storage, masked as its request was. Strings that are pictures in base64 are left alone.
    QByteArray maskedBody(const QByteArray &json) const;

    // For answers: see AnswerGuard.
    bool guardsAnswers() const;
    bool isQuick(const providers::ModelAnswer &answer) const; // as with requests
    const PatternList &denied() const { return m_denied; }
    QList<MaskKind> answerMasks() const { return m_settings.masksAnswers ? m_settings.masks : QList<MaskKind>(); }
    std::optional<int> mostAnswerCharacters() const { return m_settings.mostAnswerCharacters; }
    // Refusals: 403 for the denied pattern of that index, 400 for others.
    static ApiError deniedIn(QLatin1StringView what, qsizetype index);
    static ApiError tooLong(QLatin1StringView what, const char *rule, int most);
    static ApiError tooMuchWork(QLatin1StringView what);

    static constexpr qsizetype mostSteps = 400'000'000; // of all patterns in one request or answer: a second or so

private:
    static bool isQuick(qsizetype characters, qsizetype effort);
    qsizetype effortOfRequests() const;
    void requireUsable() const;
    void checkSize(qsizetype characters) const;
    void checkDenied(const QString &text, qsizetype &steps) const;
    void checkRequired(const providers::ModelRequest &request, qsizetype &steps) const;

    const GatewaySettings m_settings;
    const PatternList m_denied;
    const PatternList m_required;
    const QList<json::Problem> m_broken;
};

// Masks the values of the strings in the arguments of a tool's call; what is no JSON, as one text.
void maskArguments(QString &arguments, Masker &masker);

} // namespace guardrails
