// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_service.h"

#include "server/credentials/credential_store.h"
#include "server/permissions/access.h"
#include "server/usage/usage_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int usualDays = 30;
constexpr int mostDays = 366;

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

void checkFilter(const Caller &caller, const UsageQuery &query)
{
    for (const UsageGroup group : query.groupBy.value_or(QList<UsageGroup>()))
        Access::requireVisible(caller, Ability::UsageRead, u"groupBy"_s, fieldsOf(group));
    if (query.model)
        Access::requireVisible(caller, Ability::UsageRead, u"model"_s, {u"model"_s});
    if (query.userId)
        Access::requireVisible(caller, Ability::UsageRead, u"userId"_s, {u"userId"_s});
    if (query.templateId)
        Access::requireVisible(caller, Ability::UsageRead, u"templateId"_s, {u"templateId"_s});
    if (query.keyId)
        Access::requireVisible(caller, Ability::UsageRead, u"keyId"_s, {u"keyId"_s});
}

} // namespace

UsageReport UsageService::report(const Caller &caller, const UsageQuery &query)
{
    UsageReport report;
    report.to = query.to.value_or(QDateTime::currentDateTimeUtc());
    report.from = query.from.value_or(report.to.addDays(-usualDays));
    if (report.from > report.to)
        throw ApiError::invalid(u"/from"_s, u"must not be after /to"_s);
    if (report.from.daysTo(report.to) > mostDays)
        throw ApiError::invalid(u"/from"_s, u"must be at most %1 days before /to"_s.arg(mostDays));
    checkFilter(caller, query);
    const auto groups = query.groupBy.value_or(QList<UsageGroup>{UsageGroup::Day});
    const database::Fragment rows = Access::rows<UsageRow>(caller, Ability::UsageRead);
    report.rows = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return UsageStore::report(tx, report.from, report.to, groups, query, rows);
    });
    for (const UsageRow &row : std::as_const(report.rows)) {
        report.total.calls += row.calls;
        report.total.failedCalls += row.failedCalls;
        report.total.lostCalls += row.lostCalls;
        report.total.inputTokens += row.inputTokens;
        report.total.cachedInputTokens += row.cachedInputTokens;
        report.total.outputTokens += row.outputTokens;
        report.total.reasoningTokens += row.reasoningTokens;
        report.total.costNanos += row.costNanos;
        report.total.unpricedCalls += row.unpricedCalls;
    }
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
