// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "client/widgets/table_model.h"
#include "shared/evaluations/dataset.h"
#include "shared/jobs/job.h"

class DataTable;
class Label;
class SearchField;
class Switch;
class TextField;

// Completed jobs, as one line each, to choose cases from.
class JobChoiceModel : public TableModel<Job>
{
    Q_OBJECT

public:
    explicit JobChoiceModel(QObject *parent = nullptr);
};

// Adds cases with the input of jobs, and with their outputs as what is expected where a person wants that.
class CasesFromJobsDialog : public Dialog
{
    Q_OBJECT

public:
    CasesFromJobsDialog(Workspace &workspace, const QUuid &datasetId, QWidget *parent);

    void accept() override;

Q_SIGNALS:
    void added(const QList<EvaluationCase> &cases);

private:
    void load(bool more);
    void renew();

    Workspace &m_workspace;
    const QUuid m_id;
    JobChoiceModel m_model;
    SearchField *m_search;
    DataTable *m_table;
    Switch *m_takesOutput;
    TextField *m_tags;
    Label *m_problem;
    Button *m_add = nullptr;
    std::optional<QString> m_cursor;
    CallHandle m_call;
    bool m_sending = false;
};
