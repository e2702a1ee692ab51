// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/live/live.h"

// The text of one job, put together from the pieces that the live connection delivers. A piece seen twice adds nothing;
// a later attempt starts anew.
class OutputText
{
public:
    // Nothing: the piece belongs to an attempt that is over, or text before it is missing (see hasGap).
    // Otherwise what is new in it, with the offset and attempt where it goes; its text may be empty.
    std::optional<live::Output> add(const live::Output &piece);

    bool hasGap() const { return m_gap; }
    qint64 length() const { return m_length; }
    int attempt() const { return m_attempt; }

private:
    int m_attempt = 0;
    qint64 m_length = 0;
    bool m_gap = false;
};
