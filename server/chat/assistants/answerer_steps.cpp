// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/answerer.h"

#include "server/database/database.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcAnswererSteps, "server.chat.assistants.steps")

namespace {

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
        qCWarning(lcAnswererSteps).noquote() << "a question to an assistant was not asked:" << error.what();
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
