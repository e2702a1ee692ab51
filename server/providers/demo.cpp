// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/demo.h"

#include "server/providers/demo_vector.h"
#include "shared/usage/token_estimate.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

CallError noSuchModel()
{
    QStringList names = Demo::models();
    std::for_each(names.begin(), names.end(), [](QString &name) { name.prepend(u"demo/"); });
    return CallError::make(CallError::NotFound, u"The demo has no such model; it has %1."_s.arg(names.join(u", "_s)));
}

EmbeddingAnswer vectorsFor(const EmbeddingRequest &request)
{
    EmbeddingAnswer answer;
    answer.model = request.access.model;
    const int dimensions = request.dimensions.value_or(Demo::defaultDimensions);
    if (!Demo::betweenWords(request.access.model))
        answer.error = noSuchModel();
    else if (request.texts.isEmpty() || dimensions < 1 || dimensions > Demo::mostDimensions)
        answer.error = CallError::make(CallError::InvalidRequest,
                                       u"dimensions: the demo makes vectors of 1 to %L1 numbers, of one text at "
                                       "least."_s.arg(Demo::mostDimensions));
    if (answer.error)
        return answer;
    for (const QString &text : request.texts) {
        answer.vectors.append(demoVector(text, dimensions));
        answer.usage.input += estimateTokens(text);
    }
    return answer;
}

class DemoCall : public Call
{
public:
    DemoCall(const ModelRequest &request, CallEvents events)
        : m_events(std::make_shared<CallEvents>(std::move(events))),
          m_pause(Demo::betweenWords(request.model))
    {
        m_clock.start();
        m_answer = Demo::answer(request);
        m_atOnce = !m_pause || !m_pause->count();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
        m_timer.start(m_pause.value_or(std::chrono::milliseconds(0)));
    }

    void cancel() override { m_timer.stop(); }
    void pause() override { m_timer.stop(); }
    void resume() override { m_timer.start(); }

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
        if (!m_pause) {
            m_timer.stop();
            if (events->failed)
                events->failed(noSuchModel());
            return;
        }
        if (m_told == m_answer.text.size() && m_toldCalls < m_answer.toolCalls.size()) {
            const ToolCall call = m_answer.toolCalls.at(m_toldCalls);
            const int index = int(m_toldCalls++);
            if (events->toolCall)
                events->toolCall({index, call.id, call.name, call.arguments});
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
    const std::optional<std::chrono::milliseconds> m_pause; // between two words; nothing: no such model
    QTimer m_timer;
    QElapsedTimer m_clock;
    ModelAnswer m_answer;
    qsizetype m_told = 0;
    qsizetype m_toldCalls = 0;
    bool m_atOnce = false;
};

} // namespace

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

std::shared_ptr<void> Demo::embed(const EmbeddingRequest &request, std::function<void(const EmbeddingAnswer &)> done)
{
    auto context = std::make_shared<QObject>();
    QTimer::singleShot(0, context.get(), [request, done = std::move(done)] { done(vectorsFor(request)); });
    return context;
}

} // namespace providers
