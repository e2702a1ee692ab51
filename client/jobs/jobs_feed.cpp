// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_feed.h"

#include "shared/jobs/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto jobKind = u"job"_s;
constexpr int firstPage = 100;
constexpr int nextPages = 200; // read within a frame
constexpr int cachedRows = 5000;
constexpr int cachedSlice = 100; // read at once, so that no frame waits for all
constexpr auto coalesce = 100ms;

} // namespace

JobsFeed::JobsFeed(Workspace &workspace, JobsModel &model, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_model(model)
{
    m_apply.setSingleShot(true);
    m_apply.setInterval(coalesce);
    connect(&m_apply, &QTimer::timeout, this, &JobsFeed::applyWaiting);
    m_workspace.live().subscribe(u"jobs"_s, this, [this](const live::Event &event) { received(event); });
    connect(&m_workspace.live(), &LiveClient::reload, this, [this] {
        if (m_everLoaded)
            reload();
    });
    showCached();
}

QDateTime JobsFeed::asOf() const { return m_workspace.store().asOf(jobKind); }

// What is in memory answers a filter at once; what is on disk follows slice by slice, the server's answer after that.
void JobsFeed::showCached()
{
    const JobMatcher matches(m_view, m_workspace.session().profile().userId, QDateTime::currentDateTimeUtc());
    std::vector<Job> known;
    std::copy_if(m_model.rows().begin(), m_model.rows().end(), std::back_inserter(known), matches);
    m_model.setRows(std::move(known));
    m_showsCache = true;
    showMoreCached(0);
}

void JobsFeed::showMoreCached(int offset)
{
    const JobMatcher matches(m_view, m_workspace.session().profile().userId, QDateTime::currentDateTimeUtc());
    const auto cached = m_workspace.store().rows<Job>(jobKind, cachedSlice, offset);
    QList<Job> rows; // what is in memory is no older than what is on disk
    std::copy_if(cached.begin(), cached.end(), std::back_inserter(rows),
                 [&](const Job &job) { return !m_model.find(job.id) && matches(job); });
    m_model.append(rows);
    if (cached.size() < cachedSlice || offset + cachedSlice >= cachedRows)
        return;
    QTimer::singleShot(0, this, [this, next = offset + cachedSlice, view = m_view] {
        if (m_showsCache && view == m_view)
            showMoreCached(next);
    });
}

void JobsFeed::setView(const JobView &view)
{
    if (view == m_view && m_everLoaded)
        return;
    m_view = view;
    showCached();
    reload();
}

void JobsFeed::reload()
{
    m_everLoaded = true;
    m_call.cancel();
    m_cursor.reset();
    loadPage(true);
}

void JobsFeed::loadMore()
{
    if (m_cursor && !isLoading() && m_model.totalRows() < mostRows)
        loadPage(false);
}

void JobsFeed::loadPage(bool first)
{
    JobFilter filter = m_view.filter(m_workspace.session().profile().userId, QDateTime::currentDateTimeUtc());
    filter.limit = first ? firstPage : nextPages;
    filter.cursor = first ? std::nullopt : m_cursor;
    m_meanwhile.clear();
    m_call = m_workspace.api().call(endpoints::jobs::list, filter, this, [this, first](const Result<Page<Job>> &page) {
        m_call = {};
        if (!page) {
            Q_EMIT loadingChanged();
            return Q_EMIT failed(page.error());
        }
        m_cursor.reset(); // rows that come in ask for those after them only when they are all there
        if (first) {
            m_showsCache = false;
            m_model.setRows(newest(page->items));
            m_model.put(std::exchange(m_meanwhile, {}).values()); // made since
            m_workspace.store().setAsOf(jobKind, QDateTime::currentDateTimeUtc());
        } else {
            m_model.append(newest(page->items));
        }
        m_cursor = page->nextCursor;
        if (m_model.totalRows() <= cachedRows) // older ones would not be kept
            remember(page->items);
        Q_EMIT loadingChanged();
        if (first)
            Q_EMIT loaded();
        Q_EMIT grew();
    });
    Q_EMIT loadingChanged();
}

// The jobs of a list, but those as they are now that have changed since it was read; the others stay in m_meanwhile.
QList<Job> JobsFeed::newest(QList<Job> jobs)
{
    for (Job &job : jobs)
        if (const auto told = m_meanwhile.constFind(job.id); told != m_meanwhile.cend()) {
            if (told->revision > job.revision)
                job = *told;
            m_meanwhile.erase(told);
        }
    return jobs;
}

void JobsFeed::remember(const QList<Job> &jobs)
{
    QList<LocalStore::Entry<Job>> entries;
    for (const Job &job : jobs)
        entries.append({job.id.toString(QUuid::WithoutBraces), job.createdAt.toMSecsSinceEpoch(), job});
    m_workspace.store().put(jobKind, entries);
    m_workspace.store().keepNewest(jobKind, cachedRows);
}

void JobsFeed::received(const live::Event &event)
{
    try {
        const Job job = json::fromValue<Job>(event.data, json::UnknownMembers::Lenient);
        if (event.name == u"job.discarded"_s) {
            m_leaving.append(job.id);
            m_waiting.remove(job.id);
            m_order.removeOne(job.id);
            if (!m_apply.isActive())
                m_apply.start();
            return;
        }
        if (!m_waiting.contains(job.id))
            m_order.append(job.id);
        m_waiting.insert(job.id, job);
        if (!m_apply.isActive())
            m_apply.start();
    } catch (const json::InvalidError &) {
        // Only names its job: the list is asked again rather than guessed at.
        reload();
    }
}

void JobsFeed::applyWaiting()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const JobMatcher matches(m_view, m_workspace.session().profile().userId, now);
    const auto waiting = std::exchange(m_waiting, {});
    QList<Job> jobs, shown;
    for (const QUuid &id : std::exchange(m_order, {})) {
        Job job = waiting.value(id);
        job.output.reset(); // lists do without
        const Job *known = m_model.find(id);
        if (known && known->revision > job.revision)
            continue;
        jobs.append(job);
        // What no longer matches stays where it is, in its new state, until the list is loaded anew.
        if (!known && !matches(job))
            continue;
        shown.append(job);
        if (isLoading())
            m_meanwhile.insert(id, job);
    }
    m_model.put(shown);
    for (const Job &job : std::as_const(jobs))
        Q_EMIT jobChanged(job);
    const QList<QUuid> leaving = std::exchange(m_leaving, {});
    m_model.remove(leaving);
    for (const QUuid &id : leaving) {
        m_workspace.store().removeRow(jobKind, id.toString(QUuid::WithoutBraces));
        Q_EMIT jobGone(id);
    }
    remember(jobs);
    m_workspace.store().setAsOf(jobKind, now);
    if (!jobs.isEmpty() || !leaving.isEmpty())
        Q_EMIT applied();
}

void JobsFeed::showAs(const Job &job) { m_model.put(job); }

void JobsFeed::put(const Job &job)
{
    const Job *known = m_model.find(job.id);
    const bool fits =
        known || m_view.matches(job, m_workspace.session().profile().userId, QDateTime::currentDateTimeUtc());
    Job row = job;
    row.output.reset();
    if (fits)
        m_model.put(row);
    remember({row});
}

void JobsFeed::drop(const QUuid &id)
{
    m_model.remove(id);
    m_workspace.store().removeRow(jobKind, id.toString(QUuid::WithoutBraces));
}
