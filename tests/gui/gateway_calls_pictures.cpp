// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the tabs of the gateway about routes and calls, of the real window, as screenshots.cpp takes them of the
// other pages and with the same checks; at the other end of the wire is an example, with targets that rest and calls
// of each kind.
#include "client/design/paint.h"
#include "client/gateway/call_pane.h"
#include "client/gateway/calls_view.h"
#include "client/gateway/connect_view.h"
#include "client/gateway/gateway_page.h"
#include "client/gateway/key_pane.h"
#include "client/gateway/key_secret_dialog.h"
#include "client/gateway/keys_view.h"
#include "client/gateway/route_pane.h"
#include "client/gateway/route_target_row.h"
#include "client/gateway/route_targets.h"
#include "client/gateway/routes_view.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "shared/auth/auth.h"
#include "shared/gateway/endpoints.h"
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "shared/templates/template.h"
#include "shared/usage/usage.h"
#include "shared/users/user.h"
#include "tests/client/desk_fixture.h"
#include "tests/client/wire_server.h"
#include "tests/gui/layout_check.h"

#include <QDialog>
#include <QDir>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize pictureSize(1280, 800);
constexpr int patience = 20'000; // ms, on a busy machine

struct Form
{
    const char *name;
    bool dark;
    const char *language;
};

// At twice the size the light form is enough: what is drawn is the same.
QList<Form> forms()
{
    if (qApp->devicePixelRatio() > 1)
        return {{"2x", false, "en"}};
    return {{"light", false, "en"}, {"dark", true, "en"}, {"pt-BR", false, "pt_BR"}};
}

template<class Row> QByteArray page(const QList<Row> &rows) { return json::print(Page<Row>{rows, {}}); }

} // namespace

class GatewayCallsPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysAndConnect();
    void routes();
    void calls();
    void onTheFirstDay();

private:
    void fill();
    void fillCalls(const QList<GatewayKey> &keys, const QList<User> &people);
    void use(const Form &form);
    void open(const QString &tab, const QJsonObject &state = {});
    void openRow(DataTable *table, int row);
    void run(const QString &id);
    void save(const QString &name, const Form &form);
    void closeAll();
    GatewayPage &gateway() { return *m_desk->page<GatewayPage>(); }

    WireServer m_server;
    QHash<QByteArray, QByteArray> m_answers; // by path
    bool m_isEmpty = false;
    QTemporaryDir m_settings;
    QTemporaryDir m_data;
    QString m_folder;
    std::unique_ptr<DeskFixture> m_desk;
    QStringList m_problems;
};

// ---- the example

void GatewayCallsPictures::fill()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    SignedIn in;
    in.accessToken = u"access"_s;
    in.refreshToken = u"refresh"_s;
    in.expiresIn = 3600;
    in.profile.userId = in.profile.tenantId = in.profile.sessionId = newId();
    in.profile.displayName = u"Ana Prado"_s;
    in.profile.tenantName = u"Acme Retail"_s;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        in.profile.abilities << Ability(i);
    m_answers["/api/v1/auth/login"] = m_answers["/api/v1/auth/refresh"] = json::print(in);
    m_answers["/api/v1/me"] = json::print(in.profile);
    m_answers["/api/v1/templates"] = page<PromptTemplate>({});
    ModelList models;
    for (const char *name : {"anthropic/claude-haiku-4.5", "anthropic/claude-sonnet-4.5", "demo/echo",
                             "google/gemini-2.5-flash", "openai/gpt-4.1", "openai/gpt-4.1-mini", "openai/gpt-4o-mini"})
        models.items << ModelInfo{QString::fromLatin1(name), true};
    m_answers["/api/v1/models"] = json::print(models);
    QList<User> people;
    for (const QString &name : {u"Ana Prado"_s, u"Jun Sato"_s, u"Lucas Ferreira"_s, u"Marina Duarte"_s}) {
        User user;
        user.id = people.isEmpty() ? in.profile.userId : newId();
        user.displayName = name;
        user.email = name.section(u' ', 0, 0).toLower() + u"@acme.example"_s;
        user.createdAt = now;
        people << user;
    }
    m_answers["/api/v1/users"] = page(people);
    QList<GatewayKey> keys;
    const auto key = [&](const QString &name, int owner, const QList<QString> &allowed, int expires, int used) {
        GatewayKey one{
            .id = newId(), .name = name, .ownerId = people[owner].id, .ownerName = people[owner].displayName};
        one.hint = u"patio_key_…%1"_s.arg(QString(name).remove(u' ').right(4));
        one.models = allowed;
        if (expires)
            one.expiresAt = now.addDays(expires);
        if (used >= 0)
            one.lastUsedAt = now.addSecs(-60 * used);
        if (expires < 0)
            one.status = GatewayKeyStatus::Expired;
        one.createdAt = now.addDays(-80);
        keys << one;
    };
    key(u"Web shop, production"_s, 0, {}, 90, 1);
    key(u"Nightly reports"_s, 1, {u"openai/*"_s, u"demo/echo"_s}, 300, 400);
    key(u"Trial of the new assistant"_s, 3, {u"anthropic/claude-sonnet-4.5"_s}, -3, 5000);
    key(u"Old mobile app"_s, 2, {u"openai/gpt-4o-mini"_s}, 0, 90'000);
    key(u"Notebook"_s, 3, {u"anthropic/*"_s}, 7, -1);
    keys[3].status = GatewayKeyStatus::Revoked;
    keys[3].revokedAt = now.addDays(-20);
    keys[1].formerUntil = now.addSecs(20 * 3600);
    m_answers["/api/v1/gateway-keys"] = page(keys);
    UsageReport usage{.from = now.addDays(-30), .to = now};
    for (int ago = 29; ago >= 0; --ago) {
        UsageRow row;
        row.day = now.date().addDays(-ago).toString(Qt::ISODate);
        row.calls = 300 + (ago * 37) % 190;
        row.costNanos = row.calls * 2'100'000;
        usage.rows << row;
        usage.total.calls += row.calls;
        usage.total.costNanos += row.costNanos;
    }
    usage.total.inputTokens = 18'240'112;
    usage.total.outputTokens = 2'310'877;
    usage.total.failedCalls = 41;
    m_answers["/api/v1/usage"] = json::print(usage);

    QList<GatewayRoute> routes{
        {.id = newId(),
         .alias = u"support-best"_s,
         .order = RouteOrder::Ordered,
         .targets = {{u"openai/gpt-4.1"_s, 1, 30}, {u"anthropic/claude-sonnet-4.5"_s, 1, 30}, {u"demo/echo"_s, 1, {}}},
         .isSticky = true,
         .createdAt = now.addDays(-40)},
        {.id = newId(),
         .alias = u"cheap"_s,
         .order = RouteOrder::Weighted,
         .targets = {{u"openai/gpt-4o-mini"_s, 3, {}},
                     {u"anthropic/claude-haiku-4.5"_s, 2, 20},
                     {u"google/gemini-2.5-flash"_s, 1, {}}},
         .hedgeAfterMs = 800,
         .createdAt = now.addDays(-12)}};
    m_answers["/api/v1/gateway-routes"] = page(routes);
    for (const GatewayRoute &route : routes) {
        GatewayRouteHealth health;
        for (const RouteTarget &target : route.targets)
            health.items << RouteTargetHealth{target.model, health.items.isEmpty(),
                                              health.items.isEmpty() ? std::optional(now.addSecs(24)) : std::nullopt,
                                              health.items.isEmpty() ? 31 : 208, health.items.isEmpty() ? 29 : 1};
        m_answers["/api/v1/gateway-routes/" + route.id.toString(QUuid::WithoutBraces).toLatin1() + "/health"] =
            json::print(health);
    }
    fillCalls(keys, people);
}

void GatewayCallsPictures::fillCalls(const QList<GatewayKey> &keys, const QList<User> &people)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const char *models[] = {"openai/gpt-4.1", "anthropic/claude-sonnet-4.5", "openai/gpt-4o-mini"};
    const char *states[] = {"succeeded", "succeeded", "succeeded", "failed",
                            "succeeded", "canceled",  "succeeded", "lost"};
    QList<GatewayCallRow> calls;
    for (int i = 0; i < 60; ++i) {
        GatewayCallRow call{
            .id = newId(), .calledAt = now.addSecs(-40LL * i), .model = QString::fromLatin1(models[i % 3])};
        call.status = QString::fromLatin1(states[i % 8]);
        if (i % 7) {
            call.keyId = keys[i % 2].id;
            call.keyName = keys[i % 2].name;
        }
        call.userId = people[i % 4].id;
        call.userName = people[i % 4].displayName;
        call.inputTokens = 1200 + (i * 731) % 6000;
        call.cachedInputTokens = i % 4 ? 0 : 1024;
        call.outputTokens = call.status == u"failed"_s ? 0 : 90 + (i * 97) % 800;
        if (i % 3 != 1)
            call.costNanos = call.inputTokens * 2000 + call.outputTokens * 8000;
        call.isCacheHit = i % 8 == 4;
        call.isEstimated = call.status == u"lost"_s;
        if (call.outputTokens > 0)
            call.firstTokenMs = 310 + (i * 53) % 900;
        call.totalMs = call.isCacheHit ? 2 : 1400 + (i * 617) % 9000;
        call.hasBodies = i % 2 == 0;
        calls << call;
        m_answers["/api/v1/gateway-calls/" + call.id.toString(QUuid::WithoutBraces).toLatin1() + "/bodies"] =
            json::print(GatewayCallBodies{
                .request = u"{\"model\":\"openai/gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"Where is my "
                           u"parcel? Mail "
                           u"me at [e-mail]\"}],\"temperature\":0.2,\"stream\":false}"_s,
                .answer =
                    u"{\"id\":\"chatcmpl-9f31\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    u"\"content\":\"It "
                    u"left Curitiba this morning.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1200,"
                    u"\"completion_tokens\":90}}"_s,
                .requestIsCut = i == 4,
                .deletedAt = now.addDays(30)});
    }
    m_answers["/api/v1/gateway-calls"] = page(calls);
}

void GatewayCallsPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    fill();
    m_server.script = [this](const WireRequest &request) {
        const QByteArray path = request.path.split('?').first();
        if (m_isEmpty && path.startsWith("/api/v1/gateway-"))
            return WireAnswer{.body = page<GatewayKey>({})};
        const bool findsNothing = request.path.contains("status=lost") && path == "/api/v1/gateway-calls";
        const QByteArray body = findsNothing ? page<GatewayCallRow>({}) : m_answers.value(path);
        return body.isEmpty() ? WireAnswer{.status = 404, .body = json::print(ApiError::notFound(u"thing"_s))}
                              : WireAnswer{.body = body};
    };
    m_server.liveScript = [](QWebSocket &socket, const QJsonObject &message) {
        const QString type = message.value(u"type"_s).toString();
        if (type == u"authenticate"_s)
            WireServer::say(socket, {{u"type"_s, u"ready"_s}, {u"sequence"_s, 0}});
        else if (type == u"subscribe"_s)
            WireServer::say(
                socket, {{u"type"_s, u"subscribed"_s}, {u"topics"_s, message.value(u"topics"_s)}, {u"sequence"_s, 0}});
        else if (type == u"ping"_s)
            WireServer::say(socket, {{u"type"_s, u"pong"_s}, {u"sequence"_s, 0}});
    };
    m_desk = std::make_unique<DeskFixture>(m_data.path());
    StartOptions options;
    options.server = m_server.url();
    QVERIFY(m_desk->show(options, pictureSize));
    Q_EMIT m_desk->window.signIn().submitted(
        {options.server.toString(), u"acme"_s, u"ana@acme.example"_s, u"a password"_s, false});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.isAtDesk(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->client.workspace()->live().state(), LiveClient::State::Live, patience);
}

// ---- taking pictures

void GatewayCallsPictures::use(const Form &form)
{
    m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
    m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
}

void GatewayCallsPictures::open(const QString &tab, const QJsonObject &state)
{
    m_desk->window.navigation().open(u"gateway"_s, {{u"tab"_s, tab}, {tab, state}});
    QTRY_COMPARE_WITH_TIMEOUT(gateway().currentTab(), tab, patience);
}

void GatewayCallsPictures::openRow(DataTable *table, int row)
{
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > row, patience);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(row, 0));
    QTest::keyClick(table, Qt::Key_Return);
}

void GatewayCallsPictures::run(const QString &id)
{
    for (const Command &command : gateway().commands())
        if (command.id == id && command.isEnabled())
            return command.run();
    QTest::qFail(qPrintable(id), __FILE__, __LINE__);
}

// The window with dialogs and menus above it.
void GatewayCallsPictures::save(const QString &name, const Form &form)
{
    for (int round = 0; round < 4; ++round) { // layouts settle in what is posted while they are settled
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    paint::ElisionLog elisions;
    QPixmap picture = m_desk->window.grab();
    for (QWidget *other : QApplication::topLevelWidgets())
        if (other != &m_desk->window && other->isVisible() && (other->windowType() & Qt::Window)) {
            QPainter painter(&picture);
            painter.drawPixmap(m_desk->window.mapFromGlobal(other->mapToGlobal(QPoint())), other->grab());
        }
    const QString title = u"%1-%2"_s.arg(name, QString::fromLatin1(form.name));
    QVERIFY(picture.save(u"%1/%2.png"_s.arg(m_folder, title)));
    QStringList found = layoutCheck::shortenedTexts(&m_desk->window, elisions.texts());
    for (QWidget *window : QApplication::topLevelWidgets())
        if (window->isVisible())
            found << layoutCheck::clippedTexts(window) << layoutCheck::namelessControls(window);
    for (const QString &problem : found)
        m_problems << title + u": "_s + problem;
}

void GatewayCallsPictures::closeAll()
{
    for (QWidget *other : QApplication::topLevelWidgets())
        if (qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other))
            other->close();
}

void GatewayCallsPictures::keysAndConnect()
{
    m_problems.clear();
    for (const Form &form : forms()) {
        use(form);
        open(u"keys"_s);
        DataTable *table = m_desk->page<KeysView>()->table();
        openRow(table, 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<KeyPane>()->hasUsage(), patience);
        save(u"gateway-example-keys"_s, form);
        Q_EMIT m_desk->page<KeyPane>()->closed();
        save(u"gateway-example-keys-list"_s, form);
        run(u"gatewayKeys.add"_s);
        save(u"gateway-example-keys-add"_s, form);
        closeAll();
        run(u"gatewayKeys.rotate"_s);
        save(u"gateway-example-keys-rotate"_s, form);
        closeAll();
        const auto *model = static_cast<const KeysModel *>(table->model());
        (new KeySecretDialog({model->row(1), u"patio_key_Zr4wDq8n2mXc7vB1kLs9tYhGf3jP5aQe6uRx7Qa"_s}, true,
                             m_desk->page<KeysView>()))
            ->open();
        save(u"gateway-example-keys-secret"_s, form);
        closeAll();
        open(u"connect"_s, {{u"tool"_s, u"curl"_s}, {u"model"_s, u"support-best"_s}});
        save(u"gateway-example-connect"_s, form);
        open(u"connect"_s, {{u"tool"_s, u"python-openai"_s}, {u"model"_s, u"demo/echo"_s}, {u"stream"_s, true}});
        save(u"gateway-example-connect-python"_s, form);
        open(u"connect"_s, {{u"tool"_s, u"js-ai"_s}, {u"model"_s, u"demo/echo"_s}});
        save(u"gateway-example-connect-javascript"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void GatewayCallsPictures::routes()
{
    m_problems.clear();
    for (const Form &form : forms()) {
        use(form);
        open(u"routes"_s);
        DataTable *table = m_desk->page<RoutesView>()->table();
        openRow(table, 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<RoutePane>()->hasHealth(), patience);
        save(u"gateway-routes"_s, form);
        run(u"gatewayRoutes.change"_s);
        save(u"gateway-routes-change"_s, form);
        closeAll();
        openRow(table, 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<RoutePane>()->hasHealth(), patience);
        save(u"gateway-routes-weighted"_s, form);
        run(u"gatewayRoutes.change"_s);
        auto *targets = m_desk->page<RoutesView>()->findChildren<RouteTargets *>().last();
        QTest::mousePress(targets->findChildren<RouteTargetRow *>()[1]->grip(), Qt::LeftButton);
        save(u"gateway-routes-drag"_s, form);
        QTest::mouseRelease(targets->findChildren<RouteTargetRow *>()[1]->grip(), Qt::LeftButton);
        closeAll();
        run(u"gatewayRoutes.add"_s);
        save(u"gateway-routes-add"_s, form);
        closeAll();
        open(u"routes"_s, {{u"search"_s, u"zebra"_s}});
        save(u"gateway-routes-nothing-matches"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void GatewayCallsPictures::calls()
{
    m_problems.clear();
    for (const Form &form : forms()) {
        use(form);
        open(u"calls"_s);
        DataTable *table = m_desk->page<CallsView>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 60, patience);
        save(u"gateway-calls"_s, form);
        openRow(table, 2);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<CallPane>()->isVisible(), patience);
        save(u"gateway-call"_s, form);
        run(u"gatewayCalls.bodies"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<CallPane>()->hasBodies(), patience);
        save(u"gateway-call-bodies"_s, form);
        openRow(table, 4);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<CallPane>()->hasBodies(), patience);
        save(u"gateway-call-cut"_s, form);
        Q_EMIT m_desk->page<CallPane>()->closed();
        run(u"gatewayCalls.filter"_s);
        save(u"gateway-calls-filter"_s, form);
        closeAll();
        open(u"calls"_s, {{u"status"_s, u"lost"_s}, {u"withinHours"_s, 24}, {u"model"_s, u"openai/gpt-4.1"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(table->emptyState()->isVisible(), patience);
        save(u"gateway-calls-nothing-matches"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void GatewayCallsPictures::onTheFirstDay()
{
    m_problems.clear();
    m_isEmpty = true;
    for (const Form &form : forms()) {
        use(form);
        for (const QString &tab : {u"keys"_s, u"routes"_s, u"calls"_s}) {
            open(tab);
            auto *table = gateway().tab(tab)->findChild<DataTable *>();
            QTRY_VERIFY_WITH_TIMEOUT(table->emptyState()->isVisible(), patience);
            save(u"gateway-%1-empty"_s.arg(tab), form);
        }
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(GatewayCallsPictures)
#include "gateway_calls_pictures.moc"
