// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/guardrails.h"

#include <map>
#include <memory>

namespace guardrails {

// Watches over one answer on its way to the program, streamed or whole. What is said in the end does not depend on how
// the answer came.
//
// What is guaranteed of denied patterns while an answer is streamed: a text that has one is never passed on whole, at
// least its last character is missing. Nothing of it is passed on when it is at most `longestHeld` characters long,
// counted from where the pattern began to fit; so far text is held back as long as it fits. Longer ones have gone out
// up to there. Text before it has gone out by then, and is not taken back. Each character is looked at once by each
// pattern, with a bounded number of steps.
//
// Calls of tools are held back to the end, where there are patterns or masks for answers: they are of no use before.
// Not thread-safe; one for each answer.
class AnswerGuard
{
public:
    explicit AnswerGuard(std::shared_ptr<const Guardrails> rules);

    // What may be passed on now. With a refusal it is nothing, and the answer has ended: the provider may be stopped.
    struct Passed
    {
        QString text = {};
        QList<providers::ToolCallDelta> toolCalls = {};
        std::optional<ApiError> refusal = {};
    };
    Passed feed(const QString &delta);
    Passed feed(const providers::ToolCallDelta &delta);
    Passed finish();

    // A whole answer, in place. A refusal leaves it as it was.
    static std::optional<ApiError> guard(std::shared_ptr<const Guardrails> rules, providers::ModelAnswer &answer,
                                         MaskCounts *counts = nullptr);

    const MaskCounts &counts() const { return m_masker.counts(); }
    static constexpr qsizetype longestHeld = 512;

private:
    struct Refused
    {
        qsizetype at = 0; // units of this piece that were read until then
        ApiError error;
    };
    std::optional<Refused> search(const QString &delta);
    std::optional<Refused> overSize(qsizetype units);
    Passed refuse(const ApiError &error);
    std::optional<ApiError> checkToolCalls();

    const std::shared_ptr<const Guardrails> m_rules;
    const bool m_holdsToolCalls;
    std::vector<patterns::Search> m_searches;
    Masker m_masker;
    QString m_held; // read, not yet given to the masks
    std::map<int, providers::ToolCallDelta> m_toolCalls;
    qsizetype m_characters = 0;
    qsizetype m_steps = Guardrails::mostSteps;
    bool m_isRefused = false;
};

} // namespace guardrails
