// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_log.h"
#include "server/audit/audit_service.h"

#include <functional>

namespace http {
class Router;
struct Call;
} // namespace http

// Reading the audit log, put together. Writing it needs nothing but a transaction: AuditLog; refusals: RefusalLog.
class Audit
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker

    Audit(Database &database, Work work) : service(database), m_work(std::move(work)) { }

    void addRoutes(http::Router &router);
    // What is written down of a request that was refused for want of a right. Its body is not kept.
    static AuditEvent refusal(const http::Call &call, const QString &reason);

    AuditService service;

private:
    const Work m_work;
};
