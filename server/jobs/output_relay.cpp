// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/output_relay.h"

#include "server/database/columns.h"
#include "server/database/database.h"
#include "server/database/listener.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QLoggingCategory>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using database::column;

Q_LOGGING_CATEGORY(lcRelay, "server.jobs.relay")

namespace {

constexpr auto wantedChannel = "patio_output_wanted"_L1;
constexpr QLatin1StringView wishNames[] = {"here"_L1, "hello"_L1, "want"_L1, "still"_L1, "done"_L1};
constexpr auto batch = 50ms; // pieces within it go out together
constexpr auto afterFailure = 1s;
constexpr auto renewEvery = 10s;
constexpr auto wishLasts = 30s;
constexpr qsizetype unitsOfPiece = 2400; // of UTF-16; as base64 within the 8,000 bytes of a notification
constexpr qsizetype jobsOfWish = 200; // in one notification
constexpr qsizetype messagesOfFlush = 200; // the rest follows in the next one
constexpr int mostReaders = 20'000; // wishes of other processes; more are not served

QString hex(const QUuid &id) { return id.toString(QUuid::Id128); }
QUuid uuid(QStringView hex) { return QUuid::fromRfc4122(QByteArray::fromHex(hex.toLatin1())); }

QString encoded(QStringView text)
{
    QByteArray units(text.size() * 2, Qt::Uninitialized);
    qToLittleEndian<char16_t>(text.utf16(), text.size(), units.data());
    return QString::fromLatin1(units.toBase64());
}

QString decoded(QStringView base64)
{
    const QByteArray units = QByteArray::fromBase64(base64.toLatin1());
    QString text(units.size() / 2, Qt::Uninitialized);
    qFromLittleEndian<char16_t>(units.constData(), text.size(), text.data());
    return text;
}

} // namespace

OutputRelay::OutputRelay(Database &database, OutputHub &hub, Work work, bool hasWorker)
    : m_database(database),
      m_hub(hub),
      m_work(std::move(work)),
      m_hasWorker(hasWorker),
      m_process(hex(newId()))
{
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] {
        if (!m_work([this] { flush(); }))
            m_flushTimer.start(batch);
    });
    connect(&m_renewal, &QTimer::timeout, this, [this] { tellAll(Wish::Still); });
    connect(&m_sweep, &QTimer::timeout, this, [this] { sweep(); });
    m_hub.setRelay({.grown = [this](const OutputPiece &piece) { grown(piece); },
                    .completed = [this](const QList<QUuid> &jobs) { completed(jobs); },
                    .ended = [this](const QUuid &job, int attempt) { ended(job, attempt); },
                    .watched = [this](const QUuid &job, bool isWatched) { watched(job, isWatched); }});
}

OutputRelay::~OutputRelay() { m_hub.setRelay({}); }

QStringList OutputRelay::channels() const { return {wantedChannel, u"patio_output_"_s + m_process}; }

void OutputRelay::follow(Listener &listener)
{
    connect(&listener, &Listener::notified, this, [this](const QString &channel, const QString &payload) {
        if (channel == wantedChannel)
            hear(payload);
        else if (channel == channels().last())
            take(payload);
    });
    connect(&listener, &Listener::reconnected, this, [this] {
        tell(Wish::Hello, {});
        if (m_hasWorker)
            tell(Wish::Here, {});
        tellAll(Wish::Want);
    });
    m_renewal.start(renewEvery);
    m_sweep.start(wishLasts);
}

void OutputRelay::watched(const QUuid &job, bool isWatched)
{
    const std::lock_guard lock(m_mutex);
    if (isWatched)
        m_wanted.insert(job);
    else
        m_wanted.remove(job);
    if (!m_knowsWorkers)
        return;
    m_changes.insert(job, isWatched);
    if (!std::exchange(m_tellPlanned, true))
        QMetaObject::invokeMethod(
            this, [this] { tellChanges(); }, Qt::QueuedConnection);
}

void OutputRelay::tellChanges()
{
    QList<QUuid> come, gone;
    {
        const std::lock_guard lock(m_mutex);
        m_tellPlanned = false;
        for (auto it = m_changes.cbegin(); it != m_changes.cend(); ++it)
            (it.value() ? come : gone).append(it.key());
        m_changes.clear();
    }
    if (!come.isEmpty())
        tell(Wish::Want, come);
    if (!gone.isEmpty())
        tell(Wish::Done, gone);
}

void OutputRelay::tellAll(Wish wish)
{
    QList<QUuid> all;
    {
        const std::lock_guard lock(m_mutex);
        if (m_knowsWorkers)
            all = m_wanted.values();
    }
    if (!all.isEmpty())
        tell(wish, all);
}

void OutputRelay::tell(Wish wish, const QList<QUuid> &jobs)
{
    const QString start = wishNames[int(wish)] + u' ' + m_process;
    QList<Message> messages;
    qsizetype from = 0;
    do {
        QString payload = start;
        for (const QUuid &job : jobs.mid(from, jobsOfWish))
            payload += u' ' + hex(job);
        messages.append({wantedChannel, payload});
        from += jobsOfWish;
    } while (from < jobs.size());
    // What cannot be said now is said with the next renewal.
    m_work([this, messages] { send(messages); });
}

void OutputRelay::take(const QString &payload)
{
    const QList<QStringView> parts = QStringView(payload).split(u' ');
    if (parts.size() < 4)
        return;
    if (parts[3] == "end"_L1)
        return m_hub.endForeign(uuid(parts[1]), parts[2].toInt());
    if (parts.size() == 5)
        m_hub.append(
            {uuid(parts[0]), uuid(parts[1]), parts[2].toInt(), parts[3].toLongLong(), decoded(parts[4]), true});
}

void OutputRelay::hear(const QString &payload)
{
    const QList<QStringView> parts = QStringView(payload).split(u' ');
    const auto name = std::find(std::begin(wishNames), std::end(wishNames), parts.first());
    if (parts.size() < 2 || name == std::end(wishNames) || parts[1] == m_process)
        return;
    const Wish said = Wish(name - std::begin(wishNames));
    if (said == Wish::Here) {
        {
            const std::lock_guard lock(m_mutex);
            m_knowsWorkers = true;
        }
        tellAll(Wish::Want);
    } else if (!m_hasWorker) {
        return;
    } else if (said == Wish::Hello) {
        tell(Wish::Here, {});
    } else {
        QList<QUuid> jobs;
        for (const QStringView id : parts.mid(2))
            jobs.append(uuid(id));
        wish(said, parts[1].toString(), jobs);
    }
}

void OutputRelay::wish(Wish wish, const QString &process, const QList<QUuid> &jobs)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const QUuid &job : jobs) {
            if (wish == Wish::Done) {
                const auto found = m_readers.find(job);
                if (found == m_readers.end())
                    continue;
                m_readerCount -= int(found->remove(process));
                if (found->isEmpty())
                    m_readers.erase(found);
                continue;
            }
            const bool isKnown = m_readers.contains(job) && m_readers[job].contains(process);
            if (!isKnown && m_readerCount >= mostReaders)
                continue;
            Reader &reader = m_readers[job][process];
            m_readerCount += !isKnown;
            reader.until = Clock::now() + wishLasts;
            if (wish == Wish::Still && isKnown)
                continue;
            reader = {0, 0, ++m_lastWish, reader.until};
            m_grown.insert(job);
        }
        if (m_grown.isEmpty())
            return;
    }
    planFlush();
}

// Called for every piece of every job, inside the hub.
void OutputRelay::grown(const OutputPiece &piece)
{
    if (m_readerCount == 0)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_readers.contains(piece.jobId))
            return;
        m_grown.insert(piece.jobId);
    }
    planFlush();
}

void OutputRelay::completed(const QList<QUuid> &jobs)
{
    if (m_readerCount == 0)
        return;
    {
        const std::lock_guard lock(m_mutex);
        bool any = false;
        for (const QUuid &job : jobs)
            if (m_readers.contains(job)) {
                m_grown.insert(job);
                any = true;
            }
        if (!any)
            return;
    }
    flush();
}

void OutputRelay::ended(const QUuid &job, int attempt)
{
    if (m_readerCount == 0)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_readers.contains(job))
            return;
        m_ended.insert(job, attempt);
    }
    planFlush();
}

void OutputRelay::planFlush()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_flushPlanned, true))
            return;
    }
    QMetaObject::invokeMethod(
        this, [this] { m_flushTimer.start(batch); }, Qt::QueuedConnection);
}

void OutputRelay::flush()
{
    while (flushSome()) { }
}

// Gives whether there is more to send at once.
bool OutputRelay::flushSome()
{
    const std::lock_guard order(m_flushMutex);
    QList<QUuid> grown;
    QHash<QUuid, int> ended;
    {
        const std::lock_guard lock(m_mutex);
        m_flushPlanned = false;
        grown = QList<QUuid>(m_grown.cbegin(), m_grown.cend());
        m_grown.clear();
        ended = std::exchange(m_ended, {});
    }
    QList<Message> messages;
    QList<Progress> progress;
    QList<QUuid> rest;
    for (const QUuid &job : std::as_const(grown)) {
        const auto whole = m_hub.own(job);
        if (whole && !addPieces(*whole, messages, progress))
            rest.append(job);
    }
    for (auto it = ended.cbegin(); it != ended.cend(); ++it) {
        const std::lock_guard lock(m_mutex);
        const auto readers = m_readers.value(it.key());
        for (auto reader = readers.cbegin(); reader != readers.cend(); ++reader)
            if (reader->attempt == it.value())
                messages.append(
                    {u"patio_output_"_s + reader.key(), u"%1 %1 %2 end"_s.arg(hex(it.key())).arg(it.value())});
    }
    const bool isSent = messages.isEmpty() || send(messages);
    const std::lock_guard lock(m_mutex);
    if (!isSent) {
        m_grown += QSet<QUuid>(grown.cbegin(), grown.cend());
        m_flushPlanned = true;
        QMetaObject::invokeMethod(
            this, [this] { m_flushTimer.start(afterFailure); }, Qt::QueuedConnection);
        return false;
    }
    m_published += progress.size();
    for (const Progress &one : std::as_const(progress)) {
        const auto readers = m_readers.find(one.job);
        if (readers == m_readers.end())
            continue;
        const auto reader = readers->find(one.process);
        if (reader != readers->end() && reader->number == one.reader.number) {
            reader->attempt = one.reader.attempt;
            reader->sent = one.reader.sent;
        }
    }
    m_grown += QSet<QUuid>(rest.cbegin(), rest.cend());
    return !rest.isEmpty();
}

// Adds what each reader of the job has not got yet; false when that is too much for one flush.
bool OutputRelay::addPieces(const OutputPiece &whole, QList<Message> &messages, QList<Progress> &progress)
{
    QHash<QString, Reader> readers;
    {
        const std::lock_guard lock(m_mutex);
        readers = m_readers.value(whole.jobId);
    }
    for (auto it = readers.begin(); it != readers.end(); ++it) {
        Reader &reader = it.value();
        if (reader.attempt != whole.attempt) {
            reader.attempt = whole.attempt;
            reader.sent = 0;
        }
        const QString start = u"%1 %2 %3 "_s.arg(hex(whole.tenantId), hex(whole.jobId)).arg(whole.attempt);
        while (reader.sent < whole.text.size()) {
            if (messages.size() >= messagesOfFlush)
                return false;
            const QStringView text = QStringView(whole.text).mid(reader.sent, unitsOfPiece);
            messages.append(
                {u"patio_output_"_s + it.key(), start + QString::number(reader.sent) + u' ' + encoded(text)});
            reader.sent += text.size();
            progress.append({whole.jobId, it.key(), reader});
        }
    }
    return true;
}

// Wishes of processes that are gone.
void OutputRelay::sweep()
{
    const std::lock_guard lock(m_mutex);
    const Clock::time_point now = Clock::now();
    for (auto readers = m_readers.begin(); readers != m_readers.end();) {
        m_readerCount -= int(readers->removeIf(
            [&](const std::pair<const QString &, Reader &> &reader) { return reader.second.until < now; }));
        readers = readers->isEmpty() ? m_readers.erase(readers) : std::next(readers);
    }
}

bool OutputRelay::send(const QList<Message> &messages)
{
    try {
        m_database.platform([&](Transaction &tx) {
            tx.run("SELECT set_config('synchronous_commit', 'off', true)"); // nothing here is to be kept
            tx.run(
                "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS message (channel, payload)",
                column(messages, &Message::channel), column(messages, &Message::payload));
        });
        return true;
    } catch (const ApiError &error) {
        qCWarning(lcRelay).noquote() << "readers in other processes could not be reached:" << error.detail;
    } catch (const std::exception &error) {
        qCWarning(lcRelay).noquote() << "readers in other processes could not be reached:" << error.what();
    }
    return false;
}
