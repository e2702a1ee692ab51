// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

// One running client for each person and profile folder. A second start hands its arguments to the first and ends.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &profileFolder, QObject *parent = nullptr);

    // True when another instance runs and has taken the arguments. Waits at most a quarter of a second.
    bool handOver(const QStringList &arguments) const;
    // Becomes the one that others hand over to. False when that is not possible; the client then runs all the same.
    bool listen();

Q_SIGNALS:
    void started(const QStringList &arguments); // by another start

private:
    void receive();

    QString m_name;
    QLocalServer m_server;
};
