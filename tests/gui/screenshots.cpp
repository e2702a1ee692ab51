// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of each page of the real window, with a past, on the real server: light, dark, in Portuguese, and in a
// process of its own at twice the size (QT_SCALE_FACTOR=2). They go to the folder SCREENSHOTS_FOLDER for a person to
// look at; what needs no eye is checked here: nothing is blank, no text is cut, every control has a name.
#include "client/audit/audit_page.h"
#include "client/audit/audit_pane.h"
#include "client/chat/assistants_dialog.h"
#include "client/chat/chat_page.h"
#include "client/chat/composer_completer.h"
#include "client/chat/composer_edit.h"
#include "client/chat/message_composer.h"
#include "client/credentials/credential_dialog.h"
#include "client/credentials/credential_pane.h"
#include "client/credentials/credentials_page.h"
#include "client/design/paint.h"
#include "client/gateway/connect_view.h"
#include "client/gateway/gateway_page.h"
#include "client/gateway/key_dialog.h"
#include "client/gateway/key_pane.h"
#include "client/gateway/key_secret_dialog.h"
#include "client/gateway/keys_view.h"
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_page.h"
#include "client/permissions/hours_edit.h"
#include "client/permissions/permissions_page.h"
#include "client/permissions/role_dialog.h"
#include "client/permissions/role_matrix.h"
#include "client/permissions/rule_editor.h"
#include "client/permissions/rule_effect.h"
#include "client/permissions/rule_pane.h"
#include "client/permissions/rules_view.h"
#include "client/permissions/simulator_view.h"
#include "client/prices/price_aliases_view.h"
#include "client/prices/price_import_dialog.h"
#include "client/prices/price_pane.h"
#include "client/prices/prices_page.h"
#include "client/prices/prices_view.h"
#include "client/prices/rerate_dialog.h"
#include "client/security/one_time_link_dialog.h"
#include "client/security/recovery_codes_dialog.h"
#include "client/security/second_factor_dialog.h"
#include "client/security/security_section.h"
#include "client/security/session_rows.h"
#include "client/shell/overlay.h"
#include "client/shell/shortcuts.h"
#include "client/shell/sign_in_page.h"
#include "client/shell/top_bar.h"
#include "client/templates/compare_pane.h"
#include "client/templates/run_panel.h"
#include "client/templates/template_editor.h"
#include "client/templates/templates_page.h"
#include "client/templates/variable_field.h"
#include "client/templates/variables_form.h"
#include "client/tenants/erasures_view.h"
#include "client/tenants/receipt_dialog.h"
#include "client/tenants/tenant_pane.h"
#include "client/tenants/tenants_page.h"
#include "client/tenants/tenants_view.h"
#include "client/tenants/theme_dialog.h"
#include "client/tenants/workspace_section.h"
#include "client/usage/usage_chart_card.h"
#include "client/usage/usage_overview.h"
#include "client/usage/usage_page.h"
#include "client/users/user_dialog.h"
#include "client/users/user_link_dialog.h"
#include "client/users/user_pane.h"
#include "client/users/users_page.h"
#include "client/widgets/answer_box.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/toast.h"
#include "shared/audit/endpoints.h"
#include "shared/auth/endpoints.h"
#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"
#include "shared/credentials/endpoints.h"
#include "shared/gateway/endpoints.h"
#include "shared/jobs/endpoints.h"
#include "shared/permissions/endpoints.h"
#include "shared/templates/endpoints.h"
#include "shared/tenants/endpoints.h"
#include "shared/usage/price_endpoints.h"
#include "shared/users/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"
#include "tests/gui/layout_check.h"
#include "tests/support/authenticator_app.h"

#include <QDialog>
#include <QDir>
#include <QListWidget>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize size(1280, 800);
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

bool isBlank(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 7)
        for (int x = 0; x < image.width(); x += 7)
            colors << image.pixel(x, y);
    return colors.size() < 8;
}

} // namespace

class Screenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void signIn();
    void pages();
    void providerKeys();
    void gateway();
    void people();
    void permissions();
    void chat();
    void prices(); // before an operator's page asks first
    void tenants();
    void auditLog();
    void security();
    void tenantWithoutUsage();
    void offline();

private:
    struct Picture
    {
        const char *name;
        std::function<void()> show;
    };
    QList<Picture> picturesOfPages();

    void makeLiveJobs();
    void makeGateway();
    void callGateway(const QString &secret, const QString &model, const QString &message);
    std::optional<Job> generate(GenerateRequest request);
    QUuid newest(const std::function<bool(const Job &)> &wanted);
    bool openDesk(const QString &tenant);
    bool openDeskAs(Role role);
    bool openDeskAs(const QString &tenant, const DemoUser &person);
    bool isLive();
    void use(const Form &form);
    void save(const QString &name, const Form &form);
    QImage composed();
    void closeEverything();
    void openJobs(const QJsonObject &view);
    void openUsage(const QJsonObject &view);
    void scrollUsage(); // to the charts and lists below
    void openEditor(int tab);
    template<class Page> Page &page() { return *m_desk->page<Page>(); }

    QTemporaryDir m_settings;
    QString m_folder;
    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<ApiClient> m_owner;
    DemoUser m_operator; // the server takes one first operator only
    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<DeskFixture> m_desk;
    QStringList m_problems;
};

void Screenshots::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    m_stack = std::make_unique<DemoStack>();
    QVERIFY(m_stack->start());
    QVERIFY(m_stack->runSql(u"" PATIO_SOURCE_DIR "/tests/gui/history.sql"_s));
    m_operator = m_stack->makeOperator();
    m_owner = m_stack->signedIn(Role::Owner);
    QVERIFY(m_owner && !m_owner->accessToken().isEmpty());
    makeLiveJobs();
}

void Screenshots::init() { m_problems.clear(); }

// ---- what there is to see

std::optional<Job> Screenshots::generate(GenerateRequest request)
{
    std::optional<Result<Job>> reply;
    m_owner->call(endpoints::jobs::generate, request, this, [&](const Result<Job> &answer) { reply = answer; });
    if (!QTest::qWaitFor([&] { return reply.has_value(); }, patience))
        return {};
    if (!*reply)
        qWarning("%s", qPrintable(reply->error().detail));
    return *reply ? std::optional(**reply) : std::nullopt;
}

// One of each state that only a server at work has.
void Screenshots::makeLiveJobs()
{
    const auto ask = [this](const QString &message, const QString &plan, const QString &model, auto change) {
        GenerateRequest request;
        request.promptTemplate = u"order-refund-reply"_s;
        request.variables = {{u"customer"_s, u"Beatriz Lima"_s}, {u"message"_s, message}};
        request.model = model;
        change(request);
        if (!plan.isEmpty())
            m_stack->provider().plan(*Behaviour::named(plan), 1, model.section(u'/', 1));
        return generate(request);
    };
    const auto asItIs = [](GenerateRequest &) {};
    QVERIFY(ask(u"Where is my parcel?"_s, u"400"_s, u"openai/gpt-4.1-mini"_s, asItIs));
    QVERIFY(
        ask(u"The parcel is open."_s, u"500"_s, u"openai/o4-mini"_s, [](GenerateRequest &r) { r.maxAttempts = 1; }));
    QVERIFY(ask(u"Can I change the address?"_s, u"429-after-250ms"_s, u"openai/gpt-4.1"_s, asItIs));
    QVERIFY(ask(u"Later is soon enough."_s, {}, u"openai/gpt-4.1"_s,
                [](GenerateRequest &r) { r.runAt = QDateTime::currentDateTimeUtc().addSecs(7200); }));
    QVERIFY(ask(u"I would like to pay by invoice."_s, u"hang-after-3"_s, u"openai/gpt-5-mini"_s, asItIs));
    QVERIFY(ask(u"Is there a discount?"_s, u"hang-after-3"_s, u"openai/gpt-4o"_s, asItIs));
}

QUuid Screenshots::newest(const std::function<bool(const Job &)> &wanted)
{
    JobFilter filter;
    filter.limit = 200;
    std::optional<QUuid> found;
    m_owner->call(endpoints::jobs::list, filter, this, [&](const Result<Page<Job>> &page) {
        found = QUuid();
        for (const Job &job : page ? page->items : QList<Job>())
            if (wanted(job) && found->isNull())
                found = job.id;
    });
    return QTest::qWaitFor([&] { return found.has_value(); }, patience) ? *found : QUuid();
}

bool Screenshots::openDesk(const QString &tenant)
{
    m_desk.reset();
    QSettings().clear();
    m_data = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<DeskFixture>(m_data->path());
    StartOptions options;
    options.demoFile = m_stack->demoFile();
    options.tenant = tenant;
    use(forms().first());
    return m_desk->show(options, size) && isLive();
}

bool Screenshots::openDeskAs(Role role) { return openDeskAs(u"acme"_s, m_stack->user(role)); }

bool Screenshots::openDeskAs(const QString &tenant, const DemoUser &person)
{
    m_desk.reset();
    QSettings().clear();
    m_data = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<DeskFixture>(m_data->path());
    StartOptions options;
    options.server = QUrl(m_stack->demo().baseUrl);
    if (!m_desk->show(options, size))
        return false;
    Q_EMIT m_desk->window.signIn().submitted({options.server.toString(), tenant, person.email, person.password, false});
    return isLive();
}

bool Screenshots::isLive()
{
    return QTest::qWaitFor([this] { return m_desk->window.isAtDesk(); }, patience)
        && QTest::qWaitFor([this] { return m_desk->client.workspace()->live().state() == LiveClient::State::Live; },
                           patience);
}

void Screenshots::use(const Form &form)
{
    m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
    m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
}

void Screenshots::openJobs(const QJsonObject &view)
{
    m_desk->window.navigation().open(u"jobs"_s, view);
    QTRY_VERIFY_WITH_TIMEOUT(!page<JobsPage>().feed().isLoading() && !page<JobsPage>().feed().showsCache(), patience);
}

// So that the title of the latencies is the first in view.
void Screenshots::scrollUsage()
{
    auto *overview = page<UsagePage>().findChild<UsageOverview *>();
    const auto cards = overview->findChildren<UsageChartCard *>();
    QTRY_VERIFY(cards.value(1) && cards[1]->y() > 0);
    for (QWidget *at = overview; at; at = at->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(at))
            area->verticalScrollBar()->setValue(cards[1]->y());
}

void Screenshots::openUsage(const QJsonObject &view)
{
    m_desk->window.navigation().open(u"usage"_s, view);
    QTRY_VERIFY_WITH_TIMEOUT(!page<UsagePage>().feed().isLoading(), patience);
    for (QScrollArea *area : page<UsagePage>().findChildren<QScrollArea *>())
        area->verticalScrollBar()->setValue(0);
}

void Screenshots::openEditor(int tab)
{
    m_desk->window.navigation().open(u"templates"_s);
    auto *table = page<TemplatesPage>().findChild<DataTable *>();
    QString id;
    const auto isThere = [&] {
        const auto *model = static_cast<const TemplatesModel *>(table->model());
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->row(row).slug == u"order-refund-reply"_s)
                id = model->row(row).id.toString(QUuid::WithoutBraces);
        return !id.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
    m_desk->window.navigation().openObject(u"templates"_s, id);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<TemplateEditor>() && m_desk->page<TemplateEditor>()->isVisible(), patience);
    page<TemplateEditor>().findChild<Tabs *>()->setCurrentIndex(tab);
}

QList<Screenshots::Picture> Screenshots::picturesOfPages()
{
    const auto openJob = [this](auto wanted) {
        openJobs({{u"tab"_s, u"all"_s}});
        const QUuid id = newest(wanted);
        QVERIFY(!id.isNull());
        m_desk->window.navigation().openObject(u"jobs"_s, id.toString(QUuid::WithoutBraces));
        QTRY_VERIFY_WITH_TIMEOUT(page<JobPane>().isVisible() && page<JobPane>().hasDetail(), patience);
    };
    return {
        {"templates",
         [this] {
             m_desk->window.navigation().open(u"templates"_s, {{u"open"_s, QString()}});
             QTRY_VERIFY_WITH_TIMEOUT(page<TemplatesPage>().findChild<DataTable *>()->model()->rowCount() >= 8,
                                      patience);
         }},
        {"template-editor",
         [this] {
             openEditor(0);
             // The fields come with the version.
             QTRY_VERIFY_WITH_TIMEOUT(page<VariablesForm>().findChildren<VariableField *>().size() == 2, patience);
             page<VariablesForm>().setValues(
                 {{u"customer"_s, u"Beatriz Lima"_s}, {u"message"_s, u"The shirt is too small. Can I return it?"_s}});
             page<TemplateEditor>().run();
             const auto *open = page<RunPanel>().findChild<QWidget *>(u"openJob"_s);
             QTRY_VERIFY_WITH_TIMEOUT(open->isVisible(), patience);
             const auto *answer = page<RunPanel>().findChild<AnswerBox *>()->findChild<QTextEdit *>();
             QTRY_VERIFY_WITH_TIMEOUT(answer->toPlainText().startsWith(u"Answer to"_s), patience);
         }},
        {"template-variables", [this] { openEditor(1); }},
        {"template-compare",
         [this] {
             openEditor(2);
             QTRY_VERIFY_WITH_TIMEOUT(page<ComparePane>().findChild<Select *>()->count() > 1, patience);
         }},
        {"template-settings", [this] { openEditor(3); }},
        {"jobs",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
         }},
        {"jobs-filtered",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}, {u"model"_s, u"anthropic/claude-sonnet-4.5"_s}, {u"withinHours"_s, 168}});
         }},
        {"jobs-nothing-matches",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}, {u"search"_s, u"zebra"_s}});
         }},
        {"jobs-row-menu",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
             auto *table = page<JobsPage>().findChild<DataTable *>();
             table->setFocus();
             table->setCurrentIndex(table->model()->index(6, 3));
             QTest::keyClick(table, Qt::Key_Period);
         }},
        {"jobs-columns",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
             auto *table = page<JobsPage>().findChild<DataTable *>();
             table->columnsMenu()->popup(table->mapToGlobal(QPoint(table->width() / 2, 0)));
         }},
        {"job-detail",
         [openJob] {
             openJob([](const Job &job) { return job.state == JobState::Completed && job.attemptCount > 1; });
         }},
        {"job-running",
         [this, openJob] {
             const auto isRunning = [](const Job &job) { return job.state == JobState::Running; };
             if (newest(isRunning).isNull())
                 makeLiveJobs(); // those of before have been given up meanwhile
             QTRY_VERIFY_WITH_TIMEOUT(!newest(isRunning).isNull(), patience);
             openJob(isRunning);
         }},
        {"job-dead-letter", [openJob] { openJob([](const Job &job) { return job.state == JobState::Dead; }); }},
        {"usage",
         [this] {
             openUsage({{u"days"_s, 30}});
         }},
        {"usage-hover",
         [this] {
             openUsage({{u"days"_s, 90}, {u"tokens"_s, true}});
             for (auto *view : page<UsagePage>().findChildren<QAbstractScrollArea *>()) {
                 if (!view->inherits("QChartView"))
                     continue;
                 const QPointF at(view->viewport()->width() * 0.75, view->viewport()->height() / 2.0);
                 QMouseEvent move(QEvent::MouseMove, at, view->viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                                  {});
                 QCoreApplication::sendEvent(view->viewport(), &move);
             }
         }},
        {"usage-year",
         [this] {
             openUsage({{u"days"_s, 365}});
         }},
        {"usage-day",
         [this] {
             openUsage({{u"days"_s, 1},
                        {u"first"_s, QDateTime::currentDateTimeUtc().date().addDays(-1).toString(Qt::ISODate)}});
         }},
        {"usage-latency",
         [this] {
             openUsage({{u"days"_s, 30}, {u"group"_s, u"user"_s}});
             scrollUsage();
         }},
        {"usage-by-key-only",
         [this] {
             openUsage({{u"days"_s, 90}, {u"group"_s, u"key"_s}});
             Q_EMIT page<UsagePage>().findChild<UsageOverview *>()->thingChosen(
                 UsageGroup::Model, {u"openai/gpt-4o-mini"_s, u"openai/gpt-4o-mini"_s});
             QTRY_VERIFY_WITH_TIMEOUT(!page<UsagePage>().feed().isLoading(), patience);
         }},
        {"usage-period",
         [this] {
             openUsage({{u"days"_s, 30}});
             for (const Command &command : page<UsagePage>().commands())
                 if (command.id == u"usage.period"_s)
                     command.run();
         }},
        {"usage-table",
         [this] {
             openUsage({{u"days"_s, 30}, {u"table"_s, true}});
         }},
        {"usage-by-user",
         [this] {
             openUsage({{u"days"_s, 30}, {u"tab"_s, 2}});
         }},
        {"usage-by-key",
         [this] {
             openUsage({{u"days"_s, 30}, {u"tab"_s, 4}});
         }},
        {"settings", [this] { m_desk->window.navigation().open(u"settings"_s); }},
        {"palette",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
             m_desk->window.palette().open();
         }},
        {"palette-search",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
             m_desk->window.palette().openWith(u"re"_s);
         }},
        {"help",
         [this] {
             openJobs({{u"tab"_s, u"all"_s}});
             m_desk->press("F1");
         }},
        {"about",
         [this] {
             for (const Command &command : m_desk->window.shortcuts().commands())
                 if (command.id == u"about"_s)
                     command.run();
         }},
        {"tenant-menu", [this] { m_desk->press("Ctrl+Shift+T"); }},
        {"account-menu", [this] { m_desk->window.findChild<AvatarButton *>()->click(); }},
    };
}

// ---- taking pictures

// Dialogs and menus are windows of their own; the picture has them where a person sees them.
QImage Screenshots::composed()
{
    QWidget &window = m_desk->window;
    QImage image = window.grab().toImage();
    QPainter painter(&image);
    const auto draw = [&](QWidget *other) {
        painter.drawPixmap(other->mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), other->grab());
    };
    // As they lie above each other: the dialog that is asked, and menus over everything.
    QList<QWidget *> others{QApplication::activeModalWidget(), QApplication::activePopupWidget()};
    for (QWidget *other : QApplication::topLevelWidgets())
        if (other != &window && other->isVisible() && (other->windowType() & Qt::Window) && !others.contains(other))
            draw(other);
    for (QWidget *other : std::as_const(others))
        if (other && other != &window)
            draw(other);
    return image;
}

void Screenshots::save(const QString &name, const Form &form)
{
    // Layouts settle in what is posted while they are settled.
    for (int round = 0; round < 3; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    QCoreApplication::sendPostedEvents(); // for what came in the last round
    paint::ElisionLog elisions;
    const QImage image = composed();
    const QString title = u"%1-%2"_s.arg(name, QString::fromLatin1(form.name));
    QVERIFY2(!isBlank(image), qPrintable(title));
    QVERIFY(image.save(u"%1/%2.png"_s.arg(m_folder, title)));
    QStringList found = layoutCheck::shortenedTexts(&m_desk->window, elisions.texts());
    for (QWidget *window : QApplication::topLevelWidgets())
        if (window->isVisible())
            found << layoutCheck::clippedTexts(window) << layoutCheck::namelessControls(window);
    for (const QString &problem : found)
        m_problems << title + u": "_s + problem;
}

void Screenshots::closeEverything()
{
    m_desk->window.palette().close();
    for (QWidget *other : QApplication::topLevelWidgets())
        if (other != &m_desk->window && (qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other)))
            other->close();
    for (auto *overlay : m_desk->window.findChildren<Overlay *>())
        overlay->close();
    if (auto *pane = m_desk->page<JobPane>(); pane && pane->isVisible())
        Q_EMIT pane->closed();
}

void Screenshots::signIn()
{
    m_data = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<DeskFixture>(m_data->path());
    StartOptions options;
    options.server = QUrl(m_stack->demo().baseUrl);
    options.tenant = u"acme"_s;
    QVERIFY(m_desk->show(options, size));
    QVERIFY(!m_desk->window.isAtDesk());
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.signIn().setError(SignInPage::Place::Form, {});
        save(u"sign-in"_s, form);
        // What the real server says to a wrong password.
        Q_EMIT m_desk->window.signIn().submitted(
            {options.server.toString(), u"acme"_s, u"ana@acme.example"_s, u"wrong"_s, false});
        const auto saysSo = [this] {
            for (const TextField *field : m_desk->window.signIn().findChildren<TextField *>())
                if (field->hasError())
                    return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(saysSo(), patience);
        save(u"sign-in-refused"_s, form);
        const OneTimeLink link{OneTimeLink::Kind::Invitation, options.server, u"acme"_s, u"eva@acme.example"_s, u"x"_s};
        (new OneTimeLinkDialog(link, &m_desk->window))->open();
        save(u"sign-in-invitation"_s, form);
        closeEverything();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void Screenshots::pages()
{
    QVERIFY(openDesk(u"acme"_s));
    for (const Form &form : forms()) {
        use(form);
        for (const Picture &picture : picturesOfPages()) {
            picture.show();
            if (QTest::currentTestFailed())
                return;
            save(QString::fromLatin1(picture.name), form);
            closeEverything();
        }
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// ---- the gateway

void Screenshots::callGateway(const QString &secret, const QString &model, const QString &message)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_stack->demo().baseUrl + u"/v1/chat/completions"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + secret.toLatin1());
    const QJsonObject said{{u"role"_s, u"user"_s}, {u"content"_s, message}};
    QNetworkReply *reply =
        network.post(request, json::print(QJsonObject{{u"model"_s, model}, {u"messages"_s, QJsonArray{said}}}));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
    reply->deleteLater();
}

// Keys of several kinds, and calls with one of them.
void Screenshots::makeGateway()
{
    QList<User> people;
    m_owner->call(endpoints::users::list, {}, this,
                  [&](const Result<Page<User>> &reply) { people = reply ? reply->items : QList<User>(); });
    QTRY_VERIFY_WITH_TIMEOUT(people.size() > 2, patience);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto make = [&](const QString &name, const QUuid &owner, std::optional<QList<QString>> models, int days) {
        NewGatewayKey key{.name = name, .ownerId = owner, .models = std::move(models), .expiresAt = {}};
        if (days > 0)
            key.expiresAt = now.addDays(days);
        std::optional<MadeGatewayKey> made;
        m_owner->call(endpoints::gatewayKeys::create, key, this, [&](const Result<MadeGatewayKey> &reply) {
            made = reply ? std::optional(*reply) : std::nullopt;
        });
        return QTest::qWaitFor([&] { return made.has_value(); }, patience) ? *made : MadeGatewayKey();
    };
    const MadeGatewayKey shop = make(u"Web shop, production"_s, people[0].id, {}, 90);
    make(u"Nightly reports"_s, people[1].id, QList<QString>{u"openai/*"_s, u"demo/echo"_s}, 365);
    const MadeGatewayKey old = make(u"Old mobile app"_s, people[0].id, QList<QString>{u"openai/gpt-4o-mini"_s}, 0);
    make(u"Notebook of Lia"_s, people[2].id, QList<QString>{u"anthropic/*"_s}, 7);
    QVERIFY(!shop.secret.isEmpty() && !old.secret.isEmpty());
    bool isRevoked = false;
    m_owner->call(endpoints::gatewayKeys::revoke.at(old.key.id), {}, this,
                  [&](const Result<Nothing> &reply) { isRevoked = bool(reply); });
    QTRY_VERIFY_WITH_TIMEOUT(isRevoked, patience);
    for (const char *question : {"Where is my parcel?", "Can I pay by invoice?", "Is there a discount?", "Thank you"})
        callGateway(shop.secret, u"openai/gpt-4o-mini"_s, QString::fromLatin1(question));
    m_stack->provider().plan(*Behaviour::named(u"400"_s), 1, u"gpt-4.1"_s);
    callGateway(shop.secret, u"openai/gpt-4.1"_s, u"Too much"_s);
}

// Keys, and how to connect; the other tabs are in gateway_calls_pictures.cpp and gateway_pictures.cpp.
void Screenshots::gateway()
{
    makeGateway();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(openDeskAs(Role::Owner));
    const auto run = [this](const QString &id) {
        for (const Command &command : page<GatewayPage>().commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QTest::qFail(qPrintable(id), __FILE__, __LINE__);
    };
    const auto open = [this](const QString &tab, const QJsonObject &state = {}) {
        m_desk->window.navigation().open(u"gateway"_s, {{u"tab"_s, tab}, {tab, state}});
    };
    const auto openRow = [](DataTable *table, int row) {
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > row, patience);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(row, 0));
        QTest::keyClick(table, Qt::Key_Return);
    };
    for (const Form &form : forms()) {
        use(form);
        open(u"keys"_s);
        DataTable *keys = page<KeysView>().table();
        QTRY_COMPARE_WITH_TIMEOUT(keys->model()->rowCount(), 4, patience);
        openRow(keys, 3);
        QTRY_VERIFY_WITH_TIMEOUT(page<KeyPane>().hasUsage(), patience);
        save(u"gateway-keys"_s, form);
        run(u"gatewayKeys.add"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<KeyDialog>().findChild<Select *>()->count() > 2, patience);
        save(u"gateway-keys-add"_s, form);
        closeEverything();
        run(u"gatewayKeys.rotate"_s);
        save(u"gateway-keys-rotate"_s, form);
        closeEverything();
        const auto *model = static_cast<const KeysModel *>(keys->model());
        (new KeySecretDialog({model->row(3), u"patio_key_Zr4wDq8n2mXc7vB1kLs9tYhGf3jP5aQe6uRx7Qa"_s}, true,
                             &page<KeysView>()))
            ->open();
        save(u"gateway-keys-secret"_s, form);
        closeEverything();
        open(u"keys"_s, {{u"search"_s, u"zebra"_s}});
        save(u"gateway-keys-nothing-matches"_s, form);
        open(u"connect"_s, {{u"tool"_s, u"curl"_s}, {u"model"_s, u"openai/gpt-4o-mini"_s}});
        save(u"gateway-connect"_s, form);
        open(u"connect"_s,
             {{u"tool"_s, u"python-openai"_s}, {u"model"_s, u"openai/gpt-4o-mini"_s}, {u"stream"_s, true}});
        save(u"gateway-connect-python"_s, form);
        open(u"connect"_s, {{u"tool"_s, u"js-ai"_s}, {u"model"_s, u"openai/gpt-4o-mini"_s}});
        save(u"gateway-connect-javascript"_s, form);
    }
    for (const DemoTenant &tenant : m_stack->demo().tenants)
        for (const DemoUser &user : tenant.users)
            if (tenant.slug == u"northwind"_s && user.role == Role::Owner)
                QVERIFY(openDeskAs(tenant.slug, user));
    for (const Form &form : forms()) {
        use(form);
        open(u"keys"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<KeysView>().table()->emptyState()->isVisible(), patience);
        save(u"gateway-keys-empty"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// What only an owner or an administrator is offered.
void Screenshots::providerKeys()
{
    QVERIFY(openDeskAs(Role::Owner));
    const auto open = [this](int rows) {
        m_desk->window.navigation().open(u"credentials"_s);
        const auto *table = page<CredentialsPage>().findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), rows, patience);
        // Until the server has answered, the empty state offers to try again.
        const auto *action = table->emptyState()->findChild<Button *>();
        QTRY_VERIFY_WITH_TIMEOUT(rows > 0 || action->text() == CredentialsPage::tr("Add key"), patience);
    };
    for (const Form &form : forms()) {
        use(form);
        open(0);
        save(u"credentials-empty"_s, form);
        page<CredentialsPage>().findChild<EmptyState *>()->findChild<Button *>()->click();
        QTRY_VERIFY_WITH_TIMEOUT(page<CredentialsPage>().findChild<CredentialDialog *>(), patience);
        save(u"credentials-add"_s, form);
        closeEverything();
    }
    const NewCredential keys[] = {
        {u"vllm"_s, ProviderKind::OpenAi, u"sk-page-0123456789-wxyz"_s, m_stack->provider().openAiBaseUrl().toString()},
        {u"anthropic"_s, ProviderKind::Anthropic, u"sk-ant-0123456789-abcd"_s, {}}};
    int made = 0;
    for (const NewCredential &key : keys)
        m_owner->call(endpoints::credentials::create, key, this,
                      [&](const Result<Credential> &reply) { made += bool(reply); });
    QTRY_COMPARE_WITH_TIMEOUT(made, int(std::size(keys)), patience);
    for (const Form &form : forms()) {
        use(form);
        open(made);
        auto *table = page<CredentialsPage>().findChild<DataTable *>();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<CredentialPane>().isVisible(), patience);
        save(u"credentials"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void Screenshots::people()
{
    QVERIFY(openDeskAs(Role::Owner));
    const auto open = [this] {
        m_desk->window.navigation().open(u"users"_s);
        const auto *table = page<UsersPage>().findChild<DataTable *>();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() >= 3, patience);
    };
    for (const Form &form : forms()) {
        use(form);
        open();
        auto *table = page<UsersPage>().findChild<DataTable *>();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<UserPane>().isVisible(), patience);
        save(u"people"_s, form);
        const auto commands = page<UsersPage>().commands();
        commands.first().run(); // adds somebody
        QTRY_VERIFY_WITH_TIMEOUT(page<UsersPage>().findChild<UserDialog *>(), patience);
        auto *dialog = page<UsersPage>().findChild<UserDialog *>();
        dialog->findChildren<TextField *>().value(2)->setText(u"read-aloud-2026"_s); // else another one each time
        save(u"people-add"_s, form);
        closeEverything();
        const OneTimeLink link{OneTimeLink::Kind::Invitation, QUrl(u"https://ops.example"_s), u"acme"_s,
                               u"eva@acme.example"_s,
                               u"patio_invitation_Zm9yIHRoZSBwaWN0dXJlIG9ubHkgYW5kIG5vIHNlY3JldA"_s};
        (new UserLinkDialog(link, u"Eva Prado"_s, QDateTime(QDate(2026, 12, 3), QTime(9, 30)), &page<UsersPage>()))
            ->open();
        save(u"people-invitation"_s, form);
        closeEverything();
        for (const Command &command : commands)
            if (command.id == u"users.suspend"_s)
                command.run();
        save(u"people-suspend"_s, form);
        closeEverything();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void Screenshots::permissions()
{
    namespace at = endpoints::permissions;
    std::optional<CustomRole> night;
    m_owner->call(at::createRole,
                  {u"Night shift"_s, u"Runs templates and clears the queue"_s,
                   QList<Ability>{Ability::TemplatesRead, Ability::JobsRead, Ability::JobsCreate, Ability::JobsReplay}},
                  this, [&](const Result<CustomRole> &reply) { night = reply ? std::optional(*reply) : std::nullopt; });
    QTRY_VERIFY_WITH_TIMEOUT(night, patience);
    RuleInput freeze{RuleEffect::Deny,
                     {{RuleWhoKind::Role, u"prompt-engineer"_s}},
                     {u"update"_s, u"delete"_s},
                     u"templates"_s,
                     QJsonObject{{u"folder"_s, u"production"_s},
                                 {u"tags"_s, QJsonObject{{u"$in"_s, QJsonArray{u"live"_s, u"legal"_s}}}}},
                     {},
                     {},
                     {},
                     u"Production is frozen"_s,
                     true};
    RuleInput replay{
        RuleEffect::Allow,
        {{RuleWhoKind::Role, u"viewer"_s}, {RuleWhoKind::CustomRole, night->id.toString(QUuid::WithoutBraces)}},
        {u"replay"_s},
        u"jobs"_s,
        QJsonObject{{u"state"_s, u"dead"_s}},
        {},
        {},
        {},
        u"Dead letters may be run again"_s,
        true};
    RuleInput prices{RuleEffect::Deny,
                     {{RuleWhoKind::Role, u"viewer"_s}},
                     {u"*"_s},
                     u"usage"_s,
                     {},
                     {},
                     {},
                     {},
                     u"Costs are not for everybody"_s,
                     false};
    int made = 0;
    for (const RuleInput &rule : {prices, replay, freeze}) { // one after the other: the newest stands first
        const int before = made;
        m_owner->call(at::createRule, rule, this, [&](const Result<Rule> &reply) { made += bool(reply); });
        QTRY_COMPARE_WITH_TIMEOUT(made, before + 1, patience);
    }
    QString person;
    m_owner->call(endpoints::users::list, {}, this, [&](const Result<Page<User>> &reply) {
        for (const User &user : reply ? reply->items : QList<User>())
            if (user.roles.contains(Role::PromptEngineer) && user.email == m_stack->user(Role::PromptEngineer).email)
                person = user.id.toString(QUuid::WithoutBraces);
    });
    QTRY_VERIFY_WITH_TIMEOUT(!person.isEmpty(), patience);

    QVERIFY(openDeskAs(Role::Owner));
    const auto run = [this](const QString &id) {
        for (const Command &command : page<PermissionsPage>().commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QTest::qFail(qPrintable(id), __FILE__, __LINE__);
    };
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.navigation().open(u"permissions"_s, {});
        auto *table = page<RulesView>().table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<RulePane>().isVisible(), patience);
        save(u"rules"_s, form);
        run(u"rules.change"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<RuleEffectView>().simulation(), patience);
        save(u"rules-edit"_s, form);
        page<RuleEditor>().leave();
        run(u"rules.add"_s);
        page<RuleEditor>().findChild<QPlainTextEdit *>()->setPlainText(
            uR"({"effect": "deny", "who": [{"kind": "everyone"}], "actions": ["read"], "subject": "usage"})"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<RuleEffectView>().simulation(), patience);
        save(u"rules-lock-out"_s, form);
        page<RuleEditor>().findChild<QPlainTextEdit *>()->setPlainText(
            uR"({"effect": "allow", "who": [{"kind": "role", "value": "agent"}], "actions": ["post"], "subject": "chat",
                 "conditions": {"channelName": "help"}, "reason": "Agents write in #help by day.", "hours": {"from": "09:00",
                 "until": "18:00", "timeZone": "America/Sao_Paulo", "days": ["monday", "tuesday", "wednesday"]}})"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<HoursEdit>().isVisible() && page<HoursEdit>().hours(), patience);
        QCoreApplication::sendPostedEvents(); // the form has its height
        QCoreApplication::processEvents();
        for (QWidget *above = &page<HoursEdit>(); above; above = above->parentWidget())
            if (auto *area = qobject_cast<QScrollArea *>(above))
                area->ensureWidgetVisible(&page<HoursEdit>());
        save(u"rules-hours"_s, form);
        page<RuleEditor>().open({}); // forgets the draft
        page<RuleEditor>().leave();
        run(u"permissions.tab1"_s);
        page<RoleMatrix>().setCurrentIndex(page<RoleMatrix>().model()->index(8, 2));
        save(u"roles"_s, form);
        run(u"roles.add"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<PermissionsPage>().findChild<RoleDialog *>(), patience);
        save(u"roles-add"_s, form);
        closeEverything();
        run(u"permissions.tab2"_s);
        page<SimulatorView>().restoreViewState({{u"person"_s, person}, {u"ability"_s, u"templates.update"_s}});
        run(u"simulator.ask"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<SimulatorView>().decision(), patience);
        save(u"simulator"_s, form);
        page<SimulatorView>().restoreViewState(
            {{u"person"_s, person}, {u"ability"_s, u"templates.update"_s}, {u"thing"_s, 2}}); // a made-up one
        run(u"simulator.ask"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<SimulatorView>().decision(), patience);
        save(u"simulator-record"_s, form);
        page<SimulatorView>().restoreViewState({});
        run(u"permissions.tab0"_s);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void Screenshots::chat()
{
    NewTemplate helper;
    helper.name = u"Shop helper"_s;
    helper.version.userPrompt = u"{{conversation}} {{question}}"_s;
    const QJsonObject text{{u"type"_s, u"string"_s}};
    helper.version.variablesSchema = QJsonObject{
        {u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"question"_s, text}, {u"conversation"_s, text}}}};
    helper.version.defaultModel = u"demo/fast"_s;
    bool isMade = false;
    m_owner->call(endpoints::templates::create, helper, this, [&](const Result<TemplateDetail> &made) {
        QVERIFY(made);
        NewAssistant assistant;
        assistant.name = u"Helper"_s;
        assistant.description = u"Answers questions about orders, returns and texts."_s;
        assistant.promptTemplate = made->promptTemplate.slug;
        m_owner->call(endpoints::assistants::create, assistant, this,
                      [&](const Result<Assistant> &reply) { isMade = bool(reply); });
    });
    QUuid help;
    m_owner->call(endpoints::channels::create, {.kind = ChannelKind::Public, .name = u"letters"_s}, this,
                  [&](const Result<ChannelEntry> &reply) { help = reply ? reply->channel.id : QUuid(); });
    QTRY_VERIFY_WITH_TIMEOUT(isMade && !help.isNull(), patience);
    QVERIFY(openDeskAs(Role::Owner));
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.navigation().open(u"chat"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(!page<ChatPage>().findChild<AssistantsDialog *>(), patience); // of the last form
        page<ChatPage>().showAssistants();
        auto *all = page<ChatPage>().findChild<AssistantsDialog *>();
        QTRY_COMPARE_WITH_TIMEOUT(all->findChild<QListWidget *>()->count(), 1, patience);
        save(u"chat-assistants"_s, form);
        all->edit({});
        save(u"chat-assistant-new"_s, form);
        closeEverything();
        m_desk->window.navigation().openObject(u"chat"_s, help.toString(QUuid::WithoutBraces));
        ComposerEdit &editor = page<ChatPage>().view().composer().edit();
        const ChatFeed &feed = page<ChatPage>().feed();
        QTRY_VERIFY_WITH_TIMEOUT(feed.place().channelId == help && !feed.showsCache() && !feed.isLoading(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(editor.isVisible() && editor.isEnabled(), patience);
        editor.setPlainText({});
        m_desk->window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_desk->window));
        editor.setFocus();
        QTest::keyClicks(&editor, u"/"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor.completer().isOffering(), patience);
        save(u"chat-template-choice"_s, form);
        editor.setPlainText({});
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// What operators see, and then what the admins of a tenant set themselves.
void Screenshots::tenants()
{
    const auto api = m_stack->signedIn(u"platform"_s, m_operator);
    QVERIFY(api);
    TenantLimits some;
    some.users = 25;
    some.jobsPerDay = 10'000;
    bool isMade = false;
    api->call(endpoints::tenants::createPlan,
              {u"starter"_s, u"For a first try"_s, QList<QString>{u"templates"_s, u"jobs"_s, u"users"_s}, some}, this,
              [&](const Result<Plan> &reply) { isMade = bool(reply); });
    QTRY_VERIFY_WITH_TIMEOUT(isMade, patience);
    const auto makeAndErase = [&](const QString &slug) { // for its receipt
        bool isErased = false;
        api->call(endpoints::tenants::create,
                  {slug,
                   u"For a while"_s,
                   {},
                   {u"ida@while.example"_s, u"Ida Prado"_s, u"a password of Ida's"_s, {Role::Owner}, {}, {}}},
                  this, [&](const Result<Tenant> &made) {
                      TenantChange change;
                      change.status = TenantStatus::Suspended;
                      api->call(endpoints::tenants::update.at(made->id), change, this,
                                [&](const Result<Tenant> &suspended) {
                                    api->call(endpoints::tenants::erase.at(suspended->id).with({slug}), {}, this,
                                              [&](const Result<Erasure> &reply) { isErased = bool(reply); });
                                },
                                {.revision = made->revision});
                  });
        return QTest::qWaitFor([&] { return isErased; }, patience);
    };
    QVERIFY(makeAndErase(u"for-a-while"_s));
    QVERIFY(openDeskAs(u"platform"_s, m_operator));
    const auto run = [this](const QString &id) {
        for (const Command &command : page<TenantsPage>().commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QTest::qFail(qPrintable(id), __FILE__, __LINE__);
    };
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.navigation().open(u"tenants"_s, {});
        auto *table = page<TenantsView>().table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<TenantPane>().isVisible(), patience);
        save(u"tenants"_s, form);
        run(u"tenants.add"_s);
        save(u"tenants-add"_s, form);
        closeEverything();
        run(u"tenants.theme"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<TenantsPage>().findChild<ThemeDialog *>(), patience);
        save(u"tenants-theme"_s, form);
        closeEverything();
        run(u"tenants.tab1"_s);
        save(u"plans"_s, form);
        run(u"plans.add"_s);
        save(u"plans-add"_s, form);
        closeEverything();
        run(u"tenants.tab2"_s);
        auto *receipts = page<ErasuresView>().table();
        QTRY_COMPARE_WITH_TIMEOUT(receipts->model()->rowCount(), 1, patience);
        receipts->setCurrentIndex(receipts->model()->index(0, 0));
        save(u"erasures"_s, form);
        QTest::keyClick(receipts, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<TenantsPage>().findChild<ReceiptDialog *>(), patience);
        save(u"erasures-receipt"_s, form);
        closeEverything();
        run(u"tenants.tab0"_s);
    }
    QVERIFY(openDeskAs(Role::Owner));
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.navigation().open(u"settings"_s);
        auto *section = m_desk->page<WorkspaceSection>();
        QTRY_VERIFY_WITH_TIMEOUT(!section->findChild<TextField *>()->text().isEmpty(), patience);
        for (auto *parent = section->parentWidget(); parent; parent = parent->parentWidget())
            if (auto *area = qobject_cast<QScrollArea *>(parent)) {
                area->ensureWidgetVisible(section->findChildren<Switch *>().last());
                area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
            }
        save(u"settings-workspace"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// The price book as operators keep it, and as others look at it.
void Screenshots::prices()
{
    GenerateRequest request; // of a model that no price list knows
    request.messages = {{MessageRole::User, u"Where is the container?"_s}};
    request.model = u"openai/gpt-unheard-of"_s;
    QVERIFY(generate(request));
    const auto hasRun = [&](const Job &job) { return job.model == request.model && job.state == JobState::Completed; };
    QTRY_VERIFY_WITH_TIMEOUT(!newest(hasRun).isNull(), patience);
    // Before anybody asks for all tenants, which is answered from memory for a minute.
    const auto isWarnedOf = [&] {
        std::optional<bool> found;
        m_owner->call(endpoints::prices::unpriced, {}, this, [&](const Result<UnpricedModels> &reply) {
            found = reply && std::any_of(reply->items.begin(), reply->items.end(), [&](const UnpricedModel &one) {
                        return one.model == request.model;
                    });
        });
        return QTest::qWaitFor([&] { return found.has_value(); }, patience) && *found;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWarnedOf(), patience);
    const auto api = m_stack->signedIn(u"platform"_s, m_operator);
    QVERIFY(api);
    NewPrice planned;
    planned.provider = u"openai"_s;
    planned.model = u"gpt-4.1-mini"_s;
    planned.validFrom = QDateTime(QDate(2032, 1, 1), QTime(0, 0), Qt::UTC);
    planned.prices.input = 300'000;
    planned.prices.output = 1'200'000;
    planned.source = u"https://openai.com/api/pricing"_s;
    planned.verified = true;
    std::optional<PriceRow> made;
    api->call(endpoints::prices::create, planned, this,
              [&](const Result<PriceAdded> &reply) { made = reply ? std::optional(reply->price) : std::nullopt; });
    bool isAliased = false;
    api->call(endpoints::prices::createAlias, {u"my-azure-deployment"_s, u"openai/gpt-4.1"_s, u"Europe, west"_s}, this,
              [&](const Result<PriceAlias> &) {
                  api->call(endpoints::prices::createAlias, {u"ollama/llama3"_s, {}, {}}, this,
                            [&](const Result<PriceAlias> &reply) { isAliased = bool(reply); });
              });
    QTRY_VERIFY_WITH_TIMEOUT(made && isAliased, patience);
    const QString file = m_settings.filePath(u"prices.csv"_s);
    QFile csv(file);
    QVERIFY(csv.open(QFile::WriteOnly));
    csv.write("provider,model,validFrom,input,output\nopenai,gpt-6,2032-01-01,2.50,10\n"
              "openai,gpt-4.1-mini,2032-01-01,0.30,1.20\nopenai,gpt-4.1-mini,2025-01-01,9,9\nopenai,gpt-6,soon,1,1\n");
    csv.close();

    const auto run = [this](const QString &id) {
        for (const Command &command : page<PricesPage>().commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QTest::qFail(qPrintable(id), __FILE__, __LINE__);
    };
    const auto open = [this] {
        m_desk->window.navigation().open(u"prices"_s, {{u"tab"_s, 0}});
        QTRY_VERIFY_WITH_TIMEOUT(page<PricesView>().table()->model()->rowCount() > 20, patience);
    };
    const auto rowsIn = [](QWidget *dialog) { return dialog->findChild<DataTable *>()->model()->rowCount(); };
    QVERIFY(openDeskAs(u"platform"_s, m_operator));
    for (const Form &form : forms()) {
        use(form);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(page<PricesView>().findChild<Banner *>()->isVisible(), patience);
        save(u"prices"_s, form);
        m_desk->window.navigation().openObject(u"prices"_s, made->id.toString());
        QTRY_VERIFY_WITH_TIMEOUT(page<PricePane>().isVisible(), patience);
        save(u"prices-detail"_s, form);
        run(u"prices.add"_s);
        save(u"prices-add"_s, form);
        closeEverything();
        Q_EMIT page<PricePane>().closed();
        run(u"prices.tab1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page<PriceAliasesView>().table()->model()->rowCount(), 2, patience);
        save(u"prices-names"_s, form);
        run(u"prices.addName"_s);
        save(u"prices-names-add"_s, form);
        closeEverything();
        run(u"prices.import"_s);
        auto *import = page<PricesPage>().findChild<PriceImportDialog *>();
        QVERIFY(import);
        import->read(file);
        QTRY_COMPARE_WITH_TIMEOUT(rowsIn(import), 4, patience);
        save(u"prices-import"_s, form);
        closeEverything();
    }
    QVERIFY(openDeskAs(Role::Owner));
    for (const Form &form : forms()) {
        use(form);
        open();
        save(u"prices-owner"_s, form);
        run(u"prices.rerate"_s);
        auto *rerate = page<PricesPage>().findChild<RerateDialog *>();
        QVERIFY(rerate);
        rerate->accept();
        QTRY_VERIFY_WITH_TIMEOUT(rowsIn(rerate) > 2, patience);
        save(u"prices-rerate"_s, form);
        closeEverything();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// What was changed, by whom, and what was refused: here a wrong password, and a viewer who looks for the log.
void Screenshots::auditLog()
{
    std::optional<User> made;
    m_owner->call(endpoints::users::create,
                  {u"lia@acme.example"_s, u"Lia Prado"_s, u"a password of Lia's"_s, {Role::Viewer}}, this,
                  [&](const Result<User> &reply) { made = reply ? std::optional(*reply) : std::nullopt; });
    QTRY_VERIFY_WITH_TIMEOUT(made, patience);
    bool isChanged = false;
    m_owner->call(endpoints::users::update.at(made->id),
                  {.displayName = u"Lia Prado Souza"_s, .roles = QList<Role>{Role::PromptEngineer, Role::Finance}},
                  this, [&](const Result<User> &reply) { isChanged = bool(reply); }, {.revision = made->revision});
    QTRY_VERIFY_WITH_TIMEOUT(isChanged, patience);
    QVERIFY(openDeskAs(Role::Viewer));
    QVERIFY(!m_desk->window.navigation().find(u"audit"_s)); // not offered to who may not
    bool isRefused = false;
    m_desk->client.workspace()->api().call(endpoints::audit::list, {}, this,
                                           [&](const Result<Page<AuditEntry>> &reply) { isRefused = !reply; });
    QTRY_VERIFY_WITH_TIMEOUT(isRefused, patience);

    QVERIFY(openDeskAs(Role::Owner));
    const auto open = [this](const QJsonObject &view) {
        m_desk->window.navigation().open(u"audit"_s, view);
        QTRY_VERIFY_WITH_TIMEOUT(!page<AuditPage>().feed().isLoading(), patience);
    };
    const auto openFirst = [this] {
        auto *table = page<AuditPage>().findChild<DataTable *>();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, patience);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page<AuditPane>().isVisible() && page<AuditPane>().hasDetail(), patience);
    };
    const auto close = [this] { Q_EMIT page<AuditPane>().closed(); };
    for (const Form &form : forms()) {
        use(form);
        open({{u"tab"_s, u"all"_s}});
        save(u"audit"_s, form);
        open({{u"tab"_s, u"all"_s}, {u"action"_s, u"users.update"_s}});
        openFirst();
        save(u"audit-change"_s, form);
        close();
        open({{u"tab"_s, u"refused"_s}});
        openFirst();
        save(u"audit-refused"_s, form);
        close();
        open({{u"tab"_s, u"all"_s}, {u"search"_s, u"zebra"_s}});
        save(u"audit-nothing-matches"_s, form);
    }
    // What is added meanwhile comes by itself.
    open({{u"tab"_s, u"all"_s}, {u"action"_s, u"users.delete"_s}});
    auto *table = page<AuditPage>().findChild<DataTable *>();
    const int before = table->model()->rowCount();
    m_owner->call(endpoints::users::remove.at(made->id), {}, this, [](const Result<Nothing> &) {});
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), before + 1, patience);
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// Second factor, password, sessions; last, what the real server says to a password without its code.
void Screenshots::security()
{
    QVERIFY(openDeskAs(Role::Viewer));
    const auto bottomOfSettings = [this] {
        m_desk->window.navigation().open(u"settings"_s);
        auto *section = m_desk->page<SecuritySection>();
        QTRY_VERIFY_WITH_TIMEOUT(!section->findChild<SessionRows *>()->findChildren<Label *>().isEmpty(), patience);
        for (auto *parent = section->parentWidget(); parent; parent = parent->parentWidget())
            if (auto *area = qobject_cast<QScrollArea *>(parent))
                area->ensureWidgetVisible(section->findChildren<Button *>().last());
    };
    const SecondFactorOffer offer{
        u"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"_s,
        u"otpauth://totp/Patio:carla%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Patio"_s};
    const QStringList codes{u"K7QA-2VXM-OEZP-3LTD"_s, u"4HRN-YJ6C-WSUB-5GQF"_s, u"PMD2-ZT3E-7XKA-LVOI"_s,
                            u"BNC5-QWJH-R6SY-2UFG"_s, u"XE4K-DTM7-AZPL-OV3Q"_s, u"6IRU-HC2N-SBWJ-YFG5"_s,
                            u"VQ3L-7OXA-EKPZ-M4TD"_s, u"JYH6-WNRC-5BSU-FGQ2"_s, u"T7DM-Z3PE-LAKX-2IVO"_s,
                            u"GF5Q-UBSW-C6JY-HRN4"_s};
    const auto open = [](QDialog *dialog) {
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    };
    for (const Form &form : forms()) {
        use(form);
        bottomOfSettings();
        save(u"settings-security"_s, form);
        QWidget *section = m_desk->page<SecuritySection>();
        open(new SecondFactorDialog(m_desk->client.workspace()->api(), offer, section));
        save(u"second-factor"_s, form);
        closeEverything();
        open(new RecoveryCodesDialog(codes, section));
        save(u"recovery-codes"_s, form);
        closeEverything();
    }

    const auto viewer = m_stack->signedIn(Role::Viewer);
    const DemoUser person = m_stack->user(Role::Viewer);
    QStringList left; // recovery codes
    viewer->call(endpoints::secondFactor::begin, {person.password}, this, [&](const Result<SecondFactorOffer> &made) {
        const QString secret = made ? made->secret : QString();
        viewer->call(endpoints::secondFactor::confirm,
                     {AuthenticatorApp(secret).code(QDateTime::currentSecsSinceEpoch())}, this,
                     [&](const Result<RecoveryCodes> &reply) { left = reply ? reply->recoveryCodes : QStringList(); });
    });
    QTRY_VERIFY_WITH_TIMEOUT(!left.isEmpty(), patience);
    m_desk.reset();
    m_data = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<DeskFixture>(m_data->path());
    StartOptions options;
    options.server = QUrl(m_stack->demo().baseUrl);
    options.tenant = u"acme"_s;
    QVERIFY(m_desk->show(options, size));
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.signIn().setInput({options.server.toString(), u"acme"_s, person.email, person.password, true});
        Q_EMIT m_desk->window.signIn().submitted(
            {options.server.toString(), u"acme"_s, person.email, person.password, false});
        const auto asks = [this] {
            int shown = 0;
            for (const TextField *field : m_desk->window.signIn().findChildren<TextField *>())
                shown += field->isVisible() && field->isEnabled();
            return shown == 5;
        };
        QTRY_VERIFY_WITH_TIMEOUT(asks(), patience);
        save(u"sign-in-code"_s, form);
    }
    Q_EMIT m_desk->window.signIn().submitted(
        {options.server.toString(), u"acme"_s, person.email, person.password, false, left.first()});
    QVERIFY(isLive());
    for (const Form &form : forms()) {
        use(form);
        bottomOfSettings();
        save(u"settings-security-on"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

// A tenant in which nobody ran anything, and with a colour of its own.
void Screenshots::tenantWithoutUsage()
{
    QVERIFY(openDesk(u"northwind"_s));
    for (const Form &form : forms()) {
        use(form);
        openJobs({{u"tab"_s, u"all"_s}});
        save(u"jobs-empty"_s, form);
        openUsage({{u"days"_s, 30}});
        save(u"usage-empty"_s, form);
        openUsage({{u"days"_s, 30}, {u"table"_s, true}});
        save(u"usage-table-empty"_s, form);
    }
    // One call is one point of a chart.
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"Where is the container?"_s}};
    request.model = QString::fromLatin1(DemoStack::pricedModel);
    bool isMade = false;
    m_desk->client.workspace()->api().call(endpoints::jobs::generate, request, this,
                                           [&](const Result<Job> &job) { isMade = bool(job); });
    QTRY_VERIFY_WITH_TIMEOUT(isMade, patience);
    for (const Form &form : forms()) {
        use(form);
        openUsage({{u"days"_s, 7}});
        const auto isCounted = [this] {
            if (page<UsagePage>().feed().total().calls == 0 && !page<UsagePage>().feed().isLoading())
                m_desk->press("F5");
            return page<UsagePage>().feed().total().calls == 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isCounted(), patience);
        save(u"usage-one-call"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void Screenshots::offline()
{
    QVERIFY(openDeskAs(Role::Owner));
    openUsage({{u"days"_s, 30}});
    openJobs({{u"tab"_s, u"running"_s}});
    m_stack->stop();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.banner().isVisible(), patience);
    for (const Form &form : forms()) {
        use(form);
        m_desk->window.navigation().open(u"usage"_s, {{u"days"_s, 30}});
        save(u"usage-offline"_s, form);
        m_desk->window.navigation().open(u"audit"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page<AuditPage>().findChild<EmptyState *>()->isVisible(), patience);
        save(u"audit-offline"_s, form);
        m_desk->window.navigation().open(u"jobs"_s, {{u"tab"_s, u"running"_s}});
        auto *table = page<JobsPage>().findChild<DataTable *>();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, patience);
        table->setFocus();
        table->selectRow(0);
        m_desk->press("Del"); // cannot reach the server: taken back, and said
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.toasts().count() > 0, patience);
        m_desk->window.toasts().show({.tone = Tone::Success,
                                      .title = u"Job cancelled"_s,
                                      .text = u"9f3178ab · Order refund reply"_s,
                                      .undo = [] {}});
        save(u"offline-toasts"_s, form);
        for (QToolButton *close : m_desk->window.toasts().findChildren<QToolButton *>())
            close->click();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(Screenshots)
#include "screenshots.moc"
