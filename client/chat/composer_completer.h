// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QUuid>

#include <optional>

class CompletionModel;
class QCompleter;
class QPlainTextEdit;

// What can be put into a message by a sign and a few letters: @ people and assistants, # channels, : emoji, /
// templates.
struct CompletionChoice
{
    QUuid id; // null for emoji
    QString name; // what is searched and shown
    QString detail; // beside it: "Assistant", a topic
    QString inserted; // empty: the sign and the name
};

// Offers the choices of a sign while it is typed. The list takes Return, Tab and Escape while it is open.
class ComposerCompleter : public QObject
{
    Q_OBJECT

public:
    explicit ComposerCompleter(QPlainTextEdit &edit);

    void setChoices(QChar sign, const QList<CompletionChoice> &choices);
    void offer(); // for what stands before the caret
    bool isOffering() const;

Q_SIGNALS:
    void chosen(QChar sign, const CompletionChoice &choice);

private:
    struct Begun
    {
        QChar sign;
        QString text;
    };
    std::optional<Begun> begun() const;
    void complete(const QModelIndex &index);

    QPlainTextEdit &m_edit;
    QCompleter *m_completer;
    CompletionModel *m_model;
    QHash<QChar, QList<CompletionChoice>> m_choices;
    QChar m_sign;
};
