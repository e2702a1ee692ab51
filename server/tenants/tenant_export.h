// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/http/router.h"
#include "shared/tenants/tenant.h"

class QTemporaryFile;

// Answers a request with all that is kept of a tenant, as JSON Lines. One transaction writes it into a file of its own,
// so that it is of one moment and a slow reader holds no transaction; from there it goes out as it is read. Memory
// stays bounded, however large the tenant is.
class TenantExport : public std::enable_shared_from_this<TenantExport>
{
public:
    using Work = std::function<bool(std::function<void()>)>;
    TenantExport(Database &database, Work work, std::shared_ptr<http::Exchange> exchange, const http::Call &call);
    ~TenantExport();

    // On a worker; throws ApiError before anything was answered. In the audit log of the operators and of the tenant.
    void start(const http::Router &router);

private:
    void write(const Tenant &tenant);
    void next(); // on the I/O thread
    void readPiece();

    Database &m_database;
    const Work m_work;
    const std::shared_ptr<http::Exchange> m_exchange;
    const http::Call m_call;
    std::unique_ptr<QTemporaryFile> m_file;
    bool m_isReading = false; // on the I/O thread
    bool m_isDone = false;
};
