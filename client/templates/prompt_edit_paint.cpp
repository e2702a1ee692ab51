// SPDX-License-Identifier: GPL-3.0-or-later
// How PromptEdit looks: the line of the caret, tags as pills, line numbers with bars beside what has changed.
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/templates/prompt_edit.h"

#include <QPainter>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

template<class Visit> void PromptEdit::eachVisibleBlock(const QRect &area, Visit visit) const
{
    QPointF origin = contentOffset();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && origin.y() <= area.bottom(); block = block.next()) {
        const QRectF bounds = blockBoundingRect(block);
        if (origin.y() + bounds.height() >= area.top())
            visit(block, origin, bounds.height());
        origin.ry() += bounds.height();
    }
}

void PromptEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        eachVisibleBlock(event->rect(), [&](const QTextBlock &block, const QPointF &origin, double height) {
            if (hasFocus() && block == textCursor().block())
                painter.fillRect(QRectF(-px(Length::Space4), origin.y(), width(), height),
                                 theme().color(ColorRole::Sunken));
            paintPills(painter, block, origin);
        });
    }
    QPlainTextEdit::paintEvent(event);
}

void PromptEdit::paintPills(QPainter &painter, const QTextBlock &block, const QPointF &origin) const
{
    const QTextLayout *layout = block.layout();
    const auto [first, last] = m_analysis.tagsBetween(block.position(), block.position() + block.length());
    for (qsizetype i = first; i < last; ++i) {
        const auto &tag = m_analysis.tags()[i];
        if (tag.kind == PromptAnalysis::Kind::Comment)
            continue;
        const bool wrong = m_analysis.isWrong(tag);
        const QColor fill = theme().color(wrong                                            ? ColorRole::DangerSoft
                                              : tag.kind == PromptAnalysis::Kind::Variable ? ColorRole::AccentSoft
                                              : tag.kind == PromptAnalysis::Kind::Partial  ? ColorRole::InfoSoft
                                                                                           : ColorRole::VioletSoft);
        const int from = int(std::max<qsizetype>(tag.offset - block.position(), 0));
        const int to = int(std::min<qsizetype>(tag.offset + tag.length - block.position(), block.length() - 1));
        for (int n = 0; n < layout->lineCount(); ++n) {
            const QTextLine line = layout->lineAt(n);
            const int start = std::max(from, line.textStart());
            const int end = std::min(to, line.textStart() + line.textLength());
            if (start >= end)
                continue;
            const double left = line.cursorToX(start), right = line.cursorToX(end);
            const QRectF pill(origin.x() + std::min(left, right) - 2, origin.y() + line.y() + 0.5,
                              std::abs(right - left) + 4, line.height() - 1);
            paint::box(painter, pill, px(Length::RadiusKey), fill);
        }
    }
}

void PromptEdit::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    const int current = hasFocus() ? textCursor().blockNumber() : -1;
    const int right = gutterWidth() - px(Length::Space16);
    const int lineHeight = QFontMetrics(font()).lineSpacing();
    const int bar = px(Length::NavBarWidth);
    eachVisibleBlock(event->rect(), [&](const QTextBlock &block, const QPointF &origin, double blockHeight) {
        const bool isCurrent = block.blockNumber() == current;
        if (m_changed.contains(block.blockNumber()))
            painter.fillRect(QRectF(gutterWidth() - px(Length::Space8) - bar, origin.y(), bar, blockHeight),
                             theme().color(ColorRole::AccentLine));
        paint::text(painter, QRect(0, int(origin.y()), right, lineHeight),
                    QString::number(m_firstLine + block.blockNumber()), TextStyle::Mono,
                    isCurrent ? ColorRole::Text : ColorRole::Text3, Qt::AlignRight);
    });
}
