// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_drafts.h"

#include "shared/chat/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto draftScope = u"chat"_s;
constexpr auto sentAfter = 2s; // of rest
constexpr int draftPage = 200;

} // namespace

ChatDrafts::ChatDrafts(Workspace &workspace, ChannelBook &channels, QObject *parent)
    : QObject(parent),
      m_workspace(workspace)
{
    m_send.setSingleShot(true);
    m_send.setInterval(sentAfter);
    connect(&m_send, &QTimer::timeout, this, &ChatDrafts::sendAll);
    connect(&channels, &ChannelBook::draftHeard, this, &ChatDrafts::heard);
    connect(&workspace.session(), &AccountSession::profileChanged, this, &ChatDrafts::follow);
    connect(&workspace.live(), &LiveClient::stateChanged, this, [this](LiveClient::State state) {
        if (state == LiveClient::State::Live && m_follows)
            loadPage({}); // what was written elsewhere meanwhile; then what waits here
    });
    follow();
}

std::optional<ChatDrafts::Kept> ChatDrafts::kept(const ChatPlace &place) const
{
    const auto draft = m_workspace.store().draft(draftScope, place.key());
    if (!draft)
        return {};
    return Kept{draft->body[u"text"_s].toString(), draft->body[u"isSent"_s].toBool(),
                draft->body[u"isOnServer"_s].toBool()};
}

void ChatDrafts::put(const ChatPlace &place, const Kept &kept)
{
    if (kept.text.isEmpty() && !kept.isOnServer)
        return m_workspace.store().removeDraft(draftScope, place.key());
    m_workspace.store().saveDraft(
        draftScope, place.key(),
        {{u"text"_s, kept.text}, {u"isSent"_s, kept.isSent}, {u"isOnServer"_s, kept.isOnServer}}, 0);
}

QString ChatDrafts::text(const ChatPlace &place) const { return kept(place).value_or(Kept{}).text; }

void ChatDrafts::keep(const ChatPlace &place, const QString &text)
{
    if (place.isNull())
        return;
    Kept now = kept(place).value_or(Kept{});
    const QString wanted = text.trimmed().isEmpty() ? QString() : text;
    if (now.text == wanted)
        return;
    now.text = wanted;
    now.isSent = false;
    put(place, now);
    if (wanted.isEmpty() && !now.isOnServer)
        m_waiting.remove(place.key()); // nobody else has heard of it
    else
        sendLater(place);
}

void ChatDrafts::follow()
{
    const AccountSession &session = m_workspace.session();
    if (std::exchange(m_follows, session.isSignedIn() && session.can(Ability::ChatRead)) || !m_follows)
        return;
    loadPage({});
}

void ChatDrafts::loadPage(const std::optional<QString> &cursor)
{
    ChatPageFilter filter;
    filter.limit = draftPage;
    filter.cursor = cursor;
    m_call = m_workspace.api().call(endpoints::messages::drafts, filter, this,
                                    [this](const Result<Page<ChannelDraft>> &page) {
                                        if (!page)
                                            return; // asked again with the next connection
                                        for (const ChannelDraft &draft : page->items)
                                            heard({draft.channelId, draft.threadId, draft.text});
                                        if (page->nextCursor)
                                            return loadPage(page->nextCursor);
                                        for (const QString &key : m_workspace.store().draftKeys(draftScope))
                                            if (const auto place = ChatPlace::ofKey(key); !place.isNull())
                                                m_waiting.insert(key, place); // of a former start too
                                        sendAll();
                                    });
}

void ChatDrafts::heard(const ChannelDraftNews &news)
{
    const ChatPlace place{news.channelId, news.threadId};
    const auto before = kept(place);
    if (before && !before->isSent && before->text != news.text) {
        Kept ours = *before;
        ours.isOnServer = !news.text.isEmpty();
        put(place, ours);
        return sendLater(place); // what was typed here is newer
    }
    put(place, {news.text, true, !news.text.isEmpty()});
    const QString was = before ? before->text : QString();
    if (was != news.text)
        Q_EMIT changed(place, was);
}

void ChatDrafts::sendLater(const ChatPlace &place)
{
    m_waiting.insert(place.key(), place);
    m_send.start();
}

void ChatDrafts::sendAll()
{
    m_send.stop();
    if (!m_follows)
        return;
    for (const ChatPlace &place : std::exchange(m_waiting, {}))
        send(place);
}

void ChatDrafts::send(const ChatPlace &place)
{
    const auto draft = kept(place);
    if (!draft || draft->isSent)
        return;
    const auto ended = [this, place, text = draft->text](bool isDone, const ApiError &error) {
        if (!isDone && (error.status == 0 || error.status >= 500)) {
            m_waiting.insert(place.key(), place); // with the next connection
            return;
        }
        // Where the server refuses it, for a channel that was left for example, it stays on this machine.
        Kept now = kept(place).value_or(Kept{});
        now.isOnServer = isDone ? !text.isEmpty() : now.isOnServer && error.status != 404;
        now.isSent = now.text == text;
        put(place, now);
    };
    if (draft->text.isEmpty())
        m_workspace.api().call(endpoints::messages::removeDraft.at(place.channelId).with({place.threadId}), {}, this,
                               [ended](const Result<Nothing> &reply) {
                                   ended(bool(reply) || reply.error().status == 404,
                                         reply ? ApiError() : reply.error());
                               });
    else
        m_workspace.api().call(
            endpoints::messages::saveDraft.at(place.channelId), ChannelDraftInput{draft->text, place.threadId}, this,
            [ended](const Result<ChannelDraft> &reply) { ended(bool(reply), reply ? ApiError() : reply.error()); });
}
