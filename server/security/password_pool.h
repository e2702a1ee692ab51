// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

// A few threads of their own for everything that hashes a password: a flood of sign-ins fills this queue and no other,
// and takes no more memory than one Argon2id computation for each thread.
class PasswordPool
{
public:
    PasswordPool(int threads, std::size_t queueLimit);
    ~PasswordPool(); // finishes what runs, drops what waits

    // Runs the task soon. Throws ApiError::busy when too many are waiting. Any thread. The task must not throw.
    void run(std::function<void()> task);

private:
    void work();

    const std::size_t m_queueLimit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};
