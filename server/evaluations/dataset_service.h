// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/evaluations/dataset.h"
#include "shared/http/page.h"

// Datasets and their cases. Any thread; blocks on the database.
class DatasetService
{
public:
    static constexpr int most = 1000; // of a tenant

    explicit DatasetService(Database &database) : m_database(database) { }

    Page<Dataset> list(const Caller &caller, const DatasetFilter &filter);
    Dataset get(const Caller &caller, const QUuid &id);
    Dataset create(const Caller &caller, const NewDataset &input);
    Dataset update(const Caller &caller, const QUuid &id, qint64 revision, const DatasetChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

    Page<EvaluationCase> cases(const Caller &caller, const QUuid &id, const CaseFilter &filter);
    CasesEdited edit(const Caller &caller, const QUuid &id, const CasesEdit &edit);
    CaseImportReport import(const Caller &caller, const QUuid &id, const CaseImport &input);
    CasesEdited addFromJobs(const Caller &caller, const QUuid &id, const CasesFromJobs &input);

    // For an export: the columns of its table, and its cases page by page.
    QStringList columns(const Caller &caller, const QUuid &id);
    QList<EvaluationCase> page(const Caller &caller, const QUuid &id, int after, int limit);

private:
    Database &m_database;
};
