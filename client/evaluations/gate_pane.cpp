// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/gate_pane.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int versionsOffered = 50;
constexpr qsizetype casesNamed = 12;

} // namespace

GatePane::GatePane(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_facts(new Facts),
      m_checkTitle(new Label({}, TextStyle::BodyStrong)),
      m_version(new Select({})),
      m_check(new Button({}, u"shield-check"_s)),
      m_chip(new StatusChip),
      m_reason(new Label),
      m_score(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_showRun(new Button({}, u"flask-conical"_s)),
      m_showCases(new Button({}, u"list-checks"_s)),
      m_startRun(new Button({}, u"play"_s))
{
    for (Label *text : {m_reason, m_score})
        text->setWordWrap(true);
    m_reason->setSelectable();
    m_verdict = layout::box(layout::column({layout::row({m_chip, layout::stretch()}), m_reason, m_score,
                                            layout::row({m_showRun, m_showCases, m_startRun, layout::stretch()})},
                                           Length::Space10));
    m_pane->addAction(m_change);
    m_pane->addTool(m_remove);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(
        m_checkTitle,
        layout::box(layout::column({layout::row({layout::wide(m_version), m_check}), m_verdict}, Length::Space12)));
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &GatePane::closed);
    connect(m_change, &QPushButton::clicked, this, &GatePane::changeRequested);
    connect(m_remove, &QToolButton::clicked, this, &GatePane::removeRequested);
    connect(m_check, &QPushButton::clicked, this, &GatePane::check);
    connect(m_version, &Select::valueChosen, this, &GatePane::check);
    connect(m_startRun, &QPushButton::clicked, this, [this] { Q_EMIT newRunRequested(m_gate.datasetId); });
    const auto showRun = [this](bool onlyFailures) {
        if (!m_result || !m_result->runId)
            return;
        QJsonObject state;
        if (onlyFailures) {
            state.insert(u"show"_s, u"failures"_s);
            if (!m_result->cases.isEmpty())
                state.insert(u"case"_s, m_result->cases.first());
        }
        Q_EMIT runRequested(*m_result->runId, state);
    };
    connect(m_showRun, &QPushButton::clicked, this, [showRun] { showRun(false); });
    connect(m_showCases, &QPushButton::clicked, this, [showRun] { showRun(true); });
    connect(&m_library, &TemplateLibrary::changed, this, &GatePane::renewVersions);
    retranslate();
}

void GatePane::show(const Gate &gate, bool mayChange)
{
    const bool isOther = gate.id != m_gate.id || gate.revision != m_gate.revision;
    m_gate = gate;
    m_mayChange = mayChange;
    renewVersions();
    if (isOther) {
        m_result.reset();
        m_call.cancel();
        check();
    }
    renew();
}

// Newest first: what somebody is about to publish.
void GatePane::renewVersions()
{
    const PromptTemplate *found = m_library.find(m_gate.templateId);
    const int latest = found ? found->latestVersion : 1;
    QList<std::pair<QVariant, QString>> versions;
    for (int version = latest; version >= std::max(1, latest - versionsOffered + 1); --version)
        versions.append(
            {version, version == latest ? tr("Version %1, the latest").arg(version) : tr("Version %1").arg(version)});
    m_version->setChoices(versions);
    if (m_version->currentIndex() < 0)
        m_version->setValue(latest);
}

void GatePane::check()
{
    if (m_gate.id.isNull())
        return;
    m_call.cancel();
    m_check->setLoading(true);
    GateCheckQuery query;
    query.label = m_gate.label;
    query.version = std::max(1, m_version->value().toInt());
    m_call = m_workspace.api().call(endpoints::evaluations::checkGates.at(m_gate.templateId), query, this,
                                    [this](const Result<GateChecks> &reply) {
                                        m_call = {};
                                        m_check->setLoading(false);
                                        showVerdict(reply);
                                    });
}

void GatePane::showVerdict(const Result<GateChecks> &reply)
{
    m_result.reset();
    m_verdict->setVisible(true);
    if (!reply) {
        m_chip->setStatus({Tone::Warning, u"triangle-alert"_s, tr("Not known", "what a gate says")});
        m_reason->setText(reply.error().detail);
    } else {
        for (const GateCheck &check : reply->items)
            if (check.gateId == m_gate.id)
                m_result = check;
    }
    if (m_result) {
        m_chip->setStatus(m_result->passes ? StatusLook{Tone::Success, u"circle-check"_s, tr("Passes", "a gate")}
                                           : StatusLook{Tone::Danger, u"ban"_s, tr("Refuses", "a gate")});
        m_reason->setText(m_result->passes ? tr("“%1” may point to this version.").arg(m_gate.label)
                                           : m_result->reason);
        QStringList lines;
        if (m_result->score)
            lines << tr("Score %1, at least %2 asked for")
                         .arg(shownScore(m_result->score), shownScore(m_result->minimumScore));
        QStringList numbers;
        for (const int number : m_result->cases.first(std::min(casesNamed, m_result->cases.size())))
            numbers << QLocale().toString(number);
        if (!numbers.isEmpty())
            lines << (m_result->cases.size() > casesNamed
                          ? tr("Cases %1 and %n more", nullptr, int(m_result->cases.size() - casesNamed))
                          : tr("Cases %1"))
                         .arg(numbers.join(u", "_s));
        m_score->setText(lines.join(u'\n'));
    } else if (reply) {
        m_chip->setStatus({Tone::Neutral, u"circle-help"_s, tr("Not known", "what a gate says")});
        m_reason->setText(tr("The gate is gone."));
    }
    m_score->setVisible(m_result && !m_score->text().isEmpty());
    m_showRun->setVisible(m_result && m_result->runId);
    m_showCases->setVisible(m_result && m_result->runId && !m_result->cases.isEmpty());
    m_startRun->setVisible(m_result && !m_result->runId && m_workspace.session().can(Ability::EvaluationsRun));
}

void GatePane::renew()
{
    m_pane->setStatus({Tone::Neutral, u"tag"_s, m_gate.label});
    m_pane->setTitle(m_gate.templateName, m_gate.id.toString(QUuid::WithoutBraces));
    m_facts->setFacts({{tr("Dataset"), m_gate.datasetName},
                       {tr("Model"), m_gate.model.value_or(tr("every model of the last run"))},
                       {tr("Least score"), shownScore(m_gate.minimumScore)},
                       {tr("Regressions"), m_gate.refusesRegressions ? tr("refused") : tr("allowed")},
                       {tr("Made", "a gate, when"), amounts::dayAndTime(m_gate.createdAt)}});
    m_change->setVisible(m_mayChange);
    m_remove->setVisible(m_mayChange);
    if (!m_result)
        m_verdict->hide();
}

void GatePane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_change->setHint(tr("Change the gate"), u"E"_s);
    m_remove->setName(tr("Remove gate"), u"Del"_s);
    m_checkTitle->setText(tr("Would it let a version pass?"));
    m_version->setAccessibleName(tr("Version"));
    m_check->setText(tr("Check now"));
    m_check->setHint(tr("Ask the gate about the version"), u"R"_s);
    m_showRun->setText(tr("Show run"));
    m_showCases->setText(tr("Show cases"));
    m_startRun->setText(tr("Start a run…"));
    renewVersions();
    renew();
    if (m_result)
        showVerdict(GateChecks{{*m_result}});
}

void GatePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
