// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/settings_page.h"

#include "client/design/theme.h"
#include "client/shell/preferences.h"
#include "client/widgets/card.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QLocale>

SettingsPage::SettingsPage(Preferences &preferences, QWidget *account, QWidget *parent)
    : PageWidget(parent),
      m_preferences(preferences),
      m_header(new PageHeader),
      m_language(new Select({})),
      m_mode(new SegmentedControl({})),
      m_density(new SegmentedControl({})),
      m_textScale(new Select({})),
      m_motion(new Switch({})),
      m_general(new Label({}, TextStyle::Emphasis)),
      m_appearance(new Label({}, TextStyle::Emphasis))
{
    auto *general = new Card, *appearance = new Card;
    m_rows << addRow(general->body(), m_language);
    for (QWidget *control : {static_cast<QWidget *>(m_mode), static_cast<QWidget *>(m_density),
                             static_cast<QWidget *>(m_textScale), static_cast<QWidget *>(m_motion)}) {
        if (appearance->body()->count() > 0)
            appearance->body()->addWidget(layout::line());
        m_rows << addRow(appearance->body(), control);
    }
    auto *column =
        layout::column({m_general, general, layout::gap(Length::Space12), m_appearance, appearance}, Length::Space10);
    if (account) {
        column->addSpacing(theme().px(Length::Space12));
        column->addWidget(account);
    }
    column->addStretch();
    auto *content =
        layout::box(layout::inset(column, {Length::Space24, Length::Space20, Length::Space24, Length::Space24}));
    content->setMaximumWidth(theme().px(Length::SettingsWidth) + 2 * theme().px(Length::Space24));
    setLayout(layout::tight(layout::column(
        {m_header, layout::line(),
         layout::wide(layout::scrolling(layout::box(layout::row({layout::wide(content, 2), layout::stretch(1)}))))})));

    connect(m_language, &Select::valueChosen, this,
            [this](const QVariant &code) { m_preferences.setLanguage(code.toString()); });
    connect(m_mode, &SegmentedControl::chosen, this, [this](int index) { m_preferences.setMode(Theme::Mode(index)); });
    connect(m_density, &SegmentedControl::chosen, this,
            [this](int index) { m_preferences.setDensity(Theme::Density(index)); });
    connect(m_textScale, &Select::valueChosen, this,
            [this](const QVariant &percent) { m_preferences.setTextScale(percent.toInt()); });
    connect(m_motion, &QAbstractButton::clicked, this, [this](bool on) { m_preferences.setReducesMotion(on); });
    connect(&m_preferences, &Preferences::changed, this, &SettingsPage::read);
    retranslate();
}

QWidget *SettingsPage::mainContent() { return m_language; }

SettingsPage::Row SettingsPage::addRow(QBoxLayout *card, QWidget *control)
{
    const Row row{new Label({}, TextStyle::BodyStrong), new Label({}, TextStyle::Small, ColorRole::Text2)};
    row.text->setWordWrap(true);
    card->addLayout(
        layout::row({layout::wide(layout::column({row.title, row.text}, Length::Space2)), control}, Length::Space24));
    return row;
}

void SettingsPage::retranslate()
{
    m_header->setTitle(tr("Settings"), tr("What you change here applies at once."));
    m_general->setText(tr("General"));
    m_appearance->setText(tr("Appearance"));
    const std::tuple<QWidget *, QString, QString> texts[] = {
        {m_language, tr("Language"), tr("Texts, and how numbers and dates are written.")},
        {m_mode, tr("Theme"), tr("System follows the light or dark setting of your desktop.")},
        {m_density, tr("Row height"), tr("How much fits into tables.")},
        {m_textScale, tr("Text size"), tr("Also with Ctrl + and Ctrl −.")},
        {m_motion, tr("Reduce motion"), tr("Nothing slides or fades.")}};
    int index = 0;
    for (const auto &[control, title, text] : texts) {
        m_rows[index].title->setText(title);
        m_rows[index++].text->setText(text);
        control->setAccessibleName(title);
        control->setAccessibleDescription(text);
    }
    m_language->setChoices({{QStringLiteral("system"), tr("Like the system")},
                            {QStringLiteral("en"), QStringLiteral("English")},
                            {QStringLiteral("pt_BR"), QStringLiteral("Português (Brasil)")}});
    m_mode->setChoices({tr("System"), tr("Light"), tr("Dark")});
    m_density->setChoices({tr("Compact"), tr("Normal"), tr("Roomy")});
    QList<std::pair<QVariant, QString>> scales;
    for (int percent = 90; percent <= 150; percent += 10)
        scales << std::pair<QVariant, QString>{percent, tr("%1\u2009%").arg(QLocale().toString(percent))};
    m_textScale->setChoices(scales);
    m_textScale->setMinimumWidth(m_textScale->sizeHint().width()
                                 + theme().px(Length::Space24)); // the row must not shorten it
    read();
}

void SettingsPage::read()
{
    m_language->setValue(m_preferences.language());
    m_mode->setCurrent(int(m_preferences.mode()));
    m_density->setCurrent(int(m_preferences.density()));
    m_textScale->setValue(m_preferences.textScale());
    m_motion->setChecked(m_preferences.reducesMotion());
}
