// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

// A link with which a person chooses a password, once: as an invitation, after losing the old one, or as the first
// operator of a server. It is opened by this program and never sent anywhere as a whole:
//
//     patio://invitation?server=https%3A%2F%2Fops.example&tenant=acme&email=…&token=…
struct OneTimeLink
{
    enum class Kind { Invitation, PasswordReset, Setup };

    Kind kind = Kind::Invitation;
    QUrl server;
    QString tenant;
    QString email; // for whom it is; empty: not known
    QString token;

    static std::optional<OneTimeLink> parse(const QString &text); // nothing: it is none
    QString print() const;
};
