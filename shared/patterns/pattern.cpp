// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/pattern.h"

#include "shared/patterns/automaton.h"
#include "shared/patterns/syntax.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

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

// A search may take as many steps for each character.
constexpr std::size_t longestProgram(Characters characters) { return characters == Characters::Units ? 1000 : 5000; }

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
    SyntaxReader reader(text, characters, options);
    const Syntax syntax = reader.read();
    m_problem = reader.problem();
    m_problemAt = reader.problemAt();
    if (!m_problem.isEmpty())
        return;
    compile(syntax);
    m_program.push_back({Instruction::Accept});
    if (m_program.size() > longestProgram(characters)) {
        m_problem = u"is too long once its repetitions are written out"_s;
        m_problemAt = text.size();
    }
    if (m_problem.isEmpty() && characters == Characters::Units && !m_multiLine)
        m_automaton = Automaton::make(m_program);
}

Pattern::Pattern(Pattern &&) noexcept = default;
Pattern::~Pattern() = default;

// Adds to the program, which what follows may end; stops when it has become too long.
void Pattern::compile(const Syntax &syntax)
{
    if (m_program.size() > longestProgram(m_characters))
        return;
    switch (syntax.kind) {
    case Syntax::Set:
        m_program.push_back({Instruction::Character, 0, syntax.negated, syntax.ranges});
        return;
    case Syntax::Sequence:
        for (const Syntax &part : syntax.parts)
            compile(part);
        return;
    case Syntax::Alternatives: {
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i < syntax.parts.size(); ++i) {
            const bool isLast = i + 1 == syntax.parts.size();
            const std::size_t split = m_program.size();
            if (!isLast)
                m_program.push_back({Instruction::Split});
            compile(syntax.parts[i]);
            if (isLast)
                break;
            ends.push_back(m_program.size());
            m_program.push_back({Instruction::Jump});
            m_program[split].to = int(m_program.size());
        }
        for (const std::size_t end : ends)
            m_program[end].to = int(m_program.size());
        return;
    }
    case Syntax::Repetition:
        return compileRepetition(syntax);
    case Syntax::Begin:
        m_program.push_back({Instruction::Begin});
        return;
    case Syntax::End:
        m_program.push_back({Instruction::End});
        return;
    case Syntax::WordEdge:
        m_program.push_back({Instruction::WordEdge});
        return;
    case Syntax::NoWordEdge:
        m_program.push_back({Instruction::NoWordEdge});
        return;
    }
}

void Pattern::compileRepetition(const Syntax &syntax)
{
    const Syntax &part = syntax.parts.front();
    const std::size_t longest = longestProgram(m_characters);
    for (int i = 0; i < syntax.least && m_program.size() <= longest; ++i) {
        const std::size_t before = m_program.size();
        compile(part);
        if (m_program.size() == before)
            break; // nothing, however often
    }
    const auto optional = [&](bool isLoop) {
        const std::size_t split = m_program.size();
        m_program.push_back({Instruction::Split});
        compile(part);
        if (isLoop)
            m_program.push_back({Instruction::Jump, int(split)});
        m_program[split].to = int(m_program.size());
    };
    if (syntax.most < 0)
        optional(true);
    for (int i = syntax.least; i < syntax.most && m_program.size() <= longest; ++i)
        optional(false);
}

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
