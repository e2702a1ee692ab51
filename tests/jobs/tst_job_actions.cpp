// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
const QString acme = u"acme"_s;

} // namespace

// Changing jobs that wait, and dead letters: one by one and many at a time, over HTTP.
class TestJobActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server.emplace([this](Config &config) {
            config.anthropicKey = "key";
            config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
        });
        m_token = m_server->token(acme, u"prompt-engineer"_s);
        QVERIFY(!m_token.isEmpty());
    }

    void timeAndPriorityOfAWaitingJob()
    {
        const QString later = QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODateWithMs);
        const QString id = generate(u"later"_s, u"demo/fast"_s, {{u"runAt"_s, later}})[u"id"_s].toString();
        QCOMPARE(job(id)[u"waitsFor"_s][u"reason"_s], u"time"_s);
        QVERIFY(ids(u"scheduled=true"_s).contains(id));
        QVERIFY(!ids(u"scheduled=false"_s).contains(id));
        const QString other = QDateTime::currentDateTimeUtc().addSecs(7200).toString(Qt::ISODateWithMs);
        const QJsonObject moved = patch(id, {{u"runAt"_s, other}, {u"priority"_s, u"high"_s}}).json();
        QCOMPARE(moved[u"priority"_s], u"high"_s);
        QCOMPARE(QDateTime::fromString(moved[u"runAt"_s].toString(), Qt::ISODateWithMs),
                 QDateTime::fromString(other, Qt::ISODateWithMs));
        QCOMPARE(job(id)[u"job"_s][u"priority"_s], u"high"_s);
        QCOMPARE(patch(id, {}).status, 422);
        QCOMPARE(m_server
                     ->send("PATCH", u"/api/v1/jobs/"_s + id, {{u"priority"_s, u"low"_s}},
                            {.token = m_server->token(acme, u"viewer"_s)})
                     .status,
                 403);
        // Now.
        QCOMPARE(patch(id, {{u"runAt"_s, u"2020-01-01T00:00:00Z"_s}}).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(job(id)[u"job"_s][u"state"_s].toString(), u"completed"_s, patience);
        QVERIFY(!ids(u"scheduled=true"_s).contains(id));
        QCOMPARE(patch(id, {{u"priority"_s, u"low"_s}}).status, 409);
    }

    void aDeadLetterWithAnotherInput()
    {
        const QString id = dead(1, u"anthropic/test-503"_s).first();
        const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"something else"_s}}};
        const auto replayed = m_server->post(u"/api/v1/jobs/%1/replay"_s.arg(id),
                                             {{u"messages"_s, messages}, {u"model"_s, u"demo/fast"_s}}, m_token);
        QCOMPARE(replayed.status, 202);
        const QString made = replayed.json()[u"id"_s].toString();
        QTRY_COMPARE_WITH_TIMEOUT(job(made)[u"job"_s][u"state"_s].toString(), u"completed"_s, patience);
        QCOMPARE(job(made)[u"messages"_s].toArray(), messages);
        QCOMPARE(job(id)[u"job"_s][u"state"_s], u"dead"_s);
    }

    void allThatMatchAreReplayed()
    {
        const QStringList some = dead(700, u"anthropic/test-503-once"_s);
        const QStringList others = dead(2, u"anthropic/test-502"_s);
        QUrl address = m_server->url(u"/api/v1/live"_s);
        address.setScheme(u"ws"_s);
        LiveReader reader(address);
        QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
        reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_token)}});
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"ready"_s).isEmpty(), patience);
        reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"job-actions"_s}}});
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"subscribed"_s).isEmpty(), patience);

        const QJsonObject filter{{u"model"_s, u"anthropic/test-503-once"_s}};
        const auto begun = act(u"replay"_s, {{u"filter"_s, filter}});
        QCOMPARE(begun.status, 202);
        QCOMPARE(begun.json()[u"jobs"_s], 700);
        const QString id = begun.json()[u"id"_s].toString();
        const QJsonObject done = ended(id);
        QCOMPARE(done[u"state"_s], u"completed"_s);
        QCOMPARE(done[u"done"_s], 700);
        QTRY_COMPARE_WITH_TIMEOUT(ids(u"state=completed&model=anthropic/test-503-once"_s).size(), 700, patience);
        QCOMPARE(job(others[0])[u"job"_s][u"state"_s], u"dead"_s);
        const auto said = [&] {
            const auto events = reader.of(u"event"_s);
            return events.isEmpty() ? QString() : events.last()[u"name"_s].toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(said(), u"jobAction.completed"_s, patience);
        // Asked again there is nothing left to do.
        QCOMPARE(act(u"replay"_s, {{u"filter"_s, filter}}).json()[u"jobs"_s], 0);
        QVERIFY(!some.isEmpty());
    }

    void allThatMatchAreDiscarded()
    {
        const QStringList letters = dead(3, u"anthropic/test-504"_s);
        const QJsonObject filter{{u"model"_s, u"anthropic/test-504"_s}};
        QCOMPARE(act(u"discard"_s, {{u"filter"_s, filter}}).status, 422); // without a reason
        const auto begun = act(u"discard"_s, {{u"filter"_s, filter}, {u"reason"_s, u"The provider is gone"_s}});
        QCOMPARE(begun.json()[u"jobs"_s], 3);
        QCOMPARE(ended(begun.json()[u"id"_s].toString())[u"done"_s], 3);
        for (const QString &id : letters) {
            const QJsonObject now = job(id)[u"job"_s].toObject();
            QCOMPARE(now[u"state"_s], u"canceled"_s);
            QCOMPARE(now[u"error"_s][u"message"_s], u"The provider is gone"_s);
        }
        const QJsonObject list = m_server->get(u"/api/v1/job-actions?limit=1"_s, m_token).json();
        QCOMPARE(list[u"items"_s][0][u"kind"_s], u"discard"_s);
        QVERIFY(!list[u"nextCursor"_s].isNull());
    }

    void refusals()
    {
        const QByteArray viewer = m_server->token(acme, u"viewer"_s);
        QCOMPARE(m_server->post(u"/api/v1/job-actions/replay"_s, {}, viewer).status, 403);
        const auto pointer = [&](const QJsonObject &filter) {
            return act(u"replay"_s, {{u"filter"_s, filter}}).json()[u"errors"_s][0][u"pointer"_s].toString();
        };
        QCOMPARE(pointer({{u"limit"_s, 5}}), u"/filter/limit"_s);
        QCOMPARE(pointer({{u"state"_s, QJsonArray{u"completed"_s}}}), u"/filter/state"_s);
        const auto none = act(u"replay"_s, {{u"filter"_s, QJsonObject{{u"model"_s, u"nobody/none"_s}}}}).json();
        const QString id = none[u"id"_s].toString();
        QCOMPARE(ended(id)[u"jobs"_s], 0);
        QCOMPARE(m_server->post(u"/api/v1/job-actions/%1/cancel"_s.arg(id), {}, m_token).status, 409);
    }

    void metrics()
    {
        const QByteArray text = m_server->get(u"/metrics"_s, {}).body;
        for (const char *name : {"patio_jobs_claimed_total", "patio_jobs_settled_total", "patio_jobs_retried_total",
                                 "patio_jobs_dead_total", "patio_queue_jobs{priority=\"high\",state=\"waiting\"}",
                                 "patio_queue_jobs{priority=\"low\",state=\"running\"}", "patio_queue_oldest_seconds",
                                 "patio_batches_active", "patio_batch_jobs_waiting"})
            QVERIFY2(text.contains(QByteArray("\n") + name + ' '), name);
        const auto value = [&](const QByteArray &name) {
            const auto at = text.indexOf('\n' + name + ' ') + name.size() + 2;
            return text.mid(at, text.indexOf('\n', at) - at).toDouble();
        };
        QVERIFY(value("patio_jobs_dead_total") >= 706);
        QVERIFY(value("patio_jobs_settled_total") >= 1400);
    }

private:
    QJsonObject generate(const QString &text, const QString &model, QJsonObject more = {})
    {
        more.insert(u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}});
        more.insert(u"model"_s, model);
        return m_server->post(u"/api/v1/generate"_s, more, m_token).json();
    }

    // Jobs that have used up their attempts.
    QStringList dead(int count, const QString &model)
    {
        QStringList made;
        for (int i = 0; i < count; ++i)
            made.append(generate(u"%1 of %2"_s.arg(i).arg(model), model, {{u"maxAttempts"_s, 1}})[u"id"_s].toString());
        const bool areDead =
            QTest::qWaitFor([&] { return ids(u"state=dead&model="_s + model).size() == count; }, patience);
        return areDead ? made : QStringList();
    }

    HttpAnswer patch(const QString &id, const QJsonObject &change)
    {
        return m_server->send("PATCH", u"/api/v1/jobs/"_s + id, change, {.token = m_token});
    }
    HttpAnswer act(const QString &what, const QJsonObject &body)
    {
        return m_server->post(u"/api/v1/job-actions/"_s + what, body, m_token);
    }
    QJsonObject job(const QString &id) { return m_server->get(u"/api/v1/jobs/"_s + id, m_token).json(); }
    QStringList ids(const QString &query)
    {
        QStringList list;
        for (const auto &job :
             m_server->get(u"/api/v1/jobs?limit=1000&"_s + query, m_token).json()[u"items"_s].toArray())
            list.append(job[u"id"_s].toString());
        return list;
    }
    QJsonObject ended(const QString &id)
    {
        QJsonObject action;
        (void)QTest::qWaitFor(
            [&] {
                action = m_server->get(u"/api/v1/job-actions/"_s + id, m_token).json();
                return action[u"state"_s] != u"running"_s;
            },
            patience);
        return action;
    }

    ProviderServer m_provider;
    std::optional<TestServer> m_server;
    QByteArray m_token;
};

QTEST_GUILESS_MAIN(TestJobActions)
#include "tst_job_actions.moc"
