// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budgets.h"

#include "server/budgets/budget_routes.h"
#include "server/events/event_log.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcBudgets, "server.budgets")

Budgets::Budgets(Database &database, qint64 process, Work work, std::function<void()> announce)
    : service(database),
      reservations(database, process),
      m_database(database),
      m_work(std::move(work)),
      m_announce(std::move(announce))
{
}

void Budgets::follow(Listener &listener)
{
    reservations.follow(listener, m_work);
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(reachedChannel))
            m_work([this, tenant = QUuid::fromString(payload)] { tell(tenant); });
    });
}

void Budgets::start()
{
    constexpr auto unused = 60s; // and a little more
    constexpr auto interval = 10s;
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                     [this] { m_work([this] { giveBack([this] { reservations.giveBackUnused(unused); }); }); });
    m_timer.start(interval);
    m_work([this] { giveBack([this] { reservations.giveBackFormer(); }); });
}

void Budgets::stop()
{
    m_timer.stop();
    reservations.giveBackAll();
}

// What could not be given back is in the next round, or when somebody puts money aside.
void Budgets::giveBack(const std::function<void()> &step)
try {
    step();
} catch (const std::exception &error) {
    qCWarning(lcBudgets).noquote() << "money that is held could not be given back:" << error.what();
} catch (const ApiError &error) {
    qCWarning(lcBudgets).noquote() << "money that is held could not be given back:" << error.detail;
}

// Every process hears of it; one takes it.
void Budgets::tell(const QUuid &tenantId)
try {
    const bool isTold = m_database.transaction({tenantId}, [](Transaction &tx) {
        QList<NewEvent> events;
        for (const BudgetStore::Reached &one : BudgetStore::takeReached(tx))
            events.append(
                {u"budget/"_s + one.id.toString(QUuid::WithoutBraces), u"budget.reached"_s, json::print(one)});
        EventLog::append(tx, events);
        return !events.isEmpty();
    });
    if (isTold)
        m_announce();
} catch (const std::exception &error) {
    qCWarning(lcBudgets).noquote() << "nobody was told of a budget that reached a threshold:" << error.what();
} catch (const ApiError &error) {
    qCWarning(lcBudgets).noquote() << "nobody was told of a budget that reached a threshold:" << error.detail;
}

void Budgets::addRoutes(http::Router &router) { addBudgetRoutes(router, service); }
