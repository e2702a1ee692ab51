// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/gateway/refusal.h"

// How refusals are named and explained, in the person's language.

StatusLook lookOf(RefusedBy by);
QList<StatusLook> refusalLooks(); // all there are
QString shownDecider(const GatewayRefusal &refusal); // "Web shop, requests a minute"; of what has no name, what it is
QString whyRefused(const GatewayRefusal &refusal); // what happened, in a few sentences
QString whatHelps(const GatewayRefusal &refusal); // what somebody could do about it
