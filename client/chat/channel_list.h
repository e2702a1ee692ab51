// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_list_model.h"

#include <QWidget>

class IconButton;
class QListView;
class SearchField;

// All conversations: channels, direct messages, assistants. What is unread stands out; keys go from one to the next.
class ChannelList : public QWidget
{
    Q_OBJECT

public:
    explicit ChannelList(QWidget *parent = nullptr);

    ChannelListModel &model() { return m_model; }
    QUuid current() const { return m_current; }
    void setCurrent(const QUuid &id); // shows it as open; says nothing
    QListView &view() { return *m_view; }

public Q_SLOTS:
    void openNext(int step); // 1 or -1
    void openNextUnread(int step);
    void openAt(int number); // 1 to 9, among those that are shown
    void focusSearch();

Q_SIGNALS:
    void opened(const QUuid &id);
    void newRequested(ChannelSection section);
    void muteToggled(const QUuid &id);
    void markReadRequested(const QUuid &id);
    void favoriteToggled(const QUuid &id);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    QSize sizeHint() const override;

private:
    void retranslate();
    void addKeys();
    QList<int> channelRows() const;
    void open(int row);
    void pressed(const QModelIndex &index, const QPoint &point);
    void showMenu(const QPoint &point);

    ChannelListModel m_model;
    SearchField *m_search;
    IconButton *m_new;
    QListView *m_view;
    QUuid m_current;
};
