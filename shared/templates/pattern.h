// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <vector>

namespace templates {

// A regular expression as JSON Schema has it (ECMA-262 with the u flag, not anchored), matched by following all
// alternatives at once (Thompson, 1968), so that no pattern can be made to take exponential time. Look-around and back
// references, which this cannot do, are refused.
class Pattern
{
public:
    explicit Pattern(const QString &text);

    // What is wrong with the pattern; empty: it may be used.
    const QString &problem() const { return m_problem; }

    enum class Outcome { Found, NotFound, TooLong };
    // Looks for the pattern anywhere in the text. `steps` is what may still be spent and is reduced.
    Outcome search(QStringView text, qsizetype &steps) const;

private:
    struct Range
    {
        char32_t from, to;
    };
    struct Instruction
    {
        enum Kind { Character, Split, Jump, Begin, End, WordEdge, NoWordEdge, Accept } kind;
        int to = 0; // Split and Jump; a Split also goes on with the next instruction
        bool negated = false; // Character: anything but the ranges
        std::vector<Range> ranges = {};
    };
    friend class PatternCompiler;

    std::vector<Instruction> m_program;
    QString m_problem;
};

} // namespace templates
