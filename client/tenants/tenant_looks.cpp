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

QString shownLimit(const std::optional<qint64> &limit)
{
    return limit ? amounts::count(*limit) : TenantLooks::tr("no limit");
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
