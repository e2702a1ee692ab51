// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/epoll_dispatcher.h"

#ifdef Q_OS_LINUX

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <QTimerEvent>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <set>
#include <unordered_map>
#include <vector>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcDispatcher, "server.http.epoll")

constexpr qint64 nanosecondsPerMillisecond = 1'000'000;
constexpr int eventsAtOnce = 256;

qint64 monotonicNow()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

class EpollDispatcher final : public QAbstractEventDispatcher
{
public:
    EpollDispatcher();
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;

    void wakeUp() override;
    void interrupt() override;

private:
    struct Descriptor
    {
        std::array<QSocketNotifier *, 3> notifiers{}; // by QSocketNotifier::Type
        quint32 watched = 0; // what epoll watches for
        quint32 generation = 0; // grows when nobody is interested any more: events of before are stale
        bool changed = false; // is in m_changed
    };
    struct Timer
    {
        qint64 due; // nanoseconds, monotonic
        qint64 interval; // milliseconds
        Qt::TimerType type;
        QObject *object;
        bool running = false;
    };

    int timeout() const;
    void applyChanges();
    void watch(int descriptor, quint32 events);
    bool deliver(const epoll_event &event);
    bool fireTimers();

    const int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    const int m_wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    std::atomic<bool> m_woken{false};
    std::atomic<bool> m_interrupted{false};
    std::vector<Descriptor> m_descriptors; // by number
    std::vector<int> m_changed;
    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<qint64, int>> m_due; // (Timer::due, id)
};

// The number and its generation travel with the registration, so that an event for a closed socket does not reach a new
// one that got the same number.
quint64 pack(int descriptor, quint32 generation) { return quint64(generation) << 32 | quint32(descriptor); }

EpollDispatcher::EpollDispatcher()
{
    if (m_epoll == -1 || m_wake == -1)
        qFatal("Cannot make an epoll instance: %s", std::strerror(errno));
    epoll_event event{.events = EPOLLIN, .data = {.u64 = pack(m_wake, 0)}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wake);
    ::close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();

    // Whoever posts an event from now on writes to m_wake, so waiting cannot miss it.
    const bool wait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted.load(std::memory_order_relaxed);
    if (wait)
        Q_EMIT aboutToBlock();
    applyChanges();
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), eventsAtOnce, wait ? timeout() : 0);
    if (wait)
        Q_EMIT awake();

    bool did = count > 0;
    for (int i = 0; i < count; ++i) {
        if (events[std::size_t(i)].data.u64 == pack(m_wake, 0)) {
            quint64 ignored = 0;
            static_cast<void>(!::read(m_wake, &ignored, sizeof ignored));
            m_woken.store(false, std::memory_order_release);
        } else if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
            did = deliver(events[std::size_t(i)]) || did;
        }
    }
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        did = fireTimers() || did;
    return did;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto number = std::size_t(notifier->socket());
    if (number >= m_descriptors.size())
        m_descriptors.resize(number * 2 + 16);
    Descriptor &descriptor = m_descriptors[number];
    descriptor.notifiers[std::size_t(notifier->type())] = notifier;
    if (!std::exchange(descriptor.changed, true))
        m_changed.push_back(int(number));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto number = std::size_t(notifier->socket());
    if (number >= m_descriptors.size())
        return;
    Descriptor &descriptor = m_descriptors[number];
    QSocketNotifier *&slot = descriptor.notifiers[std::size_t(notifier->type())];
    if (slot != notifier)
        return;
    slot = nullptr;
    const bool last = std::all_of(descriptor.notifiers.begin(), descriptor.notifiers.end(), [](auto *n) { return !n; });
    if (last) {
        // At once: the descriptor may be closed and used again before the next turn of the loop.
        ++descriptor.generation;
        if (std::exchange(descriptor.watched, 0))
            ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, int(number), nullptr);
    } else if (!std::exchange(descriptor.changed, true)) {
        m_changed.push_back(int(number));
    }
}

// Once for each turn of the loop, so that switching a notifier off and on again costs nothing.
void EpollDispatcher::applyChanges()
{
    constexpr std::array<quint32, 3> interest{EPOLLIN, EPOLLOUT, EPOLLPRI};
    for (const int number : m_changed) {
        Descriptor &descriptor = m_descriptors[std::size_t(number)];
        descriptor.changed = false;
        quint32 events = 0;
        for (std::size_t type = 0; type < interest.size(); ++type)
            events |= descriptor.notifiers[type] ? interest[type] : 0;
        if (events != descriptor.watched)
            watch(number, events);
    }
    m_changed.clear();
}

void EpollDispatcher::watch(int number, quint32 events)
{
    Descriptor &descriptor = m_descriptors[std::size_t(number)];
    epoll_event event{.events = events, .data = {.u64 = pack(number, descriptor.generation)}};
    const auto control = [&](int operation) { return ::epoll_ctl(m_epoll, operation, number, &event) == 0; };
    const bool known = descriptor.watched != 0;
    // The other operation helps when a descriptor was closed before its notifier was switched off.
    if (control(known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD)
        || ((errno == ENOENT || errno == EEXIST) && control(known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD))) {
        descriptor.watched = events;
        return;
    }
    descriptor.watched = 0;
    qCWarning(lcDispatcher, "Cannot watch descriptor %d: %s", number, std::strerror(errno));
}

bool EpollDispatcher::deliver(const epoll_event &event)
{
    constexpr std::array<quint32, 3> reasons{EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR, EPOLLPRI};
    const auto number = std::size_t(event.data.u64 & 0xffffffff);
    const auto generation = quint32(event.data.u64 >> 32);
    bool did = false;
    for (std::size_t type = 0; type < reasons.size(); ++type) {
        // Looked up each time: a handler may remove notifiers, and registering one may move the vector.
        const Descriptor &descriptor = m_descriptors[number];
        if (descriptor.generation != generation)
            break;
        QSocketNotifier *notifier = descriptor.notifiers[type];
        if (!notifier || !(event.events & reasons[type]))
            continue;
        QEvent activation(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &activation);
        did = true;
    }
    return did;
}

int EpollDispatcher::timeout() const
{
    if (m_woken.load(std::memory_order_acquire))
        return 0;
    if (m_due.empty())
        return -1;
    const qint64 left = m_due.begin()->first - monotonicNow();
    if (left <= 0)
        return 0;
    // Rounded up: waking early would only mean to wait again.
    return int(std::min<qint64>((left + nanosecondsPerMillisecond - 1) / nanosecondsPerMillisecond, 1 << 30));
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    const qint64 due = monotonicNow() + interval * nanosecondsPerMillisecond;
    m_timers[id] = {.due = due, .interval = interval, .type = type, .object = object};
    m_due.insert({due, id});
}

bool EpollDispatcher::unregisterTimer(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_due.erase({found->second.due, id});
    m_timers.erase(found);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return std::erase_if(m_timers, [&](const auto &entry) {
        if (entry.second.object != object)
            return false;
        m_due.erase({entry.second.due, entry.first});
        return true;
    });
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            timers.append(TimerInfo(id, int(timer.interval), timer.type));
    }
    return timers;
}

int EpollDispatcher::remainingTime(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return -1;
    return int(std::max<qint64>(0, (found->second.due - monotonicNow()) / nanosecondsPerMillisecond));
}

bool EpollDispatcher::fireTimers()
{
    if (m_due.empty())
        return false;
    // Only those that are due now, each once: a timer of zero must not keep the sockets waiting.
    const qint64 now = monotonicNow();
    std::vector<int> due;
    for (auto it = m_due.begin(); it != m_due.end() && it->first <= now; ++it)
        due.push_back(it->second);
    for (const int id : due) {
        const auto found = m_timers.find(id);
        if (found == m_timers.end() || found->second.due > now)
            continue; // removed, or registered anew, by one before it
        Timer &timer = found->second;
        m_due.erase({timer.due, id});
        timer.due = std::max(timer.due + timer.interval * nanosecondsPerMillisecond, now);
        m_due.insert({timer.due, id});
        if (std::exchange(timer.running, true))
            continue; // in a nested loop of its own handler
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        if (const auto still = m_timers.find(id); still != m_timers.end())
            still->second.running = false;
    }
    return !due.empty();
}

void EpollDispatcher::wakeUp()
{
    if (m_woken.exchange(true, std::memory_order_acq_rel))
        return;
    const quint64 one = 1;
    static_cast<void>(!::write(m_wake, &one, sizeof one));
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true, std::memory_order_relaxed);
    wakeUp();
}

} // namespace

std::unique_ptr<QAbstractEventDispatcher> makeEventDispatcher() { return std::make_unique<EpollDispatcher>(); }

} // namespace http

#else

namespace http {

std::unique_ptr<QAbstractEventDispatcher> makeEventDispatcher() { return nullptr; }

} // namespace http

#endif
