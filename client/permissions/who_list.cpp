// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/who_list.h"

#include "client/users/user_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isSame(const RuleWho &a, const RuleWho &b) { return a.kind == b.kind && a.value == b.value; }

} // namespace

WhoList::WhoList(const PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_rows(layout::column({}, Length::Space4)),
      m_kind(new Select(tr("Kind"))),
      m_value(new Select(tr("Who"))),
      m_add(new Button({}, u"plus"_s))
{
    setLayout(
        layout::column({m_rows, layout::row({m_kind, layout::wide(m_value), m_add}, Length::Space6)}, Length::Space8));
    connect(m_kind, &Select::valueChosen, this, &WhoList::offer);
    connect(m_add, &QPushButton::clicked, this, &WhoList::add);
    retranslate();
}

void WhoList::setWho(const QList<RuleWho> &who)
{
    m_who = who;
    rebuild();
    offer();
}

void WhoList::rebuild()
{
    for (QWidget *row : std::as_const(m_shown)) {
        row->hide();
        row->deleteLater();
    }
    m_shown.clear();
    for (const RuleWho &who : std::as_const(m_who)) {
        const QString name = m_directory.shownWho(who);
        const bool isPerson = who.kind == RuleWhoKind::User;
        auto *label = new Label(name, TextStyle::BodyStrong);
        label->setElided(true);
        auto *kind = new Label(isPerson                                ? tr("person")
                                   : who.kind == RuleWhoKind::Everyone ? QString()
                                                                       : tr("role"),
                               TextStyle::Small, ColorRole::Text2);
        auto *removal = new IconButton(u"x"_s, tr("Remove %1").arg(name));
        removal->setControlSize(ControlSize::Small);
        connect(removal, &QToolButton::clicked, this, [this, who] {
            m_who.removeIf([&](const RuleWho &one) { return isSame(one, who); });
            rebuild();
            offer();
            m_kind->setFocus(Qt::OtherFocusReason);
            Q_EMIT edited();
        });
        QWidget *row = layout::box(layout::row({label, kind, layout::stretch(), removal}, Length::Space8));
        m_rows->addWidget(row);
        m_shown << row;
    }
}

void WhoList::offer()
{
    const auto kind = RuleWhoKind(m_kind->value().toInt());
    QList<std::pair<QVariant, QString>> choices;
    const auto append = [&](const QString &value, const QString &name) {
        const RuleWho who{kind, value};
        if (std::none_of(m_who.begin(), m_who.end(), [&](const RuleWho &one) { return isSame(one, who); }))
            choices.append({value, name});
    };
    if (kind == RuleWhoKind::Everyone)
        append({}, tr("Everyone"));
    if (kind == RuleWhoKind::Role)
        for (const BuiltInRole &role : m_directory.catalogue().roles)
            append(QString(json::name(role.name)), shownRole(role.name));
    if (kind == RuleWhoKind::CustomRole)
        for (const CustomRole &role : m_directory.customRoles())
            append(role.id.toString(QUuid::WithoutBraces), role.name);
    if (kind == RuleWhoKind::User)
        for (const User &user : m_directory.people())
            append(user.id.toString(QUuid::WithoutBraces), user.displayName);
    m_value->setChoices(choices);
    if (m_value->currentIndex() < 0) // what was chosen is in the list above now
        m_value->setCurrentIndex(0);
    m_value->setVisible(kind != RuleWhoKind::Everyone);
    m_add->setEnabled(!choices.isEmpty());
}

void WhoList::add()
{
    if (m_value->count() == 0)
        return;
    m_who.append({RuleWhoKind(m_kind->value().toInt()), m_value->value().toString()});
    rebuild();
    offer();
    Q_EMIT edited();
}

void WhoList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WhoList::retranslate()
{
    m_kind->setChoices({{int(RuleWhoKind::Role), tr("Role")},
                        {int(RuleWhoKind::CustomRole), tr("Own role")},
                        {int(RuleWhoKind::User), tr("Person")},
                        {int(RuleWhoKind::Everyone), tr("Everyone")}});
    m_add->setText(tr("Add"));
    m_add->setAccessibleName(tr("Add whom the rule speaks of"));
    rebuild();
    offer();
}
