// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/category_chart_view.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace {

constexpr double barShare = 0.62; // of a day's width
constexpr int axisSteps = 4;

// The next of 1, 2, 2.5, 4, 5, 8, 10 times a power of ten: round labels at every step.
double niceMaximum(double value)
{
    if (value <= 0)
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 6.0, 8.0}) {
        if (value <= factor * power)
            return factor * power;
    }
    return 10 * power;
}

} // namespace

CategoryChartView::CategoryChartView(CategoryChart *owner, bool stacks)
    : QChartView(owner),
      m_owner(owner),
      m_stacks(stacks)
{
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    setBackgroundBrush(Qt::NoBrush);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->legend()->hide();
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setAnimationOptions(QChart::NoAnimation);
}

void CategoryChartView::setData(const ChartData &data, NumberText axisText, NumberText exactText)
{
    m_data = data;
    m_axisText = std::move(axisText);
    m_exactText = std::move(exactText);
    m_hovered = -1;
    m_piece = -1;
    build();
}

void CategoryChartView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void CategoryChartView::mouseMoveEvent(QMouseEvent *event) { setHovered(categoryAt(event->position())); }

void CategoryChartView::leaveEvent(QEvent *) { setHovered(-1); }

void CategoryChartView::mouseReleaseEvent(QMouseEvent *event)
{
    const int category = categoryAt(event->position());
    if (event->button() == Qt::LeftButton && category >= 0)
        Q_EMIT m_owner->clicked(category, seriesAt(category, event->position()));
}

void CategoryChartView::keyPressEvent(QKeyEvent *event)
{
    const int count = int(m_data.categories.size());
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step && count)
        setHovered(m_hovered < 0 && step < 0 ? count - 1 : std::clamp(m_hovered + step, 0, count - 1));
    else if ((event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) && m_hovered >= 0)
        moveInside(event->key() == Qt::Key_Up ? 1 : -1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_hovered >= 0)
        Q_EMIT m_owner->clicked(m_hovered, m_piece);
    else
        QChartView::keyPressEvent(event);
}

void CategoryChartView::focusOutEvent(QFocusEvent *event)
{
    setHovered(-1);
    QChartView::focusOutEvent(event);
}

int CategoryChartView::categoryAt(const QPointF &at) const
{
    if (m_data.isEmpty() || !plot().adjusted(0, 0, 0, px(Length::Space24)).contains(at))
        return -1;
    return std::clamp(int((at.x() - plot().x()) / categoryWidth()), 0, int(m_data.categories.size()) - 1);
}

int CategoryChartView::seriesAt(int category, const QPointF &at) const
{
    if (!m_stacks)
        return -1;
    double left = (plot().bottom() - at.y()) / plot().height() * m_maximum;
    for (int series = 0; series < m_data.values.size(); ++series) {
        left -= value(series, category);
        if (left < 0)
            return series;
    }
    return -1;
}

bool CategoryChartView::has(int series, int category) const
{
    return m_stacks ? value(series, category) > 0 : !std::isnan(value(series, category));
}

void CategoryChartView::setHovered(int category, int series)
{
    if (m_hovered == category && m_piece == series)
        return;
    m_hovered = category;
    m_piece = series;
    if (category >= 0) {
        QStringList said{m_data.categoryTitles.value(category)};
        if (series >= 0)
            said << m_data.series[series] << m_exactText(value(series, category));
        else if (m_stacks)
            said << m_exactText(m_data.total(category));
        else
            for (int each = 0; each < m_data.series.size(); ++each)
                if (has(each, category))
                    said << m_data.series[each] << m_exactText(value(each, category));
        m_owner->setAccessibleDescription(said.join(QStringLiteral(", ")));
    }
    scene()->update();
    viewport()->update();
}

// To the next piece of the bar that there is, or back to the bar as a whole.
void CategoryChartView::moveInside(int step)
{
    const int count = int(m_data.series.size());
    int next = m_piece;
    do {
        next += step;
        if (next < -1)
            next = count - 1;
        if (next >= count)
            next = -1;
    } while (next >= 0 && !has(next, m_hovered));
    setHovered(m_hovered, next);
}

double CategoryChartView::highest() const
{
    double highest = 0;
    for (int category = 0; category < m_data.categories.size(); ++category) {
        if (m_stacks)
            highest = std::max(highest, m_data.total(category));
        else
            for (int series = 0; series < m_data.series.size(); ++series)
                if (has(series, category))
                    highest = std::max(highest, value(series, category));
    }
    return highest;
}

void CategoryChartView::build()
{
    chart()->removeAllSeries();
    for (QAbstractAxis *axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_sets.clear();
    m_parts.clear();
    m_maximum = 1;
    if (m_data.isEmpty())
        return viewport()->update();
    m_maximum = niceMaximum(highest());
    auto *values = new QValueAxis;
    values->setRange(0, m_maximum);
    values->setTickCount(axisSteps + 1);
    chart()->addAxis(values, Qt::AlignLeft);
    if (m_stacks)
        buildBars(values);
    else
        buildLines(values);
    for (QAbstractAxis *axis : chart()->axes()) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
        axis->setGridLineVisible(false);
    }
    applyTheme();
}

void CategoryChartView::buildBars(QAbstractAxis *values)
{
    auto *bars = new QStackedBarSeries;
    bars->setBarWidth(barShare);
    for (int series = 0; series < m_data.series.size(); ++series) {
        auto *set = new QBarSet(m_data.series[series]);
        for (const double value : m_data.values.value(series))
            *set << value;
        bars->append(set);
        m_sets << set;
    }
    chart()->addSeries(bars);
    auto *along = new QBarCategoryAxis;
    QStringList keys; // categories must differ, labels need not
    for (int i = 0; i < m_data.categories.size(); ++i)
        keys << QString::number(i);
    along->append(keys);
    chart()->addAxis(along, Qt::AlignBottom);
    bars->attachAxis(along);
    bars->attachAxis(values);
}

// Where a value is not known the line is interrupted.
void CategoryChartView::buildLines(QAbstractAxis *values)
{
    auto *along = new QValueAxis;
    along->setRange(-0.5, double(m_data.categories.size()) - 0.5);
    chart()->addAxis(along, Qt::AlignBottom);
    for (int series = 0; series < m_data.series.size(); ++series) {
        QList<QPointF> part;
        for (int category = 0; category <= m_data.categories.size(); ++category) {
            if (category < m_data.categories.size() && has(series, category)) {
                part << QPointF(category, value(series, category));
                continue;
            }
            addPart(series, part, along, values);
            part.clear();
        }
    }
}

void CategoryChartView::addPart(int series, const QList<QPointF> &points, QAbstractAxis *along, QAbstractAxis *values)
{
    if (points.isEmpty())
        return;
    QXYSeries *part = nullptr;
    if (points.size() > 1) {
        part = new QLineSeries;
    } else {
        auto *dot = new QScatterSeries;
        dot->setMarkerSize(px(Length::Space8));
        part = dot;
    }
    part->replace(points);
    chart()->addSeries(part);
    part->attachAxis(along);
    part->attachAxis(values);
    m_parts.append({part, series});
}

void CategoryChartView::applyTheme()
{
    const QList<QColor> colors = theme().series();
    const QColor ground = theme().color(theme().isDark() ? ColorRole::Sunken : ColorRole::Surface);
    for (int i = 0; i < m_sets.size(); ++i) {
        m_sets[i]->setBrush(colors.at(i % colors.size()));
        m_sets[i]->setPen(QPen(ground, px(Length::Hairline))); // a gap between the pieces
    }
    for (const auto &[part, series] : m_parts) {
        const QColor color = colors.at(series % colors.size());
        part->setBrush(color);
        part->setPen(part->type() == QAbstractSeries::SeriesTypeScatter ? QPen(Qt::NoPen)
                                                                        : QPen(color, px(Length::Space2)));
    }
    int labels = 0;
    if (m_axisText) {
        for (int step = 0; step <= axisSteps; ++step)
            labels =
                std::max(labels, paint::textWidth(m_axisText(m_maximum * step / axisSteps), TextStyle::CaptionDigits));
    }
    chart()->setPlotArea(
        QRectF(viewport()->rect())
            .adjusted(labels + px(Length::Space8), px(Length::Space8), -px(Length::Space2), -px(Length::Space24)));
    viewport()->update();
}

void CategoryChartView::drawBackground(QPainter *painter, const QRectF &)
{
    if (m_stacks || m_data.isEmpty())
        return;
    painter->save();
    painter->resetTransform();
    paintGrid(*painter);
    painter->restore();
}

void CategoryChartView::drawForeground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    if (m_data.isEmpty()) {
        paint::text(*painter, viewport()->rect(), m_emptyText, TextStyle::Body, ColorRole::Text3, Qt::AlignCenter);
    } else {
        if (m_stacks)
            paintGrid(*painter);
        paintLabels(*painter);
        paintCard(*painter);
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(*painter, viewport()->rect(), px(Length::RadiusSmall));
    painter->restore();
}

void CategoryChartView::paintGrid(QPainter &painter) const
{
    const QRect area = plot().toAlignedRect();
    for (int step = 0; step <= axisSteps; ++step) {
        const int y = qRound(plot().bottom() - plot().height() * step / axisSteps);
        QColor grid = theme().color(ColorRole::Border);
        grid.setAlphaF(0.8f);
        if (step > 0) // behind bars it would be hidden; over them it must not show
            for (int x = area.left(), category = 0; category <= m_data.categories.size(); ++category) {
                const double total = m_stacks && category < m_data.categories.size() ? m_data.total(category) : 0;
                const double left = plot().x() + category * categoryWidth();
                const double bar = left + categoryWidth() * (1 - barShare) / 2;
                const bool covered = total >= m_maximum * step / axisSteps && category < m_data.categories.size();
                const int until = category == m_data.categories.size() ? area.right() + 1 : covered ? qRound(bar) : x;
                if (until > x)
                    painter.fillRect(x, y, until - x, px(Length::Hairline), grid);
                if (covered)
                    x = qRound(bar + categoryWidth() * barShare);
            }
        else
            painter.fillRect(area.left(), y, area.width(), px(Length::Hairline),
                             theme().color(ColorRole::BorderStrong));
    }
}

void CategoryChartView::paintLabels(QPainter &painter) const
{
    const QRect area = plot().toAlignedRect();
    const int line = theme().lineHeight(TextStyle::CaptionDigits);
    for (int step = 0; step <= axisSteps; ++step) {
        const int y = qRound(plot().bottom() - plot().height() * step / axisSteps);
        paint::text(painter, QRect(0, y - line / 2, area.left() - px(Length::Space8), line),
                    m_axisText(m_maximum * step / axisSteps), TextStyle::CaptionDigits, ColorRole::Text2,
                    Qt::AlignRight);
    }
    // Every n-th label, so that none touches the next.
    int widest = 1;
    for (const QString &label : m_data.categories)
        widest = std::max(widest, paint::textWidth(label, TextStyle::CaptionDigits) + px(Length::Space8));
    const int every = std::max(1, int(std::ceil(widest / categoryWidth())));
    int free = 0; // from here on
    for (int i = 0; i < m_data.categories.size(); i += every) {
        const double middle = plot().x() + (i + 0.5) * categoryWidth();
        const int width = paint::textWidth(m_data.categories[i], TextStyle::CaptionDigits) + 1;
        const int left = std::min(int(middle) - width / 2, viewport()->width() - width); // the last stays inside
        if (left < free)
            continue;
        free = left + width + px(Length::Space4);
        paint::text(painter, QRect(left, area.bottom() + px(Length::Space6), width, line), m_data.categories[i],
                    TextStyle::CaptionDigits, ColorRole::Text2, Qt::AlignCenter);
    }
}

void CategoryChartView::paintCard(QPainter &painter) const
{
    if (m_hovered < 0)
        return;
    QColor shade = theme().color(ColorRole::Text);
    shade.setAlphaF(0.06f);
    const QRectF column(plot().x() + m_hovered * categoryWidth(), plot().y(), categoryWidth(), plot().height());
    painter.fillRect(column, shade);

    const int line = theme().lineHeight(TextStyle::Small) + px(Length::Space4), side = px(Length::Space12);
    struct Row
    {
        int series;
        QString name, value;
    };
    QList<Row> rows;
    for (int series = int(m_data.series.size()) - 1; series >= 0; --series) { // as they are stacked
        if (has(series, m_hovered))
            rows << Row{series, m_data.series[series], m_exactText(value(series, m_hovered))};
    }
    const QString title = m_data.categoryTitles.value(m_hovered);
    const QString total = m_stacks ? m_exactText(m_data.total(m_hovered)) : QString();
    int width = paint::textWidth(title, TextStyle::Small) + paint::textWidth(total, TextStyle::Digits);
    for (const Row &row : rows)
        width = std::max(width,
                         px(Length::Space16) + paint::textWidth(row.name, TextStyle::Small)
                             + paint::textWidth(row.value, TextStyle::SmallDigits));
    width += px(Length::Space40) + 2 * side;
    const int height = int(rows.size() + 1) * line + 2 * px(Length::Space8);
    int x = int(column.left()) - width - px(Length::Space8);
    if (x < 0)
        x = std::min(int(column.right()) + px(Length::Space8), viewport()->width() - width);
    const QRect card(std::max(0, x),
                     std::max(0, std::min(int(plot().y()) + px(Length::Space4), viewport()->height() - height)), width,
                     height);
    paint::shadow(painter, card, px(Length::RadiusControl), paint::Depth::Popup);
    paint::box(painter, card, px(Length::RadiusControl), theme().color(ColorRole::Raised),
               theme().color(theme().isDark() ? ColorRole::BorderStrong : ColorRole::Border), px(Length::Hairline));
    QRect at(card.x() + side, card.y() + px(Length::Space8), width - 2 * side, line);
    paint::text(painter, at, title, TextStyle::Small, ColorRole::Text2);
    paint::text(painter, at, total, TextStyle::Digits, ColorRole::Text, Qt::AlignRight);
    const QList<QColor> colors = theme().series();
    const int dot = px(Length::Space8);
    for (const Row &row : rows) {
        at.translate(0, line);
        if (row.series == m_piece)
            paint::box(painter, at.adjusted(-px(Length::Space4), 0, px(Length::Space4), 0), px(Length::RadiusSmall),
                       theme().color(ColorRole::Hover));
        paint::box(painter, QRect(at.x(), at.center().y() - dot / 2, dot, dot), px(Length::Space2),
                   colors.at(row.series % colors.size()));
        paint::text(painter, at.adjusted(px(Length::Space16), 0, 0, 0), row.name, TextStyle::Small, ColorRole::Text);
        paint::text(painter, at, row.value, TextStyle::SmallDigits, ColorRole::Text, Qt::AlignRight);
    }
}
