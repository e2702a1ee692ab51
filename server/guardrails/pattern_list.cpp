// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/pattern_list.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using patterns::Characters;
using patterns::Pattern;
using patterns::Search;

namespace guardrails {
namespace {

constexpr qsizetype mostEffort = 4000;

QString place(const QString &member, std::size_t index) { return u"/%1/%2"_s.arg(member).arg(index); }

} // namespace

PatternList::PatternList(const QList<QString> &patterns)
{
    m_patterns.reserve(std::size_t(patterns.size()));
    for (const QString &text : patterns) {
        const bool hasPairs = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSurrogate(); });
        m_patterns.emplace_back(text, hasPairs ? Characters::CodePoints : Characters::Units);
    }
}

QList<json::Problem> PatternList::problems(const QString &member) const
{
    QList<json::Problem> problems;
    qsizetype effort = 0;
    for (std::size_t i = 0; i < m_patterns.size(); ++i) {
        const Pattern &pattern = m_patterns[i];
        if (!pattern.problem().isEmpty())
            problems.append(
                {place(member, i), u"%1 (at character %2)"_s.arg(pattern.problem()).arg(pattern.problemAt())});
        else if ((effort += pattern.effort()) > mostEffort)
            return problems << json::Problem{
                       place(member, i), u"is too much beside those before it: together they would take too long"_s};
    }
    return problems;
}

qsizetype PatternList::effort() const
{
    qsizetype effort = 0;
    for (const Pattern &pattern : m_patterns)
        effort += pattern.effort();
    return effort;
}

QList<json::Problem> PatternList::foundEverywhere(const QString &member) const
{
    QList<json::Problem> problems;
    for (std::size_t i = 0; i < m_patterns.size(); ++i)
        if (m_patterns[i].problem().isEmpty() && m_patterns[i].isIn(u"") && m_patterns[i].isIn(u"\u0001\uE000 x\n7"))
            problems.append({place(member, i), u"is found in every text, so that nothing would be let through"_s});
    return problems;
}

PatternList::Found PatternList::firstIn(QStringView text, qsizetype &steps) const
{
    for (std::size_t i = 0; i < m_patterns.size(); ++i) {
        Search search(m_patterns[i]);
        Search::Outcome outcome = search.feed(text, steps);
        if (outcome == Search::Outcome::NotFound)
            outcome = search.finish(steps);
        if (outcome != Search::Outcome::NotFound)
            return {qsizetype(i), outcome == Search::Outcome::TooLong};
    }
    return {};
}

std::vector<Search> PatternList::searches() const
{
    std::vector<Search> searches;
    searches.reserve(m_patterns.size());
    for (const Pattern &pattern : m_patterns)
        if (pattern.problem().isEmpty())
            searches.emplace_back(pattern);
    return searches;
}

} // namespace guardrails
