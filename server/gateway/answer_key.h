// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

#include <QUuid>

// What a call asks, as 32 bytes (SHA-256): equal for a tenant's calls that would be answered by the same model in the
// same way, different when anything is that an answer may depend on. That is the tenant, the model's full name, whose
// access is used and its base URL, and of the request all that the model gets. It is not how the answer is to be
// brought: the call's own name, stream, the end user, secrets, times and limits. To be computed from the request as it
// leaves, after masks.
QByteArray answerKey(const QUuid &tenantId, const QString &fullModel, const QUuid &credentialId,
                     const providers::ModelRequest &request);
