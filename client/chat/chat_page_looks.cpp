// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says around its conversation, and what is kept of it.
#include "client/chat/channel_list.h"
#include "client/chat/chat_header.h"
#include "client/chat/chat_looks.h"
#include "client/chat/chat_page.h"
#include "client/chat/composer_edit.h"
#include "client/chat/emoji_choices.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "shared/chat/endpoints.h"

#include <QListView>

using namespace Qt::StringLiterals;

void ChatPage::renewList() { m_view->list().model().setChannels(m_rows.rows()); }

void ChatPage::renewHeader()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    QStringList facts;
    if (entry->channel.kind != ChannelKind::Direct)
        facts << chatLooks::people(entry->channel.memberCount);
    QList<PersonLook> faces;
    int online = 0;
    for (const ChannelMember &member : std::as_const(m_members)) {
        faces.append({member.id.toString(), member.name});
        online += m_channels.activityOf(member.id).has_value();
    }
    if (online > 0 && entry->channel.kind != ChannelKind::Direct)
        facts << tr("%n online", nullptr, online);
    if (!entry->channel.topic.isEmpty())
        facts << entry->channel.topic;
    if (entry->channel.isArchived)
        facts << tr("archived");
    m_view->header().setChannel(chatLooks::titled(*entry, m_channels.me()), facts.join(u" · "_s), faces);
}

void ChatPage::renewComposer()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    const QString title = chatLooks::titled(*entry, m_channels.me());
    QString reason;
    if (!entry->membership)
        reason = tr("Join %1 to write here.").arg(title);
    else if (entry->channel.isArchived)
        reason = tr("%1 is archived: it can be read, but no longer be written in.").arg(title);
    else if (!m_workspace.session().can(Ability::ChatPost))
        reason = tr("Your role reads here and does not write. An administrator of your tenant can change that.");
    QList<CompletionChoice> people, channels;
    for (const ChannelMember &member : std::as_const(m_members))
        if (member.id != m_channels.me())
            people.append(
                {member.id, member.name, member.kind == ChatPartyKind::Assistant ? tr("Assistant") : QString(), {}});
    if (entry->channel.kind != ChannelKind::Direct)
        people.append({{}, u"everyone"_s, tr("Tells all members"), {}});
    for (const ChannelEntry &one : m_channels.entries())
        if (!one.channel.name.isEmpty())
            channels.append({one.channel.id, one.channel.name, one.channel.topic, {}});
    for (MessageComposer *composer : {&m_view->composer(), m_view->thread().composer()}) {
        composer->setDisabledReason(reason);
        composer->setChoices(u'@', people);
        composer->setChoices(u'#', channels);
        composer->setChoices(u':', emojiChoices());
    }
    m_view->composer().setPlaceholder(tr("Message %1").arg(title));
}

void ChatPage::renewTemplates()
{
    QList<CompletionChoice> templates;
    if (m_workspace.session().can(Ability::TemplatesRead))
        for (const PromptTemplate &one : m_library.templates())
            templates.append({one.id, one.slug, one.name, {}});
    for (MessageComposer *composer : {&m_view->composer(), m_view->thread().composer()})
        composer->setChoices(u'/', templates);
}

void ChatPage::putTemplate(MessageComposer &composer, const QUuid &id, const QString &name)
{
    m_library.open(id, &composer, [this, &composer, name](const Result<TemplateDetail> &detail, bool) {
        if (!composer.text().contains(name))
            return; // put already, as it was kept here
        if (!detail || detail->version.userPrompt.isEmpty())
            return Q_EMIT toastRequested({.tone = Tone::Danger,
                                          .title = tr("The template cannot be used"),
                                          .text = detail ? tr("It has a system prompt only.") : detail.error().detail});
        composer.putTemplate(name, detail->version.userPrompt);
    });
}

void ChatPage::renewTyping()
{
    const QStringList names = m_presence.typing();
    m_view->composer().setTyping(names);
    m_view->composer().setAnswering(m_feed.isWriting());
    m_view->thread().composer()->setAnswering(m_threadFeed.isWriting());
    m_rows.setTyping(m_feed.place().channelId, names);
}

void ChatPage::renewNotice()
{
    const bool isLive = m_workspace.live().state() == LiveClient::State::Live;
    // A dead network is said once, above all pages; here only how old is what is shown.
    if (m_problem && m_problem->status != 0)
        return m_banner->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
    if (m_channels.problem() && m_channels.problem()->status != 0)
        return m_banner->show(Tone::Danger, u"circle-alert"_s, m_channels.problem()->detail, tr("Try again"));
    if (const int waiting = m_account.outbox().waiting(); waiting > 0 && !isLive)
        return m_banner->show(Tone::Warning, u"clock"_s,
                              tr("%n message(s) will be sent when the connection is back.", nullptr, waiting));
    if (m_visited && m_visited->channel.id == m_feed.place().channelId)
        return m_banner->show(
            Tone::Info, u"hash"_s,
            tr("You are reading %1 without being a member.").arg(chatLooks::titled(*m_visited, m_channels.me())),
            tr("Join channel"));
    if (!isLive && m_feed.showsCache() && m_feed.asOf().isValid())
        return m_banner->show(
            Tone::Info, u"cloud-off"_s,
            tr("As of %1. Newer messages come with the connection.").arg(amounts::moment(m_feed.asOf())));
    m_banner->hide();
}

// ---- drafts

// On another machine. What is being written here goes on.
void ChatPage::renewDraft(const ChatPlace &place, const QString &before)
{
    const auto renew = [&](const ChatFeed &feed, MessageComposer &composer) {
        if (feed.place() == place && composer.editedId().isNull() && composer.text() == before)
            composer.setText(m_account.drafts().text(place));
    };
    renew(m_feed, m_view->composer());
    renew(m_threadFeed, *m_view->thread().composer());
}

void ChatPage::closeThread()
{
    if (m_threadFeed.place().isNull())
        return;
    m_view->thread().composer()->endContext();
    m_account.drafts().keep(m_threadFeed.place(), m_view->thread().composer()->text());
    m_threadFeed.close();
    m_view->closeThread();
    Q_EMIT commandsChanged();
}

// ---- the page among others

QJsonObject ChatPage::viewState() const
{
    QJsonObject state;
    if (!m_feed.place().isNull())
        state.insert(u"open"_s, m_feed.place().channelId.toString(QUuid::WithoutBraces));
    return state;
}

void ChatPage::restoreViewState(const QJsonObject &state)
{
    if (const auto id = QUuid::fromString(state.value(u"open"_s).toString()); !id.isNull())
        openChannel(id);
}

void ChatPage::openObject(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    if (uuid.isNull())
        return;
    if (m_channels.find(uuid))
        return openChannel(uuid);
    // A link may name a message; what is none is a channel that the person is no member of.
    m_workspace.api().call(endpoints::messages::get.at(uuid), {}, this, [this, uuid](const Result<ChatMessage> &reply) {
        if (reply)
            jumpTo(*reply);
        else if (reply.error().status == 404)
            openChannel(uuid);
        else
            Q_EMIT toastRequested({.tone = Tone::Danger,
                                   .title = tr("The message cannot be shown"),
                                   .text = reply.error().detail,
                                   .details = QString::fromUtf8(json::print(reply.error()))});
    });
}

void ChatPage::activated()
{
    if (!m_channels.hasLoaded() && !m_channels.isLoading())
        m_channels.reload();
    if (!std::exchange(m_hasAskedForTemplates, true) && m_workspace.session().can(Ability::TemplatesRead))
        m_library.reload();
    renewNotice();
}

QWidget *ChatPage::mainContent()
{
    if (m_feed.place().isNull())
        return &m_view->list().view();
    return &m_view->composer().edit();
}

void ChatPage::retranslate()
{
    setAccessibleName(tr("Chat")); // no title shows here: the channel's stands in its place
    renewList();
    renewHeader();
    renewComposer();
    renewNotice();
}
