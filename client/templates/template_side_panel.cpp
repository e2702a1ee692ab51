// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_side_panel.h"

#include "client/design/theme.h"
#include "client/templates/model_picker.h"
#include "client/templates/run_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/timeline.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

TemplateSidePanel::TemplateSidePanel(TemplateRun &run, QWidget *parent)
    : QWidget(parent),
      m_variables(new VariablesForm),
      m_model(new ModelPicker),
      m_runPanel(new RunPanel(run)),
      m_timeline(new Timeline(tr("Versions"))),
      m_compare(new Button({}, u"git-compare-arrows"_s, ButtonVariant::Ghost)),
      m_variablesTitle(new Label({}, TextStyle::Emphasis)),
      m_modelTitle(new Label({}, TextStyle::Emphasis)),
      m_versionsTitle(new Label({}, TextStyle::Emphasis))
{
    m_timeline->setChoosable(true);
    m_compare->setControlSize(ControlSize::Small);
    auto *content = layout::box(layout::inset(
        layout::column({layout::column({m_variablesTitle, m_variables}, Length::Space10),
                        layout::column({m_modelTitle, m_model}, Length::Space10), m_runPanel,
                        layout::column({layout::row({m_versionsTitle, layout::stretch(), m_compare}), m_timeline},
                                       Length::Space10),
                        layout::stretch()},
                       Length::Space20),
        {Length::Space20, Length::Space16, Length::Space20, Length::Space24}));
    setLayout(layout::column({layout::scrolling(content)}));
    connect(m_timeline, &Timeline::chosen, this, [this](int step) {
        const int number = m_numbers.value(step);
        const int other = m_numbers.value(step + 1, m_numbers.value(step));
        // A version is compared with the draft, the draft with what it is based on.
        if (m_numbers.first() == 0 && number != 0)
            Q_EMIT compareRequested(number, 0);
        else
            Q_EMIT compareRequested(other, number);
    });
    connect(m_compare, &QPushButton::clicked, this, [this] {
        if (m_numbers.size() > 1)
            Q_EMIT compareRequested(m_numbers[1], m_numbers[0]);
    });
    retranslate();
}

void TemplateSidePanel::setVersions(const QList<TemplateVersion> &versions, int base, const QString &draftText)
{
    QList<Timeline::Step> steps;
    m_numbers.clear();
    if (!draftText.isEmpty()) {
        steps.append({{Tone::Accent, u"pencil"_s, tr("Draft")}, tr("Draft"), draftText, tr("now"), {}, Tone::Neutral});
        m_numbers.append(0);
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const TemplateVersion &version : versions) {
        const QString text =
            version.note.isEmpty() ? version.authorName : tr("%1 · %2").arg(version.note, version.authorName);
        steps.append({{Tone::Neutral, u"circle"_s, {}},
                      u"v%1"_s.arg(version.version),
                      text,
                      amounts::age(version.createdAt, now),
                      {},
                      Tone::Neutral});
        m_numbers.append(version.version);
    }
    m_timeline->setSteps(steps);
    m_timeline->setChosen(int(m_numbers.indexOf(draftText.isEmpty() ? base : 0)));
    m_compare->setVisible(m_numbers.size() > 1);
}

void TemplateSidePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void TemplateSidePanel::retranslate()
{
    m_variablesTitle->setText(tr("Variables"));
    m_modelTitle->setText(tr("Model"));
    m_versionsTitle->setText(tr("Versions"));
    m_compare->setText(tr("Compare"));
}
