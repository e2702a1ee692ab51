// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_settings_trial.h"

#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/patterns/pattern.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto settleTime = 150ms;
constexpr qsizetype mostSteps = 5'000'000; // a few hundredths of a second

// Nothing: it would take too long to say.
std::optional<bool> isFound(const QString &text, const QString &in)
{
    const patterns::Pattern pattern(text);
    if (!pattern.problem().isEmpty())
        return false;
    qsizetype steps = mostSteps;
    switch (pattern.search(in, steps)) {
    case patterns::Pattern::Outcome::Found:
        return true;
    case patterns::Pattern::Outcome::NotFound:
        return false;
    case patterns::Pattern::Outcome::TooLong:
        break;
    }
    return {};
}

qsizetype charactersOf(const QString &text) { return text.toUcs4().size(); }

} // namespace

struct GatewaySettingsTrial::Verdict
{
    Tone tone;
    QString icon;
    QString text;
};

GatewaySettingsTrial::GatewaySettingsTrial(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_help(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_way(new SegmentedControl({})),
      m_text(new QPlainTextEdit),
      m_verdicts(layout::column({}, Length::Space6))
{
    m_help->setWordWrap(true);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(px(Length::CodeLines));
    m_text->setMaximumHeight(2 * px(Length::CodeLines));
    setLayout(layout::column(
        {m_title, m_help, layout::row({m_way, layout::stretch()}), m_text, m_verdicts, layout::stretch()},
        Length::Space10));
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &GatewaySettingsTrial::judge);
    connect(m_text, &QPlainTextEdit::textChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(m_way, &SegmentedControl::chosen, this, &GatewaySettingsTrial::judge);
    retranslate();
}

void GatewaySettingsTrial::setSettings(const GatewaySettings &settings)
{
    m_settings = settings;
    m_settle.start();
}

void GatewaySettingsTrial::judgePatterns(const QString &text, bool isRequest, QList<Verdict> &verdicts) const
{
    for (const QString &pattern : m_settings.deniedPatterns) {
        const auto found = isFound(pattern, text);
        if (!found)
            verdicts << Verdict{Tone::Warning, u"triangle-alert"_s, tr("Took too long to try: %1").arg(pattern)};
        else if (*found)
            verdicts << Verdict{Tone::Danger, u"ban"_s, tr("Refused: it has the denied pattern %1").arg(pattern)};
    }
    if (!isRequest || m_settings.requiredPatterns.isEmpty())
        return;
    const bool hasOne = std::any_of(m_settings.requiredPatterns.begin(), m_settings.requiredPatterns.end(),
                                    [&](const QString &pattern) { return isFound(pattern, text).value_or(false); });
    if (!hasOne)
        verdicts << Verdict{Tone::Danger, u"ban"_s,
                            tr("Refused: as the last message it has none of the required patterns.")};
}

QList<GatewaySettingsTrial::Verdict> GatewaySettingsTrial::verdicts() const
{
    const QString text = m_text->toPlainText();
    const bool isRequest = m_way->current() == 0;
    QList<Verdict> verdicts;
    if (text.isEmpty())
        return verdicts;
    judgePatterns(text, isRequest, verdicts);
    const auto most = isRequest ? m_settings.mostPromptCharacters : m_settings.mostAnswerCharacters;
    if (most && charactersOf(text) > *most)
        verdicts << Verdict{
            Tone::Danger, u"ban"_s,
            tr("Refused: %1 of at most %2 characters.").arg(amounts::count(charactersOf(text)), amounts::count(*most))};
    if (verdicts.isEmpty())
        verdicts << Verdict{Tone::Success, u"circle-check"_s, tr("These rules let it through.")};
    if (!m_settings.masks.isEmpty() && (isRequest || m_settings.masksAnswers))
        verdicts << Verdict{Tone::Info, u"info"_s,
                            tr("Personal data in it is masked by the server; that is not tried here.")};
    return verdicts;
}

void GatewaySettingsTrial::judge()
{
    m_settle.stop();
    for (QWidget *shown : std::exchange(m_shown, {})) {
        shown->hide();
        shown->deleteLater();
    }
    for (const Verdict &verdict : verdicts()) {
        auto *line = new Banner;
        m_verdicts->addWidget(line);
        line->show(verdict.tone, verdict.icon, verdict.text);
        m_shown << line;
    }
}

void GatewaySettingsTrial::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void GatewaySettingsTrial::retranslate()
{
    m_title->setText(tr("Try it"));
    m_help->setText(
        tr("What the rules as they stand beside would do with a text. It is tried on this computer and sent "
           "nowhere."));
    const int way = m_way->current();
    m_way->setChoices({tr("A request"), tr("An answer")});
    m_way->setCurrent(std::max(way, 0));
    m_way->setAccessibleName(tr("What is tried"));
    m_text->setAccessibleName(tr("Text to try"));
    m_text->setPlaceholderText(tr("Type or paste a text"));
    judge();
}
