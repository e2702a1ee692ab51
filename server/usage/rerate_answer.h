// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/router.h"
#include "server/usage/rerate_service.h"

class QTemporaryFile;

// Answers with every call that would cost something else, as CSV. They are written into a file of its own first, so
// that a slow reader holds no transaction, and go out from there as they are read. Memory stays bounded.
class RerateAnswer : public std::enable_shared_from_this<RerateAnswer>
{
public:
    using Work = std::function<bool(std::function<void()>)>;
    RerateAnswer(RerateService &service, Work work, std::shared_ptr<http::Exchange> exchange, const http::Call &call);
    ~RerateAnswer();

    void start(const http::Router &router,
               const RerateInput &input); // on a worker; throws before anything was answered

private:
    void write(const RerateInput &input);
    void next(); // on the I/O thread
    void readPiece();

    RerateService &m_service;
    const Work m_work;
    const std::shared_ptr<http::Exchange> m_exchange;
    const http::Call m_call;
    std::unique_ptr<QTemporaryFile> m_file;
    bool m_isReading = false; // on the I/O thread
    bool m_isDone = false;
};
