// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/evaluations/dataset.h"

class Banner;
class Label;
class QTableWidget;

// Adds cases from a file. The server is asked first what would come of it: how many cases, which variables, and what is
// wrong in which line. Files may be dropped on it.
class CaseImportDialog : public Dialog
{
    Q_OBJECT

public:
    CaseImportDialog(ApiClient &api, const QUuid &datasetId, QWidget *parent);

    void accept() override; // imports
    void read(const QString &path);

Q_SIGNALS:
    void imported(int added);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void chooseFile();
    void ask(bool isDryRun);
    void show(const Result<CaseImportReport> &reply);
    void showProblems(const QList<CaseImportProblem> &problems);
    void showSample(const CaseImportReport &report);
    void say(const QString &problem);

    ApiClient &m_api;
    const QUuid m_id;
    CaseImport m_input;
    CallHandle m_call;
    Label *m_file;
    Banner *m_verdict;
    QTableWidget *m_table;
    Button *m_choose;
    Button *m_import = nullptr;
};
