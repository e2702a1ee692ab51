// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/worker_pool.h"

#include <QLoggingCategory>

#include <exception>

namespace {
Q_LOGGING_CATEGORY(lcWorkers, "server.database.workers")
}

WorkerPool::WorkerPool(int threads, int longestQueue) : m_longestQueue(std::size_t(longestQueue))
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { drain(); }

bool WorkerPool::post(std::function<void()> job, const QByteArray &lane)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_draining || m_waiting >= m_longestQueue)
            return false;
        ++m_waiting;
        const auto later = lane.isEmpty() ? m_later.end() : m_later.find(lane);
        if (later != m_later.end()) {
            later->second.push_back(std::move(job));
        } else {
            if (!lane.isEmpty())
                m_later.try_emplace(lane);
            m_turns.push_back({std::move(job), lane});
        }
    }
    m_changed.notify_one();
    return true;
}

WorkerPool::Turn WorkerPool::take()
{
    Turn turn = std::move(m_turns.front());
    m_turns.pop_front();
    --m_waiting;
    return turn;
}

void WorkerPool::pass(const QByteArray &lane)
{
    const auto later = m_later.find(lane);
    if (later == m_later.end())
        return;
    if (later->second.empty()) {
        m_later.erase(later);
        return;
    }
    m_turns.push_back({std::move(later->second.front()), lane});
    later->second.pop_front();
}

void WorkerPool::drain()
{
    {
        const std::lock_guard lock(m_mutex);
        m_draining = true;
    }
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

int WorkerPool::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_waiting);
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_draining || !m_turns.empty(); });
        if (m_turns.empty())
            return;
        Turn turn = take();
        lock.unlock();
        try {
            turn.job();
        } catch (const std::exception &error) {
            qCCritical(lcWorkers) << "A job ended with an exception:" << error.what();
        } catch (...) {
            qCCritical(lcWorkers) << "A job ended with an exception";
        }
        turn.job = nullptr; // what it holds is destroyed here, outside the lock
        lock.lock();
        pass(turn.lane);
    }
}
