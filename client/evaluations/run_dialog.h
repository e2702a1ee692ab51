// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/evaluations/dataset.h"
#include "shared/evaluations/run.h"

class FormField;
class Label;
class QListWidget;
class RunVersions;
class SearchSelect;
class Switch;
class TemplateLibrary;
class TextField;

// Starts a run: which dataset, which versions with which models, how often; and says how many calls that makes before
// any is made. Stays open until the server has taken it.
class RunDialog : public Dialog
{
    Q_OBJECT

public:
    RunDialog(Workspace &workspace, TemplateLibrary &library, const QUuid &datasetId, QWidget *parent);

    void accept() override; // sends; closes when it was taken
    QString estimate() const; // as it is shown

Q_SIGNALS:
    void started(const RunDetail &run);

private:
    void build(const TemplateLibrary &library);
    void loadDatasets(const QUuid &chosen);
    void loadBaselines();
    void typed();
    int repeats() const; // 0: not a number that is allowed
    QStringList models() const;
    NewRun input() const;
    void answered(const Result<RunDetail> &reply);

    Workspace &m_workspace;
    SearchSelect *m_dataset;
    RunVersions *m_versions;
    QListWidget *m_models;
    TextField *m_repeats;
    TextField *m_tags;
    SearchSelect *m_baseline;
    TextField *m_name;
    Switch *m_anew;
    FormField *m_datasetField, *m_modelsField, *m_versionsField, *m_baselineField;
    Label *m_estimate;
    Label *m_problem;
    Button *m_start = nullptr;
    QHash<QUuid, qint64> m_caseCounts;
    CallHandle m_baselineCall;
    QUuid m_baselinesOf;
    bool m_sending = false;
};
