// SPDX-License-Identifier: GPL-3.0-or-later
// A trial run as the client follows it: what comes over the live connection and what is asked for may overtake each
// other, and the end is never missed.
#include "client/session/workspace.h"
#include "client/templates/run_notice.h"
#include "client/templates/template_run.h"
#include "shared/id.h"
#include "tests/client/wire_server.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTemplateRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theTextGrowsAndTheEndIsShown();
    void anEndThatOvertakesAnOlderAnswerIsNotMissed();
    void anotherAttemptBeginsTheTextAnew();
    void whatIsForgottenIsHeardOfNoMore();
    void statesAreSaidInWords();

private:
    Job jobAt(JobState state, qint64 revision) const;
    void happen(const Job &job);
    void stream(qint64 offset, const QString &text, int attempt = 1);
    static WireAnswer whole(const Job &job);
    void start();

    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TemplateRun> m_run;
    QUuid m_id;
    qint64 m_sequence = 0;
    std::function<WireAnswer()> m_asked; // for the job by its id
};

void TestTemplateRun::init()
{
    m_id = newId();
    m_sequence = 0;
    m_asked = [this] { return whole(jobAt(JobState::Running, 2)); };
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<WireServer>();
    m_server->script = [this](const WireRequest &request) {
        if (request.method == "POST")
            return WireAnswer{.status = 202, .body = json::print(jobAt(JobState::Queued, 1))};
        return m_asked();
    };
    m_server->liveScript = [](QWebSocket &socket, const QJsonObject &message) {
        const QString type = message.value(u"type"_s).toString();
        if (type == u"authenticate"_s)
            WireServer::say(socket, {{u"type"_s, u"ready"_s}, {u"sequence"_s, 0}});
        else if (type == u"subscribe"_s)
            WireServer::say(
                socket, {{u"type"_s, u"subscribed"_s}, {u"topics"_s, message.value(u"topics"_s)}, {u"sequence"_s, 0}});
    };
    Account account;
    account.server = m_server->url().toString();
    m_workspace = std::make_unique<Workspace>(account, m_folder->path());
    m_workspace->api().setServer(m_server->url());
    m_workspace->live().open(m_server->url(), 0);
    m_workspace->live().setToken("good");
    QTRY_COMPARE(m_workspace->live().state(), LiveClient::State::Live);
    m_run = std::make_unique<TemplateRun>(*m_workspace);
}

void TestTemplateRun::cleanup()
{
    m_run.reset();
    m_workspace.reset();
    m_server.reset();
}

Job TestTemplateRun::jobAt(JobState state, qint64 revision) const
{
    Job job;
    job.id = m_id;
    job.state = state;
    job.revision = revision;
    job.model = u"demo/echo"_s;
    job.attemptCount = state == JobState::Queued ? 0 : 1;
    job.createdAt = job.runAt = QDateTime::currentDateTimeUtc();
    return job;
}

WireAnswer TestTemplateRun::whole(const Job &job)
{
    JobDetail detail;
    detail.job = job;
    if (job.state == JobState::Completed)
        detail.job.output = u"all of it"_s;
    return {.body = json::print(detail)};
}

void TestTemplateRun::happen(const Job &job)
{
    WireServer::say(*m_server->sockets().first(),
                    {{u"type"_s, u"event"_s},
                     {u"sequence"_s, ++m_sequence},
                     {u"topic"_s, u"job/"_s + job.id.toString(QUuid::WithoutBraces)},
                     {u"name"_s, u"job.changed"_s},
                     {u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                     {u"data"_s, json::object(json::print(job))}});
}

void TestTemplateRun::stream(qint64 offset, const QString &text, int attempt)
{
    live::Output piece;
    piece.jobId = m_id;
    piece.attempt = attempt;
    piece.offset = offset;
    piece.text = text;
    QJsonObject message = json::object(json::print(piece));
    message.insert(u"type"_s, u"output"_s);
    WireServer::say(*m_server->sockets().first(), message);
}

void TestTemplateRun::start()
{
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"hello"_s}};
    m_run->start(request);
    QVERIFY(m_run->isActive());
}

void TestTemplateRun::theTextGrowsAndTheEndIsShown()
{
    start();
    QTRY_COMPARE(m_run->job() ? m_run->job()->state : JobState::Queued, JobState::Running);
    stream(0, u"all "_s);
    stream(4, u"of "_s);
    QTRY_COMPARE(m_run->output(), u"all of "_s);
    QVERIFY(m_run->firstTokenMs() >= 0);
    m_asked = [this] { return whole(jobAt(JobState::Completed, 3)); };
    happen(jobAt(JobState::Completed, 3));
    QTRY_VERIFY(!m_run->isActive());
    QCOMPARE(m_run->output(), u"all of it"_s);
}

void TestTemplateRun::anEndThatOvertakesAnOlderAnswerIsNotMissed()
{
    m_asked = [this] {
        WireAnswer answer = whole(jobAt(JobState::Running, 2));
        answer.way = WireAnswer::Way::Held;
        return answer;
    };
    start();
    QTRY_VERIFY(m_server->holds()); // asked, because it may have ended before the subscription
    m_asked = [this] { return whole(jobAt(JobState::Completed, 3)); };
    happen(jobAt(JobState::Completed, 3));
    QTRY_COMPARE(m_run->job()->state, JobState::Completed);
    QVERIFY(m_run->isActive()); // the text is still to come
    m_server->release(); // the older answer, after the end
    QTRY_VERIFY(!m_run->isActive());
    QCOMPARE(m_run->output(), u"all of it"_s);
}

void TestTemplateRun::anotherAttemptBeginsTheTextAnew()
{
    start();
    QTRY_VERIFY(m_run->job().has_value());
    stream(0, u"half of an ans"_s);
    QTRY_COMPARE(m_run->output(), u"half of an ans"_s);
    QSignalSpy reset(m_run.get(), &TemplateRun::outputReset);
    stream(0, u"again"_s, 2);
    QTRY_COMPARE(m_run->output(), u"again"_s);
    QCOMPARE(reset.count(), 1);
}

void TestTemplateRun::whatIsForgottenIsHeardOfNoMore()
{
    start();
    QTRY_VERIFY(m_run->job().has_value());
    stream(0, u"some"_s);
    QTRY_COMPARE(m_run->output(), u"some"_s);
    m_run->forget();
    QVERIFY(!m_run->isActive() && !m_run->job() && m_run->output().isEmpty());
    QSignalSpy grew(m_run.get(), &TemplateRun::outputGrew);
    QSignalSpy passed(&m_workspace->live(), &LiveClient::sequenceChanged);
    stream(4, u" more"_s);
    happen(jobAt(JobState::Completed, 3));
    QTRY_VERIFY(passed.count() > 0);
    QCOMPARE(grew.count(), 0);
    QVERIFY(!m_run->job());
}

void TestTemplateRun::statesAreSaidInWords()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Job job = jobAt(JobState::Running, 2);
    QVERIFY(!noticeOf(job, true, now));
    QVERIFY(noticeOf(job, false, now)->text.contains(u"connection"_s));

    job.state = JobState::Queued;
    job.error = JobError{u"rate_limited"_s, u"openai limits the rate of requests (429)."_s};
    job.runAt = now.addSecs(3);
    const auto waiting = noticeOf(job, true, now);
    QVERIFY(waiting && waiting->tone == Tone::Warning && !waiting->offersAnother);
    QVERIFY2(waiting->text.contains(u"(429)."_s) && waiting->text.contains(u"Attempt 2 of 3"_s),
             qPrintable(waiting->text));

    job.state = JobState::Dead;
    job.attemptCount = 3;
    const auto dead = noticeOf(job, true, now);
    QVERIFY(dead && dead->tone == Tone::Danger && dead->offersAnother);
    QVERIFY2(dead->text.contains(u"another model"_s), qPrintable(dead->text));

    job.state = JobState::Failed;
    job.error = JobError{u"not_configured"_s, u"There is no key for openai"_s};
    QVERIFY2(noticeOf(job, true, now)->text.startsWith(u"There is no key for openai. "_s),
             qPrintable(noticeOf(job, true, now)->text));

    job.state = JobState::Canceled;
    QCOMPARE(noticeOf(job, true, now)->tone, Tone::Neutral);

    job = jobAt(JobState::Completed, 3);
    QVERIFY(!noticeOf(job, true, now));
    job.finishReason = u"length"_s;
    QVERIFY(noticeOf(job, true, now)->text.contains(u"cut off"_s));

    ApiError away;
    away.status = 0;
    away.detail = u"127.0.0.1 cannot be reached"_s;
    QVERIFY(noticeOf(away).offersAnother && noticeOf(away).text.contains(u"Nothing was run"_s));
}

QTEST_GUILESS_MAIN(TestTemplateRun)
#include "tst_template_run.moc"
