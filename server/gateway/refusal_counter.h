// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "shared/gateway/refusal.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

// Counts the calls that the gateway refused, so that people can see why, and writes the counts down each second, off
// the path of the calls. A flood of them is a number in a row. What was counted less than a second before the process
// is killed may be lost. Any thread.
class RefusalCounter
{
public:
    explicit RefusalCounter(Database &database);
    ~RefusalCounter(); // stop()

    void add(const QUuid &tenantId, const GatewayRefusal &refusal); // `minute` and `calls` are filled in
    void stop(); // writes what waits, then takes no more

private:
    using Key = std::tuple<QUuid, QDateTime, QUuid, RefusedBy, QUuid, QString>;
    using Rows = std::map<Key, GatewayRefusal>;
    static constexpr std::size_t mostRows = 20'000; // between two writes; what finds no room is not shown

    void run();
    void write(const Rows &rows);

    Database &m_database;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Rows m_rows;
    bool m_stopping = false;
    std::thread m_thread; // last: uses the rest
};
