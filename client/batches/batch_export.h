// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "shared/batches/batch.h"
#include "shared/http/page.h"

#include <QSaveFile>

// Writes what each row of a batch asked and got into a file, in the order of the rows: JSON Lines when the name ends
// so, otherwise comma-separated values with a column for each variable. The file appears whole or not at all. Ends
// itself after finished() or failed().
class BatchExport : public QObject
{
    Q_OBJECT

public:
    BatchExport(ApiClient &api, const QUuid &batch, const QString &path, QObject *parent);

    void start();

Q_SIGNALS:
    void finished(int rows);
    void failed(const QString &problem);

private:
    void loadPage(const std::optional<QString> &cursor);
    void loadInputs();
    void write();
    void fail(const QString &problem);

    ApiClient &m_api;
    const QUuid m_batch;
    const bool m_isJson;
    QSaveFile m_file;
    QList<BatchRow> m_page;
    std::optional<QString> m_next;
    QStringList m_variables; // of the first rows: the columns of the CSV
    qsizetype m_asked = 0; // of m_page
    int m_pending = 0;
    int m_rows = 0;
    bool m_hasFailed = false;
};
