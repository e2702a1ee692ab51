// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/mask_text.h"

namespace guardrails {

// Where the number of a phone that begins there ends; 0: none begins there. Numbers with “+” and a country code
// (E.164), Brazilian ones with their area code, “(11) 91234-5678” or “11 91234-5678”, and those of the USA and Canada,
// “(415) 555-2671” or “415-555-2671”. Plain digits in a row are none: they may be anything.
qsizetype endOfPhone(MaskText &text, qsizetype from);

} // namespace guardrails
