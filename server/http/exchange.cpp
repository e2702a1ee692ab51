// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/exchange.h"

#include "server/http/connection.h"

#include <QtGlobal>

namespace http {

std::shared_ptr<Exchange> Exchange::create(Request request, Connection *connection, std::shared_ptr<Mailbox> mailbox)
{
    const auto remove = [](Exchange *exchange) {
        const std::shared_ptr<Mailbox> mailbox = exchange->m_mailbox;
        if (mailbox->onThisThread()) {
            delete exchange;
            return;
        }
        struct Remover
        {
            void operator()(Exchange *e) const { delete e; }
        };
        // Run or dropped, the task takes the exchange with it; when dropped, its connection has long been gone.
        mailbox->post([owner = std::unique_ptr<Exchange, Remover>(exchange)]() mutable { owner.reset(); });
    };
    return {new Exchange(std::move(request), connection, std::move(mailbox)), remove};
}

Exchange::Exchange(Request request, Connection *connection, std::shared_ptr<Mailbox> mailbox)
    : m_request(std::move(request)),
      m_connection(connection),
      m_mailbox(std::move(mailbox))
{
}

Exchange::~Exchange()
{
    if (m_connection)
        m_connection->abandoned();
}

void Exchange::reply(Response response)
{
    if (std::exchange(m_answered, true) || !m_connection)
        return;
    m_connection->answer(response);
}

void Exchange::replyFromAnyThread(Response response)
{
    if (m_mailbox->onThisThread())
        reply(std::move(response));
    else
        post([response = std::move(response)](Exchange &self) mutable { self.reply(std::move(response)); });
}

void Exchange::beginStream(int status, HeaderList headers)
{
    if (std::exchange(m_answered, true))
        return;
    m_streaming = true;
    if (m_connection)
        m_connection->beginStream(status, headers);
}

bool Exchange::write(QByteArrayView piece)
{
    if (!m_streaming || !m_connection)
        return true;
    return m_connection->writeStream(piece);
}

void Exchange::finish()
{
    if (std::exchange(m_streaming, false) && m_connection)
        m_connection->finishStream();
}

qint64 Exchange::backlog() const { return m_connection ? m_connection->unsent() : 0; }

void Exchange::onCancel(std::function<void()> callback)
{
    if (m_connection && alive())
        m_onCancel = std::move(callback);
    else if (!m_answered || m_streaming)
        callback();
}

void Exchange::onDrain(std::function<void()> callback)
{
    if (m_connection)
        m_onDrain = std::move(callback);
}

void Exchange::setAnswerTime(std::chrono::milliseconds time)
{
    if (m_connection)
        m_connection->setAnswerTime(time);
}

void Exchange::detach()
{
    m_connection = nullptr;
    m_alive.store(false, std::memory_order_release);
    // They may own the last reference to this exchange: nothing happens after they are destroyed.
    const auto cancel = std::exchange(m_onCancel, {});
    const auto drain = std::exchange(m_onDrain, {});
}

void Exchange::clientLeft(bool forGood)
{
    const auto self = weak_from_this().lock(); // the callback may let go of it
    m_alive.store(false, std::memory_order_release);
    const auto callback = std::exchange(m_onCancel, {});
    if (forGood)
        detach();
    if (callback)
        callback();
}

} // namespace http
