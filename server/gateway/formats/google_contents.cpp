// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/google_contents.h"

#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using providers::ContentPart;

// Google's description of generateContent (ai.google.dev/api/caching#Content).
namespace gateway {
namespace {

// What is read on the way through the contents.
struct GoogleReading
{
    GoogleContents found;
    QList<ContentPart> open; // calls that no result has answered yet
    int calls = 0;
};

// Protobuf writes bytes in either alphabet of base64.
QByteArray plainBase64(const QString &data) { return data.toLatin1().replace('-', '+').replace('_', '/'); }

void requireImage(const Members &data, const QString &type)
{
    if (!type.startsWith("image/"_L1))
        data.refuse(u"mimeType", u"must be of an image: the gateway passes on no other files"_s);
}

ContentPart inlineImage(Members &part, GoogleReading &reading)
{
    Members data = googleMembers(part, "inlineData"_L1);
    ContentPart image{.kind = ContentPart::Image};
    image.mediaType = data.requiredText("mimeType"_L1);
    requireImage(data, image.mediaType);
    image.data = plainBase64(data.requiredText("data"_L1));
    reading.found.unheard += data.unread();
    return image;
}

ContentPart fileImage(Members &part, GoogleReading &reading)
{
    Members file = googleMembers(part, "fileData"_L1);
    ContentPart image{.kind = ContentPart::Image};
    image.url = file.requiredText("fileUri"_L1);
    image.mediaType = file.text("mimeType"_L1);
    if (!image.mediaType.isEmpty())
        requireImage(file, image.mediaType);
    const bool isWeb = image.url.startsWith("https://"_L1) || image.url.startsWith("http://"_L1);
    if (!isWeb || image.url.startsWith("https://generativelanguage.googleapis.com/"_L1))
        file.refuse(u"fileUri",
                    u"must be an address on the web: the gateway keeps no files and reads none at Google"_s);
    reading.found.unheard += file.unread();
    return image;
}

ContentPart functionCall(Members &part, GoogleReading &reading)
{
    Members call = googleMembers(part, "functionCall"_L1);
    ContentPart found{.kind = ContentPart::ToolCall};
    found.name = call.requiredText("name"_L1);
    found.id = call.text("id"_L1);
    ++reading.calls;
    if (found.id.isEmpty()) // of which this format has not always one, and others do
        found.id = u"call_%1"_s.arg(reading.calls);
    found.arguments = QString::fromUtf8(json::print(call.object("args"_L1)));
    reading.found.unheard += call.unread();
    reading.open.append(found);
    return found;
}

// What a tool answered is an object here and a text elsewhere. {"result": text} and {"error": text} are what our own
// translation of such a text to Google's format is.
void readResult(const QJsonObject &response, ContentPart &result)
{
    const QStringList names = response.keys();
    const QJsonValue only = names.size() == 1 ? response.value(names.first()) : QJsonValue();
    const bool isPlain = only.isString() && !only.toString().startsWith(u'{');
    result.isError = isPlain && names.first() == u"error";
    if (isPlain && (result.isError || names.first() == u"result"))
        result.text = only.toString();
    else
        result.text = QString::fromUtf8(json::print(response));
}

ContentPart functionResponse(Members &part, GoogleReading &reading)
{
    Members response = googleMembers(part, "functionResponse"_L1);
    ContentPart result{.kind = ContentPart::ToolResult};
    result.name = response.requiredText("name"_L1);
    const QString id = response.text("id"_L1);
    if (response.has("parts"_L1))
        response.refuse(u"parts", u"cannot be passed on: a tool answers with an object here"_s);
    if (!response.has("response"_L1))
        response.refuse(u"response", u"is missing"_s);
    readResult(response.object("response"_L1), result);
    reading.found.unheard += response.unread();
    // By the id; without one, the first call of that name.
    QList<ContentPart> &open = reading.open;
    auto call = std::find_if(open.begin(), open.end(), [&](const ContentPart &one) { return one.id == id; });
    if (call == open.end())
        call = std::find_if(open.begin(), open.end(), [&](const ContentPart &one) { return one.name == result.name; });
    if (call == open.end())
        response.refuse(u"name", u"answers no functionCall of the contents before"_s);
    result.id = call->id;
    open.erase(call);
    return result;
}

using ReadPart = ContentPart (*)(Members &, GoogleReading &);
struct PartKind
{
    QLatin1StringView member;
    bool ofUser;
    bool ofModel;
    ReadPart read;
};
ContentPart plainText(Members &part, GoogleReading &)
{
    return {.kind = ContentPart::Text, .text = part.text("text"_L1)};
}
constexpr PartKind partKinds[] = {{"text"_L1, true, true, plainText},
                                  {"inlineData"_L1, true, false, inlineImage},
                                  {"fileData"_L1, true, false, fileImage},
                                  {"functionCall"_L1, false, true, functionCall},
                                  {"functionResponse"_L1, true, false, functionResponse}};

std::optional<ContentPart> readPart(const GoogleItem &item, bool isModel, GoogleReading &reading)
{
    Members part = googleMembers(item.value, item.pointer);
    if (part.truth("thought"_L1).value_or(false)) { // belongs to the model that thought it
        reading.found.unheard.append(item.pointer);
        return std::nullopt;
    }
    for (const PartKind &kind : partKinds) {
        if (!part.has(kind.member) || !(isModel ? kind.ofModel : kind.ofUser))
            continue;
        const ContentPart found = kind.read(part, reading);
        reading.found.unheard += part.unread();
        return found;
    }
    const QStringList others = part.unread();
    refuseAt(others.isEmpty() ? item.pointer : others.first(),
             u"cannot be passed on: here are %1 allowed"_s.arg(
                 isModel ? u"text and functionCall"_s : u"text, inlineData, fileData and functionResponse"_s));
}

providers::ChatMessage messageOf(const QString &role, const QList<ContentPart> &parts)
{
    const bool isText =
        std::all_of(parts.begin(), parts.end(), [](const ContentPart &part) { return part.kind == ContentPart::Text; });
    if (!isText)
        return {role, {}, parts};
    QString text;
    for (const ContentPart &part : parts)
        text += part.text;
    return {role, text};
}

// One content of theirs may be two of our messages: results of tools go before what the person says.
void readContent(const GoogleItem &item, GoogleReading &reading)
{
    Members content = googleMembers(item.value, item.pointer);
    const QString role = content.text("role"_L1);
    if (!role.isEmpty() && role != u"user" && role != u"model" && role != u"function")
        content.refuse(u"role", u"must be user or model"_s);
    const QList<GoogleItem> items = googleItems(content, "parts"_L1);
    if (items.isEmpty())
        content.refuse(u"parts", u"must hold one part at least"_s);
    const bool isModel = role == u"model";
    QList<ContentPart> results, parts;
    for (const GoogleItem &one : items) {
        const std::optional<ContentPart> part = readPart(one, isModel, reading);
        if (!part || (part->kind == ContentPart::Text && part->text.isEmpty() && items.size() > 1))
            continue;
        (part->kind == ContentPart::ToolResult ? results : parts).append(*part);
    }
    reading.found.unheard += content.unread();
    if (!results.isEmpty())
        reading.found.messages.append({u"tool"_s, {}, results});
    if (!parts.isEmpty())
        reading.found.messages.append(messageOf(isModel ? u"assistant"_s : u"user"_s, parts));
}

} // namespace

QString googleText(const QJsonValue &value, const QString &pointer, QStringList &unheard)
{
    Members content = googleMembers(value, pointer);
    content.pass({"role"_L1}); // of which there is but one here
    QStringList texts;
    const QList<GoogleItem> items = googleItems(content, "parts"_L1);
    for (const GoogleItem &item : items) {
        Members part = googleMembers(item.value, item.pointer);
        if (!part.has("text"_L1))
            refuseAt(item.pointer, u"must hold a text here: the gateway passes on nothing else"_s);
        texts.append(part.text("text"_L1));
        unheard += part.unread();
    }
    unheard += content.unread();
    return texts.join(u'\n');
}

GoogleContents readGoogleContents(Members &body)
{
    GoogleReading reading;
    if (body.has("systemInstruction"_L1))
        reading.found.messages.append({u"system"_s,
                                       googleText(body.value("systemInstruction"_L1),
                                                  body.pointerTo(u"systemInstruction"), reading.found.unheard)});
    const QList<GoogleItem> contents = googleItems(body, "contents"_L1);
    if (contents.isEmpty())
        body.refuse(u"contents", u"must hold one content at least"_s);
    for (const GoogleItem &content : contents)
        readContent(content, reading);
    return reading.found;
}

} // namespace gateway
