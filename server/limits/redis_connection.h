// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/limits/redis_address.h"
#include "server/limits/redis_scripts.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

struct redisAsyncContext;
struct redisReply;

namespace limits {

// A connection to Redis in the event loop of its thread; never blocks. It is made again whenever it ends; while there
// is none, and none is about to be made, what is sent fails at once. A Redis that does not answer in time is taken for
// gone.
class RedisConnection : public QObject
{
public:
    // Null: there is no answer; what was sent may have been done or not. Not called once the connection is deleted.
    using Reply = std::function<void(const redisReply *, bool wasSent)>;
    struct Options
    {
        std::chrono::milliseconds timeout{500};
        std::chrono::milliseconds pause{250}; // before connecting again
        std::size_t waiting = 10'000; // commands without their answer; more fail at once
    };

    RedisConnection(RedisAddress address, Options options);
    ~RedisConnection() override;

    void run(const RedisScript &script, const QList<QByteArray> &keys, const QList<QByteArray> &arguments, Reply reply);

    void failWaiting(); // what waits for the connection has no answer

    // Goes before all that waited for the connection. The epoch has another name when what Redis held may be lost: with
    // an append-only file when its data are others, without one when it was started anew.
    std::function<void(const QByteArray &epoch)> onReady;

private:
    enum class State { Idle, Connecting, Ready, Away };
    using Time = std::chrono::steady_clock::time_point;
    struct Command
    {
        QList<QByteArray> words;
        Reply reply;
        Time until;
        QByteArray script; // its text, where Redis is asked for it by its name
    };
    using Commands = std::deque<Command>;
    struct Socket; // what hiredis calls back

    void connectNow();
    void open(const QHostAddress &address);
    void connected();
    void ended(const QString &why);
    void send(Command command);
    void answered(const redisReply *reply);
    void giveUp(const QString &why);
    void letGo();
    void lookAtTime();
    void wakeInTime();

    const RedisAddress m_address;
    const Options m_options;
    State m_state = State::Idle;
    redisAsyncContext *m_context = nullptr;
    quint64 m_attempt = 0; // of connecting
    Commands m_waiting; // for the connection
    Commands m_sent; // the oldest first
    Time m_connectUntil;
    QTimer m_clock; // until the oldest of them must have its answer
    QTimer m_retry;
    QString m_problem; // as it was logged last
    QByteArray m_run; // of a Redis that writes down too little to know all of the former one
};

} // namespace limits
