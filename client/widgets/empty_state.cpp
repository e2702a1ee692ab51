// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/empty_state.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QPainter>

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent),
      m_tile(new QWidget),
      m_title(new Label({}, TextStyle::TitleSmall)),
      m_text(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_action(new Button)
{
    const int tile = theme().px(Length::HeroTile);
    m_tile->setFixedSize(tile, tile);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    auto *column = layout::column({layout::stretch(2), m_tile, layout::gap(Length::Space8), m_title, m_text,
                                   layout::gap(Length::Space8), m_action, layout::stretch(3)});
    for (QWidget *widget :
         {m_tile, static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_action)})
        column->setAlignment(widget, Qt::AlignHCenter);
    setLayout(layout::inset(column, Length::Space24));
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
    for (Label *label : {m_title, m_text})
        label->setMinimumHeight(label->heightForWidth(label->width()));
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

void EmptyState::resizeEvent(QResizeEvent *)
{
    // A fixed width, so that the wrapped text gets all its lines.
    const int room = width() - 2 * theme().px(Length::Space24);
    for (Label *label : {m_title, m_text}) {
        label->setFixedWidth(std::clamp(room, 1, theme().px(Length::DialogSmall)));
        label->setMinimumHeight(label->heightForWidth(label->width()));
    }
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
