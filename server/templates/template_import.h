// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/templates/bundle.h"

// Brings the templates of a bundle into a tenant, within one transaction. Those that others of the bundle include go
// first.
class TemplateImport
{
public:
    TemplateImport(Transaction &tx, const Caller &caller, ImportConflict onConflict, bool isOfFiles)
        : m_tx(tx),
          m_caller(caller),
          m_onConflict(onConflict),
          m_isOfFiles(isOfFiles)
    {
    }

    // What became of each, in the order of the bundle. Never throws for what is wrong with a template: that is in its
    // item, and the transaction must then be undone.
    QList<ImportedItem> run(const TemplateBundle &bundle);

private:
    static QList<qsizetype> order(const TemplateBundle &bundle);
    ImportedItem one(const BundledTemplate &from, qsizetype index);
    void create(const BundledTemplate &from, ImportedItem &item, const QString &slug);
    void addVersion(const BundledTemplate &from, ImportedItem &item, const PromptTemplate &existing);
    QString freeSlug(const QString &slug);
    ImportProblem placed(const BundledTemplate &from, qsizetype index, const QString &pointer,
                         const QString &message) const;

    Transaction &m_tx;
    const Caller &m_caller;
    const ImportConflict m_onConflict;
    const bool m_isOfFiles;
};
