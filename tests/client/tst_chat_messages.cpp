// SPDX-License-Identifier: GPL-3.0-or-later
// What people and models write, as it is shown: Markdown, never HTML; nothing is loaded; links say where they lead.
#include "client/chat/chat_link.h"
#include "client/chat/chat_looks.h"
#include "client/chat/height_index.h"
#include "client/chat/markdown_segments.h"
#include "client/chat/message_body.h"
#include "client/design/theme.h"
#include "client/widgets/markdown.h"

#include <QDesktopServices>
#include <QDialog>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPushButton>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

class TestChatMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.install(); }
    void examplesOfCommonMarkAreShown();
    void htmlStaysText_data();
    void htmlStaysText();
    void codeIsApart();
    void streamedProseIsParted();
    void aStreamKeepsWhatIsFinished();
    void namesOfLinksAreKnownInEveryStretch();
    void hostileTextsAreShown_data();
    void hostileTextsAreShown();
    void linksSayWhereTheyLead();
    void onlyWebPagesOpenWithoutAQuestion_data();
    void onlyWebPagesOpenWithoutAQuestion();
    void listsShowWordsWithoutMarks_data();
    void listsShowWordsWithoutMarks();
    void heightsAreFoundAsTheyAreAdded();

private:
    Theme m_theme;
};

namespace {

QImage painted(const MessageBody &body)
{
    QImage image(640, std::clamp(int(body.size().height()) + 1, 1, 2000), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    body.paint(painter, {}, 0, body.length());
    return image;
}

QJsonArray examples()
{
    QFile file(u"" CHAT_TEST_FOLDER "/commonmark.json"_s);
    return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

// Takes what the client gives to the system to open.
class Opener : public QObject
{
    Q_OBJECT

public:
    Opener()
    {
        for (const QString &scheme : schemes())
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Opener() override
    {
        for (const QString &scheme : schemes())
            QDesktopServices::unsetUrlHandler(scheme);
    }
    static QStringList schemes()
    {
        return {u"http"_s, u"https"_s, u"mailto"_s, u"file"_s, u"javascript"_s, u"data"_s, u"steam"_s};
    }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }
};

} // namespace

// The cases of the CommonMark specification (CC BY-SA 4.0), whole and as they stream, letter by letter at the end.
void TestChatMessages::examplesOfCommonMarkAreShown()
{
    const QJsonArray all = examples();
    QCOMPARE(all.size(), 655);
    for (const QJsonValue &example : all) {
        const QString markdown = example[u"markdown"_s].toString();
        MessageBody body;
        body.layOut(markdown, false, 600);
        painted(body);
        const QString shown = body.text(0, body.length());
        // What is a tag in the source of an example outside of code stays readable as it was written.
        if (example[u"section"_s].toString().contains(u"HTML"_s) && markdown.startsWith(u"<div>"_s))
            QVERIFY2(shown.contains(u"<div>"_s), qPrintable(markdown));
        for (int length = 1; length <= markdown.size(); length += 1 + int(markdown.size()) / 12)
            body.layOut(markdown.left(length), true, 600);
        painted(body);
    }
}

void TestChatMessages::htmlStaysText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("bold") << u"Is <b>this</b> bold?"_s;
    QTest::newRow("script") << u"<script>alert('x')</script>"_s;
    QTest::newRow("style") << u"<style>* { color: red }</style> after"_s;
    QTest::newRow("picture") << u"<img src=\"https://evil.example/track.png\">"_s;
    QTest::newRow("link") << u"<a href=\"https://evil.example\">bank.example</a>"_s;
    QTest::newRow("table") << u"<table><tr><td>cell</td></tr></table>"_s;
    QTest::newRow("block") << u"<div>\n\n**inside**\n\n</div>"_s;
    QTest::newRow("heading") << u"# A <i>heading</i>"_s;
    QTest::newRow("comment") << u"before <!-- hidden --> after"_s;
}

void TestChatMessages::htmlStaysText()
{
    QFETCH(const QString, text);
    MessageBody body;
    body.layOut(text, false, 600);
    const QString shown = body.text(0, body.length());
    for (const QString &part : text.split(u'<').mid(1))
        QVERIFY2(shown.contains(u'<' + part.section(u'>', 0, 0).section(u'\n', 0, 0)), qPrintable(shown));
    QVERIFY2(body.links().isEmpty() || !text.contains(u"href"_s)
                 || !body.links().contains(u"https://evil.example\">bank.example</a>"_s),
             qPrintable(body.links().join(u' ')));
}

void TestChatMessages::codeIsApart()
{
    const QString text =
        u"Read it once:\n```jinja2 title=x\n{% set a = 1 %}\n\n`tick`\n```\nDone\n~~~~\n```\n~~~~\n``` open\nend"_s;
    const QList<MarkdownSegment> expected{{false, {}, u"Read it once:"_s},
                                          {true, u"jinja2"_s, u"{% set a = 1 %}\n\n`tick`"_s},
                                          {false, {}, u"Done"_s},
                                          {true, {}, u"```"_s},
                                          {true, u"open"_s, u"end"_s}};
    QCOMPARE(markdownSegments(text, false), expected);
    MessageBody body;
    body.layOut(text, false, 500);
    QCOMPARE(body.copyTargets().size(), 3);
    QCOMPARE(body.copyTargets()[0].code, u"{% set a = 1 %}\n\n`tick`"_s);
    QVERIFY(body.size().width() <= 500);
    // A fence inside of a list is a part of it.
    QCOMPARE(markdownSegments(u"1. first\n   ```sh\n   ls\n   ```\n2. second"_s, false).size(), 1);
}

void TestChatMessages::streamedProseIsParted()
{
    const QString text = u"One\ntwo\n\nThree\n\n- a\n\n- b\n\nFour"_s;
    QCOMPARE(markdownSegments(text, false).size(), 1);
    const QList<MarkdownSegment> parts = markdownSegments(text, true);
    QCOMPARE(parts.size(), 3); // the list goes on over its blank lines
    QCOMPARE(parts[1].text.trimmed(), u"Three\n\n- a\n\n- b"_s);
}

void TestChatMessages::aStreamKeepsWhatIsFinished()
{
    QRandomGenerator random(3);
    const QString whole =
        u"# Title\n\nSome *prose* and `code`.\n\n```py\nprint(1)\n\nprint(2)\n```\n\nThe | end\n---|---\na | b\n"_s;
    MessageBody stream, once;
    for (int length = 0; length < whole.size();) {
        length = std::min(int(whole.size()), length + random.bounded(1, 5));
        stream.layOut(whole.left(length), true, 500);
    }
    once.layOut(whole, true, 500);
    QCOMPARE(stream.text(0, stream.length()), once.text(0, once.length()));
    QCOMPARE(stream.size(), once.size());
    QCOMPARE(painted(stream), painted(once));
}

void TestChatMessages::namesOfLinksAreKnownInEveryStretch()
{
    MessageBody body;
    body.layOut(u"See [the page][1].\n```\ncode\n```\n[1]: https://patio.example/page"_s, false, 500);
    QCOMPARE(body.links(), QStringList{u"https://patio.example/page"_s});
}

void TestChatMessages::hostileTextsAreShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("quotations") << QString(500, u'>');
    QTest::newRow("brackets") << QString(20'000, u'[');
    QTest::newRow("stars") << u"*a "_s.repeated(5'000);
    QTest::newRow("ticks") << QString(20'000, u'`');
    QTest::newRow("lists") << u"- "_s.repeated(100);
    QTest::newRow("one word") << QString(40'000, u'a');
    QTest::newRow("lines") << QString(40'000, u'\n');
    QTest::newRow("nulls") << u"a\0b\uFFFC\u2029c"_s;
    QTest::newRow("directions") << u"\u202Egpj.exe\u202C and \u2066x\u2069"_s;
    QTest::newRow("half a letter") << QString(QChar(0xD83D)) + u" end"_s;
    QTest::newRow("picture") << u"![alt](https://evil.example/a.png) ![](file:///etc/passwd)"_s;
    QTest::newRow("wide table") << u"a|"_s.repeated(60) + u'\n' + u"-|"_s.repeated(60) + u"\n1|2"_s;
}

void TestChatMessages::hostileTextsAreShown()
{
    QFETCH(const QString, text);
    MessageBody body;
    body.layOut(text, false, 400);
    painted(body);
    body.layOut(text, true, 300);
    painted(body);
    QVERIFY(body.positionAt({200, 100}) >= 0);
    QVERIFY(body.size().height() >= 0);
}

void TestChatMessages::linksSayWhereTheyLead()
{
    QCOMPARE(chatLink::host(u"https://patio.example/a?b=c"_s), u"patio.example"_s);
    QCOMPARE(chatLink::host(u"https://bank.example@evil.example/"_s), u"evil.example"_s);
    QCOMPARE(chatLink::host(u"https://b\u0430nk.example/"_s), u"xn--bnk-6cd.example"_s); // a Cyrillic letter
    QCOMPARE(chatLink::host(u"mailto:ana@acme.example"_s), QString());
    QVERIFY(chatLink::shown(u"https://bank.example@evil.example/"_s).startsWith(u"evil.example\n"_s));
}

void TestChatMessages::onlyWebPagesOpenWithoutAQuestion_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("asks");
    QTest::addColumn<bool>("canBeOpened");
    QTest::newRow("https") << u"https://patio.example/"_s << false << true;
    QTest::newRow("http") << u"http://patio.example/"_s << false << true;
    QTest::newRow("mail") << u"mailto:ana@acme.example"_s << true << true;
    QTest::newRow("program") << u"steam://run/1"_s << true << true;
    QTest::newRow("file") << u"file:///etc/passwd"_s << true << true;
    QTest::newRow("script") << u"javascript:alert(1)"_s << true << false;
    QTest::newRow("data") << u"data:text/html,<b>x</b>"_s << true << false;
    QTest::newRow("relative") << u"../secrets"_s << true << false;
}

void TestChatMessages::onlyWebPagesOpenWithoutAQuestion()
{
    QFETCH(const QString, link);
    QFETCH(const bool, asks);
    QFETCH(const bool, canBeOpened);
    Opener opener;
    QWidget window;
    window.show();
    chatLink::open(link, &window);
    auto *dialog = window.findChild<QDialog *>();
    QCOMPARE(dialog != nullptr, asks);
    QCOMPARE(opener.opened.isEmpty(), asks);
    if (!asks)
        return;
    QPushButton *main = nullptr;
    for (auto *button : dialog->findChildren<QPushButton *>())
        if (button->text().contains(u"Open"_s))
            main = button;
    QCOMPARE(main != nullptr, canBeOpened);
    if (!main)
        return dialog->reject();
    main->click();
    QCOMPARE(opener.opened, QList<QUrl>{QUrl(link)});
}

void TestChatMessages::listsShowWordsWithoutMarks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    QTest::newRow("plain") << u"Good morning\nand more"_s << u"Good morning"_s;
    QTest::newRow("bold and code") << u"**Rolled back** to `v16`"_s << u"Rolled back to v16"_s;
    QTest::newRow("heading") << u"\n\n## What changed"_s << u"What changed"_s;
    QTest::newRow("quote") << u"> said *once*"_s << u"said once"_s;
    QTest::newRow("list") << u"- first\n- second"_s << u"first"_s;
    QTest::newRow("link") << u"see [the log](https://example.org/a_b_c)"_s << u"see the log"_s;
    QTest::newRow("code") << u"```sql\nSELECT 1;\n```"_s << u"SELECT 1;"_s;
    QTest::newRow("names with marks") << u"snake_case_name and 2 * 3 * 4"_s << u"snake_case_name and 2 * 3 * 4"_s;
    QTest::newRow("escaped") << u"\\*not bold\\*"_s << u"*not bold*"_s;
    QTest::newRow("HTML stays text") << u"<b>loud</b>"_s << u"<b>loud</b>"_s;
    QTest::newRow("a line alone") << u"---"_s << u"---"_s;
    QTest::newRow("long") << QString(500, u'x') << QString(159, u'x') + u'…';
    QTest::newRow("nothing") << u" \n "_s << QString();
}

void TestChatMessages::listsShowWordsWithoutMarks()
{
    QFETCH(const QString, text);
    QFETCH(const QString, line);
    QCOMPARE(chatLooks::firstLine(text), line);
}

void TestChatMessages::heightsAreFoundAsTheyAreAdded()
{
    QRandomGenerator random(5);
    HeightIndex index;
    QList<int> plain;
    for (int step = 0; step < 3000; ++step) {
        const int kind = random.bounded(20), height = random.bounded(1, 90);
        const int row = plain.isEmpty() ? 0 : random.bounded(int(plain.size()));
        if (kind < 10 || plain.isEmpty()) {
            index.insert(int(plain.size()), height);
            plain << height;
        } else if (kind < 12) {
            index.insert(row, height);
            plain.insert(row, height);
        } else if (kind < 14) {
            index.prepend({height, height + 1});
            plain = QList<int>{height, height + 1} + plain;
        } else if (kind < 16) {
            index.remove(row);
            plain.removeAt(row);
        } else {
            index.set(row, height);
            plain[row] = height;
        }
        if (step % 50 != 0)
            continue;
        qint64 offset = 0;
        for (int i = 0; i < plain.size(); ++i) {
            QCOMPARE(index.offsetOf(i), offset);
            QCOMPARE(index.rowAt(offset), i);
            offset += plain[i];
            QCOMPARE(index.rowAt(offset - 1), i);
        }
        QCOMPARE(index.total(), offset);
        QCOMPARE(index.rowAt(offset + 1000), int(plain.size()) - 1);
    }
}

QTEST_MAIN(TestChatMessages)
#include "tst_chat_messages.moc"
