// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/pattern.h"

#include "shared/patterns/automaton.h"
#include "shared/patterns/pattern_compiler.h"

#include <algorithm>
#include <limits>

namespace patterns {
namespace {

bool isWord(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'_';
}

bool isLineEnd(char32_t c) { return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029; }

// The sets of a search, kept by each thread so that searching does not allocate.
struct Sets
{
    std::vector<int> now, next, pending;
    std::vector<qsizetype> seenAt;
};

} // namespace

std::optional<Options> optionsOf(QStringView flags)
{
    Options options;
    for (const QChar flag : flags) {
        const Option option = flag == u'i' ? Option::IgnoreCase : flag == u'm' ? Option::MultiLine : Option::DotAll;
        if (!QStringView(u"ims").contains(flag) || options.testFlag(option))
            return std::nullopt;
        options |= option;
    }
    return options;
}

bool Instruction::takes(char32_t c) const
{
    return std::any_of(ranges.begin(), ranges.end(), [&](Range range) { return c >= range.from && c <= range.to; })
        != negated;
}

Pattern::Pattern(const QString &text, Characters characters, Options options)
    : m_characters(characters),
      m_multiLine(options.testFlag(Option::MultiLine))
{
    PatternCompiler compiler(text, characters, options);
    if (compiler.run())
        m_program = std::move(compiler.program());
    m_problem = compiler.problem();
    m_problemAt = compiler.problemAt();
    if (m_problem.isEmpty() && characters == Characters::Units && !m_multiLine)
        m_automaton = Automaton::make(m_program);
}

Pattern::Pattern(Pattern &&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::isIn(QStringView text) const
{
    if (m_automaton)
        return m_automaton->isIn(text);
    qsizetype steps = std::numeric_limits<qsizetype>::max();
    return search(text, steps) == Outcome::Found;
}

Pattern::Outcome Pattern::search(QStringView text, qsizetype &steps) const
{
    constexpr char32_t none = 0x110000; // beyond both ends
    const qsizetype length = text.size();
    const auto at = [&](qsizetype &position) -> char32_t { // and goes on to the next
        const char16_t unit = text[position++].unicode();
        if (m_characters == Characters::CodePoints && QChar::isHighSurrogate(unit) && position < length
            && text[position].isLowSurrogate())
            return QChar::surrogateToUcs4(unit, text[position++].unicode());
        return unit;
    };

    // Each instruction stands in a set at most once: the work for a character is bounded by the length of the program.
    static thread_local Sets sets;
    auto &[now, next, pending, seenAt] = sets;
    now.clear();
    seenAt.assign(m_program.size(), -1);
    bool accepted = false;
    const auto add = [&](std::vector<int> &set, int start, qsizetype position, char32_t before, char32_t after) {
        pending.assign(1, start);
        while (!pending.empty()) {
            const int index = pending.back();
            pending.pop_back();
            if (seenAt[std::size_t(index)] == position)
                continue;
            seenAt[std::size_t(index)] = position;
            --steps;
            const Instruction &step = m_program[std::size_t(index)];
            switch (step.kind) {
            case Instruction::Character:
                set.push_back(index);
                continue;
            case Instruction::Accept:
                accepted = true;
                return;
            case Instruction::Jump:
                pending.push_back(step.to);
                continue;
            case Instruction::Split:
                pending.push_back(step.to);
                break;
            case Instruction::Begin:
                if (before != none && !(m_multiLine && isLineEnd(before)))
                    continue;
                break;
            case Instruction::End:
                if (after != none && !(m_multiLine && isLineEnd(after)))
                    continue;
                break;
            case Instruction::WordEdge:
                if (isWord(before) == isWord(after))
                    continue;
                break;
            case Instruction::NoWordEdge:
                if (isWord(before) != isWord(after))
                    continue;
                break;
            }
            pending.push_back(index + 1);
        }
    };

    char32_t before = none;
    qsizetype position = 0;
    qsizetype following = 0;
    char32_t c = length ? at(following) : none;
    for (;;) {
        add(now, 0, position, before, c); // a match may begin anywhere
        if (accepted)
            return Outcome::Found;
        if (steps < 0)
            return Outcome::TooLong;
        if (c == none)
            return Outcome::NotFound;
        const qsizetype here = following;
        const char32_t after = following < length ? at(following) : none;
        next.clear();
        for (const int index : now) {
            const Instruction &step = m_program[std::size_t(index)];
            steps -= qsizetype(step.ranges.size());
            if (step.takes(c))
                add(next, index + 1, here, c, after);
            if (accepted)
                return Outcome::Found;
        }
        std::swap(now, next);
        position = here;
        before = c;
        c = after;
    }
}

} // namespace patterns
