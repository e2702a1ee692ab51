// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/session_rows.h"

#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/auth/endpoints.h"

#include <QBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

SessionRows::SessionRows(ApiClient &api, QWidget *parent)
    : QWidget(parent),
      m_api(api),
      m_rows(layout::column({}, Length::Space12)),
      m_endOthers(new Button)
{
    setLayout(layout::column({m_rows, layout::row({m_endOthers, layout::stretch()})}, Length::Space16));
    m_endOthers->hide();
    connect(m_endOthers, &QPushButton::clicked, this, &SessionRows::endOthers);
    retranslate();
}

void SessionRows::load()
{
    m_loading.cancel();
    m_loading = m_api.call(
        endpoints::auth::sessions, {.userId = m_owner, .limit = 50, .cursor = {}}, this,
        [this](const Result<Page<Session>> &page) { page ? show(page->items) : Q_EMIT failed(page.error()); });
}

void SessionRows::loadOf(const QUuid &userId)
{
    m_owner = userId;
    show({}); // those of whoever was shown before are not theirs
    load();
}

void SessionRows::show(const QList<Session> &sessions)
{
    m_sessions = sessions;
    std::stable_sort(m_sessions.begin(), m_sessions.end(), [](const Session &a, const Session &b) {
        return std::pair(b.current, b.lastUsedAt) < std::pair(a.current, a.lastUsedAt);
    });
    rebuild();
}

void SessionRows::retranslate()
{
    m_endOthers->setText(tr("End all others"));
    rebuild();
}

void SessionRows::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Session &session : std::as_const(m_sessions)) {
        if (m_rows->count() > 0)
            m_rows->addWidget(layout::line());
        m_rows->addWidget(row(session));
    }
    if (m_owner && m_sessions.isEmpty() && !m_loading.isPending())
        m_rows->addWidget(new Label(tr("Nowhere at the moment"), TextStyle::Small, ColorRole::Text2));
    m_endOthers->setVisible(!m_owner && m_sessions.size() > 1);
}

QWidget *SessionRows::row(const Session &session)
{
    const QString device = session.device.isEmpty() ? tr("Unknown device") : session.device;
    auto *title = new Label(device, TextStyle::BodyStrong);
    title->setElided(true);
    auto *facts = new Label(
        session.current
            ? tr("This session · %1 · since %2").arg(session.address, amounts::moment(session.createdAt))
            : tr("%1 · since %2 · last used %3")
                  .arg(session.address, amounts::moment(session.createdAt), amounts::moment(session.lastUsedAt)),
        TextStyle::Small, ColorRole::Text2);
    m_owner ? facts->setWordWrap(true) : facts->setElided(true); // beside a table there is little room
    auto *texts = layout::column({title, facts}, Length::Space2);
    if (session.current)
        return layout::box(layout::row({layout::wide(texts)}));
    auto *end = new Button(tr("End"));
    end->setAccessibleName(tr("End the session of %1").arg(device));
    connect(end, &QPushButton::clicked, this, [this, session] { this->end(session); });
    return layout::box(layout::row({layout::wide(texts), end}, Length::Space24));
}

void SessionRows::end(const Session &session)
{
    m_api.call(endpoints::auth::endSession.at(session.id), {}, this, [this, session](const Result<Nothing> &reply) {
        reply || reply.error().status == 404 ? Q_EMIT ended(session.device) : Q_EMIT failed(reply.error());
        load();
    });
}

void SessionRows::endOthers()
{
    m_api.call(endpoints::auth::endSessions, {}, this, [this](const Result<Nothing> &reply) {
        reply ? Q_EMIT ended({}) : Q_EMIT failed(reply.error());
        load();
    });
}
