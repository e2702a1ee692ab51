// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_row.h"

#include <QAbstractListModel>

// Sections and their conversations as rows below each other. A section can be folded: then only its unread ones stay.
class ChannelListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setChannels(QList<ChannelRow> channels); // in the order of their sections
    void put(const ChannelRow &channel); // one that is there, or a new one at the end of its section
    void setFilter(const QString &text);
    void toggleSection(ChannelSection section);

    bool isSection(int row) const { return m_rows[row].channel < 0; }
    ChannelSection section(int row) const { return m_rows[row].section; }
    bool isFolded(ChannelSection section) const { return m_folded.contains(section); }
    const ChannelRow &channel(int row) const { return m_channels[m_rows[row].channel]; } // of a row that is no section
    int rowOf(const QUuid &id) const; // -1: not shown
    static QString title(ChannelSection section);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        ChannelSection section;
        int channel = -1; // -1: the section itself
    };
    void rebuild();

    QList<ChannelRow> m_channels;
    QList<Row> m_rows;
    QSet<ChannelSection> m_folded;
    QString m_filter;
};
