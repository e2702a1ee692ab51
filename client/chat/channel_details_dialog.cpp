// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_details_dialog.h"

#include "client/chat/chat_looks.h"
#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QListWidget>

using namespace Qt::StringLiterals;

ChannelDetailsDialog::ChannelDetailsDialog(const AccountSession &session, const ChannelEntry &entry,
                                           const QList<ChannelMember> &members, QWidget *parent)
    : Dialog(chatLooks::titled(entry, session.profile().userId), Length::DialogSmall, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    const Channel &channel = entry.channel;
    auto *facts = new Facts;
    facts->setFacts({{tr("Topic"), channel.topic},
                     {tr("Made by"), channel.authorName},
                     {tr("Since"), amounts::moment(channel.createdAt)},
                     {tr("Messages"), amounts::count(channel.lastSequence)}});
    auto *list = new QListWidget;
    list->setAccessibleName(tr("Members"));
    for (const ChannelMember &member : members) {
        const bool isAssistant = member.kind == ChatPartyKind::Assistant;
        QString text = member.name;
        if (isAssistant)
            text += u" · "_s + tr("assistant");
        else if (member.role == ChannelRole::Owner && !chatLooks::isBetweenPeople(channel.kind))
            text += u" · "_s + tr("owner");
        new QListWidgetItem(themedIcon(isAssistant ? u"sparkles"_s : u"user"_s), text, list);
    }
    body()->addWidget(facts);
    body()->addWidget(list);

    const auto offer = [this](const QString &text, const QString &icon, auto request) {
        auto *button = new Button(text, icon);
        connect(button, &QPushButton::clicked, this, [this, request] {
            close();
            Q_EMIT(this->*request)();
        });
        return button;
    };
    const bool isNamed = !chatLooks::isBetweenPeople(channel.kind);
    const bool isOwner = entry.membership && entry.membership->role == ChannelRole::Owner;
    const bool mayChange =
        isNamed && session.can(Ability::ChannelsUpdate) && (isOwner || session.can(Ability::ChatModerate));
    auto *actions = layout::row({});
    if (mayChange) {
        actions->addWidget(offer(tr("Edit…"), u"pencil"_s, &ChannelDetailsDialog::editRequested));
        auto *archive = new Button(channel.isArchived ? tr("Take out of the archive") : tr("Archive"), u"archive"_s);
        connect(archive, &QPushButton::clicked, this, [this, isArchived = channel.isArchived] {
            close();
            Q_EMIT archiveRequested(!isArchived);
        });
        actions->addWidget(archive);
    }
    if (isNamed && entry.membership && !channel.isArchived && session.can(Ability::ChannelsUpdate)
        && (channel.kind == ChannelKind::Public || mayChange))
        actions->addWidget(offer(tr("Add people…"), u"plus"_s, &ChannelDetailsDialog::addRequested));
    if (isNamed && entry.membership)
        actions->addWidget(offer(tr("Leave"), u"log-out"_s, &ChannelDetailsDialog::leaveRequested));
    actions->addStretch();
    body()->addLayout(actions);
    addCancel(tr("Close"));
}
