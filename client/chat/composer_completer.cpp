// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/composer_completer.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QAbstractItemView>
#include <QAbstractListModel>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 60; // characters after a sign that may still be a name
constexpr int measuredChoices = 50; // for the width of the list

} // namespace

class CompletionModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void setChoices(const QList<CompletionChoice> &choices)
    {
        beginResetModel();
        m_choices = choices;
        endResetModel();
    }
    const CompletionChoice &at(int row) const { return m_choices[row]; }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_choices.size()); }

    QVariant data(const QModelIndex &index, int role) const override
    {
        const CompletionChoice &choice = m_choices[index.row()];
        if (role == Qt::DisplayRole)
            return choice.detail.isEmpty() ? choice.name : choice.name + u"  ·  "_s + choice.detail;
        if (role == Qt::EditRole)
            return choice.name;
        if (role == Qt::UserRole)
            return index.row();
        if (role == Qt::SizeHintRole)
            return QSize(0, px(Length::ControlSmall));
        return {};
    }

private:
    QList<CompletionChoice> m_choices;
};

ComposerCompleter::ComposerCompleter(QPlainTextEdit &edit)
    : QObject(&edit),
      m_edit(edit),
      m_completer(new QCompleter(this)),
      m_model(new CompletionModel(this))
{
    m_completer->setModel(m_model);
    m_completer->setWidget(&edit);
    m_completer->setCompletionRole(Qt::EditRole);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, &ComposerCompleter::complete);
}

void ComposerCompleter::setChoices(QChar sign, const QList<CompletionChoice> &choices)
{
    // What comes when the sign stands there already is offered all the same.
    const bool isWanted = m_edit.hasFocus() && (isOffering() || m_choices.value(sign).isEmpty());
    m_choices[sign] = choices;
    if (sign == m_sign)
        m_model->setChoices(choices);
    if (isWanted)
        offer();
}

bool ComposerCompleter::isOffering() const { return m_completer->popup()->isVisible(); }

std::optional<ComposerCompleter::Begun> ComposerCompleter::begun() const
{
    const QTextCursor cursor = m_edit.textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    for (qsizetype at = line.size() - 1; at >= 0 && line.size() - at <= longestName; --at) {
        const QChar letter = line[at];
        const bool isSign = letter == u'@' || letter == u'#' || letter == u':' || letter == u'/';
        if (!isSign) {
            if (letter.isLetterOrNumber() || u"_-. "_s.contains(letter))
                continue;
            return {};
        }
        const Begun begun{letter, line.mid(at + 1)};
        if (at > 0 && !line[at - 1].isSpace()) // an address, a time, a path
            return {};
        if (letter == u'/' && (at > 0 || cursor.blockNumber() > 0))
            return {};
        if (letter == u':' && (begun.text.isEmpty() || begun.text.contains(u' ')))
            return {};
        return begun.text.startsWith(u' ') ? std::nullopt : std::optional(begun);
    }
    return {};
}

void ComposerCompleter::offer()
{
    const auto begun = m_edit.isReadOnly() ? std::nullopt : this->begun();
    QAbstractItemView *popup = m_completer->popup();
    if (!begun || m_choices.value(begun->sign).isEmpty())
        return popup->hide();
    if (std::exchange(m_sign, begun->sign) != begun->sign)
        m_model->setChoices(m_choices.value(begun->sign));
    m_completer->setCompletionPrefix(begun->text);
    if (m_completer->completionCount() == 0)
        return popup->hide();
    popup->setFont(theme().font(TextStyle::Body));
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = m_edit.cursorRect().translated(m_edit.viewport()->pos());
    const QAbstractItemModel *offered = m_completer->completionModel();
    int widest = px(Length::FactLabel) * 2;
    for (int row = 0; row < std::min(offered->rowCount(), measuredChoices); ++row)
        widest = std::max(widest, paint::textWidth(offered->index(row, 0).data().toString(), TextStyle::Body));
    place.setWidth(std::min(widest + px(Length::Space40), m_edit.viewport()->width()));
    m_completer->complete(place);
}

void ComposerCompleter::complete(const QModelIndex &index)
{
    const auto begun = this->begun();
    const int row = index.data(Qt::UserRole).toInt();
    if (!begun || row >= m_model->rowCount())
        return;
    const CompletionChoice choice = m_model->at(row);
    QTextCursor cursor = m_edit.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(begun->text.size()) + 1);
    cursor.insertText((choice.inserted.isEmpty() ? begun->sign + choice.name : choice.inserted) + u' ');
    m_edit.setTextCursor(cursor);
    Q_EMIT chosen(begun->sign, choice);
}
