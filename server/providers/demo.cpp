// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/demo.h"

#include "shared/usage/token_estimate.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

struct DemoModel
{
    const char *name;
    std::chrono::milliseconds betweenWords; // 0: all at once
};
constexpr auto demoModels = std::to_array<DemoModel>({
    {"echo", std::chrono::milliseconds(25)},
    {"fast", std::chrono::milliseconds(0)},
    {"slow", std::chrono::milliseconds(250)},
});

const DemoModel *find(const QString &name)
{
    const auto found = std::find_if(demoModels.begin(), demoModels.end(),
                                    [&](const DemoModel &model) { return name == QLatin1StringView(model.name); });
    return found == demoModels.end() ? nullptr : &*found;
}

QString answerTo(const QList<ChatMessage> &messages)
{
    const auto last = std::find_if(messages.rbegin(), messages.rend(),
                                   [](const ChatMessage &message) { return message.role == u"user"; });
    const QString opening = u"This is a demo answer; no model was asked. "_s;
    if (last == messages.rend() || last->content.isEmpty())
        return opening + u"The last message of the user was empty."_s;
    return opening + u"You wrote: "_s + last->content;
}

// The longest beginning that has at most so many tokens.
qsizetype lengthWithin(const QString &text, int tokens)
{
    qsizetype fits = 0;
    qsizetype beyond = text.size() + 1;
    while (beyond - fits > 1) {
        const qsizetype middle = fits + (beyond - fits) / 2;
        (estimateTokens(QStringView(text).first(middle)) <= tokens ? fits : beyond) = middle;
    }
    return fits > 0 && text.at(fits - 1).isHighSurrogate() ? fits - 1 : fits;
}

class DemoCall : public Call
{
public:
    DemoCall(const ModelRequest &request, CallEvents events)
        : m_events(std::make_shared<CallEvents>(std::move(events))),
          m_model(find(request.model))
    {
        m_clock.start();
        m_answer = Demo::answer(request);
        m_atOnce = !m_model || !m_model->betweenWords.count();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
        m_timer.start(m_atOnce ? std::chrono::milliseconds(0) : m_model->betweenWords);
    }

    void cancel() override { m_timer.stop(); }

    Progress progress() const override
    {
        TokenUsage usage = m_answer.usage;
        usage.output = estimateTokens(QStringView(m_answer.text).first(m_told));
        return {usage, m_answer.text.first(m_told), true};
    }

private:
    // Nothing of this object is touched after an event, which may have destroyed it.
    void tick()
    {
        const std::shared_ptr<CallEvents> events = m_events;
        if (!m_model) {
            m_timer.stop();
            QStringList names = Demo::models();
            std::for_each(names.begin(), names.end(), [](QString &name) { name.prepend(u"demo/"); });
            if (events->failed)
                events->failed(CallError::make(CallError::NotFound,
                                               u"The demo has no such model; it has %1."_s.arg(names.join(u", "_s))));
            return;
        }
        if (m_told == m_answer.text.size()) {
            m_timer.stop();
            m_answer.totalMs = m_clock.elapsed();
            ModelAnswer answer = m_answer;
            if (events->done)
                events->done(answer);
            return;
        }
        if (m_told == 0)
            m_answer.firstTokenMs = m_clock.elapsed();
        const qsizetype from = m_told;
        const qsizetype space = m_atOnce ? -1 : m_answer.text.indexOf(u' ', from);
        m_told = space < 0 ? m_answer.text.size() : space + 1;
        if (events->text)
            events->text(m_answer.text.sliced(from, m_told - from));
    }

    std::shared_ptr<CallEvents> m_events;
    const DemoModel *m_model;
    QTimer m_timer;
    QElapsedTimer m_clock;
    ModelAnswer m_answer;
    qsizetype m_told = 0;
    bool m_atOnce = false;
};

} // namespace

QStringList Demo::models()
{
    QStringList names;
    for (const DemoModel &model : demoModels)
        names.append(QLatin1StringView(model.name));
    return names;
}

ModelAnswer Demo::answer(const ModelRequest &request)
{
    ModelAnswer answer;
    for (const ChatMessage &message : request.messages)
        answer.usage.input += tokensForEachMessage + estimateTokens(message.content);
    answer.model = request.model;
    answer.text = answerTo(request.messages);
    answer.finishReason = u"stop"_s;
    if (request.maxTokens && estimateTokens(answer.text) > *request.maxTokens) {
        answer.text.truncate(lengthWithin(answer.text, *request.maxTokens));
        answer.finishReason = u"length"_s;
    }
    answer.usage.output = estimateTokens(answer.text);
    const auto words = std::max<qint64>(1, answer.text.count(u' ') + 1);
    const DemoModel *model = find(request.model);
    const qint64 pause = model ? model->betweenWords.count() : 0;
    answer.firstTokenMs = pause;
    answer.totalMs = pause * (words + 1);
    return answer;
}

std::unique_ptr<Call> Demo::start(const ModelRequest &request, CallEvents events)
{
    return std::make_unique<DemoCall>(request, std::move(events));
}

std::shared_ptr<void> Demo::list(const ModelRequest &, std::function<void(const ModelListing &)> done)
{
    auto context = std::make_shared<QObject>();
    QTimer::singleShot(0, context.get(), [done = std::move(done)] { done({models(), {}}); });
    return context;
}

} // namespace providers
