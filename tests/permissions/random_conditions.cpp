// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_conditions.h"

using namespace Qt::StringLiterals;

namespace {

const QList<QString> texts{u""_s,
                           u"a"_s,
                           u"b"_s,
                           u"ab"_s,
                           u"B"_s,
                           u"1"_s,
                           u"10"_s,
                           u" 2 "_s,
                           u"0x1"_s,
                           u"1e1"_s,
                           u"null"_s,
                           u"é"_s,
                           u"ÉA\n"_s,
                           u"😀"_s,
                           u"x.y"_s,
                           u"1,2"_s,
                           u"\uFFFD"_s,
                           u"2026-01-31T10:00:00.000Z"_s,
                           u"[object Object]"_s,
                           u"Infinity"_s};
const QList<double> numbers{0, 1, 2, 3, 10, -1, 1.5, 1e21, 1e-7};
const QList<QString> names{u"x"_s, u"y"_s, u"0"_s, u"1"_s};
const QList<QString> atoms{u"a"_s,       u"b"_s,      u"."_s,   u"[a-c]"_s,    u"[^a]"_s,   u"\\d"_s,
                           u"\\w"_s,     u"\\s"_s,    u"\\W"_s, u"(?:ab|b)"_s, u"(1|10)"_s, u"é"_s,
                           u"\\u00e9"_s, u"[\\d.]"_s, u"\\."_s, u"😀"_s,        u"[b-é]"_s};
const QList<QString> quantifiers{u"*"_s, u"+"_s, u"?"_s, u"*?"_s, u"{2}"_s, u"{1,3}"_s, u"{0,}"_s};
const QList<QString> edges{u"^"_s, u"$"_s, u"\\b"_s, u"\\B"_s};

} // namespace

QString RandomConditions::text() { return random.pick(texts); }
double RandomConditions::number() { return random.pick(numbers); }

QJsonValue RandomConditions::scalar()
{
    const int kind = random.below(10);
    return kind < 5 ? QJsonValue(random.pick(texts))
        : kind < 8  ? QJsonValue(random.pick(numbers))
        : kind < 9  ? QJsonValue(random.chance(50))
                    : QJsonValue(QJsonValue::Null);
}

QJsonValue RandomConditions::value(int depth)
{
    const int kind = depth > 0 ? random.below(10) : 0;
    if (kind < 5)
        return scalar();
    if (kind < 8) {
        QJsonArray items;
        // Items of one kind mostly: CASL throws where a path goes through an array with an item that is null.
        const bool areObjects = random.chance(50);
        for (int count = random.below(4); count > 0; --count)
            items.append(areObjects ? QJsonValue(members(depth - 1)) : value(depth - 1));
        return items;
    }
    return members(depth - 1);
}

QJsonObject RandomConditions::members(int depth)
{
    QJsonObject object;
    for (int count = random.below(4); count > 0; --count)
        object.insert(random.pick(names), value(depth));
    return object;
}

QJsonObject RandomConditions::record()
{
    QJsonObject object;
    for (const QString &name : m_attributes)
        if (random.chance(85))
            object.insert(name, value(3));
    return object;
}

QString RandomConditions::path()
{
    QString path = random.pick(m_attributes);
    for (int more = random.chance(60) ? 0 : 1 + random.below(2); more > 0; --more)
        path += u'.' + (random.chance(4) ? u"length"_s : random.pick(names));
    return path;
}

QString RandomConditions::pattern()
{
    QString text;
    for (int parts = 1 + random.below(3); parts > 0; --parts) {
        if (random.chance(20)) {
            text += random.pick(edges);
            continue;
        }
        text += random.pick(atoms);
        if (random.chance(35))
            text += random.pick(quantifiers);
    }
    return random.chance(10) ? text + u'|' + random.pick(atoms) : text;
}

QJsonValue RandomConditions::comparable()
{
    if (random.chance(10))
        return random.pick(QList<QString>{u"${now}"_s, u"${user.id}"_s, u"${user.attributes.level}"_s});
    return random.chance(50) ? QJsonValue(random.pick(texts)) : QJsonValue(random.pick(numbers));
}

QJsonArray RandomConditions::list()
{
    QJsonArray items;
    for (int count = random.below(4); count > 0; --count)
        items.append(random.chance(8) ? QJsonValue(u"${user.id}"_s) : random.chance(90) ? scalar() : value(1));
    return items;
}

void RandomConditions::addOperator(QJsonObject &into, int depth)
{
    switch (random.below(depth > 0 ? 14 : 12)) {
    case 0:
        into.insert(u"$eq"_s, random.chance(20) ? value(1) : random.chance(20) ? comparable() : scalar());
        break;
    case 1:
        into.insert(u"$ne"_s, random.chance(20) ? value(1) : random.chance(20) ? comparable() : scalar());
        break;
    case 2:
        into.insert(u"$lt"_s, comparable());
        break;
    case 3:
        into.insert(u"$lte"_s, comparable());
        break;
    case 4:
        into.insert(u"$gt"_s, comparable());
        break;
    case 5:
        into.insert(u"$gte"_s, comparable());
        break;
    case 6:
        into.insert(u"$in"_s, random.chance(10) ? QJsonValue(u"${user.roles}"_s) : QJsonValue(list()));
        break;
    case 7:
        into.insert(u"$nin"_s, list());
        break;
    case 8:
        into.insert(u"$exists"_s, random.chance(50));
        break;
    case 9:
        into.insert(u"$regex"_s, pattern());
        if (random.chance(30))
            into.insert(u"$options"_s, random.pick(QList<QString>{u"i"_s, u"m"_s, u"s"_s, u"is"_s, u""_s}));
        break;
    case 10:
        into.insert(u"$all"_s, list());
        break;
    case 11:
        into.insert(u"$size"_s, random.below(4));
        break;
    case 12: {
        // Of the items themselves, or of their members.
        QJsonObject inner;
        if (random.chance(50))
            inner = operators(depth - 1);
        else
            inner.insert(random.pick(names), random.chance(50) ? QJsonValue(operators(depth - 1)) : scalar());
        into.insert(u"$elemMatch"_s, inner);
        break;
    }
    case 13:
        into.insert(u"$not"_s, operators(depth - 1));
        break;
    }
}

QJsonObject RandomConditions::operators(int depth)
{
    QJsonObject object;
    for (int count = random.chance(80) ? 1 : 2; count > 0; --count)
        addOperator(object, depth);
    return object;
}

QJsonObject RandomConditions::condition(int depth)
{
    QJsonObject object;
    for (int count = random.chance(3) ? 0 : random.chance(75) ? 1 : 2; count > 0; --count) {
        if (depth > 0 && random.chance(25)) {
            QJsonArray conditions;
            for (int several = 1 + random.below(3); several > 0; --several)
                conditions.append(condition(depth - 1));
            object.insert(random.pick(QList<QString>{u"$and"_s, u"$or"_s, u"$nor"_s}), conditions);
        } else {
            object.insert(path(),
                          random.chance(30) ? (random.chance(90) ? scalar() : value(1)) : QJsonValue(operators(depth)));
        }
    }
    return object;
}
