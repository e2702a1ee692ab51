// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/doctor.h"

// For `patiod doctor`: whether the limits' Redis is there, lets this server in and keeps what it counts. Blocks.
Finding examineRedis(const QString &url);
