// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/route_dialog.h"

#include "client/gateway/route_targets.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QIntValidator>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestAlias = 120;
constexpr int leastHedge = 50, mostHedge = 60'000; // ms

} // namespace

RouteDialog::RouteDialog(ApiClient &api, const std::optional<GatewayRoute> &before, const QStringList &models,
                         QWidget *parent)
    : Dialog(before ? tr("Change the route “%1”").arg(before->alias) : tr("New route"), Length::DialogLarge, parent),
      m_api(api),
      m_before(before),
      m_alias(new TextField(tr("Alias"))),
      m_order(new SegmentedControl(tr("Which target is asked"))),
      m_orderText(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_targets(new RouteTargets),
      m_sticky(new Switch(tr("Sticky"))),
      m_stickyLabel(new Label(tr("The same end user, or else key, gets the same first target"))),
      m_hedge(new TextField(tr("Second call after (ms)"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build(models);
    fill(before.value_or(GatewayRoute{.targets = {RouteTarget{}}}));
    for (TextField *field : {m_alias, m_hedge})
        connect(field->edit(), &QLineEdit::textChanged, this, &RouteDialog::typed);
    connect(m_targets, &RouteTargets::edited, this, &RouteDialog::typed);
    connect(m_targets, &RouteTargets::resized, this,
            [this] { QMetaObject::invokeMethod(this, &RouteDialog::fitContent, Qt::QueuedConnection); });
    connect(m_order, &SegmentedControl::chosen, this, &RouteDialog::typed);
    typed();
    m_alias->edit()->setFocus();
}

void RouteDialog::build(const QStringList &models)
{
    m_alias->edit()->setMaxLength(longestAlias);
    m_alias->setPlaceholder(u"support-best"_s);
    m_alias->setHelp(tr("What programs give for the model. Without a slash, which names of models have."));
    m_order->setChoices({tr("In order"), tr("By weight")});
    m_orderText->setWordWrap(true);
    m_targets->setOffered(models);
    m_stickyLabel->setBuddy(m_sticky);
    m_stickyLabel->setWordWrap(true);
    m_hedge->edit()->setValidator(new QIntValidator(leastHedge, mostHedge, m_hedge));
    m_hedge->setPlaceholder(tr("never"));
    m_hedge->setHelp(tr("When nothing has come by then, the next target is asked as well, and whoever answers first "
                        "is passed on. Both are billed."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_alias);
    body()->addWidget(layout::box(layout::row({m_order, layout::wide(m_orderText)}, Length::Space12)));
    body()->addWidget(m_targets);
    body()->addWidget(layout::box(layout::row({m_sticky, layout::wide(m_stickyLabel)}, Length::Space10)));
    body()->addWidget(m_hedge);
    body()->addWidget(m_problem);
    addCancel();
    m_save = addMain(m_before ? tr("Save route") : tr("Make route"));
}

void RouteDialog::fill(const GatewayRoute &route)
{
    m_alias->setText(route.alias);
    m_order->setCurrent(int(route.order));
    m_targets->setTargets(route.targets);
    m_sticky->setChecked(route.isSticky);
    if (route.hedgeAfterMs)
        m_hedge->setText(QString::number(*route.hedgeAfterMs));
}

bool RouteDialog::isGood() const
{
    const QString alias = m_alias->text().trimmed();
    return !alias.isEmpty() && !alias.contains(u'/') && m_targets->isValid()
        && (m_hedge->text().isEmpty() || m_hedge->edit()->hasAcceptableInput());
}

void RouteDialog::typed()
{
    const bool weighted = m_order->current() == int(RouteOrder::Weighted);
    m_targets->setWeighted(weighted);
    m_orderText->setText(weighted
                             ? tr("Each call begins at one of them by chance, as often as its weight says. The others "
                                  "are asked when it fails.")
                             : tr("The first is asked; each next one when those before it fail, are too slow, or have "
                                  "no room."));
    m_alias->setError(m_alias->text().contains(u'/') ? tr("Without a slash") : QString());
    m_save->setEnabled(!m_sending && isGood());
    m_problem->hide();
}

NewGatewayRoute RouteDialog::input() const
{
    NewGatewayRoute route;
    route.alias = m_alias->text().trimmed();
    route.order = RouteOrder(m_order->current());
    route.targets = m_targets->targets();
    route.isSticky = m_sticky->isChecked();
    if (!m_hedge->text().isEmpty())
        route.hedgeAfterMs = m_hedge->text().toInt();
    return route;
}

void RouteDialog::accept()
{
    if (m_sending || !m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<GatewayRoute> &reply) { answered(reply); };
    if (m_before)
        m_api.call(endpoints::gatewayRoutes::update.at(m_before->id), input(), this, done,
                   {.revision = m_before->revision});
    else
        m_api.call(endpoints::gatewayRoutes::create, input(), this, done);
}

void RouteDialog::answered(const Result<GatewayRoute> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    bool areAllPlaced = !reply.error().errors.isEmpty();
    for (const json::Problem &problem : reply.error().errors) {
        bool isIndex = false;
        const int index = problem.pointer.section(u'/', 2, 2).toInt(&isIndex); // "/targets/1/model"
        if (problem.pointer.startsWith(u"/targets/"_s) && isIndex)
            m_targets->showProblem(index, problem.message);
        else
            areAllPlaced =
                showProblems({problem}, {{u"/alias"_s, m_alias}, {u"/hedgeAfterMs"_s, m_hedge}}) && areAllPlaced;
    }
    if (!areAllPlaced) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
