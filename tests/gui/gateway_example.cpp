// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/gateway_example.h"

#include "client/gateway/budget_notices.h"
#include "shared/auth/auth.h"
#include "shared/gateway/endpoints.h"
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "shared/templates/template.h"
#include "shared/users/user.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dollar = 1'000'000'000; // nano-dollars

template<class Row> QByteArray page(const QList<Row> &rows) { return json::print(Page<Row>{rows, {}}); }

SignedIn ana()
{
    SignedIn in;
    in.accessToken = u"access"_s;
    in.refreshToken = u"refresh"_s;
    in.expiresIn = 3600;
    in.profile.userId = in.profile.tenantId = in.profile.sessionId = newId();
    in.profile.displayName = u"Ana Prado"_s;
    in.profile.tenantName = u"Acme Retail"_s;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        in.profile.abilities << Ability(i);
    return in;
}

GatewayLimit limit(LimitSubject subject, const QString &name, LimitKind kind, qint64 amount, std::optional<qint64> used)
{
    GatewayLimit one;
    one.id = newId();
    one.subject = subject;
    if (subject == LimitSubject::Model && !name.isEmpty())
        one.model = name;
    else if (!name.isEmpty())
        one.subjectId = newId();
    one.subjectName = subject == LimitSubject::Model ? QString() : name;
    one.kind = kind;
    one.amount = amount;
    one.used = used;
    one.createdAt = QDateTime(QDate(2026, 1, 12), QTime(9, 30), Qt::UTC);
    return one;
}

Budget budget(const QString &name, BudgetSubject subject, const QString &subjectName, BudgetPeriod period,
              qint64 amount, qint64 spent, qint64 reserved)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Budget one;
    one.id = newId();
    one.name = name;
    one.subject = subject;
    if (subject != BudgetSubject::Tenant)
        one.subjectId = newId();
    one.subjectName = subjectName;
    one.period = period;
    one.amountNanos = amount;
    one.spentNanos = spent;
    one.reservedNanos = reserved;
    if (period != BudgetPeriod::Ever)
        one.resetsAt = now.addSecs(period == BudgetPeriod::Day ? 7 * 3600 : 9 * 86'400);
    for (const int percent : {50, 80, 100})
        if (spent * 100 >= amount * percent)
            one.alerts.append({percent, now.addSecs(-3600 * (130 - percent))});
    one.createdAt = QDateTime(QDate(2026, 1, 12), QTime(9, 30), Qt::UTC);
    return one;
}

GatewayRefusal refusal(int minutesAgo, RefusedBy by, const QString &decider, const QString &detail, const QString &key,
                       const QString &person, const QString &model, qint64 calls)
{
    GatewayRefusal one;
    one.lastAt = QDateTime::currentDateTimeUtc().addSecs(-60 * minutesAgo);
    one.minute = one.lastAt.addSecs(-one.lastAt.time().second());
    one.by = by;
    if (by == RefusedBy::Limit || by == RefusedBy::Budget)
        one.decidedById = newId();
    one.decidedByName = decider;
    one.detail = detail;
    one.keyId = newId();
    one.keyName = key;
    one.userName = person;
    one.model = model;
    one.calls = calls;
    return one;
}

} // namespace

GatewayExample::GatewayExample()
{
    fill();
    m_server.script = [this](const WireRequest &request) {
        const QByteArray body = answerTo(request.path.split('?').first());
        return body.isEmpty() ? WireAnswer{.status = 404, .body = json::print(ApiError::notFound(u"thing"_s))}
                              : WireAnswer{.body = body};
    };
    m_server.liveScript = [](QWebSocket &socket, const QJsonObject &message) {
        const QString type = message.value(u"type"_s).toString();
        if (type == u"authenticate"_s)
            WireServer::say(socket, {{u"type"_s, u"ready"_s}, {u"sequence"_s, 0}});
        else if (type == u"subscribe"_s)
            WireServer::say(
                socket, {{u"type"_s, u"subscribed"_s}, {u"topics"_s, message.value(u"topics"_s)}, {u"sequence"_s, 0}});
        else if (type == u"ping"_s)
            WireServer::say(socket, {{u"type"_s, u"pong"_s}, {u"sequence"_s, 0}});
    };
}

QByteArray GatewayExample::answerTo(const QByteArray &path) const
{
    return m_isEmpty && m_emptyAnswers.contains(path) ? m_emptyAnswers.value(path) : m_answers.value(path);
}

void GatewayExample::reachBudget()
{
    for (QWebSocket *socket : m_server.sockets())
        WireServer::say(*socket,
                        {{u"type"_s, u"event"_s},
                         {u"sequence"_s, ++m_sequence},
                         {u"topic"_s, BudgetNotices::topic()},
                         {u"name"_s, u"budget.reached"_s},
                         {u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                         {u"data"_s,
                          QJsonObject{{u"id"_s, u"1"_s},
                                      {u"name"_s, u"Support team"_s},
                                      {u"percent"_s, 80},
                                      {u"spentNanos"_s, qint64(3421 * dollar)},
                                      {u"amountNanos"_s, qint64(4000 * dollar)}}}});
}

void GatewayExample::fill()
{
    const SignedIn in = ana();
    m_answers["/api/v1/auth/login"] = json::print(in);
    m_answers["/api/v1/auth/refresh"] = json::print(in);
    m_answers["/api/v1/me"] = json::print(in.profile);
    using Kind = LimitKind;
    using Of = LimitSubject;
    m_answers["/api/v1/gateway-limits"] = page<GatewayLimit>(
        {limit(Of::Tenant, {}, Kind::RequestsPerMinute, 6000, 2410),
         limit(Of::Tenant, {}, Kind::ConcurrentRequests, 200, 31),
         limit(Of::Key, u"Web shop"_s, Kind::RequestsPerMinute, 600, 588),
         limit(Of::Key, u"Nightly reports"_s, Kind::TokensPerMinute, 200'000, 200'000),
         limit(Of::Key, {}, Kind::RequestsPerMinute, 1200, {}),
         limit(Of::User, u"Marina Duarte"_s, Kind::ConcurrentRequests, 8, 3),
         limit(Of::User, {}, Kind::TokensPerMinute, 400'000, {}),
         limit(Of::Model, u"anthropic/claude-sonnet-4.5"_s, Kind::TokensPerMinute, 1'000'000, 412'350),
         limit(Of::Model, u"openai/*"_s, Kind::RequestsPerMinute, 3000, 12)});
    using Whose = BudgetSubject;
    using Period = BudgetPeriod;
    m_answers["/api/v1/budgets"] = page<Budget>(
        {budget(u"Acme Retail"_s, Whose::Tenant, {}, Period::Month, 15'000 * dollar, 7'482'600'000'000, 41'250'000'000),
         budget(u"Support team"_s, Whose::Key, u"Web shop"_s, Period::Month, 4000 * dollar, 3421 * dollar,
                260 * dollar),
         budget(u"Growth experiments"_s, Whose::User, u"Marina Duarte"_s, Period::Day, 25 * dollar, 25'013'400'000, 0),
         budget(u"Document processing"_s, Whose::Template, u"Order refund reply"_s, Period::Month, 5000 * dollar,
                2010 * dollar, 12'500'000),
         budget(u"Trial"_s, Whose::Key, u"Nightly reports"_s, Period::Ever, 100 * dollar, 1'234'567'890, 0)});
    const auto fromLimit = u"The limit “Web shop, requests a minute” is reached. Try again in 12 s."_s;
    m_answers["/api/v1/gateway-refusals"] = page<GatewayRefusal>(
        {refusal(0, RefusedBy::Limit, u"Web shop, requests a minute"_s, fromLimit, u"Web shop"_s, u"Lucas Ferreira"_s,
                 u"openai/gpt-4.1-mini"_s, 214),
         refusal(3, RefusedBy::Budget, u"Growth experiments"_s,
                 u"The budget “Growth experiments” has 0.0000 of 25.00 US dollars left. It resets in 7 h."_s,
                 u"Notebook"_s, u"Marina Duarte"_s, u"anthropic/claude-sonnet-4.5"_s, 3),
         refusal(8, RefusedBy::Model, {}, u"This key may not call openai/o4-mini."_s, u"Nightly reports"_s,
                 u"Jun Sato"_s, u"openai/o4-mini"_s, 1),
         refusal(21, RefusedBy::Guardrail, u"Denied pattern 2"_s, u"The request has a denied pattern."_s, u"Web shop"_s,
                 u"Lucas Ferreira"_s, u"openai/gpt-4.1-mini"_s, 2),
         refusal(65, RefusedBy::Limit, u"Each person, tokens a minute"_s, fromLimit, u"Notebook"_s, u"Marina Duarte"_s,
                 u"anthropic/claude-sonnet-4.5"_s, 40)});
    GatewaySettings settings;
    settings.cacheSeconds = 3600;
    settings.deniedPatterns = {u"(?:pass|secret)word"_s, u"\\bconfidential\\b"_s};
    settings.mostPromptCharacters = 200'000;
    settings.masks = {MaskKind::Email, MaskKind::Cpf, MaskKind::Card};
    m_answers["/api/v1/gateway-settings"] = json::print(settings);

    QList<GatewayKey> keys;
    for (const QString &name : {u"Web shop"_s, u"Nightly reports"_s, u"Notebook"_s}) {
        GatewayKey key;
        key.id = newId();
        key.name = name;
        key.ownerId = newId();
        key.createdAt = QDateTime::currentDateTimeUtc();
        keys << key;
    }
    m_answers["/api/v1/gateway-keys"] = page(keys);
    QList<User> people;
    for (const QString &name : {u"Ana Prado"_s, u"Jun Sato"_s, u"Lucas Ferreira"_s, u"Marina Duarte"_s}) {
        User user;
        user.id = newId();
        user.displayName = name;
        user.createdAt = QDateTime::currentDateTimeUtc();
        people << user;
    }
    m_answers["/api/v1/users"] = page(people);
    m_answers["/api/v1/templates"] = page<PromptTemplate>({});
    m_answers["/api/v1/models"] = json::print(ModelList{});

    m_emptyAnswers["/api/v1/gateway-limits"] = page<GatewayLimit>({});
    m_emptyAnswers["/api/v1/budgets"] = page<Budget>({});
    m_emptyAnswers["/api/v1/gateway-refusals"] = page<GatewayRefusal>({});
}
