// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budget_pane.h"

#include "client/gateway/budget_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/share_bar.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

BudgetPane::BudgetPane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_usage(new Button({}, u"chart-column"_s)),
      m_refusals(new Button({}, u"ban"_s)),
      m_change(new IconButton(u"pencil"_s, {})),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_banner(new Banner),
      m_spent(new Label({}, TextStyle::Metric)),
      m_of(new Label({}, TextStyle::SmallDigits, ColorRole::Text2)),
      m_bar(new ShareBar({})),
      m_held(new Label({}, TextStyle::SmallDigits, ColorRole::Text2)),
      m_facts(new Facts),
      m_reachedTitle(new Label({}, TextStyle::BodyStrong)),
      m_reached(new Timeline({}))
{
    m_held->setWordWrap(true);
    m_of->setWordWrap(true);
    m_pane->addTool(m_change);
    m_pane->addTool(m_remove);
    m_pane->addAction(m_usage);
    m_pane->addAction(m_refusals);
    m_pane->addSection(QString(), m_banner);
    m_pane->addSection(QString(), layout::box(layout::column({m_spent, m_of, m_bar, m_held}, Length::Space4)));
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(m_reachedTitle, m_reached);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &BudgetPane::closed);
    connect(m_usage, &QPushButton::clicked, this, &BudgetPane::usageRequested);
    connect(m_refusals, &QPushButton::clicked, this, &BudgetPane::refusalsRequested);
    connect(m_change, &QToolButton::clicked, this, &BudgetPane::changeRequested);
    connect(m_remove, &QToolButton::clicked, this, &BudgetPane::removeRequested);
    retranslate();
}

void BudgetPane::show(const Budget &budget, const Allowed &allowed)
{
    m_budget = budget;
    m_change->setVisible(allowed.change);
    m_remove->setVisible(allowed.remove);
    m_usage->setVisible(allowed.usage);
    m_refusals->setVisible(allowed.refusals);
    renew();
}

void BudgetPane::renew()
{
    if (!m_budget)
        return;
    const Budget &one = *m_budget;
    const qint64 left = one.amountNanos - one.spentNanos - one.reservedNanos;
    m_pane->setStatus(lookOf(one));
    m_pane->setTitle(one.name);
    m_banner->hide();
    if (left <= 0)
        m_banner->show(Tone::Danger, u"ban"_s,
                       one.resetsAt ? tr("Calls are refused until %1.").arg(amounts::clock(*one.resetsAt))
                                    : tr("Calls are refused until the amount is raised."));
    m_spent->setText(amounts::cost(one.spentNanos));
    m_of->setText(tr("of %1", "an amount of money").arg(shownAmount(one)));
    m_bar->setShare(shareOf(one));
    m_held->setText(one.reservedNanos > 0
                        ? tr("%1 held for calls that run · %2 left")
                              .arg(amounts::cost(one.reservedNanos), amounts::cost(std::max<qint64>(left, 0)))
                        : tr("%1 left").arg(amounts::cost(std::max<qint64>(left, 0))));
    m_facts->setFacts({{tr("Of"), shownSubject(one)},
                       {tr("Begins anew"), one.resetsAt ? amounts::dayAndTime(*one.resetsAt) : tr("never")},
                       {tr("Without price"),
                        one.refusesUnpriced ? tr("refused", "calls of models without a price")
                                            : tr("let through", "calls of models without a price")},
                       {tr("Spent exactly"), amounts::exactCost(one.spentNanos)},
                       {tr("Made"), amounts::dayAndTime(one.createdAt)}});
    m_reached->setSteps(thresholdsOf(one));
}

void BudgetPane::retranslate()
{
    m_usage->setText(tr("Usage"));
    m_refusals->setText(tr("Refused"));
    m_usage->setHint(tr("Show the usage it pays for"), u"U"_s);
    m_refusals->setHint(tr("Show what it refused"), u"W"_s);
    m_change->setName(tr("Change budget"), u"E"_s);
    m_remove->setName(tr("Remove budget"), u"Del"_s);
    m_bar->setAccessibleName(tr("Spent"));
    m_reachedTitle->setText(tr("Reached in this period"));
    m_reached->setAccessibleName(tr("Reached in this period"));
    renew();
}

void BudgetPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
