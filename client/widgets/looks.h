// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QList>
#include <QMetaType>
#include <QString>

// How one value of an enum looks as a chip. A page keeps a table from its enum to this; the label is translated, and
// nothing ever looks at it to decide anything.
struct StatusLook
{
    Tone tone = Tone::Neutral;
    QString icon;
    QString label;

    bool operator==(const StatusLook &) const = default;
};
Q_DECLARE_METATYPE(StatusLook)

// A person or service in a table cell: the avatar's colour follows the id, never the order of start.
struct PersonLook
{
    QString id;
    QString name;

    bool operator==(const PersonLook &) const = default;
};
Q_DECLARE_METATYPE(PersonLook)

// Work under way in a table cell, 0 to 1; less than 0 means that its length is not known.
struct ProgressLook
{
    double done = -1;
    QString text; // what a screen reader says: "57 % done"

    bool operator==(const ProgressLook &) const = default;
};
Q_DECLARE_METATYPE(ProgressLook)

// How much of something is used, 1 for all of it: a bar that warns from 0.8 and alarms from 1, with what is only held
// in a lighter tone behind it.
struct ShareLook
{
    double used = 0;
    double held = 0;
    QList<double> marks; // lines across the bar
    QString text; // before the bar of a table cell
    QString spoken; // what a screen reader says; empty: the text
    bool goal = false; // all of it is what is wanted: neither warns nor alarms

    bool operator==(const ShareLook &) const = default;
};
Q_DECLARE_METATYPE(ShareLook)
