// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenant_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QPixmap>

using namespace Qt::StringLiterals;

namespace {

struct TenantLooks
{
    Q_DECLARE_TR_FUNCTIONS(TenantLooks)
};

} // namespace

StatusLook lookOf(TenantStatus status)
{
    return status == TenantStatus::Active
        ? StatusLook{Tone::Success, u"circle-check"_s, TenantLooks::tr("Active", "a tenant")}
        : StatusLook{Tone::Danger, u"ban"_s, TenantLooks::tr("Suspended", "a tenant")};
}

QString shownLimit(std::optional<qint64> TenantLimits::*limit, const Tenant &tenant, const std::optional<Plan> &plan,
                   const std::optional<qint64> &used)
{
    const std::optional<qint64> own = tenant.limits.*limit;
    const bool isKnown = own || plan;
    const std::optional<qint64> counts = own || !plan ? own : plan->limits.*limit;
    if (isKnown && !counts)
        return used ? TenantLooks::tr("%1, no limit", "what a tenant has").arg(amounts::count(*used))
                    : TenantLooks::tr("no limit");
    const QString most = !isKnown ? TenantLooks::tr("as its plan says", "a limit")
        : own                     ? amounts::count(*counts)
                                  : TenantLooks::tr("%1, by its plan", "a limit").arg(amounts::count(*counts));
    if (!used)
        return most;
    return isKnown ? TenantLooks::tr("%1 of %2", "what is used of a limit").arg(amounts::count(*used), most)
                   : amounts::count(*used);
}

QString fallbackOf(const std::optional<qint64> &limitOfPlan)
{
    return limitOfPlan ? TenantLooks::tr("as its plan: %1", "a limit").arg(amounts::count(*limitOfPlan))
                       : TenantLooks::tr("no limit");
}

QString shownLimits(const TenantLimits &limits)
{
    QStringList texts;
    const auto add = [&](const std::optional<qint64> &limit, const QString &text) {
        if (limit)
            texts << text.arg(amounts::count(*limit));
    };
    add(limits.users, TenantLooks::tr("%1 people", "a limit"));
    add(limits.templates, TenantLooks::tr("%1 templates", "a limit"));
    add(limits.jobsPerDay, TenantLooks::tr("%1 jobs a day", "a limit"));
    add(limits.waitingJobs, TenantLooks::tr("%1 waiting jobs", "a limit"));
    return texts.join(u", "_s);
}

QPixmap logoOf(const QJsonObject &theme)
{
    QPixmap logo;
    logo.loadFromData(QByteArray::fromBase64(theme.value(u"logo"_s).toString().toLatin1()), "PNG");
    return logo;
}
