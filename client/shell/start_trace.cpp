// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/start_trace.h"

#include "client/shell/main_window.h"

#include <QApplication>
#include <QTableView>
#include <QTimer>

#include <chrono>
#include <cstdio>

void StartTrace::followIfAsked(MainWindow &window)
{
    if (qEnvironmentVariableIsSet("PATIO_TRACE_START"))
        new StartTrace(window);
}

StartTrace::StartTrace(MainWindow &window) : QObject(&window), m_window(window)
{
    connect(&window.navigation(), &Navigation::currentChanged, this, [this](const QString &page) { m_page = page; });
    qApp->installEventFilter(this);
}

bool StartTrace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Paint || !watched->isWidgetType()
        || static_cast<QWidget *>(watched)->window() != &m_window)
        return false;
    if (const auto *table = qobject_cast<QTableView *>(watched->parent());
        !m_hadRows && table && table->viewport() == watched && table->model() && table->model()->rowCount() > 0) {
        m_hadRows = true;
        say("rows");
    }
    if (!m_page.isEmpty())
        say("page " + std::exchange(m_page, {}).toLatin1());
    return false;
}

// The frame is handed over before the event loop comes round again.
void StartTrace::say(const QByteArray &what)
{
    QTimer::singleShot(0, this, [what] {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        std::printf("%s %lld\n", what.constData(),
                    static_cast<long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()));
        std::fflush(stdout);
    });
}
