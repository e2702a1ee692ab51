// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the templates page with what only several people and versions bring about: folders, labels, a merge,
// included templates, imports. Of the real window on the real server, with the checks of screenshots.cpp.
#include "client/design/paint.h"
#include "client/templates/bundle_dialogs.h"
#include "client/templates/label_dialogs.h"
#include "client/templates/merge_dialog.h"
#include "client/templates/template_content.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_folders.h"
#include "client/templates/template_side_panel.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/timeline.h"
#include "tests/client/templates_fixture.h"
#include "tests/gui/layout_check.h"

#include <QDialog>
#include <QDir>
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

} // namespace

class TemplatesPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inEveryForm();
    void cleanupTestCase() { m_desk.reset(); }

private:
    template<class Output> std::optional<Output> ask(auto call, auto input)
    {
        std::optional<Result<Output>> reply;
        m_other->call(call, input, this, [&](const Result<Output> &answer) { reply = answer; });
        if (!QTest::qWaitFor([&] { return reply.has_value(); }, patience) || !*reply)
            return {};
        return **reply;
    }
    PromptTemplate make(const QString &name, const QString &folder, const QList<QString> &tags, const QString &system,
                        const QString &user);
    void save(const QString &name, const Form &form);
    void closeDialogs();
    void list(const Form &form);
    void editor(const Form &form);
    void merge(const Form &form);

    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<ApiClient> m_other;
    std::unique_ptr<TemplatesDesk> m_desk;
    QTemporaryDir m_settings, m_data;
    QString m_folder;
    PromptTemplate m_reply;
    QStringList m_problems;
};

PromptTemplate TemplatesPictures::make(const QString &name, const QString &folder, const QList<QString> &tags,
                                       const QString &system, const QString &user)
{
    NewTemplate input;
    input.name = name;
    input.folder = folder;
    input.tags = tags;
    input.version.systemPrompt = system;
    input.version.userPrompt = user;
    input.version.defaultModel = QString::fromLatin1(DemoStack::pricedModel);
    input.version.note = u"First draft"_s;
    const auto made = ask<TemplateDetail>(endpoints::templates::create, input);
    return made ? made->promptTemplate : PromptTemplate{};
}

void TemplatesPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    m_stack = std::make_unique<DemoStack>();
    QVERIFY(m_stack->start());
    m_other = m_stack->signedIn(Role::Owner);
    QVERIFY(m_other);
    make(u"House tone"_s, u"shared"_s, {u"tone"_s}, {},
         u"Be warm and brief. Never promise what the policy does not say."_s);
    m_reply = make(u"Order refund reply"_s, u"support/refunds"_s, {u"support"_s, u"pt"_s},
                   u"You are a support agent for an online shop.\n{{> house-tone}}\nReply in Portuguese."_s,
                   u"The customer writes:\n{{input}}\n\nWrite the reply."_s);
    make(u"Refund check"_s, u"support/refunds"_s, {u"support"_s}, {}, u"May this be refunded? {{input}}"_s);
    make(u"Complaint summary"_s, u"support"_s, {u"support"_s, u"daily"_s}, {}, u"Sum up: {{input}}"_s);
    QVERIFY(!m_reply.id.isNull());
    for (int version = 1; version < 3; ++version) {
        NewTemplateVersion next;
        next.systemPrompt = u"You are a support agent for an online shop.\n{{> house-tone}}\nReply in Portuguese, "_s
            + (version == 1 ? u"in three sentences."_s : u"in three sentences at most."_s);
        next.userPrompt =
            u"The customer writes:\n{{input}}\n\nWrite the reply, then one line that says what is next."_s;
        next.defaultModel = QString::fromLatin1(DemoStack::pricedModel);
        next.parameters.temperature = 0.2 * version;
        next.note = version == 1 ? u"A line for what is next"_s : u"Shorter"_s;
        next.baseVersion = version;
        QVERIFY(ask<TemplateVersion>(endpoints::templates::saveVersion.at(m_reply.id), next));
    }
    QVERIFY(ask<TemplateLabel>(endpoints::templates::moveLabel.at(m_reply.id, u"production"_s), LabelMove{1, {}}));
    QVERIFY(ask<TemplateLabel>(endpoints::templates::moveLabel.at(m_reply.id, u"production"_s),
                               LabelMove{2, u"Passed the refunds set"_s}));
    QVERIFY(ask<TemplateLabel>(endpoints::templates::moveLabel.at(m_reply.id, u"staging"_s), LabelMove{3, {}}));
    m_desk = std::make_unique<TemplatesDesk>(*m_stack, m_data.path());
    QVERIFY(m_desk->open({}, pictureSize));
}

// The window with the dialog above it.
void TemplatesPictures::save(const QString &name, const Form &form)
{
    for (int round = 0; round < 4; ++round) { // layouts settle in what is posted while they are settled
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    QCoreApplication::sendPostedEvents(); // for what came in the last round
    paint::ElisionLog elisions;
    QPixmap picture = m_desk->window.grab();
    for (QWidget *other : QApplication::topLevelWidgets())
        if (other->isVisible() && (qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other))) {
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

void TemplatesPictures::closeDialogs()
{
    for (QWidget *other : QApplication::topLevelWidgets())
        if (qobject_cast<QDialog *>(other) || qobject_cast<QMenu *>(other))
            other->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TemplatesPictures::list(const Form &form)
{
    auto *tree = m_desk->page<TemplatesPage>()->findChild<TemplateFolders *>();
    QVERIFY(m_desk->choose(u"Order refund reply"_s));
    save(u"templates-folders"_s, form);
    tree->setCurrentItem(tree->topLevelItem(tree->topLevelItemCount() - 1));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->table()->model()->rowCount(), 0, patience);
    save(u"templates-removed"_s, form);
    tree->setCurrentItem(tree->topLevelItem(0));
    for (const Command &command : m_desk->page<TemplatesPage>()->commands())
        if (command.id == u"templates.import"_s)
            command.run();
    save(u"templates-import"_s, form);
    closeDialogs();
}

void TemplatesPictures::editor(const Form &form)
{
    m_desk->page<TemplatesPage>()->openObject(m_reply.id.toString(QUuid::WithoutBraces));
    auto *side = m_desk->editor()->findChild<TemplateSidePanel *>();
    side->show(TemplateSidePanel::Versions);
    auto *timeline = side->findChild<Timeline *>();
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(u"v3 staging"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->prompt()->toPlainText().contains(u"what is next"_s), patience);
    save(u"template-versions"_s, form);
    for (auto *button : m_desk->editor()->findChild<PageHeader *>()->findChildren<Button *>())
        if (button->menu()) {
            TemplatesDesk::filled(button)->actions().first()->menu()->actions().first()->trigger();
            QVERIFY(m_desk->window.findChild<MoveLabelDialog *>());
            save(u"template-label"_s, form);
            closeDialogs();
        }
    auto *tabs = m_desk->editor()->findChild<Tabs *>();
    tabs->setCurrentIndex(2);
    save(u"template-diff"_s, form);
    tabs->setCurrentIndex(3);
    QTest::qWait(0);
    save(u"template-settings"_s, form);
    tabs->setCurrentIndex(0);
}

void TemplatesPictures::merge(const Form &form)
{
    const auto versions = ask<Page<TemplateVersion>>(endpoints::templates::versions.at(m_reply.id), VersionFilter{});
    QVERIFY(versions);
    const TemplateVersion base = versions->items.at(1), theirs = versions->items.at(0);
    NewTemplateVersion mine = contentOf(base);
    mine.systemPrompt.replace(u"three"_s, u"two"_s);
    mine.userPrompt += u"\nSign as the shop."_s;
    auto *dialog = new MergeDialog(base, theirs, mine, m_desk->editor());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    save(u"template-merge"_s, form);
    closeDialogs();
    Q_EMIT m_desk->editor()->backRequested();
}

void TemplatesPictures::inEveryForm()
{
    for (const Form &form : forms()) {
        m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
        list(form);
        editor(form);
        merge(form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(m_problems.join(u'\n')));
}

QTEST_MAIN(TemplatesPictures)
#include "templates_pictures.moc"
