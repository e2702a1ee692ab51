// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_json.h"
#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/audit/audit_entry.h"

// What is changed, or was to be.
struct AuditSubject
{
    QString id;
    QString label;

    AuditSubject() = default;
    AuditSubject(const QUuid &id, QString label) : id(id.toString(QUuid::WithoutBraces)), label(std::move(label)) { }
};

// A change or a refused attempt, without who and where, which the caller says. The action is named as abilities are,
// and its first half is the kind of the subject.
struct AuditEvent
{
    QString action;
    AuditSubject subject = {};
    std::optional<QJsonObject> before = {};
    std::optional<QJsonObject> after = {};
    QString reason = {};
    AuditOutcome outcome = AuditOutcome::Done;
    int times = 1;
};

// The audit log, written in the transaction of the change itself, so that there is an entry exactly when there is the
// change. How entries are numbered and chained when that commits: server/migrations/tenant/0009_audit.sql.
namespace AuditLog {

// In a transaction of a tenant into its log; in a platform transaction into that of the tenant platform.
void record(Transaction &tx, const Caller &caller, const AuditEvent &event);

inline QString actionOf(Ability ability) { return json::name(ability); }

// The words of an entry or of a search, without case, accents and signs, at most some thousands of them.
QStringList wordsOf(const QString &text);

} // namespace AuditLog
