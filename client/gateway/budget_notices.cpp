// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budget_notices.h"

#include "client/widgets/amounts.h"

#include <QApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto noticeDelay = 200ms;

} // namespace

BudgetNotices::BudgetNotices(QWidget &window, Workspace &workspace, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_workspace(workspace)
{
    connect(&workspace.session(), &AccountSession::profileChanged, this, &BudgetNotices::follow);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, &BudgetNotices::sayWaiting);
    m_settle.setSingleShot(true);
    m_settle.setInterval(noticeDelay);
    connect(&m_settle, &QTimer::timeout, this, &BudgetNotices::sayWaiting);
    follow();
}

// Whom the server would refuse is not asked for.
void BudgetNotices::follow()
{
    const bool may = m_workspace.session().can(Ability::BudgetsRead);
    if (may == m_follows)
        return;
    m_follows = may;
    if (may)
        m_workspace.live().subscribe(topic(), this, [this](const live::Event &event) { received(event); });
    else
        m_workspace.live().unsubscribe(topic(), this);
}

void BudgetNotices::received(const live::Event &event)
{
    if (event.name != u"budget.reached"_s)
        return;
    const QJsonObject &data = event.data;
    m_waiting[data.value(u"id"_s).toString()] = {data.value(u"name"_s).toString(), data.value(u"percent"_s).toInt(),
                                                 data.value(u"spentNanos"_s).toInteger(),
                                                 data.value(u"amountNanos"_s).toInteger()};
    if (QGuiApplication::applicationState() != Qt::ApplicationActive)
        QApplication::alert(&m_window);
    m_settle.start();
}

void BudgetNotices::sayWaiting()
{
    if (QGuiApplication::applicationState() != Qt::ApplicationActive)
        return;
    for (const auto &[id, reached] : std::exchange(m_waiting, {}))
        Q_EMIT toastRequested(toastOf(reached));
}

Toast BudgetNotices::toastOf(const Reached &reached)
{
    const QString sums =
        tr("%1 of %2 spent", "money").arg(amounts::cost(reached.spentNanos), amounts::cost(reached.amountNanos));
    if (reached.percent >= 100)
        return {.tone = Tone::Danger,
                .title = tr("The budget “%1” is used up").arg(reached.name),
                .text = tr("%1. Calls that it would pay are refused.").arg(sums)};
    return {.tone = Tone::Warning,
            .title = tr("The budget “%1” has reached %2").arg(reached.name, amounts::percent(reached.percent / 100.0)),
            .text = sums};
}
