// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_log.h"
#include "server/database/database.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

struct RefusalLimits
{
    int rowsPerPerson = 5; // a second; what is beyond becomes one more row that says how often
    std::size_t longestQueue = 1000; // rows that wait to be written
    std::size_t mostPersons = 10'000; // in a second
};

// Writes refused attempts into the audit log, off the path of the requests that were refused: adding one takes a lock
// and no more. A flood cannot fill the disk, because rows are bounded for each person, nor the memory, because what
// finds no room is counted and dropped. What was added less than a second before the process is killed may be lost.
class RefusalLog
{
public:
    explicit RefusalLog(Database &database, RefusalLimits limits = {});
    ~RefusalLog(); // stop()

    // Any thread, never blocks on the database. Without a tenant it goes into the log of the tenant platform; without a
    // user the subject counts as the person.
    void add(const Caller &caller, AuditEvent event);
    void flush(); // waits until what was added before is written or dropped
    void stop(); // writes what waits, then takes no more

    quint64 dropped() const;

private:
    struct Refusal
    {
        Caller caller;
        AuditEvent event;
    };
    struct Person // within the present second
    {
        int rows = 0;
        std::optional<Refusal> beyond;
    };

    void run();
    std::deque<Refusal> take();
    void write(const std::deque<Refusal> &refusals);

    Database &m_database;
    const RefusalLimits m_limits;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::condition_variable m_written;
    std::deque<Refusal> m_queue;
    std::unordered_map<std::string, Person> m_persons;
    std::chrono::steady_clock::time_point m_secondEnds;
    quint64 m_dropped = 0;
    quint64 m_flushesWanted = 0; // each ends the second at once
    quint64 m_flushesDone = 0;
    bool m_stopping = false;
    std::thread m_thread; // last: uses the rest
};
