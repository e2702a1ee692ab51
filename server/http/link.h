// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/registry.h"
#include "server/http/transport.h"

#include <list>
#include <memory>

namespace http {

class Guard;

// One accepted connection in a guard's list, whatever it speaks. Watches how fast the peer reads what it is sent, and
// tells the guard how much of that waits in memory.
class Link : public Transport::User
{
public:
    Link(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission);
    ~Link() override;

    virtual void tick(qint64 now) = 0; // checks the deadlines; milliseconds
    // True when it waits for nothing but its peer and has for a while: only the time since when decides when it is
    // late.
    virtual bool rests(qint64) const { return false; }
    virtual void drain() = 0; // the server is about to end
    void abort() { m_transport->abort(); }
    // Ends it for a missed deadline.
    void timedOut();
    qint64 unsent() const { return m_transport->unsent(); }
    // How long the peer will take to read what is unsent, from how it has read so far; milliseconds.
    qint64 expectedReadingTime(qint64 now) const;

    void onSent() final;
    void onClosed() final;

protected:
    virtual void onProgress() = 0; // less is unsent than before
    virtual void onGone() = 0; // the transport is closed

    // True when unsent bytes have moved more slowly than Limits::readBytesPerSecond allows. To be called on each tick.
    bool readsTooSlowly(qint64 now);
    // What has been written goes to the kernel, as far as it takes it.
    void flush();
    // Counts what has been written and is flushed later.
    void countUnsent() { account(m_transport->unsent()); }
    // Counts a missed deadline.
    void countTimeout();
    // To be called when it no longer rests.
    void wake();
    // Drops input that comes after we have closed our side, up to a limit; the rest is answered with a reset.
    void discard(qint64 bytes);

    Guard &m_guard;
    std::unique_ptr<Transport> m_transport; // null once it has been handed on
    Registry::Admission m_admission;

private:
    friend class Guard;

    void account(qint64 unsent);

    std::list<std::unique_ptr<Link>>::iterator m_place; // in one of the guard's lists
    bool m_resting = false; // in which
    qint64 m_accounted = 0; // unsent bytes that the guard has been told of
    qint64 m_watchedSince = 0; // how the peer reads is watched in spans of Limits::readTime
    qint64 m_sentBefore = 0; // Transport::sent() then
    qint64 m_discarded = 0;
};

} // namespace http
