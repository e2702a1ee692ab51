// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/templates/folder.h"
#include "shared/templates/template.h"

// SQL of the folders and tags of templates, in a transaction of the tenant. `rows`: which templates count.
namespace ShelfStore {

QList<TemplateFolder> folders(Transaction &tx, int limit, const std::optional<QString> &after,
                              const database::Fragment &rows);
QList<TemplateTag> tags(Transaction &tx, int limit, const std::optional<QString> &after,
                        const database::Fragment &rows);
// All that is in the folder and in those within, locked until the transaction ends.
QList<PromptTemplate> lockIn(Transaction &tx, const QString &folder, int limit);
QList<PromptTemplate> move(Transaction &tx, const QList<QUuid> &ids, const QString &from, const QString &to);

} // namespace ShelfStore
