// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/permissions/permission_types.h"
#include "shared/permissions/rule.h"

// The rules of the tenant that the transaction has entered.
namespace RuleStore {

struct Author
{
    QUuid id;
    QString name;
};

QList<Rule> list(Transaction &tx, const RuleFilter &filter, const std::optional<QUuid> &before, int limit);
QList<Rule> all(Transaction &tx); // at most `most`
qint64 count(Transaction &tx);
std::optional<Rule> find(Transaction &tx, const QUuid &id);
Rule insert(Transaction &tx, const RuleInput &input, const Author &author);
// Nothing when the rule has been changed or removed since.
std::optional<Rule> replace(Transaction &tx, const QUuid &id, qint64 revision, const RuleInput &input,
                            const Author &author);
bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision);

constexpr int most = 1000; // of one tenant

} // namespace RuleStore
