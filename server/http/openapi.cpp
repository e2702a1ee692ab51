// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/openapi.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace http {
namespace {

QString word(Method method) { return QString::fromLatin1(enumNames<Method>[std::size_t(method)]).toLower(); }

QJsonObject reference(const QString &name) { return {{u"$ref"_s, u"#/components/schemas/"_s + name}}; }

QJsonObject content(const QString &mediaType, const QJsonObject &schema)
{
    return {{mediaType, QJsonObject{{u"schema"_s, schema}}}};
}

// "/api/v1/templates/{id}/versions" → "templates".
QString tagOf(const Route &route)
{
    if (route.kind == Route::Kind::Foreign)
        return u"gateway"_s;
    const auto parts = route.path.split(u'/', Qt::SkipEmptyParts);
    return parts.size() > 2 && parts[0] == "api"_L1 ? parts[2] : u"server"_s;
}

// "getTemplatesByIdVersions"
QString operationId(const Route &route)
{
    QString id = word(route.method) + (route.kind == Route::Kind::Foreign ? u"Gateway"_s : QString());
    for (QString part : route.path.split(u'/', Qt::SkipEmptyParts)) {
        if (part == "api"_L1 || part == "v1"_L1)
            continue;
        if (part.startsWith(u'{'))
            part = u"By-"_s + part.mid(1, part.size() - 2);
        for (const QString &piece : part.split(QRegularExpression(u"[^A-Za-z0-9]+"_s), Qt::SkipEmptyParts))
            id += piece.left(1).toUpper() + piece.mid(1);
    }
    return id;
}

QJsonObject pathParameter(const QString &name)
{
    const bool isId = name == "id"_L1 || name.endsWith("Id"_L1);
    QJsonObject schema = name == "version"_L1 ? QJsonObject{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}}
                                              : QJsonObject{{u"type"_s, u"string"_s}};
    if (isId)
        schema.insert(u"format"_s, u"uuid"_s);
    return {{u"name"_s, name}, {u"in"_s, u"path"_s}, {u"required"_s, true}, {u"schema"_s, schema}};
}

QJsonObject header(const QString &name, const QString &description, const QJsonObject &schema)
{
    return {{u"name"_s, name}, {u"in"_s, u"header"_s}, {u"description"_s, description}, {u"schema"_s, schema}};
}

// null stands for "absent" in bodies; a query parameter is absent or not.
QJsonObject withoutNull(QJsonObject schema)
{
    if (const QJsonArray types = schema.value(u"type"_s).toArray(); !types.isEmpty())
        schema.insert(u"type"_s, types.first());
    if (QJsonArray names = schema.value(u"enum"_s).toArray(); !names.isEmpty() && names.last().isNull()) {
        names.removeLast();
        schema.insert(u"enum"_s, names);
    }
    return schema;
}

void addQuery(QJsonArray &list, const json::Schema &query)
{
    const QJsonObject properties = query[u"properties"_s].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        QJsonObject schema = withoutNull(it->toObject());
        QJsonObject parameter{{u"name"_s, it.key()}, {u"in"_s, u"query"_s}};
        if (schema.contains(u"description"_s))
            parameter.insert(u"description"_s, schema.take(u"description"_s));
        parameter.insert(u"schema"_s, schema);
        list.append(parameter);
    }
}

QJsonArray parameters(const Route &route)
{
    QJsonArray list;
    for (const QString &part : route.path.split(u'/'))
        if (part.startsWith(u'{'))
            list.append(pathParameter(part.mid(1, part.size() - 2)));
    if (route.method == Method::Get)
        addQuery(list, route.input);
    addQuery(list, route.query);
    const QJsonObject text{{u"type"_s, u"string"_s}, {u"maxLength"_s, 255}};
    if (route.checksRevision)
        list.append(
            header(u"If-Match"_s, u"The ETag of what was changed; 412 when somebody else saved meanwhile"_s, text));
    if (route.method == Method::Post && (route.status == 201 || route.status == 202) && route.keepsAnswer)
        list.append(header(u"Idempotency-Key"_s,
                           u"Sent again with the same body, the first answer comes back and nothing is made twice"_s,
                           text));
    return list;
}

QJsonObject problem(const QString &description)
{
    return {{u"description"_s, description},
            {u"content"_s, content(u"application/problem+json"_s, reference(u"Problem"_s))}};
}

// What others have described is not described here again.
QJsonObject foreignObject() { return {{u"type"_s, u"object"_s}, {u"additionalProperties"_s, true}}; }

QJsonObject foreignResponses(const Route &route)
{
    QJsonObject list;
    const auto add = [&](int status, const QString &description) {
        list.insert(QString::number(status),
                    QJsonObject{{u"description"_s, description},
                                {u"content"_s, content(u"application/json"_s, foreignObject())}});
    };
    QJsonObject body = content(u"application/json"_s, foreignObject());
    for (const char *type : route.streams)
        body.insert(QString::fromLatin1(type), QJsonObject{{u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
    list.insert(u"200"_s, QJsonObject{{u"description"_s, route.summary}, {u"content"_s, body}});
    add(401, u"No gateway key, or none that is good"_s);
    add(403, u"The key may not do this, or not with this model"_s);
    if (route.method == Method::Get) {
        add(404, u"There is no such model"_s);
    } else {
        add(400, u"The request is wrong; the error says where"_s);
        add(404, u"There is no such model"_s);
        add(413, u"The body is too large"_s);
        add(429, u"A limit or budget is used up; the error names it"_s);
        add(502, u"The provider failed"_s);
        add(504, u"The provider took too long"_s);
    }
    add(503, u"Busy; Retry-After says when to come back"_s);
    return list;
}

// Every status that the route can answer, each described.
QJsonObject responses(const Route &route)
{
    QJsonObject list;
    const auto add = [&](int status, const QString &description) {
        list.insert(QString::number(status), problem(description));
    };
    const bool hasBody = route.method != Method::Get && !route.input.isEmpty();
    const bool hasInput = !route.input.isEmpty() || !route.query.isEmpty();
    if (route.kind == Route::Kind::WebSocket) {
        list.insert(u"101"_s, QJsonObject{{u"description"_s, u"The connection is now a WebSocket"_s}});
        add(426, u"The request was no WebSocket upgrade"_s);
    } else if (route.kind == Route::Kind::Plain) {
        const QString type = QString::fromLatin1(route.contentType).section(u';', 0, 0);
        const QJsonObject schema{{u"type"_s, type.endsWith("json"_L1) ? u"object"_s : u"string"_s}};
        list.insert(u"200"_s, QJsonObject{{u"description"_s, route.summary}, {u"content"_s, content(type, schema)}});
        if (route.path == "/readyz"_L1)
            list.insert(u"503"_s,
                        QJsonObject{{u"description"_s, u"Not ready"_s}, {u"content"_s, content(type, schema)}});
        return list;
    } else if (route.kind == Route::Kind::Foreign) {
        return foreignResponses(route);
    } else if (route.outputName.isEmpty() && route.streams.isEmpty()) {
        list.insert(QString::number(route.status), QJsonObject{{u"description"_s, u"Done"_s}});
    } else {
        QJsonObject body;
        if (!route.outputName.isEmpty())
            body = content(u"application/json"_s, reference(route.outputName));
        QJsonObject success{{u"description"_s, route.summary}};
        if (route.versioned)
            success.insert(u"headers"_s,
                           QJsonObject{{u"ETag"_s,
                                        QJsonObject{{u"description"_s, u"Send it back in If-Match"_s},
                                                    {u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}});
        for (const char *type : route.streams)
            body.insert(QString::fromLatin1(type), QJsonObject{{u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
        success.insert(u"content"_s, body);
        list.insert(QString::number(route.status), success);
        if (route.status == 202)
            list.insert(u"200"_s, success);
    }
    if (hasInput) {
        add(hasBody ? 400 : 422, hasBody ? u"The body is not JSON"_s : u"A parameter is wrong"_s);
        if (hasBody) {
            add(413, u"The body is too large"_s);
            add(415, u"The body is not declared as JSON"_s);
            add(422, u"A field is wrong; errors names each by a JSON pointer"_s);
        }
    }
    if (route.needs != Ability::Public) {
        add(401, u"Not signed in, or the session has ended"_s);
        add(403, u"No role of the caller has the ability"_s);
    }
    if (route.path.contains(u'{'))
        add(404, u"There is no such thing in this tenant"_s);
    if (route.method != Method::Get && (route.status == 201 || route.path.contains(u'{')))
        add(409, u"It collides with something that is there, or its state does not allow it"_s);
    if (route.checksRevision) {
        add(412, u"Changed by somebody else meanwhile"_s);
        add(428, u"If-Match is missing"_s);
    }
    add(429, u"Too many requests; Retry-After says when to come back"_s);
    add(503, u"Busy; Retry-After says when to come back"_s);
    return list;
}

QJsonArray security(const Route &route)
{
    const auto any = [](std::initializer_list<const char *> schemes) {
        QJsonArray list;
        for (const char *scheme : schemes)
            list.append(QJsonObject{{QString::fromLatin1(scheme), QJsonArray()}});
        return list;
    };
    if (route.kind == Route::Kind::Foreign)
        return any({"gatewayKey", "gatewayKeyOfAnthropic", "gatewayKeyOfGoogle", "gatewayKeyOfAzure"});
    return route.needs == Ability::Public ? QJsonArray() : any({"bearer"});
}

QJsonObject operation(const Route &route)
{
    QJsonObject operation{{u"operationId"_s, operationId(route)},
                          {u"summary"_s, route.summary},
                          {u"description"_s, route.description.isEmpty() ? route.summary + u'.' : route.description},
                          {u"tags"_s, QJsonArray{tagOf(route)}},
                          {u"x-ability"_s, json::name(route.needs)},
                          {u"responses"_s, responses(route)}};
    if (const QJsonArray list = parameters(route); !list.isEmpty())
        operation.insert(u"parameters"_s, list);
    if (route.method != Method::Get && !route.inputName.isEmpty()) {
        QJsonObject bodies = content(u"application/json"_s, reference(route.inputName));
        for (const char *const type : route.takes)
            bodies.insert(QString::fromLatin1(type), QJsonObject{{u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
        operation.insert(u"requestBody"_s, QJsonObject{{u"required"_s, true}, {u"content"_s, bodies}});
    }
    if (route.kind == Route::Kind::Foreign && route.method == Method::Post)
        operation.insert(
            u"requestBody"_s,
            QJsonObject{{u"required"_s, true}, {u"content"_s, content(u"application/json"_s, foreignObject())}});
    operation.insert(u"security"_s, security(route));
    return operation;
}

} // namespace

QJsonObject openApi(const Router &router)
{
    QJsonObject paths, schemas{{u"Problem"_s, json::schema<ApiError>()}};
    QSet<QString> tagNames;
    for (const Route &route : router.routes()) {
        QJsonObject item = paths[route.path].toObject();
        item.insert(word(route.method), operation(route));
        paths.insert(route.path, item);
        tagNames.insert(tagOf(route));
        if (!route.inputName.isEmpty() && route.method != Method::Get)
            schemas.insert(route.inputName, route.input);
        if (!route.outputName.isEmpty())
            schemas.insert(route.outputName, route.output);
    }
    QStringList sorted(tagNames.begin(), tagNames.end());
    sorted.sort();
    QJsonArray tags;
    for (const QString &name : sorted)
        tags.append(QJsonObject{{u"name"_s, name}, {u"description"_s, u"Operations on "_s + name}});
    const auto inHeader = [](const QString &name) {
        return QJsonObject{{u"type"_s, u"apiKey"_s}, {u"in"_s, u"header"_s}, {u"name"_s, name}};
    };
    const QJsonObject schemes{
        {u"bearer"_s, QJsonObject{{u"type"_s, u"http"_s}, {u"scheme"_s, u"bearer"_s}, {u"bearerFormat"_s, u"JWT"_s}}},
        {u"gatewayKey"_s, QJsonObject{{u"type"_s, u"http"_s}, {u"scheme"_s, u"bearer"_s}}},
        {u"gatewayKeyOfAnthropic"_s, inHeader(u"x-api-key"_s)},
        {u"gatewayKeyOfGoogle"_s, inHeader(u"x-goog-api-key"_s)},
        {u"gatewayKeyOfAzure"_s, inHeader(u"api-key"_s)}};
    return {
        {u"openapi"_s, u"3.1.0"_s},
        {u"info"_s,
         QJsonObject{
             {u"title"_s, u"Patio"_s},
             {u"version"_s, u"1"_s},
             {u"description"_s,
              u"The API of a Patio server. Errors are application/problem+json with a stable code; money is counted in nano-US-dollars; lists are paged by cursor."_s},
             {u"license"_s, QJsonObject{{u"name"_s, u"GPL-3.0-or-later"_s}, {u"identifier"_s, u"GPL-3.0-or-later"_s}}},
             {u"contact"_s, QJsonObject{{u"name"_s, u"The operator of this server"_s}}}}},
        {u"servers"_s, QJsonArray{QJsonObject{{u"url"_s, u"/"_s}}}},
        {u"tags"_s, tags},
        {u"paths"_s, paths},
        {u"components"_s, QJsonObject{{u"schemas"_s, schemas}, {u"securitySchemes"_s, schemes}}}};
}

QByteArray routeList(const Router &router)
{
    QByteArrayList lines;
    for (const Route &route : router.routes())
        lines.append((QString::fromLatin1(enumNames<Method>[std::size_t(route.method)]).leftJustified(6) + u' '
                      + route.path.leftJustified(46) + u' ' + QString(json::name(route.needs)).leftJustified(18) + u' '
                      + (route.inputName.isEmpty() ? u"-"_s : route.inputName) + u" -> "_s
                      + (route.outputName.isEmpty() ? u"-"_s : route.outputName) + u' ' + QString::number(route.status))
                         .toUtf8());
    std::sort(lines.begin(), lines.end());
    return lines.join('\n') + '\n';
}

} // namespace http
