// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_filter.h"
#include "client/jobs/jobs_model.h"
#include "client/session/workspace.h"

#include <QHash>

// Fills a JobsModel: at once from the cache, then page by page from the server, then by what the live connection tells.
// Changes that arrive together are shown together, ten times a second at most.
class JobsFeed : public QObject
{
    Q_OBJECT

public:
    JobsFeed(Workspace &workspace, JobsModel &model, QObject *parent = nullptr);

    const JobView &view() const { return m_view; }
    void setView(const JobView &view);
    void reload();
    void loadMore(); // the next older page; nothing when one is under way or all is there
    bool hasMore() const { return m_cursor.has_value(); }
    bool isLoading() const { return m_call.isPending(); }
    bool showsCache() const { return m_showsCache; } // until the server has answered for this view
    QDateTime asOf() const;

    // Shows a job in another state before the server has confirmed it.
    void showAs(const Job &job);
    void put(const Job &job); // what the server has said
    void drop(const QUuid &id);
    void hide(const QUuid &id) { m_model.remove(id); } // until the list is loaded anew
    const Job *find(const QUuid &id) const { return m_model.find(id); }

    static constexpr int mostRows = 100'000;

Q_SIGNALS:
    void loadingChanged();
    void loaded(); // the first page of this view is there
    void grew(); // a page has come, the first or another one
    void failed(const ApiError &error);
    void jobChanged(const Job &job); // by the live connection
    void jobGone(const QUuid &id); // discarded
    void applied(); // after all that changed or went together

private:
    void showCached();
    void showMoreCached(int offset);
    void loadPage(bool first);
    void received(const live::Event &event);
    void applyWaiting();
    QList<Job> newest(QList<Job> jobs);
    void remember(const QList<Job> &jobs);

    Workspace &m_workspace;
    JobsModel &m_model;
    JobView m_view;
    std::optional<QString> m_cursor;
    CallHandle m_call;
    QHash<QUuid, Job> m_meanwhile; // told while the list is on its way, which may be older
    QTimer m_apply;
    QHash<QUuid, Job> m_waiting;
    QList<QUuid> m_order; // of m_waiting, as they came
    QList<QUuid> m_leaving; // discarded
    bool m_showsCache = false;
    bool m_everLoaded = false;
};
