// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/patterns/pattern.h"
#include "shared/permissions/attributes.h"
#include "shared/permissions/decision.h"

#include <memory>
#include <span>
#include <vector>

namespace permissions {

// When a decision is made; ${now} is its text.
class Moment
{
public:
    explicit Moment(qint64 msecsSinceEpoch) : m_msecs(msecsSinceEpoch) { }
    static Moment current() { return Moment(QDateTime::currentMSecsSinceEpoch()); }
    qint64 msecs() const { return m_msecs; }

private:
    qint64 m_msecs;
};

// What ${user.…} stands for.
struct Variables
{
    QString userId;
    QList<QString> roles; // names, also of custom roles
    QJsonObject attributes;
};

// A condition on the attributes of a record, {"folder": "support", "tags": {"$in": ["public"]}}, with CASL's meaning
// also of what is null, missing or an array. Compiled once into a flat program; shared by threads.
class Condition
{
public:
    enum class Test : std::uint8_t { And, Or, Nor, Not, Eq, Lt, Lte, Gt, Gte, In, Exists, Regex, All, Size, ElemMatch };

    // A node of the program. The nodes under an And, Or, Nor, Not or ElemMatch follow it, up to `end`.
    struct Node
    {
        Test test = Test::And;
        bool negated = false; // Eq and In: $ne and $nin
        bool isNow = false; // the operand is ${now}
        std::int16_t slot = itself; // the attribute of the record that the path begins with
        std::uint16_t firstKey = 0; // the keys after the slot
        std::uint16_t keyCount = 0;
        std::uint16_t pattern = 0;
        std::uint32_t end = 0;
        Value operand;
    };
    static constexpr std::int16_t itself = -1; // the path begins at the item that $elemMatch looks at

    // What a person reads and other compilers need of a node.
    struct Origin
    {
        QString path; // as it was written
        QString name; // "$eq"
        QJsonValue operand; // with variables filled in; of "$regex" the pattern
        QString options; // of "$regex"
        QString pointer; // where it stands in the JSON
    };

    // Returns nullptr and adds to the problems, with JSON pointers below `pointer`, when it cannot be evaluated.
    // Without variables it is only checked: what holds a variable is never the same as anything.
    static std::shared_ptr<const Condition> compile(const QJsonObject &json, const Subject &subject,
                                                    const Variables *variables, QList<json::Problem> &problems,
                                                    const QString &pointer = QStringLiteral("/conditions"));

    // There is nothing that it would not match.
    bool isEmpty() const { return m_nodes.size() == 1 && m_nodes[0].test == Test::And; }

    // The record must be one of the subject's. Does not allocate, unless a path crosses arrays with more than
    // `flatItems` items in all, or arrays within arrays are put in order, which are texts to JavaScript.
    bool matches(const Attributes &record, const Moment &now) const;
    static constexpr int flatItems = 64;

    // The tests because of which it does not match.
    QList<FailedTest> failures(const Attributes &record, const Moment &now) const;

    const Subject &subject() const { return *m_subject; }
    std::span<const Node> nodes() const { return m_nodes; }
    const Origin &origin(std::size_t node) const { return m_origins[node]; }
    std::span<const Key> keys(const Node &node) const
    {
        return std::span(m_keys).subspan(node.firstKey, node.keyCount);
    }
    int cost() const { return m_cost; } // to look at cheap ones first

private:
    friend class ConditionCompiler;
    friend class Evaluation;
    Condition() = default;

    const Subject *m_subject = nullptr;
    std::vector<Node> m_nodes;
    std::vector<Key> m_keys;
    std::vector<patterns::Pattern> m_patterns;
    std::vector<Origin> m_origins;
    ValueStore m_store;
    int m_cost = 0;
};

} // namespace permissions
