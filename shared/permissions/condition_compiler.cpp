// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/condition_compiler.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace permissions {
namespace {

constexpr int mostTests = 500;
constexpr int deepest = 20;
constexpr qsizetype mostItems = 1000;
constexpr qsizetype mostSteps = 8;
constexpr qsizetype longestPattern = 1000;

bool isOperatorName(const QString &name) { return name.startsWith(u'$'); }

bool hasOperators(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    const QStringList names = object.keys();
    return std::any_of(names.begin(), names.end(), isOperatorName);
}

QString below(const QString &pointer, QString name)
{
    return pointer + u'/' + name.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

QString below(const QString &pointer, qsizetype index) { return pointer + u'/' + QString::number(index); }

} // namespace

// An operator that stands under a path.
struct ConditionCompiler::Operator
{
    enum Operand { Any, List, Comparable, Number, Flag, Pattern, Tests };

    const char *name;
    Test test;
    Operand operand;
    bool negated = false;
    int cost = 2;
};

const ConditionCompiler::Operator *ConditionCompiler::findOperator(QStringView name)
{
    using enum Condition::Test;
    static constexpr std::array table{Operator{"$eq", Eq, Operator::Any},
                                      Operator{"$ne", Eq, Operator::Any, true},
                                      Operator{"$lt", Lt, Operator::Comparable},
                                      Operator{"$lte", Lte, Operator::Comparable},
                                      Operator{"$gt", Gt, Operator::Comparable},
                                      Operator{"$gte", Gte, Operator::Comparable},
                                      Operator{"$in", In, Operator::List},
                                      Operator{"$nin", In, Operator::List, true},
                                      Operator{"$exists", Exists, Operator::Flag},
                                      Operator{"$regex", Regex, Operator::Pattern, false, 20},
                                      Operator{"$all", All, Operator::List},
                                      Operator{"$size", Size, Operator::Number},
                                      Operator{"$elemMatch", ElemMatch, Operator::Tests, false, 6},
                                      Operator{"$not", Not, Operator::Tests}};
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Operator &one) { return name == QLatin1StringView(one.name); });
    return found == table.end() ? nullptr : &*found;
}

std::shared_ptr<const Condition> ConditionCompiler::run(const QJsonObject &json, const QString &pointer)
{
    const qsizetype before = m_problems.size();
    m_condition = std::shared_ptr<Condition>(new Condition);
    m_condition->m_subject = &m_subject;
    Tree tree = document(json, pointer, false, 0);
    if (m_problems.size() == before && m_tests > mostTests)
        fail(pointer, u"has more than %1 tests; make several rules of it"_s.arg(mostTests));
    if (m_problems.size() != before)
        return nullptr;
    m_condition->m_cost = tree.cost;
    emitTree(std::move(tree));
    return m_condition;
}

ConditionCompiler::Tree ConditionCompiler::document(const QJsonObject &json, const QString &pointer, bool isItem,
                                                    int depth)
{
    Trees all;
    if (depth > deepest) {
        fail(pointer, u"is nested more than %1 deep"_s.arg(deepest));
    } else {
        for (auto one = json.begin(); one != json.end(); ++one)
            member(all, one.key(), one.value(), below(pointer, one.key()), isItem, depth);
    }
    return merged(Test::And, std::move(all), {{}, u"$and"_s, json, {}, pointer});
}

void ConditionCompiler::member(Trees &into, const QString &name, const QJsonValue &json, const QString &pointer,
                               bool isItem, int depth)
{
    static const std::array<std::pair<QString, Test>, 3> compounds{
        {{u"$and"_s, Test::And}, {u"$or"_s, Test::Or}, {u"$nor"_s, Test::Nor}}};
    for (const auto &[word, test] : compounds)
        if (word == name)
            return into.push_back(compound(test, name, json, pointer, isItem, depth));
    if (findOperator(name))
        return fail(pointer, u"stands under a path: {\"name\": {\"%1\": …}}"_s.arg(name));
    if (isOperatorName(name))
        return fail(pointer, u"is an operator that does not exist here; use a path, $and, $or or $nor"_s);

    const auto where = place(name, pointer, isItem);
    if (!where)
        return;
    if (hasOperators(json))
        return operators(into, *where, json.toObject(), pointer, depth);
    into.push_back(leaf(*findOperator(u"$eq"), *where, {{u"$eq"_s, json}}, pointer, depth));
}

ConditionCompiler::Tree ConditionCompiler::compound(Test test, const QString &name, const QJsonValue &json,
                                                    const QString &pointer, bool isItem, int depth)
{
    const QJsonArray array = json.toArray();
    Trees all;
    if (array.isEmpty())
        fail(pointer, u"must be a list of at least one condition"_s);
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (array.at(i).isObject())
            all.push_back(document(array.at(i).toObject(), below(pointer, i), isItem, depth + 1));
        else
            fail(below(pointer, i), u"must be a condition: an object"_s);
    }
    return merged(test, std::move(all), {{}, name, json, {}, pointer});
}

// Several trees as one. Within $and, what matches everything adds nothing.
ConditionCompiler::Tree ConditionCompiler::merged(Test test, Trees &&trees, Condition::Origin origin)
{
    const auto matchesAll = [](const Tree &tree) { return tree.node.test == Test::And && tree.children.empty(); };
    if (test == Test::And && trees.size() > 1)
        std::erase_if(trees, matchesAll);
    if (test != Test::Nor && trees.size() == 1)
        return std::move(trees.front());
    Tree tree{{test}, std::move(origin)};
    std::stable_sort(trees.begin(), trees.end(), [](const Tree &a, const Tree &b) { return a.cost < b.cost; });
    for (const Tree &child : trees)
        tree.cost += child.cost;
    tree.children = std::move(trees);
    return tree;
}

std::optional<ConditionCompiler::Place> ConditionCompiler::place(const QString &path, const QString &pointer,
                                                                 bool isItem)
{
    Place place{path};
    const QStringList steps = path.split(u'.');
    if (steps.contains(QString()) || steps.size() > mostSteps) {
        fail(pointer, u"must be a path of 1 to %1 names with points between them"_s.arg(mostSteps));
        return std::nullopt;
    }
    if (!isItem) {
        place.slot = std::int16_t(m_subject.indexOf(steps.front()));
        if (place.slot < 0) {
            QStringList names;
            for (const auto &attribute : m_subject.attributes)
                names.append(attribute.name);
            fail(pointer,
                 names.isEmpty()
                     ? u"cannot be asked: %1 have no attributes; leave the conditions out"_s.arg(m_subject.name)
                     : u"is no attribute of %1; these are: %2"_s.arg(m_subject.name, names.join(u", ")));
            return std::nullopt;
        }
    }
    for (qsizetype i = isItem ? 0 : 1; i < steps.size(); ++i)
        place.keys.append(Key(steps[i]));
    return place;
}

void ConditionCompiler::operators(Trees &into, const Place &place, const QJsonObject &json, const QString &pointer,
                                  int depth)
{
    for (auto one = json.begin(); one != json.end(); ++one) {
        const QString at = below(pointer, one.key());
        if (const Operator *const op = findOperator(one.key()))
            into.push_back(leaf(*op, place, json, at, depth));
        else if (one.key() != u"$options")
            fail(at,
                 u"is no operator; under a path these are: $eq, $ne, $lt, $lte, $gt, $gte, $in, $nin, $exists, "
                 "$regex (with $options), $all, $size, $elemMatch, $not"_s);
        else if (!json.contains(u"$regex"_s))
            fail(at, u"needs $regex beside it"_s);
    }
}

ConditionCompiler::Tree ConditionCompiler::leaf(const Operator &op, const Place &place, const QJsonObject &around,
                                                const QString &pointer, int depth)
{
    ++m_tests;
    const QString name = QString::fromLatin1(op.name);
    Tree tree{{op.test, op.negated}, {place.path, name, around.value(name), {}, pointer}, place.keys};
    tree.node.slot = place.slot;
    tree.cost = op.cost + 3 * int(place.keys.size());
    QJsonValue &operand = tree.origin.operand;
    if (op.operand == Operator::Tests) {
        if (depth >= deepest)
            fail(pointer, u"is nested more than %1 deep"_s.arg(deepest));
        else if (!operand.isObject())
            fail(pointer, u"must be an object of operators"_s);
        else if (op.test == Test::ElemMatch)
            return elements(std::move(tree), depth + 1);
        else {
            Trees all;
            operators(all, place, operand.toObject(), pointer, depth + 1);
            tree.children.push_back(merged(Test::And, std::move(all), tree.origin));
            tree.cost += tree.children.front().cost;
        }
        return tree;
    }
    if (op.operand == Operator::Pattern) {
        pattern(tree, around);
        return tree;
    }

    const bool mayBeNow = op.operand == Operator::Any || op.operand == Operator::Comparable;
    operand = filledIn(operand, pointer, mayBeNow ? &tree.node.isNow : nullptr);
    if (operand.isUndefined() || tree.node.isNow) // a variable whose value is not known yet
        return tree;
    if (op.operand == Operator::List) {
        if (!operand.isArray() || operand.toArray().size() > mostItems)
            fail(pointer, u"must be a list of at most %1 values"_s.arg(mostItems));
        tree.cost += int(operand.toArray().size() / 4);
    } else if (op.operand == Operator::Comparable && !operand.isString() && !operand.isDouble()) {
        fail(pointer, u"must be a text or a number"_s);
    } else if (op.operand == Operator::Number && !operand.isDouble()) {
        fail(pointer, u"must be a number"_s);
    } else if (op.operand == Operator::Flag && !operand.isBool()) {
        fail(pointer, u"must be true or false"_s);
    }
    tree.node.operand = m_condition->m_store.json(operand);
    return tree;
}

// {"$elemMatch": {"$gt": 5}} asks the items themselves, {"$elemMatch": {"name": "a"}} their members.
ConditionCompiler::Tree ConditionCompiler::elements(Tree tree, int depth)
{
    const QJsonValue json = tree.origin.operand;
    if (hasOperators(json)) {
        Trees all;
        operators(all, Place{}, json.toObject(), tree.origin.pointer, depth);
        tree.children.push_back(merged(Test::And, std::move(all), tree.origin));
    } else {
        tree.children.push_back(document(json.toObject(), tree.origin.pointer, true, depth));
    }
    tree.cost += 2 * tree.children.front().cost;
    return tree;
}

void ConditionCompiler::pattern(Tree &tree, const QJsonObject &around)
{
    const QJsonValue flags = around.value(u"$options"_s);
    const auto options = patterns::optionsOf(flags.toString());
    const QString &pointer = tree.origin.pointer;
    if (!tree.origin.operand.isString() || tree.origin.operand.toString().size() > longestPattern)
        return fail(pointer, u"must be a regular expression of at most %1 characters"_s.arg(longestPattern));
    if (!options || (!flags.isUndefined() && !flags.isString()))
        return fail(pointer, u"has $options that are not of i, m and s"_s);
    patterns::Pattern pattern(tree.origin.operand.toString(), patterns::Characters::Units, *options);
    if (!pattern.problem().isEmpty())
        return fail(pointer, u"%1, at character %2"_s.arg(pattern.problem()).arg(pattern.problemAt()));
    tree.origin.options = flags.toString();
    tree.node.pattern = std::uint16_t(m_condition->m_patterns.size());
    m_condition->m_patterns.push_back(std::move(pattern));
}

// The operand with ${…} replaced; undefined when there are no variables to replace it with.
QJsonValue ConditionCompiler::filledIn(const QJsonValue &value, const QString &pointer, bool *isNow)
{
    if (value.isArray()) {
        QJsonArray items = value.toArray();
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QJsonValue item = items.at(i);
            if (item.isString())
                items[i] = filledIn(item, below(pointer, i), nullptr);
        }
        return items;
    }
    const QString text = value.toString();
    const auto begin = text.indexOf(u"${");
    if (begin < 0)
        return value;
    if (begin != 0 || !text.endsWith(u'}') || text.count(u"${"_s) != 1) {
        fail(pointer, u"must be the variable alone, without text around it"_s);
        return value;
    }
    const QString name = text.sliced(2).chopped(1);
    if (name != u"now")
        return variable(name, pointer);
    if (isNow)
        *isNow = true;
    else
        fail(pointer, u"cannot be ${now}; compare with $eq, $ne, $lt, $lte, $gt or $gte"_s);
    return value;
}

QJsonValue ConditionCompiler::variable(const QString &name, const QString &pointer)
{
    const QString attributes = u"user.attributes."_s;
    const bool isAttribute = name.startsWith(attributes) && name.size() > attributes.size();
    if (name != u"user.id" && name != u"user.roles" && !isAttribute) {
        fail(pointer,
             u"names an unknown variable; these are: ${user.id}, ${user.roles}, ${user.attributes.NAME}, ${now}"_s);
        return {};
    }
    if (!m_variables)
        return QJsonValue::Undefined;
    if (name == u"user.roles")
        return QJsonArray::fromStringList(m_variables->roles);
    if (isAttribute) {
        const QJsonValue value = m_variables->attributes.value(name.sliced(attributes.size()));
        if (value.isUndefined())
            fail(pointer, u"asks for “%1”, which this person does not have"_s.arg(name));
        return value;
    }
    if (m_variables->userId.isEmpty())
        fail(pointer, u"asks for the user, and there is none"_s);
    return m_variables->userId;
}

// Each node, then those under it.
void ConditionCompiler::emitTree(Tree &&tree)
{
    Condition &into = *m_condition;
    const std::size_t index = into.m_nodes.size();
    tree.node.firstKey = std::uint16_t(into.m_keys.size());
    tree.node.keyCount = std::uint16_t(tree.keys.size());
    into.m_keys.insert(into.m_keys.end(), tree.keys.begin(), tree.keys.end());
    into.m_nodes.push_back(tree.node);
    into.m_origins.push_back(std::move(tree.origin));
    for (Tree &child : tree.children)
        emitTree(std::move(child));
    into.m_nodes[index].end = std::uint32_t(into.m_nodes.size());
}

} // namespace permissions
