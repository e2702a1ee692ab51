// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/output_text.h"

std::optional<live::Output> OutputText::add(const live::Output &piece)
{
    if (piece.attempt < m_attempt)
        return {};
    if (piece.attempt > m_attempt) {
        m_attempt = piece.attempt;
        m_length = 0;
    }
    m_gap = piece.offset > m_length;
    if (m_gap)
        return {};
    live::Output fresh = piece;
    fresh.offset = m_length;
    fresh.text = piece.text.mid(m_length - piece.offset);
    m_length += fresh.text.size();
    return fresh;
}
