// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/provider_threads.h"

const providers::Registry &ProviderThreads::here()
{
    QThread *const thread = QThread::currentThread();
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<Lane> &lane = m_lanes[thread];
    if (!lane) {
        lane = std::make_unique<Lane>(m_settings);
        // Emitted in the thread itself, after its event loop: the timers and notifiers of the transport are its own.
        QObject::connect(
            thread, &QThread::finished, &lane->transport,
            [this, thread] {
                std::unique_ptr<Lane> ended;
                const std::lock_guard lock(m_mutex);
                if (const auto found = m_lanes.find(thread); found != m_lanes.end()) {
                    ended = std::move(found->second);
                    m_lanes.erase(found);
                }
            },
            Qt::DirectConnection);
    }
    return lane->registry;
}
