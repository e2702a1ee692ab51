// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the gateway in front of a server that answers by script: what a person does, and what goes over the wire.
#include "client/design/theme.h"
#include "client/gateway/call_pane.h"
#include "client/gateway/calls_view.h"
#include "client/gateway/connect_view.h"
#include "client/gateway/gateway_looks.h"
#include "client/gateway/gateway_page.h"
#include "client/gateway/key_dialog.h"
#include "client/gateway/key_pane.h"
#include "client/gateway/key_rotation_dialog.h"
#include "client/gateway/key_secret_dialog.h"
#include "client/gateway/keys_view.h"
#include "client/gateway/model_choice.h"
#include "client/gateway/route_dialog.h"
#include "client/gateway/route_pane.h"
#include "client/gateway/route_target_row.h"
#include "client/gateway/route_targets.h"
#include "client/gateway/routes_view.h"
#include "client/templates/template_library.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "shared/auth/endpoints.h"
#include "shared/gateway/endpoints.h"
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "tests/client/wire_server.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

const auto theSecret = u"patio_key_aVerySecretText"_s;

const QList<Ability> everything{
    Ability::GatewayKeysRead,     Ability::GatewayKeysCreate,   Ability::GatewayKeysUpdate,
    Ability::GatewayKeysDelete,   Ability::GatewayCall,         Ability::GatewayRoutesRead,
    Ability::GatewayRoutesCreate, Ability::GatewayRoutesUpdate, Ability::GatewayRoutesDelete,
    Ability::GatewayCallsRead,    Ability::GatewayCallsBodies,  Ability::UsageRead};

} // namespace

class TestGatewayPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void tabsAreForThoseWhoMayReadThem();
    void theViewIsKept();
    void aKeyIsMadeAndItsSecretShownOnce();
    void whatTheServerRefusesStandsAtTheField();
    void aProviderCoversItsModels();
    void aKeyIsChangedAndRotated();
    void revokingWaitsAndIsTakenBack();
    void closingSendsWhatWaits();
    void keysAreFilteredAndExported();
    void usageOfAKeyIsAskedForByDay();
    void theCodeFollowsTheChoices();
    void sharesAddUp_data();
    void sharesAddUp();
    void aRouteIsMadeWithItsTargetsInOrder();
    void targetsAreMovedByKeysAndDragged();
    void aRouteIsChangedAndRemoved();
    void targetsSayHowTheyFare();
    void callsComeInPagesAndAreFiltered();
    void textsOfACallAreForThoseWhoMayReadThem();
    void aCallIsFoundByItsId();
    void callsAreExportedToTheLastPage();

private:
    WireAnswer answer(const WireRequest &request);
    WireAnswer answerCalls(const WireRequest &request, const QByteArray &path);
    void open(const QList<Ability> &abilities);
    bool run(const char *command);
    template<class Widget> Widget *dialog();
    template<class Tab> Tab &tab(const char *id);
    QList<WireRequest> sent(const QByteArray &method, const QByteArray &path) const;
    void choose(DataTable *table, int from, int to);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<GatewayPage> m_page;
    QList<Toast> m_toasts;
    QList<GatewayKey> m_keys;
    QList<GatewayRoute> m_routes;
    QList<GatewayCallRow> m_calls;
    std::optional<ApiError> m_refusal; // of the next change
    QUuid m_oneself;
};

void TestGatewayPage::initTestCase()
{
    static QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    static Theme theme;
    theme.install();
}

void TestGatewayPage::init()
{
    m_oneself = newId();
    m_keys.clear();
    m_routes.clear();
    m_calls.clear();
    m_toasts.clear();
    m_refusal.reset();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const QString &name : {u"Web shop"_s, u"=cmd"_s, u"Batch"_s}) {
        GatewayKey key{.id = newId(), .name = name, .ownerId = m_oneself, .ownerName = u"Ana Prado"_s};
        key.hint = u"patio_key_…x7Qa"_s;
        key.createdAt = now;
        m_keys << key;
    }
    m_keys[2].models = {u"openai/*"_s, u"demo/echo"_s};
    m_keys[2].status = GatewayKeyStatus::Expired;
    m_keys[2].expiresAt = now.addDays(-1);
    m_routes << GatewayRoute{
        .id = newId(),
        .alias = u"best"_s,
        .order = RouteOrder::Ordered,
        .targets = {{u"openai/gpt-4.1"_s, 1, 30}, {u"anthropic/claude-sonnet-4.5"_s, 1, {}}, {u"demo/echo"_s, 1, {}}},
        .createdAt = now,
        .revision = 7};
    for (int i = 0; i < 250; ++i) {
        GatewayCallRow call{.id = newId(),
                            .calledAt = now.addSecs(-i),
                            .model = i % 2 ? u"demo/echo"_s : u"openai/gpt-4.1"_s,
                            .status = i % 5 ? u"succeeded"_s : u"failed"_s,
                            .keyId = m_keys[i % 2].id,
                            .keyName = m_keys[i % 2].name,
                            .userId = m_oneself,
                            .userName = u"Ana Prado"_s,
                            .inputTokens = 1000 + i,
                            .outputTokens = 10};
        call.costNanos = i % 3 ? std::optional<qint64>(1'000'000) : std::nullopt;
        call.totalMs = 1200;
        call.hasBodies = i == 0;
        m_calls << call;
    }
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<WireServer>();
    m_server->script = [this](const WireRequest &request) { return answer(request); };
}

void TestGatewayPage::cleanup()
{
    m_page.reset();
    m_library.reset();
    m_workspace.reset();
    m_server.reset();
}

// ---- the server

WireAnswer TestGatewayPage::answer(const WireRequest &request)
{
    const QByteArray path = request.path.split('?').first();
    const auto json = [](const auto &value, int status = 200) {
        return WireAnswer{.status = status, .body = json::print(value)};
    };
    if (request.method != "GET" && m_refusal) {
        const ApiError refusal = *std::exchange(m_refusal, {});
        return json(refusal, refusal.status);
    }
    if (path == "/api/v1/models")
        return json(ModelList{{{u"openai/gpt-4.1"_s, true},
                               {u"openai/gpt-4.1-mini"_s, true},
                               {u"demo/echo"_s, true},
                               {u"google/gemini"_s, false}}});
    if (path == "/api/v1/usage")
        return json(UsageReport{.from = QDateTime::currentDateTimeUtc().addDays(-30),
                                .to = QDateTime::currentDateTimeUtc(),
                                .total = {.calls = 4812, .inputTokens = 7, .costNanos = 12'340'000'000}});
    if (path.startsWith("/api/v1/gateway-calls"))
        return answerCalls(request, path);
    const QUuid id = QUuid::fromString(path.split('/').value(4));
    if (path.startsWith("/api/v1/gateway-keys")) {
        if (request.method == "POST") {
            GatewayKey key{.id = id.isNull() ? newId() : id, .name = u"Made"_s, .ownerId = m_oneself};
            key.ownerName = u"Ana Prado"_s;
            key.createdAt = QDateTime::currentDateTimeUtc();
            if (id.isNull())
                m_keys << key;
            return json(MadeGatewayKey{key, theSecret}, id.isNull() ? 201 : 200);
        }
        if (request.method == "DELETE")
            return WireAnswer{.status = 204};
        for (const GatewayKey &key : std::as_const(m_keys))
            if (key.id == id)
                return json(key);
        return json(Page<GatewayKey>{m_keys, {}});
    }
    if (path.endsWith("/health"))
        return json(GatewayRouteHealth{{{u"openai/gpt-4.1"_s, true, QDateTime::currentDateTimeUtc().addSecs(20), 12, 9},
                                        {u"demo/echo"_s, false, {}, 0, 0}}});
    if (path.startsWith("/api/v1/gateway-routes")) {
        if (request.method == "DELETE")
            return WireAnswer{.status = 204};
        if (request.method == "GET")
            return json(Page<GatewayRoute>{m_routes, {}});
        const auto input = json::parse<NewGatewayRoute>(request.body, json::UnknownMembers::Reject);
        return json(GatewayRoute{.id = id.isNull() ? newId() : id,
                                 .alias = input.alias,
                                 .order = input.order,
                                 .targets = input.targets,
                                 .isSticky = input.isSticky,
                                 .hedgeAfterMs = input.hedgeAfterMs,
                                 .createdAt = QDateTime::currentDateTimeUtc(),
                                 .revision = 8},
                    id.isNull() ? 201 : 200);
    }
    return WireAnswer{.status = 404, .body = json::print(ApiError{.status = 404, .detail = u"Nothing is here."_s})};
}

WireAnswer TestGatewayPage::answerCalls(const WireRequest &request, const QByteArray &path)
{
    const QUrlQuery query(QUrl::fromEncoded(request.path).query());
    const QUuid id = QUuid::fromString(path.split('/').value(4));
    if (path.endsWith("/bodies"))
        return {.body = json::print(GatewayCallBodies{.request = u"{\"model\":\"demo/echo\",\"n\":1}"_s,
                                                      .answer = u"not JSON"_s,
                                                      .answerIsCut = true,
                                                      .deletedAt = QDateTime::currentDateTimeUtc().addDays(1)})};
    if (!id.isNull()) {
        GatewayCallRow call = m_calls.first();
        call.id = id;
        call.model = u"demo/rare"_s;
        return {.body = json::print(call)};
    }
    QList<GatewayCallRow> found;
    for (const GatewayCallRow &call : std::as_const(m_calls)) {
        const auto fits = [&](const char *name, const QString &value) {
            return !query.hasQueryItem(QString::fromLatin1(name))
                || query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded) == value;
        };
        if (fits("model", call.model) && fits("status", call.status)
            && fits("keyId", call.keyId->toString(QUuid::WithoutBraces)))
            found << call;
    }
    const qsizetype from = query.queryItemValue(u"cursor"_s).toInt(), limit = query.queryItemValue(u"limit"_s).toInt();
    Page<GatewayCallRow> page{found.mid(from, limit), {}};
    if (from + limit < found.size())
        page.nextCursor = QString::number(from + limit);
    return {.body = json::print(page)};
}

// ---- a person

void TestGatewayPage::open(const QList<Ability> &abilities)
{
    Account account;
    account.server = m_server->url().toString();
    m_workspace = std::make_unique<Workspace>(account, m_folder->path());
    m_workspace->api().setServer(m_server->url());
    SignedIn signedIn;
    signedIn.accessToken = u"access"_s;
    signedIn.expiresIn = 900;
    signedIn.refreshToken = u"refresh"_s;
    signedIn.profile.userId = m_oneself;
    signedIn.profile.tenantId = signedIn.profile.sessionId = newId();
    signedIn.profile.displayName = u"Ana Prado"_s;
    signedIn.profile.abilities = abilities;
    m_workspace->session().begin(signedIn);
    m_library = std::make_unique<TemplateLibrary>(*m_workspace);
    m_library->reloadModels();
    m_page = std::make_unique<GatewayPage>(*m_workspace, *m_library);
    m_page->setObjectName(u"gateway"_s);
    connect(m_page.get(), &PageWidget::toastRequested, this, [this](const Toast &toast) { m_toasts << toast; });
    m_page->resize(1180, 760);
    m_page->show();
    m_page->activated();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(!m_library->models().isEmpty());
}

bool TestGatewayPage::run(const char *command)
{
    for (const Command &one : m_page->commands())
        if (one.id == QLatin1StringView(command) && one.isEnabled()) {
            one.run();
            return true;
        }
    return false;
}

template<class Widget> Widget *TestGatewayPage::dialog()
{
    const auto all = m_page->findChildren<Widget *>();
    return all.isEmpty() ? nullptr : all.last();
}

template<class Tab> Tab &TestGatewayPage::tab(const char *id)
{
    if (m_page->showTab(QString::fromLatin1(id)) && m_page->tab(QString::fromLatin1(id)))
        return *qobject_cast<Tab *>(m_page->tab(QString::fromLatin1(id)));
    qFatal("there is no tab %s", id);
}

QList<WireRequest> TestGatewayPage::sent(const QByteArray &method, const QByteArray &path) const
{
    QList<WireRequest> found;
    for (const WireRequest &request : m_server->requests)
        if (request.method == method && request.path.startsWith(path))
            found << request;
    return found;
}

void TestGatewayPage::choose(DataTable *table, int from, int to)
{
    table->setFocus();
    table->setCurrentIndex(table->model()->index(from, 0));
    table->selectionModel()->select(
        QItemSelection(table->model()->index(from, 0), table->model()->index(to, table->model()->columnCount() - 1)),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// ---- the page

void TestGatewayPage::tabsAreForThoseWhoMayReadThem()
{
    open({Ability::GatewayCall});
    const auto titles = [this] {
        QStringList titles;
        for (int i = 0; i < m_page->findChild<Tabs *>()->count(); ++i)
            titles << m_page->findChild<Tabs *>()->tabText(i);
        return titles;
    };
    QCOMPARE(titles(), QStringList{u"Connect"_s});
    QCOMPARE(m_page->currentTab(), u"connect"_s);
    QVERIFY(!m_page->showTab(u"keys"_s));
    QVERIFY(sent("GET", "/api/v1/gateway-keys").isEmpty());
    // More is allowed while it is open.
    SignedIn more;
    more.accessToken = u"access"_s;
    more.expiresIn = 900;
    more.refreshToken = u"refresh"_s;
    more.profile = m_workspace->session().profile();
    more.profile.abilities = {Ability::GatewayCall, Ability::GatewayKeysRead, Ability::GatewayCallsRead};
    m_workspace->session().begin(more);
    m_page->activated();
    QCOMPARE(titles(), (QStringList{u"Keys"_s, u"Connect"_s, u"Calls"_s, u"Refused"_s}));
    QCOMPARE(m_page->currentTab(), u"connect"_s); // what is looked at stays
    QVERIFY(m_page->showTab(u"keys"_s));
    QTRY_COMPARE(tab<KeysView>("keys").table()->model()->rowCount(), 3);
    // Who may only read is offered nothing more.
    QVERIFY(!run("gatewayKeys.add") && !run("gatewayKeys.revoke") && !run("gatewayKeys.rotate"));
    QVERIFY(!tab<KeysView>("keys").headerAction()->isVisible());
}

void TestGatewayPage::theViewIsKept()
{
    open(everything);
    m_page->restoreViewState({{u"tab"_s, u"calls"_s},
                              {u"keys"_s, QJsonObject{{u"search"_s, u"shop"_s}, {u"status"_s, u"active"_s}}},
                              {u"calls"_s, QJsonObject{{u"status"_s, u"failed"_s}, {u"withinHours"_s, 24}}}});
    QCOMPARE(m_page->currentTab(), u"calls"_s);
    const QJsonObject state = m_page->viewState();
    QCOMPARE(state.value(u"tab"_s).toString(), u"calls"_s);
    QCOMPARE(state.value(u"calls"_s).toObject().value(u"status"_s).toString(), u"failed"_s);
    QCOMPARE(state.value(u"keys"_s).toObject().value(u"search"_s).toString(), u"shop"_s);
    QTRY_COMPARE(tab<CallsView>("calls").table()->model()->rowCount(), 50);
    QVERIFY(sent("GET", "/api/v1/gateway-calls").last().path.contains("status=failed"));
}

// ---- keys

void TestGatewayPage::aKeyIsMadeAndItsSecretShownOnce()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    QVERIFY(run("gatewayKeys.add"));
    auto *form = dialog<KeyDialog>();
    QVERIFY(form);
    QTest::keyClicks(form->findChild<TextField *>()->edit(), u"Made"_s);
    form->accept();
    QTRY_VERIFY(dialog<KeySecretDialog>());
    const auto made =
        json::parse<NewGatewayKey>(sent("POST", "/api/v1/gateway-keys").first().body, json::UnknownMembers::Reject);
    QCOMPARE(made.name, u"Made"_s);
    QCOMPARE(made.ownerId, std::optional(m_oneself));
    QVERIFY(!made.models); // any
    QVERIFY(made.expiresAt && qAbs(made.expiresAt->daysTo(QDateTime::currentDateTimeUtc())) == 90);
    QCOMPARE(view.table()->model()->rowCount(), 4);
    QVERIFY(view.pane()->isVisible());
    auto *secret = dialog<KeySecretDialog>();
    QCOMPARE(secret->findChild<CodeBox *>()->text(), theSecret);
    for (Button *button : secret->findChildren<Button *>())
        if (button->text() == u"Copy secret"_s)
            button->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), theSecret);
    secret->accept();
    QTRY_VERIFY(!dialog<KeySecretDialog>());
    QGuiApplication::clipboard()->clear();
    // It is nowhere any more, neither on screen nor on the disk.
    for (const auto *label : m_page->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(theSecret));
    QVERIFY(!QString::fromUtf8(view.exported(false) + view.exported(true)).contains(theSecret));
}

void TestGatewayPage::whatTheServerRefusesStandsAtTheField()
{
    open(everything);
    QTRY_COMPARE(tab<KeysView>("keys").table()->model()->rowCount(), 3);
    QVERIFY(run("gatewayKeys.add"));
    auto *form = dialog<KeyDialog>();
    QTest::keyClicks(form->findChild<TextField *>()->edit(), u"Made"_s);
    m_refusal = ApiError{.status = 422, .detail = u"Not so."_s, .errors = {{u"/name"_s, u"is taken"_s}}};
    form->accept();
    QTRY_VERIFY(form->findChild<TextField *>()->hasError());
    QVERIFY(form->isVisible());
    form->reject();
}

void TestGatewayPage::aProviderCoversItsModels()
{
    ModelChoice choice;
    choice.setOffered({u"openai/a"_s, u"openai/b"_s, u"demo/echo"_s});
    auto *list = choice.findChild<QListWidget *>();
    QSignalSpy edited(&choice, &ModelChoice::edited);
    const auto item = [list](const QString &name) -> QListWidgetItem * {
        for (int row = 0; row < list->count(); ++row)
            if (list->item(row)->data(Qt::UserRole) == name)
                return list->item(row);
        return nullptr;
    };
    QCOMPARE(list->count(), 5); // with all of each provider
    item(u"openai/a"_s)->setCheckState(Qt::Checked);
    QCOMPARE(choice.chosen(), QStringList{u"openai/a"_s});
    item(u"openai/*"_s)->setCheckState(Qt::Checked);
    QCOMPARE(choice.chosen(), QStringList{u"openai/*"_s});
    QTRY_VERIFY(!(item(u"openai/b"_s)->flags() & Qt::ItemIsEnabled));
    item(u"openai/*"_s)->setCheckState(Qt::Unchecked);
    QCOMPARE(choice.chosen(), QStringList());
    QTRY_VERIFY(item(u"openai/b"_s)->flags() & Qt::ItemIsEnabled);
    QCOMPARE(edited.count(), 3);
    choice.setChosen({u"gone/model"_s}); // not offered any more
    QCOMPARE(choice.chosen(), QStringList{u"gone/model"_s});
    QCOMPARE(item(u"gone/model"_s)->checkState(), Qt::Checked);
}

void TestGatewayPage::aKeyIsChangedAndRotated()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    choose(view.table(), 1, 1); // "Batch", after "=cmd"
    QVERIFY(run("gatewayKeys.change"));
    auto *form = dialog<KeyDialog>();
    form->findChild<TextField *>()->setText(u"Batch, nightly"_s);
    form->accept();
    QTRY_COMPARE(sent("PATCH", "/api/v1/gateway-keys/").size(), 1);
    const WireRequest patch = sent("PATCH", "/api/v1/gateway-keys/").first();
    QVERIFY(patch.path.endsWith(m_keys[2].id.toString(QUuid::WithoutBraces).toLatin1()));
    const auto change = json::parse<GatewayKeyChange>(patch.body, json::UnknownMembers::Reject);
    QCOMPARE(change.name, std::optional(u"Batch, nightly"_s));
    QVERIFY(!change.models && !change.expiresAt && !change.neverExpires); // the rest stays as it is
    QVERIFY(patch.headers.contains("if-match"));
    QTRY_VERIFY(!dialog<KeyDialog>() || !dialog<KeyDialog>()->isVisible());
    QVERIFY(run("gatewayKeys.rotate"));
    auto *rotation = dialog<KeyRotationDialog>();
    rotation->findChild<Select *>()->setValue(0);
    rotation->accept();
    QTRY_VERIFY(dialog<KeySecretDialog>());
    QCOMPARE(json::object(sent("POST", "/api/v1/gateway-keys/").first().body), (QJsonObject{{u"overlapMinutes"_s, 0}}));
    dialog<KeySecretDialog>()->accept();
}

void TestGatewayPage::revokingWaitsAndIsTakenBack()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    choose(view.table(), 0, 2);
    QVERIFY(view.shownCount().contains(u"3 selected"_s));
    QVERIFY(run("gatewayKeys.revoke"));
    const auto shown = [&](int row) { return static_cast<const KeysModel *>(view.table()->model())->row(row).status; };
    for (int row = 0; row < 3; ++row)
        QCOMPARE(shown(row), GatewayKeyStatus::Revoked);
    QVERIFY(m_toasts.last().title.startsWith(u"3 key"_s));
    QVERIFY(run("gatewayKeys.reload")); // what the server says of them does not hide what was done
    QTRY_COMPARE(sent("GET", "/api/v1/gateway-keys").size(), 2);
    QTRY_VERIFY(!view.isLoading());
    QCOMPARE(shown(0), GatewayKeyStatus::Revoked);
    QVERIFY(m_toasts.last().undo);
    m_toasts.last().undo();
    QCOMPARE(shown(0), GatewayKeyStatus::Active);
    QCOMPARE(shown(1), GatewayKeyStatus::Expired);
    QVERIFY(sent("DELETE", "/").isEmpty());
    m_page.reset();
    QCoreApplication::processEvents();
    QVERIFY(sent("DELETE", "/").isEmpty());
}

void TestGatewayPage::closingSendsWhatWaits()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    choose(view.table(), 0, 1);
    QVERIFY(run("gatewayKeys.revoke"));
    QVERIFY(sent("DELETE", "/").isEmpty());
    m_page.reset();
    QTRY_COMPARE(sent("DELETE", "/api/v1/gateway-keys/").size(), 2);
}

void TestGatewayPage::keysAreFilteredAndExported()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    QVERIFY(view.exported(false).contains("\"'=cmd\"")); // no formula for a spreadsheet
    view.restoreViewState({{u"search"_s, u"openai"_s}}); // also by model
    QCOMPARE(view.table()->model()->rowCount(), 1);
    QCOMPARE(view.exported(false).count('\n'), 2);
    const QJsonArray rows = QJsonDocument::fromJson(view.exported(true)).array();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().toObject().value(u"name"_s).toString(), u"Batch"_s);
    view.restoreViewState({{u"status"_s, u"revoked"_s}});
    QCOMPARE(view.table()->model()->rowCount(), 0);
    QVERIFY(view.table()->emptyState()->isVisible());
    QVERIFY(view.shownCount().startsWith(u"0 of 3"_s));
}

void TestGatewayPage::usageOfAKeyIsAskedForByDay()
{
    open(everything);
    auto &view = tab<KeysView>("keys");
    QTRY_COMPARE(view.table()->model()->rowCount(), 3);
    choose(view.table(), 0, 0);
    QTest::keyClick(view.table(), Qt::Key_Return);
    QTRY_COMPARE(sent("GET", "/api/v1/usage").size(), 1);
    const QUrlQuery query(QUrl::fromEncoded(sent("GET", "/api/v1/usage").first().path).query());
    QCOMPARE(query.queryItemValue(u"keyId"_s), m_keys[1].id.toString(QUuid::WithoutBraces));
    QCOMPARE(query.queryItemValue(u"groupBy"_s), u"day"_s);
    // Its calls are one key away.
    QVERIFY(run("gatewayKeys.calls"));
    QCOMPARE(m_page->currentTab(), u"calls"_s);
    QTRY_VERIFY(!sent("GET", "/api/v1/gateway-calls").isEmpty());
    QVERIFY(sent("GET", "/api/v1/gateway-calls")
                .last()
                .path.contains("keyId=" + m_keys[1].id.toString(QUuid::WithoutBraces).toLatin1()));
}

// ---- connect

void TestGatewayPage::theCodeFollowsTheChoices()
{
    open(everything);
    auto &view = tab<ConnectView>("connect");
    QTRY_VERIFY(view.code().contains(u"\"best\""_s)); // the alias of a route goes before models
    view.restoreViewState({{u"tool"_s, u"python-anthropic"_s}, {u"model"_s, u"demo/echo"_s}, {u"stream"_s, true}});
    QVERIFY(view.code().contains(u"client.messages.stream"_s) && view.code().contains(u"\"demo/echo\""_s));
    QVERIFY(view.code().contains(m_server->url().toString()));
    auto *language = view.findChildren<SegmentedControl *>().first();
    const auto buttons = language->findChildren<QAbstractButton *>();
    buttons.last()->click(); // the same library in JavaScript
    QVERIFY(view.code().contains(u"@anthropic-ai/sdk"_s));
    QVERIFY(run("gatewayConnect.stream"));
    QVERIFY(view.code().contains(u"messages.create"_s));
    QVERIFY(run("gatewayConnect.copy"));
    QCOMPARE(QGuiApplication::clipboard()->text(), view.code());
}

// ---- routes

void TestGatewayPage::sharesAddUp_data()
{
    QTest::addColumn<QList<int>>("weights");
    QTest::addColumn<QList<int>>("shares");
    QTest::addRow("halves") << QList<int>{1, 1} << QList<int>{50, 50};
    QTest::addRow("thirds") << QList<int>{1, 1, 1} << QList<int>{34, 33, 33};
    QTest::addRow("one alone") << QList<int>{0, 7} << QList<int>{0, 100};
    QTest::addRow("the largest loss first") << QList<int>{1, 2, 4} << QList<int>{14, 29, 57};
    QTest::addRow("nothing") << QList<int>{0, 0} << QList<int>{0, 0};
    QTest::addRow("none") << QList<int>{} << QList<int>{};
}

void TestGatewayPage::sharesAddUp()
{
    QFETCH(QList<int>, weights);
    QFETCH(QList<int>, shares);
    QCOMPARE(sharesOf(weights), shares);
}

void TestGatewayPage::aRouteIsMadeWithItsTargetsInOrder()
{
    open(everything);
    auto &view = tab<RoutesView>("routes");
    QTRY_COMPARE(view.table()->model()->rowCount(), 1);
    QVERIFY(run("gatewayRoutes.add"));
    auto *form = dialog<RouteDialog>();
    auto *alias = form->findChildren<TextField *>().first();
    QTest::keyClicks(alias->edit(), u"a/b"_s);
    QVERIFY(alias->hasError()); // names of models have a slash
    alias->edit()->clear();
    QTest::keyClicks(alias->edit(), u"cheap"_s);
    form->accept();
    QVERIFY(sent("POST", "/api/v1/gateway-routes").isEmpty()); // the target names no model yet
    auto *targets = form->findChild<RouteTargets *>();
    targets->setTargets({{u"demo/echo"_s, 3, {}}, {u"openai/gpt-4.1"_s, 1, 20}});
    targets->setWeighted(true);
    Q_EMIT targets->edited();
    m_refusal = ApiError{.status = 422, .detail = u"Not so."_s, .errors = {{u"/targets/1/model"_s, u"is not known"_s}}};
    form->accept();
    const auto saysSo = [&] {
        for (const auto *label : targets->findChildren<QLabel *>())
            if (label->text() == u"is not known"_s)
                return true;
        return false;
    };
    QTRY_VERIFY(saysSo());
    form->accept();
    QTRY_COMPARE(view.table()->model()->rowCount(), 2);
    const auto made =
        json::parse<NewGatewayRoute>(sent("POST", "/api/v1/gateway-routes").last().body, json::UnknownMembers::Reject);
    QCOMPARE(made.alias, u"cheap"_s);
    QCOMPARE(made.targets.size(), 2);
    QCOMPARE(made.targets[0].weight, 3);
    QVERIFY(!made.targets[0].timeoutSeconds);
    QCOMPARE(made.targets[1].timeoutSeconds, std::optional(20));
    QVERIFY(view.pane()->isVisible());
}

void TestGatewayPage::targetsAreMovedByKeysAndDragged()
{
    QDialog window;
    RouteTargets targets;
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(&targets);
    targets.setTargets({{u"a/1"_s}, {u"b/2"_s}, {u"c/3"_s}});
    window.resize(700, 400);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto order = [&] {
        QString order;
        for (const RouteTarget &target : targets.targets())
            order += target.model.front();
        return order;
    };
    const auto grip = [&](const QString &model) -> RouteGrip * {
        for (auto *row : targets.findChildren<RouteTargetRow *>())
            if (row->target().model == model)
                return row->grip();
        return nullptr;
    };
    QSignalSpy edited(&targets, &RouteTargets::edited);
    grip(u"a/1"_s)->setFocus();
    QTest::keyClick(grip(u"a/1"_s), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(order(), u"bac"_s);
    QCOMPARE(QApplication::focusWidget(), grip(u"a/1"_s)); // stays with what is moved
    QTest::keyClick(grip(u"a/1"_s), Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(grip(u"a/1"_s), Qt::Key_Up, Qt::AltModifier); // it is the first already
    QCOMPARE(order(), u"abc"_s);
    QCOMPARE(edited.count(), 2);
    // Also from a field of the row, and what opens a list of choices otherwise.
    auto *select = grip(u"b/2"_s)->parentWidget()->findChild<Select *>();
    select->setFocus();
    QTest::keyClick(select, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(order(), u"acb"_s);
    QVERIFY(!QApplication::activePopupWidget());
    // With the mouse: pressed at the grip, moved below the last one, let go.
    const auto moveTo = [&](RouteGrip *from, QWidget *to, int by) {
        const QPointF global = to->mapToGlobal(QPointF(to->width() / 2.0, to->height() / 2.0 + by));
        QMouseEvent move(QEvent::MouseMove, from->mapFromGlobal(global), global, Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(from, &move);
    };
    RouteGrip *a = grip(u"a/1"_s);
    QTest::mousePress(a, Qt::LeftButton);
    moveTo(a, grip(u"b/2"_s), 8);
    QCOMPARE(order(), u"cba"_s);
    QTest::mouseRelease(a, Qt::LeftButton);
    QCOMPARE(order(), u"cba"_s);
    // Escape puts it back, and closes nothing.
    QTest::mousePress(a, Qt::LeftButton);
    moveTo(a, grip(u"c/3"_s), -8);
    QCOMPARE(order(), u"acb"_s);
    QTest::keyClick(a, Qt::Key_Escape);
    QCOMPARE(order(), u"cba"_s);
    QVERIFY(window.isVisible());
    QTest::mouseRelease(a, Qt::LeftButton);
    QCOMPARE(order(), u"cba"_s);
}

void TestGatewayPage::aRouteIsChangedAndRemoved()
{
    open(everything);
    auto &view = tab<RoutesView>("routes");
    QTRY_COMPARE(view.table()->model()->rowCount(), 1);
    choose(view.table(), 0, 0);
    QVERIFY(run("gatewayRoutes.change"));
    auto *form = dialog<RouteDialog>();
    QTRY_COMPARE(QApplication::activeWindow(), form); // to Qt it is "active" with the window that it belongs to
    form->findChild<RouteTargetRow *>()->grip()->setFocus();
    QTest::keyClick(form->findChild<RouteTargetRow *>()->grip(), Qt::Key_Down, Qt::AltModifier);
    form->accept();
    QTRY_COMPARE(sent("PUT", "/api/v1/gateway-routes/").size(), 1);
    const WireRequest put = sent("PUT", "/api/v1/gateway-routes/").first();
    QCOMPARE(put.headers.value("if-match"), QByteArray("\"7\""));
    const auto changed = json::parse<NewGatewayRoute>(put.body, json::UnknownMembers::Reject);
    QCOMPARE(changed.targets[1].model, u"openai/gpt-4.1"_s);
    QCOMPARE(changed.targets[1].timeoutSeconds, std::optional(30)); // moved as a whole
    QTRY_VERIFY(!dialog<RouteDialog>() || !dialog<RouteDialog>()->isVisible());
    choose(view.table(), 0, 0);
    QVERIFY(run("gatewayRoutes.remove"));
    QCOMPARE(view.table()->model()->rowCount(), 0);
    QVERIFY(view.table()->emptyState()->isVisible());
    QVERIFY(m_toasts.last().undo);
    m_toasts.last().undo();
    QCOMPARE(view.table()->model()->rowCount(), 1);
    QVERIFY(sent("DELETE", "/").isEmpty());
}

void TestGatewayPage::targetsSayHowTheyFare()
{
    open(everything);
    auto &view = tab<RoutesView>("routes");
    QTRY_COMPARE(view.table()->model()->rowCount(), 1);
    choose(view.table(), 0, 0);
    QTest::keyClick(view.table(), Qt::Key_Return);
    QTRY_VERIFY(view.pane()->hasHealth());
    QVERIFY(
        !sent("GET", "/api/v1/gateway-routes/" + m_routes[0].id.toString(QUuid::WithoutBraces).toLatin1() + "/health")
             .isEmpty());
}

// ---- calls

void TestGatewayPage::callsComeInPagesAndAreFiltered()
{
    open(everything);
    auto &view = tab<CallsView>("calls");
    auto *table = view.table();
    QTRY_COMPARE(table->model()->rowCount(), 100);
    QVERIFY(view.feed().hasMore());
    QCOMPARE(static_cast<const CallsModel *>(table->model())->row(0).id, m_calls.first().id); // the latest first
    table->scrollToBottom();
    QTRY_VERIFY(table->model()->rowCount() >= 200);
    table->scrollToBottom();
    QTRY_COMPARE(table->model()->rowCount(), 250);
    QVERIFY(!view.feed().hasMore());
    view.restoreViewState({{u"model"_s, u"demo/echo"_s}, {u"status"_s, u"failed"_s}, {u"withinHours"_s, 1}});
    QTRY_COMPARE(table->model()->rowCount(), 25);
    const QByteArray asked = sent("GET", "/api/v1/gateway-calls").last().path;
    QVERIFY2(asked.contains("model=demo") && asked.contains("status=failed") && asked.contains("from="), asked);
    // From a row: only its key.
    choose(table, 0, 0);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(view.pane()->isVisible());
    Q_EMIT view.pane()->sameKeyRequested();
    QTRY_VERIFY(sent("GET", "/api/v1/gateway-calls").last().path.contains("keyId="));
    view.restoreViewState({{u"model"_s, u"nobody/asked"_s}});
    QTRY_VERIFY(!view.feed().isLoading() && table->emptyState()->isVisible());
    Q_EMIT table->emptyState()->actionRequested(); // clears the filters
    QTRY_COMPARE(table->model()->rowCount(), 100);
}

void TestGatewayPage::textsOfACallAreForThoseWhoMayReadThem()
{
    open({Ability::GatewayCallsRead});
    auto &view = tab<CallsView>("calls");
    QTRY_COMPARE(view.table()->model()->rowCount(), 100);
    choose(view.table(), 0, 0);
    QVERIFY(!run("gatewayCalls.bodies"));
    QTest::keyClick(view.table(), Qt::Key_Return);
    QTRY_VERIFY(view.pane()->isVisible());
    view.pane()->showBodies();
    QVERIFY(sent("GET", "/api/v1/gateway-calls/").isEmpty());
    cleanup();
    init();
    open(everything);
    auto &theirs = tab<CallsView>("calls");
    QTRY_COMPARE(theirs.table()->model()->rowCount(), 100);
    choose(theirs.table(), 0, 0);
    QTest::keyClick(theirs.table(), Qt::Key_Return);
    QVERIFY(sent("GET", "/api/v1/gateway-calls/").isEmpty()); // not before they are asked for
    QVERIFY(run("gatewayCalls.bodies"));
    QTRY_VERIFY(theirs.pane()->hasBodies());
    const auto boxes = theirs.pane()->findChildren<CodeBox *>();
    QCOMPARE(boxes[0]->text(), u"{\n    \"model\": \"demo/echo\",\n    \"n\": 1\n}"_s);
    QCOMPARE(boxes[1]->text(), u"not JSON"_s);
    // Of the answer, not of the request, only the beginning was kept.
    QList<QLabel *> cut;
    for (QLabel *label : theirs.pane()->findChildren<QLabel *>())
        if (label->isVisible() && label->text().startsWith(u"Only the beginning was kept"_s))
            cut << label;
    QCOMPARE(cut.size(), 1);
    const auto topOf = [&](const QWidget *widget) { return widget->mapTo(theirs.pane(), QPoint()).y(); };
    QVERIFY(topOf(cut[0]) > topOf(boxes[0]) && topOf(cut[0]) < topOf(boxes[1]));
    QTest::keyClick(theirs.table(), Qt::Key_Escape);
    QVERIFY(!theirs.pane()->isVisible());
    QVERIFY(!theirs.pane()->hasBodies()); // forgotten
}

void TestGatewayPage::aCallIsFoundByItsId()
{
    open(everything);
    auto &view = tab<CallsView>("calls");
    QTRY_COMPARE(view.table()->model()->rowCount(), 100);
    const QUuid id = newId();
    m_page->openObject(u"calls/"_s + id.toString(QUuid::WithoutBraces));
    QTRY_COMPARE(view.pane()->callId(), id);
    QVERIFY(view.pane()->isVisible());
    auto *field = view.findChild<SearchField *>();
    field->setText(m_calls[3].id.toString(QUuid::WithoutBraces));
    QTRY_COMPARE(view.pane()->callId(), m_calls[3].id);
}

void TestGatewayPage::callsAreExportedToTheLastPage()
{
    open(everything);
    auto &view = tab<CallsView>("calls");
    QTRY_COMPARE(view.table()->model()->rowCount(), 100);
    view.restoreViewState({{u"status"_s, u"succeeded"_s}});
    QTRY_VERIFY(!view.feed().isLoading());
    const QString csv = m_folder->filePath(u"calls.csv"_s), json = m_folder->filePath(u"calls.json"_s);
    view.exportTo(csv);
    QTRY_VERIFY(QFile::exists(csv));
    view.exportTo(json);
    QTRY_VERIFY(QFile::exists(json));
    QFile lines(csv), rows(json);
    QVERIFY(lines.open(QFile::ReadOnly) && rows.open(QFile::ReadOnly));
    const QByteArray text = lines.readAll();
    QCOMPARE(text.count('\n'), 201);
    QVERIFY(text.startsWith("id,called_at,status"));
    QVERIFY(text.contains("'=cmd")); // the name of a key
    QCOMPARE(QJsonDocument::fromJson(rows.readAll()).array().size(), 200);
    QVERIFY(m_toasts.last().title.contains(u"200"_s));
}

QTEST_MAIN(TestGatewayPage)
#include "tst_gateway_page.moc"
