// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of the gateway as a form: what is typed is checked, kept and sent; what somebody else saved meanwhile is
// never overwritten unasked.
#include "client/gateway/gateway_settings_conflict.h"
#include "client/gateway/gateway_settings_form.h"
#include "client/gateway/gateway_settings_trial.h"
#include "client/gateway/gateway_settings_view.h"
#include "client/gateway/gateway_settings_words.h"
#include "client/gateway/pattern_list.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "shared/gateway/endpoints.h"
#include "tests/client/gateway_fixture.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

const QByteArray settingsPath = "/api/v1/gateway-settings";

template<class Control> Control *named(const QWidget &in, const QString &name)
{
    for (Control *control : in.findChildren<Control *>())
        if (control->accessibleName() == name)
            return control;
    return nullptr;
}

QPushButton *buttonSaying(const QWidget &in, const QString &text)
{
    for (QPushButton *button : in.findChildren<QPushButton *>())
        if (button->text() == text)
            return button;
    return nullptr;
}

} // namespace

class TestGatewaySettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFormKeepsEverySetting();
    void numbersKeepTheirValueInAnotherLanguage();
    void patternsAreCheckedAsTheyAreTyped();
    void problemsOfPatternsAreSaidInWords_data();
    void problemsOfPatternsAreSaidInWords();
    void whatIsWrongCannotBeSaved();
    void whatWasChangedIsSavedOverWhatWasRead();
    void whatIsTypedOutlivesAnotherTab();
    void somebodyElseWasFasterAndTheirsIsTaken();
    void somebodyElseWasFasterAndOnesOwnIsSaved();
    void discardingCanBeTakenBack();
    void readersChangeNothing();
    void aTextIsTried();

private:
    // The server as it should be: what it has, and 412 for who did not know that.
    void serve(const GatewaySettings &settings);
    std::unique_ptr<GatewaySettingsView> opened();
    QCheckBox *mask(const QWidget &in, MaskKind kind);

    std::unique_ptr<GatewayFixture> m_desk;
    GatewaySettings m_stored;
    QTemporaryDir m_settings;
};

void TestGatewaySettings::initTestCase() { GatewayFixture::prepare(m_settings.path()); }

void TestGatewaySettings::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_desk =
        std::make_unique<GatewayFixture>(QList<Ability>{Ability::GatewaySettingsRead, Ability::GatewaySettingsUpdate});
}

void TestGatewaySettings::cleanup() { m_desk.reset(); }

void TestGatewaySettings::serve(const GatewaySettings &settings)
{
    m_stored = settings;
    m_desk->answers["GET " + settingsPath] = [this](const WireRequest &) {
        return WireAnswer{.body = json::print(m_stored)};
    };
    m_desk->answers["PUT " + settingsPath] = [this](const WireRequest &request) {
        if (request.headers.value("if-match") != '"' + QByteArray::number(m_stored.revision) + '"')
            return WireAnswer{.status = 412, .body = json::print(ApiError::changed(u"thing"_s))};
        m_stored = json::parse<GatewaySettings>(request.body);
        ++m_stored.revision;
        return WireAnswer{.body = json::print(m_stored)};
    };
}

std::unique_ptr<GatewaySettingsView> TestGatewaySettings::opened()
{
    auto view = std::make_unique<GatewaySettingsView>(*m_desk->workspace);
    m_desk->show(*view);
    view->activated();
    const auto *form = view->findChild<GatewaySettingsForm *>();
    if (!QTest::qWaitFor([&] { return form->isVisible(); }))
        qWarning("the settings do not come");
    return view;
}

QCheckBox *TestGatewaySettings::mask(const QWidget &in, MaskKind kind)
{
    return in.findChildren<QCheckBox *>().value(int(kind));
}

void TestGatewaySettings::theFormKeepsEverySetting()
{
    GatewaySettings all;
    all.cacheSeconds = 5400; // not a whole number of hours
    all.bodyDays = 1234;
    all.deniedPatterns = {u"secret"_s, u"\\bpassword\\b"_s};
    all.requiredPatterns = {u"order [0-9]+"_s};
    all.mostPromptCharacters = 100'000;
    all.mostAnswerCharacters = 7;
    all.masks = {MaskKind::Email, MaskKind::Cnpj};
    all.masksAnswers = true;
    GatewaySettingsForm form;
    form.setSettings(all);
    QVERIFY(form.isValid());
    QCOMPARE(differences(form.settings(), all), QStringList());
    form.setSettings({});
    QVERIFY(form.isValid());
    QCOMPARE(differences(form.settings(), GatewaySettings()), QStringList());
}

void TestGatewaySettings::numbersKeepTheirValueInAnotherLanguage()
{
    GatewaySettings all;
    all.mostPromptCharacters = 100'500;
    GatewaySettingsForm form;
    form.setSettings(all);
    QCOMPARE(named<QLineEdit>(form, u"Characters of a request"_s)->text(), u"100,500"_s);
    QLocale::setDefault(QLocale(u"pt_BR"_s));
    form.retranslate();
    QCOMPARE(named<QLineEdit>(form, u"Characters of a request"_s)->text(), u"100.500"_s);
    QCOMPARE(form.settings().mostPromptCharacters, std::optional(100'500));
}

void TestGatewaySettings::patternsAreCheckedAsTheyAreTyped()
{
    PatternList list;
    list.setTexts(u"Denied pattern"_s, u"Add pattern"_s);
    QVERIFY(m_desk->show(list));
    buttonSaying(list, u"Add pattern"_s)->click();
    auto *first = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(first);
    QTest::keyClicks(first, u"(a"_s);
    QVERIFY(!list.isValid());
    QTest::keyClicks(first, u")"_s);
    QVERIFY(list.isValid());
    QTest::keyClick(first, Qt::Key_Return); // another line
    auto *second = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(second && second != first);
    QCOMPARE(list.patterns(), QStringList{u"(a)"_s}); // the empty one counts as nothing
    QTest::keyClicks(second, u"(?=a)"_s);
    QVERIFY(!list.isValid());
    named<QToolButton>(list, u"Remove pattern 2"_s)->click();
    QVERIFY(list.isValid());
    QCOMPARE(list.patterns(), QStringList{u"(a)"_s});
}

void TestGatewaySettings::problemsOfPatternsAreSaidInWords_data()
{
    QTest::addColumn<QString>("pattern");
    for (const char16_t *pattern : {u")", u"*a", u"(?=a)", u"(a", u"(?<é>a)", u"(?<a", u"a{", u"a{2,1}", u"^*", u"a\\",
                                    u"(a)\\1", u"\\u{61", u"\\y", u"\\x6", u"[b-a]", u"[a"})
        QTest::addRow("%s", qPrintable(QString::fromUtf16(pattern))) << QString::fromUtf16(pattern);
}

// None is said in the words of the library, which are English only.
void TestGatewaySettings::problemsOfPatternsAreSaidInWords()
{
    QFETCH(QString, pattern);
    const patterns::Pattern parsed(pattern);
    if (parsed.problem().isEmpty())
        QSKIP("the library takes it");
    QVERIFY2(shownProblem(parsed) != parsed.problem(), qPrintable(parsed.problem()));
}

void TestGatewaySettings::whatIsWrongCannotBeSaved()
{
    serve({});
    const auto view = opened();
    auto *save = buttonSaying(*view, u"Save settings"_s);
    QVERIFY(!save->isEnabled());
    auto *length = named<QLineEdit>(*view, u"Characters of a request"_s);
    length->setFocus();
    QTest::keyClicks(length, u"many"_s);
    QVERIFY(!save->isEnabled());
    length->selectAll();
    QTest::keyClicks(length, u"1,000"_s);
    QVERIFY(save->isEnabled());
}

void TestGatewaySettings::whatWasChangedIsSavedOverWhatWasRead()
{
    GatewaySettings before;
    before.revision = 8;
    before.cacheSeconds = 60;
    serve(before);
    const auto view = opened();
    mask(*view, MaskKind::Cpf)->click();
    named<Switch>(*view, u"Keep requests and answers"_s)->click();
    mask(*view, MaskKind::Cpf)->setFocus();
    buttonSaying(*view, u"Save settings"_s)->click();
    QTRY_COMPARE(m_desk->calls("PUT " + settingsPath).size(), 1);
    QTRY_VERIFY(!view->isChanged());
    QCOMPARE(view->window()->focusWidget(), mask(*view, MaskKind::Cpf)); // where one was typing
    QCOMPARE(m_stored.cacheSeconds, std::optional(60));
    QCOMPARE(m_stored.bodyDays, std::optional(30));
    QCOMPARE(m_stored.masks, QList{MaskKind::Cpf});
    QCOMPARE(m_stored.revision, 9);
}

void TestGatewaySettings::whatIsTypedOutlivesAnotherTab()
{
    serve({});
    const auto view = opened();
    mask(*view, MaskKind::Phone)->click();
    view->hide();
    view->show();
    const qsizetype asked = m_desk->calls("GET " + settingsPath).size();
    view->activated();
    QTRY_COMPARE(m_desk->calls("GET " + settingsPath).size(), asked + 1);
    m_stored.bodyDays = 3;
    ++m_stored.revision;
    view->activated(); // and now somebody else has saved
    auto *conflict = view->findChild<GatewaySettingsConflict *>();
    const auto isSeen = [&] {
        view->activated();
        return conflict->isVisible();
    };
    QTRY_VERIFY(isSeen());
    QVERIFY(mask(*view, MaskKind::Phone)->isChecked());
    QVERIFY(!buttonSaying(*view, u"Save settings"_s)->isEnabled()); // not before it is decided
}

void TestGatewaySettings::somebodyElseWasFasterAndTheirsIsTaken()
{
    serve({});
    const auto view = opened();
    mask(*view, MaskKind::Phone)->click();
    m_stored.bodyDays = 3;
    m_stored.revision = 5;
    buttonSaying(*view, u"Save settings"_s)->click();
    auto *conflict = view->findChild<GatewaySettingsConflict *>();
    QTRY_VERIFY(conflict->isVisible());
    QVERIFY(m_stored.masks.isEmpty());
    buttonSaying(*conflict, u"Take theirs"_s)->click();
    QVERIFY(!conflict->isVisible());
    QVERIFY(!view->isChanged());
    QCOMPARE(view->findChild<GatewaySettingsForm *>()->settings().bodyDays, std::optional(3));
}

void TestGatewaySettings::somebodyElseWasFasterAndOnesOwnIsSaved()
{
    serve({});
    const auto view = opened();
    mask(*view, MaskKind::Phone)->click();
    m_stored.bodyDays = 3;
    m_stored.revision = 5;
    buttonSaying(*view, u"Save settings"_s)->click();
    auto *conflict = view->findChild<GatewaySettingsConflict *>();
    QTRY_VERIFY(conflict->isVisible());
    buttonSaying(*conflict, u"Save mine"_s)->click();
    QTRY_COMPARE(m_stored.revision, 6);
    QTRY_VERIFY(!conflict->isVisible());
    QCOMPARE(m_stored.masks, QList{MaskKind::Phone});
    QVERIFY(!m_stored.bodyDays);
}

void TestGatewaySettings::discardingCanBeTakenBack()
{
    serve({});
    const auto view = opened();
    QList<Toast> toasts;
    connect(view.get(), &PageWidget::toastRequested, this, [&](const Toast &toast) { toasts << toast; });
    mask(*view, MaskKind::Card)->click();
    buttonSaying(*view, u"Discard"_s)->click();
    QVERIFY(!mask(*view, MaskKind::Card)->isChecked());
    QVERIFY(!view->isChanged());
    QCOMPARE(toasts.size(), 1);
    toasts.first().undo();
    QVERIFY(mask(*view, MaskKind::Card)->isChecked());
    QVERIFY(view->isChanged());
}

void TestGatewaySettings::readersChangeNothing()
{
    m_desk = std::make_unique<GatewayFixture>(QList<Ability>{Ability::GatewaySettingsRead});
    serve({});
    const auto view = opened();
    QVERIFY(!view->findChild<GatewaySettingsForm *>()->isEnabled());
    QVERIFY(!buttonSaying(*view, u"Save settings"_s)->isVisible());
}

void TestGatewaySettings::aTextIsTried()
{
    GatewaySettings settings;
    settings.deniedPatterns = {u"(?:pass|secret)word"_s};
    settings.requiredPatterns = {u"order [0-9]+"_s};
    settings.mostAnswerCharacters = 5;
    GatewaySettingsTrial trial;
    trial.setSettings(settings);
    QVERIFY(m_desk->show(trial));
    auto *text = trial.findChild<QPlainTextEdit *>();
    const auto says = [&](const QString &part) {
        for (const QLabel *label : trial.findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    };
    text->setPlainText(u"the password of order 7"_s);
    QTRY_VERIFY(says(u"denied pattern"_s));
    QVERIFY(!says(u"required"_s));
    text->setPlainText(u"hello"_s);
    QTRY_VERIFY(says(u"required"_s));
    text->setPlainText(u"order 7"_s);
    QTRY_VERIFY(says(u"let it through"_s));
    auto *way = trial.findChild<SegmentedControl *>();
    way->setCurrent(1); // as an answer it is too long
    Q_EMIT way->chosen(1);
    QTRY_VERIFY(says(u"7 of at most 5"_s));
}

QTEST_MAIN(TestGatewaySettings)
#include "tst_gateway_settings.moc"
