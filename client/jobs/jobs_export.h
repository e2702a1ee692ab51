// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_filter.h"
#include "client/session/workspace.h"
#include "shared/http/page.h"

#include <QSaveFile>

// Writes all jobs of a view into a file, page after page from the server and not only those the table holds: as JSON
// when the name ends so, otherwise as comma-separated values. The file appears whole or not at all. Ends itself after
// finished() or failed().
class JobsExport : public QObject
{
    Q_OBJECT

public:
    JobsExport(Workspace &workspace, const JobView &view, const QString &path, QObject *parent);

    void start();
    static QByteArray asCsv(const QList<Job> &jobs); // without the line of titles
    static QByteArray csvTitles();

    static constexpr int mostRows = 1'000'000;

Q_SIGNALS:
    void progressed(int rows);
    void finished(int rows);
    void failed(const QString &problem);

private:
    void loadPage(const std::optional<QString> &cursor);
    void take(const Page<Job> &page);
    void end();
    void fail(const QString &problem);

    Workspace &m_workspace;
    JobFilter m_filter; // with the time of the start, so that it means the same on each page
    const bool m_isJson;
    QSaveFile m_file;
    int m_rows = 0;
};
