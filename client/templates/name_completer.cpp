// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/name_completer.h"

#include "client/design/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

NameCompleter::NameCompleter(QPlainTextEdit &edit)
    : QObject(&edit),
      m_edit(edit),
      m_completer(new QCompleter(this)),
      m_model(new QStringListModel(this))
{
    m_completer->setModel(m_model);
    m_completer->setWidget(&edit);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &NameCompleter::complete);
}

void NameCompleter::setNames(const QStringList &names)
{
    m_names = names;
    if (!m_offersReferences)
        m_model->setStringList(names);
}

void NameCompleter::setReferences(const QStringList &references)
{
    if (references == m_references)
        return;
    m_references = references;
    if (m_offersReferences)
        m_model->setStringList(references);
}

bool NameCompleter::isOffering() const { return m_completer->popup()->isVisible(); }

std::optional<NameCompleter::Begun> NameCompleter::begun() const
{
    const QTextCursor cursor = m_edit.textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype open = line.lastIndexOf(u"{{"_s);
    if (open < 0)
        return {};
    Begun begun{line.mid(open + 2)};
    while (!begun.text.isEmpty() && u"#^/&{> "_s.contains(begun.text.front())) {
        begun.isReference = begun.isReference || begun.text.front() == u'>';
        begun.text.remove(0, 1);
    }
    const bool isName = std::all_of(begun.text.begin(), begun.text.end(), [&](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || (begun.isReference && c == u'@');
    });
    return isName ? std::optional(begun) : std::nullopt;
}

void NameCompleter::offer()
{
    const auto begun = m_edit.isReadOnly() ? std::nullopt : this->begun();
    if (begun) {
        if (begun->isReference != m_offersReferences) {
            m_offersReferences = begun->isReference;
            m_model->setStringList(m_offersReferences ? m_references : m_names);
        }
        m_completer->setCompletionPrefix(begun->text);
    }
    const bool complete =
        m_completer->completionCount() == 1 && begun && begun->text == m_completer->currentCompletion();
    QAbstractItemView *popup = m_completer->popup();
    if (!begun || m_completer->completionCount() == 0 || complete)
        return popup->hide();
    popup->setFont(m_edit.font());
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = m_edit.cursorRect().translated(m_edit.viewport()->pos());
    place.setWidth(popup->sizeHintForColumn(0) + theme().px(Length::Space40));
    m_completer->complete(place);
}

void NameCompleter::complete(const QString &name)
{
    const auto begun = this->begun();
    if (!begun)
        return;
    QTextCursor cursor = m_edit.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(begun->text.size()));
    cursor.insertText(name);
    const QString rest = cursor.block().text().mid(cursor.positionInBlock());
    if (rest.trimmed().startsWith(u"}}"_s))
        cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, int(rest.indexOf(u"}}"_s)) + 2);
    else
        cursor.insertText(u"}}"_s);
    m_edit.setTextCursor(cursor);
}
