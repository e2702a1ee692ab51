// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/evaluations/run.h"
#include "shared/http/page.h"

#include <QSaveFile>

// Writes the matrix of a run to a file, page by page from the server, as CSV or JSON by the file's name: a line for
// each cell. The file appears whole or not at all. Goes when it has ended.
class RunExport : public QObject
{
    Q_OBJECT

public:
    RunExport(Workspace &workspace, const RunDetail &run, const MatrixFilter &filter, const QString &path,
              QObject *parent = nullptr);
    void start();

    static QByteArray csvTitles();
    static QByteArray asCsv(const RunDetail &run, const QList<RunRow> &rows);

Q_SIGNALS:
    void finished(int cases);
    void failed(const QString &problem);

private:
    void loadPage(const std::optional<QString> &cursor);
    void take(const Page<RunRow> &page);
    void end();
    void fail(const QString &problem);

    Workspace &m_workspace;
    const RunDetail m_run;
    MatrixFilter m_filter;
    const bool m_isJson;
    QSaveFile m_file;
    int m_rows = 0;
};
