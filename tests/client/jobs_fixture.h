// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/template_library.h"
#include "shared/batches/batch.h"
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "tests/client/gateway_fixture.h"

#include <QSignalSpy>

// Somebody with a template, a model that has a price, and the other end of their wire: what the pages of jobs and
// batches need.
struct JobsFixture : GatewayFixture
{
    explicit JobsFixture(const QList<Ability> &abilities) : GatewayFixture(abilities)
    {
        PromptTemplate &refund = detail.promptTemplate;
        refund.id = detail.version.templateId = newId();
        refund.slug = QStringLiteral("refund-reply");
        refund.name = QStringLiteral("Refund reply");
        refund.latestVersion = detail.version.version = 3;
        refund.createdAt = refund.updatedAt = detail.version.createdAt = QDateTime::currentDateTimeUtc();
        detail.version.userPrompt = QStringLiteral("Answer {{customer}} about {{amount}}");
        detail.version.defaultModel = QStringLiteral("openai/gpt-4o-mini");
        detail.version.parameters.maxTokens = 100;
        detail.version.variablesSchema =
            json::object(R"({"type":"object","properties":{"customer":{"type":"string"},"amount":{"type":"integer"}},
                             "required":["customer"]})");
        answerList("/api/v1/templates", QList<PromptTemplate>{refund});
        answer("GET /api/v1/templates/" + refund.id.toByteArray(QUuid::WithoutBraces), detail);
        ModelInfo model;
        model.name = detail.version.defaultModel;
        model.configured = true;
        model.inputMicrosPerMillion = 150'000;
        model.outputMicrosPerMillion = 600'000;
        answer("GET /api/v1/models", ModelList{{model}});
        answerList("/api/v1/jobs", QList<Job>());
        answerList("/api/v1/job-actions", QList<Job>());
        library = std::make_unique<TemplateLibrary>(*workspace);
        library->reload();
        library->reloadModels();
    }
    ~JobsFixture() { library.reset(); }

    template<class Output> void answer(const QByteArray &methodAndPath, const Output &output, int status = 200)
    {
        answers[methodAndPath] = [output, status](const WireRequest &) {
            return WireAnswer{.status = status, .body = json::print(output)};
        };
    }
    // Until what the page follows is granted: before that, a list is read anew that does not know what is told.
    bool goLive()
    {
        QSignalSpy granted(&workspace->live(), &LiveClient::subscribed);
        workspace->open();
        return QTest::qWaitFor([&] { return !granted.isEmpty(); }, 10'000);
    }
    template<class Thing> void tell(const QString &topic, const QString &name, const Thing &thing)
    {
        for (QWebSocket *socket : server.sockets())
            WireServer::say(*socket,
                            {{QStringLiteral("type"), QStringLiteral("event")},
                             {QStringLiteral("sequence"), ++sequence},
                             {QStringLiteral("topic"), topic},
                             {QStringLiteral("name"), name},
                             {QStringLiteral("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                             {QStringLiteral("data"), json::object(json::print(thing))}});
    }
    // What the last call of this method and path asked for.
    QByteArray lastQuery(const QByteArray &methodAndPath) const
    {
        const auto all = calls(methodAndPath);
        return all.isEmpty() ? QByteArray() : all.last().path.mid(all.last().path.indexOf('?') + 1);
    }
    QByteArray lastBody(const QByteArray &methodAndPath) const
    {
        const auto all = calls(methodAndPath);
        return all.isEmpty() ? QByteArray() : all.last().body;
    }

    static Job job(JobState state, int minutesAgo = 5)
    {
        Job one;
        one.id = newId();
        one.state = state;
        one.templateName = QStringLiteral("Refund reply");
        one.model = QStringLiteral("openai/gpt-4o-mini");
        one.userName = QStringLiteral("Ana Prado");
        one.createdAt = one.runAt = QDateTime::currentDateTimeUtc().addSecs(-60 * minutesAgo);
        if (state == JobState::Dead)
            one.error = JobError{QStringLiteral("provider_error"), QStringLiteral("The provider failed (500)")};
        return one;
    }
    static Batch batch(const QString &name, int rows, int completed)
    {
        Batch one;
        one.id = newId();
        one.name = name;
        one.templateName = QStringLiteral("Refund reply");
        one.templateVersion = 3;
        one.model = QStringLiteral("openai/gpt-4o-mini");
        one.userName = QStringLiteral("Ana Prado");
        one.rows = rows;
        one.completed = completed;
        one.queued = rows - completed;
        one.createdAt = QDateTime::currentDateTimeUtc().addSecs(-90);
        return one;
    }

    TemplateDetail detail;
    std::unique_ptr<TemplateLibrary> library;
    qint64 sequence = 0;
};
