// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/search_select.h"

#include <QAbstractItemView>
#include <QCompleter>

SearchSelect::SearchSelect(const QString &accessibleName, QWidget *parent) : Select(accessibleName, parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(maxVisibleItems());
    setName(accessibleName);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &SearchSelect::settle);
}

void SearchSelect::setName(const QString &accessibleName)
{
    setAccessibleName(accessibleName);
    lineEdit()->setAccessibleName(accessibleName);
    completer()->popup()->setAccessibleName(accessibleName);
}

void SearchSelect::setPlaceholder(const QString &text) { lineEdit()->setPlaceholderText(text); }

void SearchSelect::choose(const QVariant &value)
{
    setValue(value);
    settle();
}

void SearchSelect::clearChoice()
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(-1);
    settle();
}

void SearchSelect::settle()
{
    if (completer()->popup()->isVisible())
        return;
    const int typed = findText(lineEdit()->text(), Qt::MatchFixedString);
    if (typed >= 0 && typed != currentIndex()) {
        setCurrentIndex(typed);
        Q_EMIT valueChosen(value());
    }
    lineEdit()->setText(currentIndex() < 0 ? QString() : itemText(currentIndex()));
    lineEdit()->setCursorPosition(0);
}

void SearchSelect::showEvent(QShowEvent *event)
{
    Select::showEvent(event);
    settle();
}
