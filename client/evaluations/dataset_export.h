// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"

#include <QSaveFile>

// Writes the cases of a dataset to a file as the server gives them, as CSV or lines of JSON by the file's name. The
// file appears whole or not at all. Goes when it has ended.
class DatasetExport : public QObject
{
    Q_OBJECT

public:
    DatasetExport(Workspace &workspace, const QUuid &datasetId, const QString &path, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void finished();
    void failed(const QString &problem);

private:
    Workspace &m_workspace;
    const QUuid m_id;
    QSaveFile m_file;
};
