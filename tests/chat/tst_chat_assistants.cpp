// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chat/chat_stage.h"

using namespace Qt::StringLiterals;

// Assistants as people in channels see them: HTTP and sockets of one process, jobs in another.
class TestChatAssistants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_stage.start());
        m_helper = m_stage.makeAssistant(u"Helper"_s);
    }
    void cleanup() { m_stage.provider.reset(); }

    void refusals_data();
    void refusals();
    void answersWhenMentioned();
    void answersEachMessageOfItsDirectChannel();
    void answersWithinAThread();
    void everybodyGetsEachTokenOnce();
    void aReaderWhoComesBackMissesNothing();
    void streamsInTheProcessOfTheJob();
    void stopsAndKeepsWhatWasWritten();
    void onlyWhoAskedStops();
    void regeneratesAndKeepsTheHistory();
    void ratings();
    void twoAtOnceGetTheirOwnAnswers();
    void failuresAreSaid();
    void aBudgetThatIsSpent();
    void aTemplateThatIsGone();
    void whoMayNotMakeJobs();
    void deletedAnswersStop();

private:
    Behaviour slowly(int words, std::chrono::milliseconds pause = std::chrono::milliseconds(30))
    {
        QStringList text;
        for (int i = 1; i <= words; ++i)
            text.append(u"word%1"_s.arg(i));
        Behaviour behaviour;
        behaviour.eventDelay = pause;
        behaviour.text = text.join(u' ');
        return behaviour;
    }
    qint64 costInLedger(const QString &jobId)
    {
        return m_stage.get(u"jobs/"_s + jobId).json()[u"job"_s][u"costNanos"_s].toInteger(-1);
    }

    ChatStage m_stage;
    QString m_helper;
};

void TestChatAssistants::refusals_data()
{
    QTest::addColumn<QJsonObject>("input");
    QTest::addColumn<QString>("pointer");
    const QJsonObject good{{u"name"_s, u"New"_s}, {u"template"_s, u"helper"_s}};
    const auto row = [&](const char *name, const QString &member, const QJsonValue &value, const QString &pointer) {
        QJsonObject input = good;
        input.insert(member, value);
        QTest::newRow(name) << input << pointer;
    };
    row("no such template", u"template"_s, u"nothing"_s, u"/template"_s);
    row("no such version", u"version"_s, 99, u"/version"_s);
    row("no such label", u"label"_s, u"production"_s, u"/label"_s);
    row("a model without its provider", u"model"_s, u"gpt"_s, u"/model"_s);
    row("a provider that is not set up", u"model"_s, u"anthropic/claude-x"_s, u"/model"_s);
    row("a name that mentions", u"name"_s, u"a@b"_s, u"/name"_s);
    row("too much context", u"contextMessages"_s, 101, u"/contextMessages"_s);
}

void TestChatAssistants::refusals()
{
    QFETCH(const QJsonObject, input);
    QFETCH(const QString, pointer);
    const HttpAnswer refused = m_stage.send("POST", u"assistants"_s, input);
    QVERIFY2(refused.status == 422, refused.body);
    QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], pointer);
    QCOMPARE(m_stage.send("POST", u"assistants"_s, input, u"viewer"_s).status, 403);
}

void TestChatAssistants::answersWhenMentioned()
{
    const QString channel = m_stage.makeChannel(u"mentioned"_s, m_helper);
    const QJsonObject before = m_stage.post(channel, u"We eat at noon."_s);
    const QJsonObject question = m_stage.post(channel, u"When do we eat?"_s, m_helper);
    const QJsonObject answer = m_stage.answerTo(question, u"complete"_s);
    QCOMPARE(answer[u"text"_s], u"Answer to: When do we eat?"_s);
    QCOMPARE(answer[u"authorId"_s], m_helper);
    QCOMPARE(answer[u"authorName"_s], u"Helper"_s);
    QCOMPARE(answer[u"sequence"_s].toInteger(), 3); // its place was taken when it began
    QCOMPARE(m_stage.messages(channel).size(), 3); // what mentions nobody is not answered
    QVERIFY(m_stage.promptSent().contains(u"We eat at noon."_s));
    QCOMPARE(m_stage.provider.total().requests, 1);

    // A job like all others, in the name of who asked, and its cost is what the ledger says.
    const QJsonObject job = m_stage.get(u"jobs/"_s + answer[u"jobId"_s].toString()).json()[u"job"_s].toObject();
    QCOMPARE(job[u"userId"_s], question[u"authorId"_s]);
    QCOMPARE(job[u"templateSlug"_s], u"helper"_s);
    QCOMPARE(job[u"attemptCount"_s], 1);
    QVERIFY(answer[u"costNanos"_s].toInteger() > 0);
    QCOMPARE(answer[u"costNanos"_s], job[u"costNanos"_s]);

    // The same question again is no answer from the cache.
    const QJsonObject again = m_stage.answerTo(m_stage.post(channel, u"When do we eat?"_s, m_helper), u"complete"_s);
    QVERIFY(again[u"jobId"_s] != answer[u"jobId"_s]);
    QCOMPARE(m_stage.provider.total().requests, 2);
    // What was sent twice is one message, and asks once.
    const QJsonObject twice{{u"clientId"_s, newId().toString(QUuid::WithoutBraces)},
                            {u"text"_s, u"Once?"_s},
                            {u"mentions"_s, QJsonArray{m_helper}}};
    const QString path = u"channels/%1/messages"_s.arg(channel);
    QCOMPARE(m_stage.send("POST", path, twice).status, 201);
    const HttpAnswer second = m_stage.send("POST", path, twice);
    QCOMPARE(second.status, 200);
    m_stage.answerTo(second.json(), u"complete"_s);
    QCOMPARE(m_stage.provider.total().requests, 3);
}

void TestChatAssistants::answersEachMessageOfItsDirectChannel()
{
    const HttpAnswer opened = m_stage.send("POST", u"assistants/%1/channel"_s.arg(m_helper));
    QVERIFY2(opened.status == 200, opened.body);
    QCOMPARE(opened.json()[u"channel"_s][u"kind"_s], u"direct"_s);
    const QString channel = opened.json()[u"channel"_s][u"id"_s].toString();
    QCOMPARE(m_stage.send("POST", u"assistants/%1/channel"_s.arg(m_helper)).json()[u"channel"_s][u"id"_s], channel);
    for (const QString &text : {u"First"_s, u"Second"_s})
        QCOMPARE(m_stage.answerTo(m_stage.post(channel, text), u"complete"_s)[u"text"_s], u"Answer to: "_s + text);
    QVERIFY(m_stage.promptSent().contains(u"Helper: Answer to: First"_s)); // it knows what it said
    // Everybody has their own.
    QCOMPARE(m_stage.get(u"channels/"_s + channel, u"prompt-engineer"_s).status, 404);
    QVERIFY(m_stage.send("POST", u"assistants/%1/channel"_s.arg(m_helper), {}, u"prompt-engineer"_s)
                .json()[u"channel"_s][u"id"_s]
            != channel);
}

void TestChatAssistants::answersWithinAThread()
{
    const QString channel = m_stage.makeChannel(u"threads"_s, m_helper);
    m_stage.post(channel, u"The code of the channel is 1111."_s);
    const QJsonObject root = m_stage.post(channel, u"A thread about lunch."_s);
    const QString thread = root[u"id"_s].toString();
    m_stage.post(channel, u"There is soup."_s, {}, u"owner"_s, {{u"threadId"_s, thread}});
    const QJsonObject question =
        m_stage.post(channel, u"What is there?"_s, m_helper, u"owner"_s, {{u"threadId"_s, thread}});
    QCOMPARE(m_stage.answerTo(question, u"complete"_s)[u"threadId"_s], thread);
    QVERIFY(m_stage.promptSent().contains(u"A thread about lunch."_s));
    QVERIFY(m_stage.promptSent().contains(u"There is soup."_s));
    QVERIFY(!m_stage.promptSent().contains(u"1111"_s));
    // Outside of it, what the thread says is not read.
    m_stage.answerTo(m_stage.post(channel, u"And the code?"_s, m_helper), u"complete"_s);
    QVERIFY(m_stage.promptSent().contains(u"1111"_s));
    QVERIFY(!m_stage.promptSent().contains(u"There is soup."_s));
}

void TestChatAssistants::everybodyGetsEachTokenOnce()
{
    const QString channel = m_stage.makeChannel(u"stream"_s, m_helper);
    m_stage.join(channel, u"prompt-engineer"_s);
    m_stage.provider.plan(slowly(60));
    ChannelReader owner(m_stage.server(), m_stage.token(), channel);
    ChannelReader member(m_stage.server(), m_stage.token(u"prompt-engineer"_s), channel);
    ChannelReader viewer(m_stage.server(), m_stage.token(u"viewer"_s), channel); // no member: the channel is public
    QVERIFY(owner.isSubscribed() && member.isSubscribed() && viewer.isSubscribed());
    const QJsonObject answer = m_stage.answerTo(m_stage.post(channel, u"Tell us"_s, m_helper), u"complete"_s);
    const QString id = answer[u"id"_s].toString();
    for (ChannelReader *reader : {&owner, &member, &viewer}) {
        QTRY_VERIFY_WITH_TIMEOUT(!reader->eventsOf(id).isEmpty()
                                     && reader->eventsOf(id).last()[u"data"_s][u"state"_s] == u"complete"_s,
                                 ChatStage::patience);
        QCOMPARE(reader->textOf(id), answer[u"text"_s].toString());
        QVERIFY2(reader->piecesOf(id).size() >= 3, "as it was made, not in the end");
        QCOMPARE(reader->piecesOf(id).first()[u"jobId"_s], answer[u"jobId"_s]);
        QCOMPARE(reader->eventsOf(id).last()[u"data"_s][u"text"_s], answer[u"text"_s]);
    }
    QCOMPARE(m_stage.provider.total().requests, 1);
    QCOMPARE(answer[u"costNanos"_s].toInteger(), costInLedger(answer[u"jobId"_s].toString()));
    // Nobody else hears of it: not who follows another channel, nor another tenant.
    QCOMPARE(
        m_stage.server().get(u"/api/v1/messages/"_s + id, m_stage.server().token(u"northwind"_s, u"owner"_s)).status,
        404);
    ChannelReader stranger(m_stage.server(), m_stage.server().token(u"northwind"_s, u"owner"_s), channel);
    QVERIFY(!stranger.isSubscribed());
}

void TestChatAssistants::aReaderWhoComesBackMissesNothing()
{
    const QString channel = m_stage.makeChannel(u"comes-back"_s, m_helper);
    m_stage.provider.plan(slowly(120));
    auto reader = std::make_unique<ChannelReader>(m_stage.server(), m_stage.token(), channel);
    const QJsonObject begun = m_stage.answerTo(m_stage.post(channel, u"Tell me more"_s, m_helper));
    const QString id = begun[u"id"_s].toString();
    QString known; // what a client has put together, over all of its connections
    for (int cut = 1; cut <= 5; ++cut) {
        QTRY_VERIFY_WITH_TIMEOUT(reader->textOf(id).size() > known.size(), ChatStage::patience);
        QVERIFY(reader->textOf(id).startsWith(known));
        known = reader->textOf(id);
        const qint64 after = reader->lastSequence();
        reader->cut();
        reader = std::make_unique<ChannelReader>(m_stage.server(), m_stage.token(), channel, after);
        QVERIFY(reader->isSubscribed());
    }
    QTRY_VERIFY_WITH_TIMEOUT(!reader->eventsOf(id).isEmpty()
                                 && reader->eventsOf(id).last()[u"data"_s][u"state"_s] == u"complete"_s,
                             ChatStage::patience);
    const QString whole = m_stage.message(id)[u"text"_s].toString();
    QVERIFY(whole.startsWith(known));
    QCOMPARE(reader->textOf(id), whole);
    QCOMPARE(m_stage.provider.total().requests, 1);
}

void TestChatAssistants::streamsInTheProcessOfTheJob()
{
    const QString channel = m_stage.makeChannel(u"same-process"_s, m_helper);
    m_stage.provider.plan(slowly(40));
    ChannelReader reader(m_stage.worker(), m_stage.token(), channel);
    QVERIFY(reader.isSubscribed());
    const QJsonObject answer = m_stage.answerTo(m_stage.post(channel, u"Here"_s, m_helper), u"complete"_s);
    const QString id = answer[u"id"_s].toString();
    QTRY_COMPARE_WITH_TIMEOUT(reader.textOf(id), answer[u"text"_s].toString(), ChatStage::patience);
    QVERIFY(reader.piecesOf(id).size() >= 3);
}

void TestChatAssistants::stopsAndKeepsWhatWasWritten()
{
    const QString channel = m_stage.makeChannel(u"stop"_s, m_helper);
    m_stage.provider.plan(slowly(2000));
    ChannelReader reader(m_stage.server(), m_stage.token(), channel);
    const QJsonObject begun = m_stage.answerTo(m_stage.post(channel, u"Go on and on"_s, m_helper));
    const QString id = begun[u"id"_s].toString();
    QTRY_VERIFY_WITH_TIMEOUT(reader.textOf(id).size() > 40, ChatStage::patience);
    QCOMPARE(m_stage.send("POST", u"messages/%1/stop"_s.arg(id)).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.message(id)[u"state"_s].toString(), u"stopped"_s, ChatStage::patience);
    const QJsonObject stopped = m_stage.message(id);
    QVERIFY(stopped[u"text"_s].toString().startsWith(reader.textOf(id)) && reader.textOf(id).size() > 40);
    QCOMPARE(stopped[u"error"_s], QString());
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.provider.total().abandoned, 1, ChatStage::patience);
    QCOMPARE(m_stage.provider.total().requests, 1);
    QCOMPARE(stopped[u"costNanos"_s].toInteger(-1), costInLedger(stopped[u"jobId"_s].toString()));
    const HttpAnswer again = m_stage.send("POST", u"messages/%1/stop"_s.arg(id));
    QCOMPARE(again.status, 409);
}

void TestChatAssistants::onlyWhoAskedStops()
{
    const QString channel = m_stage.makeChannel(u"stop-own"_s, m_helper);
    m_stage.join(channel, u"prompt-engineer"_s);
    m_stage.provider.plan(slowly(20));
    const QJsonObject begun = m_stage.answerTo(m_stage.post(channel, u"Mine"_s, m_helper));
    const QString id = begun[u"id"_s].toString();
    for (const QString &what : {u"stop"_s, u"regenerate"_s}) {
        const HttpAnswer refused = m_stage.send("POST", u"messages/%1/%2"_s.arg(id, what), {}, u"prompt-engineer"_s);
        QVERIFY2(refused.status == 403, refused.body);
    }
    m_stage.answerTo(m_stage.messages(channel).first(), u"complete"_s);
    // Who moderates may: the owner, with an answer for somebody else.
    m_stage.provider.plan(slowly(400));
    const QJsonObject theirs = m_stage.answerTo(m_stage.post(channel, u"Theirs"_s, m_helper, u"prompt-engineer"_s));
    QCOMPARE(m_stage.send("POST", u"messages/%1/stop"_s.arg(theirs[u"id"_s].toString())).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.message(theirs[u"id"_s].toString())[u"state"_s].toString(), u"stopped"_s,
                              ChatStage::patience);
}

void TestChatAssistants::regeneratesAndKeepsTheHistory()
{
    const QString channel = m_stage.makeChannel(u"again"_s, m_helper);
    Behaviour first, second;
    first.text = u"The first answer."_s;
    second.text = u"The second answer."_s;
    m_stage.provider.plan(first);
    m_stage.provider.plan(second);
    const QJsonObject question = m_stage.post(channel, u"Which?"_s, m_helper);
    const QJsonObject before = m_stage.answerTo(question, u"complete"_s);
    const QString path = u"messages/%1/"_s.arg(before[u"id"_s].toString());
    m_stage.post(channel, u"Something said after the question."_s);
    const HttpAnswer begun = m_stage.send("POST", path + u"regenerate"_s);
    QVERIFY2(begun.status == 200, begun.body);
    QCOMPARE(begun.json()[u"state"_s], u"streaming"_s);
    const QJsonObject after = m_stage.answerTo(question, u"complete"_s);
    QCOMPARE(after[u"id"_s], before[u"id"_s]);
    QCOMPARE(after[u"sequence"_s], before[u"sequence"_s]);
    QCOMPARE(after[u"text"_s], u"The second answer."_s);
    QVERIFY(after[u"jobId"_s] != before[u"jobId"_s]);
    QVERIFY(!m_stage.promptSent().contains(u"Something said after"_s));
    QVERIFY(!m_stage.promptSent().contains(u"The first answer."_s));

    const QJsonArray answers = m_stage.get(path + u"answers"_s).json()[u"items"_s].toArray();
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers[0][u"number"_s], 2);
    QCOMPARE(answers[0][u"text"_s], u"The second answer."_s);
    QCOMPARE(answers[1][u"text"_s], u"The first answer."_s);
    QCOMPARE(answers[1][u"jobId"_s], before[u"jobId"_s]);
    QCOMPARE(m_stage.get(path + u"edits"_s).json()[u"items"_s][0][u"text"_s], u"The first answer."_s);
    // Both are billed, each once.
    QCOMPARE(after[u"costNanos"_s].toInteger(),
             answers[0][u"costNanos"_s].toInteger() + answers[1][u"costNanos"_s].toInteger());
    QCOMPARE(m_stage.provider.total().returned, 2);
}

void TestChatAssistants::ratings()
{
    const QString channel = m_stage.makeChannel(u"ratings"_s, m_helper);
    m_stage.join(channel, u"prompt-engineer"_s);
    const QJsonObject question = m_stage.post(channel, u"Good?"_s, m_helper);
    const QString rating = u"messages/%1/rating"_s.arg(m_stage.answerTo(question, u"complete"_s)[u"id"_s].toString());
    const auto rate = [&](const QString &value, const QString &role) {
        return m_stage.send("PUT", rating, {{u"rating"_s, value}}, role).json();
    };
    QCOMPARE(rate(u"up"_s, u"owner"_s)[u"upCount"_s], 1);
    const QJsonObject both = rate(u"down"_s, u"prompt-engineer"_s);
    QCOMPARE(both[u"upCount"_s], 1);
    QCOMPARE(both[u"downCount"_s], 1);
    QCOMPARE(both[u"ownRating"_s], u"down"_s);
    const QJsonObject changed = rate(u"down"_s, u"owner"_s);
    QCOMPARE(changed[u"upCount"_s], 0);
    QCOMPARE(changed[u"downCount"_s], 2);
    const QJsonObject back = m_stage.send("DELETE", rating).json();
    QCOMPARE(back[u"downCount"_s], 1);
    QVERIFY(back[u"ownRating"_s].isNull());
    QCOMPARE(m_stage.send("PUT", rating, {{u"rating"_s, u"best"_s}}).status, 422);
    QCOMPARE(m_stage.send("PUT", rating, {{u"rating"_s, u"up"_s}}, u"viewer"_s).status, 403);
    const QString people = u"messages/%1/rating"_s.arg(question[u"id"_s].toString());
    QCOMPARE(m_stage.send("PUT", people, {{u"rating"_s, u"up"_s}}).status, 409);
}

void TestChatAssistants::twoAtOnceGetTheirOwnAnswers()
{
    const QString other = m_stage.makeAssistant(u"Other"_s);
    const QString channel = m_stage.makeChannel(u"two"_s, m_helper);
    QCOMPARE(m_stage.send("POST", u"channels/%1/assistants"_s.arg(channel), {{u"assistantId"_s, other}}).status, 201);
    QList<QJsonObject> questions;
    for (int i = 1; i <= 5; ++i)
        questions.append(m_stage.post(channel, u"Question %1"_s.arg(i), m_helper));
    for (const QJsonObject &question : questions)
        QCOMPARE(m_stage.answerTo(question, u"complete"_s)[u"text"_s],
                 u"Answer to: "_s + question[u"text"_s].toString());
    // A message may ask two of them.
    const QJsonObject both =
        m_stage.post(channel, u"Both"_s, {}, u"owner"_s, {{u"mentions"_s, QJsonArray{m_helper, other}}});
    const auto authors = [&] {
        QStringList list;
        for (const QJsonObject &one : m_stage.messages(channel))
            if (one[u"replyToId"_s] == both[u"id"_s] && one[u"state"_s] == u"complete"_s)
                list.append(one[u"authorName"_s].toString());
        list.sort();
        return list;
    };
    QTRY_COMPARE_WITH_TIMEOUT(authors(), QStringList({u"Helper"_s, u"Other"_s}), ChatStage::patience);
    QCOMPARE(m_stage.messages(channel).size(), 13);
    QCOMPARE(m_stage.provider.total().requests, 7);
}

void TestChatAssistants::failuresAreSaid()
{
    const QString broken = m_stage.makeAssistant(u"Broken"_s, {{u"model"_s, u"openai/test-400"_s}});
    const QString channel = m_stage.makeChannel(u"broken"_s, broken);
    const QJsonObject failed = m_stage.answerTo(m_stage.post(channel, u"Works?"_s, broken), u"failed"_s);
    QVERIFY(!failed[u"error"_s].toString().isEmpty());
    QCOMPARE(failed[u"text"_s], QString());
    // An answer that breaks off in the middle and comes whole at the second attempt replaces what came before.
    QCOMPARE(m_stage.send("POST", u"channels/%1/assistants"_s.arg(channel), {{u"assistantId"_s, m_helper}}).status,
             201);
    Behaviour cut = *Behaviour::named(u"cut-after-3"_s);
    cut.eventDelay = std::chrono::milliseconds(150);
    m_stage.provider.plan(cut);
    m_stage.provider.plan(slowly(40));
    ChannelReader reader(m_stage.server(), m_stage.token(), channel);
    const QJsonObject whole = m_stage.answerTo(m_stage.post(channel, u"And now?"_s, m_helper), u"complete"_s);
    QVERIFY(whole[u"text"_s].toString().endsWith(u"word40"_s));
    QTRY_COMPARE_WITH_TIMEOUT(reader.textOf(whole[u"id"_s].toString()), whole[u"text"_s].toString(),
                              ChatStage::patience);
    QCOMPARE(reader.piecesOf(whole[u"id"_s].toString()).last()[u"attempt"_s], 2);
    // An assistant that is not in the channel cannot be mentioned there.
    const QString other = m_stage.makeAssistant(u"Elsewhere"_s);
    const HttpAnswer stranger = m_stage.send("POST", u"channels/%1/messages"_s.arg(channel),
                                             {{u"clientId"_s, newId().toString(QUuid::WithoutBraces)},
                                              {u"text"_s, u"You?"_s},
                                              {u"mentions"_s, QJsonArray{other}}});
    QCOMPARE(stranger.status, 422);
}

void TestChatAssistants::aBudgetThatIsSpent()
{
    const QString channel = m_stage.makeChannel(u"spent-budget"_s, m_helper);
    const HttpAnswer budget = m_stage.send("POST", u"budgets"_s,
                                           {{u"name"_s, u"Nothing left"_s},
                                            {u"subject"_s, u"tenant"_s},
                                            {u"period"_s, u"month"_s},
                                            {u"amountNanos"_s, 1}});
    QVERIFY2(budget.status == 201, budget.body);
    const QJsonObject refused = m_stage.answerTo(m_stage.post(channel, u"Is there money?"_s, m_helper), u"failed"_s);
    QVERIFY2(refused[u"error"_s].toString().contains(u"Nothing left"_s), qPrintable(refused[u"error"_s].toString()));
    QCOMPARE(m_stage.provider.total().requests, 0);
    QCOMPARE(m_stage.send("DELETE", u"budgets/"_s + budget.json()[u"id"_s].toString()).status, 204);
    const HttpAnswer again = m_stage.send("POST", u"messages/%1/regenerate"_s.arg(refused[u"id"_s].toString()));
    QVERIFY2(again.status == 200, again.body);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.message(refused[u"id"_s].toString())[u"state"_s].toString(), u"complete"_s,
                              ChatStage::patience);
    QCOMPARE(m_stage.message(refused[u"id"_s].toString())[u"error"_s], QString());
}

void TestChatAssistants::aTemplateThatIsGone()
{
    const QString slug = m_stage.makeTemplate(
        u"Short lived"_s, {{u"userPrompt"_s, u"{{input.question}}"_s}, {u"defaultModel"_s, u"openai/gpt-4o-mini"_s}});
    const QString assistant = m_stage.makeAssistant(u"Orphan"_s, {{u"template"_s, slug}});
    const QString channel = m_stage.makeChannel(u"orphan"_s, assistant);
    QCOMPARE(m_stage.answerTo(m_stage.post(channel, u"There?"_s, assistant), u"complete"_s)[u"text"_s],
             u"Answer to: There?"_s);
    const QString id = m_stage.get(u"assistants/"_s + assistant).json()[u"templateId"_s].toString();
    const QByteArray tag = m_stage.get(u"templates/"_s + id).headers.value("etag");
    QCOMPARE(
        m_stage.server()
            .send("DELETE", u"/api/v1/templates/"_s + id, {}, {.token = m_stage.token(), .more = {{"If-Match", tag}}})
            .status,
        204);
    QCOMPARE(m_stage.get(u"assistants/"_s + assistant).json()[u"templateSlug"_s], QString());
    const QJsonObject failed = m_stage.answerTo(m_stage.post(channel, u"Still there?"_s, assistant), u"failed"_s);
    QVERIFY2(failed[u"error"_s].toString().contains(u"template"_s), qPrintable(failed[u"error"_s].toString()));
    QVERIFY(failed[u"jobId"_s].isNull());
    // Removed, it leaves its channels, and what it wrote stays.
    QCOMPARE(m_stage.send("DELETE", u"assistants/"_s + assistant).status, 204);
    QCOMPARE(m_stage.messages(channel).size(), 4);
    QCOMPARE(m_stage.get(u"channels/%1/members"_s.arg(channel)).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(m_stage.get(u"assistants/"_s + assistant).status, 404);
}

void TestChatAssistants::whoMayNotMakeJobs()
{
    const QString channel = m_stage.makeChannel(u"no-jobs"_s, m_helper);
    m_stage.join(channel, u"prompt-engineer"_s);
    const HttpAnswer rule =
        m_stage.send("POST", u"rules"_s,
                     {{u"effect"_s, u"deny"_s},
                      {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
                      {u"actions"_s, QJsonArray{u"create"_s}},
                      {u"subject"_s, u"jobs"_s},
                      {u"reason"_s, u"No jobs today."_s}});
    QVERIFY2(rule.status == 201, rule.body);
    const QJsonObject failed =
        m_stage.answerTo(m_stage.post(channel, u"May I?"_s, m_helper, u"prompt-engineer"_s), u"failed"_s);
    QVERIFY2(failed[u"error"_s].toString().contains(u"jobs.create"_s), qPrintable(failed[u"error"_s].toString()));
    QCOMPARE(m_stage.provider.total().requests, 0);
    QCOMPARE(m_stage.send("DELETE", u"rules/"_s + rule.json()[u"id"_s].toString()).status, 204);
}

void TestChatAssistants::deletedAnswersStop()
{
    const QString channel = m_stage.makeChannel(u"deleted"_s, m_helper);
    m_stage.provider.plan(slowly(2000));
    const QJsonObject begun = m_stage.answerTo(m_stage.post(channel, u"For ever"_s, m_helper));
    const QString id = begun[u"id"_s].toString();
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.provider.openCalls(), 1, ChatStage::patience);
    QCOMPARE(m_stage.send("DELETE", u"messages/"_s + id).status, 204);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage.provider.total().abandoned, 1, ChatStage::patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_stage.get(u"jobs/"_s + begun[u"jobId"_s].toString()).json()[u"job"_s][u"state"_s].toString(), u"canceled"_s,
        ChatStage::patience);
    QCOMPARE(m_stage.message(id)[u"text"_s], QString());
}

QTEST_GUILESS_MAIN(TestChatAssistants)
#include "tst_chat_assistants.moc"
