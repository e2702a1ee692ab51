// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

// A struct with a member of every kind that the database keeps.

enum class Colour { Red, DarkBlue };
template<> inline constexpr auto enumNames<Colour> = std::to_array({"red", "dark_blue"});

struct Part
{
    QString name;
    int count = 0;

    static constexpr auto fields() { return std::tuple{Field{"name", &Part::name}, Field{"count", &Part::count}}; }
    bool operator==(const Part &) const = default;
};

struct Everything
{
    QString someText;
    QByteArray bytes;
    QUuid id;
    QDateTime createdAt;
    bool isOn = false;
    int small = 0;
    qint64 large = 0;
    double real = 0;
    QJsonObject object;
    QJsonValue value;
    Colour colour = Colour::Red;
    std::optional<QString> maybeText;
    std::optional<Colour> maybeColour;
    QList<QString> texts;
    QList<qint64> numbers;
    QList<Colour> colours;
    QList<std::optional<int>> gaps;
    QList<QByteArray> blobs;
    Part part;
    QList<Part> parts;

    static constexpr auto fields()
    {
        using T = Everything;
        return std::tuple{Field{"someText", &T::someText},
                          Field{"bytes", &T::bytes},
                          Field{"id", &T::id},
                          Field{"createdAt", &T::createdAt},
                          Field{"isOn", &T::isOn},
                          Field{"small", &T::small},
                          Field{"large", &T::large},
                          Field{"real", &T::real},
                          Field{"object", &T::object},
                          Field{"value", &T::value},
                          Field{"colour", &T::colour},
                          Field{"maybeText", &T::maybeText},
                          Field{"maybeColour", &T::maybeColour},
                          Field{"texts", &T::texts},
                          Field{"numbers", &T::numbers},
                          Field{"colours", &T::colours},
                          Field{"gaps", &T::gaps},
                          Field{"blobs", &T::blobs},
                          Field{"part", &T::part},
                          Field{"parts", &T::parts}};
    }
    bool operator==(const Everything &) const = default;
};
