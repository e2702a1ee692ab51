// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/timeline.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

Timeline::Timeline(const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void Timeline::setSteps(const QList<Step> &steps)
{
    if (m_steps == steps)
        return;
    m_steps = steps;
    QStringList lines;
    for (const Step &step : steps) {
        QStringList parts{step.status.label, step.title, step.chip};
        for (const StatusLook &label : step.labels)
            parts << label.label;
        lines << (parts << step.text << step.time).join(u' ').simplified();
    }
    setAccessibleDescription(lines.join(u'\n'));
    updateGeometry();
    update();
}

void Timeline::setChoosable(bool choosable)
{
    m_choosable = choosable;
    setFocusPolicy(choosable ? Qt::StrongFocus : Qt::NoFocus);
}

void Timeline::setChosen(int index)
{
    m_chosen = index;
    update();
}

// A long text, such as what a provider said, takes as many lines as it needs.
int Timeline::textHeight(const Step &step, int width) const
{
    const int room = width - (m_choosable ? 2 * px(Length::Space8) : 0) - px(Length::AvatarSmall) - px(Length::Space10);
    const QFontMetrics metrics(theme().font(TextStyle::Small));
    const int line = theme().lineHeight(TextStyle::Small);
    const QRect needed = metrics.boundingRect(QRect(0, 0, std::max(room, 1), 0), Qt::TextWordWrap, step.text);
    return line * std::max(1, qRound(double(needed.height()) / metrics.lineSpacing()));
}

int Timeline::stepHeight(const Step &step, int width) const
{
    return theme().lineHeight(TextStyle::BodyStrong) + textHeight(step, width) + px(Length::Space8);
}

int Timeline::stepAt(int y) const
{
    for (int i = 0; i < m_steps.size(); ++i) {
        y -= stepHeight(m_steps[i], width());
        if (y < 0)
            return i;
    }
    return -1;
}

int Timeline::heightForWidth(int width) const
{
    int height = 0;
    for (const Step &step : m_steps)
        height += stepHeight(step, width);
    return height;
}

QSize Timeline::sizeHint() const { return {px(Length::DetailMinimum), heightForWidth(px(Length::DetailMinimum))}; }
QSize Timeline::minimumSizeHint() const
{
    return {px(Length::CardMinimum), int(m_steps.size()) * stepHeight({}, px(Length::CardMinimum))};
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int dot = px(Length::AvatarSmall), icon = px(Length::IconTiny) - px(Length::Space2);
    const int lead = m_choosable ? px(Length::Space8) : 0;
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int y = 0;
    for (int i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const int height = stepHeight(step, width());
        const QRect row(0, y, width(), height);
        y += height;
        if (i == m_chosen || i == m_hovered)
            paint::box(painter, row, px(Length::RadiusControl),
                       theme().color(i == m_chosen ? ColorRole::AccentSoft : ColorRole::Hover));
        if (i == m_chosen && hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            paint::focusRing(painter, row, px(Length::RadiusControl));
        const int top = row.y() + px(Length::Space4);
        const QRect disc(lead, top, dot, dot);
        if (i + 1 < m_steps.size())
            painter.fillRect(visual({lead + dot / 2, top + dot + 2, px(Length::Hairline), height - dot - 4}),
                             theme().color(ColorRole::BorderStrong));
        paint::box(painter, visual(disc), dot / 2.0, theme().color(softRole(step.status.tone)));
        QRect square(0, 0, icon, icon);
        square.moveCenter(visual(disc).center());
        paintIcon(painter, square, step.status.icon, textRole(step.status.tone));

        const int x = lead + dot + px(Length::Space10);
        const int end = width() - (m_choosable ? px(Length::Space8) : 0);
        const int line = theme().lineHeight(TextStyle::BodyStrong);
        const int timeWidth = step.time.isEmpty() ? 0 : paint::textWidth(step.time, TextStyle::SmallDigits) + 1;
        paint::text(painter, visual({end - timeWidth, top, timeWidth, line}), step.time, TextStyle::SmallDigits,
                    ColorRole::Text2, Qt::AlignRight);
        int room = end - timeWidth - px(Length::Space8) - x;
        const int used =
            paint::text(painter, visual({x, top, room, line}), step.title, TextStyle::BodyStrong, ColorRole::Text);
        if (!step.chip.isEmpty()) {
            const int chip = paint::textWidth(step.chip, TextStyle::SmallStrong) + 2 * px(Length::Space8);
            const QRect pill = visual(
                {x + used + px(Length::Space8), top + (line - px(Length::KeyCap)) / 2, chip, px(Length::KeyCap)});
            paint::box(painter, pill, pill.height() / 2.0, theme().color(softRole(step.chipTone)));
            paint::text(painter, pill, step.chip, TextStyle::SmallStrong, textRole(step.chipTone), Qt::AlignCenter);
        }
        const auto labels = labelRects(i, y - height);
        for (qsizetype n = 0; n < labels.size(); ++n) {
            const StatusLook &look = step.labels[n];
            if (labels[n].isEmpty())
                continue;
            const QRect pill = visual(labels[n]);
            paint::box(painter, pill, pill.height() / 2.0, theme().color(softRole(look.tone)));
            QRect mark(0, 0, icon, icon);
            mark.moveCenter(
                visual({labels[n].x() + px(Length::Space6), labels[n].y(), icon, labels[n].height()}).center());
            paintIcon(painter, mark, look.icon, textRole(look.tone));
            paint::text(painter, visual(labels[n].adjusted(px(Length::Space6) + icon + px(Length::Space4), 0, 0, 0)),
                        look.label, TextStyle::SmallStrong, textRole(look.tone));
        }
        painter.setFont(theme().font(TextStyle::Small));
        painter.setPen(theme().color(ColorRole::Text2));
        const QRect text = visual({x, top + line, end - x, textHeight(step, width())});
        painter.drawText(text, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::TextWordWrap,
                         step.text);
    }
}

int Timeline::topOf(int index) const
{
    int top = 0;
    for (int i = 0; i < index; ++i)
        top += stepHeight(m_steps[i], width());
    return top;
}

// In logical coordinates: whoever paints or compares mirrors them.
QList<QRect> Timeline::labelRects(int index, int top) const
{
    const Step &step = m_steps[index];
    const int lead = m_choosable ? px(Length::Space8) : 0, line = theme().lineHeight(TextStyle::BodyStrong);
    const int icon = px(Length::IconTiny) - px(Length::Space2);
    const int time = step.time.isEmpty() ? 0 : paint::textWidth(step.time, TextStyle::SmallDigits) + 1;
    int x = lead + px(Length::AvatarSmall) + px(Length::Space10) + paint::textWidth(step.title, TextStyle::BodyStrong)
        + px(Length::Space8);
    if (!step.chip.isEmpty())
        x += paint::textWidth(step.chip, TextStyle::SmallStrong) + 3 * px(Length::Space8);
    const int end = width() - lead - time - px(Length::Space8);
    QList<QRect> rects;
    for (const StatusLook &label : step.labels) {
        const int wide = paint::textWidth(label.label, TextStyle::SmallStrong) + icon + 3 * px(Length::Space6);
        const bool fits = x + wide <= end;
        rects.append(
            fits ? QRect(x, top + px(Length::Space4) + (line - px(Length::KeyCap)) / 2, wide, px(Length::KeyCap))
                 : QRect());
        x += wide + px(Length::Space4);
    }
    return rects;
}

QRect Timeline::labelRect(int step, int label) const
{
    const QRect logical = step < m_steps.size() ? labelRects(step, topOf(step)).value(label) : QRect();
    return logical.isEmpty() ? logical : QStyle::visualRect(layoutDirection(), rect(), logical);
}

QString Timeline::labelAt(const QPoint &at) const
{
    const int index = stepAt(at.y());
    for (int n = 0; index >= 0 && n < m_steps[index].labels.size(); ++n)
        if (labelRect(index, n).contains(at))
            return m_steps[index].labels[n].label;
    return {};
}

void Timeline::setLabelsMovable(bool movable) { m_labelsMovable = movable; }

void Timeline::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->position().toPoint();
    m_pressedLabel = m_labelsMovable && event->button() == Qt::LeftButton ? labelAt(m_pressedAt) : QString();
    m_draggedLabel.clear();
}

void Timeline::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? m_chosen : stepAt(event->pos().y());
    askMenu(index, byKey ? mapToGlobal(QPoint(width() / 3, topOf(std::max(index, 0)))) : event->globalPos());
}

void Timeline::askMenu(int index, const QPoint &globalPosition)
{
    if (!m_choosable || index < 0 || index >= m_steps.size())
        return;
    setChosen(index);
    Q_EMIT menuRequested(index, globalPosition);
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (m_draggedLabel.isEmpty() && !m_pressedLabel.isEmpty()
        && (at - m_pressedAt).manhattanLength() >= QApplication::startDragDistance())
        m_draggedLabel = m_pressedLabel;
    if (!m_draggedLabel.isEmpty())
        setCursor(Qt::ClosedHandCursor);
    else if (m_labelsMovable && !labelAt(at).isEmpty())
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
    const int index = m_choosable ? stepAt(at.y()) : -1;
    if (index != m_hovered) {
        m_hovered = index;
        update();
    }
}

void Timeline::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void Timeline::mouseReleaseEvent(QMouseEvent *event)
{
    const int index = stepAt(event->position().toPoint().y());
    m_pressedLabel.clear();
    if (const QString dragged = std::exchange(m_draggedLabel, {}); !dragged.isEmpty()) {
        unsetCursor();
        const bool inside = rect().contains(event->position().toPoint());
        const auto stands = [&](const StatusLook &label) { return label.label == dragged; };
        if (inside && index >= 0 && std::none_of(m_steps[index].labels.begin(), m_steps[index].labels.end(), stands))
            Q_EMIT labelDropped(dragged, index);
        return;
    }
    if (!m_choosable || index < 0 || event->button() != Qt::LeftButton)
        return;
    setChosen(index);
    Q_EMIT chosen(index);
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    if (m_choosable && event->key() == Qt::Key_Period && !event->modifiers())
        return askMenu(m_chosen, mapToGlobal(QPoint(width() / 3, topOf(std::max(m_chosen, 0)))));
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (!m_choosable || (!step && event->key() != Qt::Key_Return))
        return QWidget::keyPressEvent(event);
    if (m_steps.isEmpty())
        return;
    setChosen(std::clamp(m_chosen + step, 0, int(m_steps.size()) - 1));
    if (!step) // arrows only move
        Q_EMIT chosen(m_chosen);
}
