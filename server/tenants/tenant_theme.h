// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

// Throws 422 at /theme/… for what is no theme (tenantThemeDoc).
void checkTheme(const QJsonObject &theme);
