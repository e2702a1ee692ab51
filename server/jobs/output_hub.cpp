// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/output_hub.h"

int OutputHub::subscribe(Listener listener)
{
    const std::lock_guard lock(m_mutex);
    m_listeners.emplace(++m_last, std::move(listener));
    return m_last;
}

void OutputHub::unsubscribe(int subscription)
{
    const std::lock_guard lock(m_mutex);
    m_listeners.erase(subscription);
}

void OutputHub::append(const OutputPiece &piece)
{
    const std::lock_guard lock(m_mutex);
    if (piece.isForeign && !m_watchers.contains(piece.jobId))
        return; // who wanted it has just left
    OutputPiece &whole = m_texts[piece.jobId];
    if (whole.jobId.isNull() || whole.attempt < piece.attempt)
        whole = {piece.tenantId, piece.jobId, piece.attempt, 0, {}, piece.isForeign};
    const qint64 known = whole.text.size();
    if (piece.attempt < whole.attempt || piece.offset > known || piece.offset + piece.text.size() <= known)
        return;
    OutputPiece fresh = piece;
    fresh.offset = known;
    fresh.text = piece.text.mid(known - piece.offset);
    whole.text += fresh.text;
    for (const auto &[number, listener] : m_listeners)
        listener(fresh);
    if (m_relay.grown && !fresh.isForeign)
        m_relay.grown(fresh);
}

void OutputHub::complete(const QList<QUuid> &jobs)
{
    std::function<void(const QList<QUuid> &)> tell;
    {
        const std::lock_guard lock(m_mutex);
        tell = m_relay.completed;
    }
    if (tell)
        tell(jobs);
}

void OutputHub::end(const QUuid &jobId)
{
    const std::lock_guard lock(m_mutex);
    const OutputPiece whole = m_texts.take(jobId);
    if (m_relay.ended && !whole.jobId.isNull() && !whole.isForeign)
        m_relay.ended(jobId, whole.attempt);
}

void OutputHub::endForeign(const QUuid &jobId, int attempt)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_texts.constFind(jobId);
    if (found != m_texts.constEnd() && found->isForeign && found->attempt <= attempt)
        m_texts.erase(found);
}

std::optional<OutputPiece> OutputHub::snapshot(const QUuid &tenantId, const QUuid &jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_texts.constFind(jobId);
    if (found == m_texts.constEnd() || found->tenantId != tenantId)
        return std::nullopt;
    return *found;
}

std::optional<OutputPiece> OutputHub::own(const QUuid &jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_texts.constFind(jobId);
    if (found == m_texts.constEnd() || found->isForeign)
        return std::nullopt;
    return *found;
}

std::shared_ptr<void> OutputHub::watch(const QUuid &jobId)
{
    const std::lock_guard lock(m_mutex);
    if (++m_watchers[jobId] == 1 && m_relay.watched)
        m_relay.watched(jobId, true);
    return {nullptr, [this, jobId](void *) { unwatch(jobId); }};
}

void OutputHub::unwatch(const QUuid &jobId)
{
    const std::lock_guard lock(m_mutex);
    if (--m_watchers[jobId] > 0)
        return;
    m_watchers.remove(jobId);
    const auto text = m_texts.constFind(jobId);
    if (text != m_texts.constEnd() && text->isForeign)
        m_texts.erase(text);
    if (m_relay.watched)
        m_relay.watched(jobId, false);
}

void OutputHub::setRelay(Relay relay)
{
    const std::lock_guard lock(m_mutex);
    m_relay = std::move(relay);
}
