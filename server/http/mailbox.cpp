// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/mailbox.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLoggingCategory>
#include <QObject>

#include <exception>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcMailbox, "server.http")

} // namespace

class Mailbox::Receiver final : public QObject
{
public:
    explicit Receiver(Mailbox &mailbox) : m_mailbox(mailbox) { }
    void customEvent(QEvent *) override { m_mailbox.runAll(); }

private:
    Mailbox &m_mailbox;
};

Mailbox::Mailbox() : m_receiver(std::make_unique<Receiver>(*this)) { }
Mailbox::~Mailbox() = default;

bool Mailbox::push(std::unique_ptr<Task> task)
{
    const std::lock_guard lock(m_mutex);
    if (!m_receiver)
        return false;
    // One event wakes the thread for everything that comes until it has run.
    if (m_tasks.empty())
        QCoreApplication::postEvent(m_receiver.get(), new QEvent(QEvent::User));
    m_tasks.push_back(std::move(task));
    return true;
}

void Mailbox::runAll()
{
    std::vector<std::unique_ptr<Task>> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (auto &task : tasks) {
        try {
            if (beforeEach)
                beforeEach();
            task->run();
        } catch (const std::exception &error) {
            qCCritical(lcMailbox, "A posted function failed: %s", error.what());
        } catch (...) {
            qCCritical(lcMailbox, "A posted function failed");
        }
        task.reset();
    }
}

void Mailbox::close()
{
    std::vector<std::unique_ptr<Task>> dropped; // destroyed without the lock: they may post again
    const std::unique_ptr<QObject> receiver = [&] {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_tasks);
        return std::move(m_receiver);
    }();
}

} // namespace http
