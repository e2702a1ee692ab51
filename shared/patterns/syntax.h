// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/patterns/pattern.h"

namespace patterns {

// A regular expression as it was read.
struct Syntax
{
    enum Kind { Set, Sequence, Alternatives, Repetition, Begin, End, WordEdge, NoWordEdge } kind = Sequence;
    bool negated = false; // Set: any character but those of the ranges
    std::vector<Range> ranges = {};
    int least = 0; // Repetition of its one part
    int most = 0; // < 0: no end
    std::vector<Syntax> parts = {};
};

// Reads by recursive descent:
//   alternatives = sequence ("|" sequence)*    sequence = (atom quantifier?)*
//   atom = "(" … ")" | "[" … "]" | "\" … | character
class SyntaxReader
{
public:
    SyntaxReader(const QString &text, Characters characters, Options options);

    Syntax read();
    const QString &problem() const { return m_problem; } // empty: the whole text was read
    qsizetype problemAt() const { return m_problemAt; } // how many characters were read until then

private:
    Syntax alternatives(int depth);
    Syntax sequence(int depth);
    Syntax atom(int depth);
    Syntax group(int depth);
    Syntax quantified(Syntax atom, bool isGroup);
    Syntax escape();
    Syntax characterClass();
    Syntax set(std::vector<Range> ranges, bool negated = false) const;
    bool classEscape(char32_t c, std::vector<Range> &ranges);
    char32_t escapedCharacter(char32_t c);
    char32_t hexadecimal(int digits);
    std::optional<int> number();
    void skipName();

    bool atEnd() const { return m_at >= m_text.size(); }
    char32_t peek() const { return atEnd() ? U'\0' : char32_t(m_text[m_at]); }
    bool accept(char32_t c);
    void fail(const QString &problem);

    QList<uint> m_text;
    Characters m_characters;
    Options m_options;
    qsizetype m_at = 0;
    QList<QList<uint>> m_names; // of groups
    QString m_problem;
    qsizetype m_problemAt = 0;
};

} // namespace patterns
