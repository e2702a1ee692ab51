// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

using namespace Qt::StringLiterals;

// What Google's generateContent and batchEmbedContents take and refuse.
namespace wire {
namespace {

const QString unknownName = u"Invalid JSON payload received. Unknown name \"%1\": Cannot find field."_s;

void checkKey(WireRequest &request, const WireHeaders &headers)
{
    if (headers.value("x-goog-api-key").isEmpty())
        refuse(request, 403,
               u"Method doesn't allow unregistered callers (callers without established identity). Please use API Key "
               "or other form of API consumer identity to call this API."_s);
}

void readCall(WireRequest &request, const QJsonObject &part, bool isFirst)
{
    const QJsonObject call = part.value("functionCall"_L1).toObject();
    allowOnly(request, call, "id name args", unknownName);
    if (!isToolName(call.value("name"_L1).toString(), 64))
        refuse(request, 400, u"function_call.name: Name cannot be empty."_s);
    if (isFirst && request.model.startsWith(u"gemini-3") && part.value("thoughtSignature"_L1).toString().isEmpty())
        refuse(request, 400, u"Function call is missing a thought_signature in functionCall parts."_s);
    request.inputTokens += words(QString::fromUtf8(text(call.value("args"_L1).toObject())));
}

QString readResponse(WireRequest &request, const QJsonObject &response)
{
    allowOnly(request, response, "id name response", unknownName);
    if (!response.value("response"_L1).isObject())
        refuse(request, 400, u"function_response.response: must be an object"_s);
    QStringList said;
    const QJsonObject object = response.value("response"_L1).toObject();
    for (const QJsonValue &value : object)
        said.append(value.isString() ? value.toString() : QString::fromUtf8(text(value.toObject())));
    return said.join(u' ');
}

struct ContentReader
{
    WireRequest &request;
    QStringList names = {}; // of the functions called
    QStringList responses = {}; // of the functions that answered
    QStringList results = {};
    QStringList texts = {};

    void read(const QJsonObject &content)
    {
        allowOnly(request, content, "role parts", unknownName);
        const QString role = content.value("role"_L1).toString(u"user"_s);
        if (role != u"user" && role != u"model")
            refuse(request, 400, u"Please use a valid role: user, model."_s);
        const QJsonArray parts = content.value("parts"_L1).toArray();
        if (parts.isEmpty())
            refuse(request, 400, u"GenerateContentRequest.contents.parts: contents.parts must not be empty."_s);
        for (const QJsonValue &part : parts)
            readPart(part.toObject(), role);
    }

    void readPart(const QJsonObject &part, const QString &role)
    {
        if (part.contains("text"_L1)) {
            texts.append(part.value("text"_L1).toString());
            request.inputTokens += words(texts.last());
        } else if (part.contains("inlineData"_L1)) {
            const QJsonObject data = part.value("inlineData"_L1).toObject();
            if (data.value("mimeType"_L1).toString().isEmpty()
                || QByteArray::fromBase64(data.value("data"_L1).toString().toLatin1()).isEmpty())
                refuse(request, 400, u"inline_data: Base64 decoding failed"_s);
        } else if (part.contains("fileData"_L1)) {
            if (part.value("fileData"_L1)[u"fileUri"_s].toString().isEmpty())
                refuse(request, 400, u"file_data.file_uri: must not be empty"_s);
        } else if (part.contains("functionCall"_L1) && role == u"model") {
            readCall(request, part, names.isEmpty());
            names.append(part.value("functionCall"_L1)[u"name"_s].toString());
        } else if (part.contains("functionResponse"_L1) && role == u"user") {
            const QJsonObject response = part.value("functionResponse"_L1).toObject();
            responses.append(response.value("name"_L1).toString());
            results.append(readResponse(request, response));
            request.inputTokens += words(results.last());
        } else {
            refuse(request, 400, u"contents.parts.data: required oneof field 'data' must have one initialized field"_s);
        }
    }
};

void readContents(WireRequest &request, const QJsonArray &contents)
{
    QStringList open;
    QString lastRole;
    for (const QJsonValue &value : contents) {
        ContentReader reader{request};
        reader.read(value.toObject());
        const QString role = value[u"role"_s].toString(u"user"_s);
        if (reader.responses != open)
            refuse(request, 400,
                   u"Please ensure that the number of function response parts is equal to the number of function call "
                   "parts of the function call turn."_s);
        if (!reader.names.isEmpty() && lastRole != u"user")
            refuse(request, 400,
                   u"Please ensure that function call turn comes immediately after a user turn or after a function "
                   "response turn."_s);
        open = reader.names;
        lastRole = role;
        request.endsWithResults = !reader.results.isEmpty();
        if (role == u"user")
            request.lastUserText = (request.endsWithResults ? reader.results : reader.texts).join(u' ');
    }
    if (!open.isEmpty())
        refuse(request, 400, u"Please ensure that a function call turn is followed by its function responses."_s);
}

void readTools(WireRequest &request, const QJsonObject &body)
{
    const QJsonArray tools = body.value("tools"_L1).toArray();
    for (const QJsonValue &tool : tools) {
        const QJsonArray functions = tool[u"functionDeclarations"_s].toArray();
        for (const QJsonValue &value : functions) {
            const QJsonObject function = value.toObject();
            allowOnly(request, function, "name description parameters parametersJsonSchema response behavior",
                      unknownName);
            if (!isToolName(function.value("name"_L1).toString(), 64))
                refuse(request, 400, u"function_declarations.name: Invalid function name."_s);
            request.tools.append(function.value("name"_L1).toString());
        }
    }
    const QJsonObject config = body.value("toolConfig"_L1)[u"functionCallingConfig"_s].toObject();
    if (config.isEmpty())
        return;
    allowOnly(request, config, "mode allowedFunctionNames", unknownName);
    const QString mode = config.value("mode"_L1).toString();
    static const QStringList modes{u"AUTO"_s, u"ANY"_s, u"NONE"_s, u"VALIDATED"_s};
    if (!modes.contains(mode))
        refuse(request, 400, u"Invalid value at 'tool_config.function_calling_config.mode'"_s);
    if (request.tools.isEmpty())
        refuse(request, 400, u"Function calling config is set without function_declarations."_s);
    request.mustCall = mode == u"ANY";
    if (mode == u"NONE")
        request.tools.clear();
    QStringList allowed;
    const QJsonArray names = config.value("allowedFunctionNames"_L1).toArray();
    for (const QJsonValue &name : names) {
        if (!request.tools.contains(name.toString()))
            refuse(request, 400, u"allowed_function_names must be a subset of the function declarations."_s);
        allowed.append(name.toString());
    }
    if (allowed.isEmpty())
        return;
    if (mode != u"ANY" && mode != u"VALIDATED")
        refuse(request, 400, u"allowed_function_names should only be set when mode is ANY or VALIDATED."_s);
    request.tools = allowed;
}

void readSettings(WireRequest &request, const QJsonObject &config)
{
    allowOnly(request, config,
              "temperature topP topK maxOutputTokens stopSequences candidateCount seed responseMimeType responseSchema "
              "responseJsonSchema thinkingConfig presencePenalty frequencyPenalty responseLogprobs logprobs",
              unknownName);
    allowOnly(request, config.value("thinkingConfig"_L1).toObject(), "includeThoughts thinkingBudget thinkingLevel",
              unknownName);
    const QJsonObject thinking = config.value("thinkingConfig"_L1).toObject();
    if (thinking.contains("thinkingBudget"_L1) && thinking.contains("thinkingLevel"_L1))
        refuse(request, 400, u"You can only set only one of thinking budget and thinking level."_s);
    if (!isNumberWithin(config, "temperature"_L1, 0, 2) || !isNumberWithin(config, "presencePenalty"_L1, -2, 2)
        || !isNumberWithin(config, "frequencyPenalty"_L1, -2, 2))
        refuse(request, 400, u"Unable to submit request because a value is outside of its range."_s);
    if (config.value("stopSequences"_L1).toArray().size() > 5)
        refuse(request, 400, u"The number of stop sequences must be at most 5."_s);
    if ((config.contains("responseJsonSchema"_L1) || config.contains("responseSchema"_L1))
        && config.value("responseMimeType"_L1) != u"application/json"_s)
        refuse(request, 400, u"response_schema is only supported with response_mime_type application/json"_s);
    if (config.value("maxOutputTokens"_L1).isDouble())
        request.maxTokens = config.value("maxOutputTokens"_L1).toInteger();
}

} // namespace

void readGoogle(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    checkKey(request, headers);
    allowOnly(request, body,
              "contents systemInstruction generationConfig tools toolConfig safetySettings cachedContent", unknownName);
    readSettings(request, body.value("generationConfig"_L1).toObject());
    request.inputTokens += words(contentText(body.value("systemInstruction"_L1)[u"parts"_s]));
    readContents(request, body.value("contents"_L1).toArray());
    readTools(request, body);
    if (body.value("contents"_L1).toArray().isEmpty())
        refuse(request, 400, u"GenerateContentRequest.contents: contents is not specified"_s);
}

void readGoogleEmbedding(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    checkKey(request, headers);
    allowOnly(request, body, "requests", unknownName);
    const QJsonArray requests = body.value("requests"_L1).toArray();
    if (requests.isEmpty() || requests.size() > 100)
        refuse(request, 400, u"BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch"_s);
    for (const QJsonValue &value : requests) {
        const QJsonObject one = value.toObject();
        allowOnly(request, one, "model content taskType title outputDimensionality", unknownName);
        if (one.value("model"_L1) != u"models/"_s + request.model)
            refuse(request, 400, u"The model of each request must be the one of the batch."_s);
        request.texts.append(contentText(one.value("content"_L1)[u"parts"_s]));
        if (one.contains("outputDimensionality"_L1))
            request.dimensions = one.value("outputDimensionality"_L1).toInteger();
    }
}

} // namespace wire
