// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/route_pane.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/timeline.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto healthPoll = 5s;

} // namespace

RoutePane::RoutePane(ApiClient &api, QWidget *parent)
    : QWidget(parent),
      m_api(api),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_copy(new IconButton(u"copy"_s, {})),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_facts(new Facts),
      m_targetsTitle(new Label({}, TextStyle::BodyStrong)),
      m_targets(new Timeline(tr("Targets"))),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text3))
{
    m_note->setWordWrap(true);
    m_pane->addAction(m_change);
    m_pane->addTool(m_copy);
    m_pane->addTool(m_remove);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(m_targetsTitle, layout::box(layout::column({m_targets, m_note}, Length::Space10)));
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    m_poll.setInterval(healthPoll);
    connect(&m_poll, &QTimer::timeout, this, &RoutePane::loadHealth);
    connect(m_pane, &DetailPane::closed, this, &RoutePane::closed);
    connect(m_change, &QPushButton::clicked, this, &RoutePane::changeRequested);
    connect(m_copy, &QToolButton::clicked, this, &RoutePane::copyRequested);
    connect(m_remove, &QToolButton::clicked, this, &RoutePane::removeRequested);
    retranslate();
}

void RoutePane::show(const GatewayRoute &route, bool mayChange, bool mayRemove)
{
    const bool isOther = route.id != m_route.id || route.revision != m_route.revision;
    m_route = route;
    m_mayChange = mayChange;
    m_mayRemove = mayRemove;
    if (isOther) {
        m_health.reset();
        m_call.cancel();
        loadHealth();
    }
    renew();
}

void RoutePane::loadHealth()
{
    if (m_call.isPending() || m_route.id.isNull())
        return;
    m_call = m_api.call(endpoints::gatewayRoutes::health.at(m_route.id), {}, this,
                        [this](const Result<GatewayRouteHealth> &reply) {
                            m_call = {};
                            m_health = reply ? std::optional(*reply) : std::nullopt;
                            renewTargets();
                        });
}

void RoutePane::renew()
{
    m_pane->setStatus({Tone::Neutral, m_route.order == RouteOrder::Ordered ? u"arrow-down"_s : u"chart-column"_s,
                       shownOrder(m_route.order)});
    m_pane->setTitle(m_route.alias, m_route.id.toString(QUuid::WithoutBraces));
    m_facts->setFacts(
        {{tr("Sticky"), m_route.isSticky ? tr("The same end user or key gets the same first target") : tr("No")},
         {tr("Second call"),
          m_route.hedgeAfterMs ? tr("to the next target after %1 without an answer; both are billed")
                                     .arg(amounts::duration(*m_route.hedgeAfterMs))
                               : tr("No")},
         {tr("Made", "a route, when"), amounts::dayAndTime(m_route.createdAt)}});
    m_change->setVisible(m_mayChange);
    m_remove->setVisible(m_mayRemove);
    renewTargets();
}

void RoutePane::renewTargets()
{
    QList<int> weights;
    for (const RouteTarget &target : std::as_const(m_route.targets))
        weights << target.weight;
    const QList<int> shares = sharesOf(weights);
    QList<Timeline::Step> steps;
    for (qsizetype i = 0; i < m_route.targets.size(); ++i) {
        const RouteTarget &target = m_route.targets[i];
        Timeline::Step step{.title = target.model};
        QStringList lines;
        if (target.timeoutSeconds)
            lines << tr("Time-out %1 s").arg(QLocale().toString(*target.timeoutSeconds));
        step.status = {Tone::Neutral, u"circle"_s, tr("Not known", "how a target fares")};
        const auto found = m_health
            ? std::find_if(m_health->items.begin(), m_health->items.end(),
                           [&](const RouteTargetHealth &one) { return one.model == target.model; })
            : QList<RouteTargetHealth>::const_iterator();
        if (m_health && found != m_health->items.end()) {
            step.status = found->isResting ? StatusLook{Tone::Warning, u"pause"_s, tr("Resting", "a target")}
                                           : StatusLook{Tone::Success, u"check"_s, tr("Well", "how a target fares")};
            if (found->isResting) {
                step.chip = tr("resting", "a target");
                step.chipTone = Tone::Warning;
                if (found->triedAgainAt)
                    lines
                        << tr("Left out after failures, asked again at %1").arg(amounts::moment(*found->triedAgainAt));
            }
            QString calls = found->calls == 0 ? tr("No calls in the last minute")
                                              : tr("%n call(s) in the last minute", nullptr, int(found->calls));
            if (found->failures > 0)
                calls += u", "_s + tr("%n failed", "calls of a target", int(found->failures));
            lines << calls;
        }
        step.time =
            m_route.order == RouteOrder::Weighted ? amounts::percent(shares[i] / 100.0) : QLocale().toString(i + 1);
        step.text = lines.join(u'\n');
        steps << step;
    }
    m_targets->setSteps(steps);
    m_note->setText(m_health ? tr("As the server sees it that answered; each of several servers counts for itself.")
                             : tr("How the targets fare is not known yet."));
}

void RoutePane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_change->setHint(tr("Change the route"), u"E"_s);
    m_copy->setName(tr("Copy alias"), u"C"_s);
    m_remove->setName(tr("Remove route"), u"Del"_s);
    m_targetsTitle->setText(tr("Targets"));
    m_targets->setAccessibleName(tr("Targets"));
    renew();
}

void RoutePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    loadHealth();
    m_poll.start();
}

void RoutePane::hideEvent(QHideEvent *event)
{
    m_poll.stop();
    QWidget::hideEvent(event);
}

void RoutePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
