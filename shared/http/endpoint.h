// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"
#include "shared/permissions/ability.h"

#include <QString>
#include <QUuid>

enum class Method { Get, Post, Put, Patch, Delete };
template<> inline constexpr auto enumNames<Method> = std::to_array({"GET", "POST", "PUT", "PATCH", "DELETE"});

struct Nothing
{
    static constexpr auto fields() { return std::tuple{}; }
};

// An operation with its {placeholders} filled in, ready to be sent.
template<class Input, class Output, class Query> struct Call
{
    Method method;
    QString path;
    Query query = {}; // of an operation that is no GET; optionals that are absent are left out

    Call with(Query values) const { return {method, path, std::move(values)}; }
};

// What client and server agree on: one line per operation, the page that a security review reads.
// The input of a GET travels in the query string, every other input as a JSON body; a third type names query parameters
// of an operation that also has a body.
template<class Input, class Output, class Query = Nothing> struct Endpoint
{
    Method method;
    const char *path; // "/api/v1/templates/{id}": {…Id} and {id} are UUIDs, {version} a number, others text
    Ability needs;
    const char *summary;
    int status = 200; // of a success; 204 where Output is Nothing
    const char *description = "";

    template<class... Ids> Call<Input, Output, Query> at(const Ids &...ids) const
    {
        QString filled = QString::fromLatin1(path);
        [[maybe_unused]] const auto fill = [&](const QString &value) {
            const auto open = filled.indexOf(u'{');
            filled.replace(open, filled.indexOf(u'}') - open + 1, value);
        };
        (fill(segment(ids)), ...);
        return {method, filled, {}};
    }

private:
    static QString segment(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }
    static QString segment(int number) { return QString::number(number); }
    static QString segment(const QString &name) { return QString::fromLatin1(name.toUtf8().toPercentEncoding()); }
};
