// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/phone_number.h"

#include <algorithm>
#include <array>

namespace guardrails {
namespace {

// Reads on from a place as long as what it is asked for is there.
class Reading
{
public:
    Reading(MaskText &text, qsizetype at) : m_text(text), m_at(at) { }

    char16_t peek() { return m_text.at(m_at); }
    bool take(char16_t c) { return takeIf(peek() == c); }
    bool takeSpace() { return takeIf(isSpace(peek())); }
    bool takeSeparator() { return takeIf(isSeparator(peek())); }
    bool takeDigits(int count, int &value)
    {
        value = 0;
        for (int i = 0; i < count; ++i) {
            const char16_t c = peek();
            if (!takeIf(isDigit(c)))
                return false;
            value = value * 10 + (c - u'0');
        }
        return true;
    }
    qsizetype at() const { return m_at; }
    // Its end, unless a longer number or a word goes on there.
    qsizetype end() { return goesOn(m_text, m_at) ? 0 : m_at; }

private:
    bool takeIf(bool is)
    {
        m_at += is ? 1 : 0;
        return is;
    }

    MaskText &m_text;
    qsizetype m_at;
};

bool isBrazilianArea(int code)
{
    static constexpr int unused[] = {20, 23, 25, 26, 29, 30, 36, 39, 40, 50, 52,
                                     56, 57, 58, 59, 60, 70, 72, 76, 78, 80, 90};
    return code >= 11 && code <= 99 && std::find(std::begin(unused), std::end(unused), code) == std::end(unused);
}

// 9 1234 5678 of mobiles, 3456 7890 of others.
qsizetype endOfBrazilianRest(Reading read, bool isInBrackets)
{
    int first = 0, second = 0;
    const bool isMobile = read.take(u'9');
    if (isMobile)
        (void)read.takeSeparator();
    const char16_t begin = read.peek();
    if (!isMobile && (begin < u'2' || begin > u'5'))
        return 0;
    if (!read.takeDigits(4, first))
        return 0;
    const bool isHyphenated = isHyphen(read.peek());
    const bool isSeparated = read.takeSeparator();
    if (!read.takeDigits(4, second))
        return 0;
    const bool isYears = first / 100 == 20 && second / 100 == 20;
    if (!isInBrackets && (isMobile ? !isSeparated : !isHyphenated || isYears))
        return 0;
    return read.end();
}

qsizetype endInBrackets(MaskText &text, qsizetype from)
{
    int area = 0, middle = 0, line = 0;
    Reading brazil(text, from + 1);
    (void)brazil.take(u'0');
    if (brazil.takeDigits(2, area) && brazil.take(u')')) {
        (void)brazil.takeSeparator();
        return isBrazilianArea(area) ? endOfBrazilianRest(brazil, true) : 0;
    }
    Reading america(text, from + 1);
    if (!america.takeDigits(3, area) || area < 200 || !america.take(u')'))
        return 0;
    (void)america.takeSeparator();
    if (!america.takeDigits(3, middle) || middle < 200)
        return 0;
    return america.takeSeparator() && america.takeDigits(4, line) ? america.end() : 0;
}

qsizetype endOfAmerican(MaskText &text, qsizetype from)
{
    int area = 0, middle = 0, line = 0;
    Reading read(text, from);
    if (read.take(u'1') && !read.takeSeparator())
        return 0;
    if (!read.takeDigits(3, area) || area < 200)
        return 0;
    const char16_t separator = read.peek();
    if (separator != u'.' && !isHyphen(separator))
        return 0;
    if (!read.takeSeparator() || !read.takeDigits(3, middle) || middle < 200 || !read.take(separator)
        || !read.takeDigits(4, line))
        return 0;
    return read.end();
}

qsizetype endOfNational(MaskText &text, qsizetype from)
{
    const char16_t before = text.at(from - 1);
    if (isWord(before) || ((before == u'.' || isHyphen(before)) && isDigit(text.at(from - 2))))
        return 0;
    if (const qsizetype end = endOfAmerican(text, from))
        return end;
    int area = 0;
    Reading read(text, from);
    (void)read.take(u'0');
    if (!read.takeDigits(2, area) || !isBrazilianArea(area) || !read.takeSeparator())
        return 0;
    return endOfBrazilianRest(read, false);
}

// A “+”, a country code and at most 15 digits with it, in groups.
class International
{
public:
    qsizetype endOf(MaskText &text, qsizetype from)
    {
        const char16_t before = text.at(from - 1);
        if (isWord(before) || before == u'+')
            return 0;
        qsizetype at = from + 1, best = 0;
        int group = 0;
        for (int groups = 1;; ++groups, group = 0) {
            for (char16_t c = text.at(at); isDigit(c); c = text.at(++at), ++group) {
                if (m_count == m_digits.size())
                    return best;
                m_digits[m_count++] = c;
            }
            if (isWord(text.at(at)) || group == 0 || (groups > 3 && group < 2))
                return best;
            m_isGrouped = m_isGrouped && (groups == 1 ? group <= 3 : group == 3);
            qsizetype next = at;
            if (m_isOpen && text.at(next) == u')') {
                m_isOpen = false;
                ++next;
            } else if (!m_isOpen && isPhone() && !isPrice(text, at)) {
                best = at;
            }
            if (isSeparator(text.at(next))) {
                m_isGrouped = m_isGrouped && text.at(next) == u'.';
                m_hasDots = m_hasDots || text.at(next) == u'.';
                ++next;
            }
            if (!m_isOpen && text.at(next) == u'(') {
                m_isOpen = true;
                ++next;
            }
            if (next == at || !isDigit(text.at(next)))
                return best;
            at = next;
        }
    }

private:
    bool isPhone() const
    {
        if (m_count < 8 || m_digits[0] == u'0')
            return false;
        const int two = (m_digits[0] - u'0') * 10 + (m_digits[1] - u'0');
        if (m_digits[0] == u'1')
            return m_count == 11;
        if (two == 55)
            return m_count == 12 || (m_count == 13 && m_digits[4] == u'9');
        return two != 28 && two != 83 && two != 89; // no country has these
    }
    // +1.234.567.890 or +12.345.678,90
    bool isPrice(MaskText &text, qsizetype at) const
    {
        return m_hasDots && (m_isGrouped || (text.at(at) == u',' && isDigit(text.at(at + 1))));
    }

    std::array<char16_t, 15> m_digits{};
    std::size_t m_count = 0;
    bool m_isGrouped = true; // by threes with dots
    bool m_hasDots = false;
    bool m_isOpen = false; // a bracket
};

} // namespace

qsizetype endOfPhone(MaskText &text, qsizetype from)
{
    const char16_t c = text.at(from);
    if (c == u'+')
        return International().endOf(text, from);
    if (c == u'(')
        return endInBrackets(text, from);
    return isDigit(c) ? endOfNational(text, from) : 0;
}

} // namespace guardrails
