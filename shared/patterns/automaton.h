// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/patterns/pattern.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace patterns {

// A program as a table that is followed from unit to unit, one step for each, whatever the pattern. Made from programs
// without word edges whose table stays small.
class Automaton
{
public:
    static std::unique_ptr<const Automaton> make(const Program &program); // nullptr: not from this one

    bool isIn(QStringView text) const;

    // Step by step.
    using Number = std::uint16_t; // of a state
    static constexpr Number begin = 0;
    Number idle() const { return m_idle; } // where nothing read so far can be part of a match to come
    Number next(Number state, char16_t unit) const;
    bool accepts(Number state) const { return m_states[state].accepts; }
    bool acceptsAtEnd(Number state) const { return m_states[state].accepts || m_states[state].acceptsAtEnd; }

private:
    using Set = std::vector<int>; // of instructions, ascending

    Set closure(const Program &program, Set from, bool atBegin, bool atEnd) const;
    std::uint8_t classOf(char16_t unit) const;

    struct State
    {
        bool accepts = false;
        bool acceptsAtEnd = false;
    };
    std::array<std::uint8_t, 128> m_ascii{}; // unit to class
    std::vector<char16_t> m_firsts; // the first unit of each class of neighbours, ascending
    std::vector<State> m_states; // the first is where it begins
    std::vector<Number> m_next; // state × class
    Number m_idle = 0;
};

} // namespace patterns
