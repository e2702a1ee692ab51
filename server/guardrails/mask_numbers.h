// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/mask_text.h"

// Numbers of people, companies and cards. Each gives where the number that begins there ends, and 0 where none does.
// All are verified by their check digits.
namespace guardrails {

// 000.000.000-00: with all, some or none of its separators.
qsizetype endOfCpf(MaskText &text, qsizetype from);
// 00.000.000/0000-00 in the same way, and the form with letters in the first twelve places (from July 2026 on;
// Instrução Normativa RFB 2.229/2024).
qsizetype endOfCnpj(MaskText &text, qsizetype from);
// 13 to 19 digits, in one or in groups of 3 to 6, that begin as the cards of a known network do.
qsizetype endOfCard(MaskText &text, qsizetype from);

} // namespace guardrails
