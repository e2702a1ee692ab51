// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/chat_people.h"
#include "client/widgets/dialog.h"

class Label;
class QListWidget;
class SearchField;
class SegmentedControl;
class TextField;

// Makes a channel, or changes the name and topic of one. It stays open until the server has agreed.
class ChannelDialog : public Dialog
{
    Q_OBJECT

public:
    explicit ChannelDialog(const std::optional<Channel> &channel, QWidget *parent);

    void accept() override;
    void showError(const ApiError &error);

Q_SIGNALS:
    void submitted(const NewChannel &channel);

private:
    QString cleanName() const;

    TextField *m_name;
    TextField *m_topic;
    SegmentedControl *m_kind = nullptr; // of a new one
    Button *m_save;
};

// Chooses people and assistants by name.
class PeopleDialog : public Dialog
{
    Q_OBJECT

public:
    // `most`: how many can be chosen.
    PeopleDialog(const QString &title, const QString &action, ChatPeople *people, const QList<QUuid> &leftOut,
                 qsizetype most, QWidget *parent);

    QList<ChannelMember> chosen() const;
    void accept() override;
    void showError(const QString &error);

Q_SIGNALS:
    void submitted();

private:
    void fill();
    void renew();

    ChatPeople *m_people;
    QList<QUuid> m_leftOut;
    qsizetype m_most;
    QHash<QUuid, ChannelMember> m_chosen;
    SearchField *m_search;
    QListWidget *m_list;
    Label *m_note;
    Button *m_action;
};

// Public channels that the person has not joined, to read or join.
class BrowseChannelsDialog : public Dialog
{
    Q_OBJECT

public:
    BrowseChannelsDialog(Workspace &workspace, QWidget *parent);

Q_SIGNALS:
    void chosen(const ChannelEntry &entry);

private:
    void load(const QString &search);

    Workspace &m_workspace;
    QList<ChannelEntry> m_entries;
    CallHandle m_call;
    SearchField *m_search;
    QListWidget *m_list;
    Label *m_note;
};
