// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/openai_responses_input.h"

#include "server/gateway/formats/openai_image.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;
using providers::ContentPart;

namespace gateway {
namespace {

// What is read on the way through the items.
struct ItemReading
{
    ResponsesInput found;
    QHash<QString, QString> names; // of the functions that were called, by the id of the call

    // Items of one side follow one another as a message of their own each; elsewhere they are one.
    QList<ContentPart> &partsOfLast(const QString &role)
    {
        QList<providers::ChatMessage> &messages = found.messages;
        if (messages.isEmpty() || messages.last().role != role)
            messages.append({role, {}});
        providers::ChatMessage &last = messages.last();
        if (last.parts.isEmpty() && !last.content.isEmpty())
            last.parts.append({.kind = ContentPart::Text, .text = std::exchange(last.content, {})});
        return last.parts;
    }
};

ContentPart inputImage(Members &part)
{
    if (part.has("file_id"_L1))
        part.refuse(u"file_id", u"cannot be used: the gateway keeps no files"_s);
    ContentPart image = openAiImage(part.requiredText("image_url"_L1), part, u"image_url");
    image.detail = part.text("detail"_L1);
    return image;
}

// A text, or parts.
QList<ContentPart> itemContent(Members &item, QLatin1StringView member, bool mayHoldImages, ItemReading &reading)
{
    const QJsonValue content = item.value(member);
    if (content.isString())
        return {ContentPart{.kind = ContentPart::Text, .text = content.toString()}};
    if (!content.isArray())
        item.refuse(QString(member), u"must be a text or a list of parts"_s);
    QList<ContentPart> parts;
    const QJsonArray list = content.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        Members part = membersOf(list[i], item.pointerTo(QString(member)) + u"/%1"_s.arg(i));
        const QString type = part.requiredText("type"_L1);
        if (type == u"input_text" || type == u"output_text" || type == u"text")
            parts.append({.kind = ContentPart::Text, .text = part.text("text"_L1)});
        else if (type == u"refusal")
            parts.append({.kind = ContentPart::Text, .text = part.text("refusal"_L1)});
        else if (type == u"input_image" && mayHoldImages)
            parts.append(inputImage(part));
        else
            part.refuse(u"type",
                        u"“%1” cannot be passed on here: %2"_s.arg(
                            type, mayHoldImages ? u"input_text and input_image can"_s : u"texts can"_s));
        part.pass({"annotations"_L1, "logprobs"_L1, "prompt_cache_breakpoint"_L1});
        reading.found.unheard += part.unread();
    }
    return parts;
}

QString itemText(Members &item, QLatin1StringView member, ItemReading &reading)
{
    QString text;
    const QList<ContentPart> parts = itemContent(item, member, false, reading);
    for (const ContentPart &part : parts)
        text += part.text;
    return text;
}

void readMessageItem(Members &item, ItemReading &reading)
{
    const QString role = item.requiredText("role"_L1);
    if (role == u"system" || role == u"developer") {
        reading.found.messages.append({u"system"_s, itemText(item, "content"_L1, reading)});
    } else if (role == u"user") {
        const QList<ContentPart> parts = itemContent(item, "content"_L1, true, reading);
        const bool hasImages = std::any_of(parts.begin(), parts.end(),
                                           [](const ContentPart &part) { return part.kind == ContentPart::Image; });
        QString text;
        for (const ContentPart &part : parts)
            text += part.text;
        reading.found.messages.append(hasImages ? providers::ChatMessage{role, {}, parts}
                                                : providers::ChatMessage{role, text});
    } else if (role == u"assistant") {
        const QString text = itemText(item, "content"_L1, reading);
        const bool follows = !reading.found.messages.isEmpty() && reading.found.messages.last().role == role;
        if (follows)
            reading.partsOfLast(role).append({.kind = ContentPart::Text, .text = text});
        else
            reading.found.messages.append({role, text});
    } else {
        item.refuse(u"role", u"must be user, assistant, system or developer"_s);
    }
}

void readCallItem(Members &item, ItemReading &reading)
{
    ContentPart call{.kind = ContentPart::ToolCall};
    call.id = item.requiredText("call_id"_L1);
    call.name = item.requiredText("name"_L1);
    call.arguments = item.text("arguments"_L1);
    reading.names.insert(call.id, call.name);
    reading.partsOfLast(u"assistant"_s).append(call);
}

void readOutputItem(Members &item, ItemReading &reading)
{
    ContentPart result{.kind = ContentPart::ToolResult};
    result.id = item.requiredText("call_id"_L1);
    result.name = reading.names.value(result.id);
    if (result.name.isEmpty())
        item.refuse(u"call_id", u"answers no function_call of the items before"_s);
    result.text = itemText(item, "output"_L1, reading);
    reading.partsOfLast(u"tool"_s).append(result);
}

void readItem(const QJsonValue &value, const QString &pointer, ItemReading &reading)
{
    Members item = membersOf(value, pointer);
    const QString type = item.has("type"_L1) ? item.text("type"_L1) : u"message"_s;
    item.pass({"id"_L1, "status"_L1, "type"_L1}); // the conversation says the same without them
    if (type == u"message")
        readMessageItem(item, reading);
    else if (type == u"function_call")
        readCallItem(item, reading);
    else if (type == u"function_call_output")
        readOutputItem(item, reading);
    else if (type == u"reasoning")
        return reading.found.unheard.append(pointer); // belongs to the model that thought it
    else if (type == u"item_reference")
        item.refuse(u"type",
                    u"is item_reference, but the gateway stores no items: send the item itself. Libraries do "
                    "with store: false."_s);
    else
        item.refuse(u"type",
                    u"“%1” cannot be passed on: message, function_call and function_call_output can"_s.arg(type));
    reading.found.unheard += item.unread();
}

} // namespace

ResponsesInput readResponsesInput(Members &body)
{
    ItemReading reading;
    if (const QString instructions = body.text("instructions"_L1); !instructions.isEmpty())
        reading.found.messages.append({u"system"_s, instructions});
    const QJsonValue input = body.value("input"_L1);
    if (input.isString()) {
        reading.found.messages.append({u"user"_s, input.toString()});
        return reading.found;
    }
    const QJsonArray items = input.toArray();
    if (items.isEmpty())
        body.refuse(u"input", u"must be a text, or a list of one item at least"_s);
    for (qsizetype i = 0; i < items.size(); ++i)
        readItem(items[i], body.pointerTo(u"input/%1"_s.arg(i)), reading);
    return reading.found;
}

} // namespace gateway
