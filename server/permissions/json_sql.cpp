// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/json_sql.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace permissions {

using database::Fragment;
using Test = Condition::Test;

JsonSql::JsonSql(const Condition::Node &node, std::span<const Key> keys, const Value &operand)
    : m_node(node),
      m_keys(keys),
      m_operand(operand),
      m_operandJson(toJson(operand))
{
}

QString JsonSql::problem() const
{
    if (m_node.test >= Test::Lt && m_node.test <= Test::Gte)
        return u"orders a member whose kind is not known beforehand"_s;
    if (std::any_of(m_keys.begin(), m_keys.end(), [](const Key &key) { return key.isLength; }))
        return u"asks for a length; use $size"_s;
    // A text may stand there, and its characters have numbers in JavaScript.
    const bool isFirst = m_node.slot < 0 && !m_keys.empty() && m_keys.front().index >= 0 && m_node.test != Test::Eq;
    const bool isLast = m_node.test == Test::Exists && !m_keys.empty() && m_keys.back().index >= 0;
    return isFirst || isLast ? u"asks for an item by its number where a text may stand"_s : QString();
}

// value[key]
Fragment JsonSql::member(const Fragment &value, const Key &key)
{
    const Fragment name = Fragment::of({value, " -> ", Fragment::bound(key.name)});
    if (!key.isNumber)
        return name;
    const bool isIndex = key.index >= 0 && key.index <= std::numeric_limits<int>::max();
    return Fragment::of(
        {"CASE jsonb_typeof(", value, ") WHEN 'array' THEN ",
         isIndex ? Fragment::of({value, " -> ", Fragment::bound(int(key.index)), "::int"}) : Fragment::of({"NULL"}),
         " ELSE ", name, " END"});
}

// The same of the items of an array, arrays among them spread out, unless the key is a number.
Fragment JsonSql::step(const Fragment &value, const Key &key)
{
    const Fragment at = Fragment::of({"step.v"});
    if (key.isNumber)
        return Fragment::of({"(SELECT ", member(at, key), " FROM (SELECT ", value, " AS v) AS step)"});
    const Fragment ofItem = Fragment::of({"(", member(Fragment::of({"item.v"}), key), ")"});
    return Fragment::of({"(SELECT CASE jsonb_typeof(step.v) WHEN 'array' THEN"
                         " (SELECT coalesce(jsonb_agg(part.v ORDER BY item.n, part.n), '[]')"
                         " FROM jsonb_array_elements(step.v) WITH ORDINALITY AS item(v, n)"
                         " CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(",
                         ofItem, ") WHEN 'array' THEN ", ofItem, " ELSE jsonb_build_array(", ofItem,
                         ") END) WITH ORDINALITY AS part(v, n) WHERE ", ofItem, " IS NOT NULL) ELSE ", member(at, key),
                         " END FROM (SELECT ", value, " AS v) AS step)"});
}

Fragment JsonSql::follow(Fragment value, std::span<const Key> keys)
{
    for (const Key &key : keys)
        value = step(value, key);
    return value;
}

Fragment JsonSql::leaf(const Fragment &start) const
{
    const bool isNull = m_node.test == Test::Eq && m_operand.kind == Value::Null;
    if (m_keys.empty() && m_node.slot < 0) {
        if (m_node.test == Test::Exists)
            return Fragment::of({"TRUE"});
        if (isNull)
            return isNullItself(start);
    }
    if (!m_keys.empty() && (isNull || m_node.test == Test::Exists || m_node.test == Test::Size))
        return atLastStep(start);

    QList<QJsonValue> scalars;
    const QJsonArray operands =
        m_operandJson.isArray() && m_node.test != Test::Eq ? m_operandJson.toArray() : QJsonArray{m_operandJson};
    for (const QJsonValue &one : operands)
        if (!one.isArray() && !one.isObject() && !one.isUndefined())
            scalars.append(one);
    const Fragment value = follow(start, m_keys);
    switch (m_node.test) {
    case Test::Eq: // an array contains its scalars, a scalar itself
    case Test::In:
        if (scalars.isEmpty())
            return Fragment::of({"FALSE"});
        return Fragment::of({value, " @> ANY (", Fragment::bound(scalars), ")"});
    case Test::All:
        if (scalars.size() != operands.size())
            return Fragment::of({"FALSE"});
        return Fragment::of({"(SELECT jsonb_typeof(here.v) = 'array' AND here.v @> ALL (", Fragment::bound(scalars),
                             ") FROM (SELECT ", value, " AS v) AS here)"});
    case Test::Size:
        return Fragment::of({"(SELECT CASE jsonb_typeof(here.v) WHEN 'array' THEN jsonb_array_length(here.v) = ",
                             Fragment::bound(m_operand.number), " END FROM (SELECT ", value, " AS v) AS here)"});
    case Test::Exists: // of a column
        return m_operand.truth ? Fragment::of({"TRUE"}) : Fragment::of({"FALSE"});
    default:
        return Fragment::of({"FALSE"});
    }
}

// What looks at the last step itself asks each item of an array before it.
Fragment JsonSql::atLastStep(const Fragment &start) const
{
    const Fragment parent = follow(start, m_keys.first(m_keys.size() - 1));
    const Fragment ofAll = holdsAtLastStep(Fragment::of({"here.v"}));
    if (m_keys.back().isNumber)
        return Fragment::of({"(SELECT ", ofAll, " FROM (SELECT ", parent, " AS v) AS here)"});
    return Fragment::of({"(SELECT CASE jsonb_typeof(here.v) WHEN 'array' THEN EXISTS (SELECT FROM "
                         "jsonb_array_elements(here.v) AS one(v) WHERE ",
                         holdsAtLastStep(Fragment::of({"one.v"})), ") ELSE ", ofAll, " END FROM (SELECT ", parent,
                         " AS v) AS here)"});
}

Fragment JsonSql::holdsAtLastStep(const Fragment &value) const
{
    const Key &last = m_keys.back();
    const Fragment found = Fragment::of({"(", member(value, last), ")"});
    switch (m_node.test) {
    case Test::Exists:
        return Fragment::of({"(", found, " IS NOT NULL) = ", Fragment::bound(m_operand.truth)});
    case Test::Size:
        return Fragment::of({"(SELECT CASE jsonb_typeof(last.v) WHEN 'array' THEN jsonb_array_length(last.v) = ",
                             Fragment::bound(m_operand.number), " END FROM (SELECT ", step(value, last),
                             " AS v) AS last)"});
    default: // null
        return Fragment::of(
            {"(jsonb_typeof(", value, ") IN ('array', 'object') AND coalesce(", found, ", 'null') @> 'null')"});
    }
}

// {"$elemMatch": {"$eq": null}}: as Evaluation::isNullItself
Fragment JsonSql::isNullItself(const Fragment &start) const
{
    return Fragment::of({"CASE jsonb_typeof(", start, ") WHEN 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(",
                         start,
                         ") AS one(v) WHERE jsonb_typeof(one.v) IN ('array', 'object')) WHEN 'object' THEN TRUE END"});
}

Fragment JsonSql::someItem(const Fragment &start, const Fragment &holds) const
{
    return Fragment::of({"(SELECT CASE jsonb_typeof(here.v) WHEN 'array' THEN EXISTS (SELECT FROM "
                         "jsonb_array_elements(here.v) AS item(v) WHERE ",
                         holds, ") END FROM (SELECT ", follow(start, m_keys), " AS v) AS here)"});
}

Fragment JsonSql::someText(const Fragment &start, const Fragment &holds) const
{
    return Fragment::of(
        {"(SELECT EXISTS (SELECT FROM jsonb_array_elements(CASE jsonb_typeof(here.v) WHEN 'array' THEN here.v "
         "ELSE jsonb_build_array(here.v) END) AS one(v) WHERE CASE jsonb_typeof(one.v) WHEN 'string' THEN ",
         holds, " END) FROM (SELECT ", follow(start, m_keys), " AS v) AS here)"});
}

} // namespace permissions
