// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/condition.h"

namespace permissions {

// From the JSON of a condition to the program of a Condition. It reads what CASL reads ($and, $or and $nor where paths
// stand, everything else under a path), and refuses what CASL would only fail at later or silently never match: unknown
// operators and attributes.
class ConditionCompiler
{
public:
    ConditionCompiler(const Subject &subject, const Variables *variables, QList<json::Problem> &problems)
        : m_subject(subject),
          m_variables(variables),
          m_problems(problems)
    {
    }

    std::shared_ptr<const Condition> run(const QJsonObject &json, const QString &pointer);

private:
    using Test = Condition::Test;

    struct Tree
    {
        Condition::Node node;
        Condition::Origin origin;
        QList<Key> keys = {};
        std::vector<Tree> children = {};
        int cost = 1;
    };
    using Trees = std::vector<Tree>;

    // A path, resolved as far as it can be before there is a record.
    struct Place
    {
        QString path;
        std::int16_t slot = Condition::itself;
        QList<Key> keys = {};
    };
    struct Operator;
    static const Operator *findOperator(QStringView name);

    Tree document(const QJsonObject &json, const QString &pointer, bool isItem, int depth);
    Tree compound(Test test, const QString &name, const QJsonValue &json, const QString &pointer, bool isItem,
                  int depth);
    void member(Trees &into, const QString &name, const QJsonValue &json, const QString &pointer, bool isItem,
                int depth);
    void operators(Trees &into, const Place &place, const QJsonObject &json, const QString &pointer, int depth);
    Tree leaf(const Operator &op, const Place &place, const QJsonObject &around, const QString &pointer, int depth);
    Tree elements(Tree tree, int depth);
    void pattern(Tree &tree, const QJsonObject &around);

    std::optional<Place> place(const QString &path, const QString &pointer, bool isItem);
    QJsonValue filledIn(const QJsonValue &value, const QString &pointer, bool *isNow);
    QJsonValue variable(const QString &name, const QString &pointer);
    static Tree merged(Test test, Trees &&trees, Condition::Origin origin);

    void fail(const QString &pointer, const QString &problem) { m_problems.append({pointer, problem}); }
    void emitTree(Tree &&tree);

    const Subject &m_subject;
    const Variables *m_variables;
    QList<json::Problem> &m_problems;
    std::shared_ptr<Condition> m_condition;
    int m_tests = 0;
};

} // namespace permissions
