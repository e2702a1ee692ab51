// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/client_address.h"
#include "server/http/route.h"
#include "shared/http/query.h"
#include "shared/permissions/visible.h"

#include <QUrlQuery>

#include <deque>

namespace http {

// What the router needs of the rest of the server; set once in main.
struct RouterServices
{
    // Runs a task on a database worker; false when the queue is full.
    std::function<bool(std::function<void()>)> work;
    // Bearer token and peer address to caller; throws ApiError. On a worker.
    std::function<Caller(const QByteArray &token, const QByteArray &address)> authenticate;
    // Called after each answer: the route (null: none matched), its status and the time from the last byte of the
    // request. Any thread.
    std::function<void(const Route *route, int status, double seconds)> observed;
    // Told of each attempt that was refused for want of a right, with the reason. Any thread; must not block.
    std::function<void(const Call &call, const QString &reason)> refused = {};
    QList<QByteArray> allowedOrigins; // CORS; "*" allows any
    QList<Network> trustedProxies = {}; // whose X-Forwarded-For says where a request comes from
    Idempotency *idempotency = nullptr; // serves the header Idempotency-Key; null: not supported
};

struct RouteOptions
{
    qint64 bodyLimit = 1024 * 1024; // bytes
    bool checksRevision = false; // documents If-Match
    QList<const char *> streams = {}; // documents these media types of answers written piece by piece
    // Where the handler runs instead of RouterServices::work: what computes for long must not hold a database worker.
    std::function<bool(std::function<void()>)> work = {};
    QList<const char *> takes = {}; // documents media types of bodies beside JSON
    // The JSON body that one of these stands for; throws ApiError 415 for all others.
    std::function<QByteArray(const Call &)> otherBody = {};
    // Whether a repeated POST with the same Idempotency-Key gets the first one's answer. Not where that holds a secret,
    // which is shown once and stored nowhere.
    bool keepsAnswer = true;
};

// RouteOptions::work for what is answered from memory: on the I/O thread, so that it is even when every worker is busy.
bool runAtOnce(const std::function<void()> &job);

// Turns requests into typed calls and the results back into responses, by one declarative table. Routes are added
// before the server starts; from then on the router is read-only and any thread may use it.
class Router
{
public:
    explicit Router(RouterServices services);
    ~Router();

    // A function of (call[, input][, query]) that returns the output, or Reply<Output>; throws ApiError to refuse.
    template<class Input, class Output, class Query, class Handler>
    void on(const Endpoint<Input, Output, Query> &endpoint, Handler handler, RouteOptions options = {});

    // A function of (exchange, call, input[, query]) on a worker that answers by itself, once, through respond() or a
    // stream. It looks after an Idempotency-Key itself too.
    template<class Input, class Output, class Query, class Handler>
    void onExchange(const Endpoint<Input, Output, Query> &endpoint, Handler handler, RouteOptions options = {});

    // A document without a wire type: health, metrics, keys.
    void onPlain(const char *path, const char *summary, const QByteArray &contentType,
                 std::function<Response()> handler, RouteOptions options = {});

    // An operation in a format that others have described, with errors and keys of its own. The function authenticates
    // the caller, checks the ability and answers by itself, also what goes wrong.
    void onForeign(Method method, const char *path, const char *summary, const char *description, Ability needs,
                   std::function<void(const std::shared_ptr<Exchange> &, const Call &)> handler,
                   RouteOptions options = {});

    // An address that is upgraded before routing; stands in the table for the document and for its permission.
    void onWebSocket(const char *path, const char *summary, const char *description, Ability needs);

    void handle(const std::shared_ptr<Exchange> &exchange) const; // on the I/O thread
    qint64 bodyLimit(QByteArrayView method, QByteArrayView path) const;
    const std::deque<Route> &routes() const { return m_routes; }

    // The one way to answer with a wire type or an error from any thread.
    template<class Output>
    void respond(const std::shared_ptr<Exchange> &exchange, const Call &call, const Output &output, int status) const;
    void refuse(const std::shared_ptr<Exchange> &exchange, const Call &call, ApiError error,
                HeaderList headers = {}) const;
    // Runs what answers a call later, on a thread of its own choice, and refuses with what it throws.
    void attempt(const std::shared_ptr<Exchange> &exchange, const Call &call, const std::function<void()> &work) const;
    void finish(const std::shared_ptr<Exchange> &exchange, const Call &call, Response response) const;
    // Counts and logs a call; finish() does it by itself, a stream when it begins.
    void observe(const Call &call, int status) const;
    // For the audit log: an attempt of the call's caller that was refused for want of a right. finish() does not know.
    void noteRefusal(const Call &call, const QString &reason) const;
    // Headers that every answer of a call carries; a stream sends them with its head.
    HeaderList commonHeaders(const Call &call) const;

private:
    struct Node;
    struct Match
    {
        const Node *node = nullptr;
        std::map<QByteArray, QString, std::less<>> names;
    };

    template<class Input, class Output, class Query>
    static Route describe(const Endpoint<Input, Output, Query> &endpoint, Route::Kind, RouteOptions);
    template<class T> static T parseInput(Method method, const Call &call);
    template<class T> static T parseQuery(const Call &call);
    static QUrlQuery urlQuery(const Call &call);
    static QByteArray jsonBody(const Call &call);
    void add(Route route);
    Match match(QByteArrayView path) const;
    void run(const std::shared_ptr<Exchange> &exchange, Call call) const;
    bool answeredBefore(const std::shared_ptr<Exchange> &exchange, Call &call) const;

    RouterServices m_services;
    std::deque<Route> m_routes; // stable addresses
    std::unique_ptr<Node> m_root;
};

// ---------------------------------------------------------------------------

namespace detail {
template<class T> QString typeName()
{
    // "… [with T = GenerateRequest; …]": the compiler's own spelling is the only reflection there is.
    const std::string_view text = __PRETTY_FUNCTION__;
    const auto from = text.find("T = ") + 4;
    std::string_view name = text.substr(from, text.find_first_of(";]", from) - from);
    QString out;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)))
            out += QLatin1Char(c);
    return out;
}
template<class T> inline constexpr bool isReply = false;
template<class T> inline constexpr bool isReply<Reply<T>> = true;
template<class T> inline constexpr bool isNothing = std::is_same_v<T, Nothing>;

template<class Handler, class Input, class Query, class... First>
decltype(auto) invoke(Handler &handler, const First &...first, const Input &input, const Query &query)
{
    if constexpr (isNothing<Input> && isNothing<Query>)
        return handler(first...);
    else if constexpr (isNothing<Query>)
        return handler(first..., input);
    else if constexpr (isNothing<Input>)
        return handler(first..., query);
    else
        return handler(first..., input, query);
}
} // namespace detail

template<class Input, class Output, class Query>
Route Router::describe(const Endpoint<Input, Output, Query> &endpoint, Route::Kind kind, RouteOptions options)
{
    Route route;
    route.method = endpoint.method;
    route.path = QString::fromLatin1(endpoint.path);
    route.needs = endpoint.needs;
    route.summary = QString::fromUtf8(endpoint.summary);
    route.description = QString::fromUtf8(endpoint.description);
    route.status = endpoint.status;
    route.kind = kind;
    route.bodyLimit = options.bodyLimit;
    route.checksRevision = options.checksRevision;
    route.takes = std::move(options.takes);
    route.otherBody = std::move(options.otherBody);
    route.work = std::move(options.work);
    route.keepsAnswer = options.keepsAnswer;
    route.streams = std::move(options.streams);
    if constexpr (!detail::isNothing<Input>) {
        route.input = json::schema<Input>();
        route.inputName = detail::typeName<Input>();
    }
    if constexpr (!detail::isNothing<Query>)
        route.query = json::schema<Query>();
    if constexpr (!detail::isNothing<Output>) {
        route.output = json::schema<Output>();
        route.outputName = detail::typeName<Output>();
    }
    route.versioned = requires(Output output) { output.revision; };
    return route;
}

template<class T> T Router::parseInput(Method method, const Call &call)
{
    if constexpr (detail::isNothing<T>)
        return {};
    else if (method == Method::Get)
        return query::parse<T>(urlQuery(call));
    else
        return json::parse<T>(jsonBody(call), json::UnknownMembers::Reject);
}

template<class T> T Router::parseQuery(const Call &call)
{
    if constexpr (detail::isNothing<T>)
        return {};
    else
        return query::parse<T>(urlQuery(call));
}

template<class Input, class Output, class Query, class Handler>
void Router::on(const Endpoint<Input, Output, Query> &endpoint, Handler handler, RouteOptions options)
{
    Route route = describe(endpoint, Route::Kind::Json, options);
    route.handle = [this, handler, method = endpoint.method,
                    status = endpoint.status](const std::shared_ptr<Exchange> &exchange, Call call) {
        const auto input = parseInput<Input>(method, call);
        const auto parameters = parseQuery<Query>(call);
        const auto invoke = [&]() -> decltype(auto) {
            return detail::invoke<const Handler, Input, Query, Call>(handler, call, input, parameters);
        };
        if constexpr (detail::isNothing<Output>) {
            invoke();
            finish(exchange, call, Response{.status = status, .contentType = {}, .body = {}, .headers = {}});
        } else {
            const auto result = invoke();
            if constexpr (detail::isReply<std::decay_t<decltype(result)>>)
                respond(exchange, call, result.output, result.status);
            else
                respond(exchange, call, static_cast<const Output &>(result), status);
        }
    };
    add(std::move(route));
}

template<class Input, class Output, class Query, class Handler>
void Router::onExchange(const Endpoint<Input, Output, Query> &endpoint, Handler handler, RouteOptions options)
{
    Route route = describe(endpoint, Route::Kind::Exchange, options);
    route.handle = [handler, method = endpoint.method](const std::shared_ptr<Exchange> &exchange, Call call) {
        const auto input = parseInput<Input>(method, call);
        const auto parameters = parseQuery<Query>(call);
        detail::invoke<const Handler, Input, Query, std::shared_ptr<Exchange>, Call>(handler, exchange, call, input,
                                                                                     parameters);
    };
    add(std::move(route));
}

template<class Output>
void Router::respond(const std::shared_ptr<Exchange> &exchange, const Call &call, const Output &output,
                     int status) const
{
    Response response{.status = status,
                      .contentType = "application/json",
                      .body = permissions::printVisible(call.caller.policy.get(), output),
                      .headers = {}};
    if constexpr (requires { output.revision; })
        response.headers.emplaceBack("ETag", '"' + QByteArray::number(output.revision) + '"');
    finish(exchange, call, std::move(response));
}

} // namespace http
