// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/condition.h"

#include "shared/permissions/condition_compiler.h"

#include <QVarLengthArray>

#include <algorithm>
#include <array>

namespace permissions {
namespace {

// The items that a path gathers from arrays: one list is read while the other is filled.
struct Gathered
{
    std::array<QVarLengthArray<Value, Condition::flatItems>, 2> lists;
    std::size_t turn = 0;
};

bool isAsked(const Value &value, const Key &key) { return value.isArray() && !key.isNumber; } // of each item

// One step: of an array, the members of its items, arrays among them spread out.
Value step(const Value &value, const Key &key, Gathered &gathered)
{
    if (!isAsked(value, key))
        return at(value, key);
    auto &list = gathered.lists[gathered.turn ^= 1];
    list.clear();
    for (std::uint32_t i = 0; i < value.size; ++i) {
        const Value member = at(value.items[i], key);
        if (member.isArray())
            list.append(member.items, member.size);
        else if (member.kind != Value::Missing)
            list.append(member);
    }
    return ValueStore::array(list.data(), std::size_t(list.size()));
}

// `wasStep`: the value was reached by a step already, and so ends the path if it has no members.
Value follow(Value value, std::span<const Key> keys, bool wasStep, Gathered &gathered)
{
    for (const Key &key : keys) {
        if (wasStep && !value.isContainer())
            return {};
        value = step(value, key, gathered);
        wasStep = true;
    }
    return value;
}

bool isAmong(const Value &value, const Value &list)
{
    for (std::uint32_t i = 0; i < list.size; ++i)
        if (isSame(list.items[i], value))
            return true;
    return false;
}

// For the value, or for each item where it is an array.
template<class Holds> bool any(const Value &value, Holds &&holds)
{
    if (!value.isArray())
        return holds(value);
    for (std::uint32_t i = 0; i < value.size; ++i)
        if (holds(value.items[i]))
            return true;
    return false;
}

} // namespace

// One look at one record.
class Evaluation
{
public:
    Evaluation(const Condition &condition, const Attributes &record, const Moment &now)
        : m_condition(condition),
          m_nodes(condition.m_nodes.data()),
          m_record(record),
          m_now(now)
    {
    }

    // `item`: what $elemMatch looks at; nullptr: the record.
    bool holds(std::uint32_t index, const Value *item)
    {
        using enum Condition::Test;
        const Condition::Node &node = m_nodes[index];
        switch (node.test) {
        case And:
            for (std::uint32_t child = index + 1; child < node.end; child = m_nodes[child].end)
                if (!holds(child, item))
                    return false;
            return true;
        case Or:
        case Nor:
            for (std::uint32_t child = index + 1; child < node.end; child = m_nodes[child].end)
                if (holds(child, item))
                    return node.test == Or;
            return node.test == Nor;
        case Not:
            return !holds(index + 1, item);
        default:
            break;
        }
        if (node.keyCount == 0) {
            const Value &value = node.slot >= 0 ? m_record[std::size_t(node.slot)] : *item;
            if (node.slot < 0 && node.test == Exists)
                return true; // as in CASL, whatever is asked
            if (node.slot < 0 && node.operand.kind == Value::Null && node.test == Eq)
                return isNullItself(value) != node.negated;
            return holdsOf(value, node, index);
        }
        return holdsAlong(node, index, item);
    }

    QList<FailedTest> failures()
    {
        QList<FailedTest> failed;
        collect(0, failed);
        return failed;
    }

private:
    // A test of the value itself, whose path had no further steps.
    bool holdsOf(const Value &value, const Condition::Node &node, std::uint32_t index)
    {
        using enum Condition::Test;
        const Value &operand = node.isNow ? now() : node.operand;
        switch (node.test) {
        case Eq:
            if (operand.kind == Value::Null && value.kind == Value::Missing)
                return !node.negated;
            return (value.isArray() ? isAmong(operand, value) : isSame(value, operand)) != node.negated;
        case In:
            return any(value, [&](const Value &one) { return isAmong(one, operand); }) != node.negated;
        case Lt:
            return any(value, [&](const Value &one) { return compare(one, operand) < 0; });
        case Lte:
            return any(value, [&](const Value &one) { return compare(one, operand) <= 0; });
        case Gt:
            return any(value, [&](const Value &one) { return compare(one, operand) > 0; });
        case Gte:
            return any(value, [&](const Value &one) { return compare(one, operand) >= 0; });
        case Exists:
            return (value.kind != Value::Missing) == operand.truth;
        case Regex: {
            const patterns::Pattern &pattern = m_condition.m_patterns[node.pattern];
            return any(value, [&](const Value &one) { return one.kind == Value::Text && pattern.isIn(one.view()); });
        }
        case All:
            return value.isArray() && std::all_of(operand.items, operand.items + operand.size, [&](const Value &one) {
                       return isAmong(one, value);
                   });
        case Size:
            return value.isArray() && double(value.size) == operand.number;
        case ElemMatch:
            return value.isArray() && std::any_of(value.items, value.items + value.size, [&](const Value &one) {
                       return holds(index + 1, &one);
                   });
        case And:
        case Or:
        case Nor:
        case Not:
            break;
        }
        return false;
    }

    // A test at the end of a path. What looks at the last step itself ($exists, $size and null) asks each item of an
    // array before it; the others are given what the whole path gathers.
    bool holdsAlong(const Condition::Node &node, std::uint32_t index, const Value *item)
    {
        using enum Condition::Test;
        Gathered gathered;
        const bool isOfItem = node.slot < 0;
        const Value &start = isOfItem ? *item : m_record[std::size_t(node.slot)];
        const auto keys = m_condition.keys(node);
        const bool isNull = node.test == Eq && !node.isNow && node.operand.kind == Value::Null;
        if (!isNull && node.test != Exists && node.test != Size) {
            if (node.test == Eq && isOfItem && keys.size() == 1 && !start.isContainer())
                return holdsOf(Value(), node, index);
            return holdsOf(follow(start, keys, !isOfItem, gathered), node, index);
        }

        const Key &last = keys.back();
        const Value parent = follow(start, keys.first(keys.size() - 1), !isOfItem, gathered);
        const auto one = [&](const Value &value) {
            if (node.test == Exists)
                return has(value, last) == node.operand.truth;
            if (!value.isContainer())
                return false;
            if (isNull && !has(value, last))
                return true;
            Gathered inner;
            const Value member = step(value, last, inner);
            if (node.test == Size)
                return member.isArray() && double(member.size) == node.operand.number;
            return member.isArray() ? isAmong(Value::null(), member) : member.kind == Value::Null;
        };
        const bool holds = isAsked(parent, last) ? any(parent, one) : one(parent);
        return holds != (isNull && node.negated);
    }

    // {"$elemMatch": {"$eq": null}}: CASL asks the item for a member that nothing has.
    static bool isNullItself(const Value &item)
    {
        return any(item, [](const Value &one) { return one.isContainer(); });
    }

    void collect(std::uint32_t index, QList<FailedTest> &failed)
    {
        using enum Condition::Test;
        constexpr qsizetype most = 20;
        const Condition::Node &node = m_nodes[index];
        if (holds(index, nullptr) || failed.size() >= most)
            return;
        if (node.test == And || node.test == Or) {
            for (std::uint32_t child = index + 1; child < node.end; child = m_nodes[child].end)
                collect(child, failed);
            return;
        }
        const Condition::Origin &origin = m_condition.m_origins[index];
        FailedTest test{origin.path, origin.name, origin.operand, true, {}};
        if (node.isNow)
            test.expected = toJson(now());
        if (node.slot >= 0) {
            Gathered gathered;
            const Value value = follow(m_record[std::size_t(node.slot)], m_condition.keys(node), true, gathered);
            test.present = value.kind != Value::Missing;
            test.actual = test.present ? toJson(value) : QJsonValue();
        }
        failed.append(test);
    }

    const Value &now()
    {
        if (m_nowValue.kind == Value::Missing) {
            m_nowText = timeText(m_now.msecs());
            m_nowValue = Value::of(QStringView(m_nowText.data(), qsizetype(m_nowText.size())));
        }
        return m_nowValue;
    }

    const Condition &m_condition;
    const Condition::Node *m_nodes;
    const Attributes &m_record;
    const Moment &m_now;
    TimeText m_nowText;
    Value m_nowValue;
};

std::shared_ptr<const Condition> Condition::compile(const QJsonObject &json, const Subject &subject,
                                                    const Variables *variables, QList<json::Problem> &problems,
                                                    const QString &pointer)
{
    return ConditionCompiler(subject, variables, problems).run(json, pointer);
}

bool Condition::matches(const Attributes &record, const Moment &now) const
{
    return Evaluation(*this, record, now).holds(0, nullptr);
}

QList<FailedTest> Condition::failures(const Attributes &record, const Moment &now) const
{
    return Evaluation(*this, record, now).failures();
}

} // namespace permissions
