// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/empty_state.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent),
      m_tile(new QWidget),
      m_title(new Label({}, TextStyle::TitleSmall)),
      m_text(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_action(new Button)
{
    for (QWidget *widget :
         {m_tile, static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_action)})
        widget->setParent(this);
    for (Label *label : {m_title, m_text}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
}

void EmptyState::show(const QString &icon, const QString &title, const QString &text, const QString &action)
{
    m_icon = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    place();
    setAccessibleName(title);
    update();
    layout::reveal(this);
}

void EmptyState::showFiltered(const QString &title)
{
    show(QStringLiteral("search-x"), title, tr("The filters hide everything that is here."), tr("Clear filters"));
}

void EmptyState::showForbidden(const QString &whoCanGrant)
{
    show(QStringLiteral("lock"), tr("This is not open to your role"), tr("%1 can give you access.").arg(whoCanGrant));
}

void EmptyState::showError(const QString &title, const QString &detail)
{
    show(QStringLiteral("circle-alert"), title, detail, tr("Try again"));
}

// By hand: a box layout gives texts that wrap more height than they have lines.
void EmptyState::place()
{
    const int margin = theme().px(Length::Space24), tile = theme().px(Length::HeroTile);
    const int lines = std::clamp(width() - 2 * margin, 1, theme().px(Length::DialogSmall));
    const auto sizeOf = [&](const Label *label) { return QSize(lines, label->heightForWidth(lines)); };
    struct Part
    {
        QWidget *widget;
        QSize size;
        int gap; // above it
    };
    const Part parts[] = {{m_tile, {tile, tile}, 0},
                          {m_title, sizeOf(m_title), theme().px(Length::Space16)},
                          {m_text, sizeOf(m_text), theme().px(Length::Space6)},
                          {m_action, m_action->sizeHint(), theme().px(Length::Space16)}};
    int height = 0;
    for (const Part &part : parts)
        height += part.widget->isHidden() ? 0 : part.gap + part.size.height();
    int y = std::max(margin, (this->height() - height) * 2 / 5); // a little above the middle, where the eye looks first
    for (const Part &part : parts) {
        if (part.widget->isHidden())
            continue;
        part.widget->setGeometry({{(width() - part.size.width()) / 2, y + part.gap}, part.size});
        y += part.gap + part.size.height();
    }
    m_height = height + 2 * margin;
}

QSize EmptyState::minimumSizeHint() const { return {0, m_height}; }
QSize EmptyState::sizeHint() const { return {theme().px(Length::DialogSmall), m_height}; }

bool EmptyState::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        place(); // a child has another text or font
    return QWidget::event(event);
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect tile = m_tile->geometry();
    paint::box(painter, tile, theme().px(Length::RadiusDialog), theme().color(ColorRole::Hover));
    const int size = theme().px(Length::IconHero);
    QRect square(0, 0, size, size);
    square.moveCenter(tile.center());
    if (!m_icon.isEmpty())
        paintIcon(painter, square, m_icon, ColorRole::Text3);
}
