// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/access.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Access {

ApiError refusal(const Caller &caller, Ability ability, const permissions::Attributes &record)
{
    const Decision decision = caller.policy ? caller.policy->explain(ability, &record) : Decision();
    const auto deciding =
        std::find_if(decision.trace.begin(), decision.trace.end(), [](const TraceStep &step) { return step.decided; });
    const bool hasReason =
        deciding != decision.trace.end() && deciding->kind == TraceKind::Rule && !deciding->name.isEmpty();
    return ApiError::forbidden(
        hasReason ? u"You may not do this (%1) to this record: %2"_s.arg(json::name(ability), deciding->name)
                  : u"You may not do this (%1) to this record. An owner of your tenant can allow it."_s.arg(
                      json::name(ability)));
}

void requireFields(const Caller &caller, Ability ability, const permissions::Attributes &record,
                   const QList<QString> &touched)
{
    if (!caller.policy)
        return;
    ApiError error = ApiError::forbidden(u"You may change this, but not these fields of it."_s);
    for (const QString &field : touched)
        if (record.subject().indexOf(field) >= 0 && !caller.policy->mayField(ability, field, record))
            error.errors.append({u'/' + field, u"must stay as it is: a rule forbids you to change it"_s});
    if (!error.errors.isEmpty())
        throw error;
}

bool mayHide(const Caller &caller, Ability read, const QList<QString> &fields)
{
    return caller.policy && caller.policy->speaksOfFields()
        && std::any_of(fields.begin(), fields.end(),
                       [&](const QString &field) { return caller.policy->mayHide(read, field); });
}

void requireVisible(const Caller &caller, Ability read, const QString &parameter, const QList<QString> &fields)
{
    if (!caller.policy || !caller.policy->speaksOfFields())
        return;
    for (const QString &field : fields) {
        if (!caller.policy->mayHide(read, field))
            continue;
        ApiError error = ApiError::forbidden(
            u"You may not see the field “%1” of every record, so you cannot look for records by it."_s.arg(field));
        error.errors = {{u'/' + parameter, u"looks at “%1”: leave it out"_s.arg(field)}};
        throw error;
    }
}

} // namespace Access
