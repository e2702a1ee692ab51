// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/answer_book.h"

#include "server/chat/message_store.h"
#include "server/database/columns.h"
#include "server/database/database.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcAnswers, "server.chat.answers")

AnswerBook::AnswerBook(Database &database, OutputHub &output, Work work, Found found)
    : m_database(database),
      m_output(output),
      m_work(std::move(work)),
      m_found(std::move(found))
{
}

std::shared_ptr<void> AnswerBook::watch(const QUuid &tenantId, const QUuid &channelId)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        auto &channel = m_channels[channelId];
        if (!channel)
            channel = std::make_shared<Channel>(Channel{tenantId, 0, 0, {}});
        isFirst = ++channel->watchers == 1;
    }
    if (isFirst)
        look(tenantId, {channelId});
    return {nullptr, [this, channelId](void *) { unwatch(channelId); }};
}

void AnswerBook::unwatch(const QUuid &channelId)
{
    std::shared_ptr<Channel> last; // destroyed without the lock: what it reads goes back to the hub
    const std::lock_guard lock(m_mutex);
    const auto channel = m_channels.find(channelId);
    if (channel == m_channels.end() || --(*channel)->watchers > 0)
        return;
    for (const auto &[job, answer] : (*channel)->answers)
        m_byJob.remove(job);
    last = std::move(*channel);
    m_channels.erase(channel);
}

std::optional<RunningAnswer> AnswerBook::of(const QUuid &jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_byJob.constFind(jobId);
    return found == m_byJob.constEnd() ? std::nullopt : std::optional(*found);
}

QList<RunningAnswer> AnswerBook::in(const QUuid &channelId) const
{
    const std::lock_guard lock(m_mutex);
    QList<RunningAnswer> list;
    if (const auto channel = m_channels.value(channelId))
        for (const auto &[job, answer] : channel->answers)
            list.append(answer.first);
    return list;
}

void AnswerBook::deliver(const QList<LoggedEvent> &events)
{
    std::map<QUuid, QList<QUuid>> changed;
    {
        const std::lock_guard lock(m_mutex);
        if (m_channels.isEmpty())
            return;
        for (const LoggedEvent &event : events) {
            if (!event.topic.startsWith("channel/"_L1) || !event.name.startsWith("message."_L1))
                continue;
            const QUuid id = QUuid::fromString(event.topic.section(u'/', 1));
            const auto channel = m_channels.constFind(id);
            // Only messages of assistants have a job.
            if (channel != m_channels.constEnd() && !event.data.contains("\"jobId\":null")
                && !changed[event.tenantId].contains(id))
                changed[event.tenantId].append(id);
        }
    }
    for (const auto &[tenant, channels] : changed)
        if (!channels.isEmpty())
            look(tenant, channels);
}

void AnswerBook::newsFor(const QList<QUuid> &tenants, bool all)
{
    QList<QUuid> due;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &channel : std::as_const(m_channels))
            if ((all || tenants.contains(channel->tenantId)) && !m_newsOf.contains(channel->tenantId)) {
                m_newsOf.insert(channel->tenantId);
                due.append(channel->tenantId);
            }
    }
    for (const QUuid &tenant : due)
        if (!m_work([this, tenant] { lookAgain(tenant); })) {
            const std::lock_guard lock(m_mutex);
            m_newsOf.remove(tenant); // the next news brings it
        }
}

void AnswerBook::lookAgain(const QUuid &tenantId)
{
    QList<QUuid> channels;
    {
        const std::lock_guard lock(m_mutex);
        m_newsOf.remove(tenantId);
        for (auto it = m_channels.cbegin(); it != m_channels.cend(); ++it)
            if ((*it)->tenantId == tenantId)
                channels.append(it.key());
    }
    lookNow(tenantId, channels);
}

void AnswerBook::look(const QUuid &tenantId, const QList<QUuid> &channels)
{
    if (!m_work([this, tenantId, channels] { lookNow(tenantId, channels); }))
        qCWarning(lcAnswers) << "somebody follows answers, but the database workers are busy";
}

void AnswerBook::lookNow(const QUuid &tenantId, const QList<QUuid> &channels)
{
    // Who looks later sees more: what an earlier look brings after it is out of date.
    quint64 look = 0;
    {
        const std::lock_guard lock(m_mutex);
        look = ++m_looks;
    }
    std::map<QUuid, QList<RunningAnswer>> running;
    try {
        m_database.transaction({tenantId}, [&](Transaction &tx) {
            const auto rows = AssistantAnswerStore::streaming(tx, channels);
            QHash<QUuid, QUuid> jobs;
            for (const auto &row : rows)
                jobs.insert(row.messageId, row.jobId);
            for (const ChatMessage &message : MessageStore::findAll(tx, jobs.keys()))
                running[message.channelId].append({tenantId, message.channelId, message.id, jobs.value(message.id),
                                                   json::object(json::print(message))});
        });
    } catch (const ApiError &error) {
        qCWarning(lcAnswers).noquote() << "answers that somebody follows could not be read:" << error.detail;
        return;
    } catch (const std::exception &error) {
        qCWarning(lcAnswers).noquote() << "answers that somebody follows could not be read:" << error.what();
        return;
    }
    for (const QUuid &channel : channels)
        put(channel, look, running[channel]);
}

void AnswerBook::put(const QUuid &channelId, quint64 look, QList<RunningAnswer> answers)
{
    std::map<QUuid, std::shared_ptr<void>> readings;
    for (const RunningAnswer &answer : std::as_const(answers))
        readings[answer.jobId] = m_output.watch(answer.jobId);
    QUuid tenantId;
    bool hasNew = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto channel = m_channels.value(channelId);
        if (!channel || look < channel->look)
            return;
        channel->look = look;
        tenantId = channel->tenantId;
        std::map<QUuid, std::pair<RunningAnswer, std::shared_ptr<void>>> now;
        for (RunningAnswer &answer : answers) {
            const QUuid job = answer.jobId;
            hasNew = hasNew || !channel->answers.contains(job);
            m_byJob.insert(job, answer);
            now[job] = {std::move(answer), std::move(readings[job])};
        }
        for (const auto &[job, answer] : channel->answers)
            if (!now.contains(job))
                m_byJob.remove(job);
        // What was read before ends without the lock.
        for (auto &[job, answer] : channel->answers)
            readings[job] = std::move(answer.second);
        channel->answers = std::move(now);
    }
    if (hasNew)
        m_found(tenantId, channelId);
}
