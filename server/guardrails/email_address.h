// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/mask_text.h"

namespace guardrails {

// Finds e-mail addresses: up to 64 letters, digits and . _ % + - ' before the “@”, and after it a name of a host with a
// dot whose last part is letters (RFC 5321, without what nobody uses: quoted names, addresses in brackets). Each
// character of a text is looked at a bounded number of times: where a word ends and what follows its “@” are
// remembered.
class EmailAddress
{
public:
    // Where the address that begins there ends; 0: none begins there. For places in ascending order.
    qsizetype endOf(MaskText &text, qsizetype from);
    void moved(qsizetype units); // so many units were taken away from the beginning of the text

    static constexpr qsizetype longest = 64 + 1 + 254;

private:
    qsizetype endOfHost(MaskText &text, qsizetype at);

    qsizetype m_wordRead = 0; // until here there is no end of the word
    qsizetype m_wordEnd = -1; // of the word that was read last, when it is known
    qsizetype m_hostAt = -1; // of which the end is known
    qsizetype m_hostEnd = 0;
};

} // namespace guardrails
