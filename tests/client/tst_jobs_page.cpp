// SPDX-License-Identifier: GPL-3.0-or-later
// The page of jobs on its own: what it asks the server for, its views, what is done to one, several and all that match.
#include "client/jobs/job_limits_dialog.h"
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_page.h"
#include "client/jobs/mass_actions.h"
#include "client/jobs/saved_views.h"
#include "client/jobs/schedule_dialog.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/page_parts.h"
#include "shared/error.h"
#include "shared/http/query.h"
#include "tests/client/jobs_fixture.h"

#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestJobsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        GatewayFixture::prepare(m_settings.path());
    }
    void init();
    void cleanup();
    void conditionsReachTheServer();
    void viewsAreKeptByName();
    void loadsOnWhileOneScrolls();
    void atTheEndTheListGoesOnByItself();
    void changesComeInPlaceWhileOneScrolls();
    void whatIsToldWhileTheListIsOnItsWayStays();
    void aFilterIsAnsweredFromMemoryAtOnce();
    void replaysAllThatMatchAfterCounting();
    void discardsAllWithAReason();
    void stopsWhatIsDoneToAll();
    void saysWhatAJobWaitsFor();
    void queuedJobsChangeTheirTimeAndPriority();
    void severalAreCancelledTogether();
    void limitsAreSet();

private:
    JobsModel &model() { return *static_cast<JobsModel *>(table().model()); }
    DataTable &table() { return *m_page->findChild<DataTable *>(); }
    JobFilter asked() const
    {
        return query::parse<JobFilter>(QUrlQuery(QString::fromUtf8(m_fixture->lastQuery("GET /api/v1/jobs"))));
    }
    void open(const QList<Ability> &abilities = {Ability::JobsRead, Ability::JobsReplay, Ability::JobsDiscard,
                                                 Ability::JobsCancel, Ability::JobsUpdate, Ability::SettingsRead,
                                                 Ability::SettingsUpdate});
    void show(const QList<Job> &jobs);
    void run(const QString &id);
    static Button *main(QDialog *dialog) { return dialog->findChildren<Button *>().last(); }
    template<class Asked> Asked *dialog() { return m_page->findChild<Asked *>(); }

    QTemporaryDir m_settings;
    std::unique_ptr<JobsFixture> m_fixture;
    std::unique_ptr<JobsPage> m_page;
};

void TestJobsPage::init() { QSettings().clear(); }

void TestJobsPage::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void TestJobsPage::open(const QList<Ability> &abilities)
{
    m_fixture = std::make_unique<JobsFixture>(abilities);
    m_page = std::make_unique<JobsPage>(*m_fixture->workspace, *m_fixture->library);
    QVERIFY(JobsFixture::show(*m_page));
}

void TestJobsPage::show(const QList<Job> &jobs)
{
    m_fixture->answerList("/api/v1/jobs", jobs);
    for (const Job &job : jobs) {
        JobDetail detail;
        detail.job = job;
        m_fixture->answer("GET /api/v1/jobs/" + job.id.toByteArray(QUuid::WithoutBraces), detail);
    }
    m_page->activated();
    QTRY_VERIFY(!m_page->feed().isLoading() && model().totalRows() == jobs.size());
}

void TestJobsPage::run(const QString &id)
{
    for (const Command &command : m_page->commands())
        if (command.id == id && command.isEnabled())
            return command.run();
    QFAIL(qPrintable(id));
}

void TestJobsPage::conditionsReachTheServer()
{
    open();
    const QUuid batch = newId();
    JobView view;
    view.states = {JobState::Failed, JobState::Dead};
    view.batchId = batch;
    view.batchName = u"orders"_s;
    view.minCostNanos = 10'000'000;
    view.maxCostNanos = 2'000'000'000;
    view.day = QDate(2026, 1, 5);
    view.lastDay = QDate(2026, 1, 8);
    view.search = u"refund"_s;
    m_page->restoreViewState(view.toJson());
    QTRY_VERIFY(!m_page->feed().isLoading());
    const JobFilter filter = asked();
    QCOMPARE(filter.states, std::optional(view.states));
    QCOMPARE(filter.batch, std::optional(batch));
    QCOMPARE(filter.minCostNanos, view.minCostNanos);
    QCOMPARE(filter.maxCostNanos, view.maxCostNanos);
    QCOMPARE(filter.from, std::optional(QDateTime(QDate(2026, 1, 5), QTime(0, 0), Qt::UTC)));
    QCOMPARE(filter.to, std::optional(QDateTime(QDate(2026, 1, 9), QTime(0, 0), Qt::UTC)));
    QCOMPARE(filter.search, std::optional(view.search));

    // The chips stand for the same, and taking one away asks anew without it.
    auto *bar = m_page->findChild<FilterBar *>();
    QCOMPARE(bar->conditions().size(), 4);
    bar->removeCondition(u"cost"_s);
    QTRY_VERIFY(!m_page->feed().isLoading());
    view.minCostNanos.reset();
    view.maxCostNanos.reset();
    QVERIFY(m_page->feed().view() == view);
    QVERIFY(!asked().minCostNanos && asked().batch);
    m_page->restoreViewState(JobView{.scheduled = true}.toJson());
    QTRY_VERIFY(asked().scheduled == true);
}

void TestJobsPage::viewsAreKeptByName()
{
    open();
    auto *menu = m_page->findChild<QMenu *>(u"savedViews"_s);
    const auto entry = [&menu](const QString &text) -> QAction * {
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions())
            if (action->text() == text)
                return action;
        return nullptr;
    };
    QVERIFY(entry(u"Failed today"_s));
    entry(u"Failed today"_s)->trigger();
    QTRY_VERIFY(!m_page->feed().isLoading());
    QVERIFY(m_page->feed().view().today);
    QCOMPARE(asked().states, std::optional(QList{JobState::Failed, JobState::Dead}));
    QVERIFY(asked().from.has_value());
    QVERIFY(entry(u"Failed today"_s)->isChecked());

    m_page->restoreViewState(JobView{.search = u"refund"_s, .withinHours = 24}.toJson());
    run(u"jobs.saveView"_s);
    auto *ask = dialog<SaveViewDialog>();
    QVERIFY(ask && !main(ask)->isEnabled());
    QTest::keyClicks(ask->findChild<QLineEdit *>(), u"Refunds & more"_s);
    QTest::keyClick(ask->findChild<QLineEdit *>(), Qt::Key_Return);
    m_page->restoreViewState({});
    QVERIFY(entry(u"Refunds && more"_s));

    // Also at the next start, for this person.
    m_fixture->workspace->store().waitUntilWritten();
    m_page = std::make_unique<JobsPage>(*m_fixture->workspace, *m_fixture->library);
    menu = m_page->findChild<QMenu *>(u"savedViews"_s);
    QVERIFY(entry(u"Refunds && more"_s));
    entry(u"Refunds && more"_s)->trigger();
    QCOMPARE(m_page->feed().view().withinHours, 24);
    QCOMPARE(m_page->feed().view().search, u"refund"_s);
    SavedViews views(m_fixture->workspace->store());
    views.remove(u"Refunds & more"_s);
    QVERIFY(!entry(u"Refunds && more"_s));
}

void TestJobsPage::loadsOnWhileOneScrolls()
{
    open();
    QList<Job> jobs;
    for (int i = 0; i < 2500; ++i)
        jobs << JobsFixture::job(JobState::Completed, i);
    m_fixture->answers["GET /api/v1/jobs"] = [&](const WireRequest &request) {
        const auto filter = query::parse<JobFilter>(QUrlQuery(QUrl::fromEncoded(request.path)));
        if (filter.states)
            return WireAnswer{.body = json::print(Page<Job>{})};
        const int from = filter.cursor.value_or(u"0"_s).toInt(), count = filter.limit.value_or(50);
        Page<Job> page{jobs.mid(from, count), {}};
        if (from + count < jobs.size())
            page.nextCursor = QString::number(from + count);
        return WireAnswer{.body = json::print(page)};
    };
    m_page->activated();
    QTRY_VERIFY(model().totalRows() >= 100);
    QScrollBar *bar = table().verticalScrollBar();
    for (qsizetype before = 0; (before = model().totalRows()) < jobs.size();) {
        QTRY_VERIFY(bar->value() < bar->maximum()); // the rows are there before their room to scroll is
        const int top = bar->maximum();
        bar->setValue(top);
        QTRY_VERIFY(model().totalRows() > before);
        QCOMPARE(bar->value(), top); // what is looked at stays
    }
    QCOMPARE(model().totalRows(), jobs.size());
    for (int row = 0; row < jobs.size(); row += 499)
        QCOMPARE(model().row(row).id, jobs[row].id);
}

void TestJobsPage::atTheEndTheListGoesOnByItself()
{
    open();
    QList<Job> jobs;
    for (int i = 0; i < 1000; ++i)
        jobs << JobsFixture::job(JobState::Completed, i);
    m_fixture->answers["GET /api/v1/jobs"] = [&](const WireRequest &request) {
        const auto filter = query::parse<JobFilter>(QUrlQuery(QUrl::fromEncoded(request.path)));
        if (filter.states)
            return WireAnswer{.body = json::print(Page<Job>{})};
        const int from = filter.cursor.value_or(u"0"_s).toInt(), count = filter.limit.value_or(50);
        Page<Job> page{jobs.mid(from, count), {}};
        if (from + count < jobs.size())
            page.nextCursor = QString::number(from + count);
        return WireAnswer{.body = json::print(page)};
    };
    m_page->activated();
    QTRY_VERIFY(model().totalRows() >= 100);
    table().verticalScrollBar()->setValue(table().verticalScrollBar()->maximum());
    QTRY_VERIFY(model().totalRows() > 100 && !m_page->feed().isLoading());
    table().verticalScrollBar()->setValue(table().verticalScrollBar()->maximum());
    QTRY_VERIFY(!m_page->feed().isLoading());
    // Read anew, the list begins with its first rows, and the person is at their end without scrolling.
    QSignalSpy grown(&m_page->feed(), &JobsFeed::grew);
    m_page->feed().reload();
    QTRY_VERIFY(grown.count() >= 2);
    QVERIFY(model().totalRows() > 100);
}

void TestJobsPage::changesComeInPlaceWhileOneScrolls()
{
    open();
    QList<Job> jobs;
    for (int i = 0; i < 100; ++i)
        jobs << JobsFixture::job(JobState::Running, i + 1);
    show(jobs);
    QVERIFY(m_fixture->goLive());
    QTRY_VERIFY(!m_page->feed().isLoading());
    table().verticalScrollBar()->setValue(table().verticalScrollBar()->maximum() / 2);
    const int first = table().rowAt(0);
    const QUuid looked = model().row(first).id;
    for (int i = 0; i < 100; i += 3) {
        jobs[i].state = JobState::Completed;
        jobs[i].revision = 2;
        m_fixture->tell(u"jobs"_s, u"job.completed"_s, jobs[i]);
    }
    for (int i = 0; i < 7; ++i)
        m_fixture->tell(u"jobs"_s, u"job.queued"_s, JobsFixture::job(JobState::Queued, 0));
    QTRY_COMPARE(model().heldRows(), 7);
    QTRY_COMPARE(model().find(jobs[99].id)->state, JobState::Completed);
    QCOMPARE(model().rowCount(), 100);
    QCOMPARE(model().row(table().rowAt(0)).id, looked);

    // Discarded ones go, also several at once.
    for (int i = 0; i < 10; ++i)
        m_fixture->tell(u"jobs"_s, u"job.discarded"_s, jobs[i]);
    QTRY_COMPARE(model().rowCount(), 90);
    QVERIFY(!model().find(jobs[3].id) && model().find(jobs[10].id));
    model().releaseHeldRows();
    QCOMPARE(model().rowCount(), 97);
}

void TestJobsPage::whatIsToldWhileTheListIsOnItsWayStays()
{
    open();
    Job job = JobsFixture::job(JobState::Running, 1);
    show({job});
    QVERIFY(m_fixture->goLive());
    QTRY_VERIFY(!m_page->feed().isLoading());
    m_fixture->answers["GET /api/v1/jobs"] = [job](const WireRequest &) {
        return WireAnswer{.body = json::print(Page<Job>{{job}, {}}), .way = WireAnswer::Way::Held};
    };
    m_page->feed().reload();
    QTRY_VERIFY(m_fixture->server.holds());
    const Job made = JobsFixture::job(JobState::Queued, 2);
    job.state = JobState::Completed;
    job.revision = 2;
    m_fixture->tell(u"jobs"_s, u"job.completed"_s, job);
    m_fixture->tell(u"jobs"_s, u"job.queued"_s, made);
    const auto isThere = [&] { return model().totalRows() + model().heldRows() == 2; };
    QTRY_VERIFY(isThere() && model().find(job.id)->state == JobState::Completed);
    m_fixture->server.release();
    QTRY_VERIFY(!m_page->feed().isLoading());
    QVERIFY(isThere());
    QCOMPARE(model().find(job.id)->state, JobState::Completed);
}

void TestJobsPage::aFilterIsAnsweredFromMemoryAtOnce()
{
    open();
    QList<Job> jobs;
    for (int i = 0; i < 60; ++i) {
        jobs << JobsFixture::job(i % 3 == 0 ? JobState::Failed : JobState::Completed, i);
        jobs.last().templateName = i % 2 ? u"Refund reply"_s : u"Churn summary"_s;
    }
    show(jobs);
    m_fixture->answers["GET /api/v1/jobs"] = [](const WireRequest &) {
        return WireAnswer{.way = WireAnswer::Way::Silence};
    };
    m_page->restoreViewState(JobView{.tab = JobView::Tab::Failed, .search = u"churn"_s}.toJson());
    QCOMPARE(model().rowCount(), 10); // without a word of the server
    m_fixture->workspace->store().waitUntilWritten();
    m_page->restoreViewState({});
    QTRY_COMPARE(model().rowCount(), 60); // those that were hidden are on disk
}

void TestJobsPage::replaysAllThatMatchAfterCounting()
{
    open();
    QList<Job> dead;
    for (int i = 0; i < 12; ++i)
        dead << JobsFixture::job(JobState::Dead, i);
    show(dead);
    m_page->restoreViewState(JobView{.tab = JobView::Tab::Dead, .search = u"refund"_s}.toJson());
    QTRY_VERIFY(!m_page->feed().isLoading());
    run(u"jobs.replayAll"_s);
    auto *ask = dialog<MassActionDialog>();
    QVERIFY(ask);
    QTRY_COMPARE(main(ask)->text(), u"Replay 12 job(s)"_s);
    QCOMPARE(ask->counted(), std::optional(12));
    JobAction action;
    action.id = newId();
    action.jobs = 12;
    action.createdAt = QDateTime::currentDateTimeUtc();
    m_fixture->answer("POST /api/v1/job-actions/replay", action, 202);
    main(ask)->click();
    QTRY_COMPARE(m_fixture->calls("POST /api/v1/job-actions/replay").size(), 1);
    const auto sent = json::parse<ReplayAllRequest>(m_fixture->lastBody("POST /api/v1/job-actions/replay"));
    QCOMPARE(sent.filter.states, std::optional(QList{JobState::Dead}));
    QCOMPARE(sent.filter.search, std::optional(u"refund"_s));
    QVERIFY(!sent.filter.limit && !sent.filter.cursor);

    // How far it is stands above the table, and its end is told.
    const auto told = [this] {
        for (const Banner *banner : m_page->findChildren<Banner *>())
            if (banner->isVisible())
                return banner->accessibleName();
        return QString();
    };
    QTRY_COMPARE(told(), u"Dead letters are queued again: 0 of 12"_s);
    QVERIFY(m_fixture->goLive());
    action.done = 5;
    action.revision = 2;
    m_fixture->tell(u"job-actions"_s, u"job-action.progressed"_s, action);
    QTRY_COMPARE(told(), u"Dead letters are queued again: 5 of 12"_s);
    QSignalSpy toasts(m_page.get(), &PageWidget::toastRequested);
    action.done = 11;
    action.skipped = 1;
    action.state = JobActionState::Completed;
    action.revision = 3;
    m_fixture->tell(u"job-actions"_s, u"job-action.completed"_s, action);
    QTRY_COMPARE(toasts.count(), 1);
    QCOMPARE(toasts.first().first().value<Toast>().title, u"11 dead letter(s) queued again"_s);
    QCOMPARE(told(), QString());
}

void TestJobsPage::discardsAllWithAReason()
{
    open();
    show({JobsFixture::job(JobState::Dead), JobsFixture::job(JobState::Dead)});
    m_page->restoreViewState(JobView{.tab = JobView::Tab::Dead}.toJson());
    QTRY_VERIFY(!m_page->feed().isLoading());
    run(u"jobs.discardAll"_s);
    auto *ask = dialog<MassActionDialog>();
    QVERIFY(ask);
    QTRY_VERIFY(ask->counted());
    QVERIFY(!main(ask)->isEnabled()); // no reason yet
    QTest::keyClicks(ask->findChild<QLineEdit *>(), u"the customer is gone"_s);
    QVERIFY(main(ask)->isEnabled());
    QSignalSpy toasts(m_page.get(), &PageWidget::toastRequested);
    main(ask)->click(); // the server refuses: said, with another try
    QTRY_COMPARE(toasts.count(), 1);
    QVERIFY(toasts.first().first().value<Toast>().retry);
    const auto sent = json::parse<DiscardAllRequest>(m_fixture->lastBody("POST /api/v1/job-actions/discard"));
    QCOMPARE(sent.reason, u"the customer is gone"_s);

    m_page->restoreViewState({}); // not offered where others than the dead are shown
    for (const Command &command : m_page->commands())
        QVERIFY(command.id != u"jobs.discardAll"_s && command.id != u"jobs.replayAll"_s);
}

void TestJobsPage::stopsWhatIsDoneToAll()
{
    open();
    JobAction action;
    action.id = newId();
    action.jobs = 100;
    action.createdAt = QDateTime::currentDateTimeUtc();
    action.done = 40;
    m_fixture->answerList("/api/v1/job-actions", QList<JobAction>{action});
    show({JobsFixture::job(JobState::Dead)});
    Banner *shown = nullptr;
    const auto isShown = [&] {
        for (Banner *banner : m_page->findChildren<Banner *>())
            if (banner->isVisible())
                shown = banner;
        return shown != nullptr;
    };
    QTRY_VERIFY(isShown());
    action.state = JobActionState::Canceled;
    action.revision = 2;
    m_fixture->answer("POST /api/v1/job-actions/" + action.id.toByteArray(QUuid::WithoutBraces) + "/cancel", action);
    Q_EMIT shown->actionRequested();
    QTRY_VERIFY(!shown->isVisible());
}

void TestJobsPage::saysWhatAJobWaitsFor()
{
    open();
    const Job queued = JobsFixture::job(JobState::Queued);
    show({queued});
    JobDetail detail;
    detail.job = queued;
    detail.waitsFor = JobWait{WaitReason::OwnLimit, u"openai"_s, 4};
    m_fixture->answer("GET /api/v1/jobs/" + queued.id.toByteArray(QUuid::WithoutBraces), detail);
    m_page->openObject(queued.id.toString());
    auto *pane = m_page->findChild<JobPane *>();
    QTRY_VERIFY(pane->isVisible() && pane->hasDetail());
    QTRY_COMPARE(pane->findChild<Banner *>()->accessibleName(),
                 u"Waits for a place: your tenant's limit (openai) lets 4 jobs run at a time."_s);
}

void TestJobsPage::queuedJobsChangeTheirTimeAndPriority()
{
    open();
    Job queued = JobsFixture::job(JobState::Queued);
    queued.runAt = QDateTime::currentDateTimeUtc().addSecs(7200);
    show({queued});
    m_page->openObject(queued.id.toString());
    auto *pane = m_page->findChild<JobPane *>();
    QTRY_VERIFY(pane->isVisible() && pane->hasDetail());
    table().setCurrentIndex(model().index(0, 0));
    run(u"jobs.schedule"_s);
    auto *ask = dialog<ScheduleDialog>();
    QVERIFY(ask);
    QVERIFY(!ask->change().priority && !ask->change().runAt); // as it is
    for (QAbstractButton *choice : ask->findChild<SegmentedControl *>()->findChildren<QAbstractButton *>())
        if (choice->text() == u"high"_s)
            choice->click();
    Job changed = queued;
    changed.priority = JobPriority::High;
    changed.revision = 2;
    const QByteArray path = "PATCH /api/v1/jobs/" + queued.id.toByteArray(QUuid::WithoutBraces);
    m_fixture->answer(path, changed);
    main(ask)->click();
    QTRY_COMPARE(model().find(queued.id)->priority, JobPriority::High);
    const auto sent = json::parse<JobChange>(m_fixture->lastBody(path));
    QVERIFY(sent.priority == JobPriority::High && !sent.runAt);

    QSignalSpy toasts(m_page.get(), &PageWidget::toastRequested);
    changed.runAt = QDateTime::currentDateTimeUtc();
    changed.revision = 3;
    m_fixture->answer(path, changed);
    run(u"jobs.runNow"_s);
    QTRY_COMPARE(toasts.count(), 1);
    const auto now = json::parse<JobChange>(m_fixture->lastBody(path));
    QVERIFY(!now.priority && now.runAt && now.runAt->secsTo(QDateTime::currentDateTimeUtc()) < 60);
    toasts.first().first().value<Toast>().undo(); // back to its time
    QTRY_COMPARE(json::parse<JobChange>(m_fixture->lastBody(path)).runAt->toSecsSinceEpoch(),
                 queued.runAt.toSecsSinceEpoch());
}

void TestJobsPage::severalAreCancelledTogether()
{
    open();
    QList<Job> jobs;
    for (int i = 0; i < 5; ++i)
        jobs << JobsFixture::job(i == 4 ? JobState::Completed : JobState::Queued, i);
    show(jobs);
    for (int i = 0; i < 3; ++i) { // the fourth is refused
        Job canceled = jobs[i];
        canceled.state = JobState::Canceled;
        canceled.revision = 2;
        m_fixture->answer("POST /api/v1/jobs/" + canceled.id.toByteArray(QUuid::WithoutBraces) + "/cancel", canceled);
    }
    QSignalSpy toasts(m_page.get(), &PageWidget::toastRequested);
    table().selectAll();
    run(u"jobs.cancel"_s);
    QTRY_COMPARE(toasts.count(), 2);
    QCOMPARE(toasts[0].first().value<Toast>().title, u"Could not cancel 1 of 4 job(s)"_s);
    QCOMPARE(toasts[1].first().value<Toast>().title, u"3 job(s) cancelled"_s);
    QVERIFY(toasts[1].first().value<Toast>().undo);
    QCOMPARE(model().find(jobs[0].id)->state, JobState::Canceled);
    QCOMPARE(model().find(jobs[3].id)->state, JobState::Queued);
    QCOMPARE(model().find(jobs[4].id)->state, JobState::Completed);
}

void TestJobsPage::limitsAreSet()
{
    open();
    show({});
    JobSettings settings;
    settings.models = {{u"anthropic"_s, 8}};
    settings.revision = 5;
    m_fixture->answer("GET /api/v1/settings/jobs", settings);
    run(u"jobs.limits"_s);
    auto *ask = dialog<JobLimitsDialog>();
    QVERIFY(ask);
    const auto fields = [ask] { return ask->findChildren<TextField *>(); };
    QTRY_COMPARE(fields().size(), 2);
    QCOMPARE(fields().at(1)->text(), u"8"_s);
    fields().at(0)->setText(u"many"_s);
    QVERIFY(fields().at(0)->hasError() && !main(ask)->isEnabled());
    fields().at(0)->setText(u"20"_s);
    fields().at(1)->setText(u"0"_s);
    QVERIFY(main(ask)->isEnabled());
    settings.revision = 6;
    m_fixture->answer("PUT /api/v1/settings/jobs", settings);
    QPointer<QDialog> open(ask);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_VERIFY(!open);
    const auto sent = json::parse<JobSettings>(m_fixture->lastBody("PUT /api/v1/settings/jobs"));
    QCOMPARE(sent.runningJobs, std::optional(20));
    QCOMPARE(sent.models.size(), 1);
    QCOMPARE(sent.models.first().amount, 0);
    QCOMPARE(m_fixture->calls("PUT /api/v1/settings/jobs").last().headers.value("if-match"), QByteArray("\"5\""));
}

QTEST_MAIN(TestJobsPage)
#include "tst_jobs_page.moc"
