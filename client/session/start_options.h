// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

// What was asked for on the command line of `patio`.
struct StartOptions
{
    QUrl server;
    QString tenant;
    QString demoFile;
    QString dataFolder; // where accounts and caches are kept; empty: the desktop's own place
    QString link; // patio://<server>/<tenant>/<page>/<id>, or a OneTimeLink
    QString help; // print this and end
    bool version = false;
};

// `arguments` starts with the program's name. The error is one line for standard error.
Result<StartOptions> parseStartOptions(const QStringList &arguments);
