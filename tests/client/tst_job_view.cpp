// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filter.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QUuid me = QUuid::createUuid();
const QUuid somebody = QUuid::createUuid();
const QUuid aTemplate = QUuid::createUuid();
const QDateTime now(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC);

Job job(JobState state)
{
    Job job;
    job.id = QUuid::createUuid();
    job.state = state;
    job.model = u"demo/echo"_s;
    job.templateId = aTemplate;
    job.templateName = u"Refund reply"_s;
    job.userId = somebody;
    job.createdAt = now.addSecs(-3600);
    job.costNanos = 5000;
    return job;
}

} // namespace

Q_DECLARE_METATYPE(JobView)

class TestJobView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesBeingStored_data() { views(); }
    void survivesBeingStored();
    void liveJobsAreChosenAsTheServerWould_data();
    void liveJobsAreChosenAsTheServerWould();
    void nonsenseIsTheDefault();

private:
    static void views();
};

void TestJobView::views()
{
    QTest::addColumn<JobView>("view");
    QTest::addRow("plain") << JobView{};
    QTest::addRow("all of it") << JobView{.tab = JobView::Tab::Dead,
                                          .search = u"refund"_s,
                                          .model = u"demo/echo"_s,
                                          .templateId = aTemplate,
                                          .userId = somebody,
                                          .withinHours = 24};
    QTest::addRow("the rest of it") << JobView{.states = {JobState::Failed, JobState::Dead},
                                               .batchId = somebody,
                                               .batchName = u"orders"_s,
                                               .scheduled = true,
                                               .minCostNanos = 0,
                                               .maxCostNanos = 5'000'000'000};
    QTest::addRow("today") << JobView{.today = true};
    QTest::addRow("days") << JobView{.day = QDate(2026, 1, 30), .lastDay = QDate(2026, 2, 2)};
    QTest::addRow("a day") << JobView{.tab = JobView::Tab::Mine, .day = QDate(2026, 1, 30)};
}

void TestJobView::survivesBeingStored()
{
    QFETCH(JobView, view);
    QCOMPARE(JobView::fromJson(view.toJson()), view);
}

void TestJobView::liveJobsAreChosenAsTheServerWould_data()
{
    QTest::addColumn<JobView>("view");
    QTest::addColumn<bool>("matches"); // a failed job of somebody, an hour old
    QTest::addRow("all") << JobView{} << true;
    QTest::addRow("failed") << JobView{.tab = JobView::Tab::Failed} << true;
    QTest::addRow("running") << JobView{.tab = JobView::Tab::Running} << false;
    QTest::addRow("dead") << JobView{.tab = JobView::Tab::Dead} << false;
    QTest::addRow("mine") << JobView{.tab = JobView::Tab::Mine} << false;
    QTest::addRow("of somebody") << JobView{.userId = somebody} << true;
    QTest::addRow("its model") << JobView{.model = u"demo/echo"_s} << true;
    QTest::addRow("another model") << JobView{.model = u"demo/slow"_s} << false;
    QTest::addRow("its template") << JobView{.templateId = aTemplate} << true;
    QTest::addRow("another template") << JobView{.templateId = me} << false;
    QTest::addRow("last two hours") << JobView{.withinHours = 2} << true;
    QTest::addRow("that day") << JobView{.day = now.date()} << true;
    QTest::addRow("the day before") << JobView{.day = now.date().addDays(-1)} << false;
    QTest::addRow("days around it") << JobView{.day = now.date().addDays(-3), .lastDay = now.date()} << true;
    QTest::addRow("days before it") << JobView{.day = now.date().addDays(-3), .lastDay = now.date().addDays(-1)}
                                    << false;
    QTest::addRow("one of the states") << JobView{.states = {JobState::Dead, JobState::Failed}} << true;
    QTest::addRow("none of the states") << JobView{.states = {JobState::Dead, JobState::Queued}} << false;
    QTest::addRow("states in place of the tab's")
        << JobView{.tab = JobView::Tab::Dead, .states = {JobState::Failed}} << true;
    QTest::addRow("its cost") << JobView{.minCostNanos = 5000, .maxCostNanos = 5000} << true;
    QTest::addRow("dearer") << JobView{.minCostNanos = 5001} << false;
    QTest::addRow("cheaper") << JobView{.maxCostNanos = 4999} << false;
    QTest::addRow("scheduled") << JobView{.scheduled = true} << false;
    QTest::addRow("of a batch") << JobView{.batchId = me} << false;
    QTest::addRow("part of the name") << JobView{.search = u"REFUND"_s} << true;
    QTest::addRow("other text") << JobView{.search = u"churn"_s} << false;
}

void TestJobView::liveJobsAreChosenAsTheServerWould()
{
    QFETCH(JobView, view);
    QFETCH(bool, matches);
    QCOMPARE(view.matches(job(JobState::Failed), me, now), matches);
}

void TestJobView::nonsenseIsTheDefault()
{
    QCOMPARE(JobView::fromJson({{u"tab"_s, u"nowhere"_s}, {u"template"_s, u"x"_s}, {u"withinHours"_s, -3}}), JobView{});
}

QTEST_GUILESS_MAIN(TestJobView)
#include "tst_job_view.moc"
