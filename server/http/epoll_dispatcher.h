// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

namespace http {

// An event dispatcher whose cost does not grow with the number of open sockets, as that of Qt's own does: epoll on
// Linux. Null on other systems, where Qt's default stays. Give it to QThread::setEventDispatcher before the thread
// starts, or to QCoreApplication::setEventDispatcher before the application object is made.
std::unique_ptr<QAbstractEventDispatcher> makeEventDispatcher();

} // namespace http
