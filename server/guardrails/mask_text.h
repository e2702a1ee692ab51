// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChar>
#include <QStringView>

namespace guardrails {

// A text that may still grow. Whoever looks beyond what is there so far learns nothing, and is noted: what was found
// out does not count then. So what counts is the same however the text came.
class MaskText
{
public:
    MaskText(QStringView text, bool isWhole, qsizetype &steps) : m_text(text), m_isWhole(isWhole), m_steps(steps) { }

    char16_t at(qsizetype i)
    {
        ++m_steps;
        if (i < 0)
            return 0;
        if (i < m_text.size())
            return m_text[i].unicode();
        m_lookedBeyond = m_lookedBeyond || !m_isWhole;
        return 0;
    }
    qsizetype size() const { return m_text.size(); }
    bool lookedBeyond() const { return m_lookedBeyond; }
    void forget() { m_lookedBeyond = false; }

private:
    const QStringView m_text;
    const bool m_isWhole;
    bool m_lookedBeyond = false;
    qsizetype &m_steps;
};

constexpr bool isDigit(char16_t c) { return c >= u'0' && c <= u'9'; }
constexpr bool isSpace(char16_t c) { return c == u' ' || c == 0xA0 || c == 0x2009 || c == 0x202F; }
constexpr bool isHyphen(char16_t c) { return c == u'-' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2212; }
constexpr bool isSeparator(char16_t c) { return c == u'.' || isHyphen(c) || isSpace(c); }
inline bool isLetter(char16_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= u'a' && (c | 0x20) <= u'z';
    return QChar(c).isLetterOrNumber() || QChar(c).isMark();
}
inline bool isWord(char16_t c) { return isDigit(c) || c == u'_' || isLetter(c); }

// Whether a longer number goes on here: “.5”, “-5”.
inline bool goesOn(MaskText &text, qsizetype at)
{
    const char16_t c = text.at(at);
    return isWord(c) || ((c == u'.' || isHyphen(c)) && isDigit(text.at(at + 1)));
}

} // namespace guardrails
