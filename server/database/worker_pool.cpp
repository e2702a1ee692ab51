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

bool WorkerPool::post(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_draining || m_queue.size() >= m_longestQueue)
            return false;
        m_queue.push_back(std::move(job));
    }
    m_changed.notify_one();
    return true;
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
    return int(m_queue.size());
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_draining || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        std::function<void()> job = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        try {
            job();
        } catch (const std::exception &error) {
            qCCritical(lcWorkers) << "A job ended with an exception:" << error.what();
        } catch (...) {
            qCCritical(lcWorkers) << "A job ended with an exception";
        }
        job = nullptr; // what it holds is destroyed here, outside the lock
        lock.lock();
    }
}
