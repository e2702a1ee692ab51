// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/patterns/pattern.h"

#include <optional>

namespace patterns {

// Regular expression to program, by recursive descent:
//   alternatives = sequence ("|" sequence)*    sequence = (atom quantifier?)*    atom = "(" … ")" | "[" … "]" | "\" … |
//   character
class PatternCompiler
{
public:
    PatternCompiler(const QString &text, Characters characters, Options options);

    bool run(); // false: see problem()
    const QString &problem() const { return m_problem; }
    qsizetype problemAt() const { return m_problemAt; }
    Program &program() { return m_program; }

private:
    using Code = Program;

    Code alternatives(int depth);
    Code sequence(int depth);
    Code atom(int depth);
    Code group(int depth);
    Code quantified(const Code &atom);
    Code repeated(const Code &atom, int least, int most); // most < 0: no end
    Code escape();
    Code character(char32_t c);
    void skipName();
    Instruction characterClass();
    bool classEscape(char32_t c, std::vector<Range> &ranges);
    char32_t escapedCharacter(char32_t c);
    char32_t hexadecimal(int digits);
    std::optional<int> number();

    bool atEnd() const { return m_at >= m_text.size(); }
    char32_t peek() const { return atEnd() ? U'\0' : char32_t(m_text[m_at]); }
    bool accept(char32_t c);
    void fail(const QString &problem);
    void append(Code &code, const Code &more);

    QList<uint> m_text;
    Characters m_characters;
    Options m_options;
    qsizetype m_at = 0;
    QList<QList<uint>> m_names; // of groups
    QString m_problem;
    qsizetype m_problemAt = 0;
    Code m_program;
};

} // namespace patterns
