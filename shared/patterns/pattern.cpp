// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/pattern.h"

#include "shared/patterns/automaton.h"
#include "shared/patterns/search.h"
#include "shared/patterns/syntax.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace patterns {
namespace {

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
    static thread_local Search search; // so that searching does not allocate
    search.begin(*this, Search::With::Program);
    const Outcome outcome = search.feed(text, steps);
    return outcome == Outcome::NotFound ? search.finish(steps) : outcome;
}

} // namespace patterns
