// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/evaluations/gate.h"

class FormField;
class Label;
class SearchSelect;
class Switch;
class TemplateLibrary;
class TextField;

// Puts a gate before a label, or changes one: its template and label stay. Stays open until the server has taken it.
class GateDialog : public Dialog
{
    Q_OBJECT

public:
    GateDialog(Workspace &workspace, TemplateLibrary &library, const std::optional<Gate> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Gate &gate);

private:
    void build(const TemplateLibrary &library);
    void loadDatasets();
    void typed();
    std::optional<double> score() const;
    void answered(const Result<Gate> &reply);

    Workspace &m_workspace;
    const std::optional<Gate> m_before;
    SearchSelect *m_template;
    TextField *m_label;
    SearchSelect *m_dataset;
    SearchSelect *m_model;
    TextField *m_score;
    Switch *m_regressions;
    FormField *m_templateField, *m_datasetField, *m_modelField;
    Label *m_problem;
    Button *m_save = nullptr;
    bool m_sending = false;
};
