// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

#include <QJsonObject>
#include <QStringView>
#include <QUuid>

// A record of any subject, as its wire type prints it; nothing where there is none, or the subject has no records that
// can be named by an id. The transaction has entered the tenant.
std::optional<QJsonObject> findRecord(Transaction &tx, QStringView subject, const QUuid &id);
