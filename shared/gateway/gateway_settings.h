// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QString>

// Personal data that can be masked.
enum class MaskKind { Email, Phone, Cpf, Cnpj, Card };
template<> inline constexpr auto enumNames<MaskKind> = std::to_array({"email", "phone", "cpf", "cnpj", "card"});

// What the gateway does with the calls of a tenant beside passing them on. All of it is off at first.
struct GatewaySettings
{
    std::optional<int> cacheSeconds; // absent: answers are not kept
    std::optional<int> bodyDays; // absent: requests and answers are not stored
    QList<QString> deniedPatterns; // a text that has one is refused, in requests and answers
    QList<QString> requiredPatterns; // the last message of a request must have one of them, if there are any
    std::optional<int> mostPromptCharacters;
    std::optional<int> mostAnswerCharacters;
    QList<MaskKind> masks; // before a request leaves
    bool masksAnswers = false; // the same kinds on the way back
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = GatewaySettings;
        return std::tuple{
            Field{"cacheSeconds",
                  &T::cacheSeconds,
                  {.doc = "How long an answer serves the same request again; absent: never",
                   .minimum = 1,
                   .maximum = 2'592'000}},
            Field{"bodyDays",
                  &T::bodyDays,
                  {.doc = "How long requests and answers are stored; absent: not at all, and what there is goes",
                   .minimum = 1,
                   .maximum = 3650}},
            Field{"deniedPatterns",
                  &T::deniedPatterns,
                  {.doc = "Regular expressions (ECMA-262 without look-around); texts with one are refused",
                   .maxLength = 100,
                   .hasDefault = true}},
            Field{"requiredPatterns",
                  &T::requiredPatterns,
                  {.doc = "The last message must have one of them, where there are any",
                   .maxLength = 100,
                   .hasDefault = true}},
            Field{"mostPromptCharacters", &T::mostPromptCharacters, {.minimum = 1, .maximum = 100'000'000}},
            Field{"mostAnswerCharacters", &T::mostAnswerCharacters, {.minimum = 1, .maximum = 100'000'000}},
            Field{"masks", &T::masks, {.doc = "Personal data taken out before a request leaves", .hasDefault = true}},
            Field{"masksAnswers", &T::masksAnswers, {.doc = "The same kinds in answers", .hasDefault = true}},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match", .hasDefault = true}}};
    }
};

WIRE_TYPE(GatewaySettings)
