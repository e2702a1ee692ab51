// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"

#include <optional>

// What assertions say of an answer. Pure functions: the server scores runs with them, the client tries one on a text.
// Time is bounded: in proportion to the texts, and for edit distances by longestCompared.
namespace evaluations {

// What is known of an answer.
struct Answer
{
    QString output;
    std::optional<QString> expected; // of its case
    QString finishReason; // "content_filter": the provider itself refused
    std::optional<qint64> latencyMs;
    std::optional<qint64> costNanos;
};

double defaultThreshold(AssertionKind kind);

// What stands in the way of using it, with pointers below `pointer`: a member that its kind needs or does not read, a
// pattern, path or schema that is none.
QList<json::Problem> problems(const Assertion &assertion, const QString &pointer = {});
QList<json::Problem> problems(const QList<Assertion> &assertions, const QString &pointer);

// Texts are compared without the white space around them, in Unicode's normal form C. A rubric stays pending.
AssertionResult evaluate(const Assertion &assertion, const Answer &answer);

// A rubric by what its judge wrote: JSON {"score": 0 to 1, "reason": …} or {"pass": true}, also within a code block, or
// a number alone. Anything else does not pass, whether negated or not.
AssertionResult judged(const Assertion &assertion, const QString &judgement);
// When the judge could not be asked.
AssertionResult notJudged(const Assertion &assertion, const QString &why);

// Of all assertions of an answer together: the mean of their scores by weight; absent where none has a weight.
struct Score
{
    std::optional<double> score;
    bool passed = false;
};
// With a pass score the mean decides, otherwise each assertion with a weight must have passed.
Score total(const QList<AssertionResult> &results, const std::optional<double> &passScore);

// Whether a model declined to answer, by how its answer begins (English and Portuguese).
bool isRefusal(const QString &output);

// A call of a tool that the output holds as JSON: {"name", "arguments"}, OpenAI's tool_calls and Anthropic's tool_use,
// alone or in a list. Jobs offer no tools to models, so that calls come as text.
struct WrittenToolCall
{
    QString name;
    QJsonObject arguments;
};
QList<WrittenToolCall> toolCalls(const QString &output);

} // namespace evaluations
