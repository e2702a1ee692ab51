// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "shared/json/json.h"
#include "tests/faults/server_process.h"
#include "tests/support/provider_server.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // milliseconds
constexpr int kills = 6;
constexpr int questionsBeforeKill = 8;

} // namespace

// The server is killed again and again between messages, jobs and answers: each message is answered once.
class TestChatAssistantCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachQuestionIsAnsweredOnce();

private:
    QJsonObject made(const ServerProcess::Answer &answer)
    {
        if (answer.status < 200 || answer.status > 299)
            QTest::qFail(QByteArray::number(answer.status) + ' ' + json::print(answer.json), __FILE__, __LINE__);
        return answer.json;
    }
};

void TestChatAssistantCrashes::eachQuestionIsAnsweredOnce()
{
    ProviderServer provider;
    QVERIFY(provider.listen());
    ServerProcess server(
        {u"--job-lease"_s, u"1s"_s, u"--job-backoff"_s, u"50ms"_s, u"--job-attempts"_s, u"20"_s, u"--log-level"_s,
         u"warning"_s},
        {{u"OPENAI_API_KEY"_s, u"key"_s}, {u"OPENAI_BASE_URL"_s, provider.openAiBaseUrl().toString()}});
    QVERIFY(server.start());
    QVERIFY(server.signIn(u"acme"_s, u"owner"_s));
    const QJsonObject version{{u"userPrompt"_s, u"{{input.question}}"_s},
                              {u"defaultModel"_s, u"openai/test-slow-stream-20ms"_s}};
    const QJsonObject prompt =
        made(server.send("POST", u"/api/v1/templates"_s, {{u"name"_s, u"Crash helper"_s}, {u"version"_s, version}}));
    const QString slug = prompt[u"template"_s][u"slug"_s].toString();
    const QString assistant =
        made(server.send("POST", u"/api/v1/assistants"_s, {{u"name"_s, u"Helper"_s}, {u"template"_s, slug}}))[u"id"_s]
            .toString();
    const QString channel = made(server.send(
        "POST", u"/api/v1/channels"_s, {{u"kind"_s, u"public"_s}, {u"name"_s, u"crashes"_s}}))[u"channel"_s][u"id"_s]
                                .toString();
    const QString path = u"/api/v1/channels/"_s + channel;
    made(server.send("POST", path + u"/assistants"_s, {{u"assistantId"_s, assistant}}));

    QRandomGenerator random(20261127);
    QList<QJsonObject> questions;
    for (int round = 0; round < kills; ++round) {
        for (int i = 0; i < questionsBeforeKill; ++i) {
            questions.append({{u"clientId"_s, newId().toString(QUuid::WithoutBraces)},
                              {u"text"_s, u"Question %1 of round %2"_s.arg(i).arg(round)},
                              {u"mentions"_s, QJsonArray{assistant}}});
            made(server.send("POST", path + u"/messages"_s, questions.last()));
        }
        // At no instant in particular: while questions wait, jobs run, and answers are brought.
        QTest::qWait(int(random.bounded(0, 250)));
        server.kill();
        QVERIFY(server.start());
    }
    for (const QJsonObject &question : questions) // who heard nothing sends again
        made(server.send("POST", path + u"/messages"_s, question));

    QHash<QString, QList<QJsonObject>> answers; // by question
    QHash<QString, QString> texts;
    const auto read = [&] {
        answers.clear();
        texts.clear();
        int open = 0;
        qint64 after = 0;
        for (;;) {
            const QJsonArray items = server.send("GET", path + u"/messages?limit=500&after="_s + QString::number(after))
                                         .json[u"items"_s]
                                         .toArray();
            for (const QJsonValue one : items) {
                after = one[u"sequence"_s].toInteger();
                if (one[u"authorKind"_s] == u"assistant"_s) {
                    answers[one[u"replyToId"_s].toString()].append(one.toObject());
                    open += one[u"state"_s] == u"streaming"_s;
                } else {
                    texts.insert(one[u"id"_s].toString(), one[u"text"_s].toString());
                }
            }
            if (items.size() < 500)
                return open == 0 && answers.size() == texts.size();
        }
    };
    QVERIFY(QTest::qWaitFor(read, patience));
    QCOMPARE(texts.size(), kills * questionsBeforeKill);
    for (auto it = texts.cbegin(); it != texts.cend(); ++it) {
        const auto &given = answers[it.key()];
        QCOMPARE(given.size(), 1);
        QCOMPARE(given.first()[u"state"_s], u"complete"_s);
        QCOMPARE(given.first()[u"text"_s], u"Answer to: "_s + it.value());
    }
}

QTEST_GUILESS_MAIN(TestChatAssistantCrashes)
#include "tst_chat_assistant_crashes.moc"
