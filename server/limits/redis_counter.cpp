// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_counter.h"

#include <QLoggingCategory>

#include <future>
#include <utility>

#include <hiredis/hiredis.h>

using namespace Qt::StringLiterals;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Q_LOGGING_CATEGORY(lcRedisCounter, "server.limits")

namespace limits {
namespace {

QByteArray hex(const QUuid &id) { return id.toByteArray(QUuid::Id128); }

// All of a tenant lies in one place, whichever part of the name a Redis chooses its places by.
QByteArray nameOf(const QUuid &tenantId, const CounterKey &key)
{
    QByteArray name = "patio:limits:{" + hex(tenantId) + "}:" + hex(key.limit);
    if (!key.subject.isNull())
        name += ':' + hex(key.subject);
    if (!key.model.isEmpty())
        name += ':' + key.model.toUtf8();
    return name;
}

QByteArray kindOf(LimitKind kind) { return kind == LimitKind::ConcurrentRequests ? "c" : "w"; }

Outcome away()
{
    return unavailable(u"The gateway cannot count calls just now, and this one falls under a limit. Try again in a "
                       "second."_s,
                       milliseconds(1000));
}

Outcome forgotten(milliseconds doubt)
{
    return unavailable(u"What counts the gateway's calls has lost what it knew of the last minute, and this one falls "
                       "under a limit. Try again in a minute."_s,
                       doubt);
}

QString problemOf(const redisReply *reply)
{
    return reply->type == REDIS_REPLY_ERROR ? QString::fromUtf8(reply->str, qsizetype(reply->len)).left(300)
                                            : u"an answer of another form"_s;
}

} // namespace

void RedisCounter::Epoch::is(const QByteArray &name)
{
    const std::lock_guard lock(m_mutex);
    if (!m_name.isEmpty() && name != m_name) {
        qCWarning(lcRedisCounter,
                  "Redis came back without its data: calls under limits are refused for a minute. "
                  "With `appendonly yes` it keeps them.");
        m_doubtUntil = Clock::now() + m_doubt;
    }
    m_name = name;
}

std::optional<milliseconds> RedisCounter::Epoch::doubtful()
{
    const std::lock_guard lock(m_mutex);
    if (!m_doubtUntil)
        return std::nullopt;
    const auto left = std::chrono::ceil<milliseconds>(*m_doubtUntil - Clock::now());
    if (left > milliseconds(0))
        return left;
    m_doubtUntil.reset();
    return std::nullopt;
}

// What one thread asks and has running.
class RedisCounter::Lane : public QObject
{
public:
    Lane(const RedisAddress &address, const Options &options, Epoch &epoch)
        : m_options(options),
          m_epoch(epoch),
          m_connection(address, options.connection)
    {
        m_connection.onReady = [this](const QByteArray &name) { ready(name); };
        connect(&m_renewal, &QTimer::timeout, this, [this] { renewAll(); });
        m_renewal.start(options.renewal);
    }

    void acquire(const Call &call, const Matches &matches, Then then);
    void settle(const QUuid &callId, qint64 tokens);
    void used(QList<QByteArray> names, QList<QByteArray> kinds, std::function<void(QList<std::optional<qint64>>)> then);

private:
    struct Held
    {
        QByteArray name;
        LimitKind kind;
        qint64 place; // in its window
        qint64 reserved; // tokens
    };
    using AllHeld = std::vector<Held>;
    struct Settlement
    {
        QList<QByteArray> keys, arguments;
    };

    void taken(const Call &call, const Matches &matches, const QList<QByteArray> &names, const redisReply *reply,
               bool wasSent, const Then &then);
    static Settlement settlement(const QUuid &callId, const AllHeld &held, qint64 tokens);
    void send(Settlement settlement);
    void ready(const QByteArray &epoch);
    void renewAll();

    const Options m_options;
    Epoch &m_epoch;
    QHash<QUuid, AllHeld> m_running;
    std::deque<Settlement> m_unsettled;
    QTimer m_renewal;
    RedisConnection m_connection; // gone first: it calls back
};

void RedisCounter::Lane::acquire(const Call &call, const Matches &matches, Then then)
{
    if (const auto doubt = m_epoch.doubtful())
        return then(forgotten(*doubt));
    QList<QByteArray> names;
    QList<QByteArray> arguments{hex(call.callId), QByteArray::number(qint64(m_options.lease.count()))};
    for (const Match &match : matches) {
        names.append(nameOf(call.tenantId, match.counter));
        arguments +=
            {kindOf(match.counter.kind), QByteArray::number(match.amount), QByteArray::number(match.needOf(call))};
    }
    m_connection.run(scripts::acquire(), names, arguments,
                     [this, call, matches, names, then = std::move(then)](const redisReply *reply, bool wasSent) {
                         taken(call, matches, names, reply, wasSent, then);
                     });
}

void RedisCounter::Lane::taken(const Call &call, const Matches &matches, const QList<QByteArray> &names,
                               const redisReply *reply, bool wasSent, const Then &then)
{
    const bool isAnswer =
        reply && reply->type == REDIS_REPLY_ARRAY && reply->elements == std::size_t(matches.size()) * 4 + 1;
    if (reply && !isAnswer)
        qCWarning(lcRedisCounter).noquote() << "Redis did not count a call:" << problemOf(reply);
    AllHeld held;
    QVarLengthArray<Reading, 8> readings;
    for (qsizetype i = 0; i < matches.size(); ++i) {
        const auto number = [&](qsizetype offset) {
            return isAnswer ? reply->element[i * 4 + 1 + offset]->integer : 0;
        };
        readings.append({number(0), milliseconds(number(1)), milliseconds(number(2))});
        if (matches[i].counter.kind != LimitKind::RequestsPerMinute)
            held.push_back({names[i], matches[i].counter.kind, number(3), matches[i].needOf(call)});
    }
    if (!isAnswer) {
        // Nobody knows whether it was counted: its places must not wait for the end of their lease. Where its tokens
        // would be is not known; they pass with the window.
        std::erase_if(held, [](const Held &one) { return one.kind == LimitKind::TokensPerMinute; });
        if (wasSent && !held.empty())
            send(settlement(call.callId, held, 0));
        return then(away());
    }
    const bool isAdmitted = reply->element[0]->integer == 1;
    if (const auto doubt = m_epoch.doubtful()) {
        if (isAdmitted && !held.empty())
            send(settlement(call.callId, held, 0));
        return then(forgotten(*doubt));
    }
    if (isAdmitted && !held.empty())
        m_running.insert(call.callId, std::move(held));
    then(decide(call, matches, readings.constData()));
}

RedisCounter::Lane::Settlement RedisCounter::Lane::settlement(const QUuid &callId, const AllHeld &held, qint64 tokens)
{
    Settlement settlement{{}, {hex(callId)}};
    for (const Held &one : held) {
        settlement.keys.append(one.name);
        settlement.arguments += {kindOf(one.kind), QByteArray::number(one.place),
                                 QByteArray::number(std::max<qint64>(0, tokens) - one.reserved)};
    }
    return settlement;
}

void RedisCounter::Lane::settle(const QUuid &callId, qint64 tokens)
{
    const auto found = m_running.constFind(callId);
    if (found == m_running.constEnd())
        return;
    Settlement ended = settlement(callId, *found, tokens);
    m_running.erase(found);
    send(std::move(ended));
}

// What Redis does not hear now it hears as soon as it is there again. Heard twice, it would count twice: so one that
// may have been heard frees its place again, and leaves the tokens as they are.
void RedisCounter::Lane::send(Settlement settlement)
{
    const QList<QByteArray> keys = settlement.keys, arguments = settlement.arguments;
    m_connection.run(scripts::settle(), keys, arguments,
                     [this, settlement = std::move(settlement)](const redisReply *reply, bool wasSent) mutable {
                         if (reply)
                             return;
                         if (wasSent)
                             for (qsizetype i = 0; i < settlement.keys.size(); ++i)
                                 settlement.arguments[i * 3 + 3] = "0";
                         if (m_unsettled.size() >= m_options.unsettled)
                             m_unsettled.pop_front();
                         m_unsettled.push_back(std::move(settlement));
                     });
}

void RedisCounter::Lane::ready(const QByteArray &epoch)
{
    m_epoch.is(epoch);
    if (m_epoch.doubtful())
        m_connection.failWaiting(); // what would be refused must not be counted
    renewAll(); // also puts back what the data have lost
    for (Settlement &settlement : std::exchange(m_unsettled, {}))
        send(std::move(settlement));
}

void RedisCounter::Lane::renewAll()
{
    const QByteArray lease = QByteArray::number(qint64(m_options.lease.count()));
    for (auto call = m_running.cbegin(); call != m_running.cend(); ++call) {
        QList<QByteArray> keys;
        for (const Held &one : *call)
            if (one.kind == LimitKind::ConcurrentRequests)
                keys.append(one.name);
        if (!keys.isEmpty())
            m_connection.run(scripts::renew(), keys, {hex(call.key()), lease}, [](const redisReply *, bool) {});
    }
}

void RedisCounter::Lane::used(QList<QByteArray> names, QList<QByteArray> kinds,
                              std::function<void(QList<std::optional<qint64>>)> then)
{
    m_connection.run(scripts::used(), names, kinds, [count = names.size(), then](const redisReply *reply, bool) {
        QList<std::optional<qint64>> list(count);
        if (reply && reply->type == REDIS_REPLY_ARRAY && qsizetype(reply->elements) == count)
            for (qsizetype i = 0; i < count; ++i)
                list[i] = reply->element[i]->integer;
        then(list);
    });
}

RedisCounter::RedisCounter(RedisAddress address, Options options)
    : m_address(std::move(address)),
      m_options(options),
      m_epoch(options.doubt)
{
    m_questions.setObjectName(u"limits"_s);
    m_onQuestions.moveToThread(&m_questions);
}

RedisCounter::~RedisCounter()
{
    m_questions.quit();
    m_questions.wait();
}

RedisCounter::Lane &RedisCounter::here()
{
    QThread *const thread = QThread::currentThread();
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<Lane> &lane = m_lanes[thread];
    if (!lane) {
        lane = std::make_unique<Lane>(m_address, m_options, m_epoch);
        // Emitted in the thread itself, after its event loop: the timers and notifiers of the connection are its own.
        QObject::connect(
            thread, &QThread::finished, lane.get(),
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
    return *lane;
}

void RedisCounter::acquire(const Call &call, Then then)
{
    const Matches matches = call.rules->matching(call);
    if (matches.isEmpty())
        return then({});
    here().acquire(call, matches, std::move(then));
}

void RedisCounter::settle(const QUuid &callId, qint64 tokens) { here().settle(callId, tokens); }

QList<std::optional<qint64>> RedisCounter::used(const QUuid &tenantId, const QList<CounterKey> &counters)
{
    QList<QByteArray> names, kinds;
    for (const CounterKey &key : counters) {
        names.append(nameOf(tenantId, key));
        kinds.append(kindOf(key.kind));
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_questions.isRunning())
            m_questions.start();
    }
    auto promise = std::make_shared<std::promise<QList<std::optional<qint64>>>>();
    auto answer = promise->get_future();
    QMetaObject::invokeMethod(&m_onQuestions, [this, names, kinds, promise] {
        here().used(names, kinds, [promise](const auto &list) { promise->set_value(list); });
    });
    promise.reset();
    try {
        return answer.get();
    } catch (const std::future_error &) { // the thread has ended
        return QList<std::optional<qint64>>(counters.size());
    }
}

} // namespace limits
