// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/call_query.h"

using namespace Qt::StringLiterals;

namespace {

constexpr std::pair<const char *, QString CallQuery::*> queryTexts[] = {{"model", &CallQuery::model},
                                                                        {"status", &CallQuery::status},
                                                                        {"keyName", &CallQuery::keyName},
                                                                        {"userName", &CallQuery::userName}};
constexpr std::pair<const char *, QUuid CallQuery::*> queryIds[] = {{"keyId", &CallQuery::keyId},
                                                                    {"userId", &CallQuery::userId}};

} // namespace

QJsonObject CallQuery::toJson() const
{
    QJsonObject state;
    for (const auto &[name, text] : queryTexts)
        if (!(this->*text).isEmpty())
            state.insert(QLatin1StringView(name), this->*text);
    for (const auto &[name, id] : queryIds)
        if (!(this->*id).isNull())
            state.insert(QLatin1StringView(name), (this->*id).toString(QUuid::WithoutBraces));
    if (withinHours > 0)
        state.insert(u"withinHours"_s, withinHours);
    return state;
}

CallQuery CallQuery::fromJson(const QJsonObject &state)
{
    CallQuery query;
    for (const auto &[name, text] : queryTexts)
        query.*text = state.value(QLatin1StringView(name)).toString();
    for (const auto &[name, id] : queryIds)
        query.*id = QUuid::fromString(state.value(QLatin1StringView(name)).toString());
    query.withinHours = std::max(state.value(u"withinHours"_s).toInt(), 0);
    return query;
}

GatewayCallFilter CallQuery::filter(const QDateTime &now) const
{
    const auto unlessEmpty = [](const QString &text) { return text.isEmpty() ? std::nullopt : std::optional(text); };
    const auto unlessNull = [](const QUuid &id) { return id.isNull() ? std::nullopt : std::optional(id); };
    GatewayCallFilter filter;
    if (withinHours > 0)
        filter.from = now.addSecs(-withinHours * 3600LL);
    filter.model = unlessEmpty(model);
    filter.status = unlessEmpty(status);
    filter.keyId = unlessNull(keyId);
    filter.userId = unlessNull(userId);
    return filter;
}
