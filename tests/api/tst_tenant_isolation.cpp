// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString acme = u"acme"_s;
const QString northwind = u"northwind"_s;

// A body that passes validation for each operation that takes one, so that only the tenant can be the reason of a
// refusal.
QJsonObject validBody(const QString &schemaName)
{
    static const QHash<QString, QJsonObject> bodies{
        {u"TemplateChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"NewTemplateVersion"_s, {{u"userPrompt"_s, u"Taken over"_s}, {u"defaultModel"_s, u"demo/fast"_s}}},
        {u"TemplateCopy"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"LabelMove"_s, {{u"version"_s, 1}}},
        {u"DraftInput"_s, {{u"content"_s, QJsonObject{{u"userPrompt"_s, u"Taken over"_s}}}}},
        {u"UserChange"_s, {{u"displayName"_s, u"Taken over"_s}}},
        {u"TenantChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"ReplayRequest"_s, {}},
        {u"JobChange"_s, {{u"priority"_s, u"low"_s}}},
        {u"DiscardRequest"_s, {{u"reason"_s, u"Taken over"_s}}},
        {u"CustomRoleChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"RuleInput"_s,
         {{u"effect"_s, u"allow"_s},
          {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"everyone"_s}}}},
          {u"subject"_s, u"templates"_s},
          {u"actions"_s, QJsonArray{u"*"_s}}}},
        {u"CredentialChange"_s, {{u"key"_s, u"sk-taken-over"_s}}},
        {u"GatewayKeyChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"BudgetChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"NewBudget"_s,
         {{u"name"_s, u"Of Acme"_s}, {u"subject"_s, u"tenant"_s}, {u"period"_s, u"month"_s}, {u"amountNanos"_s, 1e12}}},
        {u"NewGatewayRoute"_s,
         {{u"alias"_s, u"of-Acme"_s}, {u"targets"_s, QJsonArray{QJsonObject{{u"model"_s, u"demo/fast"_s}}}}}},
        {u"GatewayLimitChange"_s, {{u"amount"_s, 1}}},
        {u"PriceChange"_s, {{u"note"_s, u"Taken over"_s}}},
        {u"DatasetChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"CasesEdit"_s, {{u"added"_s, QJsonArray{QJsonObject{{u"expected"_s, u"Taken over"_s}}}}}},
        {u"CaseImport"_s, {{u"format"_s, u"csv"_s}, {u"text"_s, u"input\nTaken over\n"_s}}},
        {u"CasesFromJobs"_s, {{u"jobIds"_s, QJsonArray{newId().toString(QUuid::WithoutBraces)}}}},
        {u"GateChange"_s, {{u"minimumScore"_s, 0}}},
        {u"AssistantChange"_s, {{u"name"_s, u"Taken over"_s}}},
        {u"NewChannelAssistant"_s, {{u"assistantId"_s, newId().toString(QUuid::WithoutBraces)}}},
        {u"AnswerRatingInput"_s, {{u"rating"_s, u"up"_s}}},
        {u"ChannelChange"_s, {{u"topic"_s, u"Taken over"_s}}},
        {u"NewChannelMembers"_s, {{u"memberIds"_s, QJsonArray{newId().toString(QUuid::WithoutBraces)}}}},
        {u"ChannelMemberChange"_s, {{u"role"_s, u"owner"_s}}},
        {u"MembershipChange"_s, {{u"isFavorite"_s, true}}},
        {u"ReadMark"_s, {{u"sequence"_s, 0}}},
        {u"NewMessage"_s, {{u"clientId"_s, newId().toString(QUuid::WithoutBraces)}, {u"text"_s, u"Taken over"_s}}},
        {u"MessageChange"_s, {{u"text"_s, u"Taken over"_s}}},
        {u"ChannelDraftInput"_s, {{u"text"_s, u"Taken over"_s}}},
    };
    return bodies.value(schemaName);
}

} // namespace

// Every operation that takes an id, taken from the API document itself: with an id of one tenant and the token of
// another there is nothing to be found.
class TestTenantIsolation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray owner = m_server.token(acme, u"owner"_s);
        QVERIFY(!owner.isEmpty());
        QVERIFY(!m_server.token(northwind, u"owner"_s).isEmpty());
        m_ids[u"templates"_s] = first(u"/api/v1/templates"_s, owner);
        m_ids[u"template-drafts"_s] = newId().toString(QUuid::WithoutBraces);
        const QString draft = u"/api/v1/template-drafts/"_s + m_ids[u"template-drafts"_s];
        QCOMPARE(m_server.send("PUT", draft, validBody(u"DraftInput"_s), {.token = owner}).status, 200);
        const QString label = u"/api/v1/templates/%1/labels/production"_s.arg(m_ids[u"templates"_s]);
        QCOMPARE(m_server.send("PUT", label, validBody(u"LabelMove"_s), {.token = owner}).status, 201);
        m_ids[u"users"_s] = first(u"/api/v1/users"_s, owner);
        m_ids[u"audit"_s] = first(u"/api/v1/audit"_s, owner);
        m_ids[u"sessions"_s] = first(u"/api/v1/sessions"_s, owner);
        m_ids[u"tenants"_s] = m_server.get(u"/api/v1/me"_s, owner).json().value(u"tenantId"_s).toString();
        const QJsonObject ask{
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"hello"_s}}}},
            {u"model"_s, u"demo/fast"_s}};
        m_ids[u"jobs"_s] = m_server.post(u"/api/v1/generate?wait=20"_s, ask, owner).json()[u"id"_s].toString();
        const QJsonObject plain{
            {u"name"_s, u"Plain"_s},
            {u"slug"_s, u"plain"_s},
            {u"version"_s, QJsonObject{{u"userPrompt"_s, u"{{input}}"_s}, {u"defaultModel"_s, u"demo/fast"_s}}}};
        const QJsonValue plainId = m_server.post(u"/api/v1/templates"_s, plain, owner).json()[u"template"_s][u"id"_s];
        const QJsonObject many{{u"template"_s, u"plain"_s},
                               {u"inputs"_s, QJsonArray{QJsonObject{{u"input"_s, u"hello"_s}}}},
                               {u"runAt"_s, u"2099-01-01T00:00:00.000Z"_s}};
        m_ids[u"batches"_s] = m_server.post(u"/api/v1/generate/batch"_s, many, owner).json()[u"id"_s].toString();
        m_ids[u"job-actions"_s] =
            m_server.post(u"/api/v1/job-actions/replay"_s, QJsonObject(), owner).json()[u"id"_s].toString();
        const QJsonObject key{{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, u"sk-of-Acme"_s}};
        m_ids[u"credentials"_s] = m_server.post(u"/api/v1/credentials"_s, key, owner).json()[u"id"_s].toString();
        m_ids[u"gateway-keys"_s] = m_server.post(u"/api/v1/gateway-keys"_s, {{u"name"_s, u"Of Acme"_s}}, owner)
                                       .json()[u"key"_s][u"id"_s]
                                       .toString();
        m_ids[u"budgets"_s] =
            m_server.post(u"/api/v1/budgets"_s, validBody(u"NewBudget"_s), owner).json()[u"id"_s].toString();
        m_ids[u"gateway-routes"_s] = m_server.post(u"/api/v1/gateway-routes"_s, validBody(u"NewGatewayRoute"_s), owner)
                                         .json()[u"id"_s]
                                         .toString();
        const QJsonObject limit{{u"subject"_s, u"tenant"_s}, {u"kind"_s, u"requestsPerMinute"_s}, {u"amount"_s, 100}};
        m_ids[u"gateway-limits"_s] =
            m_server.post(u"/api/v1/gateway-limits"_s, limit, owner).json()[u"id"_s].toString();
        const QString dataset =
            m_server.post(u"/api/v1/datasets"_s, {{u"name"_s, u"Of Acme"_s}}, owner).json()[u"id"_s].toString();
        m_ids[u"datasets"_s] = dataset;
        const QJsonObject cases{
            {u"added"_s, QJsonArray{QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"hello"_s}}}}}}};
        m_server.send("PATCH", u"/api/v1/datasets/%1/cases"_s.arg(dataset), cases, {.token = owner});
        const QJsonObject run{{u"datasetId"_s, dataset},
                              {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"plain"_s}}}}};
        m_ids[u"evaluation-runs"_s] =
            m_server.post(u"/api/v1/evaluation-runs"_s, run, owner).json()[u"run"_s][u"id"_s].toString();
        const QJsonObject gate{{u"templateId"_s, plainId}, {u"label"_s, u"production"_s}, {u"datasetId"_s, dataset}};
        m_ids[u"gates"_s] = m_server.post(u"/api/v1/gates"_s, gate, owner).json()[u"id"_s].toString();
        const QJsonObject channel{{u"kind"_s, u"public"_s}, {u"name"_s, u"of-acme"_s}};
        m_ids[u"channels"_s] =
            m_server.post(u"/api/v1/channels"_s, channel, owner).json()[u"channel"_s][u"id"_s].toString();
        m_ids[u"messages"_s] =
            m_server
                .post(u"/api/v1/channels/%1/messages"_s.arg(m_ids[u"channels"_s]), validBody(u"NewMessage"_s), owner)
                .json()[u"id"_s]
                .toString();
        const QJsonObject assistant{{u"name"_s, u"Of Acme"_s}, {u"template"_s, u"plain"_s}};
        m_ids[u"assistants"_s] = m_server.post(u"/api/v1/assistants"_s, assistant, owner).json()[u"id"_s].toString();
        const QString channelDraft = u"/api/v1/channels/%1/draft"_s.arg(m_ids[u"channels"_s]);
        QCOMPARE(m_server.send("PUT", channelDraft, validBody(u"ChannelDraftInput"_s), {.token = owner}).status, 200);
        m_ids[u"gateway-calls"_s] = first(u"/api/v1/gateway-calls"_s, owner); // of the job
        m_ids[u"rules"_s] =
            m_server.post(u"/api/v1/rules"_s, validBody(u"RuleInput"_s), owner).json()[u"id"_s].toString();
        const QJsonObject role{{u"name"_s, u"Acme's own"_s}, {u"abilities"_s, QJsonArray{u"jobs.read"_s}}};
        m_ids[u"roles"_s] = m_server.post(u"/api/v1/roles"_s, role, owner).json()[u"id"_s].toString();
        for (auto id = m_ids.cbegin(); id != m_ids.cend(); ++id)
            QVERIFY2(!QUuid::fromString(id.value()).isNull(), qPrintable(id.key()));
        m_ids[u"plans"_s] = u"standard"_s; // of no tenant, but of operators
        // The price book is the same for all; of what is not in it there is nothing.
        m_ids[u"prices"_s] = m_ids[u"price-aliases"_s] = newId().toString(QUuid::WithoutBraces);
    }

    void anotherTenantFindsNothing_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("body");
        const QJsonObject paths = m_server.get(u"/openapi.json"_s, {}).json()[u"paths"_s].toObject();
        int routes = 0;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            // The gateway's addresses hold names of models, and its keys belong to a tenant each.
            if (!path.key().contains(u'{') || !path.key().startsWith(u"/api/"))
                continue;
            const QString id = m_ids.value(path.key().section(u'/', 3, 3));
            QVERIFY2(!id.isEmpty(), qPrintable(path.key() + u": this test knows no id for it"_s));
            QString filled = path.key();
            filled.replace(u"{id}"_s, id)
                .replace(u"{name}"_s, id)
                .replace(u"{version}"_s, u"1"_s)
                .replace(u"{draftId}"_s, id)
                .replace(u"{memberId}"_s, m_ids[u"users"_s])
                .replace(u"{assistantId}"_s, m_ids[u"assistants"_s])
                .replace(u"{emoji}"_s, u"x"_s);
            filled.replace(u"{label}"_s, u"production"_s);
            QVERIFY2(!filled.contains(u'{'), qPrintable(filled));
            const QJsonObject operations = path->toObject();
            for (auto operation = operations.begin(); operation != operations.end(); ++operation) {
                const QString schema =
                    (*operation)[u"requestBody"_s][u"content"_s][u"application/json"_s][u"schema"_s][u"$ref"_s]
                        .toString()
                        .section(u'/', -1);
                // Whoever chooses the id of a draft of their own learns nothing of another's: tst_template_drafts.
                if (operation.key() == u"put" && path.key().startsWith(u"/api/v1/template-drafts/"))
                    continue;
                ++routes;
                QTest::addRow("%s %s", qPrintable(operation.key()), qPrintable(path.key()))
                    << operation.key().toUpper() << filled << validBody(schema);
            }
        }
        QVERIFY(routes >= 15);
    }

    void anotherTenantFindsNothing()
    {
        QFETCH(const QString, method);
        QFETCH(const QString, path);
        QFETCH(const QJsonObject, body);
        const auto answer =
            m_server.send(method.toLatin1(), path, body,
                          {.token = m_server.token(northwind, u"owner"_s), .more = {{"If-Match", "\"1\""}}});
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.code(), u"not_found"_s);
        QVERIFY(!answer.body.contains("Acme"));
    }

    // The same requests with the right token are not refused as unknown: the ids above are real.
    void theOwnTenantFindsIt_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"templates", "users",        "jobs",           "credentials",     "audit",         "rules",
              "roles",     "gateway-keys", "gateway-limits", "gateway-routes",  "gateway-calls", "budgets",
              "batches",   "job-actions",  "datasets",       "evaluation-runs", "gates",         "template-drafts",
              "channels",  "messages",     "assistants"})
            QTest::newRow(path) << u"/api/v1/%1/%2"_s.arg(QString::fromLatin1(path),
                                                          m_ids.value(QString::fromLatin1(path)));
    }
    void theOwnTenantFindsIt()
    {
        QFETCH(const QString, path);
        QCOMPARE(m_server.get(path, m_server.token(acme, u"owner"_s)).status, 200);
    }

    void listsShowTheOwnTenantOnly_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"templates",
                                 "users",
                                 "jobs",
                                 "sessions",
                                 "credentials",
                                 "rules",
                                 "roles",
                                 "gateway-keys",
                                 "gateway-limits",
                                 "gateway-routes",
                                 "gateway-calls",
                                 "budgets",
                                 "batches",
                                 "job-actions",
                                 "datasets",
                                 "evaluation-runs",
                                 "gates",
                                 "template-drafts",
                                 "channels",
                                 "channels?scope=open",
                                 "messages",
                                 "channel-drafts",
                                 "assistants",
                                 "templates/export",
                                 "usage?groupBy=user",
                                 "usage/series?splitBy=user&top=50",
                                 "usage/latency"})
            QTest::newRow(path) << u"/api/v1/"_s + QString::fromLatin1(path);
    }
    void listsShowTheOwnTenantOnly()
    {
        QFETCH(const QString, path);
        const auto answer = m_server.get(path, m_server.token(northwind, u"owner"_s));
        QCOMPARE(answer.status, 200);
        for (const QString &id : std::as_const(m_ids))
            QVERIFY(!answer.body.contains(id.toLatin1()));
    }

private:
    QString first(const QString &path, const QByteArray &token)
    {
        return m_server.get(path, token).json()[u"items"_s].toArray().first()[u"id"_s].toString();
    }

    TestServer m_server;
    QHash<QString, QString> m_ids; // by the segment after /api/v1
};

QTEST_GUILESS_MAIN(TestTenantIsolation)
#include "tst_tenant_isolation.moc"
