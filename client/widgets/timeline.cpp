// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/timeline.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace {

int px(Length length) { return theme().px(length); }

} // namespace

Timeline::Timeline(const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    setMouseTracking(true);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void Timeline::setSteps(const QList<Step> &steps)
{
    if (m_steps == steps)
        return;
    m_steps = steps;
    QStringList lines;
    for (const Step &step : steps)
        lines << QStringList{step.status.label, step.title, step.chip, step.text, step.time}.join(u' ').simplified();
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

int Timeline::stepHeight() const
{
    return theme().lineHeight(TextStyle::BodyStrong) + theme().lineHeight(TextStyle::Small) + px(Length::Space8);
}

int Timeline::stepAt(int y) const
{
    const int index = y / stepHeight();
    return index < m_steps.size() ? index : -1;
}

QSize Timeline::sizeHint() const { return {px(Length::DetailMinimum), int(m_steps.size()) * stepHeight()}; }
QSize Timeline::minimumSizeHint() const { return {px(Length::CardMinimum), sizeHint().height()}; }

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int height = stepHeight(), dot = px(Length::AvatarSmall), icon = px(Length::IconTiny) - px(Length::Space2);
    const int lead = m_choosable ? px(Length::Space8) : 0;
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    for (int i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const QRect row(0, i * height, width(), height);
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
        room = end - x;
        paint::text(painter, visual({x, top + line, room, theme().lineHeight(TextStyle::Small)}), step.text,
                    TextStyle::Small, ColorRole::Text2);
    }
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    const int index = m_choosable ? stepAt(event->position().toPoint().y()) : -1;
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
    if (!m_choosable || index < 0 || event->button() != Qt::LeftButton)
        return;
    setChosen(index);
    Q_EMIT chosen(index);
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (!m_choosable || (!step && event->key() != Qt::Key_Return))
        return QWidget::keyPressEvent(event);
    if (m_steps.isEmpty())
        return;
    setChosen(std::clamp(m_chosen + step, 0, int(m_steps.size()) - 1));
    if (!step) // arrows only move
        Q_EMIT chosen(m_chosen);
}
