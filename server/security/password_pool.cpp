// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/password_pool.h"

#include "shared/error.h"

PasswordPool::PasswordPool(int threads, std::size_t queueLimit) : m_queueLimit(queueLimit)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

PasswordPool::~PasswordPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_tasks.clear();
    }
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void PasswordPool::run(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending || m_tasks.size() >= m_queueLimit)
            throw ApiError::busy(2);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void PasswordPool::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
        if (m_ending)
            return;
        auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        task = nullptr; // what it holds is let go outside the lock
        lock.lock();
    }
}
