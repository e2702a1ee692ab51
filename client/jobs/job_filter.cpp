// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filter.h"

#include "shared/json/json.h"

#include <algorithm>
#include <limits>

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

template<class Enum> std::optional<Enum> named(const QString &text)
{
    const auto &names = enumNames<Enum>;
    const QByteArray wanted = text.toLatin1();
    const auto found = std::find_if(names.begin(), names.end(), [&](const char *name) { return wanted == name; });
    return found == names.end() ? std::nullopt : std::optional(Enum(found - names.begin()));
}

} // namespace

QJsonObject JobView::toJson() const
{
    QJsonObject state{{u"tab"_s, QString(json::name(tab))}};
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            state.insert(name, value);
    };
    const auto addId = [&](const QString &name, const QUuid &id) {
        add(name, id.isNull() ? QString() : id.toString(QUuid::WithoutBraces));
    };
    add(u"search"_s, search);
    add(u"model"_s, model);
    addId(u"template"_s, templateId);
    addId(u"user"_s, userId);
    addId(u"batch"_s, batchId);
    add(u"batchName"_s, batchName);
    add(u"day"_s, day.toString(Qt::ISODate));
    add(u"lastDay"_s, lastDay.toString(Qt::ISODate));
    QStringList names;
    for (const JobState one : states)
        names << QString(json::name(one));
    add(u"states"_s, names.join(u','));
    if (withinHours > 0)
        state.insert(u"withinHours"_s, withinHours);
    if (today)
        state.insert(u"today"_s, true);
    if (scheduled)
        state.insert(u"scheduled"_s, true);
    if (minCostNanos)
        state.insert(u"minCostNanos"_s, *minCostNanos);
    if (maxCostNanos)
        state.insert(u"maxCostNanos"_s, *maxCostNanos);
    return state;
}

JobView JobView::fromJson(const QJsonObject &state)
{
    const auto text = [&](const QString &name) { return state.value(name).toString(); };
    JobView view;
    if (const auto tab = named<JobView::Tab>(text(u"tab"_s)))
        view.tab = *tab;
    view.search = text(u"search"_s);
    view.model = text(u"model"_s);
    view.templateId = QUuid::fromString(text(u"template"_s));
    view.userId = QUuid::fromString(text(u"user"_s));
    view.batchId = QUuid::fromString(text(u"batch"_s));
    view.batchName = view.batchId.isNull() ? QString() : text(u"batchName"_s);
    view.day = QDate::fromString(text(u"day"_s), Qt::ISODate);
    const QDate last = QDate::fromString(text(u"lastDay"_s), Qt::ISODate);
    if (view.day.isValid() && last > view.day)
        view.lastDay = last;
    for (const QString &name : text(u"states"_s).split(u',', Qt::SkipEmptyParts))
        if (const auto one = named<JobState>(name); one && !view.states.contains(*one))
            view.states << *one;
    view.withinHours = std::max(state.value(u"withinHours"_s).toInt(), 0);
    view.today = state.value(u"today"_s).toBool();
    view.scheduled = state.value(u"scheduled"_s).toBool();
    for (const auto &[name, cost] :
         {std::pair(u"minCostNanos"_s, &JobView::minCostNanos), std::pair(u"maxCostNanos"_s, &JobView::maxCostNanos)})
        if (const qint64 nanos = state.value(name).toInteger(-1); nanos >= 0)
            view.*cost = nanos;
    return view;
}

JobFilter JobView::filter(const QUuid &me, const QDateTime &now) const
{
    JobFilter filter;
    if (const auto ofTab = statesOf(tab); !states.isEmpty() || !ofTab.isEmpty())
        filter.states = states.isEmpty() ? ofTab : states;
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
    if (!batchId.isNull())
        filter.batch = batchId;
    if (scheduled)
        filter.scheduled = true;
    filter.minCostNanos = minCostNanos;
    filter.maxCostNanos = maxCostNanos;
    if (day.isValid()) {
        filter.from = QDateTime(day, QTime(0, 0), Qt::UTC);
        filter.to = QDateTime(std::max(day, lastDay), QTime(0, 0), Qt::UTC).addDays(1);
    } else if (today) {
        filter.from = now.toLocalTime().date().startOfDay().toUTC();
    } else if (withinHours > 0) {
        filter.from = now.addSecs(-withinHours * 3600LL);
    }
    return filter;
}

bool JobView::matches(const Job &job, const QUuid &me, const QDateTime &now) const
{
    return JobMatcher(*this, me, now)(job);
}

bool JobView::isFiltering() const
{
    JobView plain;
    plain.tab = tab;
    return *this != plain;
}

JobMatcher::JobMatcher(const JobView &view, const QUuid &me, const QDateTime &now)
    : m_wanted(view.filter(me, now)),
      m_search(view.search, Qt::CaseInsensitive),
      m_from(m_wanted.from ? m_wanted.from->toMSecsSinceEpoch() : std::numeric_limits<qint64>::min()),
      m_to(m_wanted.to ? m_wanted.to->toMSecsSinceEpoch() : std::numeric_limits<qint64>::max()),
      m_now(now.toMSecsSinceEpoch())
{
    const auto inIds = [](QChar c) { return c == u'-' || c.isDigit() || (c.toLower() >= u'a' && c.toLower() <= u'f'); };
    if (std::all_of(view.search.begin(), view.search.end(), inIds))
        m_idPart = view.search.toLower().toLatin1();
}

bool JobMatcher::operator()(const Job &job) const
{
    if (m_wanted.states && !m_wanted.states->contains(job.state))
        return false;
    if ((m_wanted.userId && m_wanted.userId != job.userId) || (m_wanted.batch && m_wanted.batch != job.batchId)
        || (m_wanted.templateId && m_wanted.templateId != job.templateId)
        || (m_wanted.model && *m_wanted.model != job.model))
        return false;
    if (m_wanted.from || m_wanted.to) {
        const qint64 made = job.createdAt.toMSecsSinceEpoch();
        if (made < m_from || made >= m_to)
            return false;
    }
    if (m_wanted.scheduled
        && (job.state != JobState::Queued || job.attemptCount > 0 || job.runAt.toMSecsSinceEpoch() <= m_now))
        return false;
    if ((m_wanted.minCostNanos && job.costNanos.value_or(-1) < *m_wanted.minCostNanos)
        || (m_wanted.maxCostNanos && (!job.costNanos || *job.costNanos > *m_wanted.maxCostNanos)))
        return false;
    return !m_wanted.search || holdsText(job);
}

bool JobMatcher::holdsText(const Job &job) const
{
    return m_search.indexIn(job.templateName) >= 0 || m_search.indexIn(job.templateSlug) >= 0
        || m_search.indexIn(job.model) >= 0
        || (!m_idPart.isEmpty() && job.id.toByteArray(QUuid::WithoutBraces).contains(m_idPart));
}
