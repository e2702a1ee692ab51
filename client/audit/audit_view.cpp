// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_view.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

std::optional<QString> unlessEmpty(const QString &text) { return text.isEmpty() ? std::nullopt : std::optional(text); }

// The texts of a view with their names in its saved state.
constexpr std::pair<const char *, QString AuditView::*> texts[] = {{"search", &AuditView::search},
                                                                   {"actorName", &AuditView::actorName},
                                                                   {"subjectType", &AuditView::subjectType},
                                                                   {"subjectId", &AuditView::subjectId},
                                                                   {"subjectLabel", &AuditView::subjectLabel},
                                                                   {"action", &AuditView::action}};

} // namespace

QJsonObject AuditView::toJson() const
{
    QJsonObject state{{u"tab"_s, QString(json::name(tab))}};
    for (const auto &[name, text] : texts)
        if (!(this->*text).isEmpty())
            state.insert(QLatin1StringView(name), this->*text);
    if (!actorId.isNull())
        state.insert(u"actorId"_s, actorId.toString(QUuid::WithoutBraces));
    if (withinHours > 0)
        state.insert(u"withinHours"_s, withinHours);
    return state;
}

AuditView AuditView::fromJson(const QJsonObject &state)
{
    AuditView view;
    const QByteArray tab = state.value(u"tab"_s).toString().toLatin1();
    const auto &names = enumNames<AuditView::Tab>;
    const auto found = std::find_if(names.begin(), names.end(), [&](const char *name) { return tab == name; });
    if (found != names.end())
        view.tab = Tab(found - names.begin());
    for (const auto &[name, text] : texts)
        view.*text = state.value(QLatin1StringView(name)).toString();
    view.actorId = QUuid::fromString(state.value(u"actorId"_s).toString());
    view.withinHours = std::max(state.value(u"withinHours"_s).toInt(), 0);
    return view;
}

AuditFilter AuditView::filter(const QDateTime &now) const
{
    AuditFilter filter;
    if (tab != Tab::All)
        filter.outcome = tab == Tab::Done ? AuditOutcome::Done : AuditOutcome::Refused;
    if (!actorId.isNull())
        filter.actorId = actorId;
    filter.search = unlessEmpty(search);
    filter.subjectType = unlessEmpty(subjectType);
    filter.subjectId = unlessEmpty(subjectId);
    filter.action = unlessEmpty(action);
    if (withinHours > 0)
        filter.from = now.addSecs(-withinHours * 3600LL);
    return filter;
}

bool AuditView::isFiltering() const
{
    AuditView plain;
    plain.tab = tab;
    return *this != plain;
}
