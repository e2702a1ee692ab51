// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/card.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace {

void paintPlate(QWidget *widget, QPainter &painter)
{
    paint::box(painter, widget->rect(), px(Length::RadiusCard),
               theme().color(theme().isDark() ? ColorRole::Sunken : ColorRole::Surface),
               theme().color(ColorRole::Border), px(Length::Hairline));
}

} // namespace

Card::Card(const QString &title, QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_header(layout::row({m_title, m_note, layout::stretch()})),
      m_body(layout::column({}))
{
    m_note->setElided(true);
    setLayout(layout::inset(layout::column({m_header, layout::wide(m_body)}, Length::Space12),
                            {Length::Space16, Length::Space14, Length::Space16, Length::Space16}));
    setTitle(title);
}

void Card::setTitle(const QString &title, const QString &note)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    setAccessibleName(title);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPlate(this, painter);
}

KpiCard::KpiCard(const QString &title, QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setTitle(title);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void KpiCard::setTitle(const QString &title, const QString &note)
{
    m_title = title;
    m_note = note;
    describe();
}

void KpiCard::setValue(const QString &value)
{
    m_value = value;
    describe();
}

void KpiCard::setChange(const QString &change, const QString &comparedTo, bool up, Trend trend)
{
    m_change = change;
    m_comparedTo = comparedTo;
    m_up = up;
    m_trend = trend;
    describe();
}

void KpiCard::setCourse(const QList<double> &values)
{
    m_course = values;
    update();
}

void KpiCard::setShare(double share)
{
    m_share = share;
    update();
}

void KpiCard::setLoading(bool loading)
{
    m_loading = loading;
    update();
}

void KpiCard::describe()
{
    const QString direction = m_change.isEmpty() ? QString() : m_up ? tr("up") : tr("down");
    setAccessibleName(QStringList{m_title, m_value, direction, m_change, m_comparedTo, m_note}.join(u' ').simplified());
    updateGeometry();
    update();
}

QSize KpiCard::sizeHint() const
{
    const int height = px(Length::Space14) + theme().lineHeight(TextStyle::Small) + px(Length::Space4)
        + theme().lineHeight(TextStyle::Metric) + px(Length::Space10) + theme().lineHeight(TextStyle::Small)
        + px(Length::Space14);
    return {px(Length::CardMinimum) + px(Length::SparkWidth), height};
}

QSize KpiCard::minimumSizeHint() const
{
    const int value = paint::textWidth(m_value, TextStyle::Metric) + 2 * px(Length::Space16);
    return {std::max(px(Length::CardMinimum), value), sizeHint().height()};
}

void KpiCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPlate(this, painter);
    if (underMouse() && receivers(SIGNAL(clicked())) > 0)
        paint::box(painter, rect(), px(Length::RadiusCard), {}, theme().color(ColorRole::BorderStrong),
                   px(Length::Hairline));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(painter, rect(), px(Length::RadiusCard));

    const int side = px(Length::Space16);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    QRect line(side, px(Length::Space14), width() - 2 * side, theme().lineHeight(TextStyle::Small));
    const int titleWidth = paint::textWidth(m_title, TextStyle::Small);
    const bool noteFits = titleWidth + px(Length::Space12) + paint::textWidth(m_note, TextStyle::Small) <= line.width();
    paint::text(painter, visual(line), m_title, TextStyle::Small, ColorRole::Text2);
    if (noteFits)
        paint::text(painter, visual(line), m_note, TextStyle::Small, ColorRole::Text3, Qt::AlignRight);

    const int valueHeight = theme().lineHeight(TextStyle::Metric);
    QRect valueLine(side, line.bottom() + 1 + px(Length::Space4), line.width(), valueHeight);
    if (m_loading) {
        const int bar = px(Length::Space20);
        paint::box(painter, visual({side, valueLine.y() + (valueHeight - bar) / 2, line.width() / 2, bar}), bar / 4.0,
                   theme().color(ColorRole::Hover));
        return;
    }
    const int valueWidth = paint::textWidth(m_value, TextStyle::Metric);
    const int spark = px(Length::SparkWidth);
    const bool courseFits = m_course.size() > 1 && valueWidth + px(Length::Space12) + spark <= line.width();
    paint::text(painter, visual(valueLine), m_value, TextStyle::Metric, ColorRole::Text);
    if (courseFits)
        paintCourse(
            painter,
            visual({line.right() + 1 - spark, valueLine.y() - px(Length::Space2), spark, px(Length::SparkHeight)}));

    QRect below(side, valueLine.bottom() + 1 + px(Length::Space10), line.width(), theme().lineHeight(TextStyle::Small));
    if (m_share >= 0) {
        const int height = px(Length::Progress);
        const QRect bar(below.x(), below.center().y() - height / 2, below.width(), height);
        const ColorRole fill = m_share > 1 ? ColorRole::DangerFill
            : m_share >= 0.75              ? ColorRole::WarningFill
                                           : ColorRole::AccentLine;
        paint::box(painter, bar, height / 2.0, theme().color(ColorRole::Pressed));
        paint::box(painter, visual({bar.x(), bar.y(), qRound(bar.width() * std::min(m_share, 1.0)), height}),
                   height / 2.0, theme().color(fill));
        return;
    }
    if (m_change.isEmpty()) {
        if (!noteFits)
            paint::text(painter, visual(below), m_note, TextStyle::Small, ColorRole::Text3);
        else
            paint::text(painter, visual(below), m_comparedTo, TextStyle::Small, ColorRole::Text3);
        return;
    }
    const ColorRole role = m_trend == Trend::Good ? ColorRole::Success
        : m_trend == Trend::Bad                   ? ColorRole::Danger
                                                  : ColorRole::Text2;
    const int icon = px(Length::IconTiny);
    paintIcon(painter, visual({below.x(), below.center().y() - icon / 2, icon, icon}),
              m_up ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down"), role);
    int x = below.x() + icon + px(Length::Space2);
    const int changeWidth = paint::textWidth(m_change, TextStyle::SmallStrong) + 1;
    paint::text(painter, visual({x, below.y(), changeWidth, below.height()}), m_change, TextStyle::SmallStrong, role);
    x += changeWidth + px(Length::Space10);
    paint::text(painter, visual({x, below.y(), below.right() + 1 - x, below.height()}), m_comparedTo, TextStyle::Small,
                ColorRole::Text2);
}

void KpiCard::paintCourse(QPainter &painter, const QRect &rect) const
{
    const auto [low, high] = std::minmax_element(m_course.begin(), m_course.end());
    const double range = *high - *low;
    QPolygonF points;
    for (qsizetype i = 0; i < m_course.size(); ++i) {
        const double x = rect.left() + double(rect.width()) * i / (m_course.size() - 1);
        const double share = range > 0 ? (m_course[i] - *low) / range : 0.5;
        points << QPointF(x, rect.bottom() - share * (rect.height() - px(Length::Space8)));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath area;
    area.addPolygon(points);
    area.lineTo(rect.bottomRight());
    area.lineTo(rect.bottomLeft());
    QColor from = theme().color(ColorRole::AccentLine), to = from;
    from.setAlphaF(0.16f);
    to.setAlphaF(0);
    QLinearGradient fade(rect.topLeft(), rect.bottomLeft());
    fade.setColorAt(0, from);
    fade.setColorAt(1, to);
    painter.fillPath(area, fade);
    painter.setPen(QPen(theme().color(ColorRole::AccentLine), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(points);
    painter.restore();
}

void KpiCard::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void KpiCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        return Q_EMIT clicked();
    QWidget::keyPressEvent(event);
}
