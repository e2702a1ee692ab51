// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/connect_code.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using connectCode::Tool;

constexpr Tool allTools[] = {
    {"curl", "curl", CodeLanguage::Shell, "", "",
     R"(curl -sS "{{origin}}/v1/chat/completions" \
  -H "Authorization: Bearer $PATIO_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": {{model}},
    "messages": [{"role": "user", "content": {{message}}}]
  }'
)",
     R"(curl -sSN "{{origin}}/v1/chat/completions" \
  -H "Authorization: Bearer $PATIO_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": {{model}},
    "messages": [{"role": "user", "content": {{message}}}],
    "stream": true
  }'
)"},
    {"python-openai", "openai", CodeLanguage::Python, "pip install openai", "python3 call.py",
     R"(import os
from openai import OpenAI

client = OpenAI(
    base_url="{{origin}}/v1",
    api_key=os.environ["PATIO_API_KEY"],
)

answer = client.chat.completions.create(
    model={{model}},
    messages=[{"role": "user", "content": {{message}}}],
)
print(answer.choices[0].message.content)
)",
     R"(import os
from openai import OpenAI

client = OpenAI(
    base_url="{{origin}}/v1",
    api_key=os.environ["PATIO_API_KEY"],
)

stream = client.chat.completions.create(
    model={{model}},
    messages=[{"role": "user", "content": {{message}}}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
)"},
    {"python-anthropic", "anthropic", CodeLanguage::Python, "pip install anthropic", "python3 call.py",
     R"(import os
from anthropic import Anthropic

client = Anthropic(
    base_url="{{origin}}",
    api_key=os.environ["PATIO_API_KEY"],
)

answer = client.messages.create(
    model={{model}},
    max_tokens=1024,
    messages=[{"role": "user", "content": {{message}}}],
)
print(answer.content[0].text)
)",
     R"(import os
from anthropic import Anthropic

client = Anthropic(
    base_url="{{origin}}",
    api_key=os.environ["PATIO_API_KEY"],
)

with client.messages.stream(
    model={{model}},
    max_tokens=1024,
    messages=[{"role": "user", "content": {{message}}}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
print()
)"},
    {"python-google", "google-genai", CodeLanguage::Python, "pip install google-genai", "python3 call.py",
     R"(import os
from google import genai
from google.genai import types

client = genai.Client(
    api_key=os.environ["PATIO_API_KEY"],
    http_options=types.HttpOptions(base_url="{{origin}}"),
)

answer = client.models.generate_content(
    model={{model}},
    contents={{message}},
)
print(answer.text)
)",
     R"(import os
from google import genai
from google.genai import types

client = genai.Client(
    api_key=os.environ["PATIO_API_KEY"],
    http_options=types.HttpOptions(base_url="{{origin}}"),
)

for chunk in client.models.generate_content_stream(
    model={{model}},
    contents={{message}},
):
    print(chunk.text or "", end="", flush=True)
print()
)"},
    {"js-openai", "openai", CodeLanguage::JavaScript, "npm install openai", "node call.mjs",
     R"(import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: "{{origin}}/v1",
  apiKey: process.env.PATIO_API_KEY,
})

const answer = await client.chat.completions.create({
  model: {{model}},
  messages: [{ role: 'user', content: {{message}} }],
})
console.log(answer.choices[0].message.content)
)",
     R"(import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: "{{origin}}/v1",
  apiKey: process.env.PATIO_API_KEY,
})

const stream = await client.chat.completions.create({
  model: {{model}},
  messages: [{ role: 'user', content: {{message}} }],
  stream: true,
})
for await (const chunk of stream)
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
console.log()
)"},
    {"js-anthropic", "@anthropic-ai/sdk", CodeLanguage::JavaScript, "npm install @anthropic-ai/sdk", "node call.mjs",
     R"(import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({
  baseURL: "{{origin}}",
  apiKey: process.env.PATIO_API_KEY,
})

const answer = await client.messages.create({
  model: {{model}},
  max_tokens: 1024,
  messages: [{ role: 'user', content: {{message}} }],
})
console.log(answer.content[0].text)
)",
     R"(import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({
  baseURL: "{{origin}}",
  apiKey: process.env.PATIO_API_KEY,
})

const stream = client.messages.stream({
  model: {{model}},
  max_tokens: 1024,
  messages: [{ role: 'user', content: {{message}} }],
})
stream.on('text', text => process.stdout.write(text))
await stream.finalMessage()
console.log()
)"},
    {"js-google", "@google/genai", CodeLanguage::JavaScript, "npm install @google/genai", "node call.mjs",
     R"(import { GoogleGenAI } from '@google/genai'

const client = new GoogleGenAI({
  apiKey: process.env.PATIO_API_KEY,
  httpOptions: { baseUrl: "{{origin}}" },
})

const answer = await client.models.generateContent({
  model: {{model}},
  contents: {{message}},
})
console.log(answer.text)
)",
     R"(import { GoogleGenAI } from '@google/genai'

const client = new GoogleGenAI({
  apiKey: process.env.PATIO_API_KEY,
  httpOptions: { baseUrl: "{{origin}}" },
})

const stream = await client.models.generateContentStream({
  model: {{model}},
  contents: {{message}},
})
for await (const chunk of stream)
  process.stdout.write(chunk.text ?? '')
console.log()
)"},
    {"js-ai", "ai", CodeLanguage::JavaScript, "npm install ai @ai-sdk/openai", "node call.mjs",
     R"(import { createOpenAI } from '@ai-sdk/openai'
import { generateText } from 'ai'

const patio = createOpenAI({
  baseURL: "{{origin}}/v1",
  apiKey: process.env.PATIO_API_KEY,
})

const { text } = await generateText({
  model: patio.chat({{model}}),
  prompt: {{message}},
})
console.log(text)
)",
     R"(import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'

const patio = createOpenAI({
  baseURL: "{{origin}}/v1",
  apiKey: process.env.PATIO_API_KEY,
})

const { textStream } = streamText({
  model: patio.chat({{model}}),
  prompt: {{message}},
})
for await (const piece of textStream)
  process.stdout.write(piece)
console.log()
)"},
};

// A JSON text is one for Python and JavaScript too.
QString quoted(const QString &text, CodeLanguage language)
{
    QString json = QString::fromUtf8(QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact));
    json = json.mid(1, json.size() - 2);
    return language == CodeLanguage::Shell ? json.replace(u'\'', u"'\\''"_s) : json;
}

} // namespace

std::span<const Tool> connectCode::tools() { return allTools; }

const Tool &connectCode::toolOf(const QString &id)
{
    const auto found = std::find_if(std::begin(allTools), std::end(allTools),
                                    [&](const Tool &tool) { return id == QLatin1StringView(tool.id); });
    return found == std::end(allTools) ? allTools[0] : *found;
}

QString connectCode::code(const Tool &tool, const Options &options)
{
    const auto put = [](QString text, const QList<std::pair<QString, QString>> &places) {
        // In one go: what is put in may look like a place itself.
        QString result;
        qsizetype from = 0;
        while (from < text.size()) {
            qsizetype next = text.size();
            const std::pair<QString, QString> *which = nullptr;
            for (const auto &place : places)
                if (const qsizetype at = text.indexOf(place.first, from); at >= 0 && at < next) {
                    next = at;
                    which = &place;
                }
            result += QStringView(text).mid(from, next - from);
            from = next;
            if (which) {
                result += which->second;
                from += which->first.size();
            }
        }
        return result;
    };
    return put(QString::fromUtf8(options.isStreamed ? tool.streamed : tool.whole),
               {{u"{{origin}}"_s, origin(options.server)},
                {u"{{model}}"_s, quoted(options.model, tool.language)},
                {u"{{message}}"_s, quoted(options.message, tool.language)}});
}

QString connectCode::origin(const QUrl &server)
{
    return server.toString(QUrl::StripTrailingSlash | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                           | QUrl::FullyEncoded);
}

QString connectCode::setKey() { return u"read -rs PATIO_API_KEY && export PATIO_API_KEY"_s; }

QString connectCode::listModels(const QUrl &server)
{
    return u"curl -sS \"%1/v1/models\" -H \"Authorization: Bearer $PATIO_API_KEY\""_s.arg(origin(server));
}
