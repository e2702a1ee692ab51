// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace QKeychain {
class Job;
}

// The keychain of the desktop (Secret Service, macOS Keychain, Windows Credential Manager), the only place for refresh
// tokens. Answers within three seconds: one that does not react counts as absent, and nothing is kept in clear instead.
class Keychain : public QObject
{
    Q_OBJECT

public:
    enum class Status { Done, NotFound, Unavailable };
    struct Answer
    {
        Status status = Status::Unavailable;
        QString secret; // of read
        QString problem; // of Unavailable, in the keychain's own words
    };
    using Handler = std::function<void(const Answer &)>;

    using QObject::QObject;

    void read(const QString &key, QObject *receiver, Handler handler);
    void write(const QString &key, const QString &secret, QObject *receiver, Handler handler);
    void remove(const QString &key);

private:
    void start(QKeychain::Job *job, QObject *receiver, Handler handler);
};
