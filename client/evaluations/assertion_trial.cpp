// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/assertion_trial.h"

#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/banner.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/evaluations/scoring.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto trialSettle = 150ms;

} // namespace

AssertionTrial::AssertionTrial(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_output(new QPlainTextEdit),
      m_expected(new QPlainTextEdit),
      m_verdict(new Banner)
{
    for (QPlainTextEdit *edit : {m_output, m_expected}) {
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(px(Length::CodeLines) * 3 / 4);
        connect(edit, &QPlainTextEdit::textChanged, &m_settle, qOverload<>(&QTimer::start));
    }
    m_outputField = new FormField({}, m_output);
    m_expectedField = new FormField({}, m_expected);
    m_settle.setSingleShot(true);
    m_settle.setInterval(trialSettle);
    connect(&m_settle, &QTimer::timeout, this, &AssertionTrial::judge);
    setLayout(layout::column(
        {m_title, layout::row({layout::wide(m_outputField), layout::wide(m_expectedField)}, Length::Space16),
         m_verdict},
        Length::Space12));
    retranslate();
}

void AssertionTrial::setAssertion(const Assertion &assertion, bool isValid)
{
    m_assertion = assertion;
    m_isValid = isValid;
    m_settle.start();
}

void AssertionTrial::judge()
{
    const QString output = m_output->toPlainText();
    using enum AssertionKind;
    if (m_assertion.kind == Latency || m_assertion.kind == Cost)
        return m_verdict->show(Tone::Neutral, u"info"_s, tr("This is known of real calls only."));
    if (m_assertion.kind == Rubric)
        return m_verdict->show(Tone::Neutral, u"info"_s,
                               tr("A model judges this in a run; nothing is sent from here."));
    if (!m_isValid)
        return m_verdict->show(Tone::Warning, u"triangle-alert"_s, tr("The assertion is not complete yet."));
    if (output.isEmpty())
        return m_verdict->hide();
    evaluations::Answer answer;
    answer.output = output;
    if (const QString expected = m_expected->toPlainText(); !expected.isEmpty())
        answer.expected = expected;
    const AssertionResult result = evaluations::evaluate(m_assertion, answer);
    const QString figures = tr("score %1, holds from %2").arg(shownScore(result.score), shownScore(result.threshold));
    m_verdict->show(result.passed ? Tone::Success : Tone::Danger, result.passed ? u"circle-check"_s : u"circle-x"_s,
                    (result.passed ? tr("It holds: %1.") : tr("It does not hold: %1.")).arg(figures)
                        + (result.reason.isEmpty() ? QString() : u' ' + result.reason));
}

void AssertionTrial::retranslate()
{
    m_title->setText(tr("Try it on a text"));
    m_outputField->setLabel(tr("Answer"));
    m_expectedField->setLabel(tr("Expected output"));
    judge();
}

void AssertionTrial::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
