// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/dataset_service.h"
#include "server/http/router.h"

// The cases of a dataset, streamed page by page as somebody reads them. Held by the exchange that it answers.
class CaseExport : public std::enable_shared_from_this<CaseExport>
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    CaseExport(DatasetService &service, Work work, std::shared_ptr<http::Exchange> exchange, const http::Call &call,
               const CaseExportQuery &query);

    void start(const http::Router &router); // on a worker; throws ApiError

private:
    void next();
    void readPage();

    DatasetService &m_service;
    const Work m_work;
    const std::shared_ptr<http::Exchange> m_exchange;
    const http::Call m_call;
    const QUuid m_dataset;
    const CaseExportQuery m_query;
    QStringList m_columns;
    int m_after = 0;
    bool m_isReading = false;
    bool m_isDone = false;
};
