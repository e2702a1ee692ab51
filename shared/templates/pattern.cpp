// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/pattern.h"

#include "shared/templates/pattern_compiler.h"

#include <algorithm>

namespace templates {
namespace {

bool isWord(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'_';
}

} // namespace

Pattern::Pattern(const QString &text)
{
    PatternCompiler compiler(text);
    if (compiler.run())
        m_program = std::move(compiler.program());
    m_problem = compiler.problem();
}

Pattern::Outcome Pattern::search(QStringView text, qsizetype &steps) const
{
    const auto characters = text.toUcs4();
    const qsizetype length = characters.size();
    const auto at = [&](qsizetype i) { return i >= 0 && i < length ? char32_t(characters[i]) : char32_t(0); };

    // Each instruction stands in a set at most once: the work for a character is bounded by the length of the program.
    std::vector<int> now, next, pending;
    std::vector<qsizetype> seenAt(m_program.size(), -1);
    bool accepted = false;
    const auto add = [&](std::vector<int> &set, int start, qsizetype position) {
        pending.assign(1, start);
        while (!pending.empty()) {
            const int index = pending.back();
            pending.pop_back();
            if (seenAt[std::size_t(index)] == position)
                continue;
            seenAt[std::size_t(index)] = position;
            --steps;
            const Instruction &step = m_program[std::size_t(index)];
            const bool edge = isWord(at(position - 1)) != isWord(at(position));
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
                if (position != 0)
                    continue;
                break;
            case Instruction::End:
                if (position != length)
                    continue;
                break;
            case Instruction::WordEdge:
                if (!edge)
                    continue;
                break;
            case Instruction::NoWordEdge:
                if (edge)
                    continue;
                break;
            }
            pending.push_back(index + 1);
        }
    };

    for (qsizetype position = 0; position <= length; ++position) {
        add(now, 0, position); // a match may begin anywhere
        if (accepted)
            return Outcome::Found;
        if (steps < 0)
            return Outcome::TooLong;
        if (position == length)
            break;
        const char32_t c = at(position);
        next.clear();
        for (const int index : now) {
            const Instruction &step = m_program[std::size_t(index)];
            steps -= qsizetype(step.ranges.size());
            const bool inside = std::any_of(step.ranges.begin(), step.ranges.end(),
                                            [&](Range range) { return c >= range.from && c <= range.to; });
            if (inside != step.negated)
                add(next, index + 1, position + 1);
            if (accepted)
                return Outcome::Found;
        }
        std::swap(now, next);
    }
    return Outcome::NotFound;
}

} // namespace templates
