// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>

#include <variant>
#include <vector>

namespace evaluations {

// A path into JSON: the part of RFC 9535 with names, indexes and wildcards, `$.items[0].name`, `$['a b'][-1]`,
// `$[*].id`. What it does not have (descendants, slices, unions, filters) is refused.
class JsonPath
{
public:
    explicit JsonPath(const QString &text);

    const QString &problem() const { return m_problem; } // empty: it may be used

    // All values that the path leads to, in order; at most `mostFound`.
    QList<QJsonValue> find(const QJsonValue &document) const;
    static constexpr qsizetype mostFound = 10'000;

private:
    struct Wildcard
    {
    };
    using Segment = std::variant<QString, qsizetype, Wildcard>;
    void parse(const QString &text);
    bool quoted(const QString &text, qsizetype &at);

    std::vector<Segment> m_segments;
    QString m_problem;
};

} // namespace evaluations
