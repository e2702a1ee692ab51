// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_composer.h"

#include "client/chat/composer_edit.h"
#include "client/chat/typing_line.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"

#include <QEvent>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr int settleTime = 500; // ms without a key until a draft is reported
constexpr int typingTime = 3000; // ms between two reports that somebody types

} // namespace

MessageComposer::MessageComposer(QWidget *parent) : QWidget(parent)
{
    build();
    m_settling.setSingleShot(true);
    m_settling.setInterval(settleTime);
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(typingTime);
    connect(&m_settling, &QTimer::timeout, this, [this] {
        if (!m_isEdit)
            Q_EMIT draftChanged(text());
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, &MessageComposer::noteTyping);
    connect(m_edit, &ComposerEdit::sendRequested, this, &MessageComposer::send);
    connect(m_edit, &ComposerEdit::editLastRequested, this, &MessageComposer::editLastRequested);
    connect(m_edit, &ComposerEdit::canceled, this, &MessageComposer::endContext);
    connect(&m_edit->completer(), &ComposerCompleter::chosen, this, [this](QChar sign, const CompletionChoice &choice) {
        if (sign == u'@' && !choice.id.isNull())
            m_mentioned.insert(u'@' + choice.name, choice.id);
        if (sign == u'/')
            Q_EMIT templateChosen(choice.id, u'/' + choice.name + u' ');
    });
    connect(m_send, &QPushButton::clicked, this, &MessageComposer::send);
    connect(m_stop, &QPushButton::clicked, this, &MessageComposer::stopRequested);
    connect(m_contextEnd, &QToolButton::clicked, this, &MessageComposer::endContext);
    connect(m_code, &QToolButton::clicked, this, [this] {
        const bool isLong = m_edit->textCursor().selectedText().contains(QChar::ParagraphSeparator);
        m_edit->insertMarked(isLong ? u"```\n"_s : u"`"_s, isLong ? u"\n```"_s : u"`"_s);
    });
    connect(m_mention, &QToolButton::clicked, this, [this] { m_edit->beginName(u'@'); });
    connect(m_emoji, &QToolButton::clicked, this, [this] { m_edit->beginName(u':'); });
    connect(m_template, &QToolButton::clicked, this, [this] {
        m_edit->moveCursor(QTextCursor::Start); // where a template's name is one
        m_edit->beginName(u'/');
    });
    retranslate();
}

QString MessageComposer::text() const { return m_edit->toPlainText(); }

void MessageComposer::setText(const QString &text)
{
    const QSignalBlocker blocker(m_edit);
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    m_edit->updateGeometry();
    m_settling.stop();
    showState();
}

void MessageComposer::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    showState();
}

void MessageComposer::setChoices(QChar sign, const QList<CompletionChoice> &choices)
{
    m_edit->completer().setChoices(sign, choices);
    IconButton *button = sign == u'@' ? m_mention : sign == u':' ? m_emoji : sign == u'/' ? m_template : nullptr;
    if (button)
        button->setVisible(!choices.isEmpty());
}

void MessageComposer::setTyping(const QStringList &names) { m_typing->setNames(names); }

void MessageComposer::setHint(const QString &text)
{
    m_hintText = text;
    showState();
}

void MessageComposer::setDisabledReason(const QString &reason)
{
    m_reason = reason;
    showState();
}

void MessageComposer::setAnswering(bool isAnswering)
{
    m_isAnswering = isAnswering;
    showState();
}

void MessageComposer::noteTyping()
{
    showState();
    m_settling.start();
    if (text().isEmpty() || m_typingPause.isActive())
        return;
    m_typingPause.start();
    Q_EMIT typed();
}

void MessageComposer::showState()
{
    const qsizetype surplus = text().size() - longestText;
    const bool isDisabled = !m_reason.isEmpty();
    m_edit->setEnabled(!isDisabled);
    m_edit->setPlaceholderText(isDisabled ? m_reason : m_placeholder);
    for (IconButton *tool : {m_code, m_mention, m_emoji, m_template})
        tool->setEnabled(!isDisabled);
    m_stop->setVisible(m_isAnswering);
    m_send->setEnabled(!isDisabled && surplus <= 0 && !text().trimmed().isEmpty());
    m_send->setText(m_isEdit ? tr("Save") : tr("Send"));
    m_hint->setRole(surplus > 0 ? ColorRole::Danger : ColorRole::Text3);
    m_hint->setText(surplus > 0 ? tr("%1 characters too many: a message holds at most %2. Send it in parts.")
                                      .arg(QLocale().toString(surplus), QLocale().toString(longestText))
                                : m_hintText);
    m_hint->setVisible(!m_hint->text().isEmpty());
}

void MessageComposer::send()
{
    if (m_send->isEnabled())
        Q_EMIT sendRequested(text());
}

void MessageComposer::clear()
{
    const bool wasEdit = m_isEdit;
    endContext(); // an edit brings back what was typed before it
    if (!wasEdit) {
        setText({});
        m_mentioned.clear();
        Q_EMIT draftChanged({});
    }
}

void MessageComposer::beginEdit(const QUuid &id, const QString &text)
{
    endContext();
    m_before = this->text();
    m_isEdit = true;
    m_contextId = id;
    setText(text);
    showContext();
}

void MessageComposer::beginQuote(const QUuid &id, const QString &author, const QString &text)
{
    endContext();
    m_contextId = id;
    m_contextAuthor = author;
    m_contextQuote = text.simplified();
    showContext();
}

void MessageComposer::endContext()
{
    if (m_contextId.isNull())
        return;
    m_contextId = {};
    if (std::exchange(m_isEdit, false))
        setText(std::exchange(m_before, {}));
    showContext();
}

void MessageComposer::putTemplate(const QString &name, const QString &text)
{
    QTextCursor cursor = m_edit->document()->find(name, 0, QTextDocument::FindCaseSensitively);
    if (cursor.isNull())
        return;
    const int start = cursor.selectionStart();
    cursor.insertText(text);
    static const QRegularExpression variable(u"\\{\\{[^{}]+\\}\\}"_s);
    if (const auto first = variable.match(text); first.hasMatch()) {
        cursor.setPosition(start + int(first.capturedStart()));
        cursor.setPosition(start + int(first.capturedEnd()), QTextCursor::KeepAnchor);
    }
    m_edit->setTextCursor(cursor);
}

QList<QUuid> MessageComposer::mentions() const
{
    QList<QUuid> found;
    const QString all = text();
    for (auto it = m_mentioned.cbegin(); it != m_mentioned.cend(); ++it)
        if (all.contains(it.key()))
            found << it.value();
    return found;
}

void MessageComposer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
