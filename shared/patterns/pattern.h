// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QString>
#include <QStringView>

#include <memory>
#include <optional>
#include <vector>

namespace patterns {

class Automaton;

// With JavaScript's flag u, as JSON Schema has it, a character is a code point; without, a unit of UTF-16.
enum class Characters { CodePoints, Units };

enum class Option { IgnoreCase = 1, MultiLine = 2, DotAll = 4 };
Q_DECLARE_FLAGS(Options, Option)
Q_DECLARE_OPERATORS_FOR_FLAGS(Options)
std::optional<Options> optionsOf(QStringView flags); // "i", "m", "s", each once; nothing: others

struct Range
{
    char32_t from, to;
};

struct Syntax;

struct Instruction
{
    enum Kind { Character, Split, Jump, Begin, End, WordEdge, NoWordEdge, Accept } kind;
    int to = 0; // Split and Jump; a Split also goes on with the next instruction
    bool negated = false; // Character: anything but the ranges
    std::vector<Range> ranges = {};

    bool takes(char32_t c) const;
};
using Program = std::vector<Instruction>;

// A regular expression (ECMA-262, not anchored), matched by following all alternatives at once (Thompson, 1968), so
// that no pattern can be made to take exponential time. Look-around and back references, which this cannot do, are
// refused, as is what JavaScript takes only for the sake of old pages. What is accepted means what it means to
// JavaScript.
class Pattern
{
public:
    explicit Pattern(const QString &text, Characters characters = Characters::CodePoints, Options options = {});
    Pattern(Pattern &&) noexcept;
    ~Pattern();

    // What is wrong with the pattern; empty: it may be used.
    const QString &problem() const { return m_problem; }
    qsizetype problemAt() const { return m_problemAt; } // the number of the character

    enum class Outcome { Found, NotFound, TooLong };
    // Looks for the pattern anywhere in the text. `steps` is what may still be spent and is reduced.
    Outcome search(QStringView text, qsizetype &steps) const;

    // The same to the end, however long it takes: at most as many steps as the pattern is long for each character.
    bool isIn(QStringView text) const;

    // The most steps that a character can take.
    qsizetype effort() const { return m_automaton ? 1 : qsizetype(m_program.size()); }

private:
    friend class Search;
    void compile(const Syntax &syntax);
    void compileRepetition(const Syntax &syntax);

    Program m_program;
    Characters m_characters;
    bool m_multiLine;
    std::unique_ptr<const Automaton> m_automaton; // of patterns in units, unless it would be too large
    QString m_problem;
    qsizetype m_problemAt = 0;
};

} // namespace patterns
