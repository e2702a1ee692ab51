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
      m_names(new QStringListModel(this))
{
    m_completer->setModel(m_names);
    m_completer->setWidget(&edit);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &NameCompleter::complete);
}

void NameCompleter::setNames(const QStringList &names) { m_names->setStringList(names); }

bool NameCompleter::isOffering() const { return m_completer->popup()->isVisible(); }

std::optional<QString> NameCompleter::begunName() const
{
    const QTextCursor cursor = m_edit.textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype open = line.lastIndexOf(u"{{"_s);
    if (open < 0)
        return {};
    QString begun = line.mid(open + 2);
    while (!begun.isEmpty() && u"#^/&{ "_s.contains(begun.front()))
        begun.remove(0, 1);
    const bool isName = std::all_of(begun.begin(), begun.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-';
    });
    return isName ? std::optional(begun) : std::nullopt;
}

void NameCompleter::offer()
{
    const auto begun = m_edit.isReadOnly() ? std::nullopt : begunName();
    if (begun)
        m_completer->setCompletionPrefix(*begun);
    const bool complete = m_completer->completionCount() == 1 && begun == m_completer->currentCompletion();
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
    const auto begun = begunName();
    if (!begun)
        return;
    QTextCursor cursor = m_edit.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(begun->size()));
    cursor.insertText(name);
    const QString rest = cursor.block().text().mid(cursor.positionInBlock());
    if (rest.trimmed().startsWith(u"}}"_s))
        cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, int(rest.indexOf(u"}}"_s)) + 2);
    else
        cursor.insertText(u"}}"_s);
    m_edit.setTextCursor(cursor);
}
