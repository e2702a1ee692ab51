// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/limits/counter.h"
#include "shared/id.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

// Limits and calls as tests need them.
namespace limits {

inline GatewayLimit limitOf(LimitSubject subject, LimitKind kind, qint64 amount, const std::optional<QUuid> &id = {},
                            const std::optional<QString> &model = {})
{
    GatewayLimit limit;
    limit.id = newId();
    limit.subject = subject;
    limit.subjectId = id;
    limit.model = model;
    limit.kind = kind;
    limit.amount = amount;
    return limit;
}

// Calls of one key of one person, each with an id of its own.
struct Calls
{
    explicit Calls(const QList<GatewayLimit> &limits) : rules(std::make_shared<const LimitRules>(limits)) { }

    Call one(qint64 tokens = 0) const
    {
        return {.rules = rules,
                .callId = QUuid::createUuid(),
                .tenantId = tenantId,
                .keyId = keyId,
                .keyName = QStringLiteral("Web shop"),
                .userId = userId,
                .userName = QStringLiteral("Ana Souza"),
                .model = model,
                .tokens = tokens};
    }

    std::shared_ptr<const LimitRules> rules;
    QUuid tenantId = newId();
    QUuid keyId = newId();
    QUuid userId = newId();
    QString model = QStringLiteral("demo/fast");
};

// What the counter says, for which the event loop runs where it has to.
inline Outcome ask(Counter &counter, const Call &call)
{
    std::optional<Outcome> outcome;
    counter.acquire(call, [&](Outcome said) { outcome = std::move(said); });
    const QDeadlineTimer end(20'000);
    while (!outcome && !end.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return outcome.value();
}

inline bool admits(Counter &counter, const Call &call) { return ask(counter, call).isAdmitted(); }

} // namespace limits
