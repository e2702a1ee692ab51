// SPDX-License-Identifier: GPL-3.0-or-later
// The usage page in the window, on the real server with a made-up past: what is clicked narrows it, by mouse or by
// keyboard; charts and numbers leave it as files.
#include "client/usage/usage_chart_card.h"
#include "client/usage/usage_overview.h"
#include "client/usage/usage_page.h"
#include "client/widgets/charts.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "shared/jobs/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QImage>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

class TestUsagePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        QVERIFY(m_stack.runSql(QStringLiteral(PATIO_SOURCE_DIR "/tests/gui/history.sql")));
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_desk = std::make_unique<DeskFixture>(m_folder->path());
        StartOptions options;
        options.demoFile = m_stack.demoFile();
        QVERIFY(m_desk->show(options));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.isAtDesk(), patience);
        open({{u"days"_s, 30}});
    }
    void cleanup() { m_desk.reset(); }

    void eachSplitHasTheSameSum()
    {
        const qint64 cost = feed().total().costNanos;
        QVERIFY(cost > 0 && feed().total().cacheHits > 0);
        for (const QString &group : {u"model"_s, u"user"_s, u"template"_s, u"key"_s}) {
            open({{u"days"_s, 30}, {u"group"_s, group}});
            QCOMPARE(feed().total().costNanos, cost);
            qint64 sum = 0;
            for (const UsageSeries &series : feed().series().series)
                sum += series.total.costNanos;
            QCOMPARE(sum, cost);
        }
        for (const UsageGroup group : {UsageGroup::Model, UsageGroup::User, UsageGroup::Template, UsageGroup::Key})
            QCOMPARE(feed().by(group).total.costNanos, cost);
    }

    // Down to a model, from there to a person and a day, and back by the chips.
    void whatIsChosenByKeyboardNarrowsThePage()
    {
        const qint64 all = feed().total().costNanos;
        auto *chart = chartNamed(u"Usage over time"_s);
        QVERIFY(chart);
        focusInside(chart);
        m_desk->press("Right"); // the first day
        m_desk->press("Up"); // its lowest piece
        m_desk->press("Return");
        QTRY_VERIFY_WITH_TIMEOUT(isLoaded() && feed().view().filter.contains(UsageGroup::Model), patience);
        const QString model = feed().view().filter[UsageGroup::Model].id;
        QCOMPARE(feed().view().group, UsageGroup::User); // of one model there is nothing to compare
        QVERIFY(feed().total().costNanos > 0 && feed().total().costNanos < all);
        for (const UsageRow &row : feed().byDayAndModel().rows)
            QCOMPARE(*row.model, model);

        auto *people = listNamed(u"Top users"_s);
        QVERIFY(people);
        people->setFocus();
        m_desk->press("Return");
        QTRY_VERIFY_WITH_TIMEOUT(isLoaded() && feed().view().filter.contains(UsageGroup::User), patience);
        QCOMPARE(chips().size(), 2);
        QCOMPARE(feed().by(UsageGroup::User).rows.size(), 1);

        focusInside(chartNamed(u"Usage over time"_s));
        m_desk->press("Right");
        m_desk->press("Return"); // the day as a whole
        QTRY_COMPARE_WITH_TIMEOUT(feed().period().days, 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(isLoaded(), patience);
        QCOMPARE(feed().series().bucket, UsageBucket::Hour);
        QCOMPARE(feed().series().starts.size(), 24);

        chips().first()->setFocus();
        m_desk->press("Delete");
        QTRY_COMPARE_WITH_TIMEOUT(chips().size(), 1, patience);
        chips().first()->setFocus();
        m_desk->press("Backspace");
        QTRY_COMPARE_WITH_TIMEOUT(chips().size(), 0, patience);
        QVERIFY(feed().view().filter.isEmpty());
    }

    void aClickOnAPieceNarrowsThePage()
    {
        auto *view = chartNamed(u"Usage over time"_s)->findChild<QAbstractScrollArea *>();
        QTRY_VERIFY(view->viewport()->width() > 100);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          {view->viewport()->width() / 2, view->viewport()->height() - 40});
        QTRY_VERIFY_WITH_TIMEOUT(feed().view().filter.size() == 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(chips().size(), 1, patience);
    }

    // A view is opened again as it was left.
    void theViewIsRemembered()
    {
        UsageOverview *overview = page().findChild<UsageOverview *>();
        Q_EMIT overview->thingChosen(UsageGroup::Model, {u"openai/gpt-4.1"_s, u"openai/gpt-4.1"_s});
        Q_EMIT overview->groupChosen(UsageGroup::Key);
        const QJsonObject state = page().viewState();
        open({{u"days"_s, 7}});
        QVERIFY(feed().view().filter.isEmpty());
        open(state);
        QCOMPARE(feed().view().group, UsageGroup::Key);
        QCOMPARE(feed().view().filter[UsageGroup::Model].id, u"openai/gpt-4.1"_s);
        QCOMPARE(feed().period().days, 30);
    }

    void chartsLeaveAsPicturesAndNumbers()
    {
        const auto cards = page().findChildren<UsageChartCard *>();
        QCOMPARE(cards.size(), 4);
        for (UsageChartCard *card : cards) {
            QVERIFY(!card->chart()->data().isEmpty());
            const QImage picture = QImage::fromData(card->content(chartExport::Form::Png), "PNG");
            QVERIFY(picture.width() > 2 * card->chart()->width());
            QSet<QRgb> colors;
            for (int y = 0; y < picture.height(); y += 4)
                for (int x = 0; x < picture.width(); x += 4)
                    colors.insert(picture.pixel(x, y));
            QVERIFY(colors.size() > 5); // not blank
            const QByteArray drawing = card->content(chartExport::Form::Svg);
            QSvgRenderer renderer(drawing);
            QVERIFY(renderer.isValid());
            QVERIFY(drawing.count("<path") + drawing.count("<rect") + drawing.count("<poly") > 10);
            const auto lines = card->content(chartExport::Form::Csv).trimmed().split('\n');
            QVERIFY(lines.first().startsWith("start,"));
            QVERIFY(lines.size() > 10);
        }
    }

    void everyFigureOfAPointIsSaid()
    {
        for (const QString &name : {u"Latency"_s, u"Failed calls"_s, u"Saved by the cache"_s}) {
            auto *chart = chartNamed(name);
            QVERIFY2(chart, qPrintable(name));
            focusInside(chart);
            m_desk->press("Left"); // the last day
            QVERIFY2(!chart->accessibleDescription().isEmpty(), qPrintable(name));
        }
        QVERIFY(chartNamed(u"Latency"_s)->accessibleDescription().contains(u"p95"_s));
    }

    // A job that ends shows without a touch.
    void itFollowsLive()
    {
        const qint64 calls = feed().total().calls;
        const auto somebody = m_stack.signedIn(Role::Owner);
        GenerateRequest request;
        request.messages = {{MessageRole::User, u"live %1"_s.arg(QUuid::createUuid().toString())}};
        request.model = u"demo/fast"_s;
        bool isMade = false;
        somebody->call(endpoints::jobs::generate, request, this, [&](const Result<Job> &job) { isMade = bool(job); });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, patience);
        QTRY_COMPARE_WITH_TIMEOUT(feed().total().calls, calls + 1, patience);
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    UsagePage &page() { return *m_desk->page<UsagePage>(); }
    const UsageFeed &feed() { return page().feed(); }
    bool isLoaded() { return !feed().isLoading() && feed().hasData(); }
    void open(const QJsonObject &view)
    {
        m_desk->window.navigation().open(u"usage"_s, view);
        QVERIFY(QTest::qWaitFor([&] { return m_desk->page<UsagePage>() && isLoaded(); }, patience));
    }
    template<class Widget> Widget *named(const QString &name)
    {
        for (auto *widget : page().findChildren<Widget *>())
            if (widget->accessibleName() == name)
                return widget;
        return nullptr;
    }
    CategoryChart *chartNamed(const QString &name) { return named<CategoryChart>(name); }
    BarList *listNamed(const QString &name) { return named<BarList>(name); }
    static void focusInside(CategoryChart *chart) { chart->setFocus(); } // its proxy takes it
    QList<FilterChip *> chips()
    {
        QList<FilterChip *> shown;
        for (auto *chip : page().findChildren<FilterChip *>())
            if (chip->isVisible())
                shown.append(chip);
        return shown;
    }

    DemoStack m_stack;
    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DeskFixture> m_desk;
};

QTEST_MAIN(TestUsagePage)
#include "tst_usage_page.moc"
