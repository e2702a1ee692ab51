// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/answerer.h"

#include "server/database/database.h"
#include "server/database/listener.h"
#include "server/events/event_log.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcAnswerer, "server.chat.assistants")

namespace {

constexpr auto answererTick = 1s;
constexpr int ticksBetweenLooks = 5; // at what is under way: finds what was lost with a notification
constexpr int ticksBetweenSweeps = 60; // at all tenants with assistants
constexpr int stepsAtOnce = 20; // of a tenant, before it is the next one's turn
constexpr int mostTries = 5;

QString reasonOf(const ApiError &error)
{
    if (error.errors.isEmpty())
        return error.detail;
    const json::Problem &first = error.errors.first();
    return first.pointer.isEmpty() ? first.message : first.pointer.mid(1) + u' ' + first.message;
}

// The server's own trouble, and over in a moment.
bool isPassing(const ApiError &error) { return error.status == 503; }

} // namespace

Answerer::Answerer(Database &database, Asking &asking, Work work, std::function<void()> changed)
    : m_database(database),
      m_asking(asking),
      m_work(std::move(work)),
      m_changed(std::move(changed))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
}

void Answerer::follow(Listener &listener)
{
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            look(QUuid::fromString(payload));
    });
}

void Answerer::start()
{
    m_isStopped = false;
    lookEverywhere();
    m_timer.start(answererTick);
}

void Answerer::stop()
{
    m_isStopped = true;
    m_timer.stop();
}

void Answerer::lookEverywhere()
{
    const auto tenants =
        m_database.platform([](Transaction &tx) { return tx.all<QUuid>("SELECT tenant_id FROM assistant_tenants"); });
    for (const QUuid &tenant : tenants)
        look(tenant);
}

void Answerer::look(const QUuid &tenantId)
{
    if (m_isStopped)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_active.insert(tenantId);
        m_due.insert(tenantId);
    }
    run();
}

void Answerer::eventsOf(const QList<LoggedEvent> &events)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_active.empty())
            return;
        for (const LoggedEvent &event : events) {
            if (!event.topic.startsWith("job/"_L1) || event.name == "job.queued"_L1 || event.name == "job.running"_L1)
                continue;
            if (m_active.contains(event.tenantId))
                isDue = m_due.insert(event.tenantId).second || isDue;
        }
    }
    if (isDue)
        run();
}

void Answerer::newsFor(const QList<QUuid> &tenants, bool all)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        for (const QUuid &tenant : m_active)
            if (all || tenants.contains(tenant))
                isDue = m_due.insert(tenant).second || isDue;
    }
    if (isDue)
        run();
}

void Answerer::tick()
{
    ++m_ticks;
    if (m_ticks % ticksBetweenLooks == 0) {
        const std::lock_guard lock(m_mutex);
        m_due.insert(m_active.begin(), m_active.end());
    }
    if (m_ticks % ticksBetweenSweeps == 0) {
        m_work([this] {
            try {
                lookEverywhere();
            } catch (const std::exception &error) {
                qCWarning(lcAnswerer).noquote() << "tenants with assistants could not be read:" << error.what();
            } catch (const ApiError &error) {
                qCWarning(lcAnswerer).noquote() << "tenants with assistants could not be read:" << error.detail;
            }
        });
    }
    run();
}

void Answerer::run()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_due.empty() || m_isStopped)
            return;
    }
    if (!m_isRunning.exchange(true) && !m_work([this] { step(); }))
        m_isRunning = false; // too busy: at the next tick
}

void Answerer::step()
{
    QUuid tenant;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_due.empty() && !m_isStopped)
            tenant = *m_due.begin();
        m_due.erase(tenant);
    }
    bool hasMore = false;
    if (!tenant.isNull()) {
        try {
            hasMore = serve(tenant);
        } catch (const std::exception &error) {
            qCWarning(lcAnswerer).noquote() << "assistants were not served, tried again:" << error.what();
        } catch (const ApiError &error) {
            qCWarning(lcAnswerer).noquote() << "assistants were not served, tried again:" << error.detail;
            if (error.status == 404) { // the tenant is gone
                const std::lock_guard lock(m_mutex);
                m_active.erase(tenant);
            }
        }
    }
    if (hasMore) {
        const std::lock_guard lock(m_mutex);
        m_due.insert(tenant);
    }
    m_isRunning = false;
    run();
}

bool Answerer::serve(const QUuid &tenantId)
{
    cancelDeleted(tenantId);
    int steps = 0;
    bool hasChanged = false;
    while (steps++ < stepsAtOnce && !m_isStopped) {
        const bool hasFinished = finishOne(tenantId);
        const bool hasAnswered = answerOne(tenantId);
        if (!hasFinished && !hasAnswered)
            break;
        hasChanged = true;
        m_changed();
    }
    if (hasChanged)
        return true;
    if (!m_database.transaction({tenantId}, AssistantAnswerStore::hasOpen)) {
        const std::lock_guard lock(m_mutex);
        if (!m_due.contains(tenantId)) // nothing has come since
            m_active.erase(tenantId);
    }
    return false;
}

bool Answerer::finishOne(const QUuid &tenantId)
{
    return m_database.transaction({tenantId}, [&](Transaction &tx) {
        const auto ended = AssistantAnswerStore::takeEnded(tx);
        if (ended)
            m_asking.finish(tx, *ended);
        return ended.has_value();
    });
}

// A question that cannot be asked is answered too, by a message that says why.
bool Answerer::answerOne(const QUuid &tenantId)
{
    std::optional<QuestionStore::Question> question;
    std::optional<QString> refusal;
    try {
        const bool isMade = m_database.transaction({tenantId}, [&](Transaction &tx) {
            question = QuestionStore::take(tx);
            return question && m_asking.answer(tx, tenantId, *question);
        });
        if (isMade)
            m_asking.announceMade();
        return question.has_value();
    } catch (const ApiError &error) {
        if (!question)
            throw;
        if (!isPassing(error) || question->tries >= mostTries)
            refusal = reasonOf(error);
    } catch (const std::exception &error) {
        if (!question)
            throw;
        qCWarning(lcAnswerer).noquote() << "a question to an assistant was not asked:" << error.what();
        if (question->tries >= mostTries)
            refusal = u"Something went wrong on the server each time that this was asked."_s;
    }
    m_database.transaction({tenantId}, [&](Transaction &tx) {
        if (!QuestionStore::hold(tx, *question))
            return;
        if (refusal)
            m_asking.refuse(tx, *question, *refusal);
        else
            QuestionStore::failed(tx, *question);
    });
    return refusal.has_value();
}

void Answerer::cancelDeleted(const QUuid &tenantId)
{
    const auto running = m_database.transaction(
        {tenantId}, [&](Transaction &tx) { return m_asking.cancel(tx, AssistantAnswerStore::jobsOfDeleted(tx)); });
    m_asking.announceCanceled(running);
}
