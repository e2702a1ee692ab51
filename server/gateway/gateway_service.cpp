// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_service.h"

#include "server/gateway/gateway_call.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcService, "server.gateway.service")

namespace {

// Runs a step of a call, and answers in its format with what goes wrong.
template<class Step>
void guarded(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
             const gateway::Format &format, Step step)
{
    try {
        step();
    } catch (const ApiError &error) {
        GatewayCall::refuse(router, exchange, call, format, error);
    } catch (const json::SyntaxError &error) {
        GatewayCall::refuse(
            router, exchange, call, format,
            ApiError::malformed(
                u"The body is not JSON: %1 (at byte %2)."_s.arg(QString::fromUtf8(error.what())).arg(error.offset)));
    } catch (const std::exception &error) {
        qCCritical(lcService).noquote() << call.route->path << "failed:" << error.what();
        GatewayCall::refuse(router, exchange, call, format, ApiError::internal());
    }
}

ApiError modelRefused(const GatewayCaller &caller, const QString &model)
{
    return ApiError::make(403, "model_not_allowed",
                          u"The gateway key “%1” may not call %2. It is for: %3."_s.arg(caller.keyName, model,
                                                                                        caller.models.join(u", "_s)));
}

} // namespace

void GatewayService::serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                           const http::Call &call, const gateway::Format &format)
{
    guarded(router, exchange, call, format, [&] {
        const QByteArray secret = gateway::secretOf(call.request);
        if (const auto caller = m_parts.keys.remembered(secret))
            if (const auto access = m_parts.credentials.remembered(caller->caller.tenantId))
                return proceed(router, exchange, call, format, {caller, access});
        const bool isTaken = m_work([this, &router, &format, exchange, call, secret] {
            guarded(router, exchange, call, format, [&] {
                const auto caller = m_parts.keys.authenticate(secret);
                const Admitted admitted{caller, m_parts.credentials.of(caller->caller.tenantId)};
                exchange->post([this, &router, &format, call, admitted](http::Exchange &here) {
                    const auto self = here.shared_from_this();
                    guarded(router, self, call, format, [&] { proceed(router, self, call, format, admitted); });
                });
            });
        });
        if (!isTaken)
            throw ApiError::busy(1);
    });
}

void GatewayService::proceed(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                             http::Call call, const gateway::Format &format, const Admitted &admitted)
{
    const GatewayCaller &caller = *admitted.caller;
    call.caller = caller.caller;
    call.caller.requestId = call.requestId;
    if (!caller.caller.may(Ability::GatewayCall))
        throw ApiError::forbidden(
            u"The owner of this gateway key, or a rule about it, does not allow calls of models (the ability %1)."_s
                .arg(json::name(Ability::GatewayCall)));
    gateway::Incoming incoming = format.read(json::object(call.request.body));
    providers::ModelRequest &request = incoming.request;
    const QString model = request.model.contains(u'/') ? request.model : QString(format.home()) + u'/' + request.model;
    if (!allowsModel(caller.models, model))
        throw modelRefused(caller, model);
    providers::Target target;
    try {
        target = m_parts.providers.here().resolve(model, *admitted.access);
    } catch (ApiError error) {
        error.status = 404;
        error.code = u"model_not_found"_s;
        throw error;
    }
    request.apiKey = target.apiKey;
    request.baseUrl = target.baseUrl;
    request.addresses = target.addresses;
    request.firstByteTimeout = m_options.firstByteTimeout;
    request.idleTimeout = m_options.idleTimeout;
    request.totalTimeout = m_options.totalTimeout;
    request.answerLimit = m_options.answerLimit;
    if (!request.stream) // the whole answer is one byte's wait
        request.firstByteTimeout = m_options.totalTimeout;
    std::make_shared<GatewayCall>(GatewayCall::Parts{.router = router,
                                                     .ledger = m_parts.ledger,
                                                     .exchange = exchange,
                                                     .call = std::move(call),
                                                     .format = format,
                                                     .caller = admitted.caller,
                                                     .incoming = std::move(incoming),
                                                     .target = std::move(target),
                                                     .model = model})
        ->start();
}
