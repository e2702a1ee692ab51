// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

namespace {

struct Message
{
    QString context;
    QString source;
    QStringList translations; // several: plural forms
    bool unfinished = false;
    bool numerus = false;
};

QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Message> messages;
    QString context;
    Message message;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            if (xml.isEndElement() && xml.name() == u"message")
                messages << message;
            continue;
        }
        const QString name = xml.name().toString();
        if (name == u"name") {
            context = xml.readElementText();
        } else if (name == u"message") {
            message = {context, {}, {}, false, xml.attributes().value(QStringLiteral("numerus")) == u"yes"};
        } else if (name == u"source") {
            message.source = xml.readElementText();
        } else if (name == u"translation") {
            message.unfinished = xml.attributes().value(QStringLiteral("type")) == u"unfinished";
            if (!message.numerus)
                message.translations << xml.readElementText();
        } else if (name == u"numerusform") {
            message.translations << xml.readElementText();
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

// Placeholders, sorted. %n may be left out of one form: "last day", "last 3 days".
QStringList placeholdersOf(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("%L?\\d|\\{\\{"));
    QStringList found;
    for (auto all = placeholder.globalMatch(text); all.hasNext();)
        found << all.next().captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

QString described(const Message &message) { return QStringLiteral("%1: “%2”").arg(message.context, message.source); }

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addRow("Brazilian Portuguese") << QStringLiteral("pt_BR");
        QTest::addRow("English plurals") << QStringLiteral("en");
    }

    // Reads the sources as update_translations does: a text that nobody translated shows up as unfinished.
    void everyTextIsTranslated()
    {
        QFETCH(QString, language);
        QTemporaryDir folder;
        const QString kept = QStringLiteral(PATIO_SOURCE_DIR "/translations/patio_%1.ts").arg(language);
        const QString copy = folder.filePath(QStringLiteral("patio_%1.ts").arg(language));
        QVERIFY(QFile::copy(kept, copy));
        QStringList arguments{QStringLiteral(PATIO_SOURCE_DIR "/client"), QStringLiteral("-locations"),
                              QStringLiteral("none"), QStringLiteral("-no-obsolete"), QStringLiteral("-silent")};
        if (language == u"en")
            arguments << QStringLiteral("-pluralonly");
        QProcess lupdate;
        lupdate.start(QStringLiteral(PATIO_LUPDATE), arguments << QStringLiteral("-ts") << copy);
        QVERIFY(lupdate.waitForFinished(60'000));
        QCOMPARE(lupdate.exitCode(), 0);

        const QList<Message> messages = messagesOf(copy);
        QVERIFY(messages.size() > (language == u"en" ? 5 : 200));
        QStringList missing;
        for (const Message &message : messages) {
            if (message.unfinished || message.translations.contains(QString()))
                missing << described(message);
        }
        QVERIFY2(missing.isEmpty(),
                 qPrintable(
                     QStringLiteral("%1 texts without translation:\n%2").arg(missing.size()).arg(missing.join(u'\n'))));
    }

    void placeholdersSurvive()
    {
        QStringList wrong;
        const QList<Message> messages = messagesOf(QStringLiteral(PATIO_SOURCE_DIR "/translations/patio_pt_BR.ts"));
        for (const Message &message : messages) {
            for (const QString &translation : message.translations) {
                if (placeholdersOf(message.source) != placeholdersOf(translation))
                    wrong << QStringLiteral("%1 → “%2”").arg(described(message), translation);
            }
            if (message.numerus && !message.translations.constLast().contains(u"%n"))
                wrong << described(message);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void compiledIn()
    {
        QTranslator portuguese;
        QVERIFY(portuguese.load(QStringLiteral(":/i18n/patio_pt_BR.qm")));
        QCOMPARE(portuguese.translate("SignInPage", "Password"), QStringLiteral("Senha"));
        QTranslator english;
        QVERIFY(english.load(QStringLiteral(":/i18n/patio_en.qm")));
        QCOMPARE(english.translate("DataTable", "%n new row(s)", nullptr, 1), QStringLiteral("%n new row"));
        QCOMPARE(english.translate("DataTable", "%n new row(s)", nullptr, 2), QStringLiteral("%n new rows"));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
