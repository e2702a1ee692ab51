// SPDX-License-Identifier: GPL-3.0-or-later
// The main job in the window, against the real server: sign in, edit a template, run it, watch it, find the job, see
// what it cost; and what happens when the server goes away or somebody else was first.
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_page.h"
#include "client/shell/sign_in_page.h"
#include "client/templates/merge_dialog.h"
#include "client/templates/prompt_edit.h"
#include "client/templates/run_panel.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_editor.h"
#include "client/templates/templates_page.h"
#include "client/templates/variables_form.h"
#include "client/usage/usage_page.h"
#include "client/widgets/answer_box.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/form_field.h"
#include "client/widgets/page_parts.h"
#include "shared/jobs/endpoints.h"
#include "shared/permissions/endpoints.h"
#include "shared/templates/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void demoOpensTheDeskAtOnce();
    void wrongPasswordIsSaidAtItsField();
    void unreachableServerIsSaidAtItsField();
    void theMainJobWithTheKeyboardAlone();
    void othersJobsAppearLive();
    void failedJobsCanBeRetriedAndItsUndone();
    void secondSaverIsOfferedTheWaysOn();
    void draftComesBackAfterACrash();
    void readersAreOfferedNoChanges();
    void theWindowFollowsAChangeOfRules();
    void opensOfflineWithWhatItKnewAndCatchesUp();
    void usageShowsTheCost();
    void linksOpenTheirObject();

private:
    template<class Output> std::optional<Output> ask(ApiClient &api, auto call, auto input)
    {
        std::optional<Result<Output>> reply;
        api.call(call, input, this, [&](const Result<Output> &answer) { reply = answer; });
        if (!QTest::qWaitFor([&] { return reply.has_value(); }, 20'000))
            return {};
        if (!*reply)
            qWarning("%s", qPrintable(reply->error().detail));
        return *reply ? std::optional(**reply) : std::nullopt;
    }
    StartOptions demoOptions() const
    {
        StartOptions options;
        options.demoFile = m_stack->demoFile();
        return options;
    }
    bool openTemplate(DeskFixture &desk, const QString &name);
    TemplateEditor *editor(DeskFixture &desk) const { return desk.page<TemplateEditor>(); }
    static QString outputOf(DeskFixture &desk);
    static DataTable *tableOf(QWidget *page) { return page->findChild<DataTable *>(); }
    static QString footerOf(QWidget *page) { return page->findChild<Footer *>()->accessibleName(); }
    NewTemplate priced(const QString &name, const QString &prompt) const;

    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<ApiClient> m_other; // somebody else, who owns the tenant
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

void TestDesk::initTestCase()
{
    DeskFixture::prepare(m_settings.path());
    m_stack = std::make_unique<DemoStack>();
    QVERIFY(m_stack->start());
    m_other = m_stack->signedIn(Role::Owner);
    QVERIFY(m_other && !m_other->accessToken().isEmpty());
}

void TestDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings().clear();
}

void TestDesk::cleanup() { m_folder.reset(); }

NewTemplate TestDesk::priced(const QString &name, const QString &prompt) const
{
    NewTemplate input;
    input.name = name;
    input.version.userPrompt = prompt;
    input.version.defaultModel = QString::fromLatin1(DemoStack::pricedModel);
    return input;
}

bool TestDesk::openTemplate(DeskFixture &desk, const QString &name)
{
    desk.window.navigation().open(u"templates"_s);
    auto *page = desk.page<TemplatesPage>();
    DataTable *table = tableOf(page);
    const auto row = [&] {
        for (int i = 0; i < table->model()->rowCount(); ++i)
            if (table->model()->index(i, 0).data().toString() == name)
                return i;
        return -1;
    };
    if (!QTest::qWaitFor([&] { return row() >= 0; }, 20'000))
        return false;
    table->setFocus();
    table->setCurrentIndex(table->model()->index(row(), 0));
    QTest::keyClick(table, Qt::Key_Return);
    return QTest::qWaitFor([&] { return editor(desk) && editor(desk)->isVisible(); }, 5000);
}

QString TestDesk::outputOf(DeskFixture &desk)
{
    const auto *box = desk.page<RunPanel>()->findChild<AnswerBox *>();
    return box->isVisible() ? box->text() : QString();
}

void TestDesk::demoOpensTheDeskAtOnce()
{
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    auto *page = desk.page<TemplatesPage>();
    QVERIFY(page);
    QTRY_VERIFY_WITH_TIMEOUT(tableOf(page)->model()->rowCount() >= 3, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, 20'000);
    QVERIFY(desk.window.windowTitle().contains(u"Acme"_s));
}

void TestDesk::wrongPasswordIsSaidAtItsField()
{
    DeskFixture desk(m_folder->path());
    StartOptions options;
    options.server = QUrl(m_stack->demo().baseUrl);
    options.tenant = u"acme"_s;
    QVERIFY(desk.show(options));
    QVERIFY(!desk.window.isAtDesk());
    Q_EMIT desk.window.signIn().submitted(
        {options.server.toString(), u"acme"_s, u"ana@acme.example"_s, u"wrong"_s, false});
    const auto saysSo = [&] {
        for (const TextField *field : desk.window.signIn().findChildren<TextField *>())
            if (field->hasError())
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(saysSo(), 20'000);
    QVERIFY(!desk.window.isAtDesk());

    const DemoUser ana = m_stack->user(Role::Owner);
    Q_EMIT desk.window.signIn().submitted({options.server.toString(), u"acme"_s, ana.email, ana.password, false});
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 30'000);
}

void TestDesk::unreachableServerIsSaidAtItsField()
{
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show({}));
    Q_EMIT desk.window.signIn().submitted({u"http://127.0.0.1:1"_s, u"acme"_s, u"ana@acme.example"_s, u"x"_s, false});
    const auto error = [&] {
        for (const TextField *field : desk.window.signIn().findChildren<TextField *>())
            if (field->hasError())
                return field->accessibleDescription() + field->edit()->accessibleDescription();
        return QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!error().isEmpty(), 20'000);
    QVERIFY2(error().contains(u"127.0.0.1:1"_s), qPrintable(error()));
}

void TestDesk::theMainJobWithTheKeyboardAlone()
{
    const auto made =
        ask<TemplateDetail>(*m_other, endpoints::templates::create, priced(u"Keyboard path"_s, u"Say {{input}}"_s));
    QVERIFY(made);
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    QVERIFY(openTemplate(desk, u"Keyboard path"_s));
    QTRY_VERIFY(qobject_cast<PromptEdit *>(QApplication::focusWidget()));
    auto *prompt = qobject_cast<PromptEdit *>(QApplication::focusWidget());
    QTRY_COMPARE(prompt->toPlainText(), u"Say {{input}}"_s);

    // A name that is not known is marked, F8 leads to it, and taking it away makes all well again.
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(prompt, u" and {{nobody}}"_s);
    QTRY_COMPARE(prompt->problems().size(), 1);
    QTest::keyClick(prompt, Qt::Key_Home, Qt::ControlModifier);
    desk.press("F8");
    QVERIFY(prompt->textCursor().position() >= 18);
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    for (int i = 0; i < 15; ++i)
        QTest::keyClick(prompt, Qt::Key_Backspace);
    QTRY_COMPARE(prompt->problems().size(), 0);
    QTest::keyClicks(prompt, u", gj kindly"_s); // letters of shortcuts stay letters
    QCOMPARE(prompt->toPlainText(), u"Say {{input}}, gj kindly"_s);
    QCOMPARE(desk.window.navigation().currentId(), u"templates"_s);

    desk.press("Ctrl+S");
    auto *dialog = desk.window.findChild<SaveVersionDialog *>();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"Kinder"_s);
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    const auto newest = [&] {
        const auto page = ask<Page<TemplateVersion>>(
            *m_other, endpoints::templates::versions.at(made->promptTemplate.id), VersionFilter{});
        return page ? page->items.first() : TemplateVersion{};
    };
    QTRY_COMPARE_WITH_TIMEOUT(newest().version, 2, 20'000);
    QCOMPARE(newest().note, u"Kinder"_s);
    QCOMPARE(newest().userPrompt, u"Say {{input}}, gj kindly"_s);

    // A window manager gives the window back what the dialog had; without one (offscreen) nobody does.
    desk.window.activateWindow();
    QTRY_VERIFY(desk.window.isActiveWindow());

    // Runs, and the words come one after the other.
    m_stack->provider().plan(*Behaviour::named(u"slow-stream-50ms"_s));
    desk.page<VariablesForm>()->setValues({{u"input"_s, u"one two three four five six seven eight"_s}});
    desk.press("Ctrl+Return");
    QTRY_VERIFY_WITH_TIMEOUT(!outputOf(desk).isEmpty(), 20'000);
    const qsizetype early = outputOf(desk).size();
    QTRY_VERIFY_WITH_TIMEOUT(outputOf(desk).size() > early, 20'000);
    auto *open = desk.page<RunPanel>()->findChild<IconButton *>(u"openJob"_s);
    QTRY_VERIFY_WITH_TIMEOUT(open->isVisible(), 20'000);

    // Its job is the first of the list, with tokens and cost, found by the keyboard.
    desk.window.setFocus();
    prompt->clearFocus();
    desk.press("G, J");
    QTRY_COMPARE(desk.window.navigation().currentId(), u"jobs"_s);
    auto *jobs = desk.page<JobsPage>();
    DataTable *table = tableOf(jobs);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0
                                 && table->model()->index(0, 2).data().toString().startsWith(u"Keyboard path"_s),
                             20'000);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->index(0, 6).data().toString().contains(u'$'), 20'000);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_J);
    QTest::keyClick(table, Qt::Key_Return);
    auto *pane = desk.page<JobPane>();
    QTRY_VERIFY(pane->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(pane->job() && pane->job()->state == JobState::Completed, 20'000);
    QTest::keyClick(table, Qt::Key_Escape);
    QTest::keyClick(table, Qt::Key_Escape);
    QTRY_VERIFY(!pane->isVisible());
}

void TestDesk::othersJobsAppearLive()
{
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    desk.window.navigation().open(u"jobs"_s);
    DataTable *table = tableOf(desk.page<JobsPage>());
    QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.page<JobsPage>()->feed().isLoading() && !desk.page<JobsPage>()->feed().showsCache(),
                             20'000);
    const int before = table->model()->rowCount();

    GenerateRequest request;
    request.messages = {{MessageRole::User, u"live %1"_s.arg(QUuid::createUuid().toString())}};
    request.model = u"demo/fast"_s;
    const auto job = ask<Job>(*m_other, endpoints::jobs::generate, request);
    QVERIFY(job);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), before + 1, 20'000);
    const JobsFeed &feed = desk.page<JobsPage>()->feed();
    QTRY_VERIFY_WITH_TIMEOUT(feed.find(job->id) && feed.find(job->id)->state == JobState::Completed, 20'000);

    // While something is selected, new rows wait behind the pill and what is looked at stays.
    table->setCurrentIndex(table->model()->index(0, 0));
    request.messages = {{MessageRole::User, u"live %1"_s.arg(QUuid::createUuid().toString())}};
    QVERIFY(ask<Job>(*m_other, endpoints::jobs::generate, request));
    auto *model = static_cast<TableModelBase *>(table->model());
    QTRY_COMPARE_WITH_TIMEOUT(model->heldRows(), 1, 20'000);
    QCOMPARE(model->rowCount(), before + 1);
    model->releaseHeldRows();
    QCOMPARE(model->rowCount(), before + 2);
}

void TestDesk::failedJobsCanBeRetriedAndItsUndone()
{
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"fail %1"_s.arg(QUuid::createUuid().toString())}};
    request.model = QString::fromLatin1(DemoStack::pricedModel);
    m_stack->provider().plan(*Behaviour::named(u"400"_s));
    const auto job = ask<Job>(*m_other, endpoints::jobs::generate, request);
    QVERIFY(job);

    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    desk.window.navigation().open(u"jobs"_s, {{u"tab"_s, u"failed"_s}});
    auto *page = desk.page<JobsPage>();
    const auto state = [&] {
        const Job *found = page->feed().find(job->id);
        return found ? std::optional(found->state) : std::nullopt;
    };
    QTRY_COMPARE_WITH_TIMEOUT(state(), std::optional(JobState::Failed), 20'000);
    // Among all of them, where it stays when the list is read anew.
    desk.window.navigation().open(u"jobs"_s, {{u"tab"_s, u"all"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(state(), std::optional(JobState::Failed), 20'000);
    desk.window.navigation().openObject(u"jobs"_s, job->id.toString(QUuid::WithoutBraces));
    auto *pane = desk.page<JobPane>();
    QTRY_VERIFY(pane->isVisible() && pane->jobId() == job->id);
    QVERIFY(pane->findChild<Banner *>()->isVisible()); // says why

    tableOf(page)->setFocus();
    desk.press("R");
    QTRY_COMPARE_WITH_TIMEOUT(state(), std::optional(JobState::Completed), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(pane->job()->state == JobState::Completed, 20'000);
}

void TestDesk::secondSaverIsOfferedTheWaysOn()
{
    const auto made =
        ask<TemplateDetail>(*m_other, endpoints::templates::create, priced(u"Conflict"_s, u"First {{input}}"_s));
    QVERIFY(made);
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    QVERIFY(openTemplate(desk, u"Conflict"_s));
    auto *prompt = desk.window.findChildren<PromptEdit *>().last();
    QTRY_COMPARE(prompt->toPlainText(), u"First {{input}}"_s);
    prompt->setFocus();
    QTest::keyClicks(prompt, u"Mine. "_s);

    NewTemplateVersion theirs = made->version.version ? NewTemplateVersion{} : NewTemplateVersion{};
    theirs.userPrompt = u"Theirs {{input}}"_s;
    theirs.defaultModel = made->version.defaultModel;
    theirs.note = u"Was faster"_s;
    theirs.baseVersion = 1;
    QVERIFY(ask<TemplateVersion>(*m_other, endpoints::templates::saveVersion.at(made->promptTemplate.id), theirs));

    editor(desk)->saveVersion();
    auto *save = desk.window.findChild<SaveVersionDialog *>();
    QVERIFY(save);
    save->accept();
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.findChild<MergeDialog *>(), 20'000);
    // Nothing of mine is lost, whatever is chosen; here: saved after theirs.
    QVERIFY(
        desk.client.workspace()->store().draft(u"template"_s, made->promptTemplate.id.toString(QUuid::WithoutBraces)));
    auto *merge = desk.window.findChild<MergeDialog *>();
    auto *choice = merge->findChild<SegmentedControl *>();
    choice->setCurrent(1);
    Q_EMIT choice->chosen(1);
    merge->accept();
    const auto newest = [&] {
        const auto page = ask<Page<TemplateVersion>>(
            *m_other, endpoints::templates::versions.at(made->promptTemplate.id), VersionFilter{});
        return page ? page->items.first() : TemplateVersion{};
    };
    QTRY_COMPARE_WITH_TIMEOUT(newest().version, 3, 20'000);
    QVERIFY(newest().userPrompt.startsWith(u"Mine. "_s));
}

void TestDesk::draftComesBackAfterACrash()
{
    const auto made =
        ask<TemplateDetail>(*m_other, endpoints::templates::create, priced(u"Draft"_s, u"Before {{input}}"_s));
    QVERIFY(made);
    QTemporaryDir copy;
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show(demoOptions()));
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
        QVERIFY(openTemplate(desk, u"Draft"_s));
        auto *prompt = desk.window.findChildren<PromptEdit *>().last();
        QTRY_COMPARE(prompt->toPlainText(), u"Before {{input}}"_s);
        QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
        // Kept while somebody types on and on, not only when he pauses.
        const QString key = made->promptTemplate.id.toString(QUuid::WithoutBraces);
        LocalStore &store = desk.client.workspace()->store();
        for (int letters = 0; letters < 200 && !store.draft(u"template"_s, key); ++letters) {
            QTest::keyClick(prompt, Qt::Key_X);
            QTest::qWait(20);
        }
        QVERIFY(store.draft(u"template"_s, key).has_value());
        while (prompt->toPlainText().endsWith(u'x'))
            QTest::keyClick(prompt, Qt::Key_Backspace);
        QTest::keyClicks(prompt, u" half a sent"_s);
        auto *value = desk.page<VariablesForm>()->findChild<QPlainTextEdit *>();
        value->setFocus();
        QTest::keyClicks(value, u"a val"_s);
        const auto kept = [&] {
            const auto draft = store.draft(u"template"_s, key);
            return draft && draft->body.value(u"content"_s)[u"userPrompt"_s].toString().endsWith(u"half a sent"_s)
                && store.viewState(u"template/"_s + key).value(u"variables"_s)[u"input"_s] == u"a val"_s;
        };
        QTRY_VERIFY(kept());
        store.waitUntilWritten();
        // What a kill would leave: the files as they are now.
        QVERIFY(QProcess::execute(u"cp"_s, {u"-r"_s, m_folder->path() + u"/."_s, copy.path()}) == 0);
    }
    DeskFixture desk(copy.path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    QVERIFY(openTemplate(desk, u"Draft"_s));
    auto *prompt = desk.window.findChildren<PromptEdit *>().last();
    QTRY_COMPARE(prompt->toPlainText(), u"Before {{input}} half a sent"_s);
    QCOMPARE(desk.page<VariablesForm>()->values(), (QJsonObject{{u"input"_s, u"a val"_s}}));
    // The draft is still what it was made from, and can be thrown away.
    auto *banner = editor(desk)->findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    Q_EMIT banner->actionRequested();
    QTRY_COMPARE(prompt->toPlainText(), u"Before {{input}}"_s);
}

void TestDesk::readersAreOfferedNoChanges()
{
    DeskFixture desk(m_folder->path());
    StartOptions options;
    options.server = QUrl(m_stack->demo().baseUrl);
    QVERIFY(desk.show(options));
    const DemoUser carla = m_stack->user(Role::Viewer);
    Q_EMIT desk.window.signIn().submitted({options.server.toString(), u"acme"_s, carla.email, carla.password, false});
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 30'000);
    QVERIFY(openTemplate(desk, u"Summary"_s));
    auto *prompt = desk.window.findChildren<PromptEdit *>().last();
    QTRY_VERIFY(!prompt->toPlainText().isEmpty());
    QVERIFY(prompt->isReadOnly());
    for (const Command &command : desk.window.navigation().current()->commands())
        QVERIFY2(command.id != u"template.save"_s, "saving is offered to somebody who may only read");
    for (const Button *button : editor(desk)->findChild<PageHeader *>()->findChildren<Button *>())
        QVERIFY(!button->isVisible());
    desk.window.navigation().open(u"jobs"_s);
    for (const Command &command : desk.window.navigation().current()->commands())
        QVERIFY(!command.isEnabled() || (command.id != u"jobs.retry"_s && command.id != u"jobs.cancel"_s));
}

// An owner writes rules while somebody has the window open.
void TestDesk::theWindowFollowsAChangeOfRules()
{
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, 20'000);
    QVERIFY(openTemplate(desk, u"Summary"_s));
    auto *prompt = desk.window.findChildren<PromptEdit *>().last();
    QTRY_VERIFY(!prompt->toPlainText().isEmpty());
    QVERIFY(!prompt->isReadOnly());
    prompt->appendPlainText(u"Half a sentence"_s);
    const auto deny = [&](const QString &subject, const QString &action) {
        RuleInput rule;
        rule.effect = RuleEffect::Deny;
        rule.who = {{RuleWhoKind::Role, u"prompt-engineer"_s}};
        rule.subject = subject;
        rule.actions = {action};
        return ask<Rule>(*m_other, endpoints::permissions::createRule, rule);
    };
    const auto lift = [&](const std::optional<Rule> &rule) {
        return ask<Nothing>(*m_other, endpoints::permissions::removeRule.at(rule->id), Nothing{}).has_value();
    };

    const auto noUpdates = deny(u"templates"_s, u"update"_s);
    QVERIFY(noUpdates);
    QTRY_VERIFY_WITH_TIMEOUT(prompt->isReadOnly(), 20'000);
    QVERIFY(prompt->toPlainText().endsWith(u"Half a sentence"_s)); // nothing is taken out of somebody's hands
    QVERIFY(lift(noUpdates));
    QTRY_VERIFY_WITH_TIMEOUT(!prompt->isReadOnly(), 20'000);
    QVERIFY(prompt->toPlainText().endsWith(u"Half a sentence"_s));

    desk.window.navigation().open(u"jobs"_s);
    QVERIFY(desk.window.navigation().find(u"jobs"_s));
    const auto noJobs = deny(u"jobs"_s, u"read"_s);
    QVERIFY(noJobs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window.navigation().currentId(), u"templates"_s, 20'000);
    QVERIFY(!desk.window.navigation().find(u"jobs"_s));
    QVERIFY(lift(noJobs));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.navigation().find(u"jobs"_s), 20'000);
}

void TestDesk::opensOfflineWithWhatItKnewAndCatchesUp()
{
    GenerateRequest before;
    before.messages = {{MessageRole::User, u"before %1"_s.arg(QUuid::createUuid().toString())}};
    before.model = u"demo/fast"_s;
    QVERIFY(ask<Job>(*m_other, endpoints::jobs::generate, before));
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show(demoOptions()));
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
        desk.window.navigation().open(u"jobs"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.page<JobsPage>()->feed().showsCache(), 20'000);
        QVERIFY(tableOf(desk.page<JobsPage>())->model()->rowCount() > 0);
        desk.client.workspace()->store().waitUntilWritten();
    }
    const StartOptions options = demoOptions();
    QFile::copy(options.demoFile, m_folder->filePath(u"demo.json"_s));
    m_stack->stop();
    StartOptions offline;
    offline.demoFile = m_folder->filePath(u"demo.json"_s);
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(offline));
    QVERIFY(desk.window.isAtDesk()); // without waiting for anything
    desk.window.navigation().open(u"jobs"_s);
    auto *page = desk.page<JobsPage>();
    QVERIFY(tableOf(page)->model()->rowCount() > 0);
    QTRY_VERIFY(desk.window.banner().isVisible());
    QVERIFY2(footerOf(page).contains(u"as of"_s), qPrintable(footerOf(page)));

    QVERIFY(m_stack->start());
    m_other = m_stack->signedIn(Role::Owner);
    QVERIFY(m_other);
    desk.client.workspace()->live().retryNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, 40'000);
    QTRY_VERIFY(!desk.window.banner().isVisible());
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"again %1"_s.arg(QUuid::createUuid().toString())}};
    request.model = u"demo/fast"_s;
    const auto job = ask<Job>(*m_other, endpoints::jobs::generate, request);
    QVERIFY(job);
    QTRY_VERIFY_WITH_TIMEOUT(page->feed().find(job->id), 20'000);
}

void TestDesk::usageShowsTheCost()
{
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"cost %1"_s.arg(QUuid::createUuid().toString())}};
    request.model = QString::fromLatin1(DemoStack::pricedModel);
    const auto job = ask<Job>(*m_other, endpoints::jobs::generate, request);
    QVERIFY(job);
    DeskFixture desk(m_folder->path());
    QVERIFY(desk.show(demoOptions()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 20'000);
    desk.window.navigation().open(u"usage"_s);
    auto *page = desk.page<UsagePage>();
    // The table twin has the same numbers as the chart.
    desk.window.navigation().open(u"usage"_s, {{u"table"_s, true}});
    const auto cost = [&] {
        for (DataTable *table : page->findChildren<DataTable *>())
            for (int row = 0; table->isVisible() && row < table->model()->rowCount(); ++row)
                if (table->model()->index(row, 1).data().toString() == QString::fromLatin1(DemoStack::pricedModel))
                    return table->model()->index(row, 6).data().toString();
        return QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(cost().contains(u'$'), 20'000);
    QVERIFY2(cost() != u"$0.00"_s, qPrintable(cost()));
}

void TestDesk::linksOpenTheirObject()
{
    GenerateRequest request;
    request.messages = {{MessageRole::User, u"link %1"_s.arg(QUuid::createUuid().toString())}};
    request.model = u"demo/fast"_s;
    const auto job = ask<Job>(*m_other, endpoints::jobs::generate, request);
    QVERIFY(job);
    DeskFixture desk(m_folder->path());
    StartOptions options = demoOptions();
    options.link = u"patio://%1/acme/jobs/%2"_s.arg(QUrl(m_stack->demo().baseUrl).authority(),
                                                    job->id.toString(QUuid::WithoutBraces));
    QVERIFY(desk.show(options));
    QTRY_VERIFY_WITH_TIMEOUT(desk.page<JobPane>() && desk.page<JobPane>()->jobId() == job->id, 20'000);
}

QTEST_MAIN(TestDesk)
#include "tst_desk.moc"
