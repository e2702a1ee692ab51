// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"

class MainWindow;

// Says in the window how the connection stands: the pill at once, the banner only when a break lasts for three seconds,
// with the age of what is shown and the time until the next try.
class ConnectionNotice : public QObject
{
    Q_OBJECT

public:
    ConnectionNotice(MainWindow &window, Workspace &workspace, QObject *parent = nullptr);
    ~ConnectionNotice() override;

private:
    void stateChanged();
    void renewBanner();
    QString sentence() const;

    MainWindow &m_window;
    Workspace &m_workspace;
    QTimer m_patience;
    QTimer m_countdown;
    bool m_shown = false;
};
