// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chat/chat_desk.h"

using namespace Qt::StringLiterals;

namespace {

const QString owner = u"owner"_s;
const QString engineer = u"prompt-engineer"_s;
const QString viewer = u"viewer"_s;
const QString agent = u"agent"_s;

} // namespace

class TestChatRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void channelsHaveNames();
    void peopleHaveOneChannel();
    void othersDoNotSeeWhatIsNotTheirs();
    void membersComeAndGo();
    void messagesCountWithoutGaps();
    void aResendIsTheSameMessage();
    void manySendersAtOnce();
    void whoMissedSomethingReadsItInOrder();
    void mistakesInMessagesAreNamed();
    void threadsAndReplies();
    void editsKeepWhatWasSaid();
    void whatIsDeletedIsGone();
    void reactionsAndPins();
    void unreadCountsAndMarks();
    void muting();
    void searchFindsByWordsAndFilters();
    void draftsAreOnesOwn();
    void archivedChannelsAreOnlyRead();
    void otherTenantsFindNothing();

private:
    ChatDesk m_desk;
};

void TestChatRoutes::channelsHaveNames()
{
    const HttpAnswer made = m_desk.as(agent, "POST", u"/channels"_s,
                                      {{u"kind"_s, u"public"_s}, {u"name"_s, u"help"_s}, {u"topic"_s, u"Ask here"_s}});
    QCOMPARE(made.status, 201);
    const QJsonObject channel = made.json()[u"channel"_s].toObject();
    QCOMPARE(channel[u"memberCount"_s].toInt(), 1);
    QCOMPARE(made.json()[u"membership"_s][u"role"_s].toString(), u"owner"_s);
    const HttpAnswer twice =
        m_desk.as(owner, "POST", u"/channels"_s, {{u"kind"_s, u"private"_s}, {u"name"_s, u"help"_s}});
    QCOMPARE(twice.status, 409);
    QVERIFY(!problemAt(twice, u"/name"_s).isEmpty());
    const HttpAnswer bad =
        m_desk.as(owner, "POST", u"/channels"_s, {{u"kind"_s, u"public"_s}, {u"name"_s, u"Not A Name"_s}});
    QCOMPARE(bad.status, 422);
    QVERIFY(!problemAt(bad, u"/name"_s).isEmpty());
    QCOMPARE(m_desk.as(viewer, "POST", u"/channels"_s, {{u"kind"_s, u"public"_s}, {u"name"_s, u"mine"_s}}).status, 403);

    const QString path = u"/channels/"_s + channel[u"id"_s].toString();
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"topic"_s, u"Ask anything"_s}}, "\"9\"").status, 412);
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"topic"_s, u"Ask anything"_s}}, "\"1\"").status, 200);
    QCOMPARE(m_desk.as(engineer, "PATCH", path, {{u"topic"_s, u"Mine"_s}}).status, 403); // no owner of it
    QCOMPARE(m_desk.as(owner, "PATCH", path, {{u"name"_s, u"support"_s}}).status, 200); // moderates
    const QJsonArray open =
        m_desk.as(viewer, "GET", u"/channels?scope=open&search=SUPP"_s).json()[u"items"_s].toArray();
    QCOMPARE(open.size(), 1);
    QVERIFY(open[0][u"membership"_s].isNull());
    QCOMPARE(m_desk.as(agent, "DELETE", path).status, 403);
    QCOMPARE(m_desk.as(owner, "DELETE", path).status, 204);
    QCOMPARE(m_desk.as(agent, "GET", path).status, 404);
}

void TestChatRoutes::peopleHaveOneChannel()
{
    const QString direct = m_desk.channel({}, u"direct"_s, {agent});
    QCOMPARE(m_desk.channel({}, u"direct"_s, {owner}, agent), direct);
    const QJsonObject entry = m_desk.entry(agent, direct);
    QCOMPARE(entry[u"people"_s].toArray().size(), 2);
    const QString group = m_desk.channel({}, u"group"_s, {agent, engineer});
    QCOMPARE(m_desk.channel({}, u"group"_s, {owner, agent}, engineer), group);
    QVERIFY(group != direct);
    const HttpAnswer alone =
        m_desk.as(owner, "POST", u"/channels"_s,
                  {{u"kind"_s, u"direct"_s}, {u"memberIds"_s, QJsonArray{m_desk.idOf(owner)}}, {u"name"_s, u"x"_s}});
    QCOMPARE(alone.status, 422);
    QVERIFY(!problemAt(alone, u"/name"_s).isEmpty());
    const HttpAnswer nobody =
        m_desk.as(owner, "POST", u"/channels"_s,
                  {{u"kind"_s, u"direct"_s}, {u"memberIds"_s, QJsonArray{newId().toString(QUuid::WithoutBraces)}}});
    QCOMPARE(nobody.status, 422);
    QVERIFY(!problemAt(nobody, u"/memberIds/0"_s).isEmpty());
    QCOMPARE(m_desk.as(owner, "POST", direct + u"/leave"_s).status, 409);
    QCOMPARE(m_desk.as(owner, "PATCH", direct, {{u"name"_s, u"ours"_s}}).status, 409);
    QCOMPARE(m_desk.as(agent, "PATCH", direct, {{u"isArchived"_s, true}}).status, 403); // nobody owns it
}

void TestChatRoutes::othersDoNotSeeWhatIsNotTheirs()
{
    const QString secret = m_desk.channel(u"secret"_s, u"private"_s, {agent}, engineer);
    const QString said = m_desk.posted(agent, secret, u"between us"_s);
    for (const QString &role : {owner, viewer}) { // also not who may moderate
        QCOMPARE(m_desk.as(role, "GET", secret).status, 404);
        QCOMPARE(m_desk.as(role, "GET", secret + u"/messages"_s).status, 404);
        QCOMPARE(m_desk.as(role, "GET", secret + u"/members"_s).status, 404);
        QCOMPARE(m_desk.as(role, "POST", secret + u"/join"_s).status, 404);
        QCOMPARE(m_desk.as(role, "PUT", secret + u"/read"_s, {{u"sequence"_s, 1}}).status, 404);
        QCOMPARE(m_desk.as(role, "GET", said).status, 404);
        QCOMPARE(m_desk.as(role, "GET", said + u"/edits"_s).status, 404);
        QCOMPARE(m_desk.as(role, "DELETE", said).status, 404);
        QCOMPARE(m_desk.as(role, "DELETE", said + u"/reactions/x"_s).status, 404);
        QCOMPARE(m_desk.as(role, "GET", u"/messages?search=between"_s).json()[u"items"_s].toArray().size(), 0);
    }
    QCOMPARE(m_desk.post(owner, secret, u"let me in"_s).status, 404);
    QCOMPARE(m_desk.as(owner, "PATCH", said, {{u"text"_s, u"x"_s}}).status, 404);
    QCOMPARE(m_desk.as(owner, "PUT", said + u"/pin"_s).status, 404);
    QCOMPARE(m_desk.as(owner, "DELETE", secret).status, 404);
    QCOMPARE(m_desk.texts(agent, secret + u"/messages"_s), QStringList{u"between us"_s});
}

void TestChatRoutes::membersComeAndGo()
{
    const QString channel = m_desk.channel(u"comings"_s);
    QCOMPARE(m_desk.post(agent, channel, u"hello"_s).status, 403);
    QCOMPARE(m_desk.as(agent, "POST", channel + u"/join"_s).status, 200);
    QCOMPARE(m_desk.as(agent, "POST", channel + u"/join"_s).json()[u"channel"_s][u"memberCount"_s].toInt(), 2);
    QCOMPARE(m_desk.post(agent, channel, u"hello"_s).status, 201);
    const QJsonObject people{{u"memberIds"_s, QJsonArray{m_desk.idOf(engineer), m_desk.idOf(viewer)}}};
    QCOMPARE(m_desk.as(agent, "POST", channel + u"/members"_s, people).json()[u"memberCount"_s].toInt(), 4);
    QCOMPARE(m_desk.as(engineer, "GET", channel + u"/members?limit=3"_s).json()[u"items"_s].toArray().size(), 3);

    const QString one = channel + u"/members/"_s;
    QCOMPARE(m_desk.as(agent, "DELETE", one + m_desk.idOf(viewer)).status, 403);
    QCOMPARE(m_desk.as(owner, "DELETE", one + m_desk.idOf(viewer)).status, 204);
    QCOMPARE(m_desk.as(owner, "POST", channel + u"/leave"_s).status, 409); // it would have no owner
    QCOMPARE(m_desk.as(owner, "PATCH", one + m_desk.idOf(agent), {{u"role"_s, u"owner"_s}}).status, 200);
    QCOMPARE(m_desk.as(owner, "POST", channel + u"/leave"_s).status, 204);
    QVERIFY(m_desk.entry(owner, channel)[u"membership"_s].isNull());
    QCOMPARE(m_desk.as(agent, "DELETE", one + m_desk.idOf(engineer)).status, 204);
    QCOMPARE(m_desk.entry(agent, channel)[u"channel"_s][u"memberCount"_s].toInt(), 1);
}

void TestChatRoutes::messagesCountWithoutGaps()
{
    const QString channel = m_desk.channel(u"counting"_s);
    for (int i = 1; i <= 5; ++i) {
        const HttpAnswer sent = m_desk.post(owner, channel, QString::number(i));
        QCOMPARE(sent.status, 201);
        QCOMPARE(sent.json()[u"sequence"_s].toInt(), i);
        QCOMPARE(m_desk.post(owner, channel, u"  "_s).status, 422); // takes no number
    }
    QCOMPARE(m_desk.entry(owner, channel)[u"channel"_s][u"lastSequence"_s].toInt(), 5);
    const QString list = channel + u"/messages?limit=2"_s;
    QCOMPARE(m_desk.texts(owner, list), (QStringList{u"5"_s, u"4"_s}));
    const QString next = m_desk.as(owner, "GET", list).json()[u"nextCursor"_s].toString();
    QCOMPARE(m_desk.texts(owner, list + u"&before="_s + next), (QStringList{u"3"_s, u"2"_s}));
}

void TestChatRoutes::aResendIsTheSameMessage()
{
    const QString channel = m_desk.channel(u"resends"_s, u"public"_s, {agent});
    const QJsonObject body = ChatDesk::message(u"once"_s);
    const HttpAnswer first = m_desk.as(owner, "POST", channel + u"/messages"_s, body);
    const HttpAnswer second = m_desk.as(owner, "POST", channel + u"/messages"_s, body);
    QCOMPARE(first.status, 201);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.json()[u"id"_s], first.json()[u"id"_s]);
    QCOMPARE(m_desk.as(agent, "POST", channel + u"/messages"_s, body).status, 201); // another sender's is another one
    QCOMPARE(m_desk.texts(owner, channel + u"/messages"_s), (QStringList{u"once"_s, u"once"_s}));
}

void TestChatRoutes::manySendersAtOnce()
{
    const QString channel = m_desk.channel(u"crowd"_s, u"public"_s, {agent, engineer});
    QNetworkAccessManager network;
    const QStringList senders{owner, agent, engineer};
    QHash<QString, qint64> sequences; // by text
    int answered = 0, refused = 0;
    constexpr int count = 120;
    for (int i = 0; i < count; ++i) {
        QNetworkRequest request(m_desk.server.url(u"/api/v1"_s + channel + u"/messages"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        request.setRawHeader("Authorization", "Bearer " + m_desk.token(senders[i % 3]));
        const bool isBad = i % 10 == 9; // those that are refused do not keep the others from being sent
        const QJsonObject body = ChatDesk::message(
            u"text %1"_s.arg(i),
            isBad ? QJsonObject{{u"threadId"_s, newId().toString(QUuid::WithoutBraces)}} : QJsonObject());
        QNetworkReply *reply = network.post(request, json::print(body));
        connect(reply, &QNetworkReply::finished, this, [&, reply] {
            const QJsonObject sent = json::object(reply->readAll());
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            status == 201 ? void(sequences.insert(sent[u"text"_s].toString(), sent[u"sequence"_s].toInteger()))
                          : void(refused += status == 422);
            ++answered;
            reply->deleteLater();
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answered, count, 60'000);
    QCOMPARE(refused, count / 10);
    QList<qint64> numbers = sequences.values();
    std::sort(numbers.begin(), numbers.end());
    QCOMPARE(numbers.size(), count - count / 10);
    QCOMPARE(numbers.first(), 1);
    QCOMPARE(numbers.last(), numbers.size()); // different, hence without a gap
}

void TestChatRoutes::whoMissedSomethingReadsItInOrder()
{
    const QString channel = m_desk.channel(u"missed"_s);
    for (int i = 1; i <= 7; ++i)
        m_desk.posted(owner, channel, QString::number(i));
    QStringList read;
    qint64 after = 2;
    for (;;) {
        const QJsonObject page = m_desk.as(owner, "GET", channel + u"/messages?limit=2&after=%1"_s.arg(after)).json();
        const QJsonArray items = page[u"items"_s].toArray();
        for (const QJsonValue item : items)
            read.append(item[u"text"_s].toString());
        if (page[u"nextCursor"_s].isNull() || page[u"nextCursor"_s].isUndefined())
            break;
        after = page[u"nextCursor"_s].toString().toLongLong();
    }
    QCOMPARE(read, (QStringList{u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s}));
}

void TestChatRoutes::mistakesInMessagesAreNamed()
{
    const QString channel = m_desk.channel(u"mistakes"_s);
    const QString elsewhere = ChatDesk::idIn(m_desk.posted(owner, m_desk.channel(u"elsewhere"_s), u"there"_s));
    const auto problem = [&](const QJsonObject &more, const QString &pointer) {
        const HttpAnswer answer = m_desk.post(owner, channel, u"text"_s, more);
        return answer.status == 422 && !problemAt(answer, pointer).isEmpty();
    };
    QVERIFY(problem({{u"text"_s, u" \n"_s}}, u"/text"_s));
    QVERIFY(problem({{u"text"_s, QString(40'001, u'x')}}, u"/text"_s));
    QVERIFY(problem({{u"text"_s, u"a\0b"_s}}, u"/text"_s));
    QVERIFY(problem({{u"clientId"_s, QUuid().toString(QUuid::WithoutBraces)}}, u"/clientId"_s));
    QVERIFY(problem({{u"threadId"_s, elsewhere}}, u"/threadId"_s));
    QVERIFY(problem({{u"replyToId"_s, elsewhere}}, u"/replyToId"_s));
    QVERIFY(problem({{u"mentions"_s, QJsonArray{elsewhere}}}, u"/mentions/0"_s));
    QVERIFY(m_desk.texts(owner, channel + u"/messages"_s).isEmpty());
}

void TestChatRoutes::threadsAndReplies()
{
    const QString channel = m_desk.channel(u"threads"_s, u"public"_s, {agent});
    const QString root = ChatDesk::idIn(m_desk.posted(owner, channel, u"root"_s));
    const QString reply = ChatDesk::idIn(m_desk.posted(agent, channel, u"under"_s, {{u"threadId"_s, root}}));
    m_desk.posted(owner, channel, u"beside"_s, {{u"replyToId"_s, reply}});
    QCOMPARE(m_desk.post(owner, channel, u"deeper"_s, {{u"threadId"_s, reply}}).status, 422);
    QCOMPARE(m_desk.as(owner, "GET", u"/messages/"_s + root).json()[u"replyCount"_s].toInt(), 1);
    QCOMPARE(m_desk.texts(owner, channel + u"/messages?after=0&threadId="_s + root),
             (QStringList{u"root"_s, u"under"_s}));
    QCOMPARE(m_desk.as(agent, "DELETE", u"/messages/"_s + reply).status, 204);
    QCOMPARE(m_desk.as(owner, "GET", u"/messages/"_s + root).json()[u"replyCount"_s].toInt(), 0);
    QCOMPARE(m_desk.as(owner, "DELETE", u"/messages/"_s + root).status, 204);
    QCOMPARE(m_desk.post(owner, channel, u"too late"_s, {{u"threadId"_s, root}}).status, 409);
}

void TestChatRoutes::editsKeepWhatWasSaid()
{
    const QString channel = m_desk.channel(u"edits"_s, u"public"_s, {agent});
    const QString path = m_desk.posted(agent, channel, u"first"_s);
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"text"_s, u"second"_s}}).status, 200);
    const HttpAnswer third = m_desk.as(agent, "PATCH", path, {{u"text"_s, u"third"_s}});
    QVERIFY(!third.json()[u"editedAt"_s].isNull());
    QCOMPARE(m_desk.texts(owner, path + u"/edits"_s), (QStringList{u"second"_s, u"first"_s}));
    QCOMPARE(m_desk.as(owner, "PATCH", path, {{u"text"_s, u"mine"_s}}).status, 403); // not even who moderates
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"text"_s, u"late"_s}}, "\"1\"").status, 412);
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"text"_s, u"third"_s}}).status, 200); // nothing new
    QCOMPARE(m_desk.texts(owner, path + u"/edits"_s).size(), 2);
}

void TestChatRoutes::whatIsDeletedIsGone()
{
    const QString channel = m_desk.channel(u"deletes"_s, u"public"_s, {agent, engineer});
    const QString path = m_desk.posted(agent, channel, u"regrettable"_s);
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"text"_s, u"regretted"_s}}).status, 200);
    QCOMPARE(m_desk.as(engineer, "PUT", path + u"/reactions/%F0%9F%91%8D"_s).status, 200);
    QCOMPARE(m_desk.as(engineer, "DELETE", path).status, 403);
    QCOMPARE(m_desk.as(owner, "DELETE", path).status, 204);
    QCOMPARE(m_desk.as(owner, "DELETE", path).status, 204);
    const QJsonObject left = m_desk.as(agent, "GET", path).json();
    QCOMPARE(left[u"text"_s].toString(), QString());
    QCOMPARE(left[u"sequence"_s].toInt(), 1); // its place stays
    QVERIFY(!left[u"deletedAt"_s].isNull());
    QVERIFY(left[u"reactions"_s].toArray().isEmpty());
    QVERIFY(m_desk.texts(agent, path + u"/edits"_s).isEmpty());
    QVERIFY(m_desk.texts(agent, u"/messages?search=regret"_s).isEmpty());
    QCOMPARE(m_desk.as(agent, "PATCH", path, {{u"text"_s, u"again"_s}}).status, 409);
    QCOMPARE(m_desk.as(agent, "PUT", path + u"/reactions/x"_s).status, 409);
    QCOMPARE(m_desk.post(agent, channel, u"next"_s).json()[u"sequence"_s].toInt(), 2);
}

void TestChatRoutes::reactionsAndPins()
{
    const QString channel = m_desk.channel(u"reactions"_s, u"public"_s, {agent});
    const QString path = m_desk.posted(agent, channel, u"nice"_s);
    const QString thumb = path + u"/reactions/%F0%9F%91%8D"_s;
    QCOMPARE(m_desk.as(owner, "PUT", thumb).status, 200);
    QCOMPARE(m_desk.as(agent, "PUT", thumb).status, 200);
    QJsonObject reaction = m_desk.as(agent, "PUT", thumb).json()[u"reactions"_s][0].toObject(); // once each
    QCOMPARE(reaction[u"emoji"_s].toString(), u"👍"_s);
    QCOMPARE(reaction[u"count"_s].toInt(), 2);
    QCOMPARE(reaction[u"userIds"_s].toArray().first().toString(), m_desk.idOf(owner));
    QCOMPARE(m_desk.as(owner, "DELETE", thumb).json()[u"reactions"_s][0][u"count"_s].toInt(), 1);
    QCOMPARE(m_desk.as(owner, "PUT", path + u"/reactions/two%20words"_s).status, 422);
    for (int i = 0; i < 19; ++i)
        QCOMPARE(m_desk.as(owner, "PUT", path + u"/reactions/e%1"_s.arg(i)).status, 200);
    QCOMPARE(m_desk.as(owner, "PUT", path + u"/reactions/e20"_s).status, 409);

    m_desk.posted(agent, channel, u"not pinned"_s);
    QVERIFY(!m_desk.as(owner, "PUT", path + u"/pin"_s).json()[u"pinnedAt"_s].isNull());
    QCOMPARE(m_desk.texts(agent, channel + u"/messages?pinned=true"_s), QStringList{u"nice"_s});
    QVERIFY(m_desk.as(owner, "DELETE", path + u"/pin"_s).json()[u"pinnedAt"_s].isNull());
    QVERIFY(m_desk.texts(agent, channel + u"/messages?pinned=true"_s).isEmpty());
}

void TestChatRoutes::unreadCountsAndMarks()
{
    const QString channel = m_desk.channel(u"unread"_s, u"public"_s, {agent});
    const auto unread = [&](const QString &role) {
        const QJsonObject mine = m_desk.entry(role, channel)[u"membership"_s].toObject();
        return QList<int>{mine[u"unread"_s].toInt(), mine[u"unreadMentions"_s].toInt()};
    };
    m_desk.posted(owner, channel, u"one"_s);
    m_desk.posted(owner, channel, u"@Gil two"_s, {{u"mentions"_s, QJsonArray{m_desk.idOf(agent)}}});
    const QString third = m_desk.posted(owner, channel, u"three"_s, {{u"mentionsEveryone"_s, true}});
    QCOMPARE(unread(agent), (QList<int>{3, 2}));
    QCOMPARE(unread(owner), (QList<int>{0, 0})); // one's own
    QCOMPARE(m_desk.as(owner, "DELETE", third).status, 204);
    QCOMPARE(unread(agent), (QList<int>{2, 1}));
    const QString mark = channel + u"/read"_s;
    QCOMPARE(m_desk.as(agent, "PUT", mark, {{u"sequence"_s, 1}}).json()[u"unread"_s].toInt(), 1);
    QCOMPARE(m_desk.as(agent, "PUT", mark, {{u"sequence"_s, 3}}).json()[u"unread"_s].toInt(), 0);
    QCOMPARE(m_desk.as(agent, "PUT", mark, {{u"sequence"_s, 0}}).json()[u"readSequence"_s].toInt(), 3);
    const QJsonObject back{{u"sequence"_s, 0}, {u"mayGoBack"_s, true}};
    QCOMPARE(m_desk.as(agent, "PUT", mark, back).json()[u"unread"_s].toInt(), 2);
    QCOMPARE(m_desk.as(agent, "PUT", mark, {{u"sequence"_s, 4}}).status, 422);
    QCOMPARE(m_desk.as(engineer, "PUT", mark, {{u"sequence"_s, 1}}).status, 409); // no member
    QCOMPARE(m_desk.as(engineer, "POST", channel + u"/join"_s).json()[u"membership"_s][u"unread"_s].toInt(), 0);
}

void TestChatRoutes::muting()
{
    const QString channel = m_desk.channel(u"noisy"_s);
    const QJsonObject change{
        {u"notify"_s, u"mentions"_s}, {u"mutedUntil"_s, u"2099-01-01T00:00:00.000Z"_s}, {u"isFavorite"_s, true}};
    QCOMPARE(m_desk.as(owner, "PATCH", channel + u"/membership"_s, change).status, 200);
    const QJsonObject mine = m_desk.entry(owner, channel)[u"membership"_s].toObject();
    QCOMPARE(mine[u"notify"_s].toString(), u"mentions"_s);
    QVERIFY(mine[u"isFavorite"_s].toBool());
    QVERIFY(mine[u"mutedUntil"_s].toString().startsWith(u"2099"_s));
    QCOMPARE(m_desk.as(agent, "PATCH", channel + u"/membership"_s, change).status, 409);
}

void TestChatRoutes::searchFindsByWordsAndFilters()
{
    const QString channel = m_desk.channel(u"search"_s, u"public"_s, {agent});
    const QString other = m_desk.channel(u"search-too"_s);
    m_desk.posted(owner, channel, u"The Résumé of quarterly numbers"_s);
    const QString link = m_desk.posted(agent, channel, u"numbers at https://example.com"_s);
    m_desk.posted(owner, other, u"numbers quarterly, with `code`"_s);
    const auto found = [&](const QString &query) { return m_desk.texts(viewer, u"/messages?"_s + query); };
    QCOMPARE(found(u"search=resume"_s), QStringList{u"The Résumé of quarterly numbers"_s});
    QCOMPARE(found(u"search=quart%20NUMB"_s).size(), 2);
    QCOMPARE(found(u"search=%22quarterly%20numbers%22"_s).size(), 1);
    QCOMPARE(found(u"search=numbers&from="_s + m_desk.idOf(agent)).size(), 1);
    QCOMPARE(found(u"search=numbers&in="_s + ChatDesk::idIn(other)).size(), 1);
    QCOMPARE(found(u"has=link"_s), QStringList{u"numbers at https://example.com"_s});
    QCOMPARE(found(u"has=code&search=numbers"_s).size(), 1);
    QCOMPARE(found(u"has=pin&search=numbers"_s).size(), 0);
    QCOMPARE(m_desk.as(owner, "PUT", link + u"/pin"_s).status, 200);
    QCOMPARE(found(u"has=pin&search=numbers"_s).size(), 1);
    QCOMPARE(found(u"search=numbers&before=2001-01-01T00:00:00.000Z"_s).size(), 0);
    QCOMPARE(found(u"search=numbers&after=2001-01-01T00:00:00.000Z"_s).size(), 3);
    QCOMPARE(m_desk.as(viewer, "GET", u"/messages?search=%3F%21"_s).status, 422);
    const QJsonObject page = m_desk.as(viewer, "GET", u"/messages?search=numbers&limit=2"_s).json();
    QCOMPARE(page[u"items"_s].toArray().size(), 2);
    QCOMPARE(found(u"search=numbers&limit=2&cursor="_s + page[u"nextCursor"_s].toString()).size(), 1);
}

void TestChatRoutes::draftsAreOnesOwn()
{
    const QString channel = m_desk.channel(u"drafts"_s, u"public"_s, {agent});
    const QString root = ChatDesk::idIn(m_desk.posted(owner, channel, u"root"_s));
    QCOMPARE(m_desk.as(agent, "PUT", channel + u"/draft"_s, {{u"text"_s, u"almost"_s}}).status, 200);
    QCOMPARE(m_desk.as(agent, "PUT", channel + u"/draft"_s, {{u"text"_s, u"under"_s}, {u"threadId"_s, root}}).status,
             200);
    QCOMPARE(m_desk.texts(agent, u"/channel-drafts"_s), (QStringList{u"under"_s, u"almost"_s}));
    QVERIFY(m_desk.texts(owner, u"/channel-drafts"_s).isEmpty());
    QCOMPARE(m_desk.as(agent, "PUT", channel + u"/draft"_s, {{u"text"_s, u"done"_s}}).json()[u"revision"_s].toInt(), 2);
    QCOMPARE(m_desk.as(agent, "DELETE", channel + u"/draft?threadId="_s + root).status, 204);
    QCOMPARE(m_desk.texts(agent, u"/channel-drafts"_s), QStringList{u"done"_s});
}

void TestChatRoutes::archivedChannelsAreOnlyRead()
{
    const QString channel = m_desk.channel(u"old"_s, u"public"_s, {agent});
    const QString said = m_desk.posted(agent, channel, u"long ago"_s);
    QCOMPARE(m_desk.as(owner, "PATCH", channel, {{u"isArchived"_s, true}}).status, 200);
    QCOMPARE(m_desk.post(agent, channel, u"anybody?"_s).status, 409);
    QCOMPARE(m_desk.as(agent, "PATCH", said, {{u"text"_s, u"x"_s}}).status, 409);
    QCOMPARE(m_desk.texts(agent, channel + u"/messages"_s), QStringList{u"long ago"_s});
    const auto names = [&](const QString &query) {
        QStringList list;
        const QJsonArray items = m_desk.as(agent, "GET", u"/channels?limit=500"_s + query).json()[u"items"_s].toArray();
        for (const QJsonValue item : items)
            list.append(item[u"channel"_s][u"name"_s].toString());
        return list;
    };
    QVERIFY(!names({}).contains(u"old"_s));
    QVERIFY(names(u"&archived=true"_s).contains(u"old"_s));
    m_desk.channel(u"old"_s); // its name is free again
    QCOMPARE(m_desk.as(owner, "PATCH", channel, {{u"isArchived"_s, false}}).status, 409);
}

void TestChatRoutes::otherTenantsFindNothing()
{
    const QString channel = m_desk.channel(u"ours"_s);
    const QString said = m_desk.posted(owner, channel, u"within these walls"_s);
    const QByteArray stranger = m_desk.server.token(u"northwind"_s, owner);
    QCOMPARE(m_desk.server.get(u"/api/v1"_s + channel, stranger).status, 404);
    QCOMPARE(m_desk.server.get(u"/api/v1"_s + said, stranger).status, 404);
    QCOMPARE(m_desk.server.post(u"/api/v1"_s + channel + u"/messages"_s, ChatDesk::message(u"x"_s), stranger).status,
             404);
    const QJsonObject found = m_desk.server.get(u"/api/v1/messages?search=walls"_s, stranger).json();
    QVERIFY(found[u"items"_s].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(TestChatRoutes)
#include "tst_chat_routes.moc"
