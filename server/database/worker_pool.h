// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
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
    // escapes is logged.
    [[nodiscard]] bool post(std::function<void()> job);

    // Takes no more, finishes what was accepted, ends the threads. Not from a job.
    void drain();

    int waiting() const;

private:
    void work();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_queue;
    const std::size_t m_longestQueue;
    bool m_draining = false;
    std::vector<std::thread> m_threads;
};
