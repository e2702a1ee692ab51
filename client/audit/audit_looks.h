// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/audit/audit_entry.h"

#include <QStringList>

// How entries of the audit log are said to a person.
StatusLook lookOf(AuditOutcome outcome);
QString shownVerb(const QString &action); // "Change" for templates.update; as it is where it is not known here
QString shownKind(const QString &subjectType); // "Template" for templates
QString shownActor(const AuditEntry &entry);
QString shownSubject(const AuditEntry &entry); // its name, else its id

const QStringList &knownKinds(); // subject types, to filter by
const QStringList &knownActions();
