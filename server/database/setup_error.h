// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <stdexcept>

// The database cannot be used as it is. what() tells the person who starts the server what is wrong and what to do.
class SetupError : public std::runtime_error
{
public:
    explicit SetupError(const QString &message) : runtime_error(message.toStdString()) { }
};
