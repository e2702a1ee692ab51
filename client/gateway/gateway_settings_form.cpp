// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_settings_form.h"

#include "client/design/theme.h"
#include "client/gateway/gateway_settings_words.h"
#include "client/gateway/pattern_list.h"
#include "client/widgets/amounts.h"
#include "client/widgets/card.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

// As the server has them.
constexpr int longestCache = 2'592'000; // seconds
constexpr int longestKeeping = 3650; // days
constexpr int longestText = 100'000'000; // characters
constexpr int usualCache = 3600, usualKeeping = 30;
constexpr std::array cacheUnits{1, 60, 3600, 86'400}; // seconds

std::optional<int> wholeNumber(const QLocale &locale, const QString &typed, int most)
{
    bool isNumber = false;
    const QString text = typed.trimmed();
    qint64 number = locale.toLongLong(text, &isNumber);
    if (!isNumber)
        number = text.toLongLong(&isNumber);
    return isNumber && number >= 1 && number <= most ? std::optional(int(number)) : std::nullopt;
}

QString shownNumber(const QLocale &locale, std::optional<int> number)
{
    return number ? locale.toString(*number) : QString();
}

} // namespace

GatewaySettingsForm::GatewaySettingsForm(QWidget *parent)
    : QWidget(parent),
      m_caches(new Switch({})),
      m_cacheTime(new TextField({})),
      m_cacheUnit(new Select({})),
      m_cacheUnitField(new FormField({}, m_cacheUnit)),
      m_keepsBodies(new Switch({})),
      m_bodyDays(new TextField({})),
      m_masksAnswers(new Switch({})),
      m_denied(new PatternList),
      m_required(new PatternList),
      m_promptLength(new TextField({})),
      m_answerLength(new TextField({}))
{
    setLayout(layout::column({cachePart(), bodiesPart(), masksPart(), rulesPart(), lengthsPart()}, Length::Space12));
    for (QAbstractButton *button : QList<QAbstractButton *>{m_caches, m_keepsBodies, m_masksAnswers})
        connect(button, &QAbstractButton::clicked, this, &GatewaySettingsForm::changed);
    connect(m_caches, &QAbstractButton::clicked, this, [this](bool on) {
        if (on && m_cacheTime->text().isEmpty())
            showCacheTime(usualCache);
        changed();
    });
    connect(m_keepsBodies, &QAbstractButton::clicked, this, [this](bool on) {
        if (on && m_bodyDays->text().isEmpty())
            m_bodyDays->setText(shownNumber(m_locale, usualKeeping));
        changed();
    });
    for (QCheckBox *box : std::as_const(m_masks))
        connect(box, &QCheckBox::clicked, this, &GatewaySettingsForm::changed);
    for (TextField *field : {m_cacheTime, m_bodyDays, m_promptLength, m_answerLength})
        connect(field->edit(), &QLineEdit::textEdited, this, &GatewaySettingsForm::changed);
    connect(m_cacheUnit, &Select::valueChosen, this, &GatewaySettingsForm::changed);
    for (PatternList *list : {m_denied, m_required})
        connect(list, &PatternList::edited, this, &GatewaySettingsForm::changed);
    retranslate();
    setSettings({});
}

// ---- the parts

GatewaySettingsForm::Heading GatewaySettingsForm::addHeading(QBoxLayout *to, QWidget *control)
{
    const Heading heading{new Label({}, TextStyle::BodyStrong), new Label({}, TextStyle::Small, ColorRole::Text2)};
    heading.text->setWordWrap(true);
    auto *row =
        layout::row({layout::wide(layout::column({heading.title, heading.text}, Length::Space2))}, Length::Space24);
    if (control)
        row->addWidget(control);
    to->addLayout(row);
    m_headings << heading;
    return heading;
}

QWidget *GatewaySettingsForm::cachePart()
{
    auto *card = new Card;
    addHeading(card->body(), m_caches);
    auto *row = layout::row({m_cacheTime, m_cacheUnitField, layout::stretch()}, Length::Space8);
    m_cacheTime->setMaximumWidth(px(Length::CardMinimum));
    m_cacheRow = layout::box(row);
    card->body()->addWidget(m_cacheRow);
    return card;
}

QWidget *GatewaySettingsForm::bodiesPart()
{
    auto *card = new Card;
    addHeading(card->body(), m_keepsBodies);
    m_bodyDays->setMaximumWidth(px(Length::CardMinimum));
    card->body()->addWidget(m_bodyDays);
    return card;
}

QWidget *GatewaySettingsForm::masksPart()
{
    auto *card = new Card;
    addHeading(card->body());
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(px(Length::Space16));
    grid->setVerticalSpacing(px(Length::Space6));
    for (std::size_t kind = 0; kind < enumNames<MaskKind>.size(); ++kind) {
        auto *box = new QCheckBox;
        auto *example = new Label(exampleOf(MaskKind(kind)), TextStyle::Mono, ColorRole::Text2);
        grid->addWidget(box, int(kind), 0);
        grid->addWidget(example, int(kind), 1);
        m_masks << box;
    }
    grid->setColumnStretch(1, 1);
    card->body()->addLayout(grid);
    card->body()->addWidget(layout::line());
    addHeading(card->body(), m_masksAnswers);
    return card;
}

QWidget *GatewaySettingsForm::rulesPart()
{
    auto *card = new Card;
    addHeading(card->body());
    card->body()->addWidget(m_denied);
    card->body()->addWidget(layout::line());
    addHeading(card->body());
    card->body()->addWidget(m_required);
    return card;
}

QWidget *GatewaySettingsForm::lengthsPart()
{
    auto *card = new Card;
    addHeading(card->body());
    card->body()->addLayout(layout::row({layout::wide(m_promptLength), layout::wide(m_answerLength)}, Length::Space12));
    return card;
}

// ---- what stands in it

void GatewaySettingsForm::showCacheTime(int seconds)
{
    int unit = 1;
    for (const int one : cacheUnits)
        if (seconds % one == 0)
            unit = one;
    m_cacheUnit->setValue(unit);
    m_cacheTime->setText(shownNumber(m_locale, seconds / unit));
}

std::optional<int> GatewaySettingsForm::cacheSeconds() const
{
    const int unit = m_cacheUnit->value().toInt();
    const auto number = wholeNumber(m_locale, m_cacheTime->text(), longestCache / std::max(unit, 1));
    return number ? std::optional(*number * unit) : std::nullopt;
}

void GatewaySettingsForm::setSettings(const GatewaySettings &settings)
{
    m_setting = true;
    m_caches->setChecked(settings.cacheSeconds.has_value());
    if (settings.cacheSeconds)
        showCacheTime(*settings.cacheSeconds);
    else
        m_cacheTime->setText({});
    m_keepsBodies->setChecked(settings.bodyDays.has_value());
    m_bodyDays->setText(shownNumber(m_locale, settings.bodyDays));
    for (int kind = 0; kind < m_masks.size(); ++kind)
        m_masks[kind]->setChecked(settings.masks.contains(MaskKind(kind)));
    m_masksAnswers->setChecked(settings.masksAnswers);
    m_denied->setPatterns(settings.deniedPatterns);
    m_required->setPatterns(settings.requiredPatterns);
    m_promptLength->setText(shownNumber(m_locale, settings.mostPromptCharacters));
    m_answerLength->setText(shownNumber(m_locale, settings.mostAnswerCharacters));
    m_setting = false;
    check();
}

GatewaySettings GatewaySettingsForm::settings() const
{
    GatewaySettings settings;
    if (m_caches->isChecked())
        settings.cacheSeconds = cacheSeconds();
    if (m_keepsBodies->isChecked())
        settings.bodyDays = wholeNumber(m_locale, m_bodyDays->text(), longestKeeping);
    for (int kind = 0; kind < m_masks.size(); ++kind)
        if (m_masks[kind]->isChecked())
            settings.masks << MaskKind(kind);
    settings.masksAnswers = m_masksAnswers->isChecked();
    settings.deniedPatterns = m_denied->patterns();
    settings.requiredPatterns = m_required->patterns();
    settings.mostPromptCharacters = wholeNumber(m_locale, m_promptLength->text(), longestText);
    settings.mostAnswerCharacters = wholeNumber(m_locale, m_answerLength->text(), longestText);
    return settings;
}

bool GatewaySettingsForm::isValid() const
{
    const auto has = [](const TextField *field) { return field->hasError(); };
    return !has(m_cacheTime) && !has(m_bodyDays) && !has(m_promptLength) && !has(m_answerLength) && m_denied->isValid()
        && m_required->isValid();
}

void GatewaySettingsForm::changed()
{
    if (m_setting)
        return;
    check();
    Q_EMIT edited();
}

void GatewaySettingsForm::check()
{
    const auto say = [](TextField *field, bool isGood, const QString &problem) {
        field->setError(isGood ? QString() : problem);
    };
    m_cacheRow->setVisible(m_caches->isChecked());
    m_bodyDays->setVisible(m_keepsBodies->isChecked());
    say(m_cacheTime, !m_caches->isChecked() || cacheSeconds(), tr("A whole number, 30 days at most."));
    say(m_bodyDays, !m_keepsBodies->isChecked() || wholeNumber(m_locale, m_bodyDays->text(), longestKeeping),
        tr("A whole number of days up to %1.").arg(amounts::count(longestKeeping)));
    for (TextField *field : {m_promptLength, m_answerLength})
        say(field, field->text().trimmed().isEmpty() || wholeNumber(m_locale, field->text(), longestText),
            tr("A whole number up to %1, or nothing.").arg(amounts::count(longestText)));
    const bool masksAny =
        std::any_of(m_masks.begin(), m_masks.end(), [](const QCheckBox *box) { return box->isChecked(); });
    m_masksAnswers->setEnabled(masksAny);
}

QList<std::pair<QString, FormField *>> GatewaySettingsForm::places() const
{
    return {{u"/cacheSeconds"_s, m_cacheTime},
            {u"/bodyDays"_s, m_bodyDays},
            {u"/mostPromptCharacters"_s, m_promptLength},
            {u"/mostAnswerCharacters"_s, m_answerLength}};
}

QWidget *GatewaySettingsForm::firstControl() const { return m_caches; }

void GatewaySettingsForm::retranslate()
{
    const GatewaySettings now = settings(); // numbers are written in another way
    const std::pair<QString, QString> headings[] = {
        {tr("Answer the same request from the cache"),
         tr("A request that is the same to the letter gets the answer it got before, at once and at no cost.")},
        {tr("Keep requests and answers"),
         tr("For those who may read them in the list of calls. Without it only figures are kept.")},
        {tr("Mask personal data"), tr("Taken out of requests before they leave the server, and replaced by a mark.")},
        {tr("Also in answers"), tr("The same kinds, on their way back to the program.")},
        {tr("Denied patterns"),
         tr("A request or an answer is refused when one of these regular expressions is found anywhere in it.")},
        {tr("Required patterns"), tr("When there are any, the last message of a request must contain one of them.")},
        {tr("Lengths"), tr("Longer requests and answers are refused. Empty: no limit but the model's own.")}};
    for (int i = 0; i < m_headings.size(); ++i) {
        m_headings[i].title->setText(headings[i].first);
        m_headings[i].text->setText(headings[i].second);
    }
    m_caches->setAccessibleName(headings[0].first);
    m_keepsBodies->setAccessibleName(headings[1].first);
    m_masksAnswers->setAccessibleName(tr("Mask personal data in answers"));
    m_cacheTime->setLabel(tr("For how long"));
    m_cacheUnitField->setLabel(tr("Unit of time"));
    m_cacheUnit->setChoices({{cacheUnits[0], tr("seconds")},
                             {cacheUnits[1], tr("minutes")},
                             {cacheUnits[2], tr("hours")},
                             {cacheUnits[3], tr("days")}});
    if (m_cacheUnit->currentIndex() < 0)
        m_cacheUnit->setValue(cacheUnits[2]);
    m_bodyDays->setLabel(tr("For how many days"));
    for (int kind = 0; kind < m_masks.size(); ++kind) {
        m_masks[kind]->setText(shownMask(MaskKind(kind)));
        m_masks[kind]->setAccessibleDescription(tr("For example %1").arg(exampleOf(MaskKind(kind))));
    }
    m_denied->setTexts(tr("Denied pattern"), tr("Add pattern"));
    m_required->setTexts(tr("Required pattern"), tr("Add pattern"));
    m_promptLength->setLabel(tr("Characters of a request"));
    m_answerLength->setLabel(tr("Characters of an answer"));
    for (TextField *field : {m_promptLength, m_answerLength})
        field->setPlaceholder(tr("no limit"));
    if (isValid()) { // what cannot be read stays as it was typed
        m_locale = QLocale();
        setSettings(now);
    }
    check();
}
