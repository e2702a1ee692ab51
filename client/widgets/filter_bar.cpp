// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/filter_bar.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

FilterChip::FilterChip(const QString &field, const QString &value, QWidget *parent)
    : QAbstractButton(parent),
      m_field(field),
      m_value(value)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Filter: %1 %2. Return edits, Delete removes.").arg(field, value));
    setToolTip(QStringLiteral("%1: %2").arg(field, value));
}

QSize FilterChip::sizeHint() const
{
    return {paint::textWidth(m_field, TextStyle::Small) + paint::textWidth(m_value, TextStyle::SmallStrong)
                + px(Length::Space10) + px(Length::Space6) + px(Length::Space4) + px(Length::Target),
            px(Length::FilterChip)};
}

QSize FilterChip::minimumSizeHint() const
{
    return {paint::textWidth(m_field, TextStyle::Small) + px(Length::Space10) + px(Length::Space40)
                + px(Length::Target),
            px(Length::FilterChip)};
}

QRect FilterChip::crossRect() const
{
    const QRect cross(width() - px(Length::Target), 0, px(Length::Target), height());
    return QStyle::visualRect(layoutDirection(), rect(), cross);
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::box(painter, rect(), px(Length::RadiusControl),
               theme().color(underMouse() ? ColorRole::AccentSoftHover : ColorRole::AccentSoft));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(painter, rect(), px(Length::RadiusControl));
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int x = px(Length::Space10);
    const int fieldWidth = paint::textWidth(m_field, TextStyle::Small) + 1;
    paint::text(painter, visual({x, 0, fieldWidth, height()}), m_field, TextStyle::Small, ColorRole::AccentText);
    x += fieldWidth + px(Length::Space6);
    paint::text(painter, visual({x, 0, width() - x - px(Length::Target), height()}), m_value, TextStyle::SmallStrong,
                ColorRole::AccentText);
    QRect cross(0, 0, px(Length::IconTiny), px(Length::IconTiny));
    cross.moveCenter(crossRect().center());
    paintIcon(painter, cross, QStringLiteral("x"), ColorRole::AccentText);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        return Q_EMIT removed();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return click();
    QAbstractButton::keyPressEvent(event);
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && crossRect().contains(event->position().toPoint()))
        return Q_EMIT removed();
    QAbstractButton::mousePressEvent(event);
}

FilterBar::FilterBar(const QString &searchPlaceholder, QWidget *parent)
    : QWidget(parent),
      m_search(new SearchField(searchPlaceholder)),
      m_addButton(new Button({}, QStringLiteral("plus"), ButtonVariant::Ghost)),
      m_add(new QMenu(this)),
      m_chips(new QHBoxLayout),
      m_tools(new QHBoxLayout)
{
    setFixedHeight(px(Length::FilterRow));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(Length::Space24), 0, px(Length::Space24), 0);
    row->setSpacing(px(Length::Space8));
    for (QHBoxLayout *inner : {m_chips, m_tools})
        inner->setSpacing(px(Length::Space8));
    row->addWidget(m_search);
    row->addLayout(m_chips);
    row->addWidget(m_addButton);
    row->addStretch(1);
    row->addLayout(m_tools);
    connect(m_search, &SearchField::textSettled, this, &FilterBar::changed);
    connect(m_addButton, &QPushButton::clicked, this,
            [this] { m_add->popup(m_addButton->mapToGlobal(QPoint(0, m_addButton->height() + px(Length::Space4)))); });
    connect(&theme(), &Theme::changed, this, [this] { setFixedHeight(px(Length::FilterRow)); });
    retranslate();
    rebuild();
}

void FilterBar::retranslate()
{
    m_addButton->setText(tr("Filter", "verb"));
    m_addButton->setHint(tr("Add a filter"), QStringLiteral("F"));
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void FilterBar::setCanAdd(bool can) { m_addButton->setVisible(can); }

void FilterBar::setCondition(const Condition &condition)
{
    const auto same = std::find_if(m_conditions.begin(), m_conditions.end(),
                                   [&](const Condition &c) { return c.id == condition.id; });
    if (same == m_conditions.end())
        m_conditions << condition;
    else if (*same == condition)
        return;
    else
        *same = condition;
    rebuild();
    Q_EMIT changed();
}

void FilterBar::removeCondition(const QString &id)
{
    if (m_conditions.removeIf([&](const Condition &c) { return c.id == id; }) == 0)
        return;
    rebuild();
    Q_EMIT changed();
}

void FilterBar::setConditions(const QList<Condition> &conditions)
{
    m_conditions = conditions;
    rebuild();
}

void FilterBar::clear()
{
    if (!isFiltering())
        return;
    m_conditions.clear();
    {
        const QSignalBlocker blocker(m_search);
        m_search->clear();
    }
    rebuild();
    Q_EMIT changed();
}

bool FilterBar::isFiltering() const { return !m_conditions.isEmpty() || !m_search->text().isEmpty(); }

void FilterBar::addTool(QWidget *tool) { m_tools->addWidget(tool); }

void FilterBar::rebuild()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a chip may be asking for its own removal
        delete item;
    }
    for (const Condition &condition : m_conditions) {
        auto *chip = new FilterChip(condition.field, condition.shown);
        connect(chip, &FilterChip::removed, this, [this, id = condition.id] { removeCondition(id); });
        connect(chip, &QAbstractButton::clicked, this, [this, chip, id = condition.id] {
            Q_EMIT editRequested(id, chip->mapToGlobal(QPoint(0, chip->height() + px(Length::Space4))));
        });
        m_chips->addWidget(chip);
    }
    m_addButton->setVisible(true);
}
