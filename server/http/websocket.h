// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace http {

// An open WebSocket (RFC 6455) of one I/O thread, without extensions. Frames, pings, the closing handshake and the
// limits of what comes in are the edge's; how much may wait for a slow reader (unsent) is the user's.
class WebSocket
{
public:
    // Who uses it. Nothing is called from within a call to the WebSocket, except onClosed.
    class User
    {
    public:
        virtual ~User() = default;
        virtual void onMessage(const QByteArray &message) = 0; // whole, text (checked UTF-8) or binary
        virtual void onSent() = 0; // unsent() may have become smaller
        // Either side has closed it. Comes once, and the last: the WebSocket is not to be used any more.
        virtual void onClosed() = 0;
    };

    virtual void setUser(User *user) = 0; // null: what comes is dropped

    // A message for this socket alone; goes out together with what else is sent in the same turn of the event loop.
    virtual void sendText(QByteArrayView text) = 0;
    // Whole frames, from textFrame(); go out like sendText().
    virtual void sendFrames(QByteArrayView frames) = 0;
    // The same for frames that many sockets get: they go out at once, and what has to wait is shared and not copied.
    virtual void sendShared(const QByteArray &frames) = 0;
    virtual qint64 unsent() const = 0; // bytes that the operating system has not taken yet

    virtual void close(int code, QByteArrayView reason = {}) = 0; // after what is unsent
    virtual void abort() = 0;

    // A text message as it goes over the wire, the same for every socket.
    static QByteArray textFrame(QByteArrayView text);

protected:
    ~WebSocket() = default; // whoever made it destroys it
};

} // namespace http
