// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/charts.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStackedBarSeries>
#include <QValueAxis>

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

double ChartData::total(int category) const
{
    double total = 0;
    for (const QList<double> &row : values)
        total += row.value(category);
    return total;
}

double ChartData::sum(int series) const
{
    const QList<double> row = values.value(series);
    return std::accumulate(row.begin(), row.end(), 0.0);
}

// The chart, with axis labels, highlight and hover card painted over it: Qt Charts would replace labels by "…" when
// bars get narrow, and its legend and tooltips do not follow the theme.
class StackedBars::View : public QChartView
{
public:
    explicit View(StackedBars *owner) : QChartView(owner), m_owner(owner)
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

    void setData(const ChartData &data, NumberText axisText, NumberText exactText)
    {
        m_data = data;
        m_axisText = std::move(axisText);
        m_exactText = std::move(exactText);
        m_hovered = -1;
        build();
    }
    void setEmptyText(const QString &text)
    {
        m_emptyText = text;
        viewport()->update();
    }
    void build();
    void applyTheme();

protected:
    void drawForeground(QPainter *painter, const QRectF &) override;
    void mouseMoveEvent(QMouseEvent *event) override { setHovered(categoryAt(event->position())); }
    void leaveEvent(QEvent *) override { setHovered(-1); }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        const int category = categoryAt(event->position());
        if (event->button() == Qt::LeftButton && category >= 0)
            Q_EMIT m_owner->clicked(category, seriesAt(category, event->position()));
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const int count = int(m_data.categories.size());
        const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
        if (step && count)
            setHovered(std::clamp(m_hovered + step, 0, count - 1));
        else if (event->key() == Qt::Key_Return && m_hovered >= 0)
            Q_EMIT m_owner->clicked(m_hovered, -1);
        else
            QChartView::keyPressEvent(event);
    }
    void focusOutEvent(QFocusEvent *event) override
    {
        setHovered(-1);
        QChartView::focusOutEvent(event);
    }

private:
    QRectF plot() const { return chart()->plotArea(); }
    double categoryWidth() const { return plot().width() / std::max<qsizetype>(1, m_data.categories.size()); }
    int categoryAt(const QPointF &at) const
    {
        if (m_data.isEmpty() || !plot().adjusted(0, 0, 0, px(Length::Space24)).contains(at))
            return -1;
        return std::clamp(int((at.x() - plot().x()) / categoryWidth()), 0, int(m_data.categories.size()) - 1);
    }
    int seriesAt(int category, const QPointF &at) const
    {
        double value = (plot().bottom() - at.y()) / plot().height() * m_maximum;
        for (int series = 0; series < m_data.values.size(); ++series) {
            value -= m_data.values[series].value(category);
            if (value < 0)
                return series;
        }
        return -1;
    }
    void setHovered(int category)
    {
        if (m_hovered == category)
            return;
        m_hovered = category;
        if (category >= 0)
            m_owner->setAccessibleDescription(QStringLiteral("%1: %2").arg(m_data.categoryTitles.value(category),
                                                                           m_exactText(m_data.total(category))));
        scene()->update();
        viewport()->update();
    }
    void paintAxes(QPainter &painter) const;
    void paintCard(QPainter &painter) const;

    StackedBars *m_owner;
    ChartData m_data;
    NumberText m_axisText;
    NumberText m_exactText;
    QString m_emptyText;
    QList<QBarSet *> m_sets;
    double m_maximum = 1;
    int m_hovered = -1;
};

void StackedBars::View::build()
{
    chart()->removeAllSeries();
    for (QAbstractAxis *axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_sets.clear();
    m_maximum = 1;
    if (m_data.isEmpty())
        return viewport()->update();
    auto *bars = new QStackedBarSeries;
    bars->setBarWidth(barShare);
    double highest = 0;
    for (int category = 0; category < m_data.categories.size(); ++category)
        highest = std::max(highest, m_data.total(category));
    m_maximum = niceMaximum(highest);
    for (int series = 0; series < m_data.series.size(); ++series) {
        auto *set = new QBarSet(m_data.series[series]);
        for (const double value : m_data.values.value(series))
            *set << value;
        bars->append(set);
        m_sets << set;
    }
    chart()->addSeries(bars);
    auto *days = new QBarCategoryAxis;
    QStringList keys; // categories must differ, labels need not
    for (int i = 0; i < m_data.categories.size(); ++i)
        keys << QString::number(i);
    days->append(keys);
    auto *values = new QValueAxis;
    values->setRange(0, m_maximum);
    values->setTickCount(axisSteps + 1);
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(days), static_cast<QAbstractAxis *>(values)}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
        axis->setGridLineVisible(false);
    }
    chart()->addAxis(days, Qt::AlignBottom);
    chart()->addAxis(values, Qt::AlignLeft);
    bars->attachAxis(days);
    bars->attachAxis(values);
    applyTheme();
}

void StackedBars::View::applyTheme()
{
    const QList<QColor> colors = theme().series();
    const QColor ground = theme().color(theme().isDark() ? ColorRole::Sunken : ColorRole::Surface);
    for (int i = 0; i < m_sets.size(); ++i) {
        m_sets[i]->setBrush(colors.at(i % colors.size()));
        m_sets[i]->setPen(QPen(ground, px(Length::Hairline))); // a gap between the pieces
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

void StackedBars::View::drawForeground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    if (m_data.isEmpty()) {
        paint::text(*painter, viewport()->rect(), m_emptyText, TextStyle::Body, ColorRole::Text3, Qt::AlignCenter);
    } else {
        paintAxes(*painter);
        paintCard(*painter);
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(*painter, viewport()->rect(), px(Length::RadiusSmall));
    painter->restore();
}

void StackedBars::View::paintAxes(QPainter &painter) const
{
    const QRect area = plot().toAlignedRect();
    const int line = theme().lineHeight(TextStyle::CaptionDigits);
    for (int step = 0; step <= axisSteps; ++step) {
        const int y = qRound(plot().bottom() - plot().height() * step / axisSteps);
        QColor grid = theme().color(ColorRole::Border);
        grid.setAlphaF(0.8f);
        if (step > 0) // behind bars it would be hidden; over them it must not show
            for (int x = area.left(), category = 0; category <= m_data.categories.size(); ++category) {
                const double total = category < m_data.categories.size() ? m_data.total(category) : 0;
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
        paint::text(painter, QRect(0, y - line / 2, area.left() - px(Length::Space8), line),
                    m_axisText(m_maximum * step / axisSteps), TextStyle::CaptionDigits, ColorRole::Text2,
                    Qt::AlignRight);
    }
    // Every n-th label, so that none touches the next.
    int widest = 1;
    for (const QString &label : m_data.categories)
        widest = std::max(widest, paint::textWidth(label, TextStyle::CaptionDigits) + px(Length::Space8));
    const int every = std::max(1, int(std::ceil(widest / categoryWidth())));
    for (int i = 0; i < m_data.categories.size(); i += every) {
        const double middle = plot().x() + (i + 0.5) * categoryWidth();
        paint::text(painter, QRect(int(middle) - widest, area.bottom() + px(Length::Space6), 2 * widest, line),
                    m_data.categories[i], TextStyle::CaptionDigits, ColorRole::Text2, Qt::AlignCenter);
    }
}

void StackedBars::View::paintCard(QPainter &painter) const
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
        if (m_data.values.value(series).value(m_hovered) > 0)
            rows << Row{series, m_data.series[series], m_exactText(m_data.values[series][m_hovered])};
    }
    const QString title = m_data.categoryTitles.value(m_hovered), total = m_exactText(m_data.total(m_hovered));
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
        paint::box(painter, QRect(at.x(), at.center().y() - dot / 2, dot, dot), px(Length::Space2),
                   colors.at(row.series % colors.size()));
        paint::text(painter, at.adjusted(px(Length::Space16), 0, 0, 0), row.name, TextStyle::Small, ColorRole::Text);
        paint::text(painter, at, row.value, TextStyle::SmallDigits, ColorRole::Text, Qt::AlignRight);
    }
}

StackedBars::StackedBars(const QString &accessibleName, QWidget *parent) : QWidget(parent), m_view(new View(this))
{
    setAccessibleName(accessibleName);
    m_view->setAccessibleName(accessibleName);
    m_view->viewport()->setAccessibleName(accessibleName);
    setFocusProxy(m_view);
    connect(&theme(), &Theme::changed, this, [this] { m_view->applyTheme(); });
}

StackedBars::~StackedBars() = default;

void StackedBars::setData(const ChartData &data, NumberText axisText, NumberText exactText)
{
    QStringList lines;
    for (int series = 0; series < data.series.size(); ++series)
        lines << QStringLiteral("%1: %2").arg(data.series[series], exactText(data.sum(series)));
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    m_view->setData(data, std::move(axisText), std::move(exactText));
}

void StackedBars::setEmptyText(const QString &text) { m_view->setEmptyText(text); }

QSize StackedBars::minimumSizeHint() const { return {px(Length::DetailMinimum), px(Length::ChartMinimum)}; }
QSize StackedBars::sizeHint() const { return {px(Length::DialogLarge), px(Length::ChartMinimum)}; }

void StackedBars::resizeEvent(QResizeEvent *)
{
    m_view->setGeometry(rect());
    m_view->applyTheme();
}
