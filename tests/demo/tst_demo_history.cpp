// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo_data.h"
#include "server/demo/demo_history.h"
#include "server/usage/usage_service.h"
#include "server/users/user_store.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

// The sample jobs are rows like those that the worker writes: what counts calls and money cannot tell the difference.
class TestDemoHistory : public QObject
{
    Q_OBJECT

    TestDatabase m_database;
    TestIdentity m_identity{m_database};
    TemplateService m_templates{m_database.database()};
    PriceCatalogue m_prices{m_database.database()};
    QTemporaryDir m_folder;
    const QDateTime m_now = QDateTime(QDate(2026, 11, 25), QTime(15, 30), Qt::UTC);

    QUuid tenant(const QString &slug)
    {
        return m_database.database().platform(
            [&](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = $1", slug); });
    }

    template<class T, class Work> T inTenant(const QString &slug, Work &&work)
    {
        return m_database.database().transaction({tenant(slug)}, std::forward<Work>(work));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_prices.seed();
        DemoData(m_database.database(), m_identity.identity, m_templates, m_folder.filePath(u"demo.json"_s))
            .make(u"http://127.0.0.1:1"_s);
        DemoHistory(m_database.database(), m_prices).make(m_now);
    }

    void rowsAgree_data()
    {
        QTest::addColumn<QString>("slug");
        QTest::newRow("acme") << u"acme"_s;
        QTest::newRow("northwind") << u"northwind"_s;
    }
    void rowsAgree()
    {
        QFETCH(const QString, slug);
        const auto count = [&](auto statement) {
            return inTenant<qint64>(slug, [&](Transaction &tx) { return statement(tx); });
        };
        QVERIFY(count([](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM jobs"); }) > 150);
        // The ledger has exactly the attempts, with the same tokens and cost.
        QCOMPARE(count([](Transaction &tx) {
                     return tx.one<qint64>(R"(
                         SELECT count(*)
                         FROM attempts FULL JOIN usage_events AS event ON event.attempt_id = attempts.id
                         WHERE attempts.id IS NULL OR event.attempt_id IS NULL OR NOT attempts.settled
                            OR attempts.input_tokens <> event.input_tokens
                            OR attempts.output_tokens <> event.output_tokens
                            OR attempts.cost_nanos IS DISTINCT FROM event.cost_nanos
                            OR attempts.state <> event.status OR attempts.started_at <> event.called_at)");
                 }),
                 0);
        // A job has the sums of its attempts, an end, and a time in its id.
        QCOMPARE(count([](Transaction &tx) {
                     return tx.one<qint64>(R"(
                         SELECT count(*)
                         FROM job_overview AS job
                         JOIN (SELECT job_id, count(*) AS count, sum(input_tokens) AS input, sum(output_tokens) AS output,
                                      sum(cost_nanos) AS cost, max(finished_at) AS finished_at
                               FROM attempts GROUP BY job_id) AS sums ON sums.job_id = job.id
                         WHERE job.attempt_count <> sums.count OR job.input_tokens <> sums.input
                            OR job.output_tokens <> sums.output OR job.cost_nanos IS DISTINCT FROM sums.cost
                            OR job.finished_at <> sums.finished_at OR job.started_at < job.created_at
                            OR job.state IN ('queued', 'running') OR job.metadata <> '{"sample": true}'
                            OR substr(replace(job.id::text, '-', ''), 1, 12)
                               <> lpad(to_hex((extract(epoch FROM job.created_at) * 1000)::bigint), 12, '0'))");
                 }),
                 0);
        QCOMPARE(count([](Transaction &tx) {
                     return tx.one<qint64>(
                         "SELECT count(*) FROM job_states WHERE state = 'completed' AND coalesce(output, '') = ''");
                 }),
                 0);
        // The sums by day are those of the ledger.
        QCOMPARE(count([](Transaction &tx) {
                     return tx.one<qint64>(R"(
                         SELECT count(*)
                         FROM usage_days AS day FULL JOIN (
                             SELECT called_at::date AS day, model, user_id, template_id, count(*) AS calls,
                                    sum(output_tokens) AS output, sum(cost_nanos) AS cost
                             FROM usage_events GROUP BY 1, 2, 3, 4) AS sums USING (day, model, user_id, template_id)
                         WHERE day.calls IS DISTINCT FROM sums.calls OR day.output_tokens IS DISTINCT FROM sums.output
                            OR day.cost_nanos IS DISTINCT FROM sums.cost)");
                 }),
                 0);
        QCOMPARE(m_database.database().platform(
                     [](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM queue"); }),
                 0);
    }

    void thereIsSomethingToSee_data() { rowsAgree_data(); }
    void thereIsSomethingToSee()
    {
        QFETCH(const QString, slug);
        UsageService usage(m_database.database(), m_prices, [](const QString &) { return true; });
        Caller caller{};
        caller.tenantId = tenant(slug);
        UsageQuery query;
        query.from = m_now.addDays(-30);
        query.to = m_now;
        const auto distinct = [&](UsageGroup group) {
            query.groupBy = QList{group};
            return usage.report(caller, query).rows;
        };
        const auto days = distinct(UsageGroup::Day);
        QVERIFY(days.size() >= 28);
        for (const UsageRow &day : days)
            QVERIFY2(day.costNanos > 0 || day.failedCalls == day.calls, qPrintable(*day.day));
        const auto models = distinct(UsageGroup::Model);
        QCOMPARE(models.size(), 3);
        for (const UsageRow &model : models)
            QVERIFY(model.model->startsWith(u"demo/"));
        QCOMPARE(distinct(UsageGroup::User).size(), 2);
        QVERIFY(distinct(UsageGroup::Template).size() >= 2);
        query.groupBy = QList{UsageGroup::Day};
        QCOMPARE(usage.report(caller, query).total.unpricedCalls, 0);
        // Nothing that a fresh question could be answered with.
        QCOMPARE(inTenant<qint64>(slug,
                                  [&](Transaction &tx) {
                                      return tx.one<qint64>("SELECT count(*) FROM jobs WHERE created_at > $1",
                                                            m_now.addSecs(-2 * 3600));
                                  }),
                 0);
    }

    void isMadeOnceAndTheSame()
    {
        const auto print = [&] {
            return inTenant<QString>(u"acme"_s, [](Transaction &tx) {
                return tx.one<QString>(R"(
                    SELECT md5(string_agg(concat_ws('|', job.id, job.state, job.model, job.user_name, job.cost_nanos,
                                                    job.template_slug), ',' ORDER BY job.id))
                    FROM job_overview AS job)");
            });
        };
        const QString first = print();
        DemoHistory(m_database.database(), m_prices).make(m_now.addDays(1));
        QCOMPARE(print(), first);

        // The same moment in another database.
        TestDatabase other;
        TestIdentity identity(other);
        TemplateService templates(other.database());
        PriceCatalogue prices(other.database());
        prices.seed();
        QTemporaryDir folder;
        DemoData(other.database(), identity.identity, templates, folder.filePath(u"demo.json"_s)).make(u"http://h"_s);
        DemoHistory(other.database(), prices).make(m_now);
        const QUuid acme = other.database().platform(
            [](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = 'acme'"); });
        QCOMPARE(other.database().transaction({acme},
                                              [](Transaction &tx) {
                                                  return tx.one<QString>(R"(
                    SELECT md5(string_agg(concat_ws('|', job.id, job.state, job.model, job.user_name, job.cost_nanos,
                                                    job.template_slug), ',' ORDER BY job.id))
                    FROM job_overview AS job)");
                                              }),
                 first);
    }
};

QTEST_GUILESS_MAIN(TestDemoHistory)
#include "tst_demo_history.moc"
