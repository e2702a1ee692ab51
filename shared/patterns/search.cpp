// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/search.h"

#include "shared/patterns/automaton.h"

#include <utility>

namespace patterns {
namespace {

bool isWord(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'_';
}

bool isLineEnd(char32_t c) { return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029; }

} // namespace

void Search::begin(const Pattern &pattern, With with)
{
    m_pattern = &pattern;
    m_automaton = with == With::Fastest ? pattern.m_automaton.get() : nullptr;
    m_state = Automaton::begin;
    m_unitsRead = m_idleAt = 0;
    m_now.clear();
    m_seenAt.assign(m_automaton ? 0 : pattern.m_program.size(), -1);
    m_position = 0;
    m_before = m_current = none;
    m_high = 0;
    m_isAccepted = false;
}

Search::Outcome Search::feed(QStringView piece, qsizetype &steps)
{
    if (m_automaton)
        return feedAutomaton(piece, steps);
    for (const QChar c : piece) {
        ++m_unitsRead;
        const char16_t unit = c.unicode();
        Outcome outcome = Outcome::NotFound;
        if (m_high && QChar::isLowSurrogate(unit)) {
            outcome = take(QChar::surrogateToUcs4(std::exchange(m_high, u'\0'), unit), 2, steps);
        } else {
            if (m_high)
                outcome = take(std::exchange(m_high, u'\0'), 2, steps);
            if (outcome == Outcome::NotFound) {
                if (m_pattern->m_characters == Characters::CodePoints && QChar::isHighSurrogate(unit))
                    m_high = unit;
                else
                    outcome = take(unit, 1, steps);
            }
        }
        if (outcome != Outcome::NotFound)
            return outcome;
    }
    return Outcome::NotFound;
}

Search::Outcome Search::feedAutomaton(QStringView piece, qsizetype &steps)
{
    if (m_automaton->accepts(m_state))
        return Outcome::Found;
    const qsizetype before = m_unitsRead;
    for (const QChar c : piece) {
        m_state = m_automaton->next(m_state, c.unicode());
        ++m_unitsRead;
        if (m_state == m_automaton->idle())
            m_idleAt = m_unitsRead;
        else if (m_automaton->accepts(m_state))
            break;
    }
    steps -= m_unitsRead - before;
    return m_automaton->accepts(m_state) ? Outcome::Found : steps < 0 ? Outcome::TooLong : Outcome::NotFound;
}

Search::Outcome Search::finish(qsizetype &steps)
{
    if (m_automaton)
        return m_automaton->acceptsAtEnd(m_state) ? Outcome::Found : Outcome::NotFound;
    if (m_high)
        if (const Outcome outcome = take(std::exchange(m_high, u'\0'), 1, steps); outcome != Outcome::NotFound)
            return outcome;
    if (m_current != none)
        if (const Outcome outcome = process(none, steps); outcome != Outcome::NotFound)
            return outcome;
    m_current = none;
    add(m_now, 0, m_position, m_before, none, steps);
    return m_isAccepted ? Outcome::Found : Outcome::NotFound;
}

// `units`: how many of the last read ones are not before the character.
Search::Outcome Search::take(char32_t c, qsizetype units, qsizetype &steps)
{
    const Outcome outcome = m_current == none ? Outcome::NotFound : process(c, steps);
    if (m_now.empty()) // so it begins with this character at the earliest
        m_idleAt = m_unitsRead - units;
    m_current = c;
    return outcome;
}

// The character that was kept back, with the one after it known.
Search::Outcome Search::process(char32_t after, qsizetype &steps)
{
    add(m_now, 0, m_position, m_before, m_current, steps); // a match may begin anywhere
    if (m_isAccepted)
        return Outcome::Found;
    if (steps < 0)
        return Outcome::TooLong;
    m_next.clear();
    for (const int index : m_now) {
        const Instruction &step = m_pattern->m_program[std::size_t(index)];
        steps -= qsizetype(step.ranges.size());
        if (step.takes(m_current))
            add(m_next, index + 1, m_position + 1, m_current, after, steps);
        if (m_isAccepted)
            return Outcome::Found;
    }
    std::swap(m_now, m_next);
    ++m_position;
    m_before = m_current;
    return Outcome::NotFound;
}

void Search::add(std::vector<int> &set, int start, qsizetype position, char32_t before, char32_t after,
                 qsizetype &steps)
{
    m_pending.assign(1, start);
    while (!m_pending.empty()) {
        const int index = m_pending.back();
        m_pending.pop_back();
        if (m_seenAt[std::size_t(index)] == position)
            continue;
        m_seenAt[std::size_t(index)] = position;
        --steps;
        const Instruction &step = m_pattern->m_program[std::size_t(index)];
        switch (step.kind) {
        case Instruction::Character:
            set.push_back(index);
            continue;
        case Instruction::Accept:
            m_isAccepted = true;
            return;
        case Instruction::Jump:
            m_pending.push_back(step.to);
            continue;
        case Instruction::Split:
            m_pending.push_back(step.to);
            break;
        case Instruction::Begin:
            if (before != none && !(m_pattern->m_multiLine && isLineEnd(before)))
                continue;
            break;
        case Instruction::End:
            if (after != none && !(m_pattern->m_multiLine && isLineEnd(after)))
                continue;
            break;
        case Instruction::WordEdge:
            if (isWord(before) == isWord(after))
                continue;
            break;
        case Instruction::NoWordEdge:
            if (isWord(before) != isWord(after))
                continue;
            break;
        }
        m_pending.push_back(index + 1);
    }
}

} // namespace patterns
