// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/connection_notice.h"

#include "client/shell/main_window.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ConnectionNotice::ConnectionNotice(MainWindow &window, Workspace &workspace, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_workspace(workspace)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(3s);
    m_countdown.setInterval(1s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_shown = true;
        m_countdown.start();
        renewBanner();
    });
    connect(&m_countdown, &QTimer::timeout, this, &ConnectionNotice::renewBanner);
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &ConnectionNotice::stateChanged);
    connect(&m_window.banner(), &Banner::actionRequested, this, [this] { m_workspace.live().retryNow(); });
    connect(&m_window, &MainWindow::connectionDetailsRequested, this, [this] {
        m_workspace.live().retryNow();
        if (m_workspace.live().state() != LiveClient::State::Live)
            renewBanner();
    });
    stateChanged();
}

ConnectionNotice::~ConnectionNotice() { m_window.banner().hide(); }

void ConnectionNotice::stateChanged()
{
    const LiveClient &live = m_workspace.live();
    switch (live.state()) {
    case LiveClient::State::Live:
        m_patience.stop();
        m_countdown.stop();
        m_shown = false;
        m_window.banner().hide();
        return m_window.setConnection(ConnectionPill::State::Live, live.latencyMs());
    case LiveClient::State::Reconnecting:
        m_window.setConnection(ConnectionPill::State::Reconnecting);
        break;
    case LiveClient::State::Offline:
        m_window.setConnection(ConnectionPill::State::Offline);
        break;
    }
    if (!m_shown && !m_patience.isActive())
        m_patience.start();
}

QString ConnectionNotice::sentence() const
{
    const QString server = QUrl(m_workspace.session().account().server).authority();
    QStringList parts{tr("No connection to %1.").arg(server)};
    QDateTime saved;
    for (const QString &kind : {u"job"_s, u"template"_s, u"usage"_s})
        saved = std::max(saved, m_workspace.store().asOf(kind));
    if (saved.isValid())
        parts << tr("Showing data saved at %1.").arg(amounts::clock(saved));
    if (const auto seconds = m_workspace.live().secondsToNextTry())
        parts << tr("Next try in %n s.", nullptr, *seconds);
    return parts.join(u' ');
}

void ConnectionNotice::renewBanner()
{
    m_window.banner().show(Tone::Warning, u"cloud-off"_s, sentence(), tr("Try now"));
}
