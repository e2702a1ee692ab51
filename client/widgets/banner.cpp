// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/banner.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>

Banner::Banner(QWidget *parent) : QWidget(parent), m_text(new Label), m_action(new Button), m_iconPlace(new QWidget)
{
    m_text->setWordWrap(true);
    const int icon = theme().px(Length::IconMedium);
    m_iconPlace->setFixedSize(icon, icon);
    m_action->setControlSize(ControlSize::Small);
    setLayout(layout::inset(layout::row({m_iconPlace, layout::wide(m_text), m_action}, Length::Space10),
                            {Length::Space14, Length::Space6, Length::Space8, Length::Space6}));
    setMinimumHeight(theme().px(Length::BannerRow));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionRequested);
    hide();
}

void Banner::show(Tone tone, const QString &icon, const QString &text, const QString &action)
{
    const bool news = isHidden() || m_text->text() != text;
    m_tone = tone;
    m_icon = icon;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    update();
    layout::reveal(this);
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::box(painter, rect(), theme().px(Length::RadiusControl), theme().color(softRole(m_tone)));
    if (!m_icon.isEmpty())
        paintIcon(painter, m_iconPlace->geometry(), m_icon, textRole(m_tone));
}
