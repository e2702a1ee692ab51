// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTimer>
#include <QUuid>

#include <functional>

// Removals that can be taken back: what is removed leaves the list at once and the server a little later. Closing the
// client meanwhile keeps it.
class LateRemoval : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void begin(const QUuid &id, std::function<void()> removeNow);
    bool takeBack(const QUuid &id); // false: it is too late
    bool isLeaving(const QUuid &id) const { return m_leaving.contains(id); } // also while the server is asked
    void ended(const QUuid &id) { m_leaving.remove(id); } // the server has answered

private:
    QHash<QUuid, QTimer *> m_leaving; // nullptr: the server is being asked
};
