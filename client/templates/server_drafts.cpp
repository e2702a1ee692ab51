// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/server_drafts.h"

#include "shared/templates/endpoints.h"

#include <QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto sendDelay = 1500ms;

} // namespace

ServerDrafts::ServerDrafts(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(sendDelay);
    connect(&m_timer, &QTimer::timeout, this, &ServerDrafts::sendNow);
}

ServerDrafts::~ServerDrafts() { sendNow(); }

// Which revision on the server is what this computer wrote.
QString ServerDrafts::markOf(const QUuid &id) const { return u"draft/"_s + id.toString(QUuid::WithoutBraces); }

void ServerDrafts::begin()
{
    sendNow();
    m_timer.stop();
    m_id = {};
    m_waiting = {};
    m_isHeld = true;
}

void ServerDrafts::keep(const QUuid &id, const NewTemplateVersion &content, const QString &title)
{
    if (id != m_id)
        sendNow();
    m_id = id;
    m_waiting = {content.baseVersion.value_or(0), title, {{u"content"_s, json::object(json::print(content))}}};
    if (!m_timer.isActive())
        m_timer.start();
}

void ServerDrafts::sendNow()
{
    if (m_isHeld || m_id.isNull() || m_waiting.content.isEmpty())
        return;
    m_timer.stop();
    const QUuid id = m_id;
    const DraftInput input = std::exchange(m_waiting, {});
    m_workspace.store().setViewState(markOf(id), {{u"sent"_s, true}});
    m_call = m_workspace.api().call(
        endpoints::templates::saveDraft.at(id), input, &m_workspace,
        [this, self = QPointer(this), id, workspace = &m_workspace](const Result<TemplateDraft> &reply) {
            if (reply)
                workspace->store().setViewState(u"draft/"_s + id.toString(QUuid::WithoutBraces),
                                                {{u"sent"_s, true}, {u"revision"_s, reply->revision}});
            if (!self)
                return;
            if (reply)
                Q_EMIT kept(id);
            else if (reply.error().status >= 400 && reply.error().status < 500)
                Q_EMIT refused(reply.error());
        });
}

void ServerDrafts::setHeld(bool held)
{
    m_isHeld = held;
    if (!held && !m_waiting.content.isEmpty())
        m_timer.start();
}

void ServerDrafts::discard(const QUuid &id)
{
    const bool wasWaiting = m_id == id && !m_waiting.content.isEmpty();
    if (m_id == id) {
        m_timer.stop();
        m_waiting = {};
        m_call.cancel();
    }
    if (m_isHeld)
        return; // what is there is another machine's
    const bool wasSent = m_workspace.store().viewState(markOf(id)).value(u"sent"_s).toBool();
    if (!wasSent && !wasWaiting)
        return;
    m_workspace.store().setViewState(markOf(id), {});
    m_workspace.api().call(endpoints::templates::removeDraft.at(id), {}, &m_workspace, [](const Result<Nothing> &) {});
}

void ServerDrafts::find(const QUuid &id, QObject *receiver, Found found)
{
    m_workspace.api().call(endpoints::templates::draft.at(id), {}, receiver,
                           [this, id, found](const Result<TemplateDraft> &reply) {
                               const QJsonObject mark = m_workspace.store().viewState(markOf(id));
                               found(reply, reply && mark.value(u"revision"_s).toInteger() == reply->revision);
                           });
}

std::optional<NewTemplateVersion> ServerDrafts::contentOf(const QJsonObject &body)
{
    try {
        return json::fromValue<NewTemplateVersion>(body.value(u"content"_s), json::UnknownMembers::Ignore);
    } catch (const json::InvalidError &) {
        return {};
    }
}
