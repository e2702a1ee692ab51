// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chat/chat_desk.h"
#include "tests/permissions/rule_json.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds
constexpr int soon = 1000;
const QString owner = u"owner"_s;
const QString viewer = u"viewer"_s;
const QString agent = u"agent"_s;
const QString zone = u"America/Sao_Paulo"_s;

// Hours of the day in São Paulo that hold the present moment, or those that do not.
QJsonObject hoursAround(bool now)
{
    const QTime there = QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone(zone.toUtf8())).time();
    const QString from = there.addSecs(-3600).toString(u"HH:mm"_s), until = there.addSecs(3600).toString(u"HH:mm"_s);
    return {{u"timeZone"_s, zone}, {u"from"_s, now ? from : until}, {u"until"_s, now ? until : from}};
}

QStringList textsOf(const LiveReader &reader, const QString &channel)
{
    QStringList texts;
    for (const QJsonObject &event : eventsOf(reader, u"message.posted"_s))
        if (event[u"topic"_s].toString() == u"channel/"_s + ChatDesk::idIn(channel))
            texts.append(event[u"data"_s][u"text"_s].toString());
    return texts;
}

} // namespace

// Who hears what of channels, on open sockets.
class TestChatLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void membersHearTheirChannels();
    void whatFollowsComingIntoAChannelIsHeard();
    void whoLeftHearsNothingMore();
    void topicsOfSingleChannels();
    void whatHappensToMessagesIsTold();
    void onesOwnDevicesAgree();
    void whoTypesIsShown();
    void rulesHoldOnOpenSockets();
    void onlyInHelpAndInOfficeHours();
    void readingEndsWithItsHours();

private:
    QString rule(const QJsonObject &rule)
    {
        const HttpAnswer made = m_desk.as(owner, "POST", u"/rules"_s, rule);
        if (made.status != 201)
            QTest::qFail(made.body.constData(), __FILE__, __LINE__);
        m_rules.append(made.json()[u"id"_s].toString());
        return m_rules.last();
    }
    void replace(const QString &id, const QJsonObject &rule)
    {
        const QByteArray etag = m_desk.as(owner, "GET", u"/rules/"_s + id).headers.value("etag");
        const HttpAnswer changed = m_desk.as(owner, "PUT", u"/rules/"_s + id, rule, etag);
        if (changed.status != 200)
            QTest::qFail(changed.body.constData(), __FILE__, __LINE__);
    }
    // Whatever was on its way to the reader has come.
    static bool isCaughtUp(LiveReader &reader)
    {
        const qsizetype before = reader.of(u"pong"_s).size();
        reader.say({{u"type"_s, u"ping"_s}});
        return QTest::qWaitFor([&] { return reader.of(u"pong"_s).size() > before; }, patience);
    }

    // Whether the reader hears what is said in one channel; what is said in the other is heard by all rules.
    bool hears(LiveReader &reader, const QString &channel, const QString &free)
    {
        const QString said = u"said %1"_s.arg(++m_said);
        m_desk.posted(owner, channel, said);
        m_desk.posted(owner, free, said);
        return QTest::qWaitFor([&] { return textsOf(reader, free).contains(said); }, patience)
            && textsOf(reader, channel).contains(said);
    }

    ChatDesk m_desk;
    QStringList m_rules;
    int m_said = 0;
};

void TestChatLive::cleanup()
{
    for (const QString &id : std::exchange(m_rules, {}))
        QCOMPARE(m_desk.as(owner, "DELETE", u"/rules/"_s + id).status, 204);
}

void TestChatLive::membersHearTheirChannels()
{
    const auto member = m_desk.reader(agent, {u"channels"_s}), other = m_desk.reader(viewer, {u"channels"_s});
    const QString open = m_desk.channel(u"open"_s, u"public"_s, {agent});
    const QString secret = m_desk.channel(u"closed"_s, u"private"_s, {agent});
    m_desk.posted(owner, open, u"to all"_s);
    m_desk.posted(owner, secret, u"to few"_s);
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(*member, secret), QStringList{u"to few"_s}, patience);
    QCOMPARE(textsOf(*member, open), QStringList{u"to all"_s});
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(*other, u"channel.created"_s).size(), 1, patience); // of the public one
    QVERIFY(isCaughtUp(*other));
    QVERIFY(textsOf(*other, open).isEmpty() && textsOf(*other, secret).isEmpty());
    for (const QJsonObject &message : other->heard)
        QVERIFY(!json::print(message).contains(ChatDesk::idIn(secret).toLatin1()));
}

void TestChatLive::whatFollowsComingIntoAChannelIsHeard()
{
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    const QString channel = m_desk.channel(u"late"_s, u"private"_s);
    m_desk.posted(owner, channel, u"before"_s);
    const QJsonObject people{{u"memberIds"_s, QJsonArray{m_desk.idOf(agent)}}};
    QCOMPARE(m_desk.as(owner, "POST", channel + u"/members"_s, people).status, 200);
    QStringList said;
    for (int i = 0; i < 20; ++i) {
        said.append(u"after %1"_s.arg(i));
        m_desk.posted(owner, channel, said.last());
    }
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(*reader, channel), said, patience);
    QCOMPARE(eventsOf(*reader, u"channel.joined"_s).size(), 1);
    QCOMPARE(m_desk.texts(agent, channel + u"/messages?after=0&limit=1"_s), QStringList{u"before"_s});
}

void TestChatLive::whoLeftHearsNothingMore()
{
    const QString channel = m_desk.channel(u"left"_s, u"private"_s, {agent});
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    const auto single = m_desk.reader(agent, {u"channel/"_s + ChatDesk::idIn(channel)});
    m_desk.posted(owner, channel, u"here"_s);
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(*single, channel), QStringList{u"here"_s}, patience);
    QCOMPARE(m_desk.as(owner, "DELETE", channel + u"/members/"_s + m_desk.idOf(agent)).status, 204);
    m_desk.posted(owner, channel, u"gone"_s);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(*reader, u"channel.left"_s).size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(single->of(u"permissions"_s).size(), 1, patience); // its topic was taken away
    QVERIFY(isCaughtUp(*reader) && isCaughtUp(*single));
    QCOMPARE(textsOf(*reader, channel), QStringList{u"here"_s});
    QCOMPARE(textsOf(*single, channel), QStringList{u"here"_s});
}

void TestChatLive::topicsOfSingleChannels()
{
    const QString open = m_desk.channel(u"stage"_s), secret = m_desk.channel(u"backstage"_s, u"private"_s);
    const auto reader = m_desk.reader(viewer, {u"channel/"_s + ChatDesk::idIn(open)}); // reads without joining
    reader->say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"channel/"_s + ChatDesk::idIn(secret)}}});
    QTRY_COMPARE_WITH_TIMEOUT(reader->of(u"error"_s).size(), 1, patience);
    QCOMPARE(reader->of(u"error"_s).first()[u"code"_s].toString(), u"forbidden"_s);
    reader->say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"chat-person/"_s + m_desk.idOf(owner)}}});
    QTRY_COMPARE_WITH_TIMEOUT(reader->of(u"error"_s).size(), 2, patience);
    m_desk.posted(owner, secret, u"whisper"_s);
    m_desk.posted(owner, open, u"shout"_s);
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(*reader, open), QStringList{u"shout"_s}, patience);
    QVERIFY(textsOf(*reader, secret).isEmpty());
}

void TestChatLive::whatHappensToMessagesIsTold()
{
    const QString channel = m_desk.channel(u"told"_s, u"public"_s, {agent});
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    const QString message = m_desk.posted(owner, channel, u"first"_s);
    QCOMPARE(m_desk.as(owner, "PATCH", message, {{u"text"_s, u"second"_s}}).status, 200);
    QCOMPARE(m_desk.as(agent, "PUT", message + u"/reactions/x"_s).status, 200);
    QCOMPARE(m_desk.as(owner, "PUT", message + u"/pin"_s).status, 200);
    QCOMPARE(m_desk.as(owner, "DELETE", message).status, 204);
    QCOMPARE(m_desk.as(owner, "PATCH", channel, {{u"topic"_s, u"News"_s}}).status, 200);
    QCOMPARE(m_desk.as(owner, "DELETE", channel).status, 204);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(*reader, u"channel.removed"_s).size(), 1, patience);
    QStringList names;
    for (const QJsonObject &event : reader->of(u"event"_s))
        names.append(event[u"name"_s].toString());
    QCOMPARE(names,
             (QStringList{u"message.posted"_s, u"message.edited"_s, u"message.reacted"_s, u"message.pinned"_s,
                          u"message.deleted"_s, u"channel.updated"_s, u"channel.removed"_s}));
    QCOMPARE(eventsOf(*reader, u"message.edited"_s).first()[u"data"_s][u"text"_s].toString(), u"second"_s);
    QCOMPARE(eventsOf(*reader, u"message.deleted"_s).first()[u"data"_s][u"text"_s].toString(), QString());
}

void TestChatLive::onesOwnDevicesAgree()
{
    const QString channel = m_desk.channel(u"devices"_s, u"public"_s, {agent});
    m_desk.posted(owner, channel, u"unread"_s);
    const auto mine = m_desk.reader(agent, {u"channels"_s}), another = m_desk.reader(owner, {u"channels"_s});
    QCOMPARE(m_desk.as(agent, "PUT", channel + u"/read"_s, {{u"sequence"_s, 1}}).status, 200);
    QCOMPARE(m_desk.as(agent, "PUT", channel + u"/draft"_s, {{u"text"_s, u"half a"_s}}).status, 200);
    QCOMPARE(m_desk.as(agent, "PATCH", channel + u"/membership"_s, {{u"isFavorite"_s, true}}).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(*mine, u"channel.membershipChanged"_s).size(), 1, patience);
    QCOMPARE(eventsOf(*mine, u"read.moved"_s).first()[u"data"_s][u"membership"_s][u"readSequence"_s].toInt(), 1);
    QCOMPARE(eventsOf(*mine, u"draft.changed"_s).first()[u"data"_s][u"text"_s].toString(), u"half a"_s);
    m_desk.posted(owner, channel, u"the end"_s);
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(*another, channel), QStringList{u"the end"_s}, patience);
    QCOMPARE(another->of(u"event"_s).size(), 1);
}

void TestChatLive::whoTypesIsShown()
{
    const QString topic = u"channel/"_s + ChatDesk::idIn(m_desk.channel(u"typing"_s, u"private"_s, {agent}));
    const auto reader = m_desk.reader(owner, {topic}), writer = m_desk.reader(agent, {topic});
    const auto shown = [&] {
        const auto all = reader->of(u"presence"_s);
        const QJsonArray people = all.isEmpty() ? QJsonArray() : all.last()[u"people"_s].toArray();
        return people.isEmpty() ? QString() : people.last()[u"activity"_s].toString();
    };
    writer->say({{u"type"_s, u"presence"_s}, {u"topic"_s, topic}, {u"activity"_s, u"typing"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(shown(), u"typing"_s, patience);
    writer->say({{u"type"_s, u"presence"_s}, {u"topic"_s, topic}, {u"activity"_s, u"away"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(shown(), u"away"_s, patience);
    writer->abort();
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QString(), patience);
}

void TestChatLive::rulesHoldOnOpenSockets()
{
    const QString open = m_desk.channel(u"ruled"_s, u"public"_s, {agent});
    const QString free = m_desk.channel(u"free"_s, u"public"_s, {agent});
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    const QString denied =
        rule(where(ofRole(everyone("deny", u"chat"_s, u"read"_s), agent), {{u"channelName"_s, u"ruled"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(!hears(*reader, open, free), soon);
    const QStringList before = textsOf(*reader, open);
    m_desk.posted(owner, open, u"hidden"_s);
    QVERIFY(!hears(*reader, open, free));
    QCOMPARE(textsOf(*reader, open), before);
    QCOMPARE(m_desk.texts(agent, open + u"/messages"_s), QStringList());
    QCOMPARE(m_desk.texts(agent, u"/messages?search=hidden"_s), QStringList());
    QCOMPARE(m_desk.entry(agent, open)[u"membership"_s][u"unread"_s].toInt(), 0);

    QCOMPARE(m_desk.as(owner, "DELETE", u"/rules/"_s + m_rules.takeLast()).status, 204);
    QTRY_VERIFY_WITH_TIMEOUT(hears(*reader, open, free), soon);
    QVERIFY(m_desk.texts(agent, open + u"/messages"_s).contains(u"hidden"_s));
    QVERIFY(m_desk.entry(agent, open)[u"membership"_s][u"unread"_s].toInt() > 1);
}

// Agents post only in #help, and there between 9 and 18 h in São Paulo: two rules that forbid the rest.
void TestChatLive::onlyInHelpAndInOfficeHours()
{
    const QString help = m_desk.channel(u"help"_s, u"public"_s, {agent});
    const QString other = m_desk.channel(u"no-help"_s, u"public"_s, {agent});
    QCOMPARE(m_desk.post(agent, other, u"free"_s).status, 201);
    QJsonObject elsewhere = where(ofRole(everyone("deny", u"chat"_s, u"post"_s), agent),
                                  {{u"channelName"_s, QJsonObject{{u"$ne"_s, u"help"_s}}}});
    elsewhere[u"reason"_s] = u"Agents write in #help."_s;
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    rule(elsewhere);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk.post(agent, other, u"refused"_s).status, 403, soon);
    QVERIFY(m_desk.post(agent, other, u"refused"_s).body.contains("Agents write in #help."));
    QCOMPARE(m_desk.post(agent, help, u"allowed"_s).status, 201);
    QCOMPARE(m_desk.post(owner, other, u"others may"_s).status, 201);

    QJsonObject closed = ofRole(everyone("deny", u"chat"_s, u"post"_s), agent);
    closed[u"reason"_s] = u"Come back in office hours."_s;
    closed[u"hours"_s] = hoursAround(false);
    const QString hours = rule(closed);
    QVERIFY(isCaughtUp(*reader));
    QCOMPARE(m_desk.post(agent, help, u"in time"_s).status, 201);
    closed[u"hours"_s] = hoursAround(true);
    replace(hours, closed);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk.post(agent, help, u"too late"_s).status, 403, soon);
    const HttpAnswer late = m_desk.post(agent, help, u"too late"_s);
    QVERIFY2(late.body.contains("Come back in office hours."), late.body.constData());
    closed[u"hours"_s] = hoursAround(false);
    replace(hours, closed);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk.post(agent, help, u"again"_s).status, 201, soon);
    closed[u"hours"_s] = QJsonObject{{u"timeZone"_s, u"Mars"_s}, {u"from"_s, u"09:00"_s}, {u"until"_s, u"18:00"_s}};
    const HttpAnswer wrong = m_desk.as(owner, "POST", u"/rules"_s, closed);
    QCOMPARE(wrong.status, 422);
    QVERIFY(!problemAt(wrong, u"/hours/timeZone"_s).isEmpty());
}

void TestChatLive::readingEndsWithItsHours()
{
    const QString channel = m_desk.channel(u"hours"_s, u"public"_s, {agent});
    const QString free = m_desk.channel(u"always"_s, u"public"_s, {agent});
    const auto reader = m_desk.reader(agent, {u"channels"_s});
    QVERIFY(hears(*reader, channel, free));
    QJsonObject night = where(ofRole(everyone("deny", u"chat"_s, u"read"_s), agent), {{u"channelName"_s, u"hours"_s}});
    night[u"hours"_s] = hoursAround(true);
    const QString id = rule(night);
    QTRY_VERIFY_WITH_TIMEOUT(!hears(*reader, channel, free), soon);
    night[u"hours"_s] = hoursAround(false);
    replace(id, night);
    QTRY_VERIFY_WITH_TIMEOUT(hears(*reader, channel, free), soon);
}

QTEST_GUILESS_MAIN(TestChatLive)
#include "tst_chat_live.moc"
