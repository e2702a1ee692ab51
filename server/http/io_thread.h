// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/guard.h"

#include <QThread>

#include <future>
#include <memory>

namespace http {

// One I/O thread with its event loop and its guard. Used from the thread that made it.
class IoThread final : public QThread
{
public:
    IoThread(const ServerOptions &options, Registry &registry, std::optional<QSslConfiguration> tls);
    ~IoThread() override; // stops

    // Starts the thread on a listening socket, which it takes over. False: *error says why.
    bool start(qintptr listener, QString *error);
    // Runs function(Guard &) on the thread, if it runs.
    template<class Function> void post(Function function)
    {
        if (m_mailbox)
            m_mailbox->post([this, function = std::move(function)]() mutable { function(*m_guard); });
    }
    void stop();

protected:
    void run() override;

private:
    const ServerOptions m_options;
    Registry &m_registry;
    const std::optional<QSslConfiguration> m_tls;
    qintptr m_listener = -1;
    std::promise<QString> m_started; // empty: it runs
    std::shared_ptr<Mailbox> m_mailbox;
    Guard *m_guard = nullptr; // on the thread's stack
};

} // namespace http
