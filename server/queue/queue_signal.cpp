// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/queue_signal.h"

#include "server/database/database.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcQueueSignal, "server.queue")

QueueSignal::QueueSignal(Database &database, Work work)
    : m_database(database),
      m_work(std::move(work)),
      m_process(newId().toString(QUuid::WithoutBraces))
{
}

void QueueSignal::setListener(Listener listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void QueueSignal::added(const QDateTime &runAt)
{
    std::unique_lock lock(m_mutex);
    if (m_listener.added)
        return m_listener.added(runAt);
    lock.unlock();
    tellOthers();
}

void QueueSignal::tellOthers()
{
    std::unique_lock lock(m_mutex);
    m_pendingAdded = true;
    if (std::exchange(m_sending, true))
        return;
    lock.unlock();
    send();
}

void QueueSignal::canceled(const QUuid &job)
{
    std::unique_lock lock(m_mutex);
    if (m_listener.canceled)
        m_listener.canceled(job);
    m_pendingCanceled.append(job);
    if (std::exchange(m_sending, true))
        return;
    lock.unlock();
    send();
}

void QueueSignal::send()
{
    const bool accepted = m_work([this] {
        for (;;) {
            std::unique_lock lock(m_mutex);
            const bool added = std::exchange(m_pendingAdded, false);
            const auto canceled = std::exchange(m_pendingCanceled, {});
            if (!added && canceled.isEmpty()) {
                m_sending = false;
                return;
            }
            lock.unlock();
            try {
                m_database.platform([&](Transaction &tx) {
                    tx.run("SELECT set_config('synchronous_commit', 'off', true)"); // nothing here is to be kept
                    if (added)
                        tx.run("SELECT pg_notify($1, $2)", QString::fromLatin1(addedChannel), m_process);
                    if (!canceled.isEmpty())
                        tx.run("SELECT pg_notify($1, job::text) FROM unnest($2::uuid[]) AS job",
                               QString::fromLatin1(canceledChannel), canceled);
                });
            } catch (const ApiError &error) {
                qCWarning(lcQueueSignal) << "other processes could not be told of jobs:" << error.detail;
            } catch (const std::exception &error) {
                qCWarning(lcQueueSignal) << "other processes could not be told of jobs:" << error.what();
            }
        }
    });
    if (!accepted) { // busy or ending; the timers of other processes find the jobs
        const std::lock_guard lock(m_mutex);
        m_sending = false;
    }
}
