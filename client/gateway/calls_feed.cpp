// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/calls_feed.h"

#include "shared/gateway/endpoints.h"

using namespace std::chrono_literals;

namespace {

constexpr int callsAtOnce = 100;
constexpr auto followEvery = 10s;

} // namespace

CallsFeed::CallsFeed(Workspace &workspace, CallsModel &model, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_model(model)
{
    m_follow.setInterval(followEvery);
    connect(&m_follow, &QTimer::timeout, this, [this] {
        if (m_isLoaded && !isLoading() && !m_newer.isPending())
            load(Part::Newer);
    });
}

void CallsFeed::setFollowing(bool following) { following ? m_follow.start() : m_follow.stop(); }

void CallsFeed::setQuery(const CallQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    if (!m_isLoaded && !isLoading())
        return; // nobody has looked yet
    m_model.setRows(QList<GatewayCallRow>());
    reload();
}

void CallsFeed::reload()
{
    m_newer.cancel();
    m_cursor.reset();
    load(Part::First);
}

void CallsFeed::loadMore()
{
    if (m_cursor && !isLoading())
        load(Part::Older);
}

void CallsFeed::load(Part part)
{
    GatewayCallFilter filter = m_query.filter(QDateTime::currentDateTimeUtc());
    filter.limit = callsAtOnce;
    if (part == Part::Older)
        filter.cursor = m_cursor;
    CallHandle &call = part == Part::Newer ? m_newer : m_call;
    call.cancel();
    call = m_workspace.api().call(endpoints::gatewayCalls::list, filter, this,
                                  [this, part](const Result<Page<GatewayCallRow>> &page) {
                                      (part == Part::Newer ? m_newer : m_call) = {};
                                      if (page)
                                          take(part, *page);
                                      Q_EMIT loadingChanged();
                                      if (!page && part != Part::Newer) // the next one may be luckier
                                          Q_EMIT failed(page.error());
                                      else if (page && part != Part::Older)
                                          Q_EMIT loaded();
                                  });
    Q_EMIT loadingChanged();
}

void CallsFeed::take(Part part, const Page<GatewayCallRow> &page)
{
    const bool joins = std::any_of(page.items.begin(), page.items.end(),
                                   [this](const GatewayCallRow &call) { return m_model.find(call.id) != nullptr; });
    // More was called than a page holds: what is between is not guessed at.
    const bool startsAnew = part == Part::First || (part == Part::Newer && !joins && page.nextCursor);
    if (startsAnew) {
        m_model.setRows(page.items);
        m_isLoaded = true;
    } else if (part == Part::Older) {
        m_model.append(page.items);
    } else {
        for (qsizetype i = page.items.size() - 1; i >= 0; --i) // the oldest first: each goes before the ones there
            m_model.put(page.items[i]); // a call that was known may have ended meanwhile
    }
    if (startsAnew || part == Part::Older)
        m_cursor = page.nextCursor;
}
