// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/pattern_compiler.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace templates {
namespace {

constexpr std::size_t longestProgram = 5000;
constexpr int deepestGroup = 50;
constexpr char32_t last = 0x10FFFF;

} // namespace

PatternCompiler::PatternCompiler(const QString &text) : m_text(text.toUcs4()) { }

bool PatternCompiler::run()
{
    m_program = alternatives(0);
    if (m_problem.isEmpty() && !atEnd())
        fail(u"has a “)” without “(”"_s);
    m_program.push_back({Instruction::Accept});
    return m_problem.isEmpty();
}

void PatternCompiler::fail(const QString &problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
    m_at = m_text.size();
}

bool PatternCompiler::accept(char32_t c)
{
    if (peek() != c || atEnd())
        return false;
    ++m_at;
    return true;
}

// Jumps are relative while pieces are put together, so that a piece may be repeated; here they become absolute step by
// step: every piece is moved by where it is appended.
void PatternCompiler::append(Code &code, const Code &more)
{
    if (code.size() + more.size() > longestProgram)
        return fail(u"is too long once its repetitions are written out"_s);
    const int offset = int(code.size());
    for (Instruction step : more) {
        step.to += offset;
        code.push_back(std::move(step));
    }
}

PatternCompiler::Code PatternCompiler::alternatives(int depth)
{
    Code code = sequence(depth);
    while (accept(U'|')) {
        const Code other = sequence(depth);
        Code both;
        both.push_back({Instruction::Split, int(code.size()) + 2});
        append(both, code);
        both.push_back({Instruction::Jump, int(code.size() + other.size()) + 2});
        append(both, other);
        code = std::move(both);
    }
    return code;
}

PatternCompiler::Code PatternCompiler::sequence(int depth)
{
    Code code;
    while (!atEnd() && peek() != U'|' && peek() != U')')
        append(code, quantified(atom(depth)));
    return code;
}

PatternCompiler::Code PatternCompiler::atom(int depth)
{
    const char32_t c = peek();
    ++m_at;
    switch (c) {
    case U'(':
        return group(depth + 1);
    case U'[':
        return {characterClass()};
    case U'\\':
        return escape();
    case U'.': // anything but the end of a line
        return {{Instruction::Character, 0, true, {{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}}}};
    case U'^':
        return {{Instruction::Begin}};
    case U'$':
        return {{Instruction::End}};
    case U'*':
    case U'+':
    case U'?':
    case U'{':
    case U'}':
    case U']':
        fail(u"has a “%1” with nothing before it"_s.arg(QChar(char16_t(c))));
        return {};
    default:
        return {{Instruction::Character, 0, false, {{c, c}}}};
    }
}

PatternCompiler::Code PatternCompiler::group(int depth)
{
    if (depth > deepestGroup) {
        fail(u"nests its groups too deeply"_s);
        return {};
    }
    if (accept(U'?')) {
        if (accept(U'<') && peek() != U'=' && peek() != U'!') { // a name, which nothing refers to
            while (!atEnd() && !accept(U'>'))
                ++m_at;
        } else if (!accept(U':')) {
            fail(u"uses look-around “(?…”, which is not supported"_s);
            return {};
        }
    }
    Code code = alternatives(depth);
    if (!accept(U')'))
        fail(u"has a “(” without “)”"_s);
    return code;
}

PatternCompiler::Code PatternCompiler::quantified(const Code &atom)
{
    int least = 1, most = 1;
    if (accept(U'*')) {
        least = 0;
        most = -1;
    } else if (accept(U'+')) {
        most = -1;
    } else if (accept(U'?')) {
        least = 0;
    } else if (accept(U'{')) {
        const auto from = number();
        const bool hasComma = accept(U',');
        const auto to = hasComma ? number() : from;
        if (!from || !accept(U'}') || (to && *to < *from)) {
            fail(u"has a repetition that is not {n}, {n,} or {n,m}"_s);
            return {};
        }
        least = *from;
        most = to.value_or(-1);
    } else {
        return atom;
    }
    accept(U'?'); // lazy: finds the same
    return repeated(atom, least, most);
}

PatternCompiler::Code PatternCompiler::repeated(const Code &atom, int least, int most)
{
    Code code;
    const int size = int(atom.size());
    for (int i = 0; i < least && m_problem.isEmpty(); ++i)
        append(code, atom);
    if (most < 0) {
        Code loop;
        loop.push_back({Instruction::Split, size + 2});
        append(loop, atom);
        loop.push_back({Instruction::Jump, 0});
        append(code, loop);
    }
    for (int i = least; i < most && m_problem.isEmpty(); ++i) {
        Code maybe;
        maybe.push_back({Instruction::Split, size + 1});
        append(maybe, atom);
        append(code, maybe);
    }
    return code;
}

std::optional<int> PatternCompiler::number()
{
    std::optional<int> value;
    while (peek() >= U'0' && peek() <= U'9') {
        value = std::min(value.value_or(0) * 10 + int(peek() - U'0'), 100'000);
        ++m_at;
    }
    return value;
}

PatternCompiler::Code PatternCompiler::escape()
{
    if (atEnd()) {
        fail(u"ends with a “\\”"_s);
        return {};
    }
    const char32_t c = peek();
    ++m_at;
    if (c == U'b')
        return {{Instruction::WordEdge}};
    if (c == U'B')
        return {{Instruction::NoWordEdge}};
    if ((c >= U'1' && c <= U'9') || c == U'k') {
        fail(u"refers back to a group, which is not supported"_s);
        return {};
    }
    Instruction one{Instruction::Character};
    if (!classEscape(c, one.ranges)) {
        const char32_t character = escapedCharacter(c);
        one.ranges = {{character, character}};
    }
    return {one};
}

// \d \D \w \W \s \S: true when it was one of them.
bool PatternCompiler::classEscape(char32_t c, std::vector<Range> &ranges)
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

char32_t PatternCompiler::escapedCharacter(char32_t c)
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
        return U'\0';
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
        if (accept(U'{')) {
            const char32_t value = hexadecimal(0);
            if (!accept(U'}'))
                fail(u"has a “\\u{” without “}”"_s);
            return value;
        }
        const char32_t high = hexadecimal(4);
        if (!QChar::isHighSurrogate(high) || !accept(U'\\') || !accept(U'u'))
            return high;
        return QChar::surrogateToUcs4(char16_t(high), char16_t(hexadecimal(4)));
    }
    default:
        if (QStringView(u"^$\\.*+?()[]{}|/-").contains(QChar(char16_t(c & 0xFFFF))) && c < 0x80)
            return c;
    }
    fail(u"has an escape “\\%1” that is not supported"_s.arg(c < 0x10000 ? QString(QChar(char16_t(c))) : u"…"_s));
    return 0;
}

char32_t PatternCompiler::hexadecimal(int digits)
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

PatternCompiler::Instruction PatternCompiler::characterClass()
{
    Instruction set{Instruction::Character};
    set.negated = accept(U'^');
    const auto member = [&](bool &isClass) -> char32_t {
        const char32_t c = peek();
        ++m_at;
        if (c != U'\\')
            return c;
        const char32_t escaped = peek();
        ++m_at;
        if (escaped == U'b')
            return U'\b';
        isClass = classEscape(escaped, set.ranges);
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
        set.ranges.push_back({from, to});
    }
    if (!accept(U']'))
        fail(u"has a “[” without “]”"_s);
    if (set.ranges.size() > longestProgram)
        fail(u"is too long"_s);
    return set;
}

} // namespace templates
