// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/gateway_settings.h"
#include "shared/patterns/pattern.h"

// What the settings of the gateway are called, in the person's language.

QString shownMask(MaskKind kind); // "E-mail addresses"
QString exampleOf(MaskKind kind); // "ana@example.com"
QString shownProblem(const patterns::Pattern &pattern); // what is wrong with it; empty: nothing
QStringList differences(const GatewaySettings &a, const GatewaySettings &b); // the parts that are not the same
