// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/dataset_export.h"

#include "client/widgets/row_export.h"
#include "shared/evaluations/endpoints.h"

DatasetExport::DatasetExport(Workspace &workspace, const QUuid &datasetId, const QString &path, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_id(datasetId),
      m_file(path)
{
}

void DatasetExport::start()
{
    if (!m_file.open(QFile::WriteOnly)) {
        Q_EMIT failed(m_file.errorString());
        return deleteLater();
    }
    CaseExportQuery query;
    query.format = rowExport::isJson(m_file.fileName()) ? CaseFormat::JsonLines : CaseFormat::Csv;
    m_workspace.api().call(endpoints::evaluations::exportCases.at(m_id), query, this,
                           [this](const Result<Nothing> &reply) {
                               if (!reply)
                                   m_file.cancelWriting();
                               if (m_file.commit())
                                   Q_EMIT finished();
                               else
                                   Q_EMIT failed(reply ? m_file.errorString() : reply.error().detail);
                               deleteLater();
                           },
                           {.sink = &m_file});
}
