// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rule_pane.h"

#include "client/permissions/permission_words.h"
#include "client/permissions/rules_model.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

RulePane::RulePane(const PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_switch(new Button),
      m_duplicate(new IconButton(u"copy"_s, {})),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_facts(new Facts),
      m_json(new CodeBox(tr("Rule as JSON")))
{
    m_pane->addAction(m_change);
    m_pane->addAction(m_switch);
    m_pane->addTool(m_duplicate);
    m_pane->addTool(m_remove);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(u"JSON"_s, m_json);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &RulePane::closed);
    connect(m_change, &QPushButton::clicked, this, &RulePane::changeRequested);
    connect(m_switch, &QPushButton::clicked, this, &RulePane::switchRequested);
    connect(m_duplicate, &QToolButton::clicked, this, &RulePane::duplicateRequested);
    connect(m_remove, &QToolButton::clicked, this, &RulePane::removeRequested);
    retranslate();
}

void RulePane::show(const Rule &rule)
{
    m_rule = rule;
    renew();
}

void RulePane::renew()
{
    m_pane->setStatus(lookOf(m_rule.effect));
    m_pane->setTitle(m_rule.reason.isEmpty() ? shownWhat(m_rule) : m_rule.reason,
                     m_rule.id.toString(QUuid::WithoutBraces));
    const auto time = [](const std::optional<QDateTime> &at) { return at ? amounts::dayAndTime(*at) : QString(); };
    m_facts->setFacts(
        {{tr("State"), lookOf(stateOf(m_rule, QDateTime::currentDateTimeUtc())).label},
         {tr("Who"), m_directory.shownWho(m_rule.who)},
         {tr("What"), shownWhat(m_rule)},
         {tr("Condition"), shownCondition(m_rule.conditions)},
         {tr("Only the fields"), m_rule.onlyFields ? m_rule.onlyFields->join(u", "_s) : QString()},
         {tr("Hours"), shownHours(m_rule.hours)},
         {tr("Valid from"), time(m_rule.validFrom)},
         {tr("Valid until"), time(m_rule.validUntil)},
         {tr("Changed"),
          tr("%1 by %2", "a time and a person").arg(amounts::dayAndTime(m_rule.updatedAt), m_rule.authorName)}});
    m_json->setText(jsonOf(inputOf(m_rule)));
    m_change->setVisible(m_directory.can(Ability::RulesUpdate));
    m_switch->setVisible(m_directory.can(Ability::RulesUpdate));
    m_switch->setText(m_rule.enabled ? tr("Turn off") : tr("Turn on"));
    m_switch->setIconName(m_rule.enabled ? u"pause"_s : u"play"_s);
    m_duplicate->setVisible(m_directory.can(Ability::RulesCreate));
    m_remove->setVisible(m_directory.can(Ability::RulesDelete));
}

void RulePane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_duplicate->setName(tr("Duplicate…"), u"D"_s);
    m_remove->setName(tr("Remove"), u"Del"_s);
    renew();
}

void RulePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
