// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "shared/permissions/policy.h"
#include "shared/permissions/records.h"

// Decisions about one record, for services; what needs no record the router has decided already.
namespace Access {

ApiError refusal(const Caller &caller, Ability ability, const permissions::Attributes &record);

template<class T> bool may(const Caller &caller, Ability ability, const T &record)
{
    if (!caller.policy)
        return caller.may(ability);
    return caller.policy->may(ability, permissions::Attributes(record));
}

// Throws 403 with the reason of the rule that forbids it.
template<class T> void require(const Caller &caller, Ability ability, const T &record)
{
    if (!may(caller, ability, record))
        throw refusal(caller, ability, permissions::Attributes(record));
}

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

} // namespace Access
