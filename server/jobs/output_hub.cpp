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
    OutputPiece &whole = m_texts[piece.jobId];
    if (whole.jobId.isNull() || whole.attempt < piece.attempt)
        whole = {piece.tenantId, piece.jobId, piece.attempt, 0, {}};
    const qint64 known = whole.text.size();
    if (piece.attempt < whole.attempt || piece.offset > known || piece.offset + piece.text.size() <= known)
        return;
    OutputPiece fresh = piece;
    fresh.offset = known;
    fresh.text = piece.text.mid(known - piece.offset);
    whole.text += fresh.text;
    for (const auto &[number, listener] : m_listeners)
        listener(fresh);
}

void OutputHub::end(const QUuid &jobId)
{
    const std::lock_guard lock(m_mutex);
    m_texts.remove(jobId);
}

std::optional<OutputPiece> OutputHub::snapshot(const QUuid &tenantId, const QUuid &jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_texts.constFind(jobId);
    if (found == m_texts.constEnd() || found->tenantId != tenantId)
        return std::nullopt;
    return *found;
}
