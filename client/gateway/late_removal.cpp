// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/late_removal.h"

using namespace std::chrono_literals;

namespace {

constexpr auto undoTime = 8s; // as long as the toast offers it

} // namespace

void LateRemoval::begin(const QUuid &id, std::function<void()> removeNow)
{
    if (m_leaving.contains(id))
        return;
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    m_leaving.insert(id, timer);
    connect(timer, &QTimer::timeout, this, [this, id, timer, removeNow = std::move(removeNow)] {
        timer->deleteLater();
        m_leaving[id] = nullptr;
        removeNow();
    });
    timer->start(undoTime);
}

bool LateRemoval::takeBack(const QUuid &id)
{
    QTimer *timer = m_leaving.value(id);
    if (!timer)
        return false;
    delete timer;
    m_leaving.remove(id);
    return true;
}
