// SPDX-License-Identifier: GPL-3.0-or-later
// The tabs Limits, Budgets and Refused of the page of the gateway: what they ask for, what they send, what can be taken
// back, and what is said when a budget reaches a threshold.
#include "client/gateway/budget_dialog.h"
#include "client/gateway/budget_notices.h"
#include "client/gateway/budget_pane.h"
#include "client/gateway/budgets_view.h"
#include "client/gateway/limit_dialog.h"
#include "client/gateway/limits_view.h"
#include "client/gateway/refusal_pane.h"
#include "client/gateway/refusals_view.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/form_field.h"
#include "client/widgets/search_select.h"
#include "shared/gateway/endpoints.h"
#include "shared/id.h"
#include "shared/users/user.h"
#include "tests/client/gateway_fixture.h"

#include <QCompleter>
#include <QLineEdit>
#include <QSignalSpy>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

const QByteArray limitsPath = "/api/v1/gateway-limits", budgetsPath = "/api/v1/budgets",
                 refusalsPath = "/api/v1/gateway-refusals";

GatewayLimit limitOf(LimitSubject subject, const QString &name, qint64 amount, std::optional<qint64> used)
{
    GatewayLimit limit;
    limit.id = newId();
    limit.subject = subject;
    if (!name.isEmpty() && subject != LimitSubject::Tenant)
        limit.subjectId = newId();
    limit.subjectName = name;
    limit.amount = amount;
    limit.used = used;
    limit.createdAt = QDateTime::currentDateTimeUtc();
    limit.revision = 3;
    return limit;
}

Budget budgetOf(const QString &name, qint64 amountNanos, qint64 spentNanos)
{
    Budget budget;
    budget.id = newId();
    budget.name = name;
    budget.amountNanos = amountNanos;
    budget.spentNanos = spentNanos;
    budget.createdAt = QDateTime::currentDateTimeUtc();
    budget.resetsAt = budget.createdAt.addDays(3);
    budget.revision = 5;
    return budget;
}

GatewayRefusal refusalBy(RefusedBy by, const QString &decider)
{
    GatewayRefusal refusal;
    refusal.minute = refusal.lastAt = QDateTime::currentDateTimeUtc();
    refusal.by = by;
    refusal.decidedById = newId();
    refusal.decidedByName = decider;
    refusal.detail = u"The limit is reached; try again in 12 s."_s;
    refusal.model = u"openai/gpt-4.1"_s;
    refusal.keyId = newId();
    refusal.keyName = u"Web shop"_s;
    refusal.calls = 7;
    return refusal;
}

QString cell(const DataTable *table, int row, int column)
{
    return table->model()->index(row, column).data(Qt::AccessibleTextRole).toString();
}

DataTable *tableOf(GatewayTab &view) { return view.findChild<DataTable *>(); }

bool run(GatewayTab &view, const QString &id)
{
    for (const Command &command : view.commands())
        if (command.id == id && command.isEnabled()) {
            command.run();
            return true;
        }
    return false;
}

// As the page does: its action stands in the header.
bool showTab(GatewayTab &view)
{
    if (view.headerAction())
        view.headerAction()->setParent(&view);
    return GatewayFixture::show(view);
}

// The wait before the server is told is over.
void letPass(GatewayTab &view)
{
    for (QTimer *timer : view.findChildren<QTimer *>())
        if (timer->isActive() && timer->isSingleShot() && timer->interval() == 8000)
            timer->start(0);
}

TextField *fieldLabelled(const QDialog *dialog, const QString &label)
{
    for (TextField *field : dialog->findChildren<TextField *>())
        if (field->edit()->accessibleName() == label)
            return field;
    return nullptr;
}

template<class Chooser> Chooser *chooserNamed(const QDialog *dialog, const QString &name)
{
    for (Chooser *chooser : dialog->findChildren<Chooser *>())
        if (chooser->accessibleName() == name)
            return chooser;
    return nullptr;
}

} // namespace

class TestGatewayLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void limitsFollowTheServerWhileTheyAreLookedAt();
    void theFirstLimitIsExplained();
    void aLimitIsMadeForWhoeverIsChosen();
    void aLimitKeepsWhatItIsOf();
    void aRemovalCanBeTakenBack();
    void aRemovalReachesTheServerLater();
    void limitsAreFound();
    void whatMayNotBeDoneIsNotOffered();
    void budgetsNearTheirEndComeFirst();
    void moneyIsSentToTheLastDigit();
    void onlyWhatWasChangedIsSent();
    void aBudgetLeadsToItsUsageAndRefusals();
    void thresholdsAreSaidWhateverPageIsOpen();
    void thresholdsAreNotForEverybody();
    void refusalsAreExplained();
    void refusalsAreFilteredByTheServer();
    void aLongListOfRefusalsComesInParts();

private:
    std::unique_ptr<GatewayFixture> m_desk;
    QTemporaryDir m_settings;
};

void TestGatewayLimits::initTestCase() { GatewayFixture::prepare(m_settings.path()); }

void TestGatewayLimits::init()
{
    QSettings().clear();
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_desk = std::make_unique<GatewayFixture>(
        QList<Ability>{Ability::GatewayLimitsRead, Ability::GatewayLimitsCreate, Ability::GatewayLimitsUpdate,
                       Ability::GatewayLimitsDelete, Ability::BudgetsRead, Ability::BudgetsCreate,
                       Ability::BudgetsUpdate, Ability::BudgetsDelete, Ability::GatewayCallsRead,
                       Ability::GatewayKeysRead, Ability::UsageRead, Ability::UsersRead, Ability::TemplatesRead});
}

void TestGatewayLimits::cleanup() { m_desk.reset(); }

void TestGatewayLimits::limitsFollowTheServerWhileTheyAreLookedAt()
{
    GatewayLimit shop = limitOf(LimitSubject::Key, u"Web shop"_s, 60, 12);
    const GatewayLimit each = limitOf(LimitSubject::User, {}, 10, {});
    m_desk->answerList<GatewayLimit>(limitsPath, {shop, each});
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(cell(table, 0, 0), u"Key “Web shop”"_s);
    QCOMPARE(cell(table, 0, 3), u"12 of 60"_s);
    QCOMPARE(cell(table, 1, 0), u"Each person"_s);
    QCOMPARE(cell(table, 1, 3), u"each by itself"_s);
    table->setCurrentIndex(table->model()->index(1, 0));
    shop.used = 59;
    const GatewayLimit added = limitOf(LimitSubject::Tenant, {}, 500, 0);
    m_desk->answerList<GatewayLimit>(limitsPath, {shop, added}); // `each` was removed by somebody
    QTRY_COMPARE(cell(table, table->model()->rowCount() - 1, 3), u"59 of 60"_s);
    QVERIFY(!table->emptyState()->isVisible());
    auto *poll = view.findChild<VisiblePoll *>();
    QVERIFY(poll->isActive());
    view.hide();
    QVERIFY(!poll->isActive());
}

void TestGatewayLimits::theFirstLimitIsExplained()
{
    m_desk->answerList<GatewayLimit>(limitsPath, {});
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_VERIFY(tableOf(view)->emptyState()->isVisible());
    Q_EMIT tableOf(view)->emptyState()->actionRequested();
    QVERIFY(view.findChild<LimitDialog *>());
}

void TestGatewayLimits::aLimitIsMadeForWhoeverIsChosen()
{
    User ana;
    ana.id = newId();
    ana.displayName = u"Ana Prado"_s;
    ana.createdAt = QDateTime::currentDateTimeUtc();
    User bo = ana;
    bo.id = newId();
    bo.displayName = u"Bo Lund"_s;
    m_desk->answerList<User>("/api/v1/users", {ana, bo});
    m_desk->answerList<GatewayLimit>(limitsPath, {});
    m_desk->answers["POST " + limitsPath] = [](const WireRequest &) {
        return WireAnswer{.status = 201, .body = json::print(limitOf(LimitSubject::User, u"Bo Lund"_s, 1500, 0))};
    };
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_VERIFY(run(view, u"limits.add"_s));
    auto *dialog = view.findChild<LimitDialog *>();
    QVERIFY(dialog);
    auto *who = chooserNamed<Select>(dialog, u"Who or what"_s);
    who->setCurrentIndex(who->findText(u"One person"_s));
    Q_EMIT who->activated(who->currentIndex());
    auto *which = dialog->findChild<SearchSelect *>();
    QTRY_COMPARE(which->count(), 2);
    TextField *amount = fieldLabelled(dialog, u"At most"_s);
    amount->edit()->setFocus();
    QTest::keyClicks(amount->edit(), u"1,500"_s);
    dialog->accept(); // nobody was chosen yet
    QVERIFY(m_desk->calls("POST " + limitsPath).isEmpty());
    which->lineEdit()->setFocus();
    QTest::keyClicks(which->lineEdit(), u"lund"_s); // any part of the name
    QCOMPARE(which->completer()->completionCount(), 1);
    QTest::keyClick(which->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(which->completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE(which->value().toString(), bo.id.toString(QUuid::WithoutBraces));
    dialog->accept();
    QTRY_COMPARE(m_desk->calls("POST " + limitsPath).size(), 1);
    const auto sent = json::parse<NewGatewayLimit>(m_desk->calls("POST " + limitsPath).first().body);
    QVERIFY(sent.subject == LimitSubject::User);
    QVERIFY(sent.subjectId == bo.id);
    QVERIFY(!sent.model);
    QCOMPARE(sent.amount, 1500);
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 1);
}

void TestGatewayLimits::aLimitKeepsWhatItIsOf()
{
    GatewayLimit shop = limitOf(LimitSubject::Key, u"Web shop"_s, 60, 12);
    m_desk->answerList<GatewayLimit>(limitsPath, {shop});
    const QByteArray path = "PATCH " + limitsPath + '/' + shop.id.toByteArray(QUuid::WithoutBraces);
    m_desk->answers[path] = [shop](const WireRequest &) mutable {
        shop.amount = 90;
        shop.revision = 4;
        return WireAnswer{.body = json::print(shop)};
    };
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 1);
    tableOf(view)->setCurrentIndex(tableOf(view)->model()->index(0, 0));
    QVERIFY(run(view, u"limits.change"_s));
    auto *dialog = view.findChild<LimitDialog *>();
    QVERIFY(!dialog->findChild<SearchSelect *>()->isVisible());
    TextField *amount = fieldLabelled(dialog, u"At most"_s);
    amount->setText(u"a lot"_s);
    QVERIFY(amount->hasError());
    amount->setText(u"90"_s);
    QVERIFY(!amount->hasError());
    dialog->accept();
    QTRY_COMPARE(m_desk->calls(path).size(), 1);
    QCOMPARE(m_desk->calls(path).first().headers.value("if-match"), "\"3\"");
    QCOMPARE(json::parse<GatewayLimitChange>(m_desk->calls(path).first().body).amount, 90);
    QTRY_COMPARE(cell(tableOf(view), 0, 2), u"90"_s);
}

void TestGatewayLimits::aRemovalCanBeTakenBack()
{
    const GatewayLimit shop = limitOf(LimitSubject::Key, u"Web shop"_s, 60, 12);
    m_desk->answerList<GatewayLimit>(limitsPath, {shop});
    LimitsView view(*m_desk->workspace);
    QList<Toast> toasts;
    connect(&view, &PageWidget::toastRequested, this, [&](const Toast &toast) { toasts << toast; });
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(run(view, u"limits.remove"_s));
    QCOMPARE(table->model()->rowCount(), 0);
    const qsizetype asked = m_desk->calls("GET " + limitsPath).size();
    QVERIFY(run(view, u"limits.reload"_s)); // what the server still has does not come back by itself
    QTRY_COMPARE(m_desk->calls("GET " + limitsPath).size(), asked + 1);
    QTRY_VERIFY(table->emptyState()->isVisible());
    QCOMPARE(toasts.size(), 1);
    toasts.first().undo();
    QCOMPARE(table->model()->rowCount(), 1);
    letPass(view);
    QVERIFY(run(view, u"limits.reload"_s));
    QTRY_COMPARE(m_desk->calls("GET " + limitsPath).size(), asked + 2);
    QVERIFY(m_desk->calls("DELETE " + limitsPath + '/' + shop.id.toByteArray(QUuid::WithoutBraces)).isEmpty());
}

void TestGatewayLimits::aRemovalReachesTheServerLater()
{
    const GatewayLimit shop = limitOf(LimitSubject::Key, u"Web shop"_s, 60, 12);
    m_desk->answerList<GatewayLimit>(limitsPath, {shop});
    const QByteArray path = "DELETE " + limitsPath + '/' + shop.id.toByteArray(QUuid::WithoutBraces);
    m_desk->answers[path] = [](const WireRequest &) {
        return WireAnswer{.status = 412, .body = json::print(ApiError::changed(u"thing"_s))};
    };
    LimitsView view(*m_desk->workspace);
    QList<Toast> toasts;
    connect(&view, &PageWidget::toastRequested, this, [&](const Toast &toast) { toasts << toast; });
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(run(view, u"limits.remove"_s));
    QVERIFY(m_desk->calls(path).isEmpty());
    letPass(view);
    QTRY_COMPARE(m_desk->calls(path).size(), 1);
    QCOMPARE(m_desk->calls(path).first().headers.value("if-match"), "\"3\"");
    QTRY_COMPARE(table->model()->rowCount(), 1); // refused: it is back, and that is said
    QCOMPARE(toasts.size(), 2);
    QVERIFY(toasts.last().tone == Tone::Danger);
}

void TestGatewayLimits::limitsAreFound()
{
    m_desk->answerList<GatewayLimit>(limitsPath,
                                     {limitOf(LimitSubject::Key, u"Web shop"_s, 60, 1),
                                      limitOf(LimitSubject::Key, u"Mobile"_s, 60, 1),
                                      limitOf(LimitSubject::User, u"Bo Lund"_s, 60, 1)});
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    view.restoreViewState({{u"subject"_s, int(LimitSubject::Key)}});
    QCOMPARE(table->model()->rowCount(), 2);
    view.restoreViewState({{u"subject"_s, int(LimitSubject::Key)}, {u"search"_s, u"shop"_s}});
    QCOMPARE(table->model()->rowCount(), 1);
    QVERIFY(view.shownCount().contains(u"1"_s) && view.shownCount().contains(u"3"_s));
    view.restoreViewState({{u"search"_s, u"zebra"_s}});
    QVERIFY(table->emptyState()->isVisible());
}

void TestGatewayLimits::whatMayNotBeDoneIsNotOffered()
{
    m_desk = std::make_unique<GatewayFixture>(QList<Ability>{Ability::GatewayLimitsRead, Ability::BudgetsRead});
    m_desk->answerList<GatewayLimit>(limitsPath, {limitOf(LimitSubject::Tenant, {}, 60, 1)});
    LimitsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 1);
    tableOf(view)->setCurrentIndex(tableOf(view)->model()->index(0, 0));
    for (const QString &id : {u"limits.add"_s, u"limits.change"_s, u"limits.remove"_s, u"limits.refusals"_s})
        QVERIFY2(!run(view, id), qPrintable(id));
    QVERIFY(view.headerAction()->isHidden());
    LimitDialog dialog(*m_desk->workspace, {}, nullptr); // nor are names that may not be seen
    QVERIFY(chooserNamed<Select>(&dialog, u"Who or what"_s)->findText(u"One key"_s) < 0);
    QVERIFY(chooserNamed<Select>(&dialog, u"Who or what"_s)->findText(u"Each key"_s) >= 0);
}

void TestGatewayLimits::budgetsNearTheirEndComeFirst()
{
    Budget held = budgetOf(u"Support"_s, 100'000'000'000, 85'000'000'000);
    held.reservedNanos = 5'000'000'000;
    held.alerts = {{50, QDateTime::currentDateTimeUtc()}, {80, QDateTime::currentDateTimeUtc()}};
    m_desk->answerList<Budget>(budgetsPath,
                               {budgetOf(u"Calm"_s, 100'000'000'000, 1'000'000'000), held,
                                budgetOf(u"Gone"_s, 10'000'000'000, 10'000'000'000)});
    BudgetsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QCOMPARE(cell(table, 0, 0), u"Gone"_s);
    QCOMPARE(cell(table, 1, 0), u"Support"_s);
    QCOMPARE(cell(table, 2, 0), u"Calm"_s);
    QCOMPARE(cell(table, 1, 2), u"$85.00 of $100.00 spent, $5.00 held for calls that run"_s);
    QCOMPARE(cell(table, 0, 6), u"Used up"_s);
    view.openObject(held.id.toString());
    QVERIFY(view.findChild<BudgetPane *>()->isVisible());
    QCOMPARE(view.findChild<BudgetPane *>()->budgetId(), held.id);
}

void TestGatewayLimits::moneyIsSentToTheLastDigit()
{
    QLocale::setDefault(QLocale(u"pt_BR"_s));
    m_desk->answerList<Budget>(budgetsPath, {});
    m_desk->answers["POST " + budgetsPath] = [](const WireRequest &request) {
        const auto asked = json::parse<NewBudget>(request.body);
        return WireAnswer{.status = 201, .body = json::print(budgetOf(asked.name, asked.amountNanos, 0))};
    };
    BudgetsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QVERIFY(run(view, u"budgets.add"_s));
    auto *dialog = view.findChild<BudgetDialog *>();
    fieldLabelled(dialog, u"Name"_s)->setText(u" Support "_s);
    TextField *amount = fieldLabelled(dialog, u"Amount in US dollars"_s);
    amount->setText(u"1.5"_s);
    QVERIFY(amount->hasError());
    amount->setText(u"0"_s);
    QVERIFY(amount->hasError());
    amount->setText(u"123.456.789,012345678"_s);
    QVERIFY(!amount->hasError());
    dialog->accept();
    QTRY_COMPARE(m_desk->calls("POST " + budgetsPath).size(), 1);
    const auto sent = json::parse<NewBudget>(m_desk->calls("POST " + budgetsPath).first().body);
    QCOMPARE(sent.name, u"Support"_s);
    QCOMPARE(sent.amountNanos, 123'456'789'012'345'678);
    QVERIFY(sent.period == BudgetPeriod::Month);
    QVERIFY(sent.subject == BudgetSubject::Tenant && !sent.subjectId);
    QVERIFY(sent.refusesUnpriced == true);
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 1);
}

void TestGatewayLimits::onlyWhatWasChangedIsSent()
{
    const Budget before = budgetOf(u"Support"_s, 123'456'789'012'345'678, 0);
    const QByteArray path = "PATCH " + budgetsPath + '/' + before.id.toByteArray(QUuid::WithoutBraces);
    m_desk->answers[path] = [before](const WireRequest &) { return WireAnswer{.body = json::print(before)}; };
    BudgetDialog dialog(*m_desk->workspace, before, nullptr);
    QVERIFY(m_desk->show(dialog));
    QCOMPARE(fieldLabelled(&dialog, u"Amount in US dollars"_s)->text(), u"123,456,789.012345678"_s);
    fieldLabelled(&dialog, u"Name"_s)->setText(u"Sales"_s);
    dialog.accept();
    QTRY_COMPARE(m_desk->calls(path).size(), 1);
    QCOMPARE(m_desk->calls(path).first().headers.value("if-match"), "\"5\"");
    const auto sent = json::parse<BudgetChange>(m_desk->calls(path).first().body);
    QCOMPARE(sent.name, u"Sales"_s);
    QVERIFY(!sent.amountNanos && !sent.refusesUnpriced);
}

void TestGatewayLimits::aBudgetLeadsToItsUsageAndRefusals()
{
    Budget budget = budgetOf(u"Bo"_s, 10, 1);
    budget.subject = BudgetSubject::User;
    budget.subjectId = newId();
    budget.subjectName = u"Bo Lund"_s;
    m_desk->answerList<Budget>(budgetsPath, {budget});
    BudgetsView view(*m_desk->workspace);
    QSignalSpy navigation(&view, &PageWidget::navigationRequested);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 1);
    tableOf(view)->setCurrentIndex(tableOf(view)->model()->index(0, 0));
    QVERIFY(run(view, u"budgets.usage"_s));
    QCOMPARE(navigation.last().first().toString(), u"usage"_s);
    const QJsonObject filter = navigation.last().last().toJsonObject().value(u"filter"_s).toObject();
    QCOMPARE(filter.keys(), QStringList{u"user"_s});
    const QJsonObject whose = filter.value(u"user"_s).toObject();
    QCOMPARE(whose.value(u"id"_s).toString(), budget.subjectId->toString(QUuid::WithoutBraces));
    QCOMPARE(whose.value(u"name"_s).toString(), u"Bo Lund"_s);
    QVERIFY(run(view, u"budgets.refusals"_s));
    QCOMPARE(navigation.last().first().toString(), u"gateway"_s);
    const QJsonObject state = navigation.last().last().toJsonObject();
    QCOMPARE(state.value(u"tab"_s).toString(), u"refused"_s);
    QCOMPARE(state.value(u"refused"_s).toObject().value(u"decidedBy"_s).toString(),
             budget.id.toString(QUuid::WithoutBraces));
}

void TestGatewayLimits::thresholdsAreSaidWhateverPageIsOpen()
{
    QWidget window;
    BudgetNotices notices(window, *m_desk->workspace);
    QList<Toast> toasts;
    connect(&notices, &BudgetNotices::toastRequested, this, [&](const Toast &toast) { toasts << toast; });
    QVERIFY(m_desk->show(window));
    m_desk->workspace->live().open(m_desk->server.url(), 0);
    m_desk->workspace->live().setToken("access");
    QTRY_COMPARE(m_desk->workspace->live().state(), LiveClient::State::Live);
    QTRY_VERIFY(!m_desk->server.sockets().isEmpty());
    qint64 sequence = 0;
    const auto reach = [&](int percent, qint64 spent) {
        WireServer::say(*m_desk->server.sockets().first(),
                        {{u"type"_s, u"event"_s},
                         {u"sequence"_s, ++sequence},
                         {u"topic"_s, BudgetNotices::topic()},
                         {u"name"_s, u"budget.reached"_s},
                         {u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                         {u"data"_s,
                          QJsonObject{{u"id"_s, u"7"_s},
                                      {u"name"_s, u"Support"_s},
                                      {u"percent"_s, percent},
                                      {u"spentNanos"_s, spent},
                                      {u"amountNanos"_s, qint64(100'000'000'000)}}}});
    };
    reach(80, 81'000'000'000);
    QTRY_COMPARE(toasts.size(), 1);
    QVERIFY(toasts.last().title.contains(u"Support"_s) && toasts.last().title.contains(u"80"_s));
    QVERIFY(toasts.last().text.contains(u"$81.00"_s));
    reach(100, 100'000'000'000);
    QTRY_COMPARE(toasts.size(), 2);
    QVERIFY(toasts.last().tone == Tone::Danger);
}

void TestGatewayLimits::thresholdsAreNotForEverybody()
{
    m_desk = std::make_unique<GatewayFixture>(QList<Ability>{Ability::GatewayLimitsRead});
    QList<QString> asked;
    const auto inner = m_desk->server.liveScript;
    m_desk->server.liveScript = [&](QWebSocket &socket, const QJsonObject &message) {
        for (const QJsonValue &topic : message.value(u"topics"_s).toArray())
            asked << topic.toString();
        inner(socket, message);
    };
    QWidget window;
    BudgetNotices notices(window, *m_desk->workspace);
    m_desk->workspace->live().subscribe(u"jobs"_s, this, [](const live::Event &) {});
    m_desk->workspace->live().open(m_desk->server.url(), 0);
    m_desk->workspace->live().setToken("access");
    QTRY_VERIFY(asked.contains(u"jobs"_s));
    QVERIFY(!asked.contains(BudgetNotices::topic()));
}

void TestGatewayLimits::refusalsAreExplained()
{
    const GatewayRefusal refusal = refusalBy(RefusedBy::Limit, u"Web shop, requests a minute"_s);
    m_desk->answerList<GatewayRefusal>(refusalsPath, {refusal});
    RefusalsView view(*m_desk->workspace);
    QSignalSpy navigation(&view, &PageWidget::navigationRequested);
    QVERIFY(showTab(view));
    view.activated();
    DataTable *table = tableOf(view);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(cell(table, 0, 1), u"Limit"_s);
    QCOMPARE(cell(table, 0, 6), u"7"_s);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    auto *pane = view.findChild<RefusalPane *>();
    QTRY_VERIFY(pane->isVisible());
    QVERIFY(run(view, u"refusals.decider"_s));
    const QJsonObject state = navigation.last().last().toJsonObject();
    QCOMPARE(state.value(u"tab"_s).toString(), u"limits"_s);
    QCOMPARE(state.value(u"limits"_s).toObject().value(u"open"_s).toString(),
             refusal.decidedById->toString(QUuid::WithoutBraces));
}

void TestGatewayLimits::refusalsAreFilteredByTheServer()
{
    m_desk->answerList<GatewayRefusal>(refusalsPath, {});
    RefusalsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_VERIFY(tableOf(view)->emptyState()->isVisible());
    const QString key = newId().toString(QUuid::WithoutBraces), decider = newId().toString(QUuid::WithoutBraces);
    view.restoreViewState({{u"by"_s, u"budget"_s}, {u"key"_s, key}, {u"decidedBy"_s, decider}});
    const auto asked = [&] {
        return QUrlQuery(QUrl(QString::fromLatin1(m_desk->calls("GET " + refusalsPath).last().path)));
    };
    QTRY_COMPARE(asked().queryItemValue(u"by"_s), u"budget"_s);
    QCOMPARE(asked().queryItemValue(u"keyId"_s), key);
    QCOMPARE(asked().queryItemValue(u"decidedById"_s), decider);
    QCOMPARE(view.viewState().value(u"key"_s).toString(), key);
    QTRY_VERIFY(tableOf(view)->emptyState()->isVisible());
    Q_EMIT tableOf(view)->emptyState()->actionRequested(); // takes the filter away
    QTRY_VERIFY(!asked().hasQueryItem(u"by"_s));
}

void TestGatewayLimits::aLongListOfRefusalsComesInParts()
{
    QList<GatewayRefusal> first, second;
    for (int i = 0; i < 40; ++i)
        (i < 20 ? first : second) << refusalBy(RefusedBy::Budget, u"Budget %1"_s.arg(i));
    m_desk->answers["GET " + refusalsPath] = [&](const WireRequest &request) {
        return request.path.contains("cursor=more")
            ? WireAnswer{.body = json::print(Page<GatewayRefusal>{second, {}})}
            : WireAnswer{.body = json::print(Page<GatewayRefusal>{first, u"more"_s})};
    };
    RefusalsView view(*m_desk->workspace);
    QVERIFY(showTab(view));
    view.activated();
    QTRY_COMPARE(tableOf(view)->model()->rowCount(), 40);
    QCOMPARE(cell(tableOf(view), 39, 2), u"Budget 39"_s);
}

QTEST_MAIN(TestGatewayLimits)
#include "tst_gateway_limits.moc"
