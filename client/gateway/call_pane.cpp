// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/call_pane.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QEvent>
#include <QJsonDocument>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace {

enum PaneView { AboutCall, BodiesOfCall };
constexpr int bodyLines = 24;

// Indented where it is JSON; otherwise as it came.
QString readable(const QString &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    return error.error == QJsonParseError::NoError ? QString::fromUtf8(document.toJson()).trimmed() : text;
}

} // namespace

CallPane::CallPane(ApiClient &api, QWidget *parent)
    : QWidget(parent),
      m_api(api),
      m_pane(new DetailPane),
      m_sameKey(new IconButton(u"filter"_s, {})),
      m_tabs(new Tabs(tr("About the call"))),
      m_views(new QStackedWidget),
      m_facts(new Facts),
      m_amounts(new Facts),
      m_amountsTitle(new Label({}, TextStyle::BodyStrong)),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_bodiesNote(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_requestTitle(new Label({}, TextStyle::BodyStrong)),
      m_requestCut(new Label({}, TextStyle::Small, ColorRole::Warning)),
      m_request(new CodeBox(tr("Request"))),
      m_answerTitle(new Label({}, TextStyle::BodyStrong)),
      m_answerCut(new Label({}, TextStyle::Small, ColorRole::Warning)),
      m_answer(new CodeBox(tr("Answer")))
{
    for (Label *label : {m_note, m_bodiesNote, m_requestCut, m_answerCut})
        label->setWordWrap(true);
    for (CodeBox *box : {m_request, m_answer}) {
        box->setLanguage(CodeLanguage::Json);
        box->setMostLines(bodyLines);
    }
    m_pane->addTool(m_sameKey);
    m_views->addWidget(
        layout::box(layout::column({m_facts, m_amountsTitle, m_amounts, m_note, layout::stretch()}, Length::Space12)));
    m_views->addWidget(layout::box(layout::column({m_bodiesNote, m_requestTitle, m_requestCut, m_request, m_answerTitle,
                                                   m_answerCut, m_answer, layout::stretch()},
                                                  Length::Space10)));
    m_pane->addSection(QString(), m_tabs);
    m_pane->addSection(QString(), m_views);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &CallPane::closed);
    connect(m_sameKey, &QToolButton::clicked, this, &CallPane::sameKeyRequested);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_views->setCurrentIndex(std::max(tab, 0));
        if (tab == BodiesOfCall)
            loadBodies();
    });
    retranslate();
}

void CallPane::show(const GatewayCallRow &call, bool mayReadBodies)
{
    const bool isOther = call.id != m_call.id || mayReadBodies != m_mayReadBodies;
    m_call = call;
    m_mayReadBodies = mayReadBodies;
    if (isOther) {
        m_loading.cancel();
        m_bodies.reset();
        m_problem.reset();
    }
    renew();
    if (isOther && m_views->currentIndex() == BodiesOfCall)
        loadBodies();
}

void CallPane::close()
{
    m_loading.cancel();
    m_bodies.reset();
    m_tabs->setCurrentIndex(AboutCall);
    renewBodies();
}

void CallPane::showBodies()
{
    if (m_tabs->isVisibleTo(this))
        m_tabs->setCurrentIndex(BodiesOfCall);
}

// Only when they are asked for: they are long, and not everybody's to read.
void CallPane::loadBodies()
{
    if (m_bodies || m_loading.isPending() || m_call.id.isNull() || !m_call.hasBodies || !m_mayReadBodies)
        return;
    m_loading = m_api.call(endpoints::gatewayCalls::bodies.at(m_call.id), {}, this,
                           [this](const Result<GatewayCallBodies> &reply) {
                               m_loading = {};
                               m_bodies = reply ? std::optional(*reply) : std::nullopt;
                               m_problem = reply ? std::nullopt : std::optional(reply.error());
                               renewBodies();
                           });
    renewBodies();
}

void CallPane::renew()
{
    const auto tokens = [](qint64 count) { return amounts::count(count); };
    m_pane->setStatus(lookOfCall(m_call.status, m_call.isCacheHit));
    m_pane->setTitle(m_call.model, m_call.id.toString(QUuid::WithoutBraces));
    m_facts->setFacts({{tr("Time"), amounts::dayAndTime(m_call.calledAt)},
                       {tr("Key"), m_call.keyId ? m_call.keyName : tr("None: a call of a job")},
                       {tr("Person"), m_call.userName}});
    const QString cost =
        m_call.costNanos ? amounts::exactCost(*m_call.costNanos) : tr("Not known: the model has no price");
    m_amounts->setFacts(
        {{tr("Tokens in"), tokens(m_call.inputTokens)},
         {tr("Cached"),
          m_call.cachedInputTokens > 0 ? tr("%1 of them").arg(tokens(m_call.cachedInputTokens)) : QString()},
         {tr("Tokens out"), tokens(m_call.outputTokens)},
         {tr("Cost"), cost},
         {tr("Counted"), m_call.isEstimated ? tr("Estimated: the provider did not say") : QString()},
         {tr("First token"), m_call.firstTokenMs ? amounts::duration(*m_call.firstTokenMs) : QString()},
         {tr("Duration"), amounts::duration(m_call.totalMs)}});
    const bool canShow = m_call.hasBodies && m_mayReadBodies;
    if (!canShow)
        m_tabs->setCurrentIndex(AboutCall);
    m_tabs->setVisible(canShow);
    m_note->setText(canShow                ? QString()
                        : m_call.hasBodies ? tr("What was sent and answered is stored; you may not read it.")
                                           : tr("What was sent and answered is not stored."));
    m_note->setVisible(!canShow);
    m_sameKey->setVisible(m_call.keyId.has_value());
    renewBodies();
}

void CallPane::renewBodies()
{
    const bool isThere = m_bodies.has_value();
    m_bodiesNote->setText(m_problem
                              ? (m_problem->status == 0 ? tr("It is kept on the server only, which cannot be reached.")
                                                        : m_problem->detail)
                              : isThere ? tr("Kept until %1.").arg(amounts::dayAndTime(m_bodies->deletedAt))
                                        : tr("Loading …"));
    m_request->setText(isThere ? readable(m_bodies->request) : QString());
    m_answer->setText(isThere ? readable(m_bodies->answer) : QString());
    for (QWidget *part : {static_cast<QWidget *>(m_requestTitle), static_cast<QWidget *>(m_request),
                          static_cast<QWidget *>(m_answerTitle), static_cast<QWidget *>(m_answer)})
        part->setVisible(isThere);
    m_requestCut->setVisible(isThere && m_bodies->requestIsCut);
    m_answerCut->setVisible(isThere && m_bodies->answerIsCut);
}

void CallPane::retranslate()
{
    {
        const QSignalBlocker quiet(m_tabs);
        const int tab = m_views->currentIndex();
        m_tabs->setTabs({tr("About the call"), tr("Request and answer")});
        m_tabs->setCurrentIndex(tab);
    }
    m_tabs->setAccessibleName(tr("About the call"));
    m_sameKey->setName(tr("Only calls with this key"));
    m_amountsTitle->setText(tr("Tokens, cost, time"));
    m_requestTitle->setText(tr("Request"));
    m_answerTitle->setText(tr("Answer"));
    for (Label *label : {m_requestCut, m_answerCut})
        label->setText(tr("Only the beginning was kept; its last line says how long the whole was."));
    renew();
}

void CallPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
