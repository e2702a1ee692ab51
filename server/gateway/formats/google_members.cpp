// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/google_members.h"

using namespace Qt::StringLiterals;

namespace gateway {

QString googleName(const QString &name)
{
    QString result;
    bool isNext = false;
    for (const QChar letter : name) {
        if (letter == u'_' && !result.isEmpty()) {
            isNext = true;
            continue;
        }
        result += std::exchange(isNext, false) ? letter.toUpper() : letter;
    }
    return result;
}

Members googleMembers(const QJsonValue &value, const QString &pointer)
{
    if (!value.isObject())
        refuseAt(pointer, u"must be an object"_s);
    QJsonObject object;
    const QJsonObject given = value.toObject();
    for (auto it = given.begin(); it != given.end(); ++it) {
        const QString name = googleName(it.key());
        if (name != it.key() && given.contains(name))
            refuseAt(pointer + u'/' + it.key(), u"is the same member as %1"_s.arg(name));
        object.insert(name, *it);
    }
    return Members(object, pointer);
}

Members googleMembers(Members &parent, QLatin1StringView name)
{
    const QString pointer = parent.pointerTo(QString(name));
    return parent.has(name) ? googleMembers(parent.value(name), pointer) : Members({}, pointer);
}

QList<GoogleItem> googleItems(Members &parent, QLatin1StringView name)
{
    const QString pointer = parent.pointerTo(QString(name));
    const QJsonValue found = parent.value(name);
    if (found.isObject())
        return {{found, pointer}};
    QList<GoogleItem> items;
    const QJsonArray list = parent.array(name);
    for (qsizetype i = 0; i < list.size(); ++i)
        items.append({list[i], pointer + u"/%1"_s.arg(i)});
    return items;
}

QString googleModel(const QString &name) { return name.startsWith("models/"_L1) ? name.sliced(7) : name; }

} // namespace gateway
