// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/automaton.h"

#include <algorithm>
#include <map>
#include <set>

namespace patterns {
namespace {

constexpr std::size_t mostClasses = 64;
constexpr std::size_t mostStates = 256;

} // namespace

// The instructions that can be reached without a unit: those that wait for one, and Accept.
Automaton::Set Automaton::closure(const Program &program, Set from, bool atBegin, bool atEnd) const
{
    std::set<int> seen;
    Set waiting;
    while (!from.empty()) {
        const int index = from.back();
        from.pop_back();
        if (!seen.insert(index).second)
            continue;
        const Instruction &step = program[std::size_t(index)];
        switch (step.kind) {
        case Instruction::Character:
        case Instruction::Accept:
            waiting.push_back(index);
            continue;
        case Instruction::Jump:
            from.push_back(step.to);
            continue;
        case Instruction::Split:
            from.push_back(step.to);
            break;
        case Instruction::Begin:
            if (!atBegin)
                continue;
            break;
        case Instruction::End:
            if (!atEnd) {
                waiting.push_back(index); // for the end
                continue;
            }
            break;
        case Instruction::WordEdge:
        case Instruction::NoWordEdge:
            continue; // make() has refused them
        }
        from.push_back(index + 1);
    }
    std::sort(waiting.begin(), waiting.end());
    return waiting;
}

std::unique_ptr<const Automaton> Automaton::make(const Program &program)
{
    std::set<char32_t> firsts{0};
    for (const Instruction &step : program) {
        if (step.kind == Instruction::WordEdge || step.kind == Instruction::NoWordEdge)
            return nullptr;
        for (const Range range : step.ranges) {
            firsts.insert(range.from);
            firsts.insert(range.to + 1);
        }
    }
    firsts.erase(firsts.lower_bound(0x10000), firsts.end());
    if (firsts.size() > mostClasses)
        return nullptr;

    auto automaton = std::make_unique<Automaton>();
    automaton->m_firsts.assign(firsts.begin(), firsts.end());
    for (char16_t unit = 0; unit < automaton->m_ascii.size(); ++unit)
        automaton->m_ascii[unit] = automaton->classOf(unit);

    using Place = std::pair<bool, Set>; // at the beginning of the text or not
    std::map<Place, std::size_t> numbers;
    std::vector<const Set *> sets;
    const auto numberOf = [&](Set from, bool atBegin) {
        const auto [found, isNew] =
            numbers.try_emplace({atBegin, automaton->closure(program, std::move(from), atBegin, false)}, sets.size());
        if (isNew) {
            const auto accepts = [&](const Set &set) {
                return std::any_of(set.begin(), set.end(),
                                   [&](int index) { return program[std::size_t(index)].kind == Instruction::Accept; });
            };
            const Set &set = found->first.second;
            sets.push_back(&set);
            automaton->m_states.push_back({accepts(set), accepts(automaton->closure(program, set, atBegin, true))});
        }
        return Number(found->second);
    };
    numberOf({0}, true);
    automaton->m_idle = numberOf({0}, false);
    for (std::size_t state = 0; state < sets.size(); ++state) {
        for (const char16_t unit : automaton->m_firsts) {
            Set next{0}; // a match may begin anywhere
            for (const int index : *sets[state]) {
                const Instruction &step = program[std::size_t(index)];
                if (step.kind == Instruction::Character && step.takes(unit))
                    next.push_back(index + 1);
            }
            automaton->m_next.push_back(numberOf(std::move(next), false));
            if (sets.size() > mostStates)
                return nullptr;
        }
    }
    return automaton;
}

std::uint8_t Automaton::classOf(char16_t unit) const
{
    return std::uint8_t(std::upper_bound(m_firsts.begin(), m_firsts.end(), unit) - m_firsts.begin() - 1);
}

Automaton::Number Automaton::next(Number state, char16_t unit) const
{
    const std::uint8_t unitClass = unit < m_ascii.size() ? m_ascii[unit] : classOf(unit);
    return m_next[state * m_firsts.size() + unitClass];
}

bool Automaton::isIn(QStringView text) const
{
    Number state = begin;
    for (const QChar c : text) {
        if (accepts(state))
            return true;
        state = next(state, c.unicode());
    }
    return acceptsAtEnd(state);
}

} // namespace patterns
