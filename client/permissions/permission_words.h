// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/permissions/permission_types.h"
#include "shared/permissions/rule_hours.h"

// How permissions are said to a person.

QString shownSubject(const QString &subject); // "Templates"; as it is where it is not known here
QString shownAction(const QString &action); // "change" for update; "everything" for *
QString shownAbility(Ability ability); // "Templates: change"
QString shownTest(const QString &test); // "is one of" for $in
QString shownValue(const QJsonValue &value); // as a form shows it: lists with commas
QString shownCondition(const std::optional<QJsonObject> &condition); // on one line
QString shownHours(const std::optional<RuleHours> &hours); // "09:00–18:00, Mon, Tue, America/Sao_Paulo"
QString shownReach(Reach reach);
QString shownWhy(const TraceStep &step); // as the server says it where it is not known here
QString jsonOf(const RuleInput &rule); // as a person reads and edits it: what is not said is left out

StatusLook lookOf(RuleEffect effect);

enum class RuleState { Active, Off, Scheduled, Over };
RuleState stateOf(const Rule &rule, const QDateTime &now);
StatusLook lookOf(RuleState state);
