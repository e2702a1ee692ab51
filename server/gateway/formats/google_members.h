// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/members.h"

// How Google's interfaces read JSON (protobuf's JSON mapping): a member may be named inlineData or inline_data, and a
// list of one may be that one.
namespace gateway {

// "inline_data" is "inlineData".
QString googleName(const QString &name);

// The members of the object there, by their names in camel case; throws where it is none.
Members googleMembers(const QJsonValue &value, const QString &pointer);
Members googleMembers(Members &parent, QLatin1StringView name); // an empty object where there is none

struct GoogleItem
{
    QJsonValue value;
    QString pointer;
};
QList<GoogleItem> googleItems(Members &parent, QLatin1StringView name); // empty where there is none

// "models/gemini-2.5-pro" is "gemini-2.5-pro".
QString googleModel(const QString &name);

} // namespace gateway
