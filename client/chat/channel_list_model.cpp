// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_list_model.h"

#include <algorithm>

using namespace Qt::StringLiterals;

QString ChannelListModel::title(ChannelSection section)
{
    switch (section) {
    case ChannelSection::Favorites:
        return tr("Favorites");
    case ChannelSection::Channels:
        return tr("Channels");
    case ChannelSection::Direct:
        return tr("Direct messages");
    case ChannelSection::Assistants:
        return tr("Assistant threads");
    }
    return {};
}

void ChannelListModel::setChannels(QList<ChannelRow> channels)
{
    m_channels = std::move(channels);
    std::stable_sort(m_channels.begin(), m_channels.end(),
                     [](const auto &one, const auto &other) { return one.section < other.section; });
    rebuild();
}

void ChannelListModel::put(const ChannelRow &channel)
{
    const auto known =
        std::find_if(m_channels.begin(), m_channels.end(), [&](const ChannelRow &one) { return one.id == channel.id; });
    const int row = rowOf(channel.id);
    const bool isInPlace = known != m_channels.end() && row >= 0 && known->section == channel.section
        && known->name == channel.name && known->isUnread() == channel.isUnread();
    if (known != m_channels.end())
        *known = channel;
    if (isInPlace) {
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    if (known == m_channels.end())
        m_channels << channel;
    setChannels(m_channels);
}

void ChannelListModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    rebuild();
}

void ChannelListModel::toggleSection(ChannelSection section)
{
    if (!m_folded.remove(section))
        m_folded.insert(section);
    rebuild();
}

void ChannelListModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const auto section :
         {ChannelSection::Favorites, ChannelSection::Channels, ChannelSection::Direct, ChannelSection::Assistants}) {
        QList<Row> found;
        bool isUsed = false;
        for (int i = 0; i < m_channels.size(); ++i) {
            const ChannelRow &channel = m_channels[i];
            if (channel.section != section || !channel.name.contains(m_filter, Qt::CaseInsensitive))
                continue;
            isUsed = true;
            if (!m_folded.contains(section) || !m_filter.isEmpty() || channel.isUnread())
                found << Row{section, i};
        }
        if (isUsed || (m_filter.isEmpty() && section != ChannelSection::Favorites))
            m_rows << Row{section, -1} << found;
    }
    endResetModel();
}

int ChannelListModel::rowOf(const QUuid &id) const
{
    for (int row = 0; row < m_rows.size(); ++row)
        if (!isSection(row) && channel(row).id == id)
            return row;
    return -1;
}

int ChannelListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

Qt::ItemFlags ChannelListModel::flags(const QModelIndex &index) const
{
    return isSection(index.row()) ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant ChannelListModel::data(const QModelIndex &index, int role) const
{
    const int row = index.row();
    if (isSection(row))
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? title(section(row)) : QVariant();
    const ChannelRow &channel = this->channel(row);
    if (role == Qt::DisplayRole)
        return channel.name;
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList parts{channel.name};
    if (channel.unread > 0)
        parts << tr("%n unread", nullptr, channel.unread);
    if (channel.mentions > 0)
        parts << tr("%n mentions", nullptr, channel.mentions);
    if (channel.isMuted)
        parts << tr("muted");
    if (channel.presence == ChannelRow::Presence::Online)
        parts << tr("online");
    else if (channel.presence == ChannelRow::Presence::Away)
        parts << tr("away");
    if (!channel.preview.isEmpty())
        parts << channel.preview;
    return parts.join(u", "_s);
}
