// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_analysis.h"

#include "shared/templates/schema_view.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int deepestName = 4; // "a.b.c.d"; a schema may refer to itself

void collect(const QJsonObject &document, const QJsonValue &schema, const QString &prefix, int depth,
             QStringList &names)
{
    const QJsonObject properties = templates::resolved(document, schema).toObject().value(u"properties"_s).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QString name = prefix + it.key();
        names.append(name);
        if (depth < deepestName)
            collect(document, it.value(), name + u'.', depth + 1, names);
    }
}

} // namespace

PromptAnalysis::PromptAnalysis(const QString &text, const std::optional<QJsonObject> &schema,
                               const templates::Partials &partials, const QHash<QString, QString> &broken)
{
    const auto parsed = templates::PromptText::parse(text);
    for (const Piece &piece : parsed.pieces())
        if (piece.kind != Kind::Text)
            m_tags.append(piece);
    m_problems = parsed.check(schema, partials);
    for (const Piece &tag : m_tags)
        if (tag.kind == Kind::Partial)
            if (const auto why = broken.constFind(tag.path.value(0)); why != broken.constEnd())
                m_problems.append({tag.offset, tag.length, *why});
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const auto &a, const auto &b) { return a.offset < b.offset; });
}

std::pair<qsizetype, qsizetype> PromptAnalysis::tagsBetween(qsizetype from, qsizetype to) const
{
    const auto first = std::partition_point(m_tags.begin(), m_tags.end(),
                                            [&](const Piece &tag) { return tag.offset + tag.length <= from; });
    const auto last = std::partition_point(first, m_tags.end(), [&](const Piece &tag) { return tag.offset < to; });
    return {first - m_tags.begin(), last - m_tags.begin()};
}

QString PromptAnalysis::referenceAt(qsizetype offset) const
{
    for (const Piece &tag : m_tags)
        if (tag.kind == Kind::Partial && offset >= tag.offset && offset <= tag.offset + tag.length)
            return tag.path.value(0);
    return {};
}

bool PromptAnalysis::isWrong(const Piece &tag) const
{
    return std::any_of(m_problems.begin(), m_problems.end(), [&](const templates::TextProblem &problem) {
        return problem.offset < tag.offset + tag.length
            && tag.offset < problem.offset + std::max<qsizetype>(problem.length, 1);
    });
}

QStringList PromptAnalysis::unknownNames() const
{
    QStringList names;
    for (const Piece &tag : m_tags)
        if (tag.kind == Kind::Variable && tag.path.size() == 1 && isWrong(tag) && !names.contains(tag.path.first()))
            names.append(tag.path.first());
    return names;
}

QStringList knownVariables(const std::optional<QJsonObject> &schema)
{
    if (!schema)
        return {u"input"_s};
    QStringList names;
    collect(*schema, *schema, {}, 1, names);
    return names;
}
