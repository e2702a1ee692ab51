// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/pattern.h"

#include <optional>

namespace templates {

// Regular expression to program, by recursive descent:
//   alternatives = sequence ("|" sequence)*    sequence = (atom quantifier?)*    atom = "(" … ")" | "[" … "]" | "\" … |
//   character
class PatternCompiler
{
public:
    explicit PatternCompiler(const QString &text);

    bool run(); // false: see problem()
    const QString &problem() const { return m_problem; }
    std::vector<Pattern::Instruction> &program() { return m_program; }

private:
    using Instruction = Pattern::Instruction;
    using Range = Pattern::Range;
    using Code = std::vector<Instruction>;

    Code alternatives(int depth);
    Code sequence(int depth);
    Code atom(int depth);
    Code group(int depth);
    Code quantified(const Code &atom);
    Code repeated(const Code &atom, int least, int most); // most < 0: no end
    Code escape();
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
    qsizetype m_at = 0;
    QString m_problem;
    Code m_program;
};

} // namespace templates
