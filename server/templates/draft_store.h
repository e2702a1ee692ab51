// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/templates/draft.h"

// SQL of people's drafts, in a transaction of the tenant.
namespace DraftStore {

std::optional<TemplateDraft> find(Transaction &tx, const QUuid &userId, const QUuid &id);
// Newest first, without what was typed. `before`: milliseconds since 1970, and the id.
QList<TemplateDraft> list(Transaction &tx, const QUuid &userId, int limit,
                          const std::optional<std::pair<qint64, QUuid>> &before, const database::Fragment &rows);
qint64 count(Transaction &tx, const QUuid &userId);
TemplateDraft put(Transaction &tx, const QUuid &userId, const QUuid &id, const std::optional<QUuid> &templateId,
                  const DraftInput &input);
bool remove(Transaction &tx, const QUuid &userId, const QUuid &id);

} // namespace DraftStore
