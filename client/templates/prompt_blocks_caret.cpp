// SPDX-License-Identifier: GPL-3.0-or-later
// Where the caret of PromptBlocks is and goes: from problem to problem, and from one text to the next.
#include "client/design/theme.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/prompt_edit.h"

#include <QTextBlock>

#include <algorithm>

int PromptBlocks::problemCount() const
{
    int count = 0;
    for (const Block &block : m_blocks)
        count += int(block.edit->problems().size());
    return count;
}

QString PromptBlocks::firstProblem() const
{
    for (const Block &block : m_blocks)
        if (!block.edit->problems().isEmpty())
            return block.edit->problems().first().message;
    return {};
}

QStringList PromptBlocks::unknownNames() const
{
    QStringList names;
    for (const Block &block : m_blocks)
        names += block.edit->unknownNames();
    names.removeDuplicates();
    return names;
}

qsizetype PromptBlocks::focusedBlock() const
{
    for (qsizetype i = 0; i < m_blocks.size(); ++i)
        if (m_blocks[i].edit->hasFocus())
            return i;
    return -1;
}

void PromptBlocks::goToNextProblem()
{
    const qsizetype current = std::max<qsizetype>(focusedBlock(), 0);
    const qsizetype caret = m_blocks[current].edit->textCursor().position();
    // The rest of this text, the texts after it, then round to the start of this one.
    for (qsizetype step = 0; step <= m_blocks.size(); ++step) {
        PromptEdit *edit = m_blocks[(current + step) % m_blocks.size()].edit;
        for (const auto &problem : edit->problems())
            if (step > 0 || problem.offset > caret || (focusedBlock() < 0 && problem.offset == caret))
                return edit->goTo(problem.offset);
    }
}

void PromptBlocks::insertVariable()
{
    const qsizetype focused = focusedBlock();
    m_blocks[focused < 0 ? m_blocks.size() - 1 : focused].edit->insertVariable();
}

QString PromptBlocks::referenceAtCaret() const
{
    const qsizetype focused = focusedBlock();
    return focused < 0 ? QString() : m_blocks[focused].edit->referenceAtCaret();
}

void PromptBlocks::focusText() { m_blocks.last().edit->setFocus(); }

QString PromptBlocks::caretPlace() const
{
    const qsizetype focused = focusedBlock();
    if (focused < 0)
        return {};
    int line = 1;
    for (qsizetype i = 0; i < focused; ++i)
        line += m_blocks[i].edit->lines();
    const QTextCursor cursor = m_blocks[focused].edit->textCursor();
    return tr("Ln %1, Col %2").arg(line + cursor.blockNumber()).arg(cursor.positionInBlock() + 1);
}

void PromptBlocks::showCaret(PromptEdit *edit)
{
    if (edit->hasFocus()) {
        const QPoint caret = edit->viewport()->mapTo(widget(), edit->cursorRect().center());
        ensureVisible(caret.x(), caret.y(), 0, theme().px(Length::Space40));
    }
    Q_EMIT caretMoved();
}

void PromptBlocks::step(const PromptEdit *from, int by)
{
    for (qsizetype i = 0; i < m_blocks.size(); ++i) {
        const qsizetype to = i + by;
        if (m_blocks[i].edit != from || to < 0 || to >= m_blocks.size())
            continue;
        PromptEdit *edit = m_blocks[to].edit;
        QTextCursor cursor = edit->textCursor();
        cursor.movePosition(by > 0 ? QTextCursor::Start : QTextCursor::End);
        edit->setTextCursor(cursor);
        return edit->setFocus(Qt::OtherFocusReason);
    }
}
