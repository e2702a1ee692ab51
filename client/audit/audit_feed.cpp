// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_feed.h"

#include "shared/audit/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pageSize = 100;
constexpr auto coalesce = 300ms;

} // namespace

AuditFeed::AuditFeed(Workspace &workspace, AuditModel &model, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_model(model)
{
    m_grown.setSingleShot(true);
    m_grown.setInterval(coalesce);
    connect(&m_grown, &QTimer::timeout, this, [this] {
        if (m_isLoaded && !isLoading())
            load(Part::Newer);
    });
    m_workspace.live().subscribe(u"audit"_s, this, [this](const live::Event &) {
        if (!m_grown.isActive())
            m_grown.start();
    });
    connect(&m_workspace.live(), &LiveClient::reload, this, [this] {
        if (m_isLoaded)
            reload();
    });
}

void AuditFeed::setView(const AuditView &view)
{
    if (view == m_view && m_isLoaded)
        return;
    m_view = view;
    m_model.setRows(QList<AuditEntry>());
    reload();
}

void AuditFeed::reload()
{
    m_call.cancel();
    m_newer.cancel();
    m_cursor.reset();
    load(Part::First);
}

void AuditFeed::loadMore()
{
    if (m_cursor && !isLoading())
        load(Part::Older);
}

void AuditFeed::load(Part part)
{
    AuditFilter filter = m_view.filter(QDateTime::currentDateTimeUtc());
    filter.limit = pageSize;
    if (part == Part::Older)
        filter.cursor = m_cursor;
    CallHandle &call = part == Part::Newer ? m_newer : m_call;
    call.cancel();
    call = m_workspace.api().call(endpoints::audit::list, filter, this,
                                  [this, part](const Result<Page<AuditEntry>> &page) {
                                      (part == Part::Newer ? m_newer : m_call) = {};
                                      if (page)
                                          take(part, *page);
                                      Q_EMIT loadingChanged();
                                      if (!page)
                                          Q_EMIT failed(page.error());
                                      else if (part != Part::Older)
                                          Q_EMIT loaded();
                                  });
    Q_EMIT loadingChanged();
}

void AuditFeed::take(Part part, const Page<AuditEntry> &page)
{
    const bool joins = std::any_of(page.items.begin(), page.items.end(),
                                   [this](const AuditEntry &entry) { return m_model.find(entry.id) != nullptr; });
    // More was added than a page holds: what is between is not guessed at.
    const bool startsAnew = part == Part::First || (part == Part::Newer && !joins && page.nextCursor);
    if (startsAnew) {
        m_model.setRows(page.items);
        m_isLoaded = true;
    } else if (part == Part::Older) {
        m_model.append(page.items);
    } else {
        for (qsizetype i = page.items.size() - 1; i >= 0; --i) // the oldest first: each goes before the ones there
            if (!m_model.find(page.items[i].id))
                m_model.put(page.items[i]);
    }
    if (startsAnew || part == Part::Older)
        m_cursor = page.nextCursor;
}
