// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/refusal_pane.h"

#include "client/gateway/refusal_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

RefusalPane::RefusalPane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_open(new Button({}, u"arrow-right"_s, ButtonVariant::Primary)),
      m_why(new Label),
      m_helpsTitle(new Label({}, TextStyle::BodyStrong)),
      m_helps(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_toldTitle(new Label({}, TextStyle::BodyStrong)),
      m_told(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_facts(new Facts)
{
    m_why->setWordWrap(true);
    m_helps->setWordWrap(true);
    m_told->setWordWrap(true);
    m_told->setSelectable();
    m_pane->addAction(m_open);
    m_pane->addSection(QString(), m_why);
    m_pane->addSection(m_helpsTitle, m_helps);
    m_pane->addSection(m_toldTitle, m_told);
    m_pane->addSection(QString(), m_facts);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &RefusalPane::closed);
    connect(m_open, &QPushButton::clicked, this, &RefusalPane::deciderRequested);
    retranslate();
}

void RefusalPane::show(const RefusalRow &row, bool mayOpenDecider)
{
    m_row = row;
    m_open->setVisible(mayOpenDecider);
    renew();
}

void RefusalPane::renew()
{
    if (!m_row)
        return;
    const GatewayRefusal &one = m_row->refusal;
    m_pane->setStatus(lookOf(one.by));
    m_pane->setTitle(shownDecider(one));
    m_open->setText(one.by == RefusedBy::Limit        ? tr("Open limit")
                        : one.by == RefusedBy::Budget ? tr("Open budget")
                        : one.by == RefusedBy::Model  ? tr("Open keys")
                                                      : tr("Open settings"));
    m_why->setText(whyRefused(one));
    m_helps->setText(whatHelps(one));
    m_facts->setFacts({{tr("Calls"), amounts::count(one.calls)},
                       {tr("Minute"), amounts::clock(one.minute)},
                       {tr("Last"), amounts::dayAndTime(one.lastAt)},
                       {tr("Model"), one.model},
                       {tr("Key"), one.keyName},
                       {tr("Person"), one.userName}});
    m_told->setText(one.detail);
    m_toldTitle->setVisible(!one.detail.isEmpty());
    m_told->setVisible(!one.detail.isEmpty());
}

void RefusalPane::retranslate()
{
    m_open->setHint(tr("Show what decided"), u"O"_s);
    m_helpsTitle->setText(tr("What helps"));
    m_toldTitle->setText(tr("What the program was told"));
    renew();
}

void RefusalPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
