// SPDX-License-Identifier: GPL-3.0-or-later
// How smoothly 100,000 jobs are scrolled, filtered and sorted while they change, beside a plain QTableView with the
// same rows; then the real page, which loads them over the wire as somebody scrolls. A frame is the time from the wheel
// or key until the whole table is painted. With a display or without (QT_QPA_PLATFORM=offscreen).
#include "client/jobs/jobs_feed.h"
#include "client/jobs/jobs_page.h"
#include "client/widgets/data_table.h"
#include "shared/http/page.h"
#include "shared/http/query.h"
#include "shared/id.h"
#include "tests/client/gateway_fixture.h"

#include <QApplication>
#include <QHeaderView>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QWheelEvent>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 100'000;
constexpr QSize windowSize(1440, 900);
constexpr double frameMs = 1000.0 / 60;

// The longest that one event has kept the others waiting.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0 || receiver->thread() != thread()) // the other end of the wire has a thread of its own
            return QApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        const double ms = double(timer.nsecsElapsed()) / 1e6;
        --m_depth;
        longest = std::max(longest, ms);
        return handled;
    }
    double longest = 0;

private:
    int m_depth = 0;
};

double elapsedMs(const std::function<void()> &run)
{
    QElapsedTimer timer;
    timer.start();
    run();
    return double(timer.nsecsElapsed()) / 1e6;
}

QString rounded(double ms) { return QString::number(ms, 'f', 2); }

struct Frames
{
    std::vector<double> times;
    double share(double part)
    {
        std::sort(times.begin(), times.end());
        return times[std::min(times.size() - 1, std::size_t(double(times.size()) * part))];
    }
    double p50() { return share(0.5); }
    void print(const QString &what)
    {
        const double p50 = share(0.5), p99 = share(0.99), max = share(1);
        const auto late = std::count_if(times.begin(), times.end(), [](double ms) { return ms > frameMs; });
        std::printf("  %-44s p50 %7s  p99 %7s  max %7s ms   %lld of %zu over %.1f ms\n", qPrintable(what),
                    qPrintable(rounded(p50)), qPrintable(rounded(p99)), qPrintable(rounded(max)), (long long)late,
                    times.size(), frameMs);
    }
};

QList<Job> makeJobs(int count)
{
    QRandomGenerator random(7);
    const QStringList names{u"Order refund reply"_s, u"Support triage"_s, u"Product copy"_s, u"Lead score"_s,
                            u"Contract redline"_s,   u"Churn summary"_s,  u"KB answer"_s};
    const QStringList models{u"openai/gpt-4o-mini"_s, u"anthropic/claude-sonnet-4.5"_s, u"google/gemini-2.5-pro"_s};
    const QStringList people{u"Ana Prado"_s, u"Lucas Ferreira"_s, u"Marina Duarte"_s, u"Jun Sato"_s, u"Sofia Rossi"_s};
    QList<QUuid> templates, users;
    for (qsizetype i = 0; i < names.size(); ++i)
        templates << newId();
    for (qsizetype i = 0; i < people.size(); ++i)
        users << newId();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Job> jobs;
    jobs.reserve(count);
    for (int i = 0; i < count; ++i) {
        Job job;
        job.id = newId();
        const int kind = random.bounded(100);
        job.state = kind < 80 ? JobState::Completed
            : kind < 88       ? JobState::Failed
            : kind < 92       ? JobState::Dead
            : kind < 95       ? JobState::Canceled
            : kind < 98       ? JobState::Queued
                              : JobState::Running;
        const int name = random.bounded(int(names.size())), person = random.bounded(int(people.size()));
        job.templateId = templates[name];
        job.templateName = names[name];
        job.templateSlug = names[name].toLower().replace(u' ', u'-');
        job.templateVersion = 1 + random.bounded(20);
        job.model = models[random.bounded(int(models.size()))];
        job.userId = users[person];
        job.userName = people[person];
        job.attemptCount = 1;
        job.inputTokens = random.bounded(200, 9000);
        job.outputTokens = random.bounded(20, 900);
        job.costNanos = random.bounded(100'000, 90'000'000);
        job.createdAt = now.addSecs(-i * 3);
        job.runAt = job.createdAt;
        job.startedAt = job.createdAt.addMSecs(40);
        if (hasEnded(job.state))
            job.finishedAt = job.createdAt.addMSecs(random.bounded(300, 12'000));
        if (job.state == JobState::Failed || job.state == JobState::Dead)
            job.error = JobError{u"provider_rate_limit"_s, u"The provider has too much to do"_s};
        jobs << job;
    }
    return jobs;
}

// What a tenth of a second of a busy tenant brings: changes where somebody looks and elsewhere, and new jobs.
QList<Job> changes(const JobsModel &model, const QTableView &table, QRandomGenerator &random)
{
    QList<Job> changed;
    const int first = std::max(table.rowAt(0), 0);
    for (int i = 0; i < 30; ++i) {
        const int row = i < 10 ? first + random.bounded(20) : random.bounded(model.rowCount());
        Job job = model.row(std::min(row, model.rowCount() - 1));
        job.state = JobState(random.bounded(int(enumNames<JobState>.size())));
        job.outputTokens += 17;
        ++job.revision;
        changed << job;
    }
    for (int i = 0; i < 10; ++i) {
        Job job = model.row(i);
        job.id = newId();
        job.createdAt = QDateTime::currentDateTimeUtc();
        changed << job;
    }
    return changed;
}

void wheel(QTableView &table, int pixels)
{
    const QPointF at = table.viewport()->rect().center();
    QWheelEvent event(at, table.viewport()->mapToGlobal(at), {}, {0, -pixels}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(table.viewport(), &event);
}

void key(QTableView &table, Qt::Key key)
{
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(&table, &event);
}

Frames scroll(JobsModel &model, QTableView &table, int frames, bool isLive, const std::function<void(int)> &step)
{
    QRandomGenerator random(11);
    table.scrollToTop();
    table.setCurrentIndex(model.index(0, 0));
    Frames result;
    for (int i = 0; i < frames; ++i) {
        const QList<Job> live = isLive && i % 6 == 0 ? changes(model, table, random) : QList<Job>();
        result.times.push_back(elapsedMs([&] {
            model.put(live);
            step(i);
            QCoreApplication::sendPostedEvents();
            table.viewport()->repaint();
        }));
    }
    return result;
}

struct Measured
{
    double wheel, wheelLive, page, pageLive;
};

Measured scrollAll(JobsModel &model, QTableView &table, const char *name)
{
    std::printf("%s\n", name);
    Measured measured{};
    const auto run = [&](const QString &what, int frames, bool isLive, const std::function<void(int)> &step) {
        Frames result = scroll(model, table, frames, isLive, step);
        result.print(what);
        return result.p50();
    };
    const auto byWheel = [&](int) { wheel(table, 360); };
    const auto byPage = [&](int i) { key(table, i % 50 == 49 ? Qt::Key_End : Qt::Key_PageDown); };
    measured.wheel = run(u"by wheel"_s, 600, false, byWheel);
    measured.wheelLive = run(u"by wheel, 400 changes/s"_s, 600, true, byWheel);
    measured.page = run(u"by page"_s, 300, false, byPage);
    measured.pageLive = run(u"by page, 400 changes/s"_s, 300, true, byPage);
    return measured;
}

void filterAndSort(JobsModel &model, QTableView &table)
{
    const QUuid me = newId();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const std::pair<const char *, JobView> views[] = {
        {"filter by text", {.search = u"refund"_s}},
        {"filter by text that nothing has", {.search = u"zebra"_s}},
        {"filter by a part of an id", {.search = u"3f1"_s}},
        {"filter by status", {.tab = JobView::Tab::Failed}},
        {"filter by model", {.model = u"openai/gpt-4o-mini"_s}},
        {"filter by time and cost", {.withinHours = 24, .minCostNanos = 50'000'000}},
        {"no filter", {}}};
    for (const auto &[what, view] : views) {
        Frames times;
        for (int i = 0; i < 9; ++i)
            times.times.push_back(elapsedMs([&] {
                model.setFilter(JobMatcher(view, me, now));
                table.viewport()->repaint();
            }));
        std::printf("  %-44s p50 %7s  max %7s ms   %d rows\n", what, qPrintable(rounded(times.p50())),
                    qPrintable(rounded(times.share(1))), model.rowCount());
    }
    for (int column = 0; column < model.columnCount(); ++column) {
        const double ms = elapsedMs([&] {
            model.sortBy(column, Qt::AscendingOrder);
            table.viewport()->repaint();
        });
        std::printf("  sort by %-36s     %7s ms\n",
                    qPrintable(model.headerData(column, Qt::Horizontal, TableModelBase::ColumnIdRole).toString()),
                    qPrintable(rounded(ms)));
    }
}

void onModel(const QList<Job> &jobs)
{
    JobsModel model;
    std::printf("100,000 jobs into the model %22s ms\n", qPrintable(rounded(elapsedMs([&] { model.setRows(jobs); }))));
    DataTable table(u"Jobs"_s);
    table.setModel(&model);
    table.sortByColumn(u"age"_s, Qt::DescendingOrder);
    table.resize(windowSize);
    table.show();
    QApplication::processEvents();
    const Measured ours = scrollAll(model, table, "DataTable");
    filterAndSort(model, table);
    table.hide();

    JobsModel same;
    same.setRows(jobs);
    QTableView plain;
    plain.setModel(&same);
    plain.verticalHeader()->hide();
    plain.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    plain.verticalHeader()->setDefaultSectionSize(table.rowHeight(0));
    plain.setSelectionBehavior(QAbstractItemView::SelectRows);
    plain.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    for (int column = 0; column < same.columnCount(); ++column) {
        plain.setColumnWidth(column, table.columnWidth(column));
        plain.setColumnHidden(column, table.isColumnHidden(column));
    }
    plain.resize(windowSize);
    plain.show();
    QApplication::processEvents();
    const Measured baseline = scrollAll(same, plain, "plain QTableView (baseline)");
    std::printf(
        "ratio to the baseline, median frame: wheel %.2f, wheel with changes %.2f, page %.2f, page with changes "
        "%.2f\n",
        ours.wheel / baseline.wheel, ours.wheelLive / baseline.wheelLive, ours.page / baseline.page,
        ours.pageLive / baseline.pageLive);
}

// ---- the page, with the wire between

void onPage(TimedApplication &application, const QList<Job> &jobs)
{
    QTemporaryDir folder;
    QThread thread;
    thread.start();
    auto *wire = new QObject;
    wire->moveToThread(&thread);
    WireServer *server = nullptr;
    QPointer<QWebSocket> socket;
    std::atomic<bool> isFollowed = false;
    const auto onWire = [&](const std::function<void()> &run) {
        QMetaObject::invokeMethod(wire, run, Qt::BlockingQueuedConnection);
    };
    onWire([&] {
        server = new WireServer;
        server->script = [&](const WireRequest &request) -> WireAnswer {
            if (!request.path.startsWith("/api/v1/jobs?") && request.path != "/api/v1/jobs")
                return {.body = "{\"items\":[]}"};
            const QUrl asked = QUrl::fromEncoded(request.path);
            const auto filter = query::parse<JobFilter>(QUrlQuery(asked));
            if (filter.states)
                return {.body = "{\"items\":[]}"};
            const int from = filter.cursor.value_or(u"0"_s).toInt();
            const int count = filter.limit.value_or(100);
            Page<Job> page{jobs.mid(from, count), {}};
            if (from + count < jobs.size())
                page.nextCursor = QString::number(from + count);
            return {.body = json::print(page)};
        };
        server->liveScript = [&](QWebSocket &from, const QJsonObject &message) {
            const QString type = message.value(u"type"_s).toString();
            socket = &from;
            if (type == u"authenticate"_s)
                WireServer::say(from, {{u"type"_s, u"ready"_s}, {u"sequence"_s, 0}});
            else if (type == u"subscribe"_s) {
                WireServer::say(
                    from,
                    {{u"type"_s, u"subscribed"_s}, {u"topics"_s, message.value(u"topics"_s)}, {u"sequence"_s, 0}});
                isFollowed = true;
            }
        };
    });
    {
        Account account;
        account.server = server->url().toString();
        account.tenant = u"acme"_s;
        Workspace workspace(account, folder.path());
        workspace.api().setServer(server->url());
        SignedIn signedIn;
        signedIn.accessToken = u"access"_s;
        signedIn.refreshToken = u"refresh"_s;
        signedIn.expiresIn = 3600;
        signedIn.profile.userId = signedIn.profile.tenantId = signedIn.profile.sessionId = newId();
        signedIn.profile.abilities = {Ability::JobsRead};
        workspace.session().begin(signedIn);
        workspace.open();
        TemplateLibrary library(workspace);
        JobsPage page(workspace, library);
        page.resize(windowSize);
        page.show();
        page.activated();
        auto *table = page.findChild<DataTable *>();
        auto *model = static_cast<JobsModel *>(table->model());
        const auto wait = [&](const std::function<bool()> &isDone) { return QTest::qWaitFor(isDone, 60'000); };
        std::printf("the page, its rows over the wire\n");
        if (!wait([&] { return model->totalRows() > 0 && isFollowed; }))
            return void(std::printf("  nothing came\n"));
        Frames pages;
        QElapsedTimer whole;
        whole.start();
        while (model->totalRows() < rows) {
            const int before = model->totalRows();
            application.longest = 0;
            const auto hasCome = [&] { // a list that was asked for anew begins at its top
                table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
                return model->totalRows() > before;
            };
            if (!wait(hasCome))
                return void(std::printf("  stopped at %d rows\n", model->totalRows()));
            table->viewport()->repaint();
            pages.times.push_back(application.longest);
        }
        pages.print(u"longest wait of an event, a page of rows"_s);
        std::printf("  all %d rows by scrolling on %21.1f s\n", model->totalRows(), double(whole.elapsed()) / 1e3);

        Frames frames;
        application.longest = 0;
        QRandomGenerator random(3);
        qint64 sequence = 0;
        table->scrollToTop();
        for (int i = 0; i < 600; ++i) {
            if (i % 6 == 0) {
                QList<QJsonObject> events;
                for (const Job &job : changes(*model, *table, random))
                    events << QJsonObject{{u"type"_s, u"event"_s},
                                          {u"sequence"_s, ++sequence},
                                          {u"topic"_s, u"jobs"_s},
                                          {u"name"_s, u"job.updated"_s},
                                          {u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                                          {u"data"_s, json::object(json::print(job))}};
                onWire([&] {
                    for (const QJsonObject &event : events)
                        WireServer::say(*socket, event);
                });
            }
            frames.times.push_back(elapsedMs([&] {
                wheel(*table, 360);
                table->viewport()->repaint();
            }));
            QElapsedTimer rest; // the other events of a sixtieth of a second
            rest.start();
            while (rest.elapsed() < 16)
                QApplication::processEvents(QEventLoop::AllEvents, 2);
        }
        frames.print(u"by wheel, 400 events/s over the wire"_s);
        std::printf("  %-44s max %7s ms\n", "longest wait of an event meanwhile",
                    qPrintable(rounded(application.longest)));
        for (const auto &[what, view] :
             {std::pair("filter by text, until painted", QJsonObject{{u"search"_s, u"refund"_s}}),
              std::pair("filter by status, until painted", QJsonObject{{u"states"_s, u"failed,dead"_s}})}) {
            page.restoreViewState({});
            wait([&] { return !page.feed().isLoading(); });
            while (model->totalRows() < rows) {
                const int before = model->totalRows();
                table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
                if (!wait([&] { return model->totalRows() > before; }))
                    return;
            }
            const double ms = elapsedMs([&, view = view] {
                page.restoreViewState(view);
                table->viewport()->repaint();
            });
            std::printf("  %-44s     %7s ms   %d rows\n", what, qPrintable(rounded(ms)), model->rowCount());
        }
    }
    onWire([&] { delete server; });
    thread.quit();
    thread.wait();
    delete wire;
}

} // namespace

int main(int argc, char *argv[])
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // seen as it goes, also in a file
    TimedApplication application(argc, argv);
    QTemporaryDir settings;
    GatewayFixture::prepare(settings.path());
    const QList<Job> jobs = makeJobs(rows);
    onModel(jobs);
    onPage(application, jobs);
    return 0;
}
