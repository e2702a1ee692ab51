// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/junit_report.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace junit {
namespace {

// What XML 1.0 has no way to write becomes the replacement character.
QString clean(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool isPair = QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            ++i;
        else if ((c < 0x20 && c != u'\t' && c != u'\n' && c != u'\r') || QChar::isSurrogate(c) || c >= 0xfffe)
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

struct Sums
{
    int tests = 0, failures = 0, errors = 0, skipped = 0;
    double seconds = 0;

    void add(const TestCase &one)
    {
        ++tests;
        failures += one.outcome == Outcome::Failed;
        errors += one.outcome == Outcome::Error;
        skipped += one.outcome == Outcome::Skipped;
        seconds += one.seconds;
    }
    void write(QXmlStreamWriter &xml, bool withSkipped) const
    {
        xml.writeAttribute(u"tests"_s, QString::number(tests));
        xml.writeAttribute(u"failures"_s, QString::number(failures));
        xml.writeAttribute(u"errors"_s, QString::number(errors));
        if (withSkipped)
            xml.writeAttribute(u"skipped"_s, QString::number(skipped));
        xml.writeAttribute(u"time"_s, QString::number(seconds, 'f', 3));
    }
};

void write(QXmlStreamWriter &xml, const TestSuite &suite, const TestCase &one)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"name"_s, clean(one.name));
    xml.writeAttribute(u"classname"_s, clean(suite.className));
    xml.writeAttribute(u"time"_s, QString::number(one.seconds, 'f', 3));
    if (one.outcome == Outcome::Skipped) {
        xml.writeStartElement(u"skipped"_s);
        xml.writeAttribute(u"message"_s, clean(one.message));
        xml.writeEndElement();
    } else if (one.outcome != Outcome::Passed) {
        xml.writeStartElement(one.outcome == Outcome::Failed ? u"failure"_s : u"error"_s);
        xml.writeAttribute(u"message"_s, clean(one.message));
        xml.writeAttribute(u"type"_s, one.outcome == Outcome::Failed ? u"assertion"_s : u"job"_s);
        xml.writeCharacters(clean(one.details));
        xml.writeEndElement();
    }
    if (!one.output.isEmpty())
        xml.writeTextElement(u"system-out"_s, clean(one.output));
    xml.writeEndElement();
}

} // namespace

QByteArray print(const QString &name, const QList<TestSuite> &suites)
{
    QByteArray text;
    QXmlStreamWriter xml(&text);
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(2);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeAttribute(u"name"_s, clean(name));
    Sums all;
    for (const TestSuite &suite : suites)
        for (const TestCase &one : suite.cases)
            all.add(one);
    all.write(xml, false);
    for (const TestSuite &suite : suites) {
        Sums sums;
        for (const TestCase &one : suite.cases)
            sums.add(one);
        xml.writeStartElement(u"testsuite"_s);
        xml.writeAttribute(u"name"_s, clean(suite.name));
        sums.write(xml, true);
        xml.writeAttribute(u"timestamp"_s, suite.at.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s));
        xml.writeAttribute(u"hostname"_s, u"localhost"_s);
        for (const TestCase &one : suite.cases)
            write(xml, suite, one);
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    return text;
}

} // namespace junit
