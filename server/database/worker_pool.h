// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

// Threads for work that blocks on the database: as many as the pool has connections, so that nobody waits twice.
// Any thread may post; the waiting line is bounded, so a flood becomes refusals and not memory.
class WorkerPool
{
public:
    WorkerPool(int threads, int longestQueue);
    ~WorkerPool(); // drains

    // False when too many wait already, or after drain(): answer 503. A job must catch its own exceptions; one that
    // escapes is logged. Jobs of one lane run one after another, so that however many they are they hold one thread at
    // most, and take turns with those of other lanes; jobs without a lane wait for nobody who comes later.
    [[nodiscard]] bool post(std::function<void()> job, const QByteArray &lane = {});

    // Takes no more, finishes what was accepted, ends the threads. Not from a job.
    void drain();

    int waiting() const;

private:
    using Job = std::function<void()>;
    struct Turn
    {
        Job job;
        QByteArray lane;
    };
    void work();
    Turn take(); // the next one; there has to be one
    void pass(const QByteArray &lane); // the turn, to the next job of the lane

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Turn> m_turns; // of each lane the first job only
    std::map<QByteArray, std::deque<Job>> m_later; // of each lane that waits or runs, the jobs after that one
    std::size_t m_waiting = 0;
    const std::size_t m_longestQueue;
    bool m_draining = false;
    std::vector<std::thread> m_threads;
};
