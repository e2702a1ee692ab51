// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/call_query.h"
#include "client/session/workspace.h"
#include "shared/http/page.h"

#include <QSaveFile>

// Writes the calls that a query finds to a file, page by page from the server, as CSV or JSON by the file's name. The
// file appears whole or not at all. Goes when it has ended.
class CallsExport : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRows = 100'000;

    CallsExport(Workspace &workspace, const CallQuery &query, const QString &path, QObject *parent = nullptr);
    void start();

    static QByteArray csvTitles();
    static QByteArray asCsv(const QList<GatewayCallRow> &calls);

Q_SIGNALS:
    void finished(int rows);
    void failed(const QString &problem);

private:
    void loadPage(const std::optional<QString> &cursor);
    void take(const Page<GatewayCallRow> &page);
    void end();
    void fail(const QString &problem);

    Workspace &m_workspace;
    GatewayCallFilter m_filter;
    const bool m_isJson;
    QSaveFile m_file;
    int m_rows = 0;
};
