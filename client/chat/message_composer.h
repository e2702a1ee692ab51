// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/composer_completer.h"

#include <QTimer>
#include <QWidget>

class Button;
class ComposerEdit;
class IconButton;
class KeyCaps;
class Label;
class TypingLine;

// The lower end of a conversation: who is typing, the message that is written, what an answer would cost. What was
// typed is reported as it settles, so that no draft is lost.
class MessageComposer : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype longestText = 40'000; // characters of a message

    explicit MessageComposer(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text); // a draft; reported to nobody
    void setPlaceholder(const QString &text); // "Message #help"
    void setChoices(QChar sign, const QList<CompletionChoice> &choices);
    void setTyping(const QStringList &names); // of others
    void setHint(const QString &text); // what is left of the budget and what an answer costs; empty: none
    void setDisabledReason(const QString &reason); // empty: messages can be written
    void setAnswering(bool isAnswering); // an answer streams and can be stopped
    void setCompact(bool isCompact); // no room for the keys beside the buttons

    // A message that is changed, or answered, until it is sent or left with Escape.
    void beginEdit(const QUuid &id, const QString &text);
    void beginQuote(const QUuid &id, const QString &author, const QString &text);
    void endContext();
    QUuid editedId() const { return m_isEdit ? m_contextId : QUuid(); }
    QUuid quotedId() const { return m_isEdit ? QUuid() : m_contextId; }
    QList<QUuid> mentions() const; // those that are still in the text
    // Puts a template's text where its name stands, the first variable selected; nothing when the name is gone.
    void putTemplate(const QString &name, const QString &text);
    ComposerEdit &edit() { return *m_edit; }

Q_SIGNALS:
    // Take it and call clear(); until then the text stays where it is.
    void sendRequested(const QString &text);
    void editLastRequested();
    void stopRequested();
    void templateChosen(const QUuid &id, const QString &name); // which stands in the text until putTemplate()
    void draftChanged(const QString &text);
    void typed(); // at most every three seconds

public Q_SLOTS:
    void clear(); // after sending; ends the context

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void send();
    void showState();
    void noteTyping();
    void showContext();

    TypingLine *m_typing;
    QWidget *m_frame;
    QWidget *m_context;
    Label *m_contextText;
    IconButton *m_contextEnd;
    ComposerEdit *m_edit;
    IconButton *m_attach, *m_code, *m_mention, *m_emoji, *m_template;
    KeyCaps *m_sendKeys, *m_lineKeys;
    Label *m_sendText, *m_lineText;
    Button *m_stop;
    Button *m_send;
    Label *m_hint;
    QTimer m_settling;
    QTimer m_typingPause;
    QHash<QString, QUuid> m_mentioned; // by what stands in the text
    QString m_reason, m_hintText, m_placeholder;
    QString m_before; // what was typed before a message was edited
    QString m_contextAuthor, m_contextQuote;
    QUuid m_contextId;
    bool m_isEdit = false;
    bool m_isAnswering = false;
};
