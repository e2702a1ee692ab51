// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/io_thread.h"

#include "server/http/epoll_dispatcher.h"

namespace http {

IoThread::IoThread(const ServerOptions &options, Registry &registry, std::optional<QSslConfiguration> tls)
    : m_options(options),
      m_registry(registry),
      m_tls(std::move(tls))
{
    setObjectName(QStringLiteral("http"));
    if (auto dispatcher = makeEventDispatcher())
        setEventDispatcher(dispatcher.release());
}

IoThread::~IoThread() { stop(); }

bool IoThread::start(qintptr listener, QString *error)
{
    m_listener = listener;
    QThread::start();
    *error = m_started.get_future().get();
    return error->isEmpty();
}

void IoThread::stop()
{
    if (m_mailbox)
        m_mailbox->post([this] { exit(); });
    wait();
}

void IoThread::run()
{
    m_mailbox = std::make_shared<Mailbox>();
    {
        Guard guard(m_options, m_registry, m_mailbox);
        m_guard = &guard;
        if (m_tls)
            guard.setTls(*m_tls);
        QString error;
        const bool listening = guard.listen(m_listener, &error);
        m_started.set_value(listening ? QString() : error);
        if (listening)
            exec();
    }
    m_mailbox->close();
}

} // namespace http
