// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_pane.h"

#include "client/prices/price_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

QList<std::pair<QString, QString>> factsOf(const TokenPrices &prices)
{
    const auto fact = [](const QString &name, const std::optional<qint64> &price) {
        return std::pair(name, price ? shownPrice(price) : QString());
    };
    return {fact(PricePane::tr("Input"), prices.input), fact(PricePane::tr("Output"), prices.output),
            fact(PricePane::tr("Cached input"), prices.cachedInput),
            fact(PricePane::tr("Cache write, 5 min"), prices.cacheWrite),
            fact(PricePane::tr("Cache write, 1 h"), prices.cacheWriteHour)};
}

} // namespace

PricePane::PricePane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_add(new Button({}, u"plus"_s)),
      m_verify(new Button({}, u"shield-check"_s)),
      m_open(new IconButton(u"external-link"_s, {})),
      m_withdraw(new IconButton(u"trash-2"_s, {})),
      m_banner(new Banner),
      m_prices(new Facts),
      m_tiers(new Facts),
      m_origin(new Facts),
      m_history(new Facts),
      m_tiersTitle(new Label({}, TextStyle::BodyStrong)),
      m_originTitle(new Label({}, TextStyle::BodyStrong)),
      m_historyTitle(new Label({}, TextStyle::BodyStrong))
{
    m_pane->addAction(m_add);
    m_pane->addAction(m_verify);
    m_pane->addTool(m_open);
    m_pane->addTool(m_withdraw);
    m_pane->addSection(QString(), m_banner);
    m_pane->addSection(QString(), m_prices);
    m_pane->addSection(m_tiersTitle, m_tiers);
    m_pane->addSection(m_originTitle, m_origin);
    m_pane->addSection(m_historyTitle, m_history);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &PricePane::closed);
    connect(m_add, &QPushButton::clicked, this, &PricePane::addRequested);
    connect(m_verify, &QPushButton::clicked, this, &PricePane::verifyRequested);
    connect(m_open, &QToolButton::clicked, this, &PricePane::sourceRequested);
    connect(m_withdraw, &QToolButton::clicked, this, &PricePane::withdrawRequested);
    retranslate();
}

void PricePane::show(const PriceRow &row, const QList<PriceRow> &history)
{
    m_row = row;
    m_rows = history;
    renew();
}

void PricePane::setAllowed(bool mayChange)
{
    m_mayChange = mayChange;
    renew();
}

void PricePane::renew()
{
    if (!m_row)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const PriceState state = stateOf(*m_row, now);
    m_pane->setStatus(lookOf(state));
    m_pane->setTitle(nameOf(*m_row), m_row->id.toString(QUuid::WithoutBraces));
    m_add->setVisible(m_mayChange);
    m_verify->setVisible(m_mayChange);
    m_verify->setText(m_row->verified ? tr("Not verified") : tr("Mark verified"));
    m_withdraw->setVisible(m_mayChange && state == PriceState::Planned);
    m_open->setVisible(m_row->source.startsWith(u"https://"_s) || m_row->source.startsWith(u"http://"_s));
    if (!m_row->verified)
        m_banner->show(Tone::Warning, u"circle-help"_s, tr("Nobody has compared it with the provider's own list yet."));
    else
        m_banner->hide();
    auto facts = factsOf(m_row->prices);
    facts.append({tr("Valid from"), shownMoment(m_row->validFrom)});
    facts.append({tr("Until"), m_row->validUntil ? shownMoment(*m_row->validUntil) : QString()});
    m_prices->setFacts(facts);

    QList<std::pair<QString, QString>> tiers;
    for (const PriceTier &tier : std::as_const(m_row->tiers))
        tiers.append({tr("From %1 tokens").arg(amounts::count(tier.fromInputTokens)), shownPrices(tier.prices)});
    m_tiers->setFacts(tiers);
    m_tiers->setVisible(!tiers.isEmpty());
    m_tiersTitle->setVisible(!tiers.isEmpty());

    m_origin->setFacts({{tr("Source"), m_row->source},
                        {tr("Checked"), verifiedLook(m_row->verified).label},
                        {tr("Note"), m_row->note},
                        {tr("In the book since"), amounts::dayAndTime(m_row->createdAt)}});
    QList<std::pair<QString, QString>> history;
    for (const PriceRow &row : std::as_const(m_rows)) {
        QString text = shownPrices(row.prices);
        if (stateOf(row, now) != PriceState::Former)
            text += u" · "_s + lookOf(stateOf(row, now)).label;
        history.append({shownMoment(row.validFrom), text});
    }
    m_history->setFacts(history);
}

void PricePane::retranslate()
{
    m_add->setText(tr("New price…"));
    m_open->setName(tr("Open the source"));
    m_withdraw->setName(tr("Withdraw"), u"Del"_s);
    m_tiersTitle->setText(tr("Long requests"));
    m_originTitle->setText(tr("Where it comes from"));
    m_historyTitle->setText(tr("All prices of this model"));
    renew();
}

void PricePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
