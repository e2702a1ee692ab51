// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QString>
#include <QTimeZone>

#include <memory>

enum class Weekday { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };
template<>
inline constexpr auto enumNames<Weekday> = std::to_array({"monday", "tuesday", "wednesday", "thursday", "friday",
                                                          "saturday", "sunday"});

// When in the day a rule applies.
struct RuleHours
{
    QString timeZone; // "America/Sao_Paulo"
    QString from; // "09:00"
    QString until; // "18:00", the moment after the last; before `from`: on the next day
    QList<Weekday> days; // on which it begins; empty: all

    static constexpr auto fields()
    {
        using T = RuleHours;
        return std::tuple{
            Field{"timeZone", &T::timeZone, {.doc = "IANA name: America/Sao_Paulo", .minLength = 1, .maxLength = 60}},
            Field{"from", &T::from, {.doc = "HH:MM", .minLength = 5, .maxLength = 5}},
            Field{"until",
                  &T::until,
                  {.doc = "HH:MM, the moment after the last; earlier than from: on the next day",
                   .minLength = 5,
                   .maxLength = 5}},
            Field{
                "days", &T::days, {.doc = "On which they begin; all when empty", .maxLength = 7, .hasDefault = true}}};
    }
};

// What is wrong with them; empty: nothing.
QList<json::Problem> checkHours(const RuleHours &hours, const QString &at);

namespace permissions {

// RuleHours that have passed checkHours(), ready to be asked. Never changed, shared by threads.
class HourSpan
{
public:
    explicit HourSpan(const RuleHours &hours);
    bool holds(qint64 msecsSinceEpoch) const;

private:
    QTimeZone m_zone;
    int m_from = 0; // minutes
    int m_until = 0;
    quint8 m_days = 0; // a bit for each weekday
};

} // namespace permissions

WIRE_TYPE(RuleHours)
