// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/jobs/job.h"

class QPlainTextEdit;
class Select;
class TextField;

// Another run with changes: variables, model, version of the template. What stays as it was is not sent.
class ReplayDialog : public Dialog
{
    Q_OBJECT

public:
    ReplayDialog(const JobDetail &detail, const QList<ModelInfo> &models, QWidget *parent);
    ReplayRequest request() const;

private:
    void check();

    JobDetail m_detail;
    QPlainTextEdit *m_variables = nullptr;
    class FormField *m_variablesField = nullptr;
    QPlainTextEdit *m_messages = nullptr; // of a job without a template
    FormField *m_messagesField = nullptr;
    Select *m_model;
    TextField *m_version = nullptr;
    Button *m_replay;
};

// Why a dead letter is thrown away.
class DiscardDialog : public Dialog
{
    Q_OBJECT

public:
    DiscardDialog(const QString &what, QWidget *parent);
    QString reason() const;

private:
    TextField *m_reason;
};
