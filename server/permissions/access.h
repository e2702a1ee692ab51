// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/permissions/condition_sql.h"
#include "shared/permissions/policy.h"
#include "shared/permissions/records.h"

// Decisions about one record, for services; what needs no record the router has decided already.
namespace Access {

ApiError refusal(const Caller &caller, Ability ability, const permissions::Attributes &record);

template<class T> bool may(const Caller &caller, Ability ability, const T &record)
{
    if (!caller.policy)
        return caller.may(ability);
    return caller.policy->allowsEveryRecord(ability) || caller.policy->may(ability, permissions::Attributes(record));
}

// Throws 403 with the reason of the rule that forbids it.
template<class T> void require(const Caller &caller, Ability ability, const T &record)
{
    if (!may(caller, ability, record))
        throw refusal(caller, ability, permissions::Attributes(record));
}

// The record, where there is one that the caller may read; else throws `missing`, so that nobody learns of the others.
template<class T> T readable(const Caller &caller, Ability read, std::optional<T> record, const ApiError &missing)
{
    if (!record || !may(caller, read, *record))
        throw missing;
    return *std::move(record);
}

// Whether they are all of a list's rows that the caller may see: then its statement may do without a condition.
inline bool seesAll(const Caller &caller, Ability read)
{
    return !caller.policy || caller.policy->allowsEveryRecord(read);
}
// Those that they may see, in the place of {where}.
template<class T> database::Fragment rows(const Caller &caller, Ability read)
{
    if (seesAll(caller, read))
        return database::Fragment::of({"TRUE"});
    return permissions::rowsAllowed(*caller.policy, read, permissions::sqlTable<T>(), permissions::Moment::current());
}

// Whether one of these fields may be hidden from the caller, in some record.
bool mayHide(const Caller &caller, Ability read, const QList<QString> &fields);

// Throws 403 at /`parameter` when the caller filters by a field that may be hidden from them: what matches would tell.
void requireVisible(const Caller &caller, Ability read, const QString &parameter, const QList<QString> &fields);

// That a change touches no field of the record that is forbidden to the caller; throws 403 with a pointer to each.
void requireFields(const Caller &caller, Ability ability, const permissions::Attributes &record,
                   const QList<QString> &touched);

// The same for a wire type all of whose members are optional: absent ones stay as they are.
template<class T, class Change>
void requireFields(const Caller &caller, Ability ability, const T &record, const Change &change)
{
    if (!caller.policy)
        return;
    QList<QString> touched;
    const auto one = [&](const auto &field) {
        if (change.*field.member)
            touched.append(QString::fromLatin1(field.name.data(), qsizetype(field.name.size())));
    };
    std::apply([&](const auto &...field) { (one(field), ...); }, Change::fields());
    requireFields(caller, ability, permissions::Attributes(record), touched);
}

// The same for a record to be made: what the input gives and does not leave as it is by itself.
template<class T, class Input>
void requireNew(const Caller &caller, Ability ability, const T &record, const Input &input)
{
    require(caller, ability, record);
    if (!caller.policy || !caller.policy->speaksOfFields())
        return;
    const QJsonObject given = json::object(json::print(input)), usual = json::object(json::print(Input()));
    QList<QString> touched;
    for (auto it = given.begin(); it != given.end(); ++it)
        if (it.value() != usual.value(it.key()))
            touched.append(it.key());
    requireFields(caller, ability, permissions::Attributes(record), touched);
}

} // namespace Access
