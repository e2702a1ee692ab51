// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/simulator_view.h"

#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/permissions/permission_words.h"
#include "client/permissions/record_edit.h"
#include "client/users/user_looks.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace {

class TreeRowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width() + px(Length::Space16), px(Length::RowCompact)};
    }
};

QString quoted(const QJsonValue &value)
{
    return value.isString()
        ? u'“' + value.toString() + u'”'
        : QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).sliced(1).chopped(1);
}

} // namespace

SimulatorView::SimulatorView(PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_can(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_person(new Select(tr("Person"))),
      m_ability(new Select(tr("Ability"))),
      m_thing(new Select(tr("Thing"))),
      m_id(new QLineEdit),
      m_ask(new Button({}, u"play"_s, ButtonVariant::Primary)),
      m_copy(new Button({}, u"copy"_s)),
      m_record(new RecordEdit),
      m_answer(new Banner),
      m_whyTitle(new Label({}, TextStyle::BodyStrong)),
      m_tree(new QTreeWidget),
      m_empty(new EmptyState)
{
    m_tree->setColumnCount(2);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new TreeRowDelegate(m_tree));
    m_tree->setAlternatingRowColors(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setSectionsMovable(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *question = layout::row(
        {m_can, m_person, m_ability, m_thing, layout::wide(m_id), layout::stretch(), m_ask, m_copy}, Length::Space8);
    auto *answer = layout::column({m_answer, m_whyTitle, layout::wide(m_tree), layout::wide(m_empty)}, Length::Space12);
    auto *record = layout::box(layout::inset(layout::column({m_record}), Length::Space24));
    m_recordSide = layout::box(layout::tight(layout::row({layout::wide(record), layout::line(Qt::Vertical)})));
    setLayout(layout::tight(layout::column(
        {layout::box(layout::inset(question, {Length::Space24, Length::Space10, Length::Space24, Length::Space10})),
         layout::line(),
         layout::wide(
             layout::tight(layout::row({layout::wide(m_recordSide, 2),
                                        layout::wide(layout::box(layout::inset(answer, Length::Space24)), 3)})))})));
    connect(m_person, &Select::valueChosen, this, &SimulatorView::chosen);
    connect(m_ability, &Select::valueChosen, this, &SimulatorView::chosen);
    connect(m_thing, &Select::valueChosen, this, &SimulatorView::chosen);
    connect(m_record, &RecordEdit::edited, this, &SimulatorView::forget);
    connect(m_id, &QLineEdit::textEdited, this, &SimulatorView::forget);
    connect(m_id, &QLineEdit::returnPressed, this, &SimulatorView::ask);
    connect(m_ask, &QPushButton::clicked, this, &SimulatorView::ask);
    connect(m_copy, &QPushButton::clicked, this, &SimulatorView::copy);
    connect(m_empty, &EmptyState::actionRequested, this, &SimulatorView::ask);
    connect(&m_directory, &PermissionDirectory::changed, this, &SimulatorView::renewPeople);
    retranslate();
    m_thing->setValue(int(Thing::Any));
    m_ability->setValue(int(Ability::TemplatesUpdate));
    renewPeople();
    chosen();
}

SimulatorView::Thing SimulatorView::thing() const { return Thing(m_thing->value().toInt()); }

QWidget *SimulatorView::mainContent() { return m_person; }

QJsonObject SimulatorView::viewState() const
{
    return {{u"person"_s, m_person->value().toString()},
            {u"ability"_s, QString(json::name(Ability(m_ability->value().toInt())))},
            {u"thing"_s, m_thing->value().toInt()}};
}

void SimulatorView::restoreViewState(const QJsonObject &state)
{
    if (const QString person = state.value(u"person"_s).toString(); !person.isEmpty())
        m_person->setValue(person);
    for (std::size_t i = 0; i < enumNames<Ability>.size(); ++i)
        if (state.value(u"ability"_s).toString() == QLatin1StringView(enumNames<Ability>[i]))
            m_ability->setValue(int(i));
    m_thing->setValue(state.value(u"thing"_s).toInt(int(Thing::Any)));
    chosen();
}

void SimulatorView::renewPeople()
{
    QList<std::pair<QVariant, QString>> choices;
    const Profile &oneself = m_directory.workspace().session().profile();
    for (const User &user : m_directory.people())
        choices.append({user.id.toString(QUuid::WithoutBraces), user.displayName});
    if (choices.isEmpty())
        choices.append({oneself.userId.toString(QUuid::WithoutBraces), oneself.displayName});
    m_person->setChoices(choices);
    if (m_person->currentIndex() < 0)
        m_person->setValue(oneself.userId.toString(QUuid::WithoutBraces));
}

void SimulatorView::chosen()
{
    m_id->setVisible(thing() == Thing::ById);
    m_recordSide->setVisible(thing() == Thing::MadeUp);
    if (const Subject *subject = subjectOf(Ability(m_ability->value().toInt())))
        m_record->setSubject(*subject);
    forget();
    Q_EMIT viewChanged();
}

void SimulatorView::forget()
{
    m_call.cancel();
    m_ask->setLoading(false);
    m_decision.reset();
    m_problem.reset();
    renew();
    Q_EMIT commandsChanged();
}

void SimulatorView::ask()
{
    ExplainRequest request;
    request.userId = QUuid::fromString(m_person->value().toString());
    request.ability = Ability(m_ability->value().toInt());
    if (thing() == Thing::ById) {
        request.subjectId = QUuid::fromString(m_id->text().trimmed());
        if (request.subjectId->isNull()) {
            m_answer->show(
                Tone::Warning, u"circle-alert"_s,
                tr("An ID looks like 01890a5d-ac96-774b-bcce-b302099a8057; each detail pane copies its own."));
            return m_id->setFocus();
        }
    } else if (thing() == Thing::MadeUp) {
        if (!m_record->check())
            return m_answer->show(Tone::Warning, u"circle-alert"_s, tr("The record cannot be read yet."));
        request.attributes = m_record->record();
    }
    m_ask->setLoading(true);
    m_call.cancel();
    m_call = m_directory.workspace().api().call(endpoints::permissions::explain, request, this,
                                                [this](const Result<Decision> &reply) { answered(reply); });
}

void SimulatorView::answered(const Result<Decision> &reply)
{
    m_ask->setLoading(false);
    m_decision = reply ? std::optional(*reply) : std::nullopt;
    m_problem = reply ? std::nullopt : std::optional(reply.error());
    renew();
    m_tree->setFocus(Qt::OtherFocusReason);
    Q_EMIT commandsChanged();
}

void SimulatorView::renew()
{
    m_tree->clear();
    m_copy->setEnabled(m_decision.has_value());
    m_whyTitle->setVisible(m_decision.has_value());
    m_tree->setVisible(m_decision.has_value());
    m_empty->setVisible(!m_decision);
    if (m_problem) {
        m_answer->hide();
        return m_empty->showError(tr("There is no answer"), m_problem->detail);
    }
    if (!m_decision) {
        m_answer->hide();
        return m_empty->show(u"shield-check"_s, tr("May they?"),
                             tr("Choose a person, an ability and a thing. The answer comes with every role and rule "
                                "that the server looked at."),
                             tr("Ask"));
    }
    const QString what = question();
    m_answer->show(m_decision->allowed ? Tone::Success : Tone::Danger, m_decision->allowed ? u"check"_s : u"lock"_s,
                   m_decision->allowed ? tr("Yes. %1", "the answer").arg(what) : tr("No. %1", "the answer").arg(what));
    const std::pair<TraceKind, QString> groups[] = {{TraceKind::Plan, tr("Plan")},
                                                    {TraceKind::Role, tr("Built-in roles")},
                                                    {TraceKind::CustomRole, tr("Own roles")},
                                                    {TraceKind::Rule, tr("Rules")}};
    for (const auto &[kind, title] : groups) {
        QTreeWidgetItem *group = nullptr;
        for (const TraceStep &step : m_decision->trace) {
            if (step.kind != kind)
                continue;
            if (!group) {
                group = new QTreeWidgetItem(m_tree, {title});
                group->setFont(0, theme().font(TextStyle::SmallStrong));
            }
            addStep(group, step);
        }
    }
    if (!m_decision->forbiddenFields.isEmpty())
        new QTreeWidgetItem(m_tree, {tr("Forbidden fields"), m_decision->forbiddenFields.join(u", "_s)});
    m_tree->expandAll();
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it)
        if ((*it)->data(0, Qt::UserRole).toBool())
            m_tree->setCurrentItem(*it);
}

void SimulatorView::addStep(QTreeWidgetItem *under, const TraceStep &step)
{
    QString name = step.name;
    for (std::size_t i = 0; step.kind == TraceKind::Role && i < enumNames<Role>.size(); ++i)
        if (step.name == QLatin1StringView(enumNames<Role>[i]))
            name = shownRole(Role(i));
    if (step.kind == TraceKind::Plan)
        name = shownSubject(step.name);
    if (name.isEmpty())
        name = tr("A rule without a reason");
    const bool isPlan = step.kind == TraceKind::Plan;
    const QString result = step.decided ? tr("decides") : step.matched ? tr("matches") : tr("does not match");
    const QString effect = step.kind == TraceKind::Rule ? lookOf(step.effect).label + u" · "_s : QString();
    auto *item =
        new QTreeWidgetItem(under, {name, isPlan ? shownWhy(step) : effect + result + u" · "_s + shownWhy(step)});
    item->setToolTip(1, shownWhy(step));
    item->setData(0, Qt::UserRole, step.decided);
    // The plan matches where it leaves the subject out.
    const bool isAgainst = step.effect == RuleEffect::Deny, isFor = isPlan || !isAgainst;
    if (step.matched != isPlan)
        item->setIcon(0, themedIcon(isFor ? u"check"_s : u"ban"_s, isFor ? ColorRole::Success : ColorRole::Danger));
    else
        item->setIcon(0, themedIcon(isPlan ? u"lock"_s : u"minus"_s, ColorRole::Text3));
    if (step.decided) {
        QFont strong = theme().font(TextStyle::BodyStrong);
        item->setFont(0, strong);
        item->setFont(1, strong);
    }
    for (const FailedTest &test : step.failed) {
        const QString path = test.path.isEmpty() ? tr("the record") : test.path;
        const QString actual = test.present ? tr("is %1", "what an attribute really is").arg(quoted(test.actual))
                                            : tr("is missing", "an attribute");
        new QTreeWidgetItem(item,
                            {path,
                             tr("%1; wanted: %2 %3", "what it is, a test and a value")
                                 .arg(actual, shownTest(test.test), quoted(test.expected))});
    }
}

QString SimulatorView::question() const
{
    const QString thingAsked = thing() == Thing::ById ? m_id->text().trimmed() : m_thing->currentText();
    return u"%1 · %2 · %3"_s.arg(m_person->currentText(), m_ability->currentText(), thingAsked);
}

QString SimulatorView::asText() const
{
    QStringList lines;
    lines << question();
    if (thing() == Thing::MadeUp)
        lines << QString::fromUtf8(json::print(m_record->record()));
    lines << (m_decision->allowed ? tr("Yes") : tr("No")) + u" · "_s + shownAbility(m_decision->ability);
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        int depth = 0;
        for (const QTreeWidgetItem *up = (*it)->parent(); up; up = up->parent())
            ++depth;
        lines << QString(2 * depth, u' ') + (*it)->text(0)
                + ((*it)->text(1).isEmpty() ? QString() : u": "_s + (*it)->text(1));
    }
    return lines.join(u'\n');
}

void SimulatorView::copy()
{
    if (!m_decision)
        return;
    QGuiApplication::clipboard()->setText(asText());
    Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Answer copied")});
}

QList<Command> SimulatorView::commands()
{
    return {{u"simulator.ask"_s,
             tr("Ask the simulator"),
             u"play"_s,
             u"Ctrl+Return"_s,
             Command::Scope::Page,
             [this] { ask(); },
             {},
             {},
             true},
            {u"simulator.copy"_s,
             tr("Copy answer"),
             u"copy"_s,
             u"C"_s,
             Command::Scope::Page,
             [this] { copy(); },
             [this] { return m_decision.has_value(); },
             {},
             true}};
}

void SimulatorView::retranslate()
{
    m_can->setText(tr("May", "the beginning of: may Ana change templates?"));
    QList<std::pair<QVariant, QString>> abilities;
    for (std::size_t i = 0; i < enumNames<Ability>.size(); ++i)
        if (subjectOf(Ability(i)))
            abilities.append({int(i), shownAbility(Ability(i))});
    m_ability->setChoices(abilities);
    m_thing->setChoices({{int(Thing::Any), tr("any record")},
                         {int(Thing::ById), tr("the record with ID")},
                         {int(Thing::MadeUp), tr("a made-up record")}});
    m_person->setAccessibleName(tr("Person"));
    m_ability->setAccessibleName(tr("Ability"));
    m_thing->setAccessibleName(tr("Thing"));
    m_id->setAccessibleName(tr("ID of the record"));
    m_id->setPlaceholderText(tr("ID of the record"));
    m_ask->setText(tr("Ask"));
    m_ask->setHint(tr("Ask the server"), u"Ctrl+Return"_s);
    m_copy->setText(tr("Copy answer"));
    m_whyTitle->setText(tr("What the server looked at"));
    m_tree->setHeaderLabels({tr("Role or rule"), tr("Result")});
    m_tree->setAccessibleName(tr("What the server looked at"));
    renew();
}
