// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/limit_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct LimitLooks
{
    Q_DECLARE_TR_FUNCTIONS(LimitLooks)
};

} // namespace

QString shownSubject(const GatewayLimit &limit)
{
    switch (limit.subject) {
    case LimitSubject::Tenant:
        return LimitLooks::tr("The whole tenant");
    case LimitSubject::Key:
        return limit.subjectId ? LimitLooks::tr("Key “%1”").arg(limit.subjectName) : LimitLooks::tr("Each key");
    case LimitSubject::User:
        return limit.subjectId ? limit.subjectName : LimitLooks::tr("Each person");
    case LimitSubject::Model:
        break;
    }
    return limit.model.value_or(LimitLooks::tr("Each model"));
}

QString shownKind(LimitKind kind)
{
    switch (kind) {
    case LimitKind::RequestsPerMinute:
        return LimitLooks::tr("Requests a minute");
    case LimitKind::TokensPerMinute:
        return LimitLooks::tr("Tokens a minute");
    case LimitKind::ConcurrentRequests:
        break;
    }
    return LimitLooks::tr("Requests at once");
}

QString shownAmount(LimitKind kind, qint64 amount)
{
    const QString number = amounts::count(amount);
    return kind == LimitKind::ConcurrentRequests ? LimitLooks::tr("%1 at once", "requests").arg(number)
                                                 : LimitLooks::tr("%1 a minute", "requests or tokens").arg(number);
}

QString shownLimit(const GatewayLimit &limit)
{
    const QString number = amounts::count(limit.amount);
    const QString much = limit.kind == LimitKind::RequestsPerMinute ? LimitLooks::tr("%1 requests a minute").arg(number)
        : limit.kind == LimitKind::TokensPerMinute                  ? LimitLooks::tr("%1 tokens a minute").arg(number)
                                                                    : LimitLooks::tr("%1 requests at once").arg(number);
    return LimitLooks::tr("%1: %2", "whose limit, and how much").arg(shownSubject(limit), much);
}

std::optional<ShareLook> useOf(const GatewayLimit &limit)
{
    if (!limit.used)
        return {};
    ShareLook share;
    share.used = limit.amount > 0 ? double(*limit.used) / double(limit.amount) : 1;
    share.text = amounts::count(*limit.used);
    share.spoken = LimitLooks::tr("%1 of %2", "what is used of a limit")
                       .arg(amounts::count(*limit.used), amounts::count(limit.amount));
    return share;
}
