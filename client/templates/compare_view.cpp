// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/compare_view.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Kind = diff::Row::Kind;

} // namespace

CompareView::CompareView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    connect(&theme(), &Theme::changed, this, &CompareView::arrange);
    setAccessibleName(tr("Comparison"));
}

void CompareView::setTexts(const QString &before, const QString &after)
{
    m_comparison = diff::compare(before, after);
    m_currentChange = -1;
    arrange();
    describe();
}

void CompareView::setStyle(Style style)
{
    m_style = style;
    arrange();
}

void CompareView::setNumbered(bool numbered)
{
    m_isNumbered = numbered;
    arrange();
}

void CompareView::setFitsContent(bool fits)
{
    m_fitsContent = fits;
    arrange();
}

void CompareView::describe()
{
    QStringList lines;
    for (const diff::Row &row : m_comparison.rows) {
        if (row.kind == Kind::Changed || row.kind == Kind::Removed)
            lines << u"− "_s + row.oldText;
        if (row.kind == Kind::Changed || row.kind == Kind::Added)
            lines << u"+ "_s + row.newText;
    }
    setAccessibleDescription(lines.isEmpty() ? tr("No differences") : lines.mid(0, 200).join(u'\n'));
}

int CompareView::numberWidth() const
{
    if (!m_isNumbered)
        return px(Length::Space24);
    return px(Length::Space24) + 6 * QFontMetrics(theme().font(TextStyle::Mono)).horizontalAdvance(u'0');
}

int CompareView::lineHeight() const { return theme().lineHeight(TextStyle::MonoEditor) + px(Length::Space2); }

int CompareView::textWidth() const
{
    const int side = m_style == Style::SideBySide ? viewport()->width() / 2 : viewport()->width();
    const int columns = m_style != Style::SideBySide && m_isNumbered ? 2 : 1;
    return std::max(side - numberWidth() * columns - px(Length::Space8), lineHeight());
}

void CompareView::layOut(QTextLayout &layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine())
        line.setLineWidth(width);
    layout.endLayout();
}

int CompareView::heightOf(const QString &text) const
{
    const QFont font = theme().font(TextStyle::MonoEditor);
    const int inALine = std::max(1, textWidth() / std::max(1, QFontMetrics(font).horizontalAdvance(u'0')));
    if (text.size() < inALine / 2) // surely fits, whatever the script
        return lineHeight();
    QTextLayout layout(text, font);
    layOut(layout, textWidth());
    return std::max(1, layout.lineCount()) * lineHeight();
}

void CompareView::arrange()
{
    m_lines.clear();
    m_changes.clear();
    int top = m_fitsContent ? 0 : px(Length::Space12);
    bool inChange = false;
    const auto add = [&](qsizetype row, bool showsOld, bool showsNew, int height) {
        m_lines.append({row, showsOld, showsNew, top, height});
        top += height;
    };
    for (qsizetype i = 0; i < m_comparison.rows.size(); ++i) {
        const diff::Row &row = m_comparison.rows[i];
        const bool changed = row.kind != Kind::Same;
        if (changed && !inChange)
            m_changes.append(int(m_lines.size()));
        inChange = changed;
        const int oldHeight = row.oldNumber ? heightOf(row.oldText) : 0,
                  newHeight = row.newNumber ? heightOf(row.newText) : 0;
        if (m_style == Style::SideBySide || !changed) {
            add(i, row.oldNumber, row.newNumber, std::max(oldHeight, newHeight));
        } else {
            // Unified: first all lines that went in this run, then those that came.
            qsizetype end = i;
            do
                ++end;
            while (m_style == Style::Unified && end < m_comparison.rows.size()
                   && m_comparison.rows[end].kind != Kind::Same);
            for (qsizetype n = i; n < end; ++n)
                if (m_comparison.rows[n].oldNumber)
                    add(n, true, false, heightOf(m_comparison.rows[n].oldText));
            for (qsizetype n = i; n < end; ++n)
                if (m_comparison.rows[n].newNumber)
                    add(n, false, true, heightOf(m_comparison.rows[n].newText));
            i = end - 1;
        }
    }
    if (m_fitsContent)
        setFixedHeight(std::max(top, lineHeight()));
    const int below = top + px(Length::Space40) - viewport()->height();
    verticalScrollBar()->setRange(0, m_fitsContent ? 0 : std::max(0, below));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lineHeight());
    viewport()->update();
}

void CompareView::goToChange(int by)
{
    if (m_changes.isEmpty())
        return;
    m_currentChange =
        int((m_currentChange + by + m_changes.size() + (m_currentChange < 0 && by < 0 ? 1 : 0)) % m_changes.size());
    verticalScrollBar()->setValue(m_lines[m_changes[m_currentChange]].top - viewport()->height() / 3);
    viewport()->update();
}

void CompareView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F7)
        return goToChange(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    QAbstractScrollArea::keyPressEvent(event);
}

void CompareView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void CompareView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const int offset = verticalScrollBar()->value(), width = viewport()->width(), half = width / 2;
    const auto first = std::partition_point(m_lines.begin(), m_lines.end(),
                                            [&](const Line &line) { return line.top + line.height < offset; });
    for (auto line = first; line != m_lines.end() && line->top - offset < viewport()->height(); ++line) {
        const diff::Row &row = m_comparison.rows[line->row];
        const int top = line->top - offset;
        if (m_style == Style::SideBySide) {
            paintSide(painter, {0, top, half, line->height}, row, true);
            paintSide(painter, {half, top, width - half, line->height}, row, false);
        } else {
            paintSide(painter, {0, top, width, line->height}, row, line->showsOld && !line->showsNew);
        }
    }
    const bool saysSame = !m_fitsContent && m_comparison.added == 0 && m_comparison.removed == 0;
    const int bottom = viewport()->height() - (saysSame ? px(Length::Space40) : 0);
    if (m_style == Style::SideBySide)
        painter.fillRect(half, 0, px(Length::Hairline), bottom, theme().color(ColorRole::Border));
    if (saysSame)
        paint::text(painter, QRect(0, bottom, width, px(Length::Space40)), tr("No differences"), TextStyle::Body,
                    ColorRole::Text3, Qt::AlignHCenter);
}

void CompareView::paintSide(QPainter &painter, const QRect &cell, const diff::Row &row, bool isOld) const
{
    const int number = isOld ? row.oldNumber : row.newNumber;
    if (!number) { // nothing on this side
        painter.fillRect(cell, theme().color(ColorRole::Sunken));
        return;
    }
    const bool marked = row.kind != Kind::Same;
    if (marked)
        painter.fillRect(cell, theme().color(isOld ? ColorRole::DiffDel : ColorRole::DiffAdd));

    const ColorRole signRole = !marked ? ColorRole::Text3 : isOld ? ColorRole::Danger : ColorRole::Success;
    const int digits = numberWidth() - px(Length::Space24);
    const QRect numberRect(cell.left(), cell.top(), digits, lineHeight());
    if (m_isNumbered)
        paint::text(painter, numberRect, QString::number(number), TextStyle::Mono, signRole, Qt::AlignRight);
    if (marked)
        paint::text(painter,
                    QRect(numberRect.right() + px(Length::Space6), cell.top(), px(Length::Space12), lineHeight()),
                    isOld ? u"−"_s : u"+"_s, TextStyle::Mono, signRole);

    const QPointF origin(cell.left() + numberWidth(), cell.top());
    QTextLayout layout(isOld ? row.oldText : row.newText, theme().font(TextStyle::MonoEditor));
    layOut(layout, textWidth());
    const double gap = (lineHeight() - QFontMetricsF(layout.font()).height()) / 2;
    for (int n = 0; n < layout.lineCount(); ++n) {
        QTextLine line = layout.lineAt(n);
        const QPointF place = origin + QPointF(0, n * lineHeight() + gap) - line.position();
        const QColor mark = theme().color(isOld ? ColorRole::DiffDelStrong : ColorRole::DiffAddStrong);
        for (const diff::Span &span : isOld ? row.oldWords : row.newWords) {
            const int from = std::max(int(span.start), line.textStart());
            const int to = std::min(int(span.start + span.length), line.textStart() + line.textLength());
            if (from < to) {
                const double left = line.cursorToX(from), right = line.cursorToX(to);
                paint::box(
                    painter,
                    QRectF(place.x() + left - 1, cell.top() + n * lineHeight() + 1, right - left + 2, lineHeight() - 2),
                    px(Length::RadiusKey), mark);
            }
        }
        painter.setPen(theme().color(ColorRole::Text));
        line.draw(&painter, place);
    }
}
