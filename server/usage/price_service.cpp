// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/usage/price_rules.h"
#include "server/usage/price_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

ApiError noPrice() { return ApiError::notFound(u"The row of the price book"_s); }

QString momentText(const QDateTime &moment) { return moment.toUTC().toString(Qt::ISODateWithMs); }

QString labelOf(const PriceRow &row) { return row.provider + u'/' + row.model + u' ' + momentText(row.validFrom); }

void recordPrice(Transaction &tx, const Caller &caller, const std::optional<PriceRow> &before,
                 const std::optional<PriceRow> &after)
{
    const PriceRow &row = after ? *after : *before;
    AuditEvent event{.action = AuditLog::actionOf(Ability::PricesUpdate), .subject = {row.id, labelOf(row)}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, event);
}

void recordAlias(Transaction &tx, const Caller &caller, const std::optional<PriceAlias> &before,
                 const std::optional<PriceAlias> &after)
{
    const PriceAlias &alias = after ? *after : *before;
    AuditEvent event{.action = AuditLog::actionOf(Ability::PricesUpdate), .subject = {alias.id, alias.name}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, event);
}

PriceRow found(Transaction &tx, const QUuid &id)
{
    const auto row = PriceStore::find(tx, id);
    return row ? *row : throw noPrice();
}

[[noreturn]] void refuseSecond(Transaction &tx, const ModelPrice &price)
{
    const auto rows = PriceStore::atSameMoments(tx, {price});
    ApiError error = ApiError::conflict(
        u"There is a price of %1/%2 from %3 on already%4. A row is never changed: add one with a later validFrom. One "
        "that is not in force yet can be withdrawn first, with DELETE /api/v1/prices/{id}."_s.arg(
            price.provider, price.model, momentText(price.validFrom),
            rows.isEmpty() ? QString() : u" (the row %1)"_s.arg(rows.first().id.toString(QUuid::WithoutBraces))));
    error.errors = {{u"/validFrom"_s, u"has a price already"_s}};
    throw error;
}

} // namespace

Page<PriceRow> PriceService::list(const PriceFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<PriceStore::Position> after;
    if (const auto keys = cursor::parse(filter.cursor, 3)) {
        after = PriceStore::Position{keys->at(0), keys->at(1), QDateTime::fromString(keys->at(2), Qt::ISODateWithMs)};
        if (!after->validFrom.isValid())
            cursor::refuse();
    }
    Page<PriceRow> page;
    page.items = m_database.platform([&](Transaction &tx) { return PriceStore::list(tx, filter, after, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        const PriceRow &last = page.items.last();
        page.nextCursor = cursor::print({last.provider, last.model, momentText(last.validFrom)});
    }
    return page;
}

PriceRow PriceService::get(const QUuid &id)
{
    return m_database.platform([&](Transaction &tx) { return found(tx, id); });
}

PriceAdded PriceService::create(const Caller &caller, const NewPrice &input)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const ModelPrice price = PriceRules::rowOf(input, now);
    QList<json::Problem> problems = PriceRules::check(price);
    const bool isPast = price.validFrom < now;
    if (isPast && !input.correctsPast)
        problems.append({u"/validFrom"_s,
                         u"is in the past. With correctsPast: true it is taken, and leaves costs that were computed as "
                         "they are"_s});
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
    const PriceRow made = m_database.platform([&](Transaction &tx) {
        const auto id = PriceStore::insert(tx, price);
        if (!id)
            refuseSecond(tx, price);
        const PriceRow made = found(tx, *id);
        recordPrice(tx, caller, std::nullopt, made);
        return made;
    });
    m_catalogue.forget();
    PriceAdded added{made, {}};
    if (isPast)
        added.notice = u"No row of the ledger changed: costs that were computed stay as they are. POST "
                       "/api/v1/prices/rerate says what they would be."_s;
    return added;
}

PriceRow PriceService::update(const Caller &caller, const QUuid &id, const PriceChange &change)
{
    const PriceRow after = m_database.platform([&](Transaction &tx) {
        const PriceRow before = found(tx, id);
        PriceStore::update(tx, id, change);
        const PriceRow after = found(tx, id);
        recordPrice(tx, caller, before, after);
        return after;
    });
    m_catalogue.forget();
    return after;
}

void PriceService::remove(const Caller &caller, const QUuid &id)
{
    m_database.platform([&](Transaction &tx) {
        const PriceRow before = found(tx, id);
        if (!PriceStore::remove(tx, id))
            throw ApiError::conflict(
                u"This price is in force since %1, or was: it stays, so that what was computed "
                "with it can be computed again. Add a row with a later validFrom."_s.arg(momentText(before.validFrom)));
        recordPrice(tx, caller, before, std::nullopt);
    });
    m_catalogue.forget();
}

Page<PriceAlias> PriceService::listAliases(const PriceAliasFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QString> after;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        after = keys->first();
    Page<PriceAlias> page;
    page.items = m_database.platform([&](Transaction &tx) { return PriceStore::listAliases(tx, after, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().name});
    }
    return page;
}

PriceAlias PriceService::createAlias(const Caller &caller, const NewPriceAlias &input)
{
    if (input.name != input.name.trimmed())
        throw ApiError::invalid(u"/name"_s, u"must not begin or end with a blank"_s);
    const PriceAlias made = m_database.platform([&](Transaction &tx) {
        if (input.target && !PriceStore::knows(tx, input.target->section(u'/', 0, 0), input.target->section(u'/', 1)))
            throw ApiError::invalid(u"/target"_s,
                                    u"is no provider/model of the price book, such as openai/gpt-5-mini; absent, the "
                                    "name is free"_s);
        const auto id = PriceStore::insertAlias(tx, input);
        if (!id) {
            ApiError error = ApiError::conflict(
                u"“%1” is priced as another model already. Remove that first, and add it anew."_s.arg(input.name));
            error.errors = {{u"/name"_s, u"is taken"_s}};
            throw error;
        }
        const auto made = PriceStore::findAlias(tx, *id);
        recordAlias(tx, caller, std::nullopt, *made);
        return *made;
    });
    m_catalogue.forget();
    return made;
}

void PriceService::removeAlias(const Caller &caller, const QUuid &id)
{
    m_database.platform([&](Transaction &tx) {
        const auto before = PriceStore::findAlias(tx, id);
        if (!before || !PriceStore::removeAlias(tx, id))
            throw ApiError::notFound(u"The name"_s);
        recordAlias(tx, caller, *before, std::nullopt);
    });
    m_catalogue.forget();
}
