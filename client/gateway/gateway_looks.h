// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/gateway/gateway_key.h"
#include "shared/gateway/route.h"

// How the gateway's things are named and shown, in the person's language.

StatusLook lookOf(GatewayKeyStatus status);
QString shownModels(const QList<QString> &models); // "openai/*, demo/echo"; none: that any may be called
QString shownExpiry(const GatewayKey &key);

QString shownOrder(RouteOrder order);
// Of the calls of a weighted route, in percent; they add up to 100. All nought when no target has a weight.
QList<int> sharesOf(const QList<int> &weights);
QString shownTargets(const GatewayRoute &route); // "openai/gpt-4.1 → anthropic/…", or with their shares

StatusLook lookOfCall(const QString &status, bool isCacheHit);
QList<StatusLook> looksOfCalls();
