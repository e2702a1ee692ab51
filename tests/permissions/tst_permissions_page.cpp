// SPDX-License-Identifier: GPL-3.0-or-later
// Rules, roles and the simulator in the window, against the real server.
#include "client/permissions/condition_row_edit.h"
#include "client/permissions/hours_edit.h"
#include "client/permissions/permissions_page.h"
#include "client/permissions/record_edit.h"
#include "client/permissions/role_dialog.h"
#include "client/permissions/role_matrix.h"
#include "client/permissions/rule_editor.h"
#include "client/permissions/rule_effect.h"
#include "client/permissions/rule_form.h"
#include "client/permissions/rules_view.h"
#include "client/permissions/simulator_view.h"
#include "client/shell/sign_in_page.h"
#include "client/templates/variable_field.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/search_select.h"
#include "shared/permissions/endpoints.h"
#include "shared/usage/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QCheckBox>
#include <QClipboard>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace at = endpoints::permissions;

class TestPermissionsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        m_owner = m_stack.signedIn(Role::Owner);
        m_viewer = m_stack.signedIn(Role::Viewer);
        QVERIFY(m_owner && m_viewer);
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void cleanup()
    {
        for (const Rule &rule : rules())
            QVERIFY(ask(*m_owner, at::removeRule.at(rule.id), {}));
        for (const CustomRole &role : ask(*m_owner, at::listRoles.at(), {})->items)
            QVERIFY(ask(*m_owner, at::removeRole.at(role.id), {}));
    }

    void onlyWhoMayIsOfferedThePage()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::PromptEngineer));
        QVERIFY(!desk.window.navigation().find(u"permissions"_s));
    }

    // By keyboard from the first key to the last: a rule that takes the costs from viewers. What it would do is shown
    // before it is saved, and done within a second afterwards.
    void aRuleIsWrittenByKeyboard()
    {
        QVERIFY(ask(*m_viewer, endpoints::usage::report.at(), {}));
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page);
        desk.press("N");
        auto *editor = page->findChild<RuleEditor *>();
        QTRY_VERIFY(editor->isVisible());
        QVERIFY(!buttonOf(editor, u"Add rule"_s)->isEnabled()); // nobody is named yet

        const auto reason = editor->findChildren<TextField *>().first();
        reason->edit()->setFocus();
        QTest::keyClicks(reason->edit(), u"Costs are not for everybody"_s);
        choose(editor, u"Kind"_s, u"Role"_s);
        choose(editor, u"Who"_s, u"Viewer"_s);
        QTest::keyClick(buttonOf(editor, u"Add"_s), Qt::Key_Space);
        choose(editor, u"Subject"_s, u"Usage"_s);
        tick(editor, u"see"_s);
        auto *effect = editor->findChild<SegmentedControl *>();
        QTest::keyClick(effect->findChildren<QAbstractButton *>().last(), Qt::Key_Space);
        QVERIFY(jsonOf(editor).contains(uR"("effect": "deny")"_s));
        auto *shown = editor->findChild<RuleEffectView *>();
        QTRY_VERIFY_WITH_TIMEOUT(shown->simulation(), patience);
        QCOMPARE(shown->simulation()->affected, 1);
        QVERIFY(textsOf(shown).contains(u"loses “Usage: see”"_s));
        QVERIFY(textsOf(shown).contains(u"locks 1 person out"_s));
        QVERIFY(ask(*m_viewer, endpoints::usage::report.at(), {})); // nothing is saved yet

        QTest::keyClick(reason->edit(), Qt::Key_S, Qt::ControlModifier);
        auto *table = page->findChild<RulesView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QTRY_VERIFY(!editor->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!ask(*m_viewer, endpoints::usage::report.at(), {}), 1000);

        // Off, and on again, each when the table shows the one before; then gone, and back.
        table->setFocus();
        desk.press("S");
        QTRY_VERIFY_WITH_TIMEOUT(cellsOf(table).contains(u"|Off|"_s), patience);
        QVERIFY(ask(*m_viewer, endpoints::usage::report.at(), {}));
        desk.press("Esc"); // without the pane the keys stay at the rule too
        desk.press("S");
        QTRY_VERIFY_WITH_TIMEOUT(cellsOf(table).contains(u"|In force|"_s), patience);
        QVERIFY(rules().first().enabled);
        QSignalSpy toasts(page, &PageWidget::toastRequested);
        desk.press("Del");
        desk.press("Del"); // a key that is pressed twice removes it once
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, patience);
        QCOMPARE(rules().size(), 0);
        QCOMPARE(toasts.size(), 1);
        toasts.first().first().value<Toast>().undo();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QCOMPARE(rules().size(), 1);
        QCOMPARE(rules().first().reason, u"Costs are not for everybody"_s);
    }

    void whatWasSavedCanBeUndone()
    {
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page && run(page, u"rules.add"_s));
        auto *editor = page->findChild<RuleEditor *>();
        auto *table = page->findChild<RulesView *>()->table();
        QSignalSpy toasts(page, &PageWidget::toastRequested);
        const auto write = [&](const QString &reason) {
            editor->findChild<QPlainTextEdit *>()->setPlainText(
                uR"({"effect": "deny", "who": [{"kind": "role", "value": "viewer"}], "actions": ["read"],
                     "subject": "jobs", "reason": "%1"})"_s.arg(reason));
            QTest::keyClick(editor->findChild<QPlainTextEdit *>(), Qt::Key_S, Qt::ControlModifier);
        };
        write(u"first"_s);
        QTRY_VERIFY_WITH_TIMEOUT(cellsOf(table).contains(u"|first|"_s), patience);
        const auto undoAdding = toasts.last().first().value<Toast>().undo;
        QVERIFY(run(page, u"rules.change"_s));
        write(u"second"_s);
        QTRY_VERIFY_WITH_TIMEOUT(cellsOf(table).contains(u"|second|"_s), patience);
        const auto undoChange = toasts.last().first().value<Toast>().undo;

        undoAdding(); // would take the change with it, and so does not
        QTRY_COMPARE_WITH_TIMEOUT(toasts.size(), 3, patience);
        QCOMPARE(toasts.last().first().value<Toast>().tone, Tone::Danger);
        QCOMPARE(rules().value(0).reason, u"second"_s);
        undoChange();
        QTRY_VERIFY_WITH_TIMEOUT(cellsOf(table).contains(u"|first|"_s), patience);
        QCOMPARE(rules().value(0).reason, u"first"_s);

        QVERIFY(run(page, u"rules.duplicate"_s));
        write(u"third"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        toasts.last().first().value<Toast>().undo();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QCOMPARE(rules().value(0).reason, u"first"_s);
    }

    void rulesAreFoundByTheirState()
    {
        RuleInput input;
        input.who = {{RuleWhoKind::Role, u"viewer"_s}};
        input.actions = {u"read"_s};
        input.subject = u"templates"_s;
        input.reason = u"over"_s;
        input.onlyFields = QList<QString>{u"name"_s, u"folder"_s};
        input.validUntil = QDateTime::currentDateTimeUtc().addDays(-1);
        QVERIFY(ask(*m_owner, at::createRule.at(), input));
        input.reason = u"now"_s;
        input.validUntil.reset();
        QVERIFY(ask(*m_owner, at::createRule.at(), input));
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page);
        auto *view = page->findChild<RulesView *>();
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 2, patience);
        choose(view, u"State"_s, u"Over"_s);
        QCOMPARE(view->table()->model()->rowCount(), 1);
        QVERIFY(cellsOf(view->table()).contains(u"|over|"_s));
        QVERIFY(cellsOf(view->table()).contains(u"name, folder"_s));
        choose(view, u"State"_s, u"In force"_s);
        QVERIFY(cellsOf(view->table()).contains(u"|now|"_s));
        choose(view, u"State"_s, u"Any state"_s);
        QCOMPARE(view->table()->model()->rowCount(), 2);
    }

    // Whom a draft locks out is said before everything else, oneself above all.
    void lockingOutIsWarnedOf()
    {
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page && run(page, u"rules.add"_s));
        auto *editor = page->findChild<RuleEditor *>();
        auto *text = editor->findChild<QPlainTextEdit *>();
        auto *shown = editor->findChild<RuleEffectView *>();
        const auto write = [&](const QString &conditions) {
            text->setPlainText(uR"({"effect": "deny", "who": [{"kind": "everyone"}], "actions": ["read"],
                "subject": "templates"%1})"_s.arg(conditions));
            QVERIFY(!shown->simulation()); // what is shown is not about this draft yet, and says so
            QVERIFY(textsOf(shown).contains(u"being worked out"_s));
            QTRY_VERIFY_WITH_TIMEOUT(shown->simulation(), patience);
            QVERIFY(!textsOf(shown).contains(u"being worked out"_s));
        };
        write({});
        QVERIFY(textsOf(shown).contains(u"locks 3 people out of something. You lose something yourself."_s));
        write(uR"(, "conditions": {"folder": "secret"})"_s);
        QVERIFY(!textsOf(shown).contains(u"out of something"_s)); // some of it is left to everybody
        QVERIFY(textsOf(shown).contains(u"You lose something yourself."_s));
        editor->leave();
        QTRY_VERIFY(buttonOf(page, u"Discard changes"_s));
        buttonOf(page, u"Discard changes"_s)->click();
    }

    void formAndJsonAreOneDraft()
    {
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page && run(page, u"rules.add"_s));
        auto *editor = page->findChild<RuleEditor *>();
        auto *text = editor->findChild<QPlainTextEdit *>();
        text->setPlainText(uR"({"effect": "allow", "who": [{"kind": "role", "value": "agent"}], "actions": ["update"],
            "subject": "templates", "conditions": {"folder": "support", "tags": {"$in": ["a", "b"]}}})"_s);
        const auto rows = [&] { return editor->findChildren<ConditionRowEdit *>(QString()); };
        QTRY_COMPARE(visible(rows()).size(), 2);
        QCOMPARE(visible(rows())[1]->row().test, u"$in"_s);
        const auto value = visible(visible(rows())[0]->findChildren<QLineEdit *>()).last();
        QCOMPARE(value->text(), u"support"_s);
        value->setFocus();
        value->selectAll();
        QTest::keyClicks(value, u"sales"_s);
        QVERIFY(jsonOf(editor).contains(u"\"sales\""_s));
        QVERIFY(buttonOf(editor, u"Add rule"_s)->isEnabled());

        // Text that cannot be read says where, and leaves the form as it was.
        text->setPlainText(u"{\n\"effect\": \"allow\",\n"_s);
        QVERIFY(textsOf(editor).contains(u"Line "_s));
        QVERIFY(!buttonOf(editor, u"Add rule"_s)->isEnabled());
        QCOMPARE(visible(rows()).size(), 2);
        // What only JSON can say is kept by the form.
        text->setPlainText(uR"({"effect": "allow", "who": [{"kind": "everyone"}], "actions": ["read"],
            "subject": "templates", "conditions": {"$nor": [{"folder": "secret"}]}})"_s);
        QTRY_COMPARE(visible(rows()).size(), 0);
        tick(editor, u"publish"_s);
        QVERIFY(jsonOf(editor).contains(u"$nor"_s));
        // A wrong member is said by its name.
        text->setPlainText(uR"({"effect": "allow", "who": [{"kind": "everyone"}], "actions": ["read"],
            "subject": "templates", "condition": {}})"_s);
        QVERIFY2(textsOf(editor).contains(u"/condition"_s), qPrintable(textsOf(editor)));
        // Conditions that cannot be evaluated are refused at their field.
        text->setPlainText(uR"({"effect": "allow", "who": [{"kind": "everyone"}], "actions": ["read"],
            "subject": "templates", "conditions": {"no": 1}})"_s);
        QVERIFY(!buttonOf(editor, u"Add rule"_s)->isEnabled());
        desk.press("Esc");
        Button *discard = nullptr;
        QTRY_VERIFY((discard = buttonOf(page, u"Discard changes"_s)));
        discard->click();
        QTRY_VERIFY(!editor->isVisible());
        QCOMPARE(rules().size(), 0);
    }

    void hoursAreWrittenAndRead()
    {
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page && run(page, u"rules.add"_s));
        auto *editor = page->findChild<RuleEditor *>();
        editor->findChild<QPlainTextEdit *>()->setPlainText(uR"({"effect": "allow", "actions": ["post"],
            "who": [{"kind": "role", "value": "agent"}], "subject": "chat", "reason": "by day"})"_s);
        auto *hours = editor->findChild<HoursEdit *>();
        QTest::keyClick(hours->findChild<Switch *>(), Qt::Key_Space);
        QVERIFY(jsonOf(editor).contains(u"\"09:00\""_s)); // what is usual is offered
        const QList<TextField *> times = hours->findChildren<TextField *>();
        times[1]->edit()->setFocus();
        times[1]->edit()->selectAll();
        QTest::keyClicks(times[1]->edit(), u"25:00"_s);
        auto *zone = hours->findChild<SearchSelect *>();
        zone->lineEdit()->setFocus();
        zone->lineEdit()->selectAll();
        QTest::keyClicks(zone->lineEdit(), u"America/Sao_Paulo"_s);
        QTest::keyClick(zone->lineEdit(), Qt::Key_Return);
        for (const QString &day : {u"Sat"_s, u"Sun"_s})
            tick(hours, day);
        Button *add = buttonOf(editor, u"Add rule"_s);
        if (add->isEnabled())
            add->click();
        QTRY_VERIFY_WITH_TIMEOUT(times[1]->hasError(), patience); // said at its field
        times[1]->edit()->selectAll();
        QTest::keyClicks(times[1]->edit(), u"17:30"_s);
        QTRY_VERIFY_WITH_TIMEOUT(add->isEnabled(), patience);
        add->click();
        QTRY_VERIFY_WITH_TIMEOUT(!editor->isVisible(), patience);
        const auto made = rules();
        QCOMPARE(made.size(), 1);
        QVERIFY(made.first().hours);
        QCOMPARE(made.first().hours->from, u"09:00"_s);
        QCOMPARE(made.first().hours->until, u"17:30"_s);
        QCOMPARE(made.first().hours->timeZone, u"America/Sao_Paulo"_s);
        QCOMPARE(made.first().hours->days.size(), 5);
        auto *table = page->findChild<RulesView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTRY_VERIFY(textsOf(page).contains(u"09:00–17:30"_s));
    }

    void whoeverChangedItMeanwhileIsNotOverwrittenUnseen()
    {
        RuleInput input{RuleEffect::Deny,
                        {{RuleWhoKind::Role, u"viewer"_s}},
                        {u"read"_s},
                        u"jobs"_s,
                        {},
                        {},
                        {},
                        {},
                        u"first"_s,
                        true};
        const auto made = ask(*m_owner, at::createRule.at(), input);
        QVERIFY(made);
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page);
        auto *table = page->findChild<RulesView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        desk.press("E");
        auto *editor = page->findChild<RuleEditor *>();
        QTRY_VERIFY(editor->isVisible());
        input.reason = u"theirs"_s;
        QVERIFY(ask(*m_owner, at::replaceRule.at(made->id), input, made->revision));
        auto *reason = editor->findChildren<TextField *>().first();
        reason->edit()->setFocus();
        reason->edit()->selectAll();
        QTest::keyClicks(reason->edit(), u"mine"_s);
        QTRY_VERIFY(buttonOf(editor, u"Save rule"_s)->isEnabled());
        QTest::keyClick(reason->edit(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(editor).contains(u"changed this rule meanwhile"_s), patience);
        QCOMPARE(rules().first().reason, u"theirs"_s);
        QCOMPARE(reason->text(), u"mine"_s); // nothing is lost
        QTest::keyClick(reason->edit(), Qt::Key_S, Qt::ControlModifier); // now knowingly
        QTRY_VERIFY_WITH_TIMEOUT(!editor->isVisible(), patience);
        QCOMPARE(rules().first().reason, u"mine"_s);

        // Removed meanwhile: saving adds it again.
        QVERIFY(run(page, u"rules.change"_s));
        QVERIFY(ask(*m_owner, at::removeRule.at(made->id), {}));
        reason->edit()->selectAll();
        QTest::keyClicks(reason->edit(), u"again"_s);
        QTRY_VERIFY(buttonOf(editor, u"Save rule"_s)->isEnabled());
        QTest::keyClick(reason->edit(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(editor).contains(u"removed this rule meanwhile"_s), patience);
        QTRY_VERIFY(buttonOf(editor, u"Add rule"_s)->isEnabled());
        QTest::keyClick(reason->edit(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!editor->isVisible(), patience);
        QCOMPARE(rules().size(), 1);
        QCOMPARE(rules().first().reason, u"again"_s);
    }

    void rolesAreMadeAndChangedInTheMatrix()
    {
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page);
        desk.press("2");
        auto *matrix = page->findChild<RoleMatrix *>();
        QTRY_VERIFY(matrix->isVisible() && matrix->model()->columnCount() == 7);
        QVERIFY(run(page, u"roles.add"_s));
        QTRY_VERIFY(page->findChild<RoleDialog *>());
        auto *dialog = page->findChild<RoleDialog *>();
        auto *name = dialog->findChildren<TextField *>().first();
        QTest::keyClicks(name->edit(), u"Night shift"_s);
        QTest::keyClick(name->edit(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(matrix->model()->columnCount(), 8, patience);
        const auto rowOf = [&](const QString &ability) {
            for (int row = 0; row < matrix->model()->rowCount(); ++row)
                if (matrix->model()->headerData(row, Qt::Vertical).toString() == ability)
                    return row;
            return -1;
        };
        const auto role = [&] { return ask(*m_owner, at::listRoles.at(), {})->items.value(0); };
        QVERIFY(role().abilities.contains(Ability::TemplatesRead)); // it begins like a viewer
        matrix->setFocus();
        // Two at once: the second waits for the first.
        matrix->setCurrentIndex(matrix->model()->index(rowOf(u"jobs.replay"_s), 7));
        QTest::keyClick(matrix, Qt::Key_Space);
        matrix->setCurrentIndex(matrix->model()->index(rowOf(u"usage.read"_s), 7));
        QTest::keyClick(matrix, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(
            role().abilities.contains(Ability::JobsReplay) && !role().abilities.contains(Ability::UsageRead), patience);
        const QModelIndex cell = matrix->model()->index(rowOf(u"jobs.replay"_s), 7);
        QTRY_COMPARE(cell.data(RoleMatrixModel::MarkRole).toInt(), int(RoleMark::Yes));
        // A rule shows in the matrix.
        QVERIFY(ask(*m_owner, at::createRule.at(),
                    {RuleEffect::Deny,
                     {{RuleWhoKind::Everyone, {}}},
                     {u"replay"_s},
                     u"jobs"_s,
                     QJsonObject{{u"state"_s, u"failed"_s}},
                     {},
                     {},
                     {},
                     u"Not again"_s,
                     true}));
        QVERIFY(run(page, u"permissions.reload"_s));
        QTRY_COMPARE_WITH_TIMEOUT(
            matrix->model()->index(rowOf(u"jobs.replay"_s), 7).data(RoleMatrixModel::MarkRole).toInt(),
            int(RoleMark::Depends), patience);
        QVERIFY(matrix->model()
                    ->index(rowOf(u"jobs.replay"_s), 7)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(u"Not again"_s));
        // Built-in roles stay as they are.
        QSignalSpy toasts(page, &PageWidget::toastRequested);
        matrix->setCurrentIndex(matrix->model()->index(0, 0));
        QTest::keyClick(matrix, Qt::Key_Space);
        QCOMPARE(toasts.size(), 1);
    }

    void theSimulatorSaysWhy()
    {
        QVERIFY(ask(*m_owner, at::createRule.at(),
                    {RuleEffect::Allow,
                     {{RuleWhoKind::Role, u"viewer"_s}},
                     {u"update"_s},
                     u"templates"_s,
                     QJsonObject{{u"folder"_s, u"drafts"_s}},
                     {},
                     {},
                     {},
                     u"Viewers may draft"_s,
                     true}));
        DeskFixture desk(m_folder->path());
        PermissionsPage *page = open(desk);
        QVERIFY(page);
        desk.press("3");
        auto *view = page->findChild<SimulatorView *>();
        QTRY_VERIFY(view->isVisible());
        const DemoUser viewer = m_stack.user(Role::Viewer);
        QTRY_VERIFY_WITH_TIMEOUT(selectOf(view, u"Person"_s)->count() >= 3, patience);
        choose(view, u"Person"_s, viewer.displayName);
        choose(view, u"Ability"_s, u"Templates: change"_s);
        choose(view, u"Thing"_s, u"a made-up record"_s);
        // The record has a field for each attribute that a template has, and is the same as JSON.
        auto *edit = view->findChild<RecordEdit *>();
        QTRY_VERIFY(edit->isVisible());
        const auto controlOf = [&](const QString &name) -> QWidget * {
            for (VariableField *field : edit->findChildren<VariableField *>())
                if (textsOf(field).contains(name))
                    return field->control();
            return nullptr;
        };
        auto *folder = qobject_cast<QLineEdit *>(controlOf(u"folder"_s));
        QVERIFY(folder);
        // What cannot be read is not asked as something else.
        auto *tags = qobject_cast<QPlainTextEdit *>(controlOf(u"tags"_s));
        QVERIFY(tags);
        tags->setPlainText(u"[a"_s);
        QTest::keyClick(folder, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(textsOf(edit).contains(u"This cannot be read"_s));
        QVERIFY(textsOf(view).contains(u"The record cannot be read yet."_s));
        tags->setPlainText(u"[]"_s);
        QTest::keyClicks(folder, u"live"_s);
        QTest::keyClick(folder, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2_WITH_TIMEOUT(view->decision(), qPrintable(textsOf(view)), patience);
        QTest::keyClicks(folder, u"2"_s); // another question: the answer goes
        QVERIFY(!view->decision());
        QTest::keyClick(edit->findChild<SegmentedControl *>()->findChildren<QAbstractButton *>().last(), Qt::Key_Space);
        QPlainTextEdit *record = nullptr;
        for (QPlainTextEdit *one : visible(edit->findChildren<QPlainTextEdit *>()))
            record = one;
        QVERIFY(record && record->toPlainText().contains(uR"("folder": "live2")"_s));
        record->setPlainText(u"{\n\"folder\": \n"_s);
        QVERIFY(textsOf(edit).contains(u"Line "_s));
        QCOMPARE(folder->text(), u"live2"_s); // the form stays as it was
        record->setPlainText(uR"({"folder": "live"})"_s);
        QCOMPARE(folder->text(), u"live"_s);
        QTest::keyClick(record, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view->decision(), patience);
        QVERIFY(!view->decision()->allowed);
        QVERIFY(textsOf(view).contains(u"No. "_s));
        auto *tree = view->findChild<QTreeWidget *>();
        const auto rule = tree->findItems(u"Viewers may draft"_s, Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(rule.size(), 1);
        QCOMPARE(rule.first()->childCount(), 1); // the test that failed, with what it found
        QVERIFY(rule.first()->child(0)->text(1).contains(u"“live”"_s));
        record->setPlainText(uR"({"folder": "drafts"})"_s);
        QTest::keyClick(record, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view->decision() && view->decision()->allowed, patience);
        tree->setFocus();
        desk.press("C");
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"Viewers may draft"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains(uR"({"folder":"drafts"})"_s)); // of which record
        choose(view, u"Thing"_s, u"the record with ID"_s);
        visible(view->findChildren<QLineEdit *>()).first()->setText(u"nonsense"_s);
        QVERIFY(run(page, u"simulator.ask"_s));
        QVERIFY(textsOf(view).contains(u"An ID looks like"_s));
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    PermissionsPage *open(DeskFixture &desk)
    {
        if (!signIn(desk, Role::Owner))
            return nullptr;
        desk.press("G, R");
        auto *page = desk.page<PermissionsPage>();
        const auto isLoaded = [&] {
            for (const Command &command : page->commands())
                if (command.id == u"roles.add"_s)
                    return command.isEnabled();
            return false;
        };
        return page && QTest::qWaitFor(isLoaded, patience) ? page : nullptr;
    }

    bool signIn(DeskFixture &desk, Role role)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        const DemoUser user = m_stack.user(role);
        Q_EMIT desk.window.signIn().submitted({options.server.toString(), u"acme"_s, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, patience);
    }

    // What the server answers; an ApiError when it does not.
    template<class Input, class Output, class Query>
    Result<Output> ask(ApiClient &api, const Call<Input, Output, Query> &call, const std::type_identity_t<Input> &input,
                       std::optional<qint64> revision = {})
    {
        std::optional<Result<Output>> answer;
        api.call(call, input, this, [&](const Result<Output> &reply) { answer = reply; }, {.revision = revision});
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, patience))
            qFatal("no answer");
        return *answer;
    }
    QList<Rule> rules() { return ask(*m_owner, at::listRules.at(), {})->items; }

    static bool run(PermissionsPage *page, const QString &id)
    {
        for (const Command &command : page->commands()) {
            if (command.id != id || !command.isEnabled())
                continue;
            command.run();
            return true;
        }
        return false;
    }
    template<class Widget> static QList<Widget *> visible(const QList<Widget *> &widgets)
    {
        QList<Widget *> shown;
        std::copy_if(widgets.begin(), widgets.end(), std::back_inserter(shown),
                     [](const Widget *widget) { return widget->isVisible(); });
        return shown;
    }
    static Button *buttonOf(const QWidget *within, const QString &text)
    {
        for (Button *button : within->findChildren<Button *>())
            if (button->isVisible() && button->text() == text)
                return button;
        return nullptr;
    }
    static Select *selectOf(const QWidget *within, const QString &name)
    {
        for (Select *select : within->findChildren<Select *>())
            if (select->isVisible() && select->accessibleName() == name)
                return select;
        return nullptr;
    }
    // As a person does with the keys: the choice whose text is typed.
    static void choose(const QWidget *within, const QString &name, const QString &text)
    {
        Select *select = selectOf(within, name);
        QVERIFY2(select, qPrintable(name));
        const int index = select->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        select->setFocus();
        while (select->currentIndex() != index)
            QTest::keyClick(select, select->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }
    static void tick(const QWidget *within, const QString &text)
    {
        QCheckBox *found = nullptr;
        const bool isThere = QTest::qWaitFor([&] {
            for (QCheckBox *box : within->findChildren<QCheckBox *>())
                if (box->isVisible() && box->text() == text)
                    found = box;
            return found != nullptr;
        });
        QVERIFY2(isThere, qPrintable(text));
        QTest::keyClick(found, Qt::Key_Space);
    }
    static QString cellsOf(const DataTable *table)
    {
        QString cells;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            for (int column = 0; column < table->model()->columnCount(); ++column)
                cells += u'|' + table->model()->index(row, column).data().toString();
        return cells + u'|';
    }
    static QString jsonOf(const RuleEditor *editor) { return editor->findChild<QPlainTextEdit *>()->toPlainText(); }
    static QString textsOf(const QWidget *within)
    {
        QStringList texts;
        for (const Label *label : within->findChildren<Label *>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }

    DemoStack m_stack;
    std::unique_ptr<ApiClient> m_owner;
    std::unique_ptr<ApiClient> m_viewer;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestPermissionsPage)
#include "tst_permissions_page.moc"
