// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/answer_guard.h"

#include "server/guardrails/json_strings.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using patterns::Search;
using providers::ModelAnswer;
using providers::ToolCall;
using providers::ToolCallDelta;

namespace guardrails {
namespace {

constexpr auto answerName = "The answer"_L1;

} // namespace

AnswerGuard::AnswerGuard(std::shared_ptr<const Guardrails> rules)
    : m_rules(std::move(rules)),
      m_holdsToolCalls(!m_rules->denied().isEmpty() || !m_rules->answerMasks().isEmpty()),
      m_searches(m_rules->denied().searches()),
      m_masker(m_rules->answerMasks())
{
}

AnswerGuard::Passed AnswerGuard::refuse(const ApiError &error)
{
    m_isRefused = true;
    m_held.clear();
    m_toolCalls.clear();
    return {.refusal = error};
}

// The pattern that is found after the fewest units, so that it is the same one however the answer comes.
std::optional<AnswerGuard::Refused> AnswerGuard::search(const QString &delta)
{
    std::optional<Refused> first;
    for (std::size_t i = 0; i < m_searches.size(); ++i) {
        const qsizetype before = m_searches[i].unitsRead();
        const Search::Outcome outcome = m_searches[i].feed(delta, m_steps);
        if (outcome == Search::Outcome::TooLong)
            return Refused{0, Guardrails::tooMuchWork(answerName)};
        const qsizetype at = m_searches[i].unitsRead() - before;
        if (outcome == Search::Outcome::Found && (!first || at < first->at))
            first = Refused{at, Guardrails::deniedIn(answerName, qsizetype(i))};
    }
    return first;
}

std::optional<AnswerGuard::Refused> AnswerGuard::overSize(qsizetype units)
{
    const auto most = m_rules->mostAnswerCharacters();
    const qsizetype before = m_characters;
    m_characters += units;
    if (!most || m_characters <= *most)
        return std::nullopt;
    return Refused{*most - before + 1, Guardrails::tooLong(answerName, "mostAnswerCharacters", *most)};
}

AnswerGuard::Passed AnswerGuard::feed(const QString &delta)
{
    if (m_isRefused || delta.isEmpty())
        return {};
    std::optional<Refused> refused = search(delta);
    if (const auto size = overSize(delta.size()); size && (!refused || size->at < refused->at))
        refused = size;
    if (refused)
        return refuse(refused->error);
    m_held.append(delta);
    qsizetype held = 0;
    for (const Search &search : m_searches)
        held = std::max(held, search.unitsUnderWay());
    qsizetype passed = m_held.size() - std::min(held, longestHeld);
    if (passed > 0 && m_held[passed - 1].isHighSurrogate())
        --passed; // a character goes as one
    if (passed <= 0)
        return {};
    const QString text = m_masker.feed(QStringView(m_held).left(passed));
    m_held.remove(0, passed);
    return {.text = text};
}

AnswerGuard::Passed AnswerGuard::feed(const ToolCallDelta &delta)
{
    if (m_isRefused)
        return {};
    if (const auto refused = overSize(delta.arguments.size()))
        return refuse(refused->error);
    if (!m_holdsToolCalls)
        return {.toolCalls = {delta}};
    ToolCallDelta &whole = m_toolCalls[delta.index];
    whole.index = delta.index;
    whole.id += delta.id;
    whole.name += delta.name;
    whole.arguments += delta.arguments;
    return {};
}

std::optional<ApiError> AnswerGuard::checkToolCalls()
{
    for (const auto &[index, call] : m_toolCalls) {
        const auto [pattern, isTooLong] = m_rules->denied().firstIn(decodedJson(call.arguments), m_steps);
        if (isTooLong)
            return Guardrails::tooMuchWork(answerName);
        if (pattern)
            return Guardrails::deniedIn(answerName, *pattern);
    }
    return std::nullopt;
}

AnswerGuard::Passed AnswerGuard::finish()
{
    if (m_isRefused)
        return {};
    for (std::size_t i = 0; i < m_searches.size(); ++i)
        if (m_searches[i].finish(m_steps) == Search::Outcome::Found)
            return refuse(Guardrails::deniedIn(answerName, qsizetype(i)));
    if (const auto error = checkToolCalls())
        return refuse(*error);
    Passed rest;
    rest.text = m_masker.feed(m_held);
    rest.text += m_masker.finish();
    m_held.clear();
    for (auto &[index, call] : m_toolCalls) {
        if (!m_rules->answerMasks().isEmpty())
            maskArguments(call.arguments, m_masker);
        rest.toolCalls.append(call);
    }
    m_toolCalls.clear();
    return rest;
}

std::optional<ApiError> AnswerGuard::guard(std::shared_ptr<const Guardrails> rules, ModelAnswer &answer,
                                           MaskCounts *counts)
{
    AnswerGuard guard(std::move(rules));
    const auto failed = [](const Passed &passed) { return passed.refusal; };
    Passed text = guard.feed(answer.text);
    if (failed(text))
        return text.refusal;
    QList<ToolCallDelta> calls;
    for (qsizetype i = 0; i < answer.toolCalls.size(); ++i) {
        const ToolCall &call = answer.toolCalls[i];
        const Passed passed = guard.feed(ToolCallDelta{int(i), call.id, call.name, call.arguments});
        if (failed(passed))
            return passed.refusal;
        calls += passed.toolCalls;
    }
    const Passed rest = guard.finish();
    if (failed(rest))
        return rest.refusal;
    calls += rest.toolCalls;
    answer.text = text.text + rest.text;
    for (const ToolCallDelta &call : std::as_const(calls))
        answer.toolCalls[call.index].arguments = call.arguments;
    if (counts)
        *counts += guard.counts();
    return std::nullopt;
}

} // namespace guardrails
