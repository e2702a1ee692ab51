// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/condition_sql.h"

#include "server/permissions/json_sql.h"
#include "server/permissions/pattern_sql.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace permissions {

using database::Fragment;
using database::SqlText;
using Test = Condition::Test;
using Node = Condition::Node;

namespace {

bool isOrdering(Test test) { return test >= Test::Lt && test <= Test::Gte; }

SqlText signOf(Test test)
{
    switch (test) {
    case Test::Lt:
        return " < ";
    case Test::Lte:
        return " <= ";
    case Test::Gt:
        return " > ";
    default:
        return " >= ";
    }
}

Fragment constant(bool holds)
{
    if (holds)
        return Fragment::of({"TRUE"});
    return Fragment::of({"FALSE"});
}

// As CASL orders: what is neither the same nor greater is less.
bool holdsOrder(Test test, const Value &value, const Value &operand)
{
    const int order = compare(value, operand);
    return test == Test::Lt ? order < 0 : test == Test::Lte ? order <= 0 : test == Test::Gt ? order > 0 : order >= 0;
}

// The moment that the text is, if it is written as times are.
std::optional<QDateTime> timeOf(QStringView text)
{
    if (text.size() != qsizetype(timeLength))
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    const TimeText written = timeText(time.toMSecsSinceEpoch());
    return QStringView(written.data(), qsizetype(written.size())) == text ? std::optional(time) : std::nullopt;
}

std::optional<QUuid> idOf(QStringView text)
{
    const QUuid id = QUuid::fromString(text);
    return id.toString(QUuid::WithoutBraces) == text ? std::optional(id) : std::nullopt;
}

// The values of a list that a column may hold: through `as`, which gives std::nullopt for the others.
template<class As> auto those(const Value &list, As as)
{
    QList<typename std::invoke_result_t<As, const Value &>::value_type> values;
    for (std::uint32_t i = 0; i < list.size; ++i)
        if (const auto value = as(list.items[i]))
            values.append(*value);
    return values;
}

std::optional<QString> asText(const Value &value)
{
    return value.kind == Value::Text ? std::optional(value.view().toString()) : std::nullopt;
}
std::optional<double> asNumber(const Value &value)
{
    return value.kind == Value::Number ? std::optional(value.number) : std::nullopt;
}
std::optional<QDateTime> asTime(const Value &value)
{
    return value.kind == Value::Text ? timeOf(value.view()) : std::nullopt;
}
std::optional<QUuid> asId(const Value &value) { return value.kind == Value::Text ? idOf(value.view()) : std::nullopt; }

bool holdsNull(const Value &list)
{
    return std::any_of(list.items, list.items + list.size, [](const Value &one) { return one.kind == Value::Null; });
}

} // namespace

class ConditionSql
{
public:
    ConditionSql(const Condition &condition, const SqlTable &table, const Moment &now, QList<json::Problem> &problems)
        : m_condition(condition),
          m_table(table),
          m_nowText(timeText(now.msecs())),
          m_problems(problems)
    {
    }

    Fragment node(std::uint32_t index, JsonSql::Scope scope)
    {
        const Node &node = m_condition.nodes()[index];
        switch (node.test) {
        case Test::And:
            return joined(index, scope, " AND ", true);
        case Test::Or:
            return joined(index, scope, " OR ", false);
        case Test::Nor:
            return negation(joined(index, scope, " OR ", false));
        case Test::Not:
            return negation(this->node(index + 1, scope));
        default:
            return node.negated ? negation(leaf(index, scope)) : leaf(index, scope);
        }
    }

private:
    // NULL counts as false, so it must not stay NULL where it is turned around.
    static Fragment negation(const Fragment &sql) { return Fragment::of({"((", sql, ") IS NOT TRUE)"}); }

    Fragment joined(std::uint32_t index, JsonSql::Scope scope, SqlText word, bool ofNone)
    {
        const std::uint32_t end = m_condition.nodes()[index].end;
        if (end == index + 1)
            return constant(ofNone);
        Fragment all = Fragment::of({"("});
        for (std::uint32_t child = index + 1; child < end; child = m_condition.nodes()[child].end)
            all.append({child == index + 1 ? SqlText() : word, node(child, scope)});
        all.append({")"});
        return all;
    }

    Fragment leaf(std::uint32_t index, JsonSql::Scope scope)
    {
        const Node &node = m_condition.nodes()[index];
        const Value operand = operandOf(node);
        if (node.slot < 0)
            return scope == JsonSql::Scope::TextItem ? textItem(index, operand) : jsonLeaf(index, operand, scope, {});
        const SqlColumn &column = m_table.columns[std::size_t(node.slot)];
        const Fragment sql = Fragment::of({column.expression});
        if (column.type == SqlType::Json)
            return jsonLeaf(index, operand, scope, Fragment::of({"coalesce(", sql, ", 'null')"}));
        if (node.keyCount > 0)
            return fail(index, u"asks for a member of what has none"_s);
        if (node.test == Test::Exists)
            return constant(operand.truth);
        switch (column.type) {
        case SqlType::Text:
            return text(index, operand, sql);
        case SqlType::Number:
            return number(index, operand, Fragment::of({sql, "::float8"}));
        case SqlType::Boolean:
            return boolean(index, operand, sql);
        case SqlType::Time:
            return time(index, operand, sql);
        case SqlType::Uuid:
            return id(index, operand, sql);
        case SqlType::TextArray:
            return textArray(index, operand, sql);
        case SqlType::Json:
            break;
        }
        return {};
    }

    // {"$eq": …} and {"$in": […]} of a column; `values`: what of the operand it may hold.
    template<class T>
    static Fragment sameAs(const Node &node, const Value &operand, const Fragment &sql, const QList<T> &values)
    {
        const bool isNull = node.test == Test::In ? holdsNull(operand) : operand.kind == Value::Null;
        const Fragment same = values.isEmpty() ? constant(false)
            : node.test == Test::In            ? Fragment::of({sql, " = ANY (", Fragment::bound(values), ")"})
                                               : Fragment::of({sql, " = ", Fragment::bound(values.first())});
        if (!isNull)
            return same;
        return values.isEmpty() ? Fragment::of({sql, " IS NULL"}) : Fragment::of({"(", same, " OR ", sql, " IS NULL)"});
    }
    static Value asList(const Node &node, const Value &operand)
    {
        return node.test == Test::In ? operand : ValueStore::array(&operand, 1);
    }

    // The order of what is not null, with that of null, which is known.
    static Fragment ordered(const Node &node, const Value &operand, const Fragment &sql, const Fragment &order)
    {
        return holdsOrder(node.test, Value::null(), operand) ? Fragment::of({"(", order, " OR ", sql, " IS NULL)"})
                                                             : order;
    }
    static Fragment neverANumber(const Node &node, const Fragment &sql)
    {
        const bool isLess = node.test == Test::Lt || node.test == Test::Lte;
        return isLess ? Fragment::of({sql, " IS NOT NULL"}) : constant(false);
    }

    Fragment text(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.test == Test::Eq || node.test == Test::In)
            return sameAs(node, operand, sql, those(asList(node, operand), asText));
        if (node.test == Test::Regex)
            return found(index, sql);
        if (!isOrdering(node.test))
            return constant(false);
        if (operand.kind != Value::Text)
            return fail(index, u"orders a text by what is no text; compare it with a text that is written out"_s);
        // PostgreSQL orders by characters, JavaScript by units of UTF-16: the same up to U+D7FF.
        const QStringView view = operand.view();
        if (std::any_of(view.begin(), view.end(), [](QChar c) { return c >= QChar(0xD800); }))
            return fail(index, u"orders by a character beyond U+D7FF"_s);
        return ordered(
            node, operand, sql,
            Fragment::of({"(", sql, " COLLATE \"C\"", signOf(node.test), Fragment::bound(view.toString()), ")"}));
    }

    Fragment number(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.test == Test::Eq || node.test == Test::In)
            return sameAs(node, operand, sql, those(asList(node, operand), asNumber));
        if (!isOrdering(node.test))
            return constant(false);
        const double bound = toNumber(operand);
        if (std::isnan(bound))
            return ordered(node, operand, sql, neverANumber(node, sql));
        Test test = node.test;
        if (operand.kind != Value::Number) // never the same
            test = test == Test::Lt ? Test::Lte : test == Test::Gte ? Test::Gt : test;
        return ordered(node, operand, sql, Fragment::of({"(", sql, signOf(test), Fragment::bound(bound), ")"}));
    }

    Fragment boolean(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        const auto holds = [&](const Value &value) {
            if (node.test == Test::Eq)
                return isSame(value, operand);
            if (node.test == Test::In)
                return std::any_of(operand.items, operand.items + operand.size,
                                   [&](const Value &one) { return isSame(value, one); });
            return isOrdering(node.test) && holdsOrder(node.test, value, operand);
        };
        return Fragment::of({"CASE WHEN ", sql, " THEN ", constant(holds(Value::of(true))), " WHEN ", sql,
                             " IS NULL THEN ", constant(holds(Value::null())), " ELSE ",
                             constant(holds(Value::of(false))), " END"});
    }

    Fragment time(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.test == Test::Eq || node.test == Test::In)
            return sameAs(node, operand, sql, those(asList(node, operand), asTime));
        const Fragment written =
            Fragment::of({"to_char(", sql, " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"});
        if (isOrdering(node.test) && operand.kind == Value::Text) {
            if (const auto time = timeOf(operand.view()))
                return ordered(node, operand, sql,
                               Fragment::of({"(", sql, signOf(node.test), Fragment::bound(*time), ")"}));
        }
        return asciiText(index, operand, written);
    }

    Fragment id(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.test == Test::Eq || node.test == Test::In)
            return sameAs(node, operand, sql, those(asList(node, operand), asId));
        return asciiText(index, operand, Fragment::of({sql, "::text"}));
    }

    // Of times and ids as text: ASCII, and never a number.
    Fragment asciiText(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.test == Test::Regex)
            return found(index, sql);
        if (!isOrdering(node.test))
            return constant(false);
        if (operand.kind != Value::Text)
            return ordered(node, operand, sql, neverANumber(node, sql));
        return ordered(node, operand, sql,
                       Fragment::of({"(", sql, " COLLATE \"C\"", signOf(node.test),
                                     Fragment::bound(operand.view().toString()), ")"}));
    }

    Fragment found(std::uint32_t index, const Fragment &sql)
    {
        const Condition::Origin &origin = m_condition.origin(index);
        QString reason;
        const auto pattern = patternSql(origin.operand.toString(), origin.options, reason);
        if (!pattern)
            return fail(index, reason);
        return Fragment::of({"(", sql, " COLLATE \"C\" ~ ", Fragment::bound(*pattern), ")"});
    }

    Fragment textArray(std::uint32_t index, const Value &operand, const Fragment &sql)
    {
        const Node &node = m_condition.nodes()[index];
        const Fragment item = Fragment::of({"item.t"});
        const auto some = [&](const Fragment &holds) {
            return Fragment::of({"EXISTS (SELECT FROM unnest(", sql, ") AS item(t) WHERE ", holds, ")"});
        };
        switch (node.test) {
        case Test::Eq:
        case Test::In: {
            const QList<QString> texts = those(asList(node, operand), asText);
            const Fragment same =
                texts.isEmpty() ? constant(false) : Fragment::of({sql, " && ", Fragment::bound(texts)});
            const bool isNull = node.test == Test::In ? holdsNull(operand) : operand.kind == Value::Null;
            return isNull ? Fragment::of({"(", same, " OR ", sql, " IS NULL)"}) : same;
        }
        case Test::All: {
            const QList<QString> texts = those(operand, asText);
            if (texts.size() != qsizetype(operand.size))
                return constant(false);
            return Fragment::of({sql, " @> ", Fragment::bound(texts)});
        }
        case Test::Size:
            return Fragment::of({"cardinality(", sql, ") = ", Fragment::bound(operand.number)});
        case Test::ElemMatch:
            return some(this->node(index + 1, JsonSql::Scope::TextItem));
        case Test::Regex:
            return some(text(index, operand, item));
        default: {
            const Fragment order = some(text(index, operand, item));
            return ordered(node, operand, sql, order);
        }
        }
    }

    // What $elemMatch asks of a text.
    Fragment textItem(std::uint32_t index, const Value &operand)
    {
        const Node &node = m_condition.nodes()[index];
        if (node.keyCount > 0)
            return fail(index, u"asks a text for a member"_s);
        if (node.test == Test::Exists)
            return constant(true);
        return node.test == Test::Eq && operand.kind == Value::Null ? constant(false)
                                                                    : text(index, operand, Fragment::of({"item.t"}));
    }

    Fragment jsonLeaf(std::uint32_t index, const Value &operand, JsonSql::Scope scope, const Fragment &column)
    {
        const Node &node = m_condition.nodes()[index];
        JsonSql json(node, m_condition.keys(node), operand);
        if (const QString reason = json.problem(); !reason.isEmpty())
            return fail(index, reason);
        const Fragment start = scope == JsonSql::Scope::JsonItem && node.slot < 0 ? Fragment::of({"item.v"}) : column;
        if (node.test == Test::ElemMatch)
            return json.someItem(start, this->node(index + 1, JsonSql::Scope::JsonItem));
        if (node.test == Test::Regex)
            return json.someText(start, found(index, Fragment::of({"(one.v #>> '{}')"})));
        return json.leaf(start);
    }

    Value operandOf(const Node &node) const
    {
        return node.isNow ? Value::of(QStringView(m_nowText.data(), qsizetype(m_nowText.size()))) : node.operand;
    }

    Fragment fail(std::uint32_t index, const QString &reason)
    {
        m_problems.append({m_condition.origin(index).pointer, reason + u", which lists cannot do"_s});
        return {};
    }

    const Condition &m_condition;
    const SqlTable &m_table;
    const TimeText m_nowText;
    QList<json::Problem> &m_problems;
};

std::optional<Fragment> compileSql(const Condition &condition, const SqlTable &table, const Moment &now,
                                   QList<json::Problem> &problems)
{
    const qsizetype before = problems.size();
    Fragment sql = ConditionSql(condition, table, now, problems).node(0, JsonSql::Scope::Record);
    if (problems.size() != before)
        return std::nullopt;
    return sql;
}

Fragment rowsAllowed(const Policy &policy, Ability ability, const SqlTable &table, const Moment &now)
{
    if (!policy.mayAny(ability, now))
        return constant(false);
    const auto any = [&](const std::vector<Policy::Clause> &clauses, bool withFields, bool ifNotCompiled) {
        Fragment all = constant(false);
        for (const Policy::Clause &clause : clauses) {
            if (!clause.appliesAt(now) || (clause.fields != Policy::allFields && !withFields))
                continue;
            if (!clause.condition)
                return constant(true);
            QList<json::Problem> problems;
            const auto sql = compileSql(*clause.condition, table, now, problems);
            all.append({" OR ", sql ? *sql : constant(ifNotCompiled)});
        }
        return all;
    };
    return Fragment::of({"((", any(policy.denies(ability), false, true), ") IS NOT TRUE AND (",
                         policy.allowsAlways(ability) ? constant(true) : any(policy.allows(ability), true, false),
                         "))"});
}

QList<json::Problem> checkRuleSql(const RuleInput &rule, const SqlTable &table)
{
    QList<json::Problem> problems;
    if (!rule.conditions)
        return problems;
    if (const auto condition = Condition::compile(*rule.conditions, *table.subject, nullptr, problems))
        compileSql(*condition, table, Moment::current(), problems);
    return problems;
}

} // namespace permissions
