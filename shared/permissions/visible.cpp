// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/visible.h"

namespace permissions::detail {

void leaveOut(const QStringList &names, QJsonValue &json)
{
    if (json.isArray()) {
        QJsonArray items = json.toArray();
        for (qsizetype i = 0; i < items.size(); ++i) {
            QJsonValue item = items.at(i);
            leaveOut(names, item);
            items[i] = item;
        }
        json = items;
    } else if (json.isObject()) {
        QJsonObject object = json.toObject();
        for (const QString &name : names)
            object.remove(name);
        const QStringList left = object.keys();
        for (const QString &name : left) {
            QJsonValue member = object.value(name);
            leaveOut(names, member);
            object.insert(name, member);
        }
        json = object;
    }
}

} // namespace permissions::detail
