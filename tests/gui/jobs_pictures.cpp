// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the pages of jobs and batches with what only a busy tenant has: batches under way, dead letters that are
// queued again, jobs that wait for a limit, a file with refused rows. Of the real window, as screenshots.cpp takes them
// of the other pages, with the same checks, but on an example at the other end of the wire.
#include "client/batches/batch_pane.h"
#include "client/batches/batches_page.h"
#include "client/batches/run_file_dialog.h"
#include "client/design/paint.h"
#include "client/jobs/job_limits_dialog.h"
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_page.h"
#include "client/jobs/mass_actions.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "shared/http/query.h"
#include "tests/client/desk_fixture.h"
#include "tests/client/jobs_fixture.h"
#include "tests/gui/layout_check.h"

#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize pictureSize(1280, 800);
constexpr int patience = 20'000; // ms, on a busy machine

struct Form
{
    const char *name;
    bool dark;
    const char *language;
};

// At twice the size the light form is enough: what is drawn is the same.
QList<Form> forms()
{
    if (qApp->devicePixelRatio() > 1)
        return {{"2x", false, "en"}};
    return {{"light", false, "en"}, {"dark", true, "en"}, {"pt-BR", false, "pt_BR"}};
}

} // namespace

class JobsPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void jobs();
    void batches();
    void cleanupTestCase() { m_desk.reset(); }

private:
    void fill();
    void use(const Form &form);
    void save(const QString &name, const Form &form);
    void closeDialogs();
    void run(PageWidget &page, const QString &id);
    JobsPage &jobsPage() { return *m_desk->page<JobsPage>(); }
    BatchesPage &batchesPage() { return *m_desk->page<BatchesPage>(); }

    QTemporaryDir m_settings;
    QTemporaryDir m_data;
    QString m_folder;
    std::unique_ptr<JobsFixture> m_example; // its other end of the wire
    QList<Job> m_jobs;
    QList<Batch> m_batches;
    std::unique_ptr<DeskFixture> m_desk;
    QStringList m_problems;
};

void JobsPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    fill();
    m_desk = std::make_unique<DeskFixture>(m_data.path());
    StartOptions options;
    options.server = m_example->server.url();
    QVERIFY(m_desk->show(options, pictureSize));
    Q_EMIT m_desk->window.signIn().submitted(
        {options.server.toString(), u"acme"_s, u"ana@acme.example"_s, u"a password"_s, false});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.isAtDesk(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->client.workspace()->live().state(), LiveClient::State::Live, patience);
}

void JobsPictures::fill()
{
    QList<Ability> all;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        all << Ability(i);
    m_example = std::make_unique<JobsFixture>(all);
    SignedIn in;
    in.accessToken = u"access"_s;
    in.refreshToken = u"refresh"_s;
    in.expiresIn = 3600;
    in.profile.userId = in.profile.tenantId = in.profile.sessionId = newId();
    in.profile.displayName = u"Ana Prado"_s;
    in.profile.tenantName = u"Acme Retail"_s;
    in.profile.abilities = all;
    m_example->answer("POST /api/v1/auth/login", in);
    m_example->answer("POST /api/v1/auth/refresh", in);
    m_example->answer("GET /api/v1/me", in.profile);

    const QStringList names{u"Order refund reply"_s, u"Support triage"_s, u"Product copy"_s, u"Lead score"_s};
    const QStringList people{u"Ana Prado"_s, u"Lucas Ferreira"_s, u"Marina Duarte"_s, u"Jun Sato"_s};
    const JobState states[] = {JobState::Running,   JobState::Queued,    JobState::Completed, JobState::Dead,
                               JobState::Completed, JobState::Completed, JobState::Failed,    JobState::Dead};
    for (int i = 0; i < 60; ++i) {
        Job job = JobsFixture::job(states[i % 8], i * 3);
        job.templateName = names[i % 4];
        job.templateVersion = 2 + i % 5;
        job.model = i % 3 ? u"openai/gpt-4.1-mini"_s : u"anthropic/claude-sonnet-4.5"_s;
        job.userId = newId();
        job.userName = people[i % 4];
        job.inputTokens = job.state == JobState::Queued ? 0 : 900 + 71 * i;
        job.outputTokens = job.state == JobState::Completed ? 120 + 13 * i : 0;
        if (job.state == JobState::Completed)
            job.costNanos = 1'300'000LL * (i + 1);
        if (job.state != JobState::Queued)
            job.startedAt = job.createdAt.addMSecs(40);
        if (hasEnded(job.state))
            job.finishedAt = job.createdAt.addMSecs(2100 + 97 * i);
        job.attemptCount = job.state == JobState::Dead ? 3 : job.state == JobState::Queued ? 0 : 1;
        m_jobs << job;
        JobDetail detail;
        detail.job = job;
        detail.variables = {{u"customer"_s, u"Beatriz Lima"_s}, {u"amount"_s, 129}};
        detail.messages = {{MessageRole::User, u"Answer Beatriz Lima about 129"_s}};
        if (job.state == JobState::Completed)
            detail.job.output =
                u"Dear **Beatriz**,\n\n- your refund of R$ 129 is on its way\n- it takes *two days*\n"_s;
        if (job.state == JobState::Queued)
            detail.waitsFor = JobWait{WaitReason::OwnLimit, u"openai"_s, 4};
        for (int number = 1; number <= job.attemptCount; ++number) {
            Attempt attempt;
            attempt.id = newId();
            attempt.number = number;
            attempt.state = job.state == JobState::Completed ? AttemptState::Succeeded : AttemptState::Failed;
            attempt.model = job.model;
            attempt.startedAt = job.createdAt.addSecs(4 * number);
            attempt.finishedAt = attempt.startedAt.addMSecs(812);
            if (job.error)
                attempt.error = job.error;
            detail.attempts << attempt;
        }
        m_example->answer("GET /api/v1/jobs/" + job.id.toByteArray(QUuid::WithoutBraces), detail);
    }
    m_example->answers["GET /api/v1/jobs"] = [this](const WireRequest &request) {
        const auto filter = query::parse<JobFilter>(QUrlQuery(QUrl::fromEncoded(request.path)));
        Page<Job> page;
        std::copy_if(m_jobs.begin(), m_jobs.end(), std::back_inserter(page.items), [&](const Job &job) {
            return !filter.search && (!filter.states || filter.states->contains(job.state));
        });
        return WireAnswer{.body = json::print(page)};
    };
    JobSettings settings;
    settings.runningJobs = 40;
    settings.models = {{u"anthropic"_s, 8}, {u"openai/gpt-4.1-mini"_s, 20}};
    m_example->answer("GET /api/v1/settings/jobs", settings);

    m_batches = {JobsFixture::batch(u"Refunds of January"_s, 4200, 1750),
                 JobsFixture::batch(u"Product copy"_s, 800, 310),
                 JobsFixture::batch(u"Lead scores, second try"_s, 1000, 961), JobsFixture::batch(u"Trial"_s, 12, 3)};
    m_batches[0].running = 24;
    m_batches[0].queued -= 60;
    m_batches[0].failed = 31;
    m_batches[0].dead = 5;
    m_batches[0].costNanos = 3'214'000'000;
    m_batches[0].inputTokens = 1'482'000;
    m_batches[0].outputTokens = 212'400;
    m_batches[0].shared = 118;
    m_batches[1].state = BatchState::Paused;
    m_batches[1].running = 3;
    m_batches[1].queued -= 3;
    m_batches[2].state = BatchState::Completed;
    m_batches[2].failed = 39;
    m_batches[2].queued = 0;
    m_batches[2].costNanos = 812'000'000;
    m_batches[3].state = BatchState::Canceled;
    m_batches[3].canceled = 9;
    m_batches[3].queued = 0;
    for (int i = 0; i < 4; ++i)
        m_batches[i].createdAt = m_batches[i].createdAt.addSecs(-3000 * i);
    m_example->answerList("/api/v1/batches", m_batches);
    ApiError refusal = ApiError::notFound(u"x"_s);
    refusal.status = 422;
    refusal.errors = {{u"/inputs/1/amount"_s, u"must be a whole number"_s}, {u"/inputs/3/customer"_s, u"is missing"_s}};
    m_example->answer("POST /api/v1/generate/batch", refusal, 422);
}

void JobsPictures::use(const Form &form)
{
    m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
    m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
}

// The window with the dialog or menu above it.
void JobsPictures::save(const QString &name, const Form &form)
{
    // Layouts settle in what is posted while they are settled.
    for (int round = 0; round < 4; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    paint::ElisionLog elisions;
    QPixmap picture = m_desk->window.grab();
    for (QWidget *other : QApplication::topLevelWidgets())
        if ((qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other)) && other->isVisible()) {
            QPainter painter(&picture);
            painter.drawPixmap(m_desk->window.mapFromGlobal(other->mapToGlobal(QPoint())), other->grab());
        }
    const QString title = u"%1-%2"_s.arg(name, QString::fromLatin1(form.name));
    QVERIFY(picture.save(u"%1/%2.png"_s.arg(m_folder, title)));
    QStringList found = layoutCheck::shortenedTexts(&m_desk->window, elisions.texts());
    for (QWidget *window : QApplication::topLevelWidgets())
        if (window->isVisible())
            found << layoutCheck::clippedTexts(window) << layoutCheck::namelessControls(window);
    for (const QString &problem : found)
        m_problems << title + u": "_s + problem;
}

void JobsPictures::closeDialogs()
{
    for (QWidget *other : QApplication::topLevelWidgets())
        if (qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other))
            other->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void JobsPictures::run(PageWidget &page, const QString &id)
{
    for (const Command &command : page.commands())
        if (command.id == id && command.isEnabled())
            return command.run();
    QFAIL(qPrintable(id));
}

void JobsPictures::jobs()
{
    const auto open = [this](const JobView &view) {
        m_desk->window.navigation().open(u"jobs"_s, view.toJson());
        QTRY_VERIFY_WITH_TIMEOUT(!jobsPage().feed().isLoading() && !jobsPage().feed().showsCache(), patience);
    };
    const auto openJob = [this](JobState state) {
        for (const Job &job : std::as_const(m_jobs))
            if (job.state == state) {
                m_desk->window.navigation().openObject(u"jobs"_s, job.id.toString(QUuid::WithoutBraces));
                break;
            }
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<JobPane>()->isVisible() && m_desk->page<JobPane>()->hasDetail(),
                                 patience);
    };
    for (const Form &form : forms()) {
        use(form);
        open({});
        save(u"jobs-busy"_s, form);
        openJob(JobState::Completed);
        save(u"jobs-answer"_s, form);
        openJob(JobState::Queued);
        save(u"jobs-waits"_s, form);
        run(jobsPage(), u"jobs.schedule"_s);
        save(u"jobs-schedule"_s, form);
        closeDialogs();
        Q_EMIT m_desk->page<JobPane>()->closed();
        open({.states = {JobState::Failed, JobState::Dead}, .today = true, .minCostNanos = 10'000'000});
        save(u"jobs-conditions"_s, form);
        run(jobsPage(), u"jobs.saveView"_s);
        save(u"jobs-save-view"_s, form);
        closeDialogs();
        auto *views = jobsPage().findChild<QMenu *>(u"savedViews"_s);
        views->popup(m_desk->window.mapToGlobal(QPoint(600, 160)));
        save(u"jobs-views"_s, form);
        closeDialogs();
        run(jobsPage(), u"jobs.limits"_s);
        QTRY_COMPARE(jobsPage().findChild<JobLimitsDialog *>()->findChildren<TextField *>().size(), 3);
        save(u"jobs-limits"_s, form);
        closeDialogs();

        open({.tab = JobView::Tab::Dead});
        JobAction action;
        action.id = newId();
        action.jobs = 15;
        action.createdAt = QDateTime::currentDateTimeUtc();
        action.done = 4;
        m_example->answer("POST /api/v1/job-actions/replay", action, 202);
        run(jobsPage(), u"jobs.discardAll"_s);
        QTRY_VERIFY(jobsPage().findChild<MassActionDialog *>()->counted());
        save(u"jobs-discard-all"_s, form);
        closeDialogs();
        run(jobsPage(), u"jobs.replayAll"_s);
        auto *ask = jobsPage().findChild<MassActionDialog *>();
        QTRY_VERIFY(ask->counted());
        save(u"jobs-replay-all"_s, form);
        ask->accept();
        openJob(JobState::Dead);
        save(u"jobs-dead"_s, form);
        Q_EMIT m_desk->page<JobPane>()->closed();
        action.state = JobActionState::Completed;
        action.revision = 2;
        m_example->tell(u"job-actions"_s, u"job-action.completed"_s, action);
        QTRY_VERIFY(m_desk->window.toasts().count() > 0);
        for (QToolButton *close : m_desk->window.toasts().findChildren<QToolButton *>())
            close->click();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void JobsPictures::batches()
{
    QFile file(m_data.filePath(u"orders.csv"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("customer,amount\nBeatriz Lima,129\nLuiz,many\nRita Alves,70\n,12\n");
    file.close();
    m_problems.clear();
    for (const Form &form : forms()) {
        use(form);
        m_example->answerList("/api/v1/batches", m_batches);
        m_desk->window.navigation().open(u"batches"_s, {{u"search"_s, QString()}});
        QTRY_COMPARE_WITH_TIMEOUT(batchesPage().table()->model()->rowCount(), 4, patience);
        QTRY_VERIFY(!batchesPage().isLoading());
        save(u"batches"_s, form);
        batchesPage().openObject(m_batches[0].id.toString());
        QTRY_VERIFY(batchesPage().pane()->isVisible());
        save(u"batches-one"_s, form);
        batchesPage().openObject(m_batches[1].id.toString());
        save(u"batches-paused"_s, form);
        Q_EMIT batchesPage().pane()->closed();
        RunFileDialog *dialog = batchesPage().runFile();
        save(u"batches-run"_s, form);
        dialog->setTemplate(u"refund-reply"_s);
        dialog->read(file.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChildren<Button *>().last()->isEnabled(), patience);
        save(u"batches-run-preview"_s, form);
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<DataTable *>()->model()->rowCount(), 2, patience);
        save(u"batches-run-refused"_s, form);
        closeDialogs();
        m_example->answerList("/api/v1/batches", QList<Batch>());
        batchesPage().activated();
        QTRY_VERIFY_WITH_TIMEOUT(batchesPage().table()->emptyState()->isVisible(), patience);
        save(u"batches-empty"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(JobsPictures)
#include "jobs_pictures.moc"
