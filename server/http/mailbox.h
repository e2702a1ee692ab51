// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

class QObject;

namespace http {

// Functions on their way to one I/O thread. Any thread may post; the thread that made the mailbox runs them in order
// from its event loop. It outlives its thread: what is posted after close() is dropped.
class Mailbox
{
public:
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;

    // Runs function() later on the mailbox's thread; it may be movable only. False: closed, function was destroyed.
    template<class Function> bool post(Function &&function)
    {
        return push(std::make_unique<TaskOf<std::decay_t<Function>>>(std::forward<Function>(function)));
    }

    bool onThisThread() const { return std::this_thread::get_id() == m_thread; }

    // On the mailbox's thread: nothing runs from now on.
    void close();
    std::function<void()> beforeEach; // runs before each function, on the mailbox's thread; set there

private:
    struct Task
    {
        virtual ~Task() = default;
        virtual void run() = 0;
    };
    template<class Function> struct TaskOf final : Task
    {
        explicit TaskOf(Function f) : function(std::move(f)) { }
        void run() override { function(); }
        Function function;
    };
    class Receiver;

    bool push(std::unique_ptr<Task> task);
    void runAll();

    const std::thread::id m_thread = std::this_thread::get_id();
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Task>> m_tasks; // guarded by m_mutex
    std::unique_ptr<QObject> m_receiver; // guarded by m_mutex; null when closed
};

} // namespace http
