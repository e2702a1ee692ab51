// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/presence_book.h"

#include "server/database/database.h"
#include "server/database/listener.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcPresence, "server.live.presence")

namespace {

constexpr auto together = 50ms; // changes within it go out together
constexpr auto lasts = 60s;
constexpr auto foreignLasts = 80s; // what others say may be on its way
constexpr auto tellAgain = 15s;
constexpr auto sweepEvery = 5s;
constexpr qsizetype mostAtPlace = 200;
constexpr qsizetype mostEntries = 50'000;
constexpr qsizetype longestPersonName = 200;

QString hexOf(const QUuid &id) { return id.toString(QUuid::Id128); }
// Of other processes, which may be of a later version.
live::Activity activityNamed(const QString &name)
{
    return name == "typing"_L1 ? live::Activity::Typing
        : name == "away"_L1    ? live::Activity::Away
                               : live::Activity::Viewing;
}

QUuid idFrom(QStringView hex) { return QUuid::fromRfc4122(QByteArray::fromHex(hex.toLatin1())); }

} // namespace

PresenceBook::PresenceBook(Database &database, Work work, Changed changed)
    : m_database(database),
      m_work(std::move(work)),
      m_changed(std::move(changed)),
      m_process(hexOf(newId()))
{
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] { flush(); });
    connect(&m_sweepTimer, &QTimer::timeout, this, [this] { sweep(); });
}

void PresenceBook::follow(Listener &listener)
{
    connect(&listener, &Listener::notified, this, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            hear(payload);
    });
    connect(&listener, &Listener::reconnected, this, [this] {
        tell(m_process + u" hello"_s);
        tellAll();
    });
    m_sweepTimer.start(sweepEvery);
}

void PresenceBook::say(const QUuid &tenant, const QString &topic, quint64 connection, const QUuid &user,
                       const QString &name, live::Activity activity)
{
    QMetaObject::invokeMethod(
        this,
        [this, place = Place(tenant, topic), connection = QString::number(connection), user, name, activity] {
            const QString source = m_process + u' ' + connection;
            const auto now = Clock::now();
            const Entry before = m_places.value(place).value(source);
            Entry entry{user, name.left(longestPersonName), activity, now + lasts, before.told};
            const bool isNews = before.user != user || before.activity != activity;
            if (isNews || now - before.told > tellAgain) {
                entry.told = now;
                tell(said(place, connection, entry));
            }
            put(place, source, entry);
        },
        Qt::QueuedConnection);
}

void PresenceBook::leave(const QUuid &tenant, const QString &topic, quint64 connection)
{
    QMetaObject::invokeMethod(
        this,
        [this, place = Place(tenant, topic), connection = QString::number(connection)] {
            const QString source = m_process + u' ' + connection;
            if (!m_places.value(place).contains(source))
                return;
            take(place, source);
            tell(u"%1 leave %2 %3 %4"_s.arg(m_process, connection, hexOf(place.first), place.second));
        },
        Qt::QueuedConnection);
}

void PresenceBook::show(const QUuid &tenant, const QString &topic)
{
    QMetaObject::invokeMethod(
        this, [this, place = Place(tenant, topic)] { change(place); }, Qt::QueuedConnection);
}

void PresenceBook::put(const Place &place, const QString &source, const Entry &entry)
{
    auto &there = m_places[place];
    const auto before = there.constFind(source);
    const bool isKnown = before != there.constEnd();
    if (!isKnown && (there.size() >= mostAtPlace || m_count >= mostEntries))
        return;
    const bool isNews = !isKnown || before->activity != entry.activity;
    there.insert(source, entry);
    m_count += !isKnown;
    if (isNews)
        change(place);
}

void PresenceBook::take(const Place &place, const QString &source)
{
    const auto there = m_places.find(place);
    if (there == m_places.end() || there->remove(source) == 0)
        return;
    --m_count;
    if (there->isEmpty())
        m_places.erase(there);
    change(place);
}

void PresenceBook::hear(const QString &payload)
{
    const QStringList parts = payload.split(u' ');
    if (parts.size() < 2 || parts[0] == m_process)
        return;
    if (parts[1] == "hello"_L1) {
        tellAll();
    } else if (parts[1] == "say"_L1 && parts.size() == 8) {
        const Entry entry{idFrom(parts[6]),
                          QString::fromUtf8(QByteArray::fromBase64(parts[7].toLatin1())),
                          activityNamed(parts[3]),
                          Clock::now() + foreignLasts,
                          {}};
        put({idFrom(parts[4]), parts[5]}, parts[0] + u' ' + parts[2], entry);
    } else if (parts[1] == "leave"_L1 && parts.size() == 5) {
        take({idFrom(parts[3]), parts[4]}, parts[0] + u' ' + parts[2]);
    }
}

QString PresenceBook::said(const Place &place, const QString &connection, const Entry &entry) const
{
    return QStringList{
        m_process,          u"say"_s,     connection,        json::name(entry.activity),
        hexOf(place.first), place.second, hexOf(entry.user), QString::fromLatin1(entry.name.toUtf8().toBase64())}
        .join(u' ');
}

void PresenceBook::tellAll()
{
    for (auto place = m_places.cbegin(); place != m_places.cend(); ++place)
        for (auto entry = place->cbegin(); entry != place->cend(); ++entry)
            if (entry.key().startsWith(m_process))
                tell(said(place.key(), entry.key().section(u' ', 1), *entry));
}

void PresenceBook::tell(const QString &payload)
{
    m_messages.append(payload);
    if (!m_flushTimer.isActive())
        m_flushTimer.start(together);
}

void PresenceBook::change(const Place &place)
{
    m_changedPlaces.insert(place);
    if (!m_flushTimer.isActive())
        m_flushTimer.start(together);
}

void PresenceBook::flush()
{
    const auto places = std::exchange(m_changedPlaces, {});
    for (const Place &place : places)
        m_changed(place.first, place.second, peopleAt(place));
    const QStringList messages = std::exchange(m_messages, {});
    // What cannot be said now is said again by whoever is still there.
    if (!messages.isEmpty())
        m_work([this, messages] { send(messages); });
}

void PresenceBook::sweep()
{
    const auto now = Clock::now();
    QList<std::pair<Place, QString>> over;
    for (auto place = m_places.cbegin(); place != m_places.cend(); ++place)
        for (auto entry = place->cbegin(); entry != place->cend(); ++entry)
            if (entry->until < now)
                over.append({place.key(), entry.key()});
    for (const auto &[place, source] : std::as_const(over))
        take(place, source);
}

// One entry for each person, with the liveliest of what they do.
QList<live::Person> PresenceBook::peopleAt(const Place &place) const
{
    QHash<QUuid, live::Person> people;
    const auto there = m_places.value(place);
    for (const Entry &entry : there) {
        const bool isKnown = people.contains(entry.user);
        live::Person &person = people[entry.user];
        person.userId = entry.user;
        person.name = entry.name;
        const bool isLivelier = entry.activity == live::Activity::Typing || person.activity == live::Activity::Away;
        if (!isKnown || isLivelier)
            person.activity = entry.activity;
    }
    QList<live::Person> list = people.values();
    std::sort(list.begin(), list.end(), [](const live::Person &a, const live::Person &b) {
        return std::tie(a.name, a.userId) < std::tie(b.name, b.userId);
    });
    return list;
}

void PresenceBook::send(const QStringList &messages)
{
    try {
        m_database.platform([&](Transaction &tx) {
            tx.run("SELECT set_config('synchronous_commit', 'off', true)"); // nothing here is to be kept
            tx.run("SELECT pg_notify('patio_presence', payload) FROM unnest($1::text[]) AS message (payload)",
                   QList<QString>(messages));
        });
    } catch (const ApiError &error) {
        qCWarning(lcPresence).noquote() << "other processes could not be told who is here:" << error.detail;
    } catch (const std::exception &error) {
        qCWarning(lcPresence).noquote() << "other processes could not be told who is here:" << error.what();
    }
}
