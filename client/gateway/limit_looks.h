// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/gateway/limit.h"

// How limits are named and shown, in the person's language.

QString shownSubject(const GatewayLimit &limit); // "Key “Web shop”", "Each person"
QString shownKind(LimitKind kind); // "Requests a minute"
QString shownAmount(LimitKind kind, qint64 amount); // "60 a minute", "4 at once"
QString shownLimit(const GatewayLimit &limit); // "Key “Web shop”: 60 requests a minute"
std::optional<ShareLook> useOf(const GatewayLimit &limit); // nothing where it counts each of many
