// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/patterns/pattern.h"

namespace patterns {

// A search through a text that comes piece by piece. What it finds, and where, does not depend on where one piece ends
// and the next begins; each unit is looked at once.
class Search
{
public:
    using Outcome = Pattern::Outcome;
    enum class With { Fastest, Program };

    Search() = default;
    explicit Search(const Pattern &pattern) { begin(pattern); } // which must outlive it
    void begin(const Pattern &pattern, With with = With::Fastest);

    // `steps` is what may still be spent and is reduced. After Found and TooLong nothing more may be fed.
    Outcome feed(QStringView piece, qsizetype &steps);
    Outcome finish(qsizetype &steps);

    // How many units had to be read until it was found: at most one character more than the match has.
    qsizetype unitsRead() const { return m_unitsRead; }
    // How many of the last units may be part of a match to come, or are not decided yet. Units before them are part of
    // none, unless there is one that begins later as well.
    qsizetype unitsUnderWay() const { return m_unitsRead - m_idleAt; }

private:
    Outcome feedAutomaton(QStringView piece, qsizetype &steps);
    Outcome take(char32_t c, qsizetype units, qsizetype &steps);
    Outcome process(char32_t after, qsizetype &steps);
    void add(std::vector<int> &set, int start, qsizetype position, char32_t before, char32_t after, qsizetype &steps);

    static constexpr char32_t none = 0x110000; // beyond both ends

    const Pattern *m_pattern = nullptr;
    const Automaton *m_automaton = nullptr;
    std::uint16_t m_state = 0; // of the automaton
    qsizetype m_unitsRead = 0;
    qsizetype m_idleAt = 0; // what was read by then is part of nothing to come

    // Without an automaton: one character is kept back, because edges of words depend on the one after it.
    std::vector<int> m_now, m_next, m_pending;
    std::vector<qsizetype> m_seenAt; // each instruction stands in a set at most once
    qsizetype m_position = 0; // of the character that is kept back
    char32_t m_before = none;
    char32_t m_current = none;
    char16_t m_high = 0; // the first half of a character
    bool m_isAccepted = false;
};

} // namespace patterns
