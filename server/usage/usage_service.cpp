// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_service.h"

#include "server/credentials/credential_store.h"
#include "server/usage/usage_selection.h"

using namespace Qt::StringLiterals;

namespace {

QList<QString> fieldsOf(UsageGroup group)
{
    switch (group) {
    case UsageGroup::Day:
        return {u"day"_s};
    case UsageGroup::Model:
        return {u"model"_s};
    case UsageGroup::User:
        return {u"userId"_s, u"userName"_s};
    case UsageGroup::Template:
        return {u"templateId"_s, u"templateName"_s};
    case UsageGroup::Key:
        return {u"keyId"_s, u"keyName"_s};
    }
    return {};
}

} // namespace

UsageReport UsageService::report(const Caller &caller, const UsageQuery &query)
{
    UsageReader::Selection selection = UsageSelection::of(caller, query);
    const auto groups = query.groupBy.value_or(QList<UsageGroup>{UsageGroup::Day});
    for (const UsageGroup group : groups)
        Access::requireVisible(caller, Ability::UsageRead, u"groupBy"_s, fieldsOf(group));
    UsageReport report;
    report.from = selection.from;
    report.to = selection.to;
    UsageSelection::untilNow(selection);
    report.rows = m_database.transaction(caller.scope(),
                                         [&](Transaction &tx) { return UsageReader::report(tx, selection, groups); });
    for (const UsageRow &row : std::as_const(report.rows))
        for (qint64 UsageRow::*figure : usageFigures)
            report.total.*figure += row.*figure;
    return report;
}

ModelList UsageService::models(const Caller &caller)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QHash<QString, CredentialStore::Offer> offers;
    for (const auto &offer : m_database.transaction(caller.scope(), CredentialStore::offers))
        offers.insert(offer.provider, offer);
    std::map<QString, ModelInfo> byName;
    const auto prices = m_prices.prices();
    for (const ModelPrice &price : prices) { // later rows of a model follow earlier ones
        if (price.validFrom > now)
            continue;
        const QString name = price.provider + u'/' + price.model;
        byName[name] = {name, m_isConfigured(price.provider) || offers.contains(price.provider), price.prices.input,
                        price.prices.output, price.verified};
    }
    // At an address of the tenant's own there is what its server names, whatever the price book lists.
    for (const CredentialStore::Offer &offer : std::as_const(offers)) {
        if (!offer.hasAddress || offer.models.isEmpty())
            continue;
        for (auto &[name, model] : byName)
            model.configured = model.configured && !name.startsWith(offer.provider + u'/');
        for (const QString &model : offer.models) {
            const QString name = offer.provider + u'/' + model;
            ModelInfo &info = byName[name];
            info.name = name;
            info.configured = true;
        }
    }
    ModelList list;
    for (const auto &[name, model] : byName)
        list.items.append(model);
    return list;
}
