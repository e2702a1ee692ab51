// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.h"

#include "server/telemetry/log.h"
#include "shared/id.h"
#include "shared/permissions/policy.h"

#include <QLoggingCategory>

#include <pqxx/pqxx>

#include <algorithm>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcHttp, "server.http")

namespace http {

// A path segment of the table. Literal children come before the parameter, so /users/me would win over /users/{id}.
struct Router::Node
{
    std::map<QByteArray, std::unique_ptr<Node>, std::less<>> children;
    std::unique_ptr<Node> parameter;
    QByteArray parameterName;
    std::map<Method, const Route *> methods;
};

namespace {

constexpr auto tokenLimit = 4096; // bytes of a bearer token; ours have about 400

std::optional<Method> methodOf(QByteArrayView name)
{
    if (name == "HEAD") // the edge leaves the body out
        return Method::Get;
    for (std::size_t i = 0; i < enumNames<Method>.size(); ++i)
        if (name == enumNames<Method>[i])
            return Method(i);
    return std::nullopt;
}

// Calls step for each segment of a path; false as soon as step refuses.
template<class Step> bool eachSegment(QByteArrayView path, Step step)
{
    qsizetype from = 1;
    while (from <= path.size()) {
        qsizetype end = path.indexOf('/', from);
        if (end < 0)
            end = path.size();
        if (!step(path.sliced(from, end - from)))
            return false;
        from = end + 1;
    }
    return true;
}

// A path parameter as text; nothing for what could be taken for another address once it is decoded. The name of a model
// may hold an encoded slash, as libraries send it: it is only ever compared with other names.
std::optional<QString> decodeSegment(QByteArrayView segment, const QByteArray &parameter)
{
    const QByteArray bytes = QByteArray::fromPercentEncoding(segment.toByteArray());
    if (bytes.isEmpty() || bytes == "." || bytes == ".." || bytes.contains('\0')
        || (bytes.contains('/') && parameter != "model"))
        return std::nullopt;
    return QString::fromUtf8(bytes);
}

bool isRequestId(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == ':';
    });
}

// The trace id of a W3C traceparent, "00-<32 hex>-<16 hex>-<2 hex>"; empty when it is none.
QByteArray traceId(QByteArrayView parent)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (parent.size() < 55 || parent[2] != '-' || parent[35] != '-' || parent[52] != '-')
        return {};
    const auto id = parent.sliced(3, 32);
    const bool valid =
        std::all_of(id.begin(), id.end(), isHex) && std::any_of(id.begin(), id.end(), [](char c) { return c != '0'; });
    return valid ? id.toByteArray() : QByteArray();
}

QByteArray bearerToken(const Request &request)
{
    const QByteArray value = request.header("authorization");
    if (value.size() < 8 || value.size() > tokenLimit || qstrnicmp(value.constData(), "Bearer ", 7) != 0)
        return {};
    return value.mid(7).trimmed();
}

// Tenants are managed from the platform tenant alone: for everybody else these addresses do not exist.
bool isForOperatorsOnly(Ability ability)
{
    return ability == Ability::TenantsRead || ability == Ability::TenantsCreate || ability == Ability::TenantsUpdate
        || ability == Ability::TenantsExport || ability == Ability::TenantsDelete || ability == Ability::PricesUpdate;
}

ApiError nothingHere() { return ApiError::make(404, "not_found", u"There is nothing at this address."_s); }

[[noreturn]] void refuseAbility(const Caller &caller, Ability needed)
{
    if (caller.needsSecondFactor)
        throw ApiError::make(403, "second_factor_required",
                             u"Your tenant demands a second factor, and you have none yet. Set it up first, in the "
                             "settings under Security or with POST /api/v1/auth/totp."_s);
    if (caller.isProgram && !programAbilities().test(bit(needed)))
        throw ApiError::forbidden(
            u"A gateway key may call models and run evaluations; this needs the ability %1 and a person."_s.arg(
                json::name(needed)));
    if (isForOperatorsOnly(needed))
        throw ConcealedRefusal(nothingHere());
    const Decision decision = caller.policy ? caller.policy->explain(needed, nullptr) : Decision();
    for (const TraceStep &step : decision.trace)
        if (step.decided && step.kind == TraceKind::Rule)
            throw ApiError::forbidden(
                step.name.isEmpty()
                    ? u"A rule of your tenant forbids this (%1) at the moment."_s.arg(json::name(needed))
                    : u"You may not do this (%1): %2"_s.arg(json::name(needed), step.name));
    throw ApiError::forbidden(
        u"This needs the ability %1, which none of your roles has. An owner of your tenant can give it."_s.arg(
            json::name(needed)));
}

} // namespace

QUuid Call::id(const char *name) const
{
    const QString value = text(name);
    const QUuid id = value.size() == 36 ? QUuid::fromString(value) : QUuid();
    return id.isNull() ? throw nothingHere() : id;
}

int Call::number(const char *name) const
{
    bool isNumber = false;
    const int value = text(name).toInt(&isNumber);
    return isNumber && value > 0 ? value : throw nothingHere();
}

QString Call::text(const char *name) const
{
    const auto found = names.find(QByteArrayView(name).toByteArray());
    return found == names.end() ? QString() : found->second;
}

std::optional<qint64> Call::optionalIfMatch() const
{
    QByteArray value = request.header("if-match").trimmed();
    if (value.isEmpty())
        return std::nullopt;
    if (value.startsWith("W/"))
        value = value.mid(2);
    bool isNumber = false;
    const qint64 revision = value.size() > 2 && value.startsWith('"') && value.endsWith('"')
        ? value.mid(1, value.size() - 2).toLongLong(&isNumber)
        : 0;
    if (!isNumber)
        throw ApiError::malformed(u"The header If-Match must carry the ETag of an earlier answer, such as \"3\"."_s);
    return revision;
}

qint64 Call::ifMatch() const
{
    if (const auto revision = optionalIfMatch())
        return *revision;
    throw ApiError::make(
        428, "precondition_required",
        u"Send the header If-Match with the ETag of what you changed, so that nobody's change is lost."_s);
}

bool Call::accepts(QByteArrayView mediaType) const { return request.header("accept").contains(mediaType); }

bool runAtOnce(const std::function<void()> &job)
{
    job();
    return true;
}

Router::Router(RouterServices services) : m_services(std::move(services)), m_root(std::make_unique<Node>()) { }
Router::~Router() = default;

void Router::add(Route added)
{
    m_routes.push_back(std::move(added));
    const Route &route = m_routes.back();
    Node *node = m_root.get();
    eachSegment(route.path.toLatin1(), [&](QByteArrayView segment) {
        std::unique_ptr<Node> *next = nullptr;
        if (segment.startsWith('{')) {
            next = &node->parameter;
            const QByteArray name = segment.sliced(1, segment.size() - 2).toByteArray();
            Q_ASSERT_X(!*next || node->parameterName == name, "Router::add", "two names for one step of a path");
            node->parameterName = name;
        } else {
            next = &node->children[segment.toByteArray()];
        }
        if (!*next)
            *next = std::make_unique<Node>();
        node = next->get();
        return true;
    });
    Q_ASSERT_X(!node->methods.contains(route.method), "Router::add", "two routes for one method and path");
    node->methods[route.method] = &route;
}

Router::Match Router::match(QByteArrayView path) const
{
    Match match{m_root.get(), {}};
    if (!path.startsWith('/'))
        return {};
    const bool found = eachSegment(path, [&](QByteArrayView segment) {
        const Node *node = match.node;
        if (const auto child = node->children.find(segment); child != node->children.end()) {
            match.node = child->second.get();
            return true;
        }
        const auto value = node->parameter ? decodeSegment(segment, node->parameterName) : std::nullopt;
        if (!value)
            return false;
        match.names.emplace(node->parameterName, *value);
        match.node = node->parameter.get();
        return true;
    });
    return found && !match.node->methods.empty() ? match : Match{};
}

qint64 Router::bodyLimit(QByteArrayView method, QByteArrayView path) const
{
    const auto known = methodOf(method);
    const Match found = match(path);
    if (known && found.node)
        if (const auto route = found.node->methods.find(*known); route != found.node->methods.end())
            return route->second->bodyLimit;
    return RouteOptions().bodyLimit;
}

void Router::handle(const std::shared_ptr<Exchange> &exchange) const
{
    Call call;
    call.request = exchange->request();
    const QByteArray given = call.request.header("x-request-id");
    call.requestId = isRequestId(given) ? given : newId().toByteArray(QUuid::WithoutBraces);
    call.traceId = traceId(call.request.header("traceparent"));
    if (call.traceId.isEmpty())
        call.traceId = newId().toByteArray(QUuid::Id128);

    Match found = match(call.request.path);
    if (!found.node)
        return refuse(exchange, call, nothingHere());
    const auto allowedMethods = [&] {
        QByteArray allowed;
        for (const auto &[method, route] : found.node->methods)
            allowed += QByteArray(enumNames<Method>[std::size_t(method)]) + ", ";
        return allowed + "OPTIONS";
    };
    if (call.request.method == "OPTIONS") {
        const QByteArray allowed = allowedMethods();
        Response response{.status = 204, .contentType = {}, .body = {}, .headers = {{"Allow", allowed}}};
        response.headers.emplaceBack("Access-Control-Allow-Methods", allowed);
        response.headers.emplaceBack(
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, If-Match, Idempotency-Key, X-Request-Id, traceparent");
        response.headers.emplaceBack("Access-Control-Max-Age", "600");
        return finish(exchange, call, std::move(response));
    }
    const auto method = methodOf(call.request.method);
    const auto route = method ? found.node->methods.find(*method) : found.node->methods.end();
    if (route == found.node->methods.end()) {
        const QByteArray allowed = allowedMethods();
        const ApiError error =
            ApiError::make(405, "method_not_allowed", u"This address answers %1."_s.arg(QString::fromLatin1(allowed)));
        return refuse(exchange, call, error, {{"Allow", allowed}});
    }
    call.route = route->second;
    call.names = std::move(found.names);
    const auto &work = call.route->work ? call.route->work : m_services.work;
    const bool taken = work([this, exchange, call] { run(exchange, call); });
    if (!taken)
        refuse(exchange, call, ApiError::busy(1));
}

void Router::run(const std::shared_ptr<Exchange> &exchange, Call call) const
{
    logging::Scope scope({.requestId = call.requestId, .traceId = call.traceId, .tenant = {}, .user = {}});
    std::optional<logging::Scope> who; // stays while a failure is written down
    attempt(exchange, call, [&] {
        const Route &route = *call.route;
        if (route.kind == Route::Kind::WebSocket)
            throw ApiError::make(426, "upgrade_required", u"Connect with a WebSocket."_s);
        call.caller.address = clientAddress(call.request, m_services.trustedProxies).toString().toLatin1();
        call.caller.requestId = call.requestId;
        if (route.needs != Ability::Public && route.kind != Route::Kind::Foreign) {
            call.caller = m_services.authenticate(bearerToken(call.request), call.caller.address);
            call.caller.requestId = call.requestId;
            who.emplace(logging::Context{.requestId = call.requestId,
                                         .traceId = call.traceId,
                                         .tenant = call.caller.tenantId.toByteArray(QUuid::WithoutBraces),
                                         .user = call.caller.userId.toByteArray(QUuid::WithoutBraces)});
            if (!call.caller.may(route.needs))
                refuseAbility(call.caller, route.needs);
            if (!answeredBefore(exchange, call))
                route.handle(exchange, call);
        } else {
            route.handle(exchange, call);
        }
    });
}

void Router::attempt(const std::shared_ptr<Exchange> &exchange, const Call &call,
                     const std::function<void()> &work) const
{
    const Route &route = *call.route;
    try {
        work();
    } catch (const ConcealedRefusal &error) {
        noteRefusal(call, u"This needs the ability %1."_s.arg(json::name(route.needs)));
        refuse(exchange, call, error);
    } catch (const ApiError &error) {
        refuse(exchange, call, error);
    } catch (const json::SyntaxError &error) {
        refuse(exchange, call,
               ApiError::malformed(
                   u"The body is not JSON: %1 (at byte %2)."_s.arg(QString::fromUtf8(error.what())).arg(error.offset)));
    } catch (const json::InvalidError &error) {
        refuse(exchange, call, ApiError::invalid(error.problems));
    } catch (const std::exception &error) {
        if (call.idempotent && dynamic_cast<const pqxx::in_doubt_error *>(&error))
            call.idempotent->leaveUnknown();
        qCCritical(lcHttp).noquote() << enumNames<Method>[std::size_t(route.method)] << route.path
                                     << "failed:" << error.what();
        refuse(exchange, call, ApiError::internal());
    }
}

// A repeated POST gets the answer that its first one got.
bool Router::answeredBefore(const std::shared_ptr<Exchange> &exchange, Call &call) const
{
    const QByteArray key = call.request.header("idempotency-key");
    const Route &route = *call.route;
    if (key.isEmpty() || !m_services.idempotency || route.method != Method::Post || !route.keepsAnswer
        || route.kind != Route::Kind::Json)
        return false;
    const QByteArray request = call.request.path + '?' + call.request.query + '\n' + call.request.body;
    auto begun = m_services.idempotency->begin(call.caller, key, request);
    if (auto *run = std::get_if<std::shared_ptr<Idempotency::Run>>(&begun)) {
        call.idempotent = std::move(*run);
        return false;
    }
    auto &saved = std::get<Idempotency::Saved>(begun);
    Response response{.status = saved.status,
                      .contentType = std::move(saved.contentType),
                      .body = std::move(saved.body),
                      .headers = {}};
    call.isReplay = true;
    if (!saved.etag.isEmpty())
        response.headers.emplaceBack("ETag", saved.etag);
    finish(exchange, call, std::move(response));
    return true;
}

QUrlQuery Router::urlQuery(const Call &call)
{
    QByteArray text = call.request.query;
    text.replace('+', "%20"); // as in HTML forms, which most clients write
    return QUrlQuery(QString::fromUtf8(text));
}

QByteArray Router::jsonBody(const Call &call)
{
    const QByteArray &body = call.request.body;
    if (body.isEmpty())
        return "{}"; // missing members are then named one by one
    if (call.request.mediaType() == "application/json")
        return body;
    if (call.route && call.route->otherBody)
        return call.route->otherBody(call);
    throw ApiError::make(415, "unsupported_media_type", u"Send the body as Content-Type: application/json."_s);
}

void Router::observe(const Call &call, int status) const
{
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - call.started).count();
    if (m_services.observed)
        m_services.observed(call.route, status, seconds);
    if (lcHttp().isInfoEnabled()) {
        logging::Scope scope(
            {.requestId = call.requestId,
             .traceId = call.traceId,
             .tenant =
                 call.caller.tenantId.isNull() ? QByteArray() : call.caller.tenantId.toByteArray(QUuid::WithoutBraces),
             .user =
                 call.caller.userId.isNull() ? QByteArray() : call.caller.userId.toByteArray(QUuid::WithoutBraces)});
        qCInfo(lcHttp).noquote().nospace()
            << call.request.method << ' ' << (call.route ? call.route->path : u"(no route)"_s) << ' ' << status << ' '
            << QString::number(seconds * 1000, 'f', 2) << " ms";
    }
}

HeaderList Router::commonHeaders(const Call &call) const
{
    HeaderList headers{{"X-Request-Id", call.requestId}, {"Cache-Control", "no-store"}};
    if (call.isReplay)
        headers.emplaceBack("Idempotency-Replayed", "true");
    const QByteArray origin = call.request.header("origin");
    if (!origin.isEmpty() && (m_services.allowedOrigins.contains(origin) || m_services.allowedOrigins.contains("*"))) {
        headers.emplaceBack("Access-Control-Allow-Origin", origin);
        headers.emplaceBack("Access-Control-Expose-Headers", "ETag, Idempotency-Replayed, Retry-After, X-Request-Id");
        headers.emplaceBack("Vary", "Origin");
    }
    return headers;
}

void Router::finish(const std::shared_ptr<Exchange> &exchange, const Call &call, Response response) const
{
    if (call.idempotent && response.status < 300) {
        const auto isEtag = [](const auto &header) { return header.first == "ETag"; };
        const auto etag = std::find_if(response.headers.begin(), response.headers.end(), isEtag);
        call.idempotent->finish({response.status, response.contentType,
                                 etag == response.headers.end() ? QByteArray() : etag->second, response.body});
    } else if (call.idempotent) {
        call.idempotent->free();
    }
    observe(call, response.status);
    response.headers += commonHeaders(call);
    exchange->replyFromAnyThread(std::move(response));
}

void Router::noteRefusal(const Call &call, const QString &reason) const
{
    if (m_services.refused && call.route)
        m_services.refused(call, reason);
}

void Router::refuse(const std::shared_ptr<Exchange> &exchange, const Call &call, ApiError error,
                    HeaderList headers) const
{
    if (error.status == 403)
        noteRefusal(call, error.detail);
    error.requestId = QString::fromLatin1(call.requestId);
    error.traceId = QString::fromLatin1(call.traceId);
    Response response{.status = error.status,
                      .contentType = "application/problem+json",
                      .body = json::print(error),
                      .headers = std::move(headers)};
    if (error.retryAfter)
        response.headers.emplaceBack("Retry-After", QByteArray::number(*error.retryAfter));
    if (error.status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer");
    finish(exchange, call, std::move(response));
}

void Router::onForeign(Method method, const char *path, const char *summary, const char *description, Ability needs,
                       std::function<void(const std::shared_ptr<Exchange> &, const Call &)> handler,
                       RouteOptions options)
{
    Route route;
    route.method = method;
    route.path = QString::fromLatin1(path);
    route.needs = needs;
    route.summary = QString::fromUtf8(summary);
    route.description = QString::fromUtf8(description);
    route.kind = Route::Kind::Foreign;
    route.bodyLimit = options.bodyLimit;
    route.work = std::move(options.work);
    route.streams = std::move(options.streams);
    route.keepsAnswer = false;
    route.handle = std::move(handler);
    add(std::move(route));
}

void Router::onPlain(const char *path, const char *summary, const QByteArray &contentType,
                     std::function<Response()> handler, RouteOptions options)
{
    Route route;
    route.path = QString::fromLatin1(path);
    route.summary = QString::fromUtf8(summary);
    route.kind = Route::Kind::Plain;
    route.contentType = contentType;
    route.work = std::move(options.work);
    route.handle = [this, contentType, handler](const std::shared_ptr<Exchange> &exchange, const Call &call) {
        Response response = handler();
        response.contentType = contentType;
        finish(exchange, call, std::move(response));
    };
    add(std::move(route));
}

void Router::onWebSocket(const char *path, const char *summary, const char *description, Ability needs)
{
    Route route;
    route.path = QString::fromLatin1(path);
    route.summary = QString::fromUtf8(summary);
    route.description = QString::fromUtf8(description);
    route.needs = needs;
    route.status = 101;
    route.kind = Route::Kind::WebSocket;
    add(std::move(route));
}

} // namespace http
