// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/limit_dialog.h"

#include "client/gateway/limit_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostAllowed = 1'000'000'000; // as the server has it

} // namespace

// Whom a limit can be of.
struct LimitDialog::Who
{
    LimitSubject subject;
    std::optional<GatewayThings::Kind> kind; // of what one is to be chosen; nothing: it is of all, or of each
    const char *text;
    const char *help;

    static const QList<Who> &all()
    {
        using Kind = GatewayThings::Kind;
        static const QList<Who> choices{
            {LimitSubject::Tenant,
             {},
             QT_TRANSLATE_NOOP("LimitDialog", "The whole tenant"),
             QT_TRANSLATE_NOOP("LimitDialog", "All of its calls together.")},
            {LimitSubject::Key, Kind::Keys, QT_TRANSLATE_NOOP("LimitDialog", "One key"),
             QT_TRANSLATE_NOOP("LimitDialog", "The calls made with this key.")},
            {LimitSubject::Key,
             {},
             QT_TRANSLATE_NOOP("LimitDialog", "Each key"),
             QT_TRANSLATE_NOOP("LimitDialog", "Every key by itself, also those to come.")},
            {LimitSubject::User, Kind::People, QT_TRANSLATE_NOOP("LimitDialog", "One person"),
             QT_TRANSLATE_NOOP("LimitDialog", "The calls made with all of their keys together.")},
            {LimitSubject::User,
             {},
             QT_TRANSLATE_NOOP("LimitDialog", "Each person"),
             QT_TRANSLATE_NOOP("LimitDialog", "Everybody by themselves, with all of their keys.")},
            {LimitSubject::Model, Kind::Models, QT_TRANSLATE_NOOP("LimitDialog", "One model, or all of a provider"),
             QT_TRANSLATE_NOOP("LimitDialog",
                               "Whoever calls it. provider/* counts all models of a provider together.")},
            {LimitSubject::Model,
             {},
             QT_TRANSLATE_NOOP("LimitDialog", "Each model"),
             QT_TRANSLATE_NOOP("LimitDialog", "Every model by itself, whoever calls it.")}};
        return choices;
    }
};

LimitDialog::LimitDialog(Workspace &workspace, const std::optional<GatewayLimit> &before, QWidget *parent)
    : Dialog(before ? tr("Change a limit") : tr("New limit"), Length::DialogMedium, parent),
      m_workspace(workspace),
      m_things(workspace),
      m_before(before),
      m_who(new Select(tr("Who or what"))),
      m_thing(new SearchSelect(tr("Which"))),
      m_kind(new Select(tr("What is counted"))),
      m_whoField(new FormField(tr("Who or what"), m_who)),
      m_thingField(new FormField(tr("Which"), m_thing)),
      m_kindField(new FormField(tr("What is counted"), m_kind)),
      m_amount(new TextField(tr("At most"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build();
    connect(m_who, &Select::valueChosen, this, &LimitDialog::chosenWho);
    connect(m_thing, &Select::valueChosen, this, &LimitDialog::typed);
    connect(m_kind, &Select::valueChosen, this, &LimitDialog::typed);
    connect(m_amount->edit(), &QLineEdit::textChanged, this, &LimitDialog::typed);
    connect(&m_things, &GatewayThings::changed, this, &LimitDialog::offerThings);
    using Kind = GatewayThings::Kind;
    if (!before)
        m_things.load({Kind::Keys, Kind::People, Kind::Models});
    chosenWho();
    (before ? static_cast<QWidget *>(m_amount->edit()) : m_who)->setFocus();
}

void LimitDialog::build()
{
    QList<std::pair<QVariant, QString>> whos, kinds;
    for (int i = 0; i < Who::all().size(); ++i) // what may not be seen cannot be chosen by name
        if (const Who &one = Who::all()[i]; !one.kind || m_things.maySee(*one.kind))
            whos.append({i, tr(one.text)});
    for (std::size_t i = 0; i < enumNames<LimitKind>.size(); ++i)
        kinds.append({int(i), shownKind(LimitKind(i))});
    m_who->setChoices(whos);
    m_who->setValue(0);
    m_kind->setChoices(kinds);
    m_kind->setValue(0);
    m_problem->setWordWrap(true);
    m_problem->hide();
    if (m_before) {
        auto *of =
            new Label(u"%1 · %2"_s.arg(shownSubject(*m_before), shownKind(m_before->kind)), TextStyle::BodyStrong);
        of->setWordWrap(true);
        body()->addWidget(of);
        m_amount->setText(QLocale().toString(m_before->amount));
    }
    for (QWidget *part :
         {static_cast<QWidget *>(m_whoField), static_cast<QWidget *>(m_thingField), static_cast<QWidget *>(m_kindField),
          static_cast<QWidget *>(m_amount), static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    m_whoField->setVisible(!m_before);
    m_kindField->setVisible(!m_before);
    addCancel();
    m_save = addMain(m_before ? tr("Save limit") : tr("Add limit"));
}

const LimitDialog::Who &LimitDialog::who() const { return Who::all().at(m_who->value().toInt()); }

void LimitDialog::chosenWho()
{
    const Who &now = who();
    m_whoField->setHelp(tr(now.help));
    m_thingField->setVisible(now.kind && !m_before);
    m_thing->clearChoice();
    offerThings();
    typed();
    fitContent();
}

void LimitDialog::offerThings()
{
    const Who &now = who();
    if (!now.kind)
        return;
    QList<std::pair<QVariant, QString>> choices;
    for (const GatewayThings::Thing &thing : m_things.all(*now.kind))
        choices.append({thing.id, thing.name});
    const bool hadChoice = m_thing->currentIndex() >= 0;
    m_thing->setChoices(choices);
    if (!hadChoice)
        m_thing->clearChoice();
    const bool isNothing = choices.isEmpty() && m_things.isKnown(*now.kind);
    m_thing->setPlaceholder(isNothing ? tr("There is none yet") : tr("Type a part of the name"));
    typed();
}

std::optional<qint64> LimitDialog::amount() const
{
    bool isNumber = false;
    const QString text = m_amount->text().trimmed();
    qint64 number = QLocale().toLongLong(text, &isNumber);
    if (!isNumber)
        number = text.toLongLong(&isNumber);
    return isNumber && number >= 0 && number <= mostAllowed ? std::optional(number) : std::nullopt;
}

void LimitDialog::typed()
{
    const bool isEmpty = m_amount->text().trimmed().isEmpty();
    const LimitKind kind = m_before ? m_before->kind : LimitKind(m_kind->value().toInt());
    m_amount->setError(isEmpty || amount() ? QString()
                                           : tr("A whole number up to %1.").arg(amounts::count(mostAllowed)));
    m_amount->setHelp(amount() == 0  ? tr("Nothing gets through.")
                          : amount() ? shownAmount(kind, *amount())
                                     : tr("Nought lets nothing through."));
    m_save->setEnabled(!m_sending && amount() && (m_before || !who().kind || m_thing->currentIndex() >= 0));
    m_problem->hide();
}

void LimitDialog::accept()
{
    if (m_sending || !m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<GatewayLimit> &reply) { answered(reply); };
    if (m_before) {
        m_workspace.api().call(endpoints::gatewayLimits::update.at(m_before->id), {*amount()}, this, done,
                               {.revision = m_before->revision});
        return;
    }
    const Who &now = who();
    NewGatewayLimit limit;
    limit.subject = now.subject;
    if (now.kind == GatewayThings::Kind::Models)
        limit.model = m_thing->value().toString();
    else if (now.kind)
        limit.subjectId = QUuid::fromString(m_thing->value().toString());
    limit.kind = LimitKind(m_kind->value().toInt());
    limit.amount = *amount();
    m_workspace.api().call(endpoints::gatewayLimits::create, limit, this, done);
}

void LimitDialog::answered(const Result<GatewayLimit> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/subjectId"_s, m_thingField},
                       {u"/model"_s, m_thingField},
                       {u"/subject"_s, m_whoField},
                       {u"/kind"_s, m_kindField},
                       {u"/amount"_s, m_amount}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
