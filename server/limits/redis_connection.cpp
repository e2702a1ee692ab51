// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_connection.h"

#include "server/limits/redis_info.h"

#include <QHostInfo>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <QUuid>
#include <QVarLengthArray>

#include <algorithm>

#include <hiredis/async.h>

using namespace Qt::StringLiterals;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Q_LOGGING_CATEGORY(lcRedis, "server.limits.redis")

namespace limits {
namespace {

// Tells hiredis when its socket is ready.
struct Notifiers : QObject
{
    explicit Notifiers(redisAsyncContext *context)
        : read(qintptr(context->c.fd), QSocketNotifier::Read),
          write(qintptr(context->c.fd), QSocketNotifier::Write)
    {
        read.setEnabled(false);
        write.setEnabled(false);
        connect(&read, &QSocketNotifier::activated, this, [context] { redisAsyncHandleRead(context); });
        connect(&write, &QSocketNotifier::activated, this, [context] { redisAsyncHandleWrite(context); });
    }

    static Notifiers &of(void *data) { return *static_cast<Notifiers *>(data); }
    // May happen in the midst of a signal of one of them.
    static void release(void *data)
    {
        of(data).read.setEnabled(false);
        of(data).write.setEnabled(false);
        of(data).deleteLater();
    }

    QSocketNotifier read, write;
};

QString errorOf(const redisReply *reply) { return QString::fromUtf8(reply->str, qsizetype(reply->len)).left(300); }

bool isError(const redisReply *reply, QByteArrayView code = {})
{
    return reply->type == REDIS_REPLY_ERROR && QByteArrayView(reply->str, qsizetype(reply->len)).startsWith(code);
}

} // namespace

struct RedisConnection::Socket
{
    static RedisConnection *owner(const redisAsyncContext *context)
    {
        return static_cast<RedisConnection *>(context->data); // null: let go
    }
    static void connected(const redisAsyncContext *context, int status)
    {
        if (RedisConnection *const self = owner(context)) {
            if (status == REDIS_OK)
                return self->connected();
            self->ended(QString::fromUtf8(context->errstr));
        }
    }
    static void disconnected(const redisAsyncContext *context, int)
    {
        if (RedisConnection *const self = owner(context))
            self->ended(context->err ? QString::fromUtf8(context->errstr) : u"the connection was closed"_s);
    }
    static void replied(redisAsyncContext *context, void *reply, void *)
    {
        // Without a reply the connection ends, which disconnected() is told.
        if (RedisConnection *const self = owner(context); self && reply)
            self->answered(static_cast<const redisReply *>(reply));
    }
};

RedisConnection::RedisConnection(RedisAddress address, Options options)
    : m_address(std::move(address)),
      m_options(options)
{
    m_clock.setSingleShot(true);
    m_clock.setTimerType(Qt::PreciseTimer);
    m_retry.setSingleShot(true);
    connect(&m_clock, &QTimer::timeout, this, [this] { lookAtTime(); });
    connect(&m_retry, &QTimer::timeout, this, [this] { connectNow(); });
}

RedisConnection::~RedisConnection()
{
    m_sent.clear();
    m_waiting.clear();
    if (std::exchange(m_state, State::Away) == State::Ready)
        redisAsyncHandleWrite(m_context); // the last settlements, as far as the socket takes them
    letGo();
}

void RedisConnection::run(const RedisScript &script, const QList<QByteArray> &keys, const QList<QByteArray> &arguments,
                          Reply reply)
{
    if (m_state == State::Away || m_waiting.size() + m_sent.size() >= m_options.waiting)
        return reply(nullptr, false);
    Command command{QList<QByteArray>{"EVALSHA", script.sha, QByteArray::number(keys.size())} + keys + arguments,
                    std::move(reply), Clock::now() + m_options.timeout, script.text};
    if (m_state == State::Ready)
        return send(std::move(command));
    m_waiting.push_back(std::move(command));
    if (m_state == State::Idle)
        connectNow();
}

void RedisConnection::connectNow()
{
    if (m_state != State::Away) // else what is sent goes on failing at once, until there is a connection
        m_state = State::Connecting;
    m_connectUntil = Clock::now() + m_options.timeout;
    wakeInTime();
    const quint64 attempt = ++m_attempt;
    if (const QHostAddress address(m_address.host); !address.isNull())
        return open(address);
    QHostInfo::lookupHost(m_address.host, this, [this, attempt](const QHostInfo &host) {
        if (attempt != m_attempt || m_context)
            return;
        const QList<QHostAddress> found = host.addresses();
        if (found.isEmpty())
            return giveUp(host.errorString());
        open(found[qsizetype(attempt % quint64(found.size()))]); // another one each time
    });
}

void RedisConnection::open(const QHostAddress &address)
{
    redisAsyncContext *const context =
        redisAsyncConnect(address.toString().toLatin1().constData(), m_address.port); // an address is not looked up
    if (!context || context->err) {
        const QString why = context ? QString::fromUtf8(context->errstr) : u"no memory"_s;
        if (context)
            redisAsyncFree(context);
        return giveUp(why);
    }
    m_context = context;
    context->data = this;
    context->ev.data = new Notifiers(context);
    context->ev.addRead = [](void *data) { Notifiers::of(data).read.setEnabled(true); };
    context->ev.delRead = [](void *data) { Notifiers::of(data).read.setEnabled(false); };
    context->ev.addWrite = [](void *data) { Notifiers::of(data).write.setEnabled(true); };
    context->ev.delWrite = [](void *data) { Notifiers::of(data).write.setEnabled(false); };
    context->ev.cleanup = &Notifiers::release;
    redisAsyncSetDisconnectCallback(context, &Socket::disconnected);
    redisAsyncSetConnectCallback(context, &Socket::connected);
}

// Gets in, and leaves nothing for later that could change the order of commands.
void RedisConnection::connected()
{
    const auto greet = [this](QList<QByteArray> words, std::function<void(const redisReply *)> then = {}) {
        if (!m_context)
            return;
        send({std::move(words),
              [this, then](const redisReply *reply, bool) {
                  if (reply && isError(reply))
                      giveUp(errorOf(reply));
                  else if (reply && then)
                      then(reply);
              },
              m_connectUntil,
              {}});
    };
    if (!m_address.user.isEmpty())
        greet({"AUTH", m_address.user, m_address.password});
    else if (!m_address.password.isEmpty())
        greet({"AUTH", m_address.password});
    if (m_address.database != 0)
        greet({"SELECT", QByteArray::number(m_address.database)});
    for (const auto script : {&scripts::acquire, &scripts::settle, &scripts::renew, &scripts::used})
        greet({"SCRIPT", "LOAD", script().text});
    greet({"INFO"}, [this](const redisReply *reply) {
        const QByteArray info(reply->str, qsizetype(reply->len));
        m_run = lineOf(info, "aof_enabled") == "1" ? QByteArray() : lineOf(info, "run_id");
    });
    greet({"SET", "patio:limits:epoch", QUuid::createUuid().toByteArray(QUuid::Id128), "NX"});
    greet({"GET", "patio:limits:epoch"}, [this](const redisReply *reply) {
        if (!m_problem.isEmpty())
            qCInfo(lcRedis, "Redis answers again");
        m_problem.clear();
        m_state = State::Ready;
        if (onReady)
            onReady(m_run.isEmpty() ? QByteArray(reply->str, qsizetype(reply->len)) : m_run);
        Commands waiting;
        waiting.swap(m_waiting);
        for (Command &command : waiting)
            send(std::move(command));
    });
}

void RedisConnection::send(Command command)
{
    if (!m_context) {
        command.reply(nullptr, false);
        return;
    }
    QVarLengthArray<const char *, 64> words;
    QVarLengthArray<std::size_t, 64> sizes;
    for (const QByteArray &word : command.words) {
        words.append(word.constData());
        sizes.append(std::size_t(word.size()));
    }
    if (redisAsyncCommandArgv(m_context, &Socket::replied, nullptr, int(words.size()), words.data(), sizes.data())
        != REDIS_OK)
        return command.reply(nullptr, false);
    m_sent.push_back(std::move(command));
    wakeInTime();
}

void RedisConnection::answered(const redisReply *reply)
{
    if (m_sent.empty())
        return;
    Command command = std::move(m_sent.front());
    m_sent.pop_front();
    if (!command.script.isEmpty() && isError(reply, "NOSCRIPT")) { // somebody made Redis forget its scripts
        command.words[0] = "EVAL";
        command.words[1] = command.script;
        command.script.clear();
        return send(std::move(command));
    }
    command.reply(reply, true);
}

void RedisConnection::ended(const QString &why)
{
    m_context->data = nullptr; // hiredis frees it
    m_context = nullptr;
    giveUp(why);
}

void RedisConnection::giveUp(const QString &why)
{
    if (m_problem != why)
        qCWarning(lcRedis).noquote() << u"Redis at %1:%2: %3"_s.arg(m_address.host).arg(m_address.port).arg(why);
    m_problem = why;
    letGo();
    const bool wasReady = m_state == State::Ready;
    m_state = wasReady ? State::Connecting : State::Away;
    const Commands sent = std::exchange(m_sent, {}), waiting = std::exchange(m_waiting, {});
    if (wasReady)
        connectNow();
    else
        m_retry.start(m_options.pause);
    for (const Command &command : sent)
        command.reply(nullptr, true);
    for (const Command &command : waiting)
        command.reply(nullptr, false);
}

void RedisConnection::failWaiting()
{
    for (const Command &command : std::exchange(m_waiting, {}))
        command.reply(nullptr, false);
}

void RedisConnection::letGo()
{
    ++m_attempt;
    if (!m_context)
        return;
    m_context->data = nullptr;
    redisAsyncFree(std::exchange(m_context, nullptr));
}

void RedisConnection::lookAtTime()
{
    const Time now = Clock::now();
    const bool isConnecting = m_state == State::Connecting || (m_state == State::Away && !m_retry.isActive());
    if ((isConnecting && m_connectUntil <= now) || (!m_sent.empty() && m_sent.front().until <= now))
        return giveUp(u"does not answer within %1 ms"_s.arg(m_options.timeout.count()));
    wakeInTime();
}

void RedisConnection::wakeInTime()
{
    if (m_clock.isActive())
        return;
    std::optional<Time> next;
    if (m_state != State::Ready && !m_retry.isActive())
        next = m_connectUntil;
    if (!m_sent.empty() && (!next || m_sent.front().until < *next))
        next = m_sent.front().until;
    if (next)
        m_clock.start(std::max(milliseconds(1), std::chrono::ceil<milliseconds>(*next - Clock::now())));
}

} // namespace limits
