// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filter.h"

#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QList<JobState> statesOf(JobView::Tab tab)
{
    switch (tab) {
    case JobView::Tab::Running:
        return {JobState::Queued, JobState::Running};
    case JobView::Tab::Failed:
        return {JobState::Failed};
    case JobView::Tab::Dead:
        return {JobState::Dead};
    case JobView::Tab::All:
    case JobView::Tab::Mine:
        return {};
    }
    return {};
}

} // namespace

QJsonObject JobView::toJson() const
{
    QJsonObject state{{u"tab"_s, QString(json::name(tab))}};
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            state.insert(name, value);
    };
    add(u"search"_s, search);
    add(u"model"_s, model);
    add(u"template"_s, templateId.isNull() ? QString() : templateId.toString(QUuid::WithoutBraces));
    add(u"user"_s, userId.isNull() ? QString() : userId.toString(QUuid::WithoutBraces));
    add(u"day"_s, day.toString(Qt::ISODate));
    if (withinHours > 0)
        state.insert(u"withinHours"_s, withinHours);
    return state;
}

JobView JobView::fromJson(const QJsonObject &state)
{
    JobView view;
    const QByteArray tab = state.value(u"tab"_s).toString().toLatin1();
    const auto &names = enumNames<JobView::Tab>;
    const auto found = std::find_if(names.begin(), names.end(), [&](const char *name) { return tab == name; });
    if (found != names.end())
        view.tab = Tab(found - names.begin());
    view.search = state.value(u"search"_s).toString();
    view.model = state.value(u"model"_s).toString();
    view.templateId = QUuid::fromString(state.value(u"template"_s).toString());
    view.userId = QUuid::fromString(state.value(u"user"_s).toString());
    view.day = QDate::fromString(state.value(u"day"_s).toString(), Qt::ISODate);
    view.withinHours = std::max(state.value(u"withinHours"_s).toInt(), 0);
    return view;
}

JobFilter JobView::filter(const QUuid &me, const QDateTime &now) const
{
    JobFilter filter;
    if (const auto states = statesOf(tab); !states.isEmpty())
        filter.states = states;
    if (tab == Tab::Mine)
        filter.userId = me;
    else if (!userId.isNull())
        filter.userId = userId;
    if (!search.isEmpty())
        filter.search = search;
    if (!model.isEmpty())
        filter.model = model;
    if (!templateId.isNull())
        filter.templateId = templateId;
    if (day.isValid()) {
        filter.from = QDateTime(day, QTime(0, 0), Qt::UTC);
        filter.to = filter.from->addDays(1);
    } else if (withinHours > 0) {
        filter.from = now.addSecs(-withinHours * 3600LL);
    }
    return filter;
}

bool JobView::matches(const Job &job, const QUuid &me, const QDateTime &now) const
{
    const JobFilter wanted = filter(me, now);
    const auto holds = [](const QString &text, const QString &part) {
        return text.contains(part, Qt::CaseInsensitive);
    };
    return (!wanted.states || wanted.states->contains(job.state)) && (!wanted.userId || wanted.userId == job.userId)
        && (!wanted.model || *wanted.model == job.model) && (!wanted.templateId || wanted.templateId == job.templateId)
        && (!wanted.from || job.createdAt >= *wanted.from) && (!wanted.to || job.createdAt < *wanted.to)
        && (search.isEmpty() || holds(job.id.toString(QUuid::WithoutBraces), search) || holds(job.templateName, search)
            || holds(job.templateSlug, search) || holds(job.model, search));
}

bool JobView::isFiltering() const
{
    JobView plain;
    plain.tab = tab;
    return *this != plain;
}
