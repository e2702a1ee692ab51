// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/router.h"

#include <QJsonObject>

namespace http {

// The OpenAPI 3.1 document of everything that the router answers, made from its own table.
QJsonObject openApi(const Router &router);

// One line for each route: method, path, ability, input → output. Kept under version control, so that a change of the
// surface shows up in review.
QByteArray routeList(const Router &router);

} // namespace http
