// SPDX-License-Identifier: GPL-3.0-or-later
// The list of assistants while the server is slow: what it says, and that nothing just made goes out of sight.
#include "client/chat/assistant_dialog.h"
#include "client/chat/assistants_dialog.h"
#include "client/templates/template_library.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/search_select.h"
#include "shared/id.h"
#include "shared/templates/template.h"
#include "tests/client/gateway_fixture.h"

#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

class TestAssistantsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { GatewayFixture::prepare(m_settings.path()); }
    void init();
    void cleanup();
    void saysThatTheyAreOnTheirWay();
    void whatIsMadeMeanwhileStays();
    void aFailureIsSaid();

private:
    void answer(const QList<Assistant> &assistants, WireAnswer::Way way = WireAnswer::Way::Whole)
    {
        m_desk->answers["GET /api/v1/assistants"] = [assistants, way](const WireRequest &) {
            return WireAnswer{.body = json::print(Page<Assistant>{assistants, {}}), .way = way};
        };
    }
    void open()
    {
        m_dialog = new AssistantsDialog(*m_desk->workspace, *m_library, m_window.get());
        m_dialog->open();
    }
    bool says(const QString &text) const
    {
        for (const Label *label : m_dialog->findChildren<Label *>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }
    QListWidget &list() const { return *m_dialog->findChild<QListWidget *>(); }

    static Assistant named(const QString &name)
    {
        Assistant one;
        one.id = newId();
        one.name = name;
        one.templateId = newId();
        one.templateName = one.templateSlug = u"support"_s;
        one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
        return one;
    }

    QTemporaryDir m_settings;
    std::unique_ptr<GatewayFixture> m_desk;
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<QWidget> m_window;
    AssistantsDialog *m_dialog = nullptr; // of the window
};

void TestAssistantsDialog::init()
{
    m_desk = std::make_unique<GatewayFixture>(
        QList<Ability>{Ability::AssistantsRead, Ability::AssistantsCreate, Ability::TemplatesRead});
    PromptTemplate one;
    one.id = newId();
    one.slug = u"support"_s;
    one.name = u"Support"_s;
    one.latestVersion = 1;
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    m_desk->answerList<PromptTemplate>("/api/v1/templates", {one});
    m_library = std::make_unique<TemplateLibrary>(*m_desk->workspace);
    m_window = std::make_unique<QWidget>();
    QVERIFY(GatewayFixture::show(*m_window));
}

void TestAssistantsDialog::cleanup()
{
    m_window.reset();
    m_library.reset();
    m_desk.reset();
}

void TestAssistantsDialog::saysThatTheyAreOnTheirWay()
{
    answer({}, WireAnswer::Way::Held);
    open();
    QTRY_VERIFY(m_desk->server.holds());
    QVERIFY(says(u"on their way"_s));
    m_desk->server.release();
    QTRY_VERIFY(says(u"No assistant yet"_s));
}

void TestAssistantsDialog::whatIsMadeMeanwhileStays()
{
    const Assistant made = named(u"Helper"_s), other = named(u"Other"_s);
    answer({other}, WireAnswer::Way::Held); // as it was before
    open();
    QTRY_VERIFY(m_desk->server.holds());
    m_desk->answers["POST /api/v1/assistants"] = [made](const WireRequest &) {
        return WireAnswer{.status = 201, .body = json::print(made)};
    };
    m_dialog->edit({});
    auto *form = m_dialog->findChild<AssistantDialog *>();
    QVERIFY(form);
    QTRY_VERIFY(!m_library->templates().isEmpty());
    form->findChild<TextField *>()->setText(u"Helper"_s);
    form->findChild<SearchSelect *>()->choose(u"support"_s);
    answer({made, other});
    form->accept();
    QTRY_COMPARE(list().count(), 2); // read anew, because what was asked for does not know of it
    QCOMPARE(m_desk->calls("GET /api/v1/assistants").size(), 2);
    m_desk->server.release();
    QTRY_VERIFY(!m_desk->server.holds());
    QCOMPARE(list().count(), 2);
    QCOMPARE(list().currentItem()->data(Qt::UserRole).toUuid(), made.id);
}

void TestAssistantsDialog::aFailureIsSaid()
{
    m_desk->answers["GET /api/v1/assistants"] = [](const WireRequest &) {
        return WireAnswer{.status = 500, .body = json::print(ApiError::internal())};
    };
    open();
    QTRY_VERIFY(says(ApiError::internal().detail));
    QVERIFY(!says(u"No assistant yet"_s));
}

QTEST_MAIN(TestAssistantsDialog)
#include "tst_assistants_dialog.moc"
