// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rule_editor.h"

#include "client/design/theme.h"
#include "client/permissions/permission_words.h"
#include "client/permissions/rule_effect.h"
#include "client/permissions/rule_form.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/dialog.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace at = endpoints::permissions;

RuleEditor::RuleEditor(PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_header(new PageHeader),
      m_save(new Button({}, u"save"_s, ButtonVariant::Primary)),
      m_banner(new Banner),
      m_form(new RuleForm(directory)),
      m_jsonTitle(new Label({}, TextStyle::BodyStrong)),
      m_json(new QPlainTextEdit),
      m_jsonError(new Label({}, TextStyle::Small, ColorRole::Danger)),
      m_effect(new RuleEffectView(directory))
{
    auto *back = new IconButton(u"arrow-left"_s, tr("Back to the rules"), u"Esc"_s);
    m_header->addBack(back);
    m_header->addAction(m_save);
    m_jsonError->setWordWrap(true);
    m_json->setFont(theme().font(TextStyle::Mono));
    m_json->setTabChangesFocus(true);
    connect(&theme(), &Theme::changed, m_json, [this] { m_json->setFont(theme().font(TextStyle::Mono)); });
    auto *form = layout::box(layout::inset(layout::column({m_form}), Length::Space24));
    auto *side = layout::inset(
        layout::column({layout::wide(m_effect, 3), m_jsonTitle, layout::wide(m_json, 2), m_jsonError}, Length::Space10),
        Length::Space20);
    setLayout(layout::tight(layout::column(
        {m_header, layout::line(), m_banner,
         layout::wide(layout::tight(layout::row({layout::wide(layout::scrolling(form), 5), layout::line(Qt::Vertical),
                                                 layout::wide(layout::box(side), 4)})))})));
    connect(back, &QToolButton::clicked, this, &RuleEditor::leave);
    connect(m_save, &QPushButton::clicked, this, &RuleEditor::save);
    connect(m_form, &RuleForm::edited, this, &RuleEditor::draftFromForm);
    connect(m_json, &QPlainTextEdit::textChanged, this, &RuleEditor::draftFromJson);
    connect(m_banner, &Banner::actionRequested, this, [this] { open(Rule(m_rule)); });
    connect(m_effect, &RuleEffectView::refused, this, [this](const ApiError &error) { m_form->place(error.errors); });
    retranslate();
}

void RuleEditor::open(const std::optional<Rule> &rule)
{
    m_rule = rule.value_or(Rule());
    m_draft = rule ? inputOf(*rule) : RuleInput();
    if (!rule)
        m_draft.subject = subjects().isEmpty() ? QString() : u"templates"_s;
    m_opened = json::print(m_draft);
    m_jsonProblem.clear();
    m_saving = false;
    m_banner->hide();
    m_form->setInput(m_draft);
    showJson();
    retranslate();
    m_effect->unknown({}); // what stands there is about another rule
    check();
    m_form->setFocus();
}

bool RuleEditor::isChanged() const { return !m_jsonProblem.isEmpty() || json::print(m_draft) != m_opened; }

void RuleEditor::draftFromForm()
{
    m_draft = m_form->input();
    m_jsonProblem.clear(); // what could not be read as JSON is given up
    showJson();
    check();
}

void RuleEditor::showJson()
{
    const QSignalBlocker quiet(m_json);
    m_json->setPlainText(jsonOf(m_draft));
}

void RuleEditor::draftFromJson()
{
    const QByteArray text = m_json->toPlainText().toUtf8();
    m_jsonProblem.clear();
    try {
        m_draft = json::parse<RuleInput>(text, json::UnknownMembers::Reject);
        m_form->setInput(m_draft);
    } catch (const json::SyntaxError &error) {
        const qsizetype line = text.first(std::min<qsizetype>(error.offset, text.size())).count('\n') + 1;
        m_jsonProblem = tr("Line %1: %2").arg(line).arg(QString::fromUtf8(error.what()));
    } catch (const json::InvalidError &error) {
        const json::Problem &first = error.problems.first();
        m_jsonProblem = tr("%1 %2", "a place in the JSON, and what is wrong there").arg(first.pointer, first.message);
    }
    check();
}

void RuleEditor::check()
{
    QList<json::Problem> problems;
    if (m_jsonProblem.isEmpty())
        problems = checkRule(m_draft);
    const bool hasWho = !m_draft.who.isEmpty(), hasActions = !m_draft.actions.isEmpty();
    const bool hasFields = !m_draft.onlyFields || !m_draft.onlyFields->isEmpty();
    m_isComplete = m_jsonProblem.isEmpty() && problems.isEmpty() && hasWho && hasActions && hasFields
        && m_form->unreadableTime().isEmpty();
    const QList<json::Problem> others = m_form->place(problems);
    m_jsonError->setText(!m_jsonProblem.isEmpty() ? m_jsonProblem
                             : others.isEmpty()   ? QString()
                                                  : others.first().pointer + u' ' + others.first().message);
    m_jsonError->setVisible(!m_jsonError->text().isEmpty());
    if (m_isComplete)
        m_effect->ask(m_draft, m_rule.id.isNull() ? std::nullopt : std::optional(m_rule.id));
    else if (!m_jsonProblem.isEmpty())
        m_effect->unknown(tr("The JSON cannot be read yet."));
    else if (!hasWho)
        m_effect->unknown(tr("Say first whom it is about."));
    else if (!hasActions)
        m_effect->unknown(tr("Say first what they may or may not do."));
    else
        m_effect->unknown(tr("The rule is not complete yet."));
    renewSave();
}

void RuleEditor::renewSave() { m_save->setEnabled(m_isComplete && !m_saving && (isChanged() || m_rule.id.isNull())); }

void RuleEditor::save()
{
    if (!m_save->isEnabled())
        return;
    m_saving = true;
    renewSave();
    const auto done = [this](const Result<Rule> &reply) { answered(reply); };
    ApiClient &api = m_directory.workspace().api();
    if (m_rule.id.isNull())
        api.call(at::createRule, m_draft, this, done);
    else
        api.call(at::replaceRule.at(m_rule.id), m_draft, this, done, {.revision = m_rule.revision});
}

void RuleEditor::answered(const Result<Rule> &reply)
{
    m_saving = false;
    if (reply) {
        m_opened = json::print(m_draft);
        return Q_EMIT saved(*reply, m_rule.id.isNull() ? std::nullopt : std::optional(m_rule));
    }
    renewSave();
    if (reply.error().status == 412 || (reply.error().status == 404 && !m_rule.id.isNull()))
        return changedMeanwhile();
    const QList<json::Problem> others = m_form->place(reply.error().errors);
    if (reply.error().errors.isEmpty() || !others.isEmpty())
        m_banner->show(Tone::Danger, u"circle-alert"_s,
                       others.isEmpty() ? reply.error().detail
                                        : others.first().pointer + u' ' + others.first().message);
}

// Nothing is lost: the draft stays, and saving it again is a decision.
void RuleEditor::changedMeanwhile()
{
    m_directory.workspace().api().call(at::getRule.at(m_rule.id), {}, this, [this](const Result<Rule> &reply) {
        if (!reply) {
            if (reply.error().status == 404)
                m_rule.id = {}; // saving adds it again
            retranslate();
            m_banner->show(Tone::Warning, u"triangle-alert"_s,
                           reply.error().status == 404
                               ? tr("Somebody removed this rule meanwhile. Saving adds it again.")
                               : reply.error().detail);
            return renewSave();
        }
        m_rule = *reply;
        m_banner->show(Tone::Warning, u"triangle-alert"_s,
                       tr("%1 changed this rule meanwhile. Saving replaces what they wrote.").arg(reply->authorName),
                       tr("Take theirs"));
        renewSave();
    });
}

void RuleEditor::leave()
{
    if (!isChanged())
        return Q_EMIT closed();
    auto *dialog = Dialog::question(tr("Leave without saving?"), tr("What you changed in this rule is lost."),
                                    tr("Discard changes"), this);
    connect(dialog, &QDialog::accepted, this, &RuleEditor::closed);
    dialog->open();
}

void RuleEditor::retranslate()
{
    m_header->setTitle(m_rule.id.isNull() ? tr("New rule") : tr("Change rule"),
                       tr("Deny goes before allow; the order of rules never matters."));
    m_save->setText(m_rule.id.isNull() ? tr("Add rule") : tr("Save rule"));
    m_save->setHint(tr("Save the rule"), u"Ctrl+S"_s);
    m_jsonTitle->setText(tr("The same as JSON"));
    m_json->setAccessibleName(tr("Rule as JSON"));
}
