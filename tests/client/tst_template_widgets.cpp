// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the templates page by themselves: nothing is cut off, covered or changed by accident.
#include "client/design/theme.h"
#include "client/shell/sign_in_page.h"
#include "client/templates/model_picker.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/prompt_edit.h"
#include "client/templates/schema_editor.h"
#include "client/templates/schema_form.h"
#include "client/widgets/answer_box.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"
#include "client/widgets/timeline.h"
#include "shared/templates/variables_schema.h"

#include <QApplication>
#include <QBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QTextEdit>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

class TestTemplateWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyLineOfAPromptIsWhole_data();
    void everyLineOfAPromptIsWhole();
    void changedLinesAreMarked();
    void namesAreOfferedAndCompleted();
    void clicksBelowTheTextsGoToTheLast();
    void theWheelScrollsThePageAndChangesNoChoice();
    void numbersKeepTheirValueInAnotherLanguage();
    void toolsLieOverNoText();
    void answersReadAsMarkdown();
    void answersNeverLoadAnything();
    void jsonKeepsItsOrderAndNumbers();
    void streamsKeepTheEndInView();
    void arrowsMoveAmongVersionsAndReturnChooses();
    void variablesAreDescribedByTheForm();
    void undescribedNamesAreDescribedAtOnce();

private:
    static QString html(const AnswerBox &box) { return box.findChild<QTextEdit *>()->document()->toHtml(); }
    static QString plain(const AnswerBox &box) { return box.findChild<QTextEdit *>()->toPlainText(); }

    std::unique_ptr<Theme> m_theme;
};

void TestTemplateWidgets::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    m_theme->install();
}

void TestTemplateWidgets::everyLineOfAPromptIsWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("one line") << u"jumping quickly"_s;
    QTest::newRow("wrapped") << u"at most five sentences, promising nothing that the policy does not say "_s.repeated(
        4);
    QTest::newRow("many") << u"gap\n"_s.repeated(40) + u"gypsy"_s;
    QTest::newRow("taller letters") << u"plain\n漢字 and ไทย and 😀\nqueue"_s;
    QTest::newRow("nothing") << QString();
}

void TestTemplateWidgets::everyLineOfAPromptIsWhole()
{
    QFETCH(QString, text);
    PromptBlocks blocks;
    blocks.resize(600, 500);
    blocks.setTexts(text, {}, text);
    blocks.show();
    QVERIFY(QTest::qWaitForWindowExposed(&blocks));
    for (PromptEdit *edit : blocks.findChildren<PromptEdit *>()) {
        edit->moveCursor(QTextCursor::End);
        QTRY_COMPARE(edit->verticalScrollBar()->maximum(), 0);
        QCOMPARE(edit->verticalScrollBar()->value(), 0);
        const QRect last = edit->cursorRect();
        QVERIFY2(last.bottom() < edit->viewport()->height(),
                 qPrintable(u"%1 of %2"_s.arg(last.bottom()).arg(edit->viewport()->height())));
        edit->moveCursor(QTextCursor::Start);
        QCOMPARE(edit->cursorRect().top(), 0); // beside its line number
    }
}

void TestTemplateWidgets::changedLinesAreMarked()
{
    PromptBlocks blocks;
    blocks.resize(600, 400);
    blocks.setTexts({}, {}, u"one\ntwo\nthree"_s);
    blocks.setBase({}, {}, u"one\ntwo\nthree"_s);
    blocks.show();
    QVERIFY(QTest::qWaitForWindowExposed(&blocks));
    PromptEdit *edit = blocks.findChildren<PromptEdit *>().last();
    QVERIFY(edit->changedLines().isEmpty());
    edit->setPlainText(u"one\nanother\nthree\nfour"_s);
    QTRY_COMPARE(edit->changedLines(), (QSet<int>{1, 3}));
    blocks.setBase({}, {}, edit->toPlainText()); // saved
    QTRY_VERIFY(edit->changedLines().isEmpty());
}

void TestTemplateWidgets::namesAreOfferedAndCompleted()
{
    PromptEdit edit(u"Prompt"_s);
    edit.setSchema(QJsonObject{{u"type"_s, u"object"_s},
                               {u"properties"_s,
                                QJsonObject{{u"customer"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                            {u"tone"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}});
    edit.resize(400, 100);
    edit.show();
    edit.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&edit));
    QTest::keyClicks(&edit, u"Dear {{cu"_s);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(edit.toPlainText(), u"Dear {{customer}}"_s);
    edit.setReadOnly(true);
    QTest::keyClicks(&edit, u"{{t"_s);
    QVERIFY(!QApplication::activePopupWidget());
}

void TestTemplateWidgets::clicksBelowTheTextsGoToTheLast()
{
    PromptBlocks blocks;
    blocks.resize(600, 500);
    blocks.setTexts(u"system"_s, {}, u"user"_s);
    blocks.show();
    QVERIFY(QTest::qWaitForWindowActive(&blocks));
    QTest::mouseClick(blocks.viewport(), Qt::LeftButton, {}, {300, 480});
    PromptEdit *last = blocks.findChildren<PromptEdit *>().last();
    QVERIFY(last->hasFocus());
    QCOMPARE(last->textCursor().position(), 4);
}

void TestTemplateWidgets::theWheelScrollsThePageAndChangesNoChoice()
{
    auto *select = new Select(u"Model"_s);
    select->setChoices({{1, u"one"_s}, {2, u"two"_s}, {3, u"three"_s}});
    select->setValue(2);
    auto *tall = new QWidget;
    tall->setFixedHeight(2000);
    auto *content = layout::box(layout::column({select, tall}));
    const std::unique_ptr<QWidget> scroll(layout::scrolling(content));
    scroll->resize(300, 300);
    scroll->show();
    QVERIFY(QTest::qWaitForWindowExposed(scroll.get()));
    auto *bar = static_cast<QScrollArea *>(scroll.get())->verticalScrollBar();
    for (const bool focused : {false, true}) {
        focused ? select->setFocus() : select->clearFocus();
        bar->setValue(0);
        const QPointF place = select->rect().center();
        QWheelEvent turn(place, select->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&turn); // otherwise it goes to nobody above
        qApp->notify(select, &turn); // sendEvent() takes the mark away again
        QCOMPARE(select->value(), QVariant(2));
        QVERIFY(bar->value() > 0);
    }
}

void TestTemplateWidgets::toolsLieOverNoText()
{
    CodeBox code(u"Code"_s);
    AnswerBox answer(u"Output"_s);
    for (QWidget *box : {static_cast<QWidget *>(&code), static_cast<QWidget *>(&answer)}) {
        box->resize(360, 200);
        box->show();
        QVERIFY(QTest::qWaitForWindowExposed(box));
        auto *area = box->findChild<QAbstractScrollArea *>();
        const auto tools = area->findChildren<IconButton *>();
        code.setText({});
        answer.setText({});
        for (const IconButton *tool : tools)
            QVERIFY(!tool->isVisible()); // nothing to copy
        for (const QString &text : {u"a long line that goes to the very end of the box, and further "_s.repeated(3),
                                    u"{\n\"line\": 1\n}\n"_s.repeated(60)}) {
            code.setText(text);
            answer.setText(text);
            QCoreApplication::processEvents();
            QVERIFY(tools.first()->isVisible());
            for (const IconButton *tool : tools) {
                QVERIFY(!tool->isVisible() || !tool->geometry().intersects(area->viewport()->geometry()));
                QVERIFY(!tool->isVisible() || !area->verticalScrollBar()->isVisible()
                        || !tool->geometry().intersects(QRect(area->verticalScrollBar()->mapTo(area, QPoint()),
                                                              area->verticalScrollBar()->size())));
            }
        }
    }
}

void TestTemplateWidgets::answersReadAsMarkdown()
{
    AnswerBox box(u"Output"_s);
    box.setText(u"# Title\n\nA **bold** word.\nNext line\n\n- one\n- two\n\n```\ncode *as is*\n```\n<b>not HTML</b>"_s);
    const QString shown = plain(box);
    QVERIFY2(shown.contains(u"A bold word.\nNext line"_s) || shown.contains(u"A bold word.\u2028Next line"_s),
             qPrintable(shown));
    QVERIFY(shown.startsWith(u"Title\n"_s));
    QVERIFY(shown.contains(u"code *as is*"_s));
    QVERIFY(shown.contains(u"<b>not HTML</b>"_s));
    QVERIFY(!shown.contains(u"**"_s));
    QVERIFY(box.text().contains(u"**bold**"_s)); // what is copied

    box.findChildren<IconButton *>().last()->click(); // as it came
    QCOMPARE(plain(box), box.text());
}

void TestTemplateWidgets::answersNeverLoadAnything()
{
    QTemporaryDir folder;
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::red);
    const QString path = folder.filePath(u"picture.png"_s);
    QVERIFY(image.save(path));
    AnswerBox box(u"Output"_s);
    box.setText(u"before ![a cat](file://%1) after ![](file:///dev/zero)"_s.arg(path));
    QVERIFY2(plain(box).contains(u"before [a cat] after"_s), qPrintable(plain(box)));
    QVERIFY(!html(box).contains(u"<img"_s));
    QVERIFY(box.findChild<QTextEdit *>()
                ->document()
                ->resource(QTextDocument::ImageResource, QUrl::fromLocalFile(path))
                .isNull());
}

void TestTemplateWidgets::jsonKeepsItsOrderAndNumbers()
{
    AnswerBox box(u"Output"_s);
    box.setText(uR"({"z":[1,{"a":12345678901234567890}],"b":"x, {y}: \"q\"","e":{},"l":[ ]})"_s);
    QCOMPARE(plain(box), uR"({
  "z": [
    1,
    {
      "a": 12345678901234567890
    }
  ],
  "b": "x, {y}: \"q\"",
  "e": {},
  "l": []
})"_s);
    box.setText(u"{not JSON"_s);
    QCOMPARE(plain(box), u"{not JSON"_s);
}

void TestTemplateWidgets::streamsKeepTheEndInView()
{
    AnswerBox box(u"Output"_s);
    box.resize(360, 160);
    box.show();
    QVERIFY(QTest::qWaitForWindowExposed(&box));
    QScrollBar *bar = box.findChild<QTextEdit *>()->verticalScrollBar();
    const auto grow = [&](int from, int to) {
        for (int line = from; line < to; ++line)
            box.append(u"line %1\n"_s.arg(line));
        QTRY_VERIFY(plain(box).contains(u"line %1"_s.arg(to - 1)));
    };
    grow(0, 60);
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(10); // the person reads the beginning
    grow(60, 120);
    QCOMPARE(bar->value(), 10);
    bar->setValue(bar->maximum());
    grow(120, 180);
    QCOMPARE(bar->value(), bar->maximum());

    box.setText({});
    box.setText(u"line\n"_s.repeated(100)); // known as a whole: read from its start
    QCOMPARE(bar->value(), 0);
}

void TestTemplateWidgets::arrowsMoveAmongVersionsAndReturnChooses()
{
    Timeline timeline(u"Versions"_s);
    timeline.setChoosable(true);
    timeline.setSteps({{{}, u"v3"_s, {}, {}, {}, Tone::Neutral},
                       {{}, u"v2"_s, {}, {}, {}, Tone::Neutral},
                       {{}, u"v1"_s, {}, {}, {}, Tone::Neutral}});
    timeline.setChosen(0);
    QSignalSpy chosen(&timeline, &Timeline::chosen);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QTest::keyClick(&timeline, Qt::Key_Up);
    QCOMPARE(chosen.count(), 0);
    QTest::keyClick(&timeline, Qt::Key_Return);
    QCOMPARE(chosen.value(0).value(0).toInt(), 1);
}

void TestTemplateWidgets::variablesAreDescribedByTheForm()
{
    SchemaForm form;
    form.setSchema(SchemaForm::withVariables(SchemaForm::emptySchema(), {u"tone"_s, u"customer"_s}));
    QJsonObject schema;
    connect(&form, &SchemaForm::edited, this, [&](const QJsonObject &edited) { schema = edited; });
    form.show();
    QVERIFY(QTest::qWaitForWindowActive(&form));

    // A choice, and its values.
    auto *type = form.findChildren<Select *>().last(); // of "tone"; names come in their order
    type->setCurrentIndex(type->findData(u"enum"_s));
    Q_EMIT type->activated(type->currentIndex());
    const auto tone = [&] { return schema.value(u"properties"_s)[u"tone"_s].toObject(); };
    QCOMPARE(tone().value(u"enum"_s).toArray().size(), 2);
    QLineEdit *choices = nullptr;
    for (QLineEdit *edit : form.findChildren<QLineEdit *>())
        if (edit->isVisible() && edit->accessibleName().contains(u"Choices"_s))
            choices = edit;
    QVERIFY(choices);
    choices->selectAll();
    QTest::keyClicks(choices, u"warm, formal,, warm"_s);
    QCOMPARE(tone().value(u"enum"_s).toArray(), (QJsonArray{u"warm"_s, u"formal"_s}));

    // Another name keeps the rest, and goes on being required.
    form.focusName(u"tone"_s);
    auto *name = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(name);
    QTest::keyClicks(name, u"voice"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(schema.value(u"properties"_s)[u"voice"_s][u"enum"_s].toArray().size(), 2);
    QVERIFY(schema.value(u"required"_s).toArray().contains(u"voice"_s));
    QVERIFY(!schema.value(u"required"_s).toArray().contains(u"tone"_s));
    QVERIFY(templates::checkSchema(schema).isEmpty());
}

void TestTemplateWidgets::undescribedNamesAreDescribedAtOnce()
{
    PromptBlocks blocks;
    blocks.setTexts(u"Be {{tone}}"_s, {}, u"Dear {{customer}}, {{#items}}{{name}}{{/items}} {{tone}}"_s);
    blocks.setSchema(SchemaForm::emptySchema());
    const QStringList unknown = blocks.unknownNames();
    QVERIFY2(unknown.contains(u"tone"_s) && unknown.contains(u"customer"_s), qPrintable(unknown.join(u' ')));
    SchemaEditor editor;
    editor.setSchema(SchemaForm::emptySchema());
    editor.setUndescribed({u"tone"_s, u"customer"_s});
    QSignalSpy changed(&editor, &SchemaEditor::schemaChanged);
    for (Button *button : editor.findChildren<Button *>())
        if (button->text().contains(u"tone, customer"_s))
            button->click();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(editor.schema()->value(u"properties"_s).toObject().keys(), (QStringList{u"customer"_s, u"tone"_s}));
}

void TestTemplateWidgets::numbersKeepTheirValueInAnotherLanguage()
{
    const QLocale before;
    QLocale::setDefault(QLocale(u"en_US"_s));
    ModelPicker picker;
    ModelParameters parameters;
    parameters.temperature = 0.3;
    parameters.topP = 0.95;
    picker.setChoice(u"demo/echo"_s, parameters);
    QLocale::setDefault(QLocale(u"pt_BR"_s));
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(&picker, &change);
    QCOMPARE(picker.parameters().temperature, std::optional(0.3));
    QCOMPARE(picker.parameters().topP, std::optional(0.95));
    QVERIFY(picker.check());
    QLocale::setDefault(before);
}

QTEST_MAIN(TestTemplateWidgets)
#include "tst_template_widgets.moc"
