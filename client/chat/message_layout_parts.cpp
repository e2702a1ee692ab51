// SPDX-License-Identifier: GPL-3.0-or-later
// What stands below the text of a message: reactions, its thread, how far it has come.
#include "client/chat/message_layout.h"
#include "client/chat/message_words.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QLocale>

QString reactionIcon(const QString &emoji)
{
    static const QHash<QString, QString> icons{
        {QStringLiteral("👍"), QStringLiteral("thumbs-up")}, {QStringLiteral("👎"), QStringLiteral("thumbs-down")},
        {QStringLiteral("👀"), QStringLiteral("eye")},       {QStringLiteral("✅"), QStringLiteral("circle-check")},
        {QStringLiteral("⭐"), QStringLiteral("star")},      {QStringLiteral("⚡"), QStringLiteral("zap")},
        {QStringLiteral("🙂"), QStringLiteral("smile")}};
    return icons.value(emoji);
}

int MessageLayout::layOutReactions(const ConversationMessage &message, int y)
{
    if (!message.reactions.isEmpty()) {
        y += px(Length::Space6);
        const int height = px(Length::Chip), gap = px(Length::Space6);
        int x = m_textX;
        for (int i = 0; i < message.reactions.size(); ++i) {
            const Reaction &reaction = message.reactions[i];
            const int sign = reactionIcon(reaction.emoji).isEmpty() ? paint::textWidth(reaction.emoji, TextStyle::Body)
                                                                    : px(Length::IconTiny);
            const int width = sign + px(Length::Space6)
                + paint::textWidth(QLocale().toString(reaction.count), TextStyle::SmallDigits)
                + 2 * px(Length::Space10);
            if (x > m_textX && x + width > m_textX + m_textWidth) {
                x = m_textX;
                y += height + gap;
            }
            m_targets << MessageTarget{MessagePart::Reaction, i, QRect(x, y, width, height),
                                       messageWords::reaction(reaction)};
            x += width + gap;
        }
        y += height;
    }
    if (message.replyCount > 0) {
        y += px(Length::Space4);
        const QString text = messageWords::replies(message.replyCount);
        const int width = px(Length::IconTiny) + px(Length::Space6) + paint::textWidth(text, TextStyle::SmallStrong)
            + px(Length::Space12);
        m_targets << MessageTarget{MessagePart::Thread, 0, QRect(m_textX, y, width, px(Length::Target)), text};
        y += px(Length::Target);
    }
    return y;
}

int MessageLayout::layOutState(const ConversationMessage &message, int y)
{
    const QString text = messageWords::state(message);
    if (text.isEmpty())
        return y;
    const bool hasButtons = message.state == DeliveryState::Failed || message.state == DeliveryState::Streaming;
    const bool isWrong = message.state == DeliveryState::Failed;
    const int height = hasButtons ? px(Length::Target) : theme().lineHeight(TextStyle::Small);
    y += hasButtons ? px(Length::Space8) : px(Length::Space4);
    const QString icon = isWrong ? QStringLiteral("circle-alert")
        : message.state == DeliveryState::Sending || message.state == DeliveryState::Waiting ? QStringLiteral("clock")
                                                                                             : QString();
    const int sign = icon.isEmpty() ? 0 : px(Length::IconTiny) + px(Length::Space4);
    int buttons = 0;
    if (isWrong)
        buttons = 2 * px(Length::ButtonMinimum) + px(Length::Space24);
    else if (hasButtons)
        buttons = px(Length::ButtonMinimum) + px(Length::Space24);
    const int width =
        std::min(paint::textWidth(text, TextStyle::Small) + sign + px(Length::Space4), m_textWidth - buttons);
    m_lines << Line{{m_textX, y, width, height}, icon, text, isWrong};
    int x = m_textX + width + px(Length::Space12);
    if (message.state == DeliveryState::Streaming) {
        addButton(MessagePart::Stop, QObject::tr("Stop"), x, y);
    } else if (isWrong) {
        x = addButton(MessagePart::Retry, QObject::tr("Retry"), x, y);
        if (message.sequence == 0)
            addButton(MessagePart::Discard, QObject::tr("Discard"), x, y);
    }
    return y + height;
}

int MessageLayout::addButton(MessagePart part, const QString &name, int x, int y)
{
    const int icon = part == MessagePart::Discard ? 0 : px(Length::IconTiny) + px(Length::Space6);
    const int width = icon + paint::textWidth(name, TextStyle::SmallStrong) + 2 * px(Length::Space10);
    m_targets << MessageTarget{part, 0, QRect(x, y, width, px(Length::Target)), name};
    return x + width + px(Length::Space6);
}
