// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/syntax.h"

#include "shared/patterns/letter_case.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace patterns {
namespace {

constexpr std::size_t longestClass = 5000;
constexpr int deepestGroup = 50;
constexpr char32_t last = 0x10FFFF;

Syntax edge(Syntax::Kind kind)
{
    Syntax syntax;
    syntax.kind = kind;
    return syntax;
}

} // namespace

SyntaxReader::SyntaxReader(const QString &text, Characters characters, Options options)
    : m_characters(characters),
      m_options(options)
{
    if (characters == Characters::CodePoints) {
        m_text = text.toUcs4();
    } else {
        for (const QChar unit : text)
            m_text.append(unit.unicode());
    }
}

Syntax SyntaxReader::read()
{
    Syntax syntax = alternatives(0);
    if (m_problem.isEmpty() && !atEnd())
        fail(u"has a “)” without “(”"_s);
    return syntax;
}

void SyntaxReader::fail(const QString &problem)
{
    if (m_problem.isEmpty()) {
        m_problem = problem;
        m_problemAt = std::min(m_at, m_text.size());
    }
    m_at = m_text.size();
}

bool SyntaxReader::accept(char32_t c)
{
    if (peek() != c || atEnd())
        return false;
    ++m_at;
    return true;
}

Syntax SyntaxReader::set(std::vector<Range> ranges, bool negated) const
{
    Syntax set;
    set.kind = Syntax::Set;
    set.negated = negated;
    set.ranges = m_options.testFlag(Option::IgnoreCase) ? withOtherCase(ranges) : std::move(ranges);
    return set;
}

Syntax SyntaxReader::alternatives(int depth)
{
    Syntax first = sequence(depth);
    if (peek() != U'|' || atEnd())
        return first;
    Syntax all;
    all.kind = Syntax::Alternatives;
    all.parts.push_back(std::move(first));
    while (accept(U'|'))
        all.parts.push_back(sequence(depth));
    return all;
}

Syntax SyntaxReader::sequence(int depth)
{
    Syntax all;
    while (!atEnd() && peek() != U'|' && peek() != U')') {
        const bool isGroup = peek() == U'(';
        all.parts.push_back(quantified(atom(depth), isGroup));
    }
    return all;
}

Syntax SyntaxReader::atom(int depth)
{
    const char32_t c = peek();
    ++m_at;
    switch (c) {
    case U'(':
        return group(depth + 1);
    case U'[':
        return characterClass();
    case U'\\':
        return escape();
    case U'.': // anything but the end of a line
        if (m_options.testFlag(Option::DotAll))
            return set({}, true);
        return set({{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}}, true);
    case U'^':
        return edge(Syntax::Begin);
    case U'$':
        return edge(Syntax::End);
    case U'*':
    case U'+':
    case U'?':
    case U'{':
    case U'}':
    case U']':
        fail(u"has a “%1” with nothing before it"_s.arg(QChar(char16_t(c))));
        return {};
    default:
        return set({{c, c}});
    }
}

Syntax SyntaxReader::group(int depth)
{
    if (depth > deepestGroup) {
        fail(u"nests its groups too deeply"_s);
        return {};
    }
    if (accept(U'?')) {
        if (accept(U'<') && peek() != U'=' && peek() != U'!') {
            skipName();
        } else if (!accept(U':')) {
            fail(u"uses look-around “(?…”, which is not supported"_s);
            return {};
        }
    }
    Syntax inner = alternatives(depth);
    if (!accept(U')'))
        fail(u"has a “(” without “)”"_s);
    return inner;
}

// Of a group; nothing refers to it.
void SyntaxReader::skipName()
{
    QList<uint> name;
    while (!atEnd() && peek() != U'>') {
        const char32_t c = peek();
        const bool isDigit = c >= U'0' && c <= U'9';
        const bool isLetter = ((c | 0x20) >= U'a' && (c | 0x20) <= U'z') || c == U'_' || c == U'$';
        if (!isLetter && (!isDigit || name.isEmpty()))
            return fail(u"names a group with other characters than letters, digits, _ and $"_s);
        name.append(c);
        ++m_at;
    }
    if (name.isEmpty() || m_names.contains(name) || !accept(U'>'))
        return fail(u"has a group whose name is missing, not closed or used before"_s);
    m_names.append(name);
}

Syntax SyntaxReader::quantified(Syntax atom, bool isGroup)
{
    const bool isEdge = !isGroup && atom.kind != Syntax::Set;
    Syntax repetition;
    repetition.kind = Syntax::Repetition;
    repetition.least = 0;
    repetition.most = -1;
    if (accept(U'+')) {
        repetition.least = 1;
    } else if (accept(U'?')) {
        repetition.most = 1;
    } else if (accept(U'{')) {
        const auto from = number();
        const bool hasComma = accept(U',');
        const auto to = hasComma ? number() : from;
        if (!from || !accept(U'}') || (to && *to < *from)) {
            fail(u"has a repetition that is not {n}, {n,} or {n,m}"_s);
            return {};
        }
        repetition.least = *from;
        repetition.most = to.value_or(-1);
    } else if (!accept(U'*')) {
        return atom;
    }
    if (isEdge)
        fail(u"repeats what has no length"_s);
    accept(U'?'); // lazy: finds the same
    repetition.parts.push_back(std::move(atom));
    return repetition;
}

std::optional<int> SyntaxReader::number()
{
    std::optional<int> value;
    while (peek() >= U'0' && peek() <= U'9') {
        value = std::min(value.value_or(0) * 10 + int(peek() - U'0'), 100'000);
        ++m_at;
    }
    return value;
}

Syntax SyntaxReader::escape()
{
    if (atEnd()) {
        fail(u"ends with a “\\”"_s);
        return {};
    }
    const char32_t c = peek();
    ++m_at;
    if (c == U'b')
        return edge(Syntax::WordEdge);
    if (c == U'B')
        return edge(Syntax::NoWordEdge);
    if ((c >= U'1' && c <= U'9') || c == U'k') {
        fail(u"refers back to a group, which is not supported"_s);
        return {};
    }
    std::vector<Range> ranges;
    if (!classEscape(c, ranges)) {
        const char32_t character = escapedCharacter(c);
        ranges = {{character, character}};
    }
    return set(std::move(ranges));
}

// \d \D \w \W \s \S: true when it was one of them.
bool SyntaxReader::classEscape(char32_t c, std::vector<Range> &ranges)
{
    std::vector<Range> set;
    switch (c | 0x20) {
    case U'd':
        set = {{U'0', U'9'}};
        break;
    case U'w':
        set = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
        break;
    case U's':
        set = {{U'\t', U'\r'},   {U' ', U' '},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
               {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
        break;
    default:
        return false;
    }
    if (c & 0x20) {
        ranges.insert(ranges.end(), set.begin(), set.end());
        return true;
    }
    char32_t from = 0; // the gaps between the ranges
    for (const Range range : set) {
        ranges.push_back({from, range.from - 1});
        from = range.to + 1;
    }
    ranges.push_back({from, last});
    return true;
}

char32_t SyntaxReader::escapedCharacter(char32_t c)
{
    switch (c) {
    case U'n':
        return U'\n';
    case U'r':
        return U'\r';
    case U't':
        return U'\t';
    case U'f':
        return U'\f';
    case U'v':
        return U'\v';
    case U'0':
        if (peek() < U'0' || peek() > U'9' || atEnd())
            return U'\0';
        break;
    case U'c': {
        const char32_t letter = peek() | 0x20;
        if (letter < U'a' || letter > U'z')
            break;
        ++m_at;
        return letter - U'a' + 1;
    }
    case U'x':
        return hexadecimal(2);
    case U'u': {
        if (m_characters == Characters::CodePoints && accept(U'{')) {
            const char32_t value = hexadecimal(0);
            if (!accept(U'}'))
                fail(u"has a “\\u{” without “}”"_s);
            return value;
        }
        const char32_t high = hexadecimal(4);
        if (m_characters == Characters::Units || !QChar::isHighSurrogate(high) || !accept(U'\\') || !accept(U'u'))
            return high;
        return QChar::surrogateToUcs4(char16_t(high), char16_t(hexadecimal(4)));
    }
    default:
        if (c < 0x80 && QStringView(u"^$\\.*+?()[]{}|/-").contains(QChar(char16_t(c))))
            return c;
        if (m_characters == Characters::Units && c < 0x80
            && QStringView(u" !\"#%&',:;<=>@_`~").contains(QChar(char16_t(c))))
            return c;
    }
    fail(u"has an escape “\\%1” that is not supported"_s.arg(c < 0x10000 ? QString(QChar(char16_t(c))) : u"…"_s));
    return 0;
}

char32_t SyntaxReader::hexadecimal(int digits)
{
    char32_t value = 0;
    int count = 0;
    for (; digits == 0 || count < digits; ++count, ++m_at) {
        const char32_t c = peek();
        const bool isDigit = c >= U'0' && c <= U'9';
        const char32_t letter = c | 0x20;
        if (!isDigit && (letter < U'a' || letter > U'f'))
            break;
        value = std::min<char32_t>(value * 16 + (isDigit ? c - U'0' : letter - U'a' + 10), last);
    }
    if (count == 0 || (digits != 0 && count != digits))
        fail(u"has a hexadecimal escape of the wrong length"_s);
    return value;
}

Syntax SyntaxReader::characterClass()
{
    std::vector<Range> ranges;
    const bool negated = accept(U'^');
    const auto member = [&](bool &isClass) -> char32_t {
        const char32_t c = peek();
        ++m_at;
        if (c != U'\\')
            return c;
        const char32_t escaped = peek();
        ++m_at;
        if (escaped == U'b')
            return U'\b';
        isClass = classEscape(escaped, ranges);
        return isClass ? U'\0' : escapedCharacter(escaped);
    };
    while (!atEnd() && peek() != U']') {
        bool isClass = false;
        const char32_t from = member(isClass);
        if (isClass)
            continue;
        char32_t to = from;
        if (peek() == U'-' && m_at + 1 < m_text.size() && m_text[m_at + 1] != U']') {
            ++m_at;
            to = member(isClass);
            if (isClass || to < from)
                fail(u"has a range in […] that runs backwards"_s);
        }
        ranges.push_back({from, to});
    }
    if (!accept(U']'))
        fail(u"has a “[” without “]”"_s);
    if (ranges.size() > longestClass)
        fail(u"is too long"_s);
    return set(std::move(ranges), negated);
}

} // namespace patterns
