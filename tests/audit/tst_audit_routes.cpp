// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"
#include "server/database/session.h"
#include "server/database/tenant_scope.h"
#include "server/database/transaction.h"
#include "server/security/access_tokens.h"
#include "shared/id.h"
#include "tests/support/authenticator_app.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString acme = u"acme"_s;
const QByteArray password = "correct horse battery staple";
const QByteArray firstKey = "sk-first-key-of-acme-0001";
const QByteArray secondKey = "sk-second-key-of-acme-0002";

// One request that changes something, and the entry that it must leave. Rows run in order: later ones use what earlier
// ones made. {user}, {template}, … in a path stand for these things.
struct Step
{
    QByteArray method;
    QString path; // as in /openapi.json, ids apart
    QJsonObject body;
    QString action;
    bool hasBefore = false;
    bool hasAfter = false;
    QString label; // of the subject
    QString made = {}; // the name of what it makes
    QByteArray ifMatch = {};
};

// What changes nothing that is guarded, with the reason.
const QHash<QString, QString> withoutEntry{
    {u"POST /api/v1/generate"_s, u"the job is its own record"_s},
    {u"POST /v1/chat/completions"_s, u"the ledger is its record"_s},
    {u"POST /v1/messages"_s, u"the same"_s},
    {u"POST /v1/embeddings"_s, u"the same"_s},
    {u"POST /v1/responses"_s, u"the same"_s},
    {u"DELETE /v1/responses/{id}"_s, u"there are none to delete"_s},
    {u"POST /v1/models/{id}"_s, u"the ledger is its record"_s},
    {u"POST /v1/models/{id}/{id}"_s, u"the same"_s},
    {u"POST /v1/models/{id}/{id}/{id}"_s, u"the same"_s},
    {u"POST /v1beta/models/{id}"_s, u"the same"_s},
    {u"POST /v1beta/models/{id}/{id}"_s, u"the same"_s},
    {u"POST /v1beta/models/{id}/{id}/{id}"_s, u"the same"_s},
    {u"POST /v1/messages/count_tokens"_s, u"changes nothing"_s},
    {u"POST /api/v1/auth/refresh"_s, u"the same session goes on; one that comes twice has an entry"_s},
    {u"POST /api/v1/setup"_s, u"driven by the test's own set-up: theFirstOperator()"_s},
    {u"POST /api/v1/prices/rerate"_s, u"changes nothing; over another tenant: tst_rerate"_s},
    {u"POST /api/v1/templates/{id}/render"_s, u"changes nothing"_s},
    {u"PUT /api/v1/templates/{id}/draft"_s, u"one's own text, which nobody else sees"_s},
    {u"DELETE /api/v1/templates/{id}/draft"_s, u"the same"_s},
    {u"PUT /api/v1/template-drafts/{id}"_s, u"the same"_s},
    {u"DELETE /api/v1/template-drafts/{id}"_s, u"the same"_s},
    {u"POST /api/v1/permissions/explain"_s, u"changes nothing"_s},
    {u"POST /api/v1/permissions/simulate"_s, u"changes nothing"_s},
    {u"POST /api/v1/auth/totp"_s, u"driven by theSecondFactor(), which has to answer with codes"_s},
    {u"POST /api/v1/auth/totp/confirm"_s, u"the same"_s},
    {u"POST /api/v1/auth/totp/recovery-codes"_s, u"the same"_s},
    {u"DELETE /api/v1/auth/totp"_s, u"the same"_s},
    {u"DELETE /api/v1/users/{id}/totp"_s, u"the same"_s},
    {u"POST /api/v1/auth/invitations/accept"_s, u"driven by invitationsAndPasswords(), which passes on tokens"_s},
    {u"POST /api/v1/auth/password-reset"_s, u"the same"_s},
    {u"POST /api/v1/auth/password"_s, u"the same"_s},
    {u"PATCH /api/v1/me"_s, u"the same"_s},
    {u"POST /api/v1/users/invitations"_s, u"the same"_s},
    {u"POST /api/v1/users/{id}/invitation"_s, u"the same"_s},
    {u"DELETE /api/v1/users/{id}/invitation"_s, u"the same"_s},
    {u"POST /api/v1/users/{id}/password-reset"_s, u"the same"_s},
    {u"DELETE /api/v1/sessions"_s, u"the same"_s},
    {u"POST /api/v1/batches/{id}/retry"_s, u"driven by tst_batch_routes, which has jobs that failed"_s},
    {u"POST /api/v1/job-actions/{id}/cancel"_s, u"driven by tst_job_actions, with one that has not ended"_s},
    {u"POST /api/v1/channels/{id}/messages"_s, u"the message is its own record"_s},
    {u"PATCH /api/v1/messages/{id}"_s, u"it keeps what it said before"_s},
    {u"PUT /api/v1/messages/{id}/reactions/{id}"_s, u"the reaction is its own record"_s},
    {u"DELETE /api/v1/messages/{id}/reactions/{id}"_s, u"one's own, taken back"_s},
    {u"POST /api/v1/messages/{id}/stop"_s, u"the answer and its job are their own record"_s},
    {u"POST /api/v1/messages/{id}/regenerate"_s, u"the same"_s},
    {u"PUT /api/v1/messages/{id}/rating"_s, u"the rating is its own record"_s},
    {u"DELETE /api/v1/messages/{id}/rating"_s, u"one's own, taken back"_s},
    {u"PUT /api/v1/channels/{id}/read"_s, u"one's own, which nobody else sees"_s},
    {u"PATCH /api/v1/channels/{id}/membership"_s, u"the same"_s},
    {u"PUT /api/v1/channels/{id}/draft"_s, u"the same"_s},
    {u"DELETE /api/v1/channels/{id}/draft"_s, u"the same"_s},
    {u"DELETE /api/v1/tenants/{id}"_s, u"driven by tst_erasure: the log of the tenant goes with it"_s},
};

QJsonObject version(const QString &prompt) { return {{u"userPrompt"_s, prompt}, {u"defaultModel"_s, u"demo/fast"_s}}; }

QString text(const QByteArray &bytes) { return QString::fromLatin1(bytes); }

// A path with whatever stands for a record in it.
QString withId(QString path) { return path.replace(QRegularExpression(u"\\{\\w+\\}|(?<=/plans/)small"_s), u"{id}"_s); }

QJsonObject rule(const QString &reason)
{
    return {{u"effect"_s, u"deny"_s},
            {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"viewer"_s}}}},
            {u"subject"_s, u"jobs"_s},
            {u"actions"_s, QJsonArray{u"discard"_s}},
            {u"reason"_s, reason}};
}

const QList<Step> steps{
    {"POST",
     u"/api/v1/users"_s,
     {{u"email"_s, u"bob@acme.example"_s},
      {u"displayName"_s, u"Bob"_s},
      {u"password"_s, text(password)},
      {u"roles"_s, QJsonArray{u"admin"_s}}},
     u"users.create"_s,
     false,
     true,
     u"Bob"_s,
     u"user"_s},
    {"PATCH",
     u"/api/v1/users/{user}"_s,
     {{u"displayName"_s, u"Robert"_s}},
     u"users.update"_s,
     true,
     true,
     u"Robert"_s,
     {},
     "\"1\""},
    {"POST",
     u"/api/v1/templates"_s,
     {{u"name"_s, u"=SUM(1;2)"_s}, {u"slug"_s, u"formula"_s}, {u"version"_s, version(u"Hello {{input}}"_s)}},
     u"templates.create"_s,
     false,
     true,
     u"=SUM(1;2)"_s,
     u"template"_s},
    {"PATCH",
     u"/api/v1/templates/{template}"_s,
     {{u"folder"_s, u"Letters"_s}},
     u"templates.update"_s,
     true,
     true,
     u"=SUM(1;2)"_s,
     {},
     "\"1\""},
    {"POST", u"/api/v1/templates/{template}/versions"_s, version(u"Good day {{input}}"_s), u"templates.update"_s, true,
     true, u"=SUM(1;2)"_s},
    {"PUT",
     u"/api/v1/templates/{template}/labels/{production}"_s,
     {{u"version"_s, 1}},
     u"templates.publish"_s,
     false,
     true,
     u"=SUM(1;2)"_s},
    {"PUT",
     u"/api/v1/templates/{template}/labels/{production}"_s,
     {{u"version"_s, 2}},
     u"templates.publish"_s,
     true,
     true,
     u"=SUM(1;2)"_s},
    {"POST",
     u"/api/v1/templates/{template}/labels/{production}/rollback"_s,
     {},
     u"templates.publish"_s,
     true,
     true,
     u"=SUM(1;2)"_s},
    {"DELETE",
     u"/api/v1/templates/{template}/labels/{production}"_s,
     {},
     u"templates.publish"_s,
     true,
     false,
     u"=SUM(1;2)"_s},
    {"POST",
     u"/api/v1/templates/{template}/duplicate"_s,
     {{u"name"_s, u"Twin"_s}},
     u"templates.create"_s,
     false,
     true,
     u"Twin"_s},
    {"POST",
     u"/api/v1/templates/folders/move"_s,
     {{u"from"_s, u"Letters"_s}, {u"to"_s, u"Post"_s}},
     u"templates.update"_s,
     true,
     true,
     u"Letters"_s},
    {"POST",
     u"/api/v1/templates/import"_s,
     {{u"bundle"_s,
       QJsonObject{{u"format"_s, u"patio-templates"_s},
                   {u"formatVersion"_s, 1},
                   {u"templates"_s,
                    QJsonArray{QJsonObject{{u"slug"_s, u"brought"_s},
                                           {u"name"_s, u"Brought"_s},
                                           {u"versions"_s,
                                            QJsonArray{QJsonObject{{u"version"_s, 1},
                                                                   {u"userPrompt"_s, u"{{input}}"_s},
                                                                   {u"defaultModel"_s, u"demo/fast"_s}}}}}}}}}},
     u"templates.create"_s,
     false,
     true,
     u"Brought"_s},
    {"DELETE", u"/api/v1/templates/{template}"_s, {}, u"templates.delete"_s, true, false, u"=SUM(1;2)"_s},
    {"POST", u"/api/v1/templates/{template}/restore"_s, {}, u"templates.create"_s, false, true, u"=SUM(1;2)"_s},
    {"POST",
     u"/api/v1/credentials"_s,
     {{u"provider"_s, u"vllm"_s},
      {u"kind"_s, u"openai"_s},
      {u"key"_s, text(firstKey)},
      {u"baseUrl"_s, u"http://127.0.0.1:9/v1"_s}},
     u"credentials.create"_s,
     false,
     true,
     u"vllm"_s,
     u"credential"_s},
    {"PATCH",
     u"/api/v1/credentials/{credential}"_s,
     {{u"key"_s, text(secondKey)}},
     u"credentials.update"_s,
     true,
     true,
     u"vllm"_s,
     {},
     "\"1\""},
    {"POST", u"/api/v1/credentials/{credential}/test"_s, {}, u"credentials.update"_s, false, true, u"vllm"_s},
    {"DELETE", u"/api/v1/credentials/{credential}"_s, {}, u"credentials.delete"_s, true, false, u"vllm"_s},
    {"POST",
     u"/api/v1/gateway-keys"_s,
     {{u"name"_s, u"Web shop"_s}},
     u"gatewayKeys.create"_s,
     false,
     true,
     u"Web shop"_s,
     u"gatewayKey"_s},
    {"PATCH",
     u"/api/v1/gateway-keys/{gatewayKey}"_s,
     {{u"name"_s, u"Web shop 2"_s}},
     u"gatewayKeys.update"_s,
     true,
     true,
     u"Web shop 2"_s,
     {},
     "\"1\""},
    {"POST",
     u"/api/v1/gateway-keys/{gatewayKey}/rotate"_s,
     {{u"overlapMinutes"_s, 0}},
     u"gatewayKeys.update"_s,
     true,
     true,
     u"Web shop 2"_s},
    {"DELETE", u"/api/v1/gateway-keys/{gatewayKey}"_s, {}, u"gatewayKeys.delete"_s, true, true, u"Web shop 2"_s},
    {"POST",
     u"/api/v1/gateway-routes"_s,
     {{u"alias"_s, u"fast"_s}, {u"targets"_s, QJsonArray{QJsonObject{{u"model"_s, u"demo/fast"_s}}}}},
     u"gatewayRoutes.create"_s,
     false,
     true,
     u"fast"_s,
     u"gatewayRoute"_s},
    {"PUT",
     u"/api/v1/gateway-routes/{gatewayRoute}"_s,
     {{u"alias"_s, u"quick"_s}, {u"targets"_s, QJsonArray{QJsonObject{{u"model"_s, u"demo/fast"_s}}}}},
     u"gatewayRoutes.update"_s,
     true,
     true,
     u"quick"_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/gateway-routes/{gatewayRoute}"_s, {}, u"gatewayRoutes.delete"_s, true, false, u"quick"_s},
    {"POST",
     u"/api/v1/budgets"_s,
     {{u"name"_s, u"Team"_s},
      {u"subject"_s, u"tenant"_s},
      {u"period"_s, u"day"_s},
      {u"amountNanos"_s, qint64(1'000'000'000'000)}},
     u"budgets.create"_s,
     false,
     true,
     u"Team"_s,
     u"budget"_s},
    {"PATCH",
     u"/api/v1/budgets/{budget}"_s,
     {{u"name"_s, u"The team"_s}},
     u"budgets.update"_s,
     true,
     true,
     u"The team"_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/budgets/{budget}"_s, {}, u"budgets.delete"_s, true, false, u"The team"_s},
    {"POST",
     u"/api/v1/datasets"_s,
     {{u"name"_s, u"Refunds"_s}},
     u"evaluations.create"_s,
     false,
     true,
     u"Refunds"_s,
     u"dataset"_s},
    {"PATCH",
     u"/api/v1/datasets/{dataset}"_s,
     {{u"name"_s, u"All refunds"_s}},
     u"evaluations.update"_s,
     true,
     true,
     u"All refunds"_s,
     {},
     "\"1\""},
    {"PATCH",
     u"/api/v1/datasets/{dataset}/cases"_s,
     {{u"added"_s, QJsonArray{QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"hello"_s}}}}}}},
     u"evaluations.update"_s,
     true,
     true,
     u"All refunds"_s},
    {"POST",
     u"/api/v1/datasets/{dataset}/import"_s,
     {{u"format"_s, u"csv"_s}, {u"text"_s, u"input\nhello\n"_s}},
     u"evaluations.update"_s,
     true,
     true,
     u"All refunds"_s},
    {"POST",
     u"/api/v1/datasets/{dataset}/cases/from-jobs"_s,
     {{u"jobIds"_s, QJsonArray{u"{templated}"_s}}, {u"takesOutput"_s, false}},
     u"evaluations.update"_s,
     true,
     true,
     u"All refunds"_s},
    {"POST",
     u"/api/v1/evaluation-runs"_s,
     {{u"datasetId"_s, u"{dataset}"_s},
      {u"name"_s, u"Nightly"_s},
      {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"{judgedSlug}"_s}}}}},
     u"evaluations.run"_s,
     false,
     true,
     u"Nightly"_s,
     u"evaluationRun"_s},
    {"POST", u"/api/v1/evaluation-runs/{evaluationRun}/cancel"_s, {}, u"evaluations.run"_s, true, true, u"Nightly"_s},
    {"DELETE", u"/api/v1/evaluation-runs/{evaluationRun}"_s, {}, u"evaluations.delete"_s, true, false, u"Nightly"_s},
    {"POST",
     u"/api/v1/gates"_s,
     {{u"templateId"_s, u"{judged}"_s}, {u"label"_s, u"production"_s}, {u"datasetId"_s, u"{dataset}"_s}},
     u"templates.publish"_s,
     false,
     true,
     u"Judged"_s,
     u"gate"_s},
    {"PATCH",
     u"/api/v1/gates/{gate}"_s,
     {{u"minimumScore"_s, 0.5}},
     u"templates.publish"_s,
     true,
     true,
     u"Judged"_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/gates/{gate}"_s, {}, u"templates.publish"_s, true, false, u"Judged"_s},
    {"DELETE", u"/api/v1/datasets/{dataset}"_s, {}, u"evaluations.delete"_s, true, false, u"All refunds"_s},
    {"POST",
     u"/api/v1/gateway-limits"_s,
     {{u"subject"_s, u"key"_s}, {u"kind"_s, u"requestsPerMinute"_s}, {u"amount"_s, 60}},
     u"gatewayLimits.create"_s,
     false,
     true,
     u"Each key: 60 requests a minute"_s,
     u"gatewayLimit"_s},
    {"PATCH",
     u"/api/v1/gateway-limits/{gatewayLimit}"_s,
     {{u"amount"_s, 1}},
     u"gatewayLimits.update"_s,
     true,
     true,
     u"Each key: 1 request a minute"_s,
     {},
     "\"1\""},
    {"DELETE",
     u"/api/v1/gateway-limits/{gatewayLimit}"_s,
     {},
     u"gatewayLimits.delete"_s,
     true,
     false,
     u"Each key: 1 request a minute"_s},
    {"PUT",
     u"/api/v1/gateway-settings"_s,
     {{u"deniedPatterns"_s, QJsonArray{u"falcon"_s}}},
     u"gatewaySettings.update"_s,
     true,
     true,
     u""_s,
     {},
     "\"1\""},
    {"POST",
     u"/api/v1/generate/batch"_s,
     {{u"name"_s, u"Letters"_s},
      {u"template"_s, u"formula"_s},
      {u"model"_s, u"demo/fast"_s},
      {u"runAt"_s, u"2099-01-01T00:00:00.000Z"_s},
      {u"inputs"_s, QJsonArray{QJsonObject{{u"input"_s, u"a"_s}}, QJsonObject{{u"input"_s, u"b"_s}}}}},
     u"batches.create"_s,
     false,
     true,
     u"Letters"_s,
     u"batch"_s},
    {"POST", u"/api/v1/batches/{batch}/pause"_s, {}, u"batches.update"_s, true, true, u"Letters"_s},
    {"POST", u"/api/v1/batches/{batch}/resume"_s, {}, u"batches.update"_s, true, true, u"Letters"_s},
    {"POST", u"/api/v1/batches/{batch}/cancel"_s, {}, u"batches.update"_s, true, true, u"Letters"_s},
    {"POST",
     u"/api/v1/job-actions/replay"_s,
     {{u"filter"_s, QJsonObject{{u"model"_s, u"demo/none"_s}}}},
     u"jobs.replay"_s,
     false,
     true,
     u"0 jobs queued again"_s},
    {"POST",
     u"/api/v1/job-actions/discard"_s,
     {{u"filter"_s, QJsonObject{{u"model"_s, u"demo/none"_s}}}, {u"reason"_s, u"Old"_s}},
     u"jobs.discard"_s,
     false,
     true,
     u"0 jobs discarded"_s},
    {"PUT",
     u"/api/v1/settings/jobs"_s,
     {{u"runningJobs"_s, 500}},
     u"settings.update"_s,
     true,
     true,
     u""_s,
     {},
     "\"1\""},
    {"PATCH", u"/api/v1/jobs/{queued}"_s, {{u"priority"_s, u"high"_s}}, u"jobs.update"_s, true, true, u"demo/fast"_s},
    {"POST", u"/api/v1/jobs/{queued}/cancel"_s, {}, u"jobs.cancel"_s, true, true, u"demo/fast"_s},
    {"POST", u"/api/v1/jobs/{queued}/retry"_s, {}, u"jobs.replay"_s, true, true, u"demo/fast"_s},
    {"POST", u"/api/v1/jobs/{queued}/replay"_s, {}, u"jobs.replay"_s, false, true, u"demo/fast"_s},
    {"POST",
     u"/api/v1/jobs/{dead}/discard"_s,
     {{u"reason"_s, u"Nobody needs it"_s}},
     u"jobs.discard"_s,
     true,
     true,
     u"demo/fast"_s},
    {"POST",
     u"/api/v1/auth/login"_s,
     {{u"tenant"_s, acme},
      {u"email"_s, u"bob@acme.example"_s},
      {u"password"_s, text(password)},
      {u"device"_s, u"Bob's desk"_s}},
     u"sessions.create"_s,
     false,
     true,
     u"Bob's desk"_s,
     u"signedIn"_s},
    {"DELETE", u"/api/v1/sessions/{session}"_s, {}, u"sessions.delete"_s, true, false, u"Robert"_s},
    {"POST", u"/api/v1/auth/logout"_s, {}, u"sessions.delete"_s, false, false, u""_s},
    {"DELETE", u"/api/v1/users/{user}"_s, {}, u"users.delete"_s, true, false, u"Robert"_s},
    {"PATCH",
     u"/api/v1/settings"_s,
     {{u"requireSecondFactor"_s, false}},
     u"settings.update"_s,
     true,
     true,
     u""_s,
     {},
     "\"1\""},
    {"POST",
     u"/api/v1/roles"_s,
     {{u"name"_s, u"Reviewer"_s}, {u"abilities"_s, QJsonArray{u"jobs.read"_s}}},
     u"roles.create"_s,
     false,
     true,
     u"Reviewer"_s,
     u"role"_s},
    {"PATCH",
     u"/api/v1/roles/{role}"_s,
     {{u"description"_s, u"Reads."_s}},
     u"roles.update"_s,
     true,
     true,
     u"Reviewer"_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/roles/{role}"_s, {}, u"roles.delete"_s, true, false, u"Reviewer"_s},
    {"POST", u"/api/v1/rules"_s, rule(u"Jobs stay."_s), u"rules.create"_s, false, true, u"Jobs stay."_s, u"rule"_s},
    {"PUT",
     u"/api/v1/rules/{rule}"_s,
     rule(u"Jobs stay for now."_s),
     u"rules.update"_s,
     true,
     true,
     u"Jobs stay for now."_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/rules/{rule}"_s, {}, u"rules.delete"_s, true, false, u"Jobs stay for now."_s},
    {"POST",
     u"/api/v1/tenants"_s,
     {{u"slug"_s, u"globex"_s},
      {u"name"_s, u"Globex"_s},
      {u"owner"_s,
       QJsonObject{{u"email"_s, u"gil@globex.example"_s},
                   {u"displayName"_s, u"Gil"_s},
                   {u"password"_s, text(password)},
                   {u"roles"_s, QJsonArray{u"owner"_s}}}}},
     u"tenants.create"_s,
     false,
     true,
     u"Globex"_s,
     u"tenant"_s},
    {"PATCH",
     u"/api/v1/tenants/{tenant}"_s,
     {{u"status"_s, u"suspended"_s}},
     u"tenants.update"_s,
     true,
     true,
     u"Globex"_s,
     {},
     "\"1\""},
    {"PATCH",
     u"/api/v1/tenant"_s,
     {{u"theme"_s, QJsonObject{{u"accent"_s, u"#0B7285"_s}}}},
     u"settings.update"_s,
     true,
     true,
     u"Acme Retail"_s,
     {},
     "\"2\""},
    {"POST", u"/api/v1/plans"_s, {{u"name"_s, u"small"_s}}, u"tenants.update"_s, false, true, u"Plan small"_s},
    {"PUT",
     u"/api/v1/plans/small"_s,
     {{u"limits"_s, QJsonObject{{u"users"_s, 3}}}},
     u"tenants.update"_s,
     true,
     true,
     u"Plan small"_s,
     {},
     "\"1\""},
    {"DELETE", u"/api/v1/plans/small"_s, {}, u"tenants.update"_s, true, false, u"Plan small"_s},
    {"POST",
     u"/api/v1/prices"_s,
     {{u"provider"_s, u"openai"_s},
      {u"model"_s, u"gpt-9"_s},
      {u"validFrom"_s, u"2099-01-01T00:00:00.000Z"_s},
      {u"prices"_s, QJsonObject{{u"input"_s, 1'000'000}}},
      {u"source"_s, u"https://openai.com"_s}},
     u"prices.update"_s,
     false,
     true,
     u"openai/gpt-9 2099-01-01T00:00:00.000Z"_s,
     u"price"_s},
    {"PATCH",
     u"/api/v1/prices/{price}"_s,
     {{u"verified"_s, true}},
     u"prices.update"_s,
     true,
     true,
     u"openai/gpt-9 2099-01-01T00:00:00.000Z"_s},
    {"DELETE",
     u"/api/v1/prices/{price}"_s,
     {},
     u"prices.update"_s,
     true,
     false,
     u"openai/gpt-9 2099-01-01T00:00:00.000Z"_s},
    {"POST",
     u"/api/v1/prices/import"_s,
     {{u"format"_s, u"csv"_s},
      {u"dryRun"_s, false},
      {u"text"_s, u"provider,model,validFrom,input\nopenai,gpt-10,2099-01-01,1.25\n"_s}},
     u"prices.update"_s,
     false,
     true,
     u"Import of 1 rows"_s},
    {"POST",
     u"/api/v1/price-aliases"_s,
     {{u"name"_s, u"my-deployment"_s}, {u"target"_s, u"openai/gpt-4.1"_s}},
     u"prices.update"_s,
     false,
     true,
     u"my-deployment"_s,
     u"alias"_s},
    {"DELETE", u"/api/v1/price-aliases/{alias}"_s, {}, u"prices.update"_s, true, false, u"my-deployment"_s},
    {"POST",
     u"/api/v1/channels"_s,
     {{u"kind"_s, u"public"_s}, {u"name"_s, u"help"_s}},
     u"channels.create"_s,
     false,
     true,
     u"#help"_s,
     u"channel"_s},
    {"PATCH", u"/api/v1/channels/{channel}"_s, {{u"topic"_s, u"Ask"_s}}, u"channels.update"_s, true, true, u"#help"_s},
    {"POST",
     u"/api/v1/assistants"_s,
     {{u"name"_s, u"Helper"_s}, {u"template"_s, u"formula"_s}},
     u"assistants.create"_s,
     false,
     true,
     u"Helper"_s,
     u"assistant"_s},
    {"PATCH",
     u"/api/v1/assistants/{assistant}"_s,
     {{u"description"_s, u"Knows all"_s}},
     u"assistants.update"_s,
     true,
     true,
     u"Helper"_s,
     {},
     "\"1\""},
    {"POST",
     u"/api/v1/channels/{channel}/assistants"_s,
     {{u"assistantId"_s, u"{assistant}"_s}},
     u"channels.update"_s,
     false,
     true,
     u"#help"_s},
    {"DELETE",
     u"/api/v1/channels/{channel}/assistants/{assistant}"_s,
     {},
     u"channels.update"_s,
     true,
     false,
     u"#help"_s},
    {"POST", u"/api/v1/assistants/{assistant}/channel"_s, {}, u"channels.create"_s, false, true, u"direct"_s},
    {"DELETE", u"/api/v1/assistants/{assistant}"_s, {}, u"assistants.delete"_s, true, false, u"Helper"_s},
    {"POST",
     u"/api/v1/channels/{channel}/members"_s,
     {{u"memberIds"_s, QJsonArray{u"{viewer}"_s}}},
     u"channels.update"_s,
     false,
     true,
     u"#help"_s},
    {"PATCH",
     u"/api/v1/channels/{channel}/members/{viewer}"_s,
     {{u"role"_s, u"owner"_s}},
     u"channels.update"_s,
     true,
     true,
     u"#help"_s},
    {"POST", u"/api/v1/channels/{channel}/leave"_s, {}, u"channels.update"_s, true, false, u"#help"_s},
    {"POST", u"/api/v1/channels/{channel}/join"_s, {}, u"channels.update"_s, false, true, u"#help"_s},
    {"PATCH",
     u"/api/v1/channels/{channel}/members/{me}"_s,
     {{u"role"_s, u"owner"_s}},
     u"channels.update"_s,
     true,
     true,
     u"#help"_s},
    {"DELETE", u"/api/v1/channels/{channel}/members/{viewer}"_s, {}, u"channels.update"_s, true, false, u"#help"_s},
    {"PUT", u"/api/v1/messages/{message}/pin"_s, {}, u"chat.post"_s, true, true, u"#help"_s},
    {"DELETE", u"/api/v1/messages/{message}/pin"_s, {}, u"chat.post"_s, true, true, u"#help"_s},
    {"DELETE", u"/api/v1/messages/{message}"_s, {}, u"chat.post"_s, true, false, u"#help"_s},
    {"DELETE", u"/api/v1/channels/{channel}"_s, {}, u"channels.delete"_s, true, false, u"#help"_s},
};

} // namespace

// The audit log over HTTP: what each change and each refusal leaves in it, finding and exporting it.
class TestAuditRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(acme, u"owner"_s);
        m_operator = m_server.operatorToken();
        QVERIFY(!m_owner.isEmpty() && !m_operator.isEmpty());
        m_ownerId = m_server.get(u"/api/v1/me"_s, m_owner).json()[u"userId"_s].toString();
    }

    void theFirstOperator()
    {
        const QJsonArray made = entries(u"action=users.create"_s, m_operator);
        QCOMPARE(made.size(), 1);
        QCOMPARE(made[0][u"subjectLabel"_s], u"olga@example.com"_s);
        QVERIFY(made[0][u"actorId"_s].isNull());
        QCOMPARE(made[0][u"address"_s], u"127.0.0.1"_s);
    }

    // A route that is added without an entry makes this fail, until it has one or stands above with its reason.
    void everyChangingRouteIsDriven()
    {
        QSet<QString> driven;
        for (const Step &step : steps)
            driven.insert(text(step.method) + u' ' + withId(step.path));
        const QJsonObject paths = m_server.get(u"/openapi.json"_s, {}).json()[u"paths"_s].toObject();
        QVERIFY(paths.size() > 15);
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            for (const QString &method : path->toObject().keys()) {
                const QString route = method.toUpper() + u' ' + withId(path.key());
                if (method != u"get"_s && !withoutEntry.contains(route))
                    QVERIFY2(driven.contains(route), qPrintable(route));
            }
        }
    }

    void changes_data()
    {
        QTest::addColumn<int>("step");
        for (int i = 0; i < steps.size(); ++i)
            QTest::addRow("%s %s", steps[i].method.constData(), qPrintable(steps[i].path)) << i;
    }
    void changes()
    {
        QFETCH(const int, step);
        const Step &request = steps[step];
        const bool forOperators = request.path.startsWith(u"/api/v1/tenants"_s)
            || request.path.startsWith(u"/api/v1/plans"_s) || request.path.startsWith(u"/api/v1/price"_s);
        const QByteArray reader = forOperators ? m_operator : m_owner;
        const QByteArray token = request.path == u"/api/v1/auth/logout"_s ? signInAsBob()
            : request.path.endsWith(u"/login"_s)                          ? QByteArray()
                                                                          : reader;
        const QString path = filled(request.path);
        QVERIFY(!path.contains(u'{'));
        const QJsonObject body = json::object(filled(QString::fromUtf8(json::print(request.body))).toUtf8());
        const qint64 before = lastSequence(reader);
        const QByteArray requestId = newId().toByteArray(QUuid::WithoutBraces);
        TestServer::RequestHeaders headers{.token = token, .more = {{"X-Request-Id", requestId}}};
        if (!request.ifMatch.isEmpty())
            headers.more.append({"If-Match", request.ifMatch});
        const HttpAnswer answer = m_server.send(request.method, path, body, headers);
        QVERIFY2(answer.status < 300, answer.body.constData());
        if (!request.made.isEmpty())
            note(request.made, answer.json());

        QCOMPARE(lastSequence(reader), before + 1);
        const QJsonArray found = entries(u"requestId="_s + text(requestId), reader);
        QCOMPARE(found.size(), 1);
        const QJsonValue entry = found[0];
        QCOMPARE(entry[u"action"_s], request.action);
        QCOMPARE(entry[u"subjectType"_s], request.action.section(u'.', 0, 0));
        QCOMPARE(entry[u"subjectLabel"_s], request.label);
        QVERIFY(!entry[u"subjectId"_s].toString().isEmpty());
        QCOMPARE(entry[u"outcome"_s], u"done"_s);
        QCOMPARE(entry[u"address"_s], u"127.0.0.1"_s);
        QVERIFY(!entry[u"sessionId"_s].isNull());
        if (token == m_owner) {
            QCOMPARE(entry[u"actorId"_s], m_ownerId);
            QVERIFY(!entry[u"actorName"_s].toString().isEmpty());
        }
        const QJsonObject detail = m_server.get(u"/api/v1/audit/"_s + entry[u"id"_s].toString(), reader).json();
        QCOMPARE(detail[u"before"_s].isObject(), request.hasBefore);
        QCOMPARE(detail[u"after"_s].isObject(), request.hasAfter);
        if (request.hasBefore && request.hasAfter)
            QVERIFY(detail[u"before"_s] != detail[u"after"_s]);
        QCOMPARE(detail[u"hash"_s].toString().size(), 64);
    }

    void beforeAndAfterSayWhatChanged()
    {
        const QJsonObject renamed = detailOf(u"action=users.update"_s);
        QCOMPARE(renamed[u"before"_s][u"displayName"_s], u"Bob"_s);
        QCOMPARE(renamed[u"after"_s][u"displayName"_s], u"Robert"_s);
        QCOMPARE(renamed[u"after"_s][u"email"_s], u"bob@acme.example"_s);
        const QJsonObject canceled = detailOf(u"action=jobs.cancel"_s);
        QCOMPARE(canceled[u"before"_s][u"state"_s], u"queued"_s);
        QCOMPARE(canceled[u"after"_s][u"state"_s], u"canceled"_s);
        QCOMPARE(detailOf(u"action=jobs.discard"_s)[u"entry"_s][u"reason"_s], u"Nobody needs it"_s);
        const QJsonObject replaced = detailOf(u"action=credentials.update&search=sk"_s);
        QVERIFY(replaced[u"before"_s][u"keyHint"_s].toString().endsWith(u"0001"_s));
        QVERIFY(replaced[u"after"_s][u"keyHint"_s].toString().endsWith(u"0002"_s));
    }

    // Suspending a tenant, which the operators' log has, stands in its own log as well; and so does its first owner.
    void aTenantsOwnLogKnowsWhatOperatorsDid()
    {
        const auto actions =
            inTenant<QString>(m_ids[u"tenant"_s], "SELECT action FROM audit_entries ORDER BY sequence");
        QCOMPARE(actions, (QStringList{u"users.create"_s, u"tenants.update"_s}));
    }

    void aRepeatedRequestIsOneEntry()
    {
        const QByteArray key = newId().toByteArray(QUuid::WithoutBraces);
        const QJsonObject body{{u"name"_s, u"Twice"_s}, {u"version"_s, version(u"Hi"_s)}};
        const qint64 before = lastSequence(m_owner);
        for (int i = 0; i < 2; ++i)
            QCOMPARE(
                m_server
                    .send("POST", u"/api/v1/templates"_s, body, {.token = m_owner, .more = {{"Idempotency-Key", key}}})
                    .status,
                201);
        QCOMPARE(lastSequence(m_owner), before + 1);
    }

    void whatFailsLeavesNoEntry()
    {
        const qint64 before = lastSequence(m_owner);
        QCOMPARE(m_server.post(u"/api/v1/templates"_s, {}, m_owner).status, 422);
        QCOMPARE(m_server.send("DELETE", u"/api/v1/users/"_s + m_ownerId, {}, {.token = m_owner}).status, 409);
        QCOMPARE(m_server.get(u"/api/v1/jobs/"_s + m_ownerId, m_owner).status, 404);
        QCOMPARE(lastSequence(m_owner), before);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("who");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("action");
        const QJsonObject owner{{u"email"_s, u"eve@acme.example"_s},
                                {u"displayName"_s, u"Eve"_s},
                                {u"password"_s, text(password)},
                                {u"roles"_s, QJsonArray{u"owner"_s}}};
        QTest::newRow("the router") << QByteArray("POST") << u"/api/v1/templates"_s << QJsonObject{} << u"viewer"_s
                                    << 403 << u"templates.create"_s;
        QTest::newRow("reading") << QByteArray("GET") << u"/api/v1/audit"_s << QJsonObject{} << u"viewer"_s << 403
                                 << u"audit.read"_s;
        QTest::newRow("exporting") << QByteArray("GET") << u"/api/v1/audit/export"_s << QJsonObject{} << u"viewer"_s
                                   << 403 << u"audit.export"_s;
        QTest::newRow("a generation") << QByteArray("POST") << u"/api/v1/generate"_s << QJsonObject{} << u"viewer"_s
                                      << 403 << u"jobs.create"_s;
        QTest::newRow("with an id") << QByteArray("DELETE") << u"/api/v1/users/{owner}"_s << QJsonObject{}
                                    << u"viewer"_s << 403 << u"users.delete"_s;
        QTest::newRow("a service") << QByteArray("POST") << u"/api/v1/users"_s << owner << u"admin"_s << 403
                                   << u"users.create"_s;
        QTest::newRow("others' sessions") << QByteArray("GET") << u"/api/v1/sessions?userId={owner}"_s << QJsonObject{}
                                          << u"viewer"_s << 403 << u"sessions.read"_s;
        QTest::newRow("concealed: operators only")
            << QByteArray("GET") << u"/api/v1/tenants"_s << QJsonObject{} << u"owner"_s << 404 << u"tenants.read"_s;
        QTest::newRow("concealed: another's session") << QByteArray("DELETE") << u"/api/v1/sessions/{ownerSession}"_s
                                                      << QJsonObject{} << u"viewer"_s << 404 << u"sessions.delete"_s;
    }
    void refusals()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QString, path);
        QFETCH(const QJsonObject, body);
        QFETCH(const QString, who);
        QFETCH(const int, status);
        QFETCH(const QString, action);
        m_ids[u"owner"_s] = m_ownerId;
        m_ids[u"ownerSession"_s] = m_server.get(u"/api/v1/me"_s, m_owner).json()[u"sessionId"_s].toString();
        const QByteArray requestId = newId().toByteArray(QUuid::WithoutBraces);
        const QByteArray token = who == u"admin"_s ? adminToken() : m_server.token(acme, who);
        const HttpAnswer answer =
            m_server.send(method, filled(path), body, {.token = token, .more = {{"X-Request-Id", requestId}}});
        QCOMPARE(answer.status, status);
        const QString query = u"requestId="_s + text(requestId);
        QTRY_COMPARE(entries(query, m_owner).size(), 1);
        const QJsonValue entry = entries(query, m_owner)[0];
        QCOMPARE(entry[u"outcome"_s], u"refused"_s);
        QCOMPARE(entry[u"action"_s], action);
        QVERIFY(!entry[u"reason"_s].toString().isEmpty());
        QVERIFY(!entry[u"actorId"_s].isNull());
        QVERIFY(!entry[u"sessionId"_s].isNull());
        if (path.startsWith(u"/api/v1/users/"_s))
            QCOMPARE(entry[u"subjectId"_s], m_ownerId);
    }

    void failedSignIns()
    {
        const QString email = m_server.demoUser(acme, u"viewer"_s)[u"email"_s].toString();
        const auto attempt = [&](const QString &tenant, const QString &who, const QByteArray &requestId) {
            const QJsonObject body{
                {u"tenant"_s, tenant}, {u"email"_s, who}, {u"password"_s, u"wrong guess of a password"_s}};
            return m_server.send("POST", u"/api/v1/auth/login"_s, body, {.more = {{"X-Request-Id", requestId}}}).status;
        };
        QCOMPARE(attempt(acme, email, "guess-1"), 401);
        QTRY_COMPARE(entries(u"requestId=guess-1"_s, m_owner).size(), 1);
        const QJsonValue known = entries(u"requestId=guess-1"_s, m_owner)[0];
        QCOMPARE(known[u"action"_s], u"sessions.create"_s);
        QCOMPARE(known[u"outcome"_s], u"refused"_s);
        QCOMPARE(known[u"subjectLabel"_s], email);
        QVERIFY(known[u"actorId"_s].isNull());
        // It may be a password that somebody typed into the wrong field.
        QCOMPARE(attempt(acme, u"typed-into-the-wrong-field"_s, "guess-2"), 401);
        QTRY_COMPARE(entries(u"requestId=guess-2"_s, m_owner).size(), 1);
        QCOMPARE(entries(u"requestId=guess-2"_s, m_owner)[0][u"subjectLabel"_s], u""_s);
        // Of a tenant that is not there the operators learn.
        QCOMPARE(attempt(u"no-such-tenant"_s, email, "guess-3"), 401);
        QTRY_COMPARE(entries(u"requestId=guess-3"_s, m_operator).size(), 1);
    }

    void aStolenRefreshTokenIsWrittenDown()
    {
        const QJsonObject user = m_server.demoUser(acme, u"viewer"_s);
        const QJsonObject signIn{
            {u"tenant"_s, acme}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}};
        const QJsonObject signedIn = m_server.post(u"/api/v1/auth/login"_s, signIn, {}).json();
        const QJsonObject refresh{{u"refreshToken"_s, signedIn[u"refreshToken"_s]}};
        m_secrets.append(signedIn[u"refreshToken"_s].toString());
        m_secrets.append(signedIn[u"accessToken"_s].toString());
        QCOMPARE(m_server.post(u"/api/v1/auth/refresh"_s, refresh, {}).status, 200);
        QCOMPARE(m_server.post(u"/api/v1/auth/refresh"_s, refresh, {}).status, 401);
        const QString session = signedIn[u"profile"_s][u"sessionId"_s].toString();
        const QJsonArray found = entries(u"action=sessions.delete&subjectId="_s + session, m_owner);
        QCOMPARE(found.size(), 1);
        QVERIFY(found[0][u"reason"_s].toString().contains(u"somebody has a copy"_s));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::newRow("who") << u"actorId="_s + m_ownerId << u"actorId"_s << m_ownerId;
        QTest::newRow("type of subject") << u"subjectType=credentials"_s << u"subjectType"_s << u"credentials"_s;
        QTest::newRow("subject") << u"subjectId="_s + m_ids[u"user"_s] << u"subjectId"_s << m_ids[u"user"_s];
        QTest::newRow("action") << u"action=templates.update"_s << u"action"_s << u"templates.update"_s;
        QTest::newRow("outcome") << u"outcome=refused"_s << u"outcome"_s << u"refused"_s;
        const QString session = m_server.get(u"/api/v1/me"_s, m_owner).json()[u"sessionId"_s].toString();
        QTest::newRow("session") << u"sessionId="_s + session << u"sessionId"_s << session;
        QTest::newRow("two of them") << u"outcome=done&action=users.update"_s << u"action"_s << u"users.update"_s;
    }
    void filters()
    {
        QFETCH(const QString, query);
        QFETCH(const QString, member);
        QFETCH(const QString, value);
        const QJsonArray found = entries(query, m_owner);
        QVERIFY(!found.isEmpty());
        for (const QJsonValue entry : found)
            QCOMPARE(entry[member], value);
        QVERIFY(found.size() < entries({}, m_owner).size());
    }

    void search_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("a name") << u"robert"_s << true;
        QTest::newRow("the beginning of a word") << u"ROB"_s << true;
        QTest::newRow("an e-mail address") << u"bob@acme.example"_s << true;
        QTest::newRow("two words, accents") << u"róbert users"_s << true;
        QTest::newRow("one of two is not there") << u"robert zzz"_s << false;
        QTest::newRow("the end of a word") << u"obert"_s << false;
        QTest::newRow("nothing") << u"zzz"_s << false;
        QTest::newRow("signs only") << u"' & | :*"_s << true; // as without
    }
    void search()
    {
        QFETCH(const QString, words);
        QFETCH(const bool, isFound);
        const QString query = u"action=users.update&search="_s + QString::fromLatin1(QUrl::toPercentEncoding(words));
        QCOMPARE(!entries(query, m_owner).isEmpty(), isFound);
    }

    void times()
    {
        const QJsonArray all = entries({}, m_owner);
        const QString middle = all[all.size() / 2][u"at"_s].toString();
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(middle));
        for (const QJsonValue entry : entries(u"from="_s + encoded, m_owner))
            QVERIFY(entry[u"at"_s].toString() >= middle);
        for (const QJsonValue entry : entries(u"to="_s + encoded, m_owner))
            QVERIFY(entry[u"at"_s].toString() < middle);
        QCOMPARE(entries(u"from="_s + encoded, m_owner).size() + entries(u"to="_s + encoded, m_owner).size(),
                 all.size());
    }

    void wrongFilters_data()
    {
        QTest::addColumn<QString>("query");
        for (const char *query :
             {"actorId=x", "outcome=perhaps", "limit=0", "limit=201", "cursor=x", "from=yesterday", "who=me"})
            QTest::newRow(query) << QString::fromLatin1(query);
    }
    void wrongFilters()
    {
        QFETCH(const QString, query);
        QCOMPARE(m_server.get(u"/api/v1/audit?"_s + query, m_owner).status, 422);
    }

    void pages()
    {
        const QJsonArray all = entries({}, m_owner);
        QVERIFY(all.size() > 20);
        QList<qint64> paged;
        QString cursor;
        do {
            const QJsonObject page = m_server.get(u"/api/v1/audit?limit=7"_s + cursor, m_owner).json();
            for (const QJsonValue entry : page[u"items"_s].toArray())
                paged.append(entry[u"sequence"_s].toInteger());
            cursor = page[u"nextCursor"_s].isNull() ? QString() : u"&cursor="_s + page[u"nextCursor"_s].toString();
        } while (!cursor.isEmpty());
        QCOMPARE(paged.size(), all.size());
        for (qsizetype i = 0; i < paged.size(); ++i)
            QCOMPARE(paged[i], all[i][u"sequence"_s].toInteger()); // newest first, none twice
    }

    void exportAsCsv()
    {
        const HttpAnswer answer = m_server.get(u"/api/v1/audit/export?subjectType=templates"_s, m_owner);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("content-type"), "text/csv; charset=utf-8");
        QVERIFY(answer.headers.value("content-disposition").contains("audit.csv"));
        const QList<QByteArray> lines = answer.body.split('\n');
        QVERIFY(lines.first().startsWith("sequence,id,at,actorId,"));
        QVERIFY(answer.body.contains(",\"'=SUM(1;2)\",")); // a spreadsheet takes it for text
        QVERIFY(!answer.body.contains(",\"=SUM"));
        QCOMPARE(lines.size() - 2, entries(u"subjectType=templates"_s, m_owner).size());
        const QJsonObject written = detailOf(u"action=audit.export"_s);
        QCOMPARE(written[u"after"_s][u"subjectType"_s], u"templates"_s);
        QCOMPARE(written[u"after"_s][u"format"_s], u"csv"_s);
    }

    // Longer than what is read at a time; with what came before, in order and without a gap.
    void exportAsJsonLines()
    {
        const auto made = inTenant<qint64>(tenantId(), R"(
            WITH made AS (
                INSERT INTO audit_inbox (actor_name, address, request_id, action, subject_type, subject_id, subject_label,
                                         outcome, times, after, reason, search_text)
                SELECT 'Crowd', '', '', 'jobs.cancel', 'jobs', '', n::text, 'done', 1,
                       json_build_object('text', repeat('x', 5000)), '', 'crowd'
                FROM generate_series(1, 2500) AS n RETURNING 1)
            SELECT count(*) FROM made)");
        QCOMPARE(made, QList<qint64>{2500});
        const HttpAnswer answer = m_server.get(u"/api/v1/audit/export?format=jsonl"_s, m_owner);
        QCOMPARE(answer.status, 200);
        const QList<QByteArray> lines = answer.body.trimmed().split('\n');
        QCOMPARE(qint64(lines.size()), lastSequence(m_owner));
        qint64 expected = lines.size();
        for (const QByteArray &line : lines)
            QCOMPARE(json::object(line)[u"sequence"_s].toInteger(), expected--);
    }

    void anotherTenantSeesNothing()
    {
        const QByteArray other = m_server.token(u"northwind"_s, u"owner"_s);
        const QString id = entries({}, m_owner)[0][u"id"_s].toString();
        QCOMPARE(m_server.get(u"/api/v1/audit/"_s + id, m_owner).status, 200);
        QCOMPARE(m_server.get(u"/api/v1/audit/"_s + id, other).status, 404);
        QVERIFY(entries(u"search=robert"_s, other).isEmpty());
        QVERIFY(entries(u"actorId="_s + m_ownerId, other).isEmpty());
        for (const char *path :
             {"/api/v1/audit?limit=200", "/api/v1/audit/export", "/api/v1/audit/export?format=jsonl"}) {
            const HttpAnswer answer = m_server.get(QString::fromLatin1(path), other);
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.body.contains("acme"));
        }
        QCOMPARE(m_server.get(u"/api/v1/audit"_s, {}).status, 401);
        QCOMPARE(m_server.get(u"/api/v1/audit/export"_s, {}).status, 401);
    }

    void invitationsAndPasswords()
    {
        const auto step = [&](const QByteArray &method, const QString &path, const QJsonObject &body,
                              const QByteArray &who, const QString &action, int wanted = 1,
                              const QByteArray &ifMatch = {}) {
            const QByteArray requestId = newId().toByteArray(QUuid::WithoutBraces);
            const HttpAnswer answer = m_server.send(
                method, path, body, {.token = who, .more = {{"X-Request-Id", requestId}, {"If-Match", ifMatch}}});
            const QJsonArray found = entries(u"requestId="_s + text(requestId), m_owner);
            const bool isRight = answer.status < 300 && found.size() == wanted && found.last()[u"action"_s] == action
                && !found.last()[u"actorId"_s].isNull();
            if (!isRight)
                qWarning() << method << path << answer.body << found;
            if (const QString token = answer.json()[u"token"_s].toString(); !token.isEmpty())
                m_secrets.append(token);
            return isRight ? answer.json() : QJsonObject{{u"wrong"_s, true}};
        };
        const QJsonObject invitation{{u"email"_s, u"bia@acme.example"_s}, {u"roles"_s, QJsonArray{u"viewer"_s}}};
        const QString invite = u"/api/v1/users/invitations"_s;
        const QJsonObject first = step("POST", invite, invitation, m_owner, u"users.create"_s);
        const QString user = u"/api/v1/users/"_s + first[u"user"_s][u"id"_s].toString();
        step("DELETE", user + u"/invitation"_s, {}, m_owner, u"users.delete"_s);
        const QJsonObject second = step("POST", invite, invitation, m_owner, u"users.create"_s);
        const QString again = u"/api/v1/users/"_s + second[u"user"_s][u"id"_s].toString();
        const QJsonObject link = step("POST", again + u"/invitation"_s, {}, m_owner, u"users.update"_s);
        const QJsonObject chosen{
            {u"token"_s, link[u"token"_s]}, {u"displayName"_s, u"Bia"_s}, {u"password"_s, text(password)}};
        // The person that has come, and the session that this began.
        const QJsonObject in = step("POST", u"/api/v1/auth/invitations/accept"_s, chosen, {}, u"users.update"_s, 2);
        const QByteArray bia = in[u"accessToken"_s].toString().toLatin1();
        QVERIFY(!bia.isEmpty());
        const QByteArray etag = m_server.get(u"/api/v1/me"_s, bia).headers.value("etag");
        QCOMPARE(
            step("PATCH", u"/api/v1/me"_s, {{u"locale"_s, u"pt-BR"_s}}, bia, u"users.update"_s, 1, etag)[u"locale"_s],
            u"pt-BR"_s);
        const QString other = u"a password that is new 1"_s, third = u"a password that is new 2"_s;
        m_secrets << other << third;
        QVERIFY(step("POST", u"/api/v1/auth/password"_s, {{u"password"_s, text(password)}, {u"newPassword"_s, other}},
                     bia, u"users.update"_s)
                    .isEmpty());
        QVERIFY(step("DELETE", u"/api/v1/sessions"_s, {}, bia, u"sessions.delete"_s).isEmpty());
        const QJsonObject reset = step("POST", again + u"/password-reset"_s, {}, m_owner, u"users.update"_s);
        QVERIFY(step("POST", u"/api/v1/auth/password-reset"_s,
                     {{u"token"_s, reset[u"token"_s]}, {u"password"_s, third}}, {}, u"users.update"_s)
                    .isEmpty());
    }

    // Each step leaves one entry that says whether the factor was on and is on, and none of its secrets.
    void theSecondFactor()
    {
        const QString role = u"prompt-engineer"_s, totp = u"/api/v1/auth/totp"_s;
        const QByteArray token = m_server.token(acme, role);
        const QString id = m_server.get(u"/api/v1/me"_s, token).json()[u"userId"_s].toString();
        const auto step = [&](const QByteArray &method, const QString &path, const QJsonObject &body,
                              const QByteArray &who, bool before, bool after) {
            const QByteArray requestId = newId().toByteArray(QUuid::WithoutBraces);
            const HttpAnswer answer =
                m_server.send(method, path, body, {.token = who, .more = {{"X-Request-Id", requestId}}});
            if (answer.status >= 300)
                qWarning() << path << answer.body;
            const QJsonArray found = entries(u"requestId="_s + text(requestId), m_owner);
            if (found.size() != 1 || found[0][u"action"_s] != u"users.update"_s || found[0][u"subjectId"_s] != id)
                qWarning() << path << found;
            const QJsonObject detail = m_server.get(u"/api/v1/audit/"_s + found[0][u"id"_s].toString(), m_owner).json();
            const bool isRight = detail[u"before"_s][u"secondFactor"_s].toBool() == before
                && detail[u"after"_s][u"secondFactor"_s].toBool() == after && found.size() == 1;
            return isRight ? answer.json() : QJsonObject{{u"wrong"_s, detail}};
        };
        QJsonObject both{{u"password"_s, m_server.demoUser(acme, role)[u"password"_s]}};
        const auto turnOn = [&] {
            const QString secret =
                step("POST", totp, {{u"password"_s, both[u"password"_s]}}, token, false, false)[u"secret"_s].toString();
            m_secrets.append(secret);
            const QString code = AuthenticatorApp(secret).code(secondsNow());
            return step("POST", totp + u"/confirm"_s, {{u"code"_s, code}}, token, false, true)[u"recoveryCodes"_s]
                .toArray();
        };
        QJsonArray codes = turnOn();
        QCOMPARE(codes.size(), 10);
        both.insert(u"code"_s, codes[0]);
        codes = step("POST", totp + u"/recovery-codes"_s, both, token, true, true)[u"recoveryCodes"_s].toArray();
        QCOMPARE(codes.size(), 10);
        for (const QJsonValue code : codes)
            m_secrets.append(code.toString());
        both.insert(u"code"_s, codes[0]);
        QVERIFY(step("DELETE", totp, both, token, true, false).isEmpty());
        QCOMPARE(turnOn().size(), 10);
        QVERIFY(step("DELETE", u"/api/v1/users/%1/totp"_s.arg(id), {}, m_owner, true, false).isEmpty());
    }

    // After all of the above, in every column of every row of every tenant.
    void noSecretAnywhere()
    {
        for (const QByteArray &secret : {password, firstKey, secondKey, QByteArray("$argon2"),
                                         QByteArray("typed-into-the-wrong-field"), QByteArray("wrong guess")})
            m_secrets.append(text(secret));
        for (const char *role : {"owner", "viewer"})
            m_secrets.append(m_server.demoUser(acme, QString::fromLatin1(role))[u"password"_s].toString());
        m_secrets.append(text(m_owner));
        m_secrets.append(text(m_operator));
        database::Session session({.url = ownerUrl()});
        session.begin("SET LOCAL search_path = platform");
        const auto tenants = Transaction(session).all<QUuid>("SELECT id FROM tenants");
        session.rollback();
        QVERIFY(tenants.size() >= 4);
        QString everything;
        for (const QUuid &tenant : tenants)
            everything += inTenant<QString>(tenant.toString(),
                                            "SELECT coalesce(string_agg(e::text, ' '), '') "
                                            "FROM audit_entries e WHERE actor_name <> 'Crowd'")
                              .first();
        for (const char *known : {"bob@acme.example", "gil@globex.example", "olga@example.com"})
            QVERIFY(everything.contains(QString::fromLatin1(known))); // it is the text of what is there
        for (const QString &secret : std::as_const(m_secrets))
            QVERIFY2(!secret.isEmpty() && !everything.contains(secret), qPrintable(secret));
    }

private:
    std::string ownerUrl() const { return EmbeddedPostgres::runningOwnerUrl(m_server.folder() + u"/data"_s).value(); }
    QString tenantId() { return m_server.get(u"/api/v1/me"_s, m_owner).json()[u"tenantId"_s].toString(); }

    template<class T> QList<T> inTenant(const QString &tenant, database::Statement<0> sql)
    {
        database::Session session({.url = ownerUrl()});
        session.begin("SET LOCAL search_path = " + database::tenantName(QUuid::fromString(tenant)));
        const auto rows = Transaction(session).all<T>(sql);
        session.commit();
        return rows;
    }

    QJsonArray entries(const QString &query, const QByteArray &token)
    {
        const QString all = query.isEmpty() ? QString() : u'&' + query;
        return m_server.get(u"/api/v1/audit?limit=200"_s + all, token).json()[u"items"_s].toArray();
    }
    qint64 lastSequence(const QByteArray &token) { return entries({}, token)[0][u"sequence"_s].toInteger(); }
    QJsonObject detailOf(const QString &query)
    {
        return m_server.get(u"/api/v1/audit/"_s + entries(query, m_owner)[0][u"id"_s].toString(), m_owner).json();
    }

    QByteArray signInAsBob()
    {
        const QJsonObject body{
            {u"tenant"_s, acme}, {u"email"_s, u"bob@acme.example"_s}, {u"password"_s, text(password)}};
        return m_server.post(u"/api/v1/auth/login"_s, body, {}).json()[u"accessToken"_s].toString().toLatin1();
    }

    QByteArray adminToken()
    {
        const QJsonObject person{{u"email"_s, u"adam@acme.example"_s},
                                 {u"displayName"_s, u"Adam"_s},
                                 {u"password"_s, text(password)},
                                 {u"roles"_s, QJsonArray{u"admin"_s}}};
        m_server.post(u"/api/v1/users"_s, person, m_owner);
        const QJsonObject body{
            {u"tenant"_s, acme}, {u"email"_s, u"adam@acme.example"_s}, {u"password"_s, text(password)}};
        return m_server.post(u"/api/v1/auth/login"_s, body, {}).json()[u"accessToken"_s].toString().toLatin1();
    }

    void note(const QString &thing, const QJsonObject &made)
    {
        if (thing == u"signedIn"_s) {
            m_ids[u"session"_s] = made[u"profile"_s][u"sessionId"_s].toString();
            m_secrets.append(made[u"refreshToken"_s].toString());
            m_secrets.append(made[u"accessToken"_s].toString());
            return;
        }
        if (thing == u"gatewayKey"_s)
            m_secrets.append(made[u"secret"_s].toString());
        const QJsonValue inner = made.value(thing == u"gatewayKey"_s          ? u"key"_s
                                                : thing == u"evaluationRun"_s ? u"run"_s
                                                                              : thing);
        m_ids[thing] = (inner.isObject() ? inner[u"id"_s] : made[u"id"_s]).toString();
    }

    // A job that waits for tomorrow.
    QString newJob()
    {
        const QJsonObject ask{
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, newId().toString()}}}},
            {u"model"_s, u"demo/fast"_s},
            {u"runAt"_s, QDateTime::currentDateTimeUtc().addDays(1).toString(Qt::ISODateWithMs)}};
        return m_server.post(u"/api/v1/generate"_s, ask, m_owner).json()[u"id"_s].toString();
    }

    // A template that takes seconds to answer, and a job of it.
    void makeJudged()
    {
        if (m_ids.contains(u"judged"_s))
            return;
        m_ids[u"judgedSlug"_s] = u"judged"_s;
        const QJsonObject judged{
            {u"name"_s, u"Judged"_s},
            {u"slug"_s, u"judged"_s},
            {u"version"_s,
             QJsonObject{{u"userPrompt"_s, u"one two three four five six seven eight nine ten {{input}}"_s},
                         {u"defaultModel"_s, u"demo/slow"_s}}}};
        m_ids[u"judged"_s] =
            m_server.post(u"/api/v1/templates"_s, judged, m_owner).json()[u"template"_s][u"id"_s].toString();
        const QJsonObject ask{{u"template"_s, u"judged"_s}, {u"variables"_s, QJsonObject{{u"input"_s, u"x"_s}}}};
        m_ids[u"templated"_s] = m_server.post(u"/api/v1/generate"_s, ask, m_owner).json()[u"id"_s].toString();
    }

    QString filled(QString path)
    {
        path.replace(u"{production}"_s, u"production"_s); // a label
        for (const char *job : {"queued", "dead"})
            if (path.contains(u'{' + QString::fromLatin1(job) + u'}') && !m_ids.contains(QString::fromLatin1(job)))
                m_ids[QString::fromLatin1(job)] = newJob();
        if (path.contains(u"{dead}"_s))
            inTenant<int>(tenantId(),
                          "UPDATE job_states SET state = 'dead', finished_at = now() WHERE job_id = (SELECT "
                          "max(id::text)::uuid FROM jobs) RETURNING 1");
        if (path.contains(u"{judged"_s) || path.contains(u"{templated}"_s))
            makeJudged();
        m_ids[u"me"_s] = m_ownerId;
        if (path.contains(u"{viewer}"_s))
            m_ids[u"viewer"_s] =
                m_server.get(u"/api/v1/me"_s, m_server.token(acme, u"viewer"_s)).json()[u"userId"_s].toString();
        if (path.contains(u"{message}"_s) && !m_ids.contains(u"message"_s))
            m_ids[u"message"_s] =
                m_server
                    .post(u"/api/v1/channels/%1/messages"_s.arg(m_ids[u"channel"_s]),
                          {{u"clientId"_s, newId().toString(QUuid::WithoutBraces)}, {u"text"_s, u"Hello"_s}}, m_owner)
                    .json()[u"id"_s]
                    .toString();
        for (auto id = m_ids.constBegin(); id != m_ids.constEnd(); ++id)
            path.replace(u'{' + id.key() + u'}', id.value());
        return path;
    }

    TestServer m_server{[](Config &config) { config.privateProviderAddresses = true; }};
    QByteArray m_owner, m_operator;
    QString m_ownerId;
    QHash<QString, QString> m_ids; // by the name in a step's path
    QStringList m_secrets;
};

QTEST_GUILESS_MAIN(TestAuditRoutes)
#include "tst_audit_routes.moc"
