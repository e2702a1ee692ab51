// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/registry.h"
#include "server/http/transport.h"

#include <list>
#include <memory>

namespace http {

class Guard;

// One accepted connection in a guard's list, whatever it speaks.
class Link : public Transport::User
{
public:
    Link(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission);

    virtual void tick(qint64 now) = 0; // checks the deadlines; milliseconds
    virtual void drain() = 0; // the server is about to end
    void abort() { m_transport->abort(); }

protected:
    // True when unsent bytes have not moved for Limits::writeStall.
    bool stalled(qint64 now);
    // Counts a missed deadline.
    void countTimeout();
    // Drops input that comes after we have closed our side, up to a limit; the rest is answered with a reset.
    void discard(qint64 bytes);

    Guard &m_guard;
    std::unique_ptr<Transport> m_transport; // null once it has been handed on
    Registry::Admission m_admission;

private:
    friend class Guard;

    std::list<std::unique_ptr<Link>>::iterator m_place; // in the guard's list
    qint64 m_stalledSince = 0;
    qint64 m_lastUnsent = 0;
    qint64 m_discarded = 0;
};

} // namespace http
