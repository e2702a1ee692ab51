// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/message_writer.h"

#include "server/database/columns.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcMessageWriter, "server.chat.writer")

namespace {

constexpr qsizetype mostTogether = 200;
constexpr qsizetype mostWaitingMessages = 5000; // of a tenant

} // namespace

MessageWriter::MessageWriter(Database &database, Work work, std::function<void()> changed)
    : m_database(database),
      m_work(std::move(work)),
      m_changed(std::move(changed))
{
}

void MessageWriter::post(const Posting &posting, Done done)
{
    MessagePosting::check(posting.input);
    const QUuid tenantId = posting.caller.tenantId;
    {
        const std::lock_guard lock(m_mutex);
        Tenant &tenant = m_tenants[tenantId];
        if (tenant.waiting.size() >= mostWaitingMessages)
            throw ApiError::busy(1);
        tenant.waiting.append({posting, std::move(done)});
        if (std::exchange(tenant.isWriting, true))
            return; // whoever writes comes to this one too
    }
    writeAll(tenantId);
}

void MessageWriter::writeAll(const QUuid &tenantId)
{
    for (;;) {
        QList<Waiting> round;
        {
            const std::lock_guard lock(m_mutex);
            Tenant &tenant = m_tenants[tenantId];
            if (tenant.waiting.isEmpty()) {
                m_tenants.remove(tenantId);
                return;
            }
            round = tenant.waiting.first(std::min(mostTogether, tenant.waiting.size()));
            tenant.waiting.remove(0, round.size());
        }
        write(round);
        // Others have been waiting for this worker meanwhile.
        if (m_work([this, tenantId] { writeAll(tenantId); }))
            return;
    }
}

void MessageWriter::write(const QList<Waiting> &round)
{
    const QList<Result<Posted>> results = postTogether(round);
    if (std::any_of(results.begin(), results.end(), [](const auto &one) { return bool(one) && one->isNew; }))
        m_changed();
    for (qsizetype i = 0; i < round.size(); ++i)
        round[i].done(results[i]);
}

QList<Result<Posted>> MessageWriter::postTogether(const QList<Waiting> &round)
{
    const auto failed = [&](const ApiError &error) { return QList<Result<Posted>>(round.size(), error); };
    try {
        return m_database.transaction(round.first().posting.caller.scope(), [&](Transaction &tx) {
            return MessagePosting::post(tx, database::column(round, &Waiting::posting));
        });
    } catch (const ApiError &error) {
        if (round.size() == 1)
            return failed(error);
    } catch (const std::exception &error) {
        qCWarning(lcMessageWriter).noquote() << round.size() << "messages could not be written:" << error.what();
        if (round.size() == 1)
            return failed(ApiError::internal());
    }
    // One of them stands in the way: each by itself, so that the others get through.
    QList<Result<Posted>> results;
    for (const Waiting &one : round)
        results += postTogether({one});
    return results;
}
