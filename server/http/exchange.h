// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/mailbox.h"
#include "server/http/message.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace http {

class Connection;

// One request and the way back to whoever sent it: the only thing that handlers hold. It never dangles; when the client
// has left, answers go nowhere. Hold it, copy the pointer, drop it, post() and ask alive() on any thread; everything
// else belongs to its I/O thread, the one that called the handler and that post() runs on.
//
// Exactly one answer goes out: either reply(), or beginStream(), write()… and finish(). Whatever comes after the first
// is ignored. Dropped without an answer, the client gets 500; dropped in the middle of a stream, the connection is cut
// so that the client cannot take the part for the whole.
class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    // Made by the edge, with a deleter that ends it on its I/O thread.
    static std::shared_ptr<Exchange> create(Request request, Connection *connection, std::shared_ptr<Mailbox> mailbox);

    const Request &request() const { return m_request; } // any thread
    bool alive() const { return m_alive.load(std::memory_order_acquire); } // any thread; false: nobody waits any more

    void reply(Response response);

    // Streams with chunked coding, for example server-sent events. The content type is one of the headers.
    void beginStream(int status, HeaderList headers);
    // Sends a piece. False: the client reads more slowly than you write, wait for onDrain. (Nothing is lost if you
    // do not, but memory grows until the client is cut off for stalling.)
    bool write(QByteArrayView piece);
    void finish();
    qint64 backlog() const; // bytes not yet taken over by the operating system

    // Called once when the client leaves before the answer is complete; at once if it has left already.
    void onCancel(std::function<void()> callback);
    // Called whenever a stream that was too far ahead has been read.
    void onDrain(std::function<void()> callback);
    // Both are dropped on completion, so that they may hold this exchange.

    // Allows the handler more or less time than Limits::answerTime, counted from now.
    void setAnswerTime(std::chrono::milliseconds time);

    // Runs function(Exchange &) on the I/O thread.
    template<class Function> void post(Function &&function)
    {
        m_mailbox->post(
            [self = shared_from_this(), function = std::forward<Function>(function)]() mutable { function(*self); });
    }
    void replyFromAnyThread(Response response);

private:
    friend class Connection;

    Exchange(Request request, Connection *connection, std::shared_ptr<Mailbox> mailbox);
    ~Exchange();
    // By the connection:
    void detach(); // the answer is complete
    void clientLeft(bool forGood); // or has only stopped sending, and may still read

    const Request m_request;
    Connection *m_connection; // null when detached
    const std::shared_ptr<Mailbox> m_mailbox;
    std::function<void()> m_onCancel;
    std::function<void()> m_onDrain;
    std::atomic<bool> m_alive{true};
    bool m_streaming = false;
    bool m_answered = false;
};

} // namespace http
