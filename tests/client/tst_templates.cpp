// SPDX-License-Identifier: GPL-3.0-or-later
// The templates page in the window, against the real server: labels, folders, drafts, two people at one template,
// templates within templates, import and export.
#include "client/shell/sign_in_page.h"
#include "client/templates/bundle_dialogs.h"
#include "client/templates/label_dialogs.h"
#include "client/templates/merge_dialog.h"
#include "client/templates/template_content.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_folders.h"
#include "client/templates/template_side_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/form_field.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/timeline.h"
#include "shared/jobs/endpoints.h"
#include "tests/client/templates_fixture.h"

#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

// What a killed client was doing: the program itself, started again with this set, types and waits to be killed.
constexpr auto typistVariable = "PATIO_TEST_TYPIST";

} // namespace

class TestTemplates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void labelsAreSetMovedAndRolledBack();
    void labelsAreDraggedAlongTheVersions();
    void whoMayNotPublishIsOfferedNoMoves();
    void aRefusedMoveIsReadWhereItWasAsked();
    void foldersCountFilterAndAreRemembered();
    void foldersAndTemplatesMove();
    void tagsNarrowTogetherAndPromptsAreSearched();
    void removedTemplatesComeBack();
    void copiesBeginWithTheLatestVersion();
    void twoPeopleSeeEachOther();
    void bothChangesAreSaved();
    void whoSavesThriceMergesAgain();
    void aKilledClientLosesNothing();
    void draftsOfAnotherMachineAreOffered();
    void includesAreCompletedCheckedAndOpened();
    void previewsAreWhatTheServerWouldSend();
    void exportsComeBackAsTheyWere();

private:
    template<class Output> std::optional<Output> ask(ApiClient &api, auto call, auto input)
    {
        std::optional<Result<Output>> reply;
        api.call(call, input, this, [&](const Result<Output> &answer) { reply = answer; });
        if (!QTest::qWaitFor([&] { return reply.has_value(); }, patience))
            return {};
        if (!*reply)
            qWarning("%s %s", qPrintable(reply->error().detail), json::print(reply->error()).constData());
        return *reply ? std::optional(**reply) : std::nullopt;
    }
    PromptTemplate make(const QString &name, const QString &prompt, const QString &folder = {},
                        const QList<QString> &tags = {});
    TemplateVersion save(const QUuid &id, int base, const std::function<void(NewTemplateVersion &)> &change);
    TemplateVersion newest(const QUuid &id);
    std::optional<int> standing(const QUuid &id, const QString &label);
    void setLabel(const QUuid &id, const QString &label, int version);
    void typeAndWait(const QByteArray &what);
    static QStringList textsOf(QWidget *widget)
    {
        QStringList texts;
        for (const QLabel *label : widget->findChildren<QLabel *>())
            if (label->isVisible())
                texts << label->text();
        return texts;
    }
    static QString footerOf(QWidget *page) { return page->findChild<Footer *>()->accessibleName(); }
    static Button *labelsButton(TemplatesDesk &desk)
    {
        for (auto *button : desk.editor()->findChild<PageHeader *>()->findChildren<Button *>())
            if (button->menu())
                return button;
        return nullptr;
    }

    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<ApiClient> m_other; // somebody else, who owns the tenant
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

void TestTemplates::initTestCase()
{
    if (const QByteArray typist = qgetenv(typistVariable); !typist.isEmpty()) {
        typeAndWait(typist);
        QFAIL("was not killed");
    }
    DeskFixture::prepare(m_settings.path());
    m_stack = std::make_unique<DemoStack>();
    QVERIFY(m_stack->start());
    m_other = m_stack->signedIn(Role::Owner);
    QVERIFY(m_other && !m_other->accessToken().isEmpty());
}

void TestTemplates::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings().clear();
}

PromptTemplate TestTemplates::make(const QString &name, const QString &prompt, const QString &folder,
                                   const QList<QString> &tags)
{
    NewTemplate input;
    input.name = name;
    input.folder = folder;
    input.tags = tags;
    input.version.userPrompt = prompt;
    input.version.defaultModel = u"demo/echo"_s;
    const auto made = ask<TemplateDetail>(*m_other, endpoints::templates::create, input);
    return made ? made->promptTemplate : PromptTemplate{};
}

TemplateVersion TestTemplates::save(const QUuid &id, int base, const std::function<void(NewTemplateVersion &)> &change)
{
    NewTemplateVersion input = contentOf(newest(id));
    change(input);
    input.baseVersion = base;
    return ask<TemplateVersion>(*m_other, endpoints::templates::saveVersion.at(id), input).value_or(TemplateVersion{});
}

TemplateVersion TestTemplates::newest(const QUuid &id)
{
    const auto page = ask<Page<TemplateVersion>>(*m_other, endpoints::templates::versions.at(id), VersionFilter{});
    return page ? page->items.first() : TemplateVersion{};
}

std::optional<int> TestTemplates::standing(const QUuid &id, const QString &label)
{
    const auto page = ask<Page<TemplateLabel>>(*m_other, endpoints::templates::labels.at(id), TemplatePageFilter{});
    for (const TemplateLabel &one : page ? page->items : QList<TemplateLabel>())
        if (one.label == label)
            return one.version;
    return {};
}

void TestTemplates::setLabel(const QUuid &id, const QString &label, int version)
{
    QVERIFY(ask<TemplateLabel>(*m_other, endpoints::templates::moveLabel.at(id, label), LabelMove{version, {}}));
}

void TestTemplates::labelsAreSetMovedAndRolledBack()
{
    const PromptTemplate made = make(u"Labelled"_s, u"First {{input}}"_s);
    save(made.id, 1, [](NewTemplateVersion &v) { v.userPrompt = u"Second {{input}}"_s; });
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Labelled"_s, u"Second {{input}}"_s));
    auto *timeline = desk.editor()->findChild<Timeline *>();
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v1"_s), patience);

    // Set: the name is asked for.
    QVERIFY(TemplatesDesk::press(TemplatesDesk::filled(labelsButton(desk)), {u"New label…"_s}));
    auto *dialog = desk.window.findChild<MoveLabelDialog *>();
    QVERIFY(dialog);
    dialog->findChild<TextField *>()->setText(u"production"_s);
    dialog->findChild<Select *>()->setCurrentIndex(1); // v1
    Q_EMIT dialog->findChild<Select *>()->valueChosen(1);
    dialog->accept();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window.findChild<MoveLabelDialog *>(), patience);
    QCOMPARE(standing(made.id, u"production"_s).value_or(0), 1);
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v1 production"_s), patience);

    // Moved: from where to where is said before anything happens.
    QVERIFY(TemplatesDesk::press(TemplatesDesk::filled(labelsButton(desk)),
                                 {u"production · v1"_s, u"Move to v2, the latest…"_s}));
    dialog = desk.window.findChild<MoveLabelDialog *>();
    QVERIFY(dialog);
    const QStringList said = textsOf(dialog);
    QVERIFY2(said.contains(u"production: v1 → v2"_s), qPrintable(said.join(u'|')));
    QCOMPARE(standing(made.id, u"production"_s).value_or(0), 1);
    dialog->accept();
    QTRY_VERIFY2_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v2 production"_s),
                              qPrintable(textsOf(&desk.window).join(u'|')), patience);
    QCOMPARE(standing(made.id, u"production"_s).value_or(0), 2);

    // Back in one step, and that can be taken back too: later, and at once, before anything has been read again.
    for (const bool isAtOnce : {false, true}) {
        const auto rollBack = [&] {
            return TemplatesDesk::press(TemplatesDesk::filled(labelsButton(desk)),
                                        {u"production · v2"_s, u"Roll back to v1"_s});
        };
        QVERIFY(QTest::qWaitFor(rollBack, patience)); // pressed once: a macro that tries again would press twice
        if (!isAtOnce) {
            QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v1 production"_s), patience);
            QCOMPARE(standing(made.id, u"production"_s).value_or(0), 1);
        }
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(&desk.window.toasts()).contains(u"“production” moved: v2 → v1"_s), patience);
        QVERIFY(desk.window.toasts().undo());
        QTRY_COMPARE_WITH_TIMEOUT(standing(made.id, u"production"_s).value_or(0), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v2 production"_s), patience);
    }

    QVERIFY(TemplatesDesk::press(TemplatesDesk::filled(labelsButton(desk)), {u"production · v2"_s, u"History…"_s}));
    auto *history = desk.window.findChild<LabelHistoryDialog *>();
    QVERIFY(history);
    QTRY_COMPARE_WITH_TIMEOUT(history->findChild<Timeline *>()->accessibleDescription().count(u'\n'), 5, patience);
    history->reject();

    // The list says it too, and what runs by the label is that version.
    QTRY_VERIFY_WITH_TIMEOUT(desk.editor(), patience);
    desk.editor()->findChild<VariablesForm *>()->setValues({{u"input"_s, u"x"_s}});
    desk.editor()->runLabel(u"production"_s);
    const auto ran = [&] {
        const auto jobs = ask<Page<Job>>(*m_other, endpoints::jobs::list, JobFilter{});
        return jobs && !jobs->items.isEmpty() && jobs->items.first().templateId == made.id
            ? jobs->items.first().templateVersion.value_or(0)
            : 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(ran(), 2, patience);
}

void TestTemplates::labelsAreDraggedAlongTheVersions()
{
    const PromptTemplate made = make(u"Dragged"_s, u"First {{input}}"_s);
    save(made.id, 1, [](NewTemplateVersion &v) { v.userPrompt = u"Second {{input}}"_s; });
    setLabel(made.id, u"staging"_s, 1);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Dragged"_s, u"Second {{input}}"_s));
    auto *side = desk.editor()->findChild<TemplateSidePanel *>();
    side->show(TemplateSidePanel::Versions);
    auto *timeline = side->findChild<Timeline *>();
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v1 staging"_s), patience);
    QTRY_VERIFY(!timeline->labelRect(1, 0).isEmpty());
    const QPoint from = timeline->labelRect(1, 0).center(), to(from.x(), 8);
    QTest::mousePress(timeline, Qt::LeftButton, {}, from);
    QTest::mouseMove(timeline, from - QPoint(0, 20));
    QMouseEvent move(QEvent::MouseMove, to, timeline->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(timeline, &move);
    QTest::mouseRelease(timeline, Qt::LeftButton, {}, to);
    auto *dialog = desk.window.findChild<MoveLabelDialog *>();
    QVERIFY(dialog); // asked, not done
    QCOMPARE(standing(made.id, u"staging"_s).value_or(0), 1);
    dialog->accept();
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v2 staging"_s), patience);
    QCOMPARE(standing(made.id, u"staging"_s).value_or(0), 2);
}

void TestTemplates::whoMayNotPublishIsOfferedNoMoves()
{
    const PromptTemplate made = make(u"Read labels"_s, u"Text {{input}}"_s);
    setLabel(made.id, u"production"_s, 1);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open(Role::Viewer));
    QVERIFY(desk.openTemplate(u"Read labels"_s, u"Text {{input}}"_s));
    const auto offered = [&] {
        QStringList texts;
        QMenu *menu = TemplatesDesk::filled(labelsButton(desk));
        for (const QAction *action : menu->actions()) {
            texts << action->text();
            if (action->menu())
                for (const QAction *inner : action->menu()->actions())
                    texts << inner->text();
        }
        return texts;
    };
    QTRY_VERIFY_WITH_TIMEOUT(offered().contains(u"production · v1"_s), patience);
    QVERIFY(offered().contains(u"History…"_s));
    for (const QString &text : offered())
        QVERIFY2(!text.contains(u"Move"_s) && !text.contains(u"Roll"_s) && !text.contains(u"New label"_s)
                     && !text.contains(u"Remove"_s),
                 qPrintable(text));
}

void TestTemplates::aRefusedMoveIsReadWhereItWasAsked()
{
    TemplateVersion version;
    version.version = 2;
    TemplateLabel label;
    label.label = u"production"_s;
    label.version = 1;
    QWidget parent;
    MoveLabelDialog dialog(u"Reply"_s, {label}, {version}, u"production"_s, 2, &parent);
    dialog.show();
    dialog.accept();
    ApiError error = ApiError::conflict(u"“production” is guarded: the last run did not pass."_s);
    error.meanwhile = QJsonObject{{u"items"_s,
                                   QJsonArray{QJsonObject{{u"passes"_s, false},
                                                          {u"reason"_s, u"The score is 0.8, less than 0.95."_s},
                                                          {u"runId"_s, u"7f3a"_s},
                                                          {u"cases"_s, QJsonArray{3, 17}}}}}};
    dialog.showError(error);
    QStringList said;
    for (const QLabel *one : dialog.findChildren<QLabel *>())
        if (one->isVisible())
            said << one->text();
    const QString all = said.join(u'|');
    QVERIFY2(all.contains(error.detail) && all.contains(u"run 7f3a"_s) && all.contains(u"cases 3, 17"_s),
             qPrintable(all));
    QVERIFY(dialog.isVisible());
}

void TestTemplates::foldersCountFilterAndAreRemembered()
{
    make(u"In refunds"_s, u"A {{input}}"_s, u"shop/refunds"_s);
    make(u"In shop"_s, u"B {{input}}"_s, u"shop"_s);
    const auto item = [](TemplatesDesk &desk, const QString &text) {
        auto *tree = desk.page<TemplatesPage>()->findChild<TemplateFolders *>();
        const auto found = tree->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? nullptr : found.first();
    };
    {
        TemplatesDesk desk(*m_stack, m_folder->path());
        QVERIFY(desk.open());
        QTRY_VERIFY_WITH_TIMEOUT(item(desk, u"shop"_s), patience);
        QCOMPARE(item(desk, u"shop"_s)->text(1), u"2"_s);
        QCOMPARE(item(desk, u"refunds"_s)->text(1), u"1"_s);
        auto *tree = desk.page<TemplatesPage>()->findChild<TemplateFolders *>();
        tree->setCurrentItem(item(desk, u"shop"_s));
        QTRY_COMPARE(desk.table()->model()->rowCount(), 2); // with the folder within
        tree->setCurrentItem(item(desk, u"refunds"_s));
        QTRY_COMPARE(desk.table()->model()->rowCount(), 1);
        desk.window.navigation().open(u"jobs"_s);
        desk.window.navigation().open(u"templates"_s);
        QVERIFY(desk.window.close());
    }
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QTRY_COMPARE_WITH_TIMEOUT(desk.page<TemplatesPage>()->findChild<TemplateFolders *>()->folder(), u"shop/refunds"_s,
                              patience);
    QTRY_COMPARE(desk.table()->model()->rowCount(), 1);
}

void TestTemplates::foldersAndTemplatesMove()
{
    const PromptTemplate made = make(u"Mover"_s, u"A {{input}}"_s, u"old"_s);
    const PromptTemplate loose = make(u"Loose"_s, u"B {{input}}"_s);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    auto *tree = desk.page<TemplatesPage>()->findChild<TemplateFolders *>();
    const auto item = [&](const QString &text) {
        const auto found = tree->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? nullptr : found.first();
    };
    const auto folderOf = [&](const QUuid &id) {
        const auto detail = ask<TemplateDetail>(*m_other, endpoints::templates::get.at(id), Nothing{});
        return detail ? detail->promptTemplate.folder : u"?"_s;
    };
    QTRY_VERIFY_WITH_TIMEOUT(item(u"old"_s), patience);
    // A row dropped on a folder.
    QVERIFY(desk.choose(u"Loose"_s));
    const std::unique_ptr<QMimeData> dragged(desk.table()->model()->mimeData({desk.table()->currentIndex()}));
    const QPoint at = tree->visualItemRect(item(u"old"_s)).center();
    QDragEnterEvent enter(at, Qt::CopyAction, dragged.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, dragged.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(folderOf(loose.id), u"old"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(item(u"old"_s)->text(1), u"2"_s, patience);
    // And back, since it was a slip.
    QTRY_COMPARE_WITH_TIMEOUT(desk.window.toasts().count(), 1, patience);
    QVERIFY(desk.window.toasts().undo());
    QTRY_COMPARE_WITH_TIMEOUT(folderOf(loose.id), QString(), patience);
    // The folder gets another name, with F2.
    tree->setCurrentItem(item(u"old"_s));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_F2);
    auto *dialog = desk.window.findChild<FolderDialog *>();
    QVERIFY(dialog);
    dialog->findChild<TextField *>()->setText(u"new/name"_s);
    dialog->accept();
    QTRY_COMPARE_WITH_TIMEOUT(folderOf(made.id), u"new/name"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(item(u"name"_s), patience);
    QVERIFY(!item(u"old"_s));
}

void TestTemplates::tagsNarrowTogetherAndPromptsAreSearched()
{
    make(u"Two tags"_s, u"A {{input}}"_s, {}, {u"red"_s, u"green"_s});
    make(u"One tag"_s, u"Mentions a xylophone {{input}}"_s, {}, {u"red"_s});
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"Two tags"_s) >= 0 && desk.rowOf(u"One tag"_s) >= 0, patience);
    auto *filters = desk.page<TemplatesPage>()->findChild<FilterBar *>();
    Q_EMIT filters->addMenu()->aboutToShow();
    QVERIFY(TemplatesDesk::press(filters->addMenu(), {u"Tag"_s, u"red"_s}));
    QTRY_COMPARE(desk.table()->model()->rowCount(), 2);
    Q_EMIT filters->addMenu()->aboutToShow();
    QVERIFY(TemplatesDesk::press(filters->addMenu(), {u"Tag"_s, u"green"_s}));
    QTRY_COMPARE(desk.table()->model()->rowCount(), 1);
    filters->clear();
    filters->search()->setText(u"xylophone"_s); // only in the text of its prompt
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"One tag"_s) >= 0 && desk.table()->model()->rowCount() == 1, patience);
}

void TestTemplates::removedTemplatesComeBack()
{
    const PromptTemplate made = make(u"Going"_s, u"A {{input}}"_s);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    const auto isRemoved = [&] {
        TemplateFilter filter;
        filter.removed = true;
        const auto page = ask<Page<PromptTemplate>>(*m_other, endpoints::templates::list, filter);
        return page && std::any_of(page->items.begin(), page->items.end(), [&](const PromptTemplate &one) {
                   return one.id == made.id;
               });
    };
    QVERIFY(desk.choose(u"Going"_s));
    desk.table()->setFocus();
    QTest::keyClick(desk.table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(isRemoved(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window.toasts().count(), 1, patience);
    QVERIFY(desk.window.toasts().undo());
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"Going"_s) >= 0, patience);
    QVERIFY(!isRemoved());
    // Also later, from the place of what was removed.
    QVERIFY(desk.choose(u"Going"_s));
    QTest::keyClick(desk.table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(isRemoved(), patience);
    auto *tree = desk.page<TemplatesPage>()->findChild<TemplateFolders *>();
    tree->setCurrentItem(tree->topLevelItem(tree->topLevelItemCount() - 1));
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"Going"_s) >= 0, patience);
    QVERIFY(desk.choose(u"Going"_s));
    desk.table()->setFocus();
    QTest::keyClick(desk.table(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!isRemoved(), patience);
    tree->setCurrentItem(tree->topLevelItem(0));
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"Going"_s) >= 0, patience);
}

void TestTemplates::copiesBeginWithTheLatestVersion()
{
    const PromptTemplate made = make(u"Original"_s, u"A {{input}}"_s, u"kept"_s);
    save(made.id, 1, [](NewTemplateVersion &v) { v.userPrompt = u"Later {{input}}"_s; });
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.choose(u"Original"_s));
    desk.table()->setFocus();
    QTest::keyClick(desk.table(), Qt::Key_D, Qt::ControlModifier);
    auto *dialog = desk.window.findChild<DuplicateDialog *>();
    QVERIFY(dialog);
    dialog->accept();
    QTRY_VERIFY_WITH_TIMEOUT(desk.editor() && desk.prompt()->toPlainText() == u"Later {{input}}"_s, patience);
    QVERIFY(desk.editor()->templateId() != made.id);
}

void TestTemplates::twoPeopleSeeEachOther()
{
    const PromptTemplate made = make(u"Shared"_s, u"Text {{input}}"_s);
    QTemporaryDir second;
    TemplatesDesk ana(*m_stack, m_folder->path()), bruno(*m_stack, second.path());
    QVERIFY(ana.open(Role::Owner));
    QVERIFY(bruno.open(Role::PromptEngineer));
    QVERIFY(ana.openTemplate(u"Shared"_s, u"Text {{input}}"_s));
    QVERIFY(bruno.openTemplate(u"Shared"_s, u"Text {{input}}"_s));
    auto *chip = ana.editor()->findChild<PageHeader *>()->findChild<StatusChip *>();
    const QString name = m_stack->user(Role::PromptEngineer).displayName;
    QTRY_VERIFY_WITH_TIMEOUT(chip->isVisible() && chip->accessibleName().contains(name), patience);
    QVERIFY(!chip->accessibleName().contains(u"editing"_s));
    QTest::keyClicks(bruno.prompt(), u"x"_s);
    QTRY_VERIFY_WITH_TIMEOUT(chip->accessibleName() == name + u" is editing"_s, patience);
    Q_EMIT bruno.editor()->backRequested();
    QTRY_VERIFY_WITH_TIMEOUT(!chip->isVisible(), patience);
}

void TestTemplates::bothChangesAreSaved()
{
    const PromptTemplate made = make(u"Merged"_s, u"One\nTwo\nThree\nFour {{input}}"_s);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Merged"_s, u"One\nTwo\nThree\nFour {{input}}"_s));
    QTest::keyClick(desk.prompt(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(desk.prompt(), u"My "_s);
    auto *system = desk.editor()->findChildren<PromptEdit *>().first();
    system->setFocus();
    QTest::keyClicks(system, u"Mine"_s);
    save(made.id, 1, [](NewTemplateVersion &v) {
        v.systemPrompt = u"Theirs"_s;
        v.userPrompt = u"One\nTwo\nThree\nFour of theirs {{input}}"_s;
        v.parameters.temperature = 0.25;
    });
    desk.editor()->saveVersion();
    auto *note = desk.window.findChild<SaveVersionDialog *>();
    QVERIFY(note);
    note->accept();
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.findChild<MergeDialog *>(), patience);
    auto *merge = desk.window.findChild<MergeDialog *>();
    // What only one of us changed is decided, and so is what goes together; the system prompt is for a person.
    const auto choices = merge->findChildren<SegmentedControl *>();
    QCOMPARE(choices.size(), 3); // system, user, parameters
    QCOMPARE(choices[0]->current(), -1);
    QCOMPARE(choices[1]->current(), 2);
    QCOMPARE(choices[2]->current(), 0);
    merge->accept();
    QCOMPARE(newest(made.id).version, 2); // not before it is decided
    choices[0]->setCurrent(2);
    Q_EMIT choices[0]->chosen(2);
    merge->findChildren<QPlainTextEdit *>().first()->setPlainText(u"Theirs and mine"_s);
    merge->accept();
    QTRY_COMPARE_WITH_TIMEOUT(newest(made.id).version, 3, patience);
    const TemplateVersion saved = newest(made.id);
    QCOMPARE(saved.systemPrompt, u"Theirs and mine"_s);
    QCOMPARE(saved.userPrompt, u"My One\nTwo\nThree\nFour of theirs {{input}}"_s);
    QCOMPARE(saved.parameters.temperature.value_or(0), 0.25);
    QTRY_COMPARE_WITH_TIMEOUT(desk.prompt()->toPlainText(), saved.userPrompt, patience);
    QTRY_VERIFY(!desk.window.findChild<MergeDialog *>());
}

void TestTemplates::whoSavesThriceMergesAgain()
{
    const PromptTemplate made = make(u"Thrice"_s, u"Text {{input}}"_s);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Thrice"_s, u"Text {{input}}"_s));
    QTest::keyClick(desk.prompt(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(desk.prompt(), u"Mine. "_s);
    save(made.id, 1, [](NewTemplateVersion &v) { v.userPrompt = u"Theirs. Text {{input}}"_s; });
    desk.editor()->saveVersion();
    desk.window.findChild<SaveVersionDialog *>()->accept();
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.findChild<MergeDialog *>(), patience);
    QPointer<MergeDialog> first = desk.window.findChild<MergeDialog *>();
    save(made.id, 2, [](NewTemplateVersion &v) { v.systemPrompt = u"Again theirs"_s; });
    auto *choice = first->findChild<SegmentedControl *>();
    choice->setCurrent(2);
    Q_EMIT choice->chosen(2);
    first->findChild<QPlainTextEdit *>()->setPlainText(u"Mine and theirs {{input}}"_s);
    first->accept();
    const auto second = [&]() -> MergeDialog * {
        for (auto *dialog : desk.window.findChildren<MergeDialog *>())
            if (dialog != first && dialog->isVisible())
                return dialog;
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(second(), patience);
    QCOMPARE(newest(made.id).version, 3);
    second()->accept(); // everything is decided by now: each part was changed by one of us
    QTRY_COMPARE_WITH_TIMEOUT(newest(made.id).version, 4, patience);
    QCOMPARE(newest(made.id).userPrompt, u"Mine and theirs {{input}}"_s);
    QCOMPARE(newest(made.id).systemPrompt, u"Again theirs"_s);
}

// In the process that is to be killed: "server\nfolder\nname\nprompt\ntext\ndemo file".
void TestTemplates::typeAndWait(const QByteArray &what)
{
    const QStringList parts = QString::fromUtf8(what).split(u'|');
    DeskFixture::prepare(m_settings.path());
    DeskFixture desk(parts[0]);
    StartOptions options;
    options.demoFile = parts[1];
    QVERIFY(desk.show(options));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), patience);
    desk.window.navigation().open(u"templates"_s);
    auto *page = desk.page<TemplatesPage>();
    page->openObject(parts[2]);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window.findChildren<PromptEdit *>().isEmpty()
                                 && !desk.window.findChildren<PromptEdit *>().last()->toPlainText().isEmpty(),
                             patience);
    auto *prompt = desk.window.findChildren<PromptEdit *>().last();
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(prompt, parts[3]);
    fprintf(stderr, "typed\n");
    fflush(stderr);
    QTest::qWait(60'000);
}

void TestTemplates::aKilledClientLosesNothing()
{
    const PromptTemplate made = make(u"Killed"_s, u"Before {{input}}"_s);
    QProcess client;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QString::fromLatin1(typistVariable),
        QStringList{m_folder->path(), m_stack->demoFile(), made.id.toString(QUuid::WithoutBraces), u" half a sent"_s}
            .join(u'|'));
    client.setProcessEnvironment(environment);
    QByteArray said;
    connect(&client, &QProcess::readyReadStandardError, this, [&] { said += client.readAllStandardError(); });
    client.start(QCoreApplication::applicationFilePath(), {});
    QTRY_VERIFY2_WITH_TIMEOUT(said.contains("typed\n"), said.constData(), 60'000);
    // What it keeps within a second; looked at from outside, since nobody can be asked any more.
    const auto onServer = [&] {
        auto person = m_stack->signedIn(Role::PromptEngineer);
        const auto draft =
            person ? ask<TemplateDraft>(*person, endpoints::templates::draft.at(made.id), Nothing{}) : std::nullopt;
        return draft && draft->content
            && draft->content->value(u"content"_s)[u"userPrompt"_s].toString().endsWith(u"half a sent"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(onServer(), patience);
    client.kill();
    QVERIFY(client.waitForFinished(patience));
    QCOMPARE(client.exitStatus(), QProcess::CrashExit);
    {
        TemplatesDesk desk(*m_stack, m_folder->path());
        QVERIFY(desk.open());
        desk.page<TemplatesPage>()->openObject(made.id.toString(QUuid::WithoutBraces));
        QTRY_COMPARE_WITH_TIMEOUT(desk.prompt()->toPlainText(), u"Before {{input}} half a sent"_s, patience);
        auto *banner = desk.editor()->findChild<Banner *>();
        QTRY_VERIFY(banner->isVisible());
    }
    QCOMPARE(newest(made.id).version, 1);
}

void TestTemplates::draftsOfAnotherMachineAreOffered()
{
    const PromptTemplate made = make(u"Elsewhere"_s, u"Before {{input}}"_s);
    QTemporaryDir elsewhere;
    {
        TemplatesDesk other(*m_stack, elsewhere.path());
        QVERIFY(other.open());
        QVERIFY(other.openTemplate(u"Elsewhere"_s, u"Before {{input}}"_s));
        QTest::keyClick(other.prompt(), Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(other.prompt(), u" from home"_s);
        auto *header = other.editor()->findChild<PageHeader *>();
        const auto subtitle = [&] {
            QStringList texts;
            for (const QLabel *label : header->findChildren<QLabel *>())
                texts << label->text();
            return texts.join(u'|');
        };
        QTRY_VERIFY2_WITH_TIMEOUT(subtitle().contains(u"draft kept"_s), qPrintable(subtitle()), patience);
    }
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Elsewhere"_s, u"Before {{input}}"_s)); // nothing is put in unasked
    auto *banner = desk.editor()->findChild<Banner *>();
    QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
    Q_EMIT banner->actionRequested();
    QTRY_COMPARE(desk.prompt()->toPlainText(), u"Before {{input}} from home"_s);
    // Saving ends it, everywhere.
    desk.editor()->saveVersion();
    desk.window.findChild<SaveVersionDialog *>()->accept();
    QTRY_COMPARE_WITH_TIMEOUT(newest(made.id).userPrompt, u"Before {{input}} from home"_s, patience);
    const auto drafts = [&] {
        auto person = m_stack->signedIn(Role::PromptEngineer);
        const auto page = ask<Page<TemplateDraft>>(*person, endpoints::templates::drafts, TemplatePageFilter{});
        return page ? std::count_if(page->items.begin(), page->items.end(),
                                    [&](const TemplateDraft &one) { return one.templateId == made.id; })
                    : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(drafts(), 0, patience);
}

void TestTemplates::includesAreCompletedCheckedAndOpened()
{
    const PromptTemplate tone = make(u"Tone"_s, u"Be kind to {{input}}."_s);
    setLabel(tone.id, u"production"_s, 1);
    const PromptTemplate made = make(u"Includer"_s, u"Start "_s);
    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Includer"_s, u"Start "_s));
    PromptEdit *prompt = desk.prompt();
    prompt->setFocus();
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(prompt, u"{{> ton"_s);
    auto *popup = QApplication::activePopupWidget();
    QTRY_VERIFY(popup = QApplication::activePopupWidget());
    auto *view = qobject_cast<QAbstractItemView *>(popup);
    QVERIFY(view);
    QStringList offered;
    for (int i = 0; i < view->model()->rowCount(); ++i)
        offered << view->model()->index(i, 0).data().toString();
    QVERIFY2(offered.contains(u"tone"_s) && offered.contains(u"tone@production"_s), qPrintable(offered.join(u' ')));
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(prompt->toPlainText(), u"Start {{> tone}}"_s);
    auto *preview = desk.editor()->findChild<TemplateSidePanel *>()->findChild<CodeBox *>();
    QTRY_VERIFY_WITH_TIMEOUT(preview->text().contains(u"Be kind to"_s), patience);
    QVERIFY(prompt->problems().isEmpty());
    // What is not there is underlined.
    QTest::keyClicks(prompt, u" {{> nowhere}}"_s);
    QTRY_COMPARE_WITH_TIMEOUT(prompt->problems().size(), 1, patience);
    QVERIFY(prompt->problems().first().message.contains(u"nowhere"_s));
    for (int i = 0; i < 14; ++i)
        QTest::keyClick(prompt, Qt::Key_Backspace);
    QTRY_VERIFY(prompt->problems().isEmpty());
    // A circle is one too.
    QTest::keyClicks(prompt, u"{{> includer}}"_s);
    QTRY_COMPARE_WITH_TIMEOUT(prompt->problems().size(), 1, patience);
    for (int i = 0; i < 14; ++i)
        QTest::keyClick(prompt, Qt::Key_Backspace);
    QTRY_VERIFY(prompt->problems().isEmpty());

    desk.editor()->saveVersion();
    desk.window.findChild<SaveVersionDialog *>()->accept();
    QTRY_COMPARE_WITH_TIMEOUT(newest(made.id).version, 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window.findChild<SaveVersionDialog *>(), patience);
    // F12 leads to it, and there stands who uses it. No window manager gives the focus back here.
    desk.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desk.window));
    QTRY_COMPARE(prompt->toPlainText(), u"Start {{> tone}}"_s);
    prompt->setFocus();
    QTextCursor cursor = prompt->textCursor();
    cursor.setPosition(10);
    prompt->setTextCursor(cursor);
    QTest::keyClick(prompt, Qt::Key_F12);
    QTRY_COMPARE_WITH_TIMEOUT(desk.editor()->templateId(), tone.id, patience);
    for (Tabs *tabs : desk.editor()->findChildren<Tabs *>())
        if (tabs->accessibleName() == u"Parts of the template"_s)
            tabs->setCurrentIndex(3);
    const auto users = [&] {
        QStringList texts;
        for (const Button *button : desk.editor()->findChildren<Button *>())
            texts << button->text();
        return texts + textsOf(desk.editor());
    };
    QTRY_VERIFY2_WITH_TIMEOUT(users().contains(u"Includer · v2, latest · {{> tone}}"_s), qPrintable(users().join(u'|')),
                              patience);
}

void TestTemplates::previewsAreWhatTheServerWouldSend()
{
    NewTemplate input;
    input.name = u"Outer part"_s;
    input.version.defaultModel = u"demo/echo"_s;
    input.version.systemPrompt = u"For {{customer}}:\n  {{> inner-part}}\n"_s;
    input.version.userPrompt = u"Ünïcode {{{customer}}} {{> inner-part@1}}|{{items}}"_s;
    input.version.examples = {{u"{{> inner-part}}"_s, u"ok {{customer}}"_s}};
    input.version.variablesSchema = json::object(
        R"({"type":"object","properties":{"customer":{"type":"string"},"name":{"type":"string"},
            "items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}}})");
    NewTemplate inner = input;
    inner.name = u"Inner part"_s;
    inner.version.systemPrompt.clear();
    inner.version.examples.clear();
    inner.version.userPrompt = u"{{#items}}\n- {{name}}\n{{/items}}\nend"_s;
    QVERIFY(ask<TemplateDetail>(*m_other, endpoints::templates::create, inner));
    const auto outer = ask<TemplateDetail>(*m_other, endpoints::templates::create, input);
    QVERIFY(outer);
    const QJsonObject variables =
        json::object(R"({"customer":"Ana <b>&\"q\"","items":[{"name":"first"},{"name":"zweite\nLinie"}]})");
    RenderRequest request;
    request.variables = variables;
    const auto sent = ask<RenderedPrompt>(*m_other, endpoints::templates::render.at(outer->promptTemplate.id), request);
    QVERIFY(sent);

    TemplatesDesk desk(*m_stack, m_folder->path());
    QVERIFY(desk.open());
    QVERIFY(desk.openTemplate(u"Outer part"_s, input.version.userPrompt));
    desk.editor()->findChild<VariablesForm *>()->setValues(variables);
    auto *side = desk.editor()->findChild<TemplateSidePanel *>();
    auto *preview = side->findChild<CodeBox *>();
    QStringList expected;
    for (const PromptMessage &message : sent->messages)
        expected << QString(json::name(message.role)) + u":\n"_s + message.content;
    Q_EMIT desk.editor()->findChild<VariablesForm *>()->valuesChanged();
    QTRY_COMPARE_WITH_TIMEOUT(preview->text(), expected.join(u"\n\n"_s), patience);
    // And what it is estimated to cost in tokens is the same on both sides.
    QTRY_VERIFY2_WITH_TIMEOUT(footerOf(desk.editor()).contains(u"about %1 tokens"_s.arg(sent->inputTokens)),
                              qPrintable(footerOf(desk.editor())), patience);
}

void TestTemplates::exportsComeBackAsTheyWere()
{
    const PromptTemplate made = make(u"Traveller"_s, u"Bom dia, {{input}}\n"_s, u"travel"_s, {u"a"_s, u"b"_s});
    save(made.id, 1, [](NewTemplateVersion &v) { v.systemPrompt = u"Second"_s; });
    setLabel(made.id, u"production"_s, 1);
    QWidget parent;
    ExportFilter filter;
    filter.ids = QList<QUuid>{made.id};
    QTemporaryDir out;
    for (const bool asFolder : {false, true}) {
        auto *dialog = new ExportDialog(*m_other, filter, &parent);
        dialog->findChild<Select *>()->setCurrentIndex(asFolder ? 1 : 0);
        const QString path = asFolder ? out.filePath(u"texts"_s) : out.filePath(u"templates.json"_s);
        if (asFolder)
            QVERIFY(QDir().mkpath(path));
        QSignalSpy exported(dialog, &ExportDialog::exported);
        dialog->write(path);
        QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, patience);
        delete dialog;
    }
    QFile text(out.filePath(u"texts/traveller/1/user.txt"_s));
    QVERIFY(text.open(QFile::ReadOnly));
    QCOMPARE(QString::fromUtf8(text.readAll()), u"Bom dia, {{input}}\n"_s);

    // The slug is taken: nothing to do, until another way is chosen.
    for (const QString &path : {out.filePath(u"templates.json"_s), out.filePath(u"texts"_s)}) {
        ImportDialog dialog(*m_other, &parent);
        QSignalSpy imported(&dialog, &ImportDialog::imported);
        auto *table = dialog.findChild<DataTable *>();
        dialog.read(path);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QVERIFY(table->model()->index(0, 2).data().toString() != u"New"_s);
        dialog.accept();
        QCOMPARE(imported.count(), 0);
        auto *choice = dialog.findChild<Select *>();
        choice->setCurrentIndex(1); // beside it
        Q_EMIT choice->valueChosen(choice->value());
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 2).data().toString(), u"Renamed"_s, patience);
        const QString note = table->model()->index(0, 3).data().toString();
        dialog.accept();
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, patience);
        TemplateFilter byFolder;
        byFolder.folder = u"travel"_s;
        const auto all = ask<Page<PromptTemplate>>(*m_other, endpoints::templates::list, byFolder);
        QVERIFY(all);
        const auto copy = std::find_if(all->items.begin(), all->items.end(), [&](const PromptTemplate &one) {
            return note.endsWith(one.slug) && one.id != made.id;
        });
        QVERIFY2(copy != all->items.end(), qPrintable(note));
        QCOMPARE(copy->tags, (QList<QString>{u"a"_s, u"b"_s}));
        QCOMPARE(copy->latestVersion, 2);
        QCOMPARE(standing(copy->id, u"production"_s).value_or(0), 1);
        QCOMPARE(newest(copy->id).systemPrompt, u"Second"_s);
        QCOMPARE(newest(copy->id).userPrompt, u"Bom dia, {{input}}\n"_s);
    }
}

QTEST_MAIN(TestTemplates)
#include "tst_templates.moc"
