// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_service.h"
#include "server/http/router.h"

// Sends the audit log as a file of any length: a page is read when the one before has been taken over by the client, so
// that memory stays bounded and no thread waits for a slow reader. An export that fails on the way is cut off, so that
// a part is not taken for the whole.
class AuditExport : public std::enable_shared_from_this<AuditExport>
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    AuditExport(AuditService &service, Work work, std::shared_ptr<http::Exchange> exchange, const http::Call &call,
                const AuditExportQuery &query);

    void start(const http::Router &router); // on a database worker

    static QByteArray csvHead();
    static QByteArray csvLine(const AuditStore::Row &row);

private:
    void next(); // on the exchange's thread
    void readPage(); // on a database worker

    AuditService &m_service;
    const Work m_work;
    std::shared_ptr<http::Exchange> m_exchange; // let go of to cut the answer off
    const http::Call m_call;
    const AuditExportQuery m_query;
    std::optional<qint64> m_before; // sequence of the last row that was read
    bool m_isReading = false; // on the exchange's thread only
    bool m_isDone = false;
};
