// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_looks.h"

#include <QCoreApplication>
#include <QTextDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 160;
constexpr qsizetype longestMarkdown = 4 * longestLine; // marks and addresses of links are left out

struct ChatLooks
{
    Q_DECLARE_TR_FUNCTIONS(ChatLooks)
};

DeliveryState deliveryOf(MessageState state)
{
    switch (state) {
    case MessageState::Streaming:
        return DeliveryState::Streaming;
    case MessageState::Stopped:
        return DeliveryState::Stopped;
    case MessageState::Failed:
        return DeliveryState::Failed;
    case MessageState::Complete:
        break;
    }
    return DeliveryState::Sent;
}

qint64 moment(const std::optional<QDateTime> &time) { return time ? time->toMSecsSinceEpoch() : 0; }

} // namespace

QString chatLooks::name(const ChannelEntry &entry, const QUuid &me)
{
    if (!entry.channel.name.isEmpty())
        return entry.channel.name;
    QStringList others;
    for (const ChannelMember &member : entry.people)
        if (member.id != me)
            others << member.name;
    return others.isEmpty() ? ChatLooks::tr("Only you") : others.join(u", "_s);
}

QString chatLooks::titled(const ChannelEntry &entry, const QUuid &me)
{
    return isBetweenPeople(entry.channel.kind) ? name(entry, me) : u'#' + name(entry, me);
}

bool chatLooks::isBetweenPeople(ChannelKind kind) { return kind == ChannelKind::Direct || kind == ChannelKind::Group; }

bool chatLooks::isMuted(const ChannelEntry &entry)
{
    const auto &own = entry.membership;
    return own
        && (own->notify == ChannelNotify::Nothing
            || (own->mutedUntil && *own->mutedUntil > QDateTime::currentDateTimeUtc()));
}

QString chatLooks::icon(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::Private:
        return u"lock"_s;
    case ChannelKind::Direct:
        return u"user"_s;
    case ChannelKind::Group:
        return u"users"_s;
    case ChannelKind::Public:
        break;
    }
    return u"hash"_s;
}

QString chatLooks::people(int count) { return ChatLooks::tr("%n member(s)", nullptr, count); }

ConversationMessage chatLooks::shown(const ChatMessage &message, const QUuid &me)
{
    ConversationMessage row;
    row.id = message.id;
    row.clientId = message.clientId.value_or(QUuid());
    row.sequence = message.sequence;
    row.authorId = message.authorId.value_or(QUuid());
    row.authorName = message.authorName;
    row.isFromAssistant = message.authorKind == ChatPartyKind::Assistant;
    row.isOwn = !row.isFromAssistant && message.authorId == me;
    row.text = message.text;
    if (message.replyToId)
        row.quoted = {*message.replyToId, {}, ChatLooks::tr("An earlier message")};
    row.replyCount = message.replyCount;
    for (const MessageReaction &reaction : message.reactions)
        row.reactions.append({reaction.emoji, reaction.count, reaction.userIds.contains(me)});
    row.isPinned = message.pinnedAt.has_value();
    row.state = deliveryOf(message.state);
    row.error = message.error;
    row.costNanos = message.costNanos.value_or(-1);
    row.createdAt = message.createdAt.toMSecsSinceEpoch();
    row.editedAt = moment(message.editedAt);
    row.deletedAt = moment(message.deletedAt);
    return row;
}

QString chatLooks::firstLine(const QString &text)
{
    QString line;
    for (const QStringView &one : QStringView(text).split(u'\n')) {
        const QStringView content = one.trimmed();
        if (content.isEmpty() || content.startsWith(u"```") || content.startsWith(u"~~~"))
            continue; // code begins on the next one
        line = content.first(std::min(content.size(), longestMarkdown)).toString();
        break;
    }
    if (std::any_of(line.cbegin(), line.cend(), [](QChar c) { return u"`*_#>[~\\|-+!<&"_s.contains(c); })) {
        QTextDocument document;
        document.setMarkdown(line,
                             QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                                 | QTextDocument::MarkdownNoHTML);
        const QString plain = document.toPlainText().remove(QChar::ObjectReplacementCharacter).simplified();
        if (!plain.isEmpty()) // nothing but marks stays as it was written
            line = plain;
    }
    return line.size() > longestLine ? line.left(longestLine - 1) + u'…' : line;
}
