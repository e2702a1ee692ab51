// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/charts.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QtMath>

namespace {

QColor seriesColor(int index)
{
    const QList<QColor> colors = theme().series();
    return colors.at(index % colors.size());
}

void paintDot(QPainter &painter, const QRect &square, int series)
{
    paint::box(painter, square, px(Length::Space2), seriesColor(series));
}

bool showsFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

// How far a key moves in a list.
int stepOf(const QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        return -1;
    case Qt::Key_Down:
        return 1;
    case Qt::Key_Home:
        return -1000;
    case Qt::Key_End:
        return 1000;
    default:
        return 0;
    }
}

bool isClick(const QKeyEvent *event)
{
    return event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
}

QString percent(double share) { return QStringLiteral("%1\u2009%").arg(QLocale().toString(share * 100, 'f', 0)); }

} // namespace

ChartLegend::ChartLegend(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void ChartLegend::setSeries(const QStringList &names)
{
    m_names = names;
    setAccessibleName(names.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize ChartLegend::sizeHint() const
{
    int width = 0;
    for (const QString &name : m_names)
        width += px(Length::Space14) + paint::textWidth(name, TextStyle::Small) + px(Length::Space16);
    return {width, theme().lineHeight(TextStyle::Small)};
}

QSize ChartLegend::minimumSizeHint() const { return {0, sizeHint().height()}; }

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int dot = px(Length::Space8);
    int x = std::max(0, width() - sizeHint().width() + px(Length::Space16));
    for (int i = 0; i < m_names.size() && x < width(); ++i) {
        const int text = paint::textWidth(m_names[i], TextStyle::Small) + 1;
        if (x + px(Length::Space14) + std::min(text - 1, px(Length::Space40)) > width())
            break;
        paintDot(painter, visual({x, (height() - dot) / 2, dot, dot}), i);
        x += px(Length::Space14);
        paint::text(painter, visual({x, 0, std::min(text, width() - x), height()}), m_names[i], TextStyle::Small,
                    ColorRole::Text2);
        x += text - 1 + px(Length::Space16);
    }
}

ShareRing::ShareRing(const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
}

void ShareRing::setShares(const QList<std::pair<QString, double>> &shares, const QString &middle, const QString &below)
{
    m_shares = shares;
    m_middle = middle;
    m_below = below;
    double total = 0;
    for (const auto &[name, value] : shares)
        total += value;
    QStringList lines;
    for (const auto &[name, value] : shares)
        lines << QStringLiteral("%1 %2").arg(name, percent(total > 0 ? value / total : 0));
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize ShareRing::sizeHint() const
{
    const int line = theme().lineHeight(TextStyle::Small) + px(Length::Space6);
    return {px(Length::CardMinimum), px(Length::ChartMinimum) - px(Length::Space56) + int(m_shares.size()) * line};
}

QSize ShareRing::minimumSizeHint() const { return sizeHint(); }

QRect ShareRing::ringRect() const
{
    const int line = theme().lineHeight(TextStyle::Small) + px(Length::Space6);
    const int room = height() - int(m_shares.size()) * line - px(Length::Space12);
    const int side = std::max(px(Length::Space40), std::min(width(), room));
    return QRect((width() - side) / 2, 0, side, side);
}

void ShareRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double total = 0;
    for (const auto &[name, value] : m_shares)
        total += value;
    const QRect ring = ringRect();
    const double thick = px(Length::DonutRing);
    const QRectF arc = QRectF(ring).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2);
    if (total <= 0) {
        painter.setPen(QPen(theme().color(ColorRole::Hover), thick, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(arc, 0, 360 * 16);
    }
    double from = 90; // degrees, from the top, clockwise
    const double gap = m_shares.size() > 1 ? 1.4 : 0;
    for (int i = 0; i < m_shares.size() && total > 0; ++i) {
        const double sweep = 360 * m_shares[i].second / total;
        painter.setPen(QPen(seriesColor(i), thick, Qt::SolidLine, Qt::FlatCap));
        if (sweep > gap)
            painter.drawArc(arc, qRound((from - gap / 2) * 16), -qRound((sweep - gap) * 16));
        from -= sweep;
    }
    const int big = theme().lineHeight(TextStyle::TitleSmall), small = theme().lineHeight(TextStyle::Caption);
    const QRect middle(ring.x(), ring.center().y() - (big + small) / 2, ring.width(), big);
    paint::text(painter, middle, m_middle, TextStyle::TitleSmall, ColorRole::Text, Qt::AlignCenter);
    paint::text(painter, {middle.x(), middle.bottom() + 1, middle.width(), small}, m_below, TextStyle::Caption,
                ColorRole::Text2, Qt::AlignCenter);

    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int line = theme().lineHeight(TextStyle::Small) + px(Length::Space6), dot = px(Length::Space8);
    int y = height() - int(m_shares.size()) * line;
    for (int i = 0; i < m_shares.size(); ++i, y += line) {
        if (i == m_current && showsFocus(this))
            paint::focusRing(painter, QRect(0, y, width(), line), px(Length::RadiusSmall));
        const QString share = percent(total > 0 ? m_shares[i].second / total : 0);
        const int shareWidth = paint::textWidth(share, TextStyle::SmallDigits) + 1;
        paintDot(painter, visual({0, y + (line - dot) / 2, dot, dot}), i);
        paint::text(painter, visual({px(Length::Space14), y, width() - px(Length::Space20) - shareWidth, line}),
                    m_shares[i].first, TextStyle::Small, ColorRole::Text2);
        paint::text(painter, visual({width() - shareWidth, y, shareWidth, line}), share, TextStyle::SmallDigits,
                    ColorRole::Text, Qt::AlignRight);
    }
}

void ShareRing::mouseReleaseEvent(QMouseEvent *event)
{
    const int line = theme().lineHeight(TextStyle::Small) + px(Length::Space6);
    const int top = height() - int(m_shares.size()) * line;
    const int y = event->position().toPoint().y();
    if (y >= top && event->button() == Qt::LeftButton)
        return Q_EMIT clicked(std::min((y - top) / line, int(m_shares.size()) - 1));
    const QPointF from = event->position() - QRectF(ringRect()).center();
    if (std::hypot(from.x(), from.y()) > ringRect().width() / 2.0)
        return;
    double total = 0;
    for (const auto &[name, value] : m_shares)
        total += value;
    double angle = std::fmod(qRadiansToDegrees(std::atan2(from.y(), from.x())) + 90 + 360, 360);
    for (int i = 0; i < m_shares.size() && total > 0; ++i) {
        angle -= 360 * m_shares[i].second / total;
        if (angle < 0)
            return Q_EMIT clicked(i);
    }
}

void ShareRing::setCurrent(int index)
{
    if (m_shares.isEmpty())
        return;
    m_current = std::clamp(index, 0, int(m_shares.size()) - 1);
    double total = 0;
    for (const auto &[name, value] : m_shares)
        total += value;
    const auto &[name, value] = m_shares[m_current];
    setAccessibleDescription(QStringLiteral("%1 %2").arg(name, percent(total > 0 ? value / total : 0)));
    update();
}

void ShareRing::focusInEvent(QFocusEvent *event)
{
    setCurrent(m_current);
    QWidget::focusInEvent(event);
}

void ShareRing::keyPressEvent(QKeyEvent *event)
{
    if (const int step = stepOf(event); step != 0 && !m_shares.isEmpty())
        setCurrent(m_current + step);
    else if (isClick(event) && m_current < m_shares.size())
        Q_EMIT clicked(m_current);
    else
        QWidget::keyPressEvent(event);
}

BarList::BarList(const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void BarList::setBars(const QList<Bar> &bars)
{
    m_bars = bars;
    QStringList lines;
    for (const Bar &bar : bars)
        lines << QStringLiteral("%1 %2").arg(bar.name, bar.value);
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void BarList::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

void BarList::setCurrent(int index)
{
    if (m_bars.isEmpty())
        return;
    m_current = std::clamp(index, 0, int(m_bars.size()) - 1);
    const Bar &bar = m_bars[m_current];
    setAccessibleDescription(QStringLiteral("%1 %2, %3").arg(bar.name, bar.value, bar.note));
    update();
}

void BarList::focusInEvent(QFocusEvent *event)
{
    setCurrent(m_current);
    QWidget::focusInEvent(event);
}

void BarList::keyPressEvent(QKeyEvent *event)
{
    if (const int step = stepOf(event); step != 0 && !m_bars.isEmpty())
        setCurrent(m_current + step);
    else if (isClick(event) && m_current < m_bars.size())
        Q_EMIT clicked(m_bars[m_current].id);
    else
        QWidget::keyPressEvent(event);
}

int BarList::barHeight() const
{
    return theme().lineHeight(TextStyle::BodyStrong) + px(Length::Progress) + px(Length::Space10);
}

int BarList::barAt(int y) const
{
    const int index = y / barHeight();
    return index < m_bars.size() ? index : -1;
}

QSize BarList::sizeHint() const
{
    return {px(Length::DetailMinimum), int(std::max<qsizetype>(1, m_bars.size())) * barHeight()};
}
QSize BarList::minimumSizeHint() const { return {px(Length::CardMinimum), sizeHint().height()}; }

void BarList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_bars.isEmpty())
        paint::text(painter, {0, 0, width(), barHeight()}, m_emptyText, TextStyle::Body, ColorRole::Text3);
    double largest = 0;
    for (const Bar &bar : m_bars)
        largest = std::max(largest, bar.amount);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int line = theme().lineHeight(TextStyle::BodyStrong), thick = px(Length::Progress) - 1;
    for (int i = 0; i < m_bars.size(); ++i) {
        const Bar &bar = m_bars[i];
        const int y = i * barHeight();
        if (i == m_current && showsFocus(this))
            paint::focusRing(painter, QRect(0, y, width(), barHeight() - px(Length::Space4)), px(Length::RadiusSmall));
        const int valueWidth = paint::textWidth(bar.value, TextStyle::Digits) + 1;
        paint::text(painter, visual({width() - valueWidth, y, valueWidth, line}), bar.value, TextStyle::Digits,
                    ColorRole::Text, Qt::AlignRight);
        const int room = width() - valueWidth - px(Length::Space12);
        const int used = paint::text(painter, visual({0, y, room, line}), bar.name, TextStyle::BodyStrong,
                                     i == m_hovered ? ColorRole::AccentText : ColorRole::Text);
        const int start = used + px(Length::Space8);
        if (start < room)
            paint::text(painter, visual({start, y, room - start, line}), bar.note, TextStyle::Small, ColorRole::Text2);
        const QRect track(0, y + line + px(Length::Space2), width(), thick);
        paint::box(painter, track, thick / 2.0, theme().color(ColorRole::Pressed));
        const int length = largest > 0 ? qRound(width() * bar.amount / largest) : 0;
        if (length > 0)
            paint::box(painter, visual({0, track.y(), std::max(length, thick), thick}), thick / 2.0,
                       theme().color(ColorRole::AccentLine));
    }
}

void BarList::mouseMoveEvent(QMouseEvent *event)
{
    const int index = barAt(event->position().toPoint().y());
    if (index != m_hovered) {
        m_hovered = index;
        setCursor(index < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
        update();
    }
}

void BarList::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void BarList::mouseReleaseEvent(QMouseEvent *event)
{
    const int index = barAt(event->position().toPoint().y());
    if (index >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT clicked(m_bars[index].id);
}
